// https://timgit.github.io/pg-boss/
import type { BoundaryInput } from '../schema.ts';

const boss = {
  family: 'queue', library: 'pg-boss', package: 'pg-boss', coupling: 'detached', rule: 'no-dark-queue', channel: { by: 'name' },
  runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' }, evidence: 'read', proof: 'measured row pg-boss',
  upstream: 'https://github.com/timgit/pg-boss#readme',
} as const satisfies Partial<BoundaryInput>;
const modules = ['pg-boss'];
const exports = ['default', '*', 'PgBoss'];

const producer = {
  ...boss, role: 'producer', counterparts: ['pg-boss/work'],
  repair: { refused: 'no-repair', detail: 'put the carrier into the job\'s data under a key of its own, and extract it in the handler' },
  farSide: 'the handler starts a new trace', advice: 'Carry it in the job\'s data.',
} as const satisfies Partial<BoundaryInput>;

export default [
  { ...producer, id: 'pg-boss/send', match: { modules, exports, use: 'instance', members: ['send', 'sendAfter', 'sendThrottled', 'sendDebounced', 'publish', 'publishAfter'] }, args: { payload: 1, options: 0 } },
  { ...producer, id: 'pg-boss/insert', match: { modules, exports, use: 'instance', members: ['insert'] }, args: { payload: -1 }, channel: { by: 'name', paths: ['0.name'] } },
  { ...producer, id: 'pg-boss/schedule', recurring: true, match: { modules, exports, use: 'instance', members: ['schedule'] } },
  {
    ...boss, id: 'pg-boss/work', role: 'consumer', counterparts: ['pg-boss/send', 'pg-boss/insert', 'pg-boss/schedule'],
    match: { modules, exports, use: 'instance', members: ['work'] }, args: { callback: -1 },
    repair: { refused: 'no-repair', detail: 'extract the carrier that the producer puts into each job\'s `data`, and run the handler in it' },
    farSide: 'every job starts a new trace', advice: 'Extract the carrier from each job\'s `data`.',
  },
  {
    ...boss, id: 'pg-boss/fetch', role: 'consumer', counterparts: ['pg-boss/send', 'pg-boss/insert', 'pg-boss/schedule'], polled: true,
    match: { modules, exports, use: 'instance', members: ['fetch'] },
    repair: { refused: 'no-repair', detail: 'extract the carrier that the producer puts into each job\'s `data`, and work on the job in it' },
    farSide: 'every job starts a new trace', advice: 'Extract the carrier from each job\'s `data`.',
  },
] satisfies BoundaryInput[];
