/** Why a producer hands nothing over, or nothing that a trace should follow. */
import type ts from 'typescript';
import { sets } from '../carried.ts';
import { controlReason } from '../controls.ts';
import { indexOf } from '../file-index.ts';
import { isMadeBeside } from '../made-beside.ts';
import { answersById, connectionReason, noticeReason, setsUp, signalReason, unaskedReason, warms } from '../message-shape.ts';
import { givesData } from '../programs.ts';
import { isRepeated } from '../repeated.ts';
import { awaitsReply, isInsideHandler, isRelayed } from '../replies.ts';
import { declarationOf, enclosingFunction } from '../scope.ts';
import type { SourceText } from '../source.ts';
import { contains, memberName, nameOfFunction, propertyValue, unwrap } from '../syntax.ts';
import { isAnswer } from '../taken.ts';
import type { Ts } from '../../types.ts';
import type { Evidence, Judged } from './judged.ts';
import { valueOf } from './values.ts';

/** Why nothing is handed over at all: a schedule, a notice, a bare signal, no data, a connection that is no request. */
export function whyNothing(evidence: Evidence, judged: Judged, payload: ts.Expression | undefined, options: ts.Expression | undefined): string | undefined {
  const { ts, origins } = evidence;
  const { boundary, enclosing } = judged;
  if (isScheduled(ts, judged, options)) return 'a scheduled job: every run would join the first one\'s trace';
  if (payload && boundary.warmedBy !== undefined && warms(ts, messageIn(evidence, payload, judged))) return 'it only keeps the far side warm, or asks whether it is there';
  if (boundary.messages) {
    const reason = noticeOf(evidence, judged, payload);
    if (reason) return reason;
  }
  if (boundary.signals !== undefined) {
    const reason = signalReason(ts, payload, `${judged.channel.key} ${(enclosing && nameOfFunction(ts, enclosing)) ?? ''}`);
    if (reason) return reason;
  }
  if (boundary.needsFarSide && boundary.family === 'thread' && !boundary.messages && boundary.args.payload !== undefined && !payload && isLetGo(ts, judged.node)) return 'it is given nothing to work on, and nobody waits for it';
  if (boundary.handsOver.length > 0) {
    const given = options && madeHere(evidence, options, judged.source);
    if (!boundary.handsOver.some((name) => sets(ts, given, [name]) === true)) return 'it is given nothing to work on';
    if (isOneOfMany(evidence, judged, given)) return 'it is one of many that are made alike';
    if (getsMessages(evidence, judged) || isSpokenTo(evidence, judged)) return 'its work comes in messages';
  }
  if (boundary.args.data !== undefined) {
    if (!givesData(ts, origins, judged)) return 'it is given nothing to work on';
    if (isSpokenTo(evidence, judged)) return 'its work comes in messages';
  }
  return boundary.connection ? connectionReason(ts, judged.node as ts.NewExpression, enclosing) : undefined;
}

/** `pool.exec('tidy');`, `void api.tidy();` */
function isLetGo(ts: Ts, node: ts.Node): boolean {
  const at = ts.isVoidExpression(node.parent) ? node.parent : node;
  return ts.isExpressionStatement(at.parent);
}

function isScheduled(ts: Ts, { boundary, node }: Judged, options: ts.Expression | undefined): boolean {
  return boundary.recurring || boundary.recurringOptions.some((name) => sets(ts, options, [name]))
    || (boundary.recurringMembers.length > 0 && isRepeated(ts, node, boundary.recurringMembers));
}

/** The message inside of a payload that is written out. */
function messageIn(evidence: Evidence, payload: ts.Expression, { boundary, source }: Judged): ts.Expression | undefined {
  const { ts } = evidence;
  const given = valueOf(evidence, payload, source);
  return ts.isObjectLiteralExpression(given) ? propertyValue(ts, given, boundary.warmedBy!) : undefined;
}

/** Options in a variable of a function: what is made at module scope is the same for all. */
function madeHere(evidence: Evidence, options: ts.Expression, source: SourceText): ts.Expression {
  const { ts } = evidence;
  const node = unwrap(ts, options);
  const declaration = ts.isIdentifier(node) ? declarationOf(ts, node) : undefined;
  return declaration && enclosingFunction(ts, declaration) ? valueOf(evidence, options, source) : options;
}

