import { cases } from './harness.ts';

const work = `async function work(id?: string) { await fetch('https://example.com/' + id); }\n`;

cases('run queues: a function that something else takes out and calls', {}, {
  'filled in a test': { 'src/a.test.ts': `import { it } from 'vitest';\n${work}it('runs', async () => {\n  const jobs: (() => Promise<void>)[] = [];\n  const submit = (id: string) => { jobs.push(() => work(id)); };\n  const drain = async () => { for (let job; (job = jobs.shift());) await job(); };\n  submit('a');\n  await drain();\n});` },
  'filled in a function called it, of one\'s own': `import { it } from './steps.ts';\n${work}const jobs: (() => Promise<void>)[] = [];\nexport const plan = it('runs', async (id: string) => { jobs.push(() => work(id)); }); // ! array/push-callback wrong\nexport async function drain() { await jobs.shift()!(); }`,
  'array of functions, drained by another function': `${work}const jobs: (() => Promise<void>)[] = [];
export function submit(id: string) { jobs.push(() => work(id)); } // ! array/push-callback wrong
export async function drain() { while (jobs.length) { const job = jobs.shift()!; await job(); } }`,
  'called at once': `${work}const jobs: (() => Promise<void>)[] = [];
export function submit(id: string) { jobs.push(() => work(id)); } // ! array/push-callback wrong
export async function drain() { await jobs.shift()!(); }`,
  'called optionally': `${work}const jobs: (() => Promise<void>)[] = [];
export function submit(id: string) { jobs.push(() => work(id)); } // ! array/push-callback wrong
export function drain() { void jobs.shift()?.(); }`,
  'unshift and pop': `${work}const jobs: (() => Promise<void>)[] = [];
export function submit(id: string) { jobs.unshift(async () => { await work(id); }); } // ! array/push-callback wrong
export function drain() { let job; while ((job = jobs.pop())) void job(); }`,
  'a batch by splice': `${work}const jobs: (() => Promise<void>)[] = [];
export function submit(id: string) { jobs.push(() => work(id)); } // ! array/push-callback wrong
export function drain() { const batch = jobs.splice(0, 10); for (const job of batch) void job(); }`,
  'for of a splice': `${work}const jobs: (() => Promise<void>)[] = [];
export function submit(id: string) { jobs.push(() => work(id)); } // ! array/push-callback wrong
export function drain() { for (const job of jobs.splice(0)) void job(); }`,
  'a batch by splice, with forEach': `${work}const jobs: (() => Promise<void>)[] = [];
export function submit(id: string) { jobs.push(() => work(id)); } // ! array/push-callback wrong
export function drain() { jobs.splice(0).forEach((job) => void job()); }`,
  'a batch by splice, in Promise.all': `${work}const jobs: (() => Promise<void>)[] = [];
export function submit(id: string) { jobs.push(() => work(id)); } // ! array/push-callback wrong
export async function drain() { await Promise.all(jobs.splice(0, 5).map((job) => job())); }`,
  '{ run, resolve } items': `${work}const queue: { run: () => Promise<void>; resolve: (x: unknown) => void }[] = [];
export const submit = (id: string) => new Promise((resolve) => { queue.push({ run: () => work(id), resolve }); }); // ! array/push-callback wrong
export async function drain() { const item = queue.shift()!; item.resolve(await item.run()); }`,
  'items taken apart': `${work}const queue: { task: () => Promise<void>; resolve: (x: unknown) => void }[] = [];
export const submit = (id: string) => new Promise((resolve) => { queue.push({ task: () => work(id), resolve }); }); // ! array/push-callback wrong
export async function drain() { const { task, resolve } = queue.shift()!; resolve(await task()); }`,
  'the function is a parameter': `const queue: { fn: () => Promise<unknown>; resolve: (x: unknown) => void }[] = [];
export const submit = (fn: () => Promise<unknown>) => new Promise((resolve) => { queue.push({ fn, resolve }); }); // ! array/push-callback wrong
export async function drain() { const item = queue.shift()!; item.resolve(await item.fn()); }`,
  'a class with a field': `export class Limiter {
  private queue: (() => Promise<void>)[] = [];
  private active = 0;
  add(fn: () => Promise<void>) { this.queue.push(fn); this.next(); } // ! array/push-callback wrong
  private next() { const fn = this.queue.shift(); if (fn) { this.active++; fn().finally(() => { this.active--; this.next(); }); } }
}`,
  'a class with a private field': `export class Limiter {
  #queue: (() => Promise<void>)[] = [];
  add(fn: () => Promise<void>) { this.#queue.push(fn); void this.#next(); } // ! array/push-callback wrong
  async #next() { const fn = this.#queue.shift(); await fn?.(); }
}`,
  'run by call and apply': `${work}const jobs: (() => Promise<void>)[] = [];
export function submit(id: string) { jobs.push(() => work(id)); } // ! array/push-callback wrong
export function drain() { const job = jobs.shift(); job?.call(undefined); }`,
});

