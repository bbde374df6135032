import { once } from 'node:events';
import { fork } from 'node:child_process';
import { MessageChannel, Worker } from 'node:worker_threads';
import { context } from '@opentelemetry/api';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { captureCarrier, carryEnvironment, carryMessage, traceMessageHandler, withEnvironmentCarrier, withMessageCarrier } from '../../transforms/runtime/handoff.ts';
import { activeSpanId, activeTraceId, buildHelper, spanId, startSdk, traceId, traceparent, within } from './support.ts';

const sdk = startSdk();
afterEach(sdk.reset);
afterAll(sdk.stop);

const carried = <T>(fn: () => T): [string, T] => {
  const span = sdk.tracer.startSpan('producer');
  return [span.spanContext().traceId, within(span, fn)];
};

describe('carryMessage', () => {
  test('copies a plain object and adds the carrier', () => {
    const nested = { x: 1 };
    for (const message of [{ nested }, Object.assign(Object.create(null) as { nested?: unknown }, { nested })]) {
      const [trace, copy] = carried(() => carryMessage(message));
      expect(copy).not.toBe(message);
      expect(copy).toMatchObject({ nested, _otel: { traceparent: expect.stringContaining(trace) as string } });
      expect(copy.nested).toBe(nested);
      expect(message).not.toHaveProperty('_otel');
    }
  });

  class Point {}
  test.each([['a string', 'x'], ['null', null], ['undefined', undefined], ['an array', [1]], ['a Map', new Map()], ['bytes', new Uint8Array(2)], ['a class', new Point()], ['its own _otel', { _otel: 1 }]])(
    'returns %s as it is',
    (_, message) => {
      expect(carried(() => carryMessage(message))[1]).toBe(message);
    },
  );

  test('returns the message as it is where there is no context', () => {
    const message = { a: 1 };
    expect(carryMessage(message)).toBe(message);
  });
});

describe('withMessageCarrier', () => {
  test('runs in the context of the sender, and the message is what was sent', () => {
    const message = structuredClone({ a: 1, _otel: { traceparent } });
    const seen = withMessageCarrier(message, () => [activeTraceId(), activeSpanId(), JSON.stringify(message), Object.keys(message), structuredClone(message)]);
    expect(seen).toEqual([traceId, spanId, '{"a":1}', ['a'], { a: 1 }]);
  });

  test('takes the context from whoever is ambient', () => {
    carried(() => expect(withMessageCarrier({ _otel: { traceparent } }, activeTraceId)).toBe(traceId));
  });

  test('every listener of one message gets its context', () => {
    const { port1, port2 } = new MessageChannel();
    const seen: unknown[] = [];
    return new Promise<void>((resolve) => {
      port2.on('message', traceMessageHandler((message: unknown) => { seen.push([message, activeTraceId()]); }));
      port2.on('message', traceMessageHandler((message: unknown) => {
        seen.push([message, activeTraceId()]);
        port1.close();
        resolve();
      }));
      const [trace] = carried(() => port1.postMessage(carryMessage({ id: 1 })));
      seen.push(trace);
    }).then(() => {
      const [trace, ...received] = seen;
      expect(received).toEqual([[{ id: 1 }, trace], [{ id: 1 }, trace]]);
    });
  });

  test('a message that is sent on gets the context of the one who sends it on', () => {
    const message: object = { a: 1, _otel: { traceparent } };
    withMessageCarrier(message, () => {
      expect(carryMessage(message)).toEqual({ a: 1, _otel: { traceparent: expect.stringContaining(traceId) as string } });
    });
  });

  test('tolerates a frozen message', () => {
    expect(withMessageCarrier(Object.freeze({ _otel: { traceparent } }), activeTraceId)).toBe(traceId);
  });

  test.each([null, undefined, 'x', 5, [1], { a: 1 }, { _otel: null }, { _otel: 'x' }, { _otel: ['x'] }, { _otel: { n: 1 } }])('leaves %j and the ambient context alone', (message) => {
    const before = structuredClone(message);
    carried(() => {
      const ambient = context.active();
      expect(withMessageCarrier(message, () => context.active())).toBe(ambient);
    });
    expect(JSON.stringify(message)).toBe(JSON.stringify(before));
  });
});

