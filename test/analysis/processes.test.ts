/** Child processes and cluster workers: own programs with something to work on, and what is said to them. */
import { cases, type Files } from './harness.ts';

const work = `async function work(id?: unknown) { await fetch('https://example.com/' + id); }\n`;
const job = `async function main(id: string | undefined) { await fetch('https://example.com/' + id); }\nvoid main(process.argv[2]);`;
const at = (a: string, far = job): Files => ({ 'src/job.ts': far, 'src/a.ts': `import { fork, spawn, execFile, spawnSync } from 'node:child_process';\n${work}${a}` });

cases('processes: an own program that is given work', {}, {
  'fork with data': at(`export const run = (id: string) => fork('./job.js', [id]); // ! child_process/fork lost`),
  'fork of a URL': at(`export const run = (id: string) => fork(new URL('./job.js', import.meta.url), [id]); // ! child_process/fork lost`),
  'fork of a joined path': at(`import { join } from 'node:path';\nexport const run = (task: object) => fork(join(__dirname, 'job.js'), ['--task', JSON.stringify(task)]); // ! child_process/fork lost`),
  'fork with data and options': at(`export const run = (id: string) => fork('./job.js', [id], { cwd: '/tmp' }); // ! child_process/fork lost`),
  'fork with arguments in a variable': at(`export function run(id: string) { const args = ['--id', id]; return fork('./job.js', args); } // ! child_process/fork lost`),
  'spawn of process.execPath': at(`export const run = (id: string) => spawn(process.execPath, [new URL('./job.js', import.meta.url).pathname, id]); // ! child_process/spawn lost`),
  'spawn of node': at(`import { join } from 'node:path';\nexport const run = (id: string) => spawn('node', [join(__dirname, 'job.js'), id]); // ! child_process/spawn lost`),
  'spawn of tsx': at(`import { join } from 'node:path';\nexport const run = (id: string) => spawn('tsx', [join(__dirname, 'job.ts'), id]); // ! child_process/spawn lost`),
  'spawn of bun run': at(`import { join } from 'node:path';\nexport const run = (id: string) => spawn('bun', ['run', join(__dirname, 'job.ts'), id]); // ! child_process/spawn lost`),
  'after flags': at(`import { join } from 'node:path';\nexport const run = (id: string) => spawn(process.execPath, ['--enable-source-maps', '--import', './tracing.js', join(__dirname, 'job.js'), id]); // ! child_process/spawn lost`),
  'after execArgv': at(`import { join } from 'node:path';\nexport const run = (id: string) => spawn(process.execPath, [...process.execArgv, join(__dirname, 'job.js'), id]); // ! child_process/spawn lost`),
  'spawnSync': at(`import { join } from 'node:path';\nexport const run = (id: string) => spawnSync(process.execPath, [join(__dirname, 'job.js'), id]); // ! child_process/spawn lost`),
  'execFile': at(`import { join } from 'node:path';\nexport const run = (id: string) => execFile(process.execPath, [join(__dirname, 'job.js'), id], () => {}); // ! child_process/spawn lost`),
  'what is written to it': at(`import { join } from 'node:path';\nexport function run(task: object) {\n  const child = spawn(process.execPath, [join(__dirname, 'job.js')]); // ! child_process/spawn lost\n  child.stdin.end(JSON.stringify(task));\n}`),
  'its input': at(`import { join } from 'node:path';\nexport const run = (task: object) => spawnSync(process.execPath, [join(__dirname, 'job.js')], { input: JSON.stringify(task) }); // ! child_process/spawn lost`),
  'a namespace': { 'src/job.ts': job, 'src/a.ts': `import * as cp from 'child_process';\nexport const run = (id: string) => cp.fork('./job.js', [id]); // ! child_process/fork lost` },
  'CommonJS': { 'src/job.cjs': `async function main(id) { await fetch('https://example.com/' + id); }\nmain(process.argv[2]);`, 'src/a.cjs': `const { fork } = require('child_process');\nconst path = require('path');\nexports.run = (id) => fork(path.join(__dirname, 'job.cjs'), [id]); // ! child_process/fork lost` },
});

