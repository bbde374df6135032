import {
  context,
  createContextKey,
  isSpanContextValid,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
} from '@opentelemetry/api';
import type { Attributes, Context, Link, Span, SpanContext, TextMapGetter } from '@opentelemetry/api';

/** A queued job, as far as its process span needs it. */
interface JobLike {
  id?: string | undefined;
  name: string;
  queueName: string;
  opts?: object | undefined;
}

/** Where BullMQ keeps a job's carrier: `telemetry.metadata` from 5.34 on, `telemetryMetadata` from 5.22 to 5.33. */
interface JobSlots {
  repeat?: unknown;
  telemetry?: { metadata?: unknown; omitContext?: unknown } | undefined;
  telemetryMetadata?: unknown;
}

interface BulkJob {
  name: string;
  opts?: object | undefined;
}

interface FlowNode extends BulkJob {
  queueName: string;
  children?: FlowNode[] | undefined;
}

/** What a message's process span says of it. */
interface About {
  /** The value of `messaging.system`. */
  system: string;
  destination?: string | undefined;
  id?: string | undefined;
}

/** The headers of a library that takes no plain object: NATS. */
interface HeaderMap {
  set(key: string, value: string): void;
  append(key: string, value: string): void;
}

/** What runs in a span of its own: an agent, a tool or a workflow. */
interface Operation {
  name: string;
  /** What it is given to work on: recorded only where the environment asks for content. */
  input?: unknown;
  /** An agent's part in the work; by default `lead`, and `specialist` under another agent. */
  role?: string | undefined;
}

type Callable = (...args: never[]) => unknown;
type FetchArguments = Parameters<typeof fetch>;

/** The active trace context as plain strings, to be sent along with the work. */
export function captureCarrier(): Record<string, string> {
  const carrier: Record<string, string> = {};
  propagation.inject(context.active(), carrier);
  return carrier;
}

/** Runs `fn` in the trace context of the request's headers, unless an instrumentation has continued that trace already. */
export function withCarrier<T>(carrier: unknown, fn: () => T): T {
  const remote = remoteContext(carrier);
  if (!remote) return fn();
  const ambient = trace.getSpan(context.active());
  const continued = ambient && isLive(ambient) && ambient.spanContext().traceId === trace.getSpanContext(remote)?.traceId;
  return continued ? fn() : context.with(remote, fn);
}

/** A handler that does its work in the trace context of the request that it is given. */
export function traceHandler<F extends Callable>(handler: F): F {
  return new Proxy(handler, {
    apply(target, self: unknown, args: unknown[]): unknown {
      return withCarrier(requestHeaders(args), (): unknown => Reflect.apply(target, self, args));
    },
  });
}

/** The message with the active trace context in `_otel`; anything but a plain object is returned as it is. */
export function carryMessage<T>(message: T): T {
  if (!isPlainObject(message) || Object.prototype.propertyIsEnumerable.call(message, '_otel')) return message;
  const carrier = captureCarrier();
  return isEmpty(carrier) ? message : { ...message, _otel: carrier };
}

/** Runs `fn` in the trace context that came with the message, and hides `_otel`, so that the message is what was sent. */
export function withMessageCarrier<T>(message: unknown, fn: () => T): T {
  return inRemoteContext(messageCarrier(message), fn);
}

/** A message handler that does its work in the trace context of the message that it is given. */
export function traceMessageHandler<F extends Callable>(handler: F): F {
  return new Proxy(handler, {
    apply(target, self: unknown, args: unknown[]): unknown {
      return withMessageCarrier(args[0], (): unknown => Reflect.apply(target, self, args));
    },
  });
}

/** A copy of the environment with the active trace context in `TRACEPARENT`, `TRACESTATE` and `BAGGAGE`. */
export function carryEnvironment<E extends Record<string, string | undefined>>(env: E): E {
  const copy: Record<string, string | undefined> = { ...env };
  const carrier = captureCarrier();
  // What this process inherited is its own parent's: a state without its parent would join the child to nothing.
  if ('traceparent' in carrier) Reflect.deleteProperty(copy, 'TRACESTATE');
  for (const [key, value] of entriesOf(carrier)) copy[environmentName(key)] = value;
  return copy as E;
}

