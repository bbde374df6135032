/** Pools, proxies, ports and a page's workers. */
import { cases, type Files } from './harness.ts';

const doing = `export default async function run(task: { url: string }) { const r = await fetch(task.url); return r.text(); }`;
const computing = `export default function run(task: { n: number }) { let sum = 0; for (let i = 0; i < task.n; i++) sum += Math.sqrt(i); return sum; }`;
const pool = (a: string, worker = doing): Files => ({ 'src/worker.ts': worker, 'src/a.ts': a });
const piscina = `import { Piscina } from 'piscina';\nconst pool = new Piscina({ filename: new URL('./worker.js', import.meta.url).href });\n`;
const tinypool = `import Tinypool from 'tinypool';\nconst pool = new Tinypool({ filename: new URL('./worker.js', import.meta.url).href });\n`;

cases('pools: a task in a thread', {}, {
  'piscina': pool(`${piscina}export const load = (url: string) => pool.run({ url }); // ! piscina/run lost`),
  'piscina by its default': pool(`import Piscina from 'piscina';\nimport { resolve } from 'node:path';\nconst pool = new Piscina({ filename: resolve(__dirname, 'worker.js') });\nexport const load = (url: string) => pool.run({ url }); // ! piscina/run lost`),
  'piscina in a field': pool(`import Piscina from 'piscina';\nexport class Loader {\n  private readonly pool = new Piscina({ filename: new URL('./worker.js', import.meta.url).href, maxThreads: 2 });\n  load(url: string) { return this.pool.run({ url }); } // ! piscina/run lost\n}`),
  'piscina, its old name': pool(`${piscina}export const load = (url: string) => pool.runTask({ url }); // ! piscina/run lost`),
  'piscina, a named function': pool(`${piscina}export const load = (url: string) => pool.run({ url }, { name: 'load' }); // ! piscina/run lost`, `export async function load(task: { url: string }) { await fetch(task.url); }`),
  'piscina in CommonJS': { 'src/worker.cjs': `module.exports = async ({ url }) => { await fetch(url); };`, 'src/a.cjs': `const Piscina = require('piscina');\nconst path = require('path');\nconst pool = new Piscina({ filename: path.resolve(__dirname, 'worker.cjs') });\nexports.load = (url) => pool.run({ url }); // ! piscina/run lost` },
  'tinypool': pool(`${tinypool}export const load = (url: string) => pool.run({ url }); // ! tinypool/run lost`),
  'workerpool': pool(`import workerpool from 'workerpool';\nconst pool = workerpool.pool(__dirname + '/worker.js');\nexport const load = (url: string) => pool.exec('load', [url]); // ! workerpool/exec lost`, `import workerpool from 'workerpool';\nasync function load(url: string) { await fetch(url); }\nworkerpool.worker({ load });`),
  'comlink': pool(`import { wrap } from 'comlink';\nimport { Worker } from 'node:worker_threads';\nconst api = wrap<any>(new Worker(new URL('./worker.js', import.meta.url)) as never);\nexport const load = (url: string) => api.load(url); // ! comlink/call lost`, `import { expose } from 'comlink';\nexpose({ async load(url: string) { await fetch(url); } });`),
  'comlink through a variable': pool(`import * as Comlink from 'comlink';\nconst worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });\nconst api = Comlink.wrap<any>(worker);\nexport async function load(url: string) { return await api.load(url); } // ! comlink/call lost`, `import * as Comlink from 'comlink';\nComlink.expose({ async load(url: string) { await fetch(url); } });`),
  'threads': pool(`import { spawn, Worker } from 'threads';\nexport async function load(url: string) {\n  const api = await spawn(new Worker('./worker'));\n  return api.load(url); // ! threads/call lost\n}`, `import { expose } from 'threads/worker';\nexpose({ async load(url: string) { await fetch(url); } });`),
  'threads, ChainSafe\'s fork': pool(`import { spawn, Worker } from '@chainsafe/threads';\nexport async function load(url: string) {\n  const api = await spawn(new Worker('./worker'));\n  return api.load(url); // ! chainsafe-threads/call lost\n}`, `import { expose } from '@chainsafe/threads/worker';\nexpose({ async load(url: string) { await fetch(url); } });`),
  'threads, ChainSafe\'s fork, that computes': pool(`import { spawn, Worker } from '@chainsafe/threads';\nexport async function sum(n: number) {\n  const api = await spawn(new Worker('./worker'));\n  return api.sum(n);\n}`, `import { expose } from '@chainsafe/threads/worker';\nexpose({ sum(n: number) { return n * 2; } });`),
  'jest-worker': pool(`import { Worker } from 'jest-worker';\nconst worker = new Worker(new URL('./worker.js', import.meta.url).pathname) as any;\nexport const load = (url: string) => worker.load(url); // ! jest-worker/call lost`, `export async function load(url: string) { await fetch(url); }`),
});

