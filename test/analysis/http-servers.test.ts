/** Handlers of requests: findings only where something in the repo sends to them. */
import { cases } from './harness.ts';

const work = "async function plan(x: unknown) { await fetch('https://api.openai.com/v1/x', { method: 'POST', body: String(x) }); }";
const sends = (path: string, method = 'POST'): string => `export async function ask(given: object) {\n  return fetch(\`\${process.env.PLANNER_URL}${path}\`, { method: '${method}', body: '1' }); // ! fetch/fetch lost\n}`;
const axiosSends = "import axios from 'axios';\nexport async function ask(given: object) {\n  return axios.post(`${process.env.PLANNER_URL}/plan`, given); // ! axios/write lost\n}";
const express = `import express from 'express';\n${work}\nconst app = express();`;

cases('Express, whoever sends', {}, {
  'axios': { 'src/a.ts': axiosSends, 'src/s.ts': `${express}\napp.post('/plan', async (req, res) => { await plan(req.body); res.end(); }); // ! express/route lost` },
  'got': { 'src/a.ts': "import got from 'got';\nexport const ask = () => got.post('http://planner.internal/plan', { json: {} }); // ! got/method lost", 'src/s.ts': `${express}\napp.post('/plan', async (req, res) => { await plan(req.body); res.end(); }); // ! express/route lost` },
  'an axios instance': { 'src/a.ts': "import axios from 'axios';\nconst planner = axios.create({ baseURL: process.env.PLANNER_URL });\nexport const ask = (x: object) => planner.post('/plan', x); // ! axios/instance-write lost", 'src/s.ts': `${express}\napp.post('/plan', async (req, res) => { await plan(req.body); res.end(); }); // ! express/route lost` },
  'node:http': { 'src/a.ts': "import http from 'node:http';\nexport const ask = () => http.request({ hostname: 'planner', path: '/plan', method: 'POST' }); // ! node-http/request lost", 'src/s.ts': `${express}\napp.post('/plan', async (req, res) => { await plan(req.body); res.end(); }); // ! express/route lost` },
  'another method': { 'src/a.ts': sends('/plan', 'PUT'), 'src/s.ts': `${express}\napp.post('/plan', async (req, res) => { await plan(req.body); res.end(); });` },
  'another path': { 'src/a.ts': sends('/other'), 'src/s.ts': `${express}\napp.post('/plan', async (req, res) => { await plan(req.body); res.end(); });` },
  'nobody': `${express}\napp.post('/plan', async (req, res) => { await plan(req.body); res.end(); });`,
  'a wrapper that extracts': { 'src/a.ts': sends('/plan').replace('fetch/fetch lost', 'fetch/fetch one-sided'), 'src/s.ts': `import { context, propagation, ROOT_CONTEXT } from '@opentelemetry/api';\n${express}\nconst traced = (fn: any) => (req: any, res: any) => context.with(propagation.extract(ROOT_CONTEXT, req.headers), () => fn(req, res));\napp.post('/plan', traced(async (req: any, res: any) => { await plan(req.body); res.end(); }));` },
});

const koa = `import Router from '@koa/router';\n${work}\nconst router = new Router();`;
cases('Koa', {}, {
  'a route': { 'src/a.ts': sends('/plan'), 'src/s.ts': `${koa}\nrouter.post('/plan', async (ctx) => { await plan(ctx.request.body); }); // ! koa/route lost` },
  'koa-router': { 'src/a.ts': sends('/plan'), 'src/s.ts': `${koa}\nrouter.post('/plan', async (ctx) => { await plan(ctx.request.body); }); // ! koa/route lost`.replace('@koa/router', 'koa-router') },
  'a route that does nothing': { 'src/a.ts': sends('/plan').replace(' // ! fetch/fetch lost', ' // ! fetch/fetch lost'), 'src/s.ts': `${koa}\nrouter.post('/plan', async (ctx) => { ctx.body = 'ok'; });` },
  'nobody sends': `${koa}\nrouter.post('/plan', async (ctx) => { await plan(ctx.request.body); });`,
  'it extracts': { 'src/a.ts': sends('/plan').replace('fetch/fetch lost', 'fetch/fetch one-sided'), 'src/s.ts': `import { context, propagation, ROOT_CONTEXT } from '@opentelemetry/api';\n${koa}\nrouter.post('/plan', async (ctx) => { await context.with(propagation.extract(ROOT_CONTEXT, ctx.headers), () => plan(ctx.request.body)); });` },
  'a router of the repo': { 'src/a.ts': sends('/plan'), 'src/s.ts': `${work}\nclass Router { post(p: string, f: unknown) { void p; void f; } }\nnew Router().post('/plan', async () => { await plan(1); });` },
});

