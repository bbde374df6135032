import { cases, type Files } from './harness.ts';

const node = { runtime: 'node' } as const;
const browser = { runtime: 'browser' } as const;
const zone = { runtime: 'browser-zone' } as const;
const portable = { runtime: 'portable' } as const;
const work = `async function work() { await fetch('https://example.com'); }\n`;

cases('timers: Node keeps the context', node, {
  'all of them': `${work}export function f() {\n  setTimeout(work, 10);\n  setImmediate(work);\n  queueMicrotask(work);\n  process.nextTick(work);\n  setInterval(work, 10);\n}`,
  'imported': `import { setTimeout as later, setImmediate } from 'node:timers';\n${work}export function f() { later(work, 1); setImmediate(work); }`,
  'nextTick, imported': `import { nextTick } from 'node:process';\nimport process from 'node:process';\n${work}export function f() { nextTick(work); process.nextTick(work); }`,
});

cases('timers: strict asks for a capture even in Node', { ...node, strict: true }, {
  'all of them': `${work}export function f() {
  setTimeout(work, 10); // ! timers/set-timeout lost
  setImmediate(work); // ! timers/set-immediate lost
  queueMicrotask(work); // ! timers/queue-microtask lost
  process.nextTick(work); // ! timers/next-tick lost
  setInterval(work, 10);
}`,
  'through a namespace and a default': `import * as timers from 'node:timers';\nimport proc from 'node:process';\n${work}export function f() {
  timers.setTimeout(work, 1); // ! timers/set-timeout lost
  proc.nextTick(work); // ! timers/next-tick lost
}`,
  'AsyncResource.bind keeps it in Node': `import { AsyncResource, AsyncLocalStorage } from 'node:async_hooks';\n${work}export function f() {\n  setTimeout(AsyncResource.bind(work), 1);\n  setTimeout(AsyncLocalStorage.bind(work), 1);\n  const run = AsyncLocalStorage.snapshot();\n  setTimeout(() => run(work), 1);\n}`,
  'what is silent stays so': `export const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));`,
});

cases('timers: a browser\'s context manager loses it', browser, {
  'all of them': `${work}export function f() {
  setTimeout(work, 10); // ! timers/set-timeout lost
  queueMicrotask(work); // ! timers/queue-microtask lost
  setInterval(work, 10);
}`,
  'through window and globalThis': `${work}export function f() {
  window.setTimeout(work, 10); // ! timers/set-timeout lost
  globalThis.queueMicrotask(work); // ! timers/queue-microtask lost
  self.setTimeout(() => work(), 1); // ! timers/set-timeout lost
}`,
  'alias': `${work}const later = setTimeout;\nexport function f() { later(work, 10); } // ! timers/set-timeout lost`,
  'class method': `export class A {\n  async load() { await fetch('https://example.com'); }\n  f() { setTimeout(() => this.load(), 1); } // ! timers/set-timeout lost\n  g() { setTimeout(this.load.bind(this), 1); } // ! timers/set-timeout lost\n}`,
  'function expression and arguments': `${work}export function f() { setTimeout(function () { void work(); }, 10, 1); } // ! timers/set-timeout lost`,
  'async arrow': `export function f() { setTimeout(async () => { await fetch('https://example.com'); }, 1); } // ! timers/set-timeout lost`,
  'a function of another file': { 'src/work.ts': `export async function work() { await fetch('https://example.com'); }`, 'src/a.ts': `import { work } from './work';\nexport function f() { setTimeout(() => void work(), 1); } // ! timers/set-timeout lost` },
  'work through two calls': `${work}function twice() { once(); }\nfunction once() { void work(); }\nexport function f() { setTimeout(twice, 1); } // ! timers/set-timeout lost`,
  'at module scope there is no context': `${work}setTimeout(work, 10);\nqueueMicrotask(() => work());\nif (Math.random() > 1) setInterval(work, 1);`,
  'in a static block and a field\'s initialiser': `${work}export class A { static { setTimeout(work, 1); } }`,
  'retry with a backoff': `export function f(attempts: number): void {
  fetch('https://example.com').catch(() => { if (attempts > 0) setTimeout(() => f(attempts - 1), 100); }); // ! timers/set-timeout lost
}`,
  'reschedules itself': `export function poll() {
  void fetch('https://example.com');
  setTimeout(poll, 1000); // ! timers/set-timeout lost recurring
}`,
  'reschedules itself through an arrow': `export async function poll() {
  await fetch('https://example.com');
  setTimeout(() => poll(), 1000); // ! timers/set-timeout lost recurring
}`,
  'reschedules itself as a method': `export class P {
  async poll() {
    await fetch('https://example.com');
    setTimeout(() => void this.poll(), 1000); // ! timers/set-timeout lost recurring
  }
}`,
  'two timers, one bound': `import { context } from '@opentelemetry/api';\n${work}export function f() {\n  setTimeout(context.bind(context.active(), work), 1);\n  setTimeout(work, 1); // ! timers/set-timeout lost\n}`,
});

