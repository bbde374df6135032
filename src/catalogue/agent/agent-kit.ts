// https://agentkit.inngest.com/concepts/agents, …/networks, …/tools; Inngest's own traces: https://www.inngest.com/docs/platform/monitor/traces
import { runsAgent, runsTool, runsWorkflow } from '../agents.ts';
import type { BoundaryInput } from '../schema.ts';

const library = { library: 'Inngest AgentKit', package: '@inngest/agent-kit', proof: 'read in its source: it starts no span; not run: it wants Inngest from 3.43 on, which brings every instrumentation there is' } as const;
const modules = ['@inngest/agent-kit'];
const telemetryWords = ['extendedTracesMiddleware'];

export default [
  {
    ...runsAgent, ...library, id: 'agent-kit/agent-run', match: { modules, exports: ['createAgent', 'Agent', 'createRoutingAgent', 'RoutingAgent'], use: 'check', members: ['run'] },
    agent: { operation: 'invoke_agent', as: 'member', input: 0, telemetryWords }, upstream: 'https://agentkit.inngest.com/concepts/agents',
  },
  {
    ...runsWorkflow, ...library, id: 'agent-kit/network-run', match: { modules, exports: ['createNetwork', 'Network'], use: 'check', members: ['run'] },
    agent: { operation: 'invoke_workflow', as: 'member', input: 0, telemetryWords }, upstream: 'https://agentkit.inngest.com/concepts/networks',
  },
  {
    ...runsTool, ...library, id: 'agent-kit/tool', match: { modules, near: modules, exports: ['createTool'], use: 'check' },
    agent: { operation: 'execute_tool', as: 'tool', handlers: ['handler'], telemetryWords }, upstream: 'https://agentkit.inngest.com/concepts/tools',
  },
] satisfies BoundaryInput[];
