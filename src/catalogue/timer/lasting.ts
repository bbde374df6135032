// https://nodejs.org/docs/latest-v20.x/api/async_context.html: what is made or begun keeps the context in which that was done
import type { BoundaryInput } from '../schema.ts';

const lasting = {
  family: 'timer', role: 'callback', coupling: 'detached', rule: 'no-leaked-context', recurring: true, evidence: 'proved', proof: 'fixtures/proofs/lasting-objects', args: { callback: 1 },
  runtimes: { node: 'leaked', browser: 'lost', 'browser-zone': 'leaked' },
  repair: { strategy: 'begin-in-root' },
} as const satisfies Partial<BoundaryInput>;
const made = 'Make it as the program starts, or under `ROOT_CONTEXT`.';
const sockets = ['default', '*', 'WebSocket', 'default.WebSocket'];
/** Files that serve requests, as far as a cheap look tells. */
const serving = ['express', 'fastify', 'hono', 'koa', '@nestjs/common', 'createServer', 'bullmq', 'amqplib', 'kafkajs'];

export default [
  {
    ...lasting, id: 'timers/rescheduled', library: 'timers', args: { callback: 0 },
    match: { modules: ['timers'], near: serving, exports: ['setTimeout', 'setImmediate'], use: 'again', global: true },
    begun: {},
    farSide: 'every run, for as long as the process lives, joins the trace of the request that began it',
    advice: 'Begin it outside of the request, or under `ROOT_CONTEXT`, with a span of its own in each run.',
    upstream: 'https://developer.mozilla.org/docs/Web/API/Window/setTimeout', proof: 'fixtures/proofs/lasting',
  },
  {
    ...lasting, id: 'lasting/consumer', family: 'queue', library: 'a consumer', match: { exports: ['*'], use: 'lasting' },
    farSide: 'all that it takes later, for whomever, is worked on in the trace of the request that made it', advice: made,
    upstream: 'https://opentelemetry.io/docs/languages/js/context/',
  },
  {
    ...lasting, id: 'lasting/listener', family: 'thread', library: 'a listener', match: { exports: ['*'], use: 'lasting' }, begun: {},
    farSide: 'its messages, whoever asked for them, are handled in the trace of the request that made it', advice: made,
    upstream: 'https://nodejs.org/docs/latest-v20.x/api/worker_threads.html#event-message',
  },
  {
    ...lasting, id: 'lasting/web-socket', family: 'socket', library: 'WebSocket',
    match: { modules: ['ws', 'isomorphic-ws', 'reconnecting-websocket'], near: ["ws'", 'ws"', 'reconnecting-websocket'], exports: sockets, use: 'lasting', members: ['on', 'addListener', 'addEventListener'], event: ['message'] },
    begun: { as: 'construct', unless: ['startClosed'] },
    farSide: 'its messages, whoever asked for them, are handled in the trace of the request that made it', advice: made,
    upstream: 'https://github.com/websockets/ws/blob/master/doc/ws.md#event-message',
  },
  {
    ...lasting, id: 'lasting/net-socket', family: 'socket', library: 'net',
    match: { modules: ['net', 'tls'], near: ["net'", 'net"', "tls'", 'tls"'], exports: ['connect', 'createConnection', 'Socket'], use: 'lasting', members: ['on', 'addListener'], event: ['data'] },
    begun: { as: 'call' },
    farSide: 'what comes over it, whoever asked for it, is handled in the trace of the request that opened it', advice: made,
    upstream: 'https://nodejs.org/docs/latest-v20.x/api/net.html#event-data', proof: 'fixtures/proofs/lasting',
  },
  {
    ...lasting, id: 'lasting/event-source', family: 'socket', library: 'EventSource',
    match: { modules: ['eventsource'], near: ['EventSource'], exports: ['EventSource', 'default', '*'], use: 'lasting', members: ['addEventListener', 'on'], event: ['message'] },
    begun: {},
    farSide: 'its events are handled in the trace of the request that opened it', advice: made,
    upstream: 'https://github.com/EventSource/eventsource',
  },
  {
    ...lasting, id: 'lasting/pool', family: 'emitter', library: 'a pool', match: { exports: ['*'], use: 'lasting' }, begun: { unless: ['autostart'] },
    farSide: 'what it makes and checks by itself, for whomever, is done in the trace of the request that made it', advice: made,
    upstream: 'https://github.com/coopernurse/node-pool#createpool',
  },
] satisfies BoundaryInput[];
