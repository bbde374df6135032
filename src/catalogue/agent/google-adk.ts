// https://github.com/google/adk-js: its runner and its agents start spans by themselves (core/src/runner/runner.ts, core/src/agents/base_agent.ts)
import { runsAgent } from '../agents.ts';
import type { BoundaryInput } from '../schema.ts';

export default [
  {
    ...runsAgent, id: 'google-adk/runner', library: 'ADK', package: '@google/adk', match: { modules: ['@google/adk'], exports: ['Runner', 'InMemoryRunner'], use: 'check', members: ['runAsync', 'runEphemeral'] },
    agent: { operation: 'invoke_agent', as: 'member', names: ['appName'], streams: ['runAsync', 'runEphemeral'], traced: '*' },
    repair: { refused: 'streaming', detail: 'it gives its events one by one' },
    upstream: 'https://google.github.io/adk-docs/observability/', proof: 'read in its source: the runner and every agent start a span of their own; not run: it brings 185 packages, an ORM and Google\'s exporters among them',
  },
] satisfies BoundaryInput[];
