/** Does what is handed over lead to anything worth a span? (DESIGN.md 5.4) */
import { cases, type Files } from './harness.ts';

const browser = { runtime: 'browser' } as const;
const lost = ' // ! timers/set-timeout lost';
const io = `import { readFile } from 'node:fs/promises';\nasync function load(id: string) { return readFile(id); }\n`;
/** A timer in a browser, where the context is lost: what its callback does decides. */
const later = (body: string, before = '', code = ''): string => `${before}\nexport function later(id: string, ms: number) {\n  setTimeout(() => { ${body} }, ms);${code}\n}`;

cases('work: reached through calls', browser, {
  'one call away': later(`void load(id);`, io, lost),
  'two calls away': later(`first(id);`, `${io}function second(id: string) { void load(id); }\nfunction first(id: string) { second(id); }`, lost),
  'a method of an own class': later(`new Store().keep(id);`, `${io}class Store { keep(id: string) { void load(id); } }`, lost),
  'a method that calls another': later(`store.keep(id);`, `${io}class Store { keep(id: string) { this.write(id); }\n  private write(id: string) { void load(id); } }\nconst store = new Store();`, lost),
  'a method that is inherited': later(`store.keep(id);`, `${io}class Base { keep(id: string) { void load(id); } }\nclass Store extends Base {}\nconst store = new Store();`, lost),
  'an object of functions': later(`actions.keep(id);`, `${io}const actions = { keep: (id: string) => load(id) };`, lost),
  'a table of handlers': later(`handlers[id as 'a'](id);`, `${io}const handlers = { a: (id: string) => load(id), b: () => undefined };`, lost),
  'a table of methods': later(`handlers[id as 'a'](id);`, `${io}const handlers = { a(id: string) { return load(id); } };`, lost),
  'a map of handlers': later(`handlers.get(id)?.(id);`, `${io}const handlers = new Map([['a', (id: string) => load(id)]]);`, lost),
  'a map that the file fills': later(`handlers.get(id)?.(id);`, `${io}const handlers = new Map<string, (id: string) => unknown>();\nhandlers.set('a', (id) => load(id));`, lost),
  'a switch': later(`switch (id) { case 'a': void load(id); break; default: console.log(id); }`, io, lost),
  'by name, to forEach': later(`[id].forEach(load);`, io, lost),
  'by name, to then': later(`Promise.resolve(id).then(load);`, io, lost),
  'a function of another file': { 'src/io.ts': `${io.replace('async function', 'export async function')}`, 'src/a.ts': later(`void load(id);`, `import { load } from './io.ts';`, lost) },
  'a method of another file': { 'src/store.ts': `import { readFile } from 'node:fs/promises';\nexport class Store { keep(id: string) { return readFile(id); } }\nexport const store = new Store();`, 'src/a.ts': later(`void store.keep(id);`, `import { store } from './store.ts';`, lost) },
  'through an index': { 'src/io.ts': `${io.replace('async function', 'export async function')}`, 'src/index.ts': `export * from './io.ts';`, 'src/a.ts': later(`void load(id);`, `import { load } from './index.ts';`, lost) },
  'a bound method': `${io}class A { run(id?: string) { void load(id ?? ''); } }\nconst a = new A();\nexport function f() { setTimeout(a.run.bind(a), 1); }${lost}`,
  'a debounced function': `import { debounce } from 'lodash';\n${io}export function f() { setTimeout(debounce(() => load('a'), 10), 1); }${lost}`,
  'a wrapper that works itself': `${io}function safely(fn: () => void) { return () => { void load('log'); fn(); }; }\nexport function f() { setTimeout(safely(() => undefined), 1); }${lost}`,
  'a function that was handed in': `export function f(run: () => void) { setTimeout(() => run(), 1); }${lost}`,
  'recursion ends': later(`even(3);`, `${io}function even(n: number): void { if (n > 0) odd(n - 1); }\nfunction odd(n: number): void { if (n > 0) even(n - 1); else void load('x'); }`, lost),
  'a repository\'s find': later(`users.find({ id });`, `declare const users: { find(x: object): void };`, lost),
  'a queue that is handed in': `export function f(jobs: any) { setTimeout(() => { jobs.add('a'); }, 1); }${lost}`,
  'a find that is waited for': later(`void users.find({ id }).then(console.log);`, `declare const users: { find(x: object): Promise<unknown> };`, lost),
  'for await': later(`void (async () => { for await (const x of source) console.log(x, id); })();`, `declare const source: AsyncIterable<string>;`, lost),
  'a record that is removed': later(`users.remove(id);`, `declare const users: { remove(x: string): void };`, lost),
  'a record that removes itself, waited for': later(`void (async () => { await user.remove(); })();`, `declare const user: { remove(): Promise<void> };`, lost),
  'a command that is executed': later(`shell.exec(id);`, `declare const shell: { exec(x: string): void };`, lost),
  'a query': later(`pool.query(id);`, `declare const pool: { query(x: string): void };`, lost),
  'a predicate that waits': later(`void (async () => { if (await isAllowed(id)) console.log(id); })();`, `declare const isAllowed: (x: string) => Promise<boolean>;`, lost),
  'a server\'s answer by an own client': later(`client.send(id);`, `declare const client: { send(x: string): void };`, lost),
});

