/** `propagation.inject` and `extract` on what is no plain object of texts, without the setter or getter that it takes. */
import type ts from 'typescript';
import { silentCarriers, type SilentCarrier } from '../../conventions/carriers.ts';
import { indexOf } from '../file-index.ts';
import type { Origin } from '../origins.ts';
import { declarationOf, lookupType } from '../scope.ts';
import { calleeToken, memberName, unwrap } from '../syntax.ts';
import type { CheckedFile, SpanCheck, Spot } from './support/check.ts';
import { isApiMember } from './support/tracers.ts';

const noSilentCarrier: SpanCheck = { rule: 'no-silent-carrier', find };

export default noSilentCarrier;

type Direction = 'inject' | 'extract';

function find(file: CheckedFile): Spot[] {
  const { ts, source } = file;
  const { calls } = indexOf(ts, source.ast);
  return (['inject', 'extract'] as const).flatMap((what) => (calls.get(what) ?? []).flatMap((call) => (ts.isCallExpression(call) ? judged(file, call, what) : [])));
}

function judged(file: CheckedFile, call: ts.CallExpression, what: Direction): Spot[] {
  const { ts, source, origins } = file;
  const [context, carrier, accessor] = call.arguments;
  if (!context || !carrier || isGiven(ts, accessor) || call.arguments.some((a) => ts.isSpreadElement(a))) return [];
  if (!isPropagation(file, call, what)) return [];
  const silent = silentCarrierOf(file, carrier, what);
  if (!silent) return [];
  const verb = what === 'inject' ? 'writes into' : 'reads from';
  return [{
    boundary: `opentelemetry/silent-${what}`, node: call, token: calleeToken(ts, call), verdict: 'lost',
    says: `${verb} ${silent.name} without a ${what === 'inject' ? 'setter' : 'getter'}: it ${silent.says}, so no context ${what === 'inject' ? 'leaves' : 'arrives'}`,
    ...(silent.shape && 'part' in silent.shape ? { advice: `Pass its \`${silent.shape.part}\`.` } : {}),
    ...(origins.of(carrier, source)?.kind === 'local' ? { scope: 'project' as const } : {}),
  }];
}

/** `undefined` is what is there without one. */
function isGiven(ts: CheckedFile['ts'], accessor: ts.Expression | undefined): boolean {
  return accessor !== undefined && !(ts.isIdentifier(accessor) && accessor.text === 'undefined');
}

/** The API's own, taken apart or not; a propagator must be given its setter, and the compiler says so. */
function isPropagation({ source, origins }: CheckedFile, call: ts.CallExpression, what: Direction): boolean {
  return isApiMember(origins.of(call.expression, source), `propagation.${what}`);
}

/** What a carrier is, if it is one that does nothing by itself. */
export function silentCarrierOf({ ts, source, origins }: Pick<CheckedFile, 'ts' | 'source' | 'origins'>, carrier: ts.Expression, what: Direction): SilentCarrier | undefined {
  const node = unwrap(ts, carrier);
  if (node !== carrier && saysPlain(carrier.getText(source.ast))) return undefined;
  const written = ts.isIdentifier(node) ? origins.values.initializer(node, source)?.node : node;
  const made = written && unwrap(ts, written);
  if (made && ts.isArrayLiteralExpression(made) && !isTyped(ts, node)) return silentCarriers.find(({ name }) => name === 'an array');
  const of = (n: ts.Expression): Origin | undefined => origins.ofTyped(n, source) ?? declaredGlobal(ts, n);
  const known = [of(node), assertedGlobal(ts, carrier), headersOf({ ts, source, origins }, of, node)].filter((origin) => origin !== undefined);
  return silentCarriers.find((each) => (each.only ?? what) === what && known.some((origin) => matches(each, origin)));
}

/** `carrier: Map<string, string>`: a type that the runtime brings. */
function declaredGlobal(ts: CheckedFile['ts'], node: ts.Expression): Origin | undefined {
  const declaration = ts.isIdentifier(node) ? declarationOf(ts, node) : undefined;
  if (!declaration || !(ts.isParameter(declaration) || ts.isVariableDeclaration(declaration)) || !declaration.type) return undefined;
  return globalType(ts, declaration.type);
}

/** `headers as Headers` */
function assertedGlobal(ts: CheckedFile['ts'], node: ts.Expression): Origin | undefined {
  return ts.isAsExpression(node) ? globalType(ts, node.type) : undefined;
}

function globalType(ts: CheckedFile['ts'], written: ts.TypeNode): Origin | undefined {
  const types = ts.isUnionTypeNode(written) ? written.types : [written];
  const names = types.flatMap((type) => (ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName) && !lookupType(ts, type.typeName.text, type) ? [type.typeName.text] : []));
  return names.length === 1 ? { kind: 'global', name: names[0]!, instance: true } : undefined;
}

/** `request.headers` of a `Request`, `url.searchParams`: members of what the runtime brings. */
function headersOf({ ts, source, origins }: Pick<CheckedFile, 'ts' | 'source' | 'origins'>, of: (node: ts.Expression) => Origin | undefined, node: ts.Expression): Origin | undefined {
  if (!ts.isPropertyAccessExpression(node)) return undefined;
  const name = memberName(ts, node);
  const whole = unwrap(ts, node.expression);
  const holder = of(whole);
  if (name === 'headers' && ((holder?.kind === 'global' && holder.instance && /^(Request|Response)$/.test(holder.name)) || isFetched(ts, ts.isIdentifier(whole) ? origins.values.initializer(whole, source)?.node : whole) || isWebRequest(holder))) return { kind: 'global', name: 'Headers', instance: true };
  if (name === 'searchParams' && holder?.kind === 'global' && holder.instance && holder.name === 'URL') return { kind: 'global', name: 'URLSearchParams', instance: true };
  return undefined;
}

/** `(await fetch(url)).headers`. */
function isFetched(ts: CheckedFile['ts'], made: ts.Expression | undefined): boolean {
  const call = made && unwrap(ts, made);
  return call !== undefined && ts.isCallExpression(call) && ts.isIdentifier(call.expression) && call.expression.text === 'fetch' && !declarationOf(ts, call.expression);
}

/** Frameworks' requests that are, or hold, a web `Request`. */
function isWebRequest(holder: Origin | undefined): boolean {
  return holder?.kind === 'library' && holder.instance
    && ((/^next\/server(\.js)?$/.test(holder.module) && holder.name === 'NextRequest') || (holder.module === 'hono' && /\.req\.raw$/.test(holder.name)));
}

function matches({ globals, exports }: SilentCarrier, origin: Origin): boolean {
  if (origin.kind === 'global') return origin.instance === true && (globals?.includes(origin.name) ?? false);
  if (origin.kind !== 'library' || !origin.instance) return false;
  return exports?.some(({ modules, path }) => modules.includes(origin.module.replace(/^node:/, '')) && path.test(origin.name)) ?? false;
}

/** `headers as Record<string, string>` still holds a `Headers`; `as any` says nothing. What spreads it into an object does. */
function saysPlain(text: string): boolean {
  return /Object\.fromEntries|\.\.\./.test(text);
}

function isTyped(ts: CheckedFile['ts'], node: ts.Expression): boolean {
  const declaration = ts.isIdentifier(node) ? declarationOf(ts, node) : undefined;
  return declaration !== undefined && ts.isVariableDeclaration(declaration) && declaration.type !== undefined && !ts.isArrayTypeNode(declaration.type);
}