/** Runs `fn` in the trace context that the parent process left in the environment. */
export function withEnvironmentCarrier<T>(env: Record<string, string | undefined>, fn: () => T): T {
  return inRemoteContext(recordOf(propagation.fields().map((key) => [key, env[environmentName(key)]])), fn);
}

/**
 * The value with the active trace context in the object at `path`: `headers`, `messages.*.headers` (every element of a
 * list), '' (the value itself). What has a trace context already stays as it is.
 */
export function carryIn<T>(value: T, path: string): T {
  const carrier = captureCarrier();
  return isEmpty(carrier) ? value : (placeAt(value, path.split('.').filter(Boolean), (headers) => merge(headers, carrier)) as T);
}

/**
 * The same where the library has a kind of headers of its own, with `set` and `append`: `make` gives an empty one, into
 * which what is there is copied, for it may be somebody else's too.
 */
export function carryInMap<T>(value: T, name: string, make: () => HeaderMap): T {
  const carrier = captureCarrier();
  const given = (value as Record<string, unknown> | undefined)?.[name] as Iterable<[string, string[]]> | undefined;
  const pairs = Array.from(given ?? []);
  if (isEmpty(carrier) || pairs.some(([key]) => key.toLowerCase() === 'traceparent')) return value;
  const headers = make();
  for (const [key, values] of pairs) for (const each of values) headers.append(key, each);
  for (const [key, text] of entriesOf(carrier)) headers.set(key, text);
  return { ...value, [name]: headers };
}

/** The same for AWS message attributes, of which a message has ten at most: none is added where there is no room for all. */
export function carryAttributes<T>(value: T, path: string): T {
  const carrier = captureCarrier();
  const attributes = recordOf(entriesOf(carrier).map(([key, text]) => [key, { DataType: 'String', StringValue: text }]));
  return isEmpty(carrier) ? value : (placeAt(value, path.split('.'), (given) => (Object.keys({ ...given, ...attributes }).length > 10 ? given : merge(given, attributes))) as T);
}

/** BullMQ job options with the active trace context; those of a repeated job, or with a context of their own, stay as they are. */
export function carryJob<T extends object | undefined>(options?: T): T {
  const { repeat, telemetry }: JobSlots = options ?? {};
  const carrier = captureCarrier();
  if (repeat || telemetry?.metadata || telemetry?.omitContext || isEmpty(carrier)) return options as T;
  return { ...options, telemetry: { ...telemetry, metadata: JSON.stringify(carrier) } } as unknown as T;
}

/** The same for BullMQ 5.22 to 5.33. */
export function carryJobLegacy<T extends object | undefined>(options?: T): T {
  const { repeat, telemetryMetadata }: JobSlots = options ?? {};
  const carrier = captureCarrier();
  if (repeat || telemetryMetadata || isEmpty(carrier)) return options as T;
  return { ...options, telemetryMetadata: JSON.stringify(carrier) } as unknown as T;
}

/** The jobs of `addBulk`, each with the active trace context in its options. */
export function carryJobs<J extends BulkJob>(jobs: J[]): J[] {
  return jobs.map(carryBulkJob);
}

/** A BullMQ flow with the active trace context in the options of every node. */
export function carryFlow<F extends FlowNode>(flow: F): F {
  const node = carryBulkJob(flow);
  return node.children ? { ...node, children: node.children.map((child) => carryFlow(child)) } : node;
}

/**
 * Runs `fn` in a `process` span for the job: a `child` of its producer, or a new trace with a `link` to it. Where an
 * instrumentation has made that span already, there is no second one.
 */
export function processJob<T>(job: JobLike, relation: 'link' | 'child', fn: () => T): T {
  return processMessage({ system: 'bullmq', destination: job.queueName, id: job.id }, jobCarrier(job), relation, fn);
}

/**
 * Runs `fn` in a `process` span for a message that came with `carrier`: a `child` of its producer, or a new trace with a
 * `link` to it. Where an instrumentation has made that span already, there is no second one.
 */
