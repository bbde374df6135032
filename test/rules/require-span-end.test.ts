import { describe } from 'vitest';
import rule from '../../rules/require-span-end.ts';
import { runRule, type Case } from '../eslint/support.ts';

const head = "import { trace } from '@opentelemetry/api';\nconst tracer = trace.getTracer('app');\n";
const run = (body: string): string => `${head}export async function run(agent) {\n  ${body}\n}`;

const record = 'Catch, `recordException`, `setStatus({ code: SpanStatusCode.ERROR })`, and throw again.';

const valid: Case[] = [
  run("const span = tracer.startSpan('x');\n  try { return await agent.run(); } catch (error) { span.recordException(error); throw error; } finally { span.end(); }"),
  run("const span = tracer.startSpan('x');\n  agent.own(span);"),
  run("return tracer.startSpan('x');"),
  run("const span = tracer.startSpan('x');\n  agent.once('close', () => span.end());"),
  run("// handoff-ignore require-span-end -- the process ends it\n  tracer.startSpan('x');"),
];

describe('require-span-end', () => {
  runRule('require-span-end', rule, {
    typescript: {
      valid,
      invalid: [
        { name: 'never', code: run("const span = tracer.«startSpan»('x');\n  span.setAttribute('a', 1);"), says: /^`tracer\.startSpan\('x'\)` starts a span that nothing ends/ },
        { name: 'a return', code: run("const span = tracer.«startSpan»('x');\n  if (!agent) return;\n  span.end();"), says: /that the `return` in line 5 leaves open/ },
        { name: 'a rejection', code: run("const span = tracer.«startSpan»('x');\n  await agent.run();\n  span.end();"), says: /stays open where what line 5 waits for throws/ },
        { name: 'an error', code: run("const span = tracer.«startSpan»('x');\n  try { await agent.run(); } finally { span.end(); }"), advice: record, suggests: run("const span = tracer.startSpan('x');\n  try { await agent.run(); } catch (error) { span.recordException(error as Error); span.setStatus({ code: SpanStatusCode.ERROR }); throw error; } finally { span.end(); }").replace('{ trace }', '{ trace, SpanStatusCode }'), says: /ends like one of work that went well/ },
        { name: 'an active callback that forgets it', code: run("return tracer.«startActiveSpan»('x', async (span) => { await agent.run(span.isRecording()); });"), advice: 'End it in a `finally`, or hand it to what ends it.', suggests: run("return tracer.startActiveSpan('x', async (span) => { try { await agent.run(span.isRecording()); } catch (error) { span.recordException(error as Error); span.setStatus({ code: SpanStatusCode.ERROR }); throw error; } finally { span.end(); } });").replace('{ trace }', '{ trace, SpanStatusCode }') },
        { name: 'after the end', code: run("const span = tracer.startSpan('x');\n  span.end();\n  span.«setAttribute»('a', 1);"), says: /what it sets is dropped/ },
        { name: 'borrowed', code: run('trace.getActiveSpan()?.«end»();'), says: /ends a span that somebody else has started/ },
        { name: 'with the strict option', code: run("const span = tracer.«startSpan»('x');\n  span.setAttribute('a', 1);"), option: { strict: true } },
      ],
    },
    javascript: { valid, invalid: [run("tracer.«startSpan»('x');")] },
    commonjs: { valid: [], invalid: ["const { trace } = require('@opentelemetry/api');\nexports.run = () => { trace.getTracer('a').«startSpan»('x').setAttribute('b', 1); };"] },
  });
});
