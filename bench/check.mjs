// The gate itself, as it is installed: start, one look at the whole repo, a report.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measure } from './support/measure.mjs';

const main = fileURLToPath(new URL('../dist/src/cli/main.js', import.meta.url));

export const name = '`check`';

export function take(repo, scratch) {
  const output = join(scratch, 'check.json');
  return measure(process.execPath, [main, 'check', '.', '--format', 'json', '--output', output, '--tests', '--assume-traced', '--allow-parse-errors'], repo);
}
