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

describe('own boundaries', () => {
  it.each([
    ['an unknown key', { ...boundaries[0], colour: 'red' }],
    ['a use that does not exist', { ...boundaries[0], match: { modules, exports: ['Bus'], use: 'thought' } }],
    ['an id without a library', { ...boundaries[0], id: 'publish' }],
  ])('refuses %s', (_, boundary) => {
    expect(configSchema.safeParse({ boundaries: [boundary] }).success).toBe(false);
  });
});
