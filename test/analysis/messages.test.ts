/** What a message is: only a request hands work over. */
import { cases, type Files } from './harness.ts';

const lost = ' // ! worker_threads/worker-post-message lost';
const worker = `import { parentPort } from 'node:worker_threads';\nimport { writeFile } from 'node:fs/promises';\nparentPort!.on('message', async (m) => { await writeFile('x', m.text); });`;
const handled = worker.replace(/$/, ' // ! worker_threads/parent-port-on-message lost');
const sends = (body: string, before = ''): string => `import { Worker } from 'node:worker_threads';\nconst workers = [new Worker(new URL('./worker.js', import.meta.url)), new Worker(new URL('./worker.js', import.meta.url))];\nconst worker = new Worker(new URL('./worker.js', import.meta.url));\n${before}\nexport function tell(text: string, texts: string[], on: boolean) { ${body} }\nvoid workers;`;
const quiet = (body: string, before?: string): Files => ({ 'src/worker.ts': worker, 'src/a.ts': sends(body, before) });
const asked = (body: string, before?: string): Files => ({ 'src/worker.ts': handled, 'src/a.ts': sends(body, before).replace(/(export function tell.*)/, `$1${lost}`) });

cases('messages: kinds', {}, {
  'a constant': quiet(`worker.postMessage({ type: READY, text });`, `const READY = 'ready';`),
  'a constant that is a request': asked(`worker.postMessage({ type: RUN, text });`, `const RUN = 'run';`),
  'either of two notices': quiet(`worker.postMessage({ type: on ? 'pause' : 'resume', text });`),
  'a notice or a request': asked(`worker.postMessage({ type: on ? 'pause' : 'run', text });`),
  'either of two messages, both notices': quiet(`worker.postMessage(on ? { type: 'ping' } : { type: 'close' });`),
  'either of two messages': asked(`worker.postMessage(on ? { type: 'ping' } : { type: 'run', text });`),
  'JSON': quiet(`worker.postMessage(JSON.stringify({ type: 'shutdown' }));`),
  'JSON of a request': asked(`worker.postMessage(JSON.stringify({ type: 'run', text }));`),
  'Object.assign': quiet(`worker.postMessage(Object.assign({ cmd: 'resp', mid: 1 }, { text }));`),
  'as the callers say': quiet(`note('pause'); note('resume');`, `function note(type: string) { worker.postMessage({ type }); }`),
  'as one caller says': { 'src/worker.ts': handled, 'src/a.ts': sends(`note('pause'); note('run');`, `function note(type: string) { worker.postMessage({ type }); }${lost}`) },
  'a kind under another name': quiet(`worker.postMessage({ case: 'ready', value: text });`),
  'a ping under a third': quiet(`worker.postMessage({ msgtype: 'ping', text });`),
  'a request under another name': asked(`worker.postMessage({ case: 'run', value: text });`),
  'a kind whose last word says what it is': quiet(`worker.postMessage({ case: 'inferenceResponse', value: { text } });`),
  'a kind whose last word says that it asks': asked(`worker.postMessage({ case: 'inferenceRequest', value: { text } });`),
  'a request to end': quiet(`worker.postMessage({ type: 'shutdownRequest' });\n  worker.postMessage({ type: 'ping-request', text });\n  worker.postMessage({ kind: 'initializeRequest', value: { text } });`),
  'a request to begin with something': asked(`worker.postMessage({ type: 'startJobRequest', value: { text } });`),
  'one that is there no longer': quiet(`worker.postMessage({ type: 'deregister-client', text });`),
  'one that is new': asked(`worker.postMessage({ type: 'register-client', text });`),
  'one that ends': quiet(`worker.postMessage({ op: Op.DestroySession, text });\n  worker.postMessage({ op: 'cancelJob', text });`, `enum Op { DestroySession }`),
  'one that ends a thing': quiet(`worker.postMessage({ type: 'stop-process', text });\n  worker.postMessage({ type: 'STOP_RECORDING', text });\n  worker.postMessage({ cmd: 'shutdownServer' });`),
  'one that goes on after a stop': asked(`worker.postMessage({ type: 'stoppage-report', text });`),
  'one that begins a program anew': quiet(`worker.postMessage({ type: 'restart-worker' });\n  worker.postMessage({ type: 'reloadConfig', text });`),
  'one that begins work anew': asked(`worker.postMessage({ type: 'restart-import', text });`),
  'a type that is named by what has it': quiet(`worker.postMessage(JSON.stringify({ type: ProcessTerminateMessage.TYPE, text }));\n  worker.postMessage({ type: ReadyMessage.type });`, `import { ProcessTerminateMessage, ReadyMessage } from './protocol';`),
  'a type of a request that is named by what has it': asked(`worker.postMessage({ type: RenderRequest.TYPE, text });`, `import { RenderRequest } from './protocol';`),
  'a type of all types': asked(`worker.postMessage({ type: MessageType.Type, text });`, `import { MessageType } from './protocol';`),
  'one that asks how it is': quiet(`worker.postMessage({ op: 'fetchStatus', text });\n  worker.postMessage({ op: 'get-metrics' });`),
  'one that asks for something else': asked(`worker.postMessage({ op: 'fetchRows', text });`),
  'a word that begins, alone or with settings': quiet(`worker.postMessage({ message: 'start' });\n  worker.postMessage({ op: 'loadCode' });\n  worker.postMessage({ type: 'load', pluginConfig: text });`),
  'a word that begins, with something to work on': asked(`worker.postMessage({ type: 'load', text });`),
  'a word that begins, with an id': asked(`worker.postMessage({ type: 'start', id: text });`),
  'a word that ends, under a key of its own': quiet(`worker.postMessage({ systemAction: 'close' });\n  worker.postMessage({ subject: WorkerSubject.WorkerMessageExit });\n  worker.postMessage('app:ping');`, `enum WorkerSubject { WorkerMessageExit }`),
  'work under a key of its own': asked(`worker.postMessage({ systemAction: 'tidy' });`),
  'a word of a task': asked(`worker.postMessage('task:update');`),
  'one that counts': quiet(`worker.postMessage({ op: 'collectStats' });`),
  'one that collects something else': asked(`worker.postMessage({ op: 'collectInvoices' });`),
  'a message that is asked for its kind': quiet(`pass({ op: text });`, `export function pass(message: { op: string }) { if (message.op === 'shutdown') worker.postMessage(message); }`),
  'a message that is of any other kind': { 'src/worker.ts': handled, 'src/a.ts': sends(`pass({ op: text });`, `export function pass(message: { op: string }) { if (message.op !== 'shutdown') worker.postMessage(message); }${lost}`) },
  'a handshake': quiet(`worker.postMessage({ type: 'handshake', text });`),
  'settings by their name': quiet(`setUp({ verbose: on });`, `function setUp(debug: object) { worker.postMessage(JSON.stringify(debug)); }`),
  'what is handed in': { 'src/worker.ts': handled, 'src/a.ts': sends(`tellIt({ verbose: on });`, `function tellIt(message: object) { worker.postMessage(JSON.stringify(message)); }${lost}`) },
  'as the callers of a function say': quiet(`say({ type: 'handshake' });`, `function say(message: object) { worker.postMessage(message); }`),
  'as the callers of an exported function say': { 'src/worker.ts': handled, 'src/a.ts': sends(`say({ type: 'handshake' });`, `export function say(message: object) { worker.postMessage(message); }${lost}`) },
  'as the callers of a function that is exported below say': { 'src/worker.ts': handled, 'src/a.ts': sends(`say({ type: 'handshake' });`, `function say(message: object) { worker.postMessage(message); }${lost}\nexport { say };`) },
  'as one of two callers says': { 'src/worker.ts': handled, 'src/a.ts': sends(`say({ type: 'handshake' }); say({ type: 'run', text });`, `function say(message: object) { worker.postMessage(message); }${lost}`) },
  'as the callers of a private method say': quiet(`new Host().greet();`, `class Host { greet() { this.say({ type: 'handshake' }); }\n  private say(message: object) { worker.postMessage(message); } }`),
  'as the callers of a method say, who may be others': { 'src/worker.ts': handled, 'src/a.ts': sends(`new Host().greet();`, `export class Host { greet() { this.say({ type: 'handshake' }); }\n  say(message: object) { worker.postMessage(message); }${lost}\n}`) },
  'a word in a constant': quiet(`worker.postMessage(STOP);`, `const STOP = 'stop';`),
});

