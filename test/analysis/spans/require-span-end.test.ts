/** `require-span-end`: every way out of a span's life, and everybody who may own its end. */
import { cases, type Setting } from '../harness.ts';

const setting: Setting = { config: { rules: { 'require-span-end': 'error' } } };
const head = "import { trace, context, SpanStatusCode, type Span, type Tracer } from '@opentelemetry/api';\nconst tracer = trace.getTracer('app');\ndeclare function work(id?: unknown): Promise<string>;\ndeclare function check(id: unknown): boolean;\n";
const of = (body: string, name = 'async function run(id: string)'): string => `${head}export ${name} {\n${body}\n}\n`;
const never = '// ! opentelemetry/span-never-ended lost';
const path = '// ! opentelemetry/span-path-unended lost';
const unrecorded = '// ! opentelemetry/span-error-unrecorded lost';
const late = '// ! opentelemetry/span-used-after-end lost';
const borrowed = '// ! opentelemetry/borrowed-span-end lost';
const caught = "catch (error) { span.recordException(error as Error); span.setStatus({ code: SpanStatusCode.ERROR }); throw error; }";

cases('span end: never', setting, {
  'no end at all': of(`const span = tracer.startSpan('x'); ${never}\nspan.setAttribute('id', id);\nawait work(id);`),
  'not even a use': of(`const span = tracer.startSpan('x'); ${never}\nawait work(id);`),
  'nobody has it': of(`tracer.startSpan('x'); ${never}\nawait work(id);`),
  'dropped after a chain': of(`tracer.startSpan('x').setAttribute('id', id).addEvent('seen'); ${never}\nawait work(id);`),
  'a tracer that is asked for here': of(`const span = trace.getTracer('y').startSpan('x'); ${never}\nspan.addEvent('a');`),
  'a tracer that is passed in': of(`const span = t.startSpan('x'); ${never}\nspan.addEvent('a');`, 'function run(t: Tracer)'),
  'a field\'s tracer': `${head}export class Jobs { private readonly tracer: Tracer = tracer; run() {\nconst span = this.tracer.startSpan('x'); ${never}\nspan.addEvent('a'); } }`,
  'a helper\'s span': of(`const span = startSpan('y'); ${never}\nspan.addEvent('a');`).replace('export', "function startSpan(name: string) { return tracer.startSpan(name); }\nexport"),
  'the active callback forgets it': of(`return tracer.startActiveSpan('x', async (span) => { ${never}\nspan.setAttribute('id', id);\nreturn work(id);\n});`),
  'the active callback takes none': of(`return tracer.startActiveSpan('x', async () => work(id)); ${never}`),
  'the active callback is an expression': of(`return tracer.startActiveSpan('x', (span) => work(span.isRecording())); ${never}`),
  'made active, and left open': of(`const span = tracer.startSpan('x'); ${never}\nreturn context.with(trace.setSpan(context.active(), span), () => work(id));`),
  'in a context that stays here': of(`const span = tracer.startSpan('x'); ${never}\nconst ctx = trace.setSpan(context.active(), span);\nreturn context.with(ctx, () => work(id));`),
  'in a context that only a child is given': of(`const span = tracer.startSpan('x'); ${never}\nconst ctx = trace.setSpan(context.active(), span);\nconst child = tracer.startSpan('y', {}, ctx);\nchild.end();`, 'function run()'),
  'lent to a helper that only marks it': of(`const span = tracer.startSpan('x'); ${never}\nmark(span);\nawait work(id);`).replace('export', "function mark(span: Span) { span.setAttribute('a', 1); }\nexport"),
  'CommonJS': { 'src/a.cjs': `const { trace } = require('@opentelemetry/api');\nconst tracer = trace.getTracer('a');\nmodule.exports.run = async () => {\nconst span = tracer.startSpan('x'); ${never}\nspan.addEvent('a');\n};\n` },
  'a namespace import': { 'src/a.ts': `import * as otel from '@opentelemetry/api';\nconst tracer = otel.trace.getTracer('a');\nexport function f() {\nconst span = tracer.startSpan('x'); ${never}\nspan.addEvent('a');\n}\n` },
});

