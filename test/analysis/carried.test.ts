/** Code that already hands the context over, in the forms that people write (DESIGN.md 5.8). */
import { cases, type Files } from './harness.ts';

const api = `import { context, propagation } from '@opentelemetry/api';\n`;
const dark = ' // ! fetch/fetch lost';
const to = `'http://localhost:4000/run'`;
const inject = (into: string): string => `propagation.inject(context.active(), ${into});`;
const run = (before: string, headers: string, code = '', imports = api): string => `${imports}export function run(id: string, on: boolean) {\n  ${before}\n  return fetch(${to}, { method: 'POST', body: id, headers: ${headers} });${code}\n}\nvoid [context, propagation];`;

cases('carried: however the API is named', {}, {
  'renamed': run(`const h = {}; p.inject(c.active(), h);`, 'h', '', `import { context as c, propagation as p } from '@opentelemetry/api';\nimport { context, propagation } from '@opentelemetry/api';\n`),
  'a namespace': run(`const h = {}; api.propagation.inject(api.context.active(), h);`, 'h', '', `import * as api from '@opentelemetry/api';\nimport { context, propagation } from '@opentelemetry/api';\n`),
  'the default': run(`const h = {}; otel.propagation.inject(otel.context.active(), h);`, 'h', '', `import otel, { context, propagation } from '@opentelemetry/api';\n`),
  'taken apart': run(`const h = {}; const { propagation: p } = api; p.inject(context.active(), h);`, 'h', '', `import * as api from '@opentelemetry/api';\nimport { context, propagation } from '@opentelemetry/api';\n`),
  'required': { 'package.json': { name: 'app', engines: { node: '20' } }, 'a.js': `const { context, propagation } = require('@opentelemetry/api');\nexports.run = (id) => { const h = {}; propagation.inject(context.active(), h); return fetch(${to}, { method: 'POST', body: id, headers: h }); };` },
  'required whole': { 'package.json': { name: 'app', engines: { node: '20' } }, 'a.js': `const api = require('@opentelemetry/api');\nexports.run = (id) => { const h = {}; api.propagation.inject(api.context.active(), h); return fetch(${to}, { method: 'POST', body: id, headers: h }); };` },
  'a propagator': run(`const h = {}; new W3CTraceContextPropagator().inject(context.active(), h, defaultTextMapSetter);`, 'h', '', `${api}import { W3CTraceContextPropagator } from '@opentelemetry/core';\nimport { defaultTextMapSetter } from '@opentelemetry/api';\n`),
  'a propagator in a constant': run(`const h = {}; w3c.inject(context.active(), h, defaultTextMapSetter);`, 'h', '', `${api}import { W3CTraceContextPropagator } from '@opentelemetry/core';\nimport { defaultTextMapSetter } from '@opentelemetry/api';\nconst w3c = new W3CTraceContextPropagator();\n`),
  'another inject is none': run(`const h = {}; container.inject(h);`, 'h', dark, `${api}const container = { inject(_: object) {} };\n`),
  'an inject into something else': run(`const h = {}; const other = {}; ${inject('other')}`, 'h', dark),
});

