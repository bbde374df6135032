/** Requests of every HTTP client that the catalogue knows, told by origin and destination: flagged and silent. */
import { cases, nodePackage } from './harness.ts';

const setting = {};
const api = '`${process.env.PLANNER_URL}/plan`';
const f = (imports: string, call: string, marker = ''): string => `${imports}\nexport async function ask(given: any) {\n  return ${call};${marker && ` // ! ${marker}`}\n}`;
const otel = "import { context, propagation } from '@opentelemetry/api';";

cases('undici', setting, {
  'request to an own service': f("import { request } from 'undici';", `request(${api}, { method: 'POST', body: '1' })`, 'undici/request lost'),
  'request from the namespace': f("import * as undici from 'undici';", `undici.request(${api}, { method: 'POST', body: '1' })`, 'undici/request lost'),
  'stream': f("import { stream } from 'undici';", `stream(${api}, { method: 'GET' }, () => given)`, 'undici/request lost'),
  'fetch': f("import { fetch } from 'undici';", `fetch(${api})`, 'undici/fetch lost'),
  'fetch under another name': f("const { fetch: fetchCmd } = require('undici');", `fetchCmd(${api})`, 'undici/fetch lost'),
  'a client for one origin': f("import { Client } from 'undici';\nconst client = new Client(process.env.PLANNER_URL!);", "client.request({ path: '/plan', method: 'POST', body: '1' })", 'undici/dispatcher-request lost'),
  'a pool for a third party': f("import { Pool } from 'undici';\nconst pool = new Pool('https://api.openai.com');", "pool.request({ path: '/v1/chat', method: 'POST', body: '1' })"),
  'an agent with an origin in the request': f("import { Agent } from 'undici';\nconst agent = new Agent();", "agent.request({ origin: 'http://planner:8080', path: '/plan', method: 'POST' })", 'undici/dispatcher-request lost'),
  'a third party': f("import { request } from 'undici';", "request('https://api.stripe.com/v1/charges', { method: 'POST', body: '1' })"),
  'a plain read of somewhere': f("import { request } from 'undici';", 'request(given.link)'),
  'a health probe': f("import { request } from 'undici';", "request(`${process.env.PLANNER_URL}/healthz`)"),
  'carried': f(`import { request } from 'undici';\n${otel}\nfunction carrier() { const c = {}; propagation.inject(context.active(), c); return c; }`, `request(${api}, { method: 'POST', headers: carrier() })`),
  'request of another library': f("import { request } from '@octokit/request';", `request(${api}, { method: 'POST' })`),
  'request of the repo': f('async function request(url: string, init: object) { return { url, init }; }', `request(${api}, { method: 'POST' })`),
  'at module scope': `import { request } from 'undici';\nexport const answer = await request(${api}, { method: 'POST' });`,
  'suppressed': f(`import { request } from 'undici';\n${otel}\nimport { suppressTracing } from '@opentelemetry/core';`, `context.with(suppressTracing(context.active()), () => request(${api}, { method: 'POST' }))`),
});

cases('undici, instrumented', { instrumentations: ['@opentelemetry/instrumentation-undici'] }, {
  'request': f("import { request } from 'undici';", `request(${api}, { method: 'POST', body: '1' })`),
  'ky stands on it': f("import ky from 'ky';", `ky.post(${api}, { json: given })`),
  'axios over fetch stands on it': f("import axios from 'axios';\nconst api = axios.create({ adapter: 'fetch' });", `api.post(${api}, given)`),
  'axios over XMLHttpRequest does not': f("import axios from 'axios';\nconst api = axios.create({ adapter: 'xhr' });", `api.post(${api}, given)`, 'axios/instance-write lost'),
  'axios does not': f("import axios from 'axios';", `axios.post(${api}, given)`, 'axios/write lost'),
});

