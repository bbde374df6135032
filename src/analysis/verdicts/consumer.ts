/** Work that is picked up: by a handler, in a loop, or fetched by hand. */
import type ts from 'typescript';
import type { Ts } from '../../types.ts';
import { callersOf, parameterBehind, passedTo } from '../callers.ts';
import { workerFile } from '../channel.ts';
import { onlyControlled } from '../controls.ts';
import { handlerOf } from '../handoffs.ts';
import { kindsHandled } from '../message-kinds.ts';
import { portListener } from '../message-shape.ts';
import type { SourceText } from '../source.ts';
import { contains, isFunctionNode, memberName, property, unwrap, type FunctionNode } from '../syntax.ts';
import { isWorkedOn } from '../taken.ts';
import { isInTest } from '../tests.ts';
import { blockDoesWork, bodyDoesWork, calledBack, fileDoesWork, isSettler, leadsToWork } from '../work.ts';
import { coveredBy } from './coverage.ts';
import { silent, takesMessages, type Evidence, type Judged } from './judged.ts';
import { versionRefusal } from './refusals.ts';
import { byHand, isRunByHand } from './request.ts';
import { isNothing, valueOf } from './values.ts';

/** Judges a handoff of role `consumer`. */
export function judgeConsumer(evidence: Evidence, judged: Judged): Judged {
  const { ts, origins, carried } = evidence;
  const { boundary, source } = judged;
  if (boundary.match.use === 'start') {
    const extracted = carried.extractedAtStart(source);
    if (extracted) return { ...judged, verdict: 'carried', by: extracted };
    if (!fileDoesWork(ts, origins, source)) return silent(judged, 'its file does nothing worth a span');
    if (!ts.isImportSpecifier(judged.node)) judged.refusal = { code: 'no-repair', detail: 'extract the carrier from `workerData` before the work starts' };
    return { ...judged, pending: true };
  }
  if (boundary.recurringOptions.length > 0 && judged.args.some((arg) => isSchedule(evidence, arg, boundary.recurringOptions))) return silent(judged, 'it runs on a schedule: there is no caller whose trace it could continue');
  if (isInTest(ts, judged.node)) return silent(judged, 'a test\'s own: it belongs to no trace');
  const callback = handlerOf(judged);
  if (!callback && boundary.args.callback === undefined) return judgeTaken(evidence, judged);
  if (!callback || isNothing(ts, callback)) return silent(judged, 'no handler');
  if (isSettler(ts, callback)) return silent(judged, 'the handler only settles a promise');
  if (judged.facts.isTest && ['http', 'socket', 'thread', 'process'].includes(boundary.family)) return silent(judged, 'a test\'s own: it belongs to no trace');
  if (['route', 'server'].includes(boundary.channel?.by ?? '') && isRunByHand(judged)) return silent(judged, byHand);
  if (boundary.channel?.by === 'route' && !judged.handler && (judged.args.length < 2 || !isHandler(ts, callback))) return silent(judged, 'not a route');
  if (boundary.channel?.by === 'server' && !isHandler(ts, callback)) return silent(judged, 'no handler');
  const wrapped = carried.wrapped(callback, source) ?? carried.bound(callback, source, judged.facts.runtime);
  if (wrapped) return { ...judged, verdict: 'carried', by: wrapped };
  const target = calledBack(ts, origins, callback, source);
  const handed = !target && takesMessages(boundary) ? handedIn(evidence, judged, callback) : undefined;
  if (handed) return handed;
  if (target) {
    if (takesMessages(boundary) && takesAnswer(ts, target.fn)) return silent(judged, 'it takes the answer to what is asked here, and listens no more');
    const extracted = carried.extracted(target.fn, target.source);
    if (extracted) return { ...judged, verdict: 'carried', by: extracted };
    if (boundary.signals !== undefined && target.fn.parameters.length < boundary.signals && !takesAll(target.fn)) return silent(judged, 'it doesn\'t look at the message: it is only told that something has changed');
    if (!bodyDoesWork(ts, origins, target.fn, target.source, takesMessages(boundary))) return silent(judged, 'the handler does nothing worth a span');
    if (['thread', 'process'].includes(boundary.family) && takesMessages(boundary) && onlyControlled(ts, target.fn)) return silent(judged, 'it is only told to start, how to be, or to end');
    if (takesMessages(boundary)) judged.kinds = kindsHandled(ts, target.fn);
    const listener = takesMessages(boundary) ? portListener(ts, target.fn) : undefined;
    if (listener && leadsToWork(ts, origins, listener, target.source, true)) return silent(judged, 'it is given a port: its work comes over that');
  }
  const covered = coveredBy(evidence, judged);
  // Nothing in this process reaches a processor that runs elsewhere.
  const sandboxed = isFileName(ts, valueOf(evidence, callback, source));
  if (covered !== undefined && !sandboxed) return { ...judged, verdict: 'covered', by: covered };
  const there = sandboxed ? extractedThere(evidence, callback, source) : undefined;
  if (there) return { ...judged, verdict: 'carried', by: there };
  if (sandboxed) judged.refusal = { code: 'sandboxed-processor', detail: 'the processor is a file that runs in another process: no option reaches it; extract from `job.opts` inside it' };
  judged.pending = boundary.needsPeer;
  return versionRefusal(judged);
}

/** Why a listener is judged elsewhere; whoever sends to it still hands work over. */
export const handedInUnseen = 'the listener is handed in: what it does is not in sight here';

