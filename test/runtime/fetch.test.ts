import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { context, propagation, SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { isTracingSuppressed } from '@opentelemetry/core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { tracedFetch, withCarrier } from '../../transforms/runtime/handoff.ts';
import { activeSpan, activeTraceId, startSdk, traceparent, within } from './support.ts';

const sdk = startSdk();
afterAll(sdk.stop);
afterEach(() => {
  sdk.reset();
  vi.unstubAllGlobals();
});

type Call = [input: string | URL | Request, init?: RequestInit];
const url = 'http://user.example:8080/a?b=c#d';

describe('what reaches fetch', () => {
  const calls: Call[] = [];
  let active: ReturnType<typeof context.active>;
  beforeEach(() => {
    calls.length = 0;
    vi.stubGlobal('fetch', (...args: Call) => {
      calls.push(args);
      active = context.active();
      return Promise.resolve(new Response('ok', { status: 200 }));
    });
  });
  const headersOf = ([, init]: Call): Record<string, string> => Object.fromEntries(new Headers(init?.headers));

  test.each<[string, RequestInit['headers'], Record<string, string>]>([
    ['no headers', undefined, {}],
    ['a record', { 'X-A': '1' }, { 'x-a': '1' }],
    ['pairs', [['X-A', '1'], ['X-A', '2']], { 'x-a': '1, 2' }],
    ['Headers', new Headers({ 'X-A': '1' }), { 'x-a': '1' }],
  ])('a copy of %s, with the carrier', async (_, headers, expected) => {
    const init: RequestInit = headers ? { method: 'POST', body: 'x', headers } : { method: 'POST', body: 'x' };
    const before = headers && [...new Headers(headers)];
    await tracedFetch(url, init);
    const span = sdk.named('POST').spanContext();
    expect(headersOf(calls[0]!)).toEqual({ ...expected, traceparent: `00-${span.traceId}-${span.spanId}-01` });
    expect(calls[0]).toMatchObject([url, { method: 'POST', body: 'x' }]);
    expect(headers && [...new Headers(headers)]).toEqual(before);
  });

  test('a Request keeps its own headers, its method and its body', async () => {
    const request = new Request(url, { method: 'PUT', body: 'x', headers: { 'X-A': '1' } });
    await tracedFetch(request);
    expect(calls[0]![0]).toBe(request);
    expect(headersOf(calls[0]!)).toMatchObject({ 'x-a': '1', traceparent: expect.any(String) as string });
    expect(await new Request(...calls[0]!).text()).toBe('x');
    expect(sdk.named('PUT').attributes['url.full']).toBe(url);
  });

  test('the headers of init stand for those of a Request, as in fetch', async () => {
    await tracedFetch(new Request(url, { headers: { 'X-A': '1' } }), { headers: { 'X-B': '2' } });
    expect(Object.keys(headersOf(calls[0]!))).toEqual(['traceparent', 'x-b']);
  });

  test.each<[string, Call]>([
    ['a record', [url, { headers: { TraceParent: traceparent } }]],
    ['Headers', [url, { headers: new Headers({ traceparent }) }]],
    ['a Request', [new Request(url, { headers: { traceparent } })]],
  ])('%s with a traceparent is left alone', async (_, call) => {
    await tracedFetch(...call);
    expect(calls).toEqual([call]);
    expect(calls[0]![1]).toBe(call[1]);
    expect(sdk.spans()).toEqual([]);
    expect(isTracingSuppressed(active)).toBe(false);
  });

  test('a baggage that is there is not overwritten', async () => {
    const base = propagation.setBaggage(context.active(), propagation.createBaggage({ ours: { value: '1' } }));
    await context.with(base, () => tracedFetch(url, { headers: { Baggage: 'theirs=1' } }));
    expect(headersOf(calls[0]!)).toMatchObject({ baggage: 'theirs=1' });
  });

  test('is made with tracing suppressed, and the caller is back in its own context', async () => {
    const caller = sdk.tracer.startSpan('caller');
    await within(caller, async () => {
      await tracedFetch(url);
      expect(activeSpan()).toBe(caller);
      expect(isTracingSuppressed(context.active())).toBe(false);
    });
    expect(isTracingSuppressed(active)).toBe(true);
    expect(sdk.named('GET').parentSpanContext?.spanId).toBe(caller.spanContext().spanId);
  });

  test.each<[string, Call]>([['a relative URL', ['/a']], ['credentials', ['http://me:secret@localhost/']], ['data:', ['data:text/plain,x']], ['an invalid header', [url, { headers: { 'a b': '1' } }]]])(
    'leaves %s to fetch',
    async (_, call) => {
      await tracedFetch(...call);
      expect(calls).toEqual([call]);
      expect(sdk.spans()).toEqual([]);
    },
  );
});

describe('the span', () => {
  const answer = (status: number): void => {
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(null, { status })));
  };

  test('has the attributes of an HTTP client', async () => {
    answer(204);
    await tracedFetch('https://api.example/v1?sig=secret&a=1', { method: 'delete' });
    const span = sdk.named('DELETE');
    expect(span.kind).toBe(SpanKind.CLIENT);
    expect(span.status.code).toBe(SpanStatusCode.UNSET);
    expect(span.attributes).toEqual({
      'http.request.method': 'DELETE',
      'url.full': 'https://api.example/v1?sig=REDACTED&a=1',
      'server.address': 'api.example',
      'server.port': 443,
      'http.response.status_code': 204,
    });
  });

  test.each([404, 503])('is an error for %d', async (status) => {
    answer(status);
    expect((await tracedFetch(new URL(url))).status).toBe(status);
    expect(sdk.named('GET')).toMatchObject({
      status: { code: SpanStatusCode.ERROR },
      attributes: { 'http.response.status_code': status, 'error.type': String(status), 'server.port': 8080 },
    });
  });

  test('is an error where fetch rejects or throws', async () => {
    const error = new TypeError('fetch failed');
    for (const fails of [() => Promise.reject(error), () => { throw error; }]) {
      vi.stubGlobal('fetch', fails);
      await expect(tracedFetch(url)).rejects.toBe(error);
      const span = sdk.named('GET');
      expect(span.status).toEqual({ code: SpanStatusCode.ERROR, message: 'fetch failed' });
      expect(span.attributes['error.type']).toBe('TypeError');
      sdk.reset();
    }
  });

  test('ends with the response', async () => {
    let respond = (_: Response): void => {};
    vi.stubGlobal('fetch', () => new Promise<Response>((resolve) => { respond = resolve; }));
    const response = tracedFetch(url);
    expect(sdk.spans()).toEqual([]);
    respond(new Response());
    await response;
    expect(sdk.spans()).toHaveLength(1);
  });
});