cases('work: nothing worth a span', browser, {
  'a find whose result is used at once': later(`tree.find(id).forEach((x) => console.log(x));`, `declare const tree: { find(x: string): string[] };`),
  'a set that is handed in': `declare const all: string[];\nfunction note(seen: any, id: string) { seen.add(id); }\nexport function f(seen: any) { setTimeout(() => { for (const id of all) note(seen, id); }, 1); }`,
  'a parser': later(`tree.createNode(id);`, `import * as parser from '@babel/parser';\nconst tree = parser.parse('x') as any;`),
  'a question whether': `declare const log: string[];\nexport function f(matches: (x: string) => boolean) { setTimeout(() => { if (!matches('a')) log.push('a'); }, 1); }`,
  'resolves': `export const sleep = (ms: number) => new Promise<void>((resolve) => { setTimeout(resolve, ms); });`,
  'rejects': `export const fail = (ms: number) => new Promise<void>((_, reject) => { setTimeout(() => reject(new Error('late')), ms); });`,
  'logs': later(`console.warn('late', id);`),
  'logs by a method': later(`logger.child({ id }).info('late');`, `declare const logger: { child(x: object): { info(x: string): void } };`),
  'counts': later(`seen++;`, `let seen = 0;`),
  'clears': later(`clearInterval(handle);`, `declare const handle: number;`),
  'aborts': later(`controller.abort();`, `const controller = new AbortController();`),
  'kills': later(`child.kill();`, `declare const child: { kill(): void };`),
  'terminates': later(`void worker.terminate();`, `declare const worker: { terminate(): Promise<void> };`),
  'removes listeners': later(`target.removeAllListeners(); target.removeEventListener('x', noop);`, `declare const target: { removeAllListeners(): void; removeEventListener(a: string, b: () => void): void };\nconst noop = () => undefined;`),
  'registers a listener': later(`target.addEventListener('x', noop);`, `declare const target: { addEventListener(a: string, b: () => void): void };\nconst noop = () => undefined;`),
  'metrics': later(`metrics.record('late', 1); counter.add(1);`, `declare const metrics: { record(x: string, n: number): void };\ndeclare const counter: { add(n: number): void };`),
  'sets fields': `export class A { busy = false; last?: string;\n  later(id: string) { setTimeout(() => { this.busy = false; this.last = id; }, 1); } }`,
  'a set': later(`seen.add(id); seen.delete(id);`, `const seen = new Set<string>();`),
  'a set in a field': `export class A { private seen: Set<string> = new Set();\n  later(id: string) { setTimeout(() => { this.seen.add(id); }, 1); } }`,
  'a set to add to that is handed in': `export function later(seen: Set<string>, id: string) { setTimeout(() => { seen.add(id); }, 1); }`,
  'a list': later(`const at = list.indexOf(id); if (at >= 0) list.splice(at, 1); list.find((x) => x === id);`, `const list: string[] = [];`),
  'headers': later(`headers.append('x-a', id);`, `const headers = new Headers();`),
  'a table of silent handlers': later(`handlers[id as 'a'](id);`, `const handlers = { a: (id: string) => console.log(id), b: () => undefined };`),
  'a map of silent handlers': later(`handlers.get(id)?.();`, `const handlers = new Map([['a', () => console.log('a')]]);`),
  'pending promises': later(`pending.get(id)?.resolve(id); pending.delete(id);`, `const pending = new Map<string, { resolve(x: string): void }>();`),
  'pending functions': later(`pending.get(id)?.(id); pending.delete(id);`, `const pending = new Map<string, (x: string) => void>();\nexport const ask = (id: string) => new Promise((resolve) => { pending.set(id, resolve); });`),
  'looks in the page': later(`document.querySelector('#a')?.scrollIntoView(); document.querySelectorAll(id).forEach((x) => x.classList.add('on'));`),
  'draws': `export function animate() {\n  const step = () => { frame++; if (frame < 9) window.requestAnimationFrame(step); };\n  setTimeout(step, 1);\n}\nlet frame = 0;`,
  'takes an element away': later(`element.remove();`, `const element = document.createElement('a');`),
  'matches a pattern': later(`if (pattern.exec(id)) seen++; /a/.exec(id);`, `const pattern = /b+/;\nlet seen = 0;`),
  'asks whether': `export function later(isOpen: () => boolean, ms: number) { setTimeout(() => { if (!isOpen()) console.log('closed'); }, ms); }`,
  'collects metrics': later(`void (async () => { text = await register.metrics(); })();`, `import { register } from 'prom-client';\nexport let text = '';`),
  'a message': later(`port.postMessage({ id });`, `declare const port: MessagePort;`),
  'a silent function by name': later(`[id].forEach(note);`, `function note(x: string) { console.log(x); }`),
  'a silent function of another file': { 'src/note.ts': `export function note(x: string) { console.log(x); }`, 'src/a.ts': later(`note(id);`, `import { note } from './note.ts';`) },
  'a debounced silence': `import { debounce } from 'lodash';\nexport function f() { setTimeout(debounce(() => console.log('a'), 10), 1); }`,
  'an own wrapper around silence': `function safely(fn: () => void) { return () => { try { fn(); } catch (error) { console.error(error); } }; }\nexport function f() { setTimeout(safely(() => console.log('a')), 1); }`,
  'silent recursion': later(`tick(3);`, `function tick(n: number): void { if (n > 0) tick(n - 1); }`),
  'pauses': later(`void pause();`, `async function pause() { await new Promise((resolve) => setTimeout(resolve, 5)); }`),
});

