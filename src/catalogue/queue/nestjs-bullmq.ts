// https://docs.nestjs.com/techniques/queues
import type { BoundaryInput } from '../schema.ts';

export default [
  {
    id: 'nestjs-bullmq/processor', family: 'queue', library: '@nestjs/bullmq', package: '@nestjs/bullmq', role: 'consumer', coupling: 'detached', rule: 'no-dark-queue',
    match: { modules: ['@nestjs/bullmq'], exports: ['Processor'], use: 'decorator', methods: ['process'] }, channel: { by: 'name' },
    counterparts: ['bullmq/queue-add', 'bullmq/queue-add-bulk', 'bullmq/flow-add', 'bullmq/upsert-job-scheduler'],
    runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' },
    coveredBy: [{ package: 'bullmq', versions: '>=5.22', side: 'consumer', option: 'telemetry', optionsArg: 1, from: 'bullmq-otel', made: { export: 'BullMQOtel', versions: '>=2' } }],
    repair: { strategy: 'extract-in-processor' },
    farSide: 'every job starts a new trace', advice: 'Extract the carrier from `job.opts.telemetry.metadata`.',
    upstream: 'https://docs.nestjs.com/techniques/queues', evidence: 'proved', proof: 'fixtures/proofs/nestjs-bullmq',
  },
] satisfies BoundaryInput[];
