// https://github.com/graffle-js/graffle/tree/graphql-request
import type { BoundaryInput } from '../schema.ts';

const request = {
  family: 'http', library: 'graphql-request', package: 'graphql-request', versions: '>=7.4 <8', role: 'producer', coupling: 'awaited', rule: 'no-dark-request', channel: { by: 'url' },
  runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' },
  coveredBy: [
    { package: '@opentelemetry/instrumentation-undici', side: 'producer' },
    { package: '@opentelemetry/instrumentation-fetch', side: 'producer' },
  ],
  twice: 'breaks',
  repair: { strategy: 'call-traced-client' },
  farSide: 'the service that answers starts a new trace', advice: 'Send `traceparent` in the request\'s headers, or register `@opentelemetry/instrumentation-undici`.',
  upstream: 'https://github.com/graffle-js/graffle/tree/graphql-request', evidence: 'read', proof: 'measured row http.graphql-request',
} as const satisfies Partial<BoundaryInput>;
const modules = ['graphql-request'];

export default [
  {
    ...request, id: 'graphql-request/client', match: { modules, exports: ['GraphQLClient'], use: 'instance', members: ['request', 'rawRequest', 'batchRequests'] },
    args: { options: 2 }, request: { receiver: 0, base: ['url'], method: 'POST' },
    slots: [{ in: 'headers', path: ['traceparent'], encoding: 'headers' }],
    evidence: 'proved', proof: 'fixtures/proofs/graphql-requests',
  },
  {
    ...request, id: 'graphql-request/request', match: { modules, exports: ['request', 'default', 'rawRequest', 'gql.request'], use: 'call' },
    args: { destination: 0, options: 3 }, request: { url: ['url'], method: 'POST' },
    slots: [{ in: 'headers', path: ['traceparent'], encoding: 'headers' }, { in: 'headers', path: ['requestHeaders', 'traceparent'], encoding: 'headers' }],
    evidence: 'proved', proof: 'fixtures/proofs/graphql-requests',
  },
] satisfies BoundaryInput[];