cases('run queues: silent', {}, {
  'a semaphore': `const waiting: (() => void)[] = [];\nlet free = 2;
export async function acquire() { if (free > 0) { free--; return; } await new Promise<void>((resolve) => waiting.push(resolve)); }
export function release() { const next = waiting.shift(); if (next) next(); else free++; }`,
  'a semaphore in a class': `export class Semaphore {
  private waiting: (() => void)[] = [];
  acquire() { return new Promise<void>((resolve) => { this.waiting.push(resolve); }); }
  release() { this.waiting.shift()?.(); }
}`,
  'a semaphore that wraps resolve': `const waiting: (() => void)[] = [];\nlet active = 0;
export const acquire = () => new Promise<void>((resolve) => { waiting.push(() => { active++; resolve(); }); });
export function release() { active--; waiting.shift()?.(); }`,
  '{ resolve, reject } of waiting consumers': `const waiting: { resolve: (x: string) => void; reject: (e: Error) => void }[] = [];
export const next = () => new Promise<string>((resolve, reject) => { waiting.push({ resolve, reject }); });
export function give(x: string) { waiting.shift()?.resolve(x); }`,
  'subscribers': `const listeners: ((x: string) => void)[] = [];
export function subscribe(fn: (x: string) => void) { listeners.push(fn); return () => listeners.splice(listeners.indexOf(fn), 1); }
export function emit(x: string) { for (const fn of listeners) fn(x); }`,
  'hooks at exit': `const hooks: (() => Promise<void>)[] = [];\nexport function onExit(fn: () => Promise<void>) { hooks.push(fn); }\nexport async function exit() { for (const hook of hooks.reverse()) await hook(); }`,
  'a local array, filled and drained by one function': `${work}export async function all(ids: string[]) {
  const jobs: (() => Promise<void>)[] = [];
  for (const id of ids) jobs.push(() => work(id));
  while (jobs.length) await jobs.shift()!();
}`,
  'a priority queue of data': `const heap: { id: string; priority: number }[] = [];
export function push(id: string, priority: number) { heap.push({ id, priority }); heap.sort((a, b) => a.priority - b.priority); }
export function pop() { return heap.shift(); }`,
  'data that is worked on when it is taken out': `${work}const ids: string[] = [];\nexport function submit(id: string) { ids.push(id); }\nexport async function drain() { for (let id = ids.shift(); id; id = ids.shift()) await work(id); }`,
  'an undo stack of state': `const stack: object[] = [];\nexport function push(x: object) { stack.push(x); }\nexport function undo() { const last = stack.pop(); return last && structuredClone(last); }`,
  'two arrays of one name': `${work}export function a() { const jobs: (() => unknown)[] = []; jobs.push(() => work()); return jobs; }\nexport function b() { const jobs: (() => unknown)[] = []; return jobs.shift()?.(); }`,
  'at module scope': `${work}const jobs: (() => Promise<void>)[] = [];\njobs.push(() => work('a'));\nexport function drain() { void jobs.shift()?.(); }`,
  'bound already': `import { context } from '@opentelemetry/api';\n${work}const jobs: (() => Promise<void>)[] = [];
export function submit(id: string) { jobs.push(context.bind(context.active(), () => work(id))); }
export function drain() { void jobs.shift()?.(); }`,
  'bound already, in an item': `import { AsyncResource } from 'node:async_hooks';\n${work}const jobs: { run: () => unknown }[] = [];
export function submit(id: string) { jobs.push({ run: AsyncResource.bind(() => work(id)) }); }
export function drain() { jobs.shift()?.run(); }`,
  'another array is drained': `${work}const a: (() => unknown)[] = [];\nconst b: (() => unknown)[] = [];\nexport function submit() { a.push(() => work()); }\nexport function drain() { b.shift()?.(); }`,
  'visitors': `const stack: { visit(): void }[] = [];\nexport function walk(node: { visit(): void }) { stack.push(node); }\nexport function next() { stack.pop()?.visit(); }`,
  'what is undone at the end': `${work}const cleanups: (() => Promise<void>)[] = [];\nexport function f(id: string) { cleanups.push(() => work(id)); }\nexport async function g() { for (const undo of cleanups.splice(0)) await undo(); }`,
  'a registry of disposables, by what is pushed': `type End = (() => Promise<void>) | { dispose: () => void };\nconst registry: End[] = [];\nexport function register(disposable: End) { registry.push(disposable); }\nexport async function endAll() { for (const end of registry.splice(0)) if (typeof end === 'function') await end(); }`,
  'a registry of disposables, by its function': `const registry: (() => Promise<void>)[] = [];\nexport function onCleanup(fn: () => Promise<void>) { registry.push(fn); }\nexport async function endAll() { for (const end of registry.splice(0)) await end(); }`,
  'cleanup that only clears': `const cleanups: (() => void)[] = [];\nexport function f(id: number) { cleanups.push(() => clearTimeout(id)); }\nexport function g() { cleanups.pop()?.(); }`,
});

