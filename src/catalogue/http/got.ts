// https://github.com/sindresorhus/got/blob/main/documentation/2-options.md
import type { BoundaryInput } from '../schema.ts';

const got = {
  family: 'http', library: 'got', package: 'got', versions: '>=14.6 <15', role: 'producer', coupling: 'awaited', rule: 'no-dark-request', channel: { by: 'url' },
  args: { destination: 0, options: 1 },
  runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' },
  slots: [{ in: 'headers', path: ['headers', 'traceparent'], encoding: 'headers' }],
  coveredBy: [{ package: '@opentelemetry/instrumentation-http', side: 'producer' }], twice: 'harmless',
  repair: { strategy: 'carry-headers' },
  farSide: 'the service that answers starts a new trace', advice: 'Inject into `options.headers` in a `beforeRequest` hook, or register `@opentelemetry/instrumentation-http`.',
  upstream: 'https://github.com/sindresorhus/got/blob/main/documentation/2-options.md', evidence: 'read', proof: 'measured row http.got',
} as const satisfies Partial<BoundaryInput>;
const modules = ['got'];
const place = { url: ['url'], base: ['prefixUrl', 'baseUrl'] };
const members = ['get', 'post', 'put', 'patch', 'delete', 'head', 'stream'];
const instances = ['extend', 'extend.extend', 'create.extend', 'default.extend', 'got.extend', 'Got'];

export default [
  { ...got, id: 'got/call', match: { modules, exports: ['default', '*', 'got'], use: 'call' }, request: place, evidence: 'proved', proof: 'fixtures/proofs/got-requests' },
  { ...got, id: 'got/method', match: { modules, near: ['got'], exports: ['default', '*', 'got'], use: 'method', members }, request: { ...place, method: 'member' }, evidence: 'proved', proof: 'fixtures/proofs/got-requests' },
  { ...got, id: 'got/instance-call', match: { modules, exports: instances, use: 'instance' }, request: { ...place, receiver: 0 }, evidence: 'proved', proof: 'fixtures/proofs/got-requests' },
  { ...got, id: 'got/instance', match: { modules, exports: instances, use: 'instance', members, addressed: true }, request: { ...place, receiver: 0, method: 'member' }, evidence: 'proved', proof: 'fixtures/proofs/got-requests' },
] satisfies BoundaryInput[];
