/** `no-new-root`: work that is cut off from the trace that it belongs to, and roots that are in order. */
import { cases, type Setting } from '../harness.ts';

const setting: Setting = { config: { rules: {} } };
const head = "import { context, propagation, trace, ROOT_CONTEXT, SpanKind, type Span, type Tracer } from '@opentelemetry/api';\nconst tracer = trace.getTracer('app');\ndeclare const agent: { run(id?: unknown): Promise<string> };\n";
const of = (body: string, name = 'async function plan(id: string)'): string => `${head}export ${name} {\n${body}\n}\n`;
const option = '// ! opentelemetry/root-option lost';
const detached = `${option} no-repair`;
const root = '// ! opentelemetry/root-context lost';
const cut = '// ! opentelemetry/delete-span lost';
const work = 'async (span) => { try { return await agent.run(); } finally { span.end(); } }';

cases('new root: flagged', setting, {
  'a call beside recurring work': of(`return context.with(ROOT_CONTEXT, () => { ${root}\nconst run = () => CronJob.from({ cronTime: '* * * * *', onTick: () => void agent.run(), start: true });\nreturn agent.run(run);\n});`).replace(head, `import { CronJob } from 'cron';\n${head}`),
  'root: true, active': of(`return tracer.startActiveSpan('x', { root: true }, ${work}); ${option}`),
  'among other options': of(`return tracer.startActiveSpan('x', {\nkind: SpanKind.INTERNAL,\nroot: true, ${option}\n}, ${work});`),
  'options in a constant': of(`const options = {\nroot: true, ${option}\n};\nreturn tracer.startActiveSpan('x', options, ${work});`),
  'not active': of(`const span = tracer.startSpan('x', { root: true }); ${option}\ntry { return await agent.run(id); } finally { span.end(); }`),
  'with a context': of(`return tracer.startActiveSpan('x', { root: true }, context.active(), ${work}); ${option}`),
  'a tracer that is asked for here': of(`return trace.getTracer('y').startActiveSpan('x', { root: true }, ${work}); ${option}`),
  'a tracer that is passed in': of(`return t.startActiveSpan('x', { root: true }, ${work}); ${option}`, 'async function plan(t: Tracer)'),
  'a field\'s tracer': `${head}export class Planner { private tracer: Tracer = tracer;\nasync plan() { return this.tracer.startActiveSpan('x', { root: true }, ${work}); } ${option}\n}`,
  'a callback that is an expression': of(`return tracer.startActiveSpan('x', { root: true }, (span) => agent.run(span.isRecording())); ${option}`),
  'a callback by name': of(`return tracer.startActiveSpan('x', { root: true }, step); ${option}`).replace('export', 'async function step(span: Span) { try { return await agent.run(); } finally { span.end(); } }\nexport'),
  'ROOT_CONTEXT for an active span': of(`return tracer.startActiveSpan('x', {}, ROOT_CONTEXT, ${work}); ${root}`),
  'ROOT_CONTEXT for a span': of(`const span = tracer.startSpan('x', {}, ROOT_CONTEXT); ${root}\ntry { return await agent.run(id); } finally { span.end(); }`),
  'ROOT_CONTEXT around work': of(`return context.with(ROOT_CONTEXT, () => agent.run(id)); ${root}`),
  'ROOT_CONTEXT around awaited work': of(`return await context.with(ROOT_CONTEXT, async () => { const a = await agent.run(id); return a; }); ${root}`),
  'ROOT_CONTEXT by another name': of(`return context.with(empty, () => agent.run(id)); ${root}`).replace('export', 'const empty = ROOT_CONTEXT;\nexport'),
  'ROOT_CONTEXT around a span': of(`return context.with(ROOT_CONTEXT, () => tracer.startActiveSpan('x', ${work})); ${root}`),
  'ROOT_CONTEXT with a function by name': of(`return context.with(ROOT_CONTEXT, step); ${root}`).replace('export', 'async function step() { return await agent.run(); }\nexport'),
  'the span is taken out of the context': of(`return context.with(trace.deleteSpan(context.active()), () => agent.run(id)); ${cut}`),
  'and the context has a name': of(`const bare = trace.deleteSpan(context.active());\nreturn context.with(bare, () => agent.run(id)); ${cut}`),
  'and it is a span\'s parent': of(`return tracer.startActiveSpan('x', {}, trace.deleteSpan(context.active()), ${work}); ${cut}`),
  'in a request\'s handler': `import express from 'express';\n${head}const app = express();\napp.post('/plan', async (req, res) => {\nconst a = await tracer.startActiveSpan('x', { root: true }, ${work}); ${option}\nres.json(a);\n});`,
  'in a callback of a list': of(`return Promise.all(ids.map((id) => tracer.startActiveSpan('x', { root: true }, ${work}))); ${option}`, 'async function plan(ids: string[])'),
  'nobody waits': of(`void tracer.startActiveSpan('x', { root: true }, ${work}); ${detached}`, 'function plan()'),
  'nobody waits, and it may fail': of(`tracer.startActiveSpan('x', { root: true }, ${work}).catch(console.error); ${detached}`, 'function plan()'),
  'nobody waits for what is under ROOT_CONTEXT': of(`void context.with(ROOT_CONTEXT, () => agent.run()); ${root} no-repair`, 'function plan()'),
  'an empty list of links': of(`return tracer.startActiveSpan('x', { root: true, links: [] }, ${work}); ${option}`),
  'CommonJS': { 'src/a.cjs': `const { trace } = require('@opentelemetry/api');\nconst tracer = trace.getTracer('a');\nmodule.exports.plan = async (agent) => tracer.startActiveSpan('x', { root: true }, async (span) => { const r = await agent.run(); span.end(); return r; }); ${option}\n` },
  'a namespace import': { 'src/a.ts': `import * as otel from '@opentelemetry/api';\nexport async function plan(agent: { run(): Promise<void> }) {\nawait otel.context.with(otel.ROOT_CONTEXT, () => agent.run()); ${root}\n}` },
  'a handler with a space before its options': of(`return tracer.startActiveSpan('x', { root:true }, ${work}); ${option}`),
  'called by a request': `import express from 'express';\n${head}const app = express();\nasync function answer() {\nreturn tracer.startActiveSpan('x', { root: true }, ${work}); ${option}\n}\napp.get('/x', async (req, res) => { res.json(await answer()); });`,
  'what is kept in a variable of its own': of(`let r = '';\nr = await context.with(ROOT_CONTEXT, () => agent.run(id)); ${root}\nreturn r;`),
  'inside of a span, whoever called': `${head}async function answer() {\nawait tracer.startActiveSpan('answer', async (span) => { await tracer.startActiveSpan('x', { root: true }, ${work}); span.end(); }); ${option}\n}\nawait answer();`,
  'several of one file': of(`await tracer.startActiveSpan('x', { root: true }, ${work}); ${option}\nreturn context.with(ROOT_CONTEXT, () => agent.run(id)); ${root}`),
});

