/**
 * A repo in a temporary folder, analysed as the command line does it. A line that must be reported ends in
 * `// ! boundary verdict [refusal-code]`; the marker is taken out before the file is written. What has none must be silent.
 */
import { join } from 'node:path';
import { ts as bundled } from '@ts-morph/common';
import { describe, expect, it } from 'vitest';
import { isFinding } from '../../src/analysis/engine.ts';
import type { Judged } from '../../src/analysis/judge.ts';
import { configSchema, type ConfigInput } from '../../src/project/config.ts';
import { relativePath } from '../../src/project/paths.ts';
import { analyseProject, type ProjectOptions, type ProjectResult } from '../../src/project/project.ts';
import type { Ts } from '../../src/types.ts';
import { reasonFor } from '../eslint/differences.ts';
import { differences } from '../eslint/parity.ts';
import { tree } from '../project/tree.ts';

export const ts = bundled as unknown as Ts;

export type Files = Record<string, string | object>;

export interface Setting extends Partial<Pick<ProjectOptions, 'runtime' | 'strict' | 'tests' | 'assumeTraced' | 'instrumentations' | 'types' | 'reportUnknown'>> {
  /** Files that every case of the table has; a case's own win. */
  files?: Files;
  config?: ConfigInput;
  /** A case that is one text is this file. */
  file?: string;
}

/** A Node package with everything that these tests import. */
export const nodePackage = {
  name: 'app', type: 'module', engines: { node: '>=20' },
  dependencies: { bullmq: '^5.60.0', express: '^5.0.0', fastify: '^5.0.0', hono: '^4.0.0', '@opentelemetry/api': '^1.9.0' },
};

export function analyse(files: Files, setting: Setting = {}): { root: string; result: ProjectResult } {
  const all: Files = { 'package.json': nodePackage, ...setting.files, ...files };
  const root = tree(Object.fromEntries(Object.entries(all).map(([name, content]) => [name, typeof content === 'string' ? content.replace(marker, '') : content])));
  const { runtime, strict, assumeTraced = true, instrumentations, types, reportUnknown, tests } = setting;
  const result = analyseProject(ts, {
    cwd: root, paths: ['.'], config: configSchema.parse(setting.config ?? {}), assumeTraced,
    ...(types === undefined ? {} : { types }), ...(tests === undefined ? {} : { tests }), ...(reportUnknown === undefined ? {} : { reportUnknown }),
    ...(runtime === undefined ? {} : { runtime }), ...(strict === undefined ? {} : { strict }), ...(instrumentations === undefined ? {} : { instrumentations }),
  });
  return { root, result };
}

const marker = / *\/\/ ! [^\n]*/g;

export function expected(files: Files): string[] {
  return Object.entries(files).flatMap(([name, text]) => typeof text !== 'string' ? [] : text.split('\n').flatMap((line, i) => {
    const found = / *\/\/ ! ([^\n]*)$/.exec(line);
    return found ? found[1]!.split(';').map((what) => `${name}:${i + 1} ${what.trim()}`) : [];
  })).sort();
}

export function reported({ root, result }: ReturnType<typeof analyse>): string[] {
  return result.judged.filter(isFinding).map((j) => rowOf(root, j)).sort();
}

function rowOf(root: string, j: Judged): string {
  const line = j.source.ast.getLineAndCharacterOfPosition(j.token.getStart(j.source.ast)).line + 1;
  return [`${relativePath(root, j.source.path)}:${line}`, j.boundary.id, j.verdict, ...(j.refusal ? [j.refusal.code] : [])].join(' ');
}

/** Each entry is a case: its name, and its one file's text or all its files. */
export function cases(title: string, setting: Setting, table: Record<string, string | Files>): void {
  describe(title, () => {
    for (const [name, given] of Object.entries(table)) it(name, () => check(given, setting));
  });
}

function check(given: string | Files, setting: Setting): void {
  const files = typeof given === 'string' ? { [setting.file ?? join('src', 'a.ts')]: given } : given;
  const analysed = analyse({ 'handoff.config.json': configOf(setting), ...files }, setting);
  expect(analysed.result.errors).toEqual([]);
  expect(reported(analysed)).toEqual(expected({ ...setting.files, ...files }));
  const { types, reportUnknown, strict = false } = setting;
  // Both are the command line's alone.
  if (types || reportUnknown) return;
  const name = expect.getState().currentTestName ?? '';
  const differing = differences({ ts, root: analysed.root, result: analysed.result, strict });
  if (reasonFor(name) === undefined) expect(differing).toEqual([]);
  else expect(differing, 'test/eslint/differences.ts lists a difference').not.toEqual([]);
}

/** What the command line is told by options, as ESLint reads it. */
function configOf({ config, runtime, instrumentations, assumeTraced = true }: Setting): object {
  return { ...config, assumeTraced, ...(runtime === undefined ? {} : { runtime }), ...(instrumentations === undefined ? {} : { instrumentations }) };
}
