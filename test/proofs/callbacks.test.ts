import { describe, test } from 'vitest';
import { prove, proveUntouched } from './harness.ts';

const once = ['timers/next-tick', 'timers/queue-microtask', 'timers/set-immediate', 'timers/set-timeout'];

describe.concurrent('under StackContextManager', () => {
  test('a callback that runs once is bound', () =>
    prove({
      folder: 'timers-once',
      runtime: 'browser',
      before: { autosave: 'none', index: 'none', publish: 'none', notify: 'none' },
      findings: once.map((id) => `${id} lost`),
      after: { autosave: 'own', index: 'own', publish: 'own', notify: 'own' },
    }));

  test('an array of functions that is drained when the page is idle', () =>
    prove({
      folder: 'array-functions-idle',
      runtime: 'browser',
      before: { 'save draft': 'none' },
      findings: ['array/push-callback lost'],
      after: { 'save draft': 'own' },
    }));

  test('one that runs again and again is not', () =>
    proveUntouched({
      folder: 'timers-recurring',
      runtime: 'browser',
      places: { 'watch stock': 'none', 'poll supplier': 'none and own' },
      refused: ['timers/set-timeout lost recurring'],
    }));
});

describe.concurrent('under AsyncLocalStorage', () => {
  test('callbacks that run once keep the context', () =>
    proveUntouched({
      folder: 'timers-once',
      places: { autosave: 'own', index: 'own', publish: 'own', notify: 'own' },
      handoffs: once.map((id) => `${id} kept`),
    }));

  test('recurring ones keep it, too', () =>
    proveUntouched({
      folder: 'timers-recurring',
      places: { 'watch stock': 'own', 'poll supplier': 'own' },
      handoffs: ['timers/set-timeout kept'],
    }));

  test('an array of functions that another request drains', () =>
    prove({
      folder: 'array-functions',
      before: { remember: { a: 'own', b: 'other' } },
      findings: ['array/push-callback wrong'],
      after: { remember: 'own' },
    }));

  test('an array of objects with a function that another request drains', () =>
    prove({
      folder: 'array-items',
      before: { deliver: { a: 'own', b: 'other' } },
      findings: ['array/push-callback wrong'],
      after: { deliver: 'own' },
    }));

  test('functions that the queue tells apart are not bound', () =>
    proveUntouched({
      folder: 'array-functions-identity',
      places: { 'refresh one': { a: 'own' }, 'refresh two': { b: 'other' } },
      refused: ['array/push-callback wrong identity-needed'],
    }));
});
