/** Packages of a workspace, whoever manages it: each by its own facts, and one of them alone. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { check, fix } from '../../src/api.ts';
import { tree } from '../project/tree.ts';

const telemetry = ', telemetry: new BullMQOtel(\'mails\')';
const producer = (options: string): string => `import { mails } from '@mono/shared';\nimport { Queue } from 'bullmq';\nimport { BullMQOtel } from 'bullmq-otel';\nconst queue = new Queue(mails, { connection: {}${options} });\nexport const order = (id: string) => queue.add('confirm', { id });\n`;
const consumer = `import { mails } from '@mono/shared';\nimport { writeFile } from 'node:fs/promises';\nimport { Worker } from 'bullmq';\nexport const worker = new Worker(mails, async (job) => { await writeFile(job.data.file, job.data.id); }, { connection: {} });\n`;
const ask = 'export const ask = (id: string) => fetch(`${process.env.AGENT_URL}/run`, { method: \'POST\', body: id });\n';
const later = 'export const later = (job: { save(): Promise<void> }) => { setTimeout(() => job.save(), 10); };\n';
const queues = { bullmq: '^5.40.0', 'bullmq-otel': '^1.0.0' };
const undici = { '@opentelemetry/instrumentation-undici': '^0.11.0', '@opentelemetry/instrumentation': '^0.200.0' };

/** Four packages: a queue between two, a name from a third that is compiled, a page. `how` declares the workspace. */
function mono(how: Record<string, string | object>, options = telemetry): string {
  return tree({
    'handoff.config.json': { assumeTraced: true },
    'packages/shared/package.json': { name: '@mono/shared', type: 'module', main: './dist/index.js', types: './dist/index.d.ts' },
    'packages/shared/tsconfig.json': { compilerOptions: { composite: true, rootDir: 'src', outDir: 'dist' } },
    'packages/shared/src/index.ts': 'export const mails = \'emails\';\n',
    'packages/api/package.json': { name: '@mono/api', type: 'module', engines: { node: '>=20' }, dependencies: { ...queues, ...undici, '@mono/shared': '*' } },
    'packages/api/tsconfig.json': { references: [{ path: '../shared' }] },
    'packages/api/src/order.ts': producer(options), 'packages/api/src/ask.ts': ask,
    'packages/api/src/tracing.ts': 'import { registerInstrumentations } from \'@opentelemetry/instrumentation\';\nimport { UndiciInstrumentation } from \'@opentelemetry/instrumentation-undici\';\nregisterInstrumentations({ instrumentations: [new UndiciInstrumentation()] });\n',
    'packages/worker/package.json': { name: '@mono/worker', type: 'module', engines: { node: '>=20' }, dependencies: { ...queues, '@mono/shared': '*' } },
    'packages/worker/src/work.ts': consumer, 'packages/worker/src/ask.ts': ask, 'packages/worker/src/later.ts': later,
    'packages/web/package.json': { name: '@mono/web', dependencies: { '@opentelemetry/sdk-trace-web': '^2.0.0', react: '^19.0.0' } },
    'packages/web/src/later.tsx': `'use client';\n${later}`,
    ...how,
  });
}

const rows = ({ findings }: Awaited<ReturnType<typeof check>>): string[] => findings.map((f) => `${f.path} ${f.boundary} ${f.verdict} ${f.runtime}${f.related.map((r) => ` <- ${r.path}`).join('')}`);

const all = [
  'packages/web/src/later.tsx timers/set-timeout lost browser',
  'packages/worker/src/ask.ts fetch/fetch lost node',
  'packages/worker/src/work.ts bullmq/worker one-sided node <- packages/api/src/order.ts',
];

const root = { name: 'mono', private: true };
describe.each<[string, Record<string, string | object>]>([
  ['npm', { 'package.json': { ...root, workspaces: ['packages/*'] }, 'package-lock.json': { name: 'mono', lockfileVersion: 3, packages: { '': { workspaces: ['packages/*'] }, 'node_modules/@mono/api': { resolved: 'packages/api', link: true } } } }],
  ['pnpm', { 'package.json': root, 'pnpm-workspace.yaml': 'packages:\n  - "packages/*"\n', 'pnpm-lock.yaml': 'lockfileVersion: \'9.0\'\n\nimporters:\n\n  .: {}\n' }],
  ['yarn 1', { 'package.json': { ...root, workspaces: { packages: ['packages/*'], nohoist: ['**/react'] } }, 'yarn.lock': '# yarn lockfile v1\n' }],
  ['yarn 4', { 'package.json': { ...root, workspaces: ['packages/*'], packageManager: 'yarn@4.5.0' }, 'yarn.lock': '__metadata:\n  version: 8\n', '.yarnrc.yml': 'nodeLinker: pnp\n' }],
  ['bun', { 'package.json': { ...root, workspaces: ['packages/*'] }, 'bun.lock': '{\n  "lockfileVersion": 1,\n  "workspaces": {\n    "": { "name": "mono" },\n  },\n  "packages": {},\n}\n' }],
  ['lerna', { 'package.json': root, 'lerna.json': { packages: ['packages/*'], version: '1.0.0' } }],
])('%s', (_name, how) => {
  test('all packages at once, each with its own runtime and coverage; one of them alone', async () => {
    const cwd = mono(how);
    expect(rows(await check({ cwd }))).toEqual(all);
    const worker = await check({ cwd, workspaces: ['@mono/worker'] });
    expect(rows(worker)).toEqual(all.slice(1));
    expect(worker.files).toBe(3);
    expect(rows(await check({ cwd, workspaces: ['@mono/api'] }))).toEqual([]);
    expect(rows(await check({ cwd, workspaces: ['packages/web', '@mono/api'] }))).toEqual(all.slice(0, 1));
  });
});

