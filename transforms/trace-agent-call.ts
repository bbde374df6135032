/** The call that runs an agent or a workflow: `run(planner, question)` → `traceAgent({ name: 'planner', … }, () => run(planner, question))`. */
import type ts from 'typescript';
import { contains } from '../src/analysis/syntax.ts';
import { openingOf } from './support/agent-operation.ts';
import { refuse, type Strategy } from './support/strategy.ts';
import { wrap } from './support/text.ts';

const traceAgentCall: Strategy = (site, tools) => {
  const { ts } = tools;
  const call = site.spot?.parts?.['call'] as ts.CallExpression | undefined;
  if (!call) return refuse('unsupported-shape', 'the call is not written out');
  if ((ts.isOptionalChain(call) && ts.isOptionalChain(call.parent)) || contains(ts, call, (n) => ts.isYieldExpression(n))) return refuse('unsupported-shape', 'the call is part of an expression that no function can hold');
  const opening = openingOf(site, tools);
  if (opening === undefined) return refuse('unsupported-shape', 'nothing here says what it is called');
  const waits = contains(ts, call, (n) => ts.isAwaitExpression(n) && !isInFunction(ts, n, call));
  return { edits: wrap(site.source, call, `${opening}${waits ? 'async ' : ''}() => `, ')') };
};

export default traceAgentCall;

function isInFunction(ts: Parameters<Strategy>[1]['ts'], node: ts.Node, within: ts.Node): boolean {
  for (let at = node; at !== within; at = at.parent) if (ts.isFunctionLike(at)) return true;
  return false;
}
