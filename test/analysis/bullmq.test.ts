import { describe, expect, it } from 'vitest';
import { analyse, cases, type Files } from './harness.ts';

const work = `async function work(x: unknown) { await fetch('https://example.com', { method: 'POST', body: String(x) }); }`;
const producer = (options = '', add = `q.add('send', { id })`, name = `'mail'`): string =>
  `import { Queue } from 'bullmq';\nconst q = new Queue(${name}${options});\nexport async function enqueue(id: string) { await ${add}; }`;
const consumer = (options = '', name = `'mail'`): string => `import { Worker } from 'bullmq';\n${work}\nexport const w = new Worker(${name}, async (job) => { await work(job.data); }${options});`;
const dark = ' // ! bullmq/queue-add lost';
const darkWorker = ' // ! bullmq/worker lost';
const telemetry = `import { BullMQOtel } from 'bullmq-otel';\n`;
const on = `, { connection: {}, telemetry: new BullMQOtel('app') }`;
const off = `, { connection: {} }`;

cases('bullmq: the telemetry option', {}, {
  'on neither side': { 'src/p.ts': producer(off) + dark, 'src/c.ts': consumer(off) + darkWorker },
  'on both sides': { 'src/p.ts': telemetry + producer(on), 'src/c.ts': telemetry + consumer(on) },
  'on the producer\'s side only': { 'src/p.ts': telemetry + producer(on), 'src/c.ts': `${consumer(off)} // ! bullmq/worker one-sided` },
  'on the consumer\'s side only': { 'src/p.ts': `${producer(off)} // ! bullmq/queue-add one-sided`, 'src/c.ts': telemetry + consumer(on) },
  'in an options variable': { 'src/p.ts': `${telemetry}const options = { connection: {}, telemetry: new BullMQOtel('app') };\n${producer(', options')}` },
  'in a variable of another file': { 'src/options.ts': `${telemetry}export const options = { telemetry: new BullMQOtel('app') };`, 'src/p.ts': `import { options } from './options.ts';\n${producer(', options')}` },
  'in a spread': { 'src/p.ts': `${telemetry}const base = { telemetry: new BullMQOtel('app') };\n${producer(', { ...base, connection: {} }')}` },
  'in a function\'s result': { 'src/p.ts': `${telemetry}const options = () => ({ connection: {}, telemetry: new BullMQOtel('app') });\n${producer(', options()')}` },
  'shorthand': { 'src/p.ts': `${telemetry}const telemetry = new BullMQOtel('app');\n${producer(', { telemetry }')}` },
  'a variable without it': { 'src/p.ts': `const options = { connection: {} };\n${producer(', options')}${dark}` },
  'a function without it': { 'src/p.ts': `const options = () => ({ connection: {} });\n${producer(', options()')}${dark}` },
  'a queue that is handed in, where all queues have it': {
    'src/p.ts': telemetry + producer(on),
    'src/q.ts': `import type { Queue } from 'bullmq';\nexport const send = (q: Queue, id: string) => q.add('send', { id });`,
  },
  'a queue that is handed in, where one has it not': {
    'src/p.ts': telemetry + producer(on), 'src/o.ts': producer(off, undefined, `'sms'`) + dark,
    'src/q.ts': `import type { Queue } from 'bullmq';\nexport const send = (q: Queue, id: string) => q.add('send', { id });${dark}`,
  },
});

