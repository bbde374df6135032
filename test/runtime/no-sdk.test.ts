import { afterEach, expect, test, vi } from 'vitest';
import {
  captureCarrier, carryEnvironment, carryFlow, carryJob, carryJobLegacy, carryJobs, carryMessage, processJob, tracedFetch,
  traceHandler, traceMessageHandler, traceProcessor, withCarrier, withEnvironmentCarrier, withMessageCarrier,
} from '../../transforms/runtime/handoff.ts';
import { traceparent } from './support.ts';

// No SDK is registered in this file: everything passes through.
afterEach(() => {
  vi.unstubAllGlobals();
});

const returned = { result: true };
const fn = (): object => returned;

test('nothing is carried', () => {
  const value = { a: 1 };
  expect(captureCarrier()).toEqual({});
  expect([carryMessage(value), carryJob(value), carryJobLegacy(value)].every((same) => same === value)).toBe(true);
  expect(carryEnvironment({ A: '1' })).toEqual({ A: '1' });
  const jobs = [{ name: 'a' }, { name: 'b', opts: { attempts: 1 } }];
  expect(carryJobs(jobs).map((job, index) => job === jobs[index])).toEqual([true, true]);
  const flow = { name: 'a', queueName: 'q' };
  expect(carryFlow(flow)).toBe(flow);
});

test('handlers run and return as before', async () => {
  const job = { name: 'a', queueName: 'q', opts: { telemetry: { metadata: JSON.stringify({ traceparent }) } } };
  expect(withCarrier({ traceparent }, fn)).toBe(returned);
  expect(withEnvironmentCarrier({ TRACEPARENT: traceparent }, fn)).toBe(returned);
  expect(processJob(job, 'link', fn)).toBe(returned);
  expect(await processJob(job, 'child', async () => returned)).toBe(returned);
  expect(traceProcessor((_: object) => returned, 'child')(job)).toBe(returned);
  expect(traceHandler((_: object) => returned)({ headers: { traceparent } })).toBe(returned);
});

test('a message from a traced sender arrives without its carrier', () => {
  const message = { a: 1, _otel: { traceparent } };
  expect(withMessageCarrier(message, () => JSON.stringify(message))).toBe('{"a":1}');
  expect(traceMessageHandler((value: object) => JSON.stringify(value))({ b: 1, _otel: { traceparent } })).toBe('{"b":1}');
});

test('the arguments of fetch are passed on unchanged', async () => {
  const response = new Response();
  const fetch = vi.fn((..._: unknown[]) => Promise.resolve(response));
  vi.stubGlobal('fetch', fetch);
  const init = { headers: { a: '1' } };
  expect(await tracedFetch('http://localhost/', init)).toBe(response);
  expect(await tracedFetch('http://localhost/')).toBe(response);
  expect(fetch.mock.calls).toEqual([['http://localhost/', init], ['http://localhost/']]);
  expect(fetch.mock.calls[0]![1]).toBe(init);
});