cases('new root: silent, for it serves nobody', setting, {
  'at module scope': `${head}await tracer.startActiveSpan('run', { root: true }, ${work});`,
  'in main': `${head}async function main() { await tracer.startActiveSpan('run', { root: true }, ${work}); }\nawait main();`,
  'in a function that only the module calls': `${head}async function everything() { await tracer.startActiveSpan('run', { root: true }, ${work}); }\nawait everything();`,
  'in a function of its own': `${head}(async () => { await tracer.startActiveSpan('run', { root: true }, ${work}); })();`,
  'in an interval': `${head}setInterval(() => tracer.startActiveSpan('tick', { root: true }, ${work}), 1000);`,
  'in an interval, by name': `${head}async function refresh() { await tracer.startActiveSpan('tick', { root: true }, ${work}); }\nsetInterval(refresh, 1000);`,
  'in an interval, through a call': `${head}async function refresh() { await tracer.startActiveSpan('tick', { root: true }, ${work}); }\nexport function begin() { setInterval(() => void refresh(), 1000); }`.replace('async function refresh', 'async function refresh'),
  'in a scheduled job': `import cron from 'node-cron';\n${head}cron.schedule('* * * * *', () => tracer.startActiveSpan('job', { root: true }, ${work}));`,
  'in a loop that never ends': of(`while (true) await tracer.startActiveSpan('round', { root: true }, ${work});`, 'async function consume()'),
  'in a loop while it runs': of(`while (state.running) { await context.with(ROOT_CONTEXT, () => agent.run()); }`, 'async function consume(state: { running: boolean })'),
  'in a loop over what comes': of(`for await (const m of messages) await tracer.startActiveSpan('m', { root: true }, ${work});`, 'async function consume(messages: AsyncIterable<string>)'),
  'in a function that sets its own timer': `${head}async function next() { await tracer.startActiveSpan('round', { root: true }, ${work}); setTimeout(next, 1000); }\nexport { next };`,
  'in what polls': of(`await tracer.startActiveSpan('poll', { root: true }, ${work});`, 'async function pollOnce()'),
  'in a nightly job': of(`await tracer.startActiveSpan('nightly', { root: true }, ${work});`, 'async function runNightlyReport()'),
  'in a wrapper that is called for it': of(`return tracer.startActiveSpan(name, { root: true }, async (span) => { try { return await fn(); } finally { span.end(); } });`, 'function inNewTrace<T>(name: string, fn: () => Promise<T>)'),
  'in a test': `import { it } from 'vitest';\n${head}it('runs', async () => { await context.with(ROOT_CONTEXT, () => agent.run()); });`,
});

