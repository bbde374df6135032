import { describe, expect, test } from 'vitest';
import { applyEdits } from '../../src/fix/edits.ts';
import { localNameFor } from '../../src/fix/imported-names.ts';
import { planImports, type ImportNeed } from '../../src/fix/imports.ts';
import { detectStyle, indentOf, isCommonJs } from '../../src/fix/style.ts';
import { parse, ts } from './support.ts';

const API = '@opentelemetry/api';
const context: ImportNeed = { module: API, name: 'context', local: 'context' };
const trace: ImportNeed = { module: API, name: 'trace', local: 'trace' };
const far: ImportNeed = { module: '../../otel-handoff.js', name: 'withCarrier', local: 'withCarrier' };
const helper: ImportNeed = { module: './otel-handoff.js', name: 'withCarrier', local: 'withCarrier' };

function add(text: string, needs: ImportNeed[], options: { cjs?: boolean; name?: string } = {}): string {
  const plain = text.replace(/^\uFEFF/, '');
  const source = parse(plain, options.name ?? (options.cjs ? '/repo/a.cjs' : '/repo/a.ts'));
  const result = applyEdits(text, planImports(ts, source, needs, { cjs: options.cjs ?? false }));
  // Whatever was there is there still, and a second run has nothing to do.
  const again = parse(result.replace(/^\uFEFF/, ''), source.fileName);
  expect((again as { parseDiagnostics?: unknown[] }).parseDiagnostics).toEqual([]);
  expect(planImports(ts, again, needs, { cjs: options.cjs ?? false })).toEqual([]);
  return result;
}