cases('span end: on some way', setting, {
  'an early return': of(`const span = tracer.startSpan('x'); ${path}\nif (!check(id)) return;\nspan.end();`),
  'a throw': of(`const span = tracer.startSpan('x'); ${path}\nif (!check(id)) throw new Error('bad');\nspan.end();`, 'function run(id: string)'),
  'what is awaited throws': of(`const span = tracer.startSpan('x'); ${path}\nawait work(id);\nspan.end();`),
  'the catch forgets it': of(`const span = tracer.startSpan('x'); ${path}\ntry { await work(id); span.end(); } catch (error) { console.error(error); }`),
  'the catch throws again': of(`const span = tracer.startSpan('x'); ${path}\ntry { await work(id); span.end(); } catch (error) { span.recordException(error as Error); throw error; }`),
  'only the catch ends it': of(`const span = tracer.startSpan('x'); ${path}\ntry { await work(id); } catch (error) { span.recordException(error as Error); span.end(); }`),
  'a return inside try without finally': of(`return tracer.startActiveSpan('x', async (span) => { ${path}\ntry {\nif (check(id)) return 'none';\nconst r = await work(id);\nspan.end();\nreturn r;\n} catch (error) { span.recordException(error as Error); span.end(); throw error; }\n});`),
  'continue in a loop': of(`for (const id of ids) {\nconst span = tracer.startSpan('x'); ${path}\nif (!check(id)) continue;\nspan.end();\n}`, 'function run(ids: string[])'),
  'break out of a loop': of(`for (const id of ids) {\nconst span = tracer.startSpan('x'); ${path}\nif (!check(id)) break;\nspan.end();\n}`, 'function run(ids: string[])'),
  'a switch case returns': of(`const span = tracer.startSpan('x'); ${path}\nswitch (id) {\ncase 'a': return 1;\ndefault: break;\n}\nspan.end();\nreturn 2;`, 'function run(id: string)'),
  'a return in a nested block': of(`const span = tracer.startSpan('x'); ${path}\n{ if (check(id)) { return 1; } }\nspan.end();\nreturn 2;`, 'function run(id: string)'),
  'for await throws': of(`const span = tracer.startSpan('x'); ${path}\nfor await (const part of parts) check(part);\nspan.end();`, 'async function run(parts: AsyncIterable<string>)'),
  'awaited in the active callback': of(`return tracer.startActiveSpan('x', async (span) => { ${path}\nconst r = await work(id);\nspan.end();\nreturn r;\n});`),
  'a callback that is one expression': of(`return tracer.startActiveSpan('x', async (span) => (check(await work(id)), span.end())); ${path}`),
  'a finally that does something else': of(`const span = tracer.startSpan('x'); ${path}\ntry { await work(id); } finally { console.log('done'); }\nspan.end();`),
  'work before the try': of(`const span = tracer.startSpan('x'); ${path}\nconst r = await work(id);\ntry { await work(r); } ${caught} finally { span.end(); }`),
  'a block ends, and the span in it': of(`if (check(id)) {\nconst span = tracer.startSpan('x'); ${path}\ntry { check(id); span.end(); } catch { console.log('x'); }\n}`, 'function run(id: string)'),
});

