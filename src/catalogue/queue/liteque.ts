// https://github.com/karakeep-app/liteque
import type { BoundaryInput } from '../schema.ts';

const liteque = {
  family: 'queue', library: 'liteque', package: 'liteque', coupling: 'detached', rule: 'no-dark-queue',
  runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' }, evidence: 'read', proof: 'read in its documentation: a job is its payload, kept in SQLite; not run: its SQLite is a native part, which an installation downloads or compiles',
  upstream: 'https://github.com/karakeep-app/liteque#readme',
} as const satisfies Partial<BoundaryInput>;
const modules = ['liteque'];

export default [
  {
    ...liteque, id: 'liteque/enqueue', role: 'producer', counterparts: ['liteque/runner'], match: { modules, exports: ['SqliteQueue'], use: 'instance', members: ['enqueue'] }, args: { payload: 0 },
    repair: { refused: 'payload-only-slot', detail: 'put the carrier into the job\'s data, let its schema pass it, and extract it in `run`' },
    farSide: 'the runner starts a new trace', advice: 'Carry it in the job\'s data.',
  },
  {
    ...liteque, id: 'liteque/runner', role: 'consumer', counterparts: ['liteque/enqueue'], match: { modules, exports: ['Runner'], use: 'construct' }, args: { callback: 1, handlers: ['run'] },
    repair: { refused: 'payload-only-slot', detail: 'extract the carrier that the producer puts into `job.data`, and work on the job in it' },
    farSide: 'every job starts a new trace', advice: 'Extract the carrier from `job.data`.',
  },
] satisfies BoundaryInput[];
