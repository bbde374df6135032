/** Where a client's options stand in a call, or where they would. */
import type ts from 'typescript';
import type { Judged } from '../../src/analysis/judge.ts';
import { declarationOf } from '../../src/analysis/scope.ts';
import { unwrap } from '../../src/analysis/syntax.ts';
import type { Ts } from '../../src/types.ts';
import { beforeNext } from './argument-line.ts';
import type { RepairTools } from './strategy.ts';

type Place =
  /** The options that are given. */
  | { node: ts.Expression; index: number }
  /** None are: where they can be put. */
  | { at: number; index: number; text: (options: string) => string }
  | { reason: string };

export function optionsPlace(site: Judged, { ts, origins }: Pick<RepairTools, 'ts' | 'origins'>): Place {
  const { args, boundary: { args: { destination, options: index }, request } } = site;
  if (args.some((argument) => ts.isSpreadElement(argument))) return { reason: 'the arguments are spread from an array' };
  if (index === undefined) return { reason: 'the catalogue does not say which argument the options are' };
  const target = destination === undefined ? undefined : args[destination];
  const whole = (request?.url.length ?? 0) + (request?.host.length ?? 0) > 0;
  // `http.request(options, answered)`: what follows all of the request is no options, whatever it looks like.
  if (target && whole && destination !== index && kindOf(ts, origins, target, site) === 'object') return { node: target, index: destination! };
  const given = args[index];
  if (given && !isFunction(ts, origins, given, site)) return { node: given, index };
  if (destination === index || args.length === 0) return { reason: 'nothing is given to put the carrier into' };
  if (!target) {
    // `client.request(document)`, and not `client.request({ document })`.
    if (kindOf(ts, origins, args[0]!, site) === 'object') return { reason: 'all of the request stands in one object' };
    return { at: args.at(-1)!.end, index, text: (options) => `${beforeNext(site.source, args)}${'undefined, '.repeat(index - args.length)}${options}` };
  }
  // What may be an address or all of the request: `got(url)`, `got({ url })`.
  if (whole && kindOf(ts, origins, target, site) === undefined) return { reason: 'nothing tells whether it is given an address or options' };
  if (given) return { at: given.getStart(site.source.ast), index, text: (options) => `${options}, ` };
  return { at: args.at(-1)!.end, index, text: (options) => `${beforeNext(site.source, args)}${'undefined, '.repeat(index - args.length)}${options}` };
}

const addressName = /(url|uri|href|endpoint|address|origin|path)$/i;

function kindOf(ts: Ts, origins: RepairTools['origins'], target: ts.Expression, { source }: Judged): 'address' | 'object' | undefined {
  const node = unwrap(ts, target);
  if (ts.isObjectLiteralExpression(node)) return 'object';
  if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node) || ts.isBinaryExpression(node)) return 'address';
  if (ts.isNewExpression(node)) return node.expression.getText() === 'URL' ? 'address' : undefined;
  if (ts.isIdentifier(node)) {
    const value = origins.values.initializer(node, source);
    const written = value && unwrap(ts, value.node);
    if (written && ts.isObjectLiteralExpression(written)) return 'object';
    if (written && (ts.isStringLiteralLike(written) || ts.isTemplateExpression(written) || (ts.isNewExpression(written) && written.expression.getText() === 'URL'))) return 'address';
    const declaration = declarationOf(ts, node);
    const type = declaration && (ts.isParameter(declaration) || ts.isVariableDeclaration(declaration)) ? declaration.type?.getText() : undefined;
    if (type !== undefined) return /^(string|URL)( \| (string|URL))*$/.test(type) ? 'address' : undefined;
    return addressName.test(node.text) ? 'address' : undefined;
  }
  return ts.isPropertyAccessExpression(node) && addressName.test(node.name.text) ? 'address' : undefined;
}

const callbackName = /^(cb|done|next)$|(callback|handler|listener)$/i;
const makerName = /callback|handler|listener/i;

/** A function, or what is called like one, or like what makes one. */
function isFunction(ts: Ts, origins: RepairTools['origins'], node: ts.Expression, { source }: Judged): boolean {
  const inner = unwrap(ts, node);
  if (ts.isFunctionLike(inner)) return true;
  if (ts.isIdentifier(inner)) return callbackName.test(inner.text) || origins.functionOf(inner, source) !== undefined;
  if (ts.isPropertyAccessExpression(inner)) return callbackName.test(inner.name.text) || origins.functionOf(inner, source) !== undefined;
  if (!ts.isCallExpression(inner)) return false;
  const callee = unwrap(ts, inner.expression);
  const name = ts.isIdentifier(callee) ? callee.text : ts.isPropertyAccessExpression(callee) ? callee.name.text : '';
  if (makerName.test(name) || name === 'bind') return true;
  const body = origins.functionOf(inner.expression, source)?.fn.body;
  const returned = body && (ts.isBlock(body) ? body.statements.flatMap((each) => (ts.isReturnStatement(each) && each.expression ? [each.expression] : [])) : [body]);
  return returned !== undefined && returned.some((each) => ts.isFunctionLike(unwrap(ts, each)));
}
