import { describe, expect, it } from 'vitest';
import { analyse, cases, type Files } from './harness.ts';

const worker = `import { parentPort } from 'node:worker_threads';
async function work(x: unknown) { await fetch('https://example.com', { method: 'POST', body: String(x) }); }
parentPort!.on('message', async (m) => { await work(m); parentPort!.postMessage({ type: 'result', id: m.id }); }); // ! worker_threads/parent-port-on-message lost`;

/** A parent that posts one request to a worker at `file`. */
const parent = (file: string, more = ''): string => `import { Worker } from 'node:worker_threads';
import path, { join, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
${more}
export function ask(text: string) {
  const worker = new Worker(${file});
  worker.postMessage({ type: 'task', text }); // ! worker_threads/worker-post-message lost
}
void [path, join, dirname, fileURLToPath];`;

const found = (file: string, more?: string, at = 'src/worker.ts'): Files => ({ 'src/a.ts': parent(file, more), [at]: worker });

const files: Record<string, Files> = {
  'new URL': found(`new URL('./worker.ts', import.meta.url)`),
  'new URL of the compiled name': found(`new URL('./worker.js', import.meta.url)`),
  'new URL in a variable': found(`url`, `const url = new URL('./worker.js', import.meta.url);`),
  'fileURLToPath(new URL)': found(`fileURLToPath(new URL('./worker.js', import.meta.url))`),
  'new URL().pathname': found(`new URL('./worker.js', import.meta.url).pathname`),
  'new URL().href': found(`new URL('./worker.js', import.meta.url).href`),
  'new URL in a folder': found(`new URL('./workers/mail.js', import.meta.url)`, '', 'src/workers/mail.ts'),
  'join(__dirname)': found(`join(__dirname, 'worker.js')`),
  'path.join(__dirname)': found(`path.join(__dirname, './worker.js')`),
  'path.resolve(__dirname)': found(`path.resolve(__dirname, 'workers', 'mail.js')`, '', 'src/workers/mail.ts'),
  'path.resolve up': found(`path.resolve(__dirname, '../workers/mail.js')`, '', 'workers/mail.ts'),
  'a dirname of one\'s own': found(`join(dirName, 'worker.js')`, `const dirName = dirname(fileURLToPath(import.meta.url));`),
  '__dirname made from the URL': found(`path.join(__dirname, 'worker.js')`, `const __filename = fileURLToPath(import.meta.url);\nconst __dirname = path.dirname(__filename);`),
  'dirname inline': found(`join(dirname(fileURLToPath(import.meta.url)), 'worker.js')`),
  'import.meta.dirname': found(`join(import.meta.dirname, 'worker.js')`),
  'a template with __dirname': found('`${__dirname}/worker.js`'),
  '__dirname + name': found(`__dirname + '/worker.js'`),
  'require.resolve': found(`require.resolve('./worker')`),
  './worker.js': found(`'./worker.js'`),
  './src/worker.js, from the working directory': found(`'./src/worker.js'`),
  'path.join(process.cwd())': found(`path.join(process.cwd(), 'src', 'worker.js')`),
  'path.resolve of a relative path': found(`path.resolve('src/worker.js')`),
  'const before': found(`file`, `const file = path.join(__dirname, 'worker.js');`),
  'const of another file': { ...found(`workerFile`, `import { workerFile } from './paths.ts';`), 'src/paths.ts': `import path from 'node:path';\nexport const workerFile = path.join(__dirname, 'worker.js');` },
  'a function of another file, by a name': { ...found(`workerPath('worker')`, `import { workerPath } from './paths.ts';`), 'src/paths.ts': `import { join } from 'node:path';\nimport { existsSync } from 'node:fs';\nexport const workerPath = (name: string) => {\n  const built = join(__dirname, 'nowhere', \`\${name}.js\`);\n  const other = join(process.cwd(), 'dist', \`\${name}.js\`);\n  if (existsSync(built)) return built;\n  return other;\n};` },
  'what is built, far above': { 'src/a/b/c/d/e/f/g/h/a.ts': parent(`'./dist/worker.js'`), 'src/worker.ts': worker },
  'conditional on the environment': found(`process.env.NODE_ENV === 'production' ? './worker.js' : './worker.ts'`),
  'class field': { 'src/worker.ts': worker, 'src/a.ts': `import { Worker } from 'node:worker_threads';
export class Pool {
  private worker = new Worker(new URL('./worker.js', import.meta.url));
  ask(text: string) { this.worker.postMessage({ type: 'task', text }); } // ! worker_threads/worker-post-message lost
}` },
  'pool of workers': { 'src/worker.ts': worker, 'src/a.ts': `import { Worker } from 'node:worker_threads';
export class Pool {
  private workers: Worker[] = [];
  constructor(n: number) { for (let i = 0; i < n; i++) this.workers.push(new Worker(new URL('./worker.js', import.meta.url))); }
  ask(i: number, text: string) { this.workers[i]!.postMessage({ type: 'task', text }); } // ! worker_threads/worker-post-message lost
}` },
  'CommonJS': { 'package.json': { name: 'app', engines: { node: '20' } }, 'a.js': `const { Worker } = require('worker_threads');
const path = require('path');
exports.ask = (text) => {
  const worker = new Worker(path.join(__dirname, 'worker.js'));
  worker.postMessage({ text }); // ! worker_threads/worker-post-message lost
};`, 'worker.js': `const { parentPort } = require('worker_threads');
const fs = require('fs');
parentPort.on('message', (m) => fs.promises.writeFile('x', m.text)); // ! worker_threads/parent-port-on-message lost` },
  'CommonJS, not taken apart': { 'package.json': { name: 'app', engines: { node: '20' } }, 'a.js': `const wt = require('worker_threads');
exports.ask = (text) => {
  const worker = new wt.Worker('./worker.js');
  worker.postMessage({ text }); // ! worker_threads/worker-post-message lost
};`, 'worker.js': `const wt = require('worker_threads');
const fs = require('fs');
wt.parentPort.on('message', (m) => fs.promises.writeFile('x', m.text)); // ! worker_threads/parent-port-on-message lost` },
  '__filename with isMainThread': { 'src/a.ts': `import { Worker, isMainThread, parentPort } from 'node:worker_threads';
if (isMainThread) {
  const worker = new Worker(__filename);
  exports.ask = (text: string) => { worker.postMessage({ type: 'task', text }); }; // ! worker_threads/worker-post-message lost
} else {
  parentPort!.on('message', async (m) => { await fetch('https://example.com/' + m.text); }); // ! worker_threads/parent-port-on-message lost
}` },
  'import.meta.url with isMainThread': { 'src/a.ts': `import { Worker, isMainThread, parentPort } from 'node:worker_threads';
export function ask(text: string) {
  const worker = new Worker(new URL(import.meta.url));
  worker.postMessage({ type: 'task', text }); // ! worker_threads/worker-post-message lost
}
if (!isMainThread) parentPort?.on('message', async (m) => { await fetch('https://example.com/' + m.text); }); // ! worker_threads/parent-port-on-message lost` },
};

