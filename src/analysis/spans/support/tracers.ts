/** What is a tracer or a span of OpenTelemetry, by origin: other vendors' spans have the same names of members. */
import type ts from 'typescript';
import type { Ts } from '../../../types.ts';
import type { Origin, Origins } from '../../origins.ts';
import type { SourceText } from '../../source.ts';
import { memberName, property, unwrap } from '../../syntax.ts';
import type { CheckedFile } from './check.ts';

/** The API, and the packages whose providers give tracers of it. */
const api = /^@opentelemetry\/(api|api-.*|sdk-trace(-.*)?|sdk-node|tracing|node|web)$/;
const tracerName = /(^|\.)(getTracer|Tracer|ProxyTracer)$/;
/** A span that somebody made, was handed or found: `startActiveSpan(2)` is the third parameter of nothing but its callback. */
const spanName = /(^|\.)(startSpan|Span|getActiveSpan|getSpan|wrapSpanContext|setAttributes?|addEvent|addLinks?|setStatus|updateName)$|\.startActiveSpan\(0\)$/;

export function isTracer(origin: Origin | undefined): boolean {
  return origin?.kind === 'library' && origin.instance && api.test(origin.module) && tracerName.test(origin.name);
}

export function isSpan(origin: Origin | undefined): boolean {
  return origin?.kind === 'library' && origin.instance && api.test(origin.module) && spanName.test(origin.name);
}

/** Whether something is the API's own export of that name: `ROOT_CONTEXT`, `context.with`, `trace.setSpan`. */
export function isApiMember(origin: Origin | undefined, name: string): boolean {
  return origin?.kind === 'library' && origin.module === '@opentelemetry/api' && origin.name.replace(/^default\./, '') === name;
}

/** One start of a span. */
export interface Start {
  call: ts.CallExpression;
  /** `startActiveSpan`: the span is active in the callback, and the callback has to end it. */
  active: boolean;
  name: ts.Expression | undefined;
  options: ts.Expression | undefined;
  /** The context that is given, if one is. */
  context: ts.Expression | undefined;
  callback: ts.Expression | undefined;
}

/** A call that starts a span on a tracer of OpenTelemetry. */
export function startOf(ts: Ts, origins: Origins, node: ts.Node, source: SourceText): Start | undefined {
  if (!ts.isCallExpression(node)) return undefined;
  const member = memberName(ts, node.expression);
  if (member !== 'startSpan' && member !== 'startActiveSpan') return undefined;
  if (!isTracer(origins.ofTyped((node.expression as ts.PropertyAccessExpression).expression, source))) return undefined;
  const [name, ...rest] = node.arguments;
  if (member === 'startSpan') return { call: node, active: false, name, options: rest[0], context: rest[1], callback: undefined };
  const callback = rest.length > 0 ? rest.at(-1) : undefined;
  return { call: node, active: true, name, options: rest.length > 1 ? rest[0] : undefined, context: rest.length > 2 ? rest[1] : undefined, callback };
}

/** An object literal, also one behind a constant's name. */
export function literalOf(ts: Ts, origins: Origins, expression: ts.Expression | undefined, source: SourceText): ts.ObjectLiteralExpression | undefined {
  const node = expression && unwrap(ts, expression);
  if (!node || ts.isObjectLiteralExpression(node)) return node;
  const value = ts.isIdentifier(node) ? origins.values.initializer(node, source) : undefined;
  const inner = value && unwrap(ts, value.node);
  return inner && ts.isObjectLiteralExpression(inner) ? inner : undefined;
}

/** Whether a start's tracer is the program's own, and not one of a provider that somebody built for a store of its own. */
export function isApiTracer({ origins, source }: CheckedFile, start: ts.CallExpression): boolean {
  const origin = origins.ofTyped((start.expression as ts.PropertyAccessExpression).expression, source);
  return origin?.kind === 'library' && /^@opentelemetry\/api/.test(origin.module);
}

/** What a span's options link it to; nothing for an empty list. */
export function linksOf(ts: Ts, options: ts.ObjectLiteralExpression): ts.ObjectLiteralElementLike | undefined {
  const links = property(ts, options, 'links');
  const value = links && ts.isPropertyAssignment(links) ? unwrap(ts, links.initializer) : undefined;
  return value && ts.isArrayLiteralExpression(value) && value.elements.length === 0 ? undefined : links;
}