cases('bullmq: what is added', {}, {
  'with options': { 'src/p.ts': producer('', `q.add('send', { id }, { attempts: 3 })`) + dark },
  'a repeated job': { 'src/p.ts': producer('', `q.add('send', { id }, { repeat: { every: 1000 } })`) },
  'a scheduler': { 'src/p.ts': producer('', `q.upsertJobScheduler('s', { every: 1000 }, { name: 'x', data: { id } })`) },
  'addBulk': { 'src/p.ts': `${producer('', `q.addBulk([{ name: 'send', data: { id } }])`)} // ! bullmq/queue-add-bulk lost` },
  'a flow': { 'src/p.ts': `import { FlowProducer } from 'bullmq';\nconst flow = new FlowProducer({ connection: {} });\nexport const start = (id: string) => flow.add({ name: 'a', queueName: 'mail', data: { id } }); // ! bullmq/flow-add lost` },
  'a flow with telemetry': { 'src/p.ts': `${telemetry}import { FlowProducer } from 'bullmq';\nconst flow = new FlowProducer({ connection: {}, telemetry: new BullMQOtel('app') });\nexport const start = (id: string) => flow.add({ name: 'a', queueName: 'mail', data: { id }, opts: {}, children: [{ name: 'b', queueName: 'mail', opts: { attempts: 2 } }] });` },
  'a flow with telemetry, of jobs without options: it carries nothing to those': { 'src/p.ts': `${telemetry}import { FlowProducer } from 'bullmq';\nconst flow = new FlowProducer({ connection: {}, telemetry: new BullMQOtel('app') });\nexport const start = (id: string) => flow.add({ name: 'a', queueName: 'mail', data: { id }, opts: {}, children: [{ name: 'b', queueName: 'mail' }] }); // ! bullmq/flow-add lost` },
  'at module scope': { 'src/p.ts': `import { Queue } from 'bullmq';\nawait new Queue('mail').add('boot', {});` },
  'other members': { 'src/p.ts': producer('', `q.getJob(id)`) },
  'the carrier is in the data already': { 'src/p.ts': `import { context, propagation } from '@opentelemetry/api';\nimport { Queue } from 'bullmq';\nconst q = new Queue('mail');\nexport async function enqueue(id: string) { const carrier = {}; propagation.inject(context.active(), carrier); await q.add('send', { id, carrier }); }` },
  'traceparent in the data': { 'src/p.ts': producer('', `q.add('send', { id, traceparent: id })`) },
  'metadata already': { 'src/p.ts': producer('', `q.add('send', { id }, { telemetry: { metadata: JSON.stringify({}) } })`) },
  'metadata of a helper': { 'src/trace.ts': `import { context, propagation } from '@opentelemetry/api';\nexport function carrier() { const c = {}; propagation.inject(context.active(), c); return JSON.stringify(c); }`, 'src/p.ts': `import { carrier } from './trace.ts';\n${producer('', `q.add('send', { id }, { telemetry: { metadata: carrier() } })`)}` },
  'carried by our own helper': { 'src/p.ts': `import { carryJob } from './handoff.ts';\n${producer('', `q.add('send', { id }, carryJob({ attempts: 3 }))`)}`, 'src/handoff.ts': `export function carryJob<T>(x?: T): T { return x as T; }` },
});