export function processMessage<T>({ system, destination, id }: About, carrier: unknown, relation: 'link' | 'child', fn: () => T): T {
  const remote = remoteContext(carrier);
  const producer = remote && trace.getSpanContext(remote);
  const span = trace.getSpan(context.active());
  const ambient = span && validContext(span.spanContext());
  const related = !producer || ambient?.traceId === producer.traceId;
  if (span && ambient && !ambient.isRemote && isLive(span) && related) return fn();

  const links: Link[] = [];
  if (producer && relation === 'link') links.push({ context: producer });
  if (ambient && ambient.traceId !== producer?.traceId) links.push({ context: ambient });
  const parent = remote && relation === 'link' ? trace.deleteSpan(remote) : (remote ?? ROOT_CONTEXT);
  const attributes = {
    'messaging.system': system,
    'messaging.operation.name': 'process',
    'messaging.operation.type': 'process',
    ...(destination === undefined ? {} : { 'messaging.destination.name': destination }),
    ...(id === undefined ? {} : { 'messaging.message.id': id }),
  };
  const options = { kind: SpanKind.CONSUMER, links, attributes };
  return inSpan(trace.getTracer('otel-handoff').startSpan(destination === undefined ? 'process' : `process ${destination}`, options, parent), parent, fn);
}

/** A message handler that does its work in the message's `process` span; `carrierOf` finds the carrier in what it is given. */
export function traceConsumer<F extends Callable>(handler: F, about: About, relation: 'link' | 'child', carrierOf: (...args: Parameters<F>) => unknown): F {
  return new Proxy(handler, {
    apply(target, self: unknown, args: unknown[]): unknown {
      return processMessage(about, carrierOf(...(args as Parameters<F>)), relation, (): unknown => Reflect.apply(target, self, args));
    },
  });
}

/** A handler that does its work in the trace context of what it is given. */
export function traceReceiver<F extends Callable>(handler: F, carrierOf: (...args: Parameters<F>) => unknown): F {
  return new Proxy(handler, {
    apply(target, self: unknown, args: unknown[]): unknown {
      return withCarrier(carrierOf(...(args as Parameters<F>)), (): unknown => Reflect.apply(target, self, args));
    },
  });
}

/** A job processor that does its work in the job's `process` span. */
export function traceProcessor<F extends Callable>(processor: F, relation: 'link' | 'child'): F {
  return new Proxy(processor, {
    apply(target, self: unknown, args: unknown[]): unknown {
      return processJob(args[0] as JobLike, relation, (): unknown => Reflect.apply(target, self, args));
    },
  });
}

/**
 * `fetch` in a CLIENT span whose trace context goes out in the headers. The call itself is made with tracing suppressed,
 * so that an instrumentation of `fetch` neither sends a second `traceparent` nor makes a second span. A request that has
 * a `traceparent` already is left alone.
 */
export function tracedFetch(...args: FetchArguments): ReturnType<typeof fetch> {
  const request = describeRequest(args);
  if (!request || request.headers.has('traceparent')) return globalThis.fetch(...args);
  const { method, url, headers } = request;
  const attributes = {
    'http.request.method': method,
    ...urlAttributes(url),
  };
  const span = trace.getTracer('otel-handoff').startSpan(method, { kind: SpanKind.CLIENT, attributes });
  const carrier: Record<string, string> = {};
  propagation.inject(trace.setSpan(context.active(), span), carrier);
  for (const [key, value] of entriesOf(carrier)) if (!headers.has(key)) headers.set(key, value);
  const call: FetchArguments = isEmpty(carrier) ? args : [args[0], { ...args[1], headers }];
  const suppressTracing = createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING');
  return inSpan(span, context.active().setValue(suppressTracing, true), async () => {
    const response = await globalThis.fetch(...call);
    span.setAttribute('http.response.status_code', response.status);
    if (response.status >= 400) {
      span.setAttribute('error.type', String(response.status));
      span.setStatus({ code: SpanStatusCode.ERROR });
    }
    return response;
  });
}

/**
 * The client with each request in a CLIENT span whose trace context goes out in the object at `path` of argument `at`. The
 * request itself is made with tracing suppressed, so that an instrumentation neither sends a second `traceparent` nor makes
 * a second span. What the client returns is returned as it is.
 */
export function tracedClient<T extends object>(client: T, method: string, at: number, path: string): T {
  const request = (target: Callable, self: unknown, given: unknown[]): unknown => {
    const span = trace.getTracer('otel-handoff').startSpan(method, { kind: SpanKind.CLIENT, attributes: { 'http.request.method': method, ...addressOf(given[0]) } });
    const args = [...given];
    while (args.length < at) args.push(undefined);
    args[at] = context.with(trace.setSpan(context.active(), span), () => carryIn(args[at], path));
    const suppressTracing = createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING');
    return endWith(span, () => context.with(context.active().setValue(suppressTracing, true), (): unknown => Reflect.apply(target, self, args)));
  };
  return new Proxy(client, {
    apply: (target, self, args: unknown[]) => request(target as Callable, self, args),
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name, target);
      return typeof member === 'function' ? (...args: unknown[]) => request(member as Callable, target, args) : member;
    },
  });
}

