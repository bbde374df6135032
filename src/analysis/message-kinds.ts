/** What a message calls itself, and which kinds a handler tells apart: a kind that nobody in sight sends comes from somebody else. */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { isNotice, kindKeys, kindsOf, literalText, resolve } from './message-shape.ts';
import { memberName, propertyValue, unwrap, walk, type FunctionNode } from './syntax.ts';

/** The kinds of a message that is written out; nothing where it does not say. */
export function kindsSent(ts: Ts, payload: ts.Expression | undefined): readonly string[] | undefined {
  const value = payload && resolve(ts, payload);
  if (!value) return undefined;
  const word = literalText(ts, value);
  if (word !== undefined) return [word];
  const kinds = ts.isObjectLiteralExpression(value) ? kindKeys.flatMap((key) => kindsOf(ts, propertyValue(ts, value, key))) : [];
  return kinds.length > 0 ? kinds : undefined;
}

/** The kinds that a handler has branches for, without notices: `switch (m.cmd) { case 'run': … }`, `m.type === 'run'`. */
export function kindsHandled(ts: Ts, handler: FunctionNode): readonly string[] {
  const found: string[] = [];
  const add = (kind: ts.Expression, given: ts.Expression): void => {
    const text = isKind(ts, kind) ? literalText(ts, given) : undefined;
    if (text !== undefined && !isNotice(text)) found.push(text);
  };
  if (handler.body) walk(ts, handler.body, (node) => {
    if (ts.isSwitchStatement(node)) for (const clause of node.caseBlock.clauses) if (ts.isCaseClause(clause)) add(node.expression, clause.expression);
    if (ts.isBinaryExpression(node) && [ts.SyntaxKind.EqualsEqualsToken, ts.SyntaxKind.EqualsEqualsEqualsToken].includes(node.operatorToken.kind)) {
      add(node.left, node.right);
      add(node.right, node.left);
    }
  });
  return found;
}

function isKind(ts: Ts, expression: ts.Expression): boolean {
  const node = unwrap(ts, expression);
  return kindKeys.includes(ts.isIdentifier(node) ? node.text : memberName(ts, node) ?? '');
}