cases('messages: to all, or to each its own', {}, {
  'to all': quiet(`workers.forEach((w) => w.postMessage({ text }));`),
  'to all, by map': quiet(`workers.map((w) => w.postMessage({ text }));`),
  'to each its own': asked(`workers.forEach((w, i) => w.postMessage({ text: texts[i] }));`),
  'to one of them': asked(`workers[0]!.postMessage({ text });`),
});

const inWorker = (code: string): Files => ({ 'src/worker.ts': `import { parentPort } from 'node:worker_threads';\n${code}` });

cases('messages: from a worker', {}, {
  'an answer by a named listener': inWorker(`function handle(m: { id: number; n: number }) { parentPort!.postMessage({ value: Math.sqrt(m.n) }); }\nparentPort!.on('message', handle);`),
  'an answer by a method': inWorker(`class Server { handle = (m: { n: number }) => { parentPort!.postMessage({ value: m.n }); };\n  start() { parentPort!.on('message', this.handle); } }\nnew Server().start();`),
  'a question that is waited for': inWorker(`export const ask = (text: string) => new Promise((resolve) => { parentPort!.once('message', resolve); parentPort!.postMessage({ cmd: 'call', text }); }); // ! worker_threads/parent-port-post-message lost`),
  'a question with a pending map': inWorker(`const pending = new Map<number, { resolve(x: unknown): void }>();\nlet next = 0;\nexport async function ask(text: string) { const mid = next++; const answer = new Promise((resolve) => { pending.set(mid, { resolve }); }); parentPort!.postMessage({ cmd: 'call', mid, text }); return answer; } // ! worker_threads/parent-port-post-message lost`),
  'what nobody waits for': inWorker(`export function report(text: string) { parentPort!.postMessage({ text }); }`),
  'a metric that is waited for': inWorker(`export const flush = () => new Promise((resolve) => { parentPort!.once('message', resolve); parentPort!.postMessage({ cmd: 'metrics', value: 1 }); });`),
});