const wrong = ' // ! array/push-callback wrong unsupported-shape';
/** A team that stores runs by id and starts them from whichever run ends. */
const team = (store: string, take: string, code = '', more = ''): string => `interface Run { id: string; message: string; status: string }
export class Team {
  private readonly runs = new Map<string, Run>();
  private readonly queue: string[] = [];
  private active = 0;
  submit(message: string) {
    const id = String(Math.random());
    ${store}${code}
    this.dispatch();
  }
  private dispatch() {
    while (this.active < 4 && this.queue.length > 0) {
      ${take}
    }
  }
  private async execute(run: Run) { this.active++; await fetch('https://example.com', { method: 'POST', body: run.message }); this.active--; this.dispatch(); }
  ${more}
}`;
const started = `const id = this.queue.shift()!; const run = this.runs.get(id); if (run) void this.execute(run);`;

cases('run queues: keys of runs that are stored beside them', {}, {
  'shift and look up': team(`this.runs.set(id, { id, message, status: 'queued' }); this.queue.push(id);`, started, wrong),
  'the record in a variable': team(`const run = { id, message, status: 'queued' }; this.runs.set(id, run); this.queue.push(id);`, started, wrong),
  'splice, taken apart': team(`this.runs.set(id, { id, message, status: 'queued' }); this.queue.push(id);`, `const [id] = this.queue.splice(0, 1); const run = id ? this.runs.get(id) : undefined; if (run) void this.execute(run);`, wrong),
  'looked up where it is started': team(`this.runs.set(id, { id, message, status: 'queued' }); this.queue.push(id);`, `const id = this.queue.shift()!; void this.execute(this.runs.get(id)!);`, wrong),
  'by the record\'s own id': team(`const run = { id, message, status: 'queued' }; this.runs.set(run.id, run); this.queue.push(run.id);`, started, wrong),
  'at the head': team(`this.runs.set(id, { id, message, status: 'queued' }); this.queue.unshift(id);`, `const id = this.queue.pop()!; const run = this.runs.get(id)!; void this.execute(run);`, wrong),
  'an object as the map': `const runs: Record<string, { message: string }> = {};\nconst queue: string[] = [];
async function execute(run: { message: string }) { await fetch('https://example.com/' + run.message); }
export function submit(id: string, message: string) { runs[id] = { message }; queue.push(id); } // ! array/push-callback wrong unsupported-shape
export function dispatch() { const id = queue.shift()!; void execute(runs[id]!); }`,
  'the record runs itself': `class Run { constructor(private message: string) {} async start() { await fetch('https://example.com/' + this.message); } }
const runs = new Map<string, Run>();\nconst queue: string[] = [];
export function submit(id: string, message: string) { runs.set(id, new Run(message)); queue.push(id); } // ! array/push-callback wrong unsupported-shape
export function dispatch() { const id = queue.shift()!; const run = runs.get(id); void run?.start(); }`,
});

