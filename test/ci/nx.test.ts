/**
 * The recipe of docs/monorepos.md, run by Nx on a generated workspace. Left out by name where nx is not installed;
 * OTEL_HANDOFF_NX names its node_modules folder elsewhere. (It is no devDependency: with its native part it is 40 MB.)
 */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root, run } from '../cli/cli.ts';
import { consumer, workspace } from './monorepo.ts';

const modules = process.env['OTEL_HANDOFF_NX'] ?? path.join(root, 'node_modules');
const nx = path.join(modules, '.bin/nx');
const installed = fs.existsSync(nx);

interface Ran { status: number | null; executed: string[]; cached: number; output: string }

function handoffs(folder: string): Ran {
  const env = { NX_DAEMON: 'false', NX_NO_CLOUD: 'true', DO_NOT_TRACK: '1', NO_COLOR: '1', CI: '1' };
  const { status, stdout, stderr } = run(nx, ['run-many', '-t', 'handoffs', '--outputStyle=static'], folder, env);
  const output = stdout + stderr;
  const tasks = [...output.matchAll(/^> nx run @mono\/(\w+):handoffs(.*)$/gm)];
  return { status, output, executed: tasks.filter(([, , rest]) => !rest!.includes('cache')).map(([, name]) => name!).sort(), cached: tasks.filter(([, , rest]) => rest!.includes('cache')).length };
}

test.skipIf(!installed)(`nx run-many -t handoffs${installed ? '' : ' (nx is not installed)'}`, () => {
  const folder = workspace({ tool: 'nx', libraries: 3 });
  fs.symlinkSync(path.join(modules, 'nx'), path.join(folder, 'node_modules/nx'));
  const append = (name: string): void => fs.appendFileSync(path.join(folder, 'packages', name, 'src/index.ts'), '// changed\n');
  const first = handoffs(folder);
  expect(first, first.output).toMatchObject({ status: 0, cached: 0 });
  expect(first.executed).toHaveLength(5);

  fs.rmSync(path.join(folder, 'packages/api/handoffs.json'));
  expect(handoffs(folder)).toMatchObject({ status: 0, executed: [], cached: 5 });
  expect(JSON.parse(fs.readFileSync(path.join(folder, 'packages/api/handoffs.json'), 'utf8'))).toMatchObject({ findings: [] });

  append('lib2');
  expect(handoffs(folder)).toMatchObject({ status: 0, executed: ['lib2'], cached: 4 });
  append('lib0');
  expect(handoffs(folder)).toMatchObject({ status: 0, executed: ['lib0', 'lib1'], cached: 3 });

  fs.writeFileSync(path.join(folder, 'packages/worker/src/index.ts'), consumer(''));
  const broken = handoffs(folder);
  expect(broken).toMatchObject({ status: 1, executed: ['api', 'worker'], cached: 3 });
  expect(broken.output).toContain('doesn\'t read the trace context that `queue.add(\'confirm\', …)` sends');
}, 900_000);
