// https://nodejs.org/docs/latest-v20.x/api/http.html#httpcreateserveroptions-requestlistener
import { httpClients } from '../http-clients.ts';
import type { BoundaryInput } from '../schema.ts';

export default [
  {
    id: 'node-http/handler', family: 'http', library: 'node:http',
    role: 'consumer', coupling: 'awaited', rule: 'no-dark-request', counterparts: httpClients, needsPeer: true,
    match: { modules: ['http', 'https'], exports: ['createServer'], near: ['createServer'], use: 'call' }, args: { callback: -1 }, channel: { by: 'server' },
    runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' },
    slots: [{ in: 'headers', path: ['traceparent'], encoding: 'headers' }],
    coveredBy: [{ package: '@opentelemetry/instrumentation-http', side: 'consumer' }],
    repair: { strategy: 'extract-in-http-handler' },
    farSide: 'every request starts a new trace', advice: 'Extract the carrier from the request\'s headers.',
    upstream: 'https://nodejs.org/docs/latest-v20.x/api/http.html#httpcreateserveroptions-requestlistener', evidence: 'proved', proof: 'fixtures/proofs/fetch-node-http',
  },
] satisfies BoundaryInput[];
