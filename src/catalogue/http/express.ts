// https://expressjs.com/en/5x/api.html#app.METHOD
import { httpClients } from '../http-clients.ts';
import type { BoundaryInput } from '../schema.ts';

export default [
  {
    id: 'express/route', family: 'http', library: 'Express', package: 'express',
    role: 'consumer', coupling: 'awaited', rule: 'no-dark-request', counterparts: httpClients, needsPeer: true,
    match: { modules: ['express'], near: ['express'], exports: ['default', '*', 'Router', 'Express', 'Application', 'IRouter'], use: 'instance', members: ['get', 'post', 'put', 'patch', 'delete', 'all'] }, args: { callback: -1 }, channel: { by: 'route' },
    runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' },
    slots: [{ in: 'headers', path: ['traceparent'], encoding: 'headers' }],
    coveredBy: [{ package: '@opentelemetry/instrumentation-http', side: 'consumer' }],
    repair: { strategy: 'extract-in-http-handler' },
    farSide: 'every request starts a new trace', advice: 'Extract the carrier from the request\'s headers.',
    upstream: 'https://expressjs.com/en/5x/api.html#app.METHOD', evidence: 'proved', proof: 'fixtures/proofs/fetch-express',
  },
] satisfies BoundaryInput[];