cases('new root: silent, for it is joined, or cuts nothing off', setting, {
  'with a link': of(`return tracer.startActiveSpan('x', { root: true, links: [{ context: trace.getActiveSpan()!.spanContext() }] }, ${work});`),
  'with links from elsewhere': of(`return tracer.startActiveSpan('x', { root: true, links }, ${work});`, "async function plan(links: import('@opentelemetry/api').Link[])"),
  'a linked span under ROOT_CONTEXT': of(`return context.with(ROOT_CONTEXT, () => tracer.startActiveSpan('x', { links: [{ context: trace.getActiveSpan()!.spanContext() }] }, ${work}));`),
  'a link that is added': of(`return context.with(ROOT_CONTEXT, () => tracer.startActiveSpan('x', async (span) => { span.addLink({ context: trace.getActiveSpan()!.spanContext() }); await agent.run(); span.end(); }));`),
  'a link in a function by name': of(`const run = async () => { await tracer.startActiveSpan('x', async (span) => { span.addLinks(links); await agent.run(); span.end(); }); };\nawait context.with(ROOT_CONTEXT, run);`, "async function plan(links: import('@opentelemetry/api').Link[])"),
  'a condition': of(`return tracer.startActiveSpan('x', { root: isNew }, ${work});`, 'async function plan(isNew: boolean)'),
  'root: false': of(`return tracer.startActiveSpan('x', { root: false }, ${work});`),
  'the active context, or none': of(`return context.with(isNew ? ROOT_CONTEXT : context.active(), () => agent.run());`, 'async function plan(isNew: boolean)'),
  'a context that is made later': of(`let parent = ROOT_CONTEXT;\nif (id) parent = trace.setSpanContext(ROOT_CONTEXT, remote);\nreturn context.with(parent, () => agent.run(id));`).replace('export', "declare const remote: import('@opentelemetry/api').SpanContext;\nexport"),
  'extracted onto it': of(`return context.with(propagation.extract(ROOT_CONTEXT, headers), () => agent.run());`, 'async function plan(headers: Record<string, string>)'),
  'a remote parent': of(`return context.with(trace.setSpanContext(ROOT_CONTEXT, remote), () => agent.run());`, "async function plan(remote: import('@opentelemetry/api').SpanContext)"),
  'a span of its own': of(`const span = tracer.startSpan('x');\nawait context.with(trace.setSpan(ROOT_CONTEXT, span), () => agent.run(id));\nspan.end();`),
  'recurring work that it begins': of(`return context.with(ROOT_CONTEXT, () => CronJob.from({ cronTime: '* * * * *', onTick: () => void agent.run(), start: true }));`, 'function begin()').replace(head, `import { CronJob } from 'cron';\n${head}`),
  'timers that are set up': of(`context.with(ROOT_CONTEXT, () => setInterval(() => void agent.run(), 1000));`, 'function begin()'),
  'a client that is built': of(`return context.with(ROOT_CONTEXT, () => new Client());`, 'function build()').replace('export', 'class Client {}\nexport'),
  'a pool that all share': of('return pool ??= context.with(ROOT_CONTEXT, () => agent.run());', 'function shared()').replace('export', 'let pool: Promise<string> | undefined;\nexport'),
  'a client that is kept in a field': `${head}export class Store { client?: string; async get() { if (!this.client) this.client = await context.with(ROOT_CONTEXT, async () => { return await agent.run(); }); return this.client; } }`,
  'a connection that is made': of('return context.with(ROOT_CONTEXT, () => createPool());', 'function shared()').replace('export', 'declare function createPool(): object;\nexport'),
  'a consumer that is started': of('return context.with(ROOT_CONTEXT, () => consumer.start());', 'function begin(consumer: { start(): Promise<void> })'),
  'a constructor': `${head}export class Store { constructor() { void context.with(ROOT_CONTEXT, async () => { await agent.run(); }); } }`,
  'a callback that nobody sees': of(`return context.with(ROOT_CONTEXT, fn);`, 'function outside(fn: () => Promise<void>)'),
  'a span that is ended at once': of(`const span = tracer.startSpan('mark', { root: true });\nspan.end();`, 'function mark()'),
  'a span that is kept': `${head}export class Batch { span?: Span; begin() { this.span = tracer.startSpan('batch', { root: true }); } }`,
  'a time of its own': of(`const span = tracer.startSpan('replayed', { root: true, startTime: 1 });\nawait agent.run(id);\nspan.end(2);`),
  'a trace store of one\'s own': `import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';\n${head}export async function replay() { const own = new BasicTracerProvider().getTracer('store'); const span = own.startSpan('x', {}, ROOT_CONTEXT); await agent.run(); span.end(); }`,
  'a propagator that takes the span out': `${head}export class Quiet { constructor(private inner: { extract(c: import('@opentelemetry/api').Context): import('@opentelemetry/api').Context }) {} extract(c: import('@opentelemetry/api').Context) { return trace.deleteSpan(this.inner.extract(c)); } }`,
  'work that is nothing': of(`return context.with(ROOT_CONTEXT, () => id.length);`, 'function measure(id: string)'),
  'baggage onto it': of(`return context.with(propagation.setBaggage(ROOT_CONTEXT, bag), () => agent.run());`, "async function plan(bag: import('@opentelemetry/api').Baggage)"),
  'a directive': of(`// handoff-ignore no-new-root -- one trace a report\nreturn tracer.startActiveSpan('x', { root: true }, ${work});`),
});

