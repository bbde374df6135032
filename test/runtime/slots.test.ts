import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { headers } from 'nats';
import { carryAttributes, carryIn, carryInMap, messageCarrier, processMessage, traceConsumer, traceReceiver } from '../../transforms/runtime/handoff.ts';
import { activeSpanId, activeTraceId, spanId, startSdk, traceId, traceparent, within } from './support.ts';

const sdk = startSdk();
afterEach(sdk.reset);
afterAll(sdk.stop);

const carried = <T>(fn: () => T): [string, T] => {
  const span = sdk.tracer.startSpan('producer');
  return [span.spanContext().traceId, within(span, fn)];
};
const containing = (text: string): string => expect.stringContaining(text) as string;

describe('carryIn', () => {
  test('adds headers to what has none, and to what has some', () => {
    for (const given of [{ persistent: true }, { persistent: true, headers: { a: 1 } }]) {
      const copy = structuredClone(given);
      const [trace, value] = carried(() => carryIn(given, 'headers'));
      expect(value).toEqual({ persistent: true, headers: { ...('headers' in given ? given.headers : {}), traceparent: containing(trace) } });
      expect(given).toEqual(copy);
    }
  });

  test('reaches every element of a list', () => {
    const [trace, value] = carried(() => carryIn({ topic: 't', messages: [{ value: 'a' }, { value: 'b', headers: { x: 'y' } }] }, 'messages.*.headers'));
    expect(value).toEqual({ topic: 't', messages: [{ value: 'a', headers: { traceparent: containing(trace) } }, { value: 'b', headers: { x: 'y', traceparent: containing(trace) } }] });
  });

  test('writes into the value itself', () => {
    const [trace, value] = carried(() => carryIn({ a: 1 }, ''));
    expect(value).toEqual({ a: 1, traceparent: containing(trace) });
  });

  test.each([['a carrier that is there', { headers: { traceparent } }], ['one in other letters', { headers: { Traceparent: traceparent } }], ['headers that are no plain object', { headers: new Map() }]])('leaves %s', (_, given) => {
    expect(carried(() => carryIn(given, 'headers'))[1]).toEqual(given);
  });

  test.each([['a string', 'x'], ['a list', [1]], ['an instance', new Date(0)]])('returns %s as it is', (_, given) => {
    expect(carried(() => carryIn(given, 'headers'))[1]).toBe(given);
  });

  test('a list that is not there is not made', () => {
    expect(carried(() => carryIn({ topic: 't' }, 'messages.*.headers'))[1]).toEqual({ topic: 't' });
  });

  test('returns the value as it is where there is no context', () => {
    const given = { a: 1 };
    expect(carryIn(given, 'headers')).toBe(given);
  });
});

describe('carryInMap', () => {
  test('makes headers where there are none', () => {
    const [trace, value] = carried(() => carryInMap({ reply: 'a' }, 'headers', headers));
    expect(value).toMatchObject({ reply: 'a' });
    expect((value as { headers?: ReturnType<typeof headers> }).headers?.get('traceparent')).toContain(trace);
  });

  test('copies those that are there, of which another message may have the same', () => {
    const given = headers();
    given.append('x', '1');
    given.append('x', '2');
    const [trace, value] = carried(() => carryInMap({ headers: given }, 'headers', headers));
    expect(value.headers.values('x')).toEqual(['1', '2']);
    expect(value.headers.get('traceparent')).toContain(trace);
    expect(given.has('traceparent')).toBe(false);
  });

  test('leaves a carrier that is there, and everything where there is no context', () => {
    const given = headers();
    given.set('Traceparent', traceparent);
    const options = { headers: given };
    expect(carried(() => carryInMap(options, 'headers', headers))[1]).toBe(options);
    expect(carryInMap({}, 'headers', headers)).toEqual({});
  });
});

describe('messageCarrier', () => {
  test('gives what carryIn put into the work, which is then what was sent', () => {
    const [trace, sent] = carried(() => carryIn({ id: 1, tags: ['a'] }, '_otel'));
    const received = JSON.parse(JSON.stringify(sent)) as object;
    expect(messageCarrier(received)).toEqual({ traceparent: containing(trace) });
    expect([Object.keys(received), JSON.stringify(received)]).toEqual([['id', 'tags'], '{"id":1,"tags":["a"]}']);
    expect(messageCarrier(received)).toEqual({ traceparent: containing(trace) });
  });

  test.each([['no object', 'x'], ['nothing', undefined], ['one without it', { id: 1 }], ['somebody else\'s', { _otel: { on: true } }]])('takes nothing from %s', (_, given) => {
    const copy = structuredClone(given);
    expect(messageCarrier(given)).toBeUndefined();
    expect(given).toEqual(copy);
  });
});

