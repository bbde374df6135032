/** Spans that somebody else's function hands to a callback: the repo's own helpers, and the hooks of instrumentations. */
import type ts from 'typescript';
import type { Ts } from '../../../types.ts';
import type { Origin, Origins } from '../../origins.ts';
import { declarationOf } from '../../scope.ts';
import type { SourceText } from '../../source.ts';
import { contains, memberName, propertyName } from '../../syntax.ts';
import { isSpan } from './tracers.ts';

interface File {
  ts: Ts;
  source: SourceText;
  origins: Origins;
}

/** A type, and the file that it is written in. */
interface Typed {
  type: ts.TypeNode;
  source: SourceText;
}

/** `new HttpInstrumentation({ requestHook: (span) => … })`. */
export function isHooked(origin: Origin | undefined): boolean {
  return origin?.kind === 'library' && /^@opentelemetry\/(instrumentation|auto-instrumentations)/.test(origin.module) && /([hH]ook|applyCustomAttributesOnSpan)\(0\)$/.test(origin.name);
}

/** The untyped parameter of a function that a call of the repo's own helper is given: `withSpan('x', (span) => …)`. */
export function isHandedSpan(file: File, parameter: ts.ParameterDeclaration): boolean {
  const { ts, source, origins } = file;
  const fn = parameter.parent;
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn) && !ts.isMethodDeclaration(fn)) return false;
  const place = placeOf(ts, fn);
  if (!place) return false;
  const { call, argument, path } = place;
  const index = fn.parameters.indexOf(parameter);
  if (path.length === 0 && index === 0 && isOwnTracer(file, call)) return true;
  const target = origins.functionOf(call.expression, source);
  const takes = target?.fn.parameters[argument];
  if (!target || !takes) return false;
  let at: Typed | undefined = takes.type && { type: takes.type, source: target.source };
  for (const name of path) at = at && member(file, at, name);
  const handed = at && parameterType(file, at, index, target.fn);
  if (handed) return isSpan(origins.ofType(handed.type, handed.source));
  return isCalledWithSpan(file, target.fn, target.source, path.length === 0 ? propertyName(ts, takes.name) : path.at(-1), index);
}

/** `this.tracer.startActiveSpan('x', (span) => …)` of a tracer that wraps OpenTelemetry's: other vendors' have other members. */
function isOwnTracer({ ts, source, origins }: File, call: ts.CallExpression): boolean {
  if (memberName(ts, call.expression) !== 'startActiveSpan') return false;
  const of = origins.ofTyped((call.expression as ts.PropertyAccessExpression).expression, source);
  return of?.kind === 'object' || (of?.kind === 'library' && of.own !== undefined);
}

/** The call that a function is an argument of, and the properties in that argument that lead to it. */
function placeOf(ts: Ts, fn: ts.Node): { call: ts.CallExpression; argument: number; path: string[] } | undefined {
  const path: string[] = [];
  let at = fn;
  for (let steps = 0; steps < 6; steps++) {
    const { parent } = at;
    if (ts.isCallExpression(parent)) {
      const argument = parent.arguments.indexOf(at as ts.Expression);
      return argument < 0 ? undefined : { call: parent, argument, path };
    }
    if (ts.isPropertyAssignment(parent) || (ts.isMethodDeclaration(at) && ts.isObjectLiteralExpression(parent))) {
      const name = propertyName(ts, (ts.isPropertyAssignment(parent) ? parent : at as ts.MethodDeclaration).name);
      if (name === undefined) return undefined;
      path.unshift(name);
      at = ts.isPropertyAssignment(parent) ? parent.parent : parent;
    } else if (ts.isParenthesizedExpression(parent) || ts.isAsExpression(parent) || ts.isSatisfiesExpression(parent)) at = parent;
    else return undefined;
  }
  return undefined;
}

/** What a property of an object of that type is. */
function member({ ts, origins }: File, { type, source }: Typed, name: string): Typed | undefined {
  const found = (node: ts.Node, where: SourceText): Typed | undefined => {
    if (ts.isIntersectionTypeNode(node)) return node.types.map((each) => found(each, where)).find((each) => each);
    if (ts.isTypeReferenceNode(node)) {
      const origin = origins.ofType(node, where);
      return origin?.kind === 'local' && origin.node !== node ? found(origin.node, origin.source) : undefined;
    }
    if (ts.isTypeAliasDeclaration(node)) return found(node.type, where);
    if (!ts.isTypeLiteralNode(node) && !ts.isInterfaceDeclaration(node)) return undefined;
    const property = node.members.find((m) => propertyName(ts, m.name) === name);
    return property && ts.isPropertySignature(property) && property.type ? { type: property.type, source: where } : undefined;
  };
  return found(type, source);
}

/** The type of a function type's parameter, through the constraint of a type parameter. */
function parameterType({ ts }: File, { type, source }: Typed, index: number, fn: ts.SignatureDeclaration): Typed | undefined {
  const written = functionType(ts, type, fn);
  const found = written?.parameters[index]?.type;
  return found && { type: found, source };
}

function functionType(ts: Ts, type: ts.TypeNode, fn: ts.SignatureDeclaration): ts.FunctionTypeNode | undefined {
  if (ts.isFunctionTypeNode(type)) return type;
  if (ts.isParenthesizedTypeNode(type)) return functionType(ts, type.type, fn);
  if (ts.isUnionTypeNode(type)) return type.types.map((each) => functionType(ts, each, fn)).find((each) => each);
  if (!ts.isTypeReferenceNode(type) || !ts.isIdentifier(type.typeName)) return undefined;
  const name = type.typeName.text;
  const constraint = fn.typeParameters?.find((parameter) => parameter.name.text === name)?.constraint;
  return constraint && functionType(ts, constraint, fn);
}

/** `fn(span)`, `options.fn(span)` in the helper's body. */
function isCalledWithSpan({ ts, origins }: File, fn: ts.SignatureDeclaration, source: SourceText, name: string | undefined, index: number): boolean {
  const body = (fn as ts.FunctionLikeDeclaration).body;
  if (!body || name === undefined) return false;
  return contains(ts, body, (n) => {
    if (!ts.isCallExpression(n)) return false;
    const called = ts.isIdentifier(n.expression) ? n.expression.text : memberName(ts, n.expression);
    const given = n.arguments[index];
    if (called !== name || !given) return false;
    const declaration = ts.isIdentifier(given) ? declarationOf(ts, given) : undefined;
    return isSpan(origins.of(given, source)) || (declaration !== undefined && ts.isParameter(declaration) && !declaration.type && isHandedSpan({ ts, origins, source }, declaration));
  });
}
