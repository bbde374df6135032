import { cases } from './harness.ts';

// One call that must be seen, wherever `q` comes from.
const add = `export async function enqueue(id: string) { await q.add('send', { id }); } // ! bullmq/queue-add lost`;
const quiet = `export async function enqueue(id: string) { await q.add('send', { id }); }`;

cases('origins: how BullMQ\'s Queue is imported', {}, {
  'named': `import { Queue } from 'bullmq';\nconst q = new Queue('mail');\n${add}`,
  'named with an alias': `import { Queue as JobQueue } from 'bullmq';\nconst q = new JobQueue('mail');\n${add}`,
  'among types': `import { type Job, Queue } from 'bullmq';\nexport type J = Job;\nconst q = new Queue('mail');\n${add}`,
  'namespace': `import * as bull from 'bullmq';\nconst q = new bull.Queue('mail');\n${add}`,
  'default of a CommonJS package': `import bullmq from 'bullmq';\nconst q = new bullmq.Queue('mail');\n${add}`,
  'default, taken apart': `import bullmq from 'bullmq';\nconst { Queue } = bullmq;\nconst q = new Queue('mail');\n${add}`,
  'import equals': `import bull = require('bullmq');\nconst q = new bull.Queue('mail');\n${add}`,
  'type only, as a parameter': `import type { Queue } from 'bullmq';\nexport async function enqueue(q: Queue, id: string) { await q.add('send', { id }); } // ! bullmq/queue-add lost`,
  'import() type': `export async function enqueue(q: import('bullmq').Queue, id: string) { await q.add('send', { id }); } // ! bullmq/queue-add lost`,
  'dynamic import': `export async function enqueue(id: string) {\n  const { Queue } = await import('bullmq');\n  const q = new Queue('mail');\n  await q.add('send', { id }); // ! bullmq/queue-add lost\n}`,
  'dynamic import, whole': `export async function enqueue(id: string) {\n  const bull = await import('bullmq');\n  await new bull.Queue('mail').add('send', { id }); // ! bullmq/queue-add lost\n}`,
  'constructed and used at once': `import { Queue } from 'bullmq';\nexport const enqueue = (id: string) => new Queue('mail').add('send', { id }); // ! bullmq/queue-add lost`,
  'member by a string': `import { Queue } from 'bullmq';\nconst q = new Queue('mail');\nexport const enqueue = (id: string) => q['add']('send', { id }); // ! bullmq/queue-add lost`,
  'with type arguments': `import { Queue } from 'bullmq';\nconst q = new Queue<{ id: string }>('mail');\n${add}`,
  'optional call': `import { Queue } from 'bullmq';\nlet q: Queue | undefined;\nexport const enqueue = (id: string) => q?.add('send', { id }); // ! bullmq/queue-add lost`,
  'inside a namespace block': `import { Queue } from 'bullmq';\nexport namespace Jobs {\n  const q = new Queue('mail');\n  export async function enqueue() { await q.add('send', {}); } // ! bullmq/queue-add lost\n}`,
});

