/** Brings build/ and dist/ up to date before the tests that run them. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

export default function build(): void {
  // What a build writes last.
  const last = join(root, 'dist/transforms/runtime/handoff.ts');
  const builtAt = existsSync(last) && existsSync(join(root, 'dist/src/cli/main.js')) ? statSync(last).mtimeMs : 0;
  const sources = ['src', 'rules', 'transforms', 'tsconfig.base.json', 'tsconfig.build.json', 'scripts/build.mjs', 'package.json'].map((name) => join(root, name)).flatMap((path) => (
    statSync(path).isFile() ? [path] : readdirSync(path, { recursive: true, encoding: 'utf8' }).map((name) => join(path, name))
  ));
  if (Math.max(...sources.map((path) => statSync(path).mtimeMs)) > builtAt) {
    execFileSync(process.execPath, [join(root, 'scripts/build.mjs')], { cwd: root, stdio: 'inherit' });
  }
}
