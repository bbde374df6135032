#!/usr/bin/env node
// Compiles to dist/ and puts the helper module's source beside the code that places it in a user's repo.
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = new URL('..', import.meta.url);
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
execFileSync(process.execPath, [tsc, '-b', 'tsconfig.build.json'], { cwd: fileURLToPath(root), stdio: 'inherit' });

mkdirSync(new URL('dist/transforms/runtime/', root), { recursive: true });
cpSync(new URL('transforms/runtime/handoff.ts', root), new URL('dist/transforms/runtime/handoff.ts', root));
const bin = new URL('dist/src/cli/main.js', root);
if (existsSync(bin)) chmodSync(bin, 0o755);