const parent = (listener: string, more = ''): Files => ({ 'src/child.ts': 'export {};',
  'src/a.ts': `import { fork, type ChildProcess } from 'node:child_process';\nimport { writeFile } from 'node:fs/promises';\nexport class Host {\n  child: ChildProcess = fork(new URL('./child.js', import.meta.url));\n  listen() { ${listener} }\n${more}}` });

cases('messages: what a child asks and what it is answered', {}, {
  'a switch with nothing but notices': parent(`this.child.on('message', (m: any) => { switch (m.case) { case 'pongResponse': this.refresh(); break; case 'exiting': void this.save(m); break; } });`, `  refresh() { void this.save(0); }\n  async save(m: unknown) { await writeFile('x', String(m)); }\n`),
  'what has begun': parent(`this.child.on('message', (m: any) => { if (m) { if (m.type === 'importer-started') { return this.refresh(); } } });`, `  refresh() { void this.save(0); }\n  async save(m: unknown) { await writeFile('x', String(m)); }\n`),
  'what is to be begun': parent(`this.child.on('message', (m: any) => { if (m) { if (m.type === 'importer-start') { return this.refresh(); } } }); // ! child_process/child-on-message wrong\n`, `  refresh() { void this.save(0); }\n  async save(m: unknown) { await writeFile('x', String(m)); }\n`),
  'a switch with a request': parent(`this.child.on('message', (m: any) => { switch (m.case) { case 'pongResponse': this.refresh(); break; case 'saveRequest': void this.save(m); break; } }); // ! child_process/child-on-message wrong\n`, `  refresh() { void this.save(0); }\n  async save(m: unknown) { await writeFile('x', String(m)); }\n`),
  'an answer by a function that the listener calls': parent(`this.child.on('message', (m: any) => { if (m.op === 'save') void this.save(this.child, m.value); }); // ! child_process/child-on-message wrong\n`, `  async save(child: ChildProcess, m: any) { await writeFile('x', m.text); child.send({ op: 'saved', value: { requestId: m.requestId } }); }\n`),
  'a word to it by a function that the listener calls': parent(`this.child.on('message', (m: any) => { if (m.op === 'save') void this.save(this.child, m.value); }); // ! child_process/child-on-message wrong\n`, `  async save(child: ChildProcess, m: any) { await writeFile('x', m.text); child.send({ op: 'print', value: { text: m.text } }); } // ! child_process/send lost\n`),
});

cases('requests: routes through a client of another file', {}, {
  'by the path that a caller gives': {
    'src/http.ts': `export const post = (path: string, body: object) => fetch(\`http://localhost:4000\${path}\`, { method: 'POST', body: JSON.stringify(body) }); // ! fetch/fetch lost`,
    'src/a.ts': `import { post } from './http.ts';\nconst PLAN = '/plan';\nexport const plan = () => post(PLAN, {});`,
    'src/s.ts': `import express from 'express';\nimport { writeFile } from 'node:fs/promises';\nconst app = express();\napp.post('/plan', async (req, res) => { await writeFile('x', ''); res.end(); }); // ! express/route lost\napp.post('/walk', async (req, res) => { await writeFile('x', ''); res.end(); });`,
  },
});
