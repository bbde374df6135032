/** Boundaries of a library that nobody here knows, told by `handoff.config.json`: every way of matching, both ways. */
import { describe, expect, it } from 'vitest';
import type { BoundaryInput } from '../../src/catalogue/schema.ts';
import { configSchema } from '../../src/project/config.ts';
import { cases } from './harness.ts';

const acme = {
  family: 'queue', library: 'Acme Bus', package: 'acme-bus', coupling: 'detached', rule: 'no-dark-queue',
  runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' }, farSide: 'the subscriber starts a new trace', advice: 'Carry it in `headers`.',
  upstream: 'https://acme.example/bus', evidence: 'read', proof: 'read in its documentation', repair: { refused: 'no-repair', detail: 'carry it by hand' },
} as const satisfies Partial<BoundaryInput>;
const modules = ['acme-bus'];

const boundaries: BoundaryInput[] = [
  {
    ...acme, id: 'acme/publish', role: 'producer', counterparts: ['acme/run', 'acme/on-event'],
    match: { modules, exports: ['Bus'], use: 'instance', members: ['publish'] }, args: { payload: 0 },
    channel: { by: 'name', paths: ['topic'] }, slots: [{ in: 'payload', path: ['messages', '*', 'headers', 'traceparent'], encoding: 'headers' }],
  },
  {
    ...acme, id: 'acme/run', role: 'consumer', counterparts: ['acme/publish'], match: { modules, exports: ['Bus'], use: 'instance', members: ['run'] },
    args: { callback: 0, handlers: ['eachMessage', 'eachBatch'] }, channel: { by: 'name', paths: ['topic'] }, recurringOptions: ['cron'],
  },
  { ...acme, id: 'acme/command', role: 'producer', match: { modules, exports: ['SendCommand'], use: 'construct' }, args: { payload: 0 }, channel: { by: 'name', paths: ['QueueUrl', 'Entries.0.Source'] } },
  { ...acme, id: 'acme/on-event', role: 'consumer', counterparts: ['acme/publish'], match: { modules, exports: ['OnEvent'], use: 'decorator' }, channel: { by: 'name' } },
  { ...acme, id: 'acme/job', role: 'consumer', match: { modules, exports: ['Job'], use: 'decorator' }, channel: { by: 'name', at: 'class' } },
  { ...acme, id: 'acme/subscriber', role: 'consumer', match: { modules, exports: ['Subscriber'], use: 'decorator', methods: ['handle'] }, channel: { by: 'name' } },
  { ...acme, id: 'acme/handler', role: 'consumer', match: { modules, exports: ['BusHandler', 'BusEvent'], use: 'annotated' } },
  { ...acme, id: 'acme/enqueue', role: 'producer', match: { modules, exports: ['enqueue'], use: 'call' }, args: { payload: 0, options: 1, nameFirst: true }, slots: [{ in: 'options', path: ['headers'], encoding: 'headers' }], recurringOptions: ['every'] },
  { ...acme, id: 'acme/push', role: 'producer', counterparts: ['acme/take'], needsPeer: true, match: { modules, exports: ['list'], use: 'method', members: ['push'] }, channel: { by: 'name' } },
  { ...acme, id: 'acme/take', role: 'consumer', counterparts: ['acme/push'], match: { modules, exports: ['list'], use: 'method', members: ['take'] }, channel: { by: 'name' } },
  { ...acme, id: 'acme/spawn', role: 'producer', handsOver: ['task', 'input'], match: { modules, exports: ['Runner'], use: 'construct' }, args: { options: 0 } },
  { ...acme, id: 'acme/each', role: 'consumer', counterparts: ['acme/publish'], match: { modules, exports: ['Bus.open'], use: 'iterate' }, channel: { by: 'name', at: 'receiver' } },
  { ...acme, id: 'acme/say', role: 'producer', match: { modules, exports: ['Bus'], use: 'instance', members: ['say'], holds: ['PUBLISH '] }, args: { payload: 1 }, answers: ['replyTo'], channel: { by: 'name', arg: 2 }, slots: [{ in: 'payload', path: ['0'], encoding: 'fields' }] },
  { ...acme, id: 'acme/take-one', role: 'consumer', polled: true, match: { modules, exports: ['Bus'], use: 'instance', members: ['takeOne'] } },
  { ...acme, id: 'acme/any', role: 'consumer', counterparts: ['acme/command'], needsPeer: true, match: { modules, exports: ['serve'], use: 'call' }, args: { callback: -1, handlers: ['tasks.*'] } },
  { ...acme, id: 'acme/on-any', role: 'consumer', match: { modules, exports: ['onAny'], use: 'call' }, args: { callback: -1 }, channel: { by: 'name', after: 'FROM' } },
];
const setting = { config: { boundaries } };
const work = `async function work(x: unknown) { await fetch('https://example.com', { method: 'POST', body: String(x) }); }\n`;
const bus = `import { Bus } from 'acme-bus';\nconst bus = new Bus();\n${work}`;

