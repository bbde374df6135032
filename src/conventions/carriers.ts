/**
 * Objects that look like a carrier and are none by themselves: the API's default setter and getter write and read plain
 * properties that are texts (`carrier[key] = value`).
 * https://github.com/open-telemetry/opentelemetry-js/blob/main/api/src/propagation/TextMapPropagator.ts
 * https://nodejs.org/api/http.html#class-httpincomingmessage
 * https://docs.nats.io/using-nats/developer/sending/headers https://grpc.github.io/grpc/node/grpc.Metadata.html
 * https://kafka.js.org/docs/consuming#a-name-each-message-a-eachmessage
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_MessageAttributeValue.html
 */

/** How a setter and a getter are written for it; `part`: a property of it is the carrier. */
export type Shape =
  | { set: string; get: string; keys: string }
  | { part: string };

export interface SilentCarrier {
  /** What a message calls it. */
  name: string;
  /** Globals. */
  globals?: readonly string[];
  /** Exports of packages, made, returned or typed: `module`, and a pattern of the way to it. */
  exports?: readonly { modules: readonly string[]; path: RegExp }[];
  /** Which of the two does nothing with it; default: both. */
  only?: 'inject' | 'extract';
  /** What becomes of it. */
  says: string;
  shape?: Shape;
}

const mapLike = { set: 'carrier.set(key, value)', get: 'carrier.get(key) ?? undefined', keys: 'Array.from(carrier.keys())' };
const lost = 'keeps its entries inside, where the default setter and getter, which write and read plain properties, never look';
const requests = [{ modules: ['http', 'https', 'http2'], path: /(^|\.)(IncomingMessage|Http2ServerRequest)$|\.(on:request|createServer)\(0\)$|^createServer\(0\)$/ }];

export const silentCarriers: readonly SilentCarrier[] = [
  {
    name: 'a `Headers`', globals: ['Headers'], says: lost, shape: mapLike,
    exports: [
      { modules: ['undici', 'node-fetch', 'cross-fetch', '@whatwg-node/fetch', 'headers-polyfill', 'undici-types'], path: /^(default\.)?Headers$/ },
      { modules: ['next/headers', 'next/headers.js'], path: /^headers$/ },
    ],
  },
  { name: 'a `Map`', globals: ['Map', 'ReadonlyMap', 'WeakMap'], says: lost, shape: mapLike },
  { name: 'a `URLSearchParams`', globals: ['URLSearchParams'], says: lost, shape: mapLike },
  { name: 'a `FormData`', globals: ['FormData'], says: lost },
  { name: 'a `Set`', globals: ['Set', 'WeakSet'], says: lost },
  {
    name: 'NATS headers', says: lost, shape: { set: 'carrier.set(key, value)', get: "carrier.get(key) || undefined", keys: 'carrier.keys()' },
    exports: [{ modules: ['nats', '@nats-io/nats-core', '@nats-io/transport-node', '@nats-io/transport-deno', 'nats.ws', '@nats-io/jetstream'], path: /^(headers|canonicalMIMEHeaderKey\.headers|MsgHdrs|MsgHdrsImpl)$|(^|\.)(Msg|JsMsg|subscribe|request|consume|fetch)(\(\d\))?\.headers$|\.callback\(1\)\.headers$/ }],
  },
  {
    name: 'gRPC `Metadata`', says: lost, shape: { set: 'carrier.set(key, value)', get: 'carrier.get(key).map(String)', keys: 'Object.keys(carrier.getMap())' },
    exports: [{ modules: ['@grpc/grpc-js', 'grpc', '@grpc/grpc-js/build/src/metadata'], path: /^(Metadata|Server(Unary|Writable|Readable|Duplex)(Call|Stream)?\.metadata|ServerUnaryCall\.metadata|ServerDuplexStream\.metadata|ServerSurfaceCall\.metadata)$/ }],
  },
  {
    name: 'the headers of a Kafka message', only: 'extract', says: 'holds Buffers, and a propagator reads nothing but texts',
    shape: { set: '', get: 'carrier?.[key]?.toString()', keys: 'Object.keys(carrier ?? {})' },
    exports: [{ modules: ['kafkajs', '@confluentinc/kafka-javascript'], path: /(^|\.)(KafkaMessage|EachMessagePayload\.message|Message|eachMessage\(0\)\.message|eachBatch\(0\)\.batch\.messages)\.headers$|^IHeaders$/ }],
  },
  {
    name: 'SQS message attributes', says: 'holds objects with a `StringValue`, and a propagator writes and reads nothing but texts',
    shape: { set: "carrier[key] = { DataType: 'String', StringValue: value }", get: 'carrier?.[key]?.StringValue', keys: 'Object.keys(carrier ?? {})' },
    exports: [{ modules: ['@aws-sdk/client-sqs', '@aws-sdk/client-sns', 'aws-sdk'], path: /\.MessageAttributes$/ }],
  },
  {
    name: 'the attributes of an SQS record', only: 'extract', says: 'holds objects with a `stringValue`, and a propagator reads nothing but texts',
    shape: { set: '', get: 'carrier?.[key]?.stringValue', keys: 'Object.keys(carrier ?? {})' },
    exports: [{ modules: ['aws-lambda', '@types/aws-lambda'], path: /^SQS(Record|Event\.Records|MessageAttributes)(\.messageAttributes)?$/ }],
  },
  {
    name: 'the request itself', only: 'extract', says: 'has its headers in `headers`, and none of its own properties is one', shape: { part: 'headers' },
    exports: [...requests, { modules: ['express', 'express-serve-static-core'], path: /^(Request|e\.Request)$|\.(get|post|put|patch|delete|all|use)\(0\)$/ }, { modules: ['fastify'], path: /^FastifyRequest$|\.(get|post|put|patch|delete|all|route)\(0\)$/ }, { modules: ['koa'], path: /^(Request)$/ }],
  },
  { name: 'a `Request`', globals: ['Request'], only: 'extract', says: 'has its headers in `headers`, a `Headers`: pass that, with a getter' },
  { name: 'a `Response`', globals: ['Response'], says: 'has its headers in `headers`, a `Headers`: pass that, with a setter' },
  {
    name: 'the response itself', only: 'inject', says: 'takes headers by `setHeader`, and properties that are written on it go nowhere',
    shape: { set: 'carrier.setHeader(key, value)', get: '', keys: '' },
    exports: [{ modules: ['http', 'https', 'http2'], path: /^(ServerResponse|OutgoingMessage|ClientRequest|request|get)$/ }],
  },
  { name: 'an array', says: 'is a list: properties that are written on it are sent by nobody' },
];
