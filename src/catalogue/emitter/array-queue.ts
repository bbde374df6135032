// No library: an array of functions that something else takes out and calls later. Measured as `queue.worker-loop`.
import type { BoundaryInput } from '../schema.ts';

export default [
  {
    id: 'array/push-callback', family: 'emitter', library: 'in-process queue', role: 'callback', coupling: 'detached', rule: 'no-unbound-callback',
    match: { exports: ['Array'], use: 'queue', members: ['push', 'unshift'], near: ['.shift(', '.pop(', '.splice('], global: true },
    args: { callback: 0 },
    runtimes: { node: 'wrong', browser: 'lost', 'browser-zone': 'wrong' },
    repair: { strategy: 'bind-callback' },
    farSide: 'it runs in the context of whatever drains the queue, not of the caller who queued it',
    advice: 'Bind it: `context.bind(context.active(), fn)`.',
    upstream: 'https://opentelemetry.io/docs/languages/js/context/', evidence: 'proved', proof: 'fixtures/proofs/array-functions',
  },
] satisfies BoundaryInput[];
