/** Processes that are made by a function of one's own or kept outside of the one that makes them, connections that are handed to them, and jobs in processes. */
import { cases, type Files } from './harness.ts';

const work = `async function work(id?: unknown) { await fetch('https://example.com/' + id); }\n`;
const child = `process.on('message', async (task: { id: string }) => { await fetch('https://example.com/' + task.id); });`;
const heard = child.replace(/$/, ' // ! child_process/process-on-message lost');
const at = (a: string, far = child): Files => ({ 'src/child.ts': far, 'src/a.ts': `import { fork, spawn, type ChildProcess } from 'node:child_process';\n${work}${a}` });

cases('processes: listened to where they are made', {}, {
  'in a variable of the module': at(`let child: ChildProcess;\nexport function start() { child = spawn('node', ['./x.js']); child.on('message', (m) => void work(m)); return child; }`),
  'in a variable of the module, that a listener fills again': at(`let child: ChildProcess;\nexport function start(): ChildProcess { child = spawn('node', ['./x.js']); child.on('message', (m) => { void work(m); child.on('exit', () => { child = start(); }); }); return child; }`),
  'in a variable of the module, elsewhere': at(`let child: ChildProcess;\nexport function start() { child = fork('./x.js'); }\nexport function listen() { child.on('message', (m) => void work(m)); } // ! child_process/child-on-message wrong`),
  'by a function of one\'s own': at(`function make(path: string) { const child = fork(path); child.on('exit', () => child.disconnect()); return child; }\nexport function start() { const child = make('./x.js'); child.on('message', (m) => void work(m)); }`),
  'by a method, in a field': at(`export class Host {\n  #child?: ChildProcess;\n  child?: ChildProcess;\n  start() { this.child = this.make('./x.js'); this.child.on('message', (m) => void work(m)); }\n  private make(path: string): ChildProcess { const child = fork(path); return child; }\n}`),
  'by a method that may have made it before': at(`export class Host {\n  child?: ChildProcess;\n  start() { const child = this.make('./x.js'); child.on('message', (m) => void work(m)); } // ! child_process/child-on-message wrong\n  private make(path: string): ChildProcess { this.child ??= fork(path); return this.child; }\n}`),
  'where there is none yet': at(`let child: ChildProcess | undefined;\nexport function start() { child ??= fork('./x.js'); child.on('message', (m) => void work(m)); } // ! child_process/child-on-message wrong`),
  'after they are listened to': at(`let child: ChildProcess = fork('./x.js');\nexport function start() { child.on('message', (m) => void work(m)); child = fork('./x.js'); } // ! child_process/child-on-message wrong`),
});

cases('processes: set up where they are made', {}, {
  'by a method, in a field': at(`export class Host {\n  child?: ChildProcess;\n  start(config: object) { this.child = this.make(new URL('./child.js', import.meta.url).pathname); this.child.send({ action: 'start', config }); }\n  private make(path: string): ChildProcess { const child = fork(path); return child; }\n}`),
  'and given work': at(`export class Host {\n  child?: ChildProcess;\n  start(id: string) { this.child = this.make(new URL('./child.js', import.meta.url)); this.child.send({ action: 'crawl', id }); } // ! child_process/send lost\n  private make(path: URL): ChildProcess { const child = fork(path); return child; }\n}`, heard),
});

cases('processes: a connection that is handed over', {}, {
  'by its type': at(`import type { Socket } from 'node:net';\nexport const hand = (child: ChildProcess, socket: Socket) => child.send({ action: 'take' }, socket, () => {});`),
  'of a server': { 'src/a.ts': `import { createServer } from 'node:net';\nimport cluster, { type Worker } from 'node:cluster';\nconst workers: Worker[] = [];\nexport const start = () => { workers.push(cluster.fork()); createServer((connection) => { workers[0]!.send('sticky', connection); }).listen(80); };` },
  'a callback is none': at(`const child = fork(new URL('./child.js', import.meta.url));\nexport const run = (id: string, done: () => void) => child.send({ action: 'crawl', id }, done); // ! child_process/send lost`, heard),
  'one that may be left out': at(`const child = fork(new URL('./child.js', import.meta.url));\nexport const run = (id: string, connection?: never) => child.send({ action: 'crawl', id }, connection); // ! child_process/send lost`, heard),
  'and taken by a server': at(`const child = fork(new URL('./child.js', import.meta.url));\nexport const run = (id: string) => child.send({ action: 'crawl', id });`, `import http from 'node:http';\nconst server = http.createServer();\nprocess.on('message', (m: { action: string }, socket) => { if (m.action === 'take') { server.emit('connection', socket); } });`),
  'and work beside it': at(`const child = fork(new URL('./child.js', import.meta.url));\nexport const run = (id: string) => child.send({ action: 'crawl', id }); // ! child_process/send lost`, `import http from 'node:http';\nconst server = http.createServer();\nprocess.on('message', async (m: any, socket) => { if (socket) server.emit('connection', socket); else await fetch('https://example.com/' + m.id); }); // ! child_process/process-on-message lost`),
});

const manifest = { name: 'app', engines: { node: '>=20' }, dependencies: { bree: '^9.2.0', '@mintplex-labs/bree': '^9.2.0' } };
const job = `process.on('message', async (task) => { // ! child_process/process-on-message lost no-repair\n  await fetch('https://example.com/' + task.id);\n});`;
const quiet = job.replace(/ *\/\/ !.*/, '');
const jobs = (a: string, far = job): Files => ({ 'package.json': manifest, 'src/jobs/mail.js': far, 'src/a.js': a });
const bree = `const Bree = require('@mintplex-labs/bree');\nconst bree = new Bree({ root: './jobs', runJobsAs: 'process' });\n`;