cases('carried: wherever the headers were built', {}, {
  'in a variable': run(`const h = {}; ${inject('h')}`, 'h'),
  'spread': run(`const h = {}; ${inject('h')}`, `{ 'x-a': '1', ...h }`),
  'spread on a condition': run(`const h = {}; if (on) ${inject('h')}`, `{ ...(on ? h : {}) }`),
  'spread on &&': run(`const h = {}; ${inject('h')}`, `{ ...(on && h) }`),
  'Object.assign into them': run(`const h = { 'x-a': '1' }; const c = {}; ${inject('c')} Object.assign(h, c);`, 'h'),
  'Object.assign of both': run(`const c = {}; ${inject('c')}`, `Object.assign({ 'x-a': '1' }, c)`),
  'new Headers of a carrier': run(`const c = {}; ${inject('c')}`, 'new Headers(c)'),
  'Headers.set': run(`const h = new Headers(); h.set('traceparent', id);`, 'h'),
  'Headers.append': run(`const h = new Headers(); h.append('traceparent', id);`, 'h'),
  'by key': run(`const h: Record<string, string> = {}; h['traceparent'] = id;`, 'h'),
  'on a condition': run(`const h: Record<string, string> = {}; if (on) h.traceparent = id;`, 'h'),
  'Object.fromEntries': run(`const h = new Headers(); h.set('traceparent', id);`, 'Object.fromEntries(h.entries())'),
  'a list of pairs': run('', `[['x-a', '1'], ['traceparent', id]]`),
  'a map\'s pairs': run('', `Object.fromEntries([['traceparent', id]])`),
  'the options in a variable': `${api}export function run(id: string) { const init = { method: 'POST', body: id, headers: {} as Record<string, string> }; ${inject('init.headers')} return fetch(${to}, init); }`,
  'config.headers[…]': `export function run(id: string) { const config = { method: 'POST', body: id, headers: {} as Record<string, string> }; config.headers['traceparent'] = id; return fetch(${to}, config); }`,
  'the headers put in later': `${api}export function run(id: string) { const c = {}; ${inject('c')} const init: RequestInit = { method: 'POST', body: id }; init.headers = c; return fetch(${to}, init); }`,
  'a variable given later': `${api}export function run(id: string) { let h: Record<string, string> = {}; const c = {}; ${inject('c')} h = { ...h, ...c }; return fetch(${to}, { method: 'POST', body: id, headers: h }); }`,
  'a field': `${api}export class Client { private headers: Record<string, string> = {};\n  run(id: string) { ${inject('this.headers')} return fetch(${to}, { method: 'POST', body: id, headers: this.headers }); } }`,
  'a field with a literal': `export class Client { private headers: Record<string, string>;\n  constructor(parent: string) { this.headers = { traceparent: parent }; }\n  run(id: string) { return fetch(${to}, { method: 'POST', body: id, headers: this.headers }); } }`,
  'a getter': `${api}export class Client { private get headers() { const h = {}; ${inject('h')} return h; }\n  run(id: string) { return fetch(${to}, { method: 'POST', body: id, headers: this.headers }); } }`,
  'a method': `${api}export class Client { private headers() { const h = {}; ${inject('h')} return h; }\n  run(id: string) { return fetch(${to}, { method: 'POST', body: id, headers: this.headers() }); } }`,
  'injected into the function\'s own parameter': `${api}export function run(id: string, h: Record<string, string>) { ${inject('h')} return fetch(${to}, { method: 'POST', body: id, headers: h }); }`,
  'a Request': `export function run(id: string) { return fetch(new Request(${to}, { method: 'POST', body: id, headers: { traceparent: id } })); }`,
  'a Request in a variable': `export function run(id: string) { const request = new Request(${to}, { method: 'POST', body: id, headers: { traceparent: id } }); return fetch(request); }`,
  'a Request without': `export function run(id: string) { return fetch(new Request(${to}, { method: 'POST', body: id })); }${dark}`,
});

cases('carried: other headers that hold a trace', {}, {
  'Traceparent': run('', `{ Traceparent: id }`),
  'b3': run('', `{ b3: id }`),
  'X-B3-TraceId': run('', `{ 'X-B3-TraceId': id }`),
  'sentry-trace': run('', `{ 'sentry-trace': id, baggage: id }`),
  'baggage alone is no trace': run('', `{ baggage: id }`, dark),
  'a trace id of one\'s own is none': run('', `{ 'x-request-id': id }`, dark),
  'traceparent: undefined': run('', `{ traceparent: undefined }`, dark),
  'a header that only sounds like it': run('', `{ 'x-no-trace': '1' }`, dark),
});

