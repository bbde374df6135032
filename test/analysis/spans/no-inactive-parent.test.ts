/** `no-inactive-parent`: awaited work beside a span that is meant to be its parent. */
import { cases, type Setting } from '../harness.ts';

const setting: Setting = { config: { rules: { 'no-inactive-parent': 'error' } } };
const head = "import { trace, context, SpanKind, SpanStatusCode, type Span, type Tracer } from '@opentelemetry/api';\nconst tracer = trace.getTracer('app');\ndeclare const agent: { run(id?: unknown): Promise<string>; stream(): AsyncGenerator<string> };\n";
const of = (body: string, name = 'async function run(id: string)'): string => `${head}export ${name} {\n${body}\n}\n`;
const flagged = '// ! opentelemetry/inactive-parent wrong';
const x = `const span = tracer.startSpan('x'); ${flagged}\n`;
const silent = "const span = tracer.startSpan('x');\n";

cases('inactive parent: flagged', setting, {
  'try and finally': of(`${x}try { return await agent.run(id); } finally { span.end(); }`),
  'start and end around a call': of(`${x}const r = await agent.run(id);\nspan.end();\nreturn r;`),
  'between start and try': of(`${x}const r = await agent.run(id);\ntry { console.log(r); } finally { span.end(); }`),
  'a generator that goes through a stream': of(`${x}try { for await (const event of agent.stream()) yield event; } finally { span.end(); }`, 'async function* run()'),
  'a generator that delegates': of(`${x}try { yield* agent.stream(); } finally { span.end(); }`, 'async function* run()'),
  'a method': `${head}export class Runner { async run(id: string) {\n${x}try { return await this.step(id); } finally { span.end(); } }\nasync step(id: string) { return agent.run(id); } }`,
  'an abstract method': `${head}export abstract class Runner { async run(id: string) {\n${x}try { return await this.step(id); } finally { span.end(); } }\nprotected abstract step(id: string): Promise<string>; }`,
  'a method of a field': `${head}export class Runner { constructor(private store: { load(id: string): Promise<string> }) {}\nasync run(id: string) {\n${x}try { return await this.store.load(id); } finally { span.end(); } } }`,
  'a tracer that is asked for here': of(`const span = trace.getTracer('y').startSpan('x'); ${flagged}\ntry { await agent.run(id); } finally { span.end(); }`),
  'a tracer that is passed in': of(`const span = t.startSpan('x'); ${flagged}\ntry { await agent.run(); } finally { span.end(); }`, 'async function run(t: Tracer)'),
  'a tracer of a provider': `import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';\nimport '@opentelemetry/api';\nconst tracer = new NodeTracerProvider().getTracer('a');\nexport async function run(agent: { run(): Promise<void> }) {\n${x}try { await agent.run(); } finally { span.end(); }\n}`,
  'with options': of(`const span = tracer.startSpan('x', { attributes: { id } }); ${flagged}\ntry { await agent.run(id); } finally { span.end(); }`),
  'of a server\'s kind': of(`const span = tracer.startSpan('x', { kind: SpanKind.SERVER }); ${flagged}\ntry { await agent.run(id); } finally { span.end(); }`),
  'of the internal kind': of(`const span = tracer.startSpan('x', { kind: SpanKind.INTERNAL }); ${flagged}\ntry { await agent.run(id); } finally { span.end(); }`),
  'of a consumer\'s kind': of(`const span = tracer.startSpan('x', { kind: SpanKind.CONSUMER }); ${flagged}\ntry { await agent.run(id); } finally { span.end(); }`),
  'with the active context, said outright': of(`const span = tracer.startSpan('x', {}, context.active()); ${flagged}\ntry { await agent.run(id); } finally { span.end(); }`),
  'fetch': of(`${x}try { return await fetch('http://planner.internal/'); } finally { span.end(); } // ! fetch/fetch lost`),
  'several at once': of(`${x}try { return await Promise.all([agent.run(1), agent.run(2)]); } finally { span.end(); }`),
  'all of a list': of(`${x}try { return await Promise.all(ids.map((id) => agent.run(id))); } finally { span.end(); }`, 'async function run(ids: string[])'),
  'all of a list, with async callbacks': of(`${x}try { return await Promise.allSettled(ids.map(async (id) => { await agent.run(id); })); } finally { span.end(); }`, 'async function run(ids: string[])'),
  'a promise that goes on': of(`${x}try { return await agent.run(id).then((r) => r.length); } finally { span.end(); }`),
  'a span of its own inside': of(`${x}try { return await tracer.startActiveSpan('y', async (inner) => { try { return await agent.run(id); } finally { inner.end(); } }); } finally { span.end(); }`),
  'in a branch': of(`${x}try { if (id) await agent.run(id); } finally { span.end(); }`),
  'in a loop': of(`${x}try { for (const one of id) await agent.run(one); } finally { span.end(); }`),
  'a span for each of a loop': of(`for (const one of id) {\n${x}try { await agent.run(one); } finally { span.end(); }\n}`),
  'errors are recorded': of(`${x}try { return await agent.run(id); } catch (error) { span.recordException(error as Error); span.setStatus({ code: SpanStatusCode.ERROR }); throw error; } finally { span.end(); }`),
  'errors are recorded by a helper': of(`${x}try { return await agent.run(id); } catch (error) { fail(span, error as Error); throw error; } finally { span.end(); }`).replace('export', 'function fail(span: Span, error: Error) { span.recordException(error); }\nexport'),
  'a function in sight that does work': of(`${x}try { return await plan(id); } finally { span.end(); }`).replace('export', 'async function plan(id: string) { return agent.run(id); }\nexport'),
  'CommonJS': { 'src/a.cjs': `const { trace } = require('@opentelemetry/api');\nconst flags = require('flags');\nconst tracer = trace.getTracer('a');\nmodule.exports.charge = async request => {\n${x}try { return await flags.get(request); } finally { span.end(); }\n};\n` },
  'a helper\'s span': of(`const span = startSpan('y'); ${flagged}\ntry { return await agent.run(id); } finally { span.end(); }`).replace('export', 'function startSpan(name: string) { return tracer.startSpan(name); }\nexport'),
  'asserted and not null': of(`${x}try { return (await agent.run(id))!; } finally { span!.end(); }`),
  'in an arrow function': `${head}export const run = async (id: string) => {\n${x}try { return await agent.run(id); } finally { span.end(); }\n};`,
});

