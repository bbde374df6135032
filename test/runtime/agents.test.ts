import { context, SpanStatusCode, trace } from '@opentelemetry/api';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { traceAgent, traceTool, traceWorkflow } from '../../transforms/runtime/handoff.ts';
import { activeSpanId, startSdk, within } from './support.ts';

const sdk = startSdk();
const capture = 'OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT';
beforeEach(() => void vi.stubEnv(capture, ''));
afterEach(() => {
  sdk.reset();
  vi.unstubAllEnvs();
});
afterAll(sdk.stop);

describe('traceAgent', () => {
  test('runs the work in an invoke_agent span with the conventions\' attributes', async () => {
    const request = sdk.tracer.startSpan('request');
    const answer = await within(request, () => traceAgent({ name: 'planner' }, async () => {
      await Promise.resolve();
      return activeSpanId();
    }));
    const span = sdk.named('invoke_agent planner');
    expect(answer).toBe(span.spanContext().spanId);
    expect(span.parentSpanContext?.spanId).toBe(request.spanContext().spanId);
    expect(span.attributes).toEqual({ 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': 'planner', 'app.agent.role': 'lead', 'app.agent.delegation_depth': 0 });
    expect(span.status.code).toBe(SpanStatusCode.UNSET);
  });

  test('counts how deep an agent stands in delegation, past tools and awaits', async () => {
    await traceAgent({ name: 'planner' }, async () => {
      await Promise.resolve();
      await traceTool({ name: 'ask' }, () => traceAgent({ name: 'specialist' }, () => traceAgent({ name: 'critic', role: 'reviewer' }, () => Promise.resolve())));
    });
    const of = (name: string) => sdk.named(name).attributes;
    expect(of('invoke_agent specialist')).toMatchObject({ 'app.agent.role': 'specialist', 'app.agent.delegation_depth': 1 });
    expect(of('invoke_agent critic')).toMatchObject({ 'app.agent.role': 'reviewer', 'app.agent.delegation_depth': 2 });
    expect(of('execute_tool ask')).toEqual({ 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'ask' });
  });

  test('does not guess what stands above it in another process', async () => {
    const remote = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: 1, isRemote: true };
    await context.with(trace.setSpanContext(context.active(), remote), () => traceAgent({ name: 'far' }, () => traceAgent({ name: 'farther', role: 'critic' }, () => Promise.resolve())));
    expect(sdk.named('invoke_agent far').attributes).toEqual({ 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': 'far' });
    expect(sdk.named('invoke_agent farther').attributes).toEqual({ 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': 'farther', 'app.agent.role': 'critic' });
  });

  test('does not mix agents that run at the same time', async () => {
    const turn = () => new Promise((resolve) => setImmediate(resolve));
    await Promise.all(['a', 'b'].map((name) => traceAgent({ name }, async () => {
      await turn();
      await traceTool({ name: `tool of ${name}` }, turn);
    })));
    for (const name of ['a', 'b']) expect(sdk.named(`execute_tool tool of ${name}`).parentSpanContext?.spanId).toBe(sdk.named(`invoke_agent ${name}`).spanContext().spanId);
  });

  test('keeps a result that is no promise', () => {
    expect(traceAgent({ name: 'x' }, () => 5)).toBe(5);
    expect(sdk.named('invoke_agent x').ended).toBe(true);
  });

  test.each([
    ['thrown', () => { throw new TypeError('no'); }],
    ['rejected', () => Promise.reject(new TypeError('no'))],
  ])('records what is %s', async (_, fail: () => unknown) => {
    await expect(async () => traceAgent({ name: 'x' }, fail)).rejects.toThrow('no');
    const span = sdk.named('invoke_agent x');
    expect(span.status).toEqual({ code: SpanStatusCode.ERROR, message: 'no' });
    expect(span.attributes['error.type']).toBe('TypeError');
    expect(span.events.map(({ name }) => name)).toEqual(['exception']);
  });
});

test('traceWorkflow makes an invoke_workflow span', async () => {
  await traceWorkflow({ name: 'review' }, () => Promise.resolve());
  expect(sdk.named('invoke_workflow review').attributes).toEqual({ 'gen_ai.operation.name': 'invoke_workflow', 'gen_ai.workflow.name': 'review' });
});

describe('what the work was given', () => {
  const eventsOf = (name: string) => sdk.named(name).events.map(({ name: event, attributes }) => ({ event, attributes }));

  test.each(['', 'false', 'no_content', 'span_only'])('is not recorded where %j is said', (value) => {
    vi.stubEnv(capture, value);
    traceAgent({ name: 'x', input: 'a secret' }, () => {});
    expect(eventsOf('invoke_agent x')).toEqual([]);
    expect(JSON.stringify(sdk.named('invoke_agent x').attributes)).not.toContain('secret');
  });

  test.each(['true', 'TRUE', '1', 'event_only', 'SPAN_AND_EVENT'])('is an event marked sensitive where %j is said', (value) => {
    vi.stubEnv(capture, value);
    traceAgent({ name: 'x', input: 'a question' }, () => {});
    traceTool({ name: 'y', input: { q: 1 } }, () => {});
    expect(eventsOf('invoke_agent x')).toEqual([{ event: 'invoke_agent.input', attributes: { sensitive: true, 'app.agent.input': 'a question' } }]);
    expect(eventsOf('execute_tool y')).toEqual([{ event: 'execute_tool.input', attributes: { sensitive: true, 'gen_ai.tool.call.arguments': '{"q":1}' } }]);
  });

  test('may be anything', () => {
    vi.stubEnv(capture, 'true');
    const round: { self?: unknown } = {};
    round.self = round;
    traceAgent({ name: 'round', input: round }, () => {});
    traceAgent({ name: 'big', input: 5n }, () => {});
    traceAgent({ name: 'nothing', input: undefined }, () => {});
    traceAgent({ name: 'function', input: () => 1 }, () => {});
    expect(eventsOf('invoke_agent round')[0]?.attributes).toMatchObject({ 'app.agent.input': '[object Object]' });
    expect(eventsOf('invoke_agent big')[0]?.attributes).toMatchObject({ 'app.agent.input': '5' });
    expect(eventsOf('invoke_agent nothing')).toEqual([]);
    expect(eventsOf('invoke_agent function')[0]?.attributes).toMatchObject({ 'app.agent.input': '() => 1' });
  });
});

test('without a tracer the work runs as it is', () => {
  trace.disable();
  context.disable();
  expect(traceAgent({ name: 'x', input: 1 }, () => traceTool({ name: 'y' }, () => 7))).toBe(7);
});
