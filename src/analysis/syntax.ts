/** Small questions about syntax that several parts of the engine ask. */
import type ts from 'typescript';
import type { Ts } from '../types.ts';

/** `(x as T)!` → `x`: what an expression is once parentheses, assertions and `await` are taken off. */
export function unwrap(ts: Ts, node: ts.Expression): ts.Expression {
  let at = node;
  for (;;) {
    if (ts.isParenthesizedExpression(at) || ts.isAsExpression(at) || ts.isNonNullExpression(at) || ts.isSatisfiesExpression(at)
      || ts.isTypeAssertionExpression(at) || ts.isAwaitExpression(at)) at = at.expression;
    else return at;
  }
}

/** `settings` of `settings.apis.reports.url`. */
export function rootOf(ts: Ts, expression: ts.Expression): ts.Identifier | undefined {
  let node = unwrap(ts, expression);
  while (ts.isPropertyAccessExpression(node)) node = unwrap(ts, node.expression);
  return ts.isIdentifier(node) ? node : undefined;
}

/** The text of a property name that is known without running anything. */
export function propertyName(ts: Ts, name: ts.PropertyName | ts.BindingName | undefined): string | undefined {
  if (!name) return undefined;
  if (ts.isIdentifier(name) || ts.isStringLiteralLike(name) || ts.isNumericLiteral(name) || ts.isPrivateIdentifier(name)) return name.text;
  if (ts.isComputedPropertyName(name) && ts.isStringLiteralLike(name.expression)) return name.expression.text;
  return undefined;
}

/** The property of an object literal, by name: assignment, shorthand or method. */
export function property(ts: Ts, object: ts.ObjectLiteralExpression, name: string): ts.ObjectLiteralElementLike | undefined {
  return object.properties.find((p) => p.name && propertyName(ts, p.name) === name);
}

/** The value that a property of an object literal is given. */
export function propertyValue(ts: Ts, object: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  const found = property(ts, object, name);
  if (!found) return undefined;
  if (ts.isPropertyAssignment(found)) return found.initializer;
  if (ts.isShorthandPropertyAssignment(found)) return found.name;
  return undefined;
}

export type FunctionNode = ts.ArrowFunction | ts.FunctionExpression | ts.FunctionDeclaration | ts.MethodDeclaration;

export function isFunctionNode(ts: Ts, node: ts.Node): node is FunctionNode {
  return ts.isArrowFunction(node) || ts.isFunctionExpression(node) || ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node);
}

/** What a function is called by: its own name, that of the variable or property that holds it. */
export function nameOfFunction(ts: Ts, fn: ts.SignatureDeclaration): string | undefined {
  if (fn.name) return propertyName(ts, fn.name);
  const holder = fn.parent;
  return (ts.isVariableDeclaration(holder) || ts.isPropertyAssignment(holder) || ts.isPropertyDeclaration(holder)) ? propertyName(ts, holder.name) : undefined;
}

export function isAsync(ts: Ts, fn: FunctionNode): boolean {
  return fn.modifiers?.some((m) => m.kind === ts.SyntaxKind.AsyncKeyword) ?? false;
}

/** Visits `root` and everything in it; a visitor that returns `false` is not shown what is inside that node. */
export function walk(ts: Ts, root: ts.Node, visit: (node: ts.Node) => boolean | void): void {
  const step = (node: ts.Node): void => {
    if (visit(node) !== false) ts.forEachChild(node, step);
  };
  step(root);
}

/** Whether anything inside `root` answers. */
export function contains(ts: Ts, root: ts.Node, test: (node: ts.Node) => boolean): boolean {
  const step = (node: ts.Node): boolean => test(node) || (ts.forEachChild(node, (child) => step(child) || undefined) ?? false);
  return step(root);
}

/** The token that a report marks: the `add` of `queue.add`, the `Worker` of `new Worker`. */
export function calleeToken(ts: Ts, node: ts.CallExpression | ts.NewExpression): ts.Node {
  let callee: ts.Expression = node.expression;
  while (ts.isParenthesizedExpression(callee) || ts.isNonNullExpression(callee)) callee = callee.expression;
  if (ts.isPropertyAccessExpression(callee)) return callee.name;
  if (ts.isElementAccessExpression(callee)) return callee.argumentExpression;
  return callee;
}

/** The member that a call names: `add` of `queue.add(…)` and of `queue['add'](…)`. */
export function memberName(ts: Ts, callee: ts.Expression): string | undefined {
  if (ts.isPropertyAccessExpression(callee)) return callee.name.text;
  if (ts.isElementAccessExpression(callee) && ts.isStringLiteralLike(callee.argumentExpression)) return callee.argumentExpression.text;
  return undefined;
}

/** The name of the function, method or class member around a node, outermost first: `Account.close`. */
export function enclosingSymbol(ts: Ts, node: ts.Node): string {
  const names: string[] = [];
  for (let at: ts.Node | undefined = node.parent; at; at = at.parent) {
    if ((ts.isFunctionDeclaration(at) || ts.isMethodDeclaration(at) || ts.isClassLike(at) || ts.isVariableDeclaration(at) || ts.isPropertyDeclaration(at)
      || ts.isPropertyAssignment(at)) && at.name) names.unshift(at.name.getText());
    else if (ts.isConstructorDeclaration(at)) names.unshift('constructor');
  }
  return names.join('.');
}
