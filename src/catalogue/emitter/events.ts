// https://nodejs.org/docs/latest-v20.x/api/events.html, https://github.com/primus/eventemitter3, https://github.com/developit/mitt,
// https://github.com/sindresorhus/emittery
import type { BoundaryInput } from '../schema.ts';

/**
 * Listeners run in the emitter's context, and mostly should. One that waits for an event made for one caller (`done:${id}`)
 * goes on with that caller's work.
 */
const once = {
  family: 'emitter', role: 'callback', coupling: 'detached', rule: 'no-unbound-callback', evidence: 'read',
  runtimes: { node: 'wrong', browser: 'wrong', 'browser-zone': 'wrong' }, args: { callback: 1 },
  repair: { strategy: 'bind-callback' },
  farSide: 'it runs in the context of whoever emits the event', advice: 'Bind it: `context.bind(context.active(), fn)`.',
} as const satisfies Partial<BoundaryInput>;

export default [
  {
    ...once, id: 'events/once', library: 'events', match: { modules: ['events'], exports: ['EventEmitter', 'default', '*'], near: ['.once('], use: 'instance', members: ['once'], eventOfCaller: true },
    upstream: 'https://nodejs.org/docs/latest-v20.x/api/events.html#emitteronceeventname-listener', evidence: 'proved', proof: 'fixtures/proofs/events-once',
  },
  {
    ...once, id: 'eventemitter3/once', library: 'eventemitter3', package: 'eventemitter3', versions: '>=5 <6',
    match: { modules: ['eventemitter3'], exports: ['EventEmitter', 'default', '*'], near: ['.once('], use: 'instance', members: ['once'], eventOfCaller: true },
    upstream: 'https://github.com/primus/eventemitter3', evidence: 'proved', proof: 'fixtures/proofs/events-once',
  },
  {
    ...once, id: 'mitt/on', library: 'mitt', package: 'mitt', versions: '>=3 <4',
    match: { modules: ['mitt'], exports: ['default', 'Emitter'], near: ['mitt'], use: 'instance', members: ['on'], eventOfCaller: true },
    upstream: 'https://github.com/developit/mitt', evidence: 'proved', proof: 'fixtures/proofs/events-once',
  },
  {
    ...once, id: 'emittery/on', library: 'Emittery', package: 'emittery', versions: '>=1 <2', runtimes: { node: 'wrong', browser: 'lost', 'browser-zone': 'lost' },
    match: { modules: ['emittery'], exports: ['default'], near: ['Emittery', 'emittery'], use: 'instance', members: ['on'], eventOfCaller: true },
    upstream: 'https://github.com/sindresorhus/emittery', evidence: 'proved', proof: 'fixtures/proofs/events-once',
  },
] satisfies BoundaryInput[];
