import { describe } from 'vitest';
import rule from '../../rules/no-silent-carrier.ts';
import { runRule } from '../eslint/support.ts';

const imports = "import { context, propagation, ROOT_CONTEXT } from '@opentelemetry/api';\n";
const inject = (rest: string): string => `${imports}export function send() {\n  const headers = new Headers();\n  propagation.inject(context.active(), headers${rest});\n  return headers;\n}`;
const setter = ', { set: (carrier, key, value) => carrier.set(key, value) }';
const plain = inject('').replace('new Headers()', '{}');
const advice = (what: string): string => `Pass a ${what} as the third argument.`;

describe('no-silent-carrier', () => {
  runRule('no-silent-carrier', rule, {
    typescript: {
      valid: [inject(setter), plain, `${imports}export const read = (req: any) => propagation.extract(ROOT_CONTEXT, req.headers);`],
      invalid: [
        { name: 'a Headers', code: inject('').replace('inject', '«inject»'), says: /writes into a `Headers` without a setter/, suggests: inject(setter), advice: advice('setter') },
        {
          name: 'the headers of a Request', code: `${imports}export const read = (request: Request) => propagation.«extract»(ROOT_CONTEXT, request.headers);`,
          suggests: `${imports}export const read = (request: Request) => propagation.extract(ROOT_CONTEXT, request.headers, { get: (carrier, key) => carrier.get(key) ?? undefined, keys: (carrier) => Array.from(carrier.keys()) });`, advice: advice('getter'),
        },
        { name: 'a Set, which holds no names', code: `${imports}export const send = () => propagation.«inject»(context.active(), new Set());`, says: /Not repaired: nothing can be written into it/ },
      ],
    },
    javascript: { valid: [inject(setter), plain], invalid: [{ code: inject('').replace('inject', '«inject»'), suggests: inject(setter), advice: advice('setter') }] },
    commonjs: {
      valid: ["const { propagation } = require('@opentelemetry/api');\nexports.f = (context, headers) => propagation.inject(context, headers);"],
      invalid: ["const { propagation } = require('@opentelemetry/api');\nexports.f = (context) => propagation.«inject»(context, new Set());"],
    },
  });
});
