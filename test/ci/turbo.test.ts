/**
 * The recipe of docs/monorepos.md, run by Turborepo on a generated workspace of thirty packages. Left out by name where
 * turbo is not installed; OTEL_HANDOFF_TURBO names one elsewhere. (It is no devDependency: its builds for other systems are
 * not in every registry, and `npm ci` refuses a lockfile without them.)
 */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { bin, root, run } from '../cli/cli.ts';
import { tree } from '../project/tree.ts';
import { consumer, producer, telemetry, workspace } from './monorepo.ts';

const turbo = process.env['OTEL_HANDOFF_TURBO'] ?? path.join(root, 'node_modules/.bin/turbo');
const installed = fs.existsSync(turbo);
interface Ran { status: number | null; executed: string[]; cached: number; output: string }

function handoffs(folder: string): Ran {
  const { status, stdout, stderr } = run(turbo, ['run', 'handoffs', '--continue', '--no-color', '--cache-dir=.turbo'], folder, { TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', NO_COLOR: '1' });
  const output = stdout + stderr;
  return { status, output, executed: [...output.matchAll(/^@mono\/(\w+):handoffs: cache miss/gm)].map(([, name]) => name!).sort(), cached: Number(/Cached: +(\d+) cached/.exec(output)?.[1] ?? -1) };
}

test.skipIf(!installed)(`turbo run handoffs${installed ? '' : ' (turbo is not installed)'}`, () => {
  const folder = workspace({ tool: 'turbo', libraries: 28 });
  const append = (name: string, text = '// changed\n'): void => fs.appendFileSync(path.join(folder, 'packages', name, 'src/index.ts'), text);
  const first = handoffs(folder);
  expect(first.status, first.output).toBe(0);
  expect(first).toMatchObject({ cached: 0 });
  expect(first.executed).toHaveLength(30);

  // What is cached comes with its report.
  fs.rmSync(path.join(folder, 'packages/api/handoffs.json'));
  expect(handoffs(folder)).toMatchObject({ status: 0, executed: [], cached: 30 });
  expect(JSON.parse(fs.readFileSync(path.join(folder, 'packages/api/handoffs.json'), 'utf8'))).toMatchObject({ findings: [] });

  append('lib5');
  expect(handoffs(folder)).toMatchObject({ status: 0, executed: ['lib5'], cached: 29 });
  append('lib0');
  expect(handoffs(folder)).toMatchObject({ status: 0, executed: ['lib0', 'lib1'], cached: 28 });

  // The other side of a package's handoffs is its input, too, and what became of it is seen.
  fs.writeFileSync(path.join(folder, 'packages/worker/src/index.ts'), consumer(''));
  const broken = handoffs(folder);
  expect(broken).toMatchObject({ status: 1, executed: ['api', 'worker'], cached: 28 });
  expect(broken.output).toContain('doesn\'t read the trace context that `queue.add(\'confirm\', …)` sends');
}, 900_000);

test('--context is read for the other side, and nothing in it is reported', () => {
  const folder = tree({ 'package.json': { name: 'mono', private: true, workspaces: ['packages/*'] }, 'handoff.config.json': { assumeTraced: true },
    'packages/api/package.json': { name: 'api' }, 'packages/api/a.ts': producer(telemetry), 'packages/worker/package.json': { name: 'worker' }, 'packages/worker/w.ts': consumer('') });
  const check = (name: string, ...args: string[]): { status: number | null; stderr: string; findings: { path: string; verdict: string; related: object[] }[] } => {
    const { status, stdout, stderr } = run(process.execPath, [bin, 'check', '--format', 'json', ...args], path.join(folder, 'packages', name));
    return { status, stderr, findings: stdout === '' ? [] : (JSON.parse(stdout) as { findings: { path: string; verdict: string; related: object[] }[] }).findings };
  };
  expect(check('worker').findings).toMatchObject([{ path: 'w.ts', verdict: 'lost', related: [] }]);
  expect(check('worker', '--context', '../api').findings).toMatchObject([{ path: 'w.ts', verdict: 'one-sided', related: [{ path: '../api/a.ts' }] }]);
  expect(check('api', '--context', '../worker').findings).toEqual([]);
  expect(check('api', '--context', '../nowhere')).toMatchObject({ status: 2, findings: [], stderr: '--context ../nowhere: no such file or folder; give a path that exists, relative to the working directory\n' });
});
