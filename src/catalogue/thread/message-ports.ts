// https://nodejs.org/docs/latest-v20.x/api/worker_threads.html#class-messageport
import type { BoundaryInput } from '../schema.ts';

/** Ports carry streams of results more often than work: only what waits for an answer counts. */
const port = {
  family: 'thread', library: 'worker_threads', rule: 'no-dark-thread', coupling: 'awaited', role: 'producer', messages: true, asks: true, args: { payload: 0 },
  runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' }, slots: [{ in: 'payload', path: ['_otel'], encoding: 'object' }],
  repair: { refused: 'no-repair', detail: 'inject a carrier into the message, and extract it where the other port\'s messages are handled' },
  farSide: 'whoever holds the other port starts a new trace', advice: 'Carry it in the message, and extract it at the other port.',
  upstream: 'https://nodejs.org/docs/latest-v20.x/api/worker_threads.html#portpostmessagevalue-transferlist', evidence: 'read', proof: 'measured row wt.port-to-worker',
} as const satisfies Partial<BoundaryInput>;
const modules = ['worker_threads'];

export default [
  { ...port, id: 'worker_threads/port-post-message', match: { modules, exports: ['MessagePort'], use: 'instance', members: ['postMessage'] }, evidence: 'proved', proof: 'fixtures/proofs/message-port' },
  { ...port, id: 'worker_threads/channel-post-message', match: { modules, exports: ['MessageChannel.port1', 'MessageChannel.port2'], use: 'method', members: ['postMessage'] }, evidence: 'proved', proof: 'fixtures/proofs/message-channel' },
] satisfies BoundaryInput[];