const extracting = `import { context, propagation, ROOT_CONTEXT } from '@opentelemetry/api';\nimport { work } from './work.js';\nexport default (job) => context.with(propagation.extract(ROOT_CONTEXT, JSON.parse(job.opts.telemetry?.metadata ?? '{}')), () => work(job.data));`;
cases('bullmq: the processor', {}, {
  'none': { 'src/c.ts': `import { Worker } from 'bullmq';\nexport const w = new Worker('mail', null, { connection: {} });` },
  'undefined': { 'src/c.ts': `import { Worker } from 'bullmq';\nexport const w = new Worker('mail', undefined, { connection: {} });` },
  'the name only': { 'src/c.ts': `import { Worker } from 'bullmq';\nexport const w = new Worker('mail');` },
  'that does no work': { 'src/c.ts': `import { Worker } from 'bullmq';\nexport const w = new Worker('mail', async (job) => { console.log(job.id); });` },
  'by name': { 'src/c.ts': `import { Worker } from 'bullmq';\n${work}\nexport const w = new Worker('mail', work);${darkWorker}` },
  'of another file': { 'src/work.ts': `export async function work(job: unknown) { await fetch('https://example.com', { method: 'POST', body: String(job) }); }`, 'src/c.ts': `import { Worker } from 'bullmq';\nimport { work } from './work.ts';\nexport const w = new Worker('mail', work);${darkWorker}` },
  'a bound method': { 'src/c.ts': `import { Worker } from 'bullmq';\nexport class C {\n  start() { return new Worker('mail', this.run.bind(this)); }${darkWorker}\n  async run() { await fetch('https://example.com'); }\n}` },
  'a subclass of Worker': { 'src/c.ts': `import { Worker } from 'bullmq';\n${work}\nclass MailWorker extends Worker { constructor() { super('mail', work, { connection: {} }); } } // ! bullmq/worker lost\nexport const w = new MailWorker();` },
  'a sandboxed file': { 'src/c.ts': `import { Worker } from 'bullmq';\nexport const w = new Worker('mail', './processor.js'); // ! bullmq/worker lost sandboxed-processor` },
  'a sandboxed file by path.join': { 'src/c.ts': `import { Worker } from 'bullmq';\nimport path from 'node:path';\nconst file = path.join(__dirname, 'processor.js');\nexport const w = new Worker('mail', file); // ! bullmq/worker lost sandboxed-processor` },
  'a sandboxed URL, with telemetry': { 'src/c.ts': `${telemetry}import { Worker } from 'bullmq';\nexport const w = new Worker('mail', new URL('./processor.js', import.meta.url)${on}); // ! bullmq/worker lost sandboxed-processor` },
  'a sandboxed file that extracts': { 'src/c.ts': `import { Worker } from 'bullmq';\nexport const w = new Worker('mail', new URL('./processor.js', import.meta.url));`, 'src/processor.js': extracting },
  'a sandboxed file by fileURLToPath that extracts': { 'src/c.ts': `import { fileURLToPath } from 'node:url';\nimport { Worker } from 'bullmq';\nconst file = fileURLToPath(new URL('./processor.js', import.meta.url));\nexport const w = new Worker('mail', file);`, 'src/processor.js': extracting },
  'a sandboxed file that does not, beside one that does': { 'src/c.ts': `import { Worker } from 'bullmq';\nexport const w = new Worker('mail', new URL('./processor.js', import.meta.url)); // ! bullmq/worker lost sandboxed-processor`, 'src/other.js': extracting, 'src/processor.js': 'export default async (job) => fetch(`http://mail:8080/${job.data.id}`, { method: \'HEAD\', headers: { traceparent: job.data.traceparent } });' },
  'that extracts': { 'src/c.ts': `import { context, propagation } from '@opentelemetry/api';\nimport { Worker } from 'bullmq';\n${work}\nexport const w = new Worker('mail', (job) => context.with(propagation.extract(context.active(), job.data.carrier), () => work(job.data)));` },
  'wrapped by our own helper': { 'src/c.ts': `import { Worker } from 'bullmq';\nimport { traceProcessor } from './handoff.ts';\n${work}\nexport const w = new Worker('mail', traceProcessor(work, 'link'));` },
  'Worker of worker_threads beside it': { 'src/c.ts': `import { Worker as Thread } from 'node:worker_threads';\nimport { Worker } from 'bullmq';\n${work}\nexport const w = new Worker('mail', work);${darkWorker}\nexport const t = () => new Thread('./x.js');` },
});

const versioned = (version: string, what: Files): Files => ({ 'package.json': { name: 'app', type: 'module', engines: { node: '20' }, dependencies: { bullmq: version } }, ...what });
const both = (code: string): Files => ({ 'src/p.ts': producer() + dark + code, 'src/c.ts': consumer() + darkWorker + code });

cases('bullmq: versions', {}, {
  '4': versioned('^4.12.0', both(' version-too-old')),
  '5.21': versioned('5.21.2', both(' version-too-old')),
  '5.22': versioned('5.22.0', both('')),
  '5.33': versioned('~5.33.1', both('')),
  '5.34': versioned('5.34.0', both('')),
  '6': versioned('^6.0.0', both('')),
  'any': versioned('*', both('')),
  'latest': versioned('latest', both('')),
  'installed wins over declared': versioned('^5.0.0', { 'node_modules/bullmq/package.json': { name: 'bullmq', version: '5.50.1' }, ...both('') }),
});

