// https://fastify.dev/docs/latest/Reference/Routes/
import { httpClients } from '../http-clients.ts';
import type { BoundaryInput } from '../schema.ts';

export default [
  {
    id: 'fastify/route', family: 'http', library: 'Fastify', package: 'fastify',
    role: 'consumer', coupling: 'awaited', rule: 'no-dark-request', counterparts: httpClients, needsPeer: true,
    match: { modules: ['fastify'], near: ['fastify'], exports: ['default', '*', 'fastify', 'Fastify', 'FastifyInstance'], use: 'instance', members: ['get', 'post', 'put', 'patch', 'delete', 'all'] }, args: { callback: -1 }, channel: { by: 'route' },
    runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' },
    slots: [{ in: 'headers', path: ['traceparent'], encoding: 'headers' }],
    coveredBy: [{ package: '@opentelemetry/instrumentation-http', side: 'consumer' }],
    repair: { strategy: 'extract-in-http-handler' },
    farSide: 'every request starts a new trace', advice: 'Extract the carrier from the request\'s headers.',
    upstream: 'https://fastify.dev/docs/latest/Reference/Routes/', evidence: 'proved', proof: 'fixtures/proofs/fetch-fastify',
  },
] satisfies BoundaryInput[];
