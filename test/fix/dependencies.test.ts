/** Which package.json gets `@opentelemetry/api`, in which range; and where the helper functions go in a monorepo. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { apiRange, declareApi, dependent } from '../../src/fix/manifest.ts';
import { applyEdits } from '../../src/fix/edits.ts';
import { lacking } from '../../src/fix/module-exports.ts';
import { Packages } from '../../src/project/packages.ts';
import { fix, type FixOptions, type FixResult } from '../../src/run/fix.ts';
import { tree } from '../project/tree.ts';
import { ts } from './support.ts';

const api = '@opentelemetry/api';
const producer = `import { Queue } from 'bullmq';\n\nconst queue = new Queue('mail');\nexport const send = async (id: string) => { await queue.add('confirm', { id }); };\n`;

describe('whose package.json', () => {
  const root = tree({
    'package.json': { name: 'root', private: true, workspaces: ['packages/*'], dependencies: { [api]: '~1.8.0' } },
    'packages/a/package.json': { name: 'a', dependencies: { bullmq: '5' } },
    'packages/a/src/cjs/package.json': { type: 'commonjs' },
    'packages/leaf/package.json': { name: 'leaf' },
    'apps/one/package.json': { name: 'one' },
  });
  const packages = new Packages(root);

  test.each([
    ['packages/a/src/x.ts', 'packages/a'], ['packages/a/src/cjs/x.ts', 'packages/a'], ['packages/leaf/x.ts', 'packages/leaf'], ['apps/one/x.ts', ''], ['x.ts', ''],
  ])('%s: %s', (file, owner) => {
    expect(dependent(packages, path.join(root, file))?.dir).toBe(path.join(root, owner));
  });

  test('nothing names a dependency: the nearest', () => {
    const alone = tree({ 'package.json': { name: 'x' } });
    expect(dependent(new Packages(alone), path.join(alone, 'a.ts'))?.dir).toBe(alone);
  });
});

describe('which range', () => {
  const rangeOf = (files: Record<string, object>, folder = ''): string => {
    const root = tree(files);
    const packages = new Packages(root);
    return apiRange(packages, packages.packageOf(path.join(root, folder, 'a.ts'))!);
  };
  const installed = (peers: Record<string, string>): Record<string, object> => ({
    'package.json': { name: 'x', dependencies: Object.fromEntries(Object.keys(peers).map((name) => [name, '*'])) },
    ...Object.fromEntries(Object.entries(peers).map(([name, range]) => [`node_modules/${name}/package.json`, { name, version: '1.0.0', peerDependencies: { [api]: range } }])),
  });

  test('what is above it asks for, then what most of its neighbours do', () => {
    const member = (range?: string): object => ({ name: `m${Math.random()}`, dependencies: { x: '1', ...(range ? { [api]: range } : {}) } });
    const workspace = { workspaces: ['p/*'] };
    expect(rangeOf({ 'package.json': { ...workspace, name: 'r', devDependencies: { [api]: '^1.7.0' } }, 'p/a/package.json': member(), 'p/b/package.json': member('1.4.0') }, 'p/a')).toBe('^1.7.0');
    expect(rangeOf({ 'package.json': { ...workspace, name: 'r' }, 'p/a/package.json': member(), 'p/b/package.json': member('1.4.0'), 'p/c/package.json': member('catalog:'), 'p/d/package.json': member('catalog:') }, 'p/a')).toBe('catalog:');
  });

  test.each([
    ['instrumentations alone', { '@opentelemetry/instrumentation': '^1.3.0' }, '^1.9.0'],
    ['the SDK ends before 1.10', { '@opentelemetry/instrumentation': '^1.3.0', '@opentelemetry/sdk-trace-base': '>=1.3.0 <1.10.0' }, '~1.9.0'],
    ['an old SDK', { '@opentelemetry/sdk-trace-base': '>=1.0.0 <1.5.0', '@opentelemetry/instrumentation': '^1.3.0' }, '~1.4.0'],
    ['no range takes them all', { a: '^2.0.0', b: '^1.0.0' }, '~1.9.0'],
    ['none installed', {}, '~1.9.0'],
  ])('%s', (_, peers, expected) => {
    expect(rangeOf(installed(peers))).toBe(expected);
  });
});

test.each([
  // Where npm would put it: at the end, or before the other lists.
  ['{\n  "name": "x"\n}\n', '{\n  "name": "x",\n  "dependencies": {\n    "@opentelemetry/api": "~1.9.0"\n  }\n}\n'],
  ['{\n  "name": "x",\n  "devDependencies": {\n    "y": "1"\n  },\n  "license": "MIT"\n}\n', '{\n  "name": "x",\n  "dependencies": {\n    "@opentelemetry/api": "~1.9.0"\n  },\n  "devDependencies": {\n    "y": "1"\n  },\n  "license": "MIT"\n}\n'],
  ['{"name":"x","peerDependencies":{}}', '{"name":"x","dependencies": {"@opentelemetry/api": "~1.9.0"},"peerDependencies":{}}'],
  ['{ "dependencies": {} }', '{ "dependencies": {"@opentelemetry/api": "~1.9.0"} }'],
  ['{\n\t"dependencies": {\n\t\t"@a/b": "1",\n\t\t"z": "1"\n\t}\n}', '{\n\t"dependencies": {\n\t\t"@a/b": "1",\n\t\t"@opentelemetry/api": "~1.9.0",\n\t\t"z": "1"\n\t}\n}'],
  // The first `dependencies` in the text is somebody else's.
  ['{\n  "pnpm": { "packageExtensions": { "y": { "dependencies": { "k": "1" } } } },\n  "dependencies": {\n    "z": "1"\n  }\n}', '{\n  "pnpm": { "packageExtensions": { "y": { "dependencies": { "k": "1" } } } },\n  "dependencies": {\n    "@opentelemetry/api": "~1.9.0",\n    "z": "1"\n  }\n}'],
  ['{}', '{"dependencies": {"@opentelemetry/api": "~1.9.0"}}'],
  ['[]', '[]'],
])('%j', (before, after) => {
  expect(applyEdits(before, declareApi(ts, '/package.json', before, '~1.9.0'))).toBe(after);
});

describe('helpersModule', () => {
  const member = (name: string, more: object = {}): object => ({ name, type: 'module', dependencies: { bullmq: '^5.40.0', ...more } });
  const files = (a: object = {}): Record<string, string | object> => ({
    'package.json': { name: 'root', private: true, workspaces: ['packages/*'] },
    'packages/a/package.json': member('@acme/a', a), 'packages/a/src/a.ts': producer,
    'packages/b/package.json': member('@acme/b', a), 'packages/b/src/b.ts': producer.replaceAll('mail', 'sms'),
    'packages/otel/package.json': { name: '@acme/otel', type: 'module', exports: './src/index.ts', dependencies: { tslib: '2' } },
  });
  const run = async (root: string, options: FixOptions): Promise<FixResult> => {
    const all = { ...options, cwd: root, assumeTraced: true, typeCheck: false, write: true, allowDirty: true };
    const result = await fix(all);
    expect((await fix(all)).changes).toEqual([]);
    return result;
  };
  const read = (root: string, file: string): string => fs.readFileSync(path.join(root, file), 'utf8');

  test('without it: one file a package, and the dependency in each', async () => {
    const root = tree(files());
    const { report } = await run(root, {});
    expect(report.files).toEqual(['packages/a/package.json', 'packages/a/src/a.ts', 'packages/a/src/otel-handoff.ts', 'packages/b/package.json', 'packages/b/src/b.ts', 'packages/b/src/otel-handoff.ts']);
  });

  test('a path: one file for all, and the dependency where that file is', async () => {
    const root = tree(files());
    const { report } = await run(root, { helpersModule: 'packages/otel/src/handoff.ts' });
    expect(report.files).toEqual(['packages/a/src/a.ts', 'packages/b/src/b.ts', 'packages/otel/package.json', 'packages/otel/src/handoff.ts']);
    expect(read(root, 'packages/b/src/b.ts')).toMatch(/from '(\.\.\/){2}otel\/src\/handoff(\.js)?'/);
    expect(JSON.parse(read(root, 'packages/otel/package.json'))).toMatchObject({ dependencies: { [api]: '~1.9.0' } });
  });

  test('a package of the workspace, whose empty file is the place for them', async () => {
    const root = tree({ ...files({ '@acme/otel': 'workspace:*' }), 'packages/otel/src/index.ts': '' });
    const { report } = await run(root, { helpersModule: '@acme/otel' });
    expect(report.files).toEqual(['packages/a/src/a.ts', 'packages/b/src/b.ts', 'packages/otel/package.json', 'packages/otel/src/index.ts']);
    expect(read(root, 'packages/a/src/a.ts')).toContain("import { carryJob } from '@acme/otel';");
    expect(read(root, 'packages/otel/src/index.ts')).toContain('export function carryJob<');
  });

  test('a person\'s own file is used where it exports what is needed, and refused where it does not', async () => {
    const own = { 'packages/otel/src/index.ts': 'export * from \'./jobs.js\';\n', 'packages/otel/src/jobs.ts': 'export const carryJob = (options?: object) => ({ ...options });\n' };
    const whole = await run(tree({ ...files({ '@acme/otel': 'workspace:*' }), ...own }), { helpersModule: '@acme/otel' });
    expect(whole.report).toMatchObject({ refused: [], files: ['packages/a/src/a.ts', 'packages/b/src/b.ts'] });
    const root = tree({ ...files({ '@acme/otel': 'workspace:*' }), ...own, 'packages/otel/src/jobs.ts': 'export const other = 1;\n' });
    const { report } = await run(root, { helpersModule: '@acme/otel' });
    expect(report.files).toEqual([]);
    expect(report.refused.map((unit) => `${unit.code}: ${unit.detail}`)[0]).toMatch(/^helper-modified: packages\/otel\/src\/index\.ts is not a helper file of otel-handoff and lacks carryJob/);
  });

  test('a package that does not depend on it is refused', async () => {
    const { report } = await run(tree({ ...files(), 'packages/otel/src/index.ts': '' }), { helpersModule: '@acme/otel' });
    expect(report).toMatchObject({ applied: [], files: [], refused: [{ code: 'helper-modified', detail: 'packages/a/package.json does not name @acme/otel, where `helpersModule` says the helper functions are: add it there' }, {}] });
  });
});

test('what a module exports', () => {
  const root = tree({
    'a.ts': 'export function f() {}\nexport class C {}\nexport const x = 1, y = 2;\nexport { z as w } from \'./z\';\nfunction hidden() {}\nexport type T = 1;\n',
    'whole.ts': 'export * from \'./a\';\nexport * from \'elsewhere\';\n', 'common.js': 'module.exports = { f };\n', 'round.ts': 'export * from \'./round\';\nexport const r = 1;\n',
  });
  const ask = (file: string, names: string[]): string[] => lacking(ts, path.join(root, file), names, (from, to) => to.startsWith('.') ? path.join(path.dirname(from), `${to}.ts`) : undefined);
  expect(ask('a.ts', ['f', 'C', 'x', 'y', 'w', 'hidden', 'z', 'T'])).toEqual(['hidden', 'z', 'T']);
  expect(ask('whole.ts', ['anything'])).toEqual([]);
  expect(ask('common.js', ['g'])).toEqual([]);
  expect(ask('round.ts', ['r', 's'])).toEqual(['s']);
});
