// https://github.com/node-cron/node-cron, https://github.com/kelektiv/node-cron, https://github.com/node-schedule/node-schedule,
// https://github.com/kibertoad/toad-scheduler, https://github.com/Hexagon/croner
import type { BoundaryInput } from '../schema.ts';

/** Measured: every run keeps the context in which the job was set up. */
const scheduler = {
  family: 'timer', role: 'callback', coupling: 'detached', rule: 'no-leaked-context', recurring: true, evidence: 'read', args: { callback: 1 },
  runtimes: { node: 'leaked', browser: 'lost', 'browser-zone': 'leaked' },
  farSide: 'every run, for as long as the process lives, joins the trace of the request that began it',
  advice: 'Begin it outside of the request, or under `ROOT_CONTEXT`, with a span of its own in each run.',
  repair: { strategy: 'begin-in-root' },
} as const satisfies Partial<BoundaryInput>;

export default [
  {
    ...scheduler, id: 'node-cron/schedule', library: 'node-cron', package: 'node-cron', versions: '>=4.6 <5', match: { modules: ['node-cron'], exports: ['schedule'], use: 'call' }, begun: { options: 2, unless: ['scheduled'] },
    upstream: 'https://github.com/node-cron/node-cron', evidence: 'proved', proof: 'fixtures/proofs/node-cron-schedule',
  },
  {
    ...scheduler, id: 'cron/job', library: 'cron', package: 'cron', versions: '>=4.4 <5', match: { modules: ['cron'], exports: ['CronJob'], use: 'construct' }, begun: { given: 3 },
    upstream: 'https://github.com/kelektiv/node-cron', evidence: 'proved', proof: 'fixtures/proofs/cron-job',
  },
  {
    ...scheduler, id: 'cron/from', library: 'cron', package: 'cron', versions: '>=4.4 <5', args: { callback: 0, handlers: ['onTick'] }, match: { modules: ['cron'], exports: ['CronJob'], near: ['CronJob.from'], use: 'method', members: ['from'] }, begun: { options: 0, given: 'start' },
    upstream: 'https://github.com/kelektiv/node-cron', evidence: 'proved', proof: 'fixtures/proofs/cron-job',
  },
  {
    ...scheduler, id: 'node-schedule/schedule-job', library: 'node-schedule', package: 'node-schedule', versions: '>=2.1 <3', args: { callback: -1, schedule: -1 },
    match: { modules: ['node-schedule'], exports: ['scheduleJob'], use: 'call' }, begun: {},
    upstream: 'https://github.com/node-schedule/node-schedule', evidence: 'proved', proof: 'fixtures/proofs/node-schedule-job',
  },
  {
    ...scheduler, id: 'croner/cron', library: 'croner', package: 'croner', versions: '>=10 <11', args: { callback: -1, schedule: 0 }, match: { modules: ['croner'], exports: ['Cron', 'default'], use: 'construct' }, begun: { unless: ['paused'] },
    upstream: 'https://github.com/Hexagon/croner', evidence: 'proved', proof: 'fixtures/proofs/croner-cron',
  },
  {
    ...scheduler, id: 'toad-scheduler/task', library: 'toad-scheduler', package: 'toad-scheduler', versions: '>=4.1 <5', match: { modules: ['toad-scheduler'], exports: ['AsyncTask', 'Task'], use: 'construct' },
    repair: { refused: 'recurring', detail: 'the task is only made here: add it to its scheduler under `ROOT_CONTEXT`, or as the program starts' },
    upstream: 'https://github.com/kibertoad/toad-scheduler', evidence: 'proved', proof: 'fixtures/proofs/toad-scheduler-task',
  },
] satisfies BoundaryInput[];
