/**
 * What a message to or from a thread is. Only a request hands work over: replies, heartbeats, readiness, metrics, logs
 * and settings do not.
 */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { enclosingClass, isExported } from './declarations.ts';
import { indexOf } from './file-index.ts';
import { awaitsAnswer, awaitsReply, echoesId, isInsideHandler, listensToMessages } from './replies.ts';
import { declarationOf, enclosingFunction } from './scope.ts';
import { contains, memberName, nameOfFunction, property, propertyName, propertyValue, rootOf, unwrap, walk } from './syntax.ts';

export const kindKeys = ['type', 'cmd', 'kind', 'event', 'action', 'op', 'status', 'command', 'topic', 'name', 'case', 'tag', 'messageType', 'msgType', 'msgtype', 'eventType'];
/** `method` names what is called: of a notice it says so too, of a request it is no proof. */
const noticeKeys = [...kindKeys, 'method'];
const noticeWord = /^(resp(onse)?|reply|result|results|done|success|ok|ack|nack|error|err|failure|failed|exit(ed|ing)?|ready|online|started|stopped|heartbeat|ping|pong|alive|keepalive|handshake|hello|metrics?|stats?|counter|gauge|log|logs|debug|progress|status|state|update|config(ure|uration)?|settings|init(iali[sz](ed?|ing))?|shutdown|stop|close|closed|terminate|die|quit|(mem(ory)?[-_]?)usage|kill|cancel|abort|interrupt|pause|resume|flush|reload|skip[-_]?waiting|(claim[-_]?clients?|clients?[-_]?claim)|subscribe|unsubscribe|change|end|chunk|data)$|(:|-|_|\.)(response|reply|result|done|error|ready|online|started|stopped|exited|terminated|finished|completed|failed|heartbeat|metrics|progress|ack)$/i;
/** The end of a kind that is written as one word: `inferenceResponse`, `jobDone`. */
const noticeEnding = /[a-z\d](Response|Reply|Result|Done|Error|Ready|Progress|Ack|Pong|Heartbeat|Finished|Completed|Failed|Started|Stopped|Terminated|Exited)$/;
/** What asks a thread for nothing but to be, to say that it is there, or to end: `pingRequest`, `shutdown-command`. */
const lifeRequest = /^(ping|heartbeat|health(_?check)?|keep_?alive|init(iali[sz]e)?|shut_?down|stop|close|terminate|exit|quit|kill|cancel|abort|interrupt|pause|resume)[-_:.]?(request|req|message|msg|command|cmd|event|signal)$/i;
/** `cancelJob`, `stop-process`, `destroy-session`, `unregister`: what ends. */
const ending = /^(cancel|abort|interrupt|destroy|dispose|terminate|kill|stop|halt|quit|exit|shut[-_]?down|unsubscribe|(de|un)[-_]?register)([-_:.A-Z]|$)/;
/** `restart-worker`, `reloadConfig`: what begins anew is a program, or how it is to be. */
const anew = /^(restart|respawn|reload)[-_:.]?(self|process|workers?|server|service|app(lication)?|child|thread|host|instance|daemon|plugins?|config(uration)?|settings|env(ironment)?|options)?$/i;
/** `fetchStatus`, `get-metrics`: what only asks how one is. */
const asksHow = /^(get|fetch|query|check|report|request)?[-_:.]?(status|state|health|stats|metrics|memory[-_]?usage|version)$/i;
const request = /^(call|task|run|job|request|exec(ute)?|invoke|process|work|handle|dispatch|query|search|index|generate|ask|plan)/i;

// What a thing that was just made is told with settings of any kind (`admin-settings`) is how to be; `save-settings` is told it too, and then does it.
const startUp = /^((?!(jobs?|tasks?|runs?|work|requests?|agents?|sessions?)[:./])[\w-]+[:./])?(start|set-?up|boot(strap)?|hello|handshake|connect|register)$|^(?!(save|store|write|load|read|fetch|sync|apply|update|create|delete|check|validate)[-_:.])\w+[-_:.](settings|config(uration)?|options|env)$/i;

