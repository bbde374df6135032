/**
 * Does a callback lead to anything worth a span: I/O, a model, tool or agent call, a queue, a span, or code that does one?
 * One that only resolves, rejects, logs, counts, clears, kills or aborts hands over nothing.
 */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import type { Origin, Origins } from './origins.ts';
import { declarationOf } from './scope.ts';
import type { SourceText } from './source.ts';
import { isAsync, isFunctionNode, memberName, unwrap, walk, type FunctionNode } from './syntax.ts';

const MAX_DEPTH = 5;

/** Globals and helpers that only compute or only undo. */
const trivialCalls = new Set([
  'clearTimeout', 'clearInterval', 'clearImmediate', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'parseInt', 'parseFloat',
  'String', 'Number', 'Boolean', 'BigInt', 'Symbol', 'isNaN', 'isFinite', 'structuredClone', 'encodeURIComponent', 'decodeURIComponent',
  'encodeURI', 'decodeURI', 'require', 'next', 'done', 'resolve', 'reject', 'requestAnimationFrame', 'cancelAnimationFrame', 'Error', 'super',
]);
/** Objects whose methods only compute or only report. */
const trivialReceivers = /^(console|Math|JSON|Object|Array|Date|Number|String|Reflect|Symbol|Intl|Buffer|Promise|performance|Atomics|URL|path|util|assert|crypto|expect|vi|jest)$/;
const reporting = /^_?(log|logger|logging|console|metrics?|stats|statsd|counter|gauge|histogram|telemetry|debug|warn)$|Logger$|Metrics?$/i;
/** Member names that say that something is done elsewhere. */
const doing = /^(send|save|write|read|query|request|publish|exec|execute|run|invoke|process|handle|sync|flush|load|fetch|post|put|patch|insert|upsert|update|create|remove|dispatch|call|start|retry|refresh|poll|connect|reconnect|upload|download|generate|complete|chat|stream|enqueue|schedule|notify|deliver|transaction|commit|migrate|scan|crawl|ingest|embed|search|summari[sz]e|plan|ask|answer|work|perform|trigger|remember|record|store|persist|index|render|add(Bulk|Job)?|find(One|Many|First|Unique)?|startSpan|startActiveSpan|addEvent)([A-Z_]|$)/;
/** Members that only end something, a message's delivery among them. */
const ending = /^(close|end|destroy|terminate|kill|abort|stop|disconnect|unref|unsubscribe|cancel|quit|shutdown|dispose|removeListener|off|ack|nack|nak|ackAll|nackAll|term)$/;
/** Members that only turn one shape of a message into another. */
const coding = /^(decode|encode|stringify)$/;
/** React's setters and their like: state of a page. */
const setter = /^set[A-Z]/;
/** Modules that do no I/O worth a span. */
const pureModules = /^(path|url|util|assert|crypto|events|buffer|querystring|string_decoder|timers|perf_hooks|os|lodash|lodash-es|zod|uuid|nanoid|ms|dayjs|date-fns|semver|chalk|picocolors|debug|pino|winston|bunyan)(\/|$)/;
const ioModules = /^(fs|fs\/promises|http|https|http2|net|dgram|dns|child_process|undici|axios|got|ky|node-fetch|bullmq|bull|ioredis|redis|pg|mysql2?|mongodb|mongoose|kafkajs|amqplib|nats|openai|ai|nodemailer|@prisma\/client|@aws-sdk\/.*|@anthropic-ai\/.*|@google\/.*|@modelcontextprotocol\/.*|@opentelemetry\/api)$/;

/** Whether what `callback` names or is may do work; a function that cannot be seen counts as work. */
export function leadsToWork(ts: Ts, origins: Origins, callback: ts.Expression, source: SourceText): boolean {
  if (isSettler(ts, callback)) return false;
  const node = unwrap(ts, callback);
  if (memberName(ts, node) !== undefined && isTrivialMember(ts, origins, node as ts.PropertyAccessExpression, source)) return false;
  const target = origins.functionOf(callback, source) ?? boundFunction(ts, origins, node, source);
  return target ? doesWork(ts, origins, target.fn, target.source, new Set()) : true;
}

/** Whether a function's body may do work. */
export function bodyDoesWork(ts: Ts, origins: Origins, fn: FunctionNode, source: SourceText): boolean {
  return doesWork(ts, origins, fn, source, new Set());
}

/** Whether a statement, say a loop's body, may do work. */
export function blockDoesWork(ts: Ts, origins: Origins, block: ts.Statement, source: SourceText): boolean {
  return nodeDoesWork(ts, origins, block, source, new Set());
}

/** `handler.bind(this)` → the handler. */
function boundFunction(ts: Ts, origins: Origins, node: ts.Expression, source: SourceText): { fn: FunctionNode; source: SourceText } | undefined {
  return ts.isCallExpression(node) && memberName(ts, node.expression) === 'bind'
    ? origins.functionOf((node.expression as ts.PropertyAccessExpression).expression, source) : undefined;
}