cases('threads: the worker\'s file', {}, files);

describe('threads: the worker\'s file', () => {
  it.each(Object.entries(files))('joins both sides: %s', (_, texts) => {
    const { result } = analyse(texts);
    const posts = result.judged.filter((j) => j.boundary.id === 'worker_threads/worker-post-message');
    expect(posts.map((j) => j.peers.map((p) => p.boundary.id))).toEqual([['worker_threads/parent-port-on-message']]);
  });
});

cases('threads: a file that cannot be told', {}, {
  'idle pool of objects': { 'src/worker.ts': worker, 'src/a.ts': `import { Worker } from 'node:worker_threads';
interface Slot { worker: Worker; busy: boolean }
const slots: Slot[] = Array.from({ length: 4 }, () => ({ worker: new Worker('./worker.js'), busy: false }));
export function ask(text: string) { slots.find((s) => !s.busy)!.worker.postMessage({ type: 'task', text }); } // ! worker_threads/worker-post-message lost` },
  'unknown file': { 'src/a.ts': parent('process.argv[2]!') },
  'eval': { 'src/a.ts': `import { Worker } from 'node:worker_threads';
export function ask(text: string) {
  const worker = new Worker('require("worker_threads").parentPort.on("message", console.log)', { eval: true });
  worker.postMessage({ type: 'task', text }); // ! worker_threads/worker-post-message lost
}` },
});

const poster = (message: string, more = ''): string =>
  `import { Worker } from 'node:worker_threads';\nconst worker = new Worker(new URL('./worker.js', import.meta.url));\n${more}\nexport function tell(text: string, id: number) { worker.postMessage(${message}); }`;
const post = (message: string, more?: string): Files => ({ 'src/a.ts': poster(message, more) });
const told = (message: string, more?: string): Files => ({ 'src/worker.ts': worker, 'src/a.ts': `${poster(message, more)} // ! worker_threads/worker-post-message lost` });

