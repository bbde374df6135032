// https://docs.nestjs.com/controllers
import { httpClients } from '../http-clients.ts';
import type { BoundaryInput } from '../schema.ts';

export default [
  {
    id: 'nestjs/route', family: 'http', library: 'NestJS', package: '@nestjs/common', versions: '>=11 <12',
    role: 'consumer', coupling: 'awaited', rule: 'no-dark-request', counterparts: httpClients, needsPeer: true,
    match: { modules: ['@nestjs/common'], exports: ['Get', 'Post', 'Put', 'Patch', 'Delete', 'All'], use: 'decorator' },
    channel: { by: 'route', prefix: ['Controller'] },
    runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' },
    slots: [{ in: 'headers', path: ['traceparent'], encoding: 'headers' }],
    coveredBy: [{ package: '@opentelemetry/instrumentation-http', side: 'consumer' }],
    repair: { refused: 'no-repair', detail: 'extract from the request\'s headers in a middleware, or register `@opentelemetry/instrumentation-http`' },
    farSide: 'every request starts a new trace', advice: 'Extract the carrier from the request\'s headers in a middleware.',
    upstream: 'https://docs.nestjs.com/controllers', evidence: 'proved', proof: 'fixtures/proofs/fetch-nestjs',
  },
] satisfies BoundaryInput[];
