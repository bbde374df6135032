// https://stomp-js.github.io/api-docs/latest/classes/Client.html
import type { BoundaryInput } from '../schema.ts';

const stomp = {
  family: 'queue', library: 'STOMP', package: '@stomp/stompjs', coupling: 'detached', rule: 'no-dark-queue',
  runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' }, evidence: 'proved', proof: 'fixtures/proofs/stomp',
} as const satisfies Partial<BoundaryInput>;
const modules = ['@stomp/stompjs'];
const exports = ['Client', 'CompatClient', 'Stomp.client', 'Stomp.over'];

export default [
  {
    ...stomp, id: 'stomp/publish', role: 'producer', counterparts: ['stomp/subscribe'], match: { modules, exports, use: 'instance', members: ['publish'] }, args: { payload: 0 },
    channel: { by: 'name', paths: ['destination'] }, slots: [{ in: 'payload', path: ['headers', 'traceparent'], encoding: 'object' }],
    repair: { refused: 'no-repair', detail: 'inject into `headers` of the frame, and extract them in the subscriber' },
    farSide: 'the subscriber starts a new trace', advice: 'Carry it in `headers`.', upstream: 'https://stomp-js.github.io/api-docs/latest/classes/Client.html#publish',
  },
  {
    ...stomp, id: 'stomp/subscribe', role: 'consumer', counterparts: ['stomp/publish'], match: { modules, exports, use: 'instance', members: ['subscribe'] }, args: { callback: 1 }, channel: { by: 'name' },
    repair: { refused: 'no-repair', detail: 'extract from `message.headers`, and work on the message in that context' },
    farSide: 'every message starts a new trace', advice: 'Extract the carrier from `message.headers`.', upstream: 'https://stomp-js.github.io/api-docs/latest/classes/Client.html#subscribe',
  },
] satisfies BoundaryInput[];