cases('timers: nothing worth a span', browser, {
  'sleep': `export const sleep = (ms: number) => new Promise((r) => setTimeout(r, ms));`,
  'sleep in a block': `export const sleep = (ms: number) => new Promise<void>((resolve) => { setTimeout(() => { resolve(); }, ms); });`,
  'deadline': `export const race = <T>(p: Promise<T>) => Promise.race([p, new Promise<never>((_, reject) => setTimeout(() => reject(new Error('late')), 10))]);`,
  'abort': `export function f() { const c = new AbortController(); setTimeout(() => c.abort(), 10); return c.signal; }`,
  'clear': `export function f(id: number) { setTimeout(() => clearInterval(id), 10); }`,
  'log': `export function f() { setTimeout(() => console.log('late'), 10); }`,
  'logger': `declare const logger: { warn(x: string): void };\nexport function f() { setTimeout(() => logger.warn('late'), 10); }`,
  'kill': `export function f(child: { kill(x: string): void }) { setTimeout(() => { child.kill('SIGKILL'); }, 10); }`,
  'counter': `let open = 0;\nexport function f() { open++; setTimeout(() => { open--; }, 10); }`,
  'flag and map': `const seen = new Map<string, number>();\nexport function f(id: string) { setTimeout(() => { seen.delete(id); }, 10); }`,
  'state': `export function f(setOpen: (x: boolean) => void) { setTimeout(() => setOpen(false), 10); }`,
  'empty': `export function f() { setTimeout(() => {}, 10); }`,
  'no callback': `export function f() { (setTimeout as any)(); }`,
  'Deferred': `class Deferred { resolve!: () => void; promise = new Promise<void>((r) => { this.resolve = r; }); }\nexport function f(d: Deferred) { setTimeout(d.resolve, 10); queueMicrotask(() => d.resolve()); }`,
});

cases('timers: bound already', browser, {
  'context.bind': `import { context } from '@opentelemetry/api';\n${work}export const f = () => setTimeout(context.bind(context.active(), work), 1);`,
  'context.bind of an import of the whole': `import * as otel from '@opentelemetry/api';\n${work}export const f = () => setTimeout(otel.context.bind(otel.context.active(), work), 1);`,
  'context.bind of an alias': `import { context as ctx } from '@opentelemetry/api';\n${work}export const f = () => setTimeout(ctx.bind(ctx.active(), work), 1);`,
  'context.bind of the default': `import api from '@opentelemetry/api';\n${work}export const f = () => setTimeout(api.context.bind(api.context.active(), work), 1);`,
  'bound before': `import { context } from '@opentelemetry/api';\n${work}export function f() { const bound = context.bind(context.active(), work); setTimeout(bound, 1); }`,
  'context.with inside': `import { context } from '@opentelemetry/api';\n${work}export function f() { const active = context.active(); setTimeout(() => context.with(active, work), 1); }`,
  'context.with inside a block': `import { context } from '@opentelemetry/api';\n${work}export function f() { const active = context.active(); setTimeout(() => { context.with(active, () => { void work(); }); }, 1); }`,
  'another bind is none': `${work}const context = { bind: (_: unknown, fn: () => void) => fn, active: () => 0 };\nexport const f = () => setTimeout(context.bind(context.active(), work), 1); // ! timers/set-timeout lost`,
  'AsyncLocalStorage is Node\'s': `import { AsyncLocalStorage } from 'node:async_hooks';\n${work}export const f = () => setTimeout(AsyncLocalStorage.bind(work), 1); // ! timers/set-timeout lost`,
  'the project\'s own helper': `import { captured } from './own.ts';\n${work}export const f = () => setTimeout(captured(work), 1); // ! timers/set-timeout lost`,
});

cases('timers: the project\'s own helper, from the configuration', { ...browser, config: { carriers: { extract: ['captured'] } } }, {
  'by name': `import { captured } from './own.ts';\n${work}export const f = () => setTimeout(captured(work), 1);`,
});

cases('timers: zone.js keeps what it patches', zone, {
  'but not nextTick': `${work}export function f() {\n  setTimeout(work, 10);\n  queueMicrotask(work);\n  setInterval(work, 1);\n  process.nextTick(work); // ! timers/next-tick lost\n}`,
});

cases('timers: portable code is warned', portable, {
  'setTimeout': `${work}export function f() { setTimeout(work, 10); } // ! timers/set-timeout lost`,
});

const spa = (more: object): Files => ({ 'package.json': { name: 'spa', dependencies: { 'react-dom': '19.0.0', ...more } } });
const component = `${work}export function f() { setTimeout(work, 10); }`;

