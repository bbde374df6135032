// https://voltagent.dev/observability-docs/: from 1.0 on every agent, tool and workflow step is a span of OpenTelemetry
import { runsAgent, runsTool } from '../agents.ts';
import type { BoundaryInput } from '../schema.ts';

const library = { library: 'VoltAgent', package: '@voltagent/core', proof: 'read in its source: from 1.0 on it has a tracer of its own; not run: it brings 390 packages, and a second OpenTelemetry SDK' } as const;

export default [
  {
    ...runsAgent, ...library, id: 'voltagent/agent', match: { modules: ['@voltagent/core'], exports: ['Agent'], use: 'check', members: ['generateText', 'streamText', 'generateObject', 'streamObject'] },
    agent: { operation: 'invoke_agent', as: 'member', input: 0, streams: ['streamText', 'streamObject'], traced: '>=1.0.0', telemetryWords: ['createTelemetryExporter', 'telemetryExporter', 'VoltOpsClient', 'VoltAgentExporter'] },
    upstream: 'https://voltagent.dev/docs/agents/overview/',
  },
  {
    ...runsTool, ...library, id: 'voltagent/tool', match: { modules: ['@voltagent/core'], near: ['@voltagent/core'], exports: ['createTool'], use: 'check' },
    agent: { operation: 'execute_tool', as: 'tool', handlers: ['execute'], traced: '>=1.0.0', telemetryWords: ['createTelemetryExporter', 'telemetryExporter', 'VoltOpsClient', 'VoltAgentExporter'] },
    upstream: 'https://voltagent.dev/docs/agents/tools/',
  },
] satisfies BoundaryInput[];
