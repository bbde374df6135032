// https://nats-io.github.io/nats.js/core/
import type { BoundaryInput } from '../schema.ts';

const nats = {
  family: 'queue', library: 'NATS', package: 'nats', versions: '>=2.7', rule: 'no-dark-queue',
  runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' }, evidence: 'proved', proof: 'fixtures/proofs/nats',
  upstream: 'https://github.com/nats-io/nats.js/blob/main/core/README.md',
} as const satisfies Partial<BoundaryInput>;
const modules = ['nats', 'nats.ws', '@nats-io/transport-node', '@nats-io/transport-deno', '@nats-io/nats-core', '@nats-io/jetstream'];
const connections = ['connect', 'wsconnect', 'NatsConnection', 'Client'];
const jetstreams = [...connections.map((name) => `${name}.jetstream`), 'jetstream', 'JetStreamClient'];
const consumers = ['Consumer', ...jetstreams.flatMap((name) => [`${name}.consumers.get`])];
const slots: BoundaryInput['slots'] = [{
  in: 'options', path: ['headers', 'traceparent'], encoding: 'map',
  make: { name: 'headers', modules: ['nats', 'nats.ws', '@nats-io/transport-node', '@nats-io/transport-deno', '@nats-io/nats-core'] },
}];
const received = (parameter: number): BoundaryInput['slots'] => [{ in: 'message', parameter, path: ['headers'], encoding: 'map' }];

const producer = {
  ...nats, role: 'producer', slots, answers: ['reply'], args: { payload: 1, options: 2 }, channel: { by: 'name' },
  repair: { strategy: 'carry-in-slot' },
  farSide: 'the subscriber starts a new trace', advice: 'Carry it in `headers`, copied with `set` from a plain object.',
} as const satisfies Partial<BoundaryInput>;
const consumer = {
  ...nats, role: 'consumer', coupling: 'detached',
  repair: { strategy: 'extract-in-loop' }, slots: received(0), system: 'nats',
  farSide: 'every message starts a new trace', advice: 'Extract the carrier from `msg.headers`, read with `get`.',
} as const satisfies Partial<BoundaryInput>;
const core = ['nats/publish', 'nats/request'];
const stream = { proof: 'fixtures/proofs/nats-jetstream', upstream: 'https://github.com/nats-io/nats.js/blob/main/jetstream/README.md' };

export default [
  { ...producer, id: 'nats/publish', coupling: 'detached', counterparts: ['nats/subscribe', 'nats/subscription'], match: { modules, exports: connections, use: 'instance', members: ['publish'] } },
  { ...producer, id: 'nats/request', coupling: 'awaited', counterparts: ['nats/subscribe', 'nats/subscription'], match: { modules, exports: connections, use: 'instance', members: ['request', 'requestMany'] } },
  { ...producer, ...stream, id: 'nats/jetstream-publish', coupling: 'detached', counterparts: ['nats/jetstream-consume', 'nats/jetstream-messages'], match: { modules, exports: jetstreams, use: 'instance', members: ['publish'] } },
  {
    ...consumer, id: 'nats/subscribe', counterparts: core, match: { modules, exports: connections, use: 'instance', members: ['subscribe'] },
    args: { callback: 1, handlers: ['callback'] }, channel: { by: 'name' }, repair: { strategy: 'extract-in-consumer' }, slots: received(1),
  },
  { ...consumer, id: 'nats/subscription', counterparts: core, match: { modules, exports: [...connections.map((name) => `${name}.subscribe`), 'Subscription'], use: 'iterate' }, channel: { by: 'name', at: 'receiver' } },
  { ...consumer, ...stream, id: 'nats/jetstream-consume', counterparts: ['nats/jetstream-publish'], match: { modules, exports: consumers, use: 'instance', members: ['consume'] }, args: { callback: 0, handlers: ['callback'] }, repair: { strategy: 'extract-in-consumer' } },
  {
    ...consumer, ...stream, id: 'nats/jetstream-messages', counterparts: ['nats/jetstream-publish'],
    match: { modules, exports: [...consumers.flatMap((name) => [`${name}.consume`, `${name}.fetch`]), 'ConsumerMessages', 'JetStreamSubscription', ...jetstreams.map((name) => `${name}.subscribe`)], use: 'iterate' },
  },
] satisfies BoundaryInput[];
