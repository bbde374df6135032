// https://upstash.com/docs/qstash/sdks/ts/overview
import type { BoundaryInput } from '../schema.ts';

const qstash = {
  family: 'queue', library: 'QStash', package: '@upstash/qstash', role: 'producer', coupling: 'detached', rule: 'no-dark-queue',
  runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' }, args: { payload: 0 }, channel: { by: 'name', paths: ['url', 'topic', 'urlGroup', '0.url'] },
  repair: { refused: 'no-repair', detail: 'inject into the message\'s `headers`: QStash forwards them to the endpoint' },
  farSide: 'the endpoint that it calls starts a new trace', advice: 'Carry it in `headers`.', evidence: 'proved', proof: 'fixtures/proofs/qstash',
  upstream: 'https://upstash.com/docs/qstash/sdks/ts/examples/publish',
} as const satisfies Partial<BoundaryInput>;
const clients = ['Client'];

export default [
  { ...qstash, id: 'qstash/publish', match: { modules: ['@upstash/qstash'], exports: clients, use: 'instance', members: ['publish', 'publishJSON'] }, slots: [{ in: 'payload', path: ['headers', 'traceparent'], encoding: 'headers' }], recurringOptions: ['cron'] },
  { ...qstash, id: 'qstash/batch', match: { modules: ['@upstash/qstash'], exports: clients, use: 'instance', members: ['batch', 'batchJSON'] }, slots: [{ in: 'payload', path: ['*', 'headers', 'traceparent'], encoding: 'headers' }] },
  { ...qstash, id: 'qstash/enqueue', match: { modules: ['@upstash/qstash'], exports: ['Client.queue'], use: 'instance', members: ['enqueue', 'enqueueJSON'] }, slots: [{ in: 'payload', path: ['headers', 'traceparent'], encoding: 'headers' }] },
  {
    ...qstash, proof: 'fixtures/proofs/upstash-workflow', id: 'upstash-workflow/trigger', library: 'Upstash Workflow', package: '@upstash/workflow', match: { modules: ['@upstash/workflow'], exports: clients, use: 'instance', members: ['trigger'] },
    slots: [{ in: 'payload', path: ['headers', 'traceparent'], encoding: 'headers' }], farSide: 'the workflow starts a new trace', upstream: 'https://upstash.com/docs/workflow/basics/client/trigger',
  },
] satisfies BoundaryInput[];
