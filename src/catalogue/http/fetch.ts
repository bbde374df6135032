// https://developer.mozilla.org/docs/Web/API/Window/fetch
import type { BoundaryInput } from '../schema.ts';

export default [
  {
    id: 'fetch/fetch', family: 'http', library: 'fetch', role: 'producer', coupling: 'awaited', rule: 'no-dark-request',
    match: { exports: ['fetch'], near: ['fetch', 'tracedFetch'], use: 'call', replacedBy: 'tracedFetch', global: true }, args: { destination: 0, options: 1 },
    channel: { by: 'url' }, counterparts: ['node-http/handler', 'express/route', 'fastify/route', 'hono/route'],
    runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' },
    slots: [{ in: 'headers', path: ['headers', 'traceparent'], encoding: 'headers' }],
    coveredBy: [
      // Measured up to 0.34; https://github.com/open-telemetry/opentelemetry-js-contrib/pull/3713 replaces what is there.
      { package: '@opentelemetry/instrumentation-undici', side: 'producer', twice: '<=0.34' },
      // Sets the header, and so replaces what is there.
      { package: '@opentelemetry/instrumentation-fetch', side: 'producer', twice: false },
    ],
    twice: 'breaks',
    repair: { strategy: 'call-traced-fetch' },
    farSide: 'the service that answers starts a new trace', advice: 'Send `traceparent` in the request\'s headers.',
    upstream: 'https://developer.mozilla.org/docs/Web/API/Window/fetch', evidence: 'proved', proof: 'fixtures/proofs/fetch-express',
  },
] satisfies BoundaryInput[];
