// https://github.com/bee-queue/bee-queue
import type { BoundaryInput } from '../schema.ts';

const bee = {
  family: 'queue', library: 'Bee-Queue', package: 'bee-queue', coupling: 'detached', rule: 'no-dark-queue', channel: { by: 'name', at: 'receiver' },
  runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' }, evidence: 'proved', proof: 'fixtures/proofs/bee-queue', system: 'bee-queue',
} as const satisfies Partial<BoundaryInput>;
const modules = ['bee-queue'];
const exports = ['default', '*'];

export default [
  {
    ...bee, id: 'bee-queue/create-job', role: 'producer', counterparts: ['bee-queue/process'],
    match: { modules, exports, use: 'instance', members: ['createJob'] }, args: { payload: 0 },
    repair: { strategy: 'carry-in-slot' }, slots: [{ in: 'payload', path: ['_otel', 'traceparent'], encoding: 'object' }],
    farSide: 'the handler starts a new trace', advice: 'Carry it in the job\'s data.', upstream: 'https://github.com/bee-queue/bee-queue#queuecreatejobdata',
  },
  {
    ...bee, id: 'bee-queue/process', role: 'consumer', counterparts: ['bee-queue/create-job'],
    match: { modules, exports, use: 'instance', members: ['process'] }, args: { callback: -1 },
    repair: { strategy: 'extract-in-consumer' }, slots: [{ in: 'message', path: ['data', '_otel'], encoding: 'object' }],
    farSide: 'every job starts a new trace', advice: 'Extract the carrier from `job.data`.', upstream: 'https://github.com/bee-queue/bee-queue#queueprocessconcurrency-handlerjob-done',
  },
] satisfies BoundaryInput[];
