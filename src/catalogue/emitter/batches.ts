// https://github.com/graphql/dataloader, https://lodash.com/docs, https://github.com/coopernurse/node-pool
import type { BoundaryInput } from '../schema.ts';

/** One function for many callers, which runs in the context of the first of them. */
const batch = {
  family: 'emitter', role: 'callback', coupling: 'awaited', rule: 'no-unbound-callback', evidence: 'read', forMany: true,
  runtimes: { node: 'wrong', browser: 'lost', 'browser-zone': 'wrong' },
} as const satisfies Partial<BoundaryInput>;
const merged = {
  args: { callback: 0 },
  farSide: 'it runs once for several callers, in the context of one of them', advice: 'Pass `context.active()` as an argument and work in it.',
  repair: { refused: 'no-repair', detail: 'pass `context.active()` as one more argument, and work in `context.with(…)` of it' },
} as const satisfies Partial<BoundaryInput>;

export default [
  {
    ...batch, id: 'dataloader/batch', library: 'DataLoader', package: 'dataloader', versions: '>=2.2 <3', args: { callback: 0 },
    match: { modules: ['dataloader'], exports: ['default', '*'], use: 'construct' },
    farSide: 'a batch of several requests\' keys loads in the context of the first of them', advice: 'Make a loader for each request.',
    repair: { refused: 'no-repair', detail: 'make the loader for each request, as its cache asks for too' },
    upstream: 'https://github.com/graphql/dataloader#caching-per-request', evidence: 'proved', proof: 'fixtures/proofs/dataloader-batch',
  },
  {
    ...batch, ...merged, id: 'lodash/debounce', library: 'lodash', package: 'lodash', versions: '>=4.18 <5', match: { modules: ['lodash', 'lodash-es'], exports: ['debounce', 'throttle'], use: 'call' },
    upstream: 'https://lodash.com/docs/4.17.15#debounce', evidence: 'proved', proof: 'fixtures/proofs/lodash-debounce',
  },
  {
    ...batch, ...merged, id: 'lodash/debounce-module', library: 'lodash', package: 'lodash', versions: '>=4.18 <5',
    match: { modules: ['lodash.debounce', 'lodash.throttle', 'lodash/debounce', 'lodash/throttle', 'lodash-es/debounce', 'lodash-es/throttle'], exports: ['default', '*'], use: 'call' },
    upstream: 'https://lodash.com/docs/4.17.15#debounce', evidence: 'proved', proof: 'fixtures/proofs/lodash-debounce',
  },
  {
    ...batch, id: 'generic-pool/create', library: 'generic-pool', package: 'generic-pool', versions: '>=3.9 <4', args: { callback: 0, handlers: ['create'] },
    match: { modules: ['generic-pool'], exports: ['createPool'], use: 'call' },
    farSide: 'what is made runs in the context of whoever gave a resource back', advice: 'Begin a span of its own in `create`.',
    repair: { refused: 'no-repair', detail: 'what a pool makes belongs to no caller: begin a span of its own in `create`' },
    upstream: 'https://github.com/coopernurse/node-pool#createpool', evidence: 'proved', proof: 'fixtures/proofs/generic-pool-create',
  },
  {
    ...batch, forMany: false, id: 'global/finalization-registry', library: 'FinalizationRegistry', args: { callback: 0 },
    runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' }, match: { exports: ['FinalizationRegistry'], use: 'construct', global: true },
    coupling: 'detached',
    farSide: 'it runs when memory is cleaned up, in no context', advice: 'Put the context into the held value.',
    repair: { refused: 'no-repair', detail: 'put `context.active()` into the held value, and work in `context.with(…)` of it' },
    upstream: 'https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/FinalizationRegistry', evidence: 'proved', proof: 'fixtures/proofs/finalization-registry',
  },
] satisfies BoundaryInput[];
