/** A route: its body in `withCarrier(req.headers, …)`, or `traceHandler(name)` where it is passed by name. */
import type ts from 'typescript';
import { handlerOf } from '../src/analysis/handoffs.ts';
import { contains, isFunctionNode, memberName, unwrap, walk, type FunctionNode } from '../src/analysis/syntax.ts';
import { leadsToWork } from '../src/analysis/work.ts';
import type { PlacedEdit } from '../src/fix/edits.ts';
import { declarationOf } from '../src/analysis/scope.ts';
import type { SourceText } from '../src/analysis/source.ts';
import { enclose } from './support/enclose.ts';
import { refuse, type RepairTools, type Strategy } from './support/strategy.ts';
import { wrap } from './support/text.ts';

const streams = /text\/event-stream|streamSSE|streamText|\bReadableStream\b/;

const streaming = refuse('streaming', 'the answer is a stream that goes on after the handler has returned');

const extractInHttpHandler: Strategy = (site, tools) => {
  const { ts, helper } = tools;
  const callback = handlerOf(site);
  if (!callback || ts.isSpreadElement(callback)) return refuse('unsupported-shape', 'the handler is not written out');
  const node = unwrap(ts, callback);
  const hono = site.boundary.id === 'hono/route';
  // A handler that is given the headers themselves: `(stream, headers) => …` of http2.
  const given = site.boundary.slots.find((slot) => slot.in === 'message')?.parameter;
  if (given !== undefined) {
    if (!isFunctionNode(ts, node)) return refuse('unsupported-shape', 'the handler is not written out');
    return enclose(ts, site.source, node, 'headers', (headers) => `${helper(site.source, 'withCarrier')}(${headers}, `, given);
  }
  if (!isFunctionNode(ts, node)) {
    const named = tools.origins.functionOf(callback, site.source);
    if (named && streams.test(named.fn.getText(named.source.ast))) return streaming;
    const target = hono ? undefined : named;
    const listeners = target ? bindBodyListeners(target.fn, requestIndex(target.fn), target.source, tools) : [];
    return { edits: [...wrap(site.source, callback, `${helper(site.source, 'traceHandler')}(`, ')'), ...listeners] };
  }
  if (streams.test(node.getText(site.source.ast))) return streaming;
  const plan = enclose(ts, site.source, node, hono ? 'c' : site.boundary.id === 'koa/route' ? 'ctx' : 'req', (request) => `${helper(site.source, 'withCarrier')}(${request}${hono ? '.req.raw' : ''}.headers, `);
  return 'refused' in plan || hono ? plan : { edits: [...plan.edits, ...bindBodyListeners(node, requestIndex(node), site.source, tools)] };
};

export default extractInHttpHandler;

/**
 * `req.on('end', …)` runs in the context in which the connection was made, whatever encloses it: measured as
 * `http.server-req-listeners`. So does what the request is handed on with: `readBody(req, (body) => …)`.
 */
function bindBodyListeners(fn: FunctionNode, index: number, source: SourceText, tools: RepairTools, seen = new Set<FunctionNode>()): PlacedEdit[] {
  const { ts, origins, api } = tools;
  const request = fn.parameters[index];
  if (!request || !ts.isIdentifier(request.name) || seen.has(fn)) return [];
  seen.add(fn);
  const isRequest = (node: ts.Expression): boolean => ts.isIdentifier(node) && declarationOf(ts, node) === request;
  const edits: PlacedEdit[] = [];
  const bind = (listener: ts.Expression): void => {
    if (contains(ts, listener, (n) => ts.isIdentifier(n) && n.text === 'bind') || !leadsToWork(ts, origins, listener, source)) return;
    const context = api(source, 'context');
    edits.push(...wrap(source, listener, `${context}.bind(${context}.active(), `, ')'));
  };
  walk(ts, fn, (node) => {
    if (!ts.isCallExpression(node)) return;
    if (/^(on|once)$/.test(memberName(ts, node.expression) ?? '') && isRequest(rootOf(ts, node.expression))) {
      const [event, listener] = node.arguments;
      if (event && listener && ts.isStringLiteralLike(event) && ['data', 'end'].includes(event.text)) bind(listener);
      return;
    }
    const at = node.arguments.findIndex((argument) => isRequest(argument));
    if (at < 0) return;
    const target = origins.functionOf(node.expression, source);
    if (target) edits.push(...bindBodyListeners(target.fn, at, target.source, tools, seen));
    else for (const argument of node.arguments) if (isFunctionNode(ts, argument)) bind(argument);
  });
  return edits;
}

/** Express calls its error handlers with the error first. */
function requestIndex(handler: FunctionNode): number {
  return handler.parameters.length === 4 ? 1 : 0;
}

/** `req` of `req.on('data', …).on('end', …)`. */
function rootOf(ts: RepairTools['ts'], node: ts.Expression): ts.Expression {
  let at: ts.Expression = node;
  while (ts.isCallExpression(at) || ts.isPropertyAccessExpression(at)) at = at.expression;
  return at;
}
