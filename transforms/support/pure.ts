/** What may be left undone without anybody noticing. */
import type ts from 'typescript';
import { contains, memberName } from '../../src/analysis/syntax.ts';
import { passers, reducers } from '../../src/conventions/sensitive.ts';
import type { Ts } from '../../src/types.ts';

/** Making a value into text, cutting it, counting it: done or not done, nobody notices. */
export function isPure(ts: Ts, value: ts.Expression): boolean {
  return !contains(ts, value, (node) => {
    if (ts.isAwaitExpression(node) || ts.isYieldExpression(node) || ts.isNewExpression(node) || ts.isDeleteExpression(node) || ts.isPostfixUnaryExpression(node) || ts.isTaggedTemplateExpression(node)) return true;
    if (ts.isPrefixUnaryExpression(node)) return node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken;
    if (ts.isBinaryExpression(node)) return node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment && node.operatorToken.kind <= ts.SyntaxKind.LastAssignment;
    if (!ts.isCallExpression(node)) return false;
    const name = ts.isIdentifier(node.expression) ? node.expression.text : memberName(ts, node.expression) ?? '';
    return !passers.test(name) && !reducers.test(name) && !/^(map|flatMap|find|keys|values|entries|get)$/.test(name);
  });
}