test('traceMessageHandler keeps this, length and all arguments', () => {
  const owner = { handler: traceMessageHandler(function (this: unknown, message: unknown, handle: unknown) { return [this, message, handle, activeTraceId()]; }) };
  expect(owner.handler.length).toBe(2);
  expect(owner.handler({ a: 1, _otel: { traceparent } }, 'socket')).toEqual([owner, { a: 1 }, 'socket', traceId]);
});

describe('carryEnvironment', () => {
  test('adds the carrier to a copy, instead of an inherited one', () => {
    const env = { PATH: '/bin', TRACEPARENT: 'old', TRACESTATE: 'old=1', BAGGAGE: 'kept=1' };
    const [trace, copy] = carried(() => carryEnvironment(env));
    expect(copy).toEqual({ PATH: '/bin', TRACEPARENT: expect.stringContaining(trace) as string, BAGGAGE: 'kept=1' });
    expect(env.TRACEPARENT).toBe('old');
  });

  test('copies the environment where there is no context', () => {
    const env = { TRACEPARENT: traceparent, TRACESTATE: 'a=1', NONE: undefined };
    expect(carryEnvironment(env)).toEqual(env);
    expect(carryEnvironment(env)).not.toBe(env);
    const typed: NodeJS.ProcessEnv = carryEnvironment(process.env);
    expect(typed).toEqual({ ...process.env });
  });
});

describe('withEnvironmentCarrier', () => {
  test('runs in the context of the parent process', () => {
    expect(withEnvironmentCarrier({ TRACEPARENT: traceparent }, () => [activeTraceId(), activeSpanId()])).toEqual([traceId, spanId]);
  });

  test.each([{}, { traceparent }, { TRACEPARENT: 'x' }, { TRACEPARENT: undefined }])('leaves the ambient context alone for %j', (env) => {
    const [trace, seen] = carried(() => withEnvironmentCarrier(env, activeTraceId));
    expect(seen).toBe(trace);
  });
});

describe('to another thread or process', () => {
  let helper = '';
  beforeAll(() => { helper = buildHelper(); });
  const file = (name: string): URL => new URL(`../../fixtures/runtime/${name}`, import.meta.url);

  test('workerData and messages, of two interleaved callers', async () => {
    const [startTrace, worker] = carried(() => new Worker(file('message-worker.mjs'), { workerData: carryMessage({ helper }) }));
    const [start] = (await once(worker, 'message')) as unknown[];
    expect(start).toEqual({ startedIn: startTrace, workerData: { helper } });

    const answers: Record<number, { message: unknown; trace: string }> = {};
    const done = new Promise<void>((resolve) => {
      worker.on('message', (answer: { id: number; message: unknown; trace: string }) => {
        answers[answer.id] = answer;
        if (Object.keys(answers).length === 2) resolve();
      });
    });
    const [first] = carried(() => worker.postMessage(carryMessage({ id: 1 })));
    const [second] = carried(() => worker.postMessage(carryMessage({ id: 2 })));
    await done;
    await worker.terminate();
    expect(first).not.toBe(second);
    expect(answers).toEqual({ 1: { id: 1, message: { id: 1 }, trace: first }, 2: { id: 2, message: { id: 2 }, trace: second } });
  });

  test('the environment of a child process', async () => {
    const [trace, child] = carried(() => fork(file('environment-child.mjs'), [helper], { env: carryEnvironment(process.env), execArgv: [] }));
    const [answer] = (await once(child, 'message')) as unknown[];
    expect(answer).toEqual({ trace });
  });

  test('captureCarrier is what a worker receives', () => {
    const [, carrier] = carried(captureCarrier);
    expect(Object.keys(carrier)).toEqual(['traceparent']);
  });
});
