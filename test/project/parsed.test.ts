/** What is not even parsed: nothing in it could be a finding. */
import { describe, expect, it } from 'vitest';
import { check } from '../../src/run/check.ts';
import { tree } from './tree.ts';

const node = { name: 'it', type: 'module', engines: { node: '>=22' }, dependencies: { bullmq: '^5' } };
const work = 'export function later(save) { setTimeout(() => { void save(); }, 10); }\n';

async function parsed(files: Record<string, string | object>, all = false) {
  const report = await check({ cwd: tree(files), assumeTraced: true, all });
  return { parsed: report.parsed, findings: report.findings.map((f) => f.boundary), handoffs: report.handoffs?.map((f) => f.boundary) };
}

describe('a file is parsed', () => {
  it('for what its runtime loses, and for what it keeps only where that is listed', async () => {
    const files = { 'package.json': node, 'a.js': work };
    expect(await parsed(files)).toMatchObject({ parsed: 0, findings: [] });
    expect(await parsed(files, true)).toMatchObject({ parsed: 1, handoffs: ['timers/set-timeout'] });
    expect(await parsed({ 'package.json': { name: 'it', dependencies: { 'react-dom': '^19', '@opentelemetry/sdk-trace-web': '^2' } }, 'a.js': work })).toMatchObject({ parsed: 1, findings: ['timers/set-timeout'] });
  });

  it('in a browser only where a tracer runs there', async () => {
    expect(await parsed({ 'package.json': { name: 'it', dependencies: { 'react-dom': '^19' } }, 'a.js': work })).toMatchObject({ parsed: 0, findings: [] });
  });

  it('for the words of a library only where the repo has that library', async () => {
    const code = 'export const keep = (seen, id) => seen.add(id, {});\n';
    expect((await parsed({ 'package.json': node, 'a.js': code })).parsed).toBe(1);
    expect((await parsed({ 'package.json': { ...node, dependencies: {} }, 'a.js': code })).parsed).toBe(0);
    // Nobody declares it, and another file imports it all the same.
    expect((await parsed({ 'package.json': { ...node, dependencies: {} }, 'a.js': code, 'b.js': "export { Queue } from 'bullmq';\n" })).parsed).toBe(1);
  });

  it('where a directive may be unused', async () => {
    expect((await parsed({ 'package.json': node, 'a.js': `// handoff-ignore no-unbound-callback -- it is not needed\n${work}` })).parsed).toBe(1);
  });
});

it('a library reaches a file through others that are not parsed for themselves', async () => {
  const queues = "import { Queue } from 'bullmq';\nexport const mails = new Queue('mails');\n";
  const send = "import { mails } from './queues.js';\nexport async function send(to) { await mails.add('send', { to }); }\n";
  expect((await parsed({ 'package.json': node, 'queues.js': queues, 'send.js': send })).findings).toEqual(['bullmq/queue-add']);
});

it('an option bag hands on what a file that is not parsed for itself puts in', async () => {
  const start = "import { Queue } from 'bullmq';\nimport { Account } from './account.js';\nconst mails = new Queue('mails');\nexport const account = new Account({ mails });\n";
  const account = "export class Account {\n  constructor(options) { this.options = options; }\n  async send(to) { await this.options.mails.add('send', { to }); }\n}\n";
  expect((await parsed({ 'package.json': node, 'start.js': start, 'account.js': account })).findings).toEqual(['bullmq/queue-add']);
});

it('what is under a name in very many files is followed only where the first of them tell', async () => {
  const start = "import { Queue } from 'bullmq';\nimport { send } from './send.js';\nconst mails = new Queue('mails');\nsend({ mails });\n";
  const send = "export async function send(options) { await options.mails.add('send', { to: options.to }); }\n";
  const others = (prefix: string): Record<string, string> => Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`${prefix}${i}.js`, 'export const held = (mails, seen) => { seen.add(1); return { mails }; };\n']));
  expect((await parsed({ 'package.json': node, 'b.js': start, 'send.js': send, ...others('z') })).findings).toEqual(['bullmq/queue-add']);
  expect((await parsed({ 'package.json': node, 'b.js': start, 'send.js': send, ...others('a') })).findings).toEqual([]);
});

it('no origin is followed into what a generator wrote; such a file is checked itself', async () => {
  const queues = "import { Queue } from 'bullmq';\nexport const mails = new Queue('mails');\n";
  const use = "import { mails } from './queues.js';\nexport async function send(to) { await mails.add('send', { to }); }\n";
  const long = `// ${'generated '.repeat(60_000)}\n`;
  const there = { 'package.json': node, 'use.js': use, 'worker.js': "import { Worker } from 'bullmq';\nnew Worker('mails', async (job) => { await fetch(job.data.url); });\n" };
  expect((await parsed({ ...there, 'queues.js': queues })).findings).toEqual(['bullmq/queue-add', 'bullmq/worker']);
  expect((await parsed({ ...there, 'queues.js': long.replaceAll(/(.{80})/g, '$1\n// ') + queues })).findings).toEqual(['bullmq/worker']);
  expect((await parsed({ ...there, 'queues.js': queues, 'use.js': long.replaceAll(/(.{80})/g, '$1\n// ') + use })).findings).toEqual(['bullmq/queue-add', 'bullmq/worker']);
});
