import { context, SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { isTracingSuppressed } from '@opentelemetry/core';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { carryIn, tracedClient } from '../../transforms/runtime/handoff.ts';
import { startSdk, traceparent, within } from './support.ts';

const sdk = startSdk();
afterEach(sdk.reset);
afterAll(sdk.stop);

interface Options {
  headers?: Record<string, string>;
}

class Client {
  #secret = 7;
  calls: unknown[][] = [];
  suppressed: boolean[] = [];
  send(...args: [url: string, options?: Options]): Promise<{ status: number; secret: number }> {
    this.calls.push(args);
    this.suppressed.push(isTracingSuppressed(context.active()));
    const status = args[0].endsWith('missing') ? 404 : 200;
    return Promise.resolve({ status, secret: this.#secret });
  }
  fail(): Promise<never> {
    return Promise.reject(new TypeError('no route'));
  }
}

describe('tracedClient', () => {
  test('a CLIENT span, its carrier in the options, and the call without tracing', async () => {
    const client = new Client();
    const parent = sdk.tracer.startSpan('parent');
    const answer = await within(parent, () => tracedClient(client, 'POST', 1, 'headers').send('http://a.example/x?sig=s', { headers: { a: '1' } }));
    const span = sdk.named('POST');
    expect(answer).toEqual({ status: 200, secret: 7 });
    expect(client.calls).toEqual([['http://a.example/x?sig=s', { headers: { a: '1', traceparent: `00-${span.spanContext().traceId}-${span.spanContext().spanId}-01` } }]]);
    expect(client.suppressed).toEqual([true]);
    expect(span).toMatchObject({ kind: SpanKind.CLIENT, parentSpanContext: { spanId: parent.spanContext().spanId }, status: { code: SpanStatusCode.UNSET } });
    expect(span.attributes).toEqual({ 'http.request.method': 'POST', 'url.full': 'http://a.example/x?sig=REDACTED', 'server.address': 'a.example', 'server.port': 80, 'http.response.status_code': 200 });
  });

  test('options that are not given', async () => {
    const client = new Client();
    await tracedClient(client, 'GET', 1, 'headers').send('/missing');
    const span = sdk.named('GET');
    expect(client.calls[0]![1]).toEqual({ headers: { traceparent: `00-${span.spanContext().traceId}-${span.spanContext().spanId}-01` } });
    expect(span.status.code).toBe(SpanStatusCode.ERROR);
    expect(span.attributes).toEqual({ 'http.request.method': 'GET', 'http.response.status_code': 404, 'error.type': '404' });
  });

  test('what the client returns is what comes back, and a failure ends the span', async () => {
    const answer = Object.assign(Promise.resolve({ status: 204 }), { json: () => 1 });
    const call = tracedClient((_url: string) => answer, 'GET', 1, 'headers');
    expect(call('/')).toBe(answer);
    await answer;
    sdk.reset();
    await expect(tracedClient(new Client(), 'GET', 0, '').fail()).rejects.toThrow('no route');
    expect(sdk.named('GET')).toMatchObject({ status: { code: SpanStatusCode.ERROR, message: 'no route' }, attributes: { 'error.type': 'TypeError' } });
    expect(() => tracedClient(() => { throw new RangeError('now'); }, 'PUT', 0, '')()).toThrow('now');
    expect(sdk.named('PUT').attributes).toMatchObject({ 'error.type': 'RangeError' });
  });
});

describe('headers that are no plain object', () => {
  const carried = <T>(given: T): unknown => within(sdk.tracer.startSpan('producer'), () => carryIn({ headers: given }, 'headers').headers);
  const header = expect.stringMatching(/^00-/) as string;

  test('Headers are copied', () => {
    const given = new Headers({ a: '1' });
    const copy = carried(given) as Headers;
    expect([...copy]).toEqual([['a', '1'], ['traceparent', header]]);
    expect([...given]).toEqual([['a', '1']]);
  });

  test.each<[string, unknown, unknown]>([
    ['pairs', [['a', '1']], [['a', '1'], ['traceparent', header]]],
    ['names and values in turn', ['a', '1'], ['a', '1', 'traceparent', header]],
    ['pairs that have one', [['Traceparent', traceparent]], [['Traceparent', traceparent]]],
    ['names in turn that have one', ['TraceParent', traceparent], ['TraceParent', traceparent]],
    ['another list', ['a'], ['a']],
  ])('%s', (_, given, expected) => {
    expect(carried(given)).toEqual(expected);
  });
});
