/** Work that runs again and again, begun inside a request: it keeps that request's context for ever. */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { handlerMembers, requestModules } from '../catalogue/request-handlers.ts';
import { indexOf } from './file-index.ts';
import { handlerOf, type Handoff } from './handoffs.ts';
import type { Origins } from './origins.ts';
import { declarationOf, enclosingFunction } from './scope.ts';
import { contains, memberName, nameOfFunction, unwrap } from './syntax.ts';

const MAX_HOPS = 3;
/** Types of what a handler is given. */
const ofRequest = /Request|Response|Reply|Context|IncomingMessage/;

/** Functions of a file that run once for each request, message or job: the handlers that it gives to a library. */
export function requestHandlers(origins: Origins, found: readonly Handoff[]): ReadonlySet<ts.Node> {
  const handlers = new Set<ts.Node>();
  for (const handoff of found) {
    if (handoff.boundary.role !== 'consumer' || handoff.boundary.match.use === 'start') continue;
    const handler = handlerOf(handoff);
    const target = handler && origins.functionOf(handler, handoff.source);
    if (target) handlers.add(target.fn);
  }
  return handlers;
}

/** The request's handler around a registration, or the one that calls the function around it; nothing where none is in sight. */
export function requestAround(ts: Ts, origins: Origins, catalogue: Catalogue, handoff: Handoff, handlers: ReadonlySet<ts.Node>): ts.Node | undefined {
  const seen = new Set<ts.Node>();
  const search = (from: ts.Node, hops: number): ts.Node | undefined => {
    for (let fn = enclosingFunction(ts, from); fn; fn = enclosingFunction(ts, fn)) {
      if (seen.has(fn)) return undefined;
      seen.add(fn);
      if (handlers.has(fn) || takesRequest(ts, origins, catalogue, fn, handoff) || isHanded(ts, origins, fn, handoff)) return fn;
      const name = hops < MAX_HOPS ? nameOfFunction(ts, fn) : undefined;
      for (const call of (name !== undefined && indexOf(ts, handoff.source.ast).calls.get(name)) || []) {
        if (!ts.isCallExpression(call) || origins.functionOf(call.expression, handoff.source)?.fn !== fn) continue;
        const around = search(call, hops + 1);
        if (around) return around;
      }
    }
    return undefined;
  };
  return search(handoff.node, 0);
}

/** `(req: Request, res: Response) => …` of a web framework. */
function takesRequest(ts: Ts, origins: Origins, catalogue: Catalogue, fn: ts.SignatureDeclaration, { source }: Handoff): boolean {
  return fn.parameters.some(({ type }) => {
    if (!type || !ts.isTypeReferenceNode(type) || !ofRequest.test(type.typeName.getText(source.ast))) return false;
    const origin = origins.ofType(type, source);
    return origin?.kind === 'library' && (requestModules.includes(origin.module) || catalogue.boundaries.some((b) => b.role === 'consumer' && (b.channel?.by === 'route' || b.channel?.by === 'server') && b.match.modules.includes(origin.module)));
  });
}

/** `procedure.input(schema).mutation(async ({ input }) => …)` */
function isHanded(ts: Ts, origins: Origins, fn: ts.SignatureDeclaration, { source }: Handoff): boolean {
  const call = fn.parent;
  if (!ts.isCallExpression(call) || !call.arguments.some((argument) => argument === (fn as ts.Node))) return false;
  const name = memberName(ts, call.expression);
  const known = name === undefined ? [] : handlerMembers.filter(({ members }) => members.includes(name));
  if (known.length === 0) return false;
  const origin = origins.of(call.expression, source);
  return origin?.kind === 'library' && known.some(({ modules }) => modules.includes(origin.module));
}

/** Whether the request itself ends what it began: `clearInterval(timer)` on its close, `job.stop()`. */
export function endsWithin(ts: Ts, { node }: Handoff, request: ts.Node): boolean {
  const scopes = [request, enclosingFunction(ts, node) ?? request];
  const held = ts.isVariableDeclaration(node.parent) ? node.parent : undefined;
  return scopes.some((scope) => contains(ts, scope, (n) => {
    if (!ts.isCallExpression(n)) return false;
    const name = ts.isIdentifier(n.expression) ? n.expression.text : memberName(ts, n.expression);
    if (name === 'clearInterval' || name === 'clearTimeout') return true;
    if (!held || !/^(stop|cancel|clear|destroy|close|dispose)$/.test(name ?? '')) return false;
    const on = ts.isPropertyAccessExpression(n.expression) ? unwrap(ts, n.expression.expression) : undefined;
    return on !== undefined && ts.isIdentifier(on) && declarationOf(ts, on) === held;
  }));
}

/** `context.with(ROOT_CONTEXT, …)` around it or in its callback, or a span with `root: true`: each run has a trace of its own. */
export function startsOwnTrace(ts: Ts, { node }: Handoff, callback: ts.Node): boolean {
  return contains(ts, callback, (each) => isRoot(ts, each)) || isUnderRoot(ts, node);
}

/** `context.with(ROOT_CONTEXT, () => new Worker(file))`: whatever it does, it does it for no caller in particular. */
export function isUnderRoot(ts: Ts, node: ts.Node): boolean {
  for (let at = node; at.parent; at = at.parent) {
    const { parent } = at;
    if (ts.isCallExpression(parent) && memberName(ts, parent.expression) === 'with' && parent.arguments[0] !== at && parent.arguments[0] && contains(ts, parent.arguments[0], (each) => isRoot(ts, each))) return true;
  }
  return false;
}

/** The import may have a name of its own in this file: `otelROOT_CONTEXT`. */
function isRoot(ts: Ts, node: ts.Node): boolean {
  return (ts.isIdentifier(node) && node.text.endsWith('ROOT_CONTEXT'))
    || (ts.isPropertyAssignment(node) && node.name.getText() === 'root' && node.initializer.kind === ts.SyntaxKind.TrueKeyword);
}
