/**
 * What registers which instrumentation. Read from
 * https://github.com/open-telemetry/opentelemetry-js-contrib/blob/main/packages/auto-instrumentations-node/src/utils.ts
 * https://github.com/open-telemetry/opentelemetry-js-contrib/blob/main/packages/auto-instrumentations-web/src/utils.ts
 * https://github.com/getsentry/sentry-javascript/blob/develop/packages/node/src/integrations/tracing/index.ts
 * and the distributions' own documentation, named at each.
 */

const otel = (name: string): string => `@opentelemetry/instrumentation-${name}`;

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

/** A distribution or agent that brings a tracer of its own. */
export interface Distribution {
  package: string;
  /** Functions or methods that start it. */
  starts: readonly string[];
  /** Classes whose construction starts it. */
  constructs?: readonly string[];
  /** Specifiers whose import, `--import` or `--require` alone starts it. */
  preloads: readonly string[];
  /** The OpenTelemetry instrumentations whose work it does, so that doing it by hand as well would be twice. */
  covers: readonly string[];
  upstream: string;
}

const http = [otel('http'), otel('undici')];
const databases = [otel('mongodb'), otel('mysql'), otel('pg'), otel('redis')];
const allOfAutoNode = autoNodeInstrumentations.filter((each) => !each.offByDefault).map((each) => each.name);
const sentryPackages = [
  '@sentry/node', '@sentry/nestjs', '@sentry/nextjs', '@sentry/remix', '@sentry/sveltekit', '@sentry/astro', '@sentry/nuxt', '@sentry/bun',
  '@sentry/solidstart', '@sentry/react-router', '@sentry/tanstackstart-react', '@sentry/aws-serverless', '@sentry/google-cloud-serverless',
];

/** What Sentry adds once spans are on (`tracesSampleRate` or `tracesSampler`). */
export const sentryPerformance: readonly string[] = [
  'amqplib', 'connect', 'express', 'generic-pool', 'graphql', 'hapi', 'ioredis', 'kafkajs', 'koa', 'lru-memoizer', 'mongodb', 'mongoose',
  'mysql', 'mysql2', 'nestjs-core', 'pg', 'redis', 'tedious',
].map(otel);

