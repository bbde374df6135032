/** Functions that somebody else will call: timers, listeners, queues of functions, batches. */
import type ts from 'typescript';
import type { Ts } from '../../types.ts';
import { drawnAround, touchesPage } from '../drawn.ts';
import { handlerOf } from '../handoffs.ts';
import { endsWithin, isUnderRoot, requestAround, startsOwnTrace } from '../leaks.ts';
import { callingFunction } from '../scope.ts';
import { isMadeBeside } from '../made-beside.ts';
import { isForAll, staysWithCaller } from '../sharing.ts';
import type { SourceText } from '../source.ts';
import { contains, memberName, unwrap, type FunctionNode } from '../syntax.ts';
import { isInTest } from '../tests.ts';
import { calledBack, leadsToRequest, leadsToWork } from '../work.ts';
import { silent, takesMessages, type Evidence, type Judged } from './judged.ts';
import { coveredBy } from './coverage.ts';
import { recurringRefusal } from './refusals.ts';

const timers = /^(set(Timeout|Immediate)|queueMicrotask|nextTick|request(AnimationFrame|IdleCallback)|postTask)$/;

/**
 * Judges a handoff of role `callback`.
 * @param handlers the functions of the file that run once a request
 */
export function judgeCallback(evidence: Evidence, judged: Judged, handlers: () => ReadonlySet<ts.Node>): Judged {
  const { ts, origins, carried } = evidence;
  const { boundary, source, enclosing } = judged;
  const callback = handlerOf(judged);
  if (!callback) return silent(judged, 'no callback');
  const bound = carried.bound(callback, source, judged.facts.runtime);
  if (bound) return { ...judged, verdict: 'carried', by: bound };
  if (isInTest(ts, judged.node) || judged.facts.isTest) return silent(judged, 'a test\'s own: it belongs to no trace');
  if (boundary.recurring) return judgeRecurring(evidence, judged, callback, handlers);
  if (boundary.forMany) return judgeForMany(evidence, judged, callback);
  const created = boundary.runsAtCreation && judged.receiver && 'built' in judged.receiver ? judged.receiver.built : undefined;
  const forNobody = !enclosing || (created !== undefined && isUnderRoot(ts, created.node));
  if (boundary.runsAtCreation) {
    const isCreatedHere = created && created.source === source && enclosing && callingFunction(ts, created.node) === callingFunction(ts, judged.node) && !isKeptOnce(ts, created.node);
    if (isCreatedHere || isMadeBeside(ts, origins, judged)) {
      return { ...judged, verdict: 'kept', by: 'the object is created and listened to in the same context' };
    }
  }
  if (judged.record) return judgeKeyed(evidence, judged, judged.record);
  if (!leadsToWork(ts, origins, callback, source, takesMessages(boundary))) return silent(judged, 'the callback hands over nothing worth a span');
  if (forNobody && boundary.channel === undefined) return silent(judged, enclosing ? 'made under ROOT_CONTEXT: no context to lose' : 'registered at module scope: no context to lose');
  if (boundary.family === 'timer' && judged.facts.runtime !== 'node') {
    const idle = whyIdleInPage(evidence, judged, callback);
    if (idle !== undefined) return silent(judged, idle);
  }
  const own = boundary.shared && staysWithCaller(ts, origins, judged);
  if (own !== undefined) return { ...judged, verdict: 'kept', by: own };
  const target = calledBack(ts, origins, callback, source);
  // Listening where the program starts, it serves no caller: only what the far side asks counts.
  judged.pending = boundary.channel !== undefined && forNobody;
  if (boundary.channel) {
    const handled = target && carried.extracted(target.fn, target.source);
    if (handled) return { ...judged, verdict: 'carried', by: handled };
  }
  if (target && reschedulesItself(evidence, judged, target.fn)) {
    judged.refusal = recurringRefusal;
  }
  return judged;
}

/** Why nothing is lost by what a page puts off: it draws, or goes on by itself, and no request is plainly made. */
function whyIdleInPage(evidence: Evidence, judged: Judged, callback: ts.Expression): string | undefined {
  const { ts, origins } = evidence;
  const { node, source } = judged;
  const drawn = drawnAround(ts, node);
  if (drawn?.inEffect) return 'begun by what draws the page: no request is under way there';
  if (leadsToRequest(ts, origins, callback, source)) return undefined;
  if (drawn || touchesPage(source.text)) return 'in what draws the page, and no request is plainly made';
  const target = calledBack(ts, origins, callback, source);
  return target && reschedulesItself(evidence, judged, target.fn) ? 'it goes on by itself, and no request is plainly made' : undefined;
}

