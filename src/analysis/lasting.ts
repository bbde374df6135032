/**
 * Work without an end that no `setInterval` shows: a timer that sets itself again, and an object that is made once, for all
 * later callers (`worker ??= new Worker(…)`), and whose handlers run in the context in which it was made.
 */
import type ts from 'typescript';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Boundary, Ts } from '../types.ts';
import { indexOf } from './file-index.ts';
import { handlerOf, isExport, mentions, type Handoff } from './handoffs.ts';
import type { Origin, Origins } from './origins.ts';
import { declarationOf, enclosingFunction } from './scope.ts';
import type { SourceText } from './source.ts';
import { calleeToken, contains, isFunctionNode, memberName, unwrap, type FunctionNode } from './syntax.ts';

/** `found`: the handoffs of the file, among which the consumers and listeners are. */
export function findLasting(ts: Ts, catalogue: Catalogue, origins: Origins, source: SourceText, found: readonly Handoff[]): Handoff[] {
  return [...findAgain(ts, catalogue, origins, source), ...findKept(ts, catalogue, origins, source, found)];
}

function findAgain(ts: Ts, catalogue: Catalogue, origins: Origins, source: SourceText): Handoff[] {
  return catalogue.again.flatMap((boundary) => boundary.match.exports.flatMap((name) => (indexOf(ts, source.ast).calls.get(name) ?? []).flatMap((call): Handoff[] => {
    if (!ts.isCallExpression(call) || !mentions(boundary, source)) return [];
    const enclosing = enclosingFunction(ts, call);
    const callback = call.arguments[0];
    if (!enclosing || !callback || !isFunctionNode(ts, enclosing) || !setsAgain(ts, origins, callback, enclosing, source) || !goesOn(ts, enclosing, call)) return [];
    const origin = origins.of(call.expression, source);
    return origin && isExport(boundary, origin) ? [{ boundary, source, node: call, token: calleeToken(ts, call), args: call.arguments, handler: enclosing, enclosing }] : [];
  })));
}

/** `setTimeout(poll, 1000)` and `setTimeout(() => void poll(), 1000)` inside `poll`. Arguments that it hands on count something down: a retry. */
function setsAgain(ts: Ts, origins: Origins, callback: ts.Expression, poll: FunctionNode, source: SourceText): boolean {
  const target = origins.functionOf(callback, source)?.fn;
  if (target === poll) return true;
  if (!target?.body || target.pos < poll.pos || target.end > poll.end) return false;
  return contains(ts, target.body, (node) => ts.isCallExpression(node) && node.arguments.length === 0 && origins.functionOf(node.expression, source)?.fn === poll);
}

/** What stops a loop for good, and not because its work is done. */
const stopping = /stop|clos(e|ed|ing)|shut|terminat|dispos|destroy|running|aborted|enabled/i;

/** Whether every way through the function comes to the timer, or leaves because the program stops: one that ends when its work is done serves its caller. */
function goesOn(ts: Ts, poll: FunctionNode, timer: ts.CallExpression): boolean {
  let at: ts.Node = timer;
  for (; at !== poll.body; at = at.parent) {
    const { parent } = at;
    if (!parent) return false;
    if (ts.isBlock(parent) || ts.isExpressionStatement(parent) || ts.isVoidExpression(parent) || ts.isParenthesizedExpression(parent)) continue;
    if (ts.isBinaryExpression(parent) && parent.right === at) continue; // `timer = setTimeout(…)`
    if (ts.isVariableDeclaration(parent) || ts.isVariableDeclarationList(parent) || ts.isVariableStatement(parent)) continue;
    if (ts.isTryStatement(parent) && (at === parent.tryBlock || at === parent.finallyBlock)) continue;
    if (ts.isIfStatement(parent) && parent.thenStatement === at && stopping.test(parent.expression.getText())) continue;
    if (ts.isPropertyAccessExpression(parent) || (ts.isCallExpression(parent) && parent.expression === at)) continue; // `setTimeout(…).unref()`
    return parent === poll && at === poll.body;
  }
  return !leavesBefore(ts, poll.body, timer);
}

function leavesBefore(ts: Ts, body: ts.Node, timer: ts.Node): boolean {
  let leaves = false;
  const step = (node: ts.Node): void => {
    if (leaves || ts.isFunctionLike(node) || node.pos >= timer.pos) return;
    if (ts.isReturnStatement(node)) {
      const guard = ts.isIfStatement(node.parent) ? node.parent : ts.isBlock(node.parent) && ts.isIfStatement(node.parent.parent) ? node.parent.parent : undefined;
      leaves = !guard || !stopping.test(guard.expression.getText());
      return;
    }
    ts.forEachChild(node, step);
  };
  ts.forEachChild(body, step);
  return leaves;
}

type Making = ts.NewExpression | ts.CallExpression;

