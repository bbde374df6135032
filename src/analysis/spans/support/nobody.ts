/** Work that is done for nobody in particular: it starts a trace of its own, as it should. */
import type ts from 'typescript';
import { isExported as isExportedDeclaration } from '../../declarations.ts';
import { indexOf } from '../../file-index.ts';
import { handlerOf } from '../../handoffs.ts';
import { enclosingFunction } from '../../scope.ts';
import { contains, memberName, nameOfFunction } from '../../syntax.ts';
import type { CheckedFile } from './check.ts';

/** What a program's own start, its loops and its housekeeping are called. */
const ownName = /^_?(main|bootstrap|boot|start(Up)?|init(ialize)?|setup|shutdown|stop|poll|tick|heartbeat|loop|sweep|warm[uU]p|flush|seed|migrate)$|(nightly|hourly|daily|weekly|cron|sched|poll|loop|sweep|heartbeat|housekeep|maintenance|garbageCollect|reaper|watchdog|newTrace|new_trace|detach|asRoot|withRoot|inRoot|isolat)|(Root|RootSpan|RootContext|Trace|Background)$/i;
const timers = /^(setTimeout|setInterval|setImmediate|setIntervalAsync)$/;
const MAX_HOPS = 2;

/** Whether a node stands in such work, as far as its file tells. */
export function isNobodys(file: CheckedFile, node: ts.Node): boolean {
  const { ts } = file;
  const recurring = recurringIn(file);
  const search = (from: ts.Node, hops: number): boolean => {
    if (isInLoop(file, from)) return true;
    const fn = enclosingFunction(ts, from);
    // At module scope nobody is served, nor while an object is made.
    if (!fn || ts.isConstructorDeclaration(fn)) return true;
    if (recurring.has(fn) || isOwnLoop(file, fn)) return true;
    const name = nameOfFunction(ts, fn);
    if (name !== undefined && ownName.test(name)) return true;
    const invoked = invokedAt(ts, fn);
    if (invoked) return search(invoked, hops);
    // A span is active there: the work is that span's.
    if (isCallback(ts, fn) && memberName(ts, (fn.parent as ts.CallExpression).expression) === 'startActiveSpan') return false;
    if (isCallback(ts, fn)) return isRunAtOnce(ts, fn) && search(fn, hops);
    if (hops >= MAX_HOPS || name === undefined || ts.isMethodDeclaration(fn)) return false;
    const calls = (indexOf(ts, file.source.ast).calls.get(name) ?? []).filter((call) => ts.isCallExpression(call) && file.origins.functionOf(call.expression, file.source)?.fn === fn);
    return calls.length > 0 && !isExported(ts, fn) && calls.every((call) => search(call, hops + 1));
  };
  return search(node, 0);
}

/** Functions that a timer or a scheduler runs again and again. */
function recurringIn({ handoffs, origins, source }: CheckedFile): ReadonlySet<ts.Node> {
  return new Set(handoffs.flatMap((handoff) => {
    const handler = handoff.boundary.recurring ? handlerOf(handoff) : undefined;
    const target = handler && origins.functionOf(handler, source);
    return target ? [target.fn] : [];
  }));
}

function isCallback(ts: CheckedFile['ts'], fn: ts.SignatureDeclaration): boolean {
  return (ts.isArrowFunction(fn) || ts.isFunctionExpression(fn)) && ts.isCallExpression(fn.parent) && fn.parent.expression !== fn;
}

/** `context.with(ctx, () => …)`, `items.map((item) => …)`: runs where it stands; of any other callback nothing tells when. */
function isRunAtOnce(ts: CheckedFile['ts'], fn: ts.SignatureDeclaration): boolean {
  const call = fn.parent as ts.CallExpression;
  return /^(with|forEach|map|flatMap)$/.test(memberName(ts, call.expression) ?? '');
}

/** `while (running) { … }`: each round is its own. */
function isInLoop({ ts }: CheckedFile, node: ts.Node): boolean {
  for (let at = node.parent; at && !ts.isFunctionLike(at); at = at.parent) {
    if (ts.isWhileStatement(at) || ts.isDoStatement(at) || (ts.isForStatement(at) && at.condition === undefined)) return true;
    if (ts.isForOfStatement(at) && at.awaitModifier) return true;
  }
  return false;
}

/** A function that hands itself to a timer again. */
function isOwnLoop({ ts, origins, source }: CheckedFile, fn: ts.SignatureDeclaration): boolean {
  const name = nameOfFunction(ts, fn);
  if (name === undefined) return false;
  return contains(ts, fn, (node) => ts.isCallExpression(node) && timers.test(ts.isIdentifier(node.expression) ? node.expression.text : '')
    && node.arguments.some((argument) => origins.functionOf(argument, source)?.fn === fn || contains(ts, argument, (at) => ts.isCallExpression(at) && origins.functionOf(at.expression, source)?.fn === fn)));
}

function isExported(ts: CheckedFile['ts'], fn: ts.SignatureDeclaration): boolean {
  const declaration = ts.isFunctionDeclaration(fn) ? fn : fn.parent;
  return (ts.isFunctionDeclaration(declaration) || ts.isVariableDeclaration(declaration)) && isExportedDeclaration(ts, declaration);
}

/** `(async () => { … })()` */
function invokedAt(ts: CheckedFile['ts'], fn: ts.SignatureDeclaration): ts.Node | undefined {
  let at: ts.Node = fn;
  while (ts.isParenthesizedExpression(at.parent)) at = at.parent;
  return ts.isCallExpression(at.parent) && at.parent.expression === at ? at.parent : undefined;
}
