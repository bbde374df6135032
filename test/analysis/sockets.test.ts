/** WebSockets and Socket.IO: what is asked for over a connection, not its replies, handshakes and relays. */
import { cases, type Files } from './harness.ts';

const ws = "import WebSocket from 'ws';";
const gateway = `${ws}\nconst pending = new Map<string, any>();\nconst socket = new WebSocket('ws://127.0.0.1:18789');\n`;
const asked = (message: string, marker = ''): string => `${gateway}export function run(task: string) {\n  return new Promise((resolve, reject) => {\n    const id = String(Math.random());\n    pending.set(id, { resolve, reject });\n    socket.send(${message});${marker && ` // ! ${marker}`}\n  });\n}`;

cases('messages over a WebSocket', {}, {
  'a request whose answer is waited for': asked("JSON.stringify({ type: 'req', id, method: 'agent', params: { task } })", 'ws/send lost'),
  'a request in a variable': `${gateway}export function run(task: string) {\n  return new Promise((resolve) => {\n    const frame = { id: '1', method: 'agent', params: { task } };\n    pending.set('1', { resolve });\n    socket.send(JSON.stringify(frame)); // ! ws/send lost\n  });\n}`,
  'JSON-RPC': `${gateway}export function run(id: string) {\n  socket.send(JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/call', params: {} })); // ! ws/send lost\n}`,
  'a JSON-RPC notification': `${gateway}export function run() {\n  socket.send(JSON.stringify({ jsonrpc: '2.0', method: 'progress', params: {} }));\n}`,
  'work by its type': `${gateway}export function run(task: string) {\n  socket.send(JSON.stringify({ type: 'run-task', task })); // ! ws/send lost\n}`,
  'a field\'s connection': `${ws}\nexport class Client {\n  private socket = new WebSocket(process.env.AGENT_WS!);\n  run(task: string) {\n    this.socket.send(JSON.stringify({ type: 'run', task })); // ! ws/send lost\n  }\n}`,
  'a global WebSocket': "const socket = new WebSocket('ws://agents.internal');\nexport function run(task: string) {\n  socket.send(JSON.stringify({ type: 'run', task })); // ! ws/send lost\n}",
  'out of node_modules by path': { 'src/a.cjs': "const WebSocket = require('/app/node_modules/ws');\nconst socket = new WebSocket('ws://127.0.0.1:1');\nexports.run = (task) => {\n  socket.send(JSON.stringify({ type: 'run', task })); // ! ws/send lost\n};" },
  'carried': asked("JSON.stringify({ id, method: 'agent', traceparent: task })"),
  'injected': `import { context, propagation } from '@opentelemetry/api';\n${gateway}export function run(task: string) {\n  const carrier = {};\n  propagation.inject(context.active(), carrier);\n  socket.send(JSON.stringify({ type: 'run', task, carrier }));\n}`,
  'a handshake in the listener': `${gateway}socket.on('message', (data) => {\n  const m = JSON.parse(String(data));\n  if (m.event === 'challenge') socket.send(JSON.stringify({ type: 'req', id: 'connect', method: 'connect' }));\n});`,
  'a handshake when it opens': `${gateway}socket.on('open', () => { socket.send(JSON.stringify({ type: 'init', token: '1' })); });`,
  'a heartbeat': `${gateway}export function beat() { socket.send(JSON.stringify({ type: 'ping' })); }`,
  'a subscription': `${gateway}export function listen() { socket.send(JSON.stringify({ type: 'subscribe', topic: 'prices' })); }`,
  'a reply': `${gateway}socket.onmessage = (event) => { const m = JSON.parse(String(event.data)); socket.send(JSON.stringify({ type: 'run', id: m.id })); };`,
  'raw bytes': `${gateway}export function relay(data: Buffer) { socket.send(data); }`,
  'text that nothing says anything of': `${gateway}export function relay(data: object) { socket.send(JSON.stringify(data)); }`,
  'waiting only to have sent': `${ws}\nexport function push(socket: WebSocket, message: object) {\n  return new Promise<void>((resolve, reject) => {\n    socket.send(JSON.stringify(message), (error) => { if (error) reject(error); else resolve(); });\n  });\n}`,
  'to a third party': "import WebSocket from 'ws';\nconst socket = new WebSocket('wss://api.openai.com/v1/realtime');\nexport const run = (task: string) => socket.send(JSON.stringify({ type: 'run', task }));",
  'a state that is pushed': `${gateway}export function push(state: object) { socket.send(JSON.stringify({ type: 'state', state })); }`,
  'a response of Express': "import express from 'express';\nconst app = express();\napp.get('/x', (req, res) => { res.send(JSON.stringify({ type: 'run' })); });",
  'a process': "import { fork } from 'node:child_process';\nexport function f() { const child = fork('./x.js'); return child.send; }",
  'a socket of the repo': "class Socket { send(x: string) { return x; } }\nconst socket = new Socket();\nexport const run = () => socket.send(JSON.stringify({ type: 'run' }));",
});

