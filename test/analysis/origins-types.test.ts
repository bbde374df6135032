import { cases } from './harness.ts';

const Q = `import { Queue } from 'bullmq';\n`;
const take = (type: string): string => `export const send = (q: ${type}, id: string) => q.add('send', { id });`;
const dark = (type: string): string => `${take(type)} // ! bullmq/queue-add lost`;
const silent = (type: string): string => take(type).replace(`q.add('send', { id })`, '(q as any).add(id)');

cases('origins: annotations', {}, {
  'required, in JSDoc': { 'src/a.cjs': `const { Queue } = require('bullmq');\n/** @param {Queue} q */\nexports.f = (q, id) => q.add('send', { id, Queue }); // ! bullmq/queue-add lost` },
  'a variable named like its type': `${Q}export async function f(id: string) {\n  let Queue: Queue;\n  await Queue!.add('send', { id }); // ! bullmq/queue-add lost\n}`,
  'a parameter named like its type': `${Q}export const f = (Queue: Queue, id: string) => Queue.add('send', { id }); // ! bullmq/queue-add lost`,
  'a variable named like a type that nobody knows': `${Q}export async function f(id: string) {\n  let Store: Store;\n  await (Store! as any).add('send', { id });\n}`,
  'a parameter named like its type\'s namespace': `import bullmq from 'bullmq';\nexport const f = (bullmq: bullmq.Queue, id: string) => bullmq.add('send', { id }); // ! bullmq/queue-add lost`,
  'a parameter property named like a namespace that nobody knows': `${Q}import { knex } from 'knex';\nexport class Store {\n  queue = new Queue('mail');\n  constructor(private knex: knex.Knex) {}\n  async send(id: string) { await (this.knex as any).add(id); await this.queue.add('send', { id }); } // ! bullmq/queue-add lost\n}`,
  'a field that is kept or made': `${Q}export class Store {\n  declare data: any;\n  queue = new Queue('mail');\n  fill() { this.data = this.data || {}; this.data.list = this.data.list || []; }\n  async send(id: string) { await this.data.queue.add(id); await this.queue.add('send', { id }); } // ! bullmq/queue-add lost\n}`,
  'Pick that leaves it': `${Q}${dark(`Pick<Queue, 'add' | 'close'>`)}`,
  'Pick that does not': `${Q}${silent(`Pick<Queue, 'close'>`)}`,
  'Pick by keys that nobody knows': `${Q}type K = 'add';\n${silent('Pick<Queue, K>')}`,
  'Pick of the repo\'s type': `${Q}interface Deps { queue: Queue; n: number }\nexport const send = (d: Pick<Deps, 'queue'>, id: string) => d.queue.add('send', { id }); // ! bullmq/queue-add lost`,
  'Omit that leaves it': `${Q}${dark(`Omit<Queue, 'close'>`)}`,
  'Omit that does not': `${Q}${silent(`Omit<Queue, 'add'>`)}`,
  'Pick of one\'s own': `${Q}type Pick<A, B> = Set<[A, B]>;\n${silent(`Pick<Queue, 'add'>`)}`,
  'Readonly': `${Q}${dark('Readonly<Queue>')}`,
  'Required of the repo\'s type': `${Q}interface Deps { queue?: Queue }\nexport const send = (d: Required<Deps>, id: string) => d.queue.add('send', { id }); // ! bullmq/queue-add lost`,
  'null | undefined | Queue': `${Q}export const send = (q: null | undefined | Queue, id: string) => q?.add('send', { id }); // ! bullmq/queue-add lost`,
  'ReturnType': `${Q}const make = () => new Queue('mail');\n${dark('ReturnType<typeof make>')}`,
  'Awaited<ReturnType>': `${Q}async function make() { return new Queue('mail'); }\n${dark('Awaited<ReturnType<typeof make>>')}`,
  'ReturnType of what gives a set': `${Q}const make = () => new Set<unknown>();\nexport const send = (q: ReturnType<typeof make>, id: string) => [q.add(id), Queue];`,
  'InstanceType': `${Q}${dark('InstanceType<typeof Queue>')}`,
  'InstanceType of a class of the repo': `${Q}class Mails { queue = new Queue('mail'); }\nexport const send = (m: InstanceType<typeof Mails>, id: string) => m.queue.add('send', { id }); // ! bullmq/queue-add lost`,
  'typeof a variable': `${Q}const mail = new Queue('mail');\n${dark('typeof mail')}`,
  'typeof a member': `${Q}const queues = { mail: new Queue('mail'), seen: new Set<unknown>() };\n${dark('typeof queues.mail')}`,
  'typeof another member': `${Q}const queues = { mail: new Queue('mail'), seen: new Set<unknown>() };\nexport const send = (q: typeof queues.seen, id: string) => q.add(id);`,
  'typeof an object': `${Q}const queues = { mail: new Queue('mail') };\nexport const send = (all: typeof queues, id: string) => all.mail.add('send', { id }); // ! bullmq/queue-add lost`,
  'typeof the class is not an object of it': `${Q}export const send = (C: typeof Queue, id: any) => (C as any).add(id);`,
  'new of typeof the class': `${Q}export const send = (C: typeof Queue, id: string) => new C('mail').add('send', { id }); // ! bullmq/queue-add lost`,
  'typeof import()': `export const send = (bull: typeof import('bullmq'), id: string) => new bull.Queue('mail').add('send', { id }); // ! bullmq/queue-add lost`,
  'an indexed access': `${Q}interface Deps { queue: Queue; seen: Set<string> }\n${dark(`Deps['queue']`)}`,
  'another indexed access': `${Q}interface Deps { queue: Queue; seen: Set<string> }\nexport const send = (q: Deps['seen'], id: string) => q.add(id);`,
  'a type parameter': `${Q}export function send<Q extends Queue>(q: Q, id: string) { return q.add('send', { id }); } // ! bullmq/queue-add lost`,
  'a type parameter of the class': `${Q}export class Mailer<Q extends Queue> { constructor(private readonly q: Q) {}\n  send(id: string) { return this.q.add('send', { id }); } // ! bullmq/queue-add lost\n}`,
  'a type parameter that hides the class': `${Q}export function send<Queue extends Set<string>>(q: Queue, id: string) { return q.add(id); }`,
  'a type parameter of no bound': `${Q}export function send<Queue>(q: Queue, id: string) { return (q as any).add(id); }`,
  'an alias of an alias, of another file': { 'src/t.ts': `import type { Queue } from 'bullmq';\ntype Mails = Queue<{ id: string }>;\nexport type Q = Mails | null;`, 'src/a.ts': `import type { Q } from './t';\nexport const send = (q: Q, id: string) => q!.add('send', { id }); // ! bullmq/queue-add lost` },
  'a type and a value of one name': `${Q}type mail = Set<string>;\nconst mail = new Queue('mail');\nexport const send = (id: string) => mail.add('send', { id }); // ! bullmq/queue-add lost\nexport type M = mail;`,
  'a type and a value of one name, as a type': `${Q}type mail = Set<string>;\nconst mail = new Queue('mail');\nexport const send = (q: mail, id: string) => [q.add(id), mail];`,
  'a namespace of a library': `import type * as bull from 'bullmq';\n${dark('bull.Queue')}`,
  'an interface that extends a namespace\'s': `import type * as bull from 'bullmq';\ninterface Mails extends bull.Queue {}\n${dark('Mails')}`,
  'an array of them is none': `${Q}export const send = (q: Queue[] & { add(x: unknown): void }, id: string) => q.add(id);`,
});

