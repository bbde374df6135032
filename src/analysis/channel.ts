/** What joins a producer to its consumers: queue name, worker file, URL and route. */
import { dirname, isAbsolute, join, resolve as resolvePath } from 'node:path';
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { constantOf, type Constant } from './constants.ts';
import type { Handoff } from './handoffs.ts';
import type { Origins } from './origins.ts';
import type { Neighbours, SourceText } from './source.ts';
import { memberName, propertyValue, unwrap } from './syntax.ts';

export interface Channel {
  /** Equal keys join; `*` when the name is known at run time only. */
  key: string;
  /** What a person reads. */
  label: string;
  method?: string;
}

export const unknownChannel: Channel = { key: '*', label: '*' };

export function channelOf(ts: Ts, origins: Origins, handoff: Handoff, neighbours: Neighbours | undefined): Channel {
  const spec = handoff.boundary.channel;
  if (!spec) return unknownChannel;
  if (spec.by === 'this-file') return { key: handoff.source.path, label: handoff.source.path };
  const at = spec.at === 'call' ? { node: handoff.args[spec.arg], source: handoff.source } : receiverArgument(ts, handoff, spec.arg);
  if (spec.by === 'server') return { key: '*', label: 'every route' };
  if (spec.by === 'worker-file') {
    const file = at.node && workerFile(ts, origins, at.node, at.source, neighbours);
    return file === undefined ? unknownChannel : { key: file, label: file };
  }
  const node = at.node && unwrap(ts, at.node);
  if (spec.by === 'name') {
    const named = node && ts.isObjectLiteralExpression(node) ? propertyValue(ts, node, 'queueName') ?? propertyValue(ts, node, 'name') : node;
    return ofConstant(constantOf(ts, origins, named, at.source));
  }
  if (spec.by === 'route') return { ...ofConstant(constantOf(ts, origins, node, at.source)), method: routeMethod(ts, handoff) };
  return { ...ofConstant(constantOf(ts, origins, node, at.source)), method: requestMethod(ts, origins, handoff) };
}

/** An argument of the constructor that made the receiver. */
export function receiverArgument(ts: Ts, handoff: Handoff, index: number): { node: ts.Expression | undefined; source: SourceText } {
  const receiver = handoff.receiver;
  const built = receiver?.kind === 'library' ? receiver.built : undefined;
  if (!built) return { node: undefined, source: handoff.source };
  const superCall = ts.isNewExpression(built.node) ? undefined : built.node;
  return { node: (superCall ?? built.node).arguments?.[index], source: built.source };
}

function ofConstant(constant: Constant): Channel {
  const known = constant.exact || /[^*]/.test(constant.text);
  return known ? { key: constant.text, label: constant.text } : unknownChannel;
}

function routeMethod(ts: Ts, handoff: Handoff): string {
  const member = ts.isCallExpression(handoff.node) ? memberName(ts, handoff.node.expression) : undefined;
  return member === undefined || member === 'all' ? '*' : member.toUpperCase();
}

function requestMethod(ts: Ts, origins: Origins, handoff: Handoff): string {
  const options = handoff.args[1] && unwrap(ts, handoff.args[1]);
  if (!options) return 'GET';
  if (!ts.isObjectLiteralExpression(options)) return '*';
  const method = propertyValue(ts, options, 'method');
  if (!method) return options.properties.some((p) => ts.isSpreadAssignment(p)) ? '*' : 'GET';
  const constant = constantOf(ts, origins, method, handoff.source);
  return constant.exact ? constant.text.toUpperCase() : '*';
}

/** The source file that `new Worker(…)` names: `./w.js`, `new URL('./w.js', import.meta.url)`, `path.join(__dirname, 'w.js')`, `__filename`. */
function workerFile(ts: Ts, origins: Origins, expression: ts.Expression, source: SourceText, neighbours: Neighbours | undefined): string | undefined {
  const node = follow(ts, origins, expression, source);
  if (ts.isIdentifier(node.node) && node.node.text === '__filename') return node.source.path;
  if (ts.isPropertyAccessExpression(node.node) && ts.isMetaProperty(node.node.expression)) return node.node.name.text === 'url' || node.node.name.text === 'filename' ? node.source.path : undefined;
  const specifier = fileSpecifier(ts, origins, node.node, node.source);
  if (specifier === undefined || specifier.includes('*')) return undefined;
  const here = dirname(node.source.path);
  const candidates = isAbsolute(specifier) ? [specifier] : [specifier, join('..', specifier)].map((s) => resolvePath(here, s));
  for (const candidate of candidates) {
    const found = neighbours?.resolve(node.source.path, candidate);
    if (found) return found;
  }
  return undefined;
}

function fileSpecifier(ts: Ts, origins: Origins, node: ts.Expression, source: SourceText): string | undefined {
  if (ts.isNewExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'URL') {
    const [first] = node.arguments ?? [];
    if (first?.getText(source.ast) === 'import.meta.url') return source.path;
    const constant = constantOf(ts, origins, first, source);
    return constant.exact ? constant.text.replace(/^file:\/\//, '') : undefined;
  }
  if (ts.isCallExpression(node)) {
    const name = memberName(ts, node.expression) ?? (ts.isIdentifier(node.expression) ? node.expression.text : '');
    if (name === 'fileURLToPath' || name === 'pathToFileURL' || name === 'toString') return node.arguments[0] && fileSpecifier(ts, origins, unwrap(ts, node.arguments[0]), source);
    if (name === 'join' || name === 'resolve') {
      const [base, ...rest] = node.arguments;
      const tail = rest.map((part) => constantOf(ts, origins, part, source).text).join('/');
      const isHere = base && ((ts.isIdentifier(base) && /^_{0,2}dirname$/i.test(base.text)) || base.getText(source.ast) === 'import.meta.dirname');
      if (isHere) return tail;
      return undefined;
    }
  }
  const constant = constantOf(ts, origins, node, source);
  return constant.exact ? constant.text : undefined;
}

function follow(ts: Ts, origins: Origins, expression: ts.Expression, source: SourceText): { node: ts.Expression; source: SourceText } {
  const node = unwrap(ts, expression);
  if (!ts.isIdentifier(node)) return { node, source };
  const value = origins.initializer(node, source);
  return value ? { node: unwrap(ts, value.node), source: value.source } : { node, source };
}

/** Whether a request goes to a route: method and path, with `:id`, `{id}` and `*` standing for one piece. */
export function reaches(url: Channel, route: Channel): boolean {
  if (url.key === '*' || route.key === '*') return false;
  if (url.method !== '*' && route.method !== '*' && url.method !== route.method) return false;
  const path = pathOf(url.key);
  if (path === undefined || !/[a-z]/i.test(path)) return false;
  const pieces = (text: string): string[] => text.split('/').filter(Boolean);
  const wanted = pieces(route.key);
  const given = pieces(path);
  // A router may be mounted under a prefix that the route does not name.
  if (wanted.length === 0 || given.length < wanted.length) return false;
  const tail = given.slice(-wanted.length);
  return wanted.some((piece) => !isVariable(piece)) && wanted.every((piece, i) => isVariable(piece) || tail[i] === piece || (tail[i]!.includes('*') && isVariable(piece)));
}

function pathOf(url: string): string | undefined {
  const rest = url.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/[?#].*$/, '');
  const from = rest.startsWith('/') ? rest : rest.replace(/^\*/, '');
  return from.startsWith('/') ? from : undefined;
}

function isVariable(piece: string): boolean {
  return piece.startsWith(':') || piece.startsWith('{') || piece === '*';
}
