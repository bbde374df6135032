// https://github.com/open-telemetry/semantic-conventions-genai: what is an agent there is an agent here, by whatever framework or none
import { runsAgent } from '../agents.ts';
import type { BoundaryInput } from '../schema.ts';

const own = { ...runsAgent, library: 'an agent of one\'s own', repair: { strategy: 'trace-agent-body' }, evidence: 'proved', proof: 'fixtures/proofs/agents-own', upstream: 'https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-agent-spans/' } as const satisfies Partial<BoundaryInput>;

export default [
  {
    ...own, id: 'own/agent-class', match: { exports: ['*'], use: 'check', near: ['Agent {', 'Agent extends ', 'Agent implements ', 'Agent<'] },
    agent: { operation: 'invoke_agent', as: 'class', classes: ['*Agent'], handlers: ['run', 'invoke', 'execute'] },
  },
  {
    ...own, id: 'own/agent-loop', match: { exports: ['*'], use: 'check', near: ['tool_calls', 'tool_use', 'toolCalls', 'functionCalls', 'function_call'], members: ['create', 'parse', 'generate', 'generateContent', 'converse', 'chat', 'invoke', 'complete', 'messages', 'respond'] },
    agent: { operation: 'invoke_agent', as: 'loop' },
  },
] satisfies BoundaryInput[];
