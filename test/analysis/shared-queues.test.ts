/** Queues of functions and items inside one process: another caller's context where they make work wait. */
import { cases, type Files } from './harness.ts';

const work = `async function work(id?: string) { await fetch('https://example.com/' + id); }\n`;
const pq = `import PQueue from 'p-queue';\n${work}`;
const shared = `${pq}const queue = new PQueue({ concurrency: 2 });\n`;

cases('p-queue: another caller\'s context', {}, {
  'what a loop over a list takes': `${shared}export async function load(ids: string[]) { while (ids.length > 0) { await queue.onSizeLessThan(5); void queue.add(() => work(ids.pop()!)); } } // ! p-queue/add wrong`,
  'what a loop that lasts calls, and others do': `${shared}export class Poller {\n  running = true;\n  async poll() { while (this.running) { this.load(await take()); } }\n  load(id: string) { void queue.add(() => work(id)); } // ! p-queue/add wrong\n}\ndeclare function take(): Promise<string>;`,
  'a queue of the module': `${shared}export const load = (id: string) => queue.add(() => work(id)); // ! p-queue/add wrong`,
  'awaited': `${shared}export async function load(id: string) { return await queue.add(async () => { await work(id); }); } // ! p-queue/add wrong`,
  'with options': `${shared}export const load = (id: string) => queue.add(() => work(id), { priority: 1 }); // ! p-queue/add wrong`,
  'by name': `${shared}export const load = () => queue.add(work); // ! p-queue/add wrong`,
  'the function is a parameter': `${shared}export const limited = <T>(fn: () => Promise<T>) => queue.add(fn); // ! p-queue/add wrong`,
  'limited by time': `${pq}const queue = new PQueue({ interval: 1000, intervalCap: 5 });\nexport const load = (id: string) => queue.add(() => work(id)); // ! p-queue/add wrong`,
  'options from elsewhere': `${pq}import { options } from './options.js';\nconst queue = new PQueue(options);\nexport const load = (id: string) => queue.add(() => work(id)); // ! p-queue/add wrong`,
  'options with a spread': `${pq}const queue = new PQueue({ ...JSON.parse('{}') });\nexport const load = (id: string) => queue.add(() => work(id)); // ! p-queue/add wrong`,
  'a field': `${pq}export class Client {
  private queue = new PQueue({ concurrency: 1 });
  get(id: string) { return this.queue.add(() => work(id)); } // ! p-queue/add wrong
}`,
  'a field that the constructor makes': `${pq}export class Client {
  private readonly queue: PQueue;
  constructor(concurrency: number) { this.queue = new PQueue({ concurrency }); }
  get(id: string) { return this.queue.add(() => work(id)); } // ! p-queue/add wrong
}`,
  'a field that is made as the service starts': `${pq}export class Client {
  private queue!: PQueue;
  onModuleInit() { this.queue = new PQueue({ concurrency: 1 }); }
  get(id: string) { return this.queue.add(() => work(id)); } // ! p-queue/add wrong
}`,
  'of another file': { 'src/queue.ts': `import PQueue from 'p-queue';\nexport const queue = new PQueue({ concurrency: 1 });`, 'src/a.ts': `import { queue } from './queue.js';\n${work}export const load = (id: string) => queue.add(() => work(id)); // ! p-queue/add wrong` },
  'a factory\'s, for all who call what it returns': `${pq}export function makeClient() {
  const queue = new PQueue({ concurrency: 2 });
  return { get: (id: string) => queue.add(() => work(id)) }; // ! p-queue/add wrong
}`,
  'a factory that returns a function': `${pq}export function makeLimiter() {
  const queue = new PQueue({ concurrency: 2 });
  return (id: string) => queue.add(() => work(id)); // ! p-queue/add wrong
}`,
  'a factory that returns a named function': `${pq}export function makeClient() {
  const queue = new PQueue({ concurrency: 2 });
  function get(id: string) { return queue.add(() => work(id)); } // ! p-queue/add wrong
  return { get };
}`,
  'made on first use': `${pq}let queue: PQueue | undefined;
const getQueue = () => queue ??= new PQueue({ concurrency: 1 });
export const load = (id: string) => getQueue().add(() => work(id)); // ! p-queue/add wrong`,
  'one of a map, by a getter': `${pq}const queues = new Map<string, PQueue>();
function getQueue(host: string) { let queue = queues.get(host); if (!queue) { queue = new PQueue({ concurrency: 1 }); queues.set(host, queue); } return queue; }
export function load(host: string, id: string) { const queue = getQueue(host); return queue.add(() => work(id)); } // ! p-queue/add wrong`,
  'a list of functions': `${shared}export const loadAll = (ids: string[]) => queue.addAll(ids.map((id) => () => work(id))); // ! p-queue/add-all wrong`,
  'CommonJS': { 'src/a.cjs': `const { default: PQueue } = require('p-queue');\nasync function work(id) { await fetch('https://example.com/' + id); }\nconst queue = new PQueue({ concurrency: 1 });\nexports.load = (id) => queue.add(() => work(id)); // ! p-queue/add wrong` },
});

