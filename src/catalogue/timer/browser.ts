// https://developer.mozilla.org/docs/Web/API/Window/requestAnimationFrame and what else a page calls back once
import type { BoundaryInput } from '../schema.ts';

const once = {
  family: 'timer', library: 'the browser', args: { callback: 0 }, role: 'callback', coupling: 'detached', rule: 'no-unbound-callback',
  repair: { strategy: 'bind-callback' },
  farSide: 'what it does starts a new trace', advice: 'Bind it: `context.bind(context.active(), fn)`.', evidence: 'read',
} as const satisfies Partial<BoundaryInput>;

export default [
  {
    ...once, id: 'browser/request-animation-frame', runtimes: { node: 'kept', browser: 'lost', 'browser-zone': 'kept' },
    match: { exports: ['requestAnimationFrame'], use: 'call', global: true },
    upstream: 'https://developer.mozilla.org/docs/Web/API/Window/requestAnimationFrame', proof: 'measured row timer.requestAnimationFrame',
  },
  {
    ...once, id: 'browser/request-idle-callback', runtimes: { node: 'kept', browser: 'lost', 'browser-zone': 'lost' },
    match: { exports: ['requestIdleCallback'], use: 'call', global: true },
    upstream: 'https://developer.mozilla.org/docs/Web/API/Window/requestIdleCallback', proof: 'measured row timer.requestIdleCallback',
  },
  {
    ...once, id: 'browser/xhr-onload', runtimes: { node: 'kept', browser: 'lost', 'browser-zone': 'kept' },
    match: { exports: ['XMLHttpRequest'], use: 'assign', members: ['onload', 'onloadend', 'onreadystatechange'], near: ['XMLHttpRequest'], global: true },
    upstream: 'https://developer.mozilla.org/docs/Web/API/XMLHttpRequest/load_event', proof: 'measured row dom.xhr-onload',
  },
  {
    ...once, id: 'browser/xhr-load', runtimes: { node: 'kept', browser: 'lost', 'browser-zone': 'kept' }, args: { callback: 1 },
    match: { exports: ['XMLHttpRequest'], use: 'instance', members: ['addEventListener'], event: ['load', 'loadend', 'readystatechange'], near: ['XMLHttpRequest'], global: true },
    upstream: 'https://developer.mozilla.org/docs/Web/API/XMLHttpRequest/load_event', proof: 'measured row dom.xhr-listener',
  },
] satisfies BoundaryInput[];
