// https://github.com/koajs/router
import { httpClients } from '../http-clients.ts';
import type { BoundaryInput } from '../schema.ts';

export default [
  {
    id: 'koa/route', family: 'http', library: '@koa/router', package: '@koa/router', versions: '>=15.7 <16',
    role: 'consumer', coupling: 'awaited', rule: 'no-dark-request', counterparts: httpClients, needsPeer: true,
    match: { modules: ['@koa/router', 'koa-router'], near: ['koa'], exports: ['default', '*', 'Router'], use: 'instance', members: ['get', 'post', 'put', 'patch', 'delete', 'del', 'all'] }, args: { callback: -1 }, channel: { by: 'route' },
    runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' },
    slots: [{ in: 'headers', path: ['traceparent'], encoding: 'headers' }],
    coveredBy: [{ package: '@opentelemetry/instrumentation-http', side: 'consumer' }],
    repair: { strategy: 'extract-in-http-handler' },
    farSide: 'every request starts a new trace', advice: 'Extract the carrier from `ctx.headers`.',
    upstream: 'https://github.com/koajs/router', evidence: 'proved', proof: 'fixtures/proofs/fetch-koa',
  },
] satisfies BoundaryInput[];