cases('origins: CommonJS', { files: { 'package.json': { name: 'app', engines: { node: '20' }, dependencies: { bullmq: '5.60.0' } } } }, {
  'require': { 'a.js': `const bull = require('bullmq');\nconst q = new bull.Queue('mail');\nexports.enqueue = (id) => q.add('send', { id }); // ! bullmq/queue-add lost` },
  'require, taken apart': { 'a.js': `const { Queue } = require('bullmq');\nconst q = new Queue('mail');\nexports.enqueue = (id) => q.add('send', { id }); // ! bullmq/queue-add lost` },
  'require, taken apart with an alias': { 'a.cjs': `const { Queue: Q } = require('bullmq');\nconst q = new Q('mail');\nmodule.exports = (id) => q.add('send', { id }); // ! bullmq/queue-add lost` },
  'member of a require': { 'a.js': `const Queue = require('bullmq').Queue;\nconst q = new Queue('mail');\nmodule.exports = (id) => q.add('send', { id }); // ! bullmq/queue-add lost` },
  'var': { 'a.js': `var bull = require('bullmq');\nvar q = new bull.Queue('mail');\nmodule.exports = function (id) { return q.add('send', { id }); }; // ! bullmq/queue-add lost` },
  'module.exports = { q }': { 'queue.js': `const { Queue } = require('bullmq');\nconst q = new Queue('mail');\nmodule.exports = { q };`, 'a.js': `const { q } = require('./queue');\nmodule.exports = (id) => q.add('send', { id }); // ! bullmq/queue-add lost` },
  'exports.q =': { 'queue.js': `const { Queue } = require('bullmq');\nexports.q = new Queue('mail');`, 'a.js': `const queues = require('./queue.js');\nmodule.exports = (id) => queues.q.add('send', { id }); // ! bullmq/queue-add lost` },
  'module.exports = new Queue': { 'queue.js': `const { Queue } = require('bullmq');\nmodule.exports = new Queue('mail');`, 'a.js': `const q = require('./queue');\nmodule.exports = (id) => q.add('send', { id }); // ! bullmq/queue-add lost` },
  'a require of one\'s own': { 'a.js': `function require(name) { return { Queue: class { add() {} } }; }\nconst { Queue } = require('bullmq');\nconst q = new Queue('mail');\nmodule.exports = (id) => q.add('send', { id });` },
});