cases('axios', setting, {
  'post': f("import axios from 'axios';", `axios.post(${api}, given)`, 'axios/write lost'),
  'post from the namespace': f("import * as axios from 'axios';", `axios.post(${api}, given)`, 'axios/write lost'),
  'CommonJS': { 'src/a.cjs': `const axios = require('axios');\nexports.ask = async (given) => {\n  return axios.post(${api}, given); // ! axios/write lost\n};` },
  'get': f("import axios from 'axios';", `axios.get(${api})`, 'axios/method lost'),
  'get of something handed in': f("import axios from 'axios';", 'axios.get(given.url)'),
  'post to something handed in': f("import axios from 'axios';", 'axios.post(given.url, { a: 1 })', 'axios/write lost unknown-destination'),
  'post to a webhook': f("import axios from 'axios';", 'axios.post(given.webhookUrl, { a: 1 })', 'axios/write lost unknown-destination'),
  'post to a third party': f("import axios from 'axios';", "axios.post('https://api.openai.com/v1/chat/completions', given)"),
  'the function with a config': f("import axios from 'axios';", "axios({ method: 'post', url: `${process.env.PLANNER_URL}/plan`, data: given })", 'axios/call lost'),
  'the function with a base': f("import axios from 'axios';", "axios({ method: 'post', baseURL: process.env.PLANNER_URL, url: '/plan', data: given })", 'axios/call lost'),
  'the function with a third party\'s base': f("import axios from 'axios';", "axios({ method: 'post', baseURL: 'https://api.stripe.com', url: '/v1/charges', data: given })"),
  'the function with a URL': f("import axios from 'axios';", `axios(${api}, { method: 'POST', data: given })`, 'axios/call lost'),
  'the function with a config in a variable': `import axios from 'axios';\nexport async function ask(given: any) {\n  const options = { method: 'post', url: \`\${process.env.PLANNER_URL}/plan\`, data: given };\n  return axios(options); // ! axios/call lost\n}`,
  'a config that is handed in': f("import axios from 'axios';", 'axios(given.config)'),
  'request': f("import axios from 'axios';", "axios.request({ url: 'http://planner.internal/plan', method: 'POST' })", 'axios/request lost'),
  'an instance': f("import axios from 'axios';\nconst planner = axios.create({ baseURL: process.env.PLANNER_URL });", "planner.post('/plan', given)", 'axios/instance-write lost'),
  'an instance, read': f("import axios from 'axios';\nconst planner = axios.create({ baseURL: process.env.PLANNER_URL });", "planner.get('/plans/1')", 'axios/instance lost'),
  'an instance, called': f("import axios from 'axios';\nconst planner = axios.create({ baseURL: process.env.PLANNER_URL });", "planner({ url: '/plan', method: 'post', data: given })", 'axios/instance-call lost'),
  'an instance for a third party': f("import axios from 'axios';\nconst stripe = axios.create({ baseURL: 'https://api.stripe.com' });", "stripe.post('/v1/charges', given)"),
  'an instance for a third party, an own address': f("import axios from 'axios';\nconst stripe = axios.create({ baseURL: 'https://api.stripe.com' });", `stripe.post(${api}, given)`, 'axios/instance-write lost'),
  'an instance without a base that can be seen': "import type { AxiosInstance } from 'axios';\nexport class Orders {\n  constructor(private readonly http: AxiosInstance) {}\n  async place(order: object) { return this.http.post('/orders', order); }\n}",
  'an instance of another file': { 'src/planner.ts': "import axios from 'axios';\nexport const planner = axios.create({ baseURL: process.env.PLANNER_URL });", 'src/a.ts': "import { planner } from './planner.js';\nexport async function ask(given: object) {\n  return planner.post('/plan', given); // ! axios/instance-write lost\n}" },
  'an instance in a field': "import axios, { type AxiosInstance } from 'axios';\nexport class Planner {\n  private readonly http: AxiosInstance;\n  constructor() { this.http = axios.create({ baseURL: process.env.PLANNER_URL }); }\n  async plan(x: object) {\n    return this.http.post('/plan', x); // ! axios/instance-write lost\n  }\n}",
  'an instance that injects': f(`import axios from 'axios';\n${otel}\nconst planner = axios.create({ baseURL: process.env.PLANNER_URL });\nplanner.interceptors.request.use((config) => { propagation.inject(context.active(), config.headers); return config; });`, "planner.post('/plan', given)"),
  'an instance that injects by a function': f(`import axios from 'axios';\n${otel}\nfunction carry(config: any) { propagation.inject(context.active(), config.headers); return config; }\nconst planner = axios.create({ baseURL: process.env.PLANNER_URL });\nplanner.interceptors.request.use(carry);`, "planner.post('/plan', given)"),
  'an instance whose interceptor signs': f("import axios from 'axios';\nconst planner = axios.create({ baseURL: process.env.PLANNER_URL });\nplanner.interceptors.request.use((config) => { config.headers.set('x-key', '1'); return config; });", "planner.post('/plan', given)", 'axios/instance-write lost'),
  'a traceparent by hand': f("import axios from 'axios';", `axios.post(${api}, given, { headers: { traceparent: given.traceparent } })`),
  'a traceparent in the config': f("import axios from 'axios';", "axios({ url: `${process.env.PLANNER_URL}/plan`, method: 'post', headers: { traceparent: given.tp } })"),
  'injected headers': `import axios from 'axios';\n${otel}\nexport async function ask(given: object) {\n  const headers = {};\n  propagation.inject(context.active(), headers);\n  return axios.post(${api}, given, { headers });\n}`,
  'a third argument that is not its own': f("import axios from 'axios';", `axios.post(${api}, given, { headers: { accept: 'x' } })`, 'axios/write lost'),
  'post of an own object': f('const axios = { async post(url: string, x: object) { return { url, x }; } };', `axios.post(${api}, given)`),
  'isAxiosError': f("import axios from 'axios';", 'axios.isAxiosError(given)'),
  'a mock of it': f("import MockAdapter from 'axios-mock-adapter';\nconst mock = new MockAdapter({} as any);", "mock.onPost('/plan').reply(200)"),
  'a Map of instances': f("import axios from 'axios';\nconst clients = new Map([['a', axios]]);", "clients.get('/a')"),
  'a page\'s relative address': f("import axios from 'axios';", "axios.post('/api/plan', given)"),
  'a field that extends a library\'s class': "import axios from 'axios';\nimport { BaseRetriever } from 'langchain';\nexport class Rerank extends BaseRetriever {\n  private readonly API_URL = 'https://api.jina.ai/v1/rerank';\n  async rank(x: object) { return axios.post(this.API_URL, x); }\n}",
  'telemetry': { 'src/telemetry-sender.ts': f("import axios from 'axios';", 'axios.post(process.env.INGEST_URL!, given)') },
  'the origin of a third party\'s URL': "import axios from 'axios';\nexport async function token() {\n  const url = new URL('https://login.example.org/token');\n  return axios.post(url.origin + url.pathname, 'a=1');\n}",
  'in a template': "import axios from 'axios';\nvoid axios;\nexport const page = `<script>axios.post('http://planner.internal/plan', {})</script>`;",
});