const helper = (body: string, name = 'helper'): string => `${api}export function ${name}(h: Record<string, string> = {}) { ${body} }`;
const use = (headers: string, before = ''): string => `import { helper } from './helper.ts';\nexport function run(id: string) { ${before} return fetch(${to}, { method: 'POST', body: id, headers: ${headers} }); }`;

cases('carried: a helper of the project', {}, {
  'gives them': { 'src/helper.ts': helper(`const c = {}; ${inject('c')} return { ...h, ...c };`), 'src/a.ts': use('helper()') },
  'gives them, in two steps': { 'src/helper.ts': `${helper(`return inner();`)}\nfunction inner() { const c: Record<string, string> = {}; ${inject('c')} return c; }`, 'src/a.ts': use('helper()') },
  'writes them': { 'src/helper.ts': helper(`${inject('h')}`), 'src/a.ts': use('h', 'const h = {}; helper(h);') },
  'writes them with a key': { 'src/helper.ts': `export function helper(h: Headers, id: string) { h.set('traceparent', id); }`, 'src/a.ts': use('h', 'const h = new Headers(); helper(h, id);') },
  'names the header': { 'src/helper.ts': `export function helper(id?: string) { return { traceparent: \`00-\${id}-01\` }; }`, 'src/a.ts': use('{ ...helper() }') },
  'through an index': { 'src/tracing/headers.ts': helper(`const c = {}; ${inject('c')} return c;`), 'src/helper.ts': `export * from './tracing/headers.ts';`, 'src/a.ts': use('helper()') },
  'as a static method': { 'src/helper.ts': `${api}export class Tracing { static headers() { const c = {}; ${inject('c')} return c; } }`, 'src/a.ts': `import { Tracing } from './helper.ts';\nexport const run = (id: string) => fetch(${to}, { method: 'POST', body: id, headers: Tracing.headers() });` },
  'that does not inject': { 'src/helper.ts': helper(`return { ...h, 'x-a': '1' };`), 'src/a.ts': use('helper()') + dark },
  'that is called for something else': { 'src/helper.ts': helper(`const c = {}; ${inject('c')} return c;`), 'src/a.ts': use(`{ 'x-a': '1' }`, 'helper();') + dark },
  'that reads only': { 'src/helper.ts': helper(`propagation.extract(context.active(), h); return h;`), 'src/a.ts': use('helper()') + dark },
  'out of sight, named for it': `import { getTraceHeaders } from '@acme/tracing';\nexport const run = (id: string) => fetch(${to}, { method: 'POST', body: id, headers: { ...getTraceHeaders() } });`,
  'out of sight, named for something else': `import { getHeaders } from '@acme/http';\nexport const run = (id: string) => fetch(${to}, { method: 'POST', body: id, headers: { ...getHeaders() } });${dark}`,
  'in sight, whatever its name': { 'src/helper.ts': `export function getTraceHeaders() { return { 'x-a': '1' }; }`, 'src/a.ts': `import { getTraceHeaders } from './helper.ts';\nexport const run = (id: string) => fetch(${to}, { method: 'POST', body: id, headers: getTraceHeaders() });${dark}` },
});

cases('carried: helpers from the configuration', { config: { carriers: { inject: ['@acme/http#headersFor', 'stamp', 'src/lib/http.ts#decorate'], extract: ['@acme/http#within'] } } }, {
  'module#export': `import { headersFor } from '@acme/http';\nexport const run = (id: string) => fetch(${to}, { method: 'POST', body: id, headers: headersFor(id) });`,
  'module#export, renamed': `import { headersFor as hf } from '@acme/http';\nexport const run = (id: string) => fetch(${to}, { method: 'POST', body: id, headers: hf(id) });`,
  'module#export of a namespace': `import * as http from '@acme/http';\nexport const run = (id: string) => fetch(${to}, { method: 'POST', body: id, headers: http.headersFor(id) });`,
  'the same name of another module': `import { headersFor } from '@other/http';\nexport const run = (id: string) => fetch(${to}, { method: 'POST', body: id, headers: headersFor(id) });${dark}`,
  'a name': `import { stamp } from '@anything/else';\nexport const run = (id: string) => fetch(${to}, { method: 'POST', body: id, headers: stamp({}) });`,
  'a file\'s export': { 'src/lib/http.ts': `export const decorate = (h: object) => ({ ...h });`, 'src/a.ts': `import { decorate } from './lib/http.ts';\nexport const run = (id: string) => fetch(${to}, { method: 'POST', body: id, headers: decorate({}) });` },
  'extract': `import { Worker } from 'bullmq';\nimport { within } from '@acme/http';\nimport { writeFile } from 'node:fs/promises';\nexport const w = new Worker('mail', async (job) => within(job.opts, () => writeFile('x', '')));`,
  'extract of another module': `import { Worker } from 'bullmq';\nimport { within } from '@other/http';\nimport { writeFile } from 'node:fs/promises';\nexport const w = new Worker('mail', async (job) => within(job.opts, () => writeFile('x', ''))); // ! bullmq/worker lost`,
});