cases('origins: where the object is held', {}, {
  'annotated class field, set in the constructor': `import { Queue } from 'bullmq';
export class Mailer {
  private readonly queue: Queue;
  constructor() { this.queue = new Queue('mail'); }
  async send(id: string) { await this.queue.add('send', { id }); } // ! bullmq/queue-add lost
}`,
  'unannotated field in JavaScript': { 'src/a.js': `import { Queue } from 'bullmq';
export class Mailer {
  constructor() { this.queue = new Queue('mail'); }
  send(id) { return this.queue.add('send', { id }); } // ! bullmq/queue-add lost
}` },
  'initialised field': `import { Queue } from 'bullmq';\nexport class Mailer {\n  queue = new Queue('mail');\n  send(id: string) { return this.queue.add('send', { id }); } // ! bullmq/queue-add lost\n}`,
  'private name': `import { Queue } from 'bullmq';\nexport class Mailer {\n  #queue = new Queue('mail');\n  send(id: string) { return this.#queue.add('send', { id }); } // ! bullmq/queue-add lost\n}`,
  'private name set in the constructor': `import { Queue } from 'bullmq';\nexport class Mailer {\n  #queue;\n  constructor() { this.#queue = new Queue('mail'); }\n  send(id: string) { return this.#queue.add('send', { id }); } // ! bullmq/queue-add lost\n}`,
  'parameter property': `import type { Queue } from 'bullmq';\nexport class Mailer {\n  constructor(private readonly queue: Queue) {}\n  send(id: string) { return this.queue.add('send', { id }); } // ! bullmq/queue-add lost\n}`,
  'parameter property with a decorator': `import type { Queue } from 'bullmq';\nimport { InjectQueue } from '@nestjs/bullmq';\nexport class Mailer {\n  constructor(@InjectQueue('mail') private queue: Queue) {}\n  send(id: string) { return this.queue.add('send', { id }); } // ! bullmq/queue-add lost\n}`,
  'field through an arrow function': `import { Queue } from 'bullmq';\nexport class Mailer {\n  queue = new Queue('mail');\n  all(ids: string[]) { return ids.map((id) => this.queue.add('send', { id })); } // ! bullmq/queue-add lost\n}`,
  'this of a plain function is another': `import { Queue } from 'bullmq';\nexport class Mailer {\n  queue = new Queue('mail');\n  all(ids: string[]) { return ids.map(function (this: any, id) { return this.queue.add('send', { id }); }); }\n}`,
  'getter': `import { Queue } from 'bullmq';\nexport class Mailer {\n  get queue() { return new Queue('mail'); }\n  send(id: string) { return this.queue.add('send', { id }); } // ! bullmq/queue-add lost\n}`,
  'annotated getter': `import { Queue } from 'bullmq';\nexport class Mailer {\n  get queue(): Queue { throw new Error(); }\n  send(id: string) { return this.queue.add('send', { id }); } // ! bullmq/queue-add lost\n}`,
  'static singleton': `import { Queue } from 'bullmq';\nexport class Queues {\n  static mail = new Queue('mail');\n}\nexport const send = (id: string) => Queues.mail.add('send', { id }); // ! bullmq/queue-add lost`,
  'static getInstance()': `import { Queue } from 'bullmq';
export class Queues {
  private static instance: Queues;
  readonly mail = new Queue('mail');
  static getInstance(): Queues { return (this.instance ??= new Queues()); }
}
export const send = (id: string) => Queues.getInstance().mail.add('send', { id }); // ! bullmq/queue-add lost`,
  'field of a base class': `import { Queue } from 'bullmq';\nclass Base { protected queue = new Queue('mail'); }\nexport class Mailer extends Base {\n  send(id: string) { return this.queue.add('send', { id }); } // ! bullmq/queue-add lost\n}`,
  'object of a class in another file': { 'src/q.ts': `import { Queue } from 'bullmq';\nexport class Queues { mail = new Queue('mail'); }`, 'src/a.ts': `import { Queues } from './q.ts';\nconst queues = new Queues();\nexport const send = (id: string) => queues.mail.add('send', { id }); // ! bullmq/queue-add lost` },
  'property of an object literal': `import { Queue } from 'bullmq';\nconst queues = { mail: new Queue('mail'), sms: new Queue('sms') };\nexport const send = (id: string) => queues.mail.add('send', { id }); // ! bullmq/queue-add lost`,
  'object literal as const, by a string': `import { Queue } from 'bullmq';\nconst queues = { mail: new Queue('mail') } as const;\nexport const send = (id: string) => queues['mail'].add('send', { id }); // ! bullmq/queue-add lost`,
  'satisfies': `import { Queue } from 'bullmq';\nconst queues = { mail: new Queue('mail') } satisfies Record<string, Queue>;\nexport const send = (id: string) => queues.mail.add('send', { id }); // ! bullmq/queue-add lost`,
  'interface of dependencies': `import type { Queue } from 'bullmq';\ninterface Deps { mail: Queue }\nexport const send = (deps: Deps, id: string) => deps.mail.add('send', { id }); // ! bullmq/queue-add lost`,
  'interface of dependencies, taken apart': `import type { Queue } from 'bullmq';\ninterface Deps { mail: Queue; other: number }\nexport const send = ({ mail }: Deps, id: string) => mail.add('send', { id }); // ! bullmq/queue-add lost`,
  'type literal': `import type { Queue } from 'bullmq';\nexport async function send({ q }: { q: Queue }, id: string) { await q.add('send', { id }); } // ! bullmq/queue-add lost`,
  'Map<string, Queue>': `import { Queue } from 'bullmq';\nconst queues = new Map<string, Queue>();\nexport const send = (name: string, id: string) => queues.get(name)!.add('send', { id }); // ! bullmq/queue-add lost`,
  'annotated Map': `import { Queue } from 'bullmq';\nconst queues: Map<string, Queue> = new Map();\nexport const send = (name: string, id: string) => queues.get(name)?.add('send', { id }); // ! bullmq/queue-add lost`,
  'Map in a field': `import { Queue } from 'bullmq';\nexport class Registry {\n  private queues: Map<string, Queue> = new Map();\n  async send(name: string, id: string) {\n    const q = this.queues.get(name);\n    if (!q) return;\n    await q.add('send', { id }); // ! bullmq/queue-add lost\n  }\n}`,
  'new Map in a field': `import { Queue } from 'bullmq';\nexport class Registry {\n  private readonly queues = new Map<string, Queue>();\n  send(name: string, id: string) { return this.queues.get(name)!.add('send', { id }); } // ! bullmq/queue-add lost\n}`,
  'Map of something else': `import { Queue } from 'bullmq';\nconst sets = new Map<string, Set<unknown>>();\nexport const send = (name: string, id: string) => sets.get(name)!.add({ id, Queue });`,
  'Record': `import { Queue } from 'bullmq';\nconst queues: Record<string, Queue> = {};\nexport const send = (name: string, id: string) => queues[name]!.add('send', { id }); // ! bullmq/queue-add lost`,
  'array element': `import { Queue } from 'bullmq';\nconst queues: Queue[] = [];\nexport const send = (i: number, id: string) => queues[i]!.add('send', { id }); // ! bullmq/queue-add lost`,
  'for of an array': `import { Queue } from 'bullmq';\nconst queues: Queue[] = [];\nexport async function send(id: string) {\n  for (const q of queues) await q.add('send', { id }); // ! bullmq/queue-add lost\n}`,
  'forEach of an array': `import { Queue } from 'bullmq';\nconst queues: Queue[] = [];\nexport const send = (id: string) => queues.forEach((q) => q.add('send', { id })); // ! bullmq/queue-add lost`,
  'for of the values of a Map': `import { Queue } from 'bullmq';\nconst queues = new Map<string, Queue>();\nexport async function send(id: string) {\n  for (const q of queues.values()) await q.add('send', { id }); // ! bullmq/queue-add lost\n}`,
  'let, given later': `import { Queue } from 'bullmq';\nlet q;\nexport function init() { q = new Queue('mail'); }\n${add}`,
  'let, with an annotation': `import { Queue } from 'bullmq';\nlet q: Queue;\nexport function init() { q = new Queue('mail'); }\n${add}`,
  'lazily by ??=': `import { Queue } from 'bullmq';\nlet queue: Queue | undefined;\nconst get = () => (queue ??= new Queue('mail'));\nexport const send = (id: string) => get().add('send', { id }); // ! bullmq/queue-add lost`,
  'conditional': `import { Queue } from 'bullmq';\nconst q = process.env.REDIS ? new Queue('mail') : null;\nexport const send = (id: string) => q?.add('send', { id }); // ! bullmq/queue-add lost`,
  'either of two': `import { Queue } from 'bullmq';\nconst a = new Queue('a');\nconst b = new Queue('b');\nexport const send = (urgent: boolean, id: string) => (urgent ? a : b).add('send', { id }); // ! bullmq/queue-add lost`,
  'as': `import { Queue } from 'bullmq';\nexport const send = (x: unknown, id: string) => (x as Queue).add('send', { id }); // ! bullmq/queue-add lost`,
  'globalThis cache': `import { Queue } from 'bullmq';\nconst g = globalThis as unknown as { queue?: Queue };\nexport const q = g.queue ?? new Queue('mail');\n${add}`,
  'alias of an alias': `import { Queue } from 'bullmq';\nconst mail = new Queue('mail');\nconst alias = mail;\nconst q = alias;\n${add}`,
  'default parameter': `import { Queue } from 'bullmq';\nconst mail = new Queue('mail');\nexport const send = (id: string, q = mail) => q.add('send', { id }); // ! bullmq/queue-add lost`,
  'type alias': `import { Queue } from 'bullmq';\ntype MailQueue = Queue<{ id: string }>;\nexport const send = (q: MailQueue, id: string) => q.add('send', { id }); // ! bullmq/queue-add lost`,
  'interface that extends it': `import { Queue } from 'bullmq';\ninterface MailQueue extends Queue<{ id: string }> {}\nexport const send = (q: MailQueue, id: string) => q.add('send', { id }); // ! bullmq/queue-add lost`,
  'Pick is not followed': `import { Queue } from 'bullmq';\nexport const send = (q: Pick<Queue, 'close'>, id: string) => (q as any).add('send', { id });`,
});