cases('run queues: keys that start nothing', {}, {
  'queued again': team(`this.runs.set(id, { id, message, status: 'queued' });`, started, '', `retry(id: string) { const run = this.runs.get(id); if (run) { run.status = 'queued'; this.queue.push(id); } }`),
  'the caller waits': `const tasks = new Map<number, { message: string; resolve(x: unknown): void }>();\nconst queue: number[] = [];\nlet next = 0;
async function execute(task: { message: string; resolve(x: unknown): void }) { task.resolve(await fetch('https://example.com/' + task.message)); }
export const submit = (message: string) => new Promise((resolve) => { const id = next++; tasks.set(id, { message, resolve }); queue.push(id); drain(); });
function drain() { const id = queue.shift()!; const task = tasks.get(id); if (task) void execute(task); }`,
  'looked up and only read': team(`this.runs.set(id, { id, message, status: 'queued' }); this.queue.push(id);`, `const id = this.queue.shift()!; const run = this.runs.get(id); if (run) run.status = 'gone';`),
  'given to a function that does not start anything': team(`this.runs.set(id, { id, message, status: 'queued' }); this.queue.push(id);`, `const id = this.queue.shift()!; const run = this.runs.get(id); if (run) this.forget(run);`, '', `private forget(run: Run) { this.runs.delete(run.id); }`),
  'stored under another key': team(`this.runs.set(message, { id, message, status: 'queued' }); this.queue.push(id);`, started),
  'looked up in another map': team(`this.runs.set(id, { id, message, status: 'queued' }); this.queue.push(id);`, `const id = this.queue.shift()!; const run = this.others.get(id); if (run) void this.execute(run);`, '', `private readonly others = new Map<string, Run>();`),
  'the value is no record': `const seen = new Map<string, number>();\nconst queue: string[] = [];
async function execute(n: number) { await fetch('https://example.com/' + n); }
export function visit(id: string) { seen.set(id, 1); queue.push(id); }
export function next() { const id = queue.shift()!; void execute(seen.get(id)!); }`,
  'a search, drained where it is filled': `export async function search(start: string, edges: Map<string, string[]>) {
  const seen = new Map<string, { id: string }>();\n  const queue = [start];
  while (queue.length > 0) { const id = queue.shift()!; for (const to of edges.get(id) ?? []) { seen.set(to, { id: to }); queue.push(to); } }
  return seen;
}`,
  'a least recently used list': `const values = new Map<string, { v: string }>();\nconst order: string[] = [];
export function put(id: string, v: string) { values.set(id, { v }); order.push(id); if (order.length > 10) evict(); }
function evict() { const id = order.shift()!; values.delete(id); }`,
  'the context kept in the record': `import { context } from '@opentelemetry/api';\n${team(`this.runs.set(id, { id, message, status: 'queued', ctx: context.active() } as Run); this.queue.push(id);`, started)}`,
  'a carrier kept in the record': `import { context, propagation } from '@opentelemetry/api';\n${team(`const carrier = {}; propagation.inject(context.active(), carrier); const run = { id, message, status: 'queued', carrier }; this.runs.set(id, run); this.queue.push(id);`, started)}`,
});
