/** What the entries of frameworks that run agents have in common. Names: https://github.com/open-telemetry/semantic-conventions-genai */
import type { BoundaryInput } from './schema.ts';

const agent = {
  family: 'agent', role: 'callback', coupling: 'awaited', rule: 'require-agent-span', evidence: 'read',
  runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' },
} as const satisfies Partial<BoundaryInput>;

export const runsAgent = {
  ...agent, repair: { strategy: 'trace-agent-call' },
  farSide: 'runs an agent without a span of its own: nothing in the trace says which agent its model calls and tools belong to',
  advice: 'Enclose it in an `invoke_agent` span.',
} as const satisfies Partial<BoundaryInput>;

export const runsWorkflow = {
  ...agent, repair: { strategy: 'trace-agent-call' },
  farSide: 'runs a workflow without a span of its own: nothing in the trace holds its steps together',
  advice: 'Enclose it in an `invoke_workflow` span.',
} as const satisfies Partial<BoundaryInput>;

export const runsTool = {
  ...agent, repair: { strategy: 'trace-agent-body' },
  farSide: 'does a tool\'s work without a span of its own: nothing in the trace says which tool it was, how long it took, or that it failed',
  advice: 'Enclose its body in an `execute_tool` span.',
} as const satisfies Partial<BoundaryInput>;
