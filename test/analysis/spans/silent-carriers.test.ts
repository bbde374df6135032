/** Carriers that do nothing without a setter or getter, and those that need none. */
import { describe, expect, it } from 'vitest';
import { messageOf } from '../../../src/analysis/messages.ts';
import { analyse, cases, ts } from '../harness.ts';

const imports = `import { context, propagation, ROOT_CONTEXT, type Context } from '@opentelemetry/api';\n`;
const inject = ' // ! opentelemetry/silent-inject lost';
const extract = ' // ! opentelemetry/silent-extract lost';
const run = (before: string, statement: string, mark: string, parameters = 'x: any'): string => `${imports}${before}export async function f(${parameters}) {\n  ${statement}${mark}\n}`;
const out = (carrier: string, parameters?: string, before = ''): string => run(before, `propagation.inject(context.active(), ${carrier});`, inject, parameters);
const into = (carrier: string, parameters?: string, before = ''): string => run(before, `return propagation.extract(ROOT_CONTEXT, ${carrier});`, extract, parameters);
const silent = (statement: string, parameters?: string, before = ''): string => run(before, statement, '', parameters);
const dependencies = { '@opentelemetry/api': '^1.9.0', nats: '^2.0.0', '@grpc/grpc-js': '^1.0.0', kafkajs: '^2.0.0', '@aws-sdk/client-sqs': '^3.0.0', undici: '^6.0.0', express: '^5.0.0', fastify: '^5.0.0', next: '^15.0.0', hono: '^4.0.0', 'node-fetch': '^3.0.0' };
const setting = { files: { 'package.json': { name: 'app', type: 'module', engines: { node: '>=20' }, dependencies } } };

cases('writes into what is no plain object', setting, {
  'a Headers': out('new Headers()'),
  'a Headers in a constant': run('', 'const headers = new Headers({ accept: \'x\' }); propagation.inject(context.active(), headers);', inject),
  'a Headers by its type': out('h', 'h: Headers'),
  'a Headers that may be missing': out('h', 'h: Headers | undefined'),
  'a Headers by assertion': out('h as unknown as Headers', 'h: unknown'),
  'the headers of a Request': out('request.headers', 'request: Request'),
  'undici\'s Headers': out('new Headers()', 'x: any', `import { Headers } from 'undici';\n`),
  'node-fetch\'s': out('new Headers()', 'x: any', `import { Headers } from 'node-fetch';\n`),
  'a Map': out('new Map()'),
  'a Map by its type': out('m', 'm: Map<string, string>'),
  'a Map in a field': `${imports}export class Sender {\n  #carrier = new Map<string, string>();\n  send() {\n    propagation.inject(context.active(), this.#carrier);${inject}\n  }\n}`,
  'a URLSearchParams': out('new URLSearchParams()'),
  'those of an address': run('', 'const url = new URL(x); propagation.inject(context.active(), url.searchParams);', inject),
  'a Set': out('new Set()'),
  'a FormData': out('new FormData()'),
  'a list': out('[]'),
  'a list in a constant': run('', 'const carrier = []; propagation.inject(context.active(), carrier);', inject),
  'NATS headers': out('headers()', 'x: any', `import { headers } from 'nats';\n`),
  'NATS headers in a constant': run(`import { headers } from 'nats';\n`, 'const h = headers(); propagation.inject(context.active(), h);', inject),
  'NATS headers by their type': out('h', 'h: MsgHdrs', `import type { MsgHdrs } from 'nats';\n`),
  'gRPC metadata': out('new Metadata()', 'x: any', `import { Metadata } from '@grpc/grpc-js';\n`),
  'gRPC metadata of a namespace': out('new grpc.Metadata()', 'x: any', `import * as grpc from '@grpc/grpc-js';\n`),
  'gRPC metadata by its type': out('m', 'm: Metadata', `import type { Metadata } from '@grpc/grpc-js';\n`),
  'a response': out('res', 'res: ServerResponse', `import type { ServerResponse } from 'node:http';\n`),
  'a request that goes out': run(`import { request } from 'node:http';\n`, 'const r = request(x); propagation.inject(context.active(), r);', inject),
  'an undefined setter': run('', 'propagation.inject(context.active(), new Headers(), undefined);', inject),
  'the API as a namespace': `import * as api from '@opentelemetry/api';\nexport const f = () => api.propagation.inject(api.context.active(), new Headers());${inject}`,
  'the API as a default': `import api from '@opentelemetry/api';\nexport const f = () => api.propagation.inject(api.context.active(), new Map());${inject}`,
  'in CommonJS': { 'src/a.cjs': `const { propagation, context } = require('@opentelemetry/api');\nexports.f = () => propagation.inject(context.active(), new Headers());${inject}` },
  'in a function of another file': { 'src/h.ts': `export const make = () => new Headers();`, 'src/a.ts': run(`import { make } from './h.ts';\n`, 'const h = make(); propagation.inject(context.active(), h);', inject) },
});

