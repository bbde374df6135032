import { describe } from 'vitest';
import rule from '../../rules/no-dark-request.ts';
import { runRule, type Case } from '../eslint/support.ts';

const ask = (url: string, rest = "{ method: 'POST', body: JSON.stringify({ task: 1 }) }"): string => `export async function ask(given: any) {\n  return fetch(${url}, ${rest});\n}`;
const dark = (url: string, rest?: string): string => ask(url, rest).replace('return fetch', 'return «fetch»');
const traced = (url: string): string => `import { tracedFetch } from './otel-handoff.js';\n\n${ask(url).replace('return fetch', 'return tracedFetch')}`;
const own = '`${process.env.AGENT_URL}/run`';

const silent: Case[] = [
  { name: 'a third-party host', code: ask("'https://api.openai.com/v1/chat/completions'") },
  { name: 'a third-party host in a constant', code: `const URL_ = 'https://api.stripe.com/v1';\n${ask('`${URL_}/charges`')}` },
  { name: 'a third-party host of which a part varies', code: ask('`https://${given.region}.amazonaws.com/x`') },
  { name: 'a health probe', code: ask('`${process.env.AGENT_URL}/healthz`', "{ method: 'GET' }") },
  { name: 'a telemetry export', code: ask('`${process.env.OTEL_EXPORTER_OTLP_ENDPOINT}/v1/traces`') },
  { name: 'a download', code: ask('`${process.env.CDN_URL}/logo.png`', '{}') },
  { name: 'a data URL', code: ask("'data:text/plain,x'", '{}') },
  { name: 'a relative URL in a page', code: ask("'/api/run'"), file: 'browser/file.ts' },
  { name: 'a plain read of what came as data', code: 'export async function read(url: string) { return fetch(url); }' },
  { name: 'at module scope', code: "export const answer = await fetch('http://agents.internal/run', { method: 'POST' });" },
  { name: 'own fetch', code: `const fetch = async (url: string, init: object) => ({ url, init });\n${ask(own)}` },
  { name: 'a parameter called fetch', code: `export async function ask(fetch: any) { return fetch(${own}, { method: 'POST' }); }` },
  { name: 'fetch from elsewhere', code: `import { fetch } from './http.js';\n${ask(own)}` },
  { name: 'a method called fetch', code: `export async function f(client: any) { return client.fetch(${own}, { method: 'POST' }); }` },
  { name: 'a traceparent by hand', code: ask(own, "{ method: 'POST', headers: { traceparent: given.traceparent } }") },
  { name: 'injected headers', code: `import { context, propagation } from '@opentelemetry/api';\nexport async function ask(given: object) { const headers: Record<string, string> = {}; propagation.inject(context.active(), headers); return fetch(${own}, { method: 'POST', headers, body: JSON.stringify(given) }); }` },
  { name: 'injected headers, spread', code: `import { context, propagation } from '@opentelemetry/api';\nexport async function ask(given: object) { const carrier: Record<string, string> = {}; propagation.inject(context.active(), carrier); return fetch(${own}, { method: 'POST', headers: { accept: 'x', ...carrier }, body: JSON.stringify(given) }); }` },
  { name: 'a helper of the file', code: `import { context, propagation } from '@opentelemetry/api';\nfunction headers() { const h: Record<string, string> = {}; propagation.inject(context.active(), h); return h; }\n${ask(own, "{ method: 'POST', headers: headers() }")}` },
  { name: 'the repair', code: `import { tracedFetch } from './otel-handoff.js';\n${ask(own).replace('fetch(', 'tracedFetch(')}` },
  { name: 'a configured carrier', code: `import { withTrace } from './trace.js';\n${ask(own, "{ method: 'POST', headers: withTrace({}) }")}`, file: 'configured/src/a.ts' },
  { name: 'undici is instrumented', code: ask(own), file: 'instrumented/src/file.ts' },
  { name: 'undici is instrumented, in strict', code: ask(own), file: 'instrumented/src/file.ts', option: { strict: true } },
  { name: 'an override says so', code: ask(own), file: 'configured/src/fetching/file.ts' },
  { name: 'a page without a tracer', code: ask("'https://agents.internal/run'"), file: 'page/file.ts' },
  { name: 'a package in which no tracer runs', code: ask(own), file: 'workspace/packages/scripts/file.ts' },
  { name: 'ignored by the configuration', code: ask(own), file: 'configured/generated/a.ts' },
  { name: 'a handler without its caller', code: "import { createServer } from 'node:http';\ncreateServer(async (req, res) => { await fetch('https://api.openai.com/v1', { method: 'POST' }); res.end(); }).listen(1);" },
  { name: 'a route without its caller', code: "import express from 'express';\nconst app = express();\napp.post('/run', async (req, res) => { await req.body.agent.run(); res.json({}); });" },
  { name: 'a Map', code: "const routes = new Map<string, () => void>();\nexport function f() { routes.get('/run'); routes.delete('/run'); }" },
  { name: 'express settings', code: "import express from 'express';\nconst app = express();\nexport const port = app.get('port');" },
  { name: 'mentioned, not called', code: 'export const client = { fetch };' },
  { name: 'a type', code: 'export type Fetch = typeof fetch;' },
];