describe('carryAttributes', () => {
  test('writes what AWS takes', () => {
    const [trace, value] = carried(() => carryAttributes({ QueueUrl: 'q' }, 'MessageAttributes'));
    expect(value).toEqual({ QueueUrl: 'q', MessageAttributes: { traceparent: { DataType: 'String', StringValue: containing(trace) } } });
  });

  test('adds none where a message would have more than ten', () => {
    const attributes = (count: number) => ({ MessageAttributes: Object.fromEntries(Array.from({ length: count }, (_, i) => [`a${i}`, { DataType: 'String', StringValue: 'x' }])) });
    expect(Object.keys(carried(() => carryAttributes(attributes(9), 'MessageAttributes'))[1].MessageAttributes)).toHaveLength(10);
    expect(carried(() => carryAttributes(attributes(10), 'MessageAttributes'))[1]).toEqual(attributes(10));
  });
});

describe('processMessage', () => {
  const about = { system: 'rabbitmq', destination: 'orders', id: '7' };

  test('links to the producer, or is its child', () => {
    expect(processMessage(about, { traceparent }, 'child', activeTraceId)).toBe(traceId);
    const trace = processMessage(about, { traceparent }, 'link', activeTraceId);
    expect(trace).not.toBe(traceId);
    const [child, link] = sdk.spans();
    expect(child).toMatchObject({ name: 'process orders', kind: 4, parentSpanContext: { spanId }, links: [] });
    expect(link).toMatchObject({ links: [{ context: { traceId, spanId } }], attributes: { 'messaging.system': 'rabbitmq', 'messaging.operation.name': 'process', 'messaging.operation.type': 'process', 'messaging.destination.name': 'orders', 'messaging.message.id': '7' } });
  });

  test('has a name without a destination', () => {
    processMessage({ system: 'kafka' }, undefined, 'link', () => 0);
    expect(sdk.spans()[0]).toMatchObject({ name: 'process', links: [], attributes: { 'messaging.system': 'kafka' } });
    expect(sdk.spans()[0]!.attributes).not.toHaveProperty('messaging.destination.name');
  });

  const bytes = new Uint8Array([...traceparent].map((c) => c.charCodeAt(0)));
  test.each<[string, unknown]>([
    ['strings', { traceparent }], ['bytes', { traceparent: bytes }], ['a list of bytes', { traceparent: [bytes] }], ['what has a getter', new Map([['traceparent', traceparent]])],
    ['SQS attributes', { traceparent: { StringValue: traceparent } }], ['those of a Lambda event', { traceparent: { stringValue: traceparent } }], ['SNS attributes', { traceparent: { Value: traceparent } }],
  ])('reads %s', (_, carrier) => {
    expect(processMessage(about, carrier, 'child', activeTraceId)).toBe(traceId);
  });

  test.each<[string, unknown]>([['nothing', undefined], ['a number', 7], ['an empty object', {}], ['a broken carrier', { traceparent: 'x' }], ['a number in it', { traceparent: 7 }]])('takes %s for no carrier', (_, carrier) => {
    expect(processMessage(about, carrier, 'child', activeSpanId)).not.toBe(spanId);
    expect(sdk.spans()[0]!.parentSpanContext).toBeUndefined();
  });
});

test('traceConsumer keeps the handler\'s arguments, result, name and length', async () => {
  async function work(this: { x: number }, message: { headers: object }, flag: boolean): Promise<unknown[]> {
    await Promise.resolve();
    return [this.x, message, flag, activeTraceId()];
  }
  const traced = traceConsumer(work, { system: 'nats' }, 'child', (message) => message.headers);
  const message = { headers: { traceparent } };
  expect(await traced.call({ x: 1 }, message, true)).toEqual([1, message, true, traceId]);
  expect([traced.name, traced.length]).toEqual(['work', 2]);
  expect(sdk.spans()).toHaveLength(1);
});

test('traceReceiver runs in the carrier\'s context, without a span of its own', () => {
  const traced = traceReceiver((_: unknown, extra: { meta: object }) => [activeSpanId(), extra], (_, extra) => extra.meta);
  const extra = { meta: { traceparent } };
  expect(traced(0, extra)).toEqual([spanId, extra]);
  expect(sdk.spans()).toHaveLength(0);
});
