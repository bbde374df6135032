import { describe } from 'vitest';
import rule from '../../rules/no-dark-thread.ts';
import { runRule, type Case } from '../eslint/support.ts';

const W = "import { Worker } from 'node:worker_threads';\n";
const P = "import { parentPort } from 'node:worker_threads';\n";
const D = "import { workerData } from 'node:worker_threads';\n";
const file = "new URL('./w.js', import.meta.url)";
/** A thread and the code that starts it in one file. */
const both = (rest: string): string => `import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';\n${rest}`;

const silent: Case[] = [
  { name: 'the web\'s Worker', code: 'const worker = new Worker("./w.js");\nexport function f(task: object) { worker.postMessage({ type: "task", task }); }' },
  { name: 'own Worker', code: 'class Worker { postMessage(m: object) { console.log(m); } }\nexport function f(task: object) { new Worker().postMessage({ task }); }' },
  { name: 'Worker from elsewhere', code: `import { Worker } from './worker.js';\nexport function f(task: object) { return new Worker('./w.js', { workerData: task } as any); }` },
  { name: 'BullMQ\'s Worker', code: "import { Worker } from 'bullmq';\nexport function f() { return new Worker('x', async () => {}); }" },
  { name: 'window.postMessage', code: 'export function f(task: object) { window.postMessage({ type: "task", task }, "*"); }' },
  { name: 'BroadcastChannel', code: 'const channel = new BroadcastChannel("x");\nexport function f(task: object) { channel.postMessage({ task }); }' },
  { name: 'nothing to work on', code: `${W}export function f() { return new Worker(${file}); }` },
  { name: 'options without data', code: `${W}export function f() { return new Worker(${file}, { name: 'w' }); }` },
  { name: 'at module scope', code: `${W}export const worker = new Worker(${file}, { workerData: { id: 1 } });` },
  { name: 'ready', code: `${W}const worker = new Worker(${file});\nexport function f() { worker.postMessage({ type: 'ready' }); }` },
  { name: 'a heartbeat', code: `${W}const worker = new Worker(${file});\nexport function f() { worker.postMessage('ping'); }` },
  { name: 'shutdown', code: `${W}const worker = new Worker(${file});\nexport function f() { worker.postMessage({ type: 'shutdown' }); }` },
  { name: 'no message', code: `${W}const worker = new Worker(${file});\nexport function f() { (worker as any).postMessage(); }` },
  { name: 'to all alike', code: `${W}const workers = [new Worker(${file})];\nexport function f(settings: object) { for (const worker of workers) worker.postMessage({ settings }); }` },
  { name: 'data that carries', code: `import { context, propagation } from '@opentelemetry/api';\n${W}export function f(task: object) { const carrier = {}; propagation.inject(context.active(), carrier); return new Worker(${file}, { workerData: { task, carrier } }); }` },
  { name: 'data with a traceparent', code: `${W}export function f(task: object, traceparent: string) { return new Worker(${file}, { workerData: { task, traceparent } }); }` },
  { name: 'a message that carries', code: `import { context, propagation } from '@opentelemetry/api';\n${W}const worker = new Worker(${file});\nexport function f(task: object) { const _otel = {}; propagation.inject(context.active(), _otel); worker.postMessage({ task, _otel }); }` },
  { name: 'the repair', code: `${W}import { carryMessage } from './otel-handoff.js';\nconst worker = new Worker(${file});\nexport function f(task: object) { worker.postMessage(carryMessage({ task })); }` },
  { name: 'the answer', code: `${P}parentPort!.on('message', (m) => { if (m.x) parentPort!.postMessage({ id: m.id, result: 1 }); });` },
  { name: 'a handler that only logs', code: `${P}parentPort!.on('message', (m) => { console.log(m); });` },
  { name: 'a handler that extracts', code: `import { propagation, ROOT_CONTEXT, context } from '@opentelemetry/api';\n${P}parentPort!.on('message', async (m) => { await context.with(propagation.extract(ROOT_CONTEXT, m._otel), () => fetch(m.url)); });` },
  { name: 'the repair of the other side', code: `${P}import { withMessageCarrier } from './otel-handoff.js';\nparentPort!.on('message', async (m) => withMessageCarrier(m, async () => { await fetch(m.url); }));` },
  { name: 'another event', code: `${P}parentPort!.on('close', async () => { await fetch('https://api.internal/x'); });` },
  { name: 'workerData with no one in sight who starts it', code: `${D}async function run(data: any) { await fetch(data.url); }\nawait run(workerData);` },
  { name: 'worker.on(error)', code: `${W}export function f() { const worker = new Worker(${file}); worker.on('error', (e) => { void fetch('https://api.internal/' + e.message); }); }` },
  { name: 'made and listened to in one place', code: `${W}export function f() { const worker = new Worker(${file}); worker.on('message', (m) => { void fetch('https://api.internal/' + m.id); }); }` },
  { name: 'a listener that only resolves', code: `${W}const worker = new Worker(${file});\nexport function f() { return new Promise((resolve) => { worker.once('message', resolve); }); }` },
  { name: 'own parentPort', code: "const parentPort = { on(e: string, f: (m: any) => void) { f(e); } };\nparentPort.on('message', (m) => { void fetch(m.url); });" },
  { name: 'cluster', code: "import cluster from 'node:cluster';\nexport function f(w: any) { w.send({ task: 1 }); cluster.fork(); }" },
  { name: 'mentioned in a string', code: "export const text = 'worker_threads postMessage';" },
  { name: 'a page without a tracer', code: 'export function f(worker: Worker) { worker.postMessage({ task: 1 }); }', file: 'page/file.ts' },
];

