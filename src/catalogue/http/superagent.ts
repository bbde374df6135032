// https://ladjs.github.io/superagent/
import type { BoundaryInput } from '../schema.ts';

const request = {
  family: 'http', role: 'producer', coupling: 'awaited', rule: 'no-dark-request', channel: { by: 'url' },
  runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' },
  slots: [{ in: 'headers', path: ['headers', 'traceparent'], encoding: 'headers' }],
  coveredBy: [{ package: '@opentelemetry/instrumentation-http', side: 'producer' }], twice: 'harmless',
  farSide: 'the service that answers starts a new trace', evidence: 'read',
} as const satisfies Partial<BoundaryInput>;

const likes = ['request', 'request-promise', 'request-promise-native', 'requestretry', '@cypress/request'];
const defaults = ['defaults', 'default.defaults'];

export default [
  {
    ...request, id: 'superagent/method', library: 'superagent', package: 'superagent', versions: '>=10.4 <11',
    match: { modules: ['superagent'], near: ['superagent'], exports: ['default', '*', 'agent'], use: 'method', members: ['get', 'post', 'put', 'patch', 'delete', 'del', 'head'] },
    args: { destination: 0 }, request: { method: 'member' },
    repair: { strategy: 'set-headers' }, advice: 'Send it with `.set(carrier)`, or register `@opentelemetry/instrumentation-http`.',
    upstream: 'https://ladjs.github.io/superagent/', evidence: 'proved', proof: 'fixtures/proofs/superagent-requests',
  },
  {
    ...request, id: 'request/call', library: 'request', package: 'request', versions: '>=2.88 <3',
    match: { modules: likes, exports: ['default', '*'], use: 'call' },
    args: { destination: 0, options: 1 }, request: { url: ['url', 'uri'], base: ['baseUrl'] },
    repair: { strategy: 'carry-headers' }, advice: 'Send `traceparent` in the `headers`, or register `@opentelemetry/instrumentation-http`.',
    upstream: 'https://github.com/request/request#requestoptions-callback', evidence: 'proved', proof: 'fixtures/proofs/superagent-requests',
  },
  {
    ...request, id: 'request/method', library: 'request', package: 'request', versions: '>=2.88 <3',
    match: { modules: likes, near: ['request'], exports: ['default', '*'], use: 'method', members: ['get', 'post', 'put', 'patch', 'delete', 'del'] },
    args: { destination: 0, options: 1 }, request: { url: ['url', 'uri'], base: ['baseUrl'], method: 'member' },
    repair: { strategy: 'carry-headers' }, advice: 'Send `traceparent` in the `headers`, or register `@opentelemetry/instrumentation-http`.',
    upstream: 'https://github.com/request/request#requestoptions-callback', evidence: 'proved', proof: 'fixtures/proofs/superagent-requests',
  },
  {
    ...request, id: 'request/defaults-call', library: 'request', package: 'request', versions: '>=2.88 <3',
    match: { modules: likes, exports: defaults, use: 'instance' },
    args: { destination: 0, options: 1 }, request: { url: ['url', 'uri'], base: ['baseUrl'], receiver: 0 },
    repair: { strategy: 'carry-headers' }, advice: 'Send `traceparent` in the `headers`, or register `@opentelemetry/instrumentation-http`.',
    upstream: 'https://github.com/request/request#requestdefaultsoptions', evidence: 'proved', proof: 'fixtures/proofs/superagent-requests',
  },
  {
    ...request, id: 'request/defaults-method', library: 'request', package: 'request', versions: '>=2.88 <3',
    match: { modules: likes, near: ['request'], exports: defaults, use: 'instance', members: ['get', 'post', 'put', 'patch', 'delete', 'del'] },
    args: { destination: 0, options: 1 }, request: { url: ['url', 'uri'], base: ['baseUrl'], receiver: 0, method: 'member' },
    repair: { strategy: 'carry-headers' }, advice: 'Send `traceparent` in the `headers`, or register `@opentelemetry/instrumentation-http`.',
    upstream: 'https://github.com/request/request#requestdefaultsoptions', evidence: 'proved', proof: 'fixtures/proofs/superagent-requests',
  },
] satisfies BoundaryInput[];
