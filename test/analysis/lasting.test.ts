/** Work without an end that no interval shows: timers that set themselves again, and what is made once for all later callers. */
import { cases } from './harness.ts';

const work = `async function work(id?: string) { await fetch('https://example.com/' + id); }\n`;
const app = `import express from 'express';\n${work}const app = express();\n`;
const found = '// ! timers/rescheduled leaked';

cases('leaked: a timer that sets itself again', {}, {
  'by name': `${app}async function poll() {\n  await work('x');\n  setTimeout(poll, 1000); ${found}\n}\napp.post('/start', (req, res) => { void poll(); res.end(); });`,
  'in a callback': `${app}async function poll() {\n  await work('x');\n  setTimeout(() => void poll(), 1000); ${found}\n}\napp.post('/start', (req, res) => { void poll(); res.end(); });`,
  'an arrow function': `${app}const poll = async () => {\n  await work('x');\n  setTimeout(poll, 1000).unref(); ${found}\n};\napp.post('/start', (req, res) => { void poll(); res.end(); });`,
  'in a finally': `${app}async function poll() {\n  try { await work('x'); } finally { setTimeout(poll, 1000); } ${found}\n}\napp.post('/start', (req, res) => { void poll(); res.end(); });`,
  'declared in the handler': `${app}app.post('/start', (req, res) => {\n  const poll = async () => {\n    await work('x');\n    setTimeout(poll, 1000); ${found}\n  };\n  void poll();\n  res.end();\n});`,
  'until the program stops': `${app}let stopped = false;\nasync function poll() {\n  if (stopped) return;\n  await work('x');\n  setTimeout(poll, 1000); ${found}\n}\napp.post('/start', (req, res) => { void poll(); res.end(); });`,
  'setImmediate': `${app}async function drain() {\n  await work('x');\n  setImmediate(drain); ${found}\n}\napp.post('/start', (req, res) => { void drain(); res.end(); });`,
  'through a function of the file': `${app}let started = false;\nasync function poll() {\n  await work('x');\n  setTimeout(poll, 1000); ${found}\n}\nfunction ensure() { if (!started) { started = true; void poll(); } }\napp.post('/start', (req, res) => { ensure(); res.end(); });`,
});

cases('leaked: timers that are silent', {}, {
  'begun as the program starts': `${app}async function poll() { await work('x'); setTimeout(poll, 1000); }\nvoid poll();\napp.get('/x', (req, res) => res.end());`,
  'until the work is done': `${app}async function poll(res: any) { const done = await fetch('https://example.com/'); if (done.ok) return res.end(); setTimeout(() => poll(res), 1000); }\napp.post('/start', (req, res) => { void poll(res); });`,
  'only where it failed': `${app}async function send() { try { await work('x'); } catch { setTimeout(send, 1000); } }\napp.post('/start', (req, res) => { void send(); res.end(); });`,
  'a retry that counts': `${app}async function send(left: number) { await work('x'); setTimeout(() => void send(left - 1), 1000); }\napp.post('/start', (req, res) => { void send(3); res.end(); });`,
  'on a condition': `${app}async function poll() { const more = await fetch('https://example.com/'); if (more.ok) setTimeout(poll, 10); }\napp.post('/start', (req, res) => { void poll(); res.end(); });`,
  'the request clears it': `${app}app.get('/x', (req, res) => { let t: any; const poll = async () => { await work('x'); t = setTimeout(poll, 1000); }; void poll(); req.on('close', () => clearTimeout(t)); });`,
  'that does nothing worth a span': `${app}let n = 0;\nfunction tick() { n++; setTimeout(tick, 1000); }\napp.post('/start', (req, res) => { tick(); res.end(); });`,
  'under ROOT_CONTEXT': `import { context, ROOT_CONTEXT } from '@opentelemetry/api';\n${app}async function poll() { await work('x'); context.with(ROOT_CONTEXT, () => setTimeout(poll, 1000)); }\napp.post('/start', (req, res) => { void poll(); res.end(); });`,
  'not of a request': `import express from 'express';\n${work}export async function poll() { await work('x'); setTimeout(poll, 1000); }`,
  'another setTimeout': `import { setTimeout } from './clock.js';\n${app}async function poll() { await work('x'); setTimeout(poll, 1000); }\napp.post('/start', (req, res) => { void poll(); res.end(); });`,
});

