// https://github.com/websockets/ws/blob/master/doc/ws.md
import type { BoundaryInput } from '../schema.ts';

const socket = {
  family: 'socket', library: 'WebSocket', coupling: 'awaited', rule: 'no-dark-request',
  runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' }, evidence: 'proved', proof: 'fixtures/proofs/ws',
} as const satisfies Partial<BoundaryInput>;
const modules = ['ws', 'isomorphic-ws', 'undici', 'reconnecting-websocket'];
const sockets = ['default', '*', 'WebSocket', 'default.WebSocket'];
const accepted = ['WebSocketServer', 'Server', 'default.Server'].flatMap((server) => [`${server}.on:connection(0)`, `${server}.once:connection(0)`, `${server}.handleUpgrade(3)`]);
/** A module of this name, the library or one's own: `ws'` alone ends many other texts. */
const named = ['\'', '"', '/', '-'].flatMap((before) => [`${before}ws'`, `${before}ws"`]);
const clients = ['ws/send'];

export default [
  {
    ...socket, id: 'ws/connect', role: 'producer', connection: true, proof: 'fixtures/proofs/ws-connect',
    match: { modules, near: ['new WebSocket', 'new WS', ...named], exports: sockets, use: 'construct', global: true },
    args: { destination: 0, options: 2 }, request: { method: 'GET' }, channel: { by: 'url' }, counterparts: ['ws/on-message'],
    slots: [{ in: 'headers', path: ['headers', 'traceparent'], encoding: 'headers' }],
    coveredBy: [{ package: '@opentelemetry/instrumentation-http', side: 'producer' }],
    repair: { refused: 'no-repair', detail: 'ws takes headers in its third argument; a browser\'s socket takes none: carry it in a first message, or in each' },
    farSide: 'the service at the other end starts a new trace', advice: 'Carry it in the headers of the handshake (ws), or in a message.',
    upstream: 'https://github.com/websockets/ws/blob/master/doc/ws.md#new-websocketaddress-protocols-options',
  },
  {
    ...socket, id: 'ws/send', role: 'producer', messages: true, bothWays: true,
    match: { modules, near: ['WebSocket', 'ws\'', 'ws"'], exports: [...sockets, ...accepted], use: 'instance', members: ['send'], global: true }, args: { payload: 0 },
    channel: { by: 'url', at: 'receiver' }, counterparts: ['ws/on-message'],
    slots: [{ in: 'payload', path: ['traceparent'], encoding: 'json' }],
    repair: { refused: 'payload-only-slot', detail: 'a message is one text or bytes: put the carrier into it, and extract it where the message is read' },
    farSide: 'whoever reads the message starts a new trace', advice: 'Carry it in the message: an instrumented handshake covers the connection, not what is sent over it.',
    upstream: 'https://github.com/websockets/ws/blob/master/doc/ws.md#websocketsenddata-options-callback',
  },
  {
    ...socket, id: 'ws/on-message', role: 'consumer', needsPeer: true,
    match: { modules, near: ['connection'], exports: accepted, use: 'instance', members: ['on', 'addListener'], event: ['message'] }, args: { callback: 1 },
    channel: { by: 'server' }, counterparts: clients,
    repair: { refused: 'payload-only-slot', detail: 'extract the carrier from the message' },
    farSide: 'every message starts a new trace', advice: 'Extract the carrier from the message.',
    upstream: 'https://github.com/websockets/ws/blob/master/doc/ws.md#event-message',
  },
] satisfies BoundaryInput[];