function findKept(ts: Ts, catalogue: Catalogue, origins: Origins, source: SourceText, found: readonly Handoff[]): Handoff[] {
  const kept = new Map<Making, Handoff>();
  const add = (boundary: Boundary | undefined, made: Making | undefined, handler: Handoff['handler']): void => {
    if (!boundary || !made || !handler || kept.has(made) || made.getSourceFile() !== source.ast) return;
    const enclosing = enclosingFunction(ts, made);
    if (enclosing && isKeptForLater(ts, made)) kept.set(made, { boundary, source, node: made, token: calleeToken(ts, made), args: [], handler, enclosing });
  };
  for (const each of found) {
    const kind = kindOf(each.boundary);
    const general = kind && catalogue.byId.get(kind);
    const making = each.boundary.match.use === 'construct' || each.boundary.match.use === 'call';
    const made = making && (ts.isNewExpression(each.node) || ts.isCallExpression(each.node)) ? each.node : builtBy(each.receiver);
    if (!general) continue;
    // What covers the consumer itself covers it here too, and when it begins is the library's own.
    const { library, package: name, coveredBy, begun = general.begun } = each.boundary;
    add({ ...general, library, coveredBy, ...(name === undefined ? {} : { package: name }), ...(begun ? { begun } : {}) }, made, handlerOf(each));
  }
  for (const boundary of catalogue.lasting) {
    if (!mentions(boundary, source)) continue;
    for (const member of boundary.match.members ?? []) {
      for (const call of indexOf(ts, source.ast).calls.get(member) ?? []) {
        const [event, handler] = call.arguments ?? [];
        if (!handler || !event || !ts.isStringLiteralLike(event) || !boundary.match.event?.includes(event.text) || memberName(ts, call.expression) !== member) continue;
        const receiver = origins.of((call.expression as ts.PropertyAccessExpression).expression, source);
        if (receiver?.kind === 'library' && receiver.instance && isExport(boundary, receiver)) add(boundary, builtBy(receiver), handler);
      }
    }
  }
  return [...kept.values()];
}

/** What a handoff's object is in general, where its handlers keep the context in which it was made. */
function kindOf(boundary: Boundary): string | undefined {
  if (boundary.runsAtCreation) return 'lasting/listener';
  if (boundary.id === 'generic-pool/create') return 'lasting/pool';
  if (boundary.role !== 'consumer' || boundary.match.use === 'start' || boundary.polled) return undefined;
  return boundary.family === 'queue' && ['construct', 'call', 'instance'].includes(boundary.match.use) ? 'lasting/consumer' : undefined;
}

function builtBy(receiver: Origin | undefined): Making | undefined {
  return receiver && 'built' in receiver ? receiver.built?.node : undefined;
}

/**
 * Whether an object outlives the call that makes it: `worker ??= new Worker(…)`, `if (!this.worker) this.worker = …`,
 * `pools.set(key, …)` of something that is declared outside of every function, or is a field that is looked at first.
 */
function isKeptForLater(ts: Ts, made: Making): boolean {
  const at = outermost(ts, made);
  const { parent } = at;
  if (ts.isBinaryExpression(parent) && parent.right === at) return isShared(ts, parent.left, parent.operatorToken.kind !== ts.SyntaxKind.EqualsToken);
  if (isPut(ts, at)) return true;
  // `const worker = new Worker(…); … workers.set(id, worker); shared = worker;`
  if (!ts.isVariableDeclaration(parent) || !ts.isIdentifier(parent.name)) return false;
  const { name } = parent;
  const scope = enclosingFunction(ts, made);
  return scope !== undefined && contains(ts, scope, (node) => {
    if (!ts.isIdentifier(node) || node === name || node.text !== name.text || declarationOf(ts, node) !== parent) return false;
    if (ts.isBinaryExpression(node.parent) && node.parent.right === node) return isShared(ts, node.parent.left, node.parent.operatorToken.kind !== ts.SyntaxKind.EqualsToken);
    return isPut(ts, node);
  });
}

/** `await x`, `x!`, `context.with(ROOT_CONTEXT, () => x)`: what stands for what is made. */
function outermost(ts: Ts, made: ts.Node): ts.Node {
  for (let at = made; ; ) {
    const { parent } = at;
    if (ts.isParenthesizedExpression(parent) || ts.isAwaitExpression(parent) || ts.isAsExpression(parent) || ts.isNonNullExpression(parent)) at = parent;
    else if (ts.isArrowFunction(parent) && ts.isCallExpression(parent.parent) && memberName(ts, parent.parent.expression) === 'with') at = parent.parent;
    else return at;
  }
}

/** `pools.set(key, made)` of a map that is there for all. */
function isPut(ts: Ts, value: ts.Node): boolean {
  const call = value.parent;
  if (!ts.isCallExpression(call) || memberName(ts, call.expression) !== 'set' || call.arguments[1] !== value) return false;
  return isShared(ts, (call.expression as ts.PropertyAccessExpression).expression, true);
}

/** A variable of the module; a field or an entry of one where somebody looks first whether it is there. */
function isShared(ts: Ts, target: ts.Expression, looked: boolean): boolean {
  const node = unwrap(ts, target);
  if (ts.isIdentifier(node)) {
    const declaration = declarationOf(ts, node);
    return declaration !== undefined && enclosingFunction(ts, declaration) === undefined;
  }
  if (ts.isElementAccessExpression(node)) return isShared(ts, node.expression, looked);
  if (!ts.isPropertyAccessExpression(node)) return false;
  return node.expression.kind === ts.SyntaxKind.ThisKeyword ? looked || isGuarded(ts, node) : isShared(ts, node.expression, looked);
}

/** `if (!this.worker) { … this.worker = … }`, and `if (this.worker) return …;` before it. */
function isGuarded(ts: Ts, field: ts.PropertyAccessExpression): boolean {
  const text = field.getText();
  const fn = enclosingFunction(ts, field);
  return fn !== undefined && contains(ts, fn, (node) => ts.isIfStatement(node) && node.pos <= field.pos && node.expression.getText().includes(text));
}