cases('span end: errors, late use, somebody else\'s', setting, {
  'used after its end, at module scope': `${head}const span = tracer.startSpan('x');\nspan.end();\nspan.setAttribute('ok', true); ${late}`,
  'a finally without a catch': of(`const span = tracer.startSpan('x'); ${unrecorded}\ntry { return await work(id); } finally { span.end(); }`),
  'a catch that records nothing': of(`const span = tracer.startSpan('x'); ${unrecorded}\ntry { return await work(id); } catch (error) { console.error(error); throw error; } finally { span.end(); }`),
  'the same in an active callback': of(`return tracer.startActiveSpan('x', async (span) => { ${unrecorded}\ntry { return await work(id); } finally { span.end(); }\n});`),
  'an attribute after the end': of(`const span = tracer.startSpan('x');\ncheck(id);\nspan.end();\nspan.setAttribute('late', true); ${late}`, 'function run(id: string)'),
  'an event after the finally': of(`const span = tracer.startSpan('x');\ntry { await work(id); } ${caught} finally { span.end(); }\nspan.addEvent('late'); ${late}`),
  'a promise that nobody waits for': of(`const span = tracer.startSpan('x');\nwork(id).then((r) => { span.setAttribute('r', r); }); ${late}\nspan.end();`, 'function run(id: string)'),
  'async callbacks of forEach': of(`const span = tracer.startSpan('x');\nids.forEach(async (id) => { await work(id); span.addEvent('one'); }); ${late}\nspan.end();`, 'function run(ids: string[])'),
  'a timer': of(`const span = tracer.startSpan('x');\nsetTimeout(() => span.addEvent('late'), 10); ${late}\nspan.end();`, 'function run()'),
  'the active span': of(`check(id);\ntrace.getActiveSpan()?.end(); ${borrowed}`, 'function run(id: string)'),
  'the active span, in a constant': of(`const span = trace.getActiveSpan();\nspan?.setAttribute('a', 1);\nspan?.end(); ${borrowed}`, 'function run()'),
  'the span of the active context': of(`trace.getSpan(context.active())!.end(); ${borrowed}`, 'function run()'),
  'the active span, through a helper': of(`current()?.end(); ${borrowed}`, 'function run()').replace('export', 'const current = () => trace.getActiveSpan();\nexport'),
  'what is awaited in a finally still may throw': of(`const span = tracer.startSpan('x'); ${path}\nawait work(id).finally(() => check(id));\nspan.end();`),
  'a promise with a way to reject': of(`const span = tracer.startSpan('x'); ${path}\nawait new Promise((resolve, reject) => work(id).then(resolve, reject));\nspan.end();`),
  'with a comment for it': of(`// the handler's own\nconst span = trace.getActiveSpan();\nif (span) span.end(); ${borrowed}`, 'function run()'),
});

cases('span end: silent, for it is ended', setting, {
  'at module scope': `${head}const span = tracer.startSpan('x');\nspan.setAttribute('ok', true);\nspan.end();`,
  'at once': of(`tracer.startSpan('x').end();`, 'function run()'),
  'by a callback that is nothing else': of(`return tracer.startActiveSpan('x', (span) => span.end());`, 'function run()'),
  'at once, after a chain': of(`tracer.startSpan('x').setAttribute('a', 1).end();`, 'function run()'),
  'after calls that are not awaited': of(`const span = tracer.startSpan('x');\ncheck(id);\nspan.end();`, 'function run(id: string)'),
  'in a finally, with the error recorded': of(`const span = tracer.startSpan('x');\ntry { return await work(id); } ${caught} finally { span.end(); }`),
  'on both ways': of(`return tracer.startActiveSpan('x', async (span) => {\ntry { const r = await work(id); span.end(); return r; } catch (error) { span.recordException(error as Error); span.end(); throw error; }\n});`),
  'before every return': of(`const span = tracer.startSpan('x');\nif (check(id)) { span.end(); return 1; }\nspan.end();\nreturn 2;`, 'function run(id: string)'),
  'guarded by a flag': of(`let ended = false;\nconst span = tracer.startSpan('x');\ntry { await work(id); } ${caught} finally { if (!ended) { ended = true; span.end(); } }`),
  'guarded by whether it is there': of(`const span = on ? tracer.startSpan('x') : undefined;\nif (!span) return;\nspan.end();`, 'function run(on: boolean)'),
  'guarded by isRecording': of(`const span = tracer.startSpan('x');\nif (span.isRecording()) { span.setAttribute('a', 1); }\nspan.end();`, 'function run()'),
  'a return below the try': of(`const span = tracer.startSpan('x');\nlet r = '';\ntry { r = await work(id); } ${caught} finally { span.end(); }\nreturn r;`),
  'in every round of a loop': of(`for (const id of ids) {\nconst span = tracer.startSpan('x');\ntry { if (!check(id)) continue; check(id); } finally { span.end(); }\n}`, 'function run(ids: string[])'),
  'the process goes': of(`const span = tracer.startSpan('x');\nif (!check(id)) process.exit(1);\nspan.end();`, 'function run(id: string)'),
  'with a time': of(`const span = tracer.startSpan('x', { startTime: 1 });\nspan.end(2);`, 'function run()'),
  'in the branches of a switch': of(`const span = tracer.startSpan('x');\nswitch (id) {\ncase 'a': span.end(); return 1;\ndefault: span.end(); return 2;\n}`, 'function run(id: string)'),
  'its ids are read after the end': of(`const span = tracer.startSpan('x');\nspan.end();\nreturn span.spanContext().traceId;`, 'function run()'),
  'a rejection that is dealt with': of(`const span = tracer.startSpan('x');\nconst r = await work(id).catch(() => undefined);\nspan.end();\nreturn r;`),
  'a rejection that the second callback takes': of(`const span = tracer.startSpan('x');\nconst r = await work(id).then((a) => a, () => undefined);\nspan.end();\nreturn r;`),
  'all of them settle': of(`const span = tracer.startSpan('x');\nawait Promise.allSettled([work(id)]);\nspan.end();`),
  'only time passes': of(`const span = tracer.startSpan('x');\nawait new Promise((resolve) => setTimeout(resolve, 10));\nspan.end();`),
  'a result with its error': of(`const span = tracer.startSpan('x');\nconst [error, r] = await tryCatch(work(id));\nif (error) { span.recordException(error); span.end(); return undefined; }\nspan.end();\nreturn r;`).replace('export', 'declare function tryCatch<T>(p: Promise<T>): Promise<[Error | null, T]>;\nexport'),
  'in a test': `import { it } from 'vitest';\n${head}it('runs', async () => { const span = tracer.startSpan('x'); await work(); span.end(); });`,
  'what is awaited before the start': of(`const r = await work(id);\nconst span = tracer.startSpan('x');\nspan.setAttribute('r', r);\nspan.end();`),
});

