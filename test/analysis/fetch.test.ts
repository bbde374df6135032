import { cases, type Files } from './harness.ts';

const dark = ' // ! fetch/fetch lost';
const unknown = ' // ! fetch/fetch lost unknown-destination';
const post = `{ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }`;
const call = (url: string, code = '', more = '', init = post): string => `${more}\nexport async function call(body: object, id: string) { return fetch(${url}, ${init}); }${code}`;

cases('fetch: destinations of one\'s own', {}, {
  'localhost': call(`'http://localhost:4000/run'`, dark),
  '127.0.0.1': call(`'http://127.0.0.1:4000/run'`, dark),
  'a private name': call(`'http://planner:8080/run'`, dark),
  'a cluster name': call(`'http://planner.agents.svc.cluster.local/run'`, dark),
  'the environment': call(`process.env.PLANNER_URL!`, dark),
  'the environment in a template': call('`${process.env.PLANNER_URL}/run`', dark),
  'the environment with a default': call('`${base}/run`', dark, `const base = process.env.PLANNER_URL ?? 'http://localhost:4000';`),
  'the environment with a foreign default': call('`${base}/run`', dark, `const base = process.env.PLANNER_URL || 'https://planner.example.com';`),
  'new URL on the environment': call(`new URL('/run', process.env.PLANNER_URL)`, dark),
  'a configuration object': call('`${config.plannerUrl}/run`', dark, `const config = { plannerUrl: process.env.PLANNER_URL };`),
  'a configuration of another file': { 'src/config.ts': `export const config = { plannerUrl: process.env.PLANNER_URL ?? 'http://localhost:1' };`, 'src/a.ts': call('`${config.plannerUrl}/run`', dark, `import { config } from './config.ts';`) },
  'this.baseUrl': `export class Client {\n  constructor(private readonly baseUrl: string) {}\n  run(body: object) { return fetch(\`\${this.baseUrl}/run\`, ${post}); }${unknown}\n}`,
  'a base constant': call('`${BASE}/run`', dark, `const BASE = 'http://localhost:4000';`),
  'concatenation': call(`BASE + '/run/' + id`, dark, `const BASE = 'http://localhost:4000';`),
  'callers in the file': `async function send(url: string, body: object) { return fetch(url, ${post}); }${dark}\nexport const plan = (body: object) => send('http://localhost:4000/plan', body);`,
  'GET': `export const get = (id: string) => fetch('http://localhost:4000/items/' + id);${dark}`,
  'an alias': call(`x`, '', `const f = fetch;\nexport const run = (body: object) => f('http://localhost:4000/run', ${post});${dark}`).split('\nexport async')[0]!,
  'globalThis.fetch': `export const run = (body: object) => globalThis.fetch('http://localhost:4000/run', ${post});${dark}`,
  'a Request': `export const run = (body: object) => fetch(new Request('http://localhost:4000/run', ${post}));${dark}`,
  'a URL object in a variable': call(`url`, dark, `const url = new URL('http://localhost:4000/run');`),
  'no awaiting': `export function run(body: object) { void fetch('http://localhost:4000/run', ${post}); }${dark}`,
});

cases('fetch: other destinations', {}, {
  'a literal third party': call(`'https://api.openai.com/v1/chat/completions'`),
  'a third party in a constant': call('`${BASE}/v1/messages`', '', `const BASE = 'https://api.anthropic.com';`),
  'a third party\'s subdomain': call('`https://${id}.slack.com/api/x`'),
  'a webhook': call(`webhookUrl`, unknown, `const { webhookUrl } = JSON.parse('{}');`),
  'a webhook of data': `export const notify = (hook: { url: string }, body: object) => fetch(hook.url, ${post});${unknown}`,
  'a plain read of data': `export const read = (page: { url: string }) => fetch(page.url);`,
  'a plain read of a parameter': `export const read = (url: string) => fetch(url);`,
  'health': call(`'http://localhost:4000/health'`),
  'readiness': `export const ready = () => fetch('http://planner:8080/readyz');`,
  'media': `export const image = () => fetch('http://localhost:4000/logo.png');`,
  'telemetry export': call(`'http://localhost:4318/v1/traces'`),
  'telemetry export, configured': call('`${process.env.OTEL_EXPORTER_OTLP_ENDPOINT}/v1/traces`'),
  'data URL': `export const read = () => fetch('data:text/plain,hello');`,
  'file URL': `export const read = () => fetch(new URL('./x.wasm', import.meta.url));`,
  'relative in Node': call(`'/api/run'`),
  'at module scope': `export const ready = await fetch('http://localhost:4000/run');`,
  'listed in destinations': { 'src/a.ts': call(`'https://api.acme.com/run'`) },
});

