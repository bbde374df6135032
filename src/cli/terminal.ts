/** What goes to the terminal, to a pipe or to a file, and what is said beside it. */
import { accessSync, constants, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { UsageError } from '../project/errors.ts';
import { isSourcePath } from '../project/files.ts';
import type { ToolError } from '../types.ts';
import { plainly } from './plainly.ts';

/** `0` nothing to report, `1` findings or something left, `2` the job could not be done. */
export type ExitStatus = 0 | 1 | 2;

/** Whether a report on stdout is coloured: https://no-color.org, https://force-color.org. */
export function colours(output: string | undefined): boolean {
  const { FORCE_COLOR: force, NO_COLOR: no, TERM: term } = process.env;
  if (output !== undefined) return false;
  if (force !== undefined && force !== '') return force !== '0' && force !== 'false';
  if (no !== undefined && no !== '') return false;
  return process.stdout.isTTY === true && term !== 'dumb';
}

/** The width to wrap to: a terminal's; a pipe gets whole lines. */
export function columns(output: string | undefined): number | undefined {
  return output === undefined && process.stdout.isTTY ? process.stdout.columns : undefined;
}

/** Keeps one line on stderr up to date, on a terminal only; `clear` before anything else is said. */
export class Progress {
  readonly update: ((activity: string) => void) | undefined;
  #shown = false;

  constructor() {
    if (!process.stderr.isTTY) return;
    this.update = (activity) => {
      process.stderr.write(`\r${activity.slice(0, (process.stderr.columns || 80) - 1)}\u001b[K`);
      this.#shown = true;
    };
  }

  clear(): void {
    if (this.#shown) process.stderr.write('\r\u001b[K');
    this.#shown = false;
  }
}

/** One line a tool error on stderr; whether any of them makes the run a failure. */
export function sayErrors(errors: readonly ToolError[], allowParseErrors: boolean): boolean {
  for (const error of errors) console.error(describe(error));
  return errors.some((e) => e.code !== 'parse-error' || !allowParseErrors);
}

function describe({ path, code, message }: ToolError): string {
  const text = plainly(message.replace(/\s+/g, ' ').trim());
  if (code === 'unreadable') return `${path || '.'}: ${text}`;
  if (code === 'crash') return `${path}: otel-handoff failed on this file, please report it: ${text}`;
  // The parser's messages begin with the position.
  const [, position, reason] = /^(\d+:\d+) (.*)$/.exec(text) ?? [];
  return position === undefined ? `${path}: can't be parsed: ${text}` : `${path}:${position}: can't be parsed: ${reason}`;
}

/** Before any work: a report that has nowhere to go is a usage error, and nothing is written anywhere. */
export function assertWritable(output: string | undefined, option = '--output'): void {
  if (output === undefined) return;
  attempt(output, option, () => {
    const target = resolve(output);
    const stats = statSync(target, { throwIfNoEntry: false });
    if (stats?.isDirectory()) throw new Error('it is a folder');
    if (stats && isSourcePath(target)) throw new Error('it is source code');
    if (stats) accessSync(target, constants.W_OK);
    else accessSync(dirname(target), constants.W_OK);
  });
}

/** Writes a report to stdout or to `--output`, where a reader never sees half of it. */
export function emit(text: string, output: string | undefined, option = '--output'): void {
  if (text === '' && output === undefined) return;
  const whole = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  if (output === undefined) {
    process.stdout.write(whole);
    return;
  }
  attempt(output, option, () => {
    const target = resolve(output);
    const stats = statSync(target, { throwIfNoEntry: false });
    if (stats && !stats.isFile()) writeFileSync(target, whole); // a device or a pipe
    else replaceFile(stats ? realpathSync(target) : target, whole);
  });
}

function replaceFile(target: string, text: string): void {
  const temporary = `${target}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, text);
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function attempt(output: string, option: string, action: () => void): void {
  try {
    action();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' || code === 'ENOTDIR' ? 'its folder does not exist' : plainly(message);
    throw new UsageError(`${option} ${output}`, `can't be written (${reason})`, 'give a file in a folder that exists and can be written');
  }
}
