/** What is made of a request's answer: a probe asks whether somebody is there, and reads no more than that. */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { declarationOf, enclosingFunction } from './scope.ts';
import { contains, memberName } from './syntax.ts';

const status = new Set(['ok', 'status', 'statusCode', 'statusText', 'headers']);
const outcome = new Set(['ok', 'status', 'statusCode']);

/**
 * Whether nothing of an answer but its status is read, what is said of a failure apart: `return (await fetch(url)).ok`,
 * `const res = await fetch(url); if (!res.ok) throw …`, `await axios.get(url)` whose only outcome is that it throws.
 */
export function isProbed(ts: Ts, call: ts.Node): boolean {
  const { node, awaited } = outermost(ts, call);
  const parent = node.parent;
  if (ts.isPropertyAccessExpression(parent) && parent.expression === node) {
    if (parent.name.text === 'then' && ts.isCallExpression(parent.parent)) return readsStatus(ts, parent.parent.arguments[0]);
    return awaited && outcome.has(parent.name.text);
  }
  // Where it fails is what matters: `try { await axios.get(url) } catch { … }`.
  if (ts.isExpressionStatement(parent)) return awaited && isTried(ts, parent);
  if (ts.isVariableDeclaration(parent) && parent.initializer === node && ts.isIdentifier(parent.name)) return awaited && reads(ts, parent.name.text, parent, parent.name);
  if (ts.isBinaryExpression(parent) && parent.right === node && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken && ts.isIdentifier(parent.left)) {
    const declaration = declarationOf(ts, parent.left);
    return awaited && declaration !== undefined && ts.isVariableDeclaration(declaration) && enclosingFunction(ts, declaration) === enclosingFunction(ts, call) && reads(ts, parent.left.text, declaration, parent.left);
  }
  return false;
}

/** The call with what stands around it and changes nothing of what it gives: `(await call)!`, `call.catch(() => null)`. */
function outermost(ts: Ts, call: ts.Node): { node: ts.Node; awaited: boolean } {
  let node = call;
  let awaited = false;
  for (;;) {
    const parent: ts.Node = node.parent;
    if (ts.isAwaitExpression(parent) || ts.isParenthesizedExpression(parent) || ts.isNonNullExpression(parent) || ts.isAsExpression(parent)) {
      awaited ||= ts.isAwaitExpression(parent);
      node = parent;
    } else if (ts.isPropertyAccessExpression(parent) && /^(catch|finally)$/.test(parent.name.text) && ts.isCallExpression(parent.parent) && parent.parent.expression === parent) node = parent.parent;
    else return { node, awaited };
  }
}

function isTried(ts: Ts, statement: ts.Node): boolean {
  const block = statement.parent;
  return ts.isBlock(block) && ts.isTryStatement(block.parent) && block.parent.tryBlock === block && block.parent.catchClause !== undefined;
}

/** `.then((res) => res.ok)` */
function readsStatus(ts: Ts, fn: ts.Expression | undefined): boolean {
  if (!fn || !(ts.isArrowFunction(fn) || ts.isFunctionExpression(fn))) return false;
  const [parameter] = fn.parameters;
  return parameter !== undefined && ts.isIdentifier(parameter.name) && reads(ts, parameter.name.text, parameter, parameter.name);
}

/** Whether a variable that holds an answer is asked for its status, and for nothing else. */
function reads(ts: Ts, name: string, declaration: ts.VariableDeclaration | ts.ParameterDeclaration, written: ts.Node): boolean {
  const within = enclosingFunction(ts, declaration.name);
  if (!within) return false;
  let asked = false;
  const more = contains(ts, within, (node) => {
    if (!ts.isIdentifier(node) || node.text !== name || node === declaration.name || node === written || isName(ts, node) || declarationOf(ts, node) !== declaration) return false;
    const member = ts.isPropertyAccessExpression(node.parent) && node.parent.expression === node ? memberName(ts, node.parent) : undefined;
    if (member !== undefined && outcome.has(member)) asked = true;
    return !(member !== undefined && status.has(member)) && !(member === 'body' && isCancelled(ts, node.parent)) && !isComplaint(ts, node, within);
  });
  return asked && !more;
}

/** `other.name`, `{ name: … }`: no use of the variable. */
function isName(ts: Ts, node: ts.Identifier): boolean {
  const parent = node.parent;
  return (ts.isPropertyAccessExpression(parent) && parent.name === node) || (ts.isPropertyAssignment(parent) && parent.name === node);
}

/** `response.body?.cancel()` */
function isCancelled(ts: Ts, body: ts.Node): boolean {
  return ts.isPropertyAccessExpression(body.parent) && /^(cancel|destroy|dump|resume)$/.test(body.parent.name.text);
}

/** In a branch that ends by throwing: `if (!res.ok) { const text = await res.text(); throw new Error(text); }`. */
function isComplaint(ts: Ts, node: ts.Node, within: ts.Node): boolean {
  for (let at: ts.Node = node; at !== within; at = at.parent) {
    if (ts.isThrowStatement(at)) return true;
    if (ts.isBlock(at) && ts.isIfStatement(at.parent) && at.parent.thenStatement === at && at.statements.at(-1)?.kind === ts.SyntaxKind.ThrowStatement) return true;
  }
  return false;
}

/** Whether an answer is read as bytes, and as nothing else: a file. */
export function isReadAsBytes(ts: Ts, call: ts.Node): boolean {
  const read = readers(ts, call);
  return read.length > 0 && read.every((name) => name === 'arrayBuffer' || name === 'blob' || name === 'bytes');
}

/** Whether what is answered is read: text that is only logged says nothing. */
export function isAnswerRead(ts: Ts, call: ts.Node): boolean {
  return readers(ts, call).some((name) => name !== 'text');
}

/** By which of its members an answer is read in the function that asks, or in what is called with it. */
function readers(ts: Ts, call: ts.Node): string[] {
  const found: string[] = [];
  const within = enclosingFunction(ts, call);
  if (within) contains(ts, within, (node) => {
    const name = ts.isPropertyAccessExpression(node) ? node.name.text : undefined;
    if (name !== undefined && /^(json|text|arrayBuffer|blob|bytes|formData|data|body)$/.test(name) && node.pos >= call.pos) found.push(name);
    return false;
  });
  return found;
}
