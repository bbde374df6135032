/** What `check` and `fix` do alike: load, analyse, say on stderr what went wrong, settle the exit status. */
import { writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { ts } from '@ts-morph/common';
import { loadConfig, type Config } from '../project/config.ts';
import { UsageError } from '../project/errors.ts';
import { relativePath } from '../project/paths.ts';
import { analyseProject, type ProjectResult } from '../project/project.ts';
import type { ToolError, Ts } from '../types.ts';
import type { AnalysisFlags } from './options.ts';

/** The compiler inside ts-morph: no second copy, and the same in a repo whose own is TypeScript 7. */
export const compiler = ts as unknown as Ts;

/** `0` nothing to report, `1` findings or something left, `2` the job could not be done. */
export type ExitStatus = 0 | 1 | 2;

export interface Run {
  cwd: string;
  config: Config;
  configDir?: string;
  project: ProjectResult;
  relative(path: string): string;
  durationMs: number;
}

export function analyse(flags: AnalysisFlags, paths: readonly string[]): Run {
  const started = performance.now();
  const cwd = process.cwd();
  const { config, path } = loadConfig(cwd, flags.config);
  const configDir = path === undefined ? undefined : dirname(path);
  const project = analyseProject(compiler, {
    cwd, paths, config, configDir,
    runtime: flags.runtime, instrumentations: flags.instrumentations, strict: flags.strict,
    assumeTraced: flags.assumeTraced, tests: flags.tests, respectIgnore: flags.respectIgnore,
    ...(process.stderr.isTTY ? { onProgress: progress } : {}),
  });
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  if (project.missing.length > 0) {
    throw new UsageError(project.missing.join(', '), 'no such file or folder', 'give paths that exist, relative to the working directory');
  }
  return { cwd, config, configDir, project, relative: (file) => relativePath(cwd, file), durationMs: Math.round(performance.now() - started) };
}

function progress(done: number, total: number): void {
  if (done % 50 === 0) process.stderr.write(`\rReading ${done} of ${total} files\u001b[K`);
}

/** Notes and tool errors on stderr; whether any of them makes the run a failure. */
export function report(run: Run, flags: AnalysisFlags): boolean {
  const { project } = run;
  if (project.named.size === 0) console.error('No JavaScript or TypeScript files here.');
  for (const note of project.notes) console.error(note);
  for (const error of project.errors) console.error(describe(error));
  return project.errors.some((e) => e.code !== 'parse-error' || !flags.allowParseErrors);
}

function describe({ path, code, message }: ToolError): string {
  const what = { 'parse-error': 'could not be parsed', unreadable: 'could not be read', crash: 'made otel-handoff fail (please report it)' }[code];
  return code === 'parse-error' ? `${path}:${message.replace(' ', ` ${what}: `)}` : `${path} ${what}: ${message}`;
}

/** Writes a report to stdout or to `--output`; a path that can't be written is a usage error. */
export function emit(text: string, output: string | undefined): void {
  if (output === undefined) {
    if (text !== '') process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
    return;
  }
  try {
    writeFileSync(resolve(output), text.endsWith('\n') ? text : `${text}\n`);
  } catch (error) {
    throw new UsageError(output, `can't be written (${error instanceof Error ? (error as NodeJS.ErrnoException).code ?? error.message : String(error)})`, 'give a path in a folder that exists and can be written');
  }
}
