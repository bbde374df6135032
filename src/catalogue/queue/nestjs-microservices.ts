// https://docs.nestjs.com/microservices/basics
import type { BoundaryInput } from '../schema.ts';

const nest = {
  family: 'queue', library: 'Nest microservices', package: '@nestjs/microservices', rule: 'no-dark-queue',
  runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' }, evidence: 'proved', proof: 'fixtures/proofs/nestjs-microservices',
} as const satisfies Partial<BoundaryInput>;
const modules = ['@nestjs/microservices'];
const clients = ['ClientProxy', ...['Kafka', 'RMQ', 'Nats', 'TCP', 'Redis', 'Mqtt'].map((transport) => `Client${transport}`), 'ClientProxyFactory.create'];
// Which transport a client uses is configuration; two of them have an instrumentation that carries.
const transports = ['@opentelemetry/instrumentation-kafkajs', '@opentelemetry/instrumentation-amqplib'];

const producer = {
  ...nest, role: 'producer', coveredBy: transports.map((name) => ({ package: name, side: 'producer' as const })), args: { payload: 1 }, channel: { by: 'name', paths: ['cmd', 'pattern', 'topic'] },
  repair: { refused: 'no-repair', detail: 'send a record with headers (`RmqRecordBuilder`, `NatsRecordBuilder`, Kafka\'s `{ value, headers }`), or put the carrier into the data, and extract it in the handler' },
  farSide: 'the handler starts a new trace', advice: 'Carry it in the headers of the transport\'s record.', upstream: 'https://docs.nestjs.com/microservices/basics#client',
} as const satisfies Partial<BoundaryInput>;
const consumer = {
  ...nest, role: 'consumer', coveredBy: transports.map((name) => ({ package: name, side: 'consumer' as const })), channel: { by: 'name', paths: ['cmd', 'pattern', 'topic'] },
  repair: { refused: 'no-repair', detail: 'extract from the headers of the transport\'s context (`ctx.getMessage().properties.headers`, `ctx.getHeaders()`), in an interceptor or in the handler' },
  farSide: 'every message starts a new trace', advice: 'Extract the carrier from the transport\'s context.',
} as const satisfies Partial<BoundaryInput>;

export default [
  { ...producer, id: 'nestjs/emit', coupling: 'detached', counterparts: ['nestjs/event-pattern'], match: { modules, exports: clients, use: 'instance', members: ['emit'] } },
  { ...producer, id: 'nestjs/send', coupling: 'awaited', counterparts: ['nestjs/message-pattern'], match: { modules, exports: clients, use: 'instance', members: ['send'] } },
  { ...consumer, id: 'nestjs/event-pattern', coupling: 'detached', counterparts: ['nestjs/emit'], match: { modules, exports: ['EventPattern'], use: 'decorator' }, upstream: 'https://docs.nestjs.com/microservices/basics#event-based' },
  { ...consumer, id: 'nestjs/message-pattern', coupling: 'awaited', counterparts: ['nestjs/send'], match: { modules, exports: ['MessagePattern'], use: 'decorator' }, upstream: 'https://docs.nestjs.com/microservices/basics#request-response' },
] satisfies BoundaryInput[];
