import { describe, expect, test } from 'vitest';
import { findRedis } from '../../scripts/demo/agents.mjs';
import { prove, proveUntouched } from './harness.ts';

const redis = await findRedis();
const worker = 'bullmq/worker lost';
const program = { redis, services: ['worker.mjs'] };

test.runIf(process.env.OTEL_HANDOFF_REQUIRE_BROKERS)('Redis answers', () => {
  expect(redis).toBeDefined();
});

describe.skipIf(!redis).concurrent('BullMQ, with a processor that is', () => {
  test('written where the worker is made: add', () =>
    prove({
      ...program,
      folder: 'bullmq-add',
      prints: 4,
      before: { 'send mail': 'none' },
      findings: ['bullmq/queue-add lost', 'bullmq/queue-add lost', worker],
      after: { 'send mail': 'linked' },
      afterwards: {
        'main.mjs': [
          ["import { Queue } from 'bullmq';", "import { Queue } from 'bullmq';\nimport { BullMQOtel } from 'bullmq-otel';"],
          ['{ connection, prefix: ', "{ telemetry: new BullMQOtel('shop'), connection, prefix: "],
        ],
        'worker.mjs': [
          ["import { Worker } from 'bullmq';", "import { Worker } from 'bullmq';\nimport { BullMQOtel } from 'bullmq-otel';"],
          ['{ connection: ', "{ telemetry: new BullMQOtel('mailer'), connection: "],
        ],
      },
      then: { 'send mail': 'own' },
    }));

  test('named: addBulk, in CommonJS', () =>
    prove({
      ...program,
      folder: 'bullmq-add-bulk',
      main: 'main.js',
      services: ['worker.js'],
      prints: 6,
      before: { 'index page': 'none' },
      findings: ['bullmq/queue-add-bulk lost', 'bullmq/queue-add-bulk lost', worker],
      after: { 'index page': 'linked' },
    }));

  test('taking its job apart: FlowProducer#add', () =>
    prove({
      ...program,
      folder: 'bullmq-flow',
      prints: 8,
      before: { 'work on episode': 'none', 'work on cut': 'none', 'work on mix': 'none', 'work on record': 'none' },
      findings: ['bullmq/flow-add lost', worker],
      after: { 'work on episode': 'linked', 'work on cut': 'linked', 'work on mix': 'linked', 'work on record': 'linked' },
    }));

  test('a bound method: add in a class, with options that are spread', () =>
    prove({
      ...program,
      folder: 'bullmq-class',
      prints: 2,
      before: { shrink: 'none' },
      findings: ['bullmq/queue-add lost', worker],
      after: { shrink: 'linked' },
    }));
});

describe.skipIf(!redis).concurrent('BullMQ with its telemetry option', () => {
  const prints = 2;

  test('on both sides', () =>
    proveUntouched({
      ...program,
      folder: 'bullmq-telemetry-both',
      prints,
      places: { book: 'own' },
      handoffs: ['bullmq/queue-add covered', 'bullmq/worker covered'],
    }));

  test('on the producer', () =>
    prove({
      ...program,
      folder: 'bullmq-telemetry-producer',
      prints,
      before: { book: 'none' },
      findings: ['bullmq/worker one-sided'],
      after: { book: 'linked' },
    }));

  test('on the worker', () =>
    prove({
      ...program,
      folder: 'bullmq-telemetry-worker',
      prints,
      before: { book: 'none' },
      findings: ['bullmq/queue-add one-sided'],
      after: { book: 'own' },
    }));
});

test.skipIf(!redis)('jobs that are repeated are not carried, whatever else is in their queue', () =>
  prove({
    ...program,
    folder: 'bullmq-repeat',
    prints: 8,
    before: { 'write welcome': 'none', 'write reminder': 'none', 'write digest': 'none' },
    findings: ['bullmq/queue-add lost', worker],
    after: { 'write welcome': 'linked', 'write reminder': 'none', 'write digest': 'none' },
  }));
