// Every file through `ts.createSourceFile`, and nothing else.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { measure } from './support/measure.mjs';

export const name = '`ts.createSourceFile` of every file';

export function take(repo) {
  return measure(process.execPath, [fileURLToPath(import.meta.url), repo], repo);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { listFiles } = await import('../build/src/project/files.js');
  const ts = createRequire(import.meta.url)('@ts-morph/common/dist/typescript.js');
  const repo = process.argv[2];
  for (const file of listFiles([repo], { cwd: repo, tests: true, respectIgnore: true, ignore: [] }).files) {
    ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  }
}