cases('timers: the runtime is read from the package', {}, {
  'browser without an SDK': { ...spa({}), 'src/a.ts': component },
  'browser with an SDK': { ...spa({ '@opentelemetry/sdk-trace-web': '2.0.0' }), 'src/a.ts': `${component} // ! timers/set-timeout lost` },
  'Node package': { 'src/a.ts': component },
  'nothing tells': { 'package.json': { name: 'lib' }, 'src/a.ts': `${component} // ! timers/set-timeout lost` },
  'no package.json at all': { 'package.json': {}, 'src/a.ts': `${component} // ! timers/set-timeout lost` },
  'use client in a package with a server': { 'package.json': { name: 'web', dependencies: { next: '15', 'react-dom': '19', '@opentelemetry/sdk-trace-web': '2.0.0' } }, 'src/a.ts': `'use client';\n${component} // ! timers/set-timeout lost`, 'src/b.ts': component },
});

cases('timers: shadowed and homonymous', browser, {
  'setTimeout of one\'s own': `${work}function setTimeout(fn: () => void, _: number) { fn(); }\nexport function f() { setTimeout(work, 1); }`,
  'setTimeout as a parameter': `${work}export function f(setTimeout: (fn: () => void, ms: number) => void) { setTimeout(work, 1); }`,
  'setTimeout as a property': `${work}export function f(clock: { setTimeout(fn: () => void, ms: number): void }) { clock.setTimeout(work, 1); }`,
  'setTimeout of a fake-timer library': `import { setTimeout } from '@sinonjs/fake-timers';\n${work}export function f() { setTimeout(work, 1); }`,
  'process of one\'s own': `${work}const process = { nextTick: (fn: () => void) => fn() };\nexport function f() { process.nextTick(work); }`,
  'nextTick of Vue': `import { nextTick } from 'vue';\n${work}export function f() { nextTick(work); }`,
});

const drawing = { runtime: 'browser', file: 'src/a.tsx' } as const;
const lost = ' // ! timers/set-timeout lost';
cases('timers: in what draws a page', drawing, {
  'a state to set': `export function Saved({ onDone }: any) { const close = () => setTimeout(onDone, 300); return <button onClick={close} />; }`,
  'what is fetched again': `import { api } from './api';\nexport function useRows() { const { refetch } = api.useQuery(); return { later: () => setTimeout(() => { void refetch(); }, 300) }; }`,
  'a name that says little': `export function Row({ save }: any) { return <i onClick={() => { setTimeout(() => save.send(), 1); }} />; }`,
  'a request': `export function Row() { return <i onClick={() => { setTimeout(() => fetch('https://example.com'), 1); }} />; }${lost}`,
  'a request through a function': `const load = () => fetch('https://example.com');\nexport function useRow() { return { load: () => setTimeout(() => void load(), 1) }; }${lost}`,
  'a request by a library': `import axios from 'axios';\nexport function useRow() { return { load: () => setTimeout(() => { void axios.get('https://example.com'); }, 1) }; }${lost}`,
  'a request in an effect': `import { useEffect } from 'react';\nexport function Row({ q }: any) { useEffect(() => { const t = setTimeout(() => fetch('https://example.com/' + q), 300); return () => clearTimeout(t); }, [q]); return <i />; }`,
  'a class': `import React from 'react';\nexport class Row extends React.Component { close() { setTimeout(() => this.props.store.save(), 1); } }`,
  'a class of another kind': `export class Row { constructor(readonly store: any) {} close() { setTimeout(() => this.store.save(), 1); } }${lost}`,
  'beside what draws': `export const Row = () => <i />;\nexport function close(store: any) { setTimeout(() => store.save(), 1); }${lost}`,
});

const page = { runtime: 'browser' } as const;
cases('timers: in a page', page, {
  'what looks at the page again': `export function f(labels: any) { const done = document.querySelector('b'); setTimeout(() => labels.rewrite(done), 50); labels.save(); }`,
  'a request in what touches the page': `export function f() { document.body.append('x'); setTimeout(() => fetch('https://example.com'), 50); }${lost}`,
  'a look that goes on by itself': `declare const frame: any;\nexport async function poll() {\n  if (await frame.evaluate('ready')) return;\n  setTimeout(() => void poll(), 50);\n}`,
  'a name that says that something is done': `export function f(store: any) { setTimeout(() => store.save(), 50); }${lost}`,
});

cases('timers: in a test', { runtime: 'browser', tests: true }, {
  'a helper of the tests': { 'test/wait.ts': `${work}export function f() { setTimeout(work, 10); }`, 'src/a.ts': `${work}export function f() { setTimeout(work, 10); }${lost}` },
});