const controller = (decorators: string, prefix = "'plans'"): string => `import { Body, Controller, Get, Post, UseGuards } from '@nestjs/common';\n${work}\n@UseGuards(Object)\n@Controller(${prefix})\nexport class Plans {\n  ${decorators}\n  async run(@Body() body: object) { await plan(body); }\n}`;
cases('Nest', {}, {
  'a controller\'s route': { 'src/a.ts': sends('/plans/run'), 'src/s.ts': controller("@Post('run') // ! nestjs/route lost") },
  'the controller\'s own route': { 'src/a.ts': sends('/plans'), 'src/s.ts': controller('@Post() // ! nestjs/route lost') },
  'a parameter': { 'src/a.ts': sends('/plans/${given}/run'.replace('${given}', '${String(given)}')), 'src/s.ts': controller("@Post(':id/run') // ! nestjs/route lost") },
  'a controller by options': { 'src/a.ts': sends('/plans/run'), 'src/s.ts': controller("@Post('run') // ! nestjs/route lost", "{ path: 'plans', version: '1' }") },
  'another method': { 'src/a.ts': sends('/plans/run'), 'src/s.ts': controller("@Get('run')") },
  'another controller': { 'src/a.ts': sends('/plans/run'), 'src/s.ts': controller("@Post('run')", "'orders'") },
  'nobody sends': controller("@Post('run')"),
  'decorators of the repo': { 'src/a.ts': sends('/plans/run'), 'src/s.ts': controller("@Post('run')").replace("'@nestjs/common'", "'./decorators.js'"), 'src/decorators.ts': 'export const Body = (): any => null, Controller = (x: any): any => x, Get = (x?: any): any => x, Post = (x?: any): any => x, UseGuards = (x: any): any => x;' },
});

cases('what a test sends', {}, {
  'makes no caller': { 'src/s.ts': `${express}\napp.post('/plan', async (req, res) => { await plan(req.body); res.end(); });`, 'src/s.test.ts': axiosSends.replace(/ \/\/ ! .*/, '') },
});

const fetchHelper = (mark: string): string => `export async function ask(url: string, body: object) { return fetch(url, { method: 'POST', body: JSON.stringify(body) }); }${mark}\nexport const plan = () => ask(process.env.PLANNER_URL + '/run', {});`;
const mediaRoute = (mark: string): string => `import express from 'express';\nconst app = express();\napp.post('/media', async (req, res) => { await fetch('https://api.example.com', { method: 'POST' }); res.end(); });${mark}`;
cases('a helper\'s callers ask others, too', {}, {
  'a third party\'s route of the same name': { 'src/ask.ts': fetchHelper(' // ! fetch/fetch lost'), 'src/server.ts': mediaRoute(''), 'src/a.ts': `import { ask } from './ask.ts';\nexport const put = () => ask('https://social.example.com/media', {});` },
  'a private host\'s route': { 'src/ask.ts': fetchHelper(' // ! fetch/fetch lost'), 'src/server.ts': mediaRoute(' // ! express/route lost'), 'src/a.ts': `import { ask } from './ask.ts';\nexport const put = () => ask('http://media:8080/media', {});` },
});

const verify = (mark = ''): string => `${express}\napp.post('/verify', async (req, res) => { await plan(req.body); res.end(); });${mark}`;
const lost = ' // ! express/route lost';
cases('a route of one piece', {}, {
  'no prefix': { 'src/a.ts': sends('/verify'), 'src/s.ts': verify(lost) },
  'a prefix that all routes have': { 'src/a.ts': sends('/api/v1/verify'), 'src/s.ts': verify(lost) },
  'a prefix that cannot be told': { 'src/a.ts': sends('/${String(given)}/verify'), 'src/s.ts': verify(lost) },
  'in a file of the prefix\'s name': { 'src/a.ts': sends('/api/emails/verify'), 'src/routes/email.ts': verify(lost) },
  'where the prefix is mounted': { 'src/a.ts': sends('/emails/verify'), 'src/s.ts': `${verify(lost)}\nexport const at = '/emails';` },
  'where all of a longer prefix is mounted': { 'src/a.ts': sends('/shop/emails/verify'), 'src/s.ts': `${verify(lost)}\nexport const at = '/shop/emails';` },
  'where a part of the prefix is': { 'src/a.ts': sends('/shop/emails/verify'), 'src/s.ts': `${verify()}\nexport const at = '/emails';` },
  'another router\'s': { 'src/a.ts': sends('/emails/verify'), 'src/routes/tokens.ts': verify() },
  'two pieces are told from others': { 'src/a.ts': sends('/emails/verify/code'), 'src/routes/tokens.ts': verify(lost).replace('/verify', '/verify/code') },
});