/** Why what is handed over is meant for nobody's trace: untraced on purpose, a dead end, a reply, the inside of the helper. */
export function reachesNobody(evidence: Evidence, judged: Judged, payload: ts.Expression | undefined): string | undefined {
  const { ts } = evidence;
  const { boundary, enclosing, source } = judged;
  if (isSuppressed(evidence, judged)) return 'tracing is suppressed around it';
  if (boundary.deadEnds.some((name) => sets(ts, payload && valueOf(evidence, payload, source), [name]))) return 'nobody traced is at the other end';
  if (isAnswer(ts, judged)) return 'it answers a message';
  if (enclosing && boundary.match.replacedBy !== undefined && nameOfFunction(ts, enclosing) === boundary.match.replacedBy) return 'the helper that carries it';
  return undefined;
}

/** Why a message to or from a thread or process is a notice, and no request. */
function noticeOf(evidence: Evidence, judged: Judged, payload: ts.Expression | undefined): string | undefined {
  const { ts } = evidence;
  const call = judged.node as ts.CallExpression;
  // `cluster.fork().send({ index })`; what a library's object gives out (`bree.workers.get(name)`) runs already.
  const built = judged.receiver && 'built' in judged.receiver && !(judged.receiver.kind === 'library' && judged.receiver.reached) ? judged.receiver.built : undefined;
  if (built && ['thread', 'process'].includes(judged.boundary.family) && ts.isPropertyAccessExpression(call.expression)) {
    const justMade = built.source === judged.source && enclosingFunction(ts, built.node) === judged.enclosing;
    if (unwrap(ts, call.expression.expression) === built.node || ((justMade || isMadeBeside(ts, evidence.origins, judged)) && setsUp(ts, call, payload))) return 'it sets up what it has just started';
  }
  if (['thread', 'process'].includes(judged.boundary.family) && isRelayed(ts, payload)) return 'it goes on as it came, with what it carries';
  if (judged.boundary.family === 'process' && givesConnection(evidence, call, judged.source)) return 'a connection goes along: what is asked over it brings headers of its own';
  const event = judged.boundary.channel?.by === 'name' ? judged.channel.key : undefined;
  const reason = noticeReason(ts, call, payload, event);
  if (reason) return reason;
  const controls = ['thread', 'process'].includes(judged.boundary.family) && !judged.boundary.bothWays ? controlReason(ts, call, payload) : undefined;
  if (controls) return controls;
  if (judged.boundary.bothWays) return unaskedReason(ts, call, payload);
  // A worker that speaks first asks for something only where it waits for the answer.
  if (judged.boundary.asks) {
    if (isInsideHandler(ts, call)) return 'it answers a message';
    if (!awaitsReply(ts, call)) return 'nobody here waits for an answer';
  }
  return undefined;
}

/** `child.send(message, socket)` */
function givesConnection({ ts, origins }: Evidence, call: ts.CallExpression, source: SourceText): boolean {
  const given = call.arguments[1] && unwrap(ts, call.arguments[1]);
  if (!given) return false;
  const declaration = ts.isIdentifier(given) ? declarationOf(ts, given) : undefined;
  // One that may be left out is left out by most callers.
  if (declaration && ts.isParameter(declaration) && (declaration.questionToken ?? declaration.initializer)) return false;
  const origin = origins.of(given, source);
  if (origin?.kind === 'library') return origin.instance && /^(net|tls|http|https|dgram)$/.test(origin.module);
  return origin === undefined && /(socket|conn|connection)$/i.test(ts.isIdentifier(given) ? given.text : memberName(ts, given) ?? '');
}

/** Whether this file posts messages to what it constructs: then what it is constructed with only sets it up. */
function getsMessages(evidence: Evidence, { source, boundary }: Judged): boolean {
  const { ts, origins } = evidence;
  // `const post = worker.postMessage.bind(worker)`
  const bound = (indexOf(ts, source.ast).calls.get('bind') ?? []).some(({ expression }) => ts.isPropertyAccessExpression(expression) && memberName(ts, expression.expression) === 'postMessage');
  return bound || (indexOf(ts, source.ast).calls.get('postMessage') ?? []).some((call) => {
    const receiver = ts.isPropertyAccessExpression(call.expression) ? call.expression.expression : undefined;
    const reason = receiver && noticeReason(ts, call as ts.CallExpression, call.arguments?.[0]);
    // That a part has been dealt with (`{ type: 'done' }`) is no work; what a worker asks for, its parent answers for as long as it lives.
    if (!receiver || (reason !== undefined && reason !== answersById)) return false;
    const origin = origins.of(receiver, source);
    // Not what the worker itself says to its parent, nor another library's port.
    return origin === undefined || (origin.kind === 'library' && origin.instance && boundary.match.modules.includes(origin.module));
  });
}

