// https://nodejs.org/docs/latest-v20.x/api/http.html#httpcreateserveroptions-requestlistener
import { httpClients } from '../http-clients.ts';
import type { BoundaryInput } from '../schema.ts';

const server = {
  family: 'http', library: 'node:http', role: 'consumer', coupling: 'awaited', rule: 'no-dark-request', counterparts: httpClients, needsPeer: true,
  args: { callback: -1 }, channel: { by: 'server' },
  runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' },
  slots: [{ in: 'headers', path: ['traceparent'], encoding: 'headers' }],
  repair: { strategy: 'extract-in-http-handler' },
  farSide: 'every request starts a new trace', advice: 'Extract the carrier from the request\'s headers.',
  evidence: 'proved',
} as const satisfies Partial<BoundaryInput>;

export default [
  {
    ...server, id: 'node-http/handler',
    match: { modules: ['http', 'https'], exports: ['createServer'], near: ['createServer'], use: 'call' },
    coveredBy: [{ package: '@opentelemetry/instrumentation-http', side: 'consumer' }],
    upstream: 'https://nodejs.org/docs/latest-v20.x/api/http.html#httpcreateserveroptions-requestlistener', proof: 'fixtures/proofs/fetch-node-http',
  },
  {
    ...server, id: 'http2/handler', library: 'node:http2',
    match: { modules: ['http2'], exports: ['createServer', 'createSecureServer'], near: ['http2'], use: 'call' },
    upstream: 'https://nodejs.org/docs/latest-v20.x/api/http2.html#http2createserveroptions-onrequesthandler', proof: 'fixtures/proofs/http2-handler',
  },
  {
    ...server, id: 'http2/on-stream', library: 'node:http2', args: { callback: 1 },
    match: { modules: ['http2'], exports: ['createServer', 'createSecureServer'], near: ['http2'], use: 'instance', members: ['on', 'addListener'], event: ['stream'] },
    slots: [{ in: 'message', parameter: 1, path: ['traceparent'], encoding: 'headers' }],
    upstream: 'https://nodejs.org/docs/latest-v20.x/api/http2.html#event-stream_1', proof: 'fixtures/proofs/http2-server',
  },
] satisfies BoundaryInput[];