cases('fetch: listed in the configuration', { config: { destinations: ['api.acme.com', '*.internal.acme.com'] } }, {
  'a host': call(`'https://api.acme.com/run'`, dark),
  'a glob': call(`'https://x.internal.acme.com/run'`, dark),
  'another': call(`'https://acme.com/run'`),
});

cases('fetch: in a browser', { runtime: 'browser' }, {
  'relative': call(`'/api/run'`),
  'cross-origin': call(`'http://localhost:4000/run'`, ' // ! fetch/fetch lost cors-preflight'),
});

const api = `import { context, propagation } from '@opentelemetry/api';\n`;
cases('fetch: carried already', {}, {
  'a literal traceparent': call(`'http://localhost:4000/run'`, '', '', `{ method: 'POST', headers: { traceparent: id }, body: JSON.stringify(body) }`),
  'in capitals': call(`'http://localhost:4000/run'`, '', '', `{ method: 'POST', headers: { 'Traceparent': id } }`),
  'injected into a variable': `${api}export function run() { const headers: Record<string, string> = {}; propagation.inject(context.active(), headers); return fetch('http://localhost:4000/run', { headers }); }`,
  'injected into a spread': `${api}export function run() { const carrier = {}; propagation.inject(context.active(), carrier); return fetch('http://localhost:4000/run', { headers: { 'x-a': '1', ...carrier } }); }`,
  'injected into the options': `${api}export function run() { const init = { method: 'POST', headers: {} }; propagation.inject(context.active(), init.headers); return fetch('http://localhost:4000/run', init); }`,
  'a helper of another file': { 'src/trace.ts': `${api}export function traceHeaders() { const h = {}; propagation.inject(context.active(), h); return h; }`, 'src/a.ts': `import { traceHeaders } from './trace.ts';\nexport const run = () => fetch('http://localhost:4000/run', { headers: { ...traceHeaders(), 'x-a': '1' } });` },
  'a helper that takes the headers': { 'src/trace.ts': `${api}export function withTrace(h: Record<string, string>) { propagation.inject(context.active(), h); return h; }`, 'src/a.ts': `import { withTrace } from './trace.ts';\nexport const run = () => fetch('http://localhost:4000/run', { headers: withTrace({ 'x-a': '1' }) });` },
  'Headers.set': `export function run(id: string) { const headers = new Headers(); headers.set('traceparent', id); return fetch('http://localhost:4000/run', { headers }); }`,
  'assigned': `export function run(id: string) { const headers: Record<string, string> = {}; headers['traceparent'] = id; return fetch('http://localhost:4000/run', { headers }); }`,
  'our own helper': { 'src/handoff.ts': `export const tracedFetch = fetch;`, 'src/a.ts': `import { tracedFetch } from './handoff.ts';\nexport const run = () => tracedFetch('http://localhost:4000/run', { method: 'POST' });` },
  'a homonymous inject is none': call(`'http://localhost:4000/run'`, dark, `const propagation = { inject(_: object) {} };\nconst headers = {};\npropagation.inject(headers);`, `{ headers, method: 'POST' }`),
});

const pkg = (dependencies: object, more: object = {}): Files => ({ 'package.json': { name: 'app', type: 'module', engines: { node: '20' }, dependencies, ...more } });
const local = `export const run = (body: object) => fetch('http://localhost:4000/run', ${post});`;
cases('fetch: covered', {}, {
  'undici instrumentation registered': { ...pkg({ '@opentelemetry/sdk-node': '0.200.0', '@opentelemetry/instrumentation-undici': '0.10.0' }), 'src/otel.ts': `import { NodeSDK } from '@opentelemetry/sdk-node';\nimport { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';\nnew NodeSDK({ instrumentations: [new UndiciInstrumentation()] }).start();`, 'src/a.ts': local },
  'undici instrumentation declared only': { ...pkg({ '@opentelemetry/sdk-node': '0.200.0', '@opentelemetry/instrumentation-undici': '0.10.0' }), 'src/otel.ts': `import { NodeSDK } from '@opentelemetry/sdk-node';\nnew NodeSDK({}).start();`, 'src/a.ts': local + dark },
  'auto-instrumentations': { ...pkg({ '@opentelemetry/auto-instrumentations-node': '0.60.0' }, { scripts: { start: 'node --require @opentelemetry/auto-instrumentations-node/register a.js' } }), 'src/a.ts': local },
  'Sentry': { ...pkg({ '@sentry/node': '9.0.0' }), 'src/otel.ts': `import * as Sentry from '@sentry/node';\nSentry.init({ dsn: 'x' });`, 'src/a.ts': local },
  'dd-trace': { ...pkg({ 'dd-trace': '5.0.0' }), 'src/otel.ts': `import tracer from 'dd-trace';\ntracer.init();`, 'src/a.ts': local },
});