const js = (text: string): { 'src/a.js': string } => ({ 'src/a.js': text });

cases('origins: JSDoc in JavaScript', {}, {
  '@type of a variable': js(`/** @type {import('bullmq').Queue} */\nlet q;\nexport const send = (id) => q.add('send', { id }); // ! bullmq/queue-add lost`),
  '@type of a field': js(`export class Mailer {\n  /** @type {import('bullmq').Queue | undefined} */\n  q;\n  send(id) { return this.q.add('send', { id }); } // ! bullmq/queue-add lost\n}`),
  '@param': js(`/** @param {import('bullmq').Queue} q */\nexport function send(q, id) { return q.add('send', { id }); } // ! bullmq/queue-add lost`),
  '@param by an imported name': js(`import { Queue } from 'bullmq';\n/**\n * @param {Queue} q\n * @param {string} id\n */\nexport const send = (q, id) => q.add('send', { id }); // ! bullmq/queue-add lost\nvoid Queue;`),
  '@param of another': js(`/**\n * @param {Set<string>} q\n * @param {import('bullmq').Queue} other\n */\nexport const send = (q, other) => { q.add('x'); void other; };`),
  '@returns': js(`/** @returns {Promise<import('bullmq').Queue>} */\nasync function make() { return globalThis.q; }\nexport const send = async (id) => (await make()).add('send', { id }); // ! bullmq/queue-add lost`),
  'a cast': js(`export const send = (x, id) => (/** @type {import('bullmq').Queue} */ (x)).add('send', { id }); // ! bullmq/queue-add lost`),
  '@typedef': js(`/** @typedef {import('bullmq').Queue} Mails */\n/** @param {Mails} q */\nexport function send(q, id) { return q.add('send', { id }); } // ! bullmq/queue-add lost`),
  '@type that says nothing': js(`import 'bullmq';\n/** @type {any} */\nlet q;\nexport const send = (id) => q.add('send', { id });`),
  'a comment that is no JSDoc': js(`import 'bullmq';\n/* @type {import('bullmq').Queue} */\nlet q;\nexport const send = (id) => q.add('send', { id });`),
  'JSDoc in TypeScript is talk': `/** @param {import('bullmq').Queue} q */\nexport function send(q: any, id: string) { return q.add('send', { id }); }`,
});

