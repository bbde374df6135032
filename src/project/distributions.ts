/**
 * Distributions and agents that bring a tracer of their own, and which instrumentations' work each does. Read from each
 * one's source or documentation, named at `upstream`; what makes spans and sends nothing is not listed.
 */
import { autoNode, autoNodeInstrumentations, autoWeb, otel } from './instrumentations.ts';

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
  /** It registers those instrumentations themselves, and does not do their work in a way of its own. */
  bundles?: true;
  upstream: string;
}

const http = [otel('http'), otel('undici')];
const databases = [otel('mongodb'), otel('mysql'), otel('pg'), otel('redis')];
const allOfAutoNode = autoNodeInstrumentations.filter((each) => !each.offByDefault).map((each) => each.name);
const allBut = (...names: string[]): string[] => allOfAutoNode.filter((name) => !names.map(otel).includes(name));
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
    covers: [], bundles: true, upstream: 'https://www.npmjs.com/package/@opentelemetry/auto-instrumentations-node',
  },
  // Its fetch sends the context to the deployment's own hosts, and elsewhere only where `propagateContextUrls` says so.
  { package: '@vercel/otel', starts: ['registerOTel'], preloads: [], covers: [otel('undici')], upstream: 'https://github.com/vercel/otel/blob/main/packages/otel/src/instrumentations/fetch.ts' },
  // `sentry-trace` and `baggage`, and `traceparent` with `propagateTraceparent`: set, not appended.
  ...sentryPackages.map((name): Distribution => ({
    package: name, starts: ['init'], preloads: [], covers: http,
    upstream: 'https://github.com/getsentry/sentry-javascript/blob/develop/packages/node/src/integrations/tracing/index.ts',
  })),
  {
    package: 'dd-trace', starts: ['init'], preloads: ['dd-trace/init', 'dd-trace/init.js', 'dd-trace/initialize.mjs', 'dd-trace/register.js'],
    covers: [...http, otel('amqplib'), otel('aws-sdk'), otel('grpc'), otel('kafkajs'), otel('express'), otel('net'), ...databases],
    upstream: 'https://github.com/DataDog/dd-trace-js/tree/master/packages',
  },
  {
    package: 'newrelic', starts: [], preloads: ['newrelic', 'newrelic/index.js', 'newrelic/esm-loader.mjs'],
    covers: [...http, otel('amqplib'), otel('aws-sdk'), otel('grpc'), otel('kafkajs'), otel('express'), ...databases],
    upstream: 'https://github.com/newrelic/node-newrelic/tree/main/lib/subscribers',
  },
  {
    package: 'elastic-apm-node', starts: ['start'], preloads: ['elastic-apm-node/start', 'elastic-apm-node/start.js', 'elastic-apm-node/start-next.js'],
    covers: [...http, otel('aws-sdk'), otel('kafkajs'), otel('express'), ...databases],
    upstream: 'https://github.com/elastic/apm-agent-nodejs/tree/main/lib/instrumentation/modules',
  },
  {
    package: '@elastic/opentelemetry-node', starts: ['startNodeSDK'], preloads: ['@elastic/opentelemetry-node', '@elastic/opentelemetry-node/start.js'],
    covers: allOfAutoNode, bundles: true, upstream: 'https://github.com/elastic/elastic-otel-node',
  },
  // No undici among its instrumentations: `fetch` carries nothing.
  {
    package: '@azure/monitor-opentelemetry', starts: ['useAzureMonitor'], preloads: ['@azure/monitor-opentelemetry/loader'],
    covers: [otel('http'), '@azure/opentelemetry-instrumentation-azure-sdk', ...databases], bundles: true,
    upstream: 'https://github.com/Azure/azure-sdk-for-js/blob/main/sdk/monitor/monitor-opentelemetry/src/traces/handler.ts',
  },
  {
    package: 'applicationinsights', starts: ['setup', 'useAzureMonitor'], preloads: [], covers: [otel('http'), ...databases],
    upstream: 'https://github.com/microsoft/ApplicationInsights-node.js',
  },
  {
    package: '@splunk/otel', starts: ['start'], preloads: ['@splunk/otel/instrument', '@splunk/otel/instrument.js'],
    covers: allBut('aws-lambda', 'cucumber', 'runtime-node'), bundles: true,
    upstream: 'https://github.com/signalfx/splunk-otel-js/blob/main/src/instrumentations/index.ts',
  },
  {
    package: '@honeycombio/opentelemetry-node', starts: [], constructs: ['HoneycombSDK'], preloads: [], covers: [],
    upstream: 'https://github.com/honeycombio/honeycomb-opentelemetry-node',
  },
  { package: '@google-cloud/trace-agent', starts: ['start'], preloads: [], covers: [otel('http')], upstream: 'https://github.com/googleapis/cloud-trace-nodejs' },
  { package: '@uptrace/node', starts: ['configureOpentelemetry'], preloads: [], covers: allOfAutoNode, bundles: true, upstream: 'https://uptrace.dev/get/opentelemetry-js' },
  {
    package: '@hyperdx/node-opentelemetry', starts: ['init', 'initSDK'], preloads: ['@hyperdx/node-opentelemetry/build/src/tracing'],
    covers: allOfAutoNode, bundles: true, upstream: 'https://github.com/hyperdxio/hyperdx-js',
  },
  {
    package: '@appsignal/nodejs', starts: [], constructs: ['Appsignal'], preloads: [], bundles: true,
    covers: [
      '@appsignal/opentelemetry-instrumentation-bullmq', ...http,
      ...['amqplib', 'express', 'fastify', 'graphql', 'ioredis', 'knex', 'koa', 'mongodb', 'mongoose', 'mysql', 'mysql2', 'nestjs-core', 'pg', 'redis', 'restify'].map(otel),
    ],
    upstream: 'https://github.com/appsignal/appsignal-nodejs/blob/main/src/client.ts',
  },
  { package: '@dynatrace/oneagent', starts: [], preloads: ['@dynatrace/oneagent'], covers: [...http, otel('amqplib'), otel('kafkajs'), otel('grpc')], upstream: 'https://docs.dynatrace.com/docs/ingest-from/technology-support/application-software/nodejs' },
  // The global `fetch`, not undici's own: nothing in the catalogue tells the two apart.
  {
    package: '@instana/collector', starts: [], preloads: ['@instana/collector', '@instana/collector/src/immediate', '@instana/collector/src/immediate.js', '@instana/collector/esm-register.mjs', '@instana/collector/esm-loader.mjs'],
    covers: [...http, otel('amqplib'), otel('aws-sdk'), otel('grpc'), otel('kafkajs')],
    upstream: 'https://github.com/instana/nodejs/tree/main/packages/core/src/tracing/instrumentation',
  },
  { package: '@microlabs/otel-cf-workers', starts: ['instrument', 'instrumentDO'], preloads: [], covers: http, upstream: 'https://github.com/evanderkoogh/otel-cf-workers/blob/main/src/instrumentation/fetch.ts' },
  { package: '@pydantic/logfire-node', starts: ['configure'], preloads: [], covers: allOfAutoNode, bundles: true, upstream: 'https://github.com/pydantic/logfire-js' },
  { package: '@traceloop/node-server-sdk', starts: ['initialize'], preloads: [], covers: [], upstream: 'https://github.com/traceloop/openllmetry-js' },
  {
    package: '@aws/aws-distro-opentelemetry-node-autoinstrumentation', starts: [], preloads: ['@aws/aws-distro-opentelemetry-node-autoinstrumentation/register'],
    covers: allOfAutoNode, bundles: true, upstream: 'https://github.com/aws-observability/aws-otel-js-instrumentation',
  },
  { package: '@arizeai/phoenix-otel', starts: ['register'], preloads: [], covers: [], upstream: 'https://github.com/Arize-ai/phoenix/tree/main/js/packages/phoenix-otel' },
];

/** Classes whose construction is a tracer's. */
export const tracerClasses: ReadonlySet<string> =
  new Set(['NodeSDK', 'NodeTracerProvider', 'BasicTracerProvider', 'WebTracerProvider', 'HoneycombWebSDK', 'TracingInstrumentation']);

/** Runtime dependencies that alone say that a package traces. */
export const tracerDependencies: readonly string[] = [
  '@opentelemetry/sdk-node', '@opentelemetry/sdk-trace-node', '@opentelemetry/sdk-trace-web', autoNode, autoWeb,
  ...distributions.map((each) => each.package).filter((name) => !name.startsWith('@sentry/') && name !== autoNode),
];
