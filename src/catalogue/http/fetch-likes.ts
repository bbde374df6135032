// https://github.com/node-fetch/node-fetch#readme
import type { BoundaryInput } from '../schema.ts';

const request = {
  family: 'http', role: 'producer', coupling: 'awaited', rule: 'no-dark-request', channel: { by: 'url' }, args: { destination: 0, options: 1 },
  runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' },
  slots: [{ in: 'headers', path: ['headers', 'traceparent'], encoding: 'headers' }],
  farSide: 'the service that answers starts a new trace', evidence: 'read',
} as const satisfies Partial<BoundaryInput>;

export default [
  {
    ...request, id: 'node-fetch/fetch', library: 'node-fetch', package: 'node-fetch', versions: '>=3.3 <4', twice: 'harmless', repair: { strategy: 'carry-headers' },
    match: { modules: ['node-fetch', 'node-fetch-native', 'cross-fetch', 'isomorphic-fetch', 'isomorphic-unfetch', 'minipass-fetch', 'make-fetch-happen', 'electron-fetch'], exports: ['default', '*', 'fetch'], use: 'call' },
    coveredBy: [{ package: '@opentelemetry/instrumentation-http', side: 'producer' }],
    advice: 'Send `traceparent` in the request\'s `headers`, or register `@opentelemetry/instrumentation-http`.',
    upstream: 'https://github.com/node-fetch/node-fetch#readme', evidence: 'proved', proof: 'fixtures/proofs/fetch-likes',
  },
  {
    ...request, id: 'ofetch/ofetch', library: 'ofetch', package: 'ofetch', versions: '>=1.5 <2', twice: 'breaks', repair: { strategy: 'call-traced-client' },
    match: { modules: ['ofetch'], exports: ['ofetch', '$fetch', '$fetch.create', 'ofetch.create'], use: 'call' }, request: { base: ['baseURL', 'baseUrl'] },
    coveredBy: [{ package: '@opentelemetry/instrumentation-undici', side: 'producer' }],
    advice: 'Send `traceparent` in the request\'s `headers`, or register `@opentelemetry/instrumentation-undici`.',
    upstream: 'https://github.com/unjs/ofetch#readme', evidence: 'proved', proof: 'fixtures/proofs/fetch-likes',
  },
] satisfies BoundaryInput[];
