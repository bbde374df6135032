/**
 * A span that is made a child of something that does not wait for it: a queue's consumer of the message's sender, a batch of
 * one of its messages, a scheduled run of whoever set it up, work after the response of the request.
 */
import type ts from 'typescript';
import { indexOf } from '../file-index.ts';
import { handlerOf } from '../handoffs.ts';
import type { Judged } from '../judge.ts';
import { returnsOf } from '../propagation.ts';
import { declarationOf } from '../scope.ts';
import type { SourceText } from '../source.ts';
import { calleeToken, contains, isFunctionNode, memberName, property, unwrap, walk, type FunctionNode } from '../syntax.ts';
import type { CheckedFile, SpanCheck, Spot } from './support/check.ts';
import { isApiMember, linksOf, literalOf, startOf, type Start } from './support/tracers.ts';
import { homeOf } from './support/uses.ts';

const preferSpanLink: SpanCheck = { rule: 'prefer-span-link', find };

export default preferSpanLink;

function find(file: CheckedFile): Spot[] {
  const { source } = file;
  const batches = source.text.includes('extract') ? onePerBatch(file) : [];
  const taken = new Set(batches.map(({ node }) => node));
  const spots = [...batches, ...file.handoffs.flatMap((handoff) => [...consumers(file, handoff), ...recurring(file, handoff), ...afterResponse(file, handoff)])];
  // One place is said once, the batch before the message.
  return spots.filter((spot, index) => spots.findIndex((each) => each.node === spot.node) === index && (batches.includes(spot) || !taken.has(spot.node)));
}

/** A call of `propagation.extract`, also behind the name of a constant. */
function extraction(file: CheckedFile, expression: ts.Expression | undefined, hops = 0): { call: ts.CallExpression; name: ts.Identifier | undefined } | undefined {
  const { ts, origins, source } = file;
  if (!expression || hops > 2) return undefined;
  const node = unwrap(ts, expression);
  if (ts.isCallExpression(node)) {
    return memberName(ts, node.expression) === 'extract' && isApiMember(origins.of(node.expression, source), 'propagation.extract') ? { call: node, name: undefined } : undefined;
  }
  if (!ts.isIdentifier(node)) return undefined;
  const declaration = declarationOf(ts, node);
  if (!declaration || !ts.isVariableDeclaration(declaration) || (declaration.parent.flags & ts.NodeFlags.Const) === 0 || declaration.getSourceFile() !== source.ast) return undefined;
  const found = extraction(file, declaration.initializer, hops + 1);
  return found && { call: found.call, name: node };
}

/** A span that has an extracted context as its parent, and nothing that says it is only linked. */
interface Child {
  start: Start;
  parent: { call: ts.CallExpression; name: ts.Identifier | undefined };
  /** The context stands in the call itself, and not in a `context.with` around it. */
  given: boolean;
}

function childrenIn(file: CheckedFile, root: ts.Node): Child[] {
  const { ts, origins, source } = file;
  const found: Child[] = [];
  walk(ts, root, (node) => {
    const start = startOf(ts, origins, node, source);
    if (!start || !mayBeLinked(file, start)) return;
    const given = extraction(file, start.context);
    if (given) found.push({ start, parent: given, given: true });
    else if (!start.context) {
      const parent = extractedAround(file, start.call, root);
      if (parent) found.push({ start, parent, given: false });
    }
  });
  return found;
}

/** Whether nothing yet says how it hangs together with another trace. */
function mayBeLinked({ ts, origins, source }: CheckedFile, { options }: Start): boolean {
  if (!options) return true;
  const literal = literalOf(ts, origins, options, source);
  return literal !== undefined && !linksOf(ts, literal) && !property(ts, literal, 'root') && !literal.properties.some((part) => ts.isSpreadAssignment(part));
}

/** `context.with(extracted, () => tracer.startActiveSpan(…))`, with no other span between. */
function extractedAround(file: CheckedFile, call: ts.CallExpression, root: ts.Node): Child['parent'] | undefined {
  const { ts, origins, source } = file;
  for (let at: ts.Node = call; at !== root && at.parent; at = at.parent) {
    const { parent } = at;
    if (!ts.isCallExpression(parent) || !isFunctionNode(ts, at)) continue;
    if (memberName(ts, parent.expression) === 'with' && isApiMember(origins.of(parent.expression, source), 'context.with')) return extraction(file, parent.arguments[0]);
    // Another span is the parent here, or the call is made later.
    if (!/^(map|forEach|flatMap)$/.test(memberName(ts, parent.expression) ?? '')) return undefined;
  }
  return undefined;
}

