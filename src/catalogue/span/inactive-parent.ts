// https://opentelemetry.io/docs/languages/js/instrumentation/#create-spans
// https://opentelemetry.io/docs/languages/js/context/#active-context
import type { BoundaryInput } from '../schema.ts';

export default [
  {
    id: 'opentelemetry/inactive-parent', family: 'span', library: 'OpenTelemetry', package: '@opentelemetry/api', role: 'producer', coupling: 'awaited',
    rule: 'no-inactive-parent', strictOnly: true, match: { modules: ['@opentelemetry/api'], exports: ['trace'], use: 'check', near: ['.startSpan('] },
    runtimes: { node: 'wrong', browser: 'wrong', 'browser-zone': 'wrong' },
    farSide: 'starts a span and does not make it active: the spans of what is awaited meanwhile become its siblings, not its children',
    advice: 'Start it with `startActiveSpan`, or run the work in `context.with(trace.setSpan(context.active(), span), …)`.',
    repair: { strategy: 'activate-span' },
    upstream: 'https://opentelemetry.io/docs/languages/js/instrumentation/#create-spans', evidence: 'proved', proof: 'fixtures/proofs/span-inactive',
  },
] satisfies BoundaryInput[];
