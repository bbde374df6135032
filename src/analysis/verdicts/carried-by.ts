/** What the code itself carries the context in (DESIGN.md 5.8). */
import type ts from 'typescript';
import { declaredCarrier } from '../declared-carrier.ts';
import { argument, receiverArgument } from '../handoffs.ts';
import { optionHolders } from '../request.ts';
import type { Origin } from '../origins.ts';
import { enclosingFunction } from '../scope.ts';
import { unwrap } from '../syntax.ts';
import { carriedField, fieldsOf } from '../taken.ts';
import type { Evidence, Judged } from './judged.ts';
import { valueOf } from './values.ts';

/** The slot, helper or interceptor that carries the context at a producer; nothing where none does. */
export function carriedBy(evidence: Evidence, judged: Judged, payload: ts.Expression | undefined, options: ts.Expression | undefined): string | undefined {
  const { ts, origins, carried } = evidence;
  const holders = judged.boundary.request ? optionHolders(judged) : [options];
  for (const slot of judged.boundary.slots) {
    if (slot.encoding === 'fields') {
      const fields = fieldsOf(ts, judged);
      const field = carriedField(ts, fields) ?? fields.map((arg) => carried.injected(arg, judged.source)).find((by) => by !== undefined);
      if (field !== undefined) return field;
      continue;
    }
    if (slot.in === 'init') {
      const given = givenAtMaking(evidence, judged, slot.path);
      if (given) return given;
      continue;
    }
    for (const holder of slot.in === 'payload' ? [payload] : holders) {
      if (carried.fills(holder, judged.source, slot.path)) return `\`${slot.path.join('.')}\``;
      // `_meta: request._meta`: what the caller sent goes on.
      if (slot.relayed && carried.relayed(holder, slot.path.at(-2)!, judged.source)) return `\`${slot.path.at(-2)!}\`, handed on`;
    }
  }
  for (const holder of [...holders, payload, requestObject(evidence, judged)]) {
    const injected = carried.injected(holder, judged.source);
    if (injected) return injected;
  }
  const built = judged.receiver && 'built' in judged.receiver ? judged.receiver.built : undefined;
  return evidence.twice.sentInHeaders(judged, options)
    ?? (judged.boundary.slots.length > 0 || judged.boundary.request ? carried.injectedLater(judged.node, judged.source) : undefined)
    ?? (judged.boundary.request && judged.receiver ? carried.intercepted(built, judged.source) : undefined)
    ?? (judged.boundary.messages ? declaredCarrier(ts, origins, payload, judged.source) : undefined);
}

/** `new Client({ defaultHeaders: carrier })` where the client is made for one caller: what is made while the file loads has nobody's context. */
function givenAtMaking(evidence: Evidence, judged: Judged, path: readonly string[]): string | undefined {
  const { ts, carried } = evidence;
  const { node, source } = receiverArgument({ ...judged, receiver: makerOf(evidence, judged) }, 0);
  if (!node || !enclosingFunction(ts, node)) return undefined;
  return carried.fills(node, source, path) ? `\`${path.join('.')}\`` : carried.injected(node, source);
}

/** What was made: `client` of `client.runs.wait(…)`, where the receiver is a member of it. */
function makerOf({ ts, origins }: Evidence, { node, receiver, source }: Judged): Origin | undefined {
  if ((receiver && 'built' in receiver && receiver.built) || !ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return receiver;
  const member = unwrap(ts, node.expression.expression);
  return ts.isPropertyAccessExpression(member) ? origins.of(member.expression, source) : receiver;
}

/** `fetch(new Request(url, { headers }))`: the options are the request's. */
function requestObject(evidence: Evidence, judged: Judged): ts.Expression | undefined {
  const { ts } = evidence;
  const destination = argument(judged, 'destination');
  const value = destination && unwrap(ts, valueOf(evidence, destination, judged.source));
  return value && ts.isNewExpression(value) && ts.isIdentifier(value.expression) && value.expression.text === 'Request' && value.getSourceFile() === judged.source.ast ? value : undefined;
}
