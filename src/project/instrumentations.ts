/**
 * The OpenTelemetry instrumentations, and which of them the two bundles register. Read from
 * https://github.com/open-telemetry/opentelemetry-js-contrib/blob/main/packages/auto-instrumentations-node/src/utils.ts
 * https://github.com/open-telemetry/opentelemetry-js-contrib/blob/main/packages/auto-instrumentations-web/src/utils.ts
 */
import type { RuntimeProfile } from '../types.ts';

export const otel = (name: string): string => `@opentelemetry/instrumentation-${name}`;

/** Class to package, for classes that come through somebody else's export. */
export const instrumentationClasses: ReadonlyMap<string, string> = new Map([
  ['AmqplibInstrumentation', otel('amqplib')],
  ['AwsLambdaInstrumentation', otel('aws-lambda')],
  ['AwsInstrumentation', otel('aws-sdk')],
  ['BunyanInstrumentation', otel('bunyan')],
  ['CassandraDriverInstrumentation', otel('cassandra-driver')],
  ['ConnectInstrumentation', otel('connect')],
  ['CucumberInstrumentation', otel('cucumber')],
  ['DataloaderInstrumentation', otel('dataloader')],
  ['DnsInstrumentation', otel('dns')],
  ['DocumentLoadInstrumentation', otel('document-load')],
  ['ExpressInstrumentation', otel('express')],
  ['FastifyInstrumentation', otel('fastify')],
  ['FetchInstrumentation', otel('fetch')],
  ['FsInstrumentation', otel('fs')],
  ['GenericPoolInstrumentation', otel('generic-pool')],
  ['GraphQLInstrumentation', otel('graphql')],
  ['GrpcInstrumentation', otel('grpc')],
  ['HapiInstrumentation', otel('hapi')],
  ['HostMetricsInstrumentation', otel('host-metrics')],
  ['HttpInstrumentation', otel('http')],
  ['IORedisInstrumentation', otel('ioredis')],
  ['KafkaJsInstrumentation', otel('kafkajs')],
  ['KnexInstrumentation', otel('knex')],
  ['KoaInstrumentation', otel('koa')],
  ['LangChainInstrumentation', otel('langchain')],
  ['LongTaskInstrumentation', otel('long-task')],
  ['LruMemoizerInstrumentation', otel('lru-memoizer')],
  ['MemcachedInstrumentation', otel('memcached')],
  ['MongoDBInstrumentation', otel('mongodb')],
  ['MongooseInstrumentation', otel('mongoose')],
  ['MySQLInstrumentation', otel('mysql')],
  ['MySQL2Instrumentation', otel('mysql2')],
  ['NestInstrumentation', otel('nestjs-core')],
  ['NetInstrumentation', otel('net')],
  ['OpenAIInstrumentation', otel('openai')],
  ['OracleInstrumentation', otel('oracledb')],
  ['PgInstrumentation', otel('pg')],
  ['PinoInstrumentation', otel('pino')],
  ['RedisInstrumentation', otel('redis')],
  ['RestifyInstrumentation', otel('restify')],
  ['RouterInstrumentation', otel('router')],
  ['RuntimeNodeInstrumentation', otel('runtime-node')],
  ['SequelizeInstrumentation', otel('sequelize')],
  ['SocketIoInstrumentation', otel('socket.io')],
  ['TediousInstrumentation', otel('tedious')],
  ['TypeormInstrumentation', otel('typeorm')],
  ['UndiciInstrumentation', otel('undici')],
  ['UserInteractionInstrumentation', otel('user-interaction')],
  ['WinstonInstrumentation', otel('winston')],
  ['XMLHttpRequestInstrumentation', otel('xml-http-request')],
]);

/** Function to package, for instrumentations that are made by a call. */
export const instrumentationMakers: ReadonlyMap<string, string> = new Map([['createAzureSdkInstrumentation', '@azure/opentelemetry-instrumentation-azure-sdk']]);

export const autoNode = '@opentelemetry/auto-instrumentations-node';
export const autoWeb = '@opentelemetry/auto-instrumentations-web';

/** What `getNodeAutoInstrumentations()` registers, and the version of the bundle from which it does (its changelog). */
export const autoNodeInstrumentations: readonly { name: string; since?: string; offByDefault?: true }[] = [
  { name: otel('amqplib') }, { name: otel('aws-lambda') }, { name: otel('aws-sdk') }, { name: otel('bunyan') },
  { name: otel('cassandra-driver') }, { name: otel('connect') }, { name: otel('cucumber'), since: '0.39.0' },
  { name: otel('dataloader'), since: '0.33.0' }, { name: otel('dns') }, { name: otel('express') },
  { name: otel('fs'), offByDefault: true }, { name: otel('generic-pool') }, { name: otel('graphql') }, { name: otel('grpc') },
  { name: otel('hapi') }, { name: otel('host-metrics'), since: '0.77.0', offByDefault: true }, { name: otel('http') },
  { name: otel('ioredis') }, { name: otel('kafkajs'), since: '0.49.0' }, { name: otel('knex') }, { name: otel('koa') },
  { name: otel('lru-memoizer') }, { name: otel('memcached') }, { name: otel('mongodb') }, { name: otel('mongoose') },
  { name: otel('mysql2') }, { name: otel('mysql') }, { name: otel('nestjs-core') }, { name: otel('net') },
  { name: otel('openai'), since: '0.66.0' }, { name: otel('oracledb'), since: '0.59.0' }, { name: otel('pg') }, { name: otel('pino') },
  { name: otel('redis') }, { name: otel('restify') }, { name: otel('router') }, { name: otel('runtime-node'), since: '0.58.0' },
  { name: otel('socket.io'), since: '0.36.0' }, { name: otel('tedious') }, { name: otel('undici'), since: '0.46.0' }, { name: otel('winston') },
];

export const autoWebInstrumentations: readonly string[] =
  [otel('document-load'), otel('fetch'), otel('user-interaction'), otel('xml-http-request')];

/** Those that patch what only a page has. */
const webOnly: ReadonlySet<string> = new Set([...autoWebInstrumentations, autoWeb, otel('long-task'), otel('browser-navigation'), otel('web-exception')]);

/** Whether an instrumentation does anything in a runtime: a page has no undici, and Node no `XMLHttpRequest`. */
export function runsIn(name: string, runtime: RuntimeProfile): boolean {
  return runtime === 'portable' || webOnly.has(name) === (runtime !== 'node');
}

/** Whether a package's name is an instrumentation's. */
export function isInstrumentation(name: string): boolean {
  return /(?:^|[/-])(?:opentelemetry-)?instrumentation(?:-|$)/.test(name) && name !== '@opentelemetry/instrumentation';
}
