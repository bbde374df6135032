// https://github.com/sindresorhus/p-limit
import type { BoundaryInput } from '../schema.ts';

export default [
  {
    id: 'p-limit/limit', family: 'emitter', library: 'p-limit', package: 'p-limit', versions: '>=7 <8', role: 'callback', coupling: 'awaited', rule: 'no-unbound-callback',
    match: { modules: ['p-limit'], exports: ['default', 'pLimit'], use: 'instance' }, args: { callback: 0 },
    // What waits is a promise's continuation, which keeps its caller's context.
    runtimes: { node: 'kept', browser: 'lost', 'browser-zone': 'kept' },
    repair: { strategy: 'bind-callback' },
    farSide: 'what it does starts a new trace', advice: 'Bind it: `context.bind(context.active(), fn)`.',
    upstream: 'https://github.com/sindresorhus/p-limit', evidence: 'proved', proof: 'fixtures/proofs/p-limit',
  },
] satisfies BoundaryInput[];