const types = (body: string): Record<string, string | object> => ({
  'node_modules/bullmq/package.json': { name: 'bullmq', version: '5.60.0', types: 'index.d.ts' },
  'node_modules/bullmq/index.d.ts': `export declare class Queue<T = any> { constructor(name: string); add(name: string, data: T): Promise<void>; close(): void }\nexport declare function useQueue(): { queue: Queue };`,
  'tsconfig.json': { compilerOptions: { module: 'nodenext', moduleResolution: 'nodenext', strict: true }, include: ['src'] },
  'src/a.ts': body,
});
const withoutConfig = ({ 'tsconfig.json': _config, ...files }: Record<string, string | object>): Record<string, string | object> => files;
const inferred = `import { useQueue } from 'bullmq';\nexport const send = (id: string) => [1].map(() => useQueue()).map(({ queue }) => queue)[0]!.add('send', { id });`;

cases('origins: the type checker\'s word (--types)', { types: true }, {
  'what only inference tells': types(`${inferred} // ! bullmq/queue-add lost`),
  'a set, by inference': types(`import { useQueue } from 'bullmq';\nexport const send = (id: string) => [1].map(() => new Set([useQueue])).map((x) => x)[0]!.add(id as any);`),
  'any tells nothing': types(`import 'bullmq';\nexport const send = (q: any, id: string) => [q].map((x) => x)[0].add(id);`),
  'a class of the repo of the same name': types(`import 'bullmq';\nclass Queue { async add(..._: unknown[]) {} }\nexport const send = (id: string) => [1].map(() => new Queue()).map((x) => x)[0]!.add(id);`),
  'a tsconfig that is referred to': { ...types(`${inferred} // ! bullmq/queue-add lost`), 'tsconfig.json': { files: [], references: [{ path: './tsconfig.app.json' }] }, 'tsconfig.app.json': { compilerOptions: { module: 'nodenext', moduleResolution: 'nodenext' }, include: ['src'] } },
  'no tsconfig': withoutConfig(types(`${inferred} // ! bullmq/queue-add lost`)),
  'two packages': { ...types(`${inferred} // ! bullmq/queue-add lost`), 'b/tsconfig.json': { compilerOptions: { module: 'nodenext', strict: true } }, 'b/a.ts': `${inferred} // ! bullmq/queue-add lost` },
  'JavaScript': { ...types(''), 'src/b.js': `import { useQueue } from 'bullmq';\nexport const send = (id) => [1].map(() => useQueue()).map(({ queue }) => queue)[0].add('send', { id }); // ! bullmq/queue-add lost` },
});

cases('origins: the same without --types', {}, { 'is silent': types(inferred) });

cases('origins: what is unknown (--unknown report)', { reportUnknown: true }, {
  'named after the class': `export const send = (mailQueue: any, id: string) => mailQueue.add('send', { id }); // ! bullmq/queue-add lost unknown-origin`,
  'a field named after the class': `export class A { declare queue: any;\n  send(id: string) { return this.queue.add('send', { id }); } // ! bullmq/queue-add lost unknown-origin\n}`,
  'a distinctive member': `export const send = (x: any, jobs: unknown[]) => x.addBulk(jobs.map((data) => ({ name: 'a', data }))); // ! bullmq/queue-add-bulk lost unknown-origin`,
  'a common member of a name that says nothing': `export const send = (list: any, id: string) => list.add(id);`,
  'a class of the repo is known': `class Mails { add(id: string) { return id; } }\nexport const send = (queue: Mails, id: string) => queue.add(id);`,
  'another library\'s object is known': `import PQueue from 'p-queue';\nconst queue = new PQueue();\nexport const send = (id: string) => queue.add(async () => id);`,
  'a library that is not installed': { 'package.json': { name: 'app', engines: { node: '20' } }, 'src/a.ts': `export const send = (mailQueue: any, id: string) => mailQueue.add('send', { id });` },
  'what is known is an error as ever': `${Q}const q = new Queue('mail');\nexport const send = (id: string) => q.add('send', { id }); // ! bullmq/queue-add lost`,
});
