/** Verdicts: evidence, not suspicion (DESIGN.md section 5). One file and its package facts in; no other file is asked here. */
import type ts from 'typescript';
import type { Boundary, Refusal, RuntimeProfile, Scope, Severity, Ts, Verdict } from '../types.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Cover, Fate } from '../catalogue/schema.ts';
import type { Carried } from './carried.ts';
import { sets } from './carried.ts';
import type { AgentFacts } from './agent-facts.ts';
import { applies, Twice, twiceRule } from './twice.ts';
import { channelOf, type Channel } from './channel.ts';
import { destinationOf, isForeignPlace, type Destination } from './destination.ts';
import { argument, handlerOf, receiverArgument, type Handoff } from './handoffs.ts';
import { endsWithin, requestAround, startsOwnTrace } from './leaks.ts';
import { awaitsReply, connectionReason, isInsideHandler, noticeReason, portListener, setsUp, signalReason, unaskedReason } from './message-shape.ts';
import { indexOf } from './file-index.ts';
import type { Origins } from './origins.ts';
import { givesData } from './programs.ts';
import type { Spot } from './spans/support/check.ts';
import { addressOf, isHandBuilt, optionHolders } from './request.ts';
import { callingFunction, enclosingFunction } from './scope.ts';
import type { Neighbours, SourceText } from './source.ts';
import { isForAll, staysWithCaller } from './sharing.ts';
import { isInTest } from './tests.ts';
import { carriedField, fieldsOf, isAnswer, isWorkedOn, madeBy } from './taken.ts';
import { contains, enclosingSymbol, isFunctionNode, memberName, nameOfFunction, property, unwrap, type FunctionNode } from './syntax.ts';
import { blockDoesWork, bodyDoesWork, calledBack, fileDoesWork, isSettler, leadsToWork } from './work.ts';

/** What is known of a file beyond its text. */
export interface FileFacts {
  runtime: RuntimeProfile;
  /** How the runtime was told, for `why`. */
  runtimeWhy: string;
  /** False where there is no context to lose: browser code without a browser SDK. */
  traced: boolean;
  /** The path inside the repository. */
  place: string;
  /** Every boundary owes an explicit capture (`--strict`). */
  strict: boolean;
  /** Whether the rule of a boundary is asked for here: those of `strictOnly` by `--strict`, the configuration or ESLint; those of agents where somebody makes spans. */
  reports(boundary: Boundary): boolean;
  /** What an entry of `coveredBy` comes to in the file's package and runtime. */
  covering(cover: Cover): Covering;
  /** The version of a library in the file's package, if that can be told. */
  versionOf(library: string): string | undefined;
  satisfies(version: string, range: string): boolean;
  /** Destinations that the configuration calls the project's own. */
  isOwnDestination(url: string): boolean;
  /** What matters where agents run. */
  agents(): AgentFacts;
}

/** Whether something carries the context at a handoff, and why not where it looks as if it did. */
export interface Covering {
  /** What does, and where it is registered. */
  by?: string;
  /** It adds its own carrier to one that is there. */
  breaksTwice?: boolean;
  why?: string;
  /** A dependency that would, if it were registered. */
  unregistered?: string;
}

export interface Judged extends Handoff {
  facts: FileFacts;
  /** The rule that reports it: the boundary's, or the one that speaks of carrying twice. */
  rule: string;
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
  /** An instrumentation that would carry the context, is a dependency, and is registered nowhere. */
  unregistered?: { name: string; dependency: string };
  /** Both carriers, where there are two. */
  twice?: { hand: string; by: string };
  /** A `handoff-ignore` without a reason stands here. */
  unexplained?: boolean;
  /** Handoffs of the other side, once pairing has found them. */
  peers: Judged[];
  /** What a check of src/analysis/spans saw here. */
  spot?: Spot;
}

/** Files and functions that send telemetry of their own. */
const telemetrySender = /telemetry|(tracing|span|trace|metrics?)-?exporter/i;
const timers = /^(set(Timeout|Immediate)|queueMicrotask|nextTick|request(AnimationFrame|IdleCallback)|postTask)$/;

export class Judge {
  readonly #ts: Ts;
  readonly #catalogue: Catalogue;
  readonly #origins: Origins;
  readonly #carried: Carried;
  readonly #neighbours: Neighbours | undefined;
  readonly #twice: Twice;

