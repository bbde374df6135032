import { describe, test } from 'vitest';
import { prove, proveUntouched } from './harness.ts';

const services = ['server.mjs'];
const afterwards = 'instrumentations';

describe.concurrent('fetch with a JSON body', () => {
  test('to a node:http handler that works when it has the body', () =>
    prove({
      folder: 'fetch-node-http',
      services,
      before: { answer: 'none' },
      findings: ['fetch/fetch lost', 'node-http/handler lost'],
      after: { answer: 'own' },
      afterwards,
    }));

  test('to a node:http handler by name, in CommonJS', () =>
    prove({
      folder: 'fetch-node-http-by-name',
      main: 'main.js',
      services: ['server.js'],
      before: { 'run task': 'none' },
      findings: ['fetch/fetch lost', 'node-http/handler lost'],
      after: { 'run task': 'own' },
      afterwards,
    }));

  test('to a node:http handler that leaves its work to listeners and callbacks', () =>
    prove({
      folder: 'fetch-node-http-listeners',
      services,
      before: { sort: 'none', count: 'none' },
      findings: ['fetch/fetch lost', 'fetch/fetch lost', 'node-http/handler lost'],
      after: { sort: 'own', count: 'own' },
      afterwards,
    }));

  test('to Express', () =>
    prove({
      folder: 'fetch-express',
      services,
      before: { research: 'none', write: 'none' },
      findings: ['express/route lost', 'express/route lost', 'fetch/fetch lost', 'fetch/fetch lost'],
      after: { research: 'own', write: 'own' },
      afterwards,
    }));

  test('to Fastify', () =>
    prove({
      folder: 'fetch-fastify',
      services,
      before: { forecast: 'none', book: 'none' },
      findings: ['fastify/route lost', 'fastify/route lost', 'fetch/fetch lost', 'fetch/fetch lost'],
      after: { forecast: 'own', book: 'own' },
      afterwards,
    }));

  test('to Hono', () =>
    prove({
      folder: 'fetch-hono',
      services,
      before: { translate: 'none', review: 'none' },
      findings: ['fetch/fetch lost', 'fetch/fetch lost', 'hono/route lost', 'hono/route lost'],
      after: { translate: 'own', review: 'own' },
      afterwards,
    }));
});

describe.concurrent('fetch with its instrumentation registered', () => {
  test('and that of http', () =>
    proveUntouched({
      folder: 'fetch-instrumented-both',
      services,
      places: { 'look up': 'own' },
      handoffs: ['express/route covered', 'fetch/fetch covered'],
      carried: true,
    }));

  test('but not that of http', () =>
    prove({
      folder: 'fetch-instrumented-client',
      services,
      before: { 'look up': 'none' },
      findings: ['express/route one-sided'],
      after: { 'look up': 'own' },
    }));
});