const server = "import { createServer } from 'node:http';\ncreateServer(async (req, res) => {\n  await run(req.url);\n  res.end();\n}).listen(4100);\nasync function run(url: any) { await url.process(); }\n";

describe('no-dark-request', () => {
  runRule('no-dark-request', rule, {
    typescript: {
      valid: silent,
      invalid: [
        { name: 'a host from the environment', code: dark(own), says: /^`fetch\(…\)`.*`otel-handoff fix` repairs it\.$/ },
        { name: 'with the helper in place', code: dark(own), file: 'repaired/file.ts', suggests: traced(own) },
        { name: 'an environment variable with a default', code: `const base = process.env.AGENT_URL ?? 'http://localhost:4100';\n${dark('`${base}/run`')}` },
        { name: 'loopback', code: dark("'http://localhost:4100/run'"), file: 'repaired/file.ts', suggests: traced("'http://localhost:4100/run'") },
        { name: 'a private address', code: dark("'http://10.0.0.7/run'") },
        { name: 'a service name', code: dark("'http://researcher:4100/run'") },
        { name: 'a private name', code: dark("'http://researcher.agents.svc.cluster.local/run'") },
        { name: 'a URL object', code: dark("new URL('/run', process.env.AGENT_URL)") },
        { name: 'a configured field', code: `export class Client {\n  constructor(private baseUrl: string) {}\n  run(task: object) { return «fetch»(\`\${this.baseUrl}/run\`, { method: 'POST', body: JSON.stringify(task) }); }\n}` },
        { name: 'a read of one\'s own service', code: 'export async function f() { return «fetch»(`${process.env.AGENT_URL}/tasks`); }' },
        { name: 'globalThis.fetch', code: `export async function f(task: object) { return globalThis.«fetch»(${own}, { method: 'POST', body: JSON.stringify(task) }); }` },
        { name: 'an alias', code: `const request = fetch;\nexport async function f(task: object) { return «request»(${own}, { method: 'POST', body: JSON.stringify(task) }); }` },
        { name: 'with types, optional call', code: `export async function f(task: object) { return «fetch»?.(${own}, { method: 'POST', body: JSON.stringify(task) }); }` },
        { name: 'options in a variable', code: `export async function f(task: object) { const init = { method: 'POST', body: JSON.stringify(task) }; return «fetch»(${own}, init); }` },
        { name: 'headers of its own', code: dark(own, "{ method: 'POST', headers: { 'content-type': 'application/json' } }") },
        { name: 'declared and not registered', code: dark(own), file: 'declared/file.ts', says: /`@opentelemetry\/instrumentation-undici` is a dependency, but nothing in this repository registers it\./ },
        { name: 'a webhook', code: 'export async function notify(webhookUrl: string, event: object) {\n  await «fetch»(webhookUrl, { method: "POST", body: JSON.stringify(event) });\n}', file: 'repaired/file.ts', says: /Not repaired: `webhookUrl` comes as data: list its host in `destinations`/ },
        { name: 'a customer\'s address', code: 'export async function notify(customer: any, event: object) {\n  await «fetch»(customer.callbackUrl, { method: "POST", body: JSON.stringify(event) });\n}', file: 'repaired/file.ts' },
        { name: 'a listed destination', code: dark("'https://agents.example/run'"), file: 'configured/src/a.ts' },
        { name: 'a listed glob of destinations', code: dark("'https://eu.partner.example/run'"), file: 'configured/src/a.ts' },
        { name: 'cross-origin in a page', code: dark("'http://agents.internal/run'"), file: 'browser/file.ts', says: /Not repaired: a browser asks/ },
        { name: 'a stream', code: dark(own, "{ method: 'POST', headers: { accept: 'text/event-stream' }, body: '{}' }"), file: 'repaired/file.ts', says: /Not repaired: .*stream/ },
        { name: 'a cached Next fetch', code: dark(own, "{ method: 'POST', next: { revalidate: 10 } } as RequestInit"), file: 'repaired/file.ts', says: /Not repaired: / },
        { name: 'a dispatcher of its own', code: dark(own, "{ method: 'POST', dispatcher: given } as RequestInit"), file: 'repaired/file.ts' },
        { name: 'a package that a traced one uses', code: dark(own), file: 'workspace/packages/shared/a.ts' },
        { name: 'a private host and an Express route in one file', file: 'repaired/both.ts',
          code: "import express from 'express';\nconst app = express();\napp.«post»('/run', async (req, res) => {\n  await work(req.body);\n  res.end();\n});\nasync function work(task: any) { await task.process(); }\nexport async function ask(task: object) {\n  return «fetch»('http://localhost:4100/run', { method: 'POST', body: JSON.stringify(task) });\n}",
          suggests: "import express from 'express';\nimport { tracedFetch, withCarrier } from './otel-handoff.js';\nconst app = express();\napp.post('/run', async (req, res) => withCarrier(req.headers, async () => {\n  await work(req.body);\n  res.end();\n}));\nasync function work(task: any) { await task.process(); }\nexport async function ask(task: object) {\n  return tracedFetch('http://localhost:4100/run', { method: 'POST', body: JSON.stringify(task) });\n}" },
        { name: 'the only server and its caller', code: server.replace('createServer(async', '«createServer»(async') + "export async function ask(task: object) { return «fetch»('http://localhost:4100/run', { method: 'POST', body: JSON.stringify(task) }); }" },
        { name: 'a Fastify route and its caller', code: "import Fastify from 'fastify';\nconst app = Fastify();\napp.«post»('/run', async (req: any) => { await req.body.process(); });\nexport async function ask(task: object) { return «fetch»('http://localhost:4100/run', { method: 'POST', body: JSON.stringify(task) }); }" },
        { name: 'a Hono route and its caller', code: "import { Hono } from 'hono';\nconst app = new Hono();\napp.«post»('/run', async (c) => { await (await c.req.json()).process(); return c.json({}); });\nexport async function ask(task: object) { return «fetch»('http://localhost:4100/run', { method: 'POST', body: JSON.stringify(task) }); }" },
        { name: 'another route of the server', code: "import express from 'express';\nconst app = express();\napp.post('/other', async (req, res) => { await req.body.process(); res.end(); });\nexport async function ask(task: object) { return «fetch»('http://localhost:4100/run', { method: 'POST', body: JSON.stringify(task) }); }" },
        { name: 'strict changes nothing here', code: dark(own), option: { strict: true } },
        { name: 'a BOM-less file with Windows line ends', code: dark(own).replaceAll('\n', '\r\n'), file: 'repaired/file.ts', suggests: traced(own).replaceAll('\n', '\r\n') },
      ],
    },
    typed: {
      valid: [ask("'https://api.openai.com/v1'"), `const fetch = async (url: string, init: object) => ({ url, init });\n${ask(own)}`],
      invalid: [{ name: 'a host from the environment', code: dark(own) }],
    },
    javascript: {
      valid: [{ name: 'a third-party host from another file', code: `import { thirdParty } from './shared/queues.js';\n${ask('`${thirdParty}/v1`').replace(': any', '')}` }, ask("'https://api.openai.com/v1'").replace(': any', ''), `import fetch from './fetch.js';\n${ask(own).replace(': any', '')}`],
      invalid: [{ name: 'a configured host from another file', code: `import { agents } from './shared/queues.js';\n${dark('`${agents.base}/v1`').replace(': any', '')}` }, dark(own).replace(': any', ''), dark("'http://localhost:4100/run'").replace(': any', '')],
    },
    commonjs: {
      valid: [`const { fetch } = require('./http');\nexports.ask = () => fetch(${own}, { method: 'POST' });`],
      invalid: [`exports.ask = () => «fetch»(${own}, { method: 'POST', body: '{}' });`, `const { createServer } = require('http');\n«createServer»(async (req, res) => { await work(req); res.end(); });\nasync function work(req) { await req.process(); }\nexports.ask = () => «fetch»('http://localhost:4100/', { method: 'POST', body: '{}' });`],
    },
  });
});
