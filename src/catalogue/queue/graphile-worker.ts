// https://worker.graphile.org/docs
import type { BoundaryInput } from '../schema.ts';

const graphile = {
  family: 'queue', library: 'Graphile Worker', package: 'graphile-worker', coupling: 'detached', rule: 'no-dark-queue',
  runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' }, evidence: 'proved', proof: 'fixtures/proofs/graphile-worker', system: 'graphile-worker',
} as const satisfies Partial<BoundaryInput>;
const modules = ['graphile-worker'];
/** A task's name is the property that holds it. */
const channel: BoundaryInput['channel'] = { by: 'name', at: 'handler' };

const producer = {
  ...graphile, role: 'producer', counterparts: ['graphile-worker/run', 'graphile-worker/task-list'],
  repair: { strategy: 'carry-in-slot' }, slots: [{ in: 'payload', path: ['_otel', 'traceparent'], encoding: 'object' }],
  farSide: 'the task starts a new trace', advice: 'Carry it in the job\'s payload.', upstream: 'https://worker.graphile.org/docs/library/add-job',
} as const satisfies Partial<BoundaryInput>;
const consumer = {
  ...graphile, role: 'consumer',
  repair: { strategy: 'extract-in-consumer' }, slots: [{ in: 'message', path: ['_otel'], encoding: 'object' }], counterparts: ['graphile-worker/add-job', 'graphile-worker/quick-add-job'],
  farSide: 'every job starts a new trace', advice: 'Extract the carrier from the payload.', upstream: 'https://worker.graphile.org/docs/library/run',
} as const satisfies Partial<BoundaryInput>;

export default [
  {
    ...producer, id: 'graphile-worker/add-job', args: { payload: 1 }, channel: { by: 'name' },
    match: { modules, exports: ['makeWorkerUtils', 'run', 'WorkerUtils', 'Runner', 'JobHelpers', 'WorkerPluginContext'], use: 'instance', members: ['addJob'] },
  },
  { ...producer, id: 'graphile-worker/quick-add-job', args: { payload: 2 }, channel: { by: 'name', arg: 1 }, match: { modules, exports: ['quickAddJob'], use: 'call' } },
  { ...consumer, id: 'graphile-worker/run', args: { callback: 0, handlers: ['taskList.*'] }, channel, match: { modules, exports: ['run', 'runOnce'], use: 'call' } },
  { ...consumer, id: 'graphile-worker/task-list', proof: 'fixtures/proofs/graphile-worker-task-list', args: { callback: 1, handlers: ['*'] }, channel, match: { modules, exports: ['runTaskList', 'runTaskListOnce'], use: 'call' } },
  {
    ...consumer, id: 'graphile-worker/task', match: { modules, exports: ['Task'], use: 'annotated' }, counterparts: [],
    repair: { refused: 'no-repair', detail: 'extract the carrier that the producer puts into the payload, and run the task in it' }, proof: 'fixtures/proofs/graphile-worker-task',
    upstream: 'https://worker.graphile.org/docs/tasks',
  },
] satisfies BoundaryInput[];
