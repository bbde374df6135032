import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  extensionStyleOf, helperParts, helperPath, helperSource, helperTarget, importSpecifier, mergeHelper,
  readHelper, renderHelper, type HelperPlace, type HelperTarget,
} from '../../src/fix/helper-file.ts';
import { eraseTypes } from '../../src/fix/helper-text.ts';
import { parse, temporary, ts } from './support.ts';

const TS: HelperTarget = { language: 'ts', module: 'esm' };

const SOURCE = `import {
  context,
  propagation,
  trace as tracing,
} from '@opentelemetry/api';
import type { Context, Span } from '@opentelemetry/api';

interface Slots {
  a?: Span;
}

type Unused = string;

/** One. */
export function one(carrier: unknown): Context {
  return shared(carrier as Slots);
}

/** Two, which needs one. */
export function two<T>(fn: () => T): T {
  one({});
  return context.with(table.get('x')!, fn);
}

export function three(): void {
  tracing.disable();
}

/** What two looks things up in. */
const table = new Map<string, Context>();

// Both need it.
function shared(slots: Slots): Context {
  return propagation.extract(context.active(), slots);
}
`;

const body = (text: string): string => text.slice(text.indexOf('*/') + 3).trim();

describe('renderHelper', () => {
  test('keeps the parts, what they need, their comments and imports', () => {
    expect(body(renderHelper(ts, ['one'], TS, SOURCE))).toBe(`import { context, propagation } from '@opentelemetry/api';
import type { Context, Span } from '@opentelemetry/api';

interface Slots {
  a?: Span;
}

/** One. */
export function one(carrier: unknown): Context {
  return shared(carrier as Slots);
}

// Both need it.
function shared(slots: Slots): Context {
  return propagation.extract(context.active(), slots);
}`);
  });

  test('does not export what was not asked for', () => {
    const text = renderHelper(ts, ['two'], TS, SOURCE);
    expect(text).toContain('/** Two, which needs one. */\nexport function two');
    expect(text).toContain('/** One. */\nfunction one');
    expect(text).toContain('const table');
    expect(text).not.toContain('three');
    expect(text).not.toContain('Unused');
  });

  test('drops imports that nothing needs', () => {
    expect(body(renderHelper(ts, ['three'], TS, SOURCE)))
      .toBe("import { trace as tracing } from '@opentelemetry/api';\n\nexport function three(): void {\n  tracing.disable();\n}");
  });

  test('JavaScript, ES module', () => {
    expect(body(renderHelper(ts, ['two'], { language: 'js', module: 'esm' }, SOURCE)))
      .toBe(`import { context, propagation } from '@opentelemetry/api';

/** One. */
function one(carrier) {
  return shared(carrier);
}

/** Two, which needs one. */
export function two(fn) {
  one({});
  return context.with(table.get('x'), fn);
}

/** What two looks things up in. */
const table = new Map();

// Both need it.
function shared(slots) {
  return propagation.extract(context.active(), slots);
}`);
  });

  test('JavaScript, CommonJS', () => {
    expect(body(renderHelper(ts, ['three'], { language: 'js', module: 'cjs' }, SOURCE))).toBe(
      "'use strict';\n\nconst { trace: tracing } = require('@opentelemetry/api');\n\nfunction three() {\n  tracing.disable();\n}\n\nmodule.exports = { three };",
    );
  });

  test('quotes, end-of-line, unchecked JavaScript', () => {
    const text = renderHelper(ts, ['two'], { language: 'js', module: 'esm', checkJs: true, style: { quote: '"', eol: '\r\n' } }, SOURCE);
    expect(text).toContain('from "@opentelemetry/api";\r\n');
    expect(text).toContain('table.get("x")');
    expect(text).toContain('// @ts-nocheck\r\n');
    expect(text.split('\n').length).toBe(text.split('\r\n').length);
  });

  test('the order and repetition of names does not matter', () => {
    expect(renderHelper(ts, ['two', 'one', 'two'], TS, SOURCE)).toBe(renderHelper(ts, ['one', 'two'], TS, SOURCE));
  });

  test('an unknown part is an error', () => {
    expect(() => renderHelper(ts, ['four'], TS, SOURCE)).toThrow("no part called 'four'");
    expect(() => renderHelper(ts, ['shared'], TS, SOURCE)).toThrow("no part called 'shared'");
  });

  test('the header says what it is', () => {
    expect(renderHelper(ts, ['two', 'one'], TS, SOURCE)).toMatch(
      /^\/\*\*\n \* OpenTelemetry handoffs: [^]*yours to keep[^]*@handoff-parts\n \*   one\n \*   two\n \* @handoff-hash [0-9a-f]{64}\n \*\/\n/,
    );
  });
});