cases('fetch: --instrumentation none', { instrumentations: 'none' }, {
  'nothing covers': { ...pkg({ '@opentelemetry/auto-instrumentations-node': '0.60.0' }, { scripts: { start: 'node --require @opentelemetry/auto-instrumentations-node/register a.js' } }), 'src/a.ts': local + dark },
});

cases('fetch: not this boundary', {}, {
  'node-fetch, which has its own': `import fetch from 'node-fetch';\n${local} // ! node-fetch/fetch lost`,
  'undici\'s, which has its own': `import { fetch } from 'undici';\n${local} // ! undici/fetch lost`,
  'a method': `export const run = (client: { fetch(x: string, y: object): void }) => client.fetch('http://localhost:4000/run', {});`,
  'a parameter': `export const run = (fetch: (x: string, y: object) => void, body: object) => fetch('http://localhost:4000/run', ${post});`,
  'an import of one\'s own': { 'src/fetch.ts': `export function fetch(x: string, y: object) { return [x, y]; }`, 'src/a.ts': `import { fetch } from './fetch.ts';\n${local}` },
});

const workIn = `await fetch('https://example.com', { method: 'POST' });`;
const client = (path: string, method = 'POST'): string => `export const run = (body: object, id: string) => fetch(\`http://localhost:4000${path}\`, { method: '${method}', body: JSON.stringify(body) });${dark}`;
const express = (route: string, code = ' // ! express/route lost'): string => `import express from 'express';\nconst app = express();\n${route.replace('HANDLER', `async (req, res) => { ${workIn} res.json(req.body); }`)}${code}\napp.listen(4000);`;

