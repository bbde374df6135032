// https://github.com/bbc/sqs-producer
import type { BoundaryInput } from '../schema.ts';

export default [
  {
    id: 'sqs-producer/send', family: 'queue', library: 'sqs-producer', package: 'sqs-producer', role: 'producer', coupling: 'detached', rule: 'no-dark-queue', system: 'aws_sqs',
    match: { modules: ['sqs-producer'], exports: ['Producer', 'Producer.create'], use: 'instance', members: ['send'] }, args: { payload: 0 }, channel: { by: 'name', at: 'receiver', paths: ['queueUrl'] },
    counterparts: ['sqs-consumer/create', 'aws-sqs/receive', 'aws-lambda/sqs-handler', 'powertools/batch'], runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' },
    slots: [{ in: 'payload', path: ['messageAttributes', 'traceparent'], encoding: 'attributes' }, { in: 'payload', path: ['*', 'messageAttributes', 'traceparent'], encoding: 'attributes' }],
    coveredBy: [{ package: '@opentelemetry/instrumentation-aws-sdk', side: 'producer' }],
    repair: { refused: 'no-repair', detail: 'inject into `messageAttributes` of every message, as `{ DataType, StringValue }`, and extract them in the consumer' },
    farSide: 'the consumer starts a new trace', advice: 'Carry it in `messageAttributes`.', upstream: 'https://github.com/bbc/sqs-producer#readme',
    evidence: 'proved', proof: 'fixtures/proofs/sqs-producer',
  },
] satisfies BoundaryInput[];
