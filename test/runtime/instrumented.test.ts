import { fork } from 'node:child_process';
import { once } from 'node:events';
import { SpanKind } from '@opentelemetry/api';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildHelper } from './support.ts';

interface SpanRow { name: string; kind: SpanKind; scope: string; traceId: string; spanId: string; parentId?: string }
interface Pair {
  client: { traces: [string, string]; spans: SpanRow[] };
  server: { sent: string[]; received?: string; spans: SpanRow[] };
}

let helper = '';
beforeAll(() => { helper = buildHelper(); });

const start = (name: string, args: (string | boolean)[]) =>
  fork(new URL(`../../fixtures/runtime/${name}`, import.meta.url), args.map(String), { execArgv: [] });

/** A client and a server, each in a process of its own: instrumentations patch globally. */
async function runPair(undici: boolean, http: boolean, manual = false): Promise<Pair> {
  const serverProcess = start('http-server.mjs', [helper, http]);
  const [port] = (await once(serverProcess, 'message')) as [number];
  const report = once(serverProcess, 'message') as Promise<[Pair['server']]>;
  const clientProcess = start('http-client.mjs', [helper, undici, manual, `http://127.0.0.1:${port}/`]);
  const [[client], [server]] = await Promise.all([once(clientProcess, 'message') as Promise<[Pair['client']]>, report]);
  return { client, server };
}

describe.each([
  ['no instrumentation', false, false],
  ['instrumentation-undici in the client', true, false],
  ['instrumentation-http in the server', false, true],
  ['both instrumentations', true, true],
])('tracedFetch and withCarrier under %s', (_, undici, http) => {
  test('one header, one trace, no span twice', async () => {
    const { client, server } = await runPair(undici, http);
    const [trace, after] = client.traces;
    expect(after).toBe(trace);
    expect(new Set([...client.spans, ...server.spans].map((span) => span.traceId))).toEqual(new Set([trace]));

    const call = client.spans.find((span) => span.kind === SpanKind.CLIENT)!;
    expect(client.spans.map((span) => [span.name, span.scope])).toEqual([['GET', 'otel-handoff'], ['caller', 'fixture']]);
    expect(server.sent).toEqual([`00-${trace}-${call.spanId}-01`]);
    expect(server.received).not.toContain(',');

    const handler = server.spans.find((span) => span.name === 'handler')!;
    const servers = server.spans.filter((span) => span.kind === SpanKind.SERVER);
    expect(servers.map((span) => span.parentId)).toEqual(http ? [call.spanId] : []);
    expect(server.spans).toHaveLength(http ? 2 : 1);
    expect(handler.parentId).toBe(http ? servers[0]!.spanId : call.spanId);
  });
});

test.each([false, true])('control: headers injected by hand break under instrumentation-undici (instrumentation-http: %s)', async (http) => {
  const { client, server } = await runPair(true, http, true);
  expect(server.sent).toHaveLength(2);
  expect(server.received).toContain(',');
  expect(server.spans.map((span) => span.traceId)).not.toContain(client.traces[0]);
});

test('control: headers injected by hand are fine without an instrumentation', async () => {
  const { client, server } = await runPair(false, false, true);
  expect(server.sent).toHaveLength(1);
  expect(server.spans.map((span) => span.traceId)).toEqual([client.traces[0]]);
});