cases('origins: functions and files between', {}, {
  'factory': `import { Queue } from 'bullmq';\nfunction make(name: string) { return new Queue(name); }\nconst q = make('mail');\n${add}`,
  'factory with a return type': `import { Queue } from 'bullmq';\nfunction make(name: string): Queue { return cache.get(name) as any; }\nconst cache = new Map();\nconst q = make('mail');\n${add}`,
  'async factory': `import { Queue } from 'bullmq';\nasync function make(name: string): Promise<Queue> { return new Queue(name); }\nexport async function enqueue(id: string) { const q = await make('mail'); await q.add('send', { id }); } // ! bullmq/queue-add lost`,
  'arrow factory': `import { Queue } from 'bullmq';\nconst make = (name: string) => new Queue(name);\nconst q = make('mail');\n${add}`,
  'factory in another file': { 'src/q.ts': `import { Queue } from 'bullmq';\nexport const getQueue = (name: string) => new Queue(name);`, 'src/a.ts': `import { getQueue } from './q.js';\nexport const send = (id: string) => getQueue('mail').add('send', { id }); // ! bullmq/queue-add lost` },
  'method that returns one': `import { Queue } from 'bullmq';\nclass Registry { queue(name: string) { return new Queue(name); } }\nconst registry = new Registry();\nexport const send = (id: string) => registry.queue('mail').add('send', { id }); // ! bullmq/queue-add lost`,
  'export of another file': { 'src/q.ts': `import { Queue } from 'bullmq';\nexport const q = new Queue('mail');`, 'src/a.ts': `import { q } from './q';\n${add}` },
  'default export': { 'src/q.ts': `import { Queue } from 'bullmq';\nexport default new Queue('mail');`, 'src/a.ts': `import q from './q';\n${add}` },
  'default export of a name': { 'src/q.ts': `import { Queue } from 'bullmq';\nconst mail = new Queue('mail');\nexport default mail;`, 'src/a.ts': `import q from './q';\n${add}` },
  'namespace import of a file': { 'src/q.ts': `import { Queue } from 'bullmq';\nexport const mail = new Queue('mail');`, 'src/a.ts': `import * as queues from './q';\nexport const send = (id: string) => queues.mail.add('send', { id }); // ! bullmq/queue-add lost` },
  'export { a as b }': { 'src/q.ts': `import { Queue } from 'bullmq';\nconst mail = new Queue('mail');\nexport { mail as q };`, 'src/a.ts': `import { q } from './q';\n${add}` },
  're-export chain': { 'src/q/mail.ts': `import { Queue } from 'bullmq';\nexport const q = new Queue('mail');`, 'src/q/all.ts': `export * from './mail';`, 'src/q/index.ts': `export { q } from './all';`, 'src/a.ts': `import { q } from './q';\n${add}` },
  'export * as': { 'src/q/mail.ts': `import { Queue } from 'bullmq';\nexport const q = new Queue('mail');`, 'src/q/index.ts': `export * as mail from './mail';`, 'src/a.ts': `import { mail } from './q';\nexport const send = (id: string) => mail.q.add('send', { id }); // ! bullmq/queue-add lost` },
  'a library\'s class re-exported': { 'src/lib.ts': `export { Queue } from 'bullmq';`, 'src/a.ts': `import { Queue } from './lib';\nconst q = new Queue('mail');\n${add}` },
  'a cycle of re-exports ends': { 'src/b.ts': `export * from './c';`, 'src/c.ts': `export * from './b';`, 'src/a.ts': `import { q } from './b';\n${quiet}` },
  'tsconfig paths': { 'tsconfig.json': { compilerOptions: { paths: { '@/*': ['./src/*'] } } }, 'src/q/mail.ts': `import { Queue } from 'bullmq';\nexport const q = new Queue('mail');`, 'src/a.ts': `import { q } from '@/q/mail';\n${add}` },
  'package imports': { 'package.json': { name: 'app', type: 'module', engines: { node: '20' }, dependencies: { bullmq: '5.60.0' }, imports: { '#q': './src/q.ts' } }, 'src/q.ts': `import { Queue } from 'bullmq';\nexport const q = new Queue('mail');`, 'src/a.ts': `import { q } from '#q';\n${add}` },
  'workspace package': {
    'package.json': { name: 'root', private: true, workspaces: ['packages/*'], engines: { node: '20' } },
    'packages/queues/package.json': { name: '@acme/queues', main: './dist/index.js', dependencies: { bullmq: '5.60.0' } },
    'packages/queues/src/index.ts': `import { Queue } from 'bullmq';\nexport const q = new Queue('mail');`,
    'packages/api/package.json': { name: '@acme/api', dependencies: { '@acme/queues': 'workspace:*' } },
    'packages/api/src/a.ts': `import { q } from '@acme/queues';\n${add}`,
  },
  'subclass of Queue': `import { Queue } from 'bullmq';\nclass MailQueue extends Queue<{ id: string }> { constructor() { super('mail'); } }\nconst q = new MailQueue();\n${add}`,
  'subclass uses itself': `import { Queue } from 'bullmq';\nexport class MailQueue extends Queue {\n  send(id: string) { return this.add('send', { id }); } // ! bullmq/queue-add lost\n}`,
  'subclass calls super.add': `import { Queue } from 'bullmq';\nexport class MailQueue extends Queue {\n  send(id: string) { return super.add('send', { id }); } // ! bullmq/queue-add lost\n}`,
  'subclass in another file': { 'src/q.ts': `import { Queue } from 'bullmq';\nexport class MailQueue extends Queue {}`, 'src/a.ts': `import { MailQueue } from './q';\nexport const send = (q: MailQueue, id: string) => q.add('send', { id }); // ! bullmq/queue-add lost` },
  'class declared in a union': `import { Queue, FlowProducer } from 'bullmq';\nexport const send = (q: null | Queue, f: FlowProducer, id: string) => q!.add('send', { id, f }); // ! bullmq/queue-add lost`,
});

