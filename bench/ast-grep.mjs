// ast-grep with twelve plain patterns: what a text search by syntax costs, on all cores.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measure } from './support/measure.mjs';

const rules = fileURLToPath(new URL('ast-grep.yml', import.meta.url));

export const name = 'ast-grep, twelve patterns';

/** The program itself: npm's link to it starts Node first where its install script hasn't run. */
export function find(given) {
  if (given !== undefined) return given;
  try {
    const cli = dirname(createRequire(import.meta.url).resolve('@ast-grep/cli/package.json'));
    const native = [`cli-${process.platform}-${process.arch}-gnu`, `cli-${process.platform}-${process.arch}`, `cli-${process.platform}-${process.arch}-msvc`]
      .map((folder) => join(dirname(cli), folder, process.platform === 'win32' ? 'ast-grep.exe' : 'ast-grep'));
    return [...native, join(cli, 'ast-grep')].find((file) => existsSync(file));
  } catch {
    return undefined;
  }
}

export function version(program) {
  return measure(program, ['--version']).stdout.trim().replace(/^ast-grep /, '');
}

export function take(repo, program) {
  return measure(program, ['scan', '--rule', rules, '--json=stream', '.'], repo);
}