/** The handler of a queue whose producers don't wait, and the first span that it starts as a child of the message's. */
function consumers(file: CheckedFile, handoff: Judged): Spot[] {
  const { boundary } = handoff;
  if (boundary.role !== 'consumer' || boundary.coupling !== 'detached' || boundary.family !== 'queue') return [];
  const fn = handlerIn(file, handoff);
  if (!fn || answers(file, fn)) return [];
  const [child] = childrenIn(file, fn);
  if (!child) return [];
  const { call } = child.start;
  return [{
    boundary: 'opentelemetry/child-of-message', node: call, token: calleeToken(file.ts, call), verdict: 'misparented',
    why: [`${boundary.library} (\`${boundary.id}\`): whoever sends the message does not wait for it`],
    ...(child.given && child.parent.name ? { parts: { parent: child.parent.name } } : { refusal: { code: 'unsupported-shape', detail: 'the extracted context is no constant that is given to the span' } }),
  }];
}

/** A function of this file that handles, or the one that takes by hand. */
function handlerIn({ ts, origins, source }: CheckedFile, handoff: Judged): FunctionNode | undefined {
  const handler = handlerOf(handoff);
  const target = handler && (origins.functionOf(handler, source) ?? madeBy({ ts, origins, source }, handler));
  if (target) return target.source === source ? target.fn : undefined;
  const { enclosing } = handoff;
  return !handler && enclosing && isFunctionNode(ts, enclosing) ? enclosing : undefined;
}

/** `new Worker('mail', traced(processor))` of `function traced(processor): Processor { return async (job) => … }`: what the function gives back. */
function madeBy({ ts, origins, source }: Pick<CheckedFile, 'ts' | 'origins' | 'source'>, handler: ts.Expression): { fn: FunctionNode; source: SourceText } | undefined {
  const call = unwrap(ts, handler);
  const maker = ts.isCallExpression(call) ? origins.functionOf(call.expression, source) : undefined;
  const [made, more] = maker ? returnsOf(ts, maker.fn) : [];
  return maker && made && !more ? origins.functionOf(made, maker.source) : undefined;
}

