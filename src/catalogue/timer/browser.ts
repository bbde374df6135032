// https://developer.mozilla.org/docs/Web/API/Window/requestAnimationFrame and what else a page calls back once
import type { BoundaryInput } from '../schema.ts';

const once = {
  family: 'timer', library: 'the browser', args: { callback: 0 }, role: 'callback', coupling: 'detached', rule: 'no-unbound-callback',
  repair: { strategy: 'bind-callback' },
  farSide: 'what it does starts a new trace', advice: 'Bind it: `context.bind(context.active(), fn)`.', evidence: 'proved', proof: 'fixtures/proofs/page-callbacks',
} as const satisfies Partial<BoundaryInput>;
/** What goes on for as long as the page lives works for nobody in particular: it is never bound. */
const lasting = {
  family: 'emitter', library: 'the browser', args: { callback: 0 }, role: 'callback', coupling: 'detached', rule: 'no-leaked-context', recurring: true,
  repair: { refused: 'recurring', detail: 'it is called again and again: bound, every call would join the trace that began it; open a span of its own in each' },
  farSide: 'every call, for as long as the page lives, joins the trace of whoever began to observe', advice: 'Begin it outside of any request, with a span of its own in each call.',
  evidence: 'proved', proof: 'fixtures/proofs/page-observers',
} as const satisfies Partial<BoundaryInput>;

export default [
  {
    ...once, id: 'browser/request-animation-frame', runtimes: { node: 'kept', browser: 'lost', 'browser-zone': 'kept' },
    match: { exports: ['requestAnimationFrame'], use: 'call', global: true },
    upstream: 'https://developer.mozilla.org/docs/Web/API/Window/requestAnimationFrame',
  },
  {
    ...once, id: 'browser/request-idle-callback', runtimes: { node: 'kept', browser: 'lost', 'browser-zone': 'lost' },
    match: { exports: ['requestIdleCallback'], use: 'call', global: true },
    upstream: 'https://developer.mozilla.org/docs/Web/API/Window/requestIdleCallback',
  },
  {
    ...once, id: 'browser/xhr-onload', runtimes: { node: 'kept', browser: 'lost', 'browser-zone': 'kept' },
    match: { exports: ['XMLHttpRequest'], use: 'assign', members: ['onload', 'onloadend', 'onreadystatechange'], near: ['XMLHttpRequest'], global: true },
    upstream: 'https://developer.mozilla.org/docs/Web/API/XMLHttpRequest/load_event',
  },
  {
    ...once, id: 'browser/xhr-load', runtimes: { node: 'kept', browser: 'lost', 'browser-zone': 'kept' }, args: { callback: 1 },
    match: { exports: ['XMLHttpRequest'], use: 'instance', members: ['addEventListener'], event: ['load', 'loadend', 'readystatechange'], near: ['XMLHttpRequest'], global: true },
    upstream: 'https://developer.mozilla.org/docs/Web/API/XMLHttpRequest/load_event',
  },
  {
    ...once, id: 'browser/indexed-db', runtimes: { node: 'kept', browser: 'lost', 'browser-zone': 'kept' },
    match: { exports: ['IDBOpenDBRequest'], use: 'assign', members: ['onsuccess'], near: ['indexedDB.open'], global: true },
    upstream: 'https://developer.mozilla.org/docs/Web/API/IDBRequest/success_event',
  },
  {
    ...once, id: 'browser/indexed-db-success', runtimes: { node: 'kept', browser: 'lost', 'browser-zone': 'kept' }, args: { callback: 1 },
    match: { exports: ['IDBOpenDBRequest'], use: 'instance', members: ['addEventListener'], event: ['success'], near: ['indexedDB.open'], global: true },
    upstream: 'https://developer.mozilla.org/docs/Web/API/IDBRequest/success_event',
  },
  {
    ...once, id: 'browser/post-task', runtimes: { node: 'kept', browser: 'lost', 'browser-zone': 'lost' },
    match: { exports: ['scheduler'], use: 'method', members: ['postTask'], near: ['scheduler.postTask'], global: true },
    upstream: 'https://developer.mozilla.org/docs/Web/API/Scheduler/postTask',
  },
  {
    ...lasting, id: 'browser/observer', runtimes: { node: 'kept', browser: 'lost', 'browser-zone': 'leaked' },
    match: { exports: ['MutationObserver', 'IntersectionObserver'], use: 'construct', global: true },
    upstream: 'https://developer.mozilla.org/docs/Web/API/IntersectionObserver',
  },
  {
    ...lasting, id: 'browser/observer-of-size', runtimes: { node: 'kept', browser: 'lost', 'browser-zone': 'lost' },
    match: { exports: ['ResizeObserver', 'PerformanceObserver'], use: 'construct', global: true },
    upstream: 'https://developer.mozilla.org/docs/Web/API/ResizeObserver',
  },
  {
    ...lasting, id: 'browser/window-message', runtimes: { node: 'kept', browser: 'lost', 'browser-zone': 'leaked' }, args: { callback: 1 },
    match: { exports: ['window'], use: 'method', members: ['addEventListener'], event: ['message'], near: ['window.addEventListener'], global: true },
    upstream: 'https://developer.mozilla.org/docs/Web/API/Window/message_event',
  },
] satisfies BoundaryInput[];