  constructor(ts: Ts, catalogue: Catalogue, origins: Origins, carried: Carried, neighbours?: Neighbours) {
    this.#ts = ts;
    this.#catalogue = catalogue;
    this.#origins = origins;
    this.#carried = carried;
    this.#neighbours = neighbours;
    this.#twice = new Twice(ts, carried);
  }

  /** `handlers`: the functions of the file that run once a request. */
  judge(handoff: Handoff, facts: FileFacts, handlers: () => ReadonlySet<ts.Node>): Judged {
    const judged = this.#judge(handoff, facts, handlers);
    return handoff.unknown ? unsure(judged) : judged;
  }

  #judge(handoff: Handoff, facts: FileFacts, handlers: () => ReadonlySet<ts.Node>): Judged {
    const judged: Judged = {
      ...handoff, facts, rule: handoff.boundary.rule, verdict: 'silent', why: [], severity: 'error', scope: 'file', pending: false, peers: [],
      channel: channelOf(this.#ts, this.#origins, handoff, this.#neighbours),
    };
    if (seesAnotherFile(judged)) judged.scope = 'project';
    if (!facts.traced) return { ...judged, by: 'no tracer runs here' };
    const fate = fateIn(handoff.boundary, facts);
    if (fate.fate === 'kept') return { ...judged, verdict: 'kept', by: `the context is kept in ${facts.runtime}` };
    judged.verdict = fate.fate;
    judged.severity = fate.partly && !facts.strict ? 'warn' : 'error';
    judged.why.push(fate.partly ? `the context is kept in Node, but lost under a browser's context manager, and nothing tells which runtime this is (${facts.runtimeWhy})` : `runtime: ${facts.runtime} (${facts.runtimeWhy})`);
    if (handoff.boundary.role === 'callback') return this.#callback(judged, handlers);
    return handoff.boundary.role === 'producer' ? this.#producer(judged) : this.#consumer(judged);
  }