/** Runs `fn`, an agent's work, in an `invoke_agent` span that says how deep in delegation it stands. */
export function traceAgent<T>(agent: Operation, fn: () => T): T {
  const depthKey = createContextKey('app.agent.delegation_depth');
  const above: unknown = context.active().getValue(depthKey);
  // Who delegated from another process, or how deep in there, nobody here knows.
  const unknown = above === undefined ? trace.getSpanContext(context.active())?.isRemote === true : typeof above !== 'number';
  const depth = unknown ? 'unknown' : Number(above ?? -1) + 1;
  const role = agent.role ?? (unknown ? undefined : depth === 0 ? 'lead' : 'specialist');
  const attributes = {
    'gen_ai.agent.name': agent.name,
    ...(role === undefined ? {} : { 'app.agent.role': role }),
    ...(unknown ? {} : { 'app.agent.delegation_depth': depth }),
  };
  return runOperation('invoke_agent', agent, attributes, context.active().setValue(depthKey, depth), fn);
}

/** Runs `fn`, a tool's work, in an `execute_tool` span. */
export function traceTool<T>(tool: Operation, fn: () => T): T {
  return runOperation('execute_tool', tool, { 'gen_ai.tool.name': tool.name }, context.active(), fn);
}

/** Runs `fn`, a workflow, in an `invoke_workflow` span. */
export function traceWorkflow<T>(workflow: Operation, fn: () => T): T {
  return runOperation('invoke_workflow', workflow, { 'gen_ai.workflow.name': workflow.name }, context.active(), fn);
}

/** Header names have no case; `Headers` needs its own getter; anything but strings is nothing. */
const carrierGetter: TextMapGetter<unknown> = {
  keys: (carrier) => Object.keys(carrier ?? {}),
  get(carrier, key) {
    if (typeof carrier !== 'object' || carrier === null) return undefined;
    const name = Object.keys(carrier).find((candidate) => candidate.toLowerCase() === key.toLowerCase());
    const value: unknown =
      'get' in carrier && typeof carrier.get === 'function'
        ? (carrier as { get(name: string): unknown }).get(key)
        : (carrier as Record<string, unknown>)[name ?? key];
    return Array.isArray(value) ? textOf(value[0]) : textOf(value);
  },
};

/** Kafka's headers are bytes; AWS's attributes hold their text in one of three names. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return undefined;
  if (value instanceof Uint8Array) return String.fromCharCode(...value);
  const { StringValue, stringValue, Value } = value as Record<string, unknown>;
  const text = StringValue ?? stringValue ?? Value;
  return typeof text === 'string' ? text : undefined;
}

/** The context that the carrier describes, if it holds a valid trace context at all. */
function remoteContext(carrier: unknown): Context | undefined {
  try {
    const remote = propagation.extract(ROOT_CONTEXT, carrier, carrierGetter);
    return validContext(trace.getSpanContext(remote)) && remote;
  } catch {
    return undefined;
  }
}

function inRemoteContext<T>(carrier: unknown, fn: () => T): T {
  const remote = remoteContext(carrier);
  return remote ? context.with(remote, fn) : fn();
}

function validContext(spanContext: SpanContext | undefined): SpanContext | undefined {
  return spanContext && isSpanContextValid(spanContext) ? spanContext : undefined;
}

/** A local, sampled span records until it has ended. */
function isLive(span: Span): boolean {
  const { isRemote, traceFlags } = span.spanContext();
  return isRemote === true || (traceFlags & TraceFlags.SAMPLED) === 0 || span.isRecording();
}

/** Runs `fn` with the span active in `parent`, and ends the span with it or with the promise that it returns. */
function inSpan<T>(span: Span, parent: Context, fn: () => T): T {
  const fail = (error: unknown): never => {
    failSpan(span, error);
    throw error;
  };
  const succeed = <V>(value: V): V => {
    span.end();
    return value;
  };
  try {
    // A query builder runs at each `then`: call it once only, and with the span active.
    return context.with(trace.setSpan(parent, span), () => {
      const result = fn();
      return isThenable(result) ? (result.then(succeed, fail) as T) : succeed(result);
    });
  } catch (error) {
    return fail(error);
  }
}