cases('inactive parent: silent, for it is active, or somebody else may make it', setting, {
  'startActiveSpan': of("return tracer.startActiveSpan('x', async (span) => { try { return await agent.run(id); } finally { span.end(); } });"),
  'context.with': of(`${silent}try { return await context.with(trace.setSpan(context.active(), span), () => agent.run(id)); } finally { span.end(); }`),
  'context.with, by a name': of(`${silent}const ctx = trace.setSpan(context.active(), span);\ntry { return await context.with(ctx, () => agent.run(id)); } finally { span.end(); }`),
  'context.bind': of(`${silent}const go = context.bind(trace.setSpan(context.active(), span), () => agent.run(id));\ntry { return await go(); } finally { span.end(); }`),
  'active for a part only': of(`${silent}try { const a = await context.with(trace.setSpan(context.active(), span), () => agent.run(id)); await agent.run(a); } finally { span.end(); }`),
  'a wrapper that nobody sees': of(`${silent}try { return await runUnder(span, () => agent.run(id)); } finally { span.end(); }`).replace('export', 'declare function runUnder<T>(span: Span, fn: () => Promise<T>): Promise<T>;\nexport'),
  'a wrapper that makes it active': of(`${silent}try { return await runUnder(span, () => agent.run(id)); } finally { span.end(); }`).replace('export', 'function runUnder<T>(span: Span, fn: () => Promise<T>) { return context.with(trace.setSpan(context.active(), span), fn); }\nexport'),
  'handed to the work': of(`${silent}try { return await work({ id, span }); } finally { span.end(); }`).replace('export', 'declare function work(o: object): Promise<string>;\nexport'),
  'returned': of(`${silent}await agent.run(id);\nreturn span;`),
  'kept in a field': `${head}export class A { span?: Span; async run() { const span = tracer.startSpan('x'); this.span = span; await agent.run(); span.end(); } }`,
  'ended in a callback': of(`${silent}await agent.run(id);\nstream.once('close', () => span.end());\nreturn stream;`, "async function run(id: string, stream: import('node:stream').Readable)"),
  'a parent that is handed around': of("const span = tracer.startSpan('x', {}, parent);\ntry { return await agent.run(parent); } finally { span.end(); }", "async function run(parent: import('@opentelemetry/api').Context)"),
});