const service = `import { Queue } from 'bullmq';
export class QueueService {
  private readonly queue = new Queue('mail');
  send(data: object, telemetry?: { metadata: string }) { return this.queue.add('send', data, { telemetry }); }CODE
}`;
const carry = `const c = {}; ${inject('c')}`;

cases('carried: through wrappers of the project', {}, {
  'one finding, at the library\'s call': {
    'src/service.ts': `import { Queue } from 'bullmq';\nexport class QueueService {\n  private readonly queue = new Queue('mail');\n  add(name: string, data: object) { return this.queue.add(name, data); } // ! bullmq/queue-add lost\n}\nexport const queueService = new QueueService();`,
    'src/a.ts': `import { queueService } from './service.ts';\nexport const mail = (id: string) => queueService.add('send', { id });`,
    'src/b.ts': `import { queueService } from './service.ts';\nexport class Mailer { constructor(private readonly queues = queueService) {}\n  mail(id: string) { return this.queues.add('send', { id }); } }`,
  },
  'a wrapper function': {
    'src/service.ts': `import { Queue } from 'bullmq';\nconst queue = new Queue('mail');\nexport const add = (name: string, data: object) => queue.add(name, data); // ! bullmq/queue-add lost`,
    'src/a.ts': `import { add } from './service.ts';\nexport const mail = (id: string) => add('send', { id });`,
  },
  'headers that every caller injects': {
    'src/send.ts': `export const send = (body: object, headers: Record<string, string>) => fetch(${to}, { method: 'POST', body: JSON.stringify(body), headers });`,
    'src/a.ts': `${api}import { send } from './send.ts';\nexport function one() { ${carry} return send({}, c); }\nexport function two() { ${carry} return send({}, { ...c, 'x-a': '1' }); }`,
    'src/b.ts': `${api}import { send as deliver } from './send.ts';\nexport function three() { ${carry} return deliver({}, c); }`,
  },
  'options that every caller fills': {
    'src/send.ts': `export async function send({ body, headers }: { body: object; headers?: Record<string, string> }) { return fetch(${to}, { method: 'POST', body: JSON.stringify(body), headers }); }`,
    'src/a.ts': `${api}import { send } from './send.ts';\nexport function one() { ${carry} return send({ body: {}, headers: c }); }`,
  },
  'options that are handed on whole': {
    'src/send.ts': `export async function send(body: object, options: { headers: Record<string, string> }) { return fetch(${to}, { method: 'POST', body: JSON.stringify(body), headers: options.headers }); }`,
    'src/a.ts': `${api}import { send } from './send.ts';\nexport function one() { ${carry} return send({}, { headers: c }); }`,
  },
  'headers that one caller leaves out': {
    'src/send.ts': `export const send = (body: object, headers?: Record<string, string>) => fetch(${to}, { method: 'POST', body: JSON.stringify(body), headers });${dark}`,
    'src/a.ts': `${api}import { send } from './send.ts';\nexport function one() { ${carry} return send({}, c); }\nexport const two = () => send({});`,
  },
  'headers that another file fills with none': {
    'src/send.ts': `export const send = (body: object, headers: Record<string, string>) => fetch(${to}, { method: 'POST', body: JSON.stringify(body), headers });${dark}`,
    'src/a.ts': `${api}import { send } from './send.ts';\nexport function one() { ${carry} return send({}, c); }`,
    'src/b.ts': `import { send } from './send.ts';\nexport const two = () => send({}, { 'x-a': '1' });`,
  },
  'headers that nobody fills': {
    'src/send.ts': `export const send = (body: object, headers: Record<string, string>) => fetch(${to}, { method: 'POST', body: JSON.stringify(body), headers });${dark}`,
  },
  'a test\'s call is no caller': {
    'src/send.ts': `export const send = (body: object, headers: Record<string, string>) => fetch(${to}, { method: 'POST', body: JSON.stringify(body), headers });`,
    'src/a.ts': `${api}import { send } from './send.ts';\nexport function one() { ${carry} return send({}, c); }`,
    'src/send.test.ts': `import { send } from './send.ts';\nvoid send({}, {});`,
  },
  'a homonymous function of another file is no caller': {
    'src/send.ts': `export const send = (body: object, headers: Record<string, string>) => fetch(${to}, { method: 'POST', body: JSON.stringify(body), headers });`,
    'src/a.ts': `${api}import { send } from './send.ts';\nexport function one() { ${carry} return send({}, c); }`,
    'src/b.ts': `const send = (body: object, x: object) => [body, x];\nexport const two = () => send({}, {});`,
  },
  'an option of the queue': {
    'src/service.ts': service.replace('CODE', ''),
    'src/a.ts': `${api}import { QueueService } from './service.ts';\nconst service = new QueueService();\nexport function one() { ${carry} return service.send({}, { metadata: JSON.stringify(c) }); }`,
  },
});

