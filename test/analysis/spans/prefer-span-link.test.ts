/** `prefer-span-link`: children of what does not wait for them, and links, awaited work and single messages. */
import { cases, type Setting } from '../harness.ts';

const setting: Setting = {
  files: { 'package.json': { name: 'app', type: 'module', engines: { node: '>=20' }, dependencies: { bullmq: '^5.60.0', kafkajs: '^2', amqplib: '^0.10', express: '^5', 'node-cron': '^4', cron: '^4', '@opentelemetry/api': '^1.9.0', '@nestjs/microservices': '^11' } } },
};
const head = "import { context, propagation, trace, ROOT_CONTEXT, SpanKind, type Span } from '@opentelemetry/api';\nconst tracer = trace.getTracer('app');\ndeclare function work(id?: unknown): Promise<string>;\n";
const child = '// ! opentelemetry/child-of-message misparented';
const shaped = `${child} unsupported-shape`;
const batch = '// ! opentelemetry/one-parent-for-batch misparented';
const past = '// ! opentelemetry/child-of-past misparented';
const after = '// ! opentelemetry/child-after-response misparented';
const run = 'async (span: Span) => { try { return await work(); } finally { span.end(); } }';
const bull = (body: string): string => `import { Worker } from 'bullmq';\n${head}export const worker = new Worker('mails', async (job) => {\n${body}\n});`;
const parent = 'const parent = propagation.extract(ROOT_CONTEXT, job.data.otel);\n';
const kafka = (body: string): string => `import { Kafka } from 'kafkajs';\n${head}const consumer = new Kafka({ brokers: [] }).consumer({ groupId: 'g' });\nawait consumer.run({ eachMessage: async ({ message }) => {\n${body}\n} });`;
const all = (body: string, name = 'async function handle(records: { headers: Record<string, string>; body: string }[])'): string => `${head}export ${name} {\n${body}\n}`;
const first = 'const parent = propagation.extract(ROOT_CONTEXT, records[0]!.headers);\n';

cases('span link: a message\'s child', setting, {
  'a processor that a function makes': `import { Worker, type Processor } from 'bullmq';\n${head}function traced(processor: Processor): Processor {\n  return async (job, token) => {\n${parent}return context.with(parent, async () => {\nconst span = tracer.startSpan('x'); ${shaped}\ntry { return await processor(job, token); } finally { span.end(); }\n});\n  };\n}\nexport const make = (processor: Processor) => new Worker('mails', traced(processor));`,
  'the extracted context is given': bull(`${parent}return tracer.startActiveSpan('process', { kind: SpanKind.CONSUMER }, parent, ${run}); ${child}`),
  'extracted onto the active context': bull(`const parent = propagation.extract(context.active(), job.data.otel);\nreturn tracer.startActiveSpan('process', {}, parent, ${run}); ${child}`),
  'extracted where it is given': bull(`return tracer.startActiveSpan('process', {}, propagation.extract(ROOT_CONTEXT, job.data.otel), ${run}); ${shaped}`),
  'a span that is not active': bull(`${parent}const span = tracer.startSpan('process', {}, parent); ${child}\ntry { await work(); } finally { span.end(); }`),
  'under context.with': bull(`${parent}return context.with(parent, () => tracer.startActiveSpan('process', ${run})); ${shaped}`),
  'under context.with, with options': bull(`${parent}return context.with(parent, async () => {\nreturn tracer.startActiveSpan('process', { kind: SpanKind.CONSUMER }, ${run}); ${shaped}\n});`),
  'extracted under context.with': bull(`return context.with(propagation.extract(ROOT_CONTEXT, job.data.otel), () => tracer.startActiveSpan('process', ${run})); ${shaped}`),
  'in a function by name': `import { Worker } from 'bullmq';\n${head}async function process(job: { data: { otel: object } }) {\n${parent}return tracer.startActiveSpan('process', {}, parent, ${run}); ${child}\n}\nexport const worker = new Worker('mails', process);`,
  'Kafka': kafka(`const parent = propagation.extract(ROOT_CONTEXT, message.headers, { get: (c, k) => c?.[k]?.toString(), keys: (c) => Object.keys(c ?? {}) });\nawait tracer.startActiveSpan('process', {}, parent, ${run}); ${child}`),
  'RabbitMQ': `import amqp from 'amqplib';\n${head}const channel = await (await amqp.connect('amqp://x')).createChannel();\nawait channel.consume('mails', async (m) => {\nconst parent = propagation.extract(ROOT_CONTEXT, m!.properties.headers);\nawait tracer.startActiveSpan('process', {}, parent, ${run}); ${child}\n});`,
  'CommonJS': { 'src/a.cjs': `const { Worker } = require('bullmq');\nconst { propagation, trace, ROOT_CONTEXT } = require('@opentelemetry/api');\nconst tracer = trace.getTracer('a');\nmodule.exports = new Worker('mails', async (job) => {\nconst parent = propagation.extract(ROOT_CONTEXT, job.data.otel);\nreturn tracer.startActiveSpan('process', {}, parent, async (span) => { span.end(); }); ${child}\n});` },
  'the first of two spans': bull(`${parent}return tracer.startActiveSpan('process', {}, parent, async (span) => { ${child}\ntry { return await tracer.startActiveSpan('step', ${run}); } finally { span.end(); }\n});`),
});