cases('processes: silent', {}, {
  'execFile, promisified': at(`import { join } from 'node:path';\nimport { promisify } from 'node:util';\nconst start = promisify(execFile);\nexport const run = (id: string) => start(process.execPath, [join(__dirname, 'job.js'), id]); // ! child_process/promisified lost`),
  'something else, promisified': at(`import { join } from 'node:path';\nimport { promisify } from 'node:util';\nfunction execFileLater(a: string, b: string[], done: () => void) { done(); }\nconst start = promisify(execFileLater);\nexport const run = (id: string) => start(process.execPath, [join(__dirname, 'job.js'), id]);`),
  'a program of others, promisified': at(`import { promisify } from 'node:util';\nconst start = promisify(execFile);\nexport const show = (path: string) => start('git', ['log', path]);`),
  'a program of others': at(`export const show = (path: string) => spawn('git', ['log', path]);\nexport const zip = (x: string) => execFile('ffmpeg', ['-i', x], () => {});`),
  'a command that comes as data': at(`export const run = (cmd: string, args: string[]) => spawn(cmd, args);`),
  'a shell': at(`export const run = (cmd: string) => spawn('sh', ['-c', cmd]);`),
  'npm': at(`export const install = (dir: string) => spawn('npm', ['install', dir]);`),
  'a script that is not of this repository': at(`export const lint = (f: string) => spawn('node', ['./node_modules/.bin/eslint', f]);`),
  'a script that comes as data': at(`export const run = (script: string, id: string) => spawn(process.execPath, [script, id]);`),
  'code as text': at(`export const run = (code: string) => spawn(process.execPath, ['-e', code]);`),
  'fixed arguments only': at(`export const serve = () => fork('./job.js', ['--serve']);`),
  'no arguments': at(`export const serve = () => fork('./job.js');`),
  'a command line handed on': at(`import { join } from 'node:path';\nexport const cli = (args: string[]) => spawn('node', [join(__dirname, 'job.js'), ...args]);`),
  'settings are set-up': at(`export const serve = (appConfig: string) => fork('./job.js', ['--config', appConfig]);`),
  'a script that is run by hand': { 'src/job.ts': job, 'scripts/all.ts': `import { fork } from 'node:child_process';\nexport const run = (id: string) => fork(new URL('../src/job.js', import.meta.url), [id]);` },
  'a script that measures a copy of itself': { 'benchmark/all.ts': `import { spawn } from 'node:child_process';\nexport const measure = (name: string) => spawn(process.execPath, [__filename, '--measure', name]);\n${job}`, 'tooling/all.ts': `import { spawn } from 'node:child_process';\nexport const measure = (name: string) => spawn(process.execPath, [__filename, '--measure', name]);\n${job}` },
  'a package that measures for others': { 'packages/bench/run.ts': `import { spawn } from 'node:child_process';\nexport const measure = (name: string) => spawn(process.execPath, [__filename, '--measure', name]); // ! child_process/spawn lost\n${job}` },
  'a port is set-up': at(`export const serve = (port: number) => fork('./job.js', ['--port', String(port)]);`),
  'arguments of its own': at(`export const again = () => fork('./job.js', process.argv.slice(2));`),
  'a process that is to outlive its caller': at(`import { join } from 'node:path';\nexport const daemon = (id: string) => spawn(process.execPath, [join(__dirname, 'job.js'), id], { detached: true, stdio: 'ignore' }).unref();`),
  'a switch that is one of two words': at(`export const show = (visible: boolean) => fork('./job.js', [visible ? 'true' : 'false']);`),
  'one of two data': at(`export const show = (a: string, b: string, first: boolean) => fork('./job.js', [first ? a : b]); // ! child_process/fork lost`),
  'a program whose handle becomes a channel': at(`declare function createRpcChannel(name: string, child: unknown): { call(x: string): void };\nexport function start(name: string) { const child = fork('./job.js', [name]); return createRpcChannel(name, child); }`),
  'a program whose handle is kept': at(`const children = new Set<unknown>();\nexport function start(name: string) { const child = fork('./job.js', [name]); children.add(child); } // ! child_process/fork lost`.replace('; children.add(child); } // ! child_process/fork lost', '; // ! child_process/fork lost\n  children.add(child);\n}')),
  'a program that is sent its tasks': at(`export function start(name: string) { const child = fork('./job.js', [name]); later(() => child.send({ type: 'task', name })); } // ! child_process/send lost\ndeclare function later(fn: () => void): void;`),
  'a program that is only told to stop': at(`export function start(name: string) {\n  const child = fork('./job.js', [name]); // ! child_process/fork lost\n  return () => child.send({ type: 'stop' });\n}`),
  'a build file': { 'src/job.ts': job, 'Gruntfile.js': `const { fork } = require('child_process');\nmodule.exports = (grunt) => { grunt.registerTask('all', (id) => fork('./src/job.js', [id])); };` },
  'a program that only computes': at(`export const run = (n: number) => fork('./job.js', [String(n)]);`, `const n = Number(process.argv[2]);\nconsole.log(n * 2);`),
  'at module scope': at(`fork('./job.js', [String(process.pid)]);`),
  'carried in the environment': at(`export const run = (id: string, traceparent: string) => fork('./job.js', [id], { env: { ...process.env, TRACEPARENT: traceparent } });`),
  'carried in the environment, injected': at(`import { context, propagation } from '@opentelemetry/api';\nexport function run(id: string) { const carrier: Record<string, string> = {}; propagation.inject(context.active(), carrier); return fork('./job.js', [id], { env: { ...process.env, ...carrier } }); }`),
  'carried in an argument': at(`export const run = (id: string, traceparent: string) => fork('./job.js', [JSON.stringify({ id, traceparent })]);`),
  'a fork of the repo': `${work}const fork = (path: string, args: string[]) => [path, args];\nexport const run = (id: string) => fork('./job.js', [id]);`,
  'a method of that name': `export class Pool { spawn(x: string) { return x; } fork(x: string, y: string[]) { return [x, y]; } }\nexport const run = (p: Pool, id: string) => [p.spawn(id), p.fork('./job.js', [id])];`,
  'a fork of another library': `import { fork } from 'redux-saga/effects';\nexport function* run(id: string) { yield fork('./job.js' as never, [id] as never); }`,
});

