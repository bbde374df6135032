// https://trigger.dev/docs/triggering
import type { BoundaryInput } from '../schema.ts';

export default [
  {
    id: 'trigger.dev/trigger', family: 'queue', library: 'Trigger.dev', package: '@trigger.dev/sdk', role: 'producer', coupling: 'detached', rule: 'no-dark-queue',
    match: { modules: ['@trigger.dev/sdk', '@trigger.dev/sdk/v3'], exports: ['tasks'], use: 'method', members: ['trigger', 'batchTrigger', 'triggerAndWait', 'batchTriggerAndWait'] },
    channel: { by: 'name' }, args: { payload: 1 }, runtimes: { node: 'kept', browser: 'kept', 'browser-zone': 'kept' },
    repair: { refused: 'no-repair', detail: 'the SDK sends the context itself' }, farSide: 'the run continues the trace', advice: 'Leave it as it is.',
    upstream: 'https://trigger.dev/docs/triggering', evidence: 'proved', proof: 'fixtures/proofs/trigger-dev',
  },
] satisfies BoundaryInput[];
