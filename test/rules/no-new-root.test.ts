import { describe } from 'vitest';
import rule from '../../rules/no-new-root.ts';
import { runRule, type Case } from '../eslint/support.ts';

const head = "import { context, trace, ROOT_CONTEXT } from '@opentelemetry/api';\nconst tracer = trace.getTracer('app');\n";
const work = 'async (span) => { try { return await agent.run(); } finally { span.end(); } }';
const plan = (body: string): string => `${head}export async function plan(agent) {\n  ${body}\n}`;
const advice = 'Let the span have the active context as its parent (or link to it, where nobody waits), or say what the detachment is for: `// handoff-ignore no-new-root -- reason`.';

const valid: Case[] = [
  plan(`return tracer.startActiveSpan('x', ${work});`),
  plan(`return tracer.startActiveSpan('x', { root: false }, ${work});`),
  plan(`// handoff-ignore no-new-root -- a trace for each plan\n  return tracer.startActiveSpan('x', { root: true }, ${work});`),
  `${head}setInterval(() => context.with(ROOT_CONTEXT, () => agent.run()), 1000);`,
  'export default { root: true };',
];

describe('no-new-root', () => {
  runRule('no-new-root', rule, {
    typescript: {
      valid,
      invalid: [
        { name: 'root: true', code: plan(`return tracer.startActiveSpan('x', { «root»: true }, ${work});`), advice, suggests: plan(`return tracer.startActiveSpan('x', ${work});`), says: /^`root: true` starts a new trace around work that belongs to one/ },
        { name: 'ROOT_CONTEXT', code: plan('return context.«with»(ROOT_CONTEXT, () => agent.run());'), says: /^`context\.with\(…\)` starts a new trace.*Not repaired:/ },
        { name: 'nobody waits', code: plan(`void tracer.startActiveSpan('x', { «root»: true }, ${work});`), says: /for work that nobody waits for/ },
      ],
    },
    javascript: { valid, invalid: [{ code: plan(`return tracer.startActiveSpan('x', { kind: 1, «root»: true }, ${work});`), advice, suggests: plan(`return tracer.startActiveSpan('x', { kind: 1 }, ${work});`) }] },
    commonjs: {
      valid: ["module.exports = { root: true };"],
      invalid: ["const { context, trace, ROOT_CONTEXT } = require('@opentelemetry/api');\nexports.plan = (agent) => context.«with»(ROOT_CONTEXT, () => agent.run());"],
    },
  });
});
