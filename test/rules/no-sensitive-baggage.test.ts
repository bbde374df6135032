import { describe } from 'vitest';
import rule from '../../rules/no-sensitive-baggage.ts';
import { runRule } from '../eslint/support.ts';

const imports = "import { propagation } from '@opentelemetry/api';\n";
const make = (entries: string): string => `${imports}export const carry = (x) => propagation.createBaggage({ ${entries} });`;
const marked = (entries: string): string => make(entries).replace('createBaggage', '«createBaggage»');
const id = 'dropEntry';
const emptied = make('').replace('{  }', '{}');
const valid = [make("tenant: { value: x }"), make("'session.id': { value: x.id }"), make(''), "export const f = (zip, x) => zip.setEntry('user.email', { value: x });"];

describe('no-sensitive-baggage', () => {
  runRule('no-sensitive-baggage', rule, {
    typescript: {
      valid: [...valid, { name: 'allowed by an option', code: make("'user.id': { value: x }"), option: { allow: ['user.id'] } }],
      invalid: [
        { name: 'an address', code: marked("'user.email': { value: x }"), id, suggests: emptied, says: /puts personal data \(`user\.email`\) into baggage/ },
        { name: 'who it is', code: marked("'user.id': { value: x }"), says: /puts who the user is.*Not repaired: whether everybody may know/ },
        { name: 'one that is read', code: `${marked("'user.email': { value: x }")}\nexport const read = (baggage) => baggage.getEntry('user.email');`, says: /Not repaired: .*file\.ts:3 reads it, and needs it by another way\./ },
        { name: 'beside one that is read', code: `${marked("tenant: { value: x }, 'user.email': { value: x }")}\nexport const read = (baggage) => baggage.getEntry('tenant');`, id, suggests: `${make('tenant: { value: x }')}\nexport const read = (baggage) => baggage.getEntry('tenant');` },
        { name: 'an entry of an option', code: marked('loyalty: { value: x }'), option: { attributes: ['loyalty'] }, id, suggests: emptied },
        { name: 'one that is set', code: `${imports}export const carry = (x) => propagation.getActiveBaggage()?.«setEntry»('user.email', { value: x });`, id, suggests: `${imports}export const carry = (x) => propagation.getActiveBaggage();` },
        { name: 'too much of it', code: marked(`blob: { value: '${'x'.repeat(5000)}' }`), says: /sets an entry of 5005 bytes/ },
      ],
    },
    javascript: { valid, invalid: [{ code: marked("'user.email': { value: x }"), id, suggests: emptied }] },
  });
});