function doesWork(ts: Ts, origins: Origins, fn: FunctionNode, source: SourceText, seen: Set<ts.Node>): boolean {
  if (seen.has(fn) || seen.size > 40) return false;
  seen.add(fn);
  return fn.body ? nodeDoesWork(ts, origins, fn.body, source, seen) : true;
}

function nodeDoesWork(ts: Ts, origins: Origins, root: ts.Node, source: SourceText, seen: Set<ts.Node>): boolean {
  let works = false;
  walk(ts, root, (node) => {
    if (works) return false;
    if (ts.isCallExpression(node)) works = callDoesWork(ts, origins, node, source, seen);
    else if (ts.isNewExpression(node)) works = constructsWork(origins, node, source);
    else if (ts.isForOfStatement(node) && node.awaitModifier) works = true;
    return undefined;
  });
  return works;
}

function callDoesWork(ts: Ts, origins: Origins, call: ts.CallExpression, source: SourceText, seen: Set<ts.Node>): boolean {
  if (call.expression.kind === ts.SyntaxKind.SuperKeyword) return false;
  if (call.expression.kind === ts.SyntaxKind.ImportKeyword) return false;
  const callee = unwrap(ts, call.expression);
  const awaited = ts.isAwaitExpression(call.parent);
  if (ts.isIdentifier(callee)) {
    if (isSettler(ts, callee)) return false;
    const origin = origins.of(callee, source);
    if (origin?.kind === 'global') return !trivialCalls.has(callee.text) && (callee.text === 'fetch' || awaited || doing.test(callee.text));
    if (setter.test(callee.text) && !awaited) return false;
    if (origin?.kind === 'local') return localDoesWork(ts, origins, origin, seen, awaited);
    if (origin?.kind === 'library') return libraryDoesWork(origin.module, origin.name, awaited);
    if (trivialCalls.has(callee.text) || reporting.test(callee.text)) return false;
    return awaited || isParameter(ts, callee) || doing.test(callee.text);
  }
  const member = memberName(ts, callee);
  if (member === undefined) return awaited;
  if (ending.test(member) || coding.test(member)) return false;
  const access = callee as ts.PropertyAccessExpression;
  if (isTrivialMember(ts, origins, access, source)) return false;
  const origin = origins.of(callee, source);
  if (origin?.kind === 'local') return localDoesWork(ts, origins, origin, seen, awaited);
  if (origin?.kind === 'library') return libraryDoesWork(origin.module, member, awaited);
  const receiver = origins.of(access.expression, source);
  if (receiver?.kind === 'library') return libraryDoesWork(receiver.module, member, awaited);
  return awaited || doing.test(member);
}

function localDoesWork(ts: Ts, origins: Origins, origin: Extract<Origin, { kind: 'local' }>, seen: Set<ts.Node>, awaited: boolean): boolean {
  if (!isFunctionNode(ts, origin.node)) return awaited;
  if (seen.size >= MAX_DEPTH * 8) return isAsync(ts, origin.node);
  return doesWork(ts, origins, origin.node, origin.source, seen);
}

function libraryDoesWork(module: string, member: string, awaited: boolean): boolean {
  if (pureModules.test(module) || member === 'postMessage') return false; // a message is a handoff of its own
  return awaited || ioModules.test(module) || doing.test(member.split('.').at(-1)!);
}

function constructsWork(origins: Origins, node: ts.NewExpression, source: SourceText): boolean {
  const origin = origins.of(node, source);
  return origin?.kind === 'library' && (origin.module === 'worker_threads' || origin.module === 'child_process');
}

function isTrivialMember(ts: Ts, origins: Origins, access: ts.PropertyAccessExpression | ts.ElementAccessExpression, source: SourceText): boolean {
  const receiver = unwrap(ts, access.expression);
  const name = ts.isIdentifier(receiver) ? receiver.text : memberName(ts, receiver);
  if (name === undefined) return false;
  if (ts.isIdentifier(receiver) && trivialReceivers.test(name)) return origins.of(receiver, source)?.kind !== 'local';
  return reporting.test(name);
}

/** A function that was handed in may do anything. */
function isParameter(ts: Ts, callee: ts.Identifier): boolean {
  const declaration = declarationOf(ts, callee);
  return declaration !== undefined && ts.isParameter(declaration);
}

/** `resolve` and `reject` of a promise's executor, by whatever name. */
export function isSettler(ts: Ts, expression: ts.Expression): boolean {
  const node = unwrap(ts, expression);
  if (!ts.isIdentifier(node)) return memberName(ts, node) === 'resolve' || memberName(ts, node) === 'reject';
  const declaration = declarationOf(ts, node);
  if (!declaration || !ts.isParameter(declaration)) return false;
  const executor = declaration.parent;
  if (!ts.isArrowFunction(executor) && !ts.isFunctionExpression(executor)) return false;
  const made = executor.parent;
  return ts.isNewExpression(made) && ts.isIdentifier(made.expression) && made.expression.text === 'Promise';
}