const channels: Record<string, readonly [Files, string]> = {
  'literals': [{ 'src/p.ts': producer(), 'src/c.ts': consumer() }, 'mail'],
  'one constant': [{ 'src/names.ts': `export const MAIL = 'mail-queue';`, 'src/p.ts': `import { MAIL } from './names.ts';\n${producer('', undefined, 'MAIL')}`, 'src/c.ts': `import { MAIL } from './names.ts';\n${consumer('', 'MAIL')}` }, 'mail-queue'],
  'a constant and a literal': [{ 'src/p.ts': `const MAIL = 'mail';\n${producer('', undefined, 'MAIL')}`, 'src/c.ts': consumer() }, 'mail'],
  'an enum': [{ 'src/names.ts': `export enum Names { Mail = 'mail', Sms = 'sms' }`, 'src/p.ts': `import { Names } from './names.ts';\n${producer('', undefined, 'Names.Mail')}`, 'src/c.ts': `import { Names } from './names.ts';\n${consumer('', 'Names.Mail')}` }, 'mail'],
  'an object as const': [{ 'src/names.ts': `export const NAMES = { mail: 'mail' } as const;`, 'src/p.ts': `import { NAMES } from './names.ts';\n${producer('', undefined, 'NAMES.mail')}`, 'src/c.ts': `import { NAMES } from './names.ts';\n${consumer('', 'NAMES.mail')}` }, 'mail'],
  'an object by a string': [{ 'src/names.ts': `export const NAMES = { 'the-mail': 'mail' } as const;`, 'src/p.ts': `import { NAMES } from './names.ts';\n${producer('', undefined, `NAMES['the-mail']`)}`, 'src/c.ts': consumer() }, 'mail'],
  'a static field': [{ 'src/names.ts': `export class Names { static readonly mail = 'mail'; }`, 'src/p.ts': `import { Names } from './names.ts';\n${producer('', undefined, 'Names.mail')}`, 'src/c.ts': consumer() }, 'mail'],
  'a template': [{ 'src/p.ts': `const env = process.env.NODE_ENV;\n${producer('', undefined, '`mail-${env}`')}`, 'src/c.ts': `const env = process.env.NODE_ENV;\n${consumer('', '`mail-${env}`')}` }, 'mail-*'],
  'a template of constants': [{ 'src/p.ts': `const prefix = 'app';\n${producer('', undefined, '`${prefix}-mail`')}`, 'src/c.ts': consumer('', `'app-mail'`) }, 'app-mail'],
  'concatenation': [{ 'src/p.ts': `const prefix = 'app';\n${producer('', undefined, `prefix + '-mail'`)}`, 'src/c.ts': consumer('', `'app-mail'`) }, 'app-mail'],
  'environment default': [{ 'src/p.ts': producer('', undefined, `process.env.QUEUE ?? 'mail'`), 'src/c.ts': consumer('', `process.env.QUEUE || 'mail'`) }, 'mail'],
  'the queue made in another file': [{ 'src/q.ts': `import { Queue } from 'bullmq';\nexport const q = new Queue('mail');`, 'src/p.ts': `import { q } from './q.ts';\nexport const send = (id: string) => q.add('send', { id });`, 'src/c.ts': consumer() }, 'mail'],
  'the queue in a field': [{ 'src/p.ts': `import { Queue } from 'bullmq';\nexport class P {\n  private q: Queue;\n  constructor() { this.q = new Queue('mail'); }\n  send(id: string) { return this.q.add('send', { id }); }\n}`, 'src/c.ts': consumer() }, 'mail'],
  'a default export': [{ 'src/names.ts': `const MAIL = 'mail';\nexport default MAIL;`, 'src/p.ts': `import MAIL from './names.ts';\n${producer('', undefined, 'MAIL')}`, 'src/c.ts': consumer() }, 'mail'],
  're-exported': [{ 'src/names.ts': `export const MAIL = 'mail';`, 'src/index.ts': `export * from './names.ts';`, 'src/p.ts': `import { MAIL } from './index.ts';\n${producer('', undefined, 'MAIL')}`, 'src/c.ts': consumer() }, 'mail'],
  'a namespace import': [{ 'src/names.ts': `export const MAIL = 'mail';`, 'src/p.ts': `import * as names from './names.ts';\n${producer('', undefined, 'names.MAIL')}`, 'src/c.ts': consumer() }, 'mail'],
  'a renamed import': [{ 'src/names.ts': `export const MAIL = 'mail';`, 'src/p.ts': `import { MAIL as NAME } from './names.ts';\n${producer('', undefined, 'NAME')}`, 'src/c.ts': consumer() }, 'mail'],
  'CommonJS': [{ 'src/names.cjs': `exports.MAIL = 'mail';`, 'src/p.cjs': `const { Queue } = require('bullmq');\nconst { MAIL } = require('./names.cjs');\nconst q = new Queue(MAIL);\nexports.send = (id) => q.add('send', { id });`, 'src/c.ts': consumer() }, 'mail'],
};

