/**
 * An array of functions as a queue: pushed here, shifted and called somewhere else, in whatever context drains it.
 * A list that is only iterated (subscribers, hooks) is not one, and neither is an array drained where it was filled.
 * An array of keys is one where the key stands for a run that was stored beside it: see keyed-runs.ts.
 */
import type ts from 'typescript';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Ts } from '../types.ts';
import type { Handoff } from './handoffs.ts';
import { keyedRecord } from './keyed-runs.ts';
import { declarationOf, enclosingFunction } from './scope.ts';
import type { SourceText } from './source.ts';
import { calleeToken, isFunctionNode, memberName, nameOfFunction, propertyValue, unwrap, walk } from './syntax.ts';

const takes = new Set(['shift', 'pop', 'splice']);

export function findRunQueues(ts: Ts, catalogue: Catalogue, source: SourceText): Handoff[] {
  const [boundary] = catalogue.queues;
  if (!boundary || !/\.(push|unshift)\(/.test(source.text) || !/\.(shift|pop|splice)\(/.test(source.text)) return [];
  const pushes: ts.CallExpression[] = [];
  const taken: { key: string; call: ts.CallExpression }[] = [];
  walk(ts, source.ast, (node) => {
    if (!ts.isCallExpression(node)) return;
    const member = memberName(ts, node.expression);
    if (member === undefined) return;
    if (member === 'push' || member === 'unshift') pushes.push(node);
    else if (takes.has(member)) {
      const key = keyOf(ts, node);
      if (key !== undefined) taken.push({ key, call: node });
    }
  });
  return pushes.flatMap((node): Handoff[] => {
    const key = keyOf(ts, node);
    const argument = node.arguments[0];
    if (isUndoing(ts, node, argument)) return [];
    if (key === undefined || !argument || node.arguments.length !== 1) return [];
    const drains = taken.filter((t) => t.key === key && enclosingFunction(ts, t.call) !== enclosingFunction(ts, node));
    const called = drains.map((t) => calledAs(ts, t.call)).find((c) => c !== undefined);
    if (called === undefined) {
      const record = keyedRecord(ts, argument, drains.map((t) => t.call));
      return record ? [{ boundary, source, node, token: calleeToken(ts, node), args: [argument], record, enclosing: enclosingFunction(ts, node) }] : [];
    }
    const callback = called === '' ? argument : memberValue(ts, argument, called);
    if (!callback || !(called === '' || isFunctionNode(ts, unwrap(ts, callback)) || ts.isIdentifier(callback))) return [];
    return [{ boundary, source, node, token: calleeToken(ts, node), args: [callback], enclosing: enclosingFunction(ts, node) }];
  });
}

/** Lists of what is undone at the end serve nobody who waits. */
const undoing = /(clean_?ups?|restores?|teardowns?|disposers?|disposables?|disposes?|undos?|rollbacks?|hooks|unsubscribes?|finali[sz]ers?|(on|at)_?(exit|shutdown|close))$/i;

/** By the name of the list, of what is pushed, or of the function that takes it: `registerDisposable(disposable)`. */
function isUndoing(ts: Ts, node: ts.CallExpression, argument: ts.Expression | undefined): boolean {
  const inner = argument && unwrap(ts, argument);
  const enclosing = enclosingFunction(ts, node);
  return [nameOf(ts, node), inner && ts.isIdentifier(inner) ? inner.text : '', (enclosing && nameOfFunction(ts, enclosing)) ?? ''].some((name) => undoing.test(name));
}

function nameOf(ts: Ts, call: ts.CallExpression): string {
  const array = unwrap(ts, (call.expression as ts.PropertyAccessExpression).expression);
  return ts.isIdentifier(array) ? array.text : memberName(ts, array) ?? '';
}

/** One array in the file: a variable's declaration, or a field of the class. */
function keyOf(ts: Ts, call: ts.CallExpression): string | undefined {
  const array = unwrap(ts, (call.expression as ts.PropertyAccessExpression).expression);
  if (ts.isIdentifier(array)) {
    const declaration = declarationOf(ts, array);
    return declaration && ts.isVariableDeclaration(declaration) ? `variable:${declaration.pos}` : undefined;
  }
  if (ts.isPropertyAccessExpression(array) && array.expression.kind === ts.SyntaxKind.ThisKeyword) {
    for (let at: ts.Node = array; at; at = at.parent) if (ts.isClassLike(at)) return `field:${at.pos}.${array.name.text}`;
  }
  return undefined;
}

/** How what is taken out is called: `''` for `job()`, `'run'` for `job.run()`; nothing when it is not called here. */
function calledAs(ts: Ts, take: ts.CallExpression): string | undefined {
  let value: ts.Node = take;
  while (ts.isNonNullExpression(value.parent) || ts.isParenthesizedExpression(value.parent) || ts.isAsExpression(value.parent)) value = value.parent;
  const holder = value.parent;
  if (ts.isCallExpression(holder) && holder.expression === value) return '';
  if (ts.isPropertyAccessExpression(holder) && holder.expression === value && ts.isCallExpression(holder.parent) && holder.parent.expression === holder) {
    return memberName(ts, take.expression) === 'splice' ? visited(ts, holder.parent) : isInvocation(holder.name.text) ? '' : holder.name.text;
  }
  if (ts.isForOfStatement(holder) && ts.isVariableDeclarationList(holder.initializer)) return calledName(ts, holder.initializer.declarations[0]?.name, holder.statement);
  const declaration = ts.isVariableDeclaration(holder) ? holder : undefined;
  const assigned = ts.isBinaryExpression(holder) && holder.right === value && ts.isIdentifier(holder.left) ? declarationOf(ts, holder.left) : undefined;
  const variable = declaration ?? (assigned && ts.isVariableDeclaration(assigned) ? assigned : undefined);
  const scope = variable && (enclosingFunction(ts, variable) ?? take.getSourceFile());
  if (!variable || !scope) return undefined;
  if (memberName(ts, take.expression) !== 'splice') return calledName(ts, variable.name, scope);
  // `const batch = jobs.splice(0); for (const job of batch) job()`
  const isBatch = (node: ts.Node): boolean => ts.isIdentifier(node) && declarationOf(ts, node) === variable;
  let found: string | undefined;
  walk(ts, scope, (node) => {
    if (found !== undefined) return;
    if (ts.isForOfStatement(node) && isBatch(node.expression) && ts.isVariableDeclarationList(node.initializer)) found = calledName(ts, node.initializer.declarations[0]?.name, node.statement);
    else if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && isBatch(node.expression.expression)) found = visited(ts, node);
  });
  return found;
}

/** `batch.map((job) => job())`: how the callback calls what it is given. */
function visited(ts: Ts, call: ts.CallExpression): string | undefined {
  const visit = call.arguments[0] && unwrap(ts, call.arguments[0]);
  if (!visit || !(ts.isArrowFunction(visit) || ts.isFunctionExpression(visit)) || !/^(forEach|map|flatMap)$/.test(memberName(ts, call.expression) ?? '')) return undefined;
  return calledName(ts, visit.parameters[0]?.name, visit.body);
}

function calledName(ts: Ts, name: ts.BindingName | undefined, scope: ts.Node): string | undefined {
  if (!name) return undefined;
  if (ts.isObjectBindingPattern(name)) {
    for (const element of name.elements) {
      if (ts.isIdentifier(element.name) && calledName(ts, element.name, scope) === '') return (element.propertyName ?? element.name).getText();
    }
    return undefined;
  }
  if (!ts.isIdentifier(name)) return undefined;
  let found: string | undefined;
  walk(ts, scope, (node) => {
    if (found !== undefined || !ts.isCallExpression(node)) return;
    const callee = unwrap(ts, node.expression);
    if (ts.isIdentifier(callee) && callee.text === name.text) found = '';
    else if (ts.isPropertyAccessExpression(callee) && ts.isIdentifier(callee.expression) && callee.expression.text === name.text && !settles(callee.name.text)) found = isInvocation(callee.name.text) ? '' : callee.name.text;
  });
  return found;
}

function isInvocation(member: string): boolean {
  return member === 'call' || member === 'apply';
}

function settles(member: string): boolean {
  return member === 'resolve' || member === 'reject' || member === 'then' || member === 'catch';
}

function memberValue(ts: Ts, argument: ts.Expression, name: string): ts.Expression | undefined {
  const node = unwrap(ts, argument);
  return ts.isObjectLiteralExpression(node) ? propertyValue(ts, node, name) : undefined;
}