cases('axios, instrumented', { instrumentations: ['@opentelemetry/instrumentation-http'] }, {
  'post': f("import axios from 'axios';", `axios.post(${api}, given)`),
  'got': f("import got from 'got';", `got.post(${api}, { json: given })`),
  'undici does not stand on it': f("import { request } from 'undici';", `request(${api}, { method: 'POST' })`, 'undici/request lost'),
});

const nest = (call: string, marker = ''): string => `import { HttpService } from '@nestjs/axios';\nimport { Injectable } from '@nestjs/common';\nimport { firstValueFrom } from 'rxjs';\n@Injectable()\nexport class Planner {\n  constructor(private readonly http: HttpService) {}\n  async plan(given: any) {\n    return firstValueFrom(${call});${marker && ` // ! ${marker}`}\n  }\n}`;
cases('Nest\'s HttpService', setting, {
  'post': nest(`this.http.post(${api}, given)`, 'nestjs-axios/http-service-write lost'),
  'get': nest(`this.http.get(${api})`, 'nestjs-axios/http-service lost'),
  'request': nest("this.http.request({ method: 'POST', url: 'http://planner:3000/plan' })", 'nestjs-axios/http-service-request lost'),
  'axiosRef': nest(`this.http.axiosRef.post(${api}, given)`, 'nestjs-axios/axios-ref lost'),
  'a third party': nest("this.http.post('https://api.vercel.com/v1/x', given)"),
  'a third party that is configured': nest('this.http.post(`${process.env.VERCEL_BASE_URL}/v1/x`, given)'),
  'carried': nest(`this.http.post(${api}, given, { headers: { traceparent: given.tp } })`),
  'another service of that name': nest(`this.http.post(${api}, given)`).replace("'@nestjs/axios'", "'./http.service.js'"),
});