/** A listener that is a parameter, `on: (listener) => port.on('message', listener)`, is what the callers give; nothing where one of those works and reads no carrier. */
function handedIn({ ts, origins, carried, neighbours }: Evidence, judged: Judged, callback: ts.Expression): Judged | undefined {
  const behind = parameterBehind(ts, callback);
  const fn = behind?.parameter.parent;
  if (!fn || behind.path.length > 0 || behind.parameter.initializer) return undefined;
  // A property of an object goes by too common a name (`on`) for its callers to be looked for.
  const callers = ts.isFunctionDeclaration(fn) || ts.isMethodDeclaration(fn) || ts.isVariableDeclaration(fn.parent) ? callersOf(ts, origins, neighbours, fn, judged.source) : [];
  const given = callers.flatMap((caller) => {
    const listener = passedTo(ts, origins, caller, behind.parameter, []);
    return (listener && calledBack(ts, origins, listener.node, listener.source)) ?? [];
  });
  if (given.length === 0) return silent(judged, handedInUnseen);
  const working = given.filter(({ fn: listener, source }) => bodyDoesWork(ts, origins, listener, source, true));
  if (working.length === 0) return silent(judged, 'the handlers that it is given do nothing worth a span');
  const extracted = working.map(({ fn: listener, source }) => carried.extracted(listener, source));
  return extracted.every((by) => by !== undefined) ? { ...judged, verdict: 'carried', by: extracted[0]! } : undefined;
}

/** Work that is fetched by hand, or comes in turn to a loop: no handler of its own is given to the library. */
function judgeTaken(evidence: Evidence, judged: Judged): Judged {
  const { ts, origins, carried } = evidence;
  const { boundary, enclosing, node, source } = judged;
  const loop = ts.isForOfStatement(node) ? node : undefined;
  if (!loop && (!enclosing || !isFunctionNode(ts, enclosing))) return silent(judged, 'at module scope');
  const extracted = carried.extractedIn(loop ?? enclosing!, source);
  if (extracted) return { ...judged, verdict: 'carried', by: extracted };
  if (loop && !blockDoesWork(ts, origins, loop.statement, source)) return silent(judged, 'the loop does nothing worth a span');
  if (boundary.polled && !isWorkedOn(ts, origins, judged)) return silent(judged, 'it is taken once, and handed on: nothing here works on it');
  const covered = coveredBy(evidence, judged);
  if (covered !== undefined) return { ...judged, verdict: 'covered', by: covered };
  judged.pending = boundary.needsPeer;
  return judged;
}

/** `{ cron: '0 * * * *' }`, also in a list; not where an event may start it too. */
function isSchedule(evidence: Evidence, argument: ts.Expression, names: readonly string[]): boolean {
  const { ts } = evidence;
  const node = unwrap(ts, argument);
  if (ts.isArrayLiteralExpression(node)) return node.elements.length > 0 && node.elements.every((element) => isSchedule(evidence, element, names));
  if (!ts.isObjectLiteralExpression(node)) return false;
  if (names.some((name) => property(ts, node, name) !== undefined) && property(ts, node, 'event') === undefined) return true;
  const triggers = property(ts, node, 'triggers');
  return triggers !== undefined && ts.isPropertyAssignment(triggers) && isSchedule(evidence, triggers.initializer, names);
}

/** `(m) => { if (m.id !== id) return; process.off('message', listener); resolve(m.result); }` of a promise's executor. */
function takesAnswer(ts: Ts, { body }: FunctionNode): boolean {
  const calls = (is: (call: ts.CallExpression) => boolean): boolean => body !== undefined && contains(ts, body, (node) => ts.isCallExpression(node) && is(node));
  return calls(({ expression }) => ts.isIdentifier(expression) && isSettler(ts, expression)) && calls(({ expression }) => /^(off|removeListener)$/.test(memberName(ts, expression) ?? ''));
}

/** `(...args) => …` */
function takesAll(fn: FunctionNode): boolean {
  return fn.parameters.some((parameter) => parameter.dotDotDotToken !== undefined);
}

/** Whether an argument may be a function. */
function isHandler(ts: Ts, node: ts.Expression): boolean {
  const inner = unwrap(ts, node);
  return isFunctionNode(ts, inner) || ts.isIdentifier(inner) || ts.isPropertyAccessExpression(inner) || ts.isCallExpression(inner);
}

/** What reads the carrier in the file that is named. */
function extractedThere({ ts, origins, carried, neighbours }: Evidence, named: ts.Expression, source: SourceText): string | undefined {
  const file = workerFile(ts, origins, named, source, neighbours, []);
  const far = file === undefined || file === source.path ? undefined : neighbours?.load(file);
  return far && carried.extractedIn(far.ast, far);
}

/** `'./processor.js'`, `new URL('./processor.js', import.meta.url)`, `path.join(…)`. */
function isFileName(ts: Ts, node: ts.Expression): boolean {
  const inner = unwrap(ts, node);
  if (ts.isStringLiteralLike(inner)) return true;
  if (ts.isNewExpression(inner)) return ts.isIdentifier(inner.expression) && inner.expression.text === 'URL';
  if (!ts.isCallExpression(inner)) return false;
  const name = memberName(ts, inner.expression) ?? (ts.isIdentifier(inner.expression) ? inner.expression.text : '');
  return ['join', 'resolve', 'fileURLToPath', 'pathToFileURL'].includes(name);
}
