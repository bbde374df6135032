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

const turbo = process.env['OTEL_HANDOFF_TURBO'] ?? path.join(root, 'node_modules/.bin/turbo');
const installed = fs.existsSync(turbo);
const docs = fs.readFileSync(path.join(root, 'docs/monorepos.md'), 'utf8');

/** The JSON block of the docs under this file's name. */
function block(name: string): { [key: string]: unknown; scripts?: Record<string, string> } {
  const text = new RegExp(`<!-- ${name} -->\n\`\`\`json\n([^]*?)\`\`\``).exec(docs)?.[1];
  if (text === undefined) throw new Error(`docs/monorepos.md has no ${name}`);
  return JSON.parse(text) as { scripts?: Record<string, string> };
}

const producer = (option: string): string => `import { Queue } from 'bullmq';\nimport { BullMQOtel } from 'bullmq-otel';\n\nconst queue = new Queue('emails', { connection: {}${option} });\n\nexport const order = (id: string) => queue.add('confirm', { id });\n`;
const consumer = (option: string): string => `import { writeFile } from 'node:fs/promises';\nimport { Worker } from 'bullmq';\nimport { BullMQOtel } from 'bullmq-otel';\n\nexport const worker = new Worker('emails', async (job) => {\n  await writeFile(job.data.file, job.data.id);\n}, { connection: {}${option} });\n`;
const telemetry = ', telemetry: new BullMQOtel(\'mails\')';

function workspace(): string {
  const queues = { bullmq: '^5.40.0', 'bullmq-otel': '^1.0.0' };
  const packages = Object.fromEntries(Array.from({ length: 28 }, (_, i) => [`lib${i}`, { text: `export const name = 'lib${i}';\n`, dependencies: i === 1 ? { '@mono/lib0': '*' } : {} }]));
  const all: Record<string, { text: string; dependencies: Record<string, string> }> = { ...packages, api: { text: producer(telemetry), dependencies: queues }, worker: { text: consumer(telemetry), dependencies: queues } };
  const files: Record<string, string | object> = {
    'package.json': { name: 'mono', private: true, packageManager: 'npm@10.8.2', workspaces: ['packages/*'] },
    'handoff.config.json': { assumeTraced: true }, 'turbo.json': block('turbo.json'), '.gitignore': 'node_modules\n.turbo\nhandoffs.json\n',
  };
  const lock: Record<string, object> = { '': { name: 'mono', workspaces: ['packages/*'] } };
  for (const [name, { text, dependencies }] of Object.entries(all)) {
    const paired = name === 'api' || name === 'worker';
    const other = name === 'api' ? 'worker' : 'api';
    const manifest = { name: `@mono/${name}`, version: '1.0.0', type: 'module', dependencies };
    const fill = (value: object): object => JSON.parse(JSON.stringify(value).replaceAll('worker', other)) as object;
    files[`packages/${name}/package.json`] = { ...manifest, ...(paired ? fill(block('packages/api/package.json')) : block('packages/ui/package.json')) };
    files[`packages/${name}/src/index.ts`] = text;
    if (paired) files[`packages/${name}/turbo.json`] = fill(block('packages/api/turbo.json'));
    lock[`node_modules/@mono/${name}`] = { resolved: `packages/${name}`, link: true };
    lock[`packages/${name}`] = { name: manifest.name, version: manifest.version, dependencies };
  }
  const folder = tree({ ...files, 'package-lock.json': { name: 'mono', lockfileVersion: 3, requires: true, packages: lock } });
  fs.mkdirSync(path.join(folder, 'node_modules/.bin'), { recursive: true });
  fs.symlinkSync(bin, path.join(folder, 'node_modules/.bin/otel-handoff'));
  fs.rmSync(path.join(folder, '.git'), { recursive: true });
  run('git', ['init', '-q'], folder);
  run('git', ['add', '-A'], folder);
  return folder;
}

interface Ran { status: number | null; executed: string[]; cached: number; output: string }

function handoffs(folder: string): Ran {
  const { status, stdout, stderr } = run(turbo, ['run', 'handoffs', '--continue', '--no-color', '--cache-dir=.turbo'], folder, { TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', NO_COLOR: '1' });
  const output = stdout + stderr;
  return { status, output, executed: [...output.matchAll(/^@mono\/(\w+):handoffs: cache miss/gm)].map(([, name]) => name!).sort(), cached: Number(/Cached: +(\d+) cached/.exec(output)?.[1] ?? -1) };
}

test.skipIf(!installed)(`turbo run handoffs${installed ? '' : ' (turbo is not installed)'}`, () => {
  const folder = workspace();
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
