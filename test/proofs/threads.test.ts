import { describe, test } from 'vitest';
import { prove, proveUntouched } from './harness.ts';

const message = ['worker_threads/parent-port-on-message lost', 'worker_threads/worker-post-message lost'];
const data = ['worker_threads/new-worker lost', 'worker_threads/worker-data lost'];

describe.concurrent('a message to a worker thread', () => {
  test('with an inline handler, several in flight', () =>
    prove({ folder: 'worker-message-inline', before: { summarise: 'none' }, findings: message, after: { summarise: 'own' } }));

  test('with a handler by name, in CommonJS', () =>
    prove({ folder: 'worker-message-by-name', main: 'main.js', before: { translate: 'none' }, findings: message, after: { translate: 'own' } }));

  test('that the worker sends to ask its parent for something', () =>
    prove({
      folder: 'worker-asks-parent',
      before: { think: 'none', search: 'none' },
      findings: [...message, 'worker_threads/parent-port-post-message lost', 'worker_threads/worker-on-message wrong'],
      after: { think: 'own', search: 'own' },
    }));

  test('to a file that starts no tracer', () =>
    proveUntouched({
      folder: 'worker-untraced',
      places: {},
      refused: ['worker_threads/worker-post-message untraced untraced-far-side'],
    }));
});

describe.concurrent('what a worker thread is started with', () => {
  test('an object', () => prove({ folder: 'worker-data-object', before: { resize: 'none' }, findings: data, after: { resize: 'own' } }));

  test('an object that it takes apart', () =>
    prove({ folder: 'worker-data-destructured', before: { encode: 'none' }, findings: data, after: { encode: 'own' } }));

  test('a string', () => prove({ folder: 'worker-data-string', before: { 'count words': 'none' }, findings: data, after: { 'count words': 'own' } }));

  test('an object here, and there what cannot be told', () =>
    prove({
      folder: 'worker-data-parameter',
      before: { hash: 'none' },
      findings: ['worker_threads/new-worker lost', ...data],
      after: { hash: 'own' },
    }));
});

describe.concurrent('a listener of a worker that an earlier request has started', () => {
  test('for one message', () =>
    prove({
      folder: 'worker-listener',
      before: { store: { a: 'own', b: 'other' }, calculate: 'none' },
      findings: [...message, 'worker_threads/worker-on-message wrong'],
      after: { store: 'own', calculate: 'own' },
    }));

  test('that picks its own answer', () =>
    prove({
      folder: 'worker-listener-shared',
      before: { store: { a: 'own', b: 'other' }, price: 'none' },
      findings: [...message, 'worker_threads/worker-on-message wrong'],
      after: { store: 'own', price: 'own' },
    }));
});
