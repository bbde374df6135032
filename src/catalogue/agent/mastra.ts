// https://mastra.ai/docs/observability/overview: spans are made where the Mastra instance is given `telemetry` or `observability`
import { runsAgent, runsTool, runsWorkflow } from '../agents.ts';
import type { BoundaryInput } from '../schema.ts';

const library = { library: 'Mastra', package: '@mastra/core', proof: 'read in its documentation: spans are made where `telemetry` or `observability` is configured; not run: its newest versions need Node 22, and CI runs the proofs on 20' } as const;
const telemetryWords = ['telemetry:', 'observability:', '@mastra/observability', 'OtelConfig', 'createTelemetry'];

export default [
  {
    ...runsAgent, ...library, id: 'mastra/agent', match: { modules: ['@mastra/core', '@mastra/core/agent'], exports: ['Agent', 'Mastra'], use: 'check', members: ['generate', 'stream', 'generateVNext', 'streamVNext', 'generateLegacy', 'streamLegacy', 'network'] },
    agent: { operation: 'invoke_agent', as: 'member', names: ['name', 'id'], input: 0, streams: ['stream', 'streamVNext', 'streamLegacy', 'network'], telemetryWords },
    upstream: 'https://mastra.ai/docs/agents/overview',
  },
  {
    ...runsWorkflow, ...library, id: 'mastra/workflow', match: { modules: ['@mastra/core', '@mastra/core/workflows'], exports: ['createWorkflow', 'Workflow', 'Mastra'], use: 'check', members: ['start', 'stream', 'streamVNext'] },
    agent: { operation: 'invoke_workflow', as: 'member', through: ['createRun', 'createRunAsync'], names: ['id', 'name'], input: 0, inputs: ['inputData'], streams: ['stream', 'streamVNext'], telemetryWords },
    upstream: 'https://mastra.ai/docs/workflows/overview',
  },
  {
    ...runsTool, ...library, id: 'mastra/tool', match: { modules: ['@mastra/core', '@mastra/core/tools'], near: ['@mastra/core'], exports: ['createTool', 'Tool'], use: 'check' },
    agent: { operation: 'execute_tool', as: 'tool', handlers: ['execute'], names: ['id', 'name'], telemetryWords },
    upstream: 'https://mastra.ai/docs/agents/using-tools',
  },
] satisfies BoundaryInput[];
