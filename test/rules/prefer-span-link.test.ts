import { describe } from 'vitest';
import rule from '../../rules/prefer-span-link.ts';
import { runRule, type Case } from '../eslint/support.ts';

const head = "import { Worker } from 'bullmq';\nimport { context, propagation, trace, ROOT_CONTEXT } from '@opentelemetry/api';\nconst tracer = trace.getTracer('app');\n";
const handler = (statement: string): string => `${head}new Worker('mails', async (job) => {\n  const parent = propagation.extract(ROOT_CONTEXT, job.data.otel);\n  ${statement}\n});`;
const work = 'async (span) => { await job.updateProgress(1); span.end(); }';
const links = 'links: [trace.getSpanContext(parent)].flatMap((spanContext) => spanContext ? [{ context: spanContext }] : [])';
const advice = 'Start a new trace and link it: `links` with the extracted span\'s context.';

const valid: Case[] = [
  handler(`return tracer.startActiveSpan('x', { kind: 4, ${links} }, trace.deleteSpan(parent), ${work});`),
  handler('return context.with(parent, () => job.updateProgress(1));'),
  `${head}export const f = (records) => Promise.all(records.map((r) => context.with(propagation.extract(ROOT_CONTEXT, r.headers), () => r.run())));`,
];

describe('prefer-span-link', () => {
  runRule('prefer-span-link', rule, {
    typescript: {
      valid,
      invalid: [
        { name: 'a message\'s child', code: handler(`return tracer.«startActiveSpan»('x', { kind: 4 }, parent, ${work});`), advice, suggests: handler(`return tracer.startActiveSpan('x', { kind: 4, ${links} }, trace.deleteSpan(parent), ${work});`), says: /a child of whoever sent it/ },
        { name: 'one parent for a batch', code: `${head}export const f = (records) => context.«with»(propagation.extract(ROOT_CONTEXT, records[0].headers), async () => { for (const r of records) await r.run(); });`, says: /one message's context as the parent of a whole batch/ },
        { name: 'a child of the past', code: `${head}export function begin(work) {\n  const ctx = context.active();\n  setInterval(() => context.«with»(ctx, () => work()), 1000);\n}`, says: /every run a child of the span that was active when the schedule was set up/ },
      ],
    },
    javascript: { valid, invalid: [{ code: handler(`return tracer.«startActiveSpan»('x', {}, parent, ${work});`), advice, suggests: handler(`return tracer.startActiveSpan('x', { ${links} }, trace.deleteSpan(parent), ${work});`) }] },
    commonjs: {
      valid: [],
      invalid: ["const { Worker } = require('bullmq');\nconst { context, propagation, trace, ROOT_CONTEXT } = require('@opentelemetry/api');\nconst tracer = trace.getTracer('app');\nnew Worker('mails', (job) => context.with(propagation.extract(ROOT_CONTEXT, job.data.otel), () => tracer.«startActiveSpan»('x', async (span) => { await job.updateProgress(1); span.end(); })));"],
    },
  });
});