function failSpan(span: Span, error: unknown): void {
  const known = error instanceof Error;
  span.recordException(known ? error : String(error));
  span.setAttribute('error.type', known ? error.name : '_OTHER');
  span.setStatus({ code: SpanStatusCode.ERROR, message: known ? error.message : String(error) });
  span.end();
}

/** Calls `fn`, returns what it returns, and ends the span once that is settled. */
function endWith<T>(span: Span, fn: () => T): T {
  const fail = (error: unknown): void => failSpan(span, error);
  const succeed = (value: unknown): void => {
    const { status, statusCode = status } = (value ?? {}) as { status?: unknown; statusCode?: unknown };
    if (typeof statusCode === 'number') {
      span.setAttribute('http.response.status_code', statusCode);
      if (statusCode >= 400) span.setAttribute('error.type', String(statusCode)).setStatus({ code: SpanStatusCode.ERROR });
    }
    span.end();
  };
  try {
    const result = fn();
    if (isThenable(result)) result.then(succeed, fail);
    else succeed(result);
    return result;
  } catch (error) {
    fail(error);
    throw error;
  }
}

/** A span by the GenAI conventions. What it was given is an event that a collector can drop, and off unless the environment asks for it. */
function runOperation<T>(operation: string, { name, input }: Operation, attributes: Attributes, parent: Context, fn: () => T): T {
  const span = trace.getTracer('otel-handoff').startSpan(`${operation} ${name}`, { attributes: { 'gen_ai.operation.name': operation, ...attributes } }, parent);
  if (input !== undefined && span.isRecording() && capturesContent()) {
    const key = operation === 'execute_tool' ? 'gen_ai.tool.call.arguments' : 'app.agent.input';
    span.addEvent(`${operation}.input`, { sensitive: true, [key]: contentOf(input) });
  }
  return inSpan(span, parent, fn);
}

/** https://github.com/open-telemetry/semantic-conventions-genai: content is recorded only where somebody has asked for it. */
function capturesContent(): boolean {
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
  return /^(true|1|event_only|span_and_event)$/i.test(process?.env?.['OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT'] ?? '');
}