const processor = (body: string, imports = ''): string => `import { Worker } from 'bullmq';\nimport { writeFile } from 'node:fs/promises';\nimport { context, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';\n${imports}\nvoid [context, propagation, ROOT_CONTEXT, trace];\n${body}`;
const lostJob = ' // ! bullmq/worker lost';

cases('carried: extracted', {}, {
  'onto the root': processor(`export const w = new Worker('mail', async (job) => { const ctx = propagation.extract(ROOT_CONTEXT, job.data.carrier); await context.with(ctx, () => writeFile('x', '')); });`),
  'as a link': processor(`export const w = new Worker('mail', async (job) => trace.getTracer('t').startActiveSpan('p', { links: [{ context: trace.getSpanContext(propagation.extract(ROOT_CONTEXT, job.data.c))! }] }, async (span) => { await writeFile('x', ''); span.end(); }));`),
  'in the first function that is called': processor(`const within = (job: { data: { c: object } }, fn: () => Promise<void>) => context.with(propagation.extract(ROOT_CONTEXT, job.data.c), fn);\nexport const w = new Worker('mail', async (job) => within(job, () => writeFile('x', '')));`),
  'in a handler by name': processor(`async function handle(job: { data: { c: object } }) { await context.with(propagation.extract(ROOT_CONTEXT, job.data.c), () => writeFile('x', '')); }\nexport const w = new Worker('mail', handle);`),
  'in a wrapper': processor(`const withTrace = (fn: (job: any) => Promise<void>) => (job: any) => context.with(propagation.extract(ROOT_CONTEXT, job.data.c), () => fn(job));\nexport const w = new Worker('mail', withTrace(async () => { await writeFile('x', ''); }));`),
  'in a wrapper of another file': {
    'src/trace.ts': `import { context, propagation, ROOT_CONTEXT } from '@opentelemetry/api';\nexport function withTrace(fn: (job: any) => Promise<void>) { return (job: any) => context.with(propagation.extract(ROOT_CONTEXT, job.data.c), () => fn(job)); }`,
    'src/a.ts': processor(`export const w = new Worker('mail', withTrace(async () => { await writeFile('x', ''); }));`, `import { withTrace } from './trace.ts';`),
  },
  'in a method of the class': processor(`export class Mail { worker = new Worker('mail', (job) => this.handle(job));\n  private async handle(job: any) { await this.within(job, () => writeFile('x', '')); }\n  private within(job: any, fn: () => Promise<void>) { return context.with(propagation.extract(ROOT_CONTEXT, job.data.c), fn); } }`),
  'by a propagator': processor(`const w3c = new W3CTraceContextPropagator();\nexport const w = new Worker('mail', async (job) => context.with(w3c.extract(ROOT_CONTEXT, job.data.c, defaultTextMapGetter), () => writeFile('x', '')));`, `import { W3CTraceContextPropagator } from '@opentelemetry/core';\nimport { defaultTextMapGetter } from '@opentelemetry/api';`),
  'a wrapper that does not': processor(`const logged = (fn: (job: any) => Promise<void>) => (job: any) => { console.log(job.id); return fn(job); };\nexport const w = new Worker('mail', logged(async () => { await writeFile('x', ''); }));${lostJob}`),
  'another extract': processor(`const archive = { extract: (x: unknown) => writeFile(String(x), '') };\nexport const w = new Worker('mail', async (job) => archive.extract(job.data));${lostJob}`),
  'injects only': processor(`export const w = new Worker('mail', async (job) => { const c = {}; propagation.inject(context.active(), c); await writeFile('x', JSON.stringify([c, job.data])); });${lostJob}`),
});