cases('origins: the same names elsewhere are silent', {}, {
  'Queue of another package': `import { Queue } from 'queue-typescript';\nconst q = new Queue();\n${quiet}`,
  'Queue of Bull, which is a boundary of its own': `import Queue from 'bull';\nconst q = new Queue('mail');\n${quiet} // ! bull/queue-add lost`,
  'Queue of one\'s own': `class Queue { async add(name: string, data: unknown) { console.log(name, data); } }\nconst q = new Queue();\n${quiet}`,
  'Queue of one\'s own, though bullmq is imported': `import { Worker } from 'bullmq';\nclass Queue { async add(name: string, data: unknown) { console.log(name, data, Worker); } }\nconst q = new Queue();\n${quiet}`,
  'a Set': `import { Queue } from 'bullmq';\nconst seen = new Set<string>();\nexport function see(id: string) { seen.add(id); return Queue; }`,
  'lodash': `import _ from 'lodash';\nexport const sum = (a: number, b: number) => _.add(a, b);`,
  'classList': `export const show = (el: HTMLElement) => el.classList.add('open');`,
  'unknown parameter': `export const send = (q: any, id: string) => q.add('send', { id });`,
  'type-only namespace mention': `import type * as bull from 'bullmq';\nexport type Q = bull.Queue;\nexport const send = (q: Set<unknown>, id: string) => q.add(id);`,
  'a web Worker': `export function run(task: object) { const worker = new Worker('x.js'); worker.postMessage({ task }); worker.on('message', () => fetch('https://example.com/a')); }`,
  'Worker of a mock': `import { Worker } from './mock.ts';\nexport function run(task: object) { const worker = new Worker('x.js', { workerData: task }); worker.postMessage({ task }); }`,
  'Worker of webworker-threads': `import { Worker } from 'webworker-threads';\nexport function run(task: object) { const worker = new Worker('x.js', { workerData: task }); worker.postMessage({ task }); }`,
  'EventEmitter .on(message)': `import { EventEmitter } from 'node:events';\nconst bus = new EventEmitter();\nexport function listen() { bus.on('message', async () => { await fetch('https://example.com/a'); }); }`,
  'fetch of one\'s own': `function fetch(url: string, init?: object) { return [url, init]; }\nexport const call = (body: object) => fetch(process.env.API + '/x', { method: 'POST', body: JSON.stringify(body) });`,
  'fetch as a method': `export const call = (client: { fetch(x: string, y: object): void }) => client.fetch('http://localhost:1/x', { method: 'POST' });`,
  'setTimeout of timers/promises': { 'src/a.ts': `import { setTimeout } from 'node:timers/promises';\nexport async function wait() { await setTimeout(100); await fetch('https://example.com'); }` },
});

