/** Verdicts: evidence, not suspicion (DESIGN.md section 5). One file and its package facts in; no other file is asked here. */
import type ts from 'typescript';
import type { Boundary, Refusal, RuntimeProfile, Scope, Severity, Ts, Verdict } from '../types.ts';
import type { Fate } from '../catalogue/schema.ts';
import type { Carried } from './carried.ts';
import { sets } from './carried.ts';
import { channelOf, type Channel } from './channel.ts';
import { destinationOf, type Destination } from './destination.ts';
import { argument, handlerOf, type Handoff } from './handoffs.ts';
import { awaitsReply, isInsideHandler, noticeReason } from './message-shape.ts';
import { indexOf } from './file-index.ts';
import type { Origins } from './origins.ts';
import { enclosingFunction } from './scope.ts';
import type { Neighbours, SourceText } from './source.ts';
import { carriedField, fieldsOf, isAnswer, isWorkedOn, madeBy } from './taken.ts';
import { contains, enclosingSymbol, isFunctionNode, memberName, property, unwrap, type FunctionNode } from './syntax.ts';
import { blockDoesWork, bodyDoesWork, isSettler, leadsToWork } from './work.ts';

/** What is known of a file beyond its text. */
export interface FileFacts {
  runtime: RuntimeProfile;
  /** How the runtime was told, for `why`. */
  runtimeWhy: string;
  /** False where there is no context to lose: browser code without a browser SDK. */
  traced: boolean;
  /** Every boundary owes an explicit capture (`--strict`). */
  strict: boolean;
  /** Whether an instrumentation is registered in the file's package. */
  covered(instrumentation: string): boolean;
  /** The version of a library in the file's package, if that can be told. */
  versionOf(library: string): string | undefined;
  satisfies(version: string, range: string): boolean;
  /** Destinations that the configuration calls the project's own. */
  isOwnDestination(url: string): boolean;
}

export interface Judged extends Handoff {
  facts: FileFacts;
  channel: Channel;
  /** `silent`: nothing is handed over that is worth a word; `by` says why. */
  verdict: Verdict | 'silent';
  /** Why it is in order. */
  by?: string;
  why: string[];
  severity: Exclude<Severity, 'off'>;
  scope: Scope;
  refusal?: Refusal;
  destination?: Destination;
  /** A consumer that is judged only with its producer in sight. */
  pending: boolean;
  /** Whether the library's own telemetry option is on at this side; `undefined`: can't be told. */
  native?: boolean;
  /** A `handoff-ignore` without a reason stands here. */
  unexplained?: boolean;
  /** Handoffs of the other side, once pairing has found them. */
  peers: Judged[];
}

const timers = /^(set(Timeout|Immediate)|queueMicrotask|nextTick|request(AnimationFrame|IdleCallback))$/;

export class Judge {
  readonly #ts: Ts;
  readonly #origins: Origins;
  readonly #carried: Carried;
  readonly #neighbours: Neighbours | undefined;

  constructor(ts: Ts, origins: Origins, carried: Carried, neighbours?: Neighbours) {
    this.#ts = ts;
    this.#origins = origins;
    this.#carried = carried;
    this.#neighbours = neighbours;
  }

