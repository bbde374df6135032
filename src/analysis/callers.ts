/** Who calls a function: what its parameters are given says what they are. */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { indexOf } from './file-index.ts';
import type { Origins } from './origins.ts';
import { declarationOf, enclosingFunction } from './scope.ts';
import type { Neighbours, SourceText } from './source.ts';
import { nameOfFunction, propertyName, propertyValue, unwrap } from './syntax.ts';

export interface Caller {
  call: ts.CallExpression | ts.NewExpression;
  source: SourceText;
}

/** The calls of a function: in its own file, and in the rest of the repo where the surface has it. Calls of itself don't count. `within`: only those in files with such a word. */
export function callersOf(ts: Ts, origins: Origins, neighbours: Neighbours | undefined, fn: ts.SignatureDeclaration, source: SourceText, within?: RegExp): readonly Caller[] {
  const found = neighbours?.callersOf?.(fn, source, origins, within) ?? callersIn(ts, origins, fn, source, [calledName(ts, fn)], true);
  return found.filter(({ call }) => enclosingFunction(ts, call) !== fn);
}

/** What a function is called by: a constructor by its class. */
export function calledName(ts: Ts, fn: ts.SignatureDeclaration): string | undefined {
  return ts.isConstructorDeclaration(fn) ? fn.parent.name?.text : nameOfFunction(ts, fn);
}

/** The calls of a function in one file, by the names that it has there; `loosely`: also where nothing tells what the callee is. */
export function callersIn(ts: Ts, origins: Origins, fn: ts.SignatureDeclaration, source: SourceText, names: readonly (string | undefined)[], loosely: boolean): Caller[] {
  const { calls } = indexOf(ts, source.ast);
  return [...new Set(names)].flatMap((name) => (name === undefined ? undefined : calls.get(name)) ?? [])
    .filter((call) => isCallOf(ts, origins, call, fn, source, loosely))
    .map((call) => ({ call, source }));
}

function isCallOf(ts: Ts, origins: Origins, call: ts.CallExpression | ts.NewExpression, fn: ts.SignatureDeclaration, source: SourceText, loosely: boolean): boolean {
  if (call.expression.kind === ts.SyntaxKind.SuperKeyword || call.expression.kind === ts.SyntaxKind.ImportKeyword) return false;
  if (ts.isConstructorDeclaration(fn)) {
    const made = ts.isNewExpression(call) ? origins.of(call.expression, source) : undefined;
    return made?.kind === 'local' && isSame(made.node, fn.parent);
  }
  if (ts.isNewExpression(call)) return false;
  const target = origins.functionOf(call.expression, source);
  return target ? isSame(target.fn, fn) : loosely && origins.of(call.expression, source) === undefined;
}

/** A file may have been parsed twice, if its tree was let go in between. */
function isSame(a: ts.Node, b: ts.Node): boolean {
  return a === b || (a.pos === b.pos && a.end === b.end && a.getSourceFile().fileName === b.getSourceFile().fileName);
}

/** A value as one caller writes it. */
export interface Passed {
  node: ts.Expression;
  source: SourceText;
}

/**
 * What a caller gives a parameter, or the property of it that `path` names: `request({ url })`. Nothing where the call
 * leaves it out or builds the argument elsewhere.
 */
export function passedTo(ts: Ts, origins: Origins, { call, source }: Caller, parameter: ts.ParameterDeclaration, path: readonly string[]): Passed | undefined {
  const given = call.arguments ?? [];
  const index = parameter.parent.parameters.indexOf(parameter);
  if (given.slice(0, index + 1).some((argument) => ts.isSpreadElement(argument))) return undefined;
  let at: Passed | undefined = given[index] && { node: given[index], source };
  for (const name of path) {
    const object: Passed | undefined = at && objectOf(ts, origins, at);
    const value = object && propertyValue(ts, object.node as ts.ObjectLiteralExpression, name);
    at = object && value ? { node: value, source: object.source } : undefined;
  }
  return at;
}

function objectOf(ts: Ts, origins: Origins, { node, source }: Passed): Passed | undefined {
  const inner = unwrap(ts, node);
  if (ts.isObjectLiteralExpression(inner)) return { node: inner, source };
  const value = ts.isIdentifier(inner) ? origins.values.initializer(inner, source) : undefined;
  const built = value && unwrap(ts, value.node);
  return built && ts.isObjectLiteralExpression(built) ? { node: built, source: value.source } : undefined;
}

/** The parameter behind an expression, and the path into it: `url`, `{ url }` taken apart, `options.url`. */
export function parameterBehind(ts: Ts, expression: ts.Expression): { parameter: ts.ParameterDeclaration; path: string[] } | undefined {
  const path: string[] = [];
  let node = unwrap(ts, expression);
  while (ts.isPropertyAccessExpression(node)) {
    path.unshift(node.name.text);
    node = unwrap(ts, node.expression);
  }
  if (!ts.isIdentifier(node)) return undefined;
  const declaration = declarationOf(ts, node);
  if (!declaration) return undefined;
  if (ts.isParameter(declaration)) return { parameter: declaration, path };
  if (!ts.isBindingElement(declaration) || declaration.dotDotDotToken || !ts.isObjectBindingPattern(declaration.parent)) return undefined;
  const name = propertyName(ts, declaration.propertyName ?? declaration.name);
  const holder = declaration.parent.parent;
  if (name === undefined) return undefined;
  if (ts.isParameter(holder)) return { parameter: holder, path: [name, ...path] };
  // `const { url } = options`
  const whole = ts.isVariableDeclaration(holder) && holder.initializer ? parameterBehind(ts, holder.initializer) : undefined;
  return whole && { parameter: whole.parameter, path: [...whole.path, name, ...path] };
}