describe('planImports', () => {
  test.each<[name: string, before: string, needs: ImportNeed[], after: string]>([
    ['after the last import', "import a from 'a';\nimport b from 'b';\n\na();\n", [context],
      "import a from 'a';\nimport b from 'b';\nimport { context } from '@opentelemetry/api';\n\na();\n"],
    ['in the file’s quotes and without semicolons', 'import a from "a"\n\na()\n', [context],
      'import a from "a"\nimport { context } from "@opentelemetry/api"\n\na()\n'],
    ['with its braces as the file has them', "import {a} from 'a';\nimport b, {c} from 'b';\n", [context],
      "import {a} from 'a';\nimport b, {c} from 'b';\nimport {context} from '@opentelemetry/api';\n"],
    ['with space in its braces where most have it', "import {b} from 'b';\nimport { a } from 'a';\nimport { c } from 'c';\n", [context],
      "import {b} from 'b';\nimport { a } from 'a';\nimport { c } from 'c';\nimport { context } from '@opentelemetry/api';\n"],
    ['in the order of three packages, behind Node’s own', "import fs from 'node:fs';\nimport a from '@a/a';\nimport t from '@T/t';\nimport z from 'zod';\na();\n", [context],
      "import fs from 'node:fs';\nimport a from '@a/a';\nimport { context } from '@opentelemetry/api';\nimport t from '@T/t';\nimport z from 'zod';\na();\n"],
    ['first in their order', "import a from 'a';\nimport b from 'b';\nimport c from 'c';\n", [context],
      "import { context } from '@opentelemetry/api';\nimport a from 'a';\nimport b from 'b';\nimport c from 'c';\n"],
    ['not before what is imported for what it does', "import 'a';\nimport b from 'b';\nimport c from 'c';\n", [context],
      "import 'a';\nimport b from 'b';\nimport c from 'c';\nimport { context } from '@opentelemetry/api';\n"],
    ['not between an import and its comment', "// why\nimport a from 'a';\nimport b from 'b';\nimport c from 'c';\n", [context],
      "// why\nimport a from 'a';\nimport b from 'b';\nimport c from 'c';\nimport { context } from '@opentelemetry/api';\n"],
    ['by no order across groups', "import a from 'a';\nimport b from 'b';\n\nimport c from 'c';\n", [context],
      "import a from 'a';\nimport b from 'b';\n\nimport c from 'c';\nimport { context } from '@opentelemetry/api';\n"],
    ['what is further up before what is nearer', "import a from 'a';\n\nimport b from './b.js';\n", [far, context],
      "import a from 'a';\nimport { context } from '@opentelemetry/api';\n\nimport { withCarrier } from '../../otel-handoff.js';\nimport b from './b.js';\n"],
    ['behind what is as far up', "import c from '../../c.js';\nimport b from '../b.js';\nimport a from './a.js';\n", [far],
      "import c from '../../c.js';\nimport { withCarrier } from '../../otel-handoff.js';\nimport b from '../b.js';\nimport a from './a.js';\n"],
    ['at the end where nearer ones stand first', "import a from './a.js';\nimport b from '../b.js';\n", [far],
      "import a from './a.js';\nimport b from '../b.js';\nimport { withCarrier } from '../../otel-handoff.js';\n"],
    ['in the quotes of its neighbour', "import a from \"a\";\nimport b from \"b\";\nimport c from './c.js';\n", [helper, context],
      "import a from \"a\";\nimport b from \"b\";\nimport { context } from \"@opentelemetry/api\";\nimport c from './c.js';\nimport { withCarrier } from './otel-handoff.js';\n"],
    ['into names that are in order', "import { Attributes, metrics, SpanKind } from '@opentelemetry/api';\n", [context, trace],
      "import { Attributes, context, metrics, SpanKind, trace } from '@opentelemetry/api';\n"],
    ['into names in order, one a line', "import {\n  diag,\n  metrics,\n  type Span,\n  SpanKind,\n} from '@opentelemetry/api';\n", [context],
      "import {\n  context,\n  diag,\n  metrics,\n  type Span,\n  SpanKind,\n} from '@opentelemetry/api';\n"],
    ['among the values, where types stand first', "import { type Span, diag, metrics, SpanKind } from '@opentelemetry/api';\n", [context],
      "import { type Span, context, diag, metrics, SpanKind } from '@opentelemetry/api';\n"],
    ['not between a name and its comment', "import {\n  diag,\n  // why\n  metrics,\n  SpanKind,\n} from '@opentelemetry/api';\n", [{ ...context, name: 'isValid', local: 'isValid' }],
      "import {\n  diag,\n  // why\n  metrics,\n  SpanKind,\n  isValid,\n} from '@opentelemetry/api';\n"],
    ['with CRLF', "import a from 'a';\r\na();\r\n", [context, trace],
      "import a from 'a';\r\nimport { context, trace } from '@opentelemetry/api';\r\na();\r\n"],
    ['packages before own files', "import a from 'a';\n", [helper, context],
      "import a from 'a';\nimport { context } from '@opentelemetry/api';\nimport { withCarrier } from './otel-handoff.js';\n"],
    ['behind a comment on the last import’s line', "import a from 'a'; // why\na();\n", [context],
      "import a from 'a'; // why\nimport { context } from '@opentelemetry/api';\na();\n"],
    ['where code follows on the line', "import a from 'a'; a();\n", [context],
      "import a from 'a';\nimport { context } from '@opentelemetry/api'; a();\n"],
    ['at the end of a file without newline', "import a from 'a'", [context],
      "import a from 'a'\nimport { context } from '@opentelemetry/api'"],
    ['after the leading imports, not those further down', "import a from 'a';\na();\nimport b from 'b';\n", [context],
      "import a from 'a';\nimport { context } from '@opentelemetry/api';\na();\nimport b from 'b';\n"],
    ['after an import that is not at the top', "a();\nimport a from 'a';\n", [context],
      "a();\nimport a from 'a';\nimport { context } from '@opentelemetry/api';\n"],
    ['after an import-equals', "import a = require('a');\na();\n", [context],
      "import a = require('a');\nimport { context } from '@opentelemetry/api';\na();\n"],
    ['under an alias', "import a from 'a';\n", [{ ...context, local: 'otelContext' }],
      "import a from 'a';\nimport { context as otelContext } from '@opentelemetry/api';\n"],
    ['as a type', "import a from 'a';\n", [{ module: API, name: 'Span', local: 'Span', typeOnly: true }],
      "import a from 'a';\nimport type { Span } from '@opentelemetry/api';\n"],

    ['into an import', "import { trace } from '@opentelemetry/api';\n", [context], "import { trace, context } from '@opentelemetry/api';\n"],
    ['into an import with a trailing comma', "import { trace, } from '@opentelemetry/api';\n", [context],
      "import { trace, context, } from '@opentelemetry/api';\n"],
    ['into an import without spaces', "import {trace} from '@opentelemetry/api';\n", [context],
      "import {trace, context} from '@opentelemetry/api';\n"],
    ['into an import of one a line', "import {\n    trace,\n    metrics\n} from '@opentelemetry/api';\n", [context],
      "import {\n    trace,\n    metrics,\n    context\n} from '@opentelemetry/api';\n"],
    ['two into an import of one a line with a trailing comma', "import {\n  metrics,\n} from '@opentelemetry/api';\n", [trace, context],
      "import {\n  metrics,\n  context,\n  trace,\n} from '@opentelemetry/api';\n"],
    ['beside a comment', "import {\n  metrics // m\n} from '@opentelemetry/api';\n", [trace, context],
      "import {\n  metrics, // m\n  context,\n  trace\n} from '@opentelemetry/api';\n"],
    ['beside a comment after a trailing comma', "import {\n  metrics, // m\n} from '@opentelemetry/api';\n", [context],
      "import {\n  metrics, // m\n  context,\n} from '@opentelemetry/api';\n"],
    ['into empty braces', "import {} from '@opentelemetry/api';\n", [context], "import { context } from '@opentelemetry/api';\n"],
    ['beside a default', "import api from '@opentelemetry/api';\n", [context], "import api, { context } from '@opentelemetry/api';\n"],
    ['never into an import of types', "import type { Span } from '@opentelemetry/api';\n", [context],
      "import type { Span } from '@opentelemetry/api';\nimport { context } from '@opentelemetry/api';\n"],
    ['a type into an import of types', "import type { Span } from '@opentelemetry/api';\n",
      [{ module: API, name: 'Link', local: 'Link', typeOnly: true }], "import type { Span, Link } from '@opentelemetry/api';\n"],
    ['never into a namespace', "import * as api from '@opentelemetry/api';\n", [context],
      "import * as api from '@opentelemetry/api';\nimport { context } from '@opentelemetry/api';\n"],
    ['never into an import for its effects', "import '@opentelemetry/api';\n", [context],
      "import '@opentelemetry/api';\nimport { context } from '@opentelemetry/api';\n"],
    ['nothing that is there', "import { context } from '@opentelemetry/api';\n", [context], "import { context } from '@opentelemetry/api';\n"],
    ['nothing for a namespace’s member', "import * as api from '@opentelemetry/api';\n", [{ ...context, local: 'api.context' }],
      "import * as api from '@opentelemetry/api';\n"],

    ['at the top of a file without imports', 'const a = 1;\n', [context], "import { context } from '@opentelemetry/api';\n\nconst a = 1;\n"],
    ['one blank line for two', 'const a = 1;\n', [context, helper],
      "import { context } from '@opentelemetry/api';\nimport { withCarrier } from './otel-handoff.js';\n\nconst a = 1;\n"],
    ['under ’use client’', "'use client'\n\nexport const a = 1\n", [context],
      "'use client'\n\nimport { context } from '@opentelemetry/api'\n\nexport const a = 1\n"],
    ['under two directives and a comment', "'use strict'; // s\n'use client';\nexport const a = 1;\n", [context],
      "'use strict'; // s\n'use client';\nimport { context } from '@opentelemetry/api';\n\nexport const a = 1;\n"],
    ['under a shebang', '#!/usr/bin/env node\nexport const a = 1;\n', [context],
      "#!/usr/bin/env node\nimport { context } from '@opentelemetry/api';\n\nexport const a = 1;\n"],
    ['under a licence', '/* Copyright me. */\n\n/** What a is. */\nexport const a = 1;\n', [context],
      "/* Copyright me. */\n\nimport { context } from '@opentelemetry/api';\n\n/** What a is. */\nexport const a = 1;\n"],
    ['under a licence with no blank line', '/*! licence */\nexport const a = 1;\n', [context],
      "/*! licence */\nimport { context } from '@opentelemetry/api';\n\nexport const a = 1;\n"],
    ['under a pragma', '// @ts-check\n// What a is.\nexport const a = 1;\n', [context],
      "// @ts-check\nimport { context } from '@opentelemetry/api';\n\n// What a is.\nexport const a = 1;\n"],
    ['above the first statement’s own comment', '/** What a is. */\nexport const a = 1;\n', [context],
      "import { context } from '@opentelemetry/api';\n\n/** What a is. */\nexport const a = 1;\n"],
    ['under a BOM', '\uFEFFexport const a = 1;\n', [context], "\uFEFFimport { context } from '@opentelemetry/api';\n\nexport const a = 1;\n"],
    ['into an empty file', '', [context], "import { context } from '@opentelemetry/api';\n"],
    ['into a file of one comment', '// nothing', [context], "// nothing\nimport { context } from '@opentelemetry/api';\n"],
  ])('%s', (_, before, needs, after) => {
    expect(add(before, needs)).toBe(after);
  });

  test.each<[name: string, before: string, needs: ImportNeed[], after: string]>([
    ['after the last require', "'use strict';\nconst a = require('a');\nconst b = require('b').x;\n\na();\n", [context],
      "'use strict';\nconst a = require('a');\nconst b = require('b').x;\nconst { context } = require('@opentelemetry/api');\n\na();\n"],
    ['before code that runs, though another require follows', "const a = require('a');\nrun();\nconst b = require('b');\n", [context],
      "const a = require('a');\nconst { context } = require('@opentelemetry/api');\nrun();\nconst b = require('b');\n"],
    ['in the quotes of other requires', "const a = require('a');\nrun(x[\"a\"], x[\"b\"]);\n", [context],
      "const a = require('a');\nconst { context } = require('@opentelemetry/api');\nrun(x[\"a\"], x[\"b\"]);\n"],
    ['past constants', "const a = require('a');\nconst PORT = 80;\nconst b = require('b');\nrun();\n", [context],
      "const a = require('a');\nconst PORT = 80;\nconst b = require('b');\nconst { context } = require('@opentelemetry/api');\nrun();\n"],
    ['after a require that is called', "require('dotenv').config()\nrun()\n", [context],
      "require('dotenv').config()\nconst { context } = require('@opentelemetry/api')\nrun()\n"],
    ['into a require', "const { trace } = require('@opentelemetry/api');\n", [{ ...context, local: 'otelContext' }],
      "const { trace, context: otelContext } = require('@opentelemetry/api');\n"],
    ['not into a require with a rest', "const { trace, ...api } = require('@opentelemetry/api');\n", [context],
      "const { trace, ...api } = require('@opentelemetry/api');\nconst { context } = require('@opentelemetry/api');\n"],
    ['under ’use strict’', "'use strict';\nmodule.exports = 1;\n", [context],
      "'use strict';\nconst { context } = require('@opentelemetry/api');\n\nmodule.exports = 1;\n"],
    ['under a shebang', '#!/usr/bin/env node\nmain();\n', [context],
      "#!/usr/bin/env node\nconst { context } = require('@opentelemetry/api');\n\nmain();\n"],
    ['nothing that is there', "const { context } = require('@opentelemetry/api');\n", [context],
      "const { context } = require('@opentelemetry/api');\n"],
    ['no types', 'main();\n', [{ module: API, name: 'Span', local: 'Span', typeOnly: true }], 'main();\n'],
  ])('CommonJS: %s', (_, before, needs, after) => {
    expect(add(before, needs, { cjs: true })).toBe(after);
  });

  test('two units that need different names write one import', () => {
    const text = 'const a = 1;\n';
    const source = parse(text);
    const plan = (...needs: ImportNeed[]) => planImports(ts, source, needs, { cjs: false });
    const after = "import { context, trace } from '@opentelemetry/api';\nimport { withCarrier } from './otel-handoff.js';\n\nconst a = 1;\n";
    const units = [plan(helper), plan(trace), plan(trace, context)];
    expect(applyEdits(text, units.flat())).toBe(after);
    expect(applyEdits(text, units.toReversed().flat())).toBe(after);
  });

  test('two units that add to one import of one a line with a comment', () => {
    const text = "import {\n  metrics // m\n} from '@opentelemetry/api';\n";
    const source = parse(text);
    const units = [trace, context].map((need) => planImports(ts, source, [need], { cjs: false }));
    expect(applyEdits(text, units.flat())).toBe("import {\n  metrics, // m\n  context,\n  trace\n} from '@opentelemetry/api';\n");
  });
});

