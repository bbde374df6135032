// https://timgit.github.io/pg-boss/
import type { BoundaryInput } from '../schema.ts';

const boss = {
  family: 'queue', library: 'pg-boss', package: 'pg-boss', coupling: 'detached', rule: 'no-dark-queue', channel: { by: 'name' },
  runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' }, evidence: 'proved', proof: 'fixtures/proofs/pg-boss', system: 'pg-boss',
  upstream: 'https://github.com/timgit/pg-boss#readme',
} as const satisfies Partial<BoundaryInput>;
const modules = ['pg-boss'];
const exports = ['default', '*', 'PgBoss'];

const producer = {
  ...boss, role: 'producer', counterparts: ['pg-boss/work'],
  repair: { strategy: 'carry-in-slot' },
  farSide: 'the handler starts a new trace', advice: 'Carry it in the job\'s data.',
} as const satisfies Partial<BoundaryInput>;

export default [
  { ...producer, id: 'pg-boss/send', match: { modules, exports, use: 'instance', members: ['send', 'sendAfter', 'sendThrottled', 'sendDebounced', 'publish', 'publishAfter'] }, args: { payload: 1 }, slots: [{ in: 'payload', path: ['_otel', 'traceparent'], encoding: 'object' }] },
  { ...producer, id: 'pg-boss/insert', match: { modules, exports, use: 'instance', members: ['insert'] }, args: { payload: 0 }, channel: { by: 'name', paths: ['0.name'] }, slots: [{ in: 'payload', path: ['*', 'data', '_otel', 'traceparent'], encoding: 'object' }] },
  { ...producer, id: 'pg-boss/schedule', recurring: true, proof: 'fixtures/proofs/pg-boss-fetch', match: { modules, exports, use: 'instance', members: ['schedule'] } },
  {
    ...boss, id: 'pg-boss/work', role: 'consumer', counterparts: ['pg-boss/send', 'pg-boss/insert', 'pg-boss/schedule'],
    match: { modules, exports, use: 'instance', members: ['work'] }, args: { callback: -1 },
    slots: [
      { in: 'message', path: ['0', '?data', '_otel'], encoding: 'object', versions: '>=10', single: ['batchSize'] },
      { in: 'message', path: ['data', '_otel'], encoding: 'object', versions: '<10', single: ['batchSize', 'teamSize', 'teamConcurrency'] },
    ],
    repair: { strategy: 'extract-in-consumer' },
    farSide: 'every job starts a new trace', advice: 'Extract the carrier from each job\'s `data`.',
  },
  {
    ...boss, id: 'pg-boss/fetch', role: 'consumer', counterparts: ['pg-boss/send', 'pg-boss/insert', 'pg-boss/schedule'], polled: true,
    match: { modules, exports, use: 'instance', members: ['fetch'] }, proof: 'fixtures/proofs/pg-boss-fetch',
    repair: { refused: 'no-repair', detail: 'extract the carrier that the producer puts into each job\'s `data`, and work on the job in it' },
    farSide: 'every job starts a new trace', advice: 'Extract the carrier from each job\'s `data`.',
  },
] satisfies BoundaryInput[];