const bull = `import { Worker } from 'bullmq';\n${app}`;
const consumer = '// ! bullmq/worker lost; lasting/consumer leaked';
const listener = '// ! lasting/listener leaked';

cases('leaked: made once, for all later callers', {}, {
  'a consumer': `${bull}let worker: Worker | undefined;\napp.post('/x', (req, res) => {\n  worker ??= new Worker('q', async (job) => { await work(job.id); }); ${consumer}\n  res.end();\n});`,
  'a consumer in a getter that the handler calls': `${bull}let worker: Worker | undefined;\nfunction getWorker() {\n  if (!worker) worker = new Worker('q', async (job) => { await work(job.id); }); ${consumer}\n  return worker;\n}\napp.post('/x', (req, res) => { getWorker(); res.end(); });`,
  'a consumer for each key': `${bull}const workers = new Map<string, Worker>();\napp.post('/x', (req, res) => {\n  if (!workers.has(req.body.id)) workers.set(req.body.id, new Worker('q', async (job) => { await work(job.id); })); ${consumer}\n  res.end();\n});`,
  'a consumer that is kept later': `${bull}let shared: Worker | undefined;\napp.post('/x', (req, res) => {\n  const worker = new Worker('q', async (job) => { await work(job.id); }); ${consumer}\n  shared = worker;\n  res.end();\n});`,
  'a field of a controller': `import { Worker } from 'bullmq';\nimport type { Request, Response } from 'express';\n${work}export class Jobs {\n  private worker?: Worker;\n  start(req: Request, res: Response) {\n    this.worker ??= new Worker('q', async (job) => { await work(job.id); }); ${consumer}\n    res.end();\n  }\n}`,
  'a thread that is listened to': `import { Worker } from 'node:worker_threads';\n${app}let worker: Worker | undefined;\napp.post('/x', (req, res) => {\n  if (!worker) {\n    worker = new Worker('./w.js'); ${listener}\n    worker.on('message', (m) => void work(m.id));\n  }\n  res.end();\n});`,
  'a child process': `import { fork, type ChildProcess } from 'node:child_process';\n${app}let child: ChildProcess | undefined;\napp.post('/x', (req, res) => {\n  if (!child) {\n    child = fork('./w.js'); ${listener}\n    child.on('message', (m: any) => void work(m.id));\n  }\n  res.end();\n});`,
  'a client socket': `import WebSocket from 'ws';\n${app}let socket: WebSocket | undefined;\napp.post('/x', (req, res) => {\n  if (!socket) {\n    socket = new WebSocket(process.env.FEED!); // ! lasting/web-socket leaked\n    socket.on('message', (m) => void work(String(m)));\n  }\n  res.end();\n});`,
  'a TCP connection': `import net from 'node:net';\n${app}let socket: net.Socket | undefined;\napp.post('/x', (req, res) => {\n  if (!socket) {\n    socket = net.connect(9000); // ! lasting/net-socket leaked\n    socket.on('data', (m) => void work(String(m)));\n  }\n  res.end();\n});`,
  'an event source': `import { EventSource } from 'eventsource';\n${app}let feed: EventSource | undefined;\napp.post('/x', (req, res) => {\n  if (!feed) {\n    feed = new EventSource(process.env.FEED!); // ! lasting/event-source leaked\n    feed.addEventListener('message', (m) => void work(m.data));\n  }\n  res.end();\n});`,
  'a pool': `import { createPool, type Pool } from 'generic-pool';\n${app}let pool: Pool<unknown> | undefined;\napp.post('/x', async (req, res) => {\n  pool ??= createPool({ create: () => work('open'), destroy: async () => {} }); // ! lasting/pool leaked\n  res.end(String(await pool.acquire()));\n});`,
});