cases('span link: one parent for a batch', setting, {
  'the first record\'s, around the loop': all(`${first}await context.with(parent, async () => { for (const r of records) await work(r); }); ${batch}`),
  'given to a span': all(`${first}await tracer.startActiveSpan('batch', {}, parent, async (span) => { for (const r of records) await work(r); span.end(); }); ${batch}`),
  'given to a span that is not active': all(`${first}const span = tracer.startSpan('batch', {}, parent); ${batch}\ntry { await Promise.all(records.map((r) => work(r))); } finally { span.end(); }`),
  'by a name': all(`const [one] = records;\nconst parent = propagation.extract(ROOT_CONTEXT, one!.headers);\nawait context.with(parent, async () => { for (const r of records) await work(r); }); ${batch}`),
  'by another name': all(`const one = records[0];\nconst parent = propagation.extract(ROOT_CONTEXT, one?.headers ?? {});\nawait context.with(parent, () => Promise.all(records.map((r) => work(r)))); ${batch}`),
  'the last one\'s': all(`const parent = propagation.extract(ROOT_CONTEXT, records.at(-1)!.headers);\nawait context.with(parent, async () => { for (const r of records) await work(r); }); ${batch}`),
  'the last one\'s, by its place': all(`const parent = propagation.extract(ROOT_CONTEXT, records[records.length - 1]!.headers);\nawait context.with(parent, async () => { for (const r of records) await work(r); }); ${batch}`),
  'extracted where it is used': all(`await context.with(propagation.extract(ROOT_CONTEXT, records[0]!.headers), async () => { for (const r of records) await work(r); }); ${batch}`),
  'of an event': all(`const parent = propagation.extract(ROOT_CONTEXT, event.Records[0]!.messageAttributes);\nawait context.with(parent, async () => { for (const r of event.Records) await work(r); }); ${batch}`, 'async function handle(event: { Records: { messageAttributes: object }[] })'),
  'an attribute of it': all(`const parent = propagation.extract(ROOT_CONTEXT, { traceparent: records[0]!.headers['traceparent'] });\nawait context.with(parent, async () => { for (const r of records) await work(r); }); ${batch}`),
});

cases('span link: a schedule\'s child, and work after the response', setting, {
  'an interval under the context that set it up': all(`const ctx = context.active();\nsetInterval(() => { void context.with(ctx, () => tracer.startActiveSpan('tick', ${run})); }, 1000); ${past}`, 'function begin()'),
  'an interval whose span has it as its parent': all(`const ctx = context.active();\nsetInterval(() => { void tracer.startActiveSpan('tick', {}, ctx, ${run}); }, 1000); ${past}`, 'function begin()'),
  'an interval that is bound': all(`setInterval(context.bind(context.active(), () => void work()), 1000); ${past}`, 'function begin()'),
  'a scheduled job': `import cron from 'node-cron';\n${all(`const ctx = context.active();\ncron.schedule('* * * * *', () => context.with(ctx, () => work())); ${past}`, 'function begin()')}`,
  'a job of cron': `import { CronJob } from 'cron';\n${all(`const ctx = context.active();\nnew CronJob('* * * * *', () => { void context.with(ctx, () => work()); }); ${past}`, 'function begin()')}`,
  'begun after the response': `import express from 'express';\n${head}const app = express();\napp.post('/x', (req, res) => {\nres.json({ ok: true });\nsetImmediate(() => { void tracer.startActiveSpan('later', ${run}); }); ${after}\n});`,
  'begun after the response, by a timer': `import express from 'express';\n${head}const app = express();\napp.post('/x', (req, res) => {\nres.status(202).end();\nsetTimeout(() => tracer.startActiveSpan('later', ${run}), 10); ${after}\n});`,
});

