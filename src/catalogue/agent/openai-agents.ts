// https://openai.github.io/openai-agents-js/guides/running-agents/ and …/guides/tracing/: its own traces are no OpenTelemetry's
import { runsAgent, runsTool } from '../agents.ts';
import type { BoundaryInput } from '../schema.ts';

const library = { library: 'OpenAI Agents', package: '@openai/agents', evidence: 'proved', proof: 'fixtures/proofs/openai-agents' } as const;
const modules = ['@openai/agents', '@openai/agents-core', '@openai/agents-realtime'];
/** A processor of one's own may well hand them to OpenTelemetry. */
const telemetryWords = ['addTraceProcessor', 'setTraceProcessors', 'OpenAIAgentsInstrumentation'];

export default [
  {
    ...runsAgent, ...library, id: 'openai-agents/run', match: { modules, near: modules, exports: ['run'], use: 'check' },
    agent: { operation: 'invoke_agent', as: 'call', agentArg: 0, input: 1, options: 2, streamOption: 'stream', telemetryWords },
    upstream: 'https://openai.github.io/openai-agents-js/guides/running-agents/',
  },
  {
    ...runsAgent, ...library, id: 'openai-agents/runner-run', match: { modules, exports: ['Runner'], use: 'check', members: ['run'] },
    agent: { operation: 'invoke_agent', as: 'member', agentArg: 0, input: 1, options: 2, streamOption: 'stream', telemetryWords },
    upstream: 'https://openai.github.io/openai-agents-js/openai/agents/classes/runner/',
  },
  {
    ...runsTool, ...library, id: 'openai-agents/tool', match: { modules, near: modules, exports: ['tool'], use: 'check' },
    agent: { operation: 'execute_tool', as: 'tool', handlers: ['execute'], telemetryWords },
    upstream: 'https://openai.github.io/openai-agents-js/guides/tools/',
  },
] satisfies BoundaryInput[];