const shadowed = (open: string, close: string): string => `import { Queue } from 'bullmq';\nconst q = new Queue('mail');\nexport function f(id: string) {\n${open}\nq.add('send', { id });\n${close}\n}\nvoid q;`;

cases('origins: shadowing at every kind of scope is silent', {}, {
  'parameter': `import { Queue } from 'bullmq';\nconst q = new Queue('mail');\nexport const f = (q: Set<string>, id: string) => q.add(id);\nvoid q;`,
  'destructured parameter': `import { Queue } from 'bullmq';\nconst q = new Queue('mail');\nexport const f = ({ q }: { q: Set<string> }, id: string) => q.add(id);\nvoid q;`,
  'const in a block': shadowed('{ const q = new Set<unknown>();', '}'),
  'const in a nested block, used deeper': shadowed('{ const q = new Set<unknown>(); if (id) { for (;;) {', '} } }'),
  'var hoisted from below': shadowed('', 'var q = new Set<unknown>();').replace('q.add(\'send\'', 'q!.add(\'send\''),
  'var hoisted out of a block': shadowed('', 'if (id) { var q = new Set<unknown>(); }'),
  'function declaration in the function': shadowed('', 'function q() {}').replace('q.add(', '(q as any).add('),
  'for': shadowed('for (let q = new Set<unknown>();;) {', '}'),
  'for of': shadowed('for (const q of [new Set<unknown>()]) {', '}'),
  'for in': shadowed('for (const q in { a: 1 } as any) { // @ts-ignore', '}'),
  'catch': shadowed('try { throw 1; } catch (q: any) {', '}'),
  'switch': shadowed('switch (id) { case "a": const q = new Set<unknown>();', '}'),
  'class expression': shadowed('{ class q { static add(..._: unknown[]) {} }', '}'),
  'named function expression': `import { Queue } from 'bullmq';\nconst q = new Queue('mail');\nexport const f = function q(this: any, id: string): void { (q as any).add(id); };\nvoid q;`,
  'array pattern': shadowed('{ const [q] = [new Set<unknown>()];', '}'),
  'import in a file that shadows the class': `import { Queue } from 'bullmq';\nexport function f(Queue: new () => Set<string>) { const q = new Queue(); q.add('x'); }\nexport { Queue };`,
  'static block': `import { Queue } from 'bullmq';\nconst q = new Queue('mail');\nexport class A { static { const q = new Set(); q.add('x'); } }\nvoid q;`,
  'enum member does not shadow': `import { Queue } from 'bullmq';\nenum E { q }\nconst q = new Queue('mail');\nexport const f = (id: string) => [E.q, q.add('send', { id })]; // ! bullmq/queue-add lost`,
});

