/** Code that a test runs: what it sends belongs to no caller's trace. */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { declarationOf } from './scope.ts';
import { isFunctionNode } from './syntax.ts';

const runners = /^(describe|context|suite|it|specify|test|beforeEach|afterEach|beforeAll|afterAll|before|after|setup|teardown|[xf](it|describe))$/;
/** Names that say nothing else: the others must come from somewhere. */
const plain = /^(describe|it|beforeEach|afterEach|beforeAll|afterAll)$/;
const frameworks = /^(node:test|vitest|mocha|bun:test|@jest\/globals|@playwright\/test|@?jasmine.*|tap|tape|uvu|ava|@std\/testing.*)$/;

/** A file whose name says that it holds tests: there a runner may be one's own, made of a framework's. */
const testFile = /[.-](test|spec)\.[cm]?[jt]sx?$|(^|\/)(test|spec)-[^/]*\.[cm]?[jt]sx?$|(^|\/)__tests__\//;

/** Whether a node stands in a file of tests, by the file's name. */
export function isTestFile(node: ts.Node): boolean {
  return testFile.test(node.getSourceFile().fileName.replaceAll('\\', '/'));
}

/** Whether a node stands in a function that is given to a test framework. */
export function isInTest(ts: Ts, node: ts.Node): boolean {
  for (let at = node; at.parent; at = at.parent) {
    if (isFunctionNode(ts, at) && ts.isCallExpression(at.parent) && at.parent.arguments.includes(at as ts.Expression) && isRunner(ts, at.parent.expression, at.parent.arguments)) return true;
  }
  return false;
}

/** `it`, `test.only`, `describe.each(…)`: global, or from a test framework. */
function isRunner(ts: Ts, callee: ts.Expression, args: ts.NodeArray<ts.Expression>): boolean {
  let head = callee;
  while (ts.isPropertyAccessExpression(head) || ts.isCallExpression(head) || ts.isTaggedTemplateExpression(head)) head = ts.isTaggedTemplateExpression(head) ? head.tag : head.expression;
  if (!ts.isIdentifier(head) || !runners.test(head.text)) return false;
  const declaration = declarationOf(ts, head);
  // Global: `test('it works', () => …)`, `before(function () …)`.
  if (!declaration) return plain.test(head.text) || args.length === 1 || isNamed(ts, args[0]!);
  if (args.length > 1 && isNamed(ts, args[0]!) && isTestFile(head)) return true;
  for (let at: ts.Node = declaration; at.parent; at = at.parent) {
    if (ts.isImportDeclaration(at)) return ts.isStringLiteral(at.moduleSpecifier) && frameworks.test(at.moduleSpecifier.text);
    if (ts.isVariableDeclaration(at)) return at.initializer !== undefined && ts.isCallExpression(at.initializer) && at.initializer.arguments.length === 1 && ts.isStringLiteralLike(at.initializer.arguments[0]!) && frameworks.test(at.initializer.arguments[0].text);
  }
  return false;
}

function isNamed(ts: Ts, title: ts.Expression): boolean {
  return ts.isStringLiteralLike(title) || ts.isTemplateExpression(title);
}
