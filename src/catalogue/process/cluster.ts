// https://nodejs.org/docs/latest-v20.x/api/cluster.html
import type { BoundaryInput } from '../schema.ts';

const modules = ['cluster'];
const workers = ['fork', 'Worker', 'default.fork', 'Cluster.fork', 'on:message(0)', 'on:fork(0)', 'on:online(0)', 'on:listening(0)'];
const cluster = {
  family: 'process', library: 'cluster', rule: 'no-dark-thread', coupling: 'awaited', evidence: 'read',
} as const satisfies Partial<BoundaryInput>;

export default [
  {
    ...cluster, id: 'cluster/worker-send', role: 'producer', messages: true, runtimes: { node: 'lost', browser: 'kept', 'browser-zone': 'kept' },
    match: { modules, exports: workers, near: ['cluster'], use: 'instance', members: ['send'] }, args: { payload: 0 },
    slots: [{ in: 'payload', path: ['_otel'], encoding: 'object' }],
    repair: { refused: 'no-repair', detail: 'inject a carrier into the message, and extract it in the worker\'s `process.on(\'message\')`' },
    farSide: 'the worker process starts a new trace', advice: 'Carry it in the message, and extract it in the worker.',
    upstream: 'https://nodejs.org/docs/latest-v20.x/api/cluster.html#workersendmessage-sendhandle-options-callback', evidence: 'proved', proof: 'fixtures/proofs/cluster-message',
  },
  {
    ...cluster, id: 'cluster/worker-on-message', role: 'callback', runsAtCreation: true, runtimes: { node: 'wrong', browser: 'kept', 'browser-zone': 'kept' },
    match: { modules, exports: workers, near: ['\'message\'', '"message"'], use: 'instance', members: ['on', 'once', 'addListener'], event: ['message'] }, args: { callback: 1 },
    repair: { refused: 'no-repair', detail: 'carry the context in the message and extract it here, or bind the listener where it serves one caller' },
    farSide: 'it runs in the context in which the worker was started, not in the caller\'s', advice: 'Bind it: `context.bind(context.active(), fn)`.',
    upstream: 'https://nodejs.org/docs/latest-v20.x/api/cluster.html#event-message', evidence: 'proved', proof: 'fixtures/proofs/cluster-message',
  },
] satisfies BoundaryInput[];