cases('span link: silent, for it is linked, or a root', setting, {
  'a link to the message': bull(`${parent}return tracer.startActiveSpan('process', { root: true, links: [{ context: trace.getSpanContext(parent)! }] }, ${run});`),
  'a parent and links': bull(`${parent}return tracer.startActiveSpan('process', { links: [{ context: trace.getSpanContext(parent)! }] }, parent, ${run});`),
  'options from elsewhere': bull(`${parent}return tracer.startActiveSpan('process', job.data.options, parent, ${run});`),
  'options that are spread': bull(`${parent}return tracer.startActiveSpan('process', { ...job.data.options }, parent, ${run});`),
  'the message\'s span is taken out': bull(`${parent}return tracer.startActiveSpan('process', { links: [{ context: trace.getSpanContext(parent)! }] }, trace.deleteSpan(parent), ${run});`),
  'only its baggage is read': bull(`${parent}const bag = propagation.getBaggage(parent);\nreturn tracer.startActiveSpan('process', { attributes: { a: String(bag) } }, ${run}); `),
  'only made active: an instrumentation\'s spans are the library\'s affair': bull(`${parent}return context.with(parent, () => work(job.id));`),
  'another span between': bull(`${parent}const span = tracer.startSpan('process', { links: [{ context: trace.getSpanContext(parent)! }] });\nreturn context.with(trace.setSpan(context.active(), span), () => tracer.startActiveSpan('step', ${run})).finally(() => span.end());`),
  'a batch with links to all': all(`const links = records.map((r) => ({ context: trace.getSpanContext(propagation.extract(ROOT_CONTEXT, r.headers))! }));\nawait tracer.startActiveSpan('batch', { links }, async (span) => { for (const r of records) await work(r); span.end(); });`),
  'a batch with a parent and links': all(`${first}await tracer.startActiveSpan('batch', { links: [] as never[], attributes: {} , ...{} }, parent, async (span) => { for (const r of records) await work(r); span.end(); });`),
  'an interval with a trace in each run': all(`setInterval(() => tracer.startActiveSpan('tick', { root: true }, ${run}), 1000);`, 'function begin()'),
  'an interval that links to what set it up': all(`const ctx = context.active();\nsetInterval(() => { void tracer.startActiveSpan('tick', { links: [{ context: trace.getSpanContext(ctx)! }] }, ctx, ${run}); }, 1000);`, 'function begin()'),
  'after the response, with a link': `import express from 'express';\n${head}const app = express();\napp.post('/x', (req, res) => {\nconst from = trace.getActiveSpan()!.spanContext();\nres.end();\nsetImmediate(() => tracer.startActiveSpan('later', { root: true, links: [{ context: from }] }, ${run}));\n});`,
});

cases('span link: silent, for somebody waits', setting, {
  'a request\'s handler': `import express from 'express';\n${head}const app = express();\napp.post('/x', async (req, res) => {\nconst parent = propagation.extract(ROOT_CONTEXT, req.headers);\nres.json(await tracer.startActiveSpan('x', {}, parent, ${run}));\n});`,
  'a message that is answered': `import amqp from 'amqplib';\n${head}const channel = await (await amqp.connect('amqp://x')).createChannel();\nawait channel.consume('rpc', async (m) => {\nconst parent = propagation.extract(ROOT_CONTEXT, m!.properties.headers);\nconst r = await tracer.startActiveSpan('process', {}, parent, ${run});\nchannel.sendToQueue(m!.properties.replyTo, Buffer.from(r), { headers: m!.properties.headers });\n});`.replace(/$/, ''),
  'a job whose end is waited for': `${bull(`${parent}return tracer.startActiveSpan('process', {}, parent, ${run});`)}\nexport const wait = (job: { waitUntilFinished(): Promise<void> }) => job.waitUntilFinished();`,
  'a pattern that is answered': `import { MessagePattern } from '@nestjs/microservices';\n${head}export class C { @MessagePattern('sum') async sum(data: { otel: object }) { const parent = propagation.extract(ROOT_CONTEXT, data.otel); return tracer.startActiveSpan('sum', {}, parent, ${run}); } }`,
  'a function that serves nobody known': all(`const parent = propagation.extract(ROOT_CONTEXT, headers);\nreturn tracer.startActiveSpan('x', {}, parent, ${run});`, 'async function handle(headers: object)'),
  'work before the response': `import express from 'express';\n${head}const app = express();\napp.post('/x', (req, res) => {\nsetImmediate(() => { void tracer.startActiveSpan('now', ${run}).then((r) => res.json(r)); });\n});`,
  'a timer outside of a request': all(`setTimeout(() => tracer.startActiveSpan('later', ${run}), 10);`, 'function later()'),
  'after the response, without a span': `import express from 'express';\n${head}const app = express();\napp.post('/x', (req, res) => {\nres.end();\nsetImmediate(() => void work());\n});`,
});

