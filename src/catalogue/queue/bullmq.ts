// https://docs.bullmq.io/guide/telemetry/getting-started
import type { BoundaryInput } from '../schema.ts';

const queue = {
  family: 'queue', library: 'BullMQ', package: 'bullmq', versions: '>=5.22', coupling: 'detached', rule: 'no-dark-queue',
  runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' }, evidence: 'proved', proof: 'fixtures/proofs/bullmq-add',
} as const satisfies Partial<BoundaryInput>;

// 5.34 moved the propagated metadata from `telemetryMetadata` into `telemetry`.
const slots: BoundaryInput['slots'] = [
  { in: 'options', path: ['telemetry', 'metadata'], encoding: 'json', versions: '>=5.34' },
  { in: 'options', path: ['telemetryMetadata'], encoding: 'json', versions: '>=5.22 <5.34' },
];
const telemetry = { package: 'bullmq', versions: '>=5.22', option: 'telemetry', from: 'bullmq-otel', made: { export: 'BullMQOtel', versions: '>=2' } } as const;

// Read in its source: it injects into the job's options, and extracts around the processor; it patches no BullMQ 6.
// https://github.com/appsignal/opentelemetry-instrumentation-bullmq/blob/main/src/instrumentation.ts
const instrumentation = { package: '@appsignal/opentelemetry-instrumentation-bullmq', libraryVersions: '>=2 <6' } as const;

const producers = ['bullmq/queue-add', 'bullmq/queue-add-bulk', 'bullmq/flow-add', 'bullmq/upsert-job-scheduler'];

const producer = {
  ...queue, role: 'producer', slots, counterparts: ['bullmq/worker'], coveredBy: [{ ...instrumentation, side: 'producer' }, { ...telemetry, side: 'producer', optionsArg: 1 }],
  farSide: 'the processor starts a new trace',
} as const satisfies Partial<BoundaryInput>;

export default [
  {
    ...producer, id: 'bullmq/queue-add',
    match: { modules: ['bullmq'], exports: ['Queue'], use: 'instance', members: ['add'], atLeast: 2 }, args: { payload: 1, options: 2 },
    channel: { by: 'name', at: 'receiver' }, recurringOptions: ['repeat'],
    repair: { strategy: 'carry-job' }, advice: 'Carry it in `opts.telemetry.metadata`.',
    upstream: 'https://api.docs.bullmq.io/classes/v5.Queue.html#add',
  },
  {
    ...producer, id: 'bullmq/queue-add-bulk',
    match: { modules: ['bullmq'], exports: ['Queue'], use: 'instance', members: ['addBulk'] }, args: { payload: 0 },
    channel: { by: 'name', at: 'receiver' },
    repair: { strategy: 'carry-jobs' }, advice: 'Carry it in every job\'s `opts.telemetry.metadata`.',
    upstream: 'https://api.docs.bullmq.io/classes/v5.Queue.html#addbulk', proof: 'fixtures/proofs/bullmq-add-bulk',
  },
  {
    ...producer, id: 'bullmq/flow-add',
    match: { modules: ['bullmq'], exports: ['FlowProducer'], use: 'instance', members: ['add'], near: ['queueName', 'FlowProducer', 'flowProducer', 'FlowJob', 'flow.add(', 'Flow.add(', 'flows.add('] }, args: { payload: 0 },
    coveredBy: [{ ...instrumentation, side: 'producer' }, { ...telemetry, side: 'producer', optionsArg: 0, misses: { without: 'opts', below: 'children' } }],
    channel: { by: 'name' },
    repair: { strategy: 'carry-flow' }, advice: 'Carry it in the `opts.telemetry.metadata` of every job of the flow.',
    upstream: 'https://api.docs.bullmq.io/classes/v5.FlowProducer.html#add', proof: 'fixtures/proofs/bullmq-flow',
  },
  {
    ...producer, id: 'bullmq/upsert-job-scheduler', recurring: true,
    match: { modules: ['bullmq'], exports: ['Queue'], use: 'instance', members: ['upsertJobScheduler'] },
    channel: { by: 'name', at: 'receiver' },
    repair: { refused: 'recurring', detail: 'a scheduler\'s jobs have no caller: each run starts a trace of its own' }, advice: 'Leave it as it is.',
    upstream: 'https://docs.bullmq.io/guide/job-schedulers', evidence: 'proved', proof: 'fixtures/proofs/bullmq-repeat',
  },
  {
    ...queue, id: 'bullmq/worker', role: 'consumer', counterparts: producers,
    match: { modules: ['bullmq'], exports: ['Worker'], use: 'construct' }, args: { callback: 1, options: 2 },
    channel: { by: 'name' }, slots, coveredBy: [{ ...instrumentation, side: 'consumer' }, { ...telemetry, side: 'consumer', optionsArg: 2 }],
    repair: { strategy: 'extract-in-processor' },
    farSide: 'every job starts a new trace', advice: 'Extract the carrier from `job.opts.telemetry.metadata`.',
    upstream: 'https://api.docs.bullmq.io/classes/v5.Worker.html',
  },
  {
    ...queue, id: 'bullmq/worker-get-next-job', role: 'consumer', counterparts: producers,
    match: { modules: ['bullmq'], exports: ['Worker'], use: 'instance', members: ['getNextJob'] },
    channel: { by: 'name', at: 'receiver' }, slots,
    repair: { refused: 'unsupported-shape', detail: 'the job is taken by hand: put what is done with it into `processJob(job, \'link\', () => …)`' },
    farSide: 'every job starts a new trace, whatever the worker\'s telemetry option says', advice: 'Extract the carrier from `job.opts.telemetry.metadata`.',
    upstream: 'https://docs.bullmq.io/patterns/manually-fetching-jobs', proof: 'fixtures/proofs/bullmq-get-next-job',
  },
] satisfies BoundaryInput[];
