// https://kafka.js.org/docs/producing
import type { BoundaryInput } from '../schema.ts';

const kafka = {
  family: 'queue', coupling: 'detached', rule: 'no-dark-queue', twice: 'harmless',
  runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' }, evidence: 'read', proof: 'measured row kafkajs.eachMessage',
} as const satisfies Partial<BoundaryInput>;
const farSide = { producer: 'the consumer starts a new trace', consumer: 'every message starts a new trace' };
const producerRepair: BoundaryInput['repair'] = { strategy: 'carry-in-slot' };
const consumerRepair: BoundaryInput['repair'] = { refused: 'no-repair', detail: 'copy `message.headers` into strings (the values are Buffers), extract from that, and run the handler in that context' };
const evidence = { evidence: 'proved', proof: 'fixtures/proofs/kafkajs' } as const;
const produced = { advice: 'Carry it in the `headers` of every message.', farSide: farSide.producer, repair: producerRepair };
const consumed = { advice: 'Extract the carrier from `message.headers`; its values are Buffers.', farSide: farSide.consumer, repair: consumerRepair };

interface Client { id: string; library: string; modules: string[]; kafka: string[]; types: string[]; coveredBy: NonNullable<BoundaryInput['coveredBy']> }

/** KafkaJS, and the client of Confluent that has its API. */
function like({ id, library, modules, kafka: names, types, coveredBy }: Client): BoundaryInput[] {
  const ways = (member: string): string[] => names.flatMap((name) => [`${name}.${member}`]);
  const base = { ...kafka, library, package: modules[0]! };
  const producers = [...ways('producer'), ...ways('producer.transaction'), ...types.flatMap((type) => [`${type}Producer`, `${type}Transaction`, `${type}Producer.transaction`])];
  const consumers = [...ways('consumer'), ...types.map((type) => `${type}Consumer`)];
  return [
    {
      ...base, ...produced, id: `${id}/send`, role: 'producer', counterparts: [`${id}/run`], match: { modules, exports: producers, use: 'instance', members: ['send'] }, args: { payload: 0 },
      channel: { by: 'name', paths: ['topic'] }, slots: [{ in: 'payload', path: ['messages', '*', 'headers', 'traceparent'], encoding: 'object' }], coveredBy: coveredBy.map((cover) => ({ ...cover, side: 'producer' })),
      upstream: 'https://kafka.js.org/docs/producing',
    },
    {
      ...base, ...produced, id: `${id}/send-batch`, role: 'producer', counterparts: [`${id}/run`], match: { modules, exports: producers, use: 'instance', members: ['sendBatch'] }, args: { payload: 0 },
      channel: { by: 'name', paths: ['topicMessages.0.topic'] }, slots: [{ in: 'payload', path: ['topicMessages', '*', 'messages', '*', 'headers', 'traceparent'], encoding: 'object' }],
      coveredBy: coveredBy.map((cover) => ({ ...cover, side: 'producer' })), upstream: 'https://kafka.js.org/docs/producing#producing-to-multiple-topics',
    },
    {
      ...base, ...consumed, id: `${id}/run`, role: 'consumer', counterparts: [`${id}/send`, `${id}/send-batch`], match: { modules, exports: consumers, use: 'instance', members: ['run'] },
      args: { callback: 0, handlers: ['eachMessage', 'eachBatch'] }, slots: [{ in: 'message', path: ['message', 'headers'], encoding: 'object', handlers: ['eachMessage'] }], system: 'kafka', repair: { strategy: 'extract-in-consumer' }, coveredBy: coveredBy.map((cover) => ({ ...cover, side: 'consumer' })), upstream: 'https://kafka.js.org/docs/consuming',
    },
  ];
}

export default [
  ...like({ id: 'kafkajs', library: 'KafkaJS', modules: ['kafkajs'], kafka: ['Kafka', 'default.Kafka'], types: [''], coveredBy: [{ package: '@opentelemetry/instrumentation-kafkajs', side: 'both' }] }).map((entry) => ({ ...entry, ...evidence })),
  ...like({ id: 'confluent-kafka', library: '@confluentinc/kafka-javascript', modules: ['@confluentinc/kafka-javascript'], kafka: ['KafkaJS.Kafka', 'default.KafkaJS.Kafka'], types: ['KafkaJS.'], coveredBy: [] })
    .map((entry) => ({ ...entry, proof: 'read: it has the API of KafkaJS; not run: its Kafka client is a native part, which an installation downloads or compiles' })),
  {
    ...kafka, ...produced, id: 'node-rdkafka/produce', library: 'node-rdkafka', package: 'node-rdkafka', role: 'producer', counterparts: ['node-rdkafka/on-data'],
    match: { modules: ['node-rdkafka', '@confluentinc/kafka-javascript'], exports: ['Producer', 'HighLevelProducer', 'default.Producer'], use: 'instance', members: ['produce'] }, args: { payload: 2, options: 6 }, channel: { by: 'name' },
    repair: { refused: 'no-repair', detail: 'pass the carrier in `headers`, the seventh argument, a list of objects with one key each' }, advice: 'Carry it in `headers`, the seventh argument.',
    upstream: 'https://github.com/Blizzard/node-rdkafka#sending-messages', proof: 'read in its documentation; not run: its Kafka client is a native part, which an installation compiles for minutes',
  },
  {
    ...kafka, ...consumed, id: 'node-rdkafka/on-data', library: 'node-rdkafka', package: 'node-rdkafka', role: 'consumer', counterparts: ['node-rdkafka/produce'],
    match: { modules: ['node-rdkafka', '@confluentinc/kafka-javascript'], exports: ['KafkaConsumer', 'default.KafkaConsumer', 'KafkaConsumer.createReadStream', 'createReadStream'], use: 'instance', members: ['on'], event: ['data'] }, args: { callback: 1 },
    upstream: 'https://github.com/Blizzard/node-rdkafka#kafkakafkaconsumer', proof: 'read in its documentation; not run: its Kafka client is a native part, which an installation compiles for minutes',
  },
] satisfies BoundaryInput[];
