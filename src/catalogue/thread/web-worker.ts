// https://developer.mozilla.org/docs/Web/API/Worker
import type { BoundaryInput } from '../schema.ts';

/** In Node there is no global `Worker`: code that names one there is a page's. */
const worker = {
  family: 'thread', library: 'Web Worker', rule: 'no-dark-thread', coupling: 'awaited',
  runtimes: { node: 'kept', browser: 'lost', 'browser-zone': 'lost' }, evidence: 'proved', proof: 'fixtures/proofs/web-worker',
} as const satisfies Partial<BoundaryInput>;
const handler = {
  ...worker, role: 'consumer', channel: { by: 'this-file' }, counterparts: ['web-worker/post-message', 'service-worker/post-message'], needsPeer: true,
  repair: { refused: 'no-repair', detail: 'extract the carrier from `event.data` and run the handler in that context' },
  farSide: 'every message starts a new trace', advice: 'Extract the carrier from `event.data`.',
} as const satisfies Partial<BoundaryInput>;

export default [
  {
    ...worker, id: 'web-worker/post-message', role: 'producer', messages: true, needsFarSide: true,
    match: { exports: ['Worker'], use: 'instance', members: ['postMessage'], global: true }, args: { payload: 0 },
    channel: { by: 'worker-file', at: 'receiver' }, counterparts: ['web-worker/on-message', 'web-worker/add-event-listener'],
    slots: [{ in: 'payload', path: ['_otel'], encoding: 'object' }],
    repair: { refused: 'no-repair', detail: 'inject a carrier into the message, and extract it from `event.data` in the worker' },
    farSide: 'the worker starts a new trace', advice: 'Carry it in the message, and extract it in the worker.',
    upstream: 'https://developer.mozilla.org/docs/Web/API/Worker/postMessage',
  },
  {
    ...worker, id: 'shared-worker/post-message', library: 'SharedWorker', role: 'producer', messages: true, needsFarSide: true, proof: 'fixtures/proofs/shared-worker',
    match: { exports: ['SharedWorker.port'], near: ['SharedWorker'], use: 'instance', members: ['postMessage'], global: true }, args: { payload: 0 }, channel: { by: 'worker-file', at: 'receiver' },
    slots: [{ in: 'payload', path: ['_otel'], encoding: 'object' }],
    repair: { refused: 'no-repair', detail: 'inject a carrier into the message, and extract it from `event.data` where the port is listened to' },
    farSide: 'the worker starts a new trace', advice: 'Carry it in the message, and extract it in the worker.',
    upstream: 'https://developer.mozilla.org/docs/Web/API/SharedWorker/port',
  },
  {
    ...worker, id: 'service-worker/post-message', library: 'service workers', role: 'producer', messages: true, needsFarSide: true, needsPeer: true, proof: 'fixtures/proofs/service-worker',
    match: { exports: ['ServiceWorker'], use: 'instance', members: ['postMessage'], global: true }, args: { payload: 0 },
    channel: { by: 'worker-file', at: 'receiver' }, counterparts: ['web-worker/on-message', 'web-worker/add-event-listener'],
    slots: [{ in: 'payload', path: ['_otel'], encoding: 'object' }],
    repair: { refused: 'no-repair', detail: 'inject a carrier into the message, and extract it from `event.data` in the service worker' },
    farSide: 'the service worker starts a new trace', advice: 'Carry it in the message, and extract it in the service worker.',
    upstream: 'https://developer.mozilla.org/docs/Web/API/ServiceWorker/postMessage',
  },
  {
    ...handler, id: 'web-worker/on-message', match: { exports: ['self', 'globalThis'], use: 'assign', members: ['onmessage'], near: ['onmessage ='], global: true },
    upstream: 'https://developer.mozilla.org/docs/Web/API/DedicatedWorkerGlobalScope/message_event',
  },
  {
    ...handler, id: 'web-worker/add-event-listener', args: { callback: 1 },
    match: { exports: ['addEventListener'], use: 'call', event: ['message'], near: ['addEventListener(\'message\'', 'addEventListener("message"'], global: true },
    upstream: 'https://developer.mozilla.org/docs/Web/API/DedicatedWorkerGlobalScope/message_event',
  },
] satisfies BoundaryInput[];
