// https://github.com/OptimalBits/bull/blob/develop/REFERENCE.md
import type { BoundaryInput } from '../schema.ts';

const bull = {
  family: 'queue', library: 'Bull', package: 'bull', coupling: 'detached', rule: 'no-dark-queue',
  runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' }, evidence: 'proved', proof: 'fixtures/proofs/bull', system: 'bull',
} as const satisfies Partial<BoundaryInput>;
const modules = ['bull'];
const exports = ['default', '*', 'Queue'];
const channel: BoundaryInput['channel'] = { by: 'name', at: 'receiver' };

const producer = {
  ...bull, role: 'producer', counterparts: ['bull/process', 'bull/nest-process'], channel,
  repair: { strategy: 'carry-in-slot' },
  farSide: 'the processor starts a new trace', advice: 'Carry it in the job\'s data.',
} as const satisfies Partial<BoundaryInput>;
const consumer = {
  ...bull, role: 'consumer', counterparts: ['bull/queue-add', 'bull/queue-add-bulk'],
  repair: { strategy: 'extract-in-consumer' }, slots: [{ in: 'message', path: ['data', '_otel'], encoding: 'object' }],
  farSide: 'every job starts a new trace', advice: 'Extract the carrier from `job.data`.',
} as const satisfies Partial<BoundaryInput>;

export default [
  {
    ...producer, id: 'bull/queue-add', match: { modules, exports, use: 'instance', members: ['add'] }, args: { payload: 0, options: 1, nameFirst: true }, slots: [{ in: 'payload', path: ['_otel', 'traceparent'], encoding: 'object' }],
    recurringOptions: ['repeat'], upstream: 'https://github.com/OptimalBits/bull/blob/develop/REFERENCE.md#queueadd',
  },
  {
    ...producer, id: 'bull/queue-add-bulk', match: { modules, exports, use: 'instance', members: ['addBulk'] }, args: { payload: 0 }, slots: [{ in: 'payload', path: ['*', 'data', '_otel', 'traceparent'], encoding: 'object' }],
    upstream: 'https://github.com/OptimalBits/bull/blob/develop/REFERENCE.md#queueaddbulk',
  },
  {
    ...consumer, id: 'bull/process', match: { modules, exports, use: 'instance', members: ['process'] }, args: { callback: -1 }, channel,
    upstream: 'https://github.com/OptimalBits/bull/blob/develop/REFERENCE.md#queueprocess',
  },
  {
    ...consumer, id: 'bull/nest-process', library: '@nestjs/bull', package: '@nestjs/bull',
    match: { modules: ['@nestjs/bull'], exports: ['Process'], use: 'decorator' }, channel: { by: 'name', at: 'class' }, proof: 'fixtures/proofs/nestjs-bull',
    upstream: 'https://docs.nestjs.com/techniques/queues',
  },
] satisfies BoundaryInput[];
