import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import vm from 'node:vm';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { helperPath, root, transpile } from './support.ts';

const text = readFileSync(helperPath, 'utf8');
const source = ts.createSourceFile(helperPath, text, ts.ScriptTarget.Latest, true);
const exported = source.statements.filter(
  (statement) => ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword),
);

const strictest: ts.CompilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitReturns: true,
  noImplicitOverride: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  verbatimModuleSyntax: true,
  isolatedDeclarations: true,
  isolatedModules: true,
  erasableSyntaxOnly: true,
  declaration: true,
};
const loose: ts.CompilerOptions = { strict: false };
const dom: ts.CompilerOptions = { lib: ['lib.es2020.d.ts', 'lib.dom.d.ts'], types: [] };
const node: ts.CompilerOptions = { lib: ['lib.es2020.d.ts'], types: ['node'] };

/** Compiles `file` in memory; `content` stands for the helper. */
function diagnose(options: ts.CompilerOptions, file = helperPath, content = text): string[] {
  const settings = {
    target: ts.ScriptTarget.ES2020,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    noEmit: true,
    ...options,
  };
  const host = ts.createCompilerHost(settings);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) =>
    path.resolve(name) === path.resolve(helperPath) ? ts.createSourceFile(name, content, rest[0]) : read(name, ...rest);
  host.getCurrentDirectory = () => root;
  const program = ts.createProgram([file], settings, host);
  return ts.getPreEmitDiagnostics(program).map(
    ({ file, start, messageText }) => `${file && path.basename(file.fileName)}:${start} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
  );
}

/** The helper without what needs `fetch`, as the codemod writes it where nothing fetches. */
function withoutFetch(): string {
  const names = ['tracedFetch', 'tracedClient', 'describeRequest', 'addressOf', 'urlAttributes', 'FetchArguments'];
  const dropped = source.statements.filter(
    (statement) => (ts.isFunctionDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) && names.includes(statement.name!.text),
  );
  expect(dropped).toHaveLength(names.length);
  return dropped.reduceRight((rest, { pos, end }) => rest.slice(0, pos) + rest.slice(end), text);
}

describe('the helper compiles', () => {
  const both: ts.CompilerOptions = { lib: ['lib.es2020.d.ts', 'lib.dom.d.ts'], types: ['node'] };
  const bundler: ts.CompilerOptions = { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler };
  test.each<[string, ts.CompilerOptions]>([
    ['strictest, DOM', { ...strictest, ...dom }],
    ['strictest, @types/node', { ...strictest, ...node }],
    ['strictest, both', { ...strictest, ...both }],
    ['strictest, bundler', { ...strictest, ...dom, ...bundler }],
    ['strictest, for the browsers of 2015', { ...strictest, lib: ['lib.es2015.d.ts', 'lib.dom.d.ts'], types: [], target: ts.ScriptTarget.ES2015 }],
    ['not strict, DOM', { ...loose, ...dom }],
    ['not strict, @types/node', { ...loose, ...node }],
    ['not strict, both', { ...loose, ...both }],
  ])('%s', (_, options) => {
    expect(diagnose(options)).toEqual([]);
  });

  test('with nothing but es2020, where nothing fetches', () => {
    const bare = { ...strictest, noUnusedLocals: false, lib: ['lib.es2020.d.ts'], types: [] };
    expect(diagnose(bare, helperPath, withoutFetch())).toEqual([]);
  });

  test('control: an error is found', () => {
    expect(diagnose({ ...strictest, ...dom }, helperPath, text.replace('carrier: unknown, fn', 'carrier, fn'))).not.toEqual([]);
  });
});

describe('the calls that the codemod writes compile', () => {
  const usage = path.join(root, 'fixtures/runtime/usage.ts');
  const lib = ['lib.es2023.d.ts'];
  test.each<[string, ts.CompilerOptions]>([
    ['strict', { strict: true, lib, types: ['node'] }],
    ['strictest', { ...strictest, isolatedDeclarations: false, noUnusedLocals: false, lib, types: ['node'] }],
    ['strict, DOM', { strict: true, lib: [...lib, 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'], types: ['node'] }],
    ['not strict', { ...loose, lib, types: ['node'] }],
  ])('%s', (_, options) => {
    expect(diagnose(options, usage)).toEqual([]);
  });
});

describe('the file', () => {
  test('imports only @opentelemetry/api', () => {
    const imports = source.statements.filter(ts.isImportDeclaration).map(({ moduleSpecifier }) => (moduleSpecifier as ts.StringLiteral).text);
    expect(new Set(imports)).toEqual(new Set(['@opentelemetry/api']));
  });

  test('has no any and no directive', () => {
    expect(text).not.toMatch(/\bany\b(?! (?:one|of))[;,)>\]|[]|eslint-disable|@ts-/);
    const visit = (node: ts.Node): boolean => node.kind === ts.SyntaxKind.AnyKeyword || (ts.forEachChild(node, visit) ?? false);
    expect(visit(source)).toBe(false);
  });

  test('holds declarations only, and runs nothing when it is imported', () => {
    for (const statement of source.statements) {
      const inert =
        ts.isImportDeclaration(statement) || ts.isFunctionDeclaration(statement) || ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement) ||
        (ts.isVariableStatement(statement) && statement.declarationList.declarations.every(({ initializer }) => initializer && ts.isObjectLiteralExpression(initializer)));
      expect(inert, statement.getText()).toBe(true);
    }
  });

  test('documents each export', () => {
    expect(exported.length).toBeGreaterThanOrEqual(20);
    for (const statement of exported) expect(ts.getJSDocCommentsAndTags(statement), statement.getText()).not.toEqual([]);
  });

  test('runs as CommonJS', () => {
    const module = { exports: {} as Record<string, unknown> };
    vm.runInThisContext(`(module, exports, require) => {${transpile(ts.ModuleKind.CommonJS)}\n}`)(module, module.exports, createRequire(helperPath));
    const names = exported.map((statement) => (statement as ts.FunctionDeclaration).name?.text);
    expect(Object.keys(module.exports).sort()).toEqual(names.sort());
  });
});