describe('--workspace', () => {
  const npm = { 'package.json': { ...root, workspaces: ['packages/*'] }, 'tools/build.ts': ask };

  test('says of a package what a look at everything says, from wherever it is asked', async () => {
    const cwd = mono(npm, '');
    const whole = await check({ cwd });
    for (const name of ['api', 'worker', 'web', 'shared']) {
      expect((await check({ cwd, workspaces: [`@mono/${name}`] })).findings, name).toEqual(whole.findings.filter((f) => f.path.startsWith(`packages/${name}/`)));
    }
    const beside = await check({ cwd: path.join(cwd, 'packages/api'), workspaces: ['@mono/worker'] });
    expect(beside.findings.map((f) => f.fingerprint)).toEqual(whole.findings.filter((f) => f.path.startsWith('packages/worker/')).map((f) => f.fingerprint));
    expect(beside.findings[0]!.path).toBe('../worker/src/ask.ts');
  });

  test('`fix` repairs its channels whole, and no others', async () => {
    const cwd = mono(npm, '');
    const { report } = await fix({ cwd, workspaces: ['@mono/api'], typeCheck: false });
    expect(report.applied.map(({ id }) => id)).toEqual(['BullMQ:emails']);
    expect(report.files.filter((file) => file.startsWith('packages/worker/src/'))).toContain('packages/worker/src/work.ts');
    expect(report.files).not.toContain('packages/worker/src/ask.ts');
  });

  test('the root is a package, too, and the others are not its files', async () => {
    expect(rows(await check({ cwd: mono(npm), workspaces: ['mono'] }))).toEqual(['tools/build.ts fetch/fetch lost node']);
  });

  test('a package inside of another is one of its own', async () => {
    const cwd = mono({ ...npm, 'package.json': { ...root, workspaces: ['packages/**'] }, 'packages/worker/plugins/mail/package.json': { name: '@mono/plugin' }, 'packages/worker/plugins/mail/ask.ts': ask });
    expect((await check({ cwd, workspaces: ['@mono/worker'] })).files).toBe(3);
    expect(rows(await check({ cwd, workspaces: ['@mono/plugin'] }))).toEqual(['packages/worker/plugins/mail/ask.ts fetch/fetch lost node']);
  });

  test('with changed files: those of the package', async () => {
    const cwd = mono(npm, '');
    const focus = new Set([path.join(cwd, 'packages/api/src/order.ts')]);
    expect(rows(await check({ cwd, focus })).map((row) => row.split(' ')[0])).toEqual(['packages/api/src/order.ts', 'packages/worker/src/work.ts']);
    expect(rows(await check({ cwd, focus, workspaces: ['@mono/worker'] })).map((row) => row.split(' ')[0])).toEqual(['packages/worker/src/work.ts']);
  });

  test.each([
    [['@mono/wroker'], '--workspace @mono/wroker: no package of this workspace has that name or folder; did you mean `@mono/worker`?'],
    [['@mono/api', '..'], '--workspace ..: no package of this workspace has that name or folder; allowed: @mono/api, @mono/shared, @mono/web, @mono/worker, mono'],
    [['packages'], '--workspace packages: no package of this workspace has that name or folder; allowed: @mono/api, @mono/shared, @mono/web, @mono/worker, mono'],
  ])('%j: one line', async (workspaces, line) => {
    await expect(check({ cwd: mono(npm), workspaces })).rejects.toThrow(line);
  });

  test('settings of one package stand in the overrides of the one configuration', async () => {
    const cwd = mono({ ...npm, 'handoff.config.json': { assumeTraced: true, overrides: [{ files: ['packages/worker/**'], runtime: 'browser', rules: { 'no-dark-request': 'off' } }] } });
    expect(rows(await check({ cwd, workspaces: ['@mono/worker'] }))).toEqual([expect.stringContaining('src/later.ts timers/set-timeout lost browser'), expect.stringContaining('bullmq/worker')]);
  });

  test('a configuration below the one that is used is said not to be read', async () => {
    const cwd = mono(npm);
    fs.writeFileSync(path.join(cwd, 'packages/api/handoff.config.json'), '{}');
    const notes: string[] = [];
    await check({ cwd, onNote: (note) => notes.push(note) });
    expect(notes).toEqual(['packages/api/handoff.config.json is not read: one configuration counts for a run, and what is a package\'s own stands in its `overrides`.']);
  });
});
