// https://socket.io/docs/v4/emitting-events/
import type { BoundaryInput } from '../schema.ts';

const socket = {
  family: 'socket', library: 'Socket.IO', coupling: 'awaited', rule: 'no-dark-request', needsPeer: true, channel: { by: 'name' },
  runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' },
  evidence: 'proved', proof: 'fixtures/proofs/socket-io',
} as const satisfies Partial<BoundaryInput>;
const client = ['io', 'default', '*', 'connect', 'Socket', 'Manager.socket'];
const accepted = ['Server.on:connection(0)', 'Server.of.on:connection(0)', 'Namespace.on:connection(0)', 'default.on:connection(0)', 'Socket'];
const servers = ['Server', 'Server.of', 'Server.to', 'Server.in', 'Namespace', ...accepted];
const near = ['socket.io', 'socket', 'Socket'];
const emit = ['emit', 'emitWithAck', 'timeout.emit', 'timeout.emitWithAck'];
const advice = 'Carry it in the event\'s payload: the instrumentation of Socket.IO makes spans and carries nothing.';

export default [
  {
    ...socket, id: 'socket.io-client/emit', role: 'producer', package: 'socket.io-client', messages: true,
    match: { modules: ['socket.io-client'], near, exports: client, use: 'instance', members: emit }, args: { payload: 1 }, counterparts: ['socket.io/on'],
    slots: [{ in: 'payload', path: ['_otel', 'traceparent'], encoding: 'object' }], repair: { strategy: 'carry-in-slot' },
    farSide: 'the listener starts a new trace', advice, upstream: 'https://socket.io/docs/v4/emitting-events/',
  },
  {
    ...socket, id: 'socket.io/emit', role: 'producer', package: 'socket.io', messages: true,
    match: { modules: ['socket.io'], near, exports: servers, use: 'instance', members: emit }, args: { payload: 1 }, counterparts: ['socket.io-client/on'],
    slots: [{ in: 'payload', path: ['_otel', 'traceparent'], encoding: 'object' }], repair: { strategy: 'carry-in-slot' },
    farSide: 'the listener starts a new trace', advice, upstream: 'https://socket.io/docs/v4/emitting-events/',
  },
  {
    ...socket, id: 'socket.io/on', role: 'consumer', package: 'socket.io',
    match: { modules: ['socket.io'], near, exports: accepted, use: 'instance', members: ['on', 'once'] }, args: { callback: -1 }, slots: [{ in: 'message', path: ['_otel'], encoding: 'object' }], repair: { strategy: 'extract-in-consumer' }, counterparts: ['socket.io-client/emit'],
    farSide: 'every event starts a new trace', advice: 'Extract the carrier from the event\'s payload.', upstream: 'https://socket.io/docs/v4/listening-to-events/',
  },
  {
    ...socket, id: 'socket.io-client/on', role: 'consumer', package: 'socket.io-client',
    match: { modules: ['socket.io-client'], near, exports: client, use: 'instance', members: ['on', 'once'] }, args: { callback: -1 }, slots: [{ in: 'message', path: ['_otel'], encoding: 'object' }], repair: { strategy: 'extract-in-consumer' }, counterparts: ['socket.io/emit'],
    farSide: 'every event starts a new trace', advice: 'Extract the carrier from the event\'s payload.', upstream: 'https://socket.io/docs/v4/listening-to-events/',
  },
] satisfies BoundaryInput[];