cases('threads: requests hand work over', {}, {
  'type: task': told(`{ type: 'task', text }`),
  'type: run, id': told(`{ type: 'run', id, payload: { text } }`),
  'a method': told(`{ method: 'write', args: [text] }`),
  'cmd': told(`{ cmd: 'exec', args: [text] }`),
  'no type': told(`{ id, prompt: text }`),
  'a variable': told(`message`, `const message = { prompt: 'x' };`),
  'spread': told(`{ ...base, text }`, `const base = { a: 1 };`),
  'a transfer list': told(`{ id, buffer }, [buffer]`, `const buffer = new ArrayBuffer(8);`),
  'a string': told(`text`),
  'a number': told('count', 'const count = Date.now();'),
  'a list whose first says that it is a call': told('[MESSAGE_CALL, text]', 'const MESSAGE_CALL = 1;'),
  'a list': told('[text, id]'),
  'a literal that is no notice': told(`'index everything'`),
  'an unknown kind': told(`{ type: 'summarise', text }`),
  'enum kind': told(`{ kind: Kind.Run, text }`, `enum Kind { Run = 'run', Stop = 'stop' }`),
  'optional chain': { 'src/worker.ts': worker, 'src/a.ts': `import { Worker } from 'node:worker_threads';
let worker: Worker | undefined;
export function start() { worker = new Worker('./worker.js'); }
export function ask(text: string) { worker?.postMessage({ text }); } // ! worker_threads/worker-post-message lost` },
  'dispatch of a list, one to each': { 'src/worker.ts': worker, 'src/a.ts': `import { Worker } from 'node:worker_threads';
export function all(texts: string[]) {
  for (const text of texts) {
    const worker = new Worker('./worker.js');
    worker.postMessage({ type: 'task', text }); // ! worker_threads/worker-post-message lost
  }
}` },
});

const channels = "import { Worker, MessageChannel } from 'node:worker_threads';\n";
cases('threads: a worker that was just made is set up', {}, {
  'given a port for its tasks': { 'src/worker.ts': worker.replace(/ *\/\/ !.*/, ''), 'src/a.ts': `${channels}const ports: unknown[] = [];
export function addWorker(filename: string) {
  const worker = new Worker('./worker.js');
  const { port1, port2 } = new MessageChannel();
  ports.push(port1);
  const message = { filename, port: port2 };
  worker.postMessage(message, [port2]);
}` },
  'given a port for the answer': { 'src/worker.ts': worker, 'src/a.ts': `${channels}export function ask(text: string) {
  const worker = new Worker('./worker.js');
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.once('message', resolve);
    worker.postMessage({ text, port: port2 }, [port2]); // ! worker_threads/worker-post-message lost
  });
}` },
  'a task for one that was made before, with a port': { 'src/worker.ts': worker, 'src/a.ts': `${channels}const worker = new Worker('./worker.js');
export function ask(text: string) {
  const { port2 } = new MessageChannel();
  worker.postMessage({ text, port: port2 }, [port2]); // ! worker_threads/worker-post-message lost
}` },
  'told to start': { 'src/worker.ts': worker.replace(/ *\/\/ !.*/, ''), 'src/a.ts': `${channels}const workers: Worker[] = [];
export function addWorker(name: string) {
  const worker = new Worker('./worker.js');
  worker.postMessage({ type: 'start', name });
  workers.push(worker);
}` },
  'told to start, and waited for': { 'src/worker.ts': worker, 'src/a.ts': `${channels}export const run = (text: string) => new Promise((resolve) => {
  const worker = new Worker('./worker.js');
  worker.once('message', resolve);
  worker.postMessage({ type: 'start', text }); // ! worker_threads/worker-post-message lost
});` },
  'told to start, later': { 'src/worker.ts': worker, 'src/a.ts': `${channels}const worker = new Worker('./worker.js');
export function run(text: string) { worker.postMessage({ type: 'start', text }); } // ! worker_threads/worker-post-message lost` },
  'the handler listens to the port that it is given': { 'src/worker.ts': `import { parentPort } from 'node:worker_threads';
async function work(m: { text: string }) { await fetch('https://example.com/' + m.text); }
parentPort!.on('message', async (m) => { const { port, filename } = m; await import(filename); port.on('message', work.bind(null)); });` },
  'the handler listens to the port for an end': { 'src/worker.ts': `import { parentPort } from 'node:worker_threads';
async function work(m: { text: string }) { await fetch('https://example.com/' + m.text); }
parentPort!.on('message', async (m) => { const { port } = m; const stop = new AbortController(); port.on('message', () => stop.abort()); await work(m); }); // ! worker_threads/parent-port-on-message lost` },
  'the handler listens to a port of its own': { 'src/worker.ts': `import { parentPort, MessageChannel } from 'node:worker_threads';
async function work(m: { text: string }) { await fetch('https://example.com/' + m.text); }
const { port1: port } = new MessageChannel();
parentPort!.on('message', async (m) => { port.on('message', work); await work(m); }); // ! worker_threads/parent-port-on-message lost` },
});

const asIs = `import { parentPort, type MessagePort } from 'node:worker_threads';
async function work(m: unknown) { await fetch('https://example.com', { method: 'POST', body: String(m) }); }\n`;
cases('threads: the parent\'s port by another name', {}, {
  'cast': { 'src/a.ts': parent(`'./worker.js'`), 'src/worker.ts': `${asIs}const port = parentPort as MessagePort;\nport.on('message', work); // ! worker_threads/parent-port-on-message lost` },
  'annotated': { 'src/a.ts': parent(`'./worker.js'`), 'src/worker.ts': `${asIs}const port: MessagePort = parentPort!;\nport.on('message', work); // ! worker_threads/parent-port-on-message lost` },
  'handed to a function': { 'src/a.ts': parent(`'./worker.js'`), 'src/worker.ts': `${asIs}function start(port: MessagePort) {\n  port.on('message', work); // ! worker_threads/parent-port-on-message lost\n}\nif (parentPort) start(parentPort);` },
  'a port of one\'s own, handed to a function': { 'src/a.ts': parent(`'./worker.js'`), 'src/worker.ts': `${asIs}declare const ports: MessagePort[];\nfunction start(port: MessagePort) { port.on('message', work); }\nstart(ports[0]!);\nvoid parentPort;` },
  'a port of one\'s own, annotated': { 'src/a.ts': parent(`'./worker.js'`), 'src/worker.ts': `${asIs}declare const ports: MessagePort[];\nconst port: MessagePort = ports[0]!;\nport.on('message', work);\nvoid parentPort;` },
});

