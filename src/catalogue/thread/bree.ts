// https://github.com/breejs/bree, https://github.com/Mintplex-Labs/bree (jobs as processes: `runJobsAs`)
import type { BoundaryInput } from '../schema.ts';

/** A job begins where it is scheduled, for nobody; what it is sent while it runs is somebody's. Its name says which file it is only where it was added. */
const job = {
  library: 'Bree', rule: 'no-dark-thread', role: 'producer', coupling: 'detached', messages: true, args: { payload: 0 },
  channel: { by: 'worker-file', at: 'receiver', arg: 1 }, slots: [{ in: 'payload', path: ['_otel'], encoding: 'object' }],
  repair: { refused: 'no-repair', detail: 'inject a carrier into the message, and extract it where the job\'s file handles its messages' },
  farSide: 'the job starts a new trace', advice: 'Carry it in the message, and extract it in the job\'s file.',
  evidence: 'read', proof: 'read in its source: `workers` holds Node\'s own workers and child processes, whose messages are measured; not run: which of them it holds is an option of a fork of the library alone',
} as const satisfies Partial<BoundaryInput>;
const exports = ['default', '*', 'Bree'].map((name) => `${name}.workers.get`);

export default [
  {
    ...job, id: 'bree/worker-post-message', family: 'thread', counterparts: ['worker_threads/parent-port-on-message'],
    match: { modules: ['bree', '@mintplex-labs/bree'], exports, near: ['.workers', 'worker'], use: 'instance', members: ['postMessage'] },
    runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' }, upstream: 'https://github.com/breejs/bree#job-options',
  },
  {
    ...job, id: 'bree/process-send', family: 'process', counterparts: ['child_process/process-on-message'],
    match: { modules: ['@mintplex-labs/bree'], exports, near: ['.workers', 'worker'], use: 'instance', members: ['send'] },
    runtimes: { node: 'lost', browser: 'kept', 'browser-zone': 'kept' }, upstream: 'https://github.com/Mintplex-Labs/bree#job-options',
  },
] satisfies BoundaryInput[];