export function isNotice(kind: string): boolean {
  const lowered = /[a-z]/.test(kind) ? kind.replace(/^[A-Z](?=[a-z])/, (first) => first.toLowerCase()) : kind.toLowerCase();
  return noticeWord.test(kind) || noticeEnding.test(kind) || lifeRequest.test(kind) || asksHow.test(kind) || anew.test(kind) || ending.test(lowered);
}

/** Whether only notices pass a test: `m.type === 'settings'`, `m && m.cmd === 'close'`; of a `case`, its label and what is switched on. */
export function noticeGuard(ts: Ts, condition: ts.Expression, switched?: ts.Expression): boolean {
  const node = unwrap(ts, condition);
  if (switched) {
    const on = unwrap(ts, switched);
    const name = ts.isPropertyAccessExpression(on) ? on.name.text : ts.isIdentifier(on) ? on.text : '';
    const label = literalText(ts, node);
    return noticeKeys.includes(name) && label !== undefined && isNotice(label);
  }
  if (ts.isPrefixUnaryExpression(node) || !ts.isBinaryExpression(node)) return false;
  switch (node.operatorToken.kind) {
    case ts.SyntaxKind.AmpersandAmpersandToken: return noticeGuard(ts, node.left) || noticeGuard(ts, node.right);
    case ts.SyntaxKind.BarBarToken: return noticeGuard(ts, node.left) && noticeGuard(ts, node.right);
    case ts.SyntaxKind.EqualsEqualsEqualsToken:
    case ts.SyntaxKind.EqualsEqualsToken: {
      if (isNoticeOf(ts, node.left, node.right) || isNoticeOf(ts, node.right, node.left)) return true;
      // `message === 'shutdown'`
      return ts.isIdentifier(node.left) && ts.isStringLiteralLike(node.right) && isNotice(node.right.text);
    }
    default: return false;
  }
}

function isNoticeOf(ts: Ts, member: ts.Expression, literal: ts.Expression): boolean {
  const node = unwrap(ts, member);
  const name = ts.isPropertyAccessExpression(node) ? node.name.text : ts.isIdentifier(node) ? node.text : undefined;
  const text = name !== undefined && noticeKeys.includes(name) ? literalText(ts, literal) : undefined;
  return text !== undefined && isNotice(text);
}

/** Why a message hands nothing over that answers another. */
export const answersById = 'it answers a message by its id';

/** Why a message hands nothing over; nothing when it may be a request. */
export function noticeReason(ts: Ts, call: ts.CallExpression, payload: ts.Expression | undefined, event?: string): string | undefined {
  if (event !== undefined && isNotice(event.split(/[:./]/).at(-1)!)) return `\`${event}\` is a notice`;
  if (!payload) return 'it sends nothing';
  const value = resolve(ts, payload);
  const said = ts.isIdentifier(value) ? settingsReason(value) ?? asCallersSay(ts, call, value) : undefined;
  if (said !== undefined) return said;
  // `worker.postMessage(false)`
  if ([ts.SyntaxKind.TrueKeyword, ts.SyntaxKind.FalseKeyword, ts.SyntaxKind.NullKeyword].includes(value.kind)) return 'it is a bare signal';
  if (ts.isConditionalExpression(value)) return noticeReason(ts, call, value.whenTrue) && noticeReason(ts, call, value.whenFalse);
  const word = literalText(ts, value);
  if (word !== undefined) return isNotice(word) ? `\`${word}\` is a notice` : undefined;
  const kind = tupleKind(ts, value);
  if (kind !== undefined && isNotice(kind)) return `\`${kind}\` is a notice`;
  if (isBroadcast(ts, call)) return 'it is sent to every worker alike';
  if (!ts.isObjectLiteralExpression(value)) return undefined;
  for (const key of noticeKeys) {
    const texts = kindsOf(ts, propertyValue(ts, value, key));
    if (texts.length === 0) continue;
    if (texts.every((text) => isNotice(text))) return `\`${key}: '${texts[0]}'\` is a notice`;
    if (texts.some((text) => request.test(text))) return undefined;
  }
  if (echoesId(ts, call, value)) return answersById;
  const keys = value.properties.map((p) => propertyName(ts, p.name) ?? '');
  if (keys.some((k) => /^(result|response|error|err|ok|success|reply|progress|usage|metrics?)$/i.test(k)) && !property(ts, value, 'task')) return 'it carries a result';
  return undefined;
}