describe('eraseTypes', () => {
  test.each([
    ['const a: Map<string, number> = new Map<string, number>();', 'const a = new Map();'],
    ['function f<T extends { a: string }>(this: Foo, a?: T, ...b: T[]): asserts a is T { g<T>(a!); }', 'function f(a, ...b) { g(a); }'],
    ['const f = async <T,>(a: T = 1 as T): Promise<T> => a;', 'const f = async (a = 1) => a;'],
    ['const x = (a as { b(): string }).b();', 'const x = a.b();'],
    ['const x = (a + b as number).toFixed();', 'const x = (a + b).toFixed();'],
    ['class A { a?: string; b!: number; c(): void {} }', 'class A { a; b; c() {} }'],
    ["import { type A, b } from 'm';", "import { b } from 'm';"],
    ['const x = { a: b satisfies C };', 'const x = { a: b };'],
    ['let a!: string;', 'let a;'],
    ['try {} catch (e: unknown) {}', 'try {} catch (e) {}'],
    ['const x = a ? b as C : d;', 'const x = a ? b : d;'],
  ])('%s', (text, expected) => {
    expect(eraseTypes(ts, text)).toBe(expected);
  });

  test('what it can’t do, the compiler does', () => {
    expect(eraseTypes(ts, 'export enum A { B }')).toContain('var A');
  });
});

describe('the helper that is shipped', () => {
  const parts = helperParts(ts);

  test('has parts', () => {
    expect(parts.length).toBeGreaterThan(3);
  });

  test.each(parts)('%s alone is complete and has nothing to spare', (part) => {
    const text = renderHelper(ts, [part], TS);
    const file = '/work/helper.ts';
    const options = { noUnusedLocals: true, strict: true, noEmit: true, target: ts.ScriptTarget.ES2022, noResolve: true };
    const host = ts.createCompilerHost(options);
    host.getSourceFile = (name) => (name === file ? ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true) : undefined);
    host.fileExists = (name) => name === file;
    const program = ts.createProgram({ rootNames: [file], options, host });
    const unknown = program.getSemanticDiagnostics(program.getSourceFile(file));
    // 2304: cannot find a name; 6133, 6192, 6196: declared and not used. Without a library the globals are unknown.
    const messages = unknown.map((d) => `${d.code} ${ts.flattenDiagnosticMessageText(d.messageText, ' ')}`);
    const declared = helperSource().match(/(?<=^(?:export )?(?:function|const|type|interface) )\w+/gm)!;
    expect(messages.filter((m) => /^61/.test(m) || declared.some((name) => m.startsWith('2304') && m.includes(`'${name}'`)))).toEqual([]);
  });

  test('as JavaScript it is what the compiler makes of it', () => {
    const source = renderHelper(ts, parts, TS);
    const compiled = ts.transpileModule(source, {
      compilerOptions: { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true },
    }).outputText;
    const normal = (text: string): string => {
      const printer = ts.createPrinter({ removeComments: true });
      const file = ts.createSourceFile('a.js', body(text), ts.ScriptTarget.Latest, true);
      const strip = <T extends import('typescript').Node>(node: T): T => ts.visitEachChild(node, (child) =>
        strip(ts.isParenthesizedExpression(child) && (ts.isIdentifier(child.expression) || ts.isCallExpression(child.expression) || ts.isPropertyAccessExpression(child.expression))
          ? child.expression : child), undefined);
      return printer.printFile(strip(file)).replace(/\s+/g, ' ').replace(/,(?= [}\]])/g, '');
    };
    expect(normal(renderHelper(ts, parts, { language: 'js', module: 'esm' }))).toBe(normal(compiled));
  });

  test('loads as an ES module and as CommonJS', () => {
    const folder = temporary({
      'esm.mjs': renderHelper(ts, parts, { language: 'js', module: 'esm' }),
      'cjs.cjs': renderHelper(ts, parts, { language: 'js', module: 'cjs' }),
    });
    fs.symlinkSync(path.resolve('node_modules'), path.join(folder, 'node_modules'));
    const run = (code: string): string[] => {
      const out = execFileSync(process.execPath, ['--input-type=module', '-e', code], { cwd: folder, encoding: 'utf8' });
      return (JSON.parse(out) as string[]).filter((name) => name !== 'default' && name !== 'module.exports').sort();
    };
    const names = (file: string): string => `console.log(JSON.stringify(Object.keys(await import('./${file}'))))`;
    expect(run(names('esm.mjs'))).toEqual([...parts].sort());
    // Seen from an ES module, so its exports must be there for Node's lexer to find.
    expect(run(names('cjs.cjs'))).toEqual([...parts].sort());
  });
});

