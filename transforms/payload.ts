/** Whether a payload may take a carrier: only what is, or may be, a plain object. */
import type ts from 'typescript';
import { declarationOf } from '../src/analysis/scope.ts';
import { unwrap } from '../src/analysis/syntax.ts';
import type { Ts } from '../src/types.ts';

export function isPlainPayload(ts: Ts, payload: ts.Expression): boolean {
  const node = unwrap(ts, payload);
  if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node) || ts.isNumericLiteral(node) || ts.isArrayLiteralExpression(node) || ts.isNewExpression(node)
    || node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword || node.kind === ts.SyntaxKind.NullKeyword) return false;
  if (ts.isBinaryExpression(node)) return false;
  if (ts.isCallExpression(node)) return node.expression.getText() !== 'JSON.stringify';
  if (!ts.isIdentifier(node)) return true;
  const declaration = declarationOf(ts, node);
  if (!declaration || !(ts.isVariableDeclaration(declaration) || ts.isParameter(declaration))) return true;
  if (declaration.type) return !isPrimitive(ts, declaration.type);
  return !declaration.initializer || declaration.initializer === payload || isPlainPayload(ts, declaration.initializer);
}

function isPrimitive(ts: Ts, type: ts.TypeNode): boolean {
  return ts.isArrayTypeNode(type) || [ts.SyntaxKind.StringKeyword, ts.SyntaxKind.NumberKeyword, ts.SyntaxKind.BooleanKeyword].includes(type.kind);
}
