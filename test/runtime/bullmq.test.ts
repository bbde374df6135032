import { SpanKind } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { FlowProducer, Queue, Worker } from 'bullmq';
import type { Job, QueueOptions, WorkerOptions } from 'bullmq';
import { BullMQOtel } from 'bullmq-otel';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { carryFlow, carryJob, carryJobs, processJob, traceProcessor } from '../../transforms/runtime/handoff.ts';
import { activeTraceId, redis, redisAnswers, startSdk, within } from './support.ts';

const required = Boolean(process.env['OTEL_HANDOFF_REQUIRE_BROKERS']);
const available = required || (await redisAnswers());

describe.skipIf(!available)('BullMQ on Redis at 127.0.0.1:6379', () => {
  const sdk = startSdk();
  const prefix = `handoff-${process.pid}-${Date.now()}`;
  const closing: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
    sdk.reset();
  });
  afterAll(sdk.stop);

  const openQueue = (name: string, options: Partial<QueueOptions> = {}): Queue => {
    const queue = new Queue(name, { connection: redis, prefix, ...options });
    closing.push(() => queue.close(), () => queue.obliterate({ force: true }));
    return queue;
  };
  const openWorker = (name: string, processor: (job: Job) => Promise<unknown>, options: Partial<WorkerOptions> = {}): Worker => {
    const worker = new Worker(name, processor, { connection: redis, prefix, ...options });
    closing.push(() => worker.close());
    return worker;
  };
  /** Resolves once the process spans of so many jobs are there: they end after the job's `completed` event. */
  const completed = async (worker: Worker, count: number): Promise<void> => {
    await new Promise<void>((resolve, reject) => {
      let seen = 0;
      worker.on('completed', () => { if (++seen === count) resolve(); });
      worker.on('failed', (_, error) => reject(error));
    });
    await worker.close();
  };
  const work = async (job: Job): Promise<unknown> => {
    sdk.tracer.startActiveSpan('work', (span) => span.end());
    return { trace: activeTraceId(), data: job.data as unknown };
  };
  const consumers = (): ReadableSpan[] => sdk.spans().filter((span) => span.kind === SpanKind.CONSUMER);
  const produce = async (fn: () => Promise<unknown>): Promise<void> => {
    await sdk.tracer.startActiveSpan('producer', async (span) => {
      await fn();
      span.end();
    });
  };
  const telemetry = (): { telemetry: BullMQOtel } => ({ telemetry: new BullMQOtel({ tracerName: 'bullmq' }) });

  describe.each([
    ['nothing', false, false],
    ['bullmq-otel at the Worker', false, true],
    ['bullmq-otel at the Queue', true, false],
    ['bullmq-otel at both', true, true],
  ])('with %s', (_, atQueue, atWorker) => {
    test.each(['child', 'link'] as const)('%s: whole, and one process span', async (relation) => {
      const name = `q-${relation}-${atQueue}-${atWorker}`;
      const queue = openQueue(name, atQueue ? telemetry() : {});
      const worker = openWorker(name, (job) => processJob(job, relation, () => work(job)), atWorker ? telemetry() : {});
      const done = completed(worker, 1);
      await produce(() => queue.add('send', { to: 'me' }, carryJob({ attempts: 2 })));
      await done;

      const producer = sdk.named('producer').spanContext();
      const process = consumers();
      expect(process.map((span) => span.name)).toEqual([`process ${name}`]);
      const [span] = process as [ReadableSpan];
      expect(span.instrumentationScope.name).toBe(atWorker ? 'bullmq' : 'otel-handoff');
      const sender = atQueue ? sdk.named(`add ${name}.send`).spanContext() : producer;
      if (relation === 'child' || atWorker) {
        expect(span.parentSpanContext).toMatchObject({ traceId: producer.traceId, spanId: sender.spanId });
        expect(span.links).toEqual([]);
      } else {
        expect(span.parentSpanContext).toBeUndefined();
        expect(span.links.map((link) => link.context)).toMatchObject([{ traceId: producer.traceId, spanId: sender.spanId }]);
      }
      expect(sdk.named('work').parentSpanContext?.spanId).toBe(span.spanContext().spanId);
    });
  });

  test('the payload is untouched, and the result comes back', async () => {
    const queue = openQueue('q-payload');
    const worker = openWorker('q-payload', traceProcessor(work, 'child'));
    const result = new Promise<unknown>((resolve) => worker.on('completed', (_, value) => resolve(value)));
    await produce(() => queue.add('send', { to: 'me' }, carryJob()));
    expect(await result).toEqual({ trace: expect.any(String) as string, data: { to: 'me' } });
  });

  test('two interleaved producers do not mix', async () => {
    const queue = openQueue('q-two');
    const seen: [string, string | undefined][] = [];
    const worker = openWorker('q-two', (job) => processJob(job, 'child', async () => { seen.push([job.name, activeTraceId()]); }), { concurrency: 2 });
    const done = completed(worker, 2);
    const spans = ['a', 'b'].map((name) => [name, sdk.tracer.startSpan(name)] as const);
    await Promise.all(spans.map(([name, span]) => within(span, () => queue.add(name, {}, carryJob()))));
    await done;
    expect(seen.sort()).toEqual(spans.map(([name, span]) => [name, span.spanContext().traceId]));
  });

  test('addBulk', async () => {
    const queue = openQueue('q-bulk');
    const worker = openWorker('q-bulk', traceProcessor(work, 'child'));
    const done = completed(worker, 2);
    await produce(() => queue.addBulk(carryJobs([{ name: 'a', data: 1 }, { name: 'b', data: 2, opts: { attempts: 2 } }])));
    await done;
    const producer = sdk.named('producer').spanContext().spanId;
    expect(consumers().map((span) => span.parentSpanContext?.spanId)).toEqual([producer, producer]);
  });

  test.each([false, true])('a flow, a node without options too (bullmq-otel at the FlowProducer: %s)', async (instrumented) => {
    const name = `q-flow-${instrumented}`;
    openQueue(name);
    const flows = new FlowProducer({ connection: redis, prefix, ...(instrumented ? telemetry() : {}) });
    closing.push(() => flows.close());
    const worker = openWorker(name, traceProcessor(work, 'child'));
    const done = completed(worker, 2);
    await produce(() => flows.add(carryFlow({ name: 'root', queueName: name, children: [{ name: 'leaf', queueName: name, data: {} }] })));
    await done;
    const producer = sdk.named('producer').spanContext().spanId;
    expect(consumers().map((span) => span.parentSpanContext?.spanId)).toEqual([producer, producer]);
  });

  test('control: without carryJob the process span starts a new trace', async () => {
    const queue = openQueue('q-dark');
    const worker = openWorker('q-dark', traceProcessor(work, 'child'));
    const done = completed(worker, 1);
    await produce(() => queue.add('send', {}));
    await done;
    expect(consumers()).toMatchObject([{ parentSpanContext: undefined, links: [] }]);
  });
});
