import { describe } from 'vitest';
import rule from '../../rules/no-inactive-parent.ts';
import { runRule, type Case } from '../eslint/support.ts';

const run = (body: string, names = 'trace', fn = 'async function'): string => `import { ${names} } from '@opentelemetry/api';\nconst tracer = trace.getTracer('app');\nexport ${fn} run(agent) {\n  ${body}\n}`;
const advice = 'Start it with `startActiveSpan`, or run the work in `context.with(trace.setSpan(context.active(), span), …)`.';

const valid: Case[] = [
  run("const span = tracer.startSpan('x');\n  try { return await context.with(trace.setSpan(context.active(), span), () => agent.run()); } finally { span.end(); }", 'context, trace'),
  run("return tracer.startActiveSpan('x', async (span) => { try { return await agent.run(); } finally { span.end(); } });"),
  run("const span = tracer.startSpan('x');\n  agent.mark();\n  span.end();"),
  run("// handoff-ignore no-inactive-parent -- a measurement\n  const span = tracer.startSpan('x');\n  try { return await agent.run(); } finally { span.end(); }"),
];

describe('no-inactive-parent', () => {
  runRule('no-inactive-parent', rule, {
    typescript: {
      valid,
      invalid: [
        {
          name: 'try and finally', code: run("const span = tracer.«startSpan»('x');\n  try { return await agent.run(); } finally { span.end(); }", 'context, trace'), advice,
          suggests: run("const span = tracer.startSpan('x');\n  try { return await context.with(trace.setSpan(context.active(), span), async () => { return await agent.run(); }); } finally { span.end(); }", 'context, trace'),
          says: /become its siblings, not its children/,
        },
        { name: 'a generator', code: run("const span = tracer.«startSpan»('x');\n  try { yield await agent.run(); } finally { span.end(); }", 'trace', 'async function*'), says: /Not repaired: a generator's body/ },
      ],
    },
    javascript: { valid, invalid: [run("const span = tracer.«startSpan»('x');\n  await agent.run();\n  span.end();")] },
    commonjs: { valid: [], invalid: ["const { trace } = require('@opentelemetry/api');\nexports.run = async (agent) => { const span = trace.getTracer('a').«startSpan»('x'); await agent.run(); span.end(); };"] },
  });
});
