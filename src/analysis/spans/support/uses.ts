/** What becomes of a span that a name holds: who ends it, whether it is handed to an owner, whether it is made active. */
import type ts from 'typescript';
import type { Ts } from '../../../types.ts';
import { declarationOf, enclosingFunction, type Declaration } from '../../scope.ts';
import type { SourceText } from '../../source.ts';
import { contains, isFunctionNode, memberName, walk, type FunctionNode } from '../../syntax.ts';
import type { CheckedFile } from './check.ts';
import { isApiMember } from './tracers.ts';

/**
 * `end`: it is ended; `record`: an exception or a status is put on it; `call`: another member of it is called;
 * `activate`: a context is made of it, and stays here; `guard`: only whether it is there is asked; `lent`: a function in sight gets it, and
 * neither ends nor keeps nor activates it; `escape`: somebody else may end it, or make it active.
 */
export type UseKind = 'end' | 'record' | 'call' | 'activate' | 'guard' | 'lent' | 'escape';

export interface Use {
  id: ts.Identifier;
  kind: UseKind;
  /** The call of the member, for `end`, `record` and `call`. */
  call?: ts.CallExpression;
  /** The innermost function around it that stands inside the one which has the span. */
  closure?: ts.SignatureDeclaration;
}

const recording = /^(recordException|setStatus)$/;
/** So many functions deep a span is followed that is passed on. */
const MAX_HOPS = 2;

/** Every use of a declared span, in the order of the text. `home`: the function that has it, or the file. */
export function usesOf(file: CheckedFile, declaration: Declaration, home: ts.Node, source: SourceText = file.source, hops = 0): Use[] {
  const { ts } = file;
  const name = declaration.name;
  if (!name || !ts.isIdentifier(name)) return [];
  const found: Use[] = [];
  walk(ts, home, (node) => {
    if (!ts.isIdentifier(node) || node.text !== name.text || node === name || isMemberName(ts, node) || declarationOf(ts, node) !== declaration) return;
    const closure = closureOf(ts, node, home);
    found.push({ id: node, ...classify(file, node, source, hops), ...(closure ? { closure } : {}) });
  });
  return found;
}

/** A property's name is no use of the variable that is called alike; `{ span }` is one. */
function isMemberName(ts: Ts, node: ts.Identifier): boolean {
  const { parent } = node;
  return (ts.isPropertyAccessExpression(parent) && parent.name === node) || (ts.isPropertyAssignment(parent) && parent.name === node)
    || (ts.isBindingElement(parent) && parent.propertyName === node) || ((ts.isMethodDeclaration(parent) || ts.isPropertySignature(parent) || ts.isPropertyDeclaration(parent)) && parent.name === node)
    || ts.isTypeNode(parent) || ts.isTypeQueryNode(parent);
}

function closureOf(ts: Ts, node: ts.Node, home: ts.Node): ts.SignatureDeclaration | undefined {
  const fn = enclosingFunction(ts, node);
  return fn === undefined || fn === home ? undefined : fn;
}

function classify(file: CheckedFile, id: ts.Identifier, source: SourceText, hops: number): Pick<Use, 'kind' | 'call'> {
  const { ts } = file;
  let at: ts.Node = id;
  while (ts.isNonNullExpression(at.parent) || ts.isParenthesizedExpression(at.parent) || ts.isAsExpression(at.parent) || ts.isSatisfiesExpression(at.parent)) at = at.parent;
  const { parent } = at;
  if ((ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) && parent.expression === at) return chain(ts, parent);
  if (ts.isCallExpression(parent) && parent.arguments.includes(at as ts.Expression)) return passed(file, parent, at as ts.Expression, source, hops);
  return { kind: isGuard(ts, at) ? 'guard' : 'escape' };
}

/** `span.setAttribute('a', 1).end()`: what the last of the calls does, for all but `end` give the span back. */
function chain(ts: Ts, access: ts.PropertyAccessExpression | ts.ElementAccessExpression): Pick<Use, 'kind' | 'call'> {
  let recorded = false;
  let last: ts.CallExpression | undefined;
  for (let at: ts.Node = access; (ts.isPropertyAccessExpression(at) || ts.isElementAccessExpression(at));) {
    const called: ts.Node = ts.isNonNullExpression(at.parent) ? at.parent.parent : at.parent;
    if (!ts.isCallExpression(called) || called.arguments.some((argument) => argument === at)) return last ? { kind: recorded ? 'record' : 'call', call: last } : { kind: 'escape' };
    const name = memberName(ts, at) ?? '';
    last = called;
    if (name === 'end') return { kind: 'end', call: called };
    recorded ||= recording.test(name);
    // What `spanContext()` and `isRecording()` give is no span.
    if (name === 'spanContext' || name === 'isRecording') return { kind: recorded ? 'record' : 'call', call: called };
    at = called.parent;
  }
  // `return span.setAttribute('a', 1)` hands the span itself on.
  const result = last!.parent;
  const dropped = ts.isExpressionStatement(result) || ts.isVoidExpression(result) || (ts.isArrowFunction(result) && result.body === last) || (ts.isBinaryExpression(result) && !isAssignment(ts, result)) || ts.isConditionalExpression(result);
  return { kind: dropped ? (recorded ? 'record' : 'call') : 'escape', call: last! };
}

