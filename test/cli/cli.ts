/** The command line as a person or a script runs it: the built one, in a process of its own. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'vitest';
import type { CatalogueEntry } from '../../src/report/schema.ts';
import type { CheckReport, FixReport } from '../../src/types.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const bin = path.join(root, 'dist/src/cli/main.js');

export interface Outcome {
  status: number | null;
  stdout: string;
  stderr: string;
}

export function cli(cwd: string, args: readonly string[], env: Record<string, string> = {}): Outcome {
  return run(process.execPath, [bin, ...args], cwd, env);
}

export function run(command: string, args: readonly string[], cwd: string, env: Record<string, string> = {}): Outcome {
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(FORCE_COLOR|NO_COLOR|GIT_.*|GITHUB_.*|CI_.*|VITEST.*|NODE_OPTIONS)$/.test(name)));
  const { status, stdout, stderr, error } = spawnSync(command, [...args], { cwd, env: { ...clean, ...env }, encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (error) throw error;
  return { status, stdout, stderr };
}

export function readSchema(name: string): object {
  return JSON.parse(readFileSync(path.join(root, 'schemas', `${name}.json`), 'utf8')) as object;
}

const ajv = new Ajv2020({ allErrors: true });
const validators = { check: ajv.compile(readSchema('check')), fix: ajv.compile(readSchema('fix')), catalogue: ajv.compile(readSchema('catalogue')) };

/** `check --format json`, its shape held against the published schema. */
export function check(cwd: string, args: readonly string[] = []): Outcome & { report: CheckReport } {
  const outcome = cli(cwd, ['check', ...args, '--format', 'json']);
  return { ...outcome, report: read(outcome, 'check') as CheckReport };
}

/** `fix --format json`, the same. */
export function fix(cwd: string, args: readonly string[] = []): Outcome & { report: FixReport } {
  const outcome = cli(cwd, ['fix', ...args, '--format', 'json']);
  return { ...outcome, report: read(outcome, 'fix') as FixReport };
}

/** `catalogue --format json`, the same. */
export function catalogue(cwd: string, args: readonly string[] = []): Outcome & { entries: CatalogueEntry[] } {
  const outcome = cli(cwd, ['catalogue', ...args, '--format', 'json']);
  return { ...outcome, entries: read(outcome, 'catalogue') as CatalogueEntry[] };
}

function read({ stdout, stderr }: Outcome, schema: keyof typeof validators): unknown {
  let report: unknown;
  try {
    report = JSON.parse(stdout);
  } catch {
    throw new Error(`no JSON on stdout:\n${stdout}\n${stderr}`);
  }
  expect(validators[schema](report), JSON.stringify(validators[schema].errors, null, 2)).toBe(true);
  return report;
}

/** What stands at a finding's position. */
export function tokenAt(cwd: string, { path: file, line, column, endLine, endColumn }: CheckReport['findings'][number]): string {
  const text = readFileSync(path.join(cwd, file), 'utf8').replace(/^\uFEFF/, '').split(/\r?\n/)[line - 1]!;
  expect(endLine).toBe(line);
  return text.slice(column - 1, endColumn - 1);
}