const registered = (how: string, marker = '', providers = 'Planner'): Record<string, string> => ({
  'src/planner.ts': nest("this.http.post('plans/run', given)", marker),
  'src/planner.module.ts': `import { HttpModule } from '@nestjs/axios';\nimport { Module } from '@nestjs/common';\nimport { Planner } from './planner.js';\nimport { HttpOptions } from './http-options.js';\n@Module({ imports: [HttpModule.${how}], providers: [${providers}] })\nexport class PlannerModule {}`,
  'src/http-options.ts': 'export class HttpOptions {\n  createHttpOptions() {\n    const baseURL = process.env.PLANNER_URL;\n    return { baseURL, timeout: 100 };\n  }\n}',
});
cases('the base address that a Nest module registers', setting, {
  'at once': registered('register({ baseURL: process.env.PLANNER_URL })', 'nestjs-axios/http-service-write lost'),
  'by a class': registered('registerAsync({ useClass: HttpOptions })', 'nestjs-axios/http-service-write lost'),
  'by a function': registered('registerAsync({ useFactory: () => ({ baseURL: process.env.PLANNER_URL }) })', 'nestjs-axios/http-service-write lost'),
  'of a third party': registered("register({ baseURL: 'https://api.vercel.com' })"),
  'none': registered('register({ timeout: 100 })'),
  'an address that is handed in': { ...registered('register({ baseURL: process.env.PLANNER_URL })'), 'src/planner.ts': nest('this.http.head(given)') },
  'for others': registered('register({ baseURL: process.env.PLANNER_URL })', '', 'Mailer'),
});

cases('got', setting, {
  'called': f("import got from 'got';", `got(${api}, { method: 'POST', json: given })`, 'got/call lost'),
  'post': f("import got from 'got';", `got.post(${api}, { json: given })`, 'got/method lost'),
  'post, json()': f("import got from 'got';", `got.post(${api}, { json: given }).json()`, 'got/method lost'),
  'an instance': f("import got from 'got';\nconst planner = got.extend({ prefixUrl: process.env.PLANNER_URL });", "planner.post('plan', { json: given })", 'got/instance lost'),
  'an instance, called': f("import got from 'got';\nconst planner = got.extend({ prefixUrl: process.env.PLANNER_URL });", "planner('plan', { method: 'POST', json: given })", 'got/instance-call lost'),
  'an instance of a third party': f("import got from 'got';\nconst github = got.extend({ prefixUrl: 'https://api.github.com' });", "github.post('repos', { json: given })"),
  'a hook that injects': f(`import got from 'got';\n${otel}\nconst planner = got.extend({ prefixUrl: process.env.PLANNER_URL, hooks: { beforeRequest: [(options) => { propagation.inject(context.active(), options.headers); }] } });`, "planner.post('plan', { json: given })"),
  'a download': f("import got from 'got';", "got('https://cdn.example.com/a.zip')"),
  'a third party': f("import got from 'got';", "got.post('https://hooks.slack.com/services/x', { json: given })"),
});

cases('ky', setting, {
  'called': f("import ky from 'ky';", `ky(${api}, { method: 'post', json: given })`, 'ky/call lost'),
  'post': f("import ky from 'ky';", `ky.post(${api}, { json: given })`, 'ky/method lost'),
  'an instance': f("import ky from 'ky';\nconst planner = ky.create({ prefixUrl: process.env.PLANNER_URL });", "planner.post('plan', { json: given })", 'ky/instance lost'),
  'an instance extended twice': f("import ky from 'ky';\nconst planner = ky.create({ prefixUrl: process.env.PLANNER_URL }).extend({ retry: 0 });", "planner.post('http://planner.internal/plan', { json: given })", 'ky/instance lost'),
  'a third party': f("import ky from 'ky';", "ky.post('https://api.linear.app/graphql', { json: given })"),
});

