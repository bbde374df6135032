// https://axios-http.com/docs/api_intro
import type { BoundaryInput } from '../schema.ts';

const overFetch = ['adapter: \'fetch\'', 'adapter: "fetch"', 'adapter: [\'fetch\'', 'adapter: ["fetch"'];
const axios = {
  family: 'http', library: 'axios', package: 'axios', versions: '>=1.21 <2', role: 'producer', coupling: 'awaited', rule: 'no-dark-request', channel: { by: 'url' },
  runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' },
  slots: [{ in: 'headers', path: ['headers', 'traceparent'], encoding: 'headers' }],
  coveredBy: [
    // Where it sends with fetch. A client with an adapter of its own is not repaired, so that nothing is sent twice.
    { package: '@opentelemetry/instrumentation-undici', side: 'producer', near: overFetch, twice: false },
    { package: '@opentelemetry/instrumentation-fetch', side: 'producer', near: overFetch, twice: false },
    { package: '@opentelemetry/instrumentation-http', side: 'producer' },
    { package: '@opentelemetry/instrumentation-xml-http-request', side: 'producer' },
  ],
  twice: 'harmless',
  repair: { strategy: 'carry-headers' },
  farSide: 'the service that answers starts a new trace', advice: 'Inject into `headers` in a request interceptor, or register `@opentelemetry/instrumentation-http`.',
  upstream: 'https://axios-http.com/docs/api_intro', evidence: 'read', proof: 'measured row http.axios',
} as const satisfies Partial<BoundaryInput>;
const modules = ['axios'];
const place = { url: ['url'], base: ['baseURL'] };
const reads = ['get', 'delete', 'head', 'options'];
const writes = ['post', 'put', 'patch', 'postForm', 'putForm', 'patchForm'];
const instances = ['create', 'default.create', 'Axios', 'AxiosInstance', 'AxiosStatic'];
/** A setup module's own instance may come under any name, so no word of axios need stand in the file. */
const nestModules = ['@nestjs/axios', '@nestjs/common'];

export default [
  { ...axios, id: 'axios/call', match: { modules, exports: ['default', '*'], use: 'call' }, args: { destination: 0, options: 1 }, request: place, evidence: 'proved', proof: 'fixtures/proofs/axios-requests' },
  { ...axios, id: 'axios/request', match: { modules, near: ['axios'], exports: ['default', '*'], use: 'method', members: ['request'] }, args: { destination: 0, options: 0 }, request: place, evidence: 'proved', proof: 'fixtures/proofs/axios-requests' },
  { ...axios, id: 'axios/method', match: { modules, near: ['axios'], exports: ['default', '*'], use: 'method', members: reads }, args: { destination: 0, options: 1 }, request: { ...place, url: [], method: 'member' }, evidence: 'proved', proof: 'fixtures/proofs/axios-requests' },
  { ...axios, id: 'axios/write', match: { modules, near: ['axios'], exports: ['default', '*'], use: 'method', members: writes }, args: { destination: 0, options: 2 }, request: { ...place, url: [], method: 'member', body: 1 }, evidence: 'proved', proof: 'fixtures/proofs/axios-requests' },
  { ...axios, id: 'axios/instance-call', match: { modules, exports: instances, use: 'instance' }, args: { destination: 0, options: 1 }, request: { ...place, receiver: 0 }, evidence: 'proved', proof: 'fixtures/proofs/axios-requests' },
  { ...axios, id: 'axios/instance-request', match: { modules, exports: instances, use: 'instance', members: ['request'] }, args: { destination: 0, options: 0 }, request: { ...place, receiver: 0 }, evidence: 'proved', proof: 'fixtures/proofs/axios-requests' },
  { ...axios, id: 'axios/instance', match: { modules, exports: instances, use: 'instance', members: reads, addressed: true }, args: { destination: 0, options: 1 }, request: { base: ['baseURL'], receiver: 0, method: 'member' }, evidence: 'proved', proof: 'fixtures/proofs/axios-requests' },
  { ...axios, id: 'axios/instance-write', match: { modules, exports: instances, use: 'instance', members: writes, addressed: true }, args: { destination: 0, options: 2 }, request: { base: ['baseURL'], receiver: 0, method: 'member', body: 1 }, evidence: 'proved', proof: 'fixtures/proofs/axios-requests' },
  {
    ...axios, id: 'nestjs-axios/http-service', library: '@nestjs/axios', package: '@nestjs/axios', versions: '>=4 <5', upstream: 'https://docs.nestjs.com/techniques/http-module',
    match: { modules: nestModules, near: ['HttpService'], exports: ['HttpService'], use: 'instance', members: ['get', 'delete', 'head'] }, args: { destination: 0, options: 1 }, request: { base: ['baseURL'], method: 'member' },
    evidence: 'proved', proof: 'fixtures/proofs/nestjs-axios',
  },
  {
    ...axios, id: 'nestjs-axios/http-service-write', library: '@nestjs/axios', package: '@nestjs/axios', versions: '>=4 <5', upstream: 'https://docs.nestjs.com/techniques/http-module',
    match: { modules: nestModules, near: ['HttpService'], exports: ['HttpService'], use: 'instance', members: ['post', 'put', 'patch'] }, args: { destination: 0, options: 2 }, request: { base: ['baseURL'], method: 'member', body: 1 },
    evidence: 'proved', proof: 'fixtures/proofs/nestjs-axios',
  },
  {
    ...axios, id: 'nestjs-axios/http-service-request', library: '@nestjs/axios', package: '@nestjs/axios', versions: '>=4 <5', upstream: 'https://docs.nestjs.com/techniques/http-module',
    match: { modules: nestModules, near: ['HttpService'], exports: ['HttpService'], use: 'instance', members: ['request'] }, args: { destination: 0, options: 0 }, request: place,
    evidence: 'proved', proof: 'fixtures/proofs/nestjs-axios',
  },
  {
    ...axios, id: 'nestjs-axios/axios-ref', library: '@nestjs/axios', package: '@nestjs/axios', versions: '>=4 <5', upstream: 'https://docs.nestjs.com/techniques/http-module',
    match: { modules: nestModules, near: ['axiosRef'], exports: ['HttpService.axiosRef'], use: 'method', members: writes }, args: { destination: 0, options: 2 }, request: { base: ['baseURL'], method: 'member', body: 1 },
    evidence: 'proved', proof: 'fixtures/proofs/nestjs-axios',
  },
] satisfies BoundaryInput[];
