import { describe, expect, it } from 'vitest';
import { analyse, cases, type Files } from './harness.ts';

const Q = `import { Queue } from 'bullmq';\n`;
const call = (receiver: string, marked = true): string => `export const send = async (id: string) => { await ${receiver}.add('send', { id }); };${marked ? ' // ! bullmq/queue-add lost' : ''}`;

cases('origins: singletons', {}, {
  'static shared': `${Q}class Mails { static shared = new Mails(); readonly queue = new Queue('mail'); }\n${call('Mails.shared.queue')}`,
  'static instance, made lazily': `${Q}class Mails {\n  static instance?: Mails;\n  queue = new Queue('mail');\n  static get() { if (!Mails.instance) Mails.instance = new Mails(); return Mails.instance; }\n}\n${call('Mails.get().queue')}`,
  'static getter': `${Q}class Mails {\n  static #q?: Queue;\n  static get queue() { return (this.#q ??= new Queue('mail')); }\n}\n${call('Mails.queue')}`,
  'static queue': `${Q}class Mails { static queue = new Queue('mail'); }\n${call('Mails.queue')}`,
  'a static and an instance field of one name': `${Q}class Mails { static queue = new Set<unknown>(); queue = new Queue('mail'); }\nexport const send = (id: string) => (Mails.queue as any).add(id);`,
  'an instance and a static field of one name': `${Q}class Mails { static queue = new Queue('mail'); queue = new Set<unknown>(); }\nexport const send = (id: string) => new Mails().queue.add(id);`,
  'let and a getter function': `${Q}let instance: Queue | undefined;\nexport function get() { if (!instance) { instance = new Queue('mail'); } return instance; }\n${call('get()')}`,
  'let and an async getter function': `${Q}let instance;\nexport async function get() { instance ??= await make(); return instance; }\nasync function make() { return new Queue('mail'); }\n${call('(await get())')}`,
  'of another file': { 'src/q.ts': `${Q}let instance: Queue;\nexport const getQueue = () => { instance ||= new Queue('mail'); return instance; };`, 'src/a.ts': `import { getQueue } from './q';\n${call('getQueue()')}` },
  'let that holds something else': `${Q}let instance: Set<unknown> | undefined;\nexport function get() { if (!instance) instance = new Set(); return instance; }\nexport const send = (id: string) => [get().add(id), Queue];`,
  'made under another context': `${Q}import { context, ROOT_CONTEXT } from '@opentelemetry/api';\nlet instance: Queue | undefined;\nexport function get() { instance ??= context.with(ROOT_CONTEXT, () => new Queue('mail')); return instance; }\n${call('get()')}`,
  'made by somebody else\'s `with`': `${Q}import { context } from './context.js';\nlet instance: { add(id: string): unknown } | undefined;\nexport function get() { instance ??= context.with(1, () => new Queue('mail')); return instance!; }\nexport const send = (id: string) => get().add(id);`,
  'a frozen object': `${Q}export const queues = Object.freeze({ mail: new Queue('mail') });\n${call('queues.mail')}`,
  'a frozen object of sets': `${Q}export const queues = Object.freeze({ mail: new Set<unknown>() });\nexport const send = (id: string) => [queues.mail.add(id), Queue];`,
  'freeze of one\'s own': `${Q}const Object = { freeze: (x: unknown) => new Set([x]) };\nexport const queues = Object.freeze(new Queue('mail'));\nexport const send = (id: string) => queues.add(id);`,
  'a method of an object literal': `${Q}const mails = { queue: new Queue('mail'), send(id: string) { return this.queue.add('send', { id }); } }; // ! bullmq/queue-add lost\nexport { mails };`,
  'a method of an object literal, of a set': `${Q}const mails = { queue: new Set<unknown>(), send(id: string) { return this.queue.add(id); } };\nexport { mails, Queue };`,
  'a getter of an object literal': `${Q}const mails = { get queue() { return new Queue('mail'); } };\n${call('mails.queue')}`,
  'a spread object': `${Q}const own = { mail: new Queue('mail') };\nconst all = { ...own, other: 1 };\n${call('all.mail')}`,
  'a spread object that is overwritten': `${Q}const own = { mail: new Queue('mail') };\nconst all = { ...own, mail: new Set<unknown>() };\nexport const send = (id: string) => all.mail.add(id);`,
  'globalThis, taken apart by assertion': `${Q}const store = globalThis as unknown as { mails: Queue };\nstore.mails ??= new Queue('mail');\n${call('store.mails')}`,
});