const child = `process.on('message', async (task: { id: string }) => { // ! child_process/process-on-message lost
  await fetch('https://example.com/' + task.id);
});`;
const quiet = child.replace(/ *\/\/ !.*/, '');
const parent = (a: string): string => `import { fork } from 'node:child_process';\nconst child = fork(new URL('./child.js', import.meta.url));\n${a}`;
cases('processes: messages', {}, {
  'to a child': { 'src/child.ts': child, 'src/a.ts': parent(`export const run = (id: string) => child.send({ type: 'task', id }); // ! child_process/send lost`) },
  'to a child of a class': { 'src/child.ts': child, 'src/a.ts': `import { fork, type ChildProcess } from 'node:child_process';
export class Runner {
  private child: ChildProcess;
  constructor() { this.child = fork(new URL('./child.js', import.meta.url)); }
  run(id: string) { this.child.send({ type: 'task', id }); } // ! child_process/send lost
}` },
  'in CommonJS': { 'src/child.cjs': `process.on('message', async (task) => { await fetch('https://example.com/' + task.id); }); // ! child_process/process-on-message lost`, 'src/a.cjs': `const { fork } = require('child_process');\nconst child = fork(__dirname + '/child.cjs');\nexports.run = (id) => child.send({ id }); // ! child_process/send lost` },
  'a ping is none': { 'src/child.ts': quiet, 'src/a.ts': parent(`export const ping = () => child.send({ type: 'ping' });\nexport const stop = () => child.send('shutdown');`) },
  'settings are none': { 'src/child.ts': quiet, 'src/a.ts': parent(`export const set = (x: object) => child.send({ type: 'config', x });`) },
  'settings of a kind, to a child that was just made': { 'src/child.ts': quiet, 'src/a.ts': `import { fork } from 'node:child_process';\nexport function run(settings: object) { const child = fork(new URL('./child.js', import.meta.url)); if (settings) child.send({ type: 'admin-settings', settings }); return child; }` },
  'settings to save, to a child that was just made': { 'src/child.ts': child, 'src/a.ts': `import { fork } from 'node:child_process';\nexport function run(settings: object) { const child = fork(new URL('./child.js', import.meta.url)); if (settings) child.send({ type: 'save-settings', settings }); return child; } // ! child_process/send lost` },
  'settings of a kind, to a child of earlier': { 'src/child.ts': child, 'src/a.ts': parent(`export const set = (settings: object) => child.send({ type: 'admin-settings', settings }); // ! child_process/send lost`) },
  'a program that cannot be told': { 'src/child.ts': child.replace(' lost', ' lost no-repair'), 'src/a.ts': `import { fork } from 'node:child_process';\nexport class Host {\n  constructor(private readonly script: string) {}\n  #child = fork(this.script);\n  run(id: string) { this.#child.send({ type: 'task', id }); } // ! child_process/send lost\n}` },
  'a program that is one of a folder': { 'src/jobs/mail.ts': child.replace(' lost', ' lost no-repair'), 'src/server.ts': quiet, 'src/a.ts': `import { fork } from 'node:child_process';\nexport function run(kind: string, id: string) { const child = fork(\`./src/jobs/${'$'}{kind}.js\`); child.send({ type: 'task', id }); } // ! child_process/send lost` },
  'the only program that is forked here, by its type': { 'src/child.ts': child, 'src/a.ts': `import path from 'node:path';\nimport { fork, type ChildProcess } from 'node:child_process';\nexport const start = () => fork(new URL(path.join('..', 'src/child.js'), import.meta.url));\nexport const run = (child: ChildProcess, id: string) => new Promise((resolve) => { child.once('message', resolve); child.send({ type: 'task', id }); }); // ! child_process/send lost` },
  'one of two programs that are forked here, by its type': { 'src/child.ts': child.replace(' lost', ' lost no-repair'), 'src/a.ts': `import { fork, type ChildProcess } from 'node:child_process';\nexport const start = () => [fork('./a.js'), fork('./b.js')];\nexport const run = (child: ChildProcess, id: string) => { child.send({ type: 'task', id }); }; // ! child_process/send lost` },
  'through a fork of one\'s own': { 'src/child.ts': child, 'src/fork.ts': `import { fork } from 'node:child_process';\nexport function start(file: string) { return fork(file, [], { execArgv: [] }); }`, 'src/a.ts': `import { join } from 'node:path';\nimport { start } from './fork.ts';\nconst child = start(join(__dirname, 'child.js'));\nexport const run = (id: string) => child.send({ type: 'task', id }); // ! child_process/send lost` },
  'a script that is run by hand sends to it too': { 'src/child.ts': child.replace(' lost', ' lost no-repair'), 'scripts/try.ts': `import { fork } from 'node:child_process';\nconst child = fork(new URL('../src/child.js', import.meta.url));\nexport const run = () => child.send({ type: 'task', id: 'x' });`, 'src/a.ts': `import { fork } from 'node:child_process';\nexport class Host {\n  constructor(private readonly script: string) {}\n  #child = fork(this.script);\n  run(id: string) { this.#child.send({ type: 'task', id }); } // ! child_process/send lost\n}` },
  'a script that is run by hand is all that sends to it': { 'src/child.ts': quiet, 'scripts/try.ts': `import { fork } from 'node:child_process';\nconst child = fork(new URL('../src/child.js', import.meta.url));\nexport const run = () => child.send({ type: 'task', id: 'x' });` },
  'a gateway that was just made is told to start': { 'src/child.ts': quiet, 'src/a.ts': `import { spawn } from 'node:child_process';\nexport function start(command: string, config: object) { const child = spawn(command, ['child.js'], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] }); child.send({ type: 'gateway:start', config }); return child; }` },
  'a job that was just made is told to start': { 'src/child.ts': child.replace(' lost', ' lost no-repair'), 'src/a.ts': `import { spawn } from 'node:child_process';\nexport function start(command: string, id: string) { const child = spawn(command, ['child.js'], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] }); child.send({ type: 'job:start', id }); return child; } // ! child_process/send lost` },
  'an interruption': { 'src/child.ts': quiet, 'src/a.ts': parent(`export const hush = () => child.send({ type: 'interrupt' });`) },
  'a table that is filled later': { 'src/child.cjs': `const actions = {};\nprocess.on('message', async (m) => { // ! child_process/process-on-message lost\n  const result = await actions[m.act](m);\n  process.send({ type: 'end', result });\n});\nactions.copy = async (m) => { await fetch('https://example.com/' + m.id); };`, 'src/a.cjs': `const { fork } = require('child_process');\nconst child = fork(__dirname + '/child.cjs');\nexports.run = (act, id) => child.send({ act, id }); // ! child_process/send lost` },
  'a table that is filled later, with what computes': { 'src/child.cjs': `const actions = {};\nprocess.on('message', async (m) => {\n  const result = await actions[m.act](m);\n  process.send({ type: 'end', result });\n});\nactions.add = async (m) => m.a + m.b;`, 'src/a.cjs': `const { fork } = require('child_process');\nconst child = fork(__dirname + '/child.cjs');\nexports.run = (act, a, b) => child.send({ act, a, b });` },
  'a program that cannot be told, told to stop alone': { 'src/child.ts': quiet, 'src/a.ts': `import { fork } from 'node:child_process';\nexport class Host {\n  constructor(private readonly script: string) {}\n  #child = fork(this.script);\n  stop() { this.#child.send('die'); }\n}` },
  'a program that cannot be told, of another package': { 'packages/a/package.json': { name: 'a', type: 'module', engines: { node: '>=20' } }, 'packages/b/package.json': { name: 'b', type: 'module', engines: { node: '>=20' } }, 'packages/b/child.ts': quiet, 'packages/a/a.ts': `import { fork } from 'node:child_process';\nexport function run(script: string, id: string) { const child = fork(script); child.on('exit', console.log); later(() => child.send({ type: 'task', id })); } // ! child_process/send lost\ndeclare function later(fn: () => void): void;` },
  'a command of the message\'s, whose promise is followed': { 'src/child.ts': `import { runner } from 'elsewhere';\nprocess.on('message', (m: any) => { // ! child_process/process-on-message lost\n  runner[m.command](m).then(console.log);\n});`, 'src/a.ts': parent(`export const run = (command: string) => child.send({ command }); // ! child_process/send lost`) },
  'a command of the message\'s, that gives no promise': { 'src/child.ts': `import { runner } from 'elsewhere';\nprocess.on('message', (m: any) => {\n  runner[m.command](m);\n});`, 'src/a.ts': parent(`export const run = (command: string) => child.send({ command });`) },
  'a handler of a program that is started here, and sent to by a helper': { 'src/child.ts': child.replace(' lost', ' lost no-repair'), 'src/a.ts': `import { fork } from 'node:child_process';\nimport { post } from 'elsewhere';\nexport const run = (id: string) => { const child = fork(new URL('./child.js', import.meta.url)); return post(child, { id }); };` },
  'a handler of one kind that a helper sends, and of a notice that is in sight': { 'src/child.ts': `process.on('message', async (m: any) => { // ! child_process/process-on-message lost no-repair\n  switch (m.cmd) { case 'init': await fetch('https://example.com/set-up'); break; case 'start': await fetch('https://example.com/' + m.id); break; }\n});`, 'src/a.ts': `import { fork } from 'node:child_process';\nimport { post } from 'elsewhere';\nexport async function run(id: string) { const child = fork(new URL('./child.js', import.meta.url)); child.send({ cmd: 'init' }); await post(child, { cmd: 'start', id }); }` },
  'a handler of no kind that is not sent in sight': { 'src/child.ts': `process.on('message', async (m: any) => {\n  switch (m.cmd) { case 'init': await fetch('https://example.com/set-up'); break; case 'start': await fetch('https://example.com/' + m.id); break; }\n});`, 'src/a.ts': `import { fork } from 'node:child_process';\nimport { post } from 'elsewhere';\nexport async function run(id: string) { const child = fork(new URL('./child.js', import.meta.url)); child.send({ cmd: 'start' }); await post(child, { cmd: 'start', id }); }` },
  'a handler that tells no kinds apart, of a notice that is in sight': { 'src/child.ts': quiet, 'src/a.ts': `import { fork } from 'node:child_process';\nimport { post } from 'elsewhere';\nexport async function run(id: string) { const child = fork(new URL('./child.js', import.meta.url)); child.send({ cmd: 'init' }); await post(child, { cmd: 'start', id }); }` },
  'a handler of a program that a script starts, and sent to by a helper': { 'src/child.ts': quiet, 'scripts/a.ts': `import { fork } from 'node:child_process';\nimport { post } from 'elsewhere';\nexport const run = (id: string) => { const child = fork(new URL('../src/child.js', import.meta.url)); return post(child, { id }); };` },
  'a handler that a base in a library has': { 'src/child.ts': `import { Adapter } from 'adapter-made-up';\nclass Mine extends Adapter { constructor() { super(); process.on('message', (m: any) => { this.onMessage(m); }); } } // ! child_process/process-on-message lost\nnew Mine();`, 'src/a.ts': parent(`export const run = (id: string) => child.send({ type: 'task', id }); // ! child_process/send lost`) },
  'a handler that a base in a library has, and that is only asked': { 'src/child.ts': `import { Adapter } from 'adapter-made-up';\nclass Mine extends Adapter { constructor() { super(); process.on('message', (m: any) => { this.count(m); }); } }\nnew Mine();`, 'src/a.ts': parent(`export const run = (id: string) => child.send({ type: 'task', id });`) },
  'a listener that a function is given': { 'src/child.ts': `function listen(handler: (m: any) => void) { process.on('message', handler); } // ! child_process/process-on-message lost\nlisten(async (m) => { await fetch('https://example.com/' + m.id); });`, 'src/a.ts': parent(`export const run = (id: string) => child.send({ type: 'task', id }); // ! child_process/send lost`) },
  'a listener that a function is given, and that computes': { 'src/child.ts': `function listen(handler: (m: any) => void) { process.on('message', handler); }\nlisten((m) => { console.log(m.n * 2); });`, 'src/a.ts': parent(`export const run = (id: string) => child.send({ type: 'task', id });`) },
  'a listener that a function is given, and that reads the carrier': { 'src/child.ts': `import { context, propagation, ROOT_CONTEXT } from '@opentelemetry/api';\nfunction listen(handler: (m: any) => void) { process.on('message', handler); }\nlisten(async (m) => { await context.with(propagation.extract(ROOT_CONTEXT, m._otel), () => fetch('https://example.com')); });`, 'src/a.ts': parent(`export const run = (id: string) => child.send({ type: 'task', id }); // ! child_process/send one-sided`) },
  'a listener that a transport is given': { 'src/child.ts': `import { serve } from 'elsewhere';\nserve({ post: (m: object) => process.send!(m), on: (listener: (m: unknown) => void) => process.on('message', listener) });`, 'src/a.ts': parent(`export const run = (id: string) => child.send({ type: 'task', id }); // ! child_process/send lost`) },
  'a handler that nobody here sends to': { 'src/child.ts': quiet },
  'what a message names is called, with what it brings': { 'src/child.ts': `class Host {\n  subject: any;\n  constructor() { process.on('message', (m) => this.handle(m)); } // ! child_process/process-on-message lost\n  async handle(m: Call) { const result = await this.call(m); process.send!({ kind: 'result', id: m.id, result }); }\n  call(m: Call) { return this.subject[m.method](...m.args); }\n}\ninterface Call { id: number; method: string; args: unknown[] }\nnew Host();`, 'src/a.ts': parent(`export const run = (id: number, method: string, args: unknown[]) => child.send({ kind: 'call', id, method, args }); // ! child_process/send lost`) },
  'a table is called, with nothing of the message': { 'src/child.ts': `class Host {\n  subject: any;\n  constructor() { process.on('message', (m) => this.handle(m)); }\n  async handle(m: Call) { const result = await this.call(m); process.send!({ kind: 'result', id: m.id, result }); }\n  call(m: Call) { return this.subject[m.method](...[1, 2]); }\n}\ninterface Call { id: number; method: string; args: unknown[] }\nnew Host();`, 'src/a.ts': parent(`export const run = (id: number, method: string, args: unknown[]) => child.send({ kind: 'call', id, method, args });`) },
  'a handler of a process manager\'s word': `async function stop() { await fetch('https://example.com'); }\nprocess.on('message', (m) => { if (m === 'shutdown') void stop(); });`,
  'a child that computes': { 'src/child.ts': `process.on('message', (n: number) => { process.send!({ type: 'result', value: n * 2 }); });`, 'src/a.ts': parent(`export const run = (n: number) => child.send({ type: 'task', n });`) },
  'carried on both sides': { 'src/child.ts': `import { context, propagation, ROOT_CONTEXT } from '@opentelemetry/api';\nprocess.on('message', async (task: any) => { await context.with(propagation.extract(ROOT_CONTEXT, task._otel), () => fetch('https://example.com')); });`, 'src/a.ts': parent(`export const run = (id: string, _otel: object) => child.send({ type: 'task', id, _otel });`) },
  'carried, and not read': { 'src/child.ts': child.replace('lost', 'one-sided'), 'src/a.ts': parent(`export const run = (id: string, _otel: object) => child.send({ type: 'task', id, _otel });`) },
  'an answer': { 'src/child.ts': `process.on('message', async (task: { id: string }) => { process.send?.({ type: 'done', id: task.id }); });` },
  'readiness': `export function ready() { process.send?.('ready'); process.send!({ type: 'ready' }); }`,
  'an unasked word to the parent': `export const tell = (x: object) => process.send!({ type: 'task', x });`,
  'a word to the parent before a promise is settled': `export const listen = (server: any) => new Promise<void>((resolve) => { server.listen(0).on('listening', () => { process.send!(server.address().port); resolve(); }); });`,
  'a question to the parent': `const pending = new Map<number, (x: unknown) => void>();
export const ask = (id: number) => new Promise((resolve) => { pending.set(id, resolve); process.send!({ type: 'call', id }); }); // ! child_process/process-send lost`,
  'what a child says, that is only settled': { 'src/child.ts': `process.send!({ type: 'ready' });`, 'src/a.ts': parent(`export const wait = () => new Promise((resolve) => { child.on('message', (m) => resolve(m)); });`) },
  'what a child says, heard where it was started': `import { fork } from 'node:child_process';\n${work}export function run() { const child = fork('./x.js'); child.on('message', (m) => void work(m)); }`,
  'what a child says, heard in a promise where it was started': `import { fork } from 'node:child_process';\n${work}export async function run(id: string) { const child = fork('./x.js'); await new Promise<void>((resolve) => { child.on('message', (m) => { void work(m); resolve(); }); }); }`,
  'what a child says, heard as the program starts': `import { fork } from 'node:child_process';\n${work}for (let i = 0; i < 2; i++) { const child = fork('./x.js'); child.on('message', async (m) => { await work(m); }); }`,
  'what a child says to a later caller': { 'src/a.ts': `import { fork } from 'node:child_process';\n${work}const child = fork('./x.js');\nexport const listen = (id: string) => { child.once('message', () => void work(id)); }; // ! child_process/child-on-message wrong` },
  'its end': `import { fork } from 'node:child_process';\n${work}const child = fork('./x.js');\nexport const listen = () => { child.once('exit', () => void work('x')); child.on('error', (e) => void work(e)); };`,
  'send of something else': `export const f = (socket: { send(x: object): void }) => { socket.send({ type: 'task' }); };\n// fork child_process\n`,
});