cases('leaked: made once, and silent', {}, {
  'as the program starts': `${bull}const worker = new Worker('q', async (job) => { await work(job.id); }); // ! bullmq/worker lost\napp.post('/x', (req, res) => { void worker; res.end(); });`,
  'in a function that no request calls': `${bull}let worker: Worker | undefined;\nexport function start() { worker ??= new Worker('q', async (job) => { await work(job.id); }); } // ! bullmq/worker lost\napp.post('/x', (req, res) => res.end());`,
  'of the request alone': `${bull}app.post('/x', async (req, res) => {\n  const worker = new Worker('q', async (job) => { await work(job.id); }); // ! bullmq/worker lost\n  await worker.close();\n  res.end();\n});`,
  'a thread of the request alone': `import { Worker } from 'node:worker_threads';\n${app}app.post('/x', (req, res) => { const worker = new Worker('./w.js'); worker.on('message', (m) => { void work(m.id); res.end(); }); });`,
  'a thread whose listener only answers': `import { Worker } from 'node:worker_threads';\n${app}let worker: Worker | undefined;\nconst waiting = new Map<string, (v: unknown) => void>();\napp.post('/x', (req, res) => { if (!worker) { worker = new Worker('./w.js'); worker.on('message', (m) => waiting.get(m.id)?.(m)); } res.end(); });`,
  'under ROOT_CONTEXT': `import { context, ROOT_CONTEXT } from '@opentelemetry/api';\n${bull}let worker: Worker | undefined;\napp.post('/x', (req, res) => {\n  worker ??= context.with(ROOT_CONTEXT, () => new Worker('q', async (job) => { await work(job.id); })); // ! bullmq/worker lost\n  res.end();\n});`,
  'a consumer that reads the carrier': `import { context, propagation, ROOT_CONTEXT } from '@opentelemetry/api';\n${bull}let worker: Worker | undefined;\napp.post('/x', (req, res) => { worker ??= new Worker('q', async (job) => context.with(propagation.extract(ROOT_CONTEXT, job.data.carrier), () => work(job.id))); res.end(); });`,
  'a field of an object of one\'s own': `import WebSocket from 'ws';\n${app}class Session { socket?: WebSocket; open() { this.socket = new WebSocket(process.env.FEED!); this.socket.on('message', (m) => void work(String(m))); } }\napp.post('/x', (req, res) => { new Session().open(); res.end(); });`,
  'a child under ROOT_CONTEXT, which asks for nothing': `import { context, ROOT_CONTEXT } from '@opentelemetry/api';\nimport { fork, type ChildProcess } from 'node:child_process';\n${app}let child: ChildProcess | undefined;\napp.post('/x', (req, res) => {\n  if (!child) {\n    child = context.with(ROOT_CONTEXT, () => fork('./w.js'));\n    child.on('message', (m: any) => void work(m.id));\n  }\n  res.end();\n});`,
  'a socket of another library': `import { WebSocket } from './socket.js';\n${app}let socket: WebSocket | undefined;\napp.post('/x', (req, res) => { if (!socket) { socket = new WebSocket('x'); socket.on('message', (m) => void work(String(m))); } res.end(); });`,
  'a connection that is not listened to': `import net from 'node:net';\n${app}let socket: net.Socket | undefined;\napp.post('/x', (req, res) => { socket ??= net.connect(9000); res.end(); });`,
  'a pool of the program': `import { createPool } from 'generic-pool';\n${app}const pool = createPool({ create: () => work('open'), destroy: async () => {} });\napp.post('/x', async (req, res) => { res.end(String(await pool.acquire())); });`,
});