cases('threads: notices hand nothing over', {}, {
  'a list whose first says that it sets up': post('[CHILD_MESSAGE_INITIALIZE, text]', 'const CHILD_MESSAGE_INITIALIZE = 0;'),
  'a list whose first asks for memory usage': post('[MESSAGE_MEM_USAGE]', 'const MESSAGE_MEM_USAGE = 3;'),
  'a list whose first is a notice\'s word': post(`['ping', id]`),
  'the end': post(`'die'`),
  'a bare signal': post('false'),
  'null': post('null'),
  'shutdown': post(`{ type: 'shutdown' }`),
  'a word': post(`'stop'`),
  'heartbeat': post(`{ type: 'ping', at: Date.now() }`),
  'configuration': post(`{ type: 'config', text }`),
  'a method that ends it': post(`{ method: 'abort', args: [] }`),
  'cancel': post(`{ cmd: 'cancel', id }`),
  'metrics': post(`{ type: 'metrics', id }`),
  'log level': post(`{ type: 'log', text }`),
  'ready': post(`{ type: 'ready' }`),
  'result': post(`{ id, result: text }`),
  'error': post(`{ id, error: text }`),
  'namespaced kind': post(`{ type: 'task:ack', id }`),
  'nothing': post(``),
  'broadcast by forEach': { 'src/a.ts': `import { Worker } from 'node:worker_threads';
const workers = [new Worker('./worker.js'), new Worker('./worker.js')];
export function tell(text: string) { workers.forEach((w) => w.postMessage({ text })); }` },
  'broadcast by for of': { 'src/a.ts': `import { Worker } from 'node:worker_threads';
const workers: Worker[] = [new Worker('./worker.js')];
export function tell(text: string) { for (const w of workers) w.postMessage({ text }); }` },
  'at module scope': { 'src/a.ts': `import { Worker } from 'node:worker_threads';\nconst worker = new Worker('./worker.js');\nworker.postMessage({ type: 'task' });` },
});

cases('threads: the worker\'s side', {}, {
  'handler that does nothing': { ...post(`{ type: 'task', text }`), 'src/worker.ts': `import { parentPort } from 'node:worker_threads';\nlet seen = 0;\nparentPort!.on('message', (m) => { seen++; console.log(m, seen); });` },
  'handler that only computes and answers': { ...post(`{ type: 'task', text }`), 'src/worker.ts': `import { parentPort } from 'node:worker_threads';\nparentPort!.on('message', (m) => { parentPort!.postMessage({ id: m.id, result: Math.sqrt(m.n) }); });` },
  'once': { ...told(`{ type: 'task', text }`), 'src/worker.ts': `import { parentPort } from 'node:worker_threads';\nimport { writeFile } from 'node:fs/promises';\nparentPort!.once('message', async (m) => { await writeFile('x', m.text); }); // ! worker_threads/parent-port-on-message lost` },
  'a guard around': { ...told(`{ type: 'task', text }`), 'src/worker.ts': `import { parentPort } from 'node:worker_threads';\nimport { writeFile } from 'node:fs/promises';\nif (parentPort) {\n  const port = parentPort;\n  port.on('message', async (m) => { await writeFile('x', m.text); }); // ! worker_threads/parent-port-on-message lost\n}` },
  'handler by name': { ...told(`{ type: 'task', text }`), 'src/worker.ts': `import { parentPort } from 'node:worker_threads';\nimport { writeFile } from 'node:fs/promises';\nasync function handle(m: { text: string }) { await writeFile('x', m.text); }\nparentPort?.on('message', handle); // ! worker_threads/parent-port-on-message lost` },
  'handler from another file': { ...told(`{ type: 'task', text }`), 'src/handle.ts': `import { writeFile } from 'node:fs/promises';\nexport async function handle(m: { text: string }) { await writeFile('x', m.text); }`, 'src/worker.ts': `import { parentPort } from 'node:worker_threads';\nimport { handle } from './handle.ts';\nparentPort?.on('message', handle); // ! worker_threads/parent-port-on-message lost` },
  'another event': { ...post(`{ type: 'shutdown' }`), 'src/worker.ts': `import { parentPort } from 'node:worker_threads';\nimport { writeFile } from 'node:fs/promises';\nparentPort?.on('close', async () => { await writeFile('x', 'closed'); });` },
  'carried on both sides already': {
    'src/a.ts': `import { Worker } from 'node:worker_threads';\nimport { context, propagation } from '@opentelemetry/api';\nconst worker = new Worker('./worker.js');
export function ask(text: string) { const carrier = {}; propagation.inject(context.active(), carrier); worker.postMessage({ text, carrier }); }`,
    'src/worker.ts': `import { parentPort } from 'node:worker_threads';\nimport { context, propagation } from '@opentelemetry/api';\nimport { writeFile } from 'node:fs/promises';
parentPort!.on('message', (m) => context.with(propagation.extract(context.active(), m.carrier), async () => { await writeFile('x', m.text); }));`,
  },
  'carried by the producer only': {
    'src/a.ts': `import { Worker } from 'node:worker_threads';\nimport { context, propagation } from '@opentelemetry/api';\nconst worker = new Worker('./worker.js');
export function ask(text: string) { const carrier = {}; propagation.inject(context.active(), carrier); worker.postMessage({ text, carrier }); }`,
    'src/worker.ts': `import { parentPort } from 'node:worker_threads';\nimport { writeFile } from 'node:fs/promises';
parentPort!.on('message', async (m) => { await writeFile('x', m.text); }); // ! worker_threads/parent-port-on-message one-sided`,
  },
});

