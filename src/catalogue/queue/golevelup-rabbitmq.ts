// https://golevelup.github.io/nestjs/modules/rabbitmq.html
import type { BoundaryInput } from '../schema.ts';

const rabbit = {
  family: 'queue', library: '@golevelup/nestjs-rabbitmq', package: '@golevelup/nestjs-rabbitmq', rule: 'no-dark-queue', system: 'rabbitmq',
  runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' }, evidence: 'proved', proof: 'fixtures/proofs/golevelup-rabbitmq',
  upstream: 'https://golevelup.github.io/nestjs/modules/rabbitmq.html',
} as const satisfies Partial<BoundaryInput>;
const modules = ['@golevelup/nestjs-rabbitmq'];
const instrumentation = { package: '@opentelemetry/instrumentation-amqplib' } as const;

const producer = {
  ...rabbit, role: 'producer', coveredBy: [{ ...instrumentation, side: 'producer' }],
  farSide: 'the handler starts a new trace', advice: 'Carry it in `options.headers`.',
} as const satisfies Partial<BoundaryInput>;
const consumer = {
  ...rabbit, role: 'consumer', coveredBy: [{ ...instrumentation, side: 'consumer' }],
  repair: { refused: 'no-repair', detail: 'extract from the headers, which the handler is given as its third argument, and work on the message in that context' },
  farSide: 'every message starts a new trace', advice: 'Extract the carrier from the message\'s headers.',
} as const satisfies Partial<BoundaryInput>;

export default [
  {
    ...producer, id: 'golevelup-rabbitmq/publish', coupling: 'detached', counterparts: ['golevelup-rabbitmq/subscribe'],
    match: { modules, exports: ['AmqpConnection'], use: 'instance', members: ['publish'] }, args: { payload: 2, options: 3 }, channel: { by: 'name', arg: 1 },
    slots: [{ in: 'options', path: ['headers', 'traceparent'], encoding: 'object' }],
    repair: { refused: 'no-repair', detail: 'inject into `headers` of the fourth argument, and extract them in the handler' },
  },
  {
    ...producer, id: 'golevelup-rabbitmq/request', coupling: 'awaited', counterparts: ['golevelup-rabbitmq/rpc'],
    match: { modules, exports: ['AmqpConnection'], use: 'instance', members: ['request'] }, args: { payload: 0 }, channel: { by: 'name', paths: ['routingKey'] },
    slots: [{ in: 'payload', path: ['headers', 'traceparent'], encoding: 'object' }], advice: 'Carry it in `headers` of the request.',
    repair: { refused: 'no-repair', detail: 'inject into `headers` of the request, and extract them in the handler' },
  },
  {
    ...consumer, id: 'golevelup-rabbitmq/subscribe', coupling: 'detached', counterparts: ['golevelup-rabbitmq/publish'],
    match: { modules, exports: ['RabbitSubscribe'], use: 'decorator' }, channel: { by: 'name', paths: ['routingKey', 'queue'] },
  },
  {
    ...consumer, id: 'golevelup-rabbitmq/rpc', coupling: 'awaited', counterparts: ['golevelup-rabbitmq/request'],
    match: { modules, exports: ['RabbitRPC'], use: 'decorator' }, channel: { by: 'name', paths: ['routingKey', 'queue'] },
  },
] satisfies BoundaryInput[];
