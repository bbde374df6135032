// https://hono.dev/docs/api/routing
import { httpClients } from '../http-clients.ts';
import type { BoundaryInput } from '../schema.ts';

export default [
  {
    id: 'hono/route', family: 'http', library: 'Hono', package: 'hono',
    role: 'consumer', coupling: 'awaited', rule: 'no-dark-request', counterparts: httpClients, needsPeer: true,
    match: { modules: ['hono'], near: ['hono'], exports: ['Hono'], use: 'instance', members: ['get', 'post', 'put', 'patch', 'delete', 'all'] }, args: { callback: -1 }, channel: { by: 'route' },
    runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' },
    slots: [{ in: 'headers', path: ['traceparent'], encoding: 'headers' }],
    coveredBy: [{ package: '@opentelemetry/instrumentation-http', side: 'consumer' }],
    repair: { strategy: 'extract-in-http-handler' },
    farSide: 'every request starts a new trace', advice: 'Extract the carrier from the request\'s headers.',
    upstream: 'https://hono.dev/docs/api/routing', evidence: 'proved', proof: 'fixtures/proofs/fetch-hono',
  },
] satisfies BoundaryInput[];
