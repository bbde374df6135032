/** Whether a listener is also taken off, looked up or compared by its identity: a wrapped one would not be found. */
import type ts from 'typescript';
import { declarationOf } from '../../src/analysis/scope.ts';
import { contains, memberName, unwrap } from '../../src/analysis/syntax.ts';
import type { Ts } from '../../src/types.ts';

export function removedByIdentity(ts: Ts, callback: ts.Expression, file: ts.SourceFile): boolean {
  const node = unwrap(ts, callback);
  const text = node.getText();
  if (!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node)) return false;
  const declaration = ts.isIdentifier(node) ? declarationOf(ts, node) : undefined;
  const isSame = (other: ts.Expression): boolean => other.getText() === text && (!declaration || (ts.isIdentifier(other) && declarationOf(ts, other) === declaration));
  return contains(ts, file, (n) => {
    if (ts.isBinaryExpression(n)) return /^[!=]==?$/.test(n.operatorToken.getText()) && ((isSame(n.left) && !isNullish(ts, n.right)) || (isSame(n.right) && !isNullish(ts, n.left)));
    if (!ts.isCallExpression(n)) return false;
    const member = memberName(ts, n.expression);
    return member !== undefined && lookups.test(member) && n.arguments.some(isSame);
  });
}

const lookups = /^(off|removeListener|removeEventListener|includes|indexOf|lastIndexOf|has|delete)$/;

function isNullish(ts: Ts, node: ts.Expression): boolean {
  return node.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(node) && node.text === 'undefined');
}