const memory = `import { Memory } from 'mem0ai/oss';\nconst memory = new Memory();\nconst ids: string[] = [];`;
// `delete` says nothing by its name: that its result is taken for a promise does.
cases('work: calls whose promises are gathered', browser, {
  'Promise.all of a map': later(`void Promise.all(ids.map((x) => memory.delete(x)));`, memory, lost),
  'awaited': later(`void (async () => { await Promise.all(ids.map((x) => memory.delete(x))); })();`, memory, lost),
  'a block that returns': later(`void Promise.all(ids.map((x) => { console.log(x); return memory.delete(x); }));`, memory, lost),
  'a function expression': later(`void Promise.all(ids.map(function (x) { return memory.delete(x); }));`, memory, lost),
  'allSettled': later(`void Promise.allSettled(ids.map((x) => memory.delete(x)));`, memory, lost),
  'flatMap': later(`void Promise.all(ids.flatMap((x) => memory.delete(x)));`, memory, lost),
  'a filter between': later(`void Promise.all(ids.map((x) => memory.delete(x)).filter(Boolean));`, memory, lost),
  'spread into a list': later(`void Promise.all([...ids.map((x) => memory.delete(x)), other]);`, `${memory}\ndeclare const other: Promise<void>;`, lost),
  'in the list itself': later(`void Promise.all([memory.delete(id)]);`, memory, lost),
  'kept under a name': later(`const all = ids.map((x) => memory.delete(x)); void Promise.all(all);`, memory, lost),
  'asserted': later(`void Promise.all((ids.map((x) => (memory.delete(x) as Promise<void>))) as Promise<void>[]);`, memory, lost),
  'an async function to forEach': later(`ids.forEach(async (x) => memory.delete(x));`, memory, lost),
  'a function that the package exports': later(`void Promise.all(ids.map((x) => forget(x)));`, `${memory}\nimport { forget } from 'mem0ai/tools';`, lost),
});