cases('own boundaries: a member of an instance', setting, {
  'of the library': `${bus}export const send = () => bus.publish({ topic: 'orders', messages: [{ value: '1' }] }); // ! acme/publish lost`,
  'of another library of that name': `import { Bus } from 'other-bus';\nconst bus = new Bus();\nexport const send = () => bus.publish({ topic: 'orders', messages: [] });`,
  'carried in every message': `${bus}export const send = (traceparent: string) => bus.publish({ topic: 'orders', messages: [{ value: '1', headers: { traceparent } }] });`,
  'carried in one message of two': `${bus}export const send = (traceparent: string) => bus.publish({ topic: 'orders', messages: [{ value: '1', headers: { traceparent } }, { value: '2' }] }); // ! acme/publish lost`,
  'no messages': `${bus}export const send = () => bus.publish({ topic: 'orders', messages: [] }); // ! acme/publish lost`,
});

cases('own boundaries: handlers in an object', setting, {
  'a property': `${bus}await bus.run({ eachMessage: async (m) => { await work(m); } }); // ! acme/run lost`,
  'a method': `${bus}await bus.run({\n  async eachBatch(m) { await work(m); }, // ! acme/run lost\n});`,
  'both': `${bus}await bus.run({\n  eachMessage: work, // ! acme/run lost\n  async eachBatch(m) { await work(m); }, // ! acme/run lost\n});`,
  'a shorthand': `${bus}const eachMessage = async (m: unknown) => { await work(m); };\nawait bus.run({ eachMessage }); // ! acme/run lost`,
  'in a variable': `${bus}const options = {\n  eachMessage: work, // ! acme/run lost\n};\nawait bus.run(options);`,
  'that do nothing': `${bus}await bus.run({ eachMessage: async (m) => { console.log(m); } });`,
  'another property': `${bus}await bus.run({ onError: work });`,
  'nothing': `${bus}await bus.run();`,
  'on a schedule': `${bus}await bus.run({ cron: '* * * * *', eachMessage: work });`,
  'on a schedule or an event': `${bus}await bus.run({ cron: '* * * * *', event: 'x', eachMessage: work }); // ! acme/run lost`,
});

cases('own boundaries: a command', setting, {
  'constructed': `import { SendCommand } from 'acme-bus';\nexport const f = (c: any) => c.send(new SendCommand({ QueueUrl: 'orders' })); // ! acme/command lost`,
  'at module scope': `import { SendCommand } from 'acme-bus';\nexport const command = new SendCommand({ QueueUrl: 'orders' });`,
  'of the repo': `class SendCommand { constructor(x: unknown) { void x; } }\nexport const f = () => new SendCommand({});`,
});