describe('over loopback', () => {
  let server: Server;
  let base = '';
  const respond = (req: IncomingMessage, res: ServerResponse): unknown =>
    withCarrier(req.headers, async () => {
      await Promise.resolve();
      const body: Buffer[] = await req.toArray() as Buffer[];
      res.end(JSON.stringify({ trace: activeTraceId(), body: Buffer.concat(body).toString() }));
    });
  beforeAll(async () => {
    server = createServer((req, res) => void respond(req, res)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  afterAll(() => server.close());

  test('interleaved requests arrive in their own traces', async () => {
    const spans = ['a', 'b', 'c'].map((name) => sdk.tracer.startSpan(name));
    const answers = await Promise.all(spans.map((span) => within(span, async () => (await tracedFetch(base)).json())));
    expect(answers).toEqual(spans.map((span) => ({ trace: span.spanContext().traceId, body: '' })));
  });

  test('the body arrives', async () => {
    const answer = await tracedFetch(new Request(base, { method: 'POST', body: 'hello' }));
    expect(await answer.json()).toMatchObject({ body: 'hello' });
  });

  test('known limit: code that feeds a streamed body runs with tracing suppressed', async () => {
    let suppressed: boolean | undefined;
    async function* body(): AsyncGenerator<Uint8Array> {
      suppressed = isTracingSuppressed(context.active());
      yield new TextEncoder().encode('hello');
    }
    const init = { method: 'POST', body: ReadableStream.from(body()), duplex: 'half' } as RequestInit;
    expect(await (await tracedFetch(base, init)).json()).toMatchObject({ body: 'hello' });
    expect(suppressed).toBe(true);
  });
});
