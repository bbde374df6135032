/**
 * A span of one's own that some way leaves open, and the end of a span that is somebody else's. Whoever hands a span on
 * (returns it, keeps it in an object, gives it to a function that may end it, ends it in a callback) has given it an
 * owner: silent.
 */
import type ts from 'typescript';
import { declarationOf } from '../scope.ts';
import { isInTest } from '../tests.ts';
import { calleeToken, contains, isAsync, isFunctionNode, memberName, unwrap, walk } from '../syntax.ts';
import type { CheckedFile, SpanCheck, Spot } from './support/check.ts';
import { Flow, type Leak } from './support/flow.ts';
import { ownedSpans, startsSpans, type Owned } from './support/owned.ts';
import { isApiMember, startOf } from './support/tracers.ts';
import type { Use } from './support/uses.ts';

const requireSpanEnd: SpanCheck = { rule: 'require-span-end', find };

export default requireSpanEnd;

function find(file: CheckedFile): Spot[] {
  const owned = startsSpans(file) ? ownedSpans(file).flatMap((span) => judge(file, span)) : [];
  return [...owned, ...borrowed(file)];
}

function judge(file: CheckedFile, span: Owned): Spot[] {
  const { ts } = file;
  const { uses, declaration, call, start } = span;
  // What a test leaves open is seen by nobody.
  if (isInTest(ts, call)) return [];
  const spot = (boundary: string, more: Partial<Spot> = {}): Spot => ({ boundary: `opentelemetry/${boundary}`, node: call, token: calleeToken(ts, call), verdict: 'lost', parts: { body: span.block, ...(declaration ? { span: declaration } : {}) }, ...more });
  if (!declaration) return endsActive(file, span) ? [] : [spot('span-never-ended')];
  if (uses.some(({ kind }) => kind === 'escape')) return [];
  const ends = uses.filter(({ kind }) => kind === 'end');
  if (ends.length === 0) return start?.active && endsActive(file, span) ? [] : [spot('span-never-ended')];
  // A callback that ends it is its owner.
  if (ends.some(({ closure }) => closure !== undefined)) return [];
  const flow = flowOf(file, span, ends);
  const [leak] = [...flow.leaks].sort((a, b) => rank(a) - rank(b));
  if (leak) return [spot('span-path-unended', { says: leakWords(file, leak), why: [`line ${lineOf(file, leak.node)}: ${reasons[leak.kind]}`] })];
  const late = usedAfterEnd(file, span, ends);
  if (late) return [late];
  // A span that stands for its work's errors is recorded by whoever has it: a helper too.
  if (flow.mayThrow && !uses.some(({ kind }) => kind === 'record' || kind === 'lent')) return [spot('span-error-unrecorded', { severity: 'warn' })];
  return [];
}

function flowOf({ ts }: CheckedFile, span: Owned, ends: readonly Use[]): Flow {
  const endCalls = new Set<ts.Node>(ends.map(({ call }) => call!));
  const names = new Set<ts.Node>(span.uses.map(({ id }) => id));
  const flow = new Flow(ts, (node) => endCalls.has(node), (node) => names.has(node));
  flow.run(span.statements, span.block);
  return flow;
}

/** What is written down as a way out comes before what only may be one. */
function rank({ kind }: Leak): number {
  return kind === 'reject' ? 1 : 0;
}

const reasons: Readonly<Record<Leak['kind'], string>> = {
  return: 'a `return` leaves it open', throw: 'a `throw` leaves it open', jump: 'a jump out of the loop leaves it open',
  fall: 'the end of its block leaves it open', reject: 'it stays open where what is awaited here throws',
};

