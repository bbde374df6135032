// https://github.com/onebeyond/rascal
import type { BoundaryInput } from '../schema.ts';

const rascal = {
  family: 'queue', library: 'Rascal', package: 'rascal', coupling: 'detached', rule: 'no-dark-queue',
  runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' }, evidence: 'read', proof: 'read in its documentation; the instrumentation of amqplib covers what lies below',
  upstream: 'https://github.com/onebeyond/rascal#readme',
} as const satisfies Partial<BoundaryInput>;
const modules = ['rascal'];
const brokers = ['BrokerAsPromised', 'BrokerAsPromised.create', 'Broker', 'Broker.create', 'Broker.create(1)'];
const instrumentation = { package: '@opentelemetry/instrumentation-amqplib' } as const;

export default [
  {
    ...rascal, id: 'rascal/publish', role: 'producer', counterparts: ['rascal/on-message'],
    match: { modules, exports: brokers, use: 'instance', members: ['publish', 'forward'] }, args: { payload: 1, options: 2 },
    slots: [{ in: 'options', path: ['options', 'headers', 'traceparent'], encoding: 'object' }], coveredBy: [{ ...instrumentation, side: 'producer' }],
    repair: { refused: 'no-repair', detail: 'inject into `options.headers` of the overrides, and extract from `message.properties.headers`' },
    farSide: 'the subscriber starts a new trace', advice: 'Carry it in `overrides.options.headers`.',
  },
  {
    ...rascal, id: 'rascal/on-message', role: 'consumer', counterparts: ['rascal/publish'],
    match: { modules, exports: brokers.flatMap((broker) => [`${broker}.subscribe`, `${broker}.subscribe(1)`]), use: 'instance', members: ['on'], event: ['message'] }, args: { callback: 1 },
    coveredBy: [{ ...instrumentation, side: 'consumer' }],
    repair: { refused: 'no-repair', detail: 'extract from `message.properties.headers` and run the handler in that context' },
    farSide: 'every message starts a new trace', advice: 'Extract the carrier from `message.properties.headers`.',
  },
] satisfies BoundaryInput[];
