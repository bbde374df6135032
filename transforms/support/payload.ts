/** Whether a payload may take a carrier: only what is, or may be, a plain object. */
import type ts from 'typescript';
import { declarationOf } from '../../src/analysis/scope.ts';
import { unwrap } from '../../src/analysis/syntax.ts';
import type { SourceText } from '../../src/analysis/source.ts';
import type { Ts } from '../../src/types.ts';
import type { RepairTools } from './strategy.ts';

export function isPlainPayload(tools: Pick<RepairTools, 'ts' | 'origins'>, payload: ts.Expression, source: SourceText): boolean {
  const { ts, origins } = tools;
  const node = unwrap(ts, payload);
  if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node) || ts.isNumericLiteral(node) || ts.isArrayLiteralExpression(node) || ts.isNewExpression(node)
    || node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword || node.kind === ts.SyntaxKind.NullKeyword) return false;
  if (ts.isBinaryExpression(node)) return false;
  if (ts.isCallExpression(node)) {
    if (makesNoObject.test(node.expression.getText())) return false;
    const returned = ts.isIdentifier(node.expression) ? origins.functionOf(node.expression, source)?.fn.type : undefined;
    return !returned || ts.isTypePredicateNode(returned) || mayBePlain(ts, returned);
  }
  if (!ts.isIdentifier(node)) return true;
  const declaration = declarationOf(ts, node);
  if (!declaration || !(ts.isVariableDeclaration(declaration) || ts.isParameter(declaration))) return true;
  if (declaration.type) return mayBePlain(ts, declaration.type);
  return !declaration.initializer || declaration.initializer === payload || isPlainPayload(tools, declaration.initializer, source);
}

const builtIn = /^(Buffer|(Shared)?ArrayBuffer|\w*Array|DataView|Map|Set|Date|URL|Error|MessagePort|ReadonlyMap|ReadonlySet)$/;

/** Whether a value is an object for certain, so that a carrier in it is sure to arrive: as written, or by its type. */
export function isObject(ts: Ts, value: ts.Expression): boolean {
  const node = unwrap(ts, value);
  if (!ts.isIdentifier(node)) return ts.isObjectLiteralExpression(node);
  const declaration = declarationOf(ts, node);
  if (!declaration || !(ts.isVariableDeclaration(declaration) || ts.isParameter(declaration))) return false;
  if (declaration.type) return ts.isTypeLiteralNode(declaration.type) || (ts.isTypeReferenceNode(declaration.type) && !builtIn.test(declaration.type.typeName.getText()));
  return declaration.initializer !== undefined && declaration.initializer !== value && isObject(ts, declaration.initializer);
}

/** Calls whose result is a text, a number, a list or bytes. */
const makesNoObject = /^(JSON\.stringify|String|Number|BigInt|Boolean|(Buffer|Array|String|\w+Array)\.\w+|Date\.now)$|\.(toString|toFixed|join|trim|encode|map|filter|slice|split|concat|serialize|digest)$/;

function mayBePlain(ts: Ts, type: ts.TypeNode): boolean {
  if (ts.isUnionTypeNode(type)) return type.types.some((part) => mayBePlain(ts, part));
  if (ts.isParenthesizedTypeNode(type) || ts.isTypeOperatorNode(type)) return mayBePlain(ts, type.type);
  if (ts.isTypeReferenceNode(type)) return !builtIn.test(type.typeName.getText());
  return !ts.isArrayTypeNode(type) && !ts.isTupleTypeNode(type) && !ts.isLiteralTypeNode(type) && !ts.isTemplateLiteralTypeNode(type)
    && ![ts.SyntaxKind.StringKeyword, ts.SyntaxKind.NumberKeyword, ts.SyntaxKind.BooleanKeyword, ts.SyntaxKind.BigIntKeyword, ts.SyntaxKind.UndefinedKeyword].includes(type.kind);
}