cases('threads: workerData', {}, {
  'work at the start': {
    'src/a.ts': `import { Worker } from 'node:worker_threads';\nexport const run = (task: string) => new Worker(new URL('./worker.js', import.meta.url), { workerData: { task } }); // ! worker_threads/new-worker lost`,
    'src/worker.ts': `import { workerData } from 'node:worker_threads'; // ! worker_threads/worker-data lost\nasync function main(x: { task: string }) { await fetch('https://example.com/' + x.task); }\nvoid main(workerData);`,
  },
  'told in messages only that a part is done with': {
    'src/a.ts': `import { Worker } from 'node:worker_threads';\nexport function run(task: string) {\n  const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: { task } }); // ! worker_threads/new-worker lost\n  worker.on('message', async (m) => { await fetch('https://example.com/' + m.part); worker.postMessage({ type: 'done', part: m.part }); });\n}`,
    'src/worker.ts': `import { workerData } from 'node:worker_threads'; // ! worker_threads/worker-data lost\nasync function main(x: { task: string }) { await fetch('https://example.com/' + x.task); }\nvoid main(workerData);`,
  },
  'given its tasks in messages': {
    'src/a.ts': `import { Worker } from 'node:worker_threads';\nexport function run(limit: number, tasks: string[]) {\n  const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: { limit } });\n  for (const task of tasks) worker.postMessage({ type: 'task', task }); // ! worker_threads/worker-post-message lost\n}`,
    'src/worker.ts': `import { parentPort, workerData } from 'node:worker_threads';\nparentPort!.on('message', async (m) => { await fetch('https://example.com/' + m.task + workerData.limit); }); // ! worker_threads/parent-port-on-message lost`,
  },
  'in a variable of the function': {
    'src/a.ts': `import { Worker } from 'node:worker_threads';\nexport function run(task: string) { const options = { workerData: { task } }; return new Worker(new URL('./worker.js', import.meta.url), options); } // ! worker_threads/new-worker lost`,
    'src/worker.ts': `import { workerData } from 'node:worker_threads'; // ! worker_threads/worker-data lost\nasync function main(x: { task: string }) { await fetch('https://example.com/' + x.task); }\nvoid main(workerData);`,
  },
  'in a variable of the file': {
    'src/a.ts': `import { Worker } from 'node:worker_threads';\nconst options = { workerData: { limit: 3 } };\nexport const run = () => new Worker(new URL('./worker.js', import.meta.url), options);`,
    'src/worker.ts': `import { workerData } from 'node:worker_threads';\nasync function main(x: { limit: number }) { await fetch('https://example.com/' + x.limit); }\nvoid main(workerData);`,
  },
  'no workerData': { 'src/a.ts': `import { Worker } from 'node:worker_threads';\nexport const run = () => new Worker('./worker.js');`, 'src/worker.ts': `import { workerData } from 'node:worker_threads';\nawait fetch('https://example.com/' + workerData.task);` },
  'nobody starts it here': { 'src/worker.ts': `import { workerData } from 'node:worker_threads';\nawait fetch('https://example.com/' + workerData.task);` },
  'at module scope': { 'src/a.ts': `import { Worker } from 'node:worker_threads';\nexport const w = new Worker('./worker.js', { workerData: { a: 1 } });`, 'src/worker.ts': `import { workerData } from 'node:worker_threads';\nawait fetch('https://example.com/' + workerData.task);` },
  'carried already': {
    'src/a.ts': `import { Worker } from 'node:worker_threads';\nimport { context, propagation } from '@opentelemetry/api';\nexport function run(task: string) { const carrier = {}; propagation.inject(context.active(), carrier); return new Worker('./worker.js', { workerData: { task, carrier } }); }`,
    'src/worker.ts': `import { workerData } from 'node:worker_threads';\nimport { context, propagation } from '@opentelemetry/api';\nawait context.with(propagation.extract(context.active(), workerData.carrier), () => fetch('https://example.com/' + workerData.task));`,
  },
});