cases('origins: factories', {}, {
  'an object of factories': `${Q}const make = { mail: () => new Queue('mail'), sms() { return new Queue('sms'); } };\n${call('make.mail()')}\nexport const other = async () => { await make.sms().add('x', {}); }; // ! bullmq/queue-add lost`,
  'an interface\'s method': `${Q}interface Registry { queue(name: string): Queue }\nexport const send = (r: Registry, id: string) => r.queue('mail').add('send', { id }); // ! bullmq/queue-add lost`,
  'an interface\'s function': `${Q}interface Registry { queue: (name: string) => Promise<Queue> }\nexport const send = async (r: Registry, id: string) => (await r.queue('mail')).add('send', { id }); // ! bullmq/queue-add lost`,
  'an interface\'s method that gives another thing': `${Q}interface Registry { queue(name: string): Set<Queue> }\nexport const send = (r: Registry, id: any) => r.queue('mail').add(id);`,
  'a parameter that makes one': `${Q}export const send = (make: () => Queue, id: string) => make().add('send', { id }); // ! bullmq/queue-add lost`,
  'a base interface': `${Q}interface Base { queue: Queue }\ninterface Deps extends Base { other: number }\nexport const send = (d: Deps, id: string) => d.queue.add('send', { id }); // ! bullmq/queue-add lost`,
  'an intersection': `${Q}type Deps = { queue: Queue } & { other: Set<string> };\nexport const send = (d: Deps, id: string) => [d.queue.add('send', { id }), d.other.add(id)]; // ! bullmq/queue-add lost`,
  'a promise in a chain': `${Q}const make = async () => new Queue('mail');\nexport const send = (id: string) => make().then((q) => q.add('send', { id })); // ! bullmq/queue-add lost`,
  'a promise in a chain, of a set': `${Q}const make = async () => new Set();\nexport const send = (id: string) => make().then((q) => [q.add(id), Queue]);`,
  'what a chain gives': `${Q}const make = async () => ({ q: new Queue('mail') });\nexport const send = async (id: string) => { const q = await make().then((all) => all.q).catch(() => null); await q!.add('send', { id }); }; // ! bullmq/queue-add lost`,
  'what a chain throws away': `${Q}const make = async () => new Queue('mail');\nexport const send = async (id: string) => { const q = await make().then(() => new Set()); q.add(id); };`,
  'Promise.resolve': `${Q}export const send = async (id: string) => { const q = await Promise.resolve(new Queue('mail')); await q.add('send', { id }); }; // ! bullmq/queue-add lost`,
  'a list that a function gives': `${Q}function all(): Queue[] { return []; }\nexport async function send(id: string) { for (const q of all()) await q.add('send', { id }); } // ! bullmq/queue-add lost`,
  'a list that a function gives, of sets': `${Q}function all(): Set<Queue>[] { return []; }\nexport function send(id: any) { for (const q of all()) q.add(id); }`,
});

cases('origins: classes that extend a library\'s', {}, {
  'the consumer is at super': `import { Worker } from 'bullmq';\ndeclare const db: any;\nasync function work() { await db.save(); }\nclass Mails extends Worker {\n  constructor() {\n    super('mail', work); // ! bullmq/worker lost\n  }\n}\nexport const w = new Mails();`,
  'super with a function in place': `import { Worker } from 'bullmq';\ndeclare const db: any;\nexport class Mails extends Worker {\n  constructor() {\n    super('mail', async () => { await db.save(); }, {}); // ! bullmq/worker lost\n  }\n}`,
  'super that hands no work over': `import { Worker } from 'bullmq';\nexport class Mails extends Worker {\n  constructor() { super('mail', async (job) => { console.log(job.id); }); }\n}`,
  'no constructor: at new': `import { Worker } from 'bullmq';\ndeclare const db: any;\nasync function work() { await db.save(); }\nclass Mails extends Worker {}\nexport const w = new Mails('mail', work); // ! bullmq/worker lost`,
  'two classes deep: once, at the library\'s': `import { Worker } from 'bullmq';\ndeclare const db: any;\nasync function work() { await db.save(); }\nclass Base extends Worker {\n  constructor(name: string) {\n    super(name, work); // ! bullmq/worker lost\n  }\n}\nclass Mails extends Base { constructor() { super('mail'); } }\nexport const w = new Mails();`,
  'two classes deep, the inner without a constructor': `import { Worker } from 'bullmq';\ndeclare const db: any;\nasync function work() { await db.save(); }\nclass Base extends Worker {}\nclass Mails extends Base {\n  constructor() {\n    super('mail', work); // ! bullmq/worker lost\n  }\n}\nexport const w = new Mails();`,
  'of another file': { 'src/base.ts': `export { Worker } from 'bullmq';`, 'src/a.ts': `import { Worker } from './base';\ndeclare const db: any;\nasync function work() { await db.save(); }\nexport class Mails extends Worker {\n  constructor() {\n    super('mail', work); // ! bullmq/worker lost\n  }\n}` },
  'super of a class of one\'s own': `class Worker { constructor(name: string, work: () => Promise<unknown>) { void [name, work]; } }\ndeclare const db: any;\nasync function work() { await import('bullmq'); }\nexport class Mails extends Worker { constructor() { super('mail', work); } }`,
  'super of another library\'s Worker': `import { Worker } from 'jest-worker';\ndeclare const db: any;\nasync function work() { await import('bullmq'); }\nexport class Mails extends Worker { constructor() { super('mail', work); } }`,
  'a class inside the constructor': `import { Worker } from 'bullmq';\nclass Other { constructor(..._: unknown[]) {} }\ndeclare const db: any;\nasync function work() { await db.save(); }\nexport class Mails extends Worker {\n  constructor() {\n    super('mail', work); // ! bullmq/worker lost\n    new (class extends Other { constructor() { super('mail', work); } })();\n  }\n}`,
  'a queue that overrides add': `${Q}class Mails extends Queue {\n  constructor() { super('mail'); }\n  async add(name: string, data: any) { return super.add(name, data); } // ! bullmq/queue-add lost\n}\nexport const send = (id: string) => new Mails().add('send', { id });`,
  'a queue with a method of its own': `${Q}class Mails extends Queue {\n  constructor() { super('mail'); }\n  later(id: string) { return this.add('send', { id }); } // ! bullmq/queue-add lost\n}\nexport const send = (id: string) => new Mails().later(id);`,
  'a field of its own that is a set': `${Q}class Mails extends Queue {\n  seen = new Set<string>();\n  see(id: string) { this.seen.add(id); }\n}\nexport { Mails };`,
  'an interface with members of its own': `${Q}interface Mails extends Queue { seen: Set<string> }\nexport const see = (m: Mails, id: string) => m.seen.add(id);`,
});