export const distributions: readonly Distribution[] = [
  {
    package: autoNode, starts: [], preloads: [`${autoNode}/register`, `${autoNode}/build/src/register`, `${autoNode}/build/src/register.js`],
    covers: [], upstream: 'https://www.npmjs.com/package/@opentelemetry/auto-instrumentations-node',
  },
  { package: '@vercel/otel', starts: ['registerOTel'], preloads: [], covers: [otel('undici')], upstream: 'https://github.com/vercel/otel' },
  ...sentryPackages.map((name): Distribution => ({
    package: name, starts: ['init'], preloads: [], covers: http, upstream: 'https://docs.sentry.io/platforms/javascript/guides/node/opentelemetry/',
  })),
  {
    package: 'dd-trace', starts: ['init'], preloads: ['dd-trace/init', 'dd-trace/init.js', 'dd-trace/initialize.mjs', 'dd-trace/register.js'],
    covers: [...http, otel('amqplib'), otel('aws-sdk'), otel('grpc'), otel('kafkajs'), otel('express'), otel('net'), ...databases],
    upstream: 'https://docs.datadoghq.com/tracing/trace_collection/library_config/nodejs/',
  },
  {
    package: 'newrelic', starts: [], preloads: ['newrelic', 'newrelic/index.js', 'newrelic/esm-loader.mjs'],
    covers: [...http, otel('amqplib'), otel('aws-sdk'), otel('grpc'), otel('kafkajs'), otel('express'), ...databases],
    upstream: 'https://docs.newrelic.com/docs/apm/agents/nodejs-agent/installation-configuration/es-modules/',
  },
  {
    package: 'elastic-apm-node', starts: ['start'], preloads: ['elastic-apm-node/start', 'elastic-apm-node/start.js', 'elastic-apm-node/start-next.js'],
    covers: [...http, otel('aws-sdk'), otel('kafkajs'), otel('express'), ...databases],
    upstream: 'https://www.elastic.co/docs/reference/apm/agents/nodejs/starting-agent',
  },
  {
    package: '@elastic/opentelemetry-node', starts: ['startNodeSDK'], preloads: ['@elastic/opentelemetry-node', '@elastic/opentelemetry-node/start.js'],
    covers: allOfAutoNode, upstream: 'https://github.com/elastic/elastic-otel-node',
  },
  {
    package: '@azure/monitor-opentelemetry', starts: ['useAzureMonitor'], preloads: [], covers: [otel('http'), ...databases],
    upstream: 'https://learn.microsoft.com/javascript/api/overview/azure/monitor-opentelemetry-readme',
  },
  {
    package: 'applicationinsights', starts: ['setup', 'useAzureMonitor'], preloads: [], covers: [otel('http'), ...databases],
    upstream: 'https://github.com/microsoft/ApplicationInsights-node.js',
  },
  {
    package: '@splunk/otel', starts: ['start'], preloads: ['@splunk/otel/instrument', '@splunk/otel/instrument.js'],
    covers: [...http, otel('amqplib'), otel('aws-sdk'), otel('grpc'), otel('kafkajs'), otel('express'), otel('socket.io'), otel('net'), ...databases],
    upstream: 'https://www.npmjs.com/package/@splunk/otel',
  },
  {
    package: '@honeycombio/opentelemetry-node', starts: [], constructs: ['HoneycombSDK'], preloads: [], covers: [],
    upstream: 'https://github.com/honeycombio/honeycomb-opentelemetry-node',
  },
  { package: '@google-cloud/trace-agent', starts: ['start'], preloads: [], covers: [otel('http')], upstream: 'https://github.com/googleapis/cloud-trace-nodejs' },
  { package: '@uptrace/node', starts: ['configureOpentelemetry'], preloads: [], covers: allOfAutoNode, upstream: 'https://uptrace.dev/get/opentelemetry-js' },
  {
    package: '@hyperdx/node-opentelemetry', starts: ['init', 'initSDK'], preloads: ['@hyperdx/node-opentelemetry/build/src/tracing'],
    covers: allOfAutoNode, upstream: 'https://github.com/hyperdxio/hyperdx-js',
  },
  {
    package: '@appsignal/nodejs', starts: [], constructs: ['Appsignal'], preloads: [],
    covers: [...http, '@appsignal/opentelemetry-instrumentation-bullmq', otel('amqplib'), otel('express'), ...databases],
    upstream: 'https://docs.appsignal.com/nodejs/3.x/integrations.html',
  },
  { package: '@dynatrace/oneagent', starts: [], preloads: ['@dynatrace/oneagent'], covers: [...http, otel('amqplib'), otel('kafkajs'), otel('grpc')], upstream: 'https://docs.dynatrace.com/docs/ingest-from/technology-support/application-software/nodejs' },
  { package: '@instana/collector', starts: [], preloads: ['@instana/collector', '@instana/collector/src/immediate'], covers: [...http, otel('amqplib'), otel('kafkajs'), otel('grpc')], upstream: 'https://github.com/instana/nodejs' },
  { package: '@microlabs/otel-cf-workers', starts: ['instrument', 'instrumentDO'], preloads: [], covers: [otel('undici')], upstream: 'https://github.com/evanderkoogh/otel-cf-workers' },
  { package: '@pydantic/logfire-node', starts: ['configure'], preloads: [], covers: allOfAutoNode, upstream: 'https://github.com/pydantic/logfire-js' },
  { package: '@traceloop/node-server-sdk', starts: ['initialize'], preloads: [], covers: [], upstream: 'https://github.com/traceloop/openllmetry-js' },
];

/** Classes whose construction is a tracer's. */
export const tracerClasses: ReadonlySet<string> =
  new Set(['NodeSDK', 'NodeTracerProvider', 'BasicTracerProvider', 'WebTracerProvider', 'HoneycombWebSDK', 'TracingInstrumentation']);

/** Runtime dependencies that alone say that a package traces. */
export const tracerDependencies: readonly string[] = [
  '@opentelemetry/sdk-node', '@opentelemetry/sdk-trace-node', '@opentelemetry/sdk-trace-web', autoNode, autoWeb,
  ...distributions.map((each) => each.package).filter((name) => !name.startsWith('@sentry/') && name !== autoNode),
];

/** Whether a package's name is an instrumentation's. */
export function isInstrumentation(name: string): boolean {
  return /(?:^|[/-])(?:opentelemetry-)?instrumentation(?:-|$)/.test(name) && name !== '@opentelemetry/instrumentation';
}
