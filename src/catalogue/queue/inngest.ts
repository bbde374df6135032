// https://www.inngest.com/docs/reference/functions/create
import type { BoundaryInput } from '../schema.ts';

const inngest = {
  family: 'queue', library: 'Inngest', package: 'inngest', rule: 'no-dark-queue',
  runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' }, evidence: 'proved', proof: 'fixtures/proofs/inngest',
} as const satisfies Partial<BoundaryInput>;
const modules = ['inngest', '@inngest/agent-kit'];
const clients = ['Inngest', 'Inngest.Any'];
const steps = [...clients.map((name) => `${name}.createFunction(0).step`), 'createTool.handler(1).step', 'Tool.Options.step'];

const producer = {
  ...inngest, role: 'producer', coupling: 'detached', counterparts: ['inngest/create-function'],
  repair: { refused: 'no-repair', detail: 'put the carrier into the event\'s `data` under a key of its own, and extract it in the function' },
  farSide: 'the function starts a new trace', advice: 'Carry it in the event\'s `data`.',
} as const satisfies Partial<BoundaryInput>;
const name: BoundaryInput['channel'] = { by: 'name', paths: ['name', '0.name'] };

export default [
  { ...producer, id: 'inngest/send', match: { modules, exports: clients, use: 'instance', members: ['send'] }, args: { payload: 0 }, channel: name, upstream: 'https://www.inngest.com/docs/reference/events/send' },
  {
    ...producer, proof: 'fixtures/proofs/inngest-steps', id: 'inngest/step-send-event', match: { modules, exports: steps, use: 'method', members: ['sendEvent'] }, args: { payload: 1 }, channel: { by: 'name', arg: 1, paths: ['name', '0.name'] },
    upstream: 'https://www.inngest.com/docs/reference/functions/step-send-event',
  },
  {
    ...producer, proof: 'fixtures/proofs/inngest-steps', id: 'inngest/step-invoke', coupling: 'awaited', match: { modules, exports: steps, use: 'method', members: ['invoke'] }, args: { payload: 1 },
    upstream: 'https://www.inngest.com/docs/reference/functions/step-invoke',
  },
  {
    ...inngest, id: 'inngest/create-function', role: 'consumer', coupling: 'detached', counterparts: ['inngest/send', 'inngest/step-send-event'],
    match: { modules, exports: clients, use: 'instance', members: ['createFunction'] }, args: { callback: -1 }, channel: { by: 'name', arg: 1, paths: ['event', '0.event'] }, recurringOptions: ['cron'],
    repair: { refused: 'no-repair', detail: 'extract the carrier that the producer puts into `event.data`, and run the function in it' },
    farSide: 'every run starts a new trace', advice: 'Extract the carrier from `event.data`.', upstream: 'https://www.inngest.com/docs/reference/functions/create',
  },
] satisfies BoundaryInput[];
