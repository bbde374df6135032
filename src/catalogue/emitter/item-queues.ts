// https://github.com/mcollina/fastq, https://caolan.github.io/async/v3/docs.html#queue, https://github.com/diamondio/better-queue
import type { BoundaryInput } from '../schema.ts';

/** Items wait for one function, which takes the next in the context of the caller whose item went before it. */
const items = {
  family: 'emitter', role: 'producer', coupling: 'awaited', rule: 'no-unbound-callback', evidence: 'read',
  runtimes: { node: 'wrong', browser: 'lost', 'browser-zone': 'wrong' }, args: { payload: 0, worker: 0 }, shared: {},
  repair: { refused: 'no-repair', detail: 'put `context.active()` into the item, and let the queue\'s function work in `context.with(item.context, …)`' },
  farSide: 'where the item has to wait, the queue\'s function runs in the context of the caller whose item went before it',
  advice: 'Put `context.active()` into the item and let the queue\'s function work in it.',
} as const satisfies Partial<BoundaryInput>;

export default [
  {
    ...items, id: 'fastq/push', library: 'fastq', package: 'fastq', versions: '>=1.20 <2',
    match: { modules: ['fastq'], exports: ['default', '*', 'promise', 'queue', 'queueAsPromised', 'default.queue', 'default.queueAsPromised'], near: ['fastq'], use: 'instance', members: ['push', 'unshift'] },
    upstream: 'https://github.com/mcollina/fastq#pushtask-done', evidence: 'proved', proof: 'fixtures/proofs/fastq-push',
  },
  {
    ...items, id: 'async/queue-push', library: 'async', package: 'async', versions: '>=3.2 <4',
    match: {
      modules: ['async', 'async/queue', 'async/priorityQueue', 'async/cargo', 'async/cargoQueue'], exports: ['queue', 'priorityQueue', 'cargo', 'cargoQueue', 'default', 'QueueObject', 'AsyncQueue'],
      near: ['\'async\'', '"async"', '\'async/', '"async/'], use: 'instance', members: ['push', 'pushAsync', 'unshift', 'unshiftAsync'],
    },
    upstream: 'https://caolan.github.io/async/v3/docs.html#queue', evidence: 'proved', proof: 'fixtures/proofs/async-queue',
  },
  {
    ...items, id: 'better-queue/push', library: 'better-queue', package: 'better-queue', versions: '>=3.8 <4',
    match: { modules: ['better-queue'], exports: ['default', '*'], near: ['better-queue'], use: 'instance', members: ['push'] },
    upstream: 'https://github.com/diamondio/better-queue', evidence: 'proved', proof: 'fixtures/proofs/better-queue-push',
  },
] satisfies BoundaryInput[];
