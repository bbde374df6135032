/** `fetch(url, init)` → `tracedFetch(url, init)`: a CLIENT span, the carrier in the headers, any instrumentation kept out. */
import type ts from 'typescript';
import { declarationOf } from '../src/analysis/scope.ts';
import { contains, property, propertyName, unwrap } from '../src/analysis/syntax.ts';
import type { Ts } from '../src/types.ts';
import { refuse, type Strategy } from './support/strategy.ts';
import { replace } from './support/text.ts';

const callTracedFetch: Strategy = (site, { ts, origins, helper }) => {
  const callee = (site.node as ts.CallExpression).expression;
  if (!isGlobalFetch(ts, callee)) return refuse('unsupported-shape', 'which `fetch` is called is chosen elsewhere');
  const given = site.args[1] && unwrap(ts, site.args[1]);
  const written = given && ts.isIdentifier(given) ? origins.values.initializer(given, site.source) : undefined;
  const init = written ? unwrap(ts, written.node) : given;
  if (init && ts.isObjectLiteralExpression(init)) {
    const next = property(ts, init, 'next');
    const cache = property(ts, init, 'cache');
    if (next || (cache && /force-cache/.test(cache.getText()))) return refuse('next-cached-fetch', 'a cached request is keyed by its headers: a new `traceparent` each time would never hit the cache');
    const accepts = property(ts, init, 'headers');
    if (accepts && contains(ts, accepts, (n) => ts.isStringLiteralLike(n) && n.text === 'text/event-stream')) return refuse('streaming', 'the answer is a stream: the span would end with its headers');
  }
  if (init && ts.isObjectLiteralExpression(init) && init.properties.some((p) => propertyName(ts, p.name) === 'dispatcher')) {
    return refuse('unsupported-shape', 'the request has a dispatcher of its own, which may belong to another undici');
  }
  return { edits: [replace(site.source, callee, helper(site.source, 'tracedFetch'))] };
};

export default callTracedFetch;

/** `fetch`, `globalThis.fetch`, or a constant that is exactly that; not one that somebody may hand in. */
function isGlobalFetch(ts: Ts, expression: ts.Expression): boolean {
  const node = unwrap(ts, expression);
  if (ts.isPropertyAccessExpression(node)) return node.name.text === 'fetch' && ts.isIdentifier(node.expression) && ['globalThis', 'window', 'self', 'global'].includes(node.expression.text);
  if (!ts.isIdentifier(node)) return false;
  const declaration = declarationOf(ts, node);
  if (!declaration) return node.text === 'fetch';
  return ts.isVariableDeclaration(declaration) && (declaration.parent.flags & ts.NodeFlags.Const) !== 0 && declaration.initializer !== undefined && isGlobalFetch(ts, declaration.initializer);
}
