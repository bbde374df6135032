/**
 * Whether others' work may stand before a caller's own: a queue that the caller makes itself, or that makes nothing wait,
 * runs what it is given in its caller's context.
 */
import type ts from 'typescript';
import type { Boundary, Ts } from '../types.ts';
import { sets } from './carried.ts';
import { enclosingClass, isExported } from './declarations.ts';
import { indexOf } from './file-index.ts';
import type { Handoff } from './handoffs.ts';
import type { Origins } from './origins.ts';
import { declarationOf, enclosingFunction } from './scope.ts';
import type { SourceText } from './source.ts';
import { isFunctionNode, nameOfFunction, propertyName, unwrap } from './syntax.ts';

/** Methods that set an object up for all that comes later. */
const settingUp = /^#?_?(constructor|init|set_?up|start|boot|connect|configure|create|build|make|get|ensure|on[A-Z])/;

/** Why what is handed over stays with its caller; nothing where it may run in another's context. */
export function staysWithCaller(ts: Ts, origins: Origins, handoff: Handoff): string | undefined {
  const { receiver, enclosing, source } = handoff;
  const built = receiver?.kind === 'library' ? receiver.built : undefined;
  if (!built) return 'where it was made is not in sight';
  if (makesNothingWait(ts, origins, handoff.boundary, built)) return 'without a limit nothing waits in it';
  if (!enclosing || !ts.isCallExpression(handoff.node)) return undefined;
  if (runsOnce(ts, enclosing, source)) return 'one caller: the function runs once, as the program starts';
  if (isPolled(ts, handoff.node, enclosing)) return 'a loop that lasts takes its work from elsewhere: no caller waits';
  const on = unwrap(ts, (unwrap(ts, handoff.node.expression) as ts.PropertyAccessExpression).expression);
  if (ts.isIdentifier(on)) {
    const declaration = declarationOf(ts, on);
    if (!declaration) return undefined;
    if (ts.isParameter(declaration) || (ts.isBindingElement(declaration) && enclosingFunction(ts, declaration) !== undefined)) return 'its caller hands it in';
    const maker = ts.isImportSpecifier(declaration) || ts.isImportClause(declaration) ? undefined : enclosingFunction(ts, declaration);
    const isOwn = enclosingFunction(ts, built.node) === maker || isFresh(ts, built.node);
    return maker && isOwn && !escapes(ts, enclosing, maker) ? 'one caller: it is made in the same function' : undefined;
  }
  if (ts.isPropertyAccessExpression(on) && on.expression.kind === ts.SyntaxKind.ThisKeyword) {
    const assigned = (indexOf(ts, source.ast).fieldAssignments.get(on.name.text) ?? []).filter((a) => enclosingClass(ts, a) === enclosingClass(ts, on));
    const makers = assigned.map((a) => enclosingFunction(ts, a)).filter((fn) => fn !== undefined);
    if (makers.length > 0 && makers.every((fn) => !ts.isConstructorDeclaration(fn) && !settingUp.test(nameOfFunction(ts, fn) ?? ''))) return 'it is made anew in each run';
  }
  return undefined;
}

/** A loop of that kind goes on for as long as the program does: `while (this.running)`. */
const lasting = /^(true|1)$|running|started|stop|clos|shut|abort|active|alive|quit|exit|drain|signal/i;

/** Whether what is handed over was taken in a loop that lasts: there, or in what such a loop calls and nothing else does. */
function isPolled(ts: Ts, node: ts.Node, enclosing: ts.SignatureDeclaration): boolean {
  if (isInLastingLoop(ts, node)) return true;
  const name = nameOfFunction(ts, enclosing);
  const isOwn = ts.isMethodDeclaration(enclosing) ? ts.isPrivateIdentifier(enclosing.name) || (enclosing.modifiers ?? []).some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword)
    : ts.isFunctionDeclaration(enclosing) && !isExported(ts, enclosing);
  const callers = name !== undefined && isOwn ? indexOf(ts, node.getSourceFile()).calls.get(name) ?? [] : [];
  return callers.length > 0 && callers.every((call) => isInLastingLoop(ts, call));
}