const node = "import http from 'node:http';\nimport https from 'node:https';";
cases('node:http', setting, {
  'request with a URL': f(node, `http.request(${api}, { method: 'POST' }, () => undefined)`, 'node-http/request lost'),
  'request with options': f(node, "http.request({ hostname: process.env.PLANNER_HOST, port: 80, path: '/plan', method: 'POST' }, () => undefined)", 'node-http/request lost'),
  'request with options in a variable': `${node}\nexport function ask() {\n  const options = { host: 'planner.internal', path: '/plan', method: 'POST' };\n  const req = https.request(options, () => undefined); // ! node-http/request lost\n  req.end();\n}`,
  'request imported': f("import { request } from 'https';", `request(${api}, { method: 'POST' })`, 'node-http/request-imported lost'),
  'the namespace': f("import * as https from 'https';", "https.request({ hostname: 'planner.internal', method: 'POST' })", 'node-http/request lost'),
  'CommonJS': { 'src/a.cjs': "const http = require('http');\nexports.ask = () => http.request({ host: 'localhost', port: 4100, path: '/plan', method: 'POST' }); // ! node-http/request lost" },
  'a third party': f(node, "https.request({ hostname: 'api.github.com', path: '/x', method: 'POST' })"),
  'a third party by URL': f(node, "https.get('https://api.github.com/x')"),
  'a socket\'s path': f(node, "http.request({ socketPath: '/var/run/docker.sock', path: '/containers', method: 'POST' })"),
  'options that are handed in': f(node, 'https.request(given.options)'),
  'a presigned address': f(node, "https.request({ hostname: new URL(given.ResponseURL).hostname, method: 'PUT' })"),
  'AWS\'s extension on this machine': f(node, "http.get('http://localhost:2773/systemsmanager/parameters/get')"),
  'a probe': f(node, "http.get('http://localhost:3000/healthz')"),
  'the header set later': `${node}\nexport function ask(traceparent: string) {\n  const req = http.request(${api}, { method: 'POST' });\n  req.setHeader('traceparent', traceparent);\n  req.end();\n}`,
  'injected into the request later': `${node}\n${otel}\nexport function ask() {\n  const req = http.request(${api}, { method: 'POST' });\n  propagation.inject(context.active(), req, { set: (r, k, v) => r.setHeader(k, v) });\n  req.end();\n}`,
  'injected into the options': `${node}\n${otel}\nexport function ask() {\n  const options = { host: 'planner.internal', method: 'POST', headers: {} };\n  propagation.inject(context.active(), options.headers);\n  return http.request(options);\n}`,
  'k6': f("import http from 'k6/http';", `http.post(${api}, given)`),
  'k6, read': f("import http from 'k6/http';", `http.get(${api})`),
  'a field called http': 'export class A {\n  constructor(private readonly http: { get(x: string): void }) {}\n  f() { this.http.get(`${process.env.PLANNER_URL}/plan`); }\n}',
  'http2': f("import http2 from 'node:http2';\nconst session = http2.connect(process.env.PLANNER_URL!);", "session.request({ ':path': '/plan', ':method': 'POST' })", 'http2/request lost'),
  'http2, carried': f("import http2 from 'node:http2';\nconst session = http2.connect(process.env.PLANNER_URL!);", "session.request({ ':path': '/plan', traceparent: given.tp })"),
  'http2 to a third party': f("import { connect } from 'http2';", "connect('https://api.push.apple.com').request({ ':path': '/3/device', ':method': 'POST' })"),
});

