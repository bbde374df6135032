// https://learn.microsoft.com/javascript/api/overview/azure/service-bus-readme
import type { BoundaryInput } from '../schema.ts';

const azure = {
  family: 'queue', coupling: 'detached', rule: 'no-dark-queue', runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' }, evidence: 'proved',
} as const satisfies Partial<BoundaryInput>;
const instrumentation = { package: '@azure/opentelemetry-instrumentation-azure-sdk' } as const;
const produced = (where: string): Pick<BoundaryInput, 'role' | 'coveredBy' | 'repair' | 'farSide' | 'advice'> => ({
  role: 'producer', coveredBy: [{ ...instrumentation, side: 'producer' }], repair: { refused: 'no-repair', detail: `inject into ${where} of every message, and extract it on the far side` },
  farSide: 'the consumer starts a new trace', advice: `Carry it in ${where}.`,
});
const consumed = (where: string): Pick<BoundaryInput, 'role' | 'coveredBy' | 'repair' | 'farSide' | 'advice'> => ({
  role: 'consumer', coveredBy: [{ ...instrumentation, side: 'consumer' }], repair: { refused: 'no-repair', detail: `extract from ${where}, and work on the message in that context` },
  farSide: 'every message starts a new trace', advice: `Extract the carrier from ${where}.`,
});
const bus = { ...azure, library: 'Azure Service Bus', package: '@azure/service-bus', proof: 'fixtures/proofs/azure-service-bus' } as const satisfies Partial<BoundaryInput>;
const hubs = { ...azure, library: 'Azure Event Hubs', package: '@azure/event-hubs', proof: 'fixtures/proofs/azure-event-hubs' } as const satisfies Partial<BoundaryInput>;
const storage = { ...azure, library: 'Azure Queue Storage', package: '@azure/storage-queue', proof: 'fixtures/proofs/azure-storage-queue' } as const satisfies Partial<BoundaryInput>;
const busModules = ['@azure/service-bus'];
const receivers = ['ServiceBusReceiver', 'ServiceBusSessionReceiver', ...['createReceiver', 'acceptSession', 'acceptNextSession'].map((way) => `ServiceBusClient.${way}`)];
const senders = ['service-bus/send-messages', 'service-bus/schedule-messages'];
const sent = {
  ...bus, ...produced('`applicationProperties`'), counterparts: ['service-bus/subscribe', 'service-bus/messages'], args: { payload: 0 }, channel: { by: 'name', at: 'receiver' },
  slots: [{ in: 'payload', path: ['applicationProperties', 'traceparent'], encoding: 'object' }, { in: 'payload', path: ['*', 'applicationProperties', 'traceparent'], encoding: 'object' }],
  upstream: 'https://learn.microsoft.com/javascript/api/@azure/service-bus/servicebussender',
} as const satisfies Partial<BoundaryInput>;
const senderTypes = ['ServiceBusSender', 'ServiceBusClient.createSender'];
const queues = ['QueueClient', 'QueueServiceClient.getQueueClient', ...['fromConnectionString'].map((way) => `QueueServiceClient.${way}.getQueueClient`)];

export default [
  { ...sent, id: 'service-bus/send-messages', match: { modules: busModules, exports: senderTypes, use: 'instance', members: ['sendMessages'] } },
  // The instrumentation gives a message a span as it is sent, and none as it is scheduled.
  { ...sent, id: 'service-bus/schedule-messages', coveredBy: [], match: { modules: busModules, exports: senderTypes, use: 'instance', members: ['scheduleMessages'] } },
  {
    ...bus, ...consumed('`message.applicationProperties`'), id: 'service-bus/subscribe', counterparts: senders, match: { modules: busModules, exports: receivers, use: 'instance', members: ['subscribe'] },
    args: { callback: 0, handlers: ['processMessage'] }, channel: { by: 'name', at: 'receiver' }, upstream: 'https://learn.microsoft.com/javascript/api/@azure/service-bus/servicebusreceiver',
  },
  {
    ...bus, ...consumed('`message.applicationProperties`'), id: 'service-bus/receive-messages', coveredBy: [], counterparts: senders, polled: true, match: { modules: busModules, exports: receivers, use: 'instance', members: ['receiveMessages'] },
    channel: { by: 'name', at: 'receiver' }, upstream: 'https://learn.microsoft.com/javascript/api/@azure/service-bus/servicebusreceiver',
  },
  {
    ...bus, ...consumed('`message.applicationProperties`'), id: 'service-bus/messages', coveredBy: [], counterparts: senders, match: { modules: busModules, exports: receivers.map((name) => `${name}.getMessageIterator`), use: 'iterate' },
    upstream: 'https://learn.microsoft.com/javascript/api/@azure/service-bus/servicebusreceiver',
  },
  {
    ...hubs, ...produced('`properties`'), id: 'event-hubs/send-batch', counterparts: ['event-hubs/subscribe'], match: { modules: ['@azure/event-hubs'], exports: ['EventHubProducerClient', 'EventHubBufferedProducerClient'], use: 'instance', members: ['sendBatch', 'enqueueEvent', 'enqueueEvents'] },
    args: { payload: 0 }, slots: [{ in: 'payload', path: ['*', 'properties', 'traceparent'], encoding: 'object' }, { in: 'payload', path: ['properties', 'traceparent'], encoding: 'object' }],
    upstream: 'https://learn.microsoft.com/javascript/api/@azure/event-hubs/eventhubproducerclient',
  },
  {
    ...hubs, ...consumed('each event\'s `properties`'), id: 'event-hubs/subscribe', counterparts: ['event-hubs/send-batch'], match: { modules: ['@azure/event-hubs'], exports: ['EventHubConsumerClient'], use: 'instance', members: ['subscribe'] },
    args: { callback: 0, handlers: ['processEvents'] }, upstream: 'https://learn.microsoft.com/javascript/api/@azure/event-hubs/eventhubconsumerclient',
  },
  {
    ...storage, ...produced('the message\'s text'), id: 'azure-storage-queue/send-message', coveredBy: [], counterparts: ['azure-storage-queue/receive-messages'],
    match: { modules: ['@azure/storage-queue'], exports: queues, use: 'instance', members: ['sendMessage'] }, args: { payload: 0 }, channel: { by: 'name', at: 'receiver' }, upstream: 'https://learn.microsoft.com/javascript/api/@azure/storage-queue/queueclient',
  },
  {
    ...storage, ...consumed('the message\'s text'), id: 'azure-storage-queue/receive-messages', coveredBy: [], counterparts: ['azure-storage-queue/send-message'], polled: true,
    match: { modules: ['@azure/storage-queue'], exports: queues, use: 'instance', members: ['receiveMessages'] }, channel: { by: 'name', at: 'receiver' }, upstream: 'https://learn.microsoft.com/javascript/api/@azure/storage-queue/queueclient',
  },
  {
    ...bus, ...consumed('the trigger\'s metadata'), id: 'azure-functions/service-bus', library: 'Azure Functions', package: '@azure/functions', coveredBy: [{ package: '@azure/functions-opentelemetry-instrumentation', side: 'consumer' }], needsPeer: true, counterparts: [...senders, 'event-hubs/send-batch', 'azure-storage-queue/send-message'],
    match: { modules: ['@azure/functions'], exports: ['app'], use: 'method', members: ['serviceBusQueue', 'serviceBusTopic', 'eventHub', 'storageQueue'] }, args: { callback: 1, handlers: ['handler'] },
    upstream: 'https://learn.microsoft.com/azure/azure-functions/functions-bindings-service-bus-trigger', proof: 'fixtures/proofs/azure-functions',
  },
] satisfies BoundaryInput[];
