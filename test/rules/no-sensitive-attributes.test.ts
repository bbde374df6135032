import { describe } from 'vitest';
import rule from '../../rules/no-sensitive-attributes.ts';
import { runRule } from '../eslint/support.ts';

const imports = "import { trace } from '@opentelemetry/api';\n";
const inside = (statement: string): string => `${imports}export function chat(prompt, user) {\n  const span = trace.getTracer('a').startSpan('chat');\n  ${statement}\n  span.end();\n}`;
const typed = (statement: string): string => inside(statement).replace('prompt, user', 'prompt: string, user: any');
const advice = 'Record it behind a switch that is off by default (`OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT`), in an event with `sensitive: true` that a collector can drop.';
const moved = (indent = '  '): string => `if (process.env.OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT === 'true') {\n${indent}  span.addEvent('app.sensitive', { 'app.prompt': prompt, sensitive: true });\n${indent}}`;

const valid = [
  inside("span.setAttribute('app.prompt.length', prompt.length);"),
  inside("span.setAttribute('user.id', user.id);"),
  inside(moved()),
  inside("if (process.env.APP_CAPTURE === 'true') span.setAttribute('app.prompt', prompt);"),
  "export const mark = (element, email) => element.setAttribute('data-email', email);",
];

describe('no-sensitive-attributes', () => {
  runRule('no-sensitive-attributes', rule, {
    typescript: {
      valid: [
        ...valid,
        { name: 'allowed by an option', code: typed("span.setAttribute('app.prompt', prompt);"), option: { allow: ['app.*'] } },
        { name: 'a switch of an option', code: typed("if (user.lenient) span.setAttribute('app.prompt', prompt);"), option: { switches: ['lenient'] } },
      ],
      invalid: [
        { name: 'a prompt', code: typed("span.«setAttribute»('app.prompt', prompt);"), says: /^`span\.setAttribute\('app\.prompt', …\)` puts what people, models or tools said/, suggests: typed(moved()), advice },
        { name: 'an address', code: typed("span.«setAttributes»({ 'a.b': 1, 'user.email': user.email });"), says: /personal data \(`user\.email`\)/, suggests: typed(`span.setAttributes({ 'a.b': 1 });\n  ${moved().replace("'app.prompt': prompt", "'user.email': user.email")}`), advice },
        { name: 'a password, which no switch makes right', code: typed("span.«setAttribute»('app.password', user.password);"), says: /Leave it out/ },
        { name: 'a name of an option', code: typed("span.«setAttribute»('a.b', user.shoeSize);"), option: { names: ['shoe size'] }, suggests: typed(moved().replace("'app.prompt': prompt", "'a.b': user.shoeSize")), advice },
        { name: 'an attribute of an option', code: typed("span.«setAttribute»('shop.basket', user.basket);"), option: { attributes: ['shop.*'] }, suggests: typed(moved().replace("'app.prompt': prompt", "'shop.basket': user.basket")), advice },
      ],
    },
    javascript: { valid, invalid: [{ code: inside("span.«setAttribute»('app.prompt', prompt);"), suggests: inside(moved()), advice }] },
    commonjs: {
      valid: ["const { trace } = require('@opentelemetry/api');\nexports.f = (id) => trace.getActiveSpan().setAttribute('user.id', id);"],
      invalid: ["const { trace } = require('@opentelemetry/api');\nexports.f = (prompt) => trace.getActiveSpan().«setAttribute»('app.prompt', prompt);"],
    },
  });
});
