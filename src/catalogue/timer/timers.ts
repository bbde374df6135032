// https://nodejs.org/docs/latest-v20.x/api/timers.html
import type { BoundaryInput } from '../schema.ts';

const kept = { node: 'kept', browser: 'lost', 'browser-zone': 'kept' } as const;
const once = {
  family: 'timer', library: 'timers', args: { callback: 0 }, role: 'callback', coupling: 'detached', rule: 'no-unbound-callback',
  repair: { strategy: 'bind-callback' },
  farSide: 'what it does starts a new trace',
  advice: 'Bind it: `context.bind(context.active(), fn)`.',
  evidence: 'proved',
} as const satisfies Partial<BoundaryInput>;

export default [
  {
    ...once, id: 'timers/set-timeout', runtimes: kept,
    match: { modules: ['timers'], exports: ['setTimeout'], use: 'call', global: true },
    upstream: 'https://developer.mozilla.org/docs/Web/API/Window/setTimeout', proof: 'fixtures/proofs/timers-once',
  },
  {
    ...once, id: 'timers/set-immediate', runtimes: kept,
    match: { modules: ['timers'], exports: ['setImmediate'], use: 'call', global: true },
    upstream: 'https://nodejs.org/docs/latest-v20.x/api/timers.html#setimmediatecallback-args', proof: 'fixtures/proofs/timers-once',
  },
  {
    ...once, id: 'timers/queue-microtask', runtimes: kept,
    match: { exports: ['queueMicrotask'], use: 'call', global: true },
    upstream: 'https://developer.mozilla.org/docs/Web/API/Window/queueMicrotask', proof: 'fixtures/proofs/timers-once',
  },
  {
    ...once, id: 'timers/next-tick', runtimes: { ...kept, 'browser-zone': 'lost' },
    match: { modules: ['process'], exports: ['process', '*', 'default'], use: 'method', members: ['nextTick'], global: true },
    upstream: 'https://nodejs.org/docs/latest-v20.x/api/process.html#processnexttickcallback-args', proof: 'fixtures/proofs/timers-once',
  },
  {
    ...once, id: 'timers/next-tick-imported', runtimes: { ...kept, 'browser-zone': 'lost' },
    match: { modules: ['process'], exports: ['nextTick'], near: ['nextTick'], use: 'call' },
    upstream: 'https://nodejs.org/docs/latest-v20.x/api/process.html#processnexttickcallback-args', proof: 'fixtures/proofs/timers-once',
  },
  {
    ...once, id: 'timers/set-interval', runtimes: { node: 'leaked', browser: 'lost', 'browser-zone': 'leaked' }, recurring: true, rule: 'no-leaked-context',
    match: { modules: ['timers'], exports: ['setInterval'], use: 'call', global: true },
    begun: {}, repair: { strategy: 'begin-in-root' },
    farSide: 'every run, for as long as the process lives, joins the trace of the request that began it',
    advice: 'Begin it outside of the request, or under `ROOT_CONTEXT`, with a span of its own in each run.',
    upstream: 'https://developer.mozilla.org/docs/Web/API/Window/setInterval', proof: 'fixtures/proofs/timers-interval',
  },
] satisfies BoundaryInput[];