cases('p-queue: what a loop that lasts takes', {}, {
  'in the loop': `${shared}declare function take(): Promise<string>;\nexport async function poll() { while (true) { const id = await take(); void queue.add(() => work(id)); } }`,
  'for as long as it runs': `${shared}declare function take(): Promise<string>;\nexport class Poller {\n  running = true;\n  async poll() { while (this.running) { void this.load(await take()); } }\n  private async load(id: string) { await queue.add(() => work(id)); }\n}`,
  'without a condition': `${shared}declare function take(): Promise<string>;\nexport async function poll() { for (;;) { const id = await take(); void queue.add(() => work(id)); } }`,
});

cases('p-queue: silent', {}, {
  'nothing waits without a limit': `${pq}const queue = new PQueue();\nexport const load = (id: string) => queue.add(() => work(id));`,
  'a timeout is no limit': `${pq}const queue = new PQueue({ timeout: 1000 });\nexport const load = (id: string) => queue.add(() => work(id));`,
  'options in a constant, none of them a limit': `${pq}const options = { timeout: 1 };\nconst queue = new PQueue(options);\nexport const load = (id: string) => queue.add(() => work(id));`,
  'the caller makes it': `${pq}export async function loadAll(ids: string[]) {
  const queue = new PQueue({ concurrency: 2 });
  for (const id of ids) void queue.add(() => work(id));
  await queue.onIdle();
}`,
  'the caller makes it, in a callback': `${pq}export async function loadAll(ids: string[]) {
  const queue = new PQueue({ concurrency: 2 });
  await Promise.all(ids.map((id) => queue.add(() => work(id))));
}`,
  'the caller makes it, in a helper of its own': `${pq}export async function crawl(start: string) {
  const queue = new PQueue({ concurrency: 2 });
  const visit = (id: string): void => { void queue.add(() => work(id)); };
  visit(start);
  await queue.onIdle();
}`,
  'the caller makes it by a helper': `${pq}function makeQueue() { return new PQueue({ concurrency: 2 }); }
export async function loadAll(ids: string[]) { const queue = makeQueue(); for (const id of ids) void queue.add(() => work(id)); await queue.onIdle(); }`,
  'the caller hands it in': `${pq}export const load = (queue: PQueue, id: string) => queue.add(() => work(id));`,
  'the caller hands it in among options': `${pq}export const load = ({ queue }: { queue: PQueue }, id: string) => queue.add(() => work(id));`,
  'made anew in each run': `${pq}export class Crawler {
  private queue!: PQueue;
  async run(ids: string[]) { this.queue = new PQueue({ concurrency: 2 }); for (const id of ids) this.visit(id); await this.queue.onIdle(); }
  private visit(id: string) { void this.queue.add(() => work(id)); }
}`,
  'a script\'s only caller': `${shared}async function main() { for (const id of process.argv) void queue.add(() => work(id)); await queue.onIdle(); }\nvoid main();`,
  'a script in an immediate function': `${shared}void (async () => { for (const id of process.argv) void queue.add(() => work(id)); await queue.onIdle(); })();`,
  'at module scope': `${shared}for (const id of process.argv) void queue.add(() => work(id));`,
  'bound': `import { context } from '@opentelemetry/api';\n${shared}export const load = (id: string) => queue.add(context.bind(context.active(), () => work(id)));`,
  'bound by AsyncResource': `import { AsyncResource } from 'node:async_hooks';\n${shared}export const load = (id: string) => queue.add(AsyncResource.bind(() => work(id)));`,
  'attached inside': `import { context } from '@opentelemetry/api';\n${shared}export function load(id: string) { const active = context.active(); return queue.add(() => context.with(active, () => work(id))); }`,
  'work that is none': `${shared}let n = 0;\nexport const count = () => queue.add(() => { n++; });`,
  'that only logs': `${shared}export const note = (x: string) => queue.add(() => console.log(x));`,
  'that only resolves': `${shared}export const turn = () => new Promise<void>((resolve) => { void queue.add(() => resolve()); });`,
  'other members': `${shared}export async function stop() { queue.pause(); queue.clear(); await queue.onIdle(); }`,
  'a Set': `${work}const all = new Set<() => unknown>();\nexport const put = (id: string) => all.add(() => work(id));`,
  'a class of the repo by that name': `${work}class PQueue { constructor(readonly o: object) {} add(fn: () => unknown) { return fn(); } }\nconst queue = new PQueue({ concurrency: 1 });\nexport const load = (id: string) => queue.add(() => work(id));`,
  'another library': `import PQueue from 'other-queue';\n${work}const queue = new PQueue({ concurrency: 1 });\nexport const load = (id: string) => queue.add(() => work(id));`,
  'p-limit keeps it': `import pLimit from 'p-limit';\n${work}const limit = pLimit(2);\nexport const load = (id: string) => limit(() => work(id));`,
  'p-map keeps it': `import pMap from 'p-map';\n${work}export const load = (ids: string[]) => pMap(ids, (id) => work(id), { concurrency: 2 });`,
});