  judge(handoff: Handoff, facts: FileFacts): Judged {
    const judged: Judged = {
      ...handoff, facts, verdict: 'silent', why: [], severity: 'error', scope: 'file', pending: false, peers: [],
      channel: channelOf(this.#ts, this.#origins, handoff, this.#neighbours),
    };
    if (seesAnotherFile(judged)) judged.scope = 'project';
    if (!facts.traced) return { ...judged, by: 'no tracer runs here' };
    const fate = fateIn(handoff.boundary, facts);
    if (fate.fate === 'kept') return { ...judged, verdict: 'kept', by: `the context is kept in ${facts.runtime}` };
    judged.verdict = fate.fate;
    judged.severity = fate.partly && !facts.strict ? 'warn' : 'error';
    judged.why.push(fate.partly ? `the context is kept in Node, but lost under a browser's context manager, and nothing tells which runtime this is (${facts.runtimeWhy})` : `runtime: ${facts.runtime} (${facts.runtimeWhy})`);
    if (handoff.boundary.role === 'callback') return this.#callback(judged);
    return handoff.boundary.role === 'producer' ? this.#producer(judged) : this.#consumer(judged);
  }

  #callback(judged: Judged): Judged {
    const { boundary, source, enclosing } = judged;
    const callback = handlerOf(judged);
    if (!callback) return silent(judged, 'no callback');
    const bound = this.#carried.bound(callback, source, judged.facts.runtime);
    if (bound) return { ...judged, verdict: 'carried', by: bound };
    if (boundary.runsAtCreation) {
      const created = judged.receiver && 'built' in judged.receiver ? judged.receiver.built : undefined;
      if (created && created.source === source && enclosing && enclosingFunction(this.#ts, created.node) === enclosing) {
        return { ...judged, verdict: 'kept', by: 'the object is created and listened to in the same context' };
      }
    }
    if (!leadsToWork(this.#ts, this.#origins, callback, source)) return silent(judged, 'the callback hands over nothing worth a span');
    if (!enclosing && boundary.channel === undefined) return silent(judged, 'registered at module scope: no context to lose');
    const target = this.#origins.functionOf(callback, source);
    if (boundary.channel) {
      const handled = target && this.#carried.extracted(target.fn, target.source);
      if (handled) return { ...judged, verdict: 'carried', by: handled };
    }
    if (boundary.recurring || (target && this.#reschedulesItself(judged, target.fn))) {
      judged.refusal = { code: 'recurring', detail: 'it runs again and again: bound, every run would join the trace that started it; open a span of its own in each run' };
    }
    return judged;
  }

  #producer(judged: Judged): Judged {
    const { boundary, enclosing } = judged;
    const payload = argument(judged, 'payload');
    const options = argument(judged, 'options');
    if (boundary.recurring || boundary.recurringOptions.some((name) => sets(this.#ts, options, [name]))) return silent(judged, 'a scheduled job: every run would join the first one\'s trace');
    if (boundary.messages) {
      const reason = this.#notice(judged, payload);
      if (reason) return silent(judged, reason);
    }
    if (boundary.handsOver.length > 0) {
      if (!boundary.handsOver.some((name) => sets(this.#ts, options, [name]) === true)) return silent(judged, 'it is given nothing to work on');
      if (this.#getsMessages(judged)) return silent(judged, 'its work comes in messages');
    }
    if (this.#isSuppressed(judged)) return silent(judged, 'tracing is suppressed around it');
    if (boundary.deadEnds.some((name) => sets(this.#ts, payload && this.#valueOf(payload, judged.source), [name]))) return silent(judged, 'nobody traced is at the other end');
    if (isAnswer(this.#ts, judged)) return silent(judged, 'it answers a message');
    const carried = this.#carried.replaced(judged.node, boundary.match.replacedBy) ?? this.#carriedBy(judged, payload, options);
    if (carried) return { ...judged, verdict: 'carried', by: carried };
    if (!enclosing) return silent(judged, 'at module scope: no context to hand over');
    const covered = this.#coveredBy(judged);
    if (covered !== undefined) return { ...judged, verdict: 'covered', by: covered };
    if (boundary.args.destination !== undefined) return this.#request(judged);
    judged.pending = boundary.needsPeer;
    return versionRefusal(judged);
  }

  #request(judged: Judged): Judged {
    const destination = destinationOf(this.#ts, this.#origins, argument(judged, 'destination'), judged.source, judged.facts.runtime);
    // A webhook's address is data, whatever the variable is called that it stands in.
    if (destination.trust === 'own' && destination.url.env.length === 0 && /webhook/i.test(enclosingSymbol(this.#ts, judged.node))) Object.assign(destination, { trust: 'data', why: 'a webhook\'s address comes as data' });
    judged.destination = destination;
    judged.why.push(destination.why);
    if (judged.facts.isOwnDestination(destination.url.text)) return judged;
    if (destination.trust === 'silent') return silent(judged, destination.why);
    if (destination.trust !== 'own' && !this.#isHandBuilt(judged)) return silent(judged, 'a plain read, or handed on: its address and options come from elsewhere');
    // What goes to an address that nothing vouches for is worth a word, but no more.
    if (destination.trust !== 'own') judged.severity = 'warn';
    if (destination.trust === 'data') judged.refusal = { code: 'unknown-destination', detail: `${destination.why}: list its host in \`destinations\` if the trace may go there` };
    if (destination.trust === 'unknown') judged.refusal = { code: 'unknown-destination', detail: `${destination.why}: list its host in \`destinations\`, or read the address from the environment or a configuration` };
    if (judged.facts.runtime !== 'node' && judged.facts.runtime !== 'portable') {
      judged.refusal = { code: 'cors-preflight', detail: 'a browser asks the far side\'s permission for a new header: list its host in `destinations` once it allows `traceparent`' };
    }
    return judged;
  }

  /** A request whose body or method is written out here. */
  #isHandBuilt(judged: Judged): boolean {
    const ts = this.#ts;
    const init = judged.args[1] && unwrap(ts, judged.args[1]);
    if (!init || !ts.isObjectLiteralExpression(init)) return false;
    return property(ts, init, 'body') !== undefined || !['GET', 'HEAD', '*'].includes(judged.channel.method ?? '*');
  }

  #consumer(judged: Judged): Judged {
    const { boundary, source } = judged;
    if (boundary.match.use === 'start') {
      const extracted = this.#carried.extractedAtStart(source);
      return extracted ? { ...judged, verdict: 'carried', by: extracted } : { ...judged, pending: true };
    }
    if (boundary.recurringOptions.length > 0 && judged.args.some((arg) => this.#isSchedule(arg, boundary.recurringOptions))) return silent(judged, 'it runs on a schedule: there is no caller whose trace it could continue');
    const callback = handlerOf(judged);
    if (!callback && boundary.args.callback === undefined) return this.#taken(judged);
    if (!callback || isNothing(this.#ts, callback)) return silent(judged, 'no handler');
    if (isSettler(this.#ts, callback)) return silent(judged, 'the handler only settles a promise');
    if (boundary.channel?.by === 'route' && (judged.args.length < 2 || !isHandler(this.#ts, callback))) return silent(judged, 'not a route');
    if (boundary.channel?.by === 'server' && !isHandler(this.#ts, callback)) return silent(judged, 'no handler');
    const wrapped = this.#carried.wrapped(callback, source) ?? this.#carried.bound(callback, source, judged.facts.runtime);
    if (wrapped) return { ...judged, verdict: 'carried', by: wrapped };
    const target = this.#origins.functionOf(callback, source);
    if (target) {
      const extracted = this.#carried.extracted(target.fn, target.source);
      if (extracted) return { ...judged, verdict: 'carried', by: extracted };
      if (!bodyDoesWork(this.#ts, this.#origins, target.fn, target.source)) return silent(judged, 'the handler does nothing worth a span');
    }
    const covered = this.#coveredBy(judged);
    // No option of the worker's reaches a processor that runs elsewhere.
    const sandboxed = isFileName(this.#ts, this.#valueOf(callback, source));
    if (covered !== undefined && !(judged.native && sandboxed)) return { ...judged, verdict: 'covered', by: covered };
    if (sandboxed) judged.refusal = { code: 'sandboxed-processor', detail: 'the processor is a file that runs in another process: no option reaches it; extract from `job.opts` inside it' };
    judged.pending = boundary.needsPeer;
    return versionRefusal(judged);
  }

  /** Work that is fetched by hand, or comes in turn to a loop: no handler of its own is given to the library. */
  #taken(judged: Judged): Judged {
    const { boundary, enclosing, node, source } = judged;
    const loop = this.#ts.isForOfStatement(node) ? node : undefined;
    if (!loop && (!enclosing || !isFunctionNode(this.#ts, enclosing))) return silent(judged, 'at module scope');
    const extracted = this.#carried.extractedIn(loop ?? enclosing!, source);
    if (extracted) return { ...judged, verdict: 'carried', by: extracted };
    if (loop && !blockDoesWork(this.#ts, this.#origins, loop.statement, source)) return silent(judged, 'the loop does nothing worth a span');
    if (boundary.polled && !isWorkedOn(this.#ts, this.#origins, judged)) return silent(judged, 'it is taken once, and handed on: nothing here works on it');
    const covered = this.#coveredBy(judged);
    if (covered !== undefined) return { ...judged, verdict: 'covered', by: covered };
    judged.pending = boundary.needsPeer;
    return judged;
  }

  #notice(judged: Judged, payload: ts.Expression | undefined): string | undefined {
    const ts = this.#ts;
    const call = judged.node as ts.CallExpression;
    const reason = noticeReason(ts, call, payload);
    if (reason) return reason;
    // A worker that speaks first asks for something only where it waits for the answer.
    if (judged.boundary.match.use === 'method') {
      if (isInsideHandler(ts, call)) return 'it answers a message';
      if (!awaitsReply(ts, call)) return 'nobody here waits for an answer';
    }
    return undefined;
  }

  #valueOf(expression: ts.Expression, source: SourceText): ts.Expression {
    const node = unwrap(this.#ts, expression);
    return (this.#ts.isIdentifier(node) && this.#origins.values.initializer(node, source)?.node) || node;
  }

  /** `{ cron: '0 * * * *' }`, also in a list; not where an event may start it too. */
  #isSchedule(argument: ts.Expression, names: readonly string[]): boolean {
    const ts = this.#ts;
    const node = unwrap(ts, argument);
    if (ts.isArrayLiteralExpression(node)) return node.elements.length > 0 && node.elements.every((element) => this.#isSchedule(element, names));
    if (!ts.isObjectLiteralExpression(node)) return false;
    if (names.some((name) => property(ts, node, name) !== undefined) && property(ts, node, 'event') === undefined) return true;
    const triggers = property(ts, node, 'triggers');
    return triggers !== undefined && ts.isPropertyAssignment(triggers) && this.#isSchedule(triggers.initializer, names);
  }

  /** Whether this file posts messages to what it constructs: then what it is constructed with only sets it up. */
  #getsMessages({ source, boundary }: Judged): boolean {
    return (indexOf(this.#ts, source.ast).calls.get('postMessage') ?? []).some((call) => {
      const receiver = this.#ts.isPropertyAccessExpression(call.expression) ? call.expression.expression : undefined;
      if (!receiver) return false;
      const origin = this.#origins.of(receiver, source);
      // Not what the worker itself says to its parent, nor another library's port.
      return origin === undefined || (origin.kind === 'library' && origin.instance && boundary.match.modules.includes(origin.module));
    });
  }

  /** `context.with(suppressTracing(…), () => fetch(…))`: meant to go untraced. */
  #isSuppressed(judged: Judged): boolean {
    const ts = this.#ts;
    for (let at: ts.Node = judged.node; at.parent; at = at.parent) {
      if (ts.isCallExpression(at.parent) && at.parent.arguments.some((a) => a !== at && ts.isCallExpression(a) && /(^|\.)suppressTracing$/.test(a.expression.getText(judged.source.ast)))) return true;
    }
    return false;
  }

  #carriedBy(judged: Judged, payload: ts.Expression | undefined, options: ts.Expression | undefined): string | undefined {
    for (const slot of judged.boundary.slots) {
      if (slot.encoding === 'fields') {
        const fields = fieldsOf(this.#ts, judged);
        const field = carriedField(this.#ts, fields) ?? fields.map((arg) => this.#carried.injected(arg, judged.source)).find((by) => by !== undefined);
        if (field !== undefined) return field;
        continue;
      }
      const holder = slot.in === 'payload' ? payload : options;
      if (sets(this.#ts, holder, slot.path)) return `\`${slot.path.join('.')}\``;
    }
    return this.#carried.injected(options, judged.source) ?? this.#carried.injected(payload, judged.source);
  }

  /** An instrumentation that is registered, or the library's own option; notes in `native` whether the latter is on. */
  #coveredBy(judged: Judged): string | undefined {
    const { coveredBy } = judged.boundary;
    const instrumentation = coveredBy.find((c) => c.option === undefined && judged.facts.covered(c.package));
    if (instrumentation) return instrumentation.package;
    const cover = coveredBy.find((c) => c.option !== undefined);
    judged.native = cover?.option === undefined ? false : this.#nativeOption(judged, cover.option, cover.optionsArg ?? 0);
    return judged.native ? `the \`${cover!.option}\` option` : undefined;
  }

  /** Whether the library's own telemetry option is passed: at the call itself or where the receiver was made. */
  #nativeOption(judged: Judged, option: string, index: number): boolean | undefined {
    const atCall = judged.boundary.match.use === 'construct' || judged.boundary.match.use === 'decorator';
    const made = atCall ? undefined : madeBy(this.#ts, this.#origins, judged);
    if (!atCall && !made) return undefined;
    const at = made ? { node: made.node.arguments?.[index], source: made.source } : { node: judged.args[index], source: judged.source };
    return this.#setsOption(at.node, at.source, option);
  }

  #setsOption(options: ts.Expression | undefined, source: SourceText, option: string, depth = 0): boolean | undefined {
    const ts = this.#ts;
    if (!options) return false;
    if (depth > 4) return undefined;
    const node = unwrap(ts, options);
    if (ts.isObjectLiteralExpression(node)) {
      const given = property(ts, node, option);
      if (given) return !ts.isPropertyAssignment(given) || !isNothing(ts, given.initializer);
      for (const part of node.properties) {
        if (ts.isSpreadAssignment(part) && this.#setsOption(part.expression, source, option, depth + 1)) return true;
      }
      return false;
    }
    if (ts.isIdentifier(node)) {
      const value = this.#origins.values.initializer(node, source);
      return value ? this.#setsOption(value.node, value.source, option, depth + 1) : undefined;
    }
    if (ts.isCallExpression(node)) {
      const target = this.#origins.functionOf(node.expression, source);
      return target?.fn.body ? contains(ts, target.fn.body, (n) => ts.isPropertyAssignment(n) && n.name.getText() === option) : undefined;
    }
    return undefined;
  }

  /** `setTimeout(poll, 1000)` inside `poll`: process-long work that reschedules itself. A retry counts its attempts down and is not. */
  #reschedulesItself(judged: Judged, target: FunctionNode): boolean {
    const ts = this.#ts;
    if (!judged.enclosing) return false;
    if (target === judged.enclosing) return true;
    if (!target.body) return false;
    return contains(ts, target.body, (node) => {
      if (!ts.isCallExpression(node)) return false;
      // `poll` hands itself to a timer again, or the callback calls the function that set the timer.
      const callee = memberName(ts, node.expression) ?? (ts.isIdentifier(node.expression) ? node.expression.text : '');
      if (timers.test(callee) && node.arguments.some((argument) => ts.isIdentifier(argument) && this.#origins.functionOf(argument, judged.source)?.fn === target)) return true;
      return node.arguments.length === 0 && this.#origins.functionOf(node.expression, judged.source)?.fn === judged.enclosing;
    });
  }
}

/** Whether the verdict rests on what another file says: where the receiver was made. */
function seesAnotherFile({ receiver, source }: Handoff): boolean {
  return receiver?.kind === 'library' && receiver.built !== undefined && receiver.built.source !== source;
}

function fateIn(boundary: Boundary, facts: FileFacts): { fate: Fate; partly: boolean } {
  const { runtimes } = boundary;
  if (facts.runtime !== 'portable' && !facts.strict) return { fate: runtimes[facts.runtime], partly: false };
  const fates = [runtimes.node, runtimes.browser];
  return { fate: fates.find((f) => f !== 'kept') ?? 'kept', partly: fates.includes('kept') };
}

function silent(judged: Judged, by: string): Judged {
  return { ...judged, verdict: 'silent', by };
}

function versionRefusal(judged: Judged): Judged {
  const { boundary, facts } = judged;
  const version = boundary.package === undefined ? undefined : facts.versionOf(boundary.package);
  if (version === undefined || boundary.slots.length === 0) return judged;
  const fits = boundary.slots.some((slot) => slot.versions === undefined || facts.satisfies(version, slot.versions));
  return fits ? judged : { ...judged, refusal: { code: 'version-too-old', detail: `${boundary.package} ${version} has no slot for a carrier outside the payload; it needs ${boundary.versions}` } };
}

function isNothing(ts: Ts, node: ts.Expression): boolean {
  const inner = unwrap(ts, node);
  return inner.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(inner) && inner.text === 'undefined');
}

function isHandler(ts: Ts, node: ts.Expression): boolean {
  const inner = unwrap(ts, node);
  return isFunctionNode(ts, inner) || ts.isIdentifier(inner) || ts.isPropertyAccessExpression(inner) || ts.isCallExpression(inner);
}

function isFileName(ts: Ts, node: ts.Expression): boolean {
  const inner = unwrap(ts, node);
  if (ts.isStringLiteralLike(inner)) return true;
  if (ts.isNewExpression(inner)) return ts.isIdentifier(inner.expression) && inner.expression.text === 'URL';
  if (!ts.isCallExpression(inner)) return false;
  const name = memberName(ts, inner.expression) ?? (ts.isIdentifier(inner.expression) ? inner.expression.text : '');
  return ['join', 'resolve', 'fileURLToPath', 'pathToFileURL'].includes(name);
}