/** `child.send(JSON.stringify(debug))`: settings by their name. */
function settingsReason({ text }: ts.Identifier): string | undefined {
  return /^(debug|settings|config(uration)?|options|opts|env)$/.test(text) ? `\`${text}\` only says how to be` : undefined;
}

/** `private send(message) { child.send(message); }`: what every caller in this file sends is a notice, and there are no others. */
function asCallersSay(ts: Ts, call: ts.CallExpression, message: ts.Identifier): string | undefined {
  const parameter = declarationOf(ts, message);
  if (!parameter || !ts.isParameter(parameter)) return undefined;
  const fn = parameter.parent;
  const name = nameOfFunction(ts, fn);
  if (name === undefined || !isOfThisFile(ts, fn)) return undefined;
  const index = fn.parameters.indexOf(parameter);
  const owner = enclosingClass(ts, fn);
  const calls = (indexOf(ts, message.getSourceFile()).calls.get(name) ?? []).filter((each) => ts.isMethodDeclaration(fn)
    ? ts.isPropertyAccessExpression(each.expression) && each.expression.expression.kind === ts.SyntaxKind.ThisKeyword && enclosingClass(ts, each) === owner : ts.isIdentifier(each.expression));
  const given = calls.map((each) => each.arguments?.[index] && resolve(ts, each.arguments[index]));
  const reasons = given.map((each) => each && ts.isObjectLiteralExpression(each) ? noticeReason(ts, call, each) : undefined);
  return reasons.length > 0 && reasons.every((reason) => reason !== undefined) ? reasons[0] : undefined;
}

/** A private method, or a function that is not exported where it stands. */
function isOfThisFile(ts: Ts, fn: ts.SignatureDeclaration): boolean {
  if (ts.isMethodDeclaration(fn)) return ts.isPrivateIdentifier(fn.name) || (fn.modifiers ?? []).some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword);
  const declaration = ts.isFunctionDeclaration(fn) ? fn : ts.isVariableDeclaration(fn.parent) ? fn.parent : undefined;
  const name = nameOfFunction(ts, fn)?.replaceAll('$', '\\$');
  // `export { send }`, `export default send`, `module.exports = { send }`, `exports.send = …`
  const exported = new RegExp(`\\bexport\\s*\\{[^}]*\\b${name}\\b|\\bexport\\s+default\\s+${name}\\b|\\bexports\\.${name}\\b|\\bexports\\s*=\\s*(\\{[^}]*\\b)?${name}\\b`);
  return declaration !== undefined && !isExported(ts, declaration) && !exported.test(fn.getSourceFile().text);
}

/** `[MESSAGE_INITIALIZE, …]`: what the first of a list is called, where that is a constant, without the words that all such constants have. */
function tupleKind(ts: Ts, message: ts.Expression): string | undefined {
  const [first] = ts.isArrayLiteralExpression(message) ? message.elements : [];
  if (!first) return undefined;
  const node = unwrap(ts, first);
  const text = literalText(ts, node);
  if (text !== undefined || !ts.isIdentifier(node) || !/^[A-Z][A-Z0-9_]+$/.test(node.text)) return text;
  return node.text.toLowerCase().replace(/^((child|parent|worker|thread|process|message|msg|type|kind|ipc)_)+/, '');
}

/** Whether a message to a worker that was just made only sets it up: it is told to start, or given a port for what is to come. */
export function setsUp(ts: Ts, call: ts.CallExpression, payload: ts.Expression | undefined): boolean {
  if (awaitsReply(ts, call)) return false;
  const value = payload && resolve(ts, payload);
  const kinds = value && ts.isObjectLiteralExpression(value) ? kindKeys.flatMap((key) => kindsOf(ts, propertyValue(ts, value, key))) : [];
  if (kinds.length > 0) return kinds.every((kind) => startUp.test(kind));
  const given = call.arguments[1] && unwrap(ts, call.arguments[1]);
  const list = given && ts.isObjectLiteralExpression(given) ? propertyValue(ts, given, 'transfer') : given;
  return list !== undefined && ts.isArrayLiteralExpression(list) && list.elements.some((element) => isPort(ts, element));
}

function isPort(ts: Ts, node: ts.Expression): boolean {
  const inner = unwrap(ts, node);
  return /port\d?$/i.test(ts.isIdentifier(inner) ? inner.text : memberName(ts, inner) ?? '');
}

