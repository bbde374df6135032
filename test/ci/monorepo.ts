/** The recipes of docs/monorepos.md, as a workspace to run them on. */
import fs from 'node:fs';
import path from 'node:path';
import { bin, root, run } from '../cli/cli.ts';
import { tree } from '../project/tree.ts';

const docs = fs.readFileSync(path.join(root, 'docs/monorepos.md'), 'utf8');

/** The JSON block of the docs under this file's name. */
function block(name: string): { [key: string]: unknown; scripts?: Record<string, string> } {
  const text = new RegExp(`<!-- ${name} -->\n\`\`\`json\n([^]*?)\`\`\``).exec(docs)?.[1];
  if (text === undefined) throw new Error(`docs/monorepos.md has no ${name}`);
  return JSON.parse(text) as { scripts?: Record<string, string> };
}

export const producer = (option: string): string => `import { Queue } from 'bullmq';\nimport { BullMQOtel } from 'bullmq-otel';\n\nconst queue = new Queue('emails', { connection: {}${option} });\n\nexport const order = (id: string) => queue.add('confirm', { id });\n`;
export const consumer = (option: string): string => `import { writeFile } from 'node:fs/promises';\nimport { Worker } from 'bullmq';\nimport { BullMQOtel } from 'bullmq-otel';\n\nexport const worker = new Worker('emails', async (job) => {\n  await writeFile(job.data.file, job.data.id);\n}, { connection: {}${option} });\n`;
export const telemetry = ', telemetry: new BullMQOtel(\'mails\')';

/** A committed workspace of so many libraries (the second depends on the first), `api` and `worker`, with the recipe of docs/monorepos.md. */
export function workspace({ tool, libraries }: { tool: 'turbo' | 'nx'; libraries: number }): string {
  const queues = { bullmq: '^5.40.0', 'bullmq-otel': '^1.0.0' };
  const packages = Object.fromEntries(Array.from({ length: libraries }, (_, i) => [`lib${i}`, { text: `export const name = 'lib${i}';\n`, dependencies: i === 1 ? { '@mono/lib0': '*' } : {} }]));
  const all: Record<string, { text: string; dependencies: Record<string, string> }> = { ...packages, api: { text: producer(telemetry), dependencies: queues }, worker: { text: consumer(telemetry), dependencies: queues } };
  const files: Record<string, string | object> = {
    'package.json': { name: 'mono', private: true, packageManager: 'npm@10.8.2', workspaces: ['packages/*'] },
    'handoff.config.json': { assumeTraced: true }, [`${tool}.json`]: block(`${tool}.json`), '.gitignore': 'node_modules\n.turbo\n.nx\nhandoffs.json\n',
  };
  const lock: Record<string, object> = { '': { name: 'mono', workspaces: ['packages/*'] } };
  for (const [name, { text, dependencies }] of Object.entries(all)) {
    const paired = name === 'api' || name === 'worker';
    const other = name === 'api' ? 'worker' : 'api';
    const manifest = { name: `@mono/${name}`, version: '1.0.0', type: 'module', dependencies };
    const fill = (value: object): object => JSON.parse(JSON.stringify(value).replaceAll('worker', other)) as object;
    files[`packages/${name}/package.json`] = { ...manifest, ...(paired ? fill(block('packages/api/package.json')) : block('packages/ui/package.json')) };
    files[`packages/${name}/src/index.ts`] = text;
    if (paired && tool === 'turbo') files[`packages/${name}/turbo.json`] = fill(block('packages/api/turbo.json'));
    if (paired && tool === 'nx') Object.assign(files[`packages/${name}/package.json`] as object, fill(block('packages/api/package.json for Nx')));
    lock[`node_modules/@mono/${name}`] = { resolved: `packages/${name}`, link: true };
    lock[`packages/${name}`] = { name: manifest.name, version: manifest.version, dependencies };
  }
  const folder = tree({ ...files, 'package-lock.json': { name: 'mono', lockfileVersion: 3, requires: true, packages: lock } });
  fs.mkdirSync(path.join(folder, 'node_modules/.bin'), { recursive: true });
  fs.mkdirSync(path.join(folder, 'node_modules/@mono'));
  for (const name of Object.keys(all)) fs.symlinkSync(`../../packages/${name}`, path.join(folder, 'node_modules/@mono', name));
  fs.symlinkSync(bin, path.join(folder, 'node_modules/.bin/otel-handoff'));
  fs.rmSync(path.join(folder, '.git'), { recursive: true });
  run('git', ['init', '-q'], folder);
  run('git', ['add', '-A'], folder);
  return folder;
}
