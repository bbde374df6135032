/** What a message between threads has to do with an answer: whether one is waited for, or it is one itself. */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { indexOf } from './file-index.ts';
import { declarationOf, enclosingFunction } from './scope.ts';
import { contains, memberName, nameOfFunction, rootOf, unwrap } from './syntax.ts';

/** Whether a message is sent while a promise waits for the answer: a request from the far side. */
export function awaitsReply(ts: Ts, call: ts.CallExpression): boolean {
  const sender = enclosingFunction(ts, call);
  if (sender && settlesHere(ts, sender)) return false;
  for (let at: ts.Node | undefined = call.parent; at; at = at.parent) {
    if (ts.isNewExpression(at) && ts.isIdentifier(at.expression) && at.expression.text === 'Promise') return true;
    if (ts.isFunctionLike(at)) {
      const body = (at as ts.FunctionLikeDeclaration).body;
      if (body && contains(ts, body, (n) => ts.isCallExpression(n) && memberName(ts, n.expression) === 'set' && n.arguments.length === 2 && mentionsResolve(ts, n.arguments[1]!))) return true;
    }
  }
  return false;
}

/** Whether the answer itself is waited for, not only that the message has gone out: who waits is noted, or a listener is set up beside it. */
export function awaitsAnswer(ts: Ts, call: ts.CallExpression): boolean {
  for (let at: ts.Node | undefined = call.parent; at; at = at.parent) {
    const body = ts.isFunctionLike(at) ? (at as ts.FunctionLikeDeclaration).body : undefined;
    if (!body) continue;
    if (contains(ts, body, (n) => notesWaiter(ts, n) || listensBeside(ts, n))) return true;
    if (!ts.isArrowFunction(at) && !ts.isFunctionExpression(at)) return false;
  }
  return false;
}

/** `pending.set(id, { resolve, reject })`, `pending[id] = resolve`. */
function notesWaiter(ts: Ts, node: ts.Node): boolean {
  if (ts.isCallExpression(node)) return memberName(ts, node.expression) === 'set' && node.arguments.length === 2 && mentionsResolve(ts, node.arguments[1]!);
  return ts.isBinaryExpression(node) && ts.isElementAccessExpression(node.left) && mentionsResolve(ts, node.right);
}

function listensBeside(ts: Ts, node: ts.Node): boolean {
  if (ts.isBinaryExpression(node)) return memberName(ts, node.left) === 'onmessage';
  if (!ts.isCallExpression(node) || !/^(on|once|addListener|addEventListener)$/.test(memberName(ts, node.expression) ?? '')) return false;
  const [event, listener] = node.arguments;
  return event !== undefined && ts.isStringLiteralLike(event) && event.text === 'message' && listener !== undefined && mentionsResolve(ts, listener);
}

/** Whether a function settles a promise by itself, and not in a callback: what it sends before that waits for nothing. */
function settlesHere(ts: Ts, fn: ts.SignatureDeclaration): boolean {
  return contains(ts, fn, (n) => ts.isCallExpression(n) && ts.isIdentifier(n.expression) && n.expression.text === 'resolve' && enclosingFunction(ts, n) === fn);
}

/** Inside a handler of incoming messages, or a function that is one by name: what it sends back is the answer. */
export function isInsideHandler(ts: Ts, call: ts.CallExpression): boolean {
  for (let at: ts.Node | undefined = call.parent; at; at = at.parent) {
    if (ts.isFunctionLike(at) && (isListener(ts, at) || isListenerByName(ts, at))) return true;
  }
  return false;
}

/** Whether a message is what a listener was given, `child.on('message', (m) => other.send(m))`: it goes on with all that it carries. */
export function isRelayed(ts: Ts, payload: ts.Expression | undefined): boolean {
  const node = payload && unwrap(ts, payload);
  const given = node && ts.isPropertyAccessExpression(node) && node.name.text === 'data' ? unwrap(ts, node.expression) : node;
  const declaration = given && ts.isIdentifier(given) ? declarationOf(ts, given) : undefined;
  return declaration !== undefined && ts.isParameter(declaration) && isListener(ts, declaration.parent);
}