  #callback(judged: Judged, handlers: () => ReadonlySet<ts.Node>): Judged {
    const { boundary, source, enclosing } = judged;
    const callback = handlerOf(judged);
    if (!callback) return silent(judged, 'no callback');
    const bound = this.#carried.bound(callback, source, judged.facts.runtime);
    if (bound) return { ...judged, verdict: 'carried', by: bound };
    if (boundary.recurring) return this.#recurring(judged, callback, handlers);
    if (boundary.forMany) return this.#forMany(judged, callback);
    if (boundary.runsAtCreation) {
      const created = judged.receiver && 'built' in judged.receiver ? judged.receiver.built : undefined;
      if (created && created.source === source && enclosing && callingFunction(this.#ts, created.node) === callingFunction(this.#ts, judged.node) && !isKeptOnce(this.#ts, created.node)) {
        return { ...judged, verdict: 'kept', by: 'the object is created and listened to in the same context' };
      }
    }
    if (judged.record) return this.#keyed(judged, judged.record);
    if (!leadsToWork(this.#ts, this.#origins, callback, source, takesMessages(boundary))) return silent(judged, 'the callback hands over nothing worth a span');
    if (!enclosing && boundary.channel === undefined) return silent(judged, 'registered at module scope: no context to lose');
    const own = boundary.shared && staysWithCaller(this.#ts, this.#origins, judged);
    if (own !== undefined) return { ...judged, verdict: 'kept', by: own };
    const target = calledBack(this.#ts, this.#origins, callback, source);
    // Listening where the program starts, it serves no caller: only what the far side asks counts.
    judged.pending = boundary.channel !== undefined && !enclosing;
    if (boundary.channel) {
      const handled = target && this.#carried.extracted(target.fn, target.source);
      if (handled) return { ...judged, verdict: 'carried', by: handled };
    }
    if (target && this.#reschedulesItself(judged, target.fn)) {
      judged.refusal = { code: 'recurring', detail: 'it runs again and again: bound, every run would join the trace that started it; open a span of its own in each run' };
    }
    return judged;
  }

  /** A run that is queued by its key: the record is where its context belongs. */
  #keyed(judged: Judged, record: ts.Expression): Judged {
    const carried = this.#carried.captured(record, judged.source) ?? this.#carried.injected(record, judged.source);
    if (carried) return { ...judged, verdict: 'carried', by: carried };
    if (!judged.enclosing) return silent(judged, 'at module scope: no context to lose');
    return { ...judged, refusal: { code: 'unsupported-shape', detail: 'a key is queued, no function: keep `context.active()` in the record that it names, and start the run in it' } };
  }

  /** Work without an end belongs to no caller: where it keeps the context that began it, that is the loss. */
  #recurring(judged: Judged, callback: ts.Expression, handlers: () => ReadonlySet<ts.Node>): Judged {
    const { boundary, source } = judged;
    if (judged.verdict !== 'leaked') return silent(judged, 'recurring work that starts without a context begins a trace in each run, as it should');
    if (!judged.enclosing) return silent(judged, 'begun at module scope: no context to keep');
    const when = boundary.args.schedule === undefined ? undefined : judged.args[boundary.args.schedule];
    if (boundary.args.schedule !== undefined && !(when && isRule(this.#ts, when))) return silent(judged, 'nothing says that it recurs');
    if (!leadsToWork(this.#ts, this.#origins, callback, source, boundary.id === 'lasting/listener')) return silent(judged, 'the callback hands over nothing worth a span');
    const request = requestAround(this.#ts, this.#origins, this.#catalogue, judged, handlers());
    if (!request) return silent(judged, 'not begun in a request, as far as this file tells');
    if (endsWithin(this.#ts, judged, request)) return silent(judged, 'the request that began it ends it');
    if (startsOwnTrace(this.#ts, judged, callback)) return { ...judged, verdict: 'carried', by: 'ROOT_CONTEXT' };
    const handler = calledBack(this.#ts, this.#origins, callback, source);
    const extracted = handler && this.#carried.extracted(handler.fn, handler.source);
    if (extracted) return { ...judged, verdict: 'carried', by: extracted };
    const covered = this.#coveredBy(judged);
    if (covered !== undefined) return { ...judged, verdict: 'covered', by: covered };
    return { ...judged, severity: 'warn', refusal: { code: 'recurring', detail: 'refused' in boundary.repair ? boundary.repair.detail : boundary.advice } };
  }

  /** One function that serves many callers' items at once. */
  #forMany(judged: Judged, callback: ts.Expression): Judged {
    if (!isForAll(this.#ts, judged)) return { ...judged, verdict: 'kept', by: 'it is made for one caller' };
    const target = this.#origins.functionOf(callback, judged.source);
    if (!target) return silent(judged, 'the function is not in sight');
    if (target.fn.parameters.length === 0) return silent(judged, 'it is given nothing: it works for no caller in particular');
    const attached = this.#carried.attaches(target.fn, target.source);
    if (attached) return { ...judged, verdict: 'carried', by: attached };
    return leadsToWork(this.#ts, this.#origins, callback, judged.source) ? judged : silent(judged, 'the callback hands over nothing worth a span');
  }

  /** Why items in a queue of one's own process need no carrier; nothing where the function that takes them works in another's context. */
  #inOrder(judged: Judged): Judged | undefined {
    const { boundary } = judged;
    const built = receiverArgument(judged, boundary.args.worker!);
    const next = receiverArgument(judged, boundary.args.worker! + 1);
    const target = [built, next].map(({ node, source }) => node && this.#origins.functionOf(node, source)).find((t) => t !== undefined);
    if (!target) return silent(judged, 'the function that does the work is not in sight');
    if (!bodyDoesWork(this.#ts, this.#origins, target.fn, target.source)) return silent(judged, 'its work is nothing worth a span');
    const attached = this.#carried.attaches(target.fn, target.source);
    if (attached) return { ...judged, verdict: 'carried', by: attached };
    const own = judged.enclosing && staysWithCaller(this.#ts, this.#origins, judged);
    return own === undefined ? undefined : { ...judged, verdict: 'kept', by: own };
  }

  /** What the file that the work goes to does, as far as it is in sight. */
  #farSide(judged: Judged): Judged | undefined {
    const { channel, source } = judged;
    const far = channel.key === '*' ? undefined : channel.key === source.path ? source : this.#neighbours?.load(channel.key);
    if (!far) return silent(judged, 'what is done on the far side is not in sight');
    judged.scope = 'project';
    return fileDoesWork(this.#ts, this.#origins, far) ? undefined : silent(judged, 'its file does nothing worth a span');
  }

  #producer(judged: Judged): Judged {
    const { boundary, enclosing } = judged;
    const payload = argument(judged, 'payload');
    const options = argument(judged, 'options');
    if (boundary.rule === twiceRule) return this.#twice.of(judged, options) ?? silent(judged, 'nothing is carried twice');
    if (boundary.recurring || boundary.recurringOptions.some((name) => sets(this.#ts, options, [name]))) return silent(judged, 'a scheduled job: every run would join the first one\'s trace');
    if (boundary.messages) {
      const reason = this.#notice(judged, payload);
      if (reason) return silent(judged, reason);
    }
    if (boundary.signals !== undefined) {
      const reason = signalReason(this.#ts, payload, `${judged.channel.key} ${(enclosing && nameOfFunction(this.#ts, enclosing)) ?? ''}`);
      if (reason) return silent(judged, reason);
    }
    if (boundary.handsOver.length > 0) {
      if (!boundary.handsOver.some((name) => sets(this.#ts, options, [name]) === true)) return silent(judged, 'it is given nothing to work on');
      if (this.#getsMessages(judged)) return silent(judged, 'its work comes in messages');
    }
    if (boundary.args.data !== undefined && !givesData(this.#ts, this.#origins, judged)) return silent(judged, 'it is given nothing to work on');
    if (boundary.connection) {
      const reason = connectionReason(this.#ts, judged.node as ts.NewExpression, enclosing);
      if (reason) return silent(judged, reason);
    }
    if (this.#isInProcess(judged)) return { ...judged, verdict: 'kept', by: 'both sides run in this process' };
    if (this.#isSuppressed(judged)) return silent(judged, 'tracing is suppressed around it');
    if (boundary.deadEnds.some((name) => sets(this.#ts, payload && this.#valueOf(payload, judged.source), [name]))) return silent(judged, 'nobody traced is at the other end');
    if (isAnswer(this.#ts, judged)) return silent(judged, 'it answers a message');
    if (enclosing && boundary.match.replacedBy !== undefined && nameOfFunction(this.#ts, enclosing) === boundary.match.replacedBy) return silent(judged, 'the helper that carries it');
    const replaced = this.#carried.replaced(judged.node, judged.source, boundary.match.replacedBy);
    if (replaced) return { ...judged, verdict: 'carried', by: replaced, ...this.#addressed(judged) };
    const carried = this.#carriedBy(judged, payload, options);
    if (boundary.twice === 'breaks') {
      const twice = this.#twice.of(judged, options);
      if (twice) return { ...twice, ...this.#addressed(judged) };
    }
    if (carried) return { ...judged, verdict: 'carried', by: carried, ...this.#addressed(judged) };
    if (!enclosing) return silent(judged, 'at module scope: no context to hand over');
    if (isInTest(this.#ts, judged.node)) return silent(judged, 'a test\'s own: it belongs to no trace');
    const settled = boundary.args.worker !== undefined ? this.#inOrder(judged) : boundary.needsFarSide ? this.#farSide(judged) : undefined;
    if (settled) return settled;
    const covered = this.#coveredBy(judged);
    if (covered !== undefined) return { ...judged, verdict: 'covered', by: covered, ...this.#addressed(judged) };
    if (boundary.args.destination !== undefined || boundary.request) return this.#request(judged);
    if (boundary.channel?.by === 'url') {
      const { node, source } = receiverArgument(judged, boundary.channel.arg);
      judged.destination = destinationOf(this.#ts, this.#origins, node, source, judged.facts.runtime, this.#neighbours);
      if (judged.destination.trust === 'silent') return silent(judged, judged.destination.why);
    }
    judged.pending = boundary.needsPeer;
    return versionRefusal(judged);
  }

  /** Where a request goes: the other side is looked for by it, whatever carries the context there. */
  #addressed(judged: Judged): { destination?: Destination } {
    if (argument(judged, 'destination') === undefined && !judged.boundary.request) return {};
    const { head, source, url } = addressOf(this.#ts, this.#origins, judged);
    return { destination: destinationOf(this.#ts, this.#origins, head, source, judged.facts.runtime, this.#neighbours, url) };
  }

  #request(judged: Judged): Judged {
    const address = addressOf(this.#ts, this.#origins, judged);
    const destination = destinationOf(this.#ts, this.#origins, address.head, address.source, judged.facts.runtime, this.#neighbours, address.url);
    // A webhook's address is data, whatever the variable is called that it stands in.
    if (destination.trust === 'own' && destination.url.env.length === 0 && /webhook/i.test(enclosingSymbol(this.#ts, judged.node))) Object.assign(destination, { trust: 'data', why: 'a webhook\'s address comes as data' });
    if (destination.trust === 'own' && telemetrySender.test(`${judged.source.path.split('/').at(-1)!} ${enclosingSymbol(this.#ts, judged.node)}`)) Object.assign(destination, { trust: 'silent', why: 'a telemetry export' });
    if ((destination.trust !== 'own' || destination.weak) && isForeignPlace(this.#ts, judged.node, judged.facts.place, destination)) Object.assign(destination, { trust: 'silent', why: 'a third-party service, by the place that it is asked from' });
    judged.destination = destination;
    judged.why.push(destination.why);
    if (judged.facts.isOwnDestination(destination.url.text)) return judged;
    if (destination.trust === 'silent') return silent(judged, destination.why);
    if (destination.trust !== 'own' && !isHandBuilt(this.#ts, this.#origins, judged, judged.channel.method ?? '*')) return silent(judged, 'a plain read, or handed on: its address and options come from elsewhere');
    // What goes to an address that nothing vouches for is worth a word, but no more.
    if (destination.trust !== 'own') judged.severity = 'warn';
    if (destination.trust === 'data') judged.refusal = { code: 'unknown-destination', detail: `${destination.why}: list its host in \`destinations\` if the trace may go there` };
    if (destination.trust === 'unknown') judged.refusal = { code: 'unknown-destination', detail: `${destination.why}: list its host in \`destinations\`, or read the address from the environment or a configuration` };
    if (judged.facts.runtime !== 'node' && judged.facts.runtime !== 'portable') {
      judged.refusal = { code: 'cors-preflight', detail: 'a browser asks the far side\'s permission for a new header: list its host in `destinations` once it allows `traceparent`' };
    }
    return judged;
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
    if (boundary.channel?.by === 'route' && !judged.handler && (judged.args.length < 2 || !isHandler(this.#ts, callback))) return silent(judged, 'not a route');
    if (boundary.channel?.by === 'server' && !isHandler(this.#ts, callback)) return silent(judged, 'no handler');
    const wrapped = this.#carried.wrapped(callback, source) ?? this.#carried.bound(callback, source, judged.facts.runtime);
    if (wrapped) return { ...judged, verdict: 'carried', by: wrapped };
    const target = calledBack(this.#ts, this.#origins, callback, source);
    if (target) {
      const extracted = this.#carried.extracted(target.fn, target.source);
      if (extracted) return { ...judged, verdict: 'carried', by: extracted };
      if (boundary.signals !== undefined && target.fn.parameters.length < boundary.signals && !takesAll(target.fn)) return silent(judged, 'it doesn\'t look at the message: it is only told that something has changed');
      if (!bodyDoesWork(this.#ts, this.#origins, target.fn, target.source, takesMessages(boundary))) return silent(judged, 'the handler does nothing worth a span');
      const listener = takesMessages(boundary) ? portListener(this.#ts, target.fn) : undefined;
      if (listener && leadsToWork(this.#ts, this.#origins, listener, target.source, true)) return silent(judged, 'it is given a port: its work comes over that');
    }
    const covered = this.#coveredBy(judged);
    // Nothing in this process reaches a processor that runs elsewhere.
    const sandboxed = isFileName(this.#ts, this.#valueOf(callback, source));
    if (covered !== undefined && !sandboxed) return { ...judged, verdict: 'covered', by: covered };
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
    // `cluster.fork().send({ index })`
    const built = judged.receiver && 'built' in judged.receiver ? judged.receiver.built : undefined;
    if (built && ['thread', 'process'].includes(judged.boundary.family) && ts.isPropertyAccessExpression(call.expression)) {
      const justMade = built.source === judged.source && enclosingFunction(ts, built.node) === judged.enclosing;
      if (unwrap(ts, call.expression.expression) === built.node || (justMade && setsUp(ts, call, payload))) return 'it sets up what it has just started';
    }
    const event = judged.boundary.channel?.by === 'name' ? judged.channel.key : undefined;
    const reason = noticeReason(ts, call, payload, event);
    if (reason) return reason;
    if (judged.boundary.bothWays) return unaskedReason(ts, call, payload);
    // A worker that speaks first asks for something only where it waits for the answer.
    if (judged.boundary.asks) {
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

  /** `InMemoryTransport`: where the receiver was made or is used. */
  #isInProcess({ boundary, source, receiver }: Judged): boolean {
    if (boundary.inProcess.length === 0) return false;
    const built = receiver && 'built' in receiver ? receiver.built : undefined;
    return boundary.inProcess.some((word) => source.text.includes(word) || built?.source.text.includes(word));
  }

  /** `context.with(suppressTracing(…), () => fetch(…))`: meant to go untraced. */
  #isSuppressed(judged: Judged): boolean {
    const ts = this.#ts;
    for (let at: ts.Node = judged.node; at.parent; at = at.parent) {
      if (ts.isCallExpression(at.parent) && at.parent.arguments.some((a) => a !== at && this.#suppresses(a, judged.source))) return true;
    }
    return false;
  }

  /** `suppressTracing(…)`, or a variable that holds it. */
  #suppresses(argument: ts.Expression, source: SourceText): boolean {
    const ts = this.#ts;
    const node = this.#valueOf(argument, source);
    return ts.isCallExpression(node) && /(^|\.)suppressTracing$/.test(node.expression.getText());
  }

  #carriedBy(judged: Judged, payload: ts.Expression | undefined, options: ts.Expression | undefined): string | undefined {
    const holders = judged.boundary.request ? optionHolders(judged) : [options];
    for (const slot of judged.boundary.slots) {
      if (slot.encoding === 'fields') {
        const fields = fieldsOf(this.#ts, judged);
        const field = carriedField(this.#ts, fields) ?? fields.map((arg) => this.#carried.injected(arg, judged.source)).find((by) => by !== undefined);
        if (field !== undefined) return field;
        continue;
      }
      for (const holder of slot.in === 'payload' ? [payload] : holders) {
        if (this.#carried.fills(holder, judged.source, slot.path)) return `\`${slot.path.join('.')}\``;
        // `_meta: request._meta`: what the caller sent goes on.
        if (slot.relayed && this.#carried.relayed(holder, slot.path.at(-2)!, judged.source)) return `\`${slot.path.at(-2)!}\`, handed on`;
      }
    }
    for (const holder of [...holders, payload, this.#requestObject(judged)]) {
      const injected = this.#carried.injected(holder, judged.source);
      if (injected) return injected;
    }
    const built = judged.receiver && 'built' in judged.receiver ? judged.receiver.built : undefined;
    return this.#twice.sentInHeaders(judged, options)
      ?? (judged.boundary.slots.length > 0 || judged.boundary.request ? this.#carried.injectedLater(judged.node, judged.source) : undefined)
      ?? (judged.boundary.request && judged.receiver ? this.#carried.intercepted(built, judged.source) : undefined);
  }

  /** `fetch(new Request(url, { headers }))`: the options are the request's. */
  #requestObject(judged: Judged): ts.Expression | undefined {
    const destination = argument(judged, 'destination');
    const value = destination && unwrap(this.#ts, this.#valueOf(destination, judged.source));
    return value && this.#ts.isNewExpression(value) && this.#ts.isIdentifier(value.expression) && value.expression.text === 'Request' && value.getSourceFile() === judged.source.ast ? value : undefined;
  }

  /** An instrumentation that is registered, or the library's own option; notes in `native` whether the latter is on. */
  #coveredBy(judged: Judged): string | undefined {
    const { boundary: { coveredBy }, facts } = judged;
    const made = judged.receiver && 'built' in judged.receiver ? judged.receiver.built?.source : undefined;
    for (const cover of coveredBy) {
      if (!applies(cover, judged.boundary) || (cover.near && !cover.near.some((word) => judged.source.text.includes(word) || made?.text.includes(word)))) continue;
      const { by, why, unregistered } = facts.covering(cover);
      const library = judged.boundary.package === undefined || cover.libraryVersions === undefined ? undefined : facts.versionOf(judged.boundary.package);
      const fits = library === undefined || facts.satisfies(library, cover.libraryVersions!);
      if (by !== undefined && !fits) judged.why.push(`${by} carries nothing for ${judged.boundary.package} ${library}: it does so for ${cover.libraryVersions}`);
      if (!fits) continue;
      if (by !== undefined) return by;
      if (why !== undefined) judged.why.push(why);
      if (unregistered !== undefined) judged.unregistered ??= { name: cover.package, dependency: unregistered };
    }
    const cover = coveredBy.find((c) => c.option !== undefined);
    judged.native = cover?.option === undefined ? false : this.#nativeOption(judged, cover.option, cover.optionsArg ?? 0);
    if (!judged.native) return undefined;
    const version = facts.versionOf(cover!.package);
    if (version !== undefined && cover!.versions !== undefined && !facts.satisfies(version, cover!.versions)) {
      judged.native = false;
      judged.why.push(`the \`${cover!.option}\` option is passed, but ${cover!.package} ${version} has none: it needs ${cover!.versions}`);
      return undefined;
    }
    return `the \`${cover!.option}\` option`;
  }

  /** Whether the library's own telemetry option is passed: at the call itself or where the receiver was made. */
  #nativeOption(judged: Judged, option: string, index: number): boolean | undefined {
    const atCall = judged.boundary.match.use === 'construct' || judged.boundary.match.use === 'decorator';
    const made = atCall ? undefined : madeBy(this.#ts, this.#origins, judged);
    if (!atCall && (!made || made.nameOnly)) return undefined;
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

/** Whether a handoff of this boundary can be a finding here, or part of one; `kept` ones are listed only where they are asked for. */
export function mayMatter(boundary: Boundary, facts: FileFacts, keptToo: boolean): boolean {
  if (!facts.traced || !facts.reports(boundary)) return false;
  return keptToo || boundary.channel !== undefined || boundary.counterparts.length > 0 || fateIn(boundary, facts).fate !== 'kept';
}

function fateIn(boundary: Boundary, facts: FileFacts): { fate: Fate; partly: boolean } {
  const { runtimes } = boundary;
  if (facts.runtime !== 'portable' && !facts.strict) return { fate: runtimes[facts.runtime], partly: false };
  const fates = [runtimes.node, runtimes.browser];
  return { fate: fates.find((f) => f !== 'kept') ?? 'kept', partly: fates.includes('kept') };
}

/** A guess by names: never an error, and nothing that an edit may rest on. */
function unsure(judged: Judged): Judged {
  return {
    ...judged, severity: 'warn', pending: false, why: [...judged.why, 'the receiver\'s origin is unknown'],
    refusal: { code: 'unknown-origin', detail: 'nothing tells what it is called on: annotate it, or run with --types' },
  };
}

/** `worker ??= new Worker(…)`: whoever comes first makes it, and all that come later listen to it. */
function isKeptOnce(ts: Ts, made: ts.Node): boolean {
  let at = made;
  while (ts.isParenthesizedExpression(at.parent) || ts.isAwaitExpression(at.parent)) at = at.parent;
  return ts.isBinaryExpression(at.parent) && [ts.SyntaxKind.QuestionQuestionEqualsToken, ts.SyntaxKind.BarBarEqualsToken].includes(at.parent.operatorToken.kind);
}

/** Notices come to handlers in threads and processes too, and lead to nothing worth a span. */
function takesMessages({ family, channel }: Boundary): boolean {
  return (family === 'thread' || family === 'process') && channel !== undefined;
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

/** `(...args) => …` */
function takesAll(fn: FunctionNode): boolean {
  return fn.parameters.some((parameter) => parameter.dotDotDotToken !== undefined);
}

function isNothing(ts: Ts, node: ts.Expression): boolean {
  const inner = unwrap(ts, node);
  return inner.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(inner) && inner.text === 'undefined');
}

/** Text, or an object that describes when: not a date, which comes once. */
function isRule(ts: Ts, when: ts.Expression): boolean {
  const node = unwrap(ts, when);
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node) || ts.isObjectLiteralExpression(node);
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