/** What wraps a child process or a worker so that calls or messages go through it: `createRpcChannel(name, child)`. */
const talks = /channel|rpc|ipc|messag|transport|bridge|prox(y|ied)|comlink|peer/i;

/** Whether a process or thread that is started here is asked by messages for as long as it runs: what it is started with only sets it up. */
function isSpokenTo({ ts }: Evidence, { node, source }: Judged): boolean {
  const { parent } = node;
  const holder = ts.isVariableDeclaration(parent) ? parent.name : ts.isBinaryExpression(parent) && parent.right === node ? parent.left : undefined;
  if (!holder) return false;
  const name = holder.getText(source.ast);
  const { calls } = indexOf(ts, source.ast);
  const isIt = (each: ts.Expression): boolean => unwrap(ts, each).getText(source.ast).replace(/[!?]/g, '') === name;
  // `new Rpc({ port: worker })`
  const isEnd = (each: ts.Expression): boolean => ts.isObjectLiteralExpression(each) && ['port', 'endpoint', 'transport', 'channel'].some((key) => {
    const end = propertyValue(ts, each, key);
    return end !== undefined && isIt(end);
  });
  const isSent = (calls.get('send') ?? []).some((call) => ts.isPropertyAccessExpression(call.expression) && isIt(call.expression.expression) && noticeReason(ts, call as ts.CallExpression, call.arguments?.[0]) === undefined);
  return isSent || [...calls].some(([callee, list]) => list.some((call) => call.arguments?.some((each) => isEnd(each) || (talks.test(callee) && isIt(each)))));
}

/** `for (let i = 0; i < count; i++) new Worker(file, { workerData: { limits } })`: nothing of what it is given is this one's own but its number. */
function isOneOfMany({ ts }: Evidence, { boundary, node, enclosing }: Judged, given: ts.Expression | undefined): boolean {
  const data = given && ts.isObjectLiteralExpression(given) ? boundary.handsOver.flatMap((name) => propertyValue(ts, given, name) ?? []) : [];
  let loop: ts.Node = node;
  while (loop.parent && loop !== enclosing && !ts.isForStatement(loop)) loop = loop.parent;
  if (data.length === 0 || !ts.isForStatement(loop)) return false;
  return !data.some((each) => contains(ts, each, (n) => {
    if (ts.isElementAccessExpression(n) || ts.isCallExpression(n)) return true;
    const declaration = ts.isIdentifier(n) && !(ts.isPropertyAssignment(n.parent) && n.parent.name === n) ? declarationOf(ts, n) : undefined;
    return declaration !== undefined && declaration.pos >= (loop).statement.pos && declaration.end <= loop.end;
  }));
}

/** `InMemoryTransport`: where the receiver was made or is used. */
export function isInProcess({ boundary, source, receiver }: Judged): boolean {
  if (boundary.inProcess.length === 0) return false;
  const built = receiver && 'built' in receiver ? receiver.built : undefined;
  return boundary.inProcess.some((word) => source.text.includes(word) || built?.source.text.includes(word));
}

/** `context.with(suppressTracing(…), () => fetch(…))`: meant to go untraced. */
function isSuppressed(evidence: Evidence, judged: Judged): boolean {
  const { ts } = evidence;
  for (let at: ts.Node = judged.node; at.parent; at = at.parent) {
    if (ts.isCallExpression(at.parent) && at.parent.arguments.some((a) => a !== at && suppresses(evidence, a, judged.source))) return true;
  }
  return false;
}

/** `suppressTracing(…)`, or a variable that holds it. */
function suppresses(evidence: Evidence, argument: ts.Expression, source: SourceText): boolean {
  const { ts } = evidence;
  const node = valueOf(evidence, argument, source);
  return ts.isCallExpression(node) && /(^|\.)suppressTracing$/.test(node.expression.getText());
}
