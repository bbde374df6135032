/** `agents` of the configuration as an entry of the catalogue, one a class. */
import { runsAgent, runsTool, runsWorkflow } from './agents.ts';
import type { BoundaryInput } from './schema.ts';

/** The ids of these entries start with it. */
export const configuredAgent = 'own/configured-agent';

const kinds = { invoke_agent: runsAgent, execute_tool: runsTool, invoke_workflow: runsWorkflow } as const;

interface Configured {
  agents: readonly { class: string; methods: string[]; operation: keyof typeof kinds }[];
  boundaries: readonly BoundaryInput[];
}

/** The boundaries of a configuration: its own, and those that its `agents` are. */
export function ownEntries({ agents, boundaries }: Configured): readonly BoundaryInput[] {
  return agents.length === 0 ? boundaries : [...boundaries, ...agents.map((each, index): BoundaryInput => ({
    ...kinds[each.operation], id: `${configuredAgent}-${index + 1}`, library: 'an agent of one\'s own', repair: { strategy: 'trace-agent-body' },
    match: { exports: ['*'], use: 'check', near: near(each.class) },
    agent: { operation: each.operation, as: 'class', classes: [each.class], handlers: each.methods },
    upstream: 'https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-agent-spans/', proof: 'named in the configuration',
  }))];
}

/** What stands in every file with such a class. */
function near(pattern: string): string[] {
  const first = pattern.split('*')[0]!;
  const last = pattern.split('*').at(-1)!;
  if (first !== '') return [`class ${first}`];
  return last === '' ? ['class '] : [' {', ' extends ', ' implements ', '<'].map((after) => `${last}${after}`);
}
