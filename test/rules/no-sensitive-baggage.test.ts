import { describe } from 'vitest';
import rule from '../../rules/no-sensitive-baggage.ts';
import { runRule } from '../eslint/support.ts';

const imports = "import { propagation } from '@opentelemetry/api';\n";
const make = (entries: string): string => `${imports}export const carry = (x) => propagation.createBaggage({ ${entries} });`;
const marked = (entries: string): string => make(entries).replace('createBaggage', '«createBaggage»');
const valid = [make("tenant: { value: x }"), make("'session.id': { value: x.id }"), make(''), "export const f = (zip, x) => zip.setEntry('user.email', { value: x });"];

describe('no-sensitive-baggage', () => {
  runRule('no-sensitive-baggage', rule, {
    typescript: {
      valid: [...valid, { name: 'allowed by an option', code: make("'user.id': { value: x }"), option: { allow: ['user.id'] } }],
      invalid: [
        { name: 'an address', code: marked("'user.email': { value: x }"), says: /puts personal data \(`user\.email`\) into baggage/ },
        { name: 'who it is', code: marked("'user.id': { value: x }"), says: /puts who the user is/ },
        { name: 'an entry of an option', code: marked('loyalty: { value: x }'), option: { attributes: ['loyalty'] } },
        { name: 'one that is set', code: `${imports}export const carry = (x) => propagation.getActiveBaggage()?.«setEntry»('user.email', { value: x });` },
        { name: 'too much of it', code: marked(`blob: { value: '${'x'.repeat(5000)}' }`), says: /sets an entry of 5005 bytes/ },
      ],
    },
    javascript: { valid, invalid: [marked("'user.email': { value: x }")] },
  });
});