const inLoop = (made: string): string => `import { Worker } from 'node:worker_threads';\nexport function run(tasks: string[], limits: object, count: number) {\n  for (let i = 0; i < count; i++) ${made}\n}`;
const working = `import { workerData } from 'node:worker_threads'; // ! worker_threads/worker-data lost\nasync function main(x: unknown) { await fetch('https://example.com/' + String(x)); }\nvoid main(workerData);`;
const unfound = (text: string): string => text.replace(/ *\/\/ !.*/g, '');
cases('threads: workerData, by what is given and what is done', {}, {
  'required': {
    'package.json': { name: 'app', engines: { node: '20' } },
    'a.js': `const { Worker } = require('worker_threads');\nexports.run = (task) => new Worker(__dirname + '/worker.js', { workerData: { task } }); // ! worker_threads/new-worker lost`,
    'worker.js': `const { parentPort, workerData } = require('node:worker_threads'); // ! worker_threads/worker-data lost no-repair\nasync function main(x) { await fetch('https://example.com/' + x.task); }\nmain(workerData);\nvoid parentPort;`,
  },
  'required, of something else': {
    'package.json': { name: 'app', engines: { node: '20' } },
    'worker.js': `const { workerData } = require('./settings.js');\nfetch('https://example.com/' + workerData.task);`, 'settings.js': `exports.workerData = { task: 'x' };`,
  },
  'a file that computes': {
    'src/a.ts': `import { Worker } from 'node:worker_threads';\nexport const run = (text: string) => new Worker(new URL('./worker.js', import.meta.url), { workerData: text });`,
    'src/worker.ts': `import { parentPort, workerData } from 'node:worker_threads';\nimport { parse } from 'acorn';\nfunction count(text: string) { return JSON.stringify(parse(text, { ecmaVersion: 2020 })).length; }\nparentPort!.postMessage(count(workerData));`,
  },
  'many that are made alike': { 'src/worker.ts': unfound(working), 'src/a.ts': inLoop(`void new Worker('./worker.js', { workerData: { limits, name: i } });`) },
  'a task for each': { 'src/worker.ts': working, 'src/a.ts': inLoop(`void new Worker('./worker.js', { workerData: { task: tasks[i] } }); // ! worker_threads/new-worker lost`) },
  'a task for each, in a variable': { 'src/worker.ts': working, 'src/a.ts': inLoop(`{\n    const task = tasks[i];\n    void new Worker('./worker.js', { workerData: { task } }); // ! worker_threads/new-worker lost\n  }`) },
  'one whose work comes through a channel': { 'src/worker.ts': unfound(working), 'src/a.ts': `import { Worker } from 'node:worker_threads';\nimport { Calls } from 'elsewhere';\nexport function run(name: string) { const worker = new Worker('./worker.js', { workerData: { name } }); return new Calls({ name, port: worker }); }` },
  'one that is kept in an object': { 'src/worker.ts': working, 'src/a.ts': `import { Worker } from 'node:worker_threads';\nimport { Calls } from 'elsewhere';\nexport function run(name: string) {\n  const worker = new Worker('./worker.js', { workerData: { name } }); // ! worker_threads/new-worker lost\n  return new Calls({ name, worker });\n}` },
});

cases('threads: the parent\'s listener runs where the worker was made', {}, {
  'pool': { 'src/a.ts': `import { Worker } from 'node:worker_threads';
const worker = new Worker('./worker.js');
async function save(m: unknown) { await fetch('https://example.com', { method: 'POST', body: String(m) }); }
export function listen() { worker.on('message', (m) => void save(m)); } // ! worker_threads/worker-on-message wrong` },
  'made and listened to in one call': { 'src/a.ts': `import { Worker } from 'node:worker_threads';
async function save(m: unknown) { await fetch('https://example.com', { method: 'POST', body: String(m) }); }
export function run() { const worker = new Worker('./worker.js'); worker.on('message', (m) => void save(m)); }` },
  'that only settles promises': { 'src/a.ts': `import { Worker } from 'node:worker_threads';
const worker = new Worker('./worker.js');
const pending = new Map<number, (x: unknown) => void>();
export function listen() { worker.on('message', (m: { id: number }) => { pending.get(m.id)?.(m); pending.delete(m.id); }); }` },
  'error and exit': { 'src/a.ts': `import { Worker } from 'node:worker_threads';
const worker = new Worker('./worker.js');
async function save(m: unknown) { await fetch('https://example.com', { method: 'POST', body: String(m) }); }
export function listen() { worker.on('error', (m) => void save(m)); worker.on('exit', (m) => void save(m)); }` },
});

