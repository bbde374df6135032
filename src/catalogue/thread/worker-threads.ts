// https://nodejs.org/docs/latest-v20.x/api/worker_threads.html
import type { BoundaryInput } from '../schema.ts';

const thread = {
  family: 'thread', library: 'worker_threads', rule: 'no-dark-thread',
  runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' }, evidence: 'proved',
} as const satisfies Partial<BoundaryInput>;
const modules = ['worker_threads'];
const docs = 'https://nodejs.org/docs/latest-v20.x/api/worker_threads.html';

export default [
  {
    ...thread, id: 'worker_threads/new-worker', role: 'producer', coupling: 'awaited',
    match: { modules, exports: ['Worker'], use: 'construct' }, args: { options: 1 }, handsOver: ['workerData'],
    channel: { by: 'worker-file' }, counterparts: ['worker_threads/worker-data'],
    slots: [{ in: 'options', path: ['workerData', '_otel'], encoding: 'object' }, { in: 'environment', path: ['env', 'TRACEPARENT'], encoding: 'object' }],
    repair: { strategy: 'carry-worker-data' },
    farSide: 'the worker starts a new trace', advice: 'Carry it in `workerData`.',
    upstream: `${docs}#new-workerfilename-options`, proof: 'fixtures/proofs/worker-data-object',
  },
  {
    ...thread, id: 'worker_threads/worker-data', role: 'consumer', coupling: 'awaited',
    match: { modules, exports: ['workerData'], use: 'start' },
    channel: { by: 'this-file' }, counterparts: ['worker_threads/new-worker'], needsPeer: true,
    repair: { strategy: 'extract-at-start' },
    farSide: 'the work that it starts begins a new trace', advice: 'Extract the carrier from `workerData` before the work starts.',
    upstream: `${docs}#workerworkerdata`, proof: 'fixtures/proofs/worker-data-object',
  },
  {
    ...thread, id: 'worker_threads/worker-post-message', role: 'producer', coupling: 'awaited', messages: true,
    match: { modules, exports: ['Worker'], use: 'instance', members: ['postMessage'] }, args: { payload: 0 },
    channel: { by: 'worker-file', at: 'receiver' }, counterparts: ['worker_threads/parent-port-on-message'],
    slots: [{ in: 'payload', path: ['_otel'], encoding: 'object' }],
    repair: { strategy: 'carry-message' },
    farSide: 'the worker starts a new trace', advice: 'Carry it in the message, and extract it in the worker.',
    upstream: `${docs}#workerpostmessagevalue-transferlist`, proof: 'fixtures/proofs/worker-message-inline',
  },
  {
    ...thread, id: 'worker_threads/parent-port-on-message', role: 'consumer', coupling: 'awaited',
    match: { modules, exports: ['parentPort'], near: ['parentPort'], use: 'method', members: ['on', 'once', 'addListener'], event: ['message'] }, args: { callback: 1 },
    channel: { by: 'this-file' }, counterparts: ['worker_threads/worker-post-message'],
    slots: [{ in: 'payload', path: ['_otel'], encoding: 'object' }],
    repair: { strategy: 'extract-in-message-handler' },
    farSide: 'every message starts a new trace', advice: 'Extract the carrier from the message.',
    upstream: `${docs}#workerparentport`, proof: 'fixtures/proofs/worker-message-inline',
  },
  {
    ...thread, id: 'worker_threads/parent-port-post-message', role: 'producer', coupling: 'awaited', messages: true, asks: true,
    match: { modules, exports: ['parentPort'], near: ['parentPort'], use: 'method', members: ['postMessage'] }, args: { payload: 0 },
    channel: { by: 'this-file' }, counterparts: ['worker_threads/worker-on-message'],
    slots: [{ in: 'payload', path: ['_otel'], encoding: 'object' }],
    repair: { strategy: 'carry-message' },
    farSide: 'the parent handles it in the context in which the worker was created', advice: 'Carry it in the message, and extract it in the parent.',
    upstream: `${docs}#workerparentport`, proof: 'fixtures/proofs/worker-asks-parent',
  },
  {
    ...thread, id: 'worker_threads/worker-on-message', role: 'callback', coupling: 'awaited', runsAtCreation: true,
    match: { modules, exports: ['Worker'], near: ["'message'", '"message"'], use: 'instance', members: ['on', 'once', 'addListener'], event: ['message'] }, args: { callback: 1 },
    runtimes: { node: 'wrong', browser: 'lost', 'browser-zone': 'lost' },
    channel: { by: 'worker-file', at: 'receiver' }, counterparts: ['worker_threads/parent-port-post-message'],
    repair: { strategy: 'bind-callback' },
    farSide: 'it runs in the context in which the worker was created, not in the caller\'s', advice: 'Bind it: `context.bind(context.active(), fn)`.',
    upstream: `${docs}#event-message`, proof: 'fixtures/proofs/worker-listener',
  },
] satisfies BoundaryInput[];
