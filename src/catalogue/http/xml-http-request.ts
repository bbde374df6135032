// https://developer.mozilla.org/docs/Web/API/XMLHttpRequest/open
import type { BoundaryInput } from '../schema.ts';

export default [
  {
    id: 'xhr/open', family: 'http', library: 'XMLHttpRequest', role: 'producer', coupling: 'awaited', rule: 'no-dark-request',
    match: { exports: ['XMLHttpRequest'], near: ['XMLHttpRequest'], use: 'instance', members: ['open'], global: true },
    args: { destination: 1 }, request: { methodArg: 0 }, channel: { by: 'url' },
    runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' },
    slots: [{ in: 'headers', path: ['headers', 'traceparent'], encoding: 'headers' }],
    coveredBy: [{ package: '@opentelemetry/instrumentation-xml-http-request', side: 'producer' }], twice: 'unknown',
    repair: { refused: 'no-repair', detail: 'give the request its `traceparent` with `setRequestHeader`' },
    farSide: 'the service that answers starts a new trace', advice: 'Register `@opentelemetry/instrumentation-xml-http-request`.',
    upstream: 'https://developer.mozilla.org/docs/Web/API/XMLHttpRequest/open', evidence: 'proved', proof: 'fixtures/proofs/page-requests',
  },
] satisfies BoundaryInput[];
