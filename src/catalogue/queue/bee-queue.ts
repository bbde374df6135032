// https://github.com/bee-queue/bee-queue
import type { BoundaryInput } from '../schema.ts';

const bee = {
  family: 'queue', library: 'Bee-Queue', package: 'bee-queue', coupling: 'detached', rule: 'no-dark-queue', channel: { by: 'name', at: 'receiver' },
  runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' }, evidence: 'read', proof: 'measured row bee-queue',
} as const satisfies Partial<BoundaryInput>;
const modules = ['bee-queue'];
const exports = ['default', '*'];

export default [
  {
    ...bee, id: 'bee-queue/create-job', role: 'producer', counterparts: ['bee-queue/process'],
    match: { modules, exports, use: 'instance', members: ['createJob'] }, args: { payload: 0 },
    repair: { refused: 'no-repair', detail: 'put the carrier into the job\'s data under a key of its own, and extract it in the handler' },
    farSide: 'the handler starts a new trace', advice: 'Carry it in the job\'s data.', upstream: 'https://github.com/bee-queue/bee-queue#queuecreatejobdata',
  },
  {
    ...bee, id: 'bee-queue/process', role: 'consumer', counterparts: ['bee-queue/create-job'],
    match: { modules, exports, use: 'instance', members: ['process'] }, args: { callback: -1 },
    repair: { refused: 'no-repair', detail: 'extract the carrier that the producer puts into `job.data`, and run the handler in it' },
    farSide: 'every job starts a new trace', advice: 'Extract the carrier from `job.data`.', upstream: 'https://github.com/bee-queue/bee-queue#queueprocessconcurrency-handlerjob-done',
  },
] satisfies BoundaryInput[];
