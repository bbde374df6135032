/**
 * A span, or a whole piece of work, that is cut off from the trace that it belongs to: `root: true`, `ROOT_CONTEXT` and
 * `deleteSpan` around work that is done for somebody. A root is in order where there is nobody: at module scope, in
 * recurring work, in a loop of one's own, in the program's start; where a link joins it; and in a trace store of one's own.
 */
import type ts from 'typescript';
import { declarationOf, enclosingFunction } from '../scope.ts';
import { isInTest } from '../tests.ts';
import { calleeToken, contains, memberName, property, unwrap, walk } from '../syntax.ts';
import type { CheckedFile, SpanCheck, Spot } from './support/check.ts';
import { isNobodys } from './support/nobody.ts';
import { isApiMember, isApiTracer, linksOf, literalOf, startOf, type Start } from './support/tracers.ts';
import { homeOf } from './support/uses.ts';
import { callbackWaits, waitsIn } from './support/waits.ts';

const noNewRoot: SpanCheck = { rule: 'no-new-root', find };

export default noNewRoot;

function find(file: CheckedFile): Spot[] {
  const { ts, source } = file;
  const spots: Spot[] = [];
  walk(ts, source.ast, (node) => {
    if (ts.isCallExpression(node)) spots.push(...atCall(file, node));
  });
  return spots;
}

function atCall(file: CheckedFile, call: ts.CallExpression): Spot[] {
  const member = memberName(file.ts, call.expression);
  if (member !== 'with' && member !== 'startSpan' && member !== 'startActiveSpan') return [];
  const spot = member === 'with' ? contextWith(file, call) : start(file, call);
  if (!spot || isInTest(file.ts, call) || isNobodys(file, call)) return [];
  return [isAwaited(file, call) ? spot : { ...spot, says: 'starts a new trace for work that nobody waits for, and nothing joins it to the request that asked for it', advice: 'Give the span a link: `links: [{ context: … }]` with the active span\'s context, or say what the detachment is for: `// handoff-ignore no-new-root -- reason`.', refusal: { code: 'no-repair', detail: 'nobody waits for it: a link to what began it is what it lacks' } }];
}

/** `startActiveSpan(name, { root: true }, fn)`, `startSpan(name, options, ROOT_CONTEXT)`. */
function start(file: CheckedFile, call: ts.CallExpression): Spot | undefined {
  const { ts, origins, source } = file;
  const found = startOf(ts, origins, call, source);
  if (!found || !isApiTracer(file, call)) return undefined;
  const literal = literalOf(ts, origins, found.options, source);
  if (found.options && !literal) return undefined;
  if (literal && (linksOf(ts, literal) || property(ts, literal, 'startTime'))) return undefined;
  const root = literal && property(ts, literal, 'root');
  const isRoot = root !== undefined && ts.isPropertyAssignment(root) && root.initializer.kind === ts.SyntaxKind.TrueKeyword && root.getSourceFile() === source.ast;
  const context = isRoot ? undefined : rootedBy(file, found.context);
  if (!isRoot && !context) return undefined;
  if (!isAroundWork(file, found)) return undefined;
  if (isRoot) return { boundary: 'opentelemetry/root-option', node: root, token: root.name, verdict: 'lost', parts: { call } };
  return { boundary: context!, node: call, token: calleeToken(ts, call), verdict: 'lost' };
}

/** Whether the function that starts a span also waits for work: one that keeps it for later, or ends it at once, cuts nothing off here. */
function isAroundWork(file: CheckedFile, { call, active, callback }: Start): boolean {
  if (active) return callbackWaits(file, callback);
  const { ts } = file;
  let holder: ts.Node = call;
  while (!ts.isStatement(holder)) holder = holder.parent;
  if (!ts.isVariableStatement(holder)) return false;
  const home = homeOf(ts, call);
  return !ts.isSourceFile(home) && waitsIn(file, home).some((node) => node.pos > call.end);
}

/** `context.with(ROOT_CONTEXT, fn)`, `context.with(trace.deleteSpan(context.active()), fn)`. */
function contextWith(file: CheckedFile, call: ts.CallExpression): Spot | undefined {
  const { ts, origins, source } = file;
  const [context, callback] = call.arguments;
  const boundary = rootedBy(file, context);
  if (!boundary || !isApiMember(origins.of(call.expression, source), 'context.with') || !callbackWaits(file, callback)) return undefined;
  if ((callback && (startsLinked(file, callback) || beginsLasting(file, callback))) || isKept(file, call)) return undefined;
  return { boundary, node: call, token: calleeToken(ts, call), verdict: 'lost' };
}