const bn = `import Bottleneck from 'bottleneck';\n${work}`;
cases('bottleneck', {}, {
  'schedule': `${bn}const limiter = new Bottleneck({ maxConcurrent: 1 });\nexport const load = (id: string) => limiter.schedule(() => work(id)); // ! bottleneck/schedule wrong`,
  'schedule with options first': `${bn}const limiter = new Bottleneck({ minTime: 100 });\nexport const load = (id: string) => limiter.schedule({ priority: 1 }, () => work(id)); // ! bottleneck/schedule wrong`,
  'schedule with arguments': `${bn}const limiter = new Bottleneck({ maxConcurrent: 1 });\nexport const load = (id: string) => limiter.schedule(work, id); // ! bottleneck/schedule wrong`,
  'submit': `${bn}const limiter = new Bottleneck({ maxConcurrent: 1 });\nexport const load = (id: string) => limiter.submit(work, id, () => {}); // ! bottleneck/schedule wrong`,
  'a field': `${bn}export class Api {\n  #limiter = new Bottleneck({ reservoir: 5 });\n  get(id: string) { return this.#limiter.schedule(() => work(id)); } // ! bottleneck/schedule wrong\n}`,
  'no limit': `${bn}const limiter = new Bottleneck();\nexport const load = (id: string) => limiter.schedule(() => work(id));`,
  'no limit among its options': `${bn}const limiter = new Bottleneck({ id: 'api' });\nexport const load = (id: string) => limiter.schedule(() => work(id));`,
  'the caller\'s own': `${bn}export async function all(ids: string[]) { const limiter = new Bottleneck({ maxConcurrent: 1 }); await Promise.all(ids.map((id) => limiter.schedule(() => work(id)))); }`,
  'bound': `import { context } from '@opentelemetry/api';\n${bn}const limiter = new Bottleneck({ maxConcurrent: 1 });\nexport const load = (id: string) => limiter.schedule(context.bind(context.active(), () => work(id)));`,
  'another scheduler': `${work}const scheduler = { schedule(fn: () => unknown) { return fn(); } };\nexport const load = (id: string) => scheduler.schedule(() => work(id));`,
});