cases('jobs in processes', {}, {
  'a message to a job': jobs(`${bree}exports.run = async (name, id) => { await bree.run(name); const job = bree.workers.get(name); job.send({ type: 'mail', id }); }; // ! bree/process-send lost`),
  'a message to a job of a field': jobs(`const Bree = require('@mintplex-labs/bree');\nclass Jobs {\n  boot() { this.bree = new Bree({ runJobsAs: 'process' }); }\n  send(name, id) { const worker = this.bree.workers.get(name); if (worker) worker.send({ id }); } // ! bree/process-send lost\n}\nexports.Jobs = Jobs;`),
  'a process that a comment names': { 'src/b.js': `const { fork } = require('child_process');\nexports.tool = () => fork('./x.js');`, ...jobs(`${bree}/** @returns {Promise<{ worker: ChildProcess, name: string }>} */\nasync function start(name) { await bree.run(name); return { worker: bree.workers.get(name), name }; }\nexports.run = async (name, id) => { const { worker } = await start(name); worker.send({ id }); }; // ! child_process/send lost`) },
  'a word to a job': jobs(`${bree}exports.stop = (name) => { bree.workers.get(name).send({ type: 'cancel' }); };`, quiet),
  'a job that only computes': jobs(`${bree}exports.run = (name, id) => { bree.workers.get(name).send({ type: 'mail', id }); }; // ! bree/process-send lost`, `process.on('message', (task) => { process.send({ type: 'result', value: task.id * 2 }); });`),
  'jobs that are only run': jobs(`${bree}exports.run = (name) => bree.run(name);`, quiet),
  'a map of one\'s own': jobs(`const bree = { workers: new Map() };\nexports.run = (name, id) => bree.workers.get(name).send({ type: 'mail', id });`, quiet),
  'a message to a job in a thread': { 'package.json': manifest, 'src/jobs/mail.js': `const { parentPort } = require('node:worker_threads');\nparentPort.on('message', async (task) => { await fetch('https://example.com/' + task.id); }); // ! worker_threads/parent-port-on-message lost`, 'src/a.js': `const Bree = require('bree');\nconst bree = new Bree({ root: './jobs' });\nexports.run = async (name, id) => { await bree.run(name); bree.workers.get(name).postMessage({ type: 'mail', id }); }; // ! bree/worker-post-message lost` },
  'a job in a thread is told to stop': { 'package.json': manifest, 'src/a.js': `const Bree = require('bree');\nconst bree = new Bree({ root: './jobs' });\nexports.stop = (name) => bree.workers.get(name).postMessage('cancel');` },
});

const asks = (listener: string, verdict = ''): Files => ({ 'src/a.ts': `import { fork } from 'node:child_process';\nexport function start(file: string, id: string) { const child = fork(file); child.on('exit', console.log); later(() => child.send({ type: 'task', id })); } // ! child_process/send lost\ndeclare function later(fn: () => void): void;`, 'src/child.ts': `async function work(x: unknown) { await fetch('https://example.com/' + x); }\nexport const ask = (id: string) => new Promise<unknown>((resolve) => {\n  const listener = (m: any) => { ${listener} };\n  process.on('message', listener);${verdict}\n  process.send!({ id, ask: true }); // ! child_process/process-send lost\n});` });
cases('processes: an answer that is waited for', {}, {
  'and heard no more': asks(`if (m.id !== id) return; process.off('message', listener); note(process); resolve(m.result); function note(x: any) { void work(x); }`),
  'and what comes is worked on for good': asks(`void work(m.id).then(resolve);`, ' // ! child_process/process-on-message lost no-repair'),
});

const tidy = (call: string, verdict = ''): Files => ({ 'src/worker.ts': `import workerpool from 'workerpool';\nasync function tidy() { await fetch('https://example.com'); }\nworkerpool.worker({ tidy });`, 'src/a.ts': `import workerpool from 'workerpool';\nconst pool = workerpool.pool(__dirname + '/worker.js');\nexport async function setUp(id?: string) {\n  ${call}${verdict}\n}` });
cases('pools: what is only set going', {}, {
  'nothing is given, and nobody waits': tidy(`pool.exec('tidy');`),
  'nor where that is said': tidy(`void pool.exec('tidy');`),
  'somebody waits': tidy(`await pool.exec('tidy');`, ' // ! workerpool/exec lost'),
  'something is given': tidy(`pool.exec('tidy', [id]);`, ' // ! workerpool/exec lost'),
});

const reads = (from: string, make: string): Files => ({ 'src/worker.ts': `import Database from '${from}';\nimport { parentPort } from 'node:worker_threads';\n${make}\nparentPort!.on('message', ({ id }: { id: string }) => { parentPort!.postMessage(find.get(id)); });`, 'src/a.ts': `import { Worker } from 'node:worker_threads';\nconst worker = new Worker(new URL('./worker.js', import.meta.url));\nexport const load = (id: string) => new Promise((resolve) => { worker.once('message', resolve); worker.postMessage({ id }); });` });
const lost = (files: Files): Files => Object.fromEntries(Object.entries(files).map(([name, text]) => [name, (text as string).replace(/(parentPort!\.on\(.*|worker\.postMessage.*)$/, (line) => `${line} // ! worker_threads/${line.startsWith('parent') ? 'parent-port-on-message' : 'worker-post-message'} lost`)]));
cases('threads: a database that answers without a promise', {}, {
  'a statement': lost(reads('better-sqlite3', `const find = new Database('x.db').prepare('SELECT * FROM items WHERE id = ?');`)),
  'a statement by its type': lost(reads('better-sqlite3', `declare const find: Database.Statement;`)),
  'a map is none': reads('better-sqlite3', `const find = new Map<string, string>();\nvoid Database;`),
});