/** What listens to a port that came in the message: the tasks come over that one. */
export function portListener(ts: Ts, handler: ts.SignatureDeclaration): ts.Expression | undefined {
  let found: ts.Expression | undefined;
  const body = (handler as ts.FunctionLikeDeclaration).body;
  if (body) walk(ts, body, (node) => {
    if (found || !ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression) || !listensToMessages(ts, node)) return;
    const port = node.expression.expression;
    if (isPort(ts, port) && comesFrom(ts, port, handler)) found = node.arguments[1];
  });
  return found;
}

/** `message.port`, and `port` of `const { port } = message`. */
function comesFrom(ts: Ts, node: ts.Expression, handler: ts.SignatureDeclaration): boolean {
  const root = rootOf(ts, node);
  let at: ts.Node | undefined = root && declarationOf(ts, root);
  while (at && ts.isBindingElement(at)) at = at.parent.parent;
  if (at && ts.isParameter(at)) return at.parent === handler;
  const from = at && ts.isVariableDeclaration(at) && at.initializer ? rootOf(ts, at.initializer) : undefined;
  const declaration = from && declarationOf(ts, from);
  return declaration !== undefined && ts.isParameter(declaration) && declaration.parent === handler;
}

/** The kinds that a message may be of: as it is written, by a condition, or as the callers in this file say. */
export function kindsOf(ts: Ts, kind: ts.Expression | undefined): string[] {
  if (!kind) return [];
  const node = unwrap(ts, kind);
  if (ts.isConditionalExpression(node)) {
    const [whenTrue, whenFalse] = [kindsOf(ts, node.whenTrue), kindsOf(ts, node.whenFalse)];
    return whenTrue.length > 0 && whenFalse.length > 0 ? [...whenTrue, ...whenFalse] : [];
  }
  const text = literalText(ts, node);
  if (text !== undefined) return [text];
  const declaration = ts.isIdentifier(node) ? declarationOf(ts, node) : undefined;
  const name = declaration && ts.isParameter(declaration) ? nameOfFunction(ts, declaration.parent) : undefined;
  if (!declaration || !ts.isParameter(declaration) || name === undefined) return [];
  const index = declaration.parent.parameters.indexOf(declaration);
  const given = (indexOf(ts, node.getSourceFile()).calls.get(name) ?? []).map((call) => call.arguments?.[index] && literalText(ts, call.arguments[index]));
  return given.every((each) => each !== undefined) ? given : [];
}

/** Of messages both ways over one connection: why nothing says that this one asks for work. */
export function unaskedReason(ts: Ts, call: ts.CallExpression, payload: ts.Expression | undefined): string | undefined {
  const value = payload && content(ts, payload);
  if (!value) return 'it sends nothing';
  if (isInsideHandler(ts, call)) return 'it answers a message';
  if (!ts.isObjectLiteralExpression(value)) return isStringified(ts, payload) && awaitsAnswer(ts, call) ? undefined : 'nothing says what it sends';
  if (awaitsAnswer(ts, call)) return undefined;
  if (kindKeys.some((key) => kindsOf(ts, propertyValue(ts, value, key)).some((kind) => request.test(kind)))) return undefined;
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
  const promised = ts.isNewExpression(enclosing.parent);
  const leaves = contains(ts, enclosing, (node) => (ts.isReturnStatement(node) && names(node.expression))
    // `new Promise((resolve) => { const ws = new WebSocket(url); ws.once('open', () => resolve(ws)); })`
    || (promised && ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.arguments.length === 1 && names(node.arguments[0]))
    || (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken && names(node.right)));
  if (leaves) return kept;
  const asks = contains(ts, enclosing, (node) => ts.isCallExpression(node) && memberName(ts, node.expression) === 'send'
    && names((node.expression as ts.PropertyAccessExpression).expression) && node.arguments[0] !== undefined && isStringified(ts, node.arguments[0]));
  return asks ? 'what is asked for is sent over it' : undefined;
}

