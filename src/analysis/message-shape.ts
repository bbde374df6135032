/**
 * What a message to or from a thread is. Only a request hands work over: replies, heartbeats, readiness, metrics, logs
 * and settings do not.
 */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { declarationOf, enclosingFunction } from './scope.ts';
import { contains, memberName, property, propertyName, propertyValue, unwrap, walk } from './syntax.ts';

const kindKeys = ['type', 'cmd', 'kind', 'event', 'action', 'op', 'status', 'command', 'topic', 'name'];
const notice = /^(resp(onse)?|reply|result|results|done|success|ok|ack|nack|error|err|failure|failed|exit|exited|ready|online|started|stopped|heartbeat|ping|pong|alive|keepalive|metrics?|stats?|counter|gauge|log|logs|debug|progress|status|state|update|config(ure|uration)?|settings|init(ialized)?|shutdown|stop|close|closed|terminate|kill|cancel|abort|pause|resume|flush|reload|subscribe|unsubscribe|change|end|chunk|data)$|(:|-|_|\.)(response|reply|result|done|error|ready|heartbeat|metrics|progress|ack)$/i;
const request = /^(call|task|run|job|request|exec(ute)?|invoke|process|work|handle|dispatch|query|search|index|generate|ask|plan)/i;

/** Why a message hands nothing over; nothing when it may be a request. */
export function noticeReason(ts: Ts, call: ts.CallExpression, payload: ts.Expression | undefined): string | undefined {
  if (!payload) return 'it sends nothing';
  const value = resolve(ts, payload);
  if (ts.isStringLiteralLike(value)) return notice.test(value.text) ? `\`${value.text}\` is a notice` : undefined;
  if (isBroadcast(ts, call)) return 'it is sent to every worker alike';
  if (!ts.isObjectLiteralExpression(value)) return undefined;
  for (const key of kindKeys) {
    const kind = propertyValue(ts, value, key);
    const text = kind && literalText(ts, kind);
    if (text === undefined) continue;
    if (notice.test(text)) return `\`${key}: '${text}'\` is a notice`;
    if (request.test(text)) return undefined;
  }
  if (echoesId(ts, call, value)) return 'it answers a message by its id';
  const keys = value.properties.map((p) => propertyName(ts, p.name) ?? '');
  if (keys.some((k) => /^(result|response|error|err|ok|success|reply|progress|usage|metrics?)$/i.test(k)) && !property(ts, value, 'task')) return 'it carries a result';
  return undefined;
}

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

/** Whether a function settles a promise by itself, and not in a callback: what it sends before that waits for nothing. */
function settlesHere(ts: Ts, fn: ts.SignatureDeclaration): boolean {
  return contains(ts, fn, (n) => ts.isCallExpression(n) && ts.isIdentifier(n.expression) && n.expression.text === 'resolve' && enclosingFunction(ts, n) === fn);
}

/** Inside a handler of incoming messages: what it sends back is the answer. */
export function isInsideHandler(ts: Ts, call: ts.CallExpression): boolean {
  for (let at: ts.Node | undefined = call.parent; at; at = at.parent) {
    if (!ts.isFunctionLike(at)) continue;
    if (ts.isBinaryExpression(at.parent) && at.parent.right === at && /(^|\.)onmessage$/.test(at.parent.left.getText())) return true;
    if (!ts.isCallExpression(at.parent)) continue;
    const [event] = at.parent.arguments;
    const member = memberName(ts, at.parent.expression);
    if (member && /^(on|once|addListener|addEventListener)$/.test(member) && event && ts.isStringLiteralLike(event) && event.text === 'message') return true;
  }
  return false;
}

function mentionsResolve(ts: Ts, node: ts.Expression): boolean {
  return contains(ts, node, (n) => ts.isIdentifier(n) && /^(resolve|reject|callback|cb)$/.test(n.text));
}

/** `{ id: message.id, … }` inside a handler whose parameter is `message`. */
function echoesId(ts: Ts, call: ts.CallExpression, value: ts.ObjectLiteralExpression): boolean {
  if (!isInsideHandler(ts, call)) return false;
  return value.properties.some((p) => {
    const inner = ts.isPropertyAssignment(p) ? unwrap(ts, p.initializer) : ts.isShorthandPropertyAssignment(p) ? p.name : undefined;
    if (!inner) return false;
    if (ts.isPropertyAccessExpression(inner)) return /^(id|mid|.*Id|seq|key)$/.test(inner.name.text);
    return ts.isIdentifier(inner) && /^(id|mid|.*Id|seq)$/.test(inner.text);
  });
}

/** `for (const worker of workers) worker.postMessage(…)`: the same for all. */
function isBroadcast(ts: Ts, call: ts.CallExpression): boolean {
  const receiver = ts.isPropertyAccessExpression(call.expression) ? rootOf(ts, call.expression.expression) : undefined;
  const declaration = receiver && declarationOf(ts, receiver);
  if (!declaration) return false;
  if (ts.isVariableDeclaration(declaration) && ts.isForOfStatement(declaration.parent.parent)) {
    const loop = declaration.parent.parent;
    // Posting the items of a list, one to each, is dispatch; posting one value to all is a broadcast.
    let own = false;
    for (const argument of call.arguments) walk(ts, argument, (n) => { if (ts.isIdentifier(n) && declarationOf(ts, n) === declaration) own = true; });
    return !own && enclosingFunction(ts, loop) === enclosingFunction(ts, call);
  }
  return ts.isParameter(declaration) && ts.isCallExpression(declaration.parent.parent) && memberName(ts, declaration.parent.parent.expression) === 'forEach';
}

function rootOf(ts: Ts, node: ts.Expression): ts.Identifier | undefined {
  let at = unwrap(ts, node);
  while (ts.isPropertyAccessExpression(at)) at = unwrap(ts, at.expression);
  return ts.isIdentifier(at) ? at : undefined;
}

/** A message built in a variable just before. */
function resolve(ts: Ts, payload: ts.Expression): ts.Expression {
  const node = unwrap(ts, payload);
  if (!ts.isIdentifier(node)) return node;
  const declaration = declarationOf(ts, node);
  return declaration && ts.isVariableDeclaration(declaration) && declaration.initializer ? unwrap(ts, declaration.initializer) : node;
}

function literalText(ts: Ts, node: ts.Expression): string | undefined {
  const inner = unwrap(ts, node);
  if (ts.isStringLiteralLike(inner)) return inner.text;
  // `MessageType.Ready`: an enum's own name says what it is.
  return ts.isPropertyAccessExpression(inner) && /^[A-Z]/.test(inner.expression.getText()) ? inner.name.text : undefined;
}