const upstream = (inner: string, marker = ''): string => `${ws}\nexport function attach(app: any) {\n  app.ws('/cast', (client: WebSocket) => {\n    const upstream = new WebSocket(\`\${process.env.ENGINE_URL}/cast\`);${marker && ` // ! ${marker}`}\n    ${inner}\n  });\n}`;
cases('connections', {}, {
  'one for a caller, raw data through it': upstream('client.on(\'message\', (data) => upstream.send(data));', 'ws/connect lost'),
  'one for a caller, a third party': upstream('').replace('`${process.env.ENGINE_URL}/cast`', "'wss://api.openai.com/v1/realtime'"),
  'one for a caller, asked over': upstream("upstream.on('open', () => upstream.send(JSON.stringify({ type: 'config', a: 1 })));"),
  'one for a caller, with headers': upstream('').replace('/cast`)', '/cast`, [], { headers: { traceparent: String(app) } })'),
  'one to an address that is handed in': "import WebSocket from 'ws';\nexport function open(url: string) { const socket = new WebSocket(url); socket.on('open', () => undefined); }",
  'one at boot': `${ws}\nlet socket: WebSocket;\nexport function connect() { socket = new WebSocket('ws://engine.internal'); socket.on('close', () => setTimeout(connect, 1000)); }`,
  'one in a field': `${ws}\nexport class Client { socket?: WebSocket; connect() { this.socket = new WebSocket('ws://engine.internal'); } }`,
  'one that a promise gives back': `${ws}\nexport const connect = (port: number) => new Promise<WebSocket>((resolve) => { const socket = new WebSocket(\`ws://127.0.0.1:\${port}\`); socket.once('open', () => resolve(socket)); });`,
  'one for a caller, until a promise is done': `${ws}\nexport const cast = (client: WebSocket) => new Promise<void>((resolve) => { const socket = new WebSocket(\`\${process.env.ENGINE_URL}/cast\`); client.on('message', (data) => socket.send(data)); socket.once('close', () => resolve()); }); // ! ws/connect lost`,
  'one that is kept later': `${ws}\nexport class Client { socket?: WebSocket; connect() { const socket = new WebSocket('ws://engine.internal'); this.socket = socket; } }`,
  'one that is returned': `${ws}\nexport function connect() { const socket = new WebSocket('ws://engine.internal'); return socket; }`,
  'one at module scope': `${ws}\nexport const socket = new WebSocket('ws://engine.internal');`,
  'a server': "import { WebSocketServer } from 'ws';\nexport function serve() { const server = new WebSocketServer({ port: 8080 }); return server; }",
  'an own class': 'class WebSocket { constructor(readonly url: string) {} }\nexport function f() { const s = new WebSocket(process.env.ENGINE_URL!); void s; }',
});

const wss = (inner: string, marker = ''): string => `import { WebSocketServer } from 'ws';\nconst server = new WebSocketServer({ port: 18789 });\nserver.on('connection', (client) => {\n  client.on('message', async (data) => { ${inner} });${marker && ` // ! ${marker}`}\n});`;
const does = "await fetch('https://api.openai.com/v1/x', { method: 'POST', body: String(data) });";
cases('listeners of a server', {}, {
  'that a socket of the repo asks': { 'src/a.ts': asked("JSON.stringify({ id, method: 'agent' })", 'ws/send lost'), 'src/s.ts': wss(does, 'ws/on-message lost') },
  'that nobody here asks': wss(does),
  'that does nothing': { 'src/a.ts': asked("JSON.stringify({ id, method: 'agent' })", 'ws/send lost'), 'src/s.ts': wss('console.log(data);') },
  'on another port': { 'src/a.ts': asked("JSON.stringify({ id, method: 'agent' })", 'ws/send lost').replace('18789', '18790'), 'src/b.ts': "import { WebSocketServer } from 'ws';\nnew WebSocketServer({ port: 1 }).on('connection', (c) => { c.on('message', async (data) => { await fetch('https://api.openai.com/v1/x', { method: 'POST', body: String(data) }); }); });", 'src/s.ts': wss(does) },
  'of a client: replies': `${gateway}socket.on('message', async (data) => { ${does} });`,
});