cases('reads from what is no plain object', setting, {
  'a Headers': into('request.headers', 'request: Request'),
  'Next\'s headers': run(`import { headers } from 'next/headers';\n`, 'return propagation.extract(ROOT_CONTEXT, await headers());', extract),
  'those of Next\'s request': into('req.headers', 'req: NextRequest', `import type { NextRequest } from 'next/server';\n`),
  'the headers of a response': run('', 'const r = await fetch(x); return propagation.extract(ROOT_CONTEXT, r.headers);', extract),
  'a Map': into('m', 'm: Map<string, string>'),
  'a read-only Map': into('m', 'm: ReadonlyMap<string, string>'),
  'a URLSearchParams': into('new URLSearchParams(x)'),
  'a request itself': into('req', 'req: IncomingMessage', `import type { IncomingMessage } from 'node:http';\n`),
  'Express\'s request itself': into('req', 'req: Request', `import type { Request } from 'express';\n`),
  'Fastify\'s': into('req', 'req: FastifyRequest', `import type { FastifyRequest } from 'fastify';\n`),
  'a web Request itself': into('request', 'request: Request'),
  'the headers of a Kafka message': `${imports}import { Kafka } from 'kafkajs';\nconst consumer = new Kafka({ brokers: [] }).consumer({ groupId: 'a' });\nexport const f = (work: any) => consumer.run({ eachMessage: async ({ message }) => {\n  const parent = propagation.extract(ROOT_CONTEXT, message.headers);${extract}\n  await context.with(parent, () => work(message));\n} });`,
  'the headers of a Kafka message, by its type': into('message.headers', 'message: KafkaMessage', `import type { KafkaMessage } from 'kafkajs';\n`),
  'the headers of a payload\'s message': into('payload.message.headers', 'payload: EachMessagePayload', `import type { EachMessagePayload } from 'kafkajs';\n`),
  'the attributes of a message': into('message.MessageAttributes', 'message: Message', `import type { Message } from '@aws-sdk/client-sqs';\n`),
  'gRPC metadata': into('m', 'm: Metadata', `import type { Metadata } from '@grpc/grpc-js';\n`),
  'gRPC metadata of a call': into('call.metadata', 'call: ServerUnaryCall<any, any>', `import type { ServerUnaryCall } from '@grpc/grpc-js';\n`),
  'the headers of a NATS message': into('m.headers', 'm: Msg', `import type { Msg } from 'nats';\n`),
});

const setter = '{ set: (c, k, v) => c.set(k, v) }';
const getter = '{ get: (c, k) => c.get(k), keys: (c) => [...c.keys()] }';

