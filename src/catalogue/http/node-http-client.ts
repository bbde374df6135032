// https://nodejs.org/docs/latest-v20.x/api/http.html#httprequesturl-options-callback
import type { BoundaryInput } from '../schema.ts';

const request = {
  family: 'http', library: 'node:http', role: 'producer', coupling: 'awaited', rule: 'no-dark-request', channel: { by: 'url' },
  args: { destination: 0, options: 1 }, request: { url: ['path', 'pathname'], host: ['hostname', 'host'] },
  runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' },
  slots: [{ in: 'headers', path: ['headers', 'traceparent'], encoding: 'headers' }],
  coveredBy: [{ package: '@opentelemetry/instrumentation-http', side: 'producer' }], twice: 'harmless',
  repair: { strategy: 'carry-headers' },
  farSide: 'the service that answers starts a new trace', advice: 'Send `traceparent` in the request\'s `headers`, or register `@opentelemetry/instrumentation-http`.',
  upstream: 'https://nodejs.org/docs/latest-v20.x/api/http.html#httprequesturl-options-callback', evidence: 'read', proof: 'measured row http.http.request',
} as const satisfies Partial<BoundaryInput>;
const modules = ['http', 'https', 'follow-redirects'];
const near = ['\'http\'', '"http"', '\'https\'', '"https"', 'node:http', 'follow-redirects'];

export default [
  { ...request, id: 'node-http/request', match: { modules, near, exports: ['default', '*', 'http', 'https'], use: 'method', members: ['request', 'get'] }, evidence: 'proved', proof: 'fixtures/proofs/node-http-requests' },
  { ...request, id: 'node-http/request-imported', match: { modules, exports: ['request', 'get'], use: 'call' }, evidence: 'proved', proof: 'fixtures/proofs/node-http-requests' },
  {
    ...request, id: 'http2/request', library: 'node:http2',
    match: { modules: ['http2'], near: ['http2'], exports: ['connect'], use: 'instance', members: ['request'] },
    args: { destination: 0, options: 0, payload: 0 }, request: { url: [':path'], receiver: 0 },
    slots: [{ in: 'payload', path: ['traceparent'], encoding: 'headers' }], coveredBy: [],
    repair: { strategy: 'carry-in-slot' }, advice: 'Send `traceparent` among the headers that `request` is given: no instrumentation does.',
    upstream: 'https://nodejs.org/docs/latest-v20.x/api/http2.html#clienthttp2sessionrequestheaders-options', evidence: 'proved', proof: 'fixtures/proofs/http2-request',
  },
] satisfies BoundaryInput[];