cases('inactive parent: silent, for there is nothing to be the parent of', setting, {
  'nothing awaited': of(`${silent}console.log(id);\nspan.end();`, 'function run(id: string)'),
  'ended at once': of(`${silent}span.end();\nawait agent.run(id);`),
  'awaited before': of(`const r = await agent.run(id);\n${silent}span.setAttribute('r', r);\nspan.end();`),
  'awaited after': of(`${silent}span.setAttribute('id', id);\nspan.end();\nreturn await agent.run(id);`),
  'a sleep': of(`${silent}await sleep(100);\nspan.end();`).replace('export', 'declare function sleep(ms: number): Promise<void>;\nexport'),
  'a timer\'s promise': of(`${silent}await new Promise((resolve) => setTimeout(resolve, 10));\nspan.end();`),
  'timers/promises': of(`${silent}await setTimeout(10);\nspan.end();`).replace('const tracer', "import { setTimeout } from 'node:timers/promises';\nconst tracer"),
  'a body that is read': of(`${silent}const body = await response.json();\nspan.end();\nreturn body;`, 'async function run(response: Response)'),
  'a file': of(`${silent}const text = await readFile(id);\nspan.end();\nreturn text;`).replace('const tracer', "import { readFile } from 'node:fs/promises';\nconst tracer"),
  'a promise that was begun before': of(`${silent}await started;\nspan.end();`, 'async function run(started: Promise<void>)'),
  'a function in sight that does none': of(`${silent}await parse(id);\nspan.end();`).replace('export', 'async function parse(text: string) { return JSON.parse(text) as unknown; }\nexport'),
  'an import': of(`${silent}await import('./plugin.js');\nspan.end();`),
  'a log': of(`${silent}await logger.info(id);\nspan.end();`).replace('export', 'declare const logger: { info(a: string): Promise<void> };\nexport'),
  'only in a callback that runs later': of(`${silent}queue.push(async () => { await agent.run(id); });\nspan.end();`, 'function run(id: string, queue: (() => Promise<void>)[])'),
  'a client\'s span': of("const span = tracer.startSpan('GET', { kind: SpanKind.CLIENT });\ntry { return await fetch('http://a.internal/'); } finally { span.end(); } // ! fetch/fetch lost"),
  'a producer\'s span': of("const span = tracer.startSpan('send', { kind: SpanKind.PRODUCER });\ntry { return await agent.run(id); } finally { span.end(); }"),
  'a time of its own': of("const span = tracer.startSpan('x', { startTime: 1 });\ntry { return await agent.run(id); } finally { span.end(); }"),
  'options from elsewhere': of("const span = tracer.startSpan('x', options);\ntry { return await agent.run(); } finally { span.end(); }", "async function run(options: import('@opentelemetry/api').SpanOptions)"),
  'options that are spread': of("const span = tracer.startSpan('x', { ...options });\ntry { return await agent.run(); } finally { span.end(); }", "async function run(options: import('@opentelemetry/api').SpanOptions)"),
  'a kind from elsewhere': of("const span = tracer.startSpan('x', { kind });\ntry { return await agent.run(); } finally { span.end(); }", 'async function run(kind: SpanKind)'),
  'it only throws': of(`${silent}try { throw new Error('later'); } finally { span.end(); }`),
  'never ended, which is another rule\'s': of(`${silent}await agent.run(id);`),
  'shutting down': of(`${silent}await server.close();\nspan.end();`, 'async function run(server: { close(): Promise<void> })'),
});

cases('inactive parent: silent, for it is somebody else\'s', setting, {
  'dd-trace': "import tracer from 'dd-trace';\nexport async function f(a: { run(): Promise<void> }) { const span = tracer.startSpan('x'); try { await a.run(); } finally { span.finish(); } }",
  'k6': "import { Tracer } from 'k6/x/otel';\nconst tracer = new Tracer({});\nexport async function f(a: { run(): Promise<void> }) { const span = tracer.startSpan('x'); await a.run(); span.end(); }",
  'Sentry': "import * as Sentry from '@sentry/node';\nexport async function f(a: { run(): Promise<void> }) { const span = Sentry.startInactiveSpan({ name: 'x' }); await a.run(); span.end(); }",
  'opentracing': "import { globalTracer } from 'opentracing';\nexport async function f(a: { run(): Promise<void> }) { const span = globalTracer().startSpan('x'); await a.run(); span.finish(); }",
  'a class of one\'s own': "class Tracer { startSpan(name: string) { return { name, end() {} }; } }\nconst tracer = new Tracer();\nexport async function f(a: { run(): Promise<void> }) { const span = tracer.startSpan('x'); await a.run(); span.end(); }",
  'nobody knows what': "export async function f(tracer, a) { const span = tracer.startSpan('x'); await a.run(); span.end(); }",
  'a performance mark': "export async function f(a: { run(): Promise<void> }) { performance.mark('startSpan'); await a.run(); performance.mark('end'); }",
});

cases('inactive parent: only where it is asked for', {}, { 'not by default': of(`${silent}try { return await agent.run(id); } finally { span.end(); }`) });