function isInLastingLoop(ts: Ts, node: ts.Node): boolean {
  for (let at = node.parent; at && !ts.isFunctionDeclaration(at) && !ts.isMethodDeclaration(at) && !ts.isFunctionExpression(at); at = at.parent) {
    if ((ts.isWhileStatement(at) || ts.isDoStatement(at)) && lasting.test(at.expression.getText())) return true;
    if (ts.isForStatement(at) && !at.condition) return true;
  }
  return false;
}

/** One function made once, for whoever comes: at module scope, and not in a class whose objects may serve one request. */
export function isForAll(ts: Ts, { node, enclosing }: Handoff): boolean {
  return enclosing === undefined && enclosingClass(ts, node) === undefined;
}

function makesNothingWait(ts: Ts, origins: Origins, { shared }: Boundary, built: { node: ts.NewExpression | ts.CallExpression; source: SourceText }): boolean {
  if (!shared || shared.limits.length === 0) return false;
  const given = built.node.arguments?.[shared.optionsArg];
  if (!given) return true;
  const node = unwrap(ts, given);
  const options = ts.isIdentifier(node) ? origins.values.initializer(node, built.source)?.node ?? node : node;
  return shared.limits.every((name) => sets(ts, options, [name]) === false);
}

/** `return new Queue()`: made for each call; what a getter keeps first is the same for all. */
function isFresh(ts: Ts, made: ts.Node): boolean {
  return ts.isReturnStatement(made.parent) || ts.isArrowFunction(made.parent);
}

/** Whether a function inside `maker` outlives its call: what it uses of `maker` is then shared by all who call it. */
function escapes(ts: Ts, inner: ts.SignatureDeclaration, maker: ts.SignatureDeclaration): boolean {
  for (let at: ts.Node = inner; at !== maker; at = at.parent) {
    if (at.kind === ts.SyntaxKind.SourceFile) return true;
    if (!ts.isFunctionLike(at)) continue;
    let holder = at.parent;
    while (ts.isParenthesizedExpression(holder) || ts.isAsExpression(holder) || ts.isSatisfiesExpression(holder)) holder = holder.parent;
    if (ts.isClassLike(holder) || ts.isObjectLiteralExpression(holder) || ts.isPropertyAssignment(holder) || ts.isReturnStatement(holder) || ts.isBinaryExpression(holder)) return true;
    if (ts.isArrowFunction(holder)) return true; // `() => () => …`
    const name = nameOfFunction(ts, at);
    if (name !== undefined && !ts.isCallExpression(holder) && isHandedOut(ts, name, maker)) return true;
  }
  return false;
}

/** `return { fetchPage }`, `return fetchPage`. */
function isHandedOut(ts: Ts, name: string, maker: ts.Node): boolean {
  let found = false;
  const step = (node: ts.Node): void => {
    if (found) return;
    if (ts.isShorthandPropertyAssignment(node) && node.name.text === name) found = true;
    else if (ts.isIdentifier(node) && node.text === name && (ts.isReturnStatement(node.parent) || (ts.isPropertyAssignment(node.parent) && node.parent.initializer === node)
      || (ts.isBinaryExpression(node.parent) && node.parent.right === node))) found = true;
    ts.forEachChild(node, step);
  };
  step(maker);
  return found;
}

/** The entry point of a script: not exported, and called where the file runs. */
export function runsOnce(ts: Ts, enclosing: ts.SignatureDeclaration, source: SourceText): boolean {
  let outermost: ts.SignatureDeclaration = enclosing;
  for (let at = enclosingFunction(ts, outermost); at; at = enclosingFunction(ts, outermost)) outermost = at;
  if (isCalled(ts, outermost)) return true; // `(async () => { … })()`
  const name = nameOfFunction(ts, outermost);
  if (name === undefined || enclosingClass(ts, outermost)) return false;
  const holder = isFunctionNode(ts, outermost) && ts.isFunctionDeclaration(outermost) ? outermost : outermost.parent;
  if ((ts.isFunctionDeclaration(holder) || ts.isVariableDeclaration(holder)) && (isExported(ts, holder) || propertyName(ts, holder.name) !== name)) return false;
  return (indexOf(ts, source.ast).calls.get(name) ?? []).some((call) => enclosingFunction(ts, call) === undefined);
}

function isCalled(ts: Ts, fn: ts.Node): boolean {
  let at = fn.parent;
  while (ts.isParenthesizedExpression(at)) at = at.parent;
  return ts.isCallExpression(at) && unwrap(ts, at.expression) === fn;
}