function leakWords(file: CheckedFile, { kind, node }: Leak): string {
  const line = lineOf(file, node);
  if (kind === 'reject') return `starts a span that stays open where what line ${line} waits for throws: it is never exported`;
  if (kind === 'fall') return 'starts a span that is still open at the end of its block on some way: it is never exported then';
  return `starts a span that the ${kind === 'jump' ? 'jump' : `\`${kind}\``} in line ${line} leaves open: it is never exported then`;
}

function lineOf({ source }: CheckedFile, node: ts.Node): number {
  return source.ast.getLineAndCharacterOfPosition(node.getStart(source.ast)).line + 1;
}

/** `startActiveSpan('x', () => { … trace.getActiveSpan()?.end(); })`: the callback ends what is active in it. */
function endsActive({ ts }: CheckedFile, { start, home }: Owned): boolean {
  return start?.active === true && contains(ts, home, (node) => ts.isIdentifier(node) && (node.text === 'getActiveSpan' || node.text === 'getSpan'));
}

/** A member that is called below a certain `span.end()` of the same list of statements, or in a callback that runs later than that. */
function usedAfterEnd(file: CheckedFile, { uses }: Owned, ends: readonly Use[]): Spot | undefined {
  const { ts } = file;
  for (const { call } of ends) {
    const end = statementOf(ts, call!);
    if (!end) continue;
    const { list, index } = end;
    const late = uses.find((use) => (use.kind === 'call' || use.kind === 'record') && use.call && isBelow(ts, use, list, index));
    if (late?.call) {
      return { boundary: 'opentelemetry/span-used-after-end', node: late.call, token: calleeToken(ts, late.call), verdict: 'lost', ...(late.closure ? { says: 'is called on a span that has ended by then: nobody waits for this callback, and what it sets is dropped' } : {}) };
    }
  }
  return undefined;
}

interface Place {
  list: readonly ts.Statement[];
  index: number;
}

/** `span.end();` as a statement of its own, or in the `finally` of one: where it stands in its list. */
function statementOf(ts: CheckedFile['ts'], call: ts.CallExpression): Place | undefined {
  let statement: ts.Node = call.parent;
  if (!ts.isExpressionStatement(statement)) return undefined;
  let list = listOf(ts, statement.parent);
  if (!list) return undefined;
  const around = statement.parent.parent as ts.Node | undefined; // a file has nothing around it
  if (around && ts.isTryStatement(around) && around.finallyBlock === statement.parent) {
    statement = around;
    list = listOf(ts, statement.parent) ?? [];
  }
  return { list, index: list.indexOf(statement as ts.Statement) };
}

function listOf(ts: CheckedFile['ts'], node: ts.Node): readonly ts.Statement[] | undefined {
  return ts.isBlock(node) || ts.isSourceFile(node) || ts.isCaseOrDefaultClause(node) ? node.statements : undefined;
}

function isBelow(ts: CheckedFile['ts'], use: Use, list: readonly ts.Statement[], index: number): boolean {
  // Where a span is no longer recording, reading its ids is in order.
  const name = use.call && memberName(ts, use.call.expression);
  if (name === 'spanContext' || name === 'isRecording') return false;
  const holder = list.findIndex((statement) => use.id.pos >= statement.pos && use.id.end <= statement.end);
  if (holder < 0) return false;
  return use.closure === undefined ? holder > index : holder < index && isLeftAlone(ts, use.closure, list[holder]!);
}

/** A callback that nobody waits for: `work().then(() => …);`, `setTimeout(() => …)`, `items.forEach(async (item) => …)`. */
function isLeftAlone(ts: CheckedFile['ts'], closure: ts.SignatureDeclaration, statement: ts.Statement): boolean {
  const call = closure.parent;
  if (!ts.isCallExpression(call) || !ts.isExpressionStatement(statement) || unwrapVoid(ts, statement.expression) !== call) return false;
  const name = ts.isIdentifier(call.expression) ? call.expression.text : memberName(ts, call.expression) ?? '';
  if (/^(forEach|map)$/.test(name)) return isFunctionNode(ts, closure) && isAsync(ts, closure) && hasWaitBefore(ts, closure);
  return /^(then|catch|setTimeout|setImmediate|nextTick|queueMicrotask)$/.test(name);
}

function unwrapVoid(ts: CheckedFile['ts'], node: ts.Expression): ts.Node {
  const inner = ts.isVoidExpression(node) ? node.expression : node;
  return ts.isParenthesizedExpression(inner) ? inner.expression : inner;
}

function hasWaitBefore(ts: CheckedFile['ts'], closure: ts.SignatureDeclaration): boolean {
  return contains(ts, closure, (node) => ts.isAwaitExpression(node));
}

/** `trace.getActiveSpan()?.end()`: whoever made it active ends it. */
function borrowed(file: CheckedFile): Spot[] {
  const { ts, source } = file;
  if (!source.text.includes('getActiveSpan') && !source.text.includes('getSpan')) return [];
  const spots: Spot[] = [];
  walk(ts, source.ast, (node) => {
    if (!ts.isCallExpression(node) || memberName(ts, node.expression) !== 'end') return;
    const receiver = unwrap(ts, (node.expression as ts.PropertyAccessExpression).expression);
    if (!isBorrowed(file, receiver) || isOwnActive(file, node) || isInTest(ts, node)) return;
    spots.push({ boundary: 'opentelemetry/borrowed-span-end', node, token: calleeToken(ts, node), verdict: 'lost' });
  });
  return spots;
}

/** The active span, asked for here or kept in a constant. */
function isBorrowed(file: CheckedFile, expression: ts.Expression): boolean {
  const { ts, origins, source } = file;
  const node = unwrap(ts, expression);
  if (ts.isIdentifier(node)) {
    const declaration = declarationOf(ts, node);
    return declaration !== undefined && ts.isVariableDeclaration(declaration) && (declaration.parent.flags & ts.NodeFlags.Const) !== 0
      && declaration.initializer !== undefined && ts.isCallExpression(unwrap(ts, declaration.initializer)) && isBorrowed(file, declaration.initializer);
  }
  if (!ts.isCallExpression(node)) return false;
  const origin = origins.of(node, source);
  if (origin?.kind !== 'library' || !origin.instance || origin.reached) return false;
  if (isApiMember(origin, 'trace.getActiveSpan')) return true;
  const [context] = origin.built?.node.arguments ?? [];
  return isApiMember(origin, 'trace.getSpan') && context !== undefined && ts.isCallExpression(unwrap(ts, context)) && memberName(ts, (unwrap(ts, context) as ts.CallExpression).expression) === 'active';
}

/** In a callback of `startActiveSpan` that takes no span, or of `context.with(trace.setSpan(…), …)`, the active one is its own. */
function isOwnActive({ ts, origins, source }: CheckedFile, node: ts.Node): boolean {
  for (let at: ts.Node = node; at.parent; at = at.parent) {
    if (!ts.isArrowFunction(at) && !ts.isFunctionExpression(at)) continue;
    if (!ts.isCallExpression(at.parent)) continue;
    if (at.parameters.length === 0 && startOf(ts, origins, at.parent, source)?.active) return true;
    if (memberName(ts, at.parent.expression) === 'with' && isApiMember(origins.of(at.parent.expression, source), 'context.with')) return true;
  }
  return false;
}
