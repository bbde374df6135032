// https://undici.nodejs.org/#/docs/api/Dispatcher
import type { BoundaryInput } from '../schema.ts';

const request = {
  family: 'http', library: 'undici', package: 'undici', versions: '>=7.30 <8', role: 'producer', coupling: 'awaited', rule: 'no-dark-request',
  channel: { by: 'url' }, 
  runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' },
  slots: [{ in: 'headers', path: ['headers', 'traceparent'], encoding: 'headers' }],
  coveredBy: [{ package: '@opentelemetry/instrumentation-undici', side: 'producer' }], twice: 'breaks',
  repair: { strategy: 'call-traced-client' },
  farSide: 'the service that answers starts a new trace', advice: 'Send `traceparent` in the request\'s `headers`, or register `@opentelemetry/instrumentation-undici`.',
  evidence: 'read',
} as const satisfies Partial<BoundaryInput>;
const modules = ['undici'];

export default [
  {
    ...request, id: 'undici/request', match: { modules, exports: ['request', 'stream', 'pipeline', 'default.request'], use: 'call' },
    args: { destination: 0, options: 1 }, request: { url: ['path', 'pathname'], base: ['origin'] },
    upstream: 'https://undici.nodejs.org/#/docs/api/Dispatcher?id=dispatcherrequestoptions-callback', evidence: 'proved', proof: 'fixtures/proofs/undici-requests',
  },
  {
    ...request, id: 'undici/fetch', match: { modules, exports: ['fetch'], use: 'call' }, args: { destination: 0, options: 1 },
    upstream: 'https://undici.nodejs.org/#/docs/api/Fetch', evidence: 'proved', proof: 'fixtures/proofs/undici-requests',
  },
  {
    ...request, id: 'undici/dispatcher-request', match: { modules, near: ['undici', 'Pool', 'Agent', 'Client'], exports: ['Client', 'Pool', 'BalancedPool', 'Agent', 'ProxyAgent', 'Dispatcher'], use: 'instance', members: ['request', 'stream', 'pipeline'] },
    args: { destination: 0, options: 0 }, request: { url: ['path'], base: ['origin'], receiver: 0 },
    upstream: 'https://undici.nodejs.org/#/docs/api/Client', evidence: 'proved', proof: 'fixtures/proofs/undici-requests',
  },
] satisfies BoundaryInput[];
