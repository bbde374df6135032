// https://github.com/node-fetch/node-fetch#readme
import type { BoundaryInput } from '../schema.ts';

const request = {
  family: 'http', role: 'producer', coupling: 'awaited', rule: 'no-dark-request', channel: { by: 'url' }, args: { destination: 0, options: 1 },
  runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' },
  slots: [{ in: 'headers', path: ['headers', 'traceparent'], encoding: 'headers' }],
  repair: { refused: 'no-repair', detail: 'inject into the `headers` of the request' },
  farSide: 'the service that answers starts a new trace', evidence: 'read',
} as const satisfies Partial<BoundaryInput>;

export default [
  {
    ...request, id: 'node-fetch/fetch', library: 'node-fetch', package: 'node-fetch', twice: 'harmless',
    match: { modules: ['node-fetch', 'node-fetch-native', 'cross-fetch', 'isomorphic-fetch', 'isomorphic-unfetch', 'minipass-fetch', 'make-fetch-happen', 'electron-fetch'], exports: ['default', '*', 'fetch'], use: 'call' },
    coveredBy: [{ package: '@opentelemetry/instrumentation-http', side: 'producer' }],
    advice: 'Send `traceparent` in the request\'s `headers`, or register `@opentelemetry/instrumentation-http`.',
    upstream: 'https://github.com/node-fetch/node-fetch#readme', proof: 'measured row http.node-fetch',
  },
  {
    ...request, id: 'ofetch/ofetch', library: 'ofetch', package: 'ofetch', twice: 'breaks',
    match: { modules: ['ofetch'], exports: ['ofetch', '$fetch', '$fetch.create', 'ofetch.create'], use: 'call' }, request: { base: ['baseURL', 'baseUrl'] },
    coveredBy: [{ package: '@opentelemetry/instrumentation-undici', side: 'producer' }],
    advice: 'Send `traceparent` in the request\'s `headers`, or register `@opentelemetry/instrumentation-undici`.',
    upstream: 'https://github.com/unjs/ofetch#readme', proof: 'read in its source: it calls the global fetch',
  },
] satisfies BoundaryInput[];