cases('span link: silent, for it is one message, or each its own', setting, {
  'a span for each record': all(`for (const r of records) await tracer.startActiveSpan('process', {}, propagation.extract(ROOT_CONTEXT, r.headers), ${run});`),
  'a span for each, in callbacks': all(`await Promise.all(records.map((r) => context.with(propagation.extract(ROOT_CONTEXT, r.headers), () => work(r))));`),
  'one record only': all(`${first}await context.with(parent, () => work(records[0]));`),
  'a list that is checked to have one': all(`if (records.length === 1) {\n${first}return context.with(parent, () => work(records[0]));\n}\nfor (const r of records) await work(r);`),
  'another list is gone through': all(`${first}await context.with(parent, async () => { for (const id of ids) await work(id); });`, 'async function handle(records: { headers: object }[], ids: string[])'),
  'the first one is only looked at': all(`${first}console.log(trace.getSpanContext(parent)?.traceId);\nfor (const r of records) await work(r);`),
  'an interval that asks for what is active in its run': all(`setInterval(() => { const ctx = context.active(); void context.with(ctx, () => work()); }, 1000);`, 'function begin()'),
  'an interval at module scope': `${head}const ctx = context.active();\nsetInterval(() => { void context.with(ctx, () => work()); }, 1000);`,
  'an interval under the root context': all(`setInterval(() => { void context.with(ROOT_CONTEXT, () => work()); }, 1000);`, 'function begin()'),
  'a timeout that is bound': all(`setTimeout(context.bind(context.active(), () => void work()), 10);`, 'function later()'),
});

cases('span link: silent, for it is somebody else\'s', setting, {
  'a function that nobody makes a processor with': `import { Worker, type Processor } from 'bullmq';\n${head}function traced(processor: Processor): Processor {\n  return async (job, token) => {\n${parent}return context.with(parent, async () => {\nconst span = tracer.startSpan('x'); \ntry { return await processor(job, token); } finally { span.end(); }\n});\n  };\n}\nexport const make = (processor: Processor) => [new Worker('mails', processor), traced]; // ! bullmq/worker lost`,
  'an archive that is extracted': "export async function f(zip: { extract(a: string, b: string): object }, files: { headers: string }[]) { const parent = zip.extract('a', files[0]!.headers); for (const file of files) console.log(parent, file); }",
  'a propagation of one\'s own': `import { Worker } from 'bullmq';\nconst propagation = { extract(a: object, b: object) { return { a, b }; } };\nconst tracer = { startActiveSpan<T>(n: string, o: object, c: object, fn: () => T) { return fn(); } };\nexport const worker = new Worker('mails', async (job) => { // ! bullmq/worker lost\n  return tracer.startActiveSpan('x', {}, propagation.extract({}, job.data), () => fetch('https://example.com/'));\n});`,
  'dd-trace': "import tracer from 'dd-trace';\nexport function f(headers: object) { const parent = tracer.extract('http_headers', headers); const span = tracer.startSpan('x', { childOf: parent! }); span.finish(); }",
  'opentracing': "import { globalTracer } from 'opentracing';\nexport function f(headers: object) { const parent = globalTracer().extract('http_headers', headers); globalTracer().startSpan('x', { childOf: parent! }).finish(); }",
  'a page\'s active element': 'export function f() { const el = document.activeElement; setInterval(() => console.log(el), 1000); }',
});