const api = `import { expose } from 'threads/worker';
const links = { get: (id: string) => id };
const served = {
  load: async (url: string) => { const r = await fetch(url); return r.text(); },
  name: (id: string) => links.get(id),
  async close() { await fetch('https://example.com/bye'); },
  scrapeMetrics: async () => { await fetch('https://example.com/metrics'); },
};
expose(served);`;
const held = (call: string, verdict?: string, made = `spawn<Api>(new Worker('./worker'))`): Files => pool(`import { spawn, Worker, type ModuleThread } from 'threads';
interface Api { [name: string]: (x?: string) => unknown }
export class Loader {
  constructor(private readonly api: ModuleThread<Api>) {}
  static async start() { const api = await ${made}; return new Loader(api as never); }
  ask(x: string) { return ${call}; }${verdict ? ` // ! threads/call ${verdict}` : ''}
}`, api);
cases('pools: what a proxy calls there', {}, {
  'a function that asks': held('this.api.load(x)', 'lost'),
  'a function that computes': held(`this.api.name(x)`),
  'its end': held(`this.api.close()`),
  'its metrics': held(`this.api.scrapeMetrics()`),
  'a function that is not in sight': held('this.api.other(x)', 'lost'),
  'one of two workers': held(`this.api.load(x)`, undefined, `(Math.random() > 1 ? spawn<Api>(new Worker('./worker')) : spawn<Api>(new Worker('./other')))`),
});

cases('pools: silent', {}, {
  'a worker that only computes': pool(`${piscina}export const sum = (n: number) => pool.run({ n });`, computing),
  'a worker of tinypool that only computes': pool(`${tinypool}export const sum = (n: number) => pool.run({ n });`, computing),
  'a worker that is not in sight': `import { Piscina } from 'piscina';\nconst pool = new Piscina({ filename: process.env.WORKER! });\nexport const load = (url: string) => pool.run({ url });`,
  'at module scope': pool(`${piscina}await pool.run({ url: 'https://example.com' });`),
  'carried in the task': pool(`import { context, propagation } from '@opentelemetry/api';\n${piscina}export function load(url: string) { const _otel = {}; propagation.inject(context.active(), _otel); return pool.run({ url, _otel }); }`),
  'other members': pool(`${piscina}export const stop = () => pool.destroy();\nexport const size = () => pool.queueSize;`),
  'the pool itself': pool(`import { Piscina } from 'piscina';\nexport const make = () => new Piscina({ filename: new URL('./worker.js', import.meta.url).href });`),
  'a pool of the repo': `class Piscina { constructor(readonly o: object) {} async run(x: object) { return x; } }\nconst pool = new Piscina({ filename: './worker.js' });\nexport const load = (url: string) => pool.run({ url });`,
  'comlink, released': pool(`import { wrap, releaseProxy } from 'comlink';\nconst worker = new Worker(new URL('./worker.js', import.meta.url));\nconst api = wrap<any>(worker);\nexport const stop = () => { api[releaseProxy](); worker.terminate(); };`),
  'comlink of a worker that computes': pool(`import { wrap } from 'comlink';\nconst api = wrap<any>(new Worker(new URL('./worker.js', import.meta.url)));\nexport const add = (a: number) => api.add(a);`, `import { expose } from 'comlink';\nexpose({ add: (a: number) => a + 1 });`),
  'piscina that minifies': pool(`${piscina}export const minify = (code: string) => pool.run({ code });`, `import { minify } from 'terser';\nexport default async function run(task: { code: string }) { return await minify(task.code); }`),
  'workerpool that hashes': pool(`import workerpool from 'workerpool';\nconst pool = workerpool.pool(__dirname + '/worker.js');\nexport const hash = (password: string) => pool.exec('hash', [password]);`, `import workerpool from 'workerpool';\nimport bcrypt from 'bcryptjs';\nasync function hash(password: string) { return bcrypt.hash(password, await bcrypt.genSalt(10)); }\nworkerpool.worker({ hash });`),
  'workerpool with a function': `import workerpool from 'workerpool';\nconst pool = workerpool.pool();\nexport const add = (a: number) => pool.exec((x: number) => x + 1, [a]);`,
  'jest-worker, ended': pool(`import { Worker } from 'jest-worker';\nconst worker = new Worker(new URL('./worker.js', import.meta.url).pathname);\nexport const stop = () => worker.end();`),
  'a regular expression': `${piscina}const re = /x/g;\nexport const find = (s: string) => re.exec(s);\nvoid pool;`,
  'run of something else': `import { Piscina } from 'piscina';\nexport const type = Piscina;\nconst runner = { run: (x: object) => x };\nexport const f = () => runner.run({ url: 'x' });`,
});

const thread = `import { parentPort } from 'node:worker_threads';\nparentPort!.once('message', async (m: { url: string }) => { await fetch(m.url); });`;
cases('ports', {}, {
  'parentPort.once': { 'src/worker.ts': thread.replace('=> {', '=> { // ! worker_threads/parent-port-on-message lost\n'), 'src/a.ts': `import { Worker } from 'node:worker_threads';\nconst worker = new Worker(new URL('./worker.js', import.meta.url));\nexport const load = (url: string) => worker.postMessage({ url }); // ! worker_threads/worker-post-message lost` },
  'a question through a port': `import { MessagePort } from 'node:worker_threads';\nexport const ask = (port: MessagePort, url: string) => new Promise((resolve) => { port.once('message', resolve); port.postMessage({ type: 'request', url }); }); // ! worker_threads/port-post-message lost`,
  'a question through a channel': `import { MessageChannel } from 'node:worker_threads';\nexport function ask(url: string) { const { port1 } = new MessageChannel(); return new Promise((resolve) => { port1.once('message', resolve); port1.postMessage({ type: 'request', url }); }); } // ! worker_threads/channel-post-message lost`,
  'a piece of a stream': `import { MessageChannel } from 'node:worker_threads';\nconst { port1 } = new MessageChannel();\nexport const write = (chunk: Uint8Array) => { port1.postMessage({ chunk }); port1.postMessage({ type: 'end' }); };`,
  'an answer through a port': `import type { MessagePort } from 'node:worker_threads';\nexport const serve = (port: MessagePort) => { port.on('message', (m) => { port.postMessage({ id: m.id, value: 1 }); }); };`,
  'a port that closes': `import type { MessagePort } from 'node:worker_threads';\nasync function work() { await fetch('https://example.com'); }\nexport const watch = (port: MessagePort) => { port.on('close', () => void work()); };`,
  'a broadcast is for everyone': `import { BroadcastChannel } from 'node:worker_threads';\nconst channel = new BroadcastChannel('x');\nexport const tell = (id: string) => channel.postMessage({ type: 'task', id });`,
  'a synchronous look': `import { receiveMessageOnPort, MessageChannel } from 'node:worker_threads';\nconst { port1 } = new MessageChannel();\nexport const look = () => receiveMessageOnPort(port1);`,
});