cases('in order', setting, {
  'a plain object': silent('const headers = {}; propagation.inject(context.active(), headers);'),
  'a plain object by its type': silent('propagation.inject(context.active(), h);', 'h: Record<string, string>'),
  'an object written out': silent(`propagation.inject(context.active(), { accept: 'x' });`),
  'a property': silent('propagation.inject(context.active(), x.headers);'),
  'what nothing is known of': silent('propagation.inject(context.active(), x);'),
  'a Headers with a setter': silent(`propagation.inject(context.active(), new Headers(), ${setter});`),
  'a Map with a setter': silent(`propagation.inject(context.active(), new Map(), ${setter});`),
  'NATS headers with a setter': silent(`propagation.inject(context.active(), headers(), ${setter});`, 'x: any', `import { headers } from 'nats';\n`),
  'a setter from elsewhere': silent('propagation.inject(context.active(), new Headers(), x);'),
  'an imported setter': silent('propagation.inject(context.active(), new Headers(), headersSetter);', 'x: any', `import { headersSetter } from './setters.ts';\n`),
  'the headers of Node\'s request': silent('return propagation.extract(ROOT_CONTEXT, req.headers);', 'req: IncomingMessage', `import type { IncomingMessage } from 'node:http';\n`),
  'the headers of Express\'s request': silent('return propagation.extract(ROOT_CONTEXT, req.headers);', 'req: Request', `import type { Request } from 'express';\n`),
  'a Headers with a getter': silent(`return propagation.extract(ROOT_CONTEXT, request.headers, ${getter});`, 'request: Request'),
  'a Headers made plain': silent('return propagation.extract(ROOT_CONTEXT, Object.fromEntries(request.headers));', 'request: Request'),
  'a Headers made plain before': silent('const carrier = Object.fromEntries(request.headers.entries()); return propagation.extract(ROOT_CONTEXT, carrier);', 'request: Request'),
  'one header of it': silent(`return propagation.extract(ROOT_CONTEXT, { traceparent: request.headers.get('traceparent') });`, 'request: Request'),
  'a Kafka producer\'s headers': silent(`const headers = {}; propagation.inject(context.active(), headers); await x.send({ topic: 'a', messages: [{ value: 'b', headers }] });`),
  'a Kafka message with a getter': silent(`return propagation.extract(ROOT_CONTEXT, m.headers, { get: (c, k) => c?.[k]?.toString(), keys: (c) => Object.keys(c ?? {}) });`, 'm: KafkaMessage', `import type { KafkaMessage } from 'kafkajs';\n`),
  'the headers of a RabbitMQ message': silent('return propagation.extract(ROOT_CONTEXT, m.properties.headers);', 'm: ConsumeMessage', `import type { ConsumeMessage } from 'amqplib';\n`),
  'the environment': silent('propagation.inject(context.active(), process.env);'),
  'a job\'s data': silent('return propagation.extract(ROOT_CONTEXT, job.data.carrier);', 'job: any'),
  'a value of a Map': silent('return propagation.extract(ROOT_CONTEXT, m.get(\'a\'));', 'm: Map<string, any>'),
  'an element of a list': silent('propagation.inject(context.active(), x[0]);', 'x: Record<string, string>[]'),
  'a class of one\'s own': `${imports}class Headers { traceparent = ''; }\nexport const f = () => propagation.inject(context.active(), new Headers());`,
  'a type of one\'s own': `${imports}interface Headers { traceparent?: string }\nexport const f = (h: Headers) => propagation.inject(context.active(), h);`,
  'a Map of one\'s own': `${imports}import { Map } from './map.ts';\nexport const f = () => propagation.inject(context.active(), new Map());`,
  'an injection of dependencies': `import { inject } from 'tsyringe';\nexport const f = (container: any) => container.inject(1, new Map()) ?? inject;`,
  'an archive': `export const f = (zip: any) => zip.extract('a', new Map());`,
  'another library\'s propagation': `import { propagation } from 'other';\nexport const f = (context: any) => propagation.inject(context, new Headers());`,
  'a propagator, whose setter the compiler asks for': `import { W3CTraceContextPropagator } from '@opentelemetry/core';\n${imports}export const f = (s: any) => new W3CTraceContextPropagator().inject(context.active(), new Headers(), s);`,
  'spread arguments': silent('propagation.inject(...x);', 'x: [Context, Headers]'),
  'ignored with a reason': silent('// handoff-ignore no-silent-carrier -- a subclass of ours with an index\n  propagation.inject(context.active(), new Headers());'),
});