/** `context.with(ROOT_CONTEXT, () => setInterval(poll, 1000))`: what goes on for ever is begun so that it keeps nobody's trace. */
function beginsLasting({ ts, handoffs, origins, source }: CheckedFile, callback: ts.Expression): boolean {
  const target = origins.functionOf(callback, source);
  return handoffs.some(({ boundary, node }) => boundary.recurring && enclosingFunction(ts, node) === target?.fn);
}

/** `this.client ??= await context.with(ROOT_CONTEXT, connect)`: what all callers share belongs to none of them. */
function isKept({ ts }: CheckedFile, call: ts.CallExpression): boolean {
  let at: ts.Node = call;
  while (ts.isParenthesizedExpression(at.parent) || ts.isAwaitExpression(at.parent) || ts.isAsExpression(at.parent) || ts.isNonNullExpression(at.parent)) at = at.parent;
  const { parent } = at;
  if (!ts.isBinaryExpression(parent) || parent.right !== at) return false;
  const { kind } = parent.operatorToken;
  if (kind === ts.SyntaxKind.QuestionQuestionEqualsToken || kind === ts.SyntaxKind.BarBarEqualsToken) return true;
  if (kind !== ts.SyntaxKind.EqualsToken) return false;
  const left = unwrap(ts, parent.left);
  if (!ts.isIdentifier(left)) return true;
  const declaration = declarationOf(ts, left);
  return declaration === undefined || homeOf(ts, declaration) !== homeOf(ts, call);
}

/** Which boundary it is where an expression is a context without a span; nothing where it is another. */
function rootedBy(file: CheckedFile, expression: ts.Expression | undefined, hops = 0): string | undefined {
  const { ts, origins, source } = file;
  if (!expression || hops > 2) return undefined;
  const node = unwrap(ts, expression);
  if ((ts.isIdentifier(node) || ts.isPropertyAccessExpression(node)) && isApiMember(origins.of(node, source), 'ROOT_CONTEXT')) return isReassigned(file, node) ? undefined : 'opentelemetry/root-context';
  if (ts.isCallExpression(node)) return memberName(ts, node.expression) === 'deleteSpan' && isApiMember(origins.of(node.expression, source), 'trace.deleteSpan') ? 'opentelemetry/delete-span' : undefined;
  if (!ts.isIdentifier(node)) return undefined;
  const declaration = declarationOf(ts, node);
  return declaration && ts.isVariableDeclaration(declaration) && (declaration.parent.flags & ts.NodeFlags.Const) !== 0 ? rootedBy(file, declaration.initializer, hops + 1) : undefined;
}

/** `let parent = ROOT_CONTEXT; if (carrier) parent = …`: a root only where there is nothing else. */
function isReassigned({ ts }: CheckedFile, node: ts.Expression): boolean {
  const declaration = ts.isIdentifier(node) ? declarationOf(ts, node) : undefined;
  return declaration !== undefined && ((ts.isVariableDeclaration(declaration) && (declaration.parent.flags & ts.NodeFlags.Const) === 0) || ts.isParameter(declaration));
}

/** A span inside that has links says itself what it comes from. */
function startsLinked({ ts, origins, source }: CheckedFile, callback: ts.Expression): boolean {
  const named = origins.functionOf(callback, source);
  const from = named?.source ?? source;
  return contains(ts, named?.fn ?? callback, (node) => {
    if (!ts.isCallExpression(node)) return false;
    if (/^addLinks?$/.test(memberName(ts, node.expression) ?? '')) return true;
    const found = startOf(ts, origins, node, from);
    const options = found && literalOf(ts, origins, found.options, from);
    return options !== undefined && linksOf(ts, options) !== undefined;
  });
}

/** Whether whoever calls waits for what comes of it. */
function isAwaited({ ts }: CheckedFile, call: ts.CallExpression): boolean {
  let at: ts.Node = call;
  while (ts.isParenthesizedExpression(at.parent) || ts.isAsExpression(at.parent) || ts.isNonNullExpression(at.parent)
    || (ts.isPropertyAccessExpression(at.parent) && ts.isCallExpression(at.parent.parent) && /^(then|catch|finally)$/.test(at.parent.name.text))) at = ts.isPropertyAccessExpression(at.parent) ? at.parent.parent : at.parent;
  return !ts.isExpressionStatement(at.parent) && !ts.isVoidExpression(at.parent);
}
