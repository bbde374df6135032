/** What is sent and taken by hand: replies, fields in turn, and whether what was taken is worked on. */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { indexOf } from './file-index.ts';
import { carrierKeys } from './propagation.ts';
import type { Handoff } from './handoffs.ts';
import type { Built, Origins } from './origins.ts';
import type { SourceText } from './source.ts';
import { enclosingFunction } from './scope.ts';
import { contains, nameOfFunction, isFunctionNode, memberName, unwrap } from './syntax.ts';
import { blockDoesWork, leadsToWork } from './work.ts';

/** A message that goes where another one asked to be answered. */
export function isAnswer(ts: Ts, { boundary, args }: Handoff): boolean {
  const to = args[boundary.channel?.arg ?? 0];
  if (boundary.answers.length === 0 || !to) return false;
  const whole = unwrap(ts, to);
  // `${replyTo}`
  const only = ts.isTemplateExpression(whole) && whole.templateSpans.length === 1 && whole.head.text === '' && whole.templateSpans[0]!.literal.text === '' ? whole.templateSpans[0]!.expression : whole;
  const node = unwrap(ts, only);
  const name = ts.isIdentifier(node) ? node.text : memberName(ts, node);
  return name !== undefined && boundary.answers.includes(name);
}

/** What is given one after the other: arguments, and the elements of a list among them. */
export function fieldsOf(ts: Ts, { args }: Handoff): ts.Expression[] {
  return args.flatMap((arg) => ts.isArrayLiteralExpression(arg) ? [...arg.elements] : [arg]);
}

/** `xadd('jobs', '*', 'traceparent', value)`: a name among names and values in turn. */
export function carriedField(ts: Ts, fields: readonly ts.Expression[]): string | undefined {
  const field = fields.map((arg) => unwrap(ts, arg)).find((arg) => ts.isStringLiteralLike(arg) && carrierKeys.test(arg.text));
  return field && `\`${(field as ts.StringLiteral).text}\``;
}

/** Whether it is taken in a loop, or what was taken is gone over in one that does work. */
export function isWorkedOn(ts: Ts, origins: Origins, { enclosing, node, source }: Pick<Handoff, 'enclosing' | 'node' | 'source'>, depth = 0): boolean {
  if (!enclosing) return false;
  // `const receive = () => new ReceiveCommand(…)`: whoever calls it works on what comes.
  const made = isFunctionNode(ts, enclosing) && enclosing.body === node ? nameOfFunction(ts, enclosing) : undefined;
  if (made !== undefined && depth < 2) {
    return (indexOf(ts, source.ast).calls.get(made) ?? []).some((call) => isWorkedOn(ts, origins, { enclosing: enclosingFunction(ts, call), node: call, source }, depth + 1));
  }
  for (let at: ts.Node = node; at !== enclosing; at = at.parent) {
    if (ts.isIterationStatement(at, false)) return true;
  }
  return contains(ts, enclosing, (inner) => {
    if (inner.pos < node.end) return false;
    if (ts.isForOfStatement(inner)) return blockDoesWork(ts, origins, inner.statement, source);
    if (!ts.isCallExpression(inner) || !/^(forEach|map)$/.test(memberName(ts, inner.expression) ?? '')) return false;
    return inner.arguments[0] !== undefined && leadsToWork(ts, origins, inner.arguments[0], source);
  });
}

/** What the receiver's options were given to: its constructor, or that of the client which it was got from (`pubsub.topic(name)`). */
export function madeBy(ts: Ts, origins: Origins, { node, receiver, source }: Handoff): Built | undefined {
  const given = receiver && 'built' in receiver ? receiver.built : undefined;
  let at: ts.Expression | undefined = given?.node ?? receiverOf(ts, node);
  let from: SourceText = given?.source ?? source;
  for (let steps = 0; at && steps < 8; steps++) {
    const origin = origins.of(at, from);
    const built = origin && 'built' in origin ? origin.built : undefined;
    if (built && (ts.isNewExpression(built.node) || !receiverOf(ts, built.node))) return built;
    if (built) from = built.source;
    at = built ? receiverOf(ts, built.node) : ts.isPropertyAccessExpression(at) ? at.expression : undefined;
  }
  return given;
}

function receiverOf(ts: Ts, node: ts.Node): ts.Expression | undefined {
  return ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) ? unwrap(ts, node.expression.expression) : undefined;
}