cases('work: lists of plain values', browser, {
  'a map': later(`const all = ids.map((x) => memory.delete(x)); console.log(all);`, memory),
  'a map that is returned': `${memory}\nexport function later(ms: number) { setTimeout(() => ids.map((x) => memory.delete(x)), ms); }`,
  'forEach': later(`ids.forEach((x) => { memory.delete(x); });`, memory),
  'fields, to Promise.all': later(`void Promise.all(ids.map((x) => ({ x, size: x.length })));`, memory),
  'computed, to Promise.all': later(`void Promise.all(ids.map((x) => String(x)));`, memory),
  'a module that only computes': later(`void Promise.all(ids.map((x) => chunk(x)));`, `${memory}\nimport { chunk } from 'lodash';`),
  'what is not given back': later(`void Promise.all(ids.map((x) => { memory.delete(x); return x; }));`, memory),
  'an argument of what is given back': later(`void Promise.all(ids.map((x) => String(memory.name(x))));`, memory),
  'another name': later(`const all = ids.map((x) => memory.delete(x)); const rest = [id]; void Promise.all(rest); console.log(all);`, memory),
  'another\'s all': later(`checks.all(ids.map((x) => memory.delete(x)));`, `${memory}\ndeclare const checks: { all(x: unknown): void };`),
  'no array\'s method': later(`void Promise.all([hold((x: string) => memory.delete(x))]);`, `${memory}\nfunction hold(fn: (x: string) => unknown) { return fn; }`),
});

const messages = (handler: string, before = '', code = ''): Files => ({
  'src/a.ts': `import { Worker } from 'node:worker_threads';\nconst worker = new Worker(new URL('./worker.js', import.meta.url));\nexport function ask(text: string) { worker.postMessage({ type: 'task', text }); }${code === '' ? '' : ' // ! worker_threads/worker-post-message lost'}`,
  'src/worker.ts': `import { writeFile } from 'node:fs/promises';\nimport { parentPort } from 'node:worker_threads';\nasync function save(x: unknown) { await writeFile('x', String(x)); }\n${before}\nparentPort!.on('message', (message) => {${handler}});${code}\nvoid save;`,
});
const consumer = ' // ! worker_threads/parent-port-on-message lost';
const line = (text: string): string => text.replace(/\n\s*/g, ' ');

cases('work: handlers of messages', {}, {
  'a request': messages(line(`if (message.type === 'task') void save(message.text);`), '', consumer),
  'a request beside notices': messages(line(`if (message.type === 'settings') { void save(message.data); return; } void save(message.text);`), '', consumer),
  'in a switch': messages(line(`switch (message.type) { case 'shutdown': process.exit(); case 'task': void save(message.text); }`), '', consumer),
  'what falls through': messages(line(`switch (message.type) { case 'task': case 'ping': void save(message.text); }`), '', consumer),
  'all but a notice': messages(line(`if (message.type !== 'ping') void save(message.text);`), '', consumer),
  'a notice or a request': messages(line(`if (message.type === 'ping' || message.type === 'task') void save(message.text);`), '', consumer),
  'else of a notice': messages(line(`if (message.type === 'ping') return; else void save(message.text);`), '', consumer),
  'by a table': messages(line(`handlers[message.type as 'task'](message);`), `const handlers = { task: (m: { text: string }) => save(m.text), ping: () => undefined };`, consumer),
  'a command that does something': messages(line(`if (message.cmd === 'call') { run(message.message).then((response) => parentPort!.postMessage({ cmd: 'resp', mid: message.mid, response })); }`), `async function run(command: { cmd: string }) { switch (command.cmd) { case 'fetch': return save(command); default: return 0; } }`, consumer),
});

