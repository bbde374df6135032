// https://github.com/anthropics/anthropic-sdk-typescript: measured, 0.133.0 sends none, 0.134.0 and 1.11.0 send one
import type { BoundaryInput } from '../schema.ts';

export default [
  {
    id: 'anthropic/client', family: 'http', library: 'Anthropic\'s SDK', package: '@anthropic-ai/sdk', versions: '>=0.134.0',
    role: 'producer', coupling: 'awaited', rule: 'no-double-inject',
    match: { modules: ['@anthropic-ai/sdk'], exports: ['default', 'Anthropic'], use: 'construct' }, args: { options: 0 },
    runtimes: { node: 'wrong', browser: 'kept', 'browser-zone': 'kept' },
    coveredBy: [
      { package: '@anthropic-ai/sdk', versions: '>=0.134.0', side: 'producer', unless: [['openTelemetry', 'propagation'], ['openTelemetry']] },
      { package: '@opentelemetry/instrumentation-undici', side: 'producer', twice: '<=0.34' },
    ],
    twice: 'breaks',
    repair: { strategy: 'switch-off-own-carrier' },
    farSide: 'what answers gets two values of `traceparent` and starts a new trace', advice: 'Pass `openTelemetry: { propagation: false }`.',
    upstream: 'https://github.com/anthropics/anthropic-sdk-typescript', evidence: 'proved', proof: 'fixtures/proofs/anthropic-twice',
  },
] satisfies BoundaryInput[];
