/** `setTimeout(fn)` → `setTimeout(context.bind(context.active(), fn))`. */
import type ts from 'typescript';
import { isFinding } from '../src/analysis/engine.ts';
import { handlerOf } from '../src/analysis/handoffs.ts';
import { contains, memberName, unwrap } from '../src/analysis/syntax.ts';
import type { Ts } from '../src/types.ts';
import extractInMessageHandler from './extract-in-message-handler.ts';
import { removedByIdentity } from './support/identity.ts';
import { refuse, type Strategy } from './support/strategy.ts';
import { wrap } from './support/text.ts';

const bindCallback: Strategy = (site, tools) => {
  const { ts, api } = tools;
  const callback = handlerOf(site);
  if (!callback || ts.isSpreadElement(callback)) return refuse('unsupported-shape', 'the callback is not written out');
  if (ts.isStringLiteralLike(unwrap(ts, callback))) return refuse('unsupported-shape', 'the callback is a string of code');
  if (removedByIdentity(ts, callback, site.source.ast)) return refuse('identity-needed', 'the function is also taken off or looked up by its identity; bind it once where it is made');
  if (site.boundary.runsAtCreation && !bindable(ts, site.node as ts.CallExpression, site.enclosing)) {
    // The worker asks for something: its own message brings the context along.
    if (site.peers.some((peer) => isFinding(peer) || peer.verdict === 'carried')) return extractInMessageHandler(site, tools);
    return refuse('recurring', 'the listener outlives the call that registered it: bound, every message would join the first one\'s trace; carry the context in the message');
  }
  const context = api(site.source, 'context');
  // `{ run, resolve }` → `{ run: context.bind(context.active(), run), resolve }`
  const name = ts.isShorthandPropertyAssignment(callback.parent) ? `${callback.getText(site.source.ast)}: ` : '';
  return { edits: wrap(site.source, callback, `${name}${context}.bind(${context}.active(), `, ')') };
};

export default bindCallback;

/** A listener is bound where it serves one request: `once`, or `on` in the function that also posts the message. */
function bindable(ts: Ts, call: ts.CallExpression, enclosing: ts.Node | undefined): boolean {
  if (!enclosing) return false;
  if (memberName(ts, call.expression) === 'once') return true;
  const receiver = (call.expression as ts.PropertyAccessExpression).expression.getText();
  return contains(ts, enclosing, (n) => ts.isCallExpression(n) && /^(postMessage|send)$/.test(memberName(ts, n.expression) ?? '')
    && (n.expression as ts.PropertyAccessExpression).expression.getText() === receiver);
}