describe('bullmq: names', () => {
  it.each(Object.entries(channels))('joins both sides: %s', (_, [files, name]) => {
    const { result } = analyse(files);
    const add = result.judged.find((j) => j.boundary.id === 'bullmq/queue-add');
    expect(add?.channel.label).toBe(name);
    expect(add?.peers.map((p) => p.boundary.id)).toEqual(['bullmq/worker']);
  });

  it.each(Object.entries({
    'other names': { 'src/p.ts': producer(), 'src/c.ts': consumer('', `'sms'`) },
    'a parameter': { 'src/p.ts': `import { Queue } from 'bullmq';\nexport const send = (name: string) => new Queue(name).add('send', {});`, 'src/c.ts': consumer() },
    'either of two queues': { 'src/p.ts': `import { Queue } from 'bullmq';\nconst a = new Queue('mail');\nconst b = new Queue('sms');\nexport const send = (urgent: boolean) => (urgent ? a : b).add('send', {});`, 'src/c.ts': consumer() },
    'a map of queues': { 'src/p.ts': `import { Queue } from 'bullmq';\nconst queues = new Map<string, Queue>();\nfor (const name of ['mail', 'sms']) queues.set(name, new Queue(name));\nexport const send = (name: string) => queues.get(name)!.add('send', {});`, 'src/c.ts': consumer() },
    'a function that returns one of many': { 'src/p.ts': `import { Queue } from 'bullmq';\nconst mail = new Queue('mail');\nconst sms = new Queue('sms');\nfunction getQueue(name: string): Queue | null {\n  switch (name) {\n    case 'a': return mail;\n    case 'b': return sms;\n    default: return null;\n  }\n}\nexport const send = (name: string) => getQueue(name)!.add('send', {});`, 'src/c.ts': consumer() },
    'a let': { 'src/p.ts': `let name = 'mail';\nif (process.env.SMS) name = 'sms';\n${producer('', undefined, 'name')}`, 'src/c.ts': consumer() },
  }))('joins nothing: %s', (_, files) => {
    const { result } = analyse(files);
    expect(result.judged.find((j) => j.boundary.id === 'bullmq/queue-add')?.peers).toEqual([]);
  });
});

cases('bullmq: a telemetry option that is undefined', {}, {
  'telemetry: undefined is no telemetry': { 'src/p.ts': `${producer(', { telemetry: undefined }')}${dark}` },
});

cases('what a test consumes', { tests: true }, {
  'a worker in a test': { 'src/a.test.ts': `import { it } from 'vitest';\nimport { Worker } from 'bullmq';\n${work}\nit('works', () => { new Worker('mail', async (job) => { await work(job.data); }); });` },
  'a worker beside it': { 'src/a.test.ts': `import { it } from 'vitest';\n${consumer()}${darkWorker}\nit('works', () => undefined);` },
});
