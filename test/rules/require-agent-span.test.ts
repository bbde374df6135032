import { describe } from 'vitest';
import rule from '../../rules/require-agent-span.ts';
import { runRule, type Case } from '../eslint/support.ts';

const agents = "import { Agent, run, tool } from '@openai/agents';\nconst planner = new Agent({ name: 'planner' });\n";
const model = "import OpenAI from 'openai';\nconst openai = new OpenAI();\n";
const traced = "import { trace } from '@opentelemetry/api';\nconst tracer = trace.getTracer('x');\n";
const handle = (call: string): string => `export async function handle(question) { return ${call}; }`;

const silent: Case[] = [
  { name: 'in a span', code: `${agents}${traced}${handle("tracer.startActiveSpan('invoke_agent planner', async (span) => { const r = await run(planner, question); span.end(); return r; })")}` },
  { name: 'a run of one\'s own', code: `const run = (a, b) => a + b;\n${handle('run(1, question)')}` },
  { name: 'a model call', code: `import { generateText } from 'ai';\n${handle('generateText({ prompt: question })')}` },
  { name: 'its own telemetry', code: `import { generateText } from 'ai';\nimport { tools } from './tools.js';\n${handle('generateText({ prompt: question, tools, experimental_telemetry: { isEnabled: true } })')}` },
  { name: 'a tool that computes', code: `${agents}export const add = tool({ name: 'add', execute: async ({ a, b }) => a + b });` },
  { name: 'a user agent', code: 'export class UserAgent { run(model) { return model.parse("x"); } }' },
  { name: 'a class without a model', code: 'export class DeliveryAgent { async run(id) { await fetch("https://parcels.example.com/" + id); } }' },
  { name: 'mentioned in a string', code: "export const text = \"import { run } from '@openai/agents'; run(planner, question)\";" },
];

describe('require-agent-span', () => {
  runRule('require-agent-span', rule, {
    typescript: {
      valid: silent,
      invalid: [
        { name: 'a run', code: `${agents}${handle('«run»(planner, question)')}`, says: /^`run\(…\)` runs an agent without a span of its own: .*Enclose it in an `invoke_agent planner` span\..* `otel-handoff fix` repairs it\.$/ },
        { name: 'a stream', code: `${agents}${handle('«run»(planner, question, { stream: true })')}`, says: /Not repaired: it gives its result piece by piece/ },
        { name: 'a tool', code: `${agents}export const look = tool({ name: 'look', «execute»: async ({ q }) => (await fetch('https://x.example.com/' + q)).text() });`, says: /Enclose its body in an `execute_tool look` span/ },
        { name: 'a class', code: `${model}export class PlannerAgent { async «run»(q: string) { return openai.responses.create({ model: 'm', input: q }); } }` },
        {
          name: 'a class in a package with the helper', file: 'repaired/agent.ts', code: `${model}export class PlannerAgent { async «run»(q: string) { return openai.responses.create({ model: 'm', input: q }); } }`,
          suggests: `${model.replace('\n', "\nimport { traceAgent } from './otel-handoff.js';\n")}export class PlannerAgent { async run(q: string) { return traceAgent({ name: 'PlannerAgent', input: q }, async () => { return openai.responses.create({ model: 'm', input: q }); }); } }`,
        },
        { name: 'in strict', code: `${agents}${handle('«run»(planner, question)')}`, option: { strict: true } },
      ],
    },
    javascript: { valid: silent, invalid: [`${agents}${handle('«run»(planner, question)')}`] },
    commonjs: {
      valid: ["const { run } = require('./scripts');\nexports.handle = (q) => run(q, q);"],
      invalid: ["const { Agent, run } = require('@openai/agents');\nconst planner = new Agent({ name: 'planner' });\nexports.handle = (q) => «run»(planner, q);"],
    },
  });
});