const quietWorker = worker.replace(/ \/\/ !.*/, '');
const traced = `import { NodeSDK } from '@opentelemetry/sdk-node';\nnew NodeSDK({}).start();`;
const asking = (verdict: string): string => parent(`new URL('./worker.js', import.meta.url)`).replace(/ \/\/ !.*/, verdict === '' ? '' : ` // ! worker_threads/worker-post-message ${verdict}`);

cases('threads: a worker that starts no tracer', { assumeTraced: false }, {
  'untraced': { 'src/worker.ts': quietWorker, 'src/a.ts': asking('untraced untraced-far-side') },
  'traced in the file': { 'src/worker.ts': `${traced}\n${worker}`, 'src/a.ts': asking('lost') },
  'traced by an import': { 'src/tracing.ts': traced, 'src/worker.ts': `import './tracing.ts';\n${worker}`, 'src/a.ts': asking('lost') },
  'traced by an import of an import': { 'src/tracing.ts': traced, 'src/setup.ts': `import './tracing.js';`, 'src/worker.ts': `import './setup.js';\n${worker}`, 'src/a.ts': asking('lost') },
  'traced by --import in a script': { 'package.json': { name: 'app', type: 'module', engines: { node: '20' }, scripts: { start: 'node --import ./tracing.js dist/a.js' } }, 'src/worker.ts': worker, 'src/a.ts': asking('lost') },
  'traced by a package\'s register': { 'package.json': { name: 'app', type: 'module', engines: { node: '20' }, scripts: { start: 'node --require @opentelemetry/auto-instrumentations-node/register a.js' }, dependencies: { '@opentelemetry/auto-instrumentations-node': '0.60.0' } }, 'src/worker.ts': worker, 'src/a.ts': asking('lost') },
  'traced in the main thread only': { 'src/tracing.ts': traced, 'src/main.ts': `import './tracing.ts';\nimport './a.ts';`, 'src/worker.ts': quietWorker, 'src/a.ts': asking('untraced untraced-far-side') },
  'workerData, untraced': { 'src/a.ts': `import { Worker } from 'node:worker_threads';\nexport const run = (task: string) => new Worker(new URL('./worker.js', import.meta.url), { workerData: { task } }); // ! worker_threads/new-worker untraced untraced-far-side`, 'src/worker.ts': `import { workerData } from 'node:worker_threads';\nasync function main(x: { task: string }) { await fetch('https://example.com/' + x.task); }\nvoid main(workerData);` },
});

cases('threads: --assume-traced', { assumeTraced: true }, {
  'the worker too': { 'src/worker.ts': worker, 'src/a.ts': asking('lost') },
});

const unread = worker.replace('on-message lost', 'on-message one-sided');
const typed = (fields: string, mark = ''): Files => ({
  'src/worker.ts': mark === '' ? unread : worker,
  'src/types.ts': `export interface Start { kind: 'start'; path: string }\nexport interface Run { kind: 'run'; ${fields} }\nexport type Request = Start | Run;`,
  'src/a.ts': `import { Worker } from 'node:worker_threads';\nimport type { Request } from './types.ts';\nexport class Runner {\n  #worker = new Worker(new URL('./worker.js', import.meta.url));\n  send(message: Request) { this.#worker.postMessage(message); }${mark}\n}`,
});
const dark = ' // ! worker_threads/worker-post-message lost';
cases('threads: a message whose type has a place for the carrier', {}, {
  'of another file, in a union': typed('text: string; otelCarrier?: Record<string, string>'),
  'by its header\'s name': typed('text: string; traceparent?: string'),
  'written inline': { 'src/worker.ts': unread, 'src/a.ts': `import { Worker } from 'node:worker_threads';\nconst worker = new Worker('./worker.js');\nexport const send = (message: { text: string; traceContext?: object }) => worker.postMessage(message);` },
  'with another': { 'src/worker.ts': unread, 'src/a.ts': `import { Worker } from 'node:worker_threads';\ninterface Carried { traceparent?: string }\nconst worker = new Worker('./worker.js');\nexport const send = (message: { text: string } & Carried) => worker.postMessage(message);` },
  'a vendor\'s, in what is sent': { 'src/worker.ts': unread, 'src/a.ts': `import { Worker } from 'node:worker_threads';\nconst worker = new Worker('./worker.js');\nexport const send = (text: string, data: Record<string, string>) => worker.postMessage({ text, trace: { sentryTrace: data['sentry-trace'] } });` },
  'no such place': typed('text: string; trace: boolean', dark),
  'made here, and not filled in': { ...typed('text: string; traceparent?: string'), 'src/worker.ts': worker, 'src/a.ts': `import { Worker } from 'node:worker_threads';\nimport type { Request } from './types.ts';\nconst worker = new Worker('./worker.js');\nexport function send(text: string) { const message: Request = { kind: 'run', text }; worker.postMessage(message); }${dark}` },
  'a type out of sight': { 'src/worker.ts': worker, 'src/a.ts': `import { Worker } from 'node:worker_threads';\nimport type { Request } from 'elsewhere';\nconst worker = new Worker('./worker.js');\nexport const send = (message: Request) => worker.postMessage(message);${dark}` },
});

