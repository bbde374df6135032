import { describe, expect, it } from 'vitest';
import type { BoundaryInput } from '../../src/catalogue/schema.ts';
import { analyse, cases } from './harness.ts';

const Q = `import { Queue } from 'bullmq';\n`;
const body = (receiver: string): string => `await ${receiver}.add('send', { id });`;

cases('origins: taken apart', {}, {
  'nested': `${Q}const all = { queues: { mail: new Queue('mail') } };\nconst { queues: { mail } } = all;\nexport async function f(id: string) { ${body('mail')} } // ! bullmq/queue-add lost`,
  'nested, of a set': `${Q}const all = { queues: { mail: new Set<string>() }, Queue };\nconst { queues: { mail } } = all;\nexport const f = (id: string) => mail.add(id);`,
  'nested parameter': `${Q}export async function f({ deps: { mail } }: { deps: { mail: Queue } }, id: string) { ${body('mail')} } // ! bullmq/queue-add lost`,
  'renamed': `${Q}const all = { mail: new Queue('mail'), other: new Set<string>() };\nconst { mail: m, other: mail } = all;\nexport async function f(id: string) { mail.add(id); ${body('m')} } // ! bullmq/queue-add lost`,
  'a default': `${Q}export async function f(options: any, id: string) { const { q = new Queue('mail') } = options; ${body('q')} } // ! bullmq/queue-add lost`,
  'a default of a parameter\'s part': `${Q}export async function f({ q = new Queue('mail') }: any, id: string) { ${body('q')} } // ! bullmq/queue-add lost`,
  'a default of a set': `${Q}export function f(options: any, id: string) { const { q = new Set() } = options; q.add(id); return Queue; }`,
  'the rest': `${Q}const all = { mail: new Queue('mail'), n: 1 };\nconst { n, ...rest } = all;\nexport async function f(id: string) { ${body('rest.mail')} return n; } // ! bullmq/queue-add lost`,
  'what a function gives': `${Q}const make = () => ({ mail: new Queue('mail'), seen: new Set() });\nconst { mail, seen } = make();\nexport async function f(id: string) { seen.add(id); ${body('mail')} } // ! bullmq/queue-add lost`,
  'what an async function gives': `${Q}async function make() { const mail = new Queue('mail'); return { mail }; }\nexport async function f(id: string) { const { mail } = await make(); ${body('mail')} } // ! bullmq/queue-add lost`,
  'this, taken apart': `${Q}export class A { private readonly mail = new Queue('mail');\n  async f(id: string) { const { mail } = this; ${body('mail')} } // ! bullmq/queue-add lost\n}`,
  'a list, by place': `${Q}const [mail, seen] = [new Queue('mail'), new Set<string>()];\nexport async function f(id: string) { seen.add(id); ${body('mail')} } // ! bullmq/queue-add lost`,
  'a list, by place, the other way': `${Q}const [seen, mail] = [new Set<string>(), new Queue('mail')];\nexport async function f(id: string) { seen.add(id); ${body('mail')} } // ! bullmq/queue-add lost`,
  'a list behind a spread': `${Q}const more = [new Set<string>()];\nconst [a] = [...more, new Queue('mail')] as any[];\nexport const f = (id: string) => a.add(id);`,
  'a tuple that a function gives': `${Q}const make = (): [Queue, Set<string>] => [new Queue('mail'), new Set()];\nconst [mail, seen] = make();\nexport async function f(id: string) { seen.add(id); ${body('mail')} } // ! bullmq/queue-add lost`,
  'Promise.all': `${Q}const make = async () => new Queue('mail');\nconst other = async () => new Set();\nexport async function f(id: string) { const [mail, seen] = await Promise.all([make(), other()]); seen.add(id); ${body('mail')} } // ! bullmq/queue-add lost`,
  'useState is no list of them': `${Q}import { useState } from 'react';\nexport function f(id: string) { const [seen] = useState(new Set<string>()); seen.add(id); return Queue; }`,
  'Object.entries': `${Q}const all = { mail: new Queue('mail') };\nexport async function f(id: string) { for (const [, q] of Object.entries(all)) ${body('q')} } // ! bullmq/queue-add lost`,
  'a name in the place of another': `${Q}const all = { mail: new Queue('mail'), seen: new Set<string>() };\nexport function f(id: string) { const { seen: mail } = all; mail.add(id); }`,
});

