/** A route: its body in `withCarrier(req.headers, …)`, or `traceHandler(name)` where it is passed by name. */
import type ts from 'typescript';
import { argument } from '../src/analysis/handoffs.ts';
import { contains, isFunctionNode, memberName, unwrap, walk, type FunctionNode } from '../src/analysis/syntax.ts';
import { leadsToWork } from '../src/analysis/work.ts';
import type { PlacedEdit } from '../src/fix/edits.ts';
import type { Judged } from '../src/analysis/judge.ts';
import { enclose } from './enclose.ts';
import { refuse, type RepairTools, type Strategy } from './strategy.ts';
import { wrap } from './text.ts';

const streams = /text\/event-stream|streamSSE|streamText|\bReadableStream\b/;

const extractInHttpHandler: Strategy = (site, tools) => {
  const { ts, helper } = tools;
  const callback = argument(site, 'callback');
  if (!callback || ts.isSpreadElement(callback)) return refuse('unsupported-shape', 'the handler is not written out');
  const node = unwrap(ts, callback);
  if (!isFunctionNode(ts, node)) {
    return { edits: wrap(site.source, callback, `${helper(site.source, 'traceHandler')}(`, ')') };
  }
  if (streams.test(node.getText(site.source.ast))) return refuse('streaming', 'the answer is a stream that goes on after the handler has returned');
  const hono = site.boundary.id === 'hono/route';
  const plan = enclose(ts, site.source, node, hono ? 'c' : 'req', (request) => `${helper(site.source, 'withCarrier')}(${request}${hono ? '.req.raw' : ''}.headers, `);
  return 'refused' in plan ? plan : { edits: [...plan.edits, ...bindBodyListeners(site, node, tools)] };
};

export default extractInHttpHandler;

/** `req.on('end', …)` runs in the context in which the connection was made, whatever encloses it: measured as `http.server-req-listeners`. */
function bindBodyListeners(site: Judged, handler: FunctionNode, { ts, origins, api }: RepairTools): PlacedEdit[] {
  const request = handler.parameters[0]?.name;
  if (!request || !ts.isIdentifier(request)) return [];
  const edits: PlacedEdit[] = [];
  walk(ts, handler, (node) => {
    if (!ts.isCallExpression(node) || !/^(on|once)$/.test(memberName(ts, node.expression) ?? '')) return;
    const [event, listener] = node.arguments;
    if (!event || !listener || !ts.isStringLiteralLike(event) || !['data', 'end'].includes(event.text)) return;
    if (rootOf(ts, (node.expression as ts.PropertyAccessExpression).expression)?.text !== request.text) return;
    if (contains(ts, listener, (n) => ts.isIdentifier(n) && n.text === 'bind') || !leadsToWork(ts, origins, listener, site.source)) return;
    const context = api(site.source, 'context');
    edits.push(...wrap(site.source, listener, `${context}.bind(${context}.active(), `, ')'));
  });
  return edits;
}

/** `req` of `req.on('data', …).on('end', …)`. */
function rootOf(ts: RepairTools['ts'], node: ts.Expression): ts.Identifier | undefined {
  let at: ts.Expression = node;
  while (ts.isCallExpression(at) || ts.isPropertyAccessExpression(at)) at = at.expression;
  return ts.isIdentifier(at) ? at : undefined;
}
