/**
 * What a library hands to the callbacks that it is given: the socket of `server.on('connection', (socket) => …)`, the
 * `step` of `inngest.createFunction({…}, {…}, async ({ step }) => …)`. Such an object is called by the way to it:
 * `WebSocketServer.on:connection(0)`, `Inngest.createFunction(0).step`, `Kafka.consumer.run.eachMessage(0)`.
 */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { moduleOf } from './declarations.ts';
import type { Origin } from './origins.ts';
import { declarationOf } from './scope.ts';
import type { SourceText } from './source.ts';
import { memberName, propertyName, unwrap } from './syntax.ts';

/** Members whose first argument says what their callback is for; that of `connect(url, (error, connection) => …)` does not. */
const listening = /^(on|once|addListener|prependListener|addEventListener)$/;

interface Ask {
  of(expression: ts.Expression, source: SourceText, depth: number): Origin | undefined;
}

/** An untyped parameter of a function that stands in a library's call. */
export function givenByLibrary(ts: Ts, origins: Ask, parameter: ts.ParameterDeclaration, source: SourceText, depth: number): Origin | undefined {
  const fn = parameter.parent;
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn) && !ts.isMethodDeclaration(fn)) return undefined;
  const place = placeOf(ts, fn);
  if (!place) return undefined;
  const { call, path } = place;
  const callee = call.expression.kind === ts.SyntaxKind.SuperKeyword || call.expression.kind === ts.SyntaxKind.ImportKeyword ? undefined
    : ofWorkspace(ts, call.expression) ?? origins.of(call.expression, source, depth + 1);
  if (callee?.kind !== 'library') return undefined;
  const [first] = call.arguments ?? [];
  const event = path === '' && listening.test(memberName(ts, call.expression) ?? '') && first && ts.isStringLiteralLike(first) ? `:${first.text}` : '';
  return { kind: 'library', module: callee.module, name: `${callee.name}${event}${path}(${fn.parameters.indexOf(parameter)})`, instance: true };
}

/** A package of the workspace that is imported by its name is still that library, though its sources can be read. */
function ofWorkspace(ts: Ts, callee: ts.Expression): Origin | undefined {
  const declaration = ts.isIdentifier(callee) ? declarationOf(ts, callee) : undefined;
  if (!declaration || !ts.isImportSpecifier(declaration)) return undefined;
  const module = moduleOf(ts, declaration);
  return module?.startsWith('@') ? { kind: 'library', module, name: (declaration.propertyName ?? declaration.name).text, instance: false } : undefined;
}

/** The call that a function is an argument of, and where in that argument it stands. */
function placeOf(ts: Ts, fn: ts.Node): { call: ts.CallExpression | ts.NewExpression; path: string } | undefined {
  let path = '';
  let at: ts.Node = fn;
  for (let steps = 0; steps < 6; steps++) {
    let parent: ts.Node = at.parent;
    while (ts.isParenthesizedExpression(parent) || ts.isAsExpression(parent) || ts.isSatisfiesExpression(parent)) {
      at = parent;
      parent = parent.parent;
    }
    if ((ts.isCallExpression(parent) || ts.isNewExpression(parent)) && (parent.arguments ?? []).some((a) => a === at || unwrap(ts, a) === at)) return { call: parent, path };
    if (ts.isMethodDeclaration(at) && ts.isObjectLiteralExpression(parent)) path = `.${propertyName(ts, at.name) ?? '*'}${path}`;
    else if (ts.isPropertyAssignment(parent) && parent.initializer === at) {
      path = `.${propertyName(ts, parent.name) ?? '*'}${path}`;
      parent = parent.parent;
    } else return undefined;
    at = parent;
  }
  return undefined;
}
