/** Producers and consumers joined by channel, and what only the two together show (DESIGN.md 5.10). */
import { describe, expect, it } from 'vitest';
import { isNamed } from '../../src/analysis/channel.ts';
import { analyse, cases, nodePackage, type Files } from './harness.ts';

const add = ' // ! bullmq/queue-add';
const job = ' // ! bullmq/worker';
const queue = (name: string, before = ''): string => `import { Queue } from 'bullmq';\n${before}\nconst queue = new Queue(${name});\nexport const send = (id: string) => queue.add('send', { id });`;
const worker = (name: string, before = ''): string => `import { Worker } from 'bullmq';\nimport { writeFile } from 'node:fs/promises';\n${before}\nexport const w = new Worker(${name}, async (job) => { await writeFile('x', String(job.data)); });`;
const carrying = (name: string, before = ''): string => `import { Queue } from 'bullmq';\nimport { context, propagation } from '@opentelemetry/api';\n${before}\nconst queue = new Queue(${name});\nexport function send(id: string) { const c = {}; propagation.inject(context.active(), c); return queue.add('send', { id }, { telemetry: { metadata: JSON.stringify(c) } }); }`;

const peers = (files: Files): string[] => analyse(files).result.judged.filter((j) => j.boundary.role === 'producer').flatMap((j) => j.peers.map((p) => p.boundary.id));

describe('pairing: names', () => {
  const shared = `export const names = { mail: 'mail', sms: 'sms' } as const;\nexport const MAIL = 'mail';\nexport enum Queues { Mail = 'mail', Sms = 'sms' }`;
  const use = `import { MAIL, names, Queues } from './names.ts';\nvoid [MAIL, names, Queues];`;
  it.each<[string, string, string, string?]>([
    ['literals', `'mail'`, `'mail'`],
    ['a constant of another file', `MAIL`, `'mail'`],
    ['a member of an object', `names.mail`, `MAIL`],
    ['an enum', `Queues.Mail`, `names.mail`],
    ['a template of constants', '`${MAIL}`', `'mail'`],
    ['a template with a part that is known at run time', '`mail-${process.pid}`', '`mail-${process.ppid}`'],
    ['a template on one side', '`mail-${process.pid}`', `'mail-eu'`],
    ['a default of the environment', `process.env.QUEUE ?? 'mail'`, `process.env.QUEUE ?? 'mail'`],
    ['concatenation', `'ma' + 'il'`, `'mail'`],
  ])('joined: %s', (_, producer, consumer) => {
    expect(peers({ 'src/names.ts': shared, 'src/a.ts': queue(producer, use), 'src/b.ts': worker(consumer, use) })).toEqual(['bullmq/worker']);
  });

  it.each<[string, string, string]>([
    ['other names', `'mail'`, `'sms'`],
    ['another member of the enum', `Queues.Mail`, `Queues.Sms`],
    ['another prefix', '`mail-${process.pid}`', '`sms-${process.pid}`'],
    ['nothing known', 'String(process.pid)', `'mail'`],
    ['nothing known on either side', 'String(process.pid)', 'String(process.pid)'],
    ['a prefix that is no whole name', `'mail'`, `'mailbox'`],
  ])('not joined: %s', (_, producer, consumer) => {
    expect(peers({ 'src/names.ts': shared, 'src/a.ts': queue(producer, use), 'src/b.ts': worker(consumer, use) })).toEqual([]);
  });

  it('joined by the name that the one caller of a factory gives', () => {
    expect(peers({
      'src/make.ts': `import { Queue } from 'bullmq';\nexport function makeQueue(name: string) { const queue = new Queue(name); return { send: (id: string) => queue.add('send', { id }) }; }`,
      'src/a.ts': `import { makeQueue } from './make.ts';\nexport const mail = makeQueue('mail');`, 'src/b.ts': worker(`'mail'`),
    })).toEqual(['bullmq/worker']);
  });

  it('not joined where callers give other names', () => {
    expect(peers({
      'src/make.ts': `import { Queue } from 'bullmq';\nexport function makeQueue(name: string) { const queue = new Queue(name); return { send: (id: string) => queue.add('send', { id }) }; }`,
      'src/a.ts': `import { makeQueue } from './make.ts';\nexport const mail = makeQueue('mail');\nexport const sms = makeQueue('sms');`, 'src/b.ts': worker(`'mail'`),
    })).toEqual([]);
  });
});