const http2 = "import { connect } from 'node:http2';\nconst session = connect(process.env.PLANNER_URL!);\nexport const ask = () => session.request({ ':path': '/plan', ':method': 'POST' });";
const asks = { 'src/a.ts': `${http2} // ! http2/request lost` };
cases('http2', {}, {
  'a handler': { ...asks, 'src/s.ts': `import { createServer } from 'node:http2';\n${work}\ncreateServer(async (req, res) => { if (req.url === '/plan') await plan(req.headers); res.end(); }); // ! http2/handler lost` },
  'a handler over TLS': { ...asks, 'src/s.ts': `import http2 from 'node:http2';\n${work}\nhttp2.createSecureServer({}, async (req, res) => { if (req.url === '/plan') await plan(req.headers); res.end(); }); // ! http2/handler lost` },
  'streams': { ...asks, 'src/s.ts': `import { createServer } from 'node:http2';\n${work}\nconst server = createServer();\nserver.on('stream', async (stream, headers) => { if (headers[':path'] === '/plan') await plan(headers); stream.end(); }); // ! http2/on-stream lost` },
  'streams of another path': { ...asks, 'src/s.ts': `import { createServer } from 'node:http2';\n${work}\nconst server = createServer();\nserver.on('stream', async (stream, headers) => { if (headers[':path'] === '/other') await plan(headers); stream.end(); });` },
  'nobody sends': `import { createServer } from 'node:http2';\n${work}\nconst server = createServer(async (req, res) => { await plan(req.url); res.end(); });\nserver.on('stream', async (stream) => { await plan(stream); });`,
  'sessions': { ...asks, 'src/s.ts': `import { createServer } from 'node:http2';\n${work}\nconst server = createServer();\nserver.on('session', async (session) => { await plan('/plan'); });` },
  'that extracts': { 'src/a.ts': `${http2} // ! http2/request one-sided`, 'src/s.ts': `import { createServer } from 'node:http2';\nimport { context, propagation, ROOT_CONTEXT } from '@opentelemetry/api';\n${work}\ncreateServer().on('stream', (stream, headers) => context.with(propagation.extract(ROOT_CONTEXT, headers), async () => { if (headers[':path'] === '/plan') await plan(headers); }));` },
});

const hono = `import { Hono } from 'hono';\n${work}\nconst app = new Hono();`;
cases('Hono: what a handler reads of its request is no work', {}, {
  'it works on it': { 'src/a.ts': sends('/plan'), 'src/s.ts': `${hono}\napp.post('/plan', async (c) => { const body = await c.req.json(); await plan(body); return c.json({}); }); // ! hono/route lost` },
  'it only keeps it': { 'src/a.ts': sends('/plan'), 'src/s.ts': `${hono}\nconst seen: unknown[] = [];\napp.post('/plan', async (c) => { const body = await c.req.json(); seen.push(body); return c.json({}); });` },
  'what it reads may fail': { 'src/a.ts': sends('/plan'), 'src/s.ts': `${hono}\napp.post('/plan', async (c) => { const body = await c.req.json().catch(() => ({})); console.log(body); return c.json({}); });` },
  'what it reads by a name in brackets': { 'src/a.ts': sends('/plan'), 'src/s.ts': `${hono}\napp.post('/plan', async (c) => { const body = await c.req['json'](); console.log(body); return c['json']({}); });` },
  'work that may fail': { 'src/a.ts': sends('/plan'), 'src/s.ts': `${hono}\napp.post('/plan', async (c) => { await plan(1).catch(() => {}); return c.json({}); }); // ! hono/route lost` },
  'what follows a promise works': { 'src/a.ts': sends('/plan'), 'src/s.ts': `${hono}\napp.post('/plan', async (c) => { await c.req.json().then((body) => plan(body)); return c.json({}); }); // ! hono/route lost` },
  'the answer of another service': { 'src/a.ts': sends('/plan'), 'src/s.ts': `${hono}\nconst request = make();\napp.post('/plan', async (c) => { await request.json(); return c.json({}); }); // ! hono/route lost` },
});

const passing = (from: string): string => `import express from 'express';\nconst app = express();\napp.post('${from}', async (req, res) => {\n  const answer = await fetch(\`\${process.env.PLANNER_URL}/plan\`, { method: 'POST', body: JSON.stringify(req.body.plan) }); // ! fetch/fetch lost\n  res.json(await answer.json());\n});`;
cases('a gateway\'s own route', {}, {
  'asks for the same of somebody else': passing('/plan'),
  'and another service asks it': { 'src/s.ts': passing('/plan').replace(`async (req, res) => {`, `async (req, res) => { // ! express/route lost`), 'src/a.ts': sends('/plan') },
});

cases('scripts that listen', {}, {
  'while they are run': { 'src/a.ts': sends('/plan'), 'scripts/setup.ts': `${express}\napp.post('/plan', async (req, res) => { await plan(req.body); res.end(); });` },
  'a service': { 'src/a.ts': sends('/plan'), 'src/setup.ts': `${express}\napp.post('/plan', async (req, res) => { await plan(req.body); res.end(); }); // ! express/route lost` },
});