describe('no-dark-thread', () => {
  runRule('no-dark-thread', rule, {
    typescript: {
      valid: silent,
      invalid: [
        { name: 'workerData', code: `${W}export function f(task: object) { return new «Worker»(${file}, { workerData: { task } }); }`, says: /^`new Worker\(…\)`.*together with its other side\.$/ },
        { name: 'shorthand', code: `${W}export function f(workerData: object) { return new «Worker»(${file}, { workerData }); }` },
        { name: 'without node:', code: `import { Worker } from 'worker_threads';\nexport function f(task: object) { return new «Worker»(${file}, { workerData: { task } }); }` },
        { name: 'an alias', code: `import { Worker as Thread } from 'node:worker_threads';\nexport function f(task: object) { return new «Thread»(${file}, { workerData: { task } }); }` },
        { name: 'a namespace', code: `import * as threads from 'node:worker_threads';\nexport function f(task: object) { return new threads.«Worker»(${file}, { workerData: { task } }); }` },
        { name: 'the default import', code: `import threads from 'node:worker_threads';\nexport function f(task: object) { return new threads.«Worker»(${file}, { workerData: { task } }); }` },
        { name: 'dynamic import', code: `export async function f(task: object) { const { Worker } = await import('node:worker_threads'); return new «Worker»(${file}, { workerData: { task } }); }` },
        { name: 'a path', code: `${W}export function f(task: object) { return new «Worker»('./dist/w.js', { workerData: { task } }); }` },
        { name: 'in a method', code: `${W}export class Pool { start(task: object) { return new «Worker»(${file}, { workerData: { task } }); } }` },
        { name: 'postMessage', code: `${W}const worker = new Worker(${file});\nexport function f(task: object) { worker.«postMessage»({ type: 'task', task }); }`, says: /^`worker\.postMessage\(…\)`.*together with its other side\.$/ },
        { name: 'postMessage of a variable', code: `${W}const worker = new Worker(${file});\nexport function f(task: object) { worker.«postMessage»(task); }` },
        { name: 'postMessage of a field', code: `${W}export class Pool {\n  private worker = new Worker(${file});\n  run(task: object) { this.worker.«postMessage»({ task }); }\n}` },
        { name: 'postMessage of a private field', code: `${W}export class Pool {\n  #worker = new Worker(${file});\n  run(task: object) { this.#worker.«postMessage»({ task }); }\n}` },
        { name: 'postMessage of a parameter', code: `import type { Worker } from 'node:worker_threads';\nexport function f(worker: Worker, task: object) { worker.«postMessage»({ task }); }` },
        { name: 'postMessage of a parameter property', code: `import type { Worker } from 'node:worker_threads';\nexport class Pool { constructor(private worker: Worker) {} run(task: object) { this.worker.«postMessage»({ task }); } }` },
        { name: 'postMessage through a getter', code: `${W}let worker: Worker | undefined;\nconst get = () => worker ??= new Worker(${file});\nexport function f(task: object) { get().«postMessage»({ task }); }` },
        { name: 'postMessage, optional', code: `${W}let worker: Worker | undefined;\nexport function f(task: object) { worker?.«postMessage»({ task }); }` },
        { name: 'one each', code: `${W}const worker = new Worker(${file});\nexport function f(tasks: object[]) { for (const task of tasks) worker.«postMessage»({ task }); }` },
        { name: 'a handler', code: `${P}parentPort!.«on»('message', async (m) => { await fetch(m.url); });`, says: /together with its other side\.$/ },
        { name: 'a handler, optional', code: `${P}parentPort?.«on»('message', async (m) => { await fetch(m.url); });` },
        { name: 'once', code: `${P}parentPort!.«once»('message', async (m) => { await fetch(m.url); });` },
        { name: 'a handler by name', code: `${P}async function handle(m: any) { await fetch(m.url); }\nparentPort!.«on»('message', handle);` },
        { name: 'a handler from elsewhere', code: `${P}import { handle } from './handle.js';\nparentPort!.«on»('message', handle);` },
        { name: 'a request to the parent', code: `${P}const waiting = new Map<number, (answer: unknown) => void>();\nexport function ask(id: number, q: object) { return new Promise((resolve) => { waiting.set(id, resolve); parentPort!.«postMessage»({ type: 'call', id, q }); }); }` },
        { name: 'worker.on(message) of another place', code: `${W}const worker = new Worker(${file});\nexport function f() { worker.«on»('message', async (m) => { await fetch(m.url); }); }` },
        { name: 'worker.once(message) is bound', code: `${W}const worker = new Worker(${file});\nexport function f() {\n  worker.«once»('message', async (m) => { await fetch(m.url); });\n}`,
          suggests: `${W}import { context } from '@opentelemetry/api';\nconst worker = new Worker(${file});\nexport function f() {\n  worker.once('message', context.bind(context.active(), async (m) => { await fetch(m.url); }));\n}` },
        { name: 'a message of which the thread is in another file, helper in place', code: `${W}const worker = new Worker(${file});\nexport function f(task: object) { worker.«postMessage»({ task }); }`, file: 'repaired/a.ts', says: /together with its other side\.$/ },
        { name: 'both sides in one file', file: 'repaired/self.ts',
          code: "import './tracing.js';\n" + both('const worker = new Worker(new URL(import.meta.url));\nexport function f(task: object) { worker.«postMessage»({ task }); }\nif (!isMainThread) parentPort!.«on»(\'message\', async (m) => { await fetch(m.task); });\nexport { workerData };'),
          suggests: "import './tracing.js';\nimport { carryMessage, withMessageCarrier } from './otel-handoff.js';\nimport { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';\nconst worker = new Worker(new URL(import.meta.url));\nexport function f(task: object) { worker.postMessage(carryMessage({ task })); }\nif (!isMainThread) parentPort!.on('message', async (m) => withMessageCarrier(m, async () => { await fetch(m.task); }));\nexport { workerData };" },
        { name: 'a far side that starts no tracer', code: both('const worker = new Worker(new URL(import.meta.url));\nexport function f(task: object) { worker.«postMessage»({ task }); }\nif (!isMainThread) parentPort!.on(\'message\', async (m) => { await fetch(m.task); });\nexport { workerData };'), says: /self\.ts, which starts no tracer: no carrier helps/, file: 'repaired/self.ts' },
        { name: 'strict changes nothing here', code: `${P}parentPort!.«on»('message', async (m) => { await fetch(m.url); });`, option: { strict: true } },
        { name: 'Windows line ends', code: "import { parentPort } from 'node:worker_threads';\r\nparentPort!\r\n  .«on»('message', async (m) => {\r\n    await fetch(m.url);\r\n  });\r\n" },
      ],
    },
    typed: {
      valid: [
        "import { makeMap } from './made.js';\nexport function f() { makeMap().set('postMessage', {}); }",
        "import { anything } from './made.js';\nexport function f() { anything().postMessage({ task: 1 }); }",
        "import { MessageChannel } from 'node:worker_threads';\nexport function f(channel: MessageChannel) { channel.port1.postMessage({ task: 1 }); }",
      ],
      invalid: [
        { name: 'inferred from another file', code: "import { makeThread } from './made.js';\nconst thread = makeThread();\nexport function f() { thread.«postMessage»({ task: 1 }); }" },
        { name: 'listened to', code: "import { makeThread } from './made.js';\nconst thread = makeThread();\nexport function f() { thread.«on»('message', async (m) => { await fetch(m.url); }); }" },
        { name: 'what the text tells as well', code: `${W}export function f(task: object) { return new «Worker»(${file}, { workerData: { task } }); }` },
      ],
    },
    javascript: {
      valid: ['const worker = new Worker("./w.js");\nexport function f(task) { worker.postMessage({ task }); }', `${P}parentPort.on('message', (m) => { console.log(m); });`],
      invalid: [
        `${W}export function f(task) { return new «Worker»(${file}, { workerData: { task } }); }`,
        `${P}parentPort.«on»('message', async (m) => { await fetch(m.url); });`,
      ],
    },
    commonjs: {
      valid: ["const { Worker } = require('./worker');\nexports.f = (task) => new Worker('./w.js', { workerData: task });"],
      invalid: [
        "const { Worker } = require('worker_threads');\nexports.f = (task) => new «Worker»('./w.js', { workerData: { task } });",
        "const threads = require('node:worker_threads');\nexports.f = (task) => new threads.«Worker»(require.resolve('./w.js'), { workerData: { task } });",
        "const { parentPort: port } = require('worker_threads');\nport.«on»('message', async (m) => { await fetch(m.url); });",
      ],
    },
  });
});