cases('fetch: the paired handler', {}, {
  'Express': { 'src/a.ts': client('/run'), 'src/s.ts': express(`app.post('/run', HANDLER);`) },
  'Express Router': { 'src/a.ts': client('/api/run'), 'src/s.ts': `import { Router } from 'express';\nexport const router = Router();\nrouter.post('/run', async (req, res) => { ${workIn} res.json(req.body); }); // ! express/route lost` },
  'Express router, mounted': { 'src/a.ts': client('/api/run'), 'src/s.ts': `import express from 'express';\nconst router = express.Router();\nrouter.post('/run', async (req, res) => { ${workIn} res.json(req.body); }); // ! express/route lost\nconst app = express();\napp.use('/api', router);` },
  'by a parameter': { 'src/a.ts': client('/items/${id}/run'), 'src/s.ts': express(`app.post('/items/:id/run', HANDLER);`) },
  'with a query': { 'src/a.ts': client('/run?x=${id}'), 'src/s.ts': express(`app.post('/run', HANDLER);`) },
  'with middleware': { 'src/a.ts': client('/run'), 'src/s.ts': express(`app.post('/run', express.json(), HANDLER);`) },
  'all': { 'src/a.ts': client('/run'), 'src/s.ts': express(`app.all('/run', HANDLER);`) },
  'handler by name': { 'src/a.ts': client('/run'), 'src/s.ts': `import express, { type Request, type Response } from 'express';\nconst app = express();\nasync function handle(req: Request, res: Response) { ${workIn} res.json(req.body); }\napp.post('/run', handle); // ! express/route lost` },
  'Fastify': { 'src/a.ts': client('/run'), 'src/s.ts': `import Fastify from 'fastify';\nconst app = Fastify();\napp.post('/run', async (req) => { ${workIn} return req.body; }); // ! fastify/route lost` },
  'Fastify plugin': { 'src/a.ts': client('/run'), 'src/s.ts': `import type { FastifyInstance } from 'fastify';\nexport async function routes(app: FastifyInstance) {\n  app.post('/run', async (req) => { ${workIn} return req.body; }); // ! fastify/route lost\n}` },
  'Hono': { 'src/a.ts': client('/run'), 'src/s.ts': `import { Hono } from 'hono';\nconst app = new Hono();\napp.post('/run', async (c) => { ${workIn} return c.json({}); }); // ! hono/route lost\nexport default app;` },
  'node:http, the only server': { 'src/a.ts': client('/run'), 'src/s.ts': `import { createServer } from 'node:http';\ncreateServer(async (req, res) => { ${workIn} res.end(req.url); }).listen(4000); // ! node-http/handler lost` },
  'node:http, not taken apart': { 'src/a.ts': client('/run'), 'src/s.ts': `import http from 'node:http';\nhttp.createServer(async (req, res) => { ${workIn} res.end(req.url); }).listen(4000); // ! node-http/handler lost` },
  'node:http, two servers, told by their ports': { 'src/a.ts': client('/run'), 'src/s.ts': `import { createServer } from 'node:http';\ncreateServer(async (req, res) => { ${workIn} res.end(req.url); }).listen(4000); // ! node-http/handler lost`, 'src/t.ts': `import { createServer } from 'node:http';\ncreateServer(async (req, res) => { ${workIn} res.end(req.url); }).listen(4001);` },
  'node:http, two servers, told by nothing': { 'src/a.ts': client('/run'), 'src/s.ts': `import { createServer } from 'node:http';\ncreateServer(async (req, res) => { ${workIn} res.end(req.url); }).listen(Number(process.env.A));`, 'src/t.ts': `import { createServer } from 'node:http';\ncreateServer(async (req, res) => { ${workIn} res.end(req.url); }).listen(Number(process.env.B));` },
  'another method': { 'src/a.ts': client('/run', 'PUT'), 'src/s.ts': express(`app.post('/run', HANDLER);`, '') },
  'another path': { 'src/a.ts': client('/walk'), 'src/s.ts': express(`app.post('/run', HANDLER);`, '') },
  'nobody calls it': { 'src/s.ts': express(`app.post('/run', HANDLER);`, '') },
  'app.get is a setting': { 'src/a.ts': client('/run', 'GET'), 'src/s.ts': `import express from 'express';\nconst app = express();\nexport const x = () => app.get('run');` },
  'a handler with no work': { 'src/a.ts': client('/run'), 'src/s.ts': `import express from 'express';\nconst app = express();\napp.post('/run', (req, res) => { res.json({ ok: true }); });` },
  'a handler that extracts': { 'src/a.ts': client('/run').replace(/lost$/, 'one-sided'), 'src/s.ts': `import express from 'express';\nimport { context, propagation } from '@opentelemetry/api';\nconst app = express();\napp.post('/run', (req, res) => context.with(propagation.extract(context.active(), req.headers), async () => { ${workIn} res.end(); }));` },
  'Map.get is no route': { 'src/a.ts': client('/run', 'GET'), 'src/s.ts': `import type express from 'express';\nconst cache = new Map<string, () => void>();\nexport const x = (app: typeof express) => [app, cache.get('/run')];` },
  'a foreign API of the same path': { 'src/a.ts': `export const run = (body: object) => fetch('https://api.foreign.com/run', ${post});`, 'src/s.ts': express(`app.post('/run', HANDLER);`, '') },
});

cases('fetch: trusted routes', { config: { trusted: ['/hooks/*'] } }, {
  'without a caller': { 'src/s.ts': express(`app.post('/hooks/run', HANDLER);`) },
});

cases('fetch: an address that a webhook brings', {}, {
  'the function says what it is': `export async function dispatchWebhooks(config: { url: string }) {
  await fetch(config.url, { method: 'POST', body: JSON.stringify(config) }); // ! fetch/fetch lost unknown-destination
}`,
  'the same address elsewhere': `export async function dispatchTask(config: { url: string }) {
  await fetch(config.url, { method: 'POST', body: JSON.stringify(config) }); // ! fetch/fetch lost unknown-destination
}`,
  'the address of the program\'s own settings': {
    'src/config.ts': 'export const config = load<{ url: string }>();\ndeclare function load<T>(): T;',
    'src/a.ts': `import { config } from './config.js';
export async function dispatchTask(task: object) {
  await fetch(config.url, { method: 'POST', body: JSON.stringify(task) }); // ! fetch/fetch lost
}`,
  },
  'settings of a class': `export class Tasks {
  constructor(private readonly config: { url: string }) {}
  async dispatch(task: object) {
    await fetch(this.config.url, { method: 'POST', body: JSON.stringify(task) }); // ! fetch/fetch lost
  }
}`,
  'a read of what one step is configured with': `export async function runStep(config: { url: string; headers: Record<string, string> }) {
  return fetch(config.url, { headers: config.headers });
}`,
});

