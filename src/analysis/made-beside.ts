/** Whether what is spoken to was made in the same function, where it is kept outside of that, or a function of one's own makes it. */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { indexOf } from './file-index.ts';
import type { Handoff } from './handoffs.ts';
import type { Origins } from './origins.ts';
import { callingFunction, declarationOf } from './scope.ts';
import type { SourceText } from './source.ts';
import { isFunctionNode, unwrap } from './syntax.ts';

/** `this.worker = this.makeWorker(); … this.worker.on(…)`, and `child = fork(file); … child.on(…)` of a variable that others see too. */
export function isMadeBeside(ts: Ts, origins: Origins, { node, receiver, source }: Handoff): boolean {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression) || receiver?.kind !== 'library') return false;
  const spokenTo = unwrap(ts, node.expression.expression);
  const within = callingFunction(ts, node);
  if (!within) return false;
  return valuesOf(ts, spokenTo, source).some((value) => {
    if (value.pos > node.pos || callingFunction(ts, value) !== within) return false;
    const made = origins.of(value, source);
    return made?.kind === 'library' && made.instance && made.module === receiver.module && made.built !== undefined
      && (made.built.node === unwrap(ts, value) || isMadeAnew(ts, origins, value, made.built.node, source));
  });
}

/** What a variable or a field is given by `=`: what is only made where there is none yet (`??=`) was perhaps made earlier. */
function valuesOf(ts: Ts, target: ts.Expression, source: SourceText): ts.Expression[] {
  const { assignments, fieldAssignments } = indexOf(ts, source.ast);
  if (ts.isIdentifier(target)) {
    const declaration = declarationOf(ts, target);
    const given = (assignments.get(target.text) ?? []).filter(({ left, operatorToken }) => operatorToken.kind === ts.SyntaxKind.EqualsToken && ts.isIdentifier(left) && declarationOf(ts, left) === declaration).map(({ right }) => right);
    return declaration && ts.isVariableDeclaration(declaration) && declaration.initializer ? [declaration.initializer, ...given] : given;
  }
  if (!ts.isPropertyAccessExpression(target) || target.expression.kind !== ts.SyntaxKind.ThisKeyword) return [];
  return (fieldAssignments.get(target.name.text) ?? []).filter(({ operatorToken }) => operatorToken.kind === ts.SyntaxKind.EqualsToken).map(({ right }) => right);
}

/** A function of one's own that makes one in each call: it gives back what it makes, or a constant that holds it. */
function isMadeAnew(ts: Ts, origins: Origins, value: ts.Expression, made: ts.Node, source: SourceText): boolean {
  const call = unwrap(ts, value);
  const maker = ts.isCallExpression(call) ? origins.functionOf(call.expression, source) : undefined;
  if (!maker || made.getSourceFile() !== maker.source.ast || made.pos < maker.fn.pos || made.end > maker.fn.end) return false;
  const { parent } = made;
  return ts.isReturnStatement(parent) || parent === maker.fn || (ts.isVariableDeclaration(parent) && (parent.parent.flags & ts.NodeFlags.Const) !== 0 && callingFunction(ts, parent) === maker.fn && isFunctionNode(ts, maker.fn));
}