cases('cluster', {}, {
  'work for a worker': `import cluster from 'node:cluster';\nconst worker = cluster.fork();\nexport const run = (id: string) => worker.send({ type: 'task', id }); // ! cluster/worker-send lost`,
  'work for a worker of a list': `import cluster, { type Worker } from 'node:cluster';\nconst workers: Worker[] = [];\nexport function start() { workers.push(cluster.fork()); }\nexport const run = (id: string) => workers[0]!.send({ type: 'task', id }); // ! cluster/worker-send lost`,
  'the same for all': `import cluster, { type Worker } from 'node:cluster';\nconst workers: Worker[] = [];\nexport const tell = (x: object) => { for (const worker of workers) worker.send({ type: 'task', x }); };`,
  'set-up of a worker that was just started': `import cluster from 'node:cluster';\nexport function start(n: number) { for (let index = 0; index < n; index++) cluster.fork().send({ index }); }`,
  'a worker that was just started is told so': `import cluster from 'node:cluster';\nconst workers: object[] = [];\nexport function start(nodeID: string) { const worker = cluster.fork(); worker.send({ cmd: 'start', nodeID }); workers.push(worker); }`,
  'a worker that was just started is given work': `import cluster from 'node:cluster';\nexport function start(id: string) { const worker = cluster.fork(); worker.send({ cmd: 'crawl', id }); } // ! cluster/worker-send lost`,
  'a stop': `import cluster from 'node:cluster';\nconst worker = cluster.fork();\nexport const stop = () => worker.send('shutdown');`,
  'what a worker says, at module scope': `import cluster from 'node:cluster';\n${work}const worker = cluster.fork();\nworker.on('message', (m) => void work(m));`,
  'what a worker says to a later caller': `import cluster from 'node:cluster';\n${work}const worker = cluster.fork();\nexport const listen = () => { worker.once('message', (m) => void work(m)); }; // ! cluster/worker-on-message wrong`,
  'workers that are only started': `import cluster from 'node:cluster';\nexport function start(n: number) { for (let i = 0; i < n; i++) cluster.fork({ INDEX: String(i) }); cluster.on('exit', () => cluster.fork()); }`,
});

const traced = `import { NodeSDK } from '@opentelemetry/sdk-node';\nnew NodeSDK().start();\n`;
cases('processes: a program that starts no tracer', { assumeTraced: false }, {
  'untraced': at(`${traced}export const run = (id: string) => fork('./job.js', [id]); // ! child_process/fork untraced untraced-far-side`),
  'traced': at(`export const run = (id: string) => fork('./job.js', [id]); // ! child_process/fork lost`, `${traced}${job}`),
});

cases('processes: what a test runs', { tests: true }, {
  'in a file of tests': { 'src/job.ts': job, 'src/run.test.ts': `import { fork } from 'node:child_process';\nexport const run = (id: string) => fork('./job.js', [id]);` },
  'in a folder of tests': { 'src/job.ts': job, 'src/__tests__/run.ts': `import { fork } from 'node:child_process';\nexport const run = (id: string) => fork('../job.js', [id]);` },
  'beside one': { 'src/job.ts': job, 'src/run.test-helper.ts': `import { fork } from 'node:child_process';\nexport const run = (id: string) => fork('./job.js', [id]); // ! child_process/fork lost` },
});