describe('localNameFor', () => {
  test.each<[name: string, text: string, local: string, present: boolean]>([
    ['a free name', 'run();', 'context', false],
    ['an import', "import { context } from '@opentelemetry/api';", 'context', true],
    ['an alias', "import { context as ctx } from '@opentelemetry/api';", 'ctx', true],
    ['a namespace', "import * as api from '@opentelemetry/api';", 'api.context', true],
    ['an import-equals', "import api = require('@opentelemetry/api');", 'api.context', true],
    ['a destructured require', "const { context } = require('@opentelemetry/api');", 'context', true],
    ['a renamed one', "const { context: ctx } = require('@opentelemetry/api');", 'ctx', true],
    ['a required namespace', "const api = require('@opentelemetry/api');", 'api.context', true],
    ['an import of another module', "import { context } from 'other';", 'otelContext', false],
    ['an import of types', "import type { context } from '@opentelemetry/api';", 'otelContext', false],
    ['a parameter', 'export const handler = (event, context) => context.done();', 'otelContext', false],
    ['a destructured parameter', 'export const handler = ({ context }) => {};', 'otelContext', false],
    ['a global', 'context("x", () => {});', 'otelContext', false],
    ['a shorthand', 'const x = { context };', 'otelContext', false],
    ['a type', 'type context = 1;', 'otelContext', false],
    ['both names taken', 'let context, otelContext;', 'otelContext2', false],
    ['only properties', 'const x = { context: 1, get context() { return 1; } }; x.context; class A { context = 1; }', 'context', false],
    ['only a member name in a type', 'interface A { context: string; context(): void }', 'context', false],
    ['only the far name of others', "import { context as c } from 'x'; export { y as context } from 'y'; const { context: d } = c;", 'context', false],
    ['a label', 'context: for (;;) break context;', 'context', false],
  ])('%s', (_, text, local, present) => {
    expect(localNameFor(ts, parse(text), API, 'context')).toEqual({ local, present });
  });

  test('an import that something hides is good where it is not hidden', () => {
    const text = "import { context } from '@opentelemetry/api';\nfunction a(context) { one(); }\nfunction b() { two(); }\n";
    const source = parse(text);
    expect(localNameFor(ts, source, API, 'context')).toEqual({ local: 'otelContext', present: false });
    expect(localNameFor(ts, source, API, 'context', text.indexOf('one'))).toEqual({ local: 'otelContext', present: false });
    expect(localNameFor(ts, source, API, 'context', text.indexOf('two'))).toEqual({ local: 'context', present: true });
  });

  test.each([
    ['a block', 'if (x) { const context = 1; } here();', true],
    ['a var in a block', 'function f() { if (x) { var context = 1; } here(); }', false],
    ['a catch', 'try {} catch (context) { here(); }', false],
    ['a loop', 'for (const context of all) here();', false],
    ['a function’s own name', 'function f() { function context() {} here(); }', false],
    ['a destructured const', 'function f() { const { a: [context] } = x; here(); }', false],
    ['another function', 'function f() { const context = 1; } here();', true],
  ])('hidden by %s', (_, code, present) => {
    const text = `import { context } from '@opentelemetry/api';\n${code}`;
    expect(localNameFor(ts, parse(text), API, 'context', text.indexOf('here')).present).toBe(present);
  });

  test('an alias is found again', () => {
    const text = 'export const f = (context) => context;\n';
    const { local } = localNameFor(ts, parse(text), API, 'context');
    const after = add(text, [{ ...context, local }]);
    expect(after).toContain('import { context as otelContext }');
    expect(localNameFor(ts, parse(after), API, 'context')).toEqual({ local: 'otelContext', present: true });
  });
});