const fq = `import fastq from 'fastq';\n${work}`;
const aq = `import async from 'async';\n${work}`;
cases('queues of items: the worker works in another item\'s context', {}, {
  'fastq': `${fq}const queue = fastq((id: string, done: () => void) => { void work(id).then(() => done()); }, 1);\nexport const load = (id: string) => { queue.push(id, () => {}); }; // ! fastq/push wrong`,
  'fastq.promise': `${fq}const queue = fastq.promise(work, 1);\nexport const load = (id: string) => queue.push(id); // ! fastq/push wrong`,
  'fastq.promise, unshift': `${fq}const queue = fastq.promise(work, 1);\nexport const load = (id: string) => queue.unshift(id); // ! fastq/push wrong`,
  'fastq with a receiver first': `${fq}const self = { };\nconst queue = fastq.promise(self, work, 1);\nexport const load = (id: string) => queue.push(id); // ! fastq/push wrong`,
  'fastq with a type': `import fastq, { type queueAsPromised } from 'fastq';\n${work}const queue: queueAsPromised<string> = fastq.promise(work, 1);\nexport const load = (id: string) => queue.push(id); // ! fastq/push wrong`,
  'fastq in CommonJS': { 'src/a.cjs': `const fastq = require('fastq');\nasync function work(id) { await fetch('https://example.com/' + id); }\nconst queue = fastq.promise(work, 1);\nexports.load = (id) => queue.push(id); // ! fastq/push wrong` },
  'a field': `${fq}export class Mailer {\n  #queue = fastq.promise(work, 1);\n  send(id: string) { return this.#queue.push(id); } // ! fastq/push wrong\n}`,
  'async.queue': `${aq}const queue = async.queue(async (task: { id: string }) => { await work(task.id); }, 2);\nexport const load = (id: string) => queue.push({ id }); // ! async/queue-push wrong`,
  'async.queue by name': `import { queue as makeQueue } from 'async';\n${work}const queue = makeQueue(work, 2);\nexport const load = (id: string) => queue.pushAsync(id); // ! async/queue-push wrong`,
  'async.queue of a file of its own': `import queue from 'async/queue';\n${work}const jobs = queue(work, 2);\nexport const load = (id: string) => jobs.push(id); // ! async/queue-push wrong`,
  'async.cargo': `import { cargo } from 'async';\n${work}const jobs = cargo(async (ids: string[]) => { await work(ids.join()); }, 10);\nexport const load = (id: string) => jobs.push(id); // ! async/queue-push wrong`,
  'better-queue': `import Queue from 'better-queue';\n${work}const jobs = new Queue((id: string, done: () => void) => { void work(id).then(() => done()); });\nexport const load = (id: string) => jobs.push(id); // ! better-queue/push wrong`,
});
cases('queues of items: silent', {}, {
  'the item carries': `import { context } from '@opentelemetry/api';\n${fq}const queue = fastq.promise((item: any) => context.with(item.context, () => work(item.id)), 1);\nexport const load = (id: string) => queue.push({ id, context: context.active() });`,
  'the item holds a carrier': `${fq}const queue = fastq.promise(async (x: any) => { await work(x.id); }, 1);\nexport const load = (id: string, traceparent: string) => queue.push({ id, traceparent });`,
  'the worker only computes': `${fq}const queue = fastq.promise(async (x: number) => x * 2, 1);\nexport const twice = (x: number) => queue.push(x);`,
  'the worker is not in sight': `import fastq from 'fastq';\nimport { handler } from './handlers.js';\nconst queue = fastq.promise(handler, 1);\nexport const load = (id: string) => queue.push(id);`,
  'the caller\'s own': `${fq}export async function all(ids: string[]) { const queue = fastq.promise(work, 2); await Promise.all(ids.map((id) => queue.push(id))); }`,
  'the caller\'s own, of async': `${aq}export async function all(ids: string[]) { const queue = async.queue(work, 2); queue.push(ids); await queue.drain(); }`,
  'a script': `${aq}const queue = async.queue(work, 2);\nasync function main() { await queue.push('1'); }\nvoid main();`,
  'an array beside it': `${fq}const queue = fastq.promise(work, 1);\nconst ids: string[] = [];\nexport const note = (id: string) => { ids.push(id); };\nexport const size = () => queue.length();`,
  'other members of async': `${aq}export const all = (ids: string[]) => async.mapLimit(ids, 2, work);`,
});

