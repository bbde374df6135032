// https://opentelemetry.io/docs/security/handling-sensitive-data/
// https://github.com/open-telemetry/semantic-conventions-genai
// https://opentelemetry.io/docs/concepts/signals/baggage/#baggage-security-considerations
// https://www.w3.org/TR/baggage/#limits
import type { BoundaryInput } from '../schema.ts';

const api = {
  family: 'span', library: 'OpenTelemetry', package: '@opentelemetry/api', role: 'producer', coupling: 'awaited', evidence: 'proved',
  runtimes: { node: 'leaked', browser: 'leaked', 'browser-zone': 'leaked' },
} as const satisfies Partial<BoundaryInput>;
const modules = ['@opentelemetry/api'];
const writes = ['.setAttribute(', '.setAttributes(', '.addEvent(', '.startSpan(', '.startActiveSpan(', 'attributes: {'];
/** What people call their own functions that put attributes on a span. */
const helpers = [
  'withSpan', 'withActiveSpan', 'withChildSpan', 'withNewSpan', 'withTrace', 'withTracing', 'withTracer', 'withTelemetry', 'inSpan', 'runInSpan', 'runWithSpan', 'wrapInSpan', 'executeInSpan', 'createSpan', 'createChildSpan',
  'startSpan', 'startChildSpan', 'recordSpan', 'traced', 'traceAsync', 'traceOperation', 'traceFunction', 'setSpanAttributes', 'addSpanAttributes', 'addAttributes', 'setTraceAttributes',
];

export default [
  {
    ...api, id: 'opentelemetry/sensitive-attribute', rule: 'no-sensitive-attributes', match: { modules, exports: ['Span'], use: 'check', near: [...writes, ...helpers] },
    proof: 'fixtures/proofs/span-sensitive-attribute', upstream: 'https://opentelemetry.io/docs/security/handling-sensitive-data/',
    farSide: 'puts sensitive data into a trace, where everybody who can read it does',
    advice: 'Record it behind a switch that is off by default (`OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT`), in an event with `sensitive: true` that a collector can drop.',
    repair: { strategy: 'move-into-event' },
  },
  {
    ...api, id: 'opentelemetry/sensitive-baggage', rule: 'no-sensitive-baggage', match: { modules, exports: ['propagation'], use: 'check', near: ['.setEntry(', '.createBaggage('] },
    proof: 'fixtures/proofs/span-baggage-unread', upstream: 'https://opentelemetry.io/docs/concepts/signals/baggage/',
    farSide: 'puts sensitive data into baggage, which goes as a readable header with every request from here on',
    advice: 'Pass it in the message or request that needs it, or send an id that means nothing outside.',
    repair: { strategy: 'drop-baggage-entry' },
  },
  {
    ...api, id: 'opentelemetry/baggage-limit', rule: 'no-sensitive-baggage', match: { modules, exports: ['propagation'], use: 'check', near: ['.setEntry(', '.createBaggage('] },
    runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' },
    proof: 'fixtures/proofs/span-baggage', upstream: 'https://www.w3.org/TR/baggage/#limits',
    farSide: 'sets more baggage than arrives', advice: 'Send an id, and let whoever needs the rest look it up.',
    repair: { refused: 'no-repair', detail: 'what of it is needed, only its author knows' },
  },
  {
    ...api, id: 'opentelemetry/custom-gen-ai-attribute', rule: 'no-custom-gen-ai-attributes', match: { modules, exports: ['Span'], use: 'check', near: [...writes, ...helpers] },
    runtimes: { node: 'wrong', browser: 'wrong', 'browser-zone': 'wrong' },
    proof: 'fixtures/proofs/span-custom-attribute', upstream: 'https://opentelemetry.io/docs/specs/semconv/general/naming/',
    farSide: 'sets a name of one\'s own in a namespace that is the conventions\'',
    advice: 'Put what is your own under `app.agent.*`, or use what the conventions call it.',
    repair: { strategy: 'rename-attribute' },
  },
] satisfies BoundaryInput[];