const io = "import { io } from 'socket.io-client';\nconst socket = io(process.env.AGENT_URL!);\n";
const server = (event: string, marker = '', inner = does): string => `import { Server } from 'socket.io';\nconst io = new Server(3000);\nio.on('connection', (socket) => {\n  socket.on('${event}', async (data) => { ${inner} });${marker && ` // ! ${marker}`}\n});`;
cases('Socket.IO', {}, {
  'an event that a server of the repo takes': { 'src/a.ts': `${io}export const run = (x: object) => socket.emit('run:task', x); // ! socket.io-client/emit lost`, 'src/s.ts': server('run:task', 'socket.io/on lost') },
  'an event whose answer is waited for': { 'src/a.ts': `${io}export const run = (x: object) => socket.emitWithAck('run:task', x); // ! socket.io-client/emit lost`, 'src/s.ts': server('run:task', 'socket.io/on lost') },
  'an event that nobody takes': `${io}export const run = (x: object) => socket.emit('run:task', x);`,
  'an event that nobody sends': server('run:task'),
  'another event': { 'src/a.ts': `${io}export const run = (x: object) => socket.emit('run:task', x);`, 'src/s.ts': server('run:other') },
  'a listener that does nothing': { 'src/a.ts': `${io}export const run = (x: object) => socket.emit('run:task', x);`, 'src/s.ts': server('run:task', '', 'console.log(data);') },
  'a subscription': { 'src/a.ts': `${io}export const run = (x: object) => socket.emit('run:subscribe', x);`, 'src/s.ts': server('run:subscribe') },
  'carried': { 'src/a.ts': `${io}export const run = (tp: string) => socket.emit('run:task', { traceparent: tp });`, 'src/s.ts': server('run:task', 'socket.io/on one-sided') },
  'an emitter of Node': "import { EventEmitter } from 'node:events';\nconst bus = new EventEmitter();\nexport const run = (x: object) => bus.emit('run:task', x);",
  'to a room that nobody here listens in': "import { Server } from 'socket.io';\nconst io = new Server(3000);\nexport const tell = (x: object) => io.to('room').emit('changed', x);",
  'from a server to a worker of the repo': { 'src/s.ts': "import { Server } from 'socket.io';\nconst io = new Server(3000);\nexport const tell = (x: object) => io.to('workers').emit('job', x); // ! socket.io/emit lost", 'src/w.ts': `${io}socket.on('job', async (data) => { ${does} }); // ! socket.io-client/on lost` },
});

const told = (url: string, marker = ''): string => `${ws}\nexport class Client {\n  async run(task: string) {\n    const socket = new WebSocket(${url});${marker.replace('send', 'connect')}\n    await this.#tell(socket, task);\n  }\n  async #tell(socket: WebSocket, task: string) {\n    socket.send(JSON.stringify({ type: 'run', task }));${marker}\n  }\n}`;
const kept = (url: string, marker = ''): string => `${ws}\nexport class Client {\n  socket: WebSocket | null = null;\n  connect() { this.socket = new WebSocket(${url}); }\n  run(task: string) {\n    this.socket!.send(JSON.stringify({ type: 'run', task }));${marker}\n  }\n}`;
const opened = (url: string, marker = ''): string => `${ws}\nconst open = async () => {\n  const made = new WebSocket(${url});\n  return made;\n};\nexport async function run(task: string) {\n  const socket: WebSocket = await open();\n  socket.send(JSON.stringify({ type: 'run', task }));${marker}\n}`;
const lost = ' // ! ws/send lost';
const folders = (names: readonly string[]): Files => Object.fromEntries(names.map((name) => [`plugins/${name}/index.ts`, 'export const a = 1;']));
const vendors = folders(['deepgram', 'elevenlabs', 'openai', 'google', 'mistral']);
cases('sockets: by where they were connected', {}, {
  'a parameter: to a third party': told(`'wss://api.foreign.com/v1'`),
  'a parameter: to one\'s own': told(`'ws://planner:8080'`, lost),
  'a field: to a third party': kept(`'wss://api.foreign.com/v1'`),
  'a field: to one\'s own': kept('process.env.PLANNER_WS!', lost),
  'what a function gives back: a third party\'s': opened(`'wss://api.foreign.com/v1'`),
  'what a function gives back: one\'s own': opened(`'ws://planner:8080'`, lost),
  'a file that opens only a third party\'s': `${ws}\nexport const open = () => new WebSocket('wss://api.foreign.com/v1');\nexport function run(socket: WebSocket, task: string) { socket.send(JSON.stringify({ type: 'run', task })); }`,
  'a file that also listens': `import { WebSocket, WebSocketServer } from 'ws';\nexport const open = () => new WebSocket('wss://api.foreign.com/v1');\nexport const server = new WebSocketServer({ port: 1 });\nexport function run(socket: WebSocket, task: string) {\n  socket.send(JSON.stringify({ type: 'run', task }));${lost}\n}`,
  'among integrations': { ...vendors, 'plugins/nobody/tts.ts': kept('new URL(options.wsURL)') },
  'among folders of one\'s own': { ...folders(['auth', 'orders', 'users', 'mail', 'slack']), 'plugins/nobody/tts.ts': kept('new URL(options.wsURL)', lost) },
  'among integrations, but configured': { ...vendors, 'plugins/nobody/tts.ts': told('process.env.PLANNER_WS!', lost) },
});
