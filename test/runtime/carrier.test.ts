import { context, propagation, ROOT_CONTEXT, trace, TraceFlags } from '@opentelemetry/api';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { captureCarrier, traceHandler, withCarrier } from '../../transforms/runtime/handoff.ts';
import { activeSpan, activeSpanId, activeTraceId, spanId, startSdk, traceId, traceparent, within } from './support.ts';

const sdk = startSdk();
afterEach(sdk.reset);
afterAll(sdk.stop);

const baggageValue = (key: string): string | undefined => propagation.getActiveBaggage()?.getEntry(key)?.value;

describe('captureCarrier', () => {
  test('holds the active span and the baggage', () => {
    const span = sdk.tracer.startSpan('a');
    const base = propagation.setBaggage(ROOT_CONTEXT, propagation.createBaggage({ tenant: { value: 'x' } }));
    const { traceId, spanId } = span.spanContext();
    expect(within(span, captureCarrier, base)).toEqual({ traceparent: `00-${traceId}-${spanId}-01`, baggage: 'tenant=x' });
  });

  test('is empty outside of any span', () => {
    expect(captureCarrier()).toEqual({});
  });
});

describe('withCarrier', () => {
  test.each([
    ['a Node headers record', { host: 'x', traceparent, cookie: ['a', 'b'], none: undefined }],
    ['a record in mixed case', { Host: 'x', TraceParent: traceparent }],
    ['a record of arrays', { traceparent: [traceparent] }],
    ['a record with a header called get', { get: 'x', traceparent }],
    ['Headers', new Headers({ traceparent })],
    ['a Map', new Map([['traceparent', traceparent]])],
    ['a record with a baggage of the wrong type', { traceparent, baggage: 5 }],
  ])('continues the trace of %s', (_, carrier) => {
    expect(withCarrier(carrier, () => [activeTraceId(), activeSpanId(), activeSpan()?.spanContext().isRemote])).toEqual([traceId, spanId, true]);
    expect(activeSpan()).toBeUndefined();
  });

  test.each([
    ['null', null],
    ['undefined', undefined],
    ['a string', traceparent],
    ['a number', 5],
    ['an array', [traceparent]],
    ['a record without it', { host: 'x' }],
    ['two values in one', { traceparent: `${traceparent}, ${traceparent}` }],
    ['an all-zero id', { traceparent: `00-${'0'.repeat(32)}-${spanId}-01` }],
    ['a baggage of the wrong type', { traceparent: 5, baggage: { a: 1 } }],
    ['a getter that throws', { get: () => { throw new Error('no'); } }],
    ['a getter that answers null', { get: () => null }],
    ['baggage only', { baggage: 'a=b' }],
  ])('leaves the ambient context alone for %s', (_, carrier) => {
    const span = sdk.tracer.startSpan('ambient');
    within(span, () => {
      const ambient = context.active();
      expect(withCarrier(carrier, () => context.active())).toBe(ambient);
    });
  });

  test('brings the baggage along, and drops the ambient one', () => {
    const ambient = propagation.setBaggage(ROOT_CONTEXT, propagation.createBaggage({ old: { value: '1' } }));
    context.with(ambient, () =>
      withCarrier({ traceparent, baggage: 'tenant=x' }, () => {
        expect(baggageValue('tenant')).toBe('x');
        expect(baggageValue('old')).toBeUndefined();
      }),
    );
  });

  test('stays in a live span that continues the same trace already', () => {
    const span = sdk.tracer.startSpan('server', {}, trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: TraceFlags.SAMPLED, isRemote: true }));
    within(span, () => expect(withCarrier({ traceparent }, activeSpan)).toBe(span));
  });

  test('stays in an ambient remote or unsampled span of the same trace', () => {
    for (const kind of [{ isRemote: true, traceFlags: TraceFlags.SAMPLED }, { traceFlags: TraceFlags.NONE }]) {
      const span = trace.wrapSpanContext({ traceId, spanId: '00000000000000aa', ...kind });
      within(span, () => expect(withCarrier({ traceparent }, activeSpan)).toBe(span));
    }
  });

  test('leaves a span of the same trace that has ended', () => {
    const span = sdk.tracer.startSpan('over', {}, trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: TraceFlags.SAMPLED, isRemote: true }));
    span.end();
    within(span, () => expect(withCarrier({ traceparent }, activeSpanId)).toBe(spanId));
  });

  test('leaves a live span of another trace', () => {
    within(sdk.tracer.startSpan('other'), () => expect(withCarrier({ traceparent }, activeTraceId)).toBe(traceId));
  });

  test('hands on the result, the promise and the error', async () => {
    const promise = Promise.resolve(1);
    expect(withCarrier({ traceparent }, () => promise)).toBe(promise);
    expect(() => withCarrier({ traceparent }, () => { throw new RangeError('x'); })).toThrow(RangeError);
    expect(await withCarrier({ traceparent }, async () => { await promise; return activeTraceId(); })).toBe(traceId);
  });

  test('two interleaved requests do not mix', async () => {
    const other = '00-11111111111111111111111111111111-2222222222222222-01';
    let release = (): void => {};
    const gate = new Promise<void>((resolve) => { release = resolve; });
    const request = (header: string): Promise<string | undefined> =>
      withCarrier({ traceparent: header }, async () => { await gate; return activeTraceId(); });
    const both = [request(traceparent), request(other)];
    release();
    expect(await Promise.all(both)).toEqual([traceId, '11111111111111111111111111111111']);
  });
});

describe('traceHandler', () => {
  test.each<[string, unknown[]]>([
    ['Express, Fastify, node:http', [{ headers: { traceparent } }, {}]],
    ['a Fetch handler', [new Request('http://localhost/', { headers: { traceparent } })]],
    ['Hono', [{ req: { raw: new Request('http://localhost/', { headers: { traceparent } }) } }, () => {}]],
    ['an Express error handler', [Object.assign(new Error('x'), { headers: {} }), { headers: { traceparent } }, {}, () => {}]],
  ])('reads the headers of %s', (_, args) => {
    const handler = traceHandler((...given: unknown[]) => [activeTraceId(), ...given]);
    expect(handler(...args)).toEqual([traceId, ...args]);
  });

  test.each<[unknown[]]>([[[]], [[null]], [['x']], [[{}]], [[{ req: null }]]])('calls the handler with %j too', (args) => {
    expect(traceHandler((...given: unknown[]) => [activeTraceId(), ...given])(...args)).toEqual([undefined, ...args]);
  });

  test('keeps this, length, name and properties', () => {
    function onError(this: unknown, _error: unknown, _req: unknown, _res: unknown, _next: unknown): unknown {
      return this;
    }
    const handler = traceHandler(Object.assign(onError, { stack: [1] }));
    const owner = { handler };
    expect([handler.length, handler.name, handler.stack]).toEqual([4, 'onError', [1]]);
    expect(owner.handler(1, 2, 3, 4)).toBe(owner);
  });
});