/** `port.on('message', (m) => …)`, `port.onmessage = (e) => …`. */
function isListener(ts: Ts, fn: ts.Node): boolean {
  const { parent } = fn;
  if (ts.isBinaryExpression(parent)) return parent.right === fn && isOnMessage(ts, parent.left);
  return ts.isCallExpression(parent) && listensToMessages(ts, parent);
}

export function listensToMessages(ts: Ts, call: ts.CallExpression | ts.NewExpression): boolean {
  const [event] = call.arguments ?? [];
  const member = memberName(ts, call.expression) ?? (ts.isIdentifier(call.expression) ? call.expression.text : '');
  return /^(on|once|addListener|addEventListener)$/.test(member) && event !== undefined && ts.isStringLiteralLike(event) && event.text === 'message';
}

function isOnMessage(ts: Ts, left: ts.Expression): boolean {
  return memberName(ts, left) === 'onmessage' || (ts.isIdentifier(left) && left.text === 'onmessage');
}

function isListenerByName(ts: Ts, fn: ts.SignatureDeclaration): boolean {
  const name = nameOfFunction(ts, fn);
  if (name === undefined) return false;
  const file = fn.getSourceFile();
  const { calls, assignments, memberAssignments } = indexOf(ts, file);
  const isIt = (node: ts.Expression | undefined): boolean => node !== undefined && (ts.isIdentifier(node) ? node.text : memberName(ts, node)) === name;
  return ['on', 'once', 'addListener', 'addEventListener'].some((member) => (calls.get(member) ?? []).some((call) => listensToMessages(ts, call) && isIt(call.arguments?.[1])))
    || [...(assignments.get('onmessage') ?? []), ...[...memberAssignments].flatMap(([key, list]) => key.endsWith('.onmessage') ? list : [])].some((assignment) => isIt(assignment.right));
}

function mentionsResolve(ts: Ts, node: ts.Expression): boolean {
  return contains(ts, node, (n) => ts.isIdentifier(n) && /^(resolve|reject|callback|cb)$/.test(n.text));
}

/** `{ id: message.id, … }` inside a handler whose parameter is `message`, or in a function that only handlers call. */
export function echoesId(ts: Ts, call: ts.CallExpression, value: ts.ObjectLiteralExpression): boolean {
  if (!isInsideHandler(ts, call)) return answersForHandlers(ts, call) && namesIdOf(ts, value, enclosingFunction(ts, call));
  return value.properties.some((p) => {
    const inner = ts.isPropertyAssignment(p) ? unwrap(ts, p.initializer) : ts.isShorthandPropertyAssignment(p) ? p.name : undefined;
    if (!inner) return false;
    if (ts.isPropertyAccessExpression(inner)) return /^(id|mid|.*Id|seq|key)$/.test(inner.name.text);
    return ts.isIdentifier(inner) && /^(id|mid|.*Id|seq)$/.test(inner.text);
  });
}

/** `{ id: message.id }`, `{ case: 'x', value: { id: message.id } }`. */
function namesIdOf(ts: Ts, value: ts.ObjectLiteralExpression, fn: ts.Node | undefined): boolean {
  return value.properties.some((p) => {
    if (!ts.isPropertyAssignment(p)) return false;
    const inner = unwrap(ts, p.initializer);
    return ts.isObjectLiteralExpression(inner) ? namesIdOf(ts, inner, fn) : isIdOfParameter(ts, inner, fn);
  });
}

/** Whether the function around a call is called in handlers of messages alone, as far as this file tells. */
function answersForHandlers(ts: Ts, call: ts.CallExpression): boolean {
  const fn = enclosingFunction(ts, call);
  const name = fn && nameOfFunction(ts, fn);
  const callers = name === undefined ? [] : indexOf(ts, call.getSourceFile()).calls.get(name) ?? [];
  return callers.length > 0 && callers.every((caller) => ts.isCallExpression(caller) && isInsideHandler(ts, caller));
}

/** `message.id` of a parameter of that function. */
function isIdOfParameter(ts: Ts, value: ts.Expression, fn: ts.Node | undefined): boolean {
  const node = unwrap(ts, value);
  if (!ts.isPropertyAccessExpression(node) || !/^(id|mid|.*Id|seq|key)$/.test(node.name.text)) return false;
  const root = rootOf(ts, node);
  const declaration = root && declarationOf(ts, root);
  return declaration !== undefined && ts.isParameter(declaration) && declaration.parent === fn;
}
