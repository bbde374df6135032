/**
 * A queue of keys: a function stores what is to run in a map, queues its key, and whoever is free takes a key out, looks
 * the run up and starts it. `this.runs.set(id, run); this.queue.push(id)` here, `this.start(this.runs.get(id))` there.
 * A record that holds the caller's own `resolve` is a call that is waited for; what is queued again was stored by another.
 */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { declarationOf, enclosingFunction } from './scope.ts';
import { contains, isAsync, isFunctionNode, memberName, property, propertyName, unwrap, walk } from './syntax.ts';

/** The record behind a pushed key, where one of the calls that take keys out leads to a run of it. */
export function keyedRecord(ts: Ts, pushed: ts.Expression, takes: readonly ts.CallExpression[]): ts.Expression | undefined {
  const fn = enclosingFunction(ts, pushed);
  if (!fn || takes.length === 0) return undefined;
  for (const { map, record } of storedIn(ts, fn, pushed)) {
    if (isAwaited(ts, record)) continue;
    if (takes.some((take) => startsFrom(ts, take, map))) return record;
  }
  return undefined;
}

/** `runs.set(id, record)` and `runs[id] = record` in the function that queues `id`. */
function storedIn(ts: Ts, fn: ts.Node, key: ts.Expression): { map: string; record: ts.Expression }[] {
  const name = key.getText();
  const found: { map: string; record: ts.Expression }[] = [];
  walk(ts, fn, (node) => {
    if (ts.isCallExpression(node) && memberName(ts, node.expression) === 'set' && node.arguments.length === 2 && node.arguments[0]!.getText() === name) {
      found.push({ map: (node.expression as ts.PropertyAccessExpression).expression.getText(), record: valueOf(ts, node.arguments[1]!) });
    } else if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken && ts.isElementAccessExpression(node.left) && node.left.argumentExpression.getText() === name) {
      found.push({ map: node.left.expression.getText(), record: valueOf(ts, node.right) });
    }
  });
  // A list of strings or numbers is no record of a run.
  return found.filter(({ record }) => ts.isObjectLiteralExpression(record) || ts.isNewExpression(record));
}

function valueOf(ts: Ts, expression: ts.Expression): ts.Expression {
  const node = unwrap(ts, expression);
  if (!ts.isIdentifier(node)) return node;
  const declaration = declarationOf(ts, node);
  return declaration && ts.isVariableDeclaration(declaration) && declaration.initializer ? unwrap(ts, declaration.initializer) : node;
}

/** The caller waits for it: it is given the outcome in its own context. */
function isAwaited(ts: Ts, record: ts.Expression): boolean {
  return ts.isObjectLiteralExpression(record) && ['resolve', 'reject', 'deferred', 'callback'].some((name) => property(ts, record, name) !== undefined);
}

/** Whether what a taken key names in the map is started: given to an async function of the file, or one of its members called. */
function startsFrom(ts: Ts, take: ts.CallExpression, map: string): boolean {
  const scope = enclosingFunction(ts, take);
  const keys = namesGiven(ts, take);
  if (!scope || keys.length === 0) return false;
  const looksUp = (node: ts.Node): boolean => (ts.isCallExpression(node) && memberName(ts, node.expression) === 'get' && (node.expression as ts.PropertyAccessExpression).expression.getText() === map && keys.includes(node.arguments[0]?.getText() ?? ''))
    || (ts.isElementAccessExpression(node) && node.expression.getText() === map && keys.includes(node.argumentExpression.getText()));
  const runs: string[] = [];
  walk(ts, scope, (node) => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer && contains(ts, node.initializer, looksUp)) runs.push(node.name.text);
  });
  const isRun = (node: ts.Expression): boolean => looksUp(unwrap(ts, node)) || (ts.isIdentifier(unwrap(ts, node)) && runs.includes(unwrap(ts, node).getText()));
  return contains(ts, scope, (node) => {
    if (!ts.isCallExpression(node) || looksUp(node)) return false;
    const callee = unwrap(ts, node.expression);
    if (ts.isPropertyAccessExpression(callee) && isRun(callee.expression)) return /^(run|start|execute|exec|perform|process|handle|invoke)/.test(callee.name.text);
    return node.arguments.some(isRun) && isStart(ts, callee);
  });
}

/** What holds the taken key: `const id = queue.shift()`, `const [id] = queue.splice(0, 1)`, `id = queue.pop()`. */
function namesGiven(ts: Ts, take: ts.CallExpression): string[] {
  let value: ts.Node = take;
  while (ts.isNonNullExpression(value.parent) || ts.isParenthesizedExpression(value.parent) || ts.isAsExpression(value.parent)) value = value.parent;
  const holder = value.parent;
  if (ts.isForOfStatement(holder) && ts.isVariableDeclarationList(holder.initializer)) return named(ts, holder.initializer.declarations[0]?.name);
  if (ts.isVariableDeclaration(holder)) return named(ts, holder.name);
  return ts.isBinaryExpression(holder) && holder.right === value ? [holder.left.getText()] : [];
}

function named(ts: Ts, name: ts.BindingName | undefined): string[] {
  if (!name) return [];
  if (ts.isIdentifier(name)) return [name.text];
  return ts.isArrayBindingPattern(name) ? name.elements.flatMap((e) => ts.isBindingElement(e) ? named(ts, e.name) : []) : [];
}

/** An async function or method of this file that is named as one: what it does outlasts the taking. */
function isStart(ts: Ts, callee: ts.Expression): boolean {
  if (ts.isIdentifier(callee)) {
    const declaration = declarationOf(ts, callee);
    const value = declaration && ts.isVariableDeclaration(declaration) ? declaration.initializer : declaration;
    return value !== undefined && isFunctionNode(ts, value) && isAsync(ts, value);
  }
  if (!ts.isPropertyAccessExpression(callee) || callee.expression.kind !== ts.SyntaxKind.ThisKeyword) return false;
  for (let at: ts.Node = callee; at; at = at.parent) {
    if (!ts.isClassLike(at)) continue;
    const member = at.members.find((m) => propertyName(ts, m.name) === callee.name.text);
    return member !== undefined && ts.isMethodDeclaration(member) && isAsync(ts, member);
  }
  return false;
}