function contentOf(value: unknown): string {
  if (typeof value === 'string') return value;
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** A copy of the value in which `change` has been made to the object at the path; missing objects on the way are made. */
function placeAt(value: unknown, path: readonly string[], change: (at: Record<string, unknown>) => Record<string, unknown>): unknown {
  const [first, ...rest] = path;
  if (first === '*') return Array.isArray(value) ? value.map((each) => placeAt(each, rest, change)) : value;
  if (first === undefined && isHeaders(value)) return copyHeaders(value, change({}));
  if (first === undefined && Array.isArray(value)) return appendHeaders(value, change({}));
  if (value !== undefined && value !== null && !isPlainObject(value)) return value;
  const object = (value ?? {}) as Record<string, unknown>;
  if (first === undefined) return change(object);
  if (object[first] === undefined && rest[0] === '*') return value;
  return { ...object, [first]: placeAt(object[first], rest, change) };
}

/** Header names have no case: `Traceparent` and `traceparent` together would be no header at all. */
function merge(given: Record<string, unknown>, carrier: Record<string, unknown>): Record<string, unknown> {
  return Object.keys(given).some((key) => key.toLowerCase() === 'traceparent') ? given : { ...carrier, ...given };
}

/** What fetch and its likes take instead of an object. */
interface HeadersLike {
  constructor: unknown;
  has(name: string): boolean;
  set(name: string, value: string): unknown;
}

function isHeaders(value: unknown): value is HeadersLike {
  return typeof value === 'object' && value !== null && 'has' in value && 'set' in value && /Headers$/.test(String(Reflect.get(value, Symbol.toStringTag)));
}

/** A copy: the caller may send its own again, with another trace context. */
function copyHeaders(headers: HeadersLike, carrier: Record<string, unknown>): HeadersLike {
  if (headers.has('traceparent')) return headers;
  const copy = new (headers.constructor as new (from: HeadersLike) => HeadersLike)(headers);
  for (const [key, value] of entriesOf(carrier)) if (!copy.has(key)) copy.set(key, String(value));
  return copy;
}

/** Pairs, or names and values in turn; any other list stays as it is. */
function appendHeaders(list: unknown[], carrier: Record<string, unknown>): unknown[] {
  const inPairs = list.length > 0 && list.every(Array.isArray);
  const inTurn = list.length > 0 && list.length % 2 === 0 && list.every((each) => typeof each === 'string');
  const names: unknown[] = inPairs ? list.map(([name]: unknown[]) => name) : list.filter((_, index) => index % 2 === 0);
  if (names.some((name) => typeof name === 'string' && name.toLowerCase() === 'traceparent')) return list;
  const added: unknown[][] = entriesOf(carrier);
  return inPairs ? [...list, ...added] : inTurn ? added.reduce((all, pair) => [...all, ...pair], list) : list;
}

/** `Object.entries` and `Object.fromEntries`, for compilers that are told of neither. */
function entriesOf<T>(record: Record<string, T>): [string, T][] {
  return Object.keys(record).map((key) => [key, record[key] as T]);
}

function recordOf<T>(entries: [string, T][]): Record<string, T> {
  const record: Record<string, T> = {};
  for (const [key, value] of entries) record[key] = value;
  return record;
}

function isEmpty(carrier: Record<string, string>): boolean {
  return Object.keys(carrier).length === 0;
}

/** Express calls its error handlers with the error first; Hono keeps the request in `c.req.raw`. */
function requestHeaders(args: unknown[]): unknown {
  const request = args[args.length === 4 ? 1 : 0] as { headers?: unknown; req?: { raw?: { headers?: unknown } } } | undefined;
  return request?.headers ?? request?.req?.raw?.headers;
}

/** The carrier that came in `_otel`, which is hidden from here on: not deleted, for another listener may be handed the same message. */
export function messageCarrier(message: unknown): unknown {
  const carrier: unknown = isPlainObject(message) && '_otel' in message ? message._otel : undefined;
  if (!isPlainObject(carrier) || entriesOf(carrier as Record<string, unknown>).some(([, value]) => typeof value !== 'string')) return undefined;
  Reflect.defineProperty(message as object, '_otel', { enumerable: false });
  return carrier;
}

/** Environment variables match `^[A-Z_][A-Z0-9_]*$`. */
function environmentName(key: string): string {
  return key.toUpperCase().replace(/[^A-Z0-9_]/g, '_');
}

function carryBulkJob<J extends BulkJob>(job: J): J {
  const opts = carryJob(job.opts);
  return opts === job.opts ? job : { ...job, opts };
}

function jobCarrier(job: JobLike): unknown {
  const { telemetry, telemetryMetadata }: JobSlots = job.opts ?? {};
  try {
    return JSON.parse(String(telemetry?.metadata ?? telemetryMetadata));
  } catch {
    return undefined;
  }
}

/** What a span says of where a request goes, where its first argument is an address. */
function addressOf(target: unknown): Record<string, string | number> {
  if (typeof target !== 'string' && !(target instanceof URL)) return {};
  try {
    const url = new URL(target);
    url.username = url.password = '';
    return urlAttributes(url);
  } catch {
    return {};
  }
}

/** Without what signs a request. */
function urlAttributes(url: URL): Record<string, string | number> {
  return {
    'url.full': url.href.replace(/([?&](?:AWSAccessKeyId|Signature|sig|X-Goog-Signature)=)[^&#]*/gi, '$1REDACTED'),
    'server.address': url.hostname,
    'server.port': Number(url.port) || (url.protocol === 'https:' ? 443 : 80),
  };
}

/** What `fetch` will make of its arguments; undefined where it will refuse them, or where they don't go over HTTP. */
function describeRequest([input, init]: FetchArguments): { method: string; url: URL; headers: Headers } | undefined {
  const request = typeof input === 'string' || input instanceof URL ? undefined : input;
  try {
    // Only Request knows the base of a relative URL. It refuses credentials, so they can't get into the span.
    const url = new URL(new Request(request?.url ?? input).url);
    const method = (init?.method ?? request?.method ?? 'GET').toUpperCase();
    return url.protocol.startsWith('http') ? { method, url, headers: new Headers(init?.headers ?? request?.headers) } : undefined;
  } catch {
    return undefined;
  }
}
