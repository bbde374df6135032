// https://learn.microsoft.com/azure/service-bus-messaging/service-bus-nodejs-how-to-use-queues-legacy, and version 1.1.10's own types
import type { BoundaryInput } from '../schema.ts';

// Version 7 has other names for all of it, so that what is called says which of the two it is.
const bus = {
  family: 'queue', library: 'Azure Service Bus', package: '@azure/service-bus', versions: '>=1 <2', coupling: 'detached', rule: 'no-dark-queue',
  runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' }, channel: { by: 'name', at: 'receiver' },
  upstream: 'https://www.npmjs.com/package/@azure/service-bus/v/1.1.10', evidence: 'read', proof: 'read in the types of its version 1.1.10; not run: it speaks TLS to port 5671 only, which nothing here stands in for; version 7 is proved',
} as const satisfies Partial<BoundaryInput>;
const consumed = {
  ...bus, role: 'consumer', counterparts: ['service-bus-1/send'], repair: { refused: 'no-repair', detail: 'extract from `message.userProperties`, and work on the message in that context' },
  farSide: 'every message starts a new trace', advice: 'Extract the carrier from `message.userProperties`.',
} as const satisfies Partial<BoundaryInput>;
const modules = ['@azure/service-bus'];
const clients = ['createFromConnectionString', 'createFromTokenProvider', 'createFromAadTokenCredentials'].map((way) => `ServiceBusClient.${way}`);
/** What a client makes, by its type and by how it is made. */
const made = (way: string, types: readonly string[]): string[] => types.flatMap((type) => [`${type}.${way}`, ...clients.map((client) => `${client}.create${type}.${way}`)]);
const receivers = ['Receiver', 'SessionReceiver', ...made('createReceiver', ['QueueClient', 'SubscriptionClient'])];

export default [
  {
    ...bus, id: 'service-bus-1/send', role: 'producer', counterparts: ['service-bus-1/register-message-handler'], match: { modules, exports: ['Sender', ...made('createSender', ['QueueClient', 'TopicClient'])], use: 'instance', members: ['send', 'sendBatch'] },
    args: { payload: 0 }, slots: [{ in: 'payload', path: ['userProperties', 'traceparent'], encoding: 'object' }, { in: 'payload', path: ['*', 'userProperties', 'traceparent'], encoding: 'object' }],
    repair: { refused: 'no-repair', detail: 'inject into `userProperties` of every message, and extract it on the far side' }, farSide: 'the consumer starts a new trace', advice: 'Carry it in `userProperties`.',
  },
  {
    ...bus, id: 'service-bus-1/schedule', role: 'producer', counterparts: ['service-bus-1/register-message-handler'], match: { modules, exports: ['Sender', ...made('createSender', ['QueueClient', 'TopicClient'])], use: 'instance', members: ['scheduleMessage', 'scheduleMessages'] },
    args: { payload: 1 }, slots: [{ in: 'payload', path: ['userProperties', 'traceparent'], encoding: 'object' }, { in: 'payload', path: ['*', 'userProperties', 'traceparent'], encoding: 'object' }],
    repair: { refused: 'no-repair', detail: 'inject into `userProperties` of every message, and extract it on the far side' }, farSide: 'the consumer starts a new trace', advice: 'Carry it in `userProperties`.',
  },
  { ...consumed, id: 'service-bus-1/register-message-handler', match: { modules, exports: receivers, use: 'instance', members: ['registerMessageHandler'] }, args: { callback: 0 } },
] satisfies BoundaryInput[];