cases('span end: silent, for somebody else owns it', setting, {
  'returned': of(`const span = tracer.startSpan('x');\nspan.setAttribute('a', 1);\nreturn span;`, 'function run()'),
  'returned at once': of(`return tracer.startSpan('x');`, 'function run()'),
  'a factory': `${head}export const begin = (name: string) => tracer.startSpan(name);`,
  'returned in an object': of(`const span = tracer.startSpan('x');\nreturn { span, done: () => span.end() };`, 'function run()'),
  'stored in a field': `${head}export class A { span?: Span; start() { this.span = tracer.startSpan('x'); } stop() { this.span?.end(); } }`,
  'stored in a field, by its name': `${head}export class A { span?: Span; start() { const span = tracer.startSpan('x'); this.span = span; } stop() { this.span?.end(); } }`,
  'stored in a map': of(`const span = tracer.startSpan('x');\nspans.set(id, span);`, 'function run(id: string)').replace('export', 'const spans = new Map<string, Span>();\nexport'),
  'stored in a list': of(`const span = tracer.startSpan('x');\nopen.push(span);`, 'function run()').replace('export', 'const open: Span[] = [];\nexport'),
  'stored in an object': of(`const span = tracer.startSpan('x');\nstate.span = span;`, 'function run(state: { span?: Span })'),
  'passed to a function that ends it': of(`const span = tracer.startSpan('x');\nfinish(span);`, 'function run()').replace('export', 'function finish(span: Span) { span.end(); }\nexport'),
  'passed to a function that nobody sees': of(`const span = tracer.startSpan('x');\nregistry.own(span);`, 'function run(registry: { own(span: Span): void })'),
  'passed to a function that keeps it': of(`const span = tracer.startSpan('x');\nkeep(span);`, 'function run()').replace('export', 'const kept: Span[] = [];\nfunction keep(span: Span) { kept.push(span); }\nexport'),
  'ended when a stream closes': of(`const span = tracer.startSpan('x');\nstream.once('close', () => span.end());\nreturn stream;`, "function run(stream: import('node:stream').Readable)"),
  'ended by events': of(`const span = tracer.startSpan('x');\nstream.on('end', () => { span.end(); }).on('error', (error) => { span.recordException(error); span.end(); });`, "function run(stream: import('node:stream').Readable)"),
  'ended in a finally of a promise': of(`const span = tracer.startSpan('x');\nreturn work(id).finally(() => span.end());`, 'function run(id: string)'),
  'its end is handed over': of(`const span = tracer.startSpan('x');\nreturn work(id).finally(span.end.bind(span));`, 'function run(id: string)'),
  'ended in a timer': of(`const span = tracer.startSpan('x');\nsetTimeout(() => { span.end(); }, 100);`, 'function run()'),
  'ended inside context.with': of(`const span = tracer.startSpan('x');\nreturn context.with(trace.setSpan(context.active(), span), async () => {\ntry { return await work(id); } finally { span.end(); }\n});`),
  'a wrapper with try and finally': `${head}export async function traced<T>(name: string, fn: (span: Span) => Promise<T>): Promise<T> {
  return tracer.startActiveSpan(name, async (span) => { try { return await fn(span); } ${caught} finally { span.end(); } });
}
export const one = () => traced('one', async (span) => { span.setAttribute('a', 1); return work(); });`,
  'using': of(`using span = tracer.startSpan('x') as Span & Disposable;\nspan.setAttribute('id', id);\nawait work(id);`),
  'a callback by name': of(`return tracer.startActiveSpan('x', fn);`, 'function run(fn: (span: Span) => void)'),
  'the active callback hands it on': of(`return tracer.startActiveSpan('x', (span) => handle(span));`, 'function run(handle: (span: Span) => Promise<void>)'),
  'the callback ends the active span': of(`return tracer.startActiveSpan('x', async () => { try { return await work(id); } finally { trace.getActiveSpan()?.end(); } });`),
  'a variable that is given one later': of(`let span: Span | undefined;\nif (check(id)) span = tracer.startSpan('x');\nspan?.end();`, 'function run(id: string)'),
  'exported': `${head}export const root = tracer.startSpan('process');\nprocess.on('exit', () => root.end());`,
  'the active span of one\'s own context': of(`const span = tracer.startSpan('x');\nawait context.with(trace.setSpan(context.active(), span), async () => { try { await work(id); } finally { trace.getActiveSpan()?.end(); span.end(); } });`),
  'yielded': of(`const span = tracer.startSpan('x');\nyield span;\nspan.end();`, 'function* run()'),
  'returned in a context': of(`const span = tracer.startSpan('x');\nreturn trace.setSpan(context.active(), span);`, 'function run()'),
  'returned in a context of its own': of(`const span = tracer.startSpan('x');\nconst ctx = trace.setSpan(parent, span);\nspan.setAttribute('a', 1);\nreturn { ctx };`, "function run(parent: import('@opentelemetry/api').Context)"),
  'kept in a context': of(`const span = tracer.startSpan('x');\nrequest.otel = trace.setSpan(context.active(), span);`, 'function run(request: { otel?: unknown })'),
  'a factory of contexts': `${head}export const begin = (name: string) => { const span = tracer.startSpan(name); return trace.setSpan(context.active(), span); };`,
  'a span that is passed in': of(`span.setAttribute('a', 1);\nspan.end();`, 'function run(span: Span)'),
  'a span out of a map': of(`spans.get(id)?.end();\nspans.delete(id);`, 'function run(id: string)').replace('export', 'const spans = new Map<string, Span>();\nexport'),
});