const page = { runtime: 'browser' } as const;
const asks = (verdict: string): string => `const worker = new Worker(new URL('./w.ts', import.meta.url), { type: 'module' });\nexport const load = (url: string) => { worker.postMessage({ type: 'task', url }); };${verdict}`;
const lost = ' // ! web-worker/post-message lost';
cases('a page\'s workers', page, {
  'onmessage of its scope': { 'src/w.ts': `self.onmessage = async (e: MessageEvent) => { await fetch(e.data.url); }; // ! web-worker/on-message lost`, 'src/a.ts': asks(lost) },
  'a bare onmessage': { 'src/w.ts': `onmessage = async (e: MessageEvent) => { await fetch(e.data.url); }; // ! web-worker/on-message lost`, 'src/a.ts': asks(lost) },
  'a listener': { 'src/w.ts': `self.addEventListener('message', async (e: MessageEvent) => { await fetch(e.data.url); }); // ! web-worker/add-event-listener lost`, 'src/a.ts': asks(lost) },
  'a bare listener': { 'src/w.ts': `addEventListener('message', async (e) => { await fetch(e.data.url); }); // ! web-worker/add-event-listener lost`, 'src/a.ts': asks(lost) },
  'that computes': { 'src/w.ts': `self.onmessage = (e: MessageEvent) => { self.postMessage(e.data.n * 2); };`, 'src/a.ts': asks('') },
  'that is not in sight': { 'src/a.ts': `export const load = (worker: Worker, url: string) => { worker.postMessage({ type: 'task', url }); };` },
  'a notice': { 'src/w.ts': `self.onmessage = async (e: MessageEvent) => { await fetch(e.data.url); };`, 'src/a.ts': asks('').replace("'task'", "'init'") },
  'carried on both sides': { 'src/w.ts': `import { context, propagation, ROOT_CONTEXT } from '@opentelemetry/api';\nself.onmessage = async (e: MessageEvent) => { await context.with(propagation.extract(ROOT_CONTEXT, e.data._otel), () => fetch(e.data.url)); };`, 'src/a.ts': `const worker = new Worker(new URL('./w.ts', import.meta.url));\nexport const load = (url: string, _otel: object) => { worker.postMessage({ url, _otel }); };` },
  'a window that listens': `async function work(x: string) { await fetch(x); }\nexport const listen = () => { window.addEventListener('message', (e) => void work(e.data)); window.onmessage = (e) => void work(e.data); };`,
  'a frame': `export const tell = (frame: HTMLIFrameElement, url: string) => { frame.contentWindow!.postMessage({ type: 'task', url }, '*'); window.postMessage({ type: 'task', url }, '*'); window.parent.postMessage({ type: 'task' }, '*'); };`,
  'a shared worker': { 'src/w.ts': `self.onconnect = (event: MessageEvent) => { const [port] = event.ports; port.onmessage = async (e) => { await fetch(e.data.url); }; };`, 'src/a.ts': `const shelf = new SharedWorker(new URL('./w.ts', import.meta.url), { type: 'module' });\nexport const load = (url: string) => { shelf.port.postMessage({ type: 'task', url }); }; // ! shared-worker/post-message lost` },
  'a shared worker, by its port': { 'src/w.ts': `self.onconnect = (event: MessageEvent) => { const [port] = event.ports; port.onmessage = async (e) => { await fetch(e.data.url); }; };`, 'src/a.ts': `const { port } = new SharedWorker(new URL('./w.ts', import.meta.url));\nexport const load = (url: string) => { port.postMessage({ type: 'task', url }); }; // ! shared-worker/post-message lost` },
  'a shared worker, carried': { 'src/w.ts': `self.onconnect = (event: MessageEvent) => { const [port] = event.ports; port.onmessage = async (e) => { await fetch(e.data.url); }; };`, 'src/a.ts': `const shelf = new SharedWorker(new URL('./w.ts', import.meta.url));\nexport const load = (url: string, _otel: object) => { shelf.port.postMessage({ url, _otel }); };` },
  'a shared worker that only counts': { 'src/w.ts': `let n = 0;\nself.onconnect = (event: MessageEvent) => { const [port] = event.ports; port.onmessage = () => { port.postMessage(++n); }; };`, 'src/a.ts': `const shelf = new SharedWorker(new URL('./w.ts', import.meta.url));\nexport const load = (url: string) => { shelf.port.postMessage({ type: 'task', url }); };` },
  'a service worker, by its registration': { 'src/sw.ts': `self.addEventListener('message', async (event) => { await fetch(event.data.url); }); // ! web-worker/add-event-listener lost`, 'src/a.ts': `const registration = await navigator.serviceWorker.register(new URL('./sw.ts', import.meta.url), { type: 'module' });\nexport const load = (url: string) => { registration.active!.postMessage({ type: 'task', url }); }; // ! service-worker/post-message lost` },
  'a service worker that listens with onmessage': { 'src/sw.ts': `self.onmessage = async (event: MessageEvent) => { await fetch(event.data.url); }; // ! web-worker/on-message lost`, 'src/a.ts': `const registration = await navigator.serviceWorker.register(new URL('./sw.ts', import.meta.url), { type: 'module' });\nexport const load = (url: string) => { registration.active?.postMessage({ type: 'task', url }); }; // ! service-worker/post-message lost` },
  'a service worker that is in control': { 'src/sw.ts': `self.addEventListener('message', async (event) => { await fetch(event.data.url); }); // ! web-worker/add-event-listener lost`, 'src/a.ts': `void navigator.serviceWorker.register('/sw.js');\nexport const load = (url: string) => { navigator.serviceWorker.controller?.postMessage({ type: 'task', url }); }; // ! service-worker/post-message lost` },
  'a service worker in the folder that is served': { 'public/sw.js': `self.addEventListener('message', async (event) => { await fetch(event.data.url); }); // ! web-worker/add-event-listener lost`, 'src/a.ts': `void navigator.serviceWorker.register('/sw.js');\nexport const load = (url: string) => { navigator.serviceWorker.controller?.postMessage({ type: 'task', url }); }; // ! service-worker/post-message lost` },
  'a service worker, when it is ready': { 'src/sw.ts': `self.addEventListener('message', async (event) => { await fetch(event.data.url); }); // ! web-worker/add-event-listener lost`, 'src/a.ts': `navigator.serviceWorker.register('/sw.js');\nexport async function load(url: string) { (await navigator.serviceWorker.ready).active!.postMessage({ type: 'task', url }); } // ! service-worker/post-message lost` },
  'a service worker, then': { 'src/sw.ts': `self.addEventListener('message', async (event) => { await fetch(event.data.url); }); // ! web-worker/add-event-listener lost`, 'src/a.ts': `const { serviceWorker } = navigator;\nserviceWorker.register('./sw.js');\nexport const load = (url: string) => serviceWorker.ready.then((registration) => registration.active?.postMessage({ type: 'task', url })); // ! service-worker/post-message lost` },
  'a service worker, of a window': { 'src/sw.ts': `self.addEventListener('message', async (event) => { await fetch(event.data.url); }); // ! web-worker/add-event-listener lost`, 'src/a.ts': `window.navigator.serviceWorker.register('./sw.js');\nexport const load = (url: string) => { const worker = window.navigator.serviceWorker.controller; if (worker) worker.postMessage({ type: 'task', url }); }; // ! service-worker/post-message lost` },
  'a service worker, carried': { 'src/sw.ts': `import { context, propagation, ROOT_CONTEXT } from '@opentelemetry/api';\nself.addEventListener('message', async (event) => { await context.with(propagation.extract(ROOT_CONTEXT, event.data._otel), () => fetch(event.data.url)); });`, 'src/a.ts': `void navigator.serviceWorker.register('/sw.js');\nexport const load = (url: string, _otel: object) => { navigator.serviceWorker.controller?.postMessage({ url, _otel }); };` },
  'a service worker that takes over': { 'src/sw.ts': `self.addEventListener('message', async (event) => { await fetch(event.data.url); });`, 'src/a.ts': `void navigator.serviceWorker.register('/sw.js');\nexport const load = () => { navigator.serviceWorker.controller?.postMessage({ type: 'SKIP_WAITING' }); };` },
  'a service worker that takes its pages over': { 'src/sw.ts': `self.addEventListener('message', async (event) => { await fetch(event.data.url); });`, 'src/a.ts': `void navigator.serviceWorker.register('/sw.js');\nexport const load = () => { navigator.serviceWorker.controller?.postMessage({ type: 'CLIENTS_CLAIM' }); };` },
  'a service worker that waits': { 'src/sw.ts': `self.addEventListener('message', async (event) => { await fetch(event.data.url); });`, 'src/a.ts': `const registration = await navigator.serviceWorker.register(new URL('./sw.ts', import.meta.url), { type: 'module' });\nexport const update = () => { registration.waiting?.postMessage({ type: 'SKIP_WAITING' }); };` },
  'a service worker that fetches, and only takes over when it is told': { 'src/sw.ts': `self.addEventListener('fetch', (event) => event.respondWith(fetch(event.request)));\nself.addEventListener('message', (event) => { if (event.data.type === 'take') self.skipWaiting(); });`, 'src/a.ts': `void navigator.serviceWorker.register('/sw.js');\nexport const load = (url: string) => { navigator.serviceWorker.controller?.postMessage({ type: 'take', url }); };` },
  'a service worker that does not listen': { 'src/sw.ts': `self.addEventListener('fetch', (event) => event.respondWith(fetch(event.request)));`, 'src/a.ts': `void navigator.serviceWorker.register('/sw.js');\nexport const load = (url: string) => { navigator.serviceWorker.controller?.postMessage({ type: 'task', url }); };` },
  'a service worker that another file registers, and hands on': { 'src/sw.ts': `self.addEventListener('message', async (event) => { await fetch(event.data.url); }); // ! web-worker/add-event-listener lost`, 'src/register.ts': `export const registration = await navigator.serviceWorker.register('/sw.js');`, 'src/a.ts': `import { registration } from './register.js';\nexport const load = (url: string) => { registration.active!.postMessage({ type: 'task', url }); }; // ! service-worker/post-message lost` },
  'a service worker that another file registers': { 'src/sw.ts': `self.addEventListener('message', async (event) => { await fetch(event.data.url); });`, 'src/register.ts': `void navigator.serviceWorker.register('/sw.js');`, 'src/a.ts': `export const load = (url: string) => { navigator.serviceWorker.controller?.postMessage({ type: 'task', url }); };` },
  'a service worker, one of two': { 'src/sw.ts': `self.addEventListener('message', async (event) => { await fetch(event.data.url); });`, 'src/other.ts': `self.addEventListener('message', async (event) => { await fetch(event.data.url); });`, 'src/a.ts': `void navigator.serviceWorker.register('/sw.js');\nvoid navigator.serviceWorker.register('/other.js');\nexport const load = (url: string) => { navigator.serviceWorker.controller?.postMessage({ type: 'task', url }); };` },
  'a service worker that is not in sight': `export const tell = (url: string) => { navigator.serviceWorker.controller?.postMessage({ type: 'task', url }); };`,
  'a service worker of Workbox': { 'src/sw.ts': `self.addEventListener('message', async (event) => { await fetch(event.data.url); });`, 'src/a.ts': `import { Workbox } from 'workbox-window';\nconst wb = new Workbox('/sw.js');\nvoid wb.register();\nexport const update = () => { wb.messageSkipWaiting(); };` },
  'a navigator of the repo': { 'src/sw.ts': `self.addEventListener('message', async (event) => { await fetch(event.data.url); });`, 'src/a.ts': `const navigator = { serviceWorker: { register(x: string) { return x; }, controller: { postMessage(x: object) { return x; } } } };\nnavigator.serviceWorker.register('./sw.js');\nexport const load = (url: string) => { navigator.serviceWorker.controller.postMessage({ type: 'task', url }); };` },
  'a service worker that computes, and answers': { 'src/sw.ts': `self.addEventListener('message', (event) => { event.source.postMessage({ n: event.data.n * 2 }); });`, 'src/a.ts': `void navigator.serviceWorker.register('/sw.js');\nnavigator.serviceWorker.onmessage = (event) => { console.log(event.data.n); };\nexport const double = (n: number) => { navigator.serviceWorker.controller?.postMessage({ n }); };` },
  'a broadcast': `const channel = new BroadcastChannel('x');\nexport const tell = (id: string) => channel.postMessage({ type: 'task', id });\nchannel.onmessage = (e) => { void fetch(e.data); };`,
  'a Worker of the repo': `class Worker { postMessage(x: object) { return x; } }\nconst worker = new Worker();\nexport const load = (url: string) => { worker.postMessage({ type: 'task', url }); };`,
});
cases('a page\'s worker, in Node', {}, {
  'is a page\'s': { 'src/w.ts': `self.onmessage = async (e: MessageEvent) => { await fetch(e.data.url); };`, 'src/a.ts': asks('') },
});