const nest = (decorated: string): string => `import { Job, OnEvent, Subscriber } from 'acme-bus';\n${work}${decorated}`;
cases('own boundaries: decorators', setting, {
  'of a method': nest(`export class Orders {\n  @OnEvent('orders') // ! acme/on-event lost\n  async created(x: unknown) { await work(x); }\n}`),
  'of a method that does nothing': nest(`export class Orders {\n  @OnEvent('orders')\n  async created(x: unknown) { console.log(x); }\n}`),
  'of the repo': `${work}const OnEvent = (name: string) => (t: unknown) => t;\nexport class Orders {\n  @OnEvent('orders')\n  async created(x: unknown) { await work(x); }\n}`,
  'of a class, by the method that handles': nest(`@Subscriber('orders') // ! acme/subscriber lost\nexport class Orders {\n  async handle(x: unknown) { await work(x); }\n}`),
  'of a class without it': nest(`@Subscriber('orders')\nexport class Orders {\n  async other(x: unknown) { await work(x); }\n}`),
  'of a method in a decorated class': nest(`@Subscriber('orders')\nexport class Orders {\n  @Job() // ! acme/job lost\n  async work(x: unknown) { await work(x); }\n}`),
  'that extracts': nest(`import { context, propagation } from '@opentelemetry/api';\nexport class Orders {\n  @OnEvent('orders')\n  async created(x: any) { await context.with(propagation.extract(context.active(), x.headers), () => work(x)); }\n}`),
});

cases('own boundaries: exported handlers', setting, {
  'by the type of the variable': `import type { BusHandler } from 'acme-bus';\n${work}export const handler: BusHandler = async (event) => { await work(event); }; // ! acme/handler lost`,
  'by the type of the parameter': `import type { BusEvent } from 'acme-bus';\n${work}export const handler = async (event: BusEvent) => { await work(event); }; // ! acme/handler lost`,
  'a function': `import type { BusEvent } from 'acme-bus';\n${work}export async function handler(event: BusEvent) { await work(event); } // ! acme/handler lost`,
  'in a wrapper': `import type { BusEvent } from 'acme-bus';\nimport middy from 'middy';\n${work}export const handler = middy(async (event: BusEvent) => { await work(event); }); // ! acme/handler lost`,
  'CommonJS': { 'src/a.cts': `import type { BusEvent } from 'acme-bus';\n${work}exports.handler = async (event: BusEvent) => { await work(event); }; // ! acme/handler lost` },
  'not exported': `import type { BusEvent } from 'acme-bus';\n${work}async function helper(event: BusEvent) { await work(event); }\nvoid helper;`,
  'that does nothing': `import type { BusHandler } from 'acme-bus';\nexport const handler: BusHandler = async () => { console.log('ok'); };`,
  'of another library': `import type { BusHandler } from 'other-bus';\n${work}export const handler: BusHandler = async (event) => { await work(event); };`,
});

cases('own boundaries: a name that may be left out', setting, {
  'left out, carried': `import { enqueue } from 'acme-bus';\nexport const f = (h: object) => enqueue({ id: 1 }, { headers: h });`,
  'given, carried': `import { enqueue } from 'acme-bus';\nexport const f = (h: object) => enqueue('mail', { id: 1 }, { headers: h });`,
  'left out': `import { enqueue } from 'acme-bus';\nexport const f = () => enqueue({ id: 1 }, { delay: 1 }); // ! acme/enqueue lost`,
  'given in a constant': `import { enqueue } from 'acme-bus';\nconst MAIL = 'mail';\nexport const f = () => enqueue(MAIL, { id: 1 }); // ! acme/enqueue lost`,
  'recurring': `import { enqueue } from 'acme-bus';\nexport const f = () => enqueue('mail', { id: 1 }, { every: 1000 });`,
  'recurring without a name': `import { enqueue } from 'acme-bus';\nexport const f = () => enqueue({ id: 1 }, { every: 1000 });`,
});

const push = `import { list } from 'acme-bus';\nexport const f = (x: unknown) => list.push('jobs', x);`;
cases('own boundaries: a producer that needs its other side', setting, {
  'taken out by a worker': { 'src/p.ts': `${push} // ! acme/push lost`, 'src/c.ts': `import { list } from 'acme-bus';\nexport async function loop() { const job = await list.take('jobs'); await fetch('https://example.com', { method: 'POST', body: job }); } // ! acme/take lost` },
  'taken out by nobody': { 'src/p.ts': push },
  'taken out under another name': { 'src/p.ts': push, 'src/c.ts': `import { list } from 'acme-bus';\nexport async function loop() { const job = await list.take('others'); await fetch('https://example.com', { method: 'POST', body: job }); } // ! acme/take lost` },
});