/** A run that is queued by its key: the record is where its context belongs. */
function judgeKeyed(evidence: Evidence, judged: Judged, record: ts.Expression): Judged {
  const carried = evidence.carried.captured(record, judged.source) ?? evidence.carried.injected(record, judged.source);
  if (carried) return { ...judged, verdict: 'carried', by: carried };
  if (!judged.enclosing) return silent(judged, 'at module scope: no context to lose');
  return { ...judged, refusal: { code: 'unsupported-shape', detail: 'a key is queued, no function: keep `context.active()` in the record that it names, and start the run in it' } };
}

/** Work without an end belongs to no caller: where it keeps the context that began it, that is the loss. */
function judgeRecurring(evidence: Evidence, judged: Judged, callback: ts.Expression, handlers: () => ReadonlySet<ts.Node>): Judged {
  const { ts, origins } = evidence;
  const { boundary, source } = judged;
  if (judged.verdict !== 'leaked') return silent(judged, 'recurring work that starts without a context begins a trace in each run, as it should');
  if (!judged.enclosing) return silent(judged, 'begun at module scope: no context to keep');
  const { schedule } = boundary.args;
  const when = schedule === undefined ? undefined : judged.args.at(schedule === -1 ? -2 : schedule);
  if (schedule !== undefined && !(when && isRule(evidence, when, source))) return silent(judged, 'nothing says that it recurs');
  if (!leadsToWork(ts, origins, callback, source, boundary.match.use === 'lasting')) return silent(judged, 'the callback hands over nothing worth a span');
  const request = requestAround(ts, origins, evidence.catalogue, judged, handlers());
  if (!request) return silent(judged, 'not begun in a request, as far as this file tells');
  if (endsWithin(ts, judged, request)) return silent(judged, 'the request that began it ends it');
  if (startsOwnTrace(ts, judged, callback)) return { ...judged, verdict: 'carried', by: 'ROOT_CONTEXT' };
  const handler = calledBack(ts, origins, callback, source);
  const extracted = handler && evidence.carried.extracted(handler.fn, handler.source);
  if (extracted) return { ...judged, verdict: 'carried', by: extracted };
  const covered = coveredBy(evidence, judged);
  if (covered !== undefined) return { ...judged, verdict: 'covered', by: covered };
  return { ...judged, severity: 'warn', ...('refused' in boundary.repair ? { refusal: { code: 'recurring', detail: boundary.repair.detail } } : {}) };
}

/** One function that serves many callers' items at once. */
function judgeForMany(evidence: Evidence, judged: Judged, callback: ts.Expression): Judged {
  const { ts, origins, carried } = evidence;
  if (!isForAll(ts, judged)) return { ...judged, verdict: 'kept', by: 'it is made for one caller' };
  const target = origins.functionOf(callback, judged.source);
  if (!target) return silent(judged, 'the function is not in sight');
  if (target.fn.parameters.length === 0) return silent(judged, 'it is given nothing: it works for no caller in particular');
  const attached = carried.attaches(target.fn, target.source);
  if (attached) return { ...judged, verdict: 'carried', by: attached };
  return leadsToWork(ts, origins, callback, judged.source) ? judged : silent(judged, 'the callback hands over nothing worth a span');
}

/** `setTimeout(poll, 1000)` inside `poll`: process-long work that reschedules itself. A retry counts its attempts down and is not. */
function reschedulesItself(evidence: Evidence, judged: Judged, target: FunctionNode): boolean {
  const { ts, origins } = evidence;
  if (!judged.enclosing) return false;
  if (target === judged.enclosing) return true;
  if (!target.body) return false;
  return contains(ts, target.body, (node) => {
    if (!ts.isCallExpression(node)) return false;
    // `poll` hands itself to a timer again, or the callback calls the function that set the timer.
    const callee = memberName(ts, node.expression) ?? (ts.isIdentifier(node.expression) ? node.expression.text : '');
    if (timers.test(callee) && node.arguments.some((argument) => ts.isIdentifier(argument) && origins.functionOf(argument, judged.source)?.fn === target)) return true;
    return node.arguments.length === 0 && origins.functionOf(node.expression, judged.source)?.fn === judged.enclosing;
  });
}

/** `worker ??= new Worker(…)`: whoever comes first makes it, and all that come later listen to it. */
function isKeptOnce(ts: Ts, made: ts.Node): boolean {
  let at = made;
  while (ts.isParenthesizedExpression(at.parent) || ts.isAwaitExpression(at.parent)) at = at.parent;
  return ts.isBinaryExpression(at.parent) && [ts.SyntaxKind.QuestionQuestionEqualsToken, ts.SyntaxKind.BarBarEqualsToken].includes(at.parent.operatorToken.kind);
}

/** Text, or an object that describes when, also behind a constant's name: not a date, which comes once. */
function isRule({ ts, origins }: Evidence, when: ts.Expression, source: SourceText): boolean {
  const given = unwrap(ts, when);
  const node = ts.isIdentifier(given) ? unwrap(ts, origins.values.initializer(given, source)?.node ?? given) : given;
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node) || ts.isObjectLiteralExpression(node);
}