/** `for (const worker of workers) worker.postMessage(…)`: the same for all. */
function isBroadcast(ts: Ts, call: ts.CallExpression): boolean {
  const of = ts.isPropertyAccessExpression(call.expression) ? unwrap(ts, call.expression.expression) : undefined;
  // `for (const id in workers) workers[id].send(…)`
  const receiver = of && (ts.isElementAccessExpression(of) ? rootOf(ts, of.argumentExpression) : rootOf(ts, of));
  const declaration = receiver && declarationOf(ts, receiver);
  if (!declaration) return false;
  if (ts.isVariableDeclaration(declaration) && (ts.isForOfStatement(declaration.parent.parent) || ts.isForInStatement(declaration.parent.parent))) {
    const loop = declaration.parent.parent;
    // Posting the items of a list, one to each, is dispatch; posting one value to all is a broadcast.
    let own = false;
    for (const argument of call.arguments) walk(ts, argument, (n) => { if (ts.isIdentifier(n) && declarationOf(ts, n) === declaration) own = true; });
    return !own && enclosingFunction(ts, loop) === enclosingFunction(ts, call);
  }
  if (!ts.isParameter(declaration) || !ts.isCallExpression(declaration.parent.parent) || !/^(forEach|map)$/.test(memberName(ts, declaration.parent.parent.expression) ?? '')) return false;
  // `workers.forEach((worker, i) => worker.postMessage(parts[i]))` gives each its own.
  const { parameters } = declaration.parent;
  return !call.arguments.some((argument) => contains(ts, argument, (n) => ts.isIdentifier(n) && parameters.includes(declarationOf(ts, n) as ts.ParameterDeclaration)));
}