const work = `async function work() { await fetch('https://example.com'); }\n`;
const listener = (callback: string, code = '', before = ''): Files => ({ 'src/a.ts': `import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';\nimport { context } from '@opentelemetry/api';\n${work}const jobs: (() => unknown)[] = [];\nexport function submit() { ${before} jobs.push(${callback}); }${code}\nexport function drain() { void jobs.shift()?.(); }\nvoid [AsyncLocalStorage, AsyncResource, context];` });
const wrong = ' // ! array/push-callback wrong';

cases('carried: callbacks in Node', {}, {
  'context.bind': listener('context.bind(context.active(), work)'),
  'AsyncResource.bind': listener('AsyncResource.bind(work)'),
  'a resource\'s bind': listener('resource.bind(work)', '', `const resource = new AsyncResource('job');`),
  'runInAsyncScope': listener('() => resource.runInAsyncScope(work)', '', `const resource = new AsyncResource('job');`),
  'a resource that is made inside': listener(`() => new AsyncResource('job').runInAsyncScope(work)`, wrong),
  'AsyncLocalStorage.bind': listener('AsyncLocalStorage.bind(work)'),
  'AsyncLocalStorage.snapshot': listener('() => run(work)', '', `const run = AsyncLocalStorage.snapshot();`),
  'context.with a captured one': listener('() => context.with(active, work)', '', `const active = context.active();`),
  'context.with the one of the drain': listener('() => context.with(context.active(), work)', wrong),
  'an own binder': { 'src/bound.ts': `import { context } from '@opentelemetry/api';\nexport function bound(fn: () => unknown) { return context.bind(context.active(), fn); }`, 'src/a.ts': `import { bound } from './bound.ts';\n${work}const jobs: (() => unknown)[] = [];\nexport function submit() { jobs.push(bound(work)); }\nexport function drain() { void jobs.shift()?.(); }` },
  'an own binder with with': { 'src/bound.ts': `import { context } from '@opentelemetry/api';\nexport const bound = (fn: () => unknown) => { const active = context.active(); return () => context.with(active, fn); };`, 'src/a.ts': `import { bound } from './bound.ts';\n${work}const jobs: (() => unknown)[] = [];\nexport function submit() { jobs.push(bound(work)); }\nexport function drain() { void jobs.shift()?.(); }` },
  'Function.prototype.bind': listener('work.bind(null)', wrong),
});