cases('new root: silent, for it is somebody else\'s', setting, {
  'a linter\'s configuration': "export default { root: true, rules: { startSpan: 'off' } };",
  'Sentry': "import * as Sentry from '@sentry/node';\nexport async function f(a: { run(): Promise<void> }) { await Sentry.startSpan({ name: 'x', root: true } as never, () => a.run()); }",
  'dd-trace': "import tracer from 'dd-trace';\nexport async function f(a: { run(): Promise<void> }) { const span = tracer.startSpan('x', { root: true } as never); await a.run(); span.finish(); }",
  'a class of one\'s own': "class Tracer { startActiveSpan<T>(name: string, o: object, fn: () => T) { return fn(); } }\nconst tracer = new Tracer();\nexport const f = (a: { run(): Promise<void> }) => tracer.startActiveSpan('x', { root: true }, () => a.run());",
  'a ROOT_CONTEXT of one\'s own': "const ROOT_CONTEXT = {};\nconst context = { with<T>(c: object, fn: () => T) { return fn(); } };\nexport const f = (a: { run(): Promise<void> }) => context.with(ROOT_CONTEXT, () => a.run());",
  'a deleteSpan of one\'s own': "const trace = { deleteSpan(a: object) { return a; } };\nconst context = { with<T>(c: object, fn: () => T) { return fn(); } };\nexport const f = (a: { run(): Promise<void> }) => context.with(trace.deleteSpan({}), () => a.run());",
});
