/**
 * Functions that a file exports for a platform to call, told by their type: `export const handler: SQSHandler`,
 * `export async function handler(event: SQSEvent)`, `exports.handler = (event: SQSEvent) => …`.
 */
import type ts from 'typescript';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Ts } from '../types.ts';
import { isExported } from './declarations.ts';
import { isExport, type Handoff, type HandoffNode } from './handoffs.ts';
import type { Origins } from './origins.ts';
import { lookup } from './scope.ts';
import type { SourceText } from './source.ts';
import { isFunctionNode, memberName, unwrap, type FunctionNode } from './syntax.ts';

export function findExportedHandlers(ts: Ts, catalogue: Catalogue, origins: Origins, source: SourceText): Handoff[] {
  const { annotated } = catalogue;
  if (!annotated.some((b) => b.match.modules.some((module) => source.text.includes(module)))) return [];
  return exportedFunctions(ts, source).flatMap(({ node, token, type, fn }): Handoff[] => {
    for (const written of [type, fn?.parameters[0]?.type]) {
      const origin = written && origins.ofType(written, source);
      const boundary = origin && annotated.find((b) => isExport(b, origin));
      if (boundary && fn) return [{ boundary, source, node, token, args: [], handler: fn, enclosing: undefined }];
    }
    return [];
  });
}

interface Exported {
  node: HandoffNode;
  token: ts.Node;
  type?: ts.TypeNode;
  fn?: FunctionNode;
}

function exportedFunctions(ts: Ts, source: SourceText): Exported[] {
  const found: Exported[] = [];
  for (const statement of source.ast.statements) {
    if (ts.isFunctionDeclaration(statement) && statement.body && isExported(ts, statement)) found.push({ node: statement, token: statement.name ?? statement, fn: statement });
    if (ts.isVariableStatement(statement)) {
      for (const declaration of statement.declarationList.declarations) if (isExported(ts, declaration)) found.push(ofVariable(ts, declaration, source));
    }
    if (ts.isExpressionStatement(statement) && ts.isBinaryExpression(statement.expression)) {
      const { left, right } = statement.expression;
      if (!/^(module\.)?exports\./.test(left.getText(source.ast)) || memberName(ts, left) === undefined) continue;
      found.push({ node: statement.expression, token: (left as ts.PropertyAccessExpression).name, ...withFunction(functionIn(ts, right, source)) });
    }
  }
  return found;
}

function ofVariable(ts: Ts, declaration: ts.VariableDeclaration, source: SourceText): Exported {
  return {
    node: declaration, token: declaration.name,
    ...(declaration.type ? { type: declaration.type } : {}),
    ...withFunction(declaration.initializer && functionIn(ts, declaration.initializer, source)),
  };
}

function withFunction(fn: FunctionNode | undefined): { fn?: FunctionNode } {
  return fn ? { fn } : {};
}

/** The function itself, one by name, or the one that a wrapper is given: `middy(async (event: SQSEvent) => …)`. */
function functionIn(ts: Ts, expression: ts.Expression, source: SourceText): FunctionNode | undefined {
  const node = unwrap(ts, expression);
  if (isFunctionNode(ts, node)) return node;
  if (ts.isIdentifier(node)) {
    const declaration = lookup(ts, node.text, source.ast);
    if (declaration && isFunctionNode(ts, declaration)) return declaration;
    return declaration && ts.isVariableDeclaration(declaration) && declaration.initializer && isFunctionNode(ts, declaration.initializer) ? declaration.initializer : undefined;
  }
  if (ts.isCallExpression(node)) return node.arguments.map((argument) => functionIn(ts, argument, source)).find((fn) => fn !== undefined);
  return undefined;
}
