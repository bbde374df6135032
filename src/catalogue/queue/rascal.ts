// https://github.com/onebeyond/rascal
import type { BoundaryInput } from '../schema.ts';

const rascal = {
  family: 'queue', library: 'Rascal', package: 'rascal', coupling: 'detached', rule: 'no-dark-queue',
  runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' }, evidence: 'proved', proof: 'fixtures/proofs/rascal',
  upstream: 'https://github.com/onebeyond/rascal#readme',
} as const satisfies Partial<BoundaryInput>;
const modules = ['rascal'];
const brokers = ['BrokerAsPromised', 'BrokerAsPromised.create', 'Broker', 'Broker.create', 'Broker.create(1)'].flatMap((name) => [name, `default.${name}`]);
const instrumentation = { package: '@opentelemetry/instrumentation-amqplib' } as const;

export default [
  {
    ...rascal, id: 'rascal/publish', role: 'producer', counterparts: ['rascal/on-message'],
    match: { modules, exports: brokers, use: 'instance', members: ['publish', 'forward'] }, args: { payload: 1, options: 2 },
    slots: [{ in: 'options', path: ['options', 'headers', 'traceparent'], encoding: 'object' }], coveredBy: [{ ...instrumentation, side: 'producer' }],
    repair: { strategy: 'carry-in-slot' },
    farSide: 'the subscriber starts a new trace', advice: 'Carry it in `overrides.options.headers`.',
  },
  {
    ...rascal, id: 'rascal/on-message', role: 'consumer', counterparts: ['rascal/publish'],
    match: { modules, exports: brokers.flatMap((broker) => [`${broker}.subscribe`, `${broker}.subscribe(1)`]), use: 'instance', members: ['on'], event: ['message'] }, args: { callback: 1 },
    coveredBy: [{ ...instrumentation, side: 'consumer' }],
    repair: { strategy: 'extract-in-consumer' }, slots: [{ in: 'message', path: ['properties', 'headers'], encoding: 'object' }], system: 'rabbitmq',
    farSide: 'every message starts a new trace', advice: 'Extract the carrier from `message.properties.headers`.',
  },
] satisfies BoundaryInput[];
