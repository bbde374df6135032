// https://github.com/sindresorhus/p-queue, https://github.com/SGrondin/bottleneck
import type { BoundaryInput } from '../schema.ts';

/** A function waits until others' are done, and then runs in the context of the one that was done before it. */
const queued = {
  family: 'emitter', role: 'callback', coupling: 'awaited', rule: 'no-unbound-callback', evidence: 'read',
  repair: { strategy: 'bind-callback' },
  farSide: 'where it has to wait, it runs in the context of the caller whose work went before it',
  advice: 'Bind it: `context.bind(context.active(), fn)`.',
} as const satisfies Partial<BoundaryInput>;
const pQueue = { limits: ['concurrency', 'intervalCap', 'autoStart'] };
const bottleneck = { limits: ['maxConcurrent', 'minTime', 'reservoir', 'highWater'] };

export default [
  {
    ...queued, id: 'p-queue/add', library: 'p-queue', package: 'p-queue', versions: '>=7.1 <10', runtimes: { node: 'wrong', browser: 'lost', 'browser-zone': 'lost' }, shared: pQueue,
    match: { modules: ['p-queue'], exports: ['default', 'PQueue', '*'], use: 'instance', members: ['add'] }, args: { callback: 0 },
    upstream: 'https://github.com/sindresorhus/p-queue#addfn-options', evidence: 'proved', proof: 'fixtures/proofs/p-queue-add',
  },
  {
    ...queued, id: 'p-queue/add-all', library: 'p-queue', package: 'p-queue', versions: '>=7.1 <10', runtimes: { node: 'wrong', browser: 'lost', 'browser-zone': 'lost' }, shared: pQueue,
    match: { modules: ['p-queue'], exports: ['default', 'PQueue', '*'], use: 'instance', members: ['addAll'] }, args: { callback: 0 },
    repair: { refused: 'no-repair', detail: 'bind each function of the list: `fns.map((fn) => context.bind(context.active(), fn))`' },
    upstream: 'https://github.com/sindresorhus/p-queue#addallfns-options', evidence: 'proved', proof: 'fixtures/proofs/p-queue-add-all',
  },
  {
    ...queued, id: 'bottleneck/schedule', library: 'Bottleneck', package: 'bottleneck', versions: '>=2.19 <3', runtimes: { node: 'wrong', browser: 'lost', 'browser-zone': 'wrong' }, shared: bottleneck,
    match: { modules: ['bottleneck', 'bottleneck/es5', 'bottleneck/light'], exports: ['default', 'Bottleneck', '*'], use: 'instance', members: ['schedule', 'submit'] },
    args: { callback: 0, optionsFirst: true },
    upstream: 'https://github.com/SGrondin/bottleneck#schedule', evidence: 'proved', proof: 'fixtures/proofs/bottleneck-schedule',
  },
] satisfies BoundaryInput[];