cases('span end: silent, for it is somebody else\'s library', setting, {
  'dd-trace': "import tracer from 'dd-trace';\nexport function f() { const span = tracer.startSpan('x'); span.setTag('a', 1); }",
  'Sentry': "import * as Sentry from '@sentry/node';\nexport function f() { const span = Sentry.startInactiveSpan({ name: 'x' }); span.setAttribute('a', 1); }",
  'k6': "import { Tracer } from 'k6/x/otel';\nconst tracer = new Tracer({});\nexport function f() { const span = tracer.startSpan('x'); span.log('a'); }",
  'a class of one\'s own': "class Tracer { startSpan(name: string) { return { name, end() {} }; } }\nconst tracer = new Tracer();\nexport function f() { const span = tracer.startSpan('x'); return span.name.length; }",
  'nobody knows what': "export function f(tracer) { const span = tracer.startSpan('x'); span.setAttribute('a', 1); }",
  'an object that is called alike': "export function f(el: Element) { const span = el.querySelector('span')!; span.setAttribute('a', '1'); trace(span); }\ndeclare function trace(e: Element): void;",
});

cases('span end: only where it is asked for', {}, {
  'not by default': of(`const span = tracer.startSpan('x');\nawait work(id);`),
});
cases('span end: under --strict', { strict: true }, {
  'all the same': of(`const span = tracer.startSpan('x'); ${never}\nspan.setAttribute('id', id);`),
});