describe('readHelper and mergeHelper', () => {
  const text = renderHelper(ts, ['one'], TS, SOURCE);

  test('reads its own', () => {
    expect(readHelper(text)).toEqual({ parts: ['one'], modified: false });
    expect(readHelper(renderHelper(ts, ['three', 'two'], { language: 'js', module: 'cjs' }, SOURCE)))
      .toEqual({ parts: ['three', 'two'], modified: false });
  });

  test('an edit is a modification; end-of-line, BOM and a final newline are none', () => {
    expect(readHelper(text.replace('shared(', 'mine('))).toEqual({ parts: ['one'], modified: true });
    expect(readHelper(`\uFEFF${text.replaceAll('\n', '\r\n')}\r\n`)).toEqual({ parts: ['one'], modified: false });
  });

  test('anything else is not a helper', () => {
    expect(readHelper('export const a = 1;\n')).toBeUndefined();
    expect(readHelper('')).toBeUndefined();
    expect(mergeHelper(ts, 'export const a = 1;\n', ['one'], TS, SOURCE)).toBe('helper-modified');
  });

  test('adds parts, and keeps the end-of-line', () => {
    expect(mergeHelper(ts, text, ['three'], TS, SOURCE)).toBe(renderHelper(ts, ['one', 'three'], TS, SOURCE));
    expect(mergeHelper(ts, text.replaceAll('\n', '\r\n'), ['three'], TS, SOURCE))
      .toBe(renderHelper(ts, ['one', 'three'], { ...TS, style: { eol: '\r\n' } }, SOURCE));
  });

  test('changes nothing where all is there, even in a modified one', () => {
    expect(mergeHelper(ts, text, ['one'], TS, SOURCE)).toBe(text);
    const modified = text.replace('shared(', 'mine(');
    expect(mergeHelper(ts, modified, ['one'], TS, SOURCE)).toBe(modified);
    expect(mergeHelper(ts, modified, ['two'], TS, SOURCE)).toBe('helper-modified');
  });
});

