/** What a file imports, and what an import may be called in it. */
import type ts from 'typescript';
import type { Ts } from '../types.ts';

export interface LocalName {
  /** An identifier, or `namespace.name`. */
  local: string;
  present: boolean;
}

/**
 * What `name` of `module` is called in this file, or is to be called. Safe at `at` if given (a parameter called like an
 * import hides it only in its own function), else everywhere.
 */
export function localNameFor(
  ts: Ts, sourceFile: ts.SourceFile, module: string, name: string, at?: number,
): LocalName {
  const uses = identifierUses(ts, sourceFile);
  for (const binding of importedNames(ts, sourceFile, module)) {
    if (binding.typeOnly || (binding.imported !== name && binding.imported !== '*')) continue;
    const hidden = (uses.get(binding.local) ?? []).some((use) =>
      use !== binding.node && declares(ts, use) && reaches(ts, use, at));
    if (hidden) continue;
    return { local: binding.imported === '*' ? `${binding.local}.${name}` : binding.local, present: true };
  }
  if (!uses.has(name)) return { local: name, present: false };
  const alias = `otel${name[0]!.toUpperCase()}${name.slice(1)}`;
  let local = alias;
  for (let suffix = 2; uses.has(local); suffix++) local = `${alias}${suffix}`;
  return { local, present: false };
}

export interface ImportedName {
  local: string;
  /** `*`: the whole module. */
  imported: string;
  typeOnly: boolean;
  node: ts.Identifier;
}

export function importedNames(ts: Ts, sourceFile: ts.SourceFile, module: string): ImportedName[] {
  const names: ImportedName[] = [];
  for (const statement of sourceFile.statements) {
    if (ts.isImportDeclaration(statement)) {
      const clause = statement.importClause;
      if (!clause || !isText(ts, statement.moduleSpecifier, module)) continue;
      const bindings = clause.namedBindings;
      if (bindings && ts.isNamespaceImport(bindings)) {
        names.push({ local: bindings.name.text, imported: '*', typeOnly: clause.isTypeOnly, node: bindings.name });
      }
      if (!bindings || !ts.isNamedImports(bindings)) continue;
      for (const { name, propertyName, isTypeOnly } of bindings.elements) {
        const typeOnly = clause.isTypeOnly || isTypeOnly;
        names.push({ local: name.text, imported: (propertyName ?? name).text, typeOnly, node: name });
      }
    } else if (ts.isImportEqualsDeclaration(statement)) {
      const reference = statement.moduleReference;
      if (!ts.isExternalModuleReference(reference) || !isText(ts, reference.expression, module)) continue;
      names.push({ local: statement.name.text, imported: '*', typeOnly: statement.isTypeOnly, node: statement.name });
    } else if (ts.isVariableStatement(statement)) {
      for (const { name, initializer } of statement.declarationList.declarations) {
        if (!initializer || !isRequire(ts, initializer, module)) continue;
        if (ts.isIdentifier(name)) names.push({ local: name.text, imported: '*', typeOnly: false, node: name });
        if (!ts.isObjectBindingPattern(name)) continue;
        for (const element of name.elements) {
          const property = element.propertyName ?? element.name;
          if (element.dotDotDotToken || !ts.isIdentifier(element.name) || !ts.isIdentifier(property)) continue;
          names.push({ local: element.name.text, imported: property.text, typeOnly: false, node: element.name });
        }
      }
    }
  }
  return names;
}

export function isText(ts: Ts, node: ts.Node | undefined, text: string): boolean {
  return node !== undefined && ts.isStringLiteralLike(node) && node.text === text;
}

export function isRequire(ts: Ts, node: ts.Node, module?: string): node is ts.CallExpression {
  if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return false;
  if (node.expression.text !== 'require' || node.arguments.length !== 1) return false;
  return module === undefined || isText(ts, node.arguments[0], module);
}

/** Every identifier that declares or refers to something of this file's scopes, by its text. */
function identifierUses(ts: Ts, sourceFile: ts.SourceFile): Map<string, ts.Identifier[]> {
  const uses = new Map<string, ts.Identifier[]>();
  const visit = (node: ts.Node, parent: ts.Node | undefined): void => {
    if (ts.isIdentifier(node) && parent && !isMemberName(ts, node, parent)) {
      const known = uses.get(node.text);
      if (known) known.push(node);
      else uses.set(node.text, [node]);
    }
    ts.forEachChild(node, (child) => visit(child, node));
  };
  visit(sourceFile, undefined);
  return uses;
}

/** A property's or a member's name, or the far name of an import or export: not a name in any scope. */
function isMemberName(ts: Ts, node: ts.Identifier, parent: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(parent) || ts.isJsxAttribute(parent)) return parent.name === node;
  if (ts.isQualifiedName(parent)) return parent.right === node;
  if (ts.isBindingElement(parent) || ts.isImportSpecifier(parent)) return parent.propertyName === node;
  if (ts.isExportSpecifier(parent)) {
    return parent.parent?.parent?.moduleSpecifier !== undefined || (parent.propertyName !== undefined && parent.name === node);
  }
  if (ts.isLabeledStatement(parent) || ts.isBreakOrContinueStatement(parent)) return parent.label === node;
  if (ts.isNamespaceExport(parent) || ts.isMetaProperty(parent)) return true;
  const isMember = ts.isPropertyAssignment(parent) || ts.isEnumMember(parent) || ts.isClassElement(parent)
    || ts.isTypeElement(parent) || ts.isMethodDeclaration(parent);
  return isMember && parent.name === node;
}

function declares(ts: Ts, node: ts.Identifier): boolean {
  const { parent } = node;
  return parent !== undefined && 'name' in parent && parent.name === node && !ts.isShorthandPropertyAssignment(parent)
    && !ts.isExportSpecifier(parent);
}

/** Whether a declaration is in scope at the position; anywhere, if none is given. */
function reaches(ts: Ts, declaration: ts.Identifier, at: number | undefined): boolean {
  if (at === undefined) return true;
  const hoists = isVar(ts, declaration);
  const { parent } = declaration;
  // A function's own name belongs to the scope around it.
  let scope: ts.Node = (ts.isFunctionDeclaration(parent) || ts.isClassDeclaration(parent)) ? parent.parent : parent;
  while (!ts.isSourceFile(scope)) {
    if (ts.isFunctionLike(scope) || ts.isModuleBlock(scope) || ts.isClassLike(scope)) break;
    const isBlock = ts.isBlock(scope) || ts.isCatchClause(scope) || ts.isCaseBlock(scope)
      || ts.isForStatement(scope) || ts.isForInStatement(scope) || ts.isForOfStatement(scope);
    if (isBlock && !hoists) break;
    scope = scope.parent;
  }
  return scope.pos <= at && at < scope.end;
}

function isVar(ts: Ts, declaration: ts.Identifier): boolean {
  let node: ts.Node = declaration.parent;
  while (ts.isBindingElement(node) || ts.isObjectBindingPattern(node) || ts.isArrayBindingPattern(node)) {
    node = node.parent;
  }
  return ts.isVariableDeclaration(node) && ts.isVariableDeclarationList(node.parent)
    && (node.parent.flags & ts.NodeFlags.BlockScoped) === 0;
}
