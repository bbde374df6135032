// https://github.com/ssut/nestjs-sqs
import type { BoundaryInput } from '../schema.ts';

const sqs = {
  family: 'queue', library: '@ssut/nestjs-sqs', package: '@ssut/nestjs-sqs', coupling: 'detached', rule: 'no-dark-queue', system: 'aws_sqs',
  runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' }, evidence: 'proved', proof: 'fixtures/proofs/nestjs-sqs',
  upstream: 'https://github.com/ssut/nestjs-sqs#readme', channel: { by: 'name' },
} as const satisfies Partial<BoundaryInput>;
const modules = ['@ssut/nestjs-sqs'];

export default [
  {
    ...sqs, id: 'nestjs-sqs/send', role: 'producer', counterparts: ['nestjs-sqs/handler'], match: { modules, exports: ['SqsService'], use: 'instance', members: ['send'] }, args: { payload: 1 },
    slots: [{ in: 'payload', path: ['messageAttributes', 'traceparent'], encoding: 'attributes' }, { in: 'payload', path: ['*', 'messageAttributes', 'traceparent'], encoding: 'attributes' }],
    coveredBy: [{ package: '@opentelemetry/instrumentation-aws-sdk', side: 'producer' }],
    repair: { refused: 'no-repair', detail: 'inject into `messageAttributes` of every message, as `{ DataType, StringValue }`, and extract them in the handler' },
    farSide: 'the handler starts a new trace', advice: 'Carry it in `messageAttributes`.',
  },
  {
    ...sqs, id: 'nestjs-sqs/handler', role: 'consumer', counterparts: ['nestjs-sqs/send'], match: { modules, exports: ['SqsMessageHandler'], use: 'decorator' },
    repair: { refused: 'no-repair', detail: 'extract from `MessageAttributes` of the message, and work on it in that context' },
    farSide: 'every message starts a new trace', advice: 'Extract the carrier from `MessageAttributes`.',
  },
] satisfies BoundaryInput[];