const api = `process.env.API_URL + '/x', { method: 'POST', body: '{}' }`;

cases('origins: the same under another name', {}, {
  'const f = fetch': `const f = fetch;\nexport const go = () => f(${api}); // ! fetch/fetch lost`,
  'fetch of globalThis, taken apart': `const { fetch: f } = globalThis;\nexport const go = () => f(${api}); // ! fetch/fetch lost`,
  'fetch of globalThis, bound': `const f = globalThis.fetch.bind(globalThis);\nexport const go = () => f(${api}); // ! fetch/fetch lost`,
  'fetch, bound': `const f = fetch.bind(globalThis);\nexport const go = () => f(${api}); // ! fetch/fetch lost`,
  'fetch in a field': `export class Client {\n  private fetch: typeof globalThis.fetch;\n  constructor() { this.fetch = fetch; }\n  go() { return this.fetch(${api}); } // ! fetch/fetch lost\n}`,
  'fetch in a field, or another': `export class Client {\n  constructor(options) { this.fetch = options.fetch ?? fetch; }\n  go() { return this.fetch(${api}); } // ! fetch/fetch lost\n}`,
  'fetch as a default': `export const go = (f = fetch) => f(${api});`,
  'fetch in an object': `const client = { fetch };\nexport const go = () => client.fetch(${api}); // ! fetch/fetch lost`,
  'fetch of an unknown object': `export const go = (client: any) => client.fetch(${api});`,
  'fetch of a field of one\'s own': `export class Client {\n  fetch(url: string, init: object) { return [url, init]; }\n  go() { return this.fetch(${api}); }\n}`,
  'fetch of a part of another object': `import { fetch: f } from './x';`.replace('{ fetch: f }', '{ fetch as f }') + `\nexport const go = () => f(${api});`,
  'a member, bound': `${Q}const q = new Queue('mail');\nconst add = q.add.bind(q);\nexport const f = (id: string) => add('send', { id }); // ! bullmq/queue-add lost`,
  'a member, bound with an argument': `${Q}const q = new Queue('mail');\nconst add = q.add.bind(q, 'send');\nexport const f = (id: string) => add({ id });`,
  'a member of a set, bound': `${Q}const q = new Set<unknown>();\nconst add = q.add.bind(q);\nexport const f = (id: string) => [add(id), Queue];`,
  'a member, taken out': `${Q}const q = new Queue('mail');\nconst { add } = q; // q.add(…, …)\nexport const f = (id: string) => add('send', { id }); // ! bullmq/queue-add lost`,
  'a function named like a member': `${Q}const add = (a: number, b: number) => a + b;\nexport const f = () => [add(1, 2), Queue];`,
  'parentPort under another name': { 'src/a.ts': `import { parentPort } from 'node:worker_threads';\ndeclare const db: any;\nconst port = parentPort!;\nport.on('message', async (m) => { await db.save(m); port.postMessage({ id: m.id, ok: true }); }); // ! worker_threads/parent-port-on-message lost` },
  'a port of one\'s own': { 'src/a.ts': `import { parentPort } from 'node:worker_threads';\nimport { EventEmitter } from 'node:events';\ndeclare const db: any;\nconst port = new EventEmitter();\nport.on('message', async (m) => { await db.save(m); });\nvoid parentPort;` },
  'kept in an object, and assigned to another': `${Q}const state: { q?: Queue } = {};\nstate.q = new Queue('mail');\nexport async function f(id: string) { const { q } = state; ${body('q!')} } // ! bullmq/queue-add lost`,
});

const at = (id: string, module: string, exports: string[], members: string[]): BoundaryInput => ({
  id, family: 'queue', library: module, role: 'producer', coupling: 'detached', rule: 'no-dark-queue', match: { modules: [module], exports, use: 'instance', members }, args: { payload: 0 },
  runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' }, repair: { refused: 'unsupported-shape', detail: 'made up' },
  farSide: 'the far side starts a new trace', advice: 'Carry it.', upstream: 'https://example.com/', evidence: 'read', proof: 'made up',
});
const paths = { config: { boundaries: [
  at('made-up/publish', 'amqp-made-up', ['connect.createChannel', 'Channel'], ['publish']),
  at('made-up/send', 'kafka-made-up', ['Kafka.producer', 'Producer'], ['send']),
  at('made-up/xadd', 'redis-made-up', ['Redis.stream', 'default.stream'], ['xadd']),
] } };

