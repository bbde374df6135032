/** Calls whose promises are gathered: awaited together, though no `await` stands before any of them. */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { enclosingFunction } from './scope.ts';
import { contains, isAsync, memberName, unwrap } from './syntax.ts';

/** What gives each element to a function. */
const each = /^(map|flatMap|forEach)$/;
/** What makes one promise of many. */
const gatherers = /^(all|allSettled|any|race)$/;
/** What leaves the elements of a list as they are. */
const sameElements = /^(filter|flat|concat|slice|reverse)$/;

/**
 * Whether a call's result is taken for a promise without an `await` of its own: it stands in a list that `Promise.all` or
 * its like gets, or is what a function gives back that makes such a list (`Promise.all(ids.map((id) => store.delete(id)))`),
 * or what an `async` function gives back that is handed to an array's method. A list of plain values is none of these.
 */
export function isGathered(ts: Ts, call: ts.CallExpression): boolean {
  if (isInGatheredList(ts, call)) return true;
  const fn = givenBackBy(ts, outermost(ts, call));
  const run = fn && outermost(ts, fn).parent;
  if (!run || !ts.isCallExpression(run) || !each.test(memberName(ts, run.expression) ?? '')) return false;
  if (run.arguments[0] === undefined || unwrap(ts, run.arguments[0]) !== fn) return false;
  if (isAsync(ts, fn)) return true;
  return memberName(ts, run.expression) !== 'forEach' && isGatheredList(ts, run);
}

/** The function of which an expression is the value: `(id) => x`, `function (id) { return x; }`. */
function givenBackBy(ts: Ts, node: ts.Node): ts.ArrowFunction | ts.FunctionExpression | undefined {
  if (ts.isArrowFunction(node.parent) && node.parent.body === node) return node.parent;
  const fn = ts.isReturnStatement(node.parent) ? enclosingFunction(ts, node) : undefined;
  return fn && (ts.isArrowFunction(fn) || ts.isFunctionExpression(fn)) ? fn : undefined;
}

/** `Promise.all([call()])`, `Promise.all([...others, call()])` */
function isInGatheredList(ts: Ts, element: ts.Expression): boolean {
  const { parent } = outermost(ts, element);
  return ts.isArrayLiteralExpression(parent) && isGatheredList(ts, parent);
}

/** Whether `Promise.all` gets a list: at once, as part of another one, or by the name that it is kept under. */
function isGatheredList(ts: Ts, list: ts.Expression): boolean {
  const node = outermost(ts, list);
  const { parent } = node;
  if (isGatherer(ts, parent)) return parent.arguments[0] === node;
  if (ts.isSpreadElement(parent)) return isInGatheredList(ts, parent);
  if (ts.isPropertyAccessExpression(parent) && sameElements.test(parent.name.text) && ts.isCallExpression(parent.parent) && parent.parent.expression === parent) return isGatheredList(ts, parent.parent);
  if (!ts.isVariableDeclaration(parent) || !ts.isIdentifier(parent.name) || !(parent.parent.flags & ts.NodeFlags.Const)) return false;
  const name = parent.name.text;
  return contains(ts, enclosingFunction(ts, parent) ?? parent.getSourceFile(), (inner) => {
    const given = isGatherer(ts, inner) ? inner.arguments[0] : undefined;
    return given !== undefined && ts.isIdentifier(unwrap(ts, given)) && (unwrap(ts, given) as ts.Identifier).text === name;
  });
}

function isGatherer(ts: Ts, node: ts.Node): node is ts.CallExpression {
  return ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && ts.isIdentifier(node.expression.expression)
    && node.expression.expression.text === 'Promise' && gatherers.test(node.expression.name.text);
}

/** An expression with the parentheses and type assertions around it. */
function outermost(ts: Ts, expression: ts.Expression): ts.Expression {
  let at = expression;
  while (ts.isExpression(at.parent) && at.parent !== at && unwrap(ts, at.parent) === unwrap(ts, expression)) at = at.parent;
  return at;
}
