// https://ai-sdk.dev/docs/ai-sdk-core/telemetry: spans are made where `experimental_telemetry` says so
import { runsAgent, runsTool } from '../agents.ts';
import type { BoundaryInput } from '../schema.ts';

const library = { library: 'the AI SDK', package: 'ai', evidence: 'proved', proof: 'fixtures/proofs/ai-agents' } as const;
const telemetry = ['experimental_telemetry', 'telemetry'];
const telemetryWords = ['registerTelemetry', 'ai-sdk/otel'];
const near = ['from \'ai\'', 'from "ai"', 'require(\'ai\')', 'require("ai")', 'import(\'ai\')', 'import("ai")'];
const agents = ['Agent', 'Experimental_Agent', 'ToolLoopAgent'];

export default [
  {
    ...runsAgent, ...library, id: 'ai/generate-text', match: { modules: ['ai'], near, exports: ['generateText', 'streamText'], use: 'check' },
    agent: { operation: 'invoke_agent', as: 'call', needs: ['tools'], input: 0, inputs: ['messages', 'prompt'], names: [], streams: ['streamText'], telemetry, telemetryWords },
    upstream: 'https://ai-sdk.dev/docs/ai-sdk-core/tools-and-tool-calling',
  },
  {
    ...runsAgent, ...library, id: 'ai/agent', match: { modules: ['ai'], exports: agents, use: 'check', members: ['generate', 'stream'] },
    agent: { operation: 'invoke_agent', as: 'member', names: ['id', 'name'], input: 0, inputs: ['messages', 'prompt'], streams: ['stream'], telemetry, telemetryWords },
    upstream: 'https://ai-sdk.dev/docs/agents/building-agents',
  },
  {
    ...runsTool, ...library, id: 'ai/tool', match: { modules: ['ai'], near, exports: ['tool', 'dynamicTool'], use: 'check' },
    // Its own telemetry is asked for where the tool is used, not where it is made.
    agent: { operation: 'execute_tool', as: 'tool', handlers: ['execute'], telemetryWords: [...telemetryWords, 'experimental_telemetry'] },
    upstream: 'https://ai-sdk.dev/docs/ai-sdk-core/tools-and-tool-calling',
  },
] satisfies BoundaryInput[];
