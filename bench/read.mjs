// The floor: every file listed and read, and tried with one regular expression.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { measure } from './support/measure.mjs';

export const name = 'reading every file, one regular expression';

export function take(repo) {
  return measure(process.execPath, [fileURLToPath(import.meta.url), repo], repo);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { listFiles } = await import('../build/src/project/files.js');
  const repo = process.argv[2];
  let candidates = 0;
  for (const file of listFiles([repo], { cwd: repo, tests: true, respectIgnore: true, ignore: [] }).files) {
    if (/\b(?:setTimeout|setInterval|queueMicrotask|fetch)\b|\.(?:add|postMessage|on|callTool|publish|process)\(/.test(readFileSync(file, 'utf8'))) candidates++;
  }
  console.log(candidates);
}