/** A message built in a variable just before, as JSON text, or by `Object.assign`. */
export function resolve(ts: Ts, payload: ts.Expression): ts.Expression {
  const node = unwrap(ts, payload);
  if (ts.isCallExpression(node) && node.arguments[0] && /^(JSON\.stringify|Object\.assign|structuredClone)$/.test(node.expression.getText())) return resolve(ts, node.arguments[0]);
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

/** Whether a message is put into text here: raw data is relayed as it came. */
function isStringified(ts: Ts, payload: ts.Expression): boolean {
  const node = unwrap(ts, payload);
  if (ts.isCallExpression(node)) return node.expression.getText() === 'JSON.stringify';
  const declaration = ts.isIdentifier(node) ? declarationOf(ts, node) : undefined;
  return declaration !== undefined && ts.isVariableDeclaration(declaration) && declaration.initializer !== undefined && ts.isCallExpression(unwrap(ts, declaration.initializer))
    && isStringified(ts, declaration.initializer);
}

export function literalText(ts: Ts, node: ts.Expression): string | undefined {
  const inner = unwrap(ts, node);
  if (ts.isStringLiteralLike(inner)) return inner.text;
  // `${module}.shutdown`
  if (ts.isTemplateExpression(inner)) return /(?<=^[-_.:])\w+$/.exec(inner.templateSpans.at(-1)!.literal.text)?.[0];
  const declaration = ts.isIdentifier(inner) ? declarationOf(ts, inner) : undefined;
  // `const READY = 'ready'`
  if (declaration && ts.isVariableDeclaration(declaration)) return declaration.initializer && ts.isStringLiteralLike(unwrap(ts, declaration.initializer)) ? (unwrap(ts, declaration.initializer) as ts.StringLiteral).text : undefined;
  // `MessageType.Ready`: an enum's own name says what it is.
  if (!ts.isPropertyAccessExpression(inner) || !/^[A-Z]/.test(inner.expression.getText())) return undefined;
  // `TerminateMessage.TYPE`: what has a type is named after it.
  const owner = /^(type|kind|name|id)$/i.test(inner.name.text) ? inner.expression.getText().replace(/^.*\./s, '').replace(/^((Child|Parent|Worker|Thread|Process|Ipc|IPC)(?=[A-Z]))+|(Message|Msg|Notification|Event|Type|Kind)+$/g, '') : '';
  return owner === '' ? inner.name.text : owner;
}

/** What tells others to look again: whoever was served by what is now stale is not who will look. */
const invalidation = /invalidat|evict|purge|(clear|bust|flush|reset|refresh|reload)[-_:.]?\w*cache|cache[-_:.]?\w*(clear|bust|flush|reset|refresh|reload)|trigger[-_:.]?refresh/i;
const heartbeat = /^(health_?check|keep_?alive|heartbeat|ping)$/i;
/** What a message on a bus calls itself that asks for nothing: something has ended, or here is the answer. */
const ended = /^(close[ds]?|unload(ed)?|disconnect(ed)?|bye|shutdown|n?ack|pong|ping|heartbeat|keep[-_]?alive|reply|response)($|[-_:.A-Z])|[a-z\d](Ack|Reply|Response)$|[-_:.](ack|reply|response)$/;

/** A payload that is written out and says no more than that there is something to do. */
const nudge = /^(\d{1,2}|true|ok|wake([-_]?up)?|ping)$/i;

/** Why a message on a bus is only a signal: nothing in it, a word, a time, a heartbeat, an end or an answer, or a cache to forget. `names`: the channel's and the function's. */
export function signalReason(ts: Ts, payload: ts.Expression | undefined, names: string): string | undefined {
  if (invalidation.test(names)) return 'it only says that something cached is stale';
  const value = payload && packed(ts, resolve(ts, payload));
  if (!value) return undefined;
  const word = ts.isNumericLiteral(value) ? value.text : literalText(ts, value);
  if (word === '') return 'it sends nothing';
  if (word !== undefined && nudge.test(word)) return 'it only says that there is something to do';
  if (ts.isCallExpression(value)) {
    const member = memberName(ts, value.expression);
    const of = ts.isPropertyAccessExpression(value.expression) ? unwrap(ts, value.expression.expression) : undefined;
    if (of && ((ts.isNewExpression(of) && of.arguments?.length === 0 && of.expression.getText() === 'Date') || (member === 'now' && of.getText() === 'Date'))) return 'it sends the time alone';
    if ((value.expression.getText() === 'String' || member === 'stringify') && value.arguments[0]) return signalReason(ts, value.arguments[0], '');
    if (of && member === 'toString' && value.arguments.length === 0) return signalReason(ts, of, '');
  }
  if (!ts.isObjectLiteralExpression(value)) return undefined;
  if (value.properties.some((p) => heartbeat.test((p.name && propertyName(ts, p.name)) ?? ''))) return 'it is a heartbeat';
  for (const key of ['type', 'kind', 'event', 'op', 'cmd']) {
    const texts = kindsOf(ts, propertyValue(ts, value, key));
    if (texts.length > 0) return texts.every((text) => ended.test(/[a-z]/.test(text) ? text.replace(/^./, (first) => first.toLowerCase()) : text.toLowerCase())) ? `\`${key}: '${texts[0]}'\` asks for nothing` : undefined;
  }
  return undefined;
}

/** What a message says that only keeps a function warm, or sees whether it is there. */
const warmUp = /^(is[-_]?)?((serverless[-_]?)?(warm(er|ing|[-_]?up)?|plugin[-_]?warmup)|keep[-_]?(warm|alive)|(health|readiness|liveness)([-_]?(check|probe|ping))?|heartbeat|ping)$/i;

/** Whether a message that is written out asks for nothing but that somebody is there: `{ warmup: true }`, `{ type: 'readiness_check' }`. */
export function warms(ts: Ts, message: ts.Expression | undefined): boolean {
  const value = message && packed(ts, resolve(ts, message));
  if (!value || !ts.isObjectLiteralExpression(value)) return false;
  return value.properties.length > 0 && value.properties.every((p) => {
    if (!ts.isPropertyAssignment(p)) return false;
    const texts = kindsOf(ts, p.initializer);
    if (texts.length > 0) return texts.every((text) => warmUp.test(text));
    return p.initializer.kind === ts.SyntaxKind.TrueKeyword && warmUp.test(propertyName(ts, p.name) ?? '');
  });
}

/** What a function is given that only writes a message down: `this.pack(message)`, `encode(message)`. */
function packed(ts: Ts, value: ts.Expression): ts.Expression {
  if (!ts.isCallExpression(value)) return value;
  const name = memberName(ts, value.expression) ?? (ts.isIdentifier(value.expression) ? value.expression.text : '');
  return (/^(pack|encode|serializ(e|er)|serialis(e|er)|toBuffer)$/.test(name) || value.expression.getText() === 'Buffer.from') && value.arguments[0] ? resolve(ts, value.arguments[0]) : value;
}