/** Whoever is answered waits: `replyTo`, `correlationId`, a job whose end is waited for. */
function answers({ source }: CheckedFile, fn: FunctionNode): boolean {
  return /replyTo|reply_to|\.respond\(|\.reply\(|waitUntilFinished|sendToQueue\([^)]*reply/.test(fn.getText(source.ast)) || source.text.includes('waitUntilFinished');
}

/** `extract(…, messages[0].headers)` as the parent of what is done with all of `messages`. */
function onePerBatch(file: CheckedFile): Spot[] {
  const { ts, source } = file;
  const calls = (indexOf(ts, source.ast).calls.get('extract') ?? []).filter((call): call is ts.CallExpression => ts.isCallExpression(call) && extraction(file, call) !== undefined);
  return calls.flatMap((call): Spot[] => {
    const list = firstOf(file, call.arguments[1]);
    const home = homeOf(ts, call);
    if (list === undefined || ts.isSourceFile(home) || !goesThrough(file, home, list) || isOnlyOne(file, home, list)) return [];
    const use = parentOfAll(file, call, home);
    return use ? [{ boundary: 'opentelemetry/one-parent-for-batch', node: use, token: calleeToken(ts, use), verdict: 'misparented', why: [`the carrier is that of one element of \`${list}\``] }] : [];
  });
}

/** The list of which an expression takes the first or last element: `records` of `records[0].headers`. */
function firstOf(file: CheckedFile, expression: ts.Expression | undefined, hops = 0): string | undefined {
  const { ts } = file;
  if (!expression || hops > 8) return undefined;
  const node = unwrap(ts, expression);
  const next = (inner: ts.Expression | undefined): string | undefined => firstOf(file, inner, hops + 1);
  if (ts.isElementAccessExpression(node) && (ts.isNumericLiteral(node.argumentExpression) || /length\s*-\s*1/.test(node.argumentExpression.getText()))) return node.expression.getText().replace(/[?!]/g, '');
  if (ts.isCallExpression(node)) return memberName(ts, node.expression) === 'at' ? (node.expression as ts.PropertyAccessExpression).expression.getText().replace(/[?!]/g, '') : undefined;
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) return next(node.expression);
  if (ts.isBinaryExpression(node)) return next(node.left); // `message.headers ?? {}`
  // `{ traceparent: record.attributes.traceparent }`
  if (ts.isObjectLiteralExpression(node)) return node.properties.map((part) => (ts.isPropertyAssignment(part) ? next(part.initializer) : undefined)).find((list) => list !== undefined);
  if (!ts.isIdentifier(node)) return undefined;
  const declaration = declarationOf(ts, node);
  if (declaration && ts.isVariableDeclaration(declaration)) return next(declaration.initializer);
  // `const [first] = records`
  const pattern = declaration && ts.isBindingElement(declaration) ? declaration.parent : undefined;
  return pattern && ts.isArrayBindingPattern(pattern) && pattern.elements.length === 1 && ts.isVariableDeclaration(pattern.parent) ? pattern.parent.initializer?.getText().replace(/[?!]/g, '') : undefined;
}

/** Whether a function goes through the whole list. */
function goesThrough({ ts }: CheckedFile, home: ts.Node, list: string): boolean {
  const isList = (node: ts.Expression): boolean => unwrap(ts, node).getText().replace(/[?!]/g, '') === list;
  return contains(ts, home, (node) => (ts.isForOfStatement(node) && isList(node.expression))
    || (ts.isCallExpression(node) && /^(map|forEach|flatMap)$/.test(memberName(ts, node.expression) ?? '') && isList((node.expression as ts.PropertyAccessExpression).expression)));
}

/** `if (records.length === 1)`: then one is all. */
function isOnlyOne({ ts }: CheckedFile, home: ts.Node, list: string): boolean {
  return contains(ts, home, (node) => ts.isBinaryExpression(node) && /^={2,3}$/.test(node.operatorToken.getText()) && node.left.getText().replace(/[?!]/g, '') === `${list}.length` && node.right.getText() === '1');
}

/** Where the context is made the parent of something: `context.with(parent, …)`, or a span's third argument. */
function parentOfAll(file: CheckedFile, extract: ts.CallExpression, home: ts.Node): ts.CallExpression | undefined {
  const { ts, origins, source } = file;
  let found: ts.CallExpression | undefined;
  walk(ts, home, (node) => {
    if (found || !ts.isCallExpression(node)) return;
    const start = startOf(ts, origins, node, source);
    if (start && mayBeLinked(file, start) && extraction(file, start.context)?.call === extract) found = node;
    if (memberName(ts, node.expression) === 'with' && isApiMember(origins.of(node.expression, source), 'context.with') && extraction(file, node.arguments[0])?.call === extract && !hasLinks(file, node)) found = node;
  });
  return found;
}

function hasLinks({ ts, origins, source }: CheckedFile, root: ts.Node): boolean {
  return contains(ts, root, (node) => {
    const start = startOf(ts, origins, node, source);
    const options = start && literalOf(ts, origins, start.options, source);
    return options !== undefined && linksOf(ts, options) !== undefined;
  });
}

/** `const ctx = context.active(); setInterval(() => context.with(ctx, …))`, and a callback that is bound to it. */
function recurring(file: CheckedFile, handoff: Judged): Spot[] {
  const { ts, origins, source } = file;
  // A listener of what lives long may be there for one message: whether it is bound rightly is no-leaked-context's question.
  if (!handoff.boundary.recurring || handoff.boundary.match.use === 'lasting' || handoff.source !== source) return [];
  const handler = handlerOf(handoff);
  const node = handler && unwrap(ts, handler);
  if (!node) return [];
  const spot = (call: ts.CallExpression): Spot => ({ boundary: 'opentelemetry/child-of-past', node: call, token: calleeToken(ts, call), verdict: 'misparented', why: [`${handoff.boundary.library} runs it again and again`] });
  // Only inside a function is there anything active.
  if (!handoff.enclosing) return [];
  if (ts.isCallExpression(node)) {
    const isBound = memberName(ts, node.expression) === 'bind' && isApiMember(origins.of(node.expression, source), 'context.bind') && isActive(file, node.arguments[0], handoff.node);
    return isBound ? [spot(node)] : [];
  }
  const target = origins.functionOf(node, source);
  if (!target || target.source !== source) return [];
  let found: Spot[] = [];
  walk(ts, target.fn, (each) => {
    if (found.length > 0 || !ts.isCallExpression(each)) return;
    const start = startOf(ts, origins, each, source);
    const context = start ? start.context : memberName(ts, each.expression) === 'with' && isApiMember(origins.of(each.expression, source), 'context.with') ? each.arguments[0] : undefined;
    const kept = context && unwrap(ts, context);
    // Asked for in the run itself, it is that run's own.
    if (kept && ts.isIdentifier(kept) && isActive(file, kept, target.fn) && !(start && !mayBeLinked(file, start)) && !hasLinks(file, each)) found = [spot(each)];
  });
  return found;
}

/** `context.active()`, where `outside` says: of a constant that is declared outside of that node. */
function isActive(file: CheckedFile, expression: ts.Expression | undefined, outside: ts.Node): boolean {
  const { ts, origins, source } = file;
  const node = expression && unwrap(ts, expression);
  if (!node) return false;
  if (ts.isCallExpression(node)) return memberName(ts, node.expression) === 'active' && isApiMember(origins.of(node.expression, source), 'context.active');
  const declaration = ts.isIdentifier(node) ? declarationOf(ts, node) : undefined;
  if (!declaration || !ts.isVariableDeclaration(declaration) || !declaration.initializer || (declaration.pos >= outside.pos && declaration.end <= outside.end)) return false;
  // What is asked for while the module loads is the root context.
  return !ts.isSourceFile(homeOf(ts, declaration)) && isActive(file, declaration.initializer, outside);
}

const answered = /^(send|json|end|redirect|sendStatus|render|sendFile)$/;

/** `res.json(ok); setImmediate(() => tracer.startActiveSpan(…))` in a request's handler. */
function afterResponse(file: CheckedFile, handoff: Judged): Spot[] {
  const { ts, origins, source } = file;
  const { boundary, node: call, enclosing } = handoff;
  if (!/^timers\/(set-timeout|set-immediate|queue-microtask|next-tick)/.test(boundary.id) || !enclosing || !ts.isCallExpression(call) || !file.requests().has(enclosing)) return [];
  if (!isAnsweredBefore(file, enclosing, call)) return [];
  const handler = handlerOf(handoff);
  const target = handler && origins.functionOf(handler, source);
  if (!target || target.source !== source) return [];
  let found: Start | undefined;
  walk(ts, target.fn, (node) => {
    found ??= startOf(ts, origins, node, source);
  });
  if (!found || found.context || !mayBeLinked(file, found)) return [];
  return [{ boundary: 'opentelemetry/child-after-response', node: found.call, token: calleeToken(ts, found.call), verdict: 'misparented', why: ['the response is sent before this work begins'] }];
}

/** A statement of the handler itself that answers, above the call. */
function isAnsweredBefore({ ts }: CheckedFile, handler: ts.SignatureDeclaration, call: ts.CallExpression): boolean {
  const response = handler.parameters[1]?.name;
  if (!response || !ts.isIdentifier(response)) return false;
  let statement: ts.Node = call;
  while (statement.parent && !(ts.isBlock(statement.parent) && statement.parent.parent === handler)) statement = statement.parent;
  if (!statement.parent) return false;
  return (statement.parent).statements.some((each) => {
    if (each.pos >= statement.pos || !ts.isExpressionStatement(each)) return false;
    const answer = unwrap(ts, each.expression);
    if (!ts.isCallExpression(answer) || !answered.test(memberName(ts, answer.expression) ?? '')) return false;
    let at: ts.Expression = answer;
    while (ts.isCallExpression(at) || ts.isPropertyAccessExpression(at)) at = at.expression;
    return ts.isIdentifier(at) && at.text === response.text;
  });
}