cases('one function for many callers', {}, {
  'a loader of the module': `import DataLoader from 'dataloader';\n${work}async function batch(ids: readonly string[]) { await work(ids.join()); return ids.map(() => 1); }\nexport const users = new DataLoader(batch); // ! dataloader/batch wrong`,
  'a loader of the module, inline': `import DataLoader from 'dataloader';\nexport const users = new DataLoader(async (ids: readonly string[]) => { const r = await fetch('https://example.com', { method: 'POST', body: ids.join() }); return r.json(); }); // ! dataloader/batch wrong`,
  'a loader for each request': `import DataLoader from 'dataloader';\n${work}export const makeLoaders = () => ({ users: new DataLoader(async (ids: readonly string[]) => { await work(ids.join()); return []; }) });`,
  'a loader in a class, perhaps for each request': `import DataLoader from 'dataloader';\n${work}export class Users { loader = new DataLoader(async (ids: readonly string[]) => { await work(ids.join()); return []; }); }`,
  'a loader in a constructor': `import DataLoader from 'dataloader';\n${work}export class Users { loader; constructor() { this.loader = new DataLoader(async (ids: readonly string[]) => { await work(ids.join()); return []; }); } }`,
  'a loader that computes': `import DataLoader from 'dataloader';\nexport const twice = new DataLoader(async (xs: readonly number[]) => xs.map((x) => x * 2));`,
  'a loader that is not in sight': `import DataLoader from 'dataloader';\nimport { batch } from './batch.js';\nexport const users = new DataLoader(batch);`,
  'a DataLoader of the repo': `${work}class DataLoader { constructor(readonly fn: (ids: string[]) => unknown) {} }\nexport const users = new DataLoader(async (ids) => { await work(ids.join()); });`,
  'a PyTorch-like DataLoader of another library': `import { DataLoader } from 'other';\n${work}export const d = new DataLoader(async (ids: string[]) => { await work(ids.join()); });`,
  'a debounced function that is given something': `import { debounce } from 'lodash';\n${work}export const save = debounce(async (id: string) => { await work(id); }, 100); // ! lodash/debounce wrong`,
  'a throttled one, through the default': `import _ from 'lodash';\n${work}export const save = _.throttle(async (id: string) => { await work(id); }, 100); // ! lodash/debounce wrong`,
  'a package of its own': `import debounce from 'lodash.debounce';\n${work}export const save = debounce(work, 100); // ! lodash/debounce-module wrong`,
  'a debounced function that is given nothing': `import { debounce } from 'lodash';\n${work}export const flush = debounce(async () => { await work('all'); }, 100);`,
  'a debounced function inside another': `import { debounce } from 'lodash';\n${work}export const make = () => debounce(async (id: string) => { await work(id); }, 100);`,
  'a debounced function that only computes': `import { debounce } from 'lodash';\nlet last = '';\nexport const note = debounce((x: string) => { last = x; }, 100);\nexport const get = () => last;`,
  'a debounce of one\'s own': `${work}function debounce<T extends (...a: any[]) => unknown>(fn: T, ms: number) { let t: any; return (...a: Parameters<T>) => { clearTimeout(t); t = setTimeout(() => fn(...a), ms); }; }\nexport const save = debounce(async (id: string) => { await work(id); }, 100);`,
  'a pool\'s factory makes things for nobody in particular': `import { createPool } from 'generic-pool';\n${work}export const pool = createPool({ create: async () => { await work('connect'); return {}; }, destroy: async () => {} }, { max: 2 });`,
  'a debounced function that attaches': `import { context, type Context } from '@opentelemetry/api';\nimport { debounce } from 'lodash';\n${work}export const save = debounce((id: string, at: Context) => context.with(at, () => work(id)), 100);`,
});

