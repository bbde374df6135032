/** What a declaration belongs to: its class, its module, the exports of its file. */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import type { Declaration } from './scope.ts';

export function enclosingClass(ts: Ts, node: ts.Node): ts.ClassLikeDeclaration | undefined {
  for (let at = node.parent; at; at = at.parent) {
    if (ts.isClassLike(at)) return at;
    // A plain function has a `this` of its own.
    if (ts.isFunctionExpression(at) || ts.isFunctionDeclaration(at)) return undefined;
    if ((ts.isMethodDeclaration(at) || ts.isAccessor(at)) && ts.isObjectLiteralExpression(at.parent)) return undefined;
  }
  return undefined;
}

/** The object literal whose method (no arrow function) is around a node. */
export function enclosingLiteral(ts: Ts, node: ts.Node): ts.ObjectLiteralExpression | undefined {
  for (let at = node.parent; at; at = at.parent) {
    if (ts.isClassLike(at) || ts.isFunctionDeclaration(at)) return undefined;
    if ((ts.isMethodDeclaration(at) || ts.isAccessor(at)) && ts.isObjectLiteralExpression(at.parent)) return at.parent;
    if (ts.isFunctionExpression(at)) return ts.isPropertyAssignment(at.parent) ? at.parent.parent : undefined;
  }
  return undefined;
}

/** Whether a node's `this` is the class itself. */
export function isInStatic(ts: Ts, node: ts.Node): boolean {
  for (let at = node.parent; at; at = at.parent) {
    if (ts.isClassStaticBlockDeclaration(at)) return true;
    if (ts.isClassElement(at)) return ts.canHaveModifiers(at) && (ts.getModifiers(at)?.some((m) => m.kind === ts.SyntaxKind.StaticKeyword) ?? false);
  }
  return false;
}

export function moduleOf(ts: Ts, declaration: ts.Node): string | undefined {
  for (let at = declaration.parent; at; at = at.parent) {
    if (ts.isImportDeclaration(at)) return ts.isStringLiteral(at.moduleSpecifier) ? at.moduleSpecifier.text : undefined;
  }
  return undefined;
}

export function isExported(ts: Ts, declaration: Declaration): boolean {
  if (ts.isImportSpecifier(declaration) || ts.isImportClause(declaration) || ts.isNamespaceImport(declaration)) return false;
  const holder = ts.isVariableDeclaration(declaration) ? declaration.parent.parent
    : ts.isBindingElement(declaration) ? enclosingStatement(ts, declaration) : declaration;
  return !!holder && ts.canHaveModifiers(holder) && (ts.getModifiers(holder)?.some((m) => m.kind === ts.SyntaxKind.ExportKeyword) ?? false);
}

function enclosingStatement(ts: Ts, node: ts.Node): ts.Node | undefined {
  for (let at = node.parent; at; at = at.parent) if (ts.isVariableStatement(at)) return at;
  return undefined;
}

export function isDefaultExport(ts: Ts, node: ts.FunctionDeclaration | ts.ClassDeclaration): boolean {
  return ts.getModifiers(node)?.some((m) => m.kind === ts.SyntaxKind.DefaultKeyword) ?? false;
}