cases('origins: what a member of a library\'s object gives', paths, {
  'through a promise': `import amqp from 'amqp-made-up';\nexport async function f(m: object) { const c = await amqp.connect('x'); const ch = await c.createChannel(); ch.publish(m); } // ! made-up/publish lost`,
  'a named import': `import { connect } from 'amqp-made-up';\nexport async function f(m: object) { const ch = await (await connect('x')).createChannel(); ch.publish(m); } // ! made-up/publish lost`,
  'kept in fields': `import * as amqp from 'amqp-made-up';\nexport class Bus {\n  #c; #ch;\n  async open() { this.#c = await amqp.connect('x'); this.#ch = await this.#c.createChannel(); }\n  send(m: object) { this.#ch.publish(m); } // ! made-up/publish lost\n}`,
  'required': { 'src/a.cjs': `const amqp = require('amqp-made-up');\nlet ch;\nexports.open = async () => { const c = await amqp.connect('x'); ch = await c.createChannel(); };\nexports.send = (m) => { ch.publish(m); }; // ! made-up/publish lost` },
  'of another file': { 'src/c.ts': `import { connect } from 'amqp-made-up';\nexport const getChannel = async () => (await connect('x')).createChannel();`, 'src/a.ts': `import { getChannel } from './c';\nexport async function f(m: object) { (await getChannel()).publish(m); } // ! made-up/publish lost` },
  'another member': `import { connect } from 'amqp-made-up';\nexport async function f(m: object) { const ch = await (await connect('x')).createConfirm(); ch.publish(m); }`,
  'a member further': `import { connect } from 'amqp-made-up';\nexport async function f(m: object) { const ch = await (await connect('x')).createChannel(); ch.events.publish(m); }`,
  'the object itself': `import { connect } from 'amqp-made-up';\nexport async function f(m: object) { const c: any = await connect('x'); c.publish(m); }`,
  'by its type': `import type { Channel } from 'amqp-made-up';\nexport const f = (ch: Channel, m: object) => ch.publish(m); // ! made-up/publish lost`,
  'of an object that new made': `import { Kafka } from 'kafka-made-up';\nconst producer = new Kafka({}).producer();\nexport const f = (m: object) => producer.send(m); // ! made-up/send lost`,
  'of an object that another new made': `import { Kafka } from 'another-kafka';\nconst producer = new Kafka({}).producer();\nexport const f = (m: object) => producer.send(m);`,
  'of the class itself': `import { Kafka } from 'kafka-made-up';\nexport const f = (m: object) => (Kafka as any).consumer().send(m);`,
  'of a subclass': `import { Kafka } from 'kafka-made-up';\nclass Mine extends Kafka { constructor() { super({}); } }\nexport const f = (m: object) => new Mine().producer().send(m); // ! made-up/send lost`,
  'of a subclass with a member of its own': `import { Kafka } from 'kafka-made-up';\nclass Mine extends Kafka { producer() { return new Set<object>() as any; } }\nexport const f = (m: object) => new Mine().producer().send(m);`,
  'a member that is no call': `import { Redis } from 'redis-made-up';\nconst redis = new Redis();\nexport const f = (m: object) => redis.stream.xadd(m); // ! made-up/xadd lost`,
  'a member that is no call, of the default export': `import Redis from 'redis-made-up';\nconst redis = new Redis();\nexport const f = (m: object) => redis.stream.xadd(m); // ! made-up/xadd lost`,
  'taken apart': `import { Redis } from 'redis-made-up';\nconst { stream } = new Redis();\nexport const f = (m: object) => stream.xadd(m); // ! made-up/xadd lost`,
  'what is known goes before a member': `import { Kafka } from 'kafka-made-up';\nimport { Pool } from 'pool';\nimport { Queue } from 'bullmq';\nconst pool = new Pool();\nexport const f = () => { const q = new Queue('mail') ?? pool.queue; return q.add('x', { Kafka }); }; // ! bullmq/queue-add lost`,
});

describe('origins: a queue that several things may have made', () => {
  it('has no name of its own', () => {
    const { result } = analyse({ 'src/a.ts': `${Q}const all = { a: new Queue('a'), b: new Queue('b') };\nexport const f = (k: 'a' | 'b') => all[k].add('x', {});` });
    expect(result.judged.map((j) => j.channel.label)).toEqual(['*']);
  });
});