const own = (path = '/items'): string => `fetch('http://planner:8080${path}')`;
cases('fetch: probes', {}, {
  'awaited, for its status': `export async function isUp() { const res = await ${own()}; return res.status < 500; }`,
  'awaited, in brackets': `export async function isUp() { return (await ${own()}).ok; }`,
  'then': `export const isUp = () => ${own()}.then((res) => res.ok, () => false);`,
  'then, caught': `export const isUp = () => ${own()}.catch(() => null).then((res) => res.ok);`,
  'thrown where it fails': `export async function need() { const res = await ${own()}; if (!res.ok) { const text = await res.text(); throw new Error(text); } }`,
  'thrown with its text': 'export async function need() { const res = await fetch(\'http://planner:8080/items\'); if (!res.ok) throw new Error(`${res.status} ${await res.text()}`); }',
  'a variable declared before': `export async function isUp() { let res: Response | undefined; try { res = await ${own()}; return res.ok; } catch { return false; } finally { await res?.body?.cancel(); } }`,
  'nothing but that it throws': `export async function isUp() { try { await ${own()}; return true; } catch { return false; } }`,
  'its body is read': `export async function get() { const res = await ${own()}; if (!res.ok) throw new Error('x'); return res.json(); }${dark}`,
  'its body is read in a branch': `export async function get() { const res = await ${own()}; if (res.ok) { return await res.json(); } throw new Error('x'); }${dark}`,
  'it is handed on': `declare function parse(r: Response): unknown;\nexport async function get() { const res = await ${own()}; return res.ok && parse(res); }${dark}`,
  'it is given back': `export async function get() { const res = await ${own()}; return res; }${dark}`,
  'then, read': `export const get = () => ${own()}.then((res) => res.json());${dark}`,
  'something is sent': `export async function put(body: object) { const res = await fetch('http://planner:8080/items', ${post}); return res.ok; }${dark}`,
  'something is asked for, whatever comes of it': `export async function start() { await fetch('http://planner:8080/start', { method: 'POST' }); }${dark}`,
  'an axios GET whose outcome is that it throws': { 'src/a.ts': `import axios from 'axios';\nexport async function isUp() { try { await axios.get('http://planner:8080/items'); return true; } catch { return false; } }` },
});

cases('fetch: options in a variable', {}, {
  'built here': `export async function send(url: string, body: object) { const init = ${post}; return fetch(url, init); }${unknown}`,
  'built here, with a type': `export async function send(url: string, body: object) { const init: RequestInit = ${post}; return fetch(url, init); }${unknown}`,
  'built here, of a plain read': `export async function send(url: string) { const init = { headers: { accept: 'x' } }; return fetch(url, init); }`,
  'built elsewhere': `const init = { method: 'POST', body: '1' };\nexport async function send(url: string) { return fetch(url, init); }`,
  'handed in': `export async function send(url: string, init: RequestInit) { return fetch(url, init); }`,
});

const asks = (name: string, mark = ''): string => `export async function ${name}() { const res = await ${own()}; return res.json(); }${mark}`;
cases('fetch: probes by their names', {}, {
  'a health check': asks('checkOllamaHealth'),
  'a wait for a server': asks('waitForServerReady'),
  'is it running': asks('isRunning'),
  'a file of health checks': { 'src/health-monitor.ts': asks('get') },
  'it sends something': `export async function checkHealth(body: object) { return fetch('http://planner:8080/items', ${post}); }${dark}`,
  'health is its subject': asks('getHealthcarePlans', dark),
  'a word that ends like it': asks('isGroup', dark),
  'a word that begins like it': asks('runningTotals', dark),
  'telemetry of browsers': { 'src/rum-ingest.service.ts': `export const forward = (forwardEndpoint: string, body: object) => fetch(forwardEndpoint, ${post});` },
  'drums are no telemetry': { 'src/drum-machine.ts': `export const forward = (drumsApi: string, body: object) => fetch(drumsApi, ${post});${dark}` },
});