cases('work: handlers of messages that hold no request', {}, {
  'replies to pending calls': messages(line(`const waiting = pending.get(message.mid); if (message.cmd === 'resp' && waiting) { clearTimeout(waiting.timer); pending.delete(message.mid); if (message.error) return waiting.reject(new Error(message.error)); return waiting.resolve(message.response); }`),
    `const pending = new Map<string, { resolve(x: unknown): void; reject(e: Error): void; timer: NodeJS.Timeout }>();`),
  'replies taken apart': messages(line(`if (message && message.cmd === 'resp' && pending.has(message.mid)) { const { resolve, reject, timer } = pending.get(message.mid)!; clearTimeout(timer); pending.delete(message.mid); if (message.error) reject(message.error); else resolve(message.response); }`),
    `const pending = new Map<string, { resolve(x: unknown): void; reject(e: Error): void; timer: NodeJS.Timeout }>();`),
  'administration': messages(line(`if (message.cmd === 'call' && message.mid) { run(message.message).then((response) => { parentPort!.postMessage({ cmd: 'resp', mid: message.mid, response }); }).catch((error) => { parentPort!.postMessage({ cmd: 'resp', mid: message.mid, error }); }); }`),
    `const queue = { async close() { await save('closed'); } };\nasync function run(command: { cmd: string }) { switch (command.cmd) { case 'usage': return process.memoryUsage(); case 'close': await queue.close(); return true; default: console.log(command); return 0; } }`),
  'settings that are read again': messages(line(`if (message && message.cmd === 'settings') reload(message.data);`), `function reload(data: object) { if ('proxy' in data) void save(data); }`),
  'a word': messages(line(`if (message === 'shutdown') void save('closed');`)),
  'notices in a switch': messages(line(`switch (message.type) { case 'shutdown': case 'stop': void save('closed'); break; case 'ping': parentPort!.postMessage({ type: 'pong' }); break; default: console.warn(message); }`)),
  'notices by an enum': messages(line(`if (message.kind === Kind.Shutdown) void save('closed');`), `enum Kind { Shutdown = 'shutdown' }`),
  'either of two notices': messages(line(`if (message.type === 'stop' || message.type === 'shutdown') void save('closed');`)),
  'a silent table': messages(line(`handlers[message.type as 'ping'](message);`), `const handlers = { ping: (m: object) => parentPort!.postMessage({ type: 'pong', m }), log: (m: object) => console.log(m) };`),
  'computes and answers by process.send': messages(line(`process.send?.({ id: message.id, result: Math.sqrt(message.n) });`)),
});

// A queue's job is no notice, whatever it is called.
cases('work: jobs are not notices', {}, {
  'a job\'s name': `import { Worker } from 'bullmq';\nimport { writeFile } from 'node:fs/promises';\nexport const w = new Worker('mail', async (job) => { if (job.name === 'flush') await writeFile('x', ''); }); // ! bullmq/worker lost`,
  'a job\'s names in a switch': `import { Worker } from 'bullmq';\nimport { writeFile } from 'node:fs/promises';\nexport const w = new Worker('mail', async (job) => { switch (job.name) { case 'update': await writeFile('x', ''); } }); // ! bullmq/worker lost`,
});

cases('work: answering a request is none', {}, {
  'send': { 'src/a.ts': `export const run = (body: object) => fetch('http://localhost:4000/run', { method: 'POST', body: JSON.stringify(body) }); // ! fetch/fetch lost`, 'src/s.ts': `import express from 'express';\nconst app = express();\napp.post('/run', (req, res) => { res.status(200); res.send({ ok: true }); });` },
  'write': { 'src/a.ts': `export const run = (body: object) => fetch('http://localhost:4000/run', { method: 'POST', body: JSON.stringify(body) }); // ! fetch/fetch lost`, 'src/s.ts': `import express from 'express';\nconst app = express();\napp.post('/run', (req, res) => { res.writeHead(200); res.write('ok'); res.end(); });` },
});
