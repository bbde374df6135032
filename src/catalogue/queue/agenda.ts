// https://github.com/agenda/agenda
import type { BoundaryInput } from '../schema.ts';

const agenda = {
  family: 'queue', library: 'Agenda', package: 'agenda', coupling: 'detached', rule: 'no-dark-queue', channel: { by: 'name' },
  runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' }, evidence: 'proved', proof: 'fixtures/proofs/agenda', system: 'agenda',
  upstream: 'https://github.com/agenda/agenda#readme',
} as const satisfies Partial<BoundaryInput>;
const modules = ['agenda', '@hokify/agenda', '@rocket.chat/agenda'];
const exports = ['default', '*', 'Agenda'];

const producer = {
  ...agenda, role: 'producer', counterparts: ['agenda/define'],
  recurringMembers: ['repeatEvery', 'repeatAt'],
  repair: { strategy: 'carry-in-slot' }, slots: [{ in: 'payload', path: ['_otel', 'traceparent'], encoding: 'object' }],
  farSide: 'the job starts a new trace', advice: 'Carry it in the job\'s data.',
} as const satisfies Partial<BoundaryInput>;

export default [
  { ...producer, id: 'agenda/now', match: { modules, exports, use: 'instance', members: ['now', 'create'], near: ['agenda', 'Agenda', 'now(\'', 'now("', 'now(`'] }, args: { payload: 1 } },
  { ...producer, id: 'agenda/schedule', match: { modules, exports, use: 'instance', members: ['schedule'] }, args: { payload: 2 }, channel: { by: 'name', arg: 1 } },
  { ...producer, id: 'agenda/every', recurring: true, match: { modules, exports, use: 'instance', members: ['every'] }, channel: { by: 'name', arg: 1 } },
  {
    ...agenda, id: 'agenda/define', role: 'consumer', counterparts: ['agenda/now', 'agenda/schedule', 'agenda/every'],
    match: { modules, exports, use: 'instance', members: ['define'] }, args: { callback: -1 },
    repair: { strategy: 'extract-in-consumer' }, slots: [{ in: 'message', path: ['attrs', 'data', '_otel'], encoding: 'object' }],
    farSide: 'every job starts a new trace', advice: 'Extract the carrier from `job.attrs.data`.',
  },
] satisfies BoundaryInput[];
