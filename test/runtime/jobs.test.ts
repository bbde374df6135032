import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { carryFlow, carryJob, carryJobLegacy, carryJobs, processJob, traceProcessor } from '../../transforms/runtime/handoff.ts';
import { activeSpan, activeSpanId, activeTraceId, spanId, startSdk, traceId, traceparent, within } from './support.ts';

const sdk = startSdk();
afterEach(sdk.reset);
afterAll(sdk.stop);

const metadata = JSON.stringify({ traceparent });
const produce = <T>(fn: () => T): T => within(sdk.tracer.startSpan('producer'), fn);
const carrierOf = (options: unknown): unknown => JSON.parse((options as { telemetry: { metadata: string } }).telemetry.metadata);

describe('carryJob', () => {
  test('writes what bullmq-otel reads', () => {
    const options = { attempts: 3 };
    produce(() => {
      const carried = carryJob(options);
      expect(carried).toEqual({ attempts: 3, telemetry: { metadata: expect.any(String) as string } });
      expect(carrierOf(carried)).toEqual({ traceparent: `00-${activeTraceId()}-${activeSpanId()}-01` });
      expect(carrierOf(carryJob())).toEqual(carrierOf(carried));
    });
    expect(options).toEqual({ attempts: 3 });
  });

  test('fills an empty slot', () => {
    const carried = produce(() => carryJob({ telemetry: { metadata: undefined, omitContext: false } }));
    expect(carrierOf(carried)).toHaveProperty('traceparent');
    expect(carried.telemetry.omitContext).toBe(false);
  });

  test.each([
    ['a context of its own', { telemetry: { metadata } }],
    ['omitContext', { telemetry: { omitContext: true } }],
    ['a repeated job', { repeat: { every: 1000 } }],
  ])('returns options with %s as they are', (_, options) => {
    expect(produce(() => carryJob(options))).toBe(options);
  });

  test('returns the options as they are where there is no context', () => {
    const options = { attempts: 3 };
    expect(carryJob(options)).toBe(options);
    expect(carryJob()).toBeUndefined();
  });
});

describe('carryJobLegacy', () => {
  test('writes telemetryMetadata', () => {
    produce(() => {
      for (const carried of [carryJobLegacy({ attempts: 3 }), carryJobLegacy()] as { telemetryMetadata: string }[])
        expect(JSON.parse(carried.telemetryMetadata)).toEqual({ traceparent: expect.stringContaining(activeTraceId()!) as string });
    });
  });

  test.each([{ telemetryMetadata: metadata }, { repeat: { every: 1 } }])('returns %j as it is', (options) => {
    expect(produce(() => carryJobLegacy(options))).toBe(options);
  });

  test('returns the options as they are where there is no context', () => {
    expect(carryJobLegacy()).toBeUndefined();
  });
});

test('carryJobs carries each job that has no context of its own', () => {
  const jobs = [{ name: 'a', data: 1 }, { name: 'b', data: 2, opts: { attempts: 2 } }, { name: 'c', data: 3, opts: { telemetry: { metadata } } }];
  const carried = produce(() => carryJobs(jobs));
  const slot = { metadata: expect.stringContaining('traceparent') as string };
  expect(carried).toEqual([
    { name: 'a', data: 1, opts: { telemetry: slot } },
    { name: 'b', data: 2, opts: { attempts: 2, telemetry: slot } },
    { name: 'c', data: 3, opts: { telemetry: { metadata } } },
  ]);
  expect(carryJobs(jobs)).toEqual(jobs);
});

test('carryFlow carries every node, also one without options', () => {
  const leaf = { name: 'leaf', queueName: 'q', data: 1 };
  const flow = { name: 'root', queueName: 'q', children: [leaf, { name: 'mid', queueName: 'q', opts: { attempts: 2 }, children: [leaf] }] };
  const telemetry = { metadata: expect.stringContaining('traceparent') as string };
  const carriedLeaf = { ...leaf, opts: { telemetry } };
  expect(produce(() => carryFlow(flow))).toEqual({
    name: 'root',
    queueName: 'q',
    opts: { telemetry },
    children: [carriedLeaf, { name: 'mid', queueName: 'q', opts: { attempts: 2, telemetry }, children: [carriedLeaf] }],
  });
  expect(leaf).not.toHaveProperty('opts');
  expect(carryFlow(flow)).toEqual(flow);
});