describe('style', () => {
  test.each([
    ["import a from 'a';\nconst b = \"x\" + \"y\";\n", "'", true],
    ['const a = "x"\nf()\n', '"', false],
    ["f('x');\n", "'", true],
    ['', "'", true],
  ])('%j', (text, quote, semicolons) => {
    expect(detectStyle(ts, parse(text))).toMatchObject({ quote, semicolons });
  });

  test('indentation', () => {
    expect(indentOf('a {\n    b {\n        c\n    }\n}\n')).toBe('    ');
    expect(indentOf('a {\n\tb {\n\t\tc\n')).toBe('\t');
    expect(indentOf('/**\n * x\n */\na {\n  b\n}\n')).toBe('  ');
  });

  test.each([
    ['/a.cjs', "import 'x'", 'module', true],
    ['/a.mjs', "require('x')", undefined, false],
    ['/a.js', "require('x')", undefined, true],
    ['/a.js', "require('x')", 'module', false],
    ['/a.js', "import 'x'", undefined, false],
    ['/a.js', 'export const a = 1', 'commonjs', false],
    ['/a.ts', "require('x')", undefined, false],
  ])('isCommonJs %s %j %s', (name, text, type, expected) => {
    expect(isCommonJs(ts, parse(text, name), type)).toBe(expected);
  });
});
