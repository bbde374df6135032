import { context, propagation, trace } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { WebTracerProvider } from '@opentelemetry/sdk-trace-web';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { carryMessage, tracedFetch, withMessageCarrier } from '../../transforms/runtime/handoff.ts';
import { activeSpan, activeTraceId, traceId, traceparent, within } from './support.ts';

// The SDK of browsers, whose StackContextManager keeps a context for the synchronous part of a call only.
const exporter = new InMemorySpanExporter();
const provider = new WebTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
provider.register();
afterEach(() => {
  vi.unstubAllGlobals();
});
afterAll(async () => {
  await provider.shutdown();
  trace.disable();
  context.disable();
  propagation.disable();
});

test('tracedFetch carries the context to a relative URL', async () => {
  const RealRequest = Request;
  vi.stubGlobal('Request', class { url: string; constructor(url: string) { this.url = new RealRequest(new URL(url, 'https://app.example/')).url; } });
  const fetch = vi.fn((_url: string, _init: { headers: Headers }) => Promise.resolve(new Response()));
  vi.stubGlobal('fetch', fetch);
  const caller = trace.getTracer('test').startSpan('caller');
  const response = within(caller, () => {
    const pending = tracedFetch('/api');
    expect(activeSpan()).toBe(caller);
    return pending;
  });
  expect(activeSpan()).toBeUndefined();
  await response;

  const [span] = exporter.getFinishedSpans();
  expect(span?.attributes).toMatchObject({ 'url.full': 'https://app.example/api', 'http.response.status_code': 200 });
  expect(span?.parentSpanContext?.spanId).toBe(caller.spanContext().spanId);
  expect(fetch.mock.calls[0]?.[0]).toBe('/api');
  expect(fetch.mock.calls[0]?.[1].headers.get('traceparent')).toContain(span?.spanContext().spanId);
});

test('messages carry the context', () => {
  const caller = trace.getTracer('test').startSpan('caller');
  expect(within(caller, () => carryMessage({ a: 1 }))).toHaveProperty('_otel.traceparent');
  expect(withMessageCarrier({ _otel: { traceparent } }, activeTraceId)).toBe(traceId);
});
