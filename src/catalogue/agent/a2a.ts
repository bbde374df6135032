// https://github.com/a2aproject/a2a-js
import type { BoundaryInput } from '../schema.ts';

const a2a = {
  family: 'agent', library: 'A2A', package: '@a2a-js/sdk', coupling: 'awaited', rule: 'no-dark-tool-call',
  runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' }, upstream: 'https://github.com/a2aproject/a2a-js', evidence: 'proved', proof: 'fixtures/proofs/a2a',
} as const satisfies Partial<BoundaryInput>;
const made = ['createFromUrl', 'createFromAgentCard'];

export default [
  {
    ...a2a, id: 'a2a/send-message', role: 'producer',
    match: {
      modules: ['@a2a-js/sdk/client', '@a2a-js/sdk'], use: 'instance', members: ['sendMessage', 'sendMessageStream'],
      exports: ['Client', 'A2AClient', 'A2AClient.fromCardUrl', 'ClientFactory.default', ...made.map((name) => `ClientFactory.${name}`)],
    },
    args: { payload: 0, options: 1 },
    slots: [
      { in: 'payload', path: ['metadata', 'traceparent'], encoding: 'object', relayed: true },
      { in: 'payload', path: ['message', 'metadata', 'traceparent'], encoding: 'object', relayed: true },
      { in: 'options', path: ['serviceParameters', 'traceparent'], encoding: 'object' },
    ],
    coveredBy: [{ package: '@opentelemetry/instrumentation-undici', side: 'both' }],
    repair: { refused: 'no-repair', detail: 'inject into the request\'s `metadata`, or into the headers of a `fetchImpl` of your own' },
    farSide: 'the other agent starts a new trace', advice: 'Carry it in the request\'s `metadata`, or register `@opentelemetry/instrumentation-undici`.',
  },
] satisfies BoundaryInput[];
