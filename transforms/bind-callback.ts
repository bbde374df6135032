/** `setTimeout(fn)` → `setTimeout(context.bind(context.active(), fn))`. */
import type ts from 'typescript';
import { argument } from '../src/analysis/handoffs.ts';
import { declarationOf } from '../src/analysis/scope.ts';
import { contains, memberName, unwrap } from '../src/analysis/syntax.ts';
import type { Ts } from '../src/types.ts';
import { refuse, type Strategy } from './strategy.ts';
import { wrap } from './text.ts';

const bindCallback: Strategy = (site, { ts, api }) => {
  const callback = argument(site, 'callback');
  if (!callback || ts.isSpreadElement(callback)) return refuse('unsupported-shape', 'the callback is not written out');
  if (ts.isStringLiteralLike(unwrap(ts, callback))) return refuse('unsupported-shape', 'the callback is a string of code');
  if (site.boundary.runsAtCreation && !bindable(ts, site.node as ts.CallExpression, site.enclosing)) {
    return refuse('recurring', 'the listener outlives the call that registered it: bound, every message would join the first one\'s trace; carry the context in the message');
  }
  if (removedByIdentity(ts, callback, site.source.ast)) return refuse('identity-needed', 'the function is also taken off by its identity; bind it once where it is made');
  const context = api(site.source, 'context');
  return { edits: wrap(site.source, callback, `${context}.bind(${context}.active(), `, ')') };
};

export default bindCallback;

/** A listener is bound where it serves one request: `once`, or `on` in the function that also posts the message. */
function bindable(ts: Ts, call: ts.CallExpression, enclosing: ts.Node | undefined): boolean {
  if (!enclosing) return false;
  if (memberName(ts, call.expression) === 'once') return true;
  const receiver = (call.expression as ts.PropertyAccessExpression).expression.getText();
  return contains(ts, enclosing, (n) => ts.isCallExpression(n) && memberName(ts, n.expression) === 'postMessage'
    && (n.expression as ts.PropertyAccessExpression).expression.getText() === receiver);
}

function removedByIdentity(ts: Ts, callback: ts.Expression, file: ts.SourceFile): boolean {
  const node = unwrap(ts, callback);
  const text = node.getText();
  if (!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node)) return false;
  const declaration = ts.isIdentifier(node) ? declarationOf(ts, node) : undefined;
  return contains(ts, file, (n) => {
    if (!ts.isCallExpression(n)) return false;
    const member = memberName(ts, n.expression);
    if (!member || !/^(off|removeListener|removeEventListener)$/.test(member)) return false;
    return n.arguments.some((a) => a.getText() === text && (!declaration || (ts.isIdentifier(a) && declarationOf(ts, a) === declaration)));
  });
}
