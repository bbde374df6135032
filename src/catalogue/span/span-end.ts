// https://opentelemetry.io/docs/specs/otel/trace/api/#end
// https://opentelemetry.io/docs/languages/js/instrumentation/#create-spans
import type { BoundaryInput } from '../schema.ts';

const own = {
  family: 'span', library: 'OpenTelemetry', package: '@opentelemetry/api', role: 'producer', coupling: 'awaited', rule: 'require-span-end', strictOnly: true, evidence: 'proved',
  proof: 'fixtures/proofs/span-end', upstream: 'https://opentelemetry.io/docs/specs/otel/trace/api/#end',
  runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' },
  repair: { refused: 'no-repair', detail: 'where its work is done, and what counts as its failure, only its author knows' },
} as const satisfies Partial<BoundaryInput>;
const modules = ['@opentelemetry/api'];
const starts: BoundaryInput['match'] = { modules, exports: ['trace'], use: 'check', near: ['.startSpan(', '.startActiveSpan('] };

export default [
  {
    ...own, id: 'opentelemetry/span-never-ended', match: starts, proof: 'fixtures/proofs/span-end-active', repair: { strategy: 'end-span' },
    farSide: 'starts a span that nothing ends: it is never exported, and its children have a parent that nobody sees',
    advice: 'End it in a `finally`, or hand it to what ends it.',
  },
  {
    ...own, id: 'opentelemetry/span-path-unended', match: starts, proof: 'fixtures/proofs/span-end-active', repair: { strategy: 'end-span' },
    farSide: 'starts a span that is not ended on every way: where it is left open, it is never exported',
    advice: 'End it in a `finally`.',
  },
  {
    ...own, id: 'opentelemetry/span-error-unrecorded', match: starts, proof: 'fixtures/proofs/span-end-active', repair: { strategy: 'end-span' },
    farSide: 'starts a span that ends like one of work that went well when what it waits for throws',
    advice: 'Catch, `recordException`, `setStatus({ code: SpanStatusCode.ERROR })`, and throw again.',
  },
  {
    ...own, id: 'opentelemetry/span-used-after-end', match: starts,
    farSide: 'is called on a span that has ended: what it sets is dropped',
    advice: 'End the span when its work is done, after the last of its attributes.',
  },
  {
    ...own, id: 'opentelemetry/borrowed-span-end', match: { modules, exports: ['trace'], use: 'check', near: ['.getActiveSpan(', '.getSpan('], members: ['end'] },
    farSide: 'ends a span that somebody else has started: what its owner does from here on is missing from it',
    advice: 'Leave the end to whoever started it.',
  },
] satisfies BoundaryInput[];