const emitter = `import { EventEmitter } from 'node:events';\n${work}const bus = new EventEmitter();\n`;
cases('emitters: a listener for one caller', {}, {
  'once, for a name made for this caller': `${emitter}export function wait(id: string) { bus.once(\`done:\${id}\`, async () => { await work(id); }); } // ! events/once wrong`,
  'once, for a name put together': `${emitter}export function wait(id: string) { bus.once('done:' + id, () => work(id)); } // ! events/once wrong`,
  'once, for a name in a variable': `${emitter}export function wait(id: string) { const event = \`done:\${id}\`; bus.once(event, () => work(id)); } // ! events/once wrong`,
  'a subclass': `import EventEmitter from 'events';\n${work}class Bus extends EventEmitter {}\nconst bus = new Bus();\nexport function wait(id: string) { bus.once(\`done:\${id}\`, () => work(id)); } // ! events/once wrong`,
  'eventemitter3': `import EventEmitter from 'eventemitter3';\n${work}const bus = new EventEmitter();\nexport function wait(id: string) { bus.once(\`done:\${id}\`, () => work(id)); } // ! eventemitter3/once wrong`,
});
cases('emitters: silent', {}, {
  'on': `${emitter}export function start() { bus.on('order', async (id: string) => { await work(id); }); }`,
  'on, for a name made here': `${emitter}export function start(tenant: string) { bus.on(\`order:\${tenant}\`, async (id: string) => { await work(id); }); }`,
  'once, for an event of its own name': `${emitter}export function start() { bus.once('ready', async () => { await work('x'); }); }`,
  'once that resolves': `${emitter}export const wait = (id: string) => new Promise((resolve) => { bus.once(\`done:\${id}\`, resolve); });`,
  'once that resolves with something': `${emitter}export const wait = (id: string) => new Promise((resolve) => { bus.once(\`done:\${id}\`, (x) => resolve(x)); });`,
  'once that logs': `${emitter}export function note(id: string) { bus.once(\`done:\${id}\`, () => console.log(id)); }`,
  'bound': `import { context } from '@opentelemetry/api';\n${emitter}export function wait(id: string) { bus.once(\`done:\${id}\`, context.bind(context.active(), () => work(id))); }`,
  'a signal': `${work}export function start() { process.on('SIGTERM', async () => { await work('stop'); process.exit(0); }); process.once('beforeExit', () => work('x')); }`,
  'an error of a stream': `import { createReadStream } from 'node:fs';\n${work}export function read(path: string) { createReadStream(path).on('data', (d) => void work(String(d))).once('error', (e) => void work(e.message)); }`,
  'an abort': `${work}export function run(signal: AbortSignal) { signal.addEventListener('abort', () => void work('undo'), { once: true }); }`,
  'an event target': `${work}const target = new EventTarget();\nexport function wait(id: string) { target.addEventListener(\`done:\${id}\`, () => void work(id), { once: true }); }`,
  'emit': `${emitter}export const done = (id: string) => bus.emit(\`done:\${id}\`);`,
  'mitt': `import mitt from 'mitt';\n${work}const bus = mitt();\nexport function start() { bus.on('order', () => void work('x')); }`,
  'rxjs': `import { Subject } from 'rxjs';\n${work}const s = new Subject<string>();\nexport function start() { s.subscribe((id) => void work(id)); }`,
  'events.once, awaited': `import { once, EventEmitter } from 'node:events';\n${work}export async function wait(bus: EventEmitter, id: string) { await once(bus, \`done:\${id}\`); await work(id); }`,
  'another once': `${work}const bus = { once(name: string, fn: () => unknown) { return fn(); } };\nexport function wait(id: string) { bus.once(\`done:\${id}\`, () => work(id)); }`,
  'readline': `import { createInterface } from 'node:readline';\n${work}export function start() { const rl = createInterface({ input: process.stdin }); rl.on('line', (line) => void work(line)); rl.once('close', () => void work('end')); }`,
});

