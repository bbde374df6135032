// https://opentelemetry.io/docs/specs/otel/trace/api/#determining-the-parent-span-from-a-context
// https://opentelemetry.io/docs/specs/otel/context/#set-current-span
import type { BoundaryInput } from '../schema.ts';

const root = {
  family: 'span', library: 'OpenTelemetry', package: '@opentelemetry/api', role: 'producer', coupling: 'awaited', rule: 'no-new-root', evidence: 'proved',
  proof: 'fixtures/proofs/span-detached', upstream: 'https://opentelemetry.io/docs/specs/otel/trace/api/#determining-the-parent-span-from-a-context',
  runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' },
  farSide: 'starts a new trace around work that belongs to one: what it does is cut off from the request that asked for it',
  advice: 'Let the span have the active context as its parent (or link to it, where nobody waits), or say what the detachment is for: `// handoff-ignore no-new-root -- reason`.',
} as const satisfies Partial<BoundaryInput>;
const modules = ['@opentelemetry/api'];

export default [
  {
    ...root, id: 'opentelemetry/root-option', match: { modules, exports: ['trace'], use: 'check', near: ['root: true', 'root:true'], members: ['startSpan', 'startActiveSpan'] },
    repair: { strategy: 'drop-root-option' }, proof: 'fixtures/proofs/span-root-option',
  },
  {
    ...root, id: 'opentelemetry/root-context', match: { modules, exports: ['ROOT_CONTEXT'], use: 'check', near: ['ROOT_CONTEXT'] },
    repair: { refused: 'no-repair', detail: 'what else the root context keeps away from this work (baggage, suppression), only its author knows' },
  },
  {
    ...root, id: 'opentelemetry/delete-span', match: { modules, exports: ['trace'], use: 'check', near: ['.deleteSpan('] },
    repair: { refused: 'no-repair', detail: 'whether the detachment is meant, only its author knows' },
  },
] satisfies BoundaryInput[];