cases('origins: option bags of plain JavaScript', {}, {
  'a parameter\'s property': {
    'lib/account.js': `class Account {\n  constructor(options) { this.mails = options.mails || false; }\n  async close() { await this.mails.add('closed', {}); } // ! bullmq/queue-add lost\n}\nmodule.exports = { Account };`,
    'lib/main.js': `const { Queue } = require('bullmq');\nconst { Account } = require('./account');\nconst mails = new Queue('mails');\nmodule.exports = () => new Account({ mails });`,
  },
  'a field that keeps the bag': {
    'lib/account.js': `class Account {\n  constructor(name, options) { this.options = options || {}; this.mails = this.options.mails; }\n  async close() { await this.mails.add('closed', {}); } // ! bullmq/queue-add lost\n}\nmodule.exports = { Account };`,
    'lib/main.js': `const { Queue } = require('bullmq');\nconst { Account } = require('./account');\nconst mails = new Queue('mails');\nmodule.exports = () => new Account('a', { mails });`,
  },
  'what is passed is not one thing': {
    'lib/account.js': `class Account {\n  constructor(options) { this.mails = options.mails; }\n  async close() { await this.mails.add('closed', {}); }\n}\nmodule.exports = { Account };`,
    'lib/main.js': `const { Queue } = require('bullmq');\nconst PQueue = require('p-queue');\nconst { Account } = require('./account');\nmodule.exports = [new Account({ mails: new Queue('mails') }), new Account({ mails: new PQueue() })];`,
  },
});