cases('registries', {}, {
  'work when memory is cleaned up': `${work}export function track(x: object, id: string) { new FinalizationRegistry((id: string) => void work(id)).register(x, id); } // ! global/finalization-registry lost`,
  'a registry of the module': `${work}const registry = new FinalizationRegistry((id: string) => void work(id));\nexport function track(x: object, id: string) { registry.register(x, id); }`,
  'that only forgets': `const live = new Map<string, object>();\nexport function track(x: object) { new FinalizationRegistry((id: string) => live.delete(id)).register(x, '1'); }`,
});

const page = { runtime: 'browser' } as const;
cases('a page', page, {
  'called back once': `${work}export function f() {
  requestIdleCallback(() => void work('x')); // ! browser/request-idle-callback lost
  window.requestAnimationFrame(() => void work('x')); // ! browser/request-animation-frame lost
}`,
  'a frame that draws': `export function f(c: HTMLCanvasElement) { requestAnimationFrame(() => { c.width = 1; }); }`,
  'XMLHttpRequest': `${work}export function f(id: string) {
  const xhr = new XMLHttpRequest();
  xhr.open('GET', '/x');
  xhr.onload = () => { void work(id); }; // ! browser/xhr-onload lost
  xhr.addEventListener('load', () => void work(id)); // ! browser/xhr-load lost
  xhr.onerror = () => console.error('x');
  xhr.send();
}`,
  'XMLHttpRequest in a promise': `export const get = () => new Promise((resolve, reject) => { const xhr = new XMLHttpRequest(); xhr.onload = () => resolve(xhr.response); xhr.onerror = reject; xhr.send(); });`,
  'IndexedDB': `${work}export function f(id: string) {
  const open = indexedDB.open('notes');
  open.onsuccess = () => { void work(id); }; // ! browser/indexed-db lost
  window.indexedDB.open('x').addEventListener('success', () => void work(id)); // ! browser/indexed-db-success lost
}`,
  'IndexedDB in a promise': `export const open = () => new Promise((resolve, reject) => { const request = indexedDB.open('x'); request.onsuccess = () => resolve(request.result); request.onerror = reject; });`,
  'what opens something else': `${work}export function f(db: { open(name: string): { onsuccess?: () => void } }) { db.open('x').onsuccess = () => void work('x'); }\nexport function g(indexedDB: { open(name: string): { onsuccess?: () => void } }) { indexedDB.open('x').onsuccess = () => void work('x'); }`,
  'a task of the scheduler': `${work}export function f() {
  scheduler.postTask(() => work('x')); // ! browser/post-task lost
}`,
  'messages of other windows': `${work}export function f() { window.addEventListener('message', () => void work('x')); }`,
  'observers run again and again': `${work}export function f(el: Element) { new IntersectionObserver(() => void work('x')).observe(el); new MutationObserver(() => void work('x')).observe(el, {}); new ResizeObserver(() => void work('x')).observe(el); }`,
  'onload of an image': `${work}export function f() { const img = new Image(); img.onload = () => void work('x'); }`,
  'clicks': `${work}export function f(b: HTMLElement) { b.addEventListener('click', () => void work('x')); b.onclick = () => void work('y'); }`,
});
cases('the same in Node', { runtime: 'node' }, {
  'is not there': `${work}export function f() { requestIdleCallback(() => void work('x')); requestAnimationFrame(() => void work('x')); }`,
} satisfies Record<string, string | Files>);
