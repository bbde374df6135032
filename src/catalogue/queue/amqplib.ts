// https://amqp-node.github.io/amqplib/channel_api.html
import type { BoundaryInput } from '../schema.ts';

const amqp = {
  family: 'queue', library: 'amqplib', package: 'amqplib', versions: '>=0.8', coupling: 'detached', rule: 'no-dark-queue',
  runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' }, evidence: 'proved', proof: 'fixtures/proofs/amqplib-publish', twice: 'harmless',
} as const satisfies Partial<BoundaryInput>;
const modules = ['amqplib', 'amqplib/callback_api', 'amqp-connection-manager'];
const kinds = ['createChannel', 'createConfirmChannel'];
/** A channel by its type, or by the way to it: promises, callbacks, and what amqp-connection-manager hands to a setup function. */
const exports = [
  'Channel', 'ConfirmChannel', 'ChannelWrapper',
  ...['connect', 'connect(1)', 'ChannelModel', 'Connection', 'AmqpConnectionManager', 'IAmqpConnectionManager'].flatMap((connection) =>
    kinds.flatMap((kind) => ['', '(0)', '(1)', '.setup(0)', '.addSetup(0)'].map((way) => `${connection}.${kind}${way}`))),
  'ChannelWrapper.addSetup(0)',
];
const slots: BoundaryInput['slots'] = [{ in: 'options', path: ['headers', 'traceparent'], encoding: 'object' }];
const instrumentation = { package: '@opentelemetry/instrumentation-amqplib' } as const;

const producer = {
  ...amqp, role: 'producer', slots, counterparts: ['amqplib/consume', 'amqplib/get'], coveredBy: [{ ...instrumentation, side: 'producer' }], answers: ['replyTo'],
  repair: { strategy: 'carry-in-slot' },
  farSide: 'the consumer starts a new trace', advice: 'Carry it in `options.headers`.',
} as const satisfies Partial<BoundaryInput>;
const consumer = {
  ...amqp, role: 'consumer', slots: [{ in: 'message', path: ['?properties', 'headers'], encoding: 'object' }], system: 'rabbitmq', counterparts: ['amqplib/publish', 'amqplib/send-to-queue'],
  repair: { strategy: 'extract-in-consumer' },
  farSide: 'every message starts a new trace', advice: 'Extract the carrier from `msg.properties.headers`.',
} as const satisfies Partial<BoundaryInput>;

export default [
  {
    ...producer, id: 'amqplib/publish', match: { modules, exports, use: 'instance', members: ['publish'] }, args: { payload: 2, options: 3 }, channel: { by: 'name', arg: 1 },
    upstream: 'https://amqp-node.github.io/amqplib/channel_api.html#channel_publish',
  },
  {
    ...producer, id: 'amqplib/send-to-queue', match: { modules, exports, use: 'instance', members: ['sendToQueue'] }, args: { payload: 1, options: 2 }, channel: { by: 'name' },
    upstream: 'https://amqp-node.github.io/amqplib/channel_api.html#channel_sendToQueue',
  },
  {
    ...consumer, id: 'amqplib/consume', match: { modules, exports, use: 'instance', members: ['consume'] }, args: { callback: 1 }, channel: { by: 'name' },
    coveredBy: [{ ...instrumentation, side: 'consumer' }], upstream: 'https://amqp-node.github.io/amqplib/channel_api.html#channel_consume',
  },
  {
    ...consumer, id: 'amqplib/get', match: { modules, exports, use: 'instance', members: ['get'] }, channel: { by: 'name' }, polled: true,
    repair: { refused: 'unsupported-shape', detail: 'the message is taken by hand: extract from `msg.properties.headers`, and do the work in that context' },
    upstream: 'https://amqp-node.github.io/amqplib/channel_api.html#channel_get', proof: 'fixtures/proofs/amqplib-get',
  },
] satisfies BoundaryInput[];
