/** A job that is made first and told afterwards to run again and again: `const job = agenda.create('tidy'); job.repeatEvery('5 minutes');` */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { indexOf } from './file-index.ts';
import { declarationOf } from './scope.ts';
import { unwrap } from './syntax.ts';

/** Whether one of these members is called on what `made` gives back, in one expression with it or later on the variable that holds it. */
export function isRepeated(ts: Ts, made: ts.Node, members: readonly string[]): boolean {
  const { calls } = indexOf(ts, made.getSourceFile());
  return members.some((member) => (calls.get(member) ?? []).some((call) => ts.isPropertyAccessExpression(call.expression) && comesFrom(ts, call.expression.expression, made)));
}

/** Down a chain of calls, and through the variable that holds it. */
function comesFrom(ts: Ts, expression: ts.Expression, made: ts.Node): boolean {
  const seen = new Set<ts.Node>();
  for (let at: ts.Expression | undefined = expression; at && !seen.has(at);) {
    seen.add(at);
    const node: ts.Expression = unwrap(ts, at);
    if (node === made) return true;
    if (ts.isAwaitExpression(node) || ts.isPropertyAccessExpression(node) || ts.isCallExpression(node)) at = node.expression;
    else if (ts.isIdentifier(node)) at = valueOf(ts, node);
    else return false;
  }
  return false;
}

function valueOf(ts: Ts, name: ts.Identifier): ts.Expression | undefined {
  const declaration = declarationOf(ts, name);
  return declaration && ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
}