describe('pairing: subscriptions', () => {
  it.each([
    ['orders.created', 'orders.*'], ['orders.created.eu', 'orders.#'], ['orders', 'orders.#'], ['orders.created', 'orders.>'],
    ['devices/7/state', 'devices/+/state'], ['devices/7/state', 'devices/#'], ['events:user', 'events:*'], ['jobs-*', 'jobs-eu'], ['orders.*', 'orders.*'],
  ])('%s is within %s', (name, pattern) => expect(isNamed(name, pattern)).toBe(true));

  it.each([
    ['payments.created', 'orders.*'], ['ordersx.created', 'orders.#'], ['devices/7/8/state', 'devices/+/state'], ['anything', '*'], ['*', 'orders'],
    ['orders', 'order'], ['a+b', 'aab'], ['orders', '#'],
  ])('%s is not within %s', (name, pattern) => expect(isNamed(name, pattern)).toBe(false));
});

cases('pairing: one-sided', {}, {
  'carried and not read': { 'src/a.ts': carrying(`'mail'`), 'src/b.ts': `${worker(`'mail'`)}${job} one-sided` },
  'carried by one of two': { 'src/a.ts': carrying(`'mail'`), 'src/c.ts': `${queue(`'mail'`)}${add} lost`, 'src/b.ts': `${worker(`'mail'`)}${job} lost` },
  'read and not carried': {
    'src/a.ts': `${queue(`'mail'`)}${add} one-sided`,
    'src/b.ts': `import { Worker } from 'bullmq';\nimport { context, propagation } from '@opentelemetry/api';\nimport { writeFile } from 'node:fs/promises';\nexport const w = new Worker('mail', (job) => context.with(propagation.extract(context.active(), job.data.c), () => writeFile('x', '')));`,
  },
  'carried into another channel': { 'src/a.ts': carrying(`'sms'`), 'src/b.ts': `${worker(`'mail'`)}${job} lost` },
});

describe('pairing: both places are named', () => {
  it('each side knows the other', () => {
    const { result } = analyse({ 'src/a.ts': carrying(`'mail'`), 'src/b.ts': worker(`'mail'`) });
    const consumer = result.judged.find((j) => j.boundary.role === 'consumer')!;
    const producer = result.judged.find((j) => j.boundary.role === 'producer')!;
    expect([consumer.verdict, producer.verdict]).toEqual(['one-sided', 'carried']);
    expect(consumer.peers).toEqual([producer]);
    expect(producer.peers).toEqual([consumer]);
  });
});

const instrumented = { 'package.json': { ...nodePackage, dependencies: { ...nodePackage.dependencies, '@opentelemetry/instrumentation-undici': '*', '@opentelemetry/instrumentation': '*' } }, 'src/t.ts': `import { registerInstrumentations } from '@opentelemetry/instrumentation';\nimport { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';\nregisterInstrumentations({ instrumentations: [new UndiciInstrumentation()] });` };
const server = `import express from 'express';\nconst app = express();\napp.post('/users', async (req, res) => { await fetch('https://example.com/x', { method: 'POST' }); res.end(); });`;
const caller = (url: string): string => `export const f = () => fetch(${url}, { method: 'POST', body: '{}' });`;
cases('pairing: a covered request and a route of that path', { files: instrumented }, {
  'to one\'s own service': { 'src/s.ts': `${server} // ! express/route one-sided`, 'src/a.ts': caller('`${process.env.API_URL}/users`') },
  'to somebody else\'s host': { 'src/s.ts': server, 'src/a.ts': caller(`'https://api.kick.com/public/v1/users'`) },
  'to a private host': { 'src/s.ts': `${server} // ! express/route one-sided`, 'src/a.ts': caller(`'http://people:8080/users'`) },
});
