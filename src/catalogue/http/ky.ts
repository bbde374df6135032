// https://github.com/sindresorhus/ky#api
import type { BoundaryInput } from '../schema.ts';

const ky = {
  family: 'http', library: 'ky', package: 'ky', versions: '>=1.14 <2', role: 'producer', coupling: 'awaited', rule: 'no-dark-request', channel: { by: 'url' },
  args: { destination: 0, options: 1 },
  runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' },
  slots: [{ in: 'headers', path: ['headers', 'traceparent'], encoding: 'headers' }],
  coveredBy: [
    { package: '@opentelemetry/instrumentation-undici', side: 'producer' },
    { package: '@opentelemetry/instrumentation-fetch', side: 'producer' },
  ],
  twice: 'breaks',
  repair: { strategy: 'call-traced-client' },
  farSide: 'the service that answers starts a new trace', advice: 'Send `traceparent` from a `beforeRequest` hook, or register `@opentelemetry/instrumentation-undici`.',
  upstream: 'https://github.com/sindresorhus/ky#api', evidence: 'read', proof: 'measured row http.ky',
} as const satisfies Partial<BoundaryInput>;
const modules = ['ky'];
const base = ['prefixUrl', 'prefix', 'baseUrl'];
const members = ['get', 'post', 'put', 'patch', 'delete', 'head'];
const instances = ['create', 'extend', 'create.extend', 'extend.extend', 'default.create', 'default.extend', 'KyInstance'];

export default [
  { ...ky, id: 'ky/call', match: { modules, exports: ['default', '*'], use: 'call' }, request: { base }, evidence: 'proved', proof: 'fixtures/proofs/ky-requests' },
  { ...ky, id: 'ky/method', match: { modules, near: ['ky'], exports: ['default', '*'], use: 'method', members }, request: { base, method: 'member' }, evidence: 'proved', proof: 'fixtures/proofs/ky-requests' },
  { ...ky, id: 'ky/instance-call', match: { modules, exports: instances, use: 'instance' }, request: { base, receiver: 0 }, evidence: 'proved', proof: 'fixtures/proofs/ky-requests' },
  { ...ky, id: 'ky/instance', match: { modules, exports: instances, use: 'instance', members, addressed: true }, request: { base, receiver: 0, method: 'member' }, evidence: 'proved', proof: 'fixtures/proofs/ky-requests' },
] satisfies BoundaryInput[];