const channels = (files: Files): string[] => analyse(files).result.judged.map((j) => `${j.boundary.id} ${j.channel.label}`).sort();

describe('origins: the channel\'s name through what makes the queue', () => {
  const add = `.add('send', {}); }`;
  const table: Record<string, [string | Files, string]> = {
    'a factory\'s parameter': [`${Q}const make = (name: string) => new Queue(name);\nexport async function f() { await make('mail')${add}`, 'mail'],
    'a factory\'s parameter in a template': [`${Q}const make = (name: string) => new Queue(\`app-\${name}\`);\nexport async function f() { await make('mail')${add}`, 'app-mail'],
    'two factories': [`${Q}const inner = (a: string) => new Queue(a);\nconst make = (b: string) => inner(b);\nexport async function f() { await make('mail')${add}`, 'mail'],
    'a factory of another file': [{ 'src/q.ts': `${Q}export function make(name: string) { return new Queue(name); }`, 'src/n.ts': `export const MAIL = 'mail';`, 'src/a.ts': `import { make } from './q';\nimport { MAIL } from './n';\nconst q = make(MAIL);\nexport async function f() { await q${add}` }, 'mail'],
    'a factory whose name nobody knows': [`${Q}const make = (name: string) => new Queue(name);\nexport async function f(n: string) { await make(n)${add}`, '*'],
    'one of two names': [`${Q}const make = (name: string) => new Queue(name);\nconst [a, b] = [make('a'), make('b')];\nexport async function f(x: boolean) { const q = x ? a : b; await q${add}`, '*'],
    'super': [`${Q}class Mails extends Queue { constructor() { super('mail'); } }\nexport async function f() { await new Mails()${add}`, 'mail'],
    'super with the constructor\'s parameter': [`${Q}class Mails extends Queue { constructor(name: string) { super(name); } }\nexport async function f() { await new Mails('mail')${add}`, 'mail'],
    'super, by its type': [`${Q}class Mails extends Queue { constructor() { super('mail'); } }\nexport async function f(q: Mails) { await q${add}`, 'mail'],
    'a decorator': [`${Q}import { InjectQueue } from '@nestjs/bullmq';\nexport class A { constructor(@InjectQueue('mail') private readonly q: Queue) {}\n  async f() { await this.q${add} }`, 'mail'],
    'a decorator with a constant': [{ 'src/n.ts': `export enum Names { Mail = 'mail' }`, 'src/a.ts': `${Q}import { InjectQueue } from '@nestjs/bullmq';\nimport { Names } from './n';\nexport class A { constructor(@InjectQueue(Names.Mail) private readonly q: Queue) {}\n  async f() { await this.q${add} }` }, 'mail'],
  };
  for (const [name, [given, label]] of Object.entries(table)) {
    it(name, () => expect(channels(typeof given === 'string' ? { 'src/a.ts': given } : given)).toEqual([`bullmq/queue-add ${label}`]));
  }
});