describe('helperPath', () => {
  const place = (file: string, more: Partial<HelperPlace> = {}): string =>
    helperPath('/repo', { file, typescript: false, exists: () => false, ...more });

  test.each<[file: string, more: Partial<HelperPlace>, expected: string]>([
    ['/repo/src/a.ts', { typescript: true }, '/repo/src/otel-handoff.ts'],
    ['/repo/lib/deep/a.ts', { typescript: true }, '/repo/lib/otel-handoff.ts'],
    ['/repo/a.tsx', { typescript: true }, '/repo/otel-handoff.ts'],
    ['/repo/a.mts', {}, '/repo/otel-handoff.mts'],
    ['/repo/a.js', {}, '/repo/otel-handoff.js'],
    ['/repo/a.js', { packageType: 'module' }, '/repo/otel-handoff.js'],
    ['/repo/a.cjs', { packageType: 'module' }, '/repo/otel-handoff.cjs'],
    ['/repo/a.mjs', {}, '/repo/otel-handoff.mjs'],
    ['/repo/a.mjs', { packageType: 'module' }, '/repo/otel-handoff.js'],
    ['/repo/src/a.js', { typescript: true }, '/repo/src/otel-handoff.cjs'],
    ['/repo/src/a.js', { typescript: true, packageType: 'module' }, '/repo/src/otel-handoff.mjs'],
    ['/repo/src/a.ts', { typescript: true, helpersModule: './shared/otel.ts' }, '/repo/shared/otel.ts'],
    ['/repo/src/a.ts', { typescript: true, helpersModule: '/else/otel.ts' }, '/else/otel.ts'],
    ['/repo/src/a.ts', { typescript: true, helpersModule: '@acme/otel' }, '@acme/otel'],
  ])('%s %j', (file, more, expected) => {
    expect(place(file, more)).toBe(expected);
  });

  test('an earlier run’s file serves the whole package', () => {
    const exists = (file: string): boolean => file === '/repo/src/otel-handoff.ts';
    expect(place('/repo/scripts/a.ts', { typescript: true, exists })).toBe('/repo/src/otel-handoff.ts');
  });

  test.each<[helper: string, more: { packageType?: string; commonJs?: boolean }, expected: HelperTarget]>([
    ['/a.ts', {}, { language: 'ts', module: 'esm' }],
    ['/a.js', {}, { language: 'js', module: 'cjs' }],
    ['/a.js', { packageType: 'module' }, { language: 'js', module: 'esm' }],
    ['/a.js', { commonJs: false }, { language: 'js', module: 'esm' }],
    ['/a.cjs', { packageType: 'module' }, { language: 'js', module: 'cjs' }],
    ['/a.mjs', {}, { language: 'js', module: 'esm' }],
  ])('helperTarget %s %j', (helper, more, expected) => {
    expect(helperTarget(helper, more)).toEqual(expected);
  });
});

describe('importSpecifier', () => {
  test.each<[from: string, helper: string, style: 'js' | 'ts' | 'none', expected: string]>([
    ['/r/src/a.ts', '/r/src/otel-handoff.ts', 'js', './otel-handoff.js'],
    ['/r/src/a.ts', '/r/src/otel-handoff.ts', 'ts', './otel-handoff.ts'],
    ['/r/src/a.ts', '/r/src/otel-handoff.ts', 'none', './otel-handoff'],
    ['/r/src/x/y/a.ts', '/r/src/otel-handoff.ts', 'js', '../../otel-handoff.js'],
    ['/r/src/a.mjs', '/r/otel-handoff.mjs', 'none', '../otel-handoff.mjs'],
    ['/r/a.js', '/r/otel-handoff.cjs', 'none', './otel-handoff.cjs'],
    ['/r/a.js', '/r/otel-handoff.js', 'none', './otel-handoff'],
    ['/r/a.mts', '/r/otel-handoff.mts', 'js', './otel-handoff.mjs'],
    ['/r/a.ts', '@acme/otel', 'js', '@acme/otel'],
  ])('%s %s %s', (from, helper, extensionStyle, expected) => {
    expect(importSpecifier(from, helper, { extensionStyle })).toBe(expected);
  });

  test.each<[text: string, name: string, project: Parameters<typeof extensionStyleOf>[2], expected: string]>([
    ["import './b.js'", '/a.ts', {}, 'js'],
    ["import './b.ts'", '/a.ts', { module: 'nodenext' }, 'ts'],
    ["import './b'", '/a.ts', { module: 'nodenext' }, 'none'],
    ["import './data.json'; import '..'; export * from './b.js'", '/a.ts', {}, 'js'],
    ["require('./b')", '/a.js', { packageType: 'module' }, 'none'],
    ["await import('./b.js')", '/a.ts', {}, 'js'],
    ["import 'x'", '/a.ts', { module: 'NodeNext' }, 'js'],
    ["import 'x'", '/a.ts', { module: 'esnext', moduleResolution: 'node16' }, 'js'],
    ["import 'x'", '/a.ts', { module: 'esnext', moduleResolution: 'bundler' }, 'none'],
    ["import 'x'", '/a.ts', {}, 'none'],
    ["import 'x'", '/a.js', { packageType: 'module' }, 'js'],
    ["import 'x'", '/a.mjs', {}, 'js'],
    ["require('x')", '/a.js', {}, 'none'],
  ])('extensionStyleOf %s in %s %j', (text, name, project, expected) => {
    expect(extensionStyleOf(ts, parse(text, name), project)).toBe(expected);
  });
});