describe('processJob', () => {
  const job = { id: '7', name: 'send', queueName: 'emails', opts: { telemetry: { metadata } } };
  const processSpan = () => sdk.named('process emails');

  test('child: the producer is the parent', () => {
    const seen = processJob(job, 'child', () => [activeTraceId(), activeSpanId()]);
    const span = processSpan();
    expect(seen).toEqual([traceId, span.spanContext().spanId]);
    expect(span.parentSpanContext).toMatchObject({ traceId, spanId });
    expect(span).toMatchObject({ kind: SpanKind.CONSUMER, links: [], status: { code: SpanStatusCode.UNSET }, instrumentationScope: { name: 'otel-handoff' } });
    expect(span.attributes).toEqual({
      'messaging.system': 'bullmq',
      'messaging.operation.name': 'process',
      'messaging.operation.type': 'process',
      'messaging.destination.name': 'emails',
      'messaging.message.id': '7',
    });
  });

  test('link: a new trace with a link and the baggage', () => {
    const carrier = JSON.stringify({ traceparent, baggage: 'tenant=x' });
    const seen = processJob({ name: 'send', queueName: 'emails', opts: { telemetry: { metadata: carrier } } }, 'link', () => [
      activeTraceId(),
      propagation.getActiveBaggage()?.getEntry('tenant')?.value,
    ]);
    const span = processSpan();
    expect(seen).toEqual([span.spanContext().traceId, 'x']);
    expect(span.spanContext().traceId).not.toBe(traceId);
    expect(span.parentSpanContext).toBeUndefined();
    expect(span.links.map((link) => link.context)).toMatchObject([{ traceId, spanId }]);
    expect(span.attributes).not.toHaveProperty('messaging.message.id');
  });

  test('reads the slot of BullMQ 5.22 to 5.33 too', () => {
    processJob({ name: 'send', queueName: 'emails', opts: { telemetryMetadata: metadata } }, 'child', () => {});
    expect(processSpan().parentSpanContext?.spanId).toBe(spanId);
  });

  test.each([undefined, {}, { telemetry: {} }, ...['{', 'null', '5', '"x"', '[]', '{}', '{"traceparent":5,"baggage":5}'].map((value) => ({ telemetry: { metadata: value } }))])(
    'starts a new trace for options %j',
    (opts) => {
      for (const relation of ['child', 'link'] as const) {
        processJob({ name: 'send', queueName: 'emails', opts }, relation, () => {});
        expect(processSpan()).toMatchObject({ parentSpanContext: undefined, links: [] });
        sdk.reset();
      }
    },
  );

  describe.each(['child', 'link'] as const)('%s, in an ambient span', (relation) => {
    const remoteParent = trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: 1, isRemote: true });

    test('that is live and of the same trace: no second process span', () => {
      const ambient = sdk.tracer.startSpan('theirs', {}, remoteParent);
      within(ambient, () => expect(processJob(job, relation, activeSpan)).toBe(ambient));
      expect(sdk.spans()).toEqual([]);
    });

    test('that is live, and nothing was carried: no second process span', () => {
      const ambient = sdk.tracer.startSpan('theirs');
      within(ambient, () => expect(processJob({ ...job, opts: {} }, relation, activeSpan)).toBe(ambient));
      expect(sdk.spans()).toEqual([]);
    });

    test('that is live and of another trace: a link', () => {
      const ambient = sdk.tracer.startSpan('other');
      within(ambient, () => processJob(job, relation, () => {}));
      expect(processSpan().links.map((link) => link.context.spanId)).toEqual([...(relation === 'link' ? [spanId] : []), ambient.spanContext().spanId]);
    });

    test('that has ended: a process span, with a link to another trace only', () => {
      const over = sdk.tracer.startSpan('over', {}, remoteParent);
      over.end();
      within(over, () => processJob(job, relation, () => {}));
      expect(processSpan().links).toHaveLength(relation === 'link' ? 1 : 0);
      sdk.reset();
      within(over, () => processJob({ ...job, opts: {} }, relation, () => {}));
      expect(processSpan()).toMatchObject({ parentSpanContext: undefined, links: [{ context: over.spanContext() }] });
    });

    test('that is only a remote parent: a process span', () => {
      context.with(remoteParent, () => processJob(job, relation, () => {}));
      expect(processSpan().links).toHaveLength(relation === 'link' ? 1 : 0);
    });
  });

  test('returns what is no promise as it is', () => {
    const result = { a: 1 };
    expect(processJob(job, 'child', () => result)).toBe(result);
    expect(sdk.spans()).toHaveLength(1);
  });

  test('ends the span with the promise', async () => {
    let finish = (_: string): void => {};
    const result = processJob(job, 'child', () => new Promise<string>((resolve) => { finish = resolve; }));
    expect(sdk.spans()).toEqual([]);
    finish('done');
    expect(await result).toBe('done');
    expect(sdk.spans()).toHaveLength(1);
  });

  test('records what is thrown and what is rejected, and passes it on', async () => {
    const error = new RangeError('no');
    expect(() => processJob(job, 'child', () => { throw error; })).toThrow(error);
    await expect(processJob(job, 'child', () => Promise.reject(error))).rejects.toBe(error);
    for (const span of sdk.spans()) {
      expect(span.status).toEqual({ code: SpanStatusCode.ERROR, message: 'no' });
      expect(span.attributes['error.type']).toBe('RangeError');
      expect(span.events.map((event) => event.name)).toEqual(['exception']);
    }
    expect(sdk.spans()).toHaveLength(2);
    sdk.reset();
    await expect(processJob(job, 'child', () => Promise.reject('text'))).rejects.toBe('text');
    expect(processSpan().status.message).toBe('text');
  });

  test('runs a lazy thenable once, in the span', async () => {
    const run = vi.fn(activeTraceId);
    const query = { then: <R>(resolve: (value: string | undefined) => R) => Promise.resolve(run()).then(resolve) };
    expect(await processJob(job, 'child', () => query)).toBe(traceId);
    expect(run).toHaveBeenCalledOnce();
  });

  test('interleaved jobs do not mix', async () => {
    let release = (): void => {};
    const gate = new Promise<void>((resolve) => { release = resolve; });
    const run = (id: string): Promise<unknown> =>
      produce(() => {
        const opts = carryJob({});
        const producer = activeTraceId();
        return context.with(ROOT_CONTEXT, () => processJob({ id, name: 'send', queueName: 'emails', opts }, 'child', async () => { await gate; return activeTraceId() === producer; }));
      });
    const both = Promise.all([run('1'), run('2')]);
    release();
    expect(await both).toEqual([true, true]);
  });
});

describe('traceProcessor', () => {
  test('processes in the span of the job, with this and all arguments', () => {
    const processor = traceProcessor(function (this: unknown, job: { name: string }, token: string, signal?: AbortSignal) {
      return [this, job, token, signal, activeTraceId()];
    }, 'child');
    const job = { id: '7', name: 'send', queueName: 'emails', opts: { telemetry: { metadata } } };
    const owner = { processor };
    expect(processor.length).toBe(3);
    expect(owner.processor(job, 't')).toEqual([owner, job, 't', undefined, traceId]);
    expect(sdk.named('process emails').parentSpanContext?.spanId).toBe(spanId);
  });

  test('link', () => {
    traceProcessor((_: object) => {}, 'link')({ name: 'send', queueName: 'emails', opts: { telemetry: { metadata } } });
    expect(sdk.named('process emails').links).toHaveLength(1);
  });
});