const service = (answer: string, more = ''): string => `import { Worker } from 'node:worker_threads';
import { register } from 'prom-client';
const thread = new Worker(new URL('./worker.js', import.meta.url), { workerData: { port: 9000 } });
export function serve() {
  thread.on('message', (msg: { id?: number; ready?: boolean; key: string }) => { if (msg.ready) return; void respond(msg as { id: number; key: string }); });
}
async function respond(msg: { id: number; key: string }) { ${answer} }
${more}`;
cases('threads: what a worker asks its parent', {}, {
  'metrics, answered by a function of its own': { 'src/worker.ts': 'export {};', 'src/a.ts': service('const body = await register.metrics(); thread.postMessage({ id: msg.id, body });') },
  'what it asked, posted by a function that others call too': { 'src/worker.ts': worker, 'src/a.ts': service(`thread.postMessage({ id: msg.id, key: msg.key });${dark}\n`, `export const ask = (key: string) => respond({ id: 1, key });`) },
});

const bound = (rest: string): string => `import { Worker } from 'node:worker_threads';
export function start(file: string) {
  const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: { file } });${rest}
}`;
cases('threads: how its work comes', {}, {
  'by a function that was bound': { 'src/worker.ts': worker, 'src/a.ts': bound(`\n  return { send: worker.postMessage.bind(worker), worker };`) },
  'with its data': { 'src/worker.ts': `import { workerData } from 'node:worker_threads'; // ! worker_threads/worker-data lost\nvoid fetch(workerData.file);`, 'src/a.ts': bound('').replace(/(new Worker\(.*)/, '$1 // ! worker_threads/new-worker lost') },
  'in a folder of tests': { 'test/worker.ts': worker.replace(/ \/\/ !.*/, ''), 'test/a.ts': parent(`new URL('./worker.js', import.meta.url)`).replace(/ \/\/ !.*/, '') },
});

const chained = (listeners: string): string => `import { parentPort } from 'node:worker_threads';\nimport { writeFile } from 'node:fs/promises';\nexport function listen() {\n  parentPort!\n${listeners}\n}`;
cases('threads: one listener after another', {}, {
  'after one for errors': { 'src/worker.ts': chained(`    .on('messageerror', (e) => { throw e; })\n    .on('message', async (m) => { await writeFile('x', m.text); }); // ! worker_threads/parent-port-on-message lost`) },
  'for errors after one': { 'src/worker.ts': chained(`    .on('message', async (m) => { await writeFile('x', m.text); }) // ! worker_threads/parent-port-on-message lost\n    .on('messageerror', (e) => { throw e; });`) },
  'of something else that gives itself back': `import { EventEmitter } from 'node:events';\nimport { writeFile } from 'node:fs/promises';\nexport const listen = (e: EventEmitter) => e.on('error', () => {}).on('message', async (m) => { await writeFile('x', m.text); });`,
});

const waiting = (listener: string): string => `import { fork, type ChildProcess } from 'node:child_process';
const child: ChildProcess = fork(new URL('./worker.js', import.meta.url));
declare function save(m: unknown): Promise<void>;
export const wait = (matches: (m: unknown) => boolean) => new Promise((resolve) => { child.on('message', (m) => { ${listener} }); });`;
cases('threads: what waits for one message', {}, {
  'that matches': { 'src/worker.ts': 'export {};', 'src/a.ts': waiting('if (matches(m)) resolve(m);') },
  'that does not match': { 'src/worker.ts': 'export {};', 'src/a.ts': waiting('if (!matches(m)) return; resolve(m);') },
  'and does something with it': { 'src/worker.ts': 'export {};', 'src/a.ts': `${waiting('if (matches(m)) void save(m).then(resolve);')} // ! child_process/child-on-message wrong` },
});

const given = `import { workerData } from 'node:worker_threads'; // ! worker_threads/worker-data lost no-repair\nvoid fetch(workerData.file);`;
const starts = (file: string): string => `import { Worker } from 'node:worker_threads';\nexport const run = (file: string) => new Worker(${file}, { workerData: { file } });`;
cases('threads: a worker whose program cannot be told', {}, {
  'that is given its data': { 'src/worker.ts': given, 'src/a.ts': `${starts('process.env.WORKER!')} // ! worker_threads/new-worker lost` },
  'that another package gives its data': { 'packages/a/package.json': { name: 'a', type: 'module', engines: { node: '>=20' } }, 'packages/b/package.json': { name: 'b', type: 'module', engines: { node: '>=20' } },
    'packages/b/worker.ts': given.replace(/ \/\/ !.*/, ''), 'packages/a/a.ts': `${starts('process.env.WORKER!')} // ! worker_threads/new-worker lost` },
});