function isAssignment(ts: Ts, node: ts.BinaryExpression): boolean {
  return node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment && node.operatorToken.kind <= ts.SyntaxKind.LastAssignment;
}

/** `if (span)`, `!span`, `span && …`, `span === undefined`. */
function isGuard(ts: Ts, at: ts.Node): boolean {
  const { parent } = at;
  if (ts.isIfStatement(parent) || ts.isWhileStatement(parent)) return parent.expression === at;
  if (ts.isPrefixUnaryExpression(parent) || ts.isTypeOfExpression(parent)) return true;
  if (ts.isConditionalExpression(parent)) return parent.condition === at;
  if (!ts.isBinaryExpression(parent)) return false;
  const { kind } = parent.operatorToken;
  if (kind === ts.SyntaxKind.AmpersandAmpersandToken) return parent.left === at;
  return [ts.SyntaxKind.EqualsEqualsEqualsToken, ts.SyntaxKind.ExclamationEqualsEqualsToken, ts.SyntaxKind.EqualsEqualsToken, ts.SyntaxKind.ExclamationEqualsToken].includes(kind);
}

function passed(file: CheckedFile, call: ts.CallExpression, argument: ts.Expression, source: SourceText, hops: number): Pick<Use, 'kind'> {
  const { ts, origins } = file;
  if (memberName(ts, call.expression) === 'setSpan' && isApiMember(origins.of(call.expression, source), 'trace.setSpan')) return { kind: isHandedOn(ts, call) ? 'escape' : 'activate' };
  const target = hops < MAX_HOPS ? origins.functionOf(call.expression, source) : undefined;
  const uses = target && usesInside(file, target.fn, target.source, call.arguments.indexOf(argument), hops + 1);
  if (!uses) return { kind: 'escape' };
  if (uses.some(({ kind, closure }) => kind === 'escape' || kind === 'end' || kind === 'activate' || closure !== undefined)) return { kind: 'escape' };
  return { kind: 'lent' };
}

/** `return trace.setSpan(ctx, span)`, `request.otel = trace.setSpan(…)`: whoever has the context has the span in it, and ends it. */
function isHandedOn(ts: Ts, made: ts.Expression): boolean {
  let at: ts.Node = made;
  while (ts.isParenthesizedExpression(at.parent) || ts.isAsExpression(at.parent) || ts.isNonNullExpression(at.parent) || ts.isSatisfiesExpression(at.parent) || ts.isAwaitExpression(at.parent) || ts.isConditionalExpression(at.parent)) at = at.parent;
  const { parent } = at;
  if (ts.isReturnStatement(parent) || ts.isYieldExpression(parent) || ts.isArrayLiteralExpression(parent) || ts.isShorthandPropertyAssignment(parent)) return true;
  if (ts.isArrowFunction(parent)) return parent.body === at;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === at;
  if (ts.isBinaryExpression(parent)) return isAssignment(ts, parent) && parent.right === at;
  if (!ts.isVariableDeclaration(parent) || parent.initializer !== at || !ts.isIdentifier(parent.name)) return false;
  const { name } = parent;
  return contains(ts, homeOf(ts, parent), (node) => ts.isIdentifier(node) && node !== name && node.text === name.text && !isMemberName(ts, node) && declarationOf(ts, node) === parent && isHandedOn(ts, node));
}

/** What a function does with a parameter; nothing where that cannot be told. */
function usesInside(file: CheckedFile, fn: FunctionNode, source: SourceText, index: number, hops: number): Use[] | undefined {
  const parameter = fn.parameters[index];
  if (!parameter || !fn.body || parameter.dotDotDotToken || !file.ts.isIdentifier(parameter.name)) return undefined;
  return usesOf(file, parameter, fn, source, hops);
}

/** The function that has a node, or the file. */
export function homeOf(ts: Ts, node: ts.Node): ts.Node {
  return enclosingFunction(ts, node) ?? node.getSourceFile();
}

/** A function that is written where it is handed over. */
export function writtenOut(ts: Ts, callback: ts.Expression | undefined): ts.ArrowFunction | ts.FunctionExpression | undefined {
  let at: ts.Node | undefined = callback;
  while (at && (ts.isParenthesizedExpression(at) || ts.isAsExpression(at) || ts.isSatisfiesExpression(at))) at = at.expression;
  return at && isFunctionNode(ts, at) && !ts.isFunctionDeclaration(at) && !ts.isMethodDeclaration(at) ? at : undefined;
}
