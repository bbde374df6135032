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
export function noticeReason(ts: Ts, call: ts.CallExpression, payload: ts.Expression | undefined, event?: string): string | undefined {
  if (event !== undefined && notice.test(event.split(/[:./]/).at(-1)!)) return `\`${event}\` is a notice`;
  if (!payload) return 'it sends nothing';
  const value = content(ts, payload);
  if (ts.isStringLiteralLike(value)) return notice.test(value.text) ? `\`${value.text}\` is a notice` : undefined;
  if (isBroadcast(ts, call)) return 'it is sent to every worker alike';
  if (!ts.isObjectLiteralExpression(value)) return undefined;
  for (const key of kindKeys) {
    const text = kindOf(ts, value, key);
    if (text === undefined) continue;
    if (notice.test(text)) return `\`${key}: '${text}'\` is a notice`;
    if (request.test(text)) return undefined;
  }
  if (echoesId(ts, call, value)) return 'it answers a message by its id';
  const keys = value.properties.map((p) => propertyName(ts, p.name) ?? '');
  if (keys.some((k) => /^(result|response|error|err|ok|success|reply|progress|usage|metrics?)$/i.test(k)) && !property(ts, value, 'task')) return 'it carries a result';
  return undefined;
}

/** Of messages both ways over one connection: why nothing says that this one asks for work. */
export function unaskedReason(ts: Ts, call: ts.CallExpression, payload: ts.Expression | undefined): string | undefined {
  const value = payload && content(ts, payload);
  if (!value) return 'it sends nothing';
  if (isInsideHandler(ts, call)) return 'it answers a message';
  if (!ts.isObjectLiteralExpression(value)) return value !== resolve(ts, payload) && awaitsAnswer(ts, call) ? undefined : 'nothing says what it sends';
  if (awaitsAnswer(ts, call)) return undefined;
  if (kindKeys.some((key) => request.test(kindOf(ts, value, key) ?? ''))) return undefined;
  // JSON-RPC: with an id it is a request, without one a notification.
  return property(ts, value, 'method') && property(ts, value, 'id') ? undefined : 'nothing here waits for an answer';
}

/**
 * Why a connection hands nothing over itself: it is kept for whoever comes, or what is asked for is sent over it.
 * `const upstream = new WebSocket(url)` in a handler, with raw data relayed through it, is opened for one caller.
 */
export function connectionReason(ts: Ts, made: ts.NewExpression, enclosing: ts.Node | undefined): string | undefined {
  const kept = 'the connection is kept: what is sent over it is judged there';
  const holder = made.parent;
  if (!enclosing || ts.isConstructorDeclaration(enclosing) || !ts.isVariableDeclaration(holder)) return kept;
  const names = (node: ts.Node | undefined): boolean => node !== undefined && ts.isIdentifier(node) && declarationOf(ts, node) === holder;
  const leaves = contains(ts, enclosing, (node) => (ts.isReturnStatement(node) && names(node.expression))
    || (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken && names(node.right)));
  if (leaves) return kept;
  const asks = contains(ts, enclosing, (node) => ts.isCallExpression(node) && memberName(ts, node.expression) === 'send'
    && names((node.expression as ts.PropertyAccessExpression).expression) && node.arguments[0] !== undefined && content(ts, node.arguments[0]) !== resolve(ts, node.arguments[0]));
  return asks ? 'what is asked for is sent over it' : undefined;
}

/** Whether a message is sent while a promise waits for the answer: a request from the far side. */
export function awaitsReply(ts: Ts, call: ts.CallExpression): boolean {
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
function awaitsAnswer(ts: Ts, call: ts.CallExpression): boolean {
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

/** Inside a handler of incoming messages: what it sends back is the answer. */
export function isInsideHandler(ts: Ts, call: ts.CallExpression): boolean {
  for (let at: ts.Node | undefined = call.parent; at; at = at.parent) {
    if (!ts.isFunctionLike(at)) continue;
    // `socket.onmessage = (event) => …`
    if (ts.isBinaryExpression(at.parent) && memberName(ts, at.parent.left) === 'onmessage') return true;
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

/** What a message says, through `JSON.stringify`. */
function content(ts: Ts, payload: ts.Expression): ts.Expression {
  const node = resolve(ts, payload);
  const [inner] = ts.isCallExpression(node) && node.expression.getText() === 'JSON.stringify' ? node.arguments : [];
  return inner ? resolve(ts, inner) : node;
}

function kindOf(ts: Ts, value: ts.ObjectLiteralExpression, key: string): string | undefined {
  const kind = propertyValue(ts, value, key);
  return kind && literalText(ts, kind);
}

function literalText(ts: Ts, node: ts.Expression): string | undefined {
  const inner = unwrap(ts, node);
  if (ts.isStringLiteralLike(inner)) return inner.text;
  // `MessageType.Ready`: an enum's own name says what it is.
  return ts.isPropertyAccessExpression(inner) && /^[A-Z]/.test(inner.expression.getText()) ? inner.name.text : undefined;
}