cases('other clients', setting, {
  'superagent': f("import superagent from 'superagent';", `superagent.post(${api}).send(given)`, 'superagent/method lost'),
  'superagent, set': f("import superagent from 'superagent';", `superagent.post(${api}).set('traceparent', given.tp).send(given)`),
  'superagent, an injected object': `import superagent from 'superagent';\n${otel}\nexport async function ask(given: object) {\n  const carrier = {};\n  propagation.inject(context.active(), carrier);\n  return superagent.post(${api}).set(carrier).send(given);\n}`,
  'superagent, another header': f("import superagent from 'superagent';", `superagent.post(${api}).set('x-key', '1').send(given)`, 'superagent/method lost'),
  'superagent, one of several verbs': `import superagent from 'superagent';\nexport const ask = (method: 'post' | 'put', given: object) => superagent[method]('http://planner.internal/plan').send(given); // ! superagent/method lost`,
  'superagent, one of two verbs, chosen here': `import superagent from 'superagent';\nexport function ask(isNew: boolean, given: object) {\n  const method = isNew ? 'post' : 'put';\n  return superagent[method]('http://planner.internal/plan').send(given); // ! superagent/method lost\n}`,
  'superagent, whatever it is told': `import superagent from 'superagent';\nexport const ask = (method: string, given: object) => (superagent as never)[method]('http://planner.internal/plan').send(given);`,
  'superagent, verbs that take different arguments': `import superagent from 'superagent';\nexport const ask = (method: 'get' | 'post', given: object) => superagent[method]('http://planner.internal/plan').send(given);`,
  'superagent, an own object of such functions': `import superagent from 'superagent';\nvoid superagent;\nconst own = { post: (path: string) => path, put: (path: string) => path };\nexport const ask = (method: 'post' | 'put') => own[method]('http://planner.internal/plan');`,
  'superagent, no verbs': `import superagent from 'superagent';\nexport const ask = (what: 'serialize' | 'parse') => superagent[what]('http://planner.internal/plan');`,
  'supertest': f("import request from 'supertest';", "request(given.app).post('/plan').send(given)"),
  'request': f("import request from 'request';", "request({ uri: 'http://planner.internal/plan', method: 'POST', json: given })", 'request/call lost'),
  'request.defaults': f("import request from 'request';\nconst client = request.defaults({ baseUrl: process.env.PLANNER_URL, json: true });", "client({ uri: '/plan', method: 'POST', json: given }, () => undefined)", 'request/defaults-call lost'),
  'request.defaults, its options handed in': f("import request from 'requestretry';\nconst given = { method: 'POST' };\nconst client = request.defaults({ baseUrl: process.env.PLANNER_URL });", 'client(given, () => undefined)', 'request/defaults-call lost'),
  'request.defaults, a third party': f("import request from 'request';\nconst client = request.defaults({ baseUrl: 'https://api.foreign.com' });", "client({ uri: '/plan', method: 'POST', json: given })"),
  'request.defaults().post': f("import request from 'request';\nconst client = request.defaults({ baseUrl: 'http://planner.internal' });", "client.post({ url: '/plan', json: given })", 'request/defaults-method lost'),
  'request.post': f("import request from 'request-promise';", "request.post({ url: 'http://planner.internal/plan', json: given })", 'request/method lost'),
  'node-fetch': f("import fetch from 'node-fetch';", `fetch(${api}, { method: 'POST' })`, 'node-fetch/fetch lost'),
  'cross-fetch': f("import { fetch } from 'cross-fetch';", `fetch(${api}, { method: 'POST' })`, 'node-fetch/fetch lost'),
  'ofetch': f("import { ofetch } from 'ofetch';", "ofetch('/plan', { baseURL: process.env.PLANNER_URL, method: 'POST', body: given })", 'ofetch/ofetch lost'),
  'GraphQLClient': f("import { GraphQLClient, gql } from 'graphql-request';\nconst client = new GraphQLClient(process.env.GRAPHQL_URL!);", 'client.request(gql`{ plans }`, given)', 'graphql-request/client lost'),
  'GraphQLClient of a third party': f("import { GraphQLClient, gql } from 'graphql-request';\nconst client = new GraphQLClient('https://api.github.com/graphql');", 'client.request(gql`{ viewer }`, given)'),
  'GraphQLClient, a header of the call': f("import { GraphQLClient, gql } from 'graphql-request';\nconst client = new GraphQLClient(process.env.GRAPHQL_URL!);", 'client.request(gql`{ plans }`, given, { traceparent: given.tp })'),
  'graphql-request': f("import { request, gql } from 'graphql-request';", "request('http://graph.internal/graphql', gql`{ plans }`)", 'graphql-request/request lost'),
  'sendBeacon': f('', "navigator.sendBeacon('http://planner.internal/x', given)"),
  'EventSource': f('', "new EventSource('http://planner.internal/events')"),
});

cases('in a browser', { files: { 'package.json': { ...nodePackage, engines: {}, dependencies: { '@opentelemetry/sdk-trace-web': '^2.0.0', axios: '^1.0.0' }, browser: './src/a.ts' } }, runtime: 'browser' }, {
  'XMLHttpRequest': "export function f() {\n  const xhr = new XMLHttpRequest();\n  xhr.open('POST', 'https://planner.internal/plan'); // ! xhr/open lost cors-preflight\n  xhr.send();\n}",
  'XMLHttpRequest with a header': "export function f(tp: string) {\n  const xhr = new XMLHttpRequest();\n  xhr.open('POST', 'https://planner.internal/plan');\n  xhr.setRequestHeader('traceparent', tp);\n  xhr.send();\n}",
  'XMLHttpRequest, relative': "export function f() {\n  const xhr = new XMLHttpRequest();\n  xhr.open('POST', '/plan');\n  xhr.send();\n}",
  'a query of a component': f("import { useQuery } from '@tanstack/react-query';\nimport axios from 'axios';\nexport const usePlans = () => useQuery({ queryKey: [], queryFn: () => ask(1) });", "axios.get('/plans')"),
  'axios, relative': f("import axios from 'axios';", "axios.post('/plan', given)"),
});