cases('in order: carriers that look like it', setting, {
  'entries of a Map made plain': silent('const m = new Map(); const carrier = Object.fromEntries(m); propagation.inject(context.active(), carrier);'),
  'a Headers that is written after': silent('const carrier: Record<string, string> = {}; propagation.inject(context.active(), carrier); const headers = new Headers(carrier); return headers;'),
  'a Headers written entry by entry': silent('const carrier = {} as Record<string, string>; propagation.inject(context.active(), carrier); const h = new Headers(); for (const [k, v] of Object.entries(carrier)) h.set(k, v);'),
  'gRPC metadata made plain': silent('return propagation.extract(ROOT_CONTEXT, m.getMap());', 'm: Metadata', `import type { Metadata } from '@grpc/grpc-js';\n`),
  'the headers of a message as texts': silent('const headers = Object.fromEntries(Object.entries(m.headers ?? {}).map(([k, v]) => [k, String(v)])); return propagation.extract(ROOT_CONTEXT, headers);', 'm: KafkaMessage', `import type { KafkaMessage } from 'kafkajs';\n`),
  'one header of a Kafka message': silent('return propagation.extract(ROOT_CONTEXT, { traceparent: m.headers?.traceparent?.toString() });', 'm: KafkaMessage', `import type { KafkaMessage } from 'kafkajs';\n`),
  'attributes of a message with a getter': silent('return propagation.extract(ROOT_CONTEXT, m.MessageAttributes, { get: (c, k) => c?.[k]?.StringValue, keys: (c) => Object.keys(c ?? {}) });', 'm: Message', `import type { Message } from '@aws-sdk/client-sqs';\n`),
  'attributes of a message as texts': silent('return propagation.extract(ROOT_CONTEXT, texts(m.MessageAttributes));', 'm: Message', `import type { Message } from '@aws-sdk/client-sqs';\nconst texts = (a: Message['MessageAttributes']) => Object.fromEntries(Object.entries(a ?? {}).map(([k, v]) => [k, v.StringValue]));\n`),
  'the headers of Fastify\'s request': silent('return propagation.extract(ROOT_CONTEXT, req.headers);', 'req: FastifyRequest', `import type { FastifyRequest } from 'fastify';\n`),
  'the headers of Hono\'s request': silent('return propagation.extract(ROOT_CONTEXT, c.req.header());', 'c: Context', `import type { Context } from 'hono';\n`).replace(', type Context }', ' }'),
  'the headers of a socket\'s handshake': silent('return propagation.extract(ROOT_CONTEXT, socket.handshake.headers);', 'socket: any'),
  'the headers of an event of Lambda': silent('return propagation.extract(ROOT_CONTEXT, event.headers);', 'event: { headers: Record<string, string> }'),
  'metadata of MCP': silent('return propagation.extract(ROOT_CONTEXT, extra._meta ?? {});', 'extra: { _meta?: Record<string, unknown> }'),
  'the environment of a child': silent('const env = { ...process.env }; propagation.inject(context.active(), env); return env;'),
  'the options of a job': silent('const telemetry = { metadata: {} }; propagation.inject(context.active(), telemetry.metadata);'),
  'a field that is a plain object': `${imports}export class Sender {\n  #carrier: Record<string, string> = {};\n  send() {\n    propagation.inject(context.active(), this.#carrier);\n  }\n}`,
  'an object without a prototype': silent('const carrier = Object.create(null); propagation.inject(context.active(), carrier);'),
  'a class of one\'s own by its name': silent('propagation.inject(context.active(), new HeadersRecord());', 'x: any', `import { HeadersRecord } from './headers-record.ts';\n`),
  'the default setter on a plain object': silent('propagation.inject(context.active(), {}, defaultTextMapSetter);', 'x: any', `import { defaultTextMapSetter } from '@opentelemetry/api';\n`),
});

describe('what is said', () => {
  const said = (text: string): string => {
    const site = analyse({ ...setting.files, 'src/a.ts': text }).result.judged.find((j) => j.verdict === 'lost');
    return site ? messageOf(ts, site) : '';
  };
  it('of a Headers', () => expect(said(out('new Headers()'))).toBe('`propagation.inject(…)` writes into a `Headers` without a setter: it keeps its entries inside, where the default setter and getter, which write and read plain properties, never look, so no context leaves. Pass a setter as the third argument.'));
  it('of Kafka', () => expect(said(into('m.headers', 'm: KafkaMessage', `import type { KafkaMessage } from 'kafkajs';\n`))).toMatch(/reads from the headers of a Kafka message without a getter: it holds Buffers, and a propagator reads nothing but texts, so no context arrives/));
  it('of a request itself', () => expect(said(into('req', 'req: IncomingMessage', `import type { IncomingMessage } from 'node:http';\n`))).toMatch(/Pass its `headers`\.$/));
});