cases('own boundaries: options that hand something over', setting, {
  'given': `import { Runner } from 'acme-bus';\nexport const f = (x: unknown) => new Runner({ task: x }); // ! acme/spawn lost`,
  'not given': `import { Runner } from 'acme-bus';\nexport const f = () => new Runner({ size: 4 });`,
});

cases('own boundaries: a loop', setting, {
  'over what was opened': `${bus}const messages = bus.open('orders'); // ! acme/each lost\nfor await (const m of messages) await work(m);`,
  'over what was opened elsewhere': { 'src/bus.ts': `import { Bus } from 'acme-bus';\nexport const messages = new Bus().open('orders');`, 'src/a.ts': `import 'acme-bus';\nimport { messages } from './bus.ts';\n${work}for await (const m of messages) await work(m); // ! acme/each lost` },
  'that does nothing': `${bus}for await (const m of bus.open('orders')) console.log(m);`,
  'that does not wait': `${bus}for (const m of bus.open('orders')) await work(m);`,
  'over something else': `${bus}for await (const m of bus.close('orders')) await work(m);`,
});

cases('own boundaries: text in the first argument', setting, {
  'held': `${bus}export const f = (x: string) => bus.say('PUBLISH orders', x); // ! acme/say lost`,
  'held by a constant': `${bus}const SAY = 'PUBLISH orders';\nexport const f = (x: string) => bus.say(SAY, x); // ! acme/say lost`,
  'not held': `${bus}export const f = (x: string) => bus.say('SELECT 1', x);`,
  'carried in a list of values': `${bus}export const f = (x: string, traceparent: string) => bus.say('PUBLISH orders', ['orders', JSON.stringify({ x, traceparent })]);`,
  'an answer': `${bus}export const f = (message: any) => bus.say('PUBLISH orders', 'ok', message.replyTo);`,
});

cases('own boundaries: taken by hand', setting, {
  'in a loop': `${bus}export async function poll() { for (;;) await work(await bus.takeOne()); } // ! acme/take-one lost`,
  'and gone over': `${bus}export async function drain() { const jobs = await bus.takeOne(); for (const job of jobs) await work(job); } // ! acme/take-one lost`,
  'and gone over by a callback': `${bus}export async function drain() { const jobs = await bus.takeOne(); await Promise.all(jobs.map((job: unknown) => work(job))); } // ! acme/take-one lost`,
  'and handed on': `${bus}export const peek = () => bus.takeOne();`,
  'after a loop over something else': `${bus}export async function peek(all: unknown[]) { for (const x of all) await work(x); return bus.takeOne(); }`,
});

const serve = `import { SendCommand, onAny, serve } from 'acme-bus';\n${work}`;
const command = `export const f = (c: any) => c.send(new SendCommand({ QueueUrl: 'orders' })); // ! acme/command lost\n`;
cases('own boundaries: handlers that name no channel', setting, {
  'where the repo sends': `${serve}${command}serve({ port: 1 }, {\n  tasks: { a: work, b: async () => {} }, // ! acme/any lost\n});`,
  'in an object without handlers': `${serve}${command}serve('app', tasks);\nconst tasks = { other: 1 };`,
  'where nobody sends': `${serve}serve({ tasks: { a: work } });`,
  'the last function, options after it': `${serve}onAny('FROM', 'orders', work, { size: 1 }); // ! acme/on-any lost`,
});

describe('own boundaries', () => {
  it.each([
    ['an unknown key', { ...boundaries[0], colour: 'red' }],
    ['a use that does not exist', { ...boundaries[0], match: { modules, exports: ['Bus'], use: 'thought' } }],
    ['an id without a library', { ...boundaries[0], id: 'publish' }],
  ])('refuses %s', (_, boundary) => {
    expect(configSchema.safeParse({ boundaries: [boundary] }).success).toBe(false);
  });
});
