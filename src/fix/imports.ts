/**
 * Imports as text edits: what is there is used, what is missing is written the way the file writes its own.
 */
import { isBuiltin } from 'node:module';
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { listEdit, type PlacedEdit } from './edits.ts';
import { detectStyle } from './style.ts';

export interface ImportNeed {
  /** The specifier as it is to be written. */
  module: string;
  name: string;
  /** What the code calls it: `localNameFor`'s answer. */
  local: string;
  typeOnly?: boolean;
}

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

/** Nothing for needs that the file meets already. Offsets are on `sourceFile.text`, which must have no BOM. */
export function planImports(
  ts: Ts, sourceFile: ts.SourceFile, needs: readonly ImportNeed[], style: { cjs: boolean },
): PlacedEdit[] {
  const edits: PlacedEdit[] = [];
  for (const need of needs) {
    if (need.local.includes('.') || isMet(ts, sourceFile, need)) continue;
    if (style.cjs && need.typeOnly) continue;
    edits.push(...(addToExisting(ts, sourceFile, need, style.cjs) ?? newStatement(ts, sourceFile, need, style.cjs)));
  }
  return edits;
}

interface ImportedName {
  local: string;
  /** `*`: the whole module. */
  imported: string;
  typeOnly: boolean;
  node: ts.Identifier;
}

function importedNames(ts: Ts, sourceFile: ts.SourceFile, module: string): ImportedName[] {
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

function isMet(ts: Ts, sourceFile: ts.SourceFile, need: ImportNeed): boolean {
  return importedNames(ts, sourceFile, need.module).some((known) =>
    known.imported === need.name && known.local === need.local && (need.typeOnly || !known.typeOnly));
}

function isText(ts: Ts, node: ts.Node | undefined, text: string): boolean {
  return node !== undefined && ts.isStringLiteralLike(node) && node.text === text;
}

function isRequire(ts: Ts, node: ts.Node, module?: string): node is ts.CallExpression {
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

function specifierOf(need: ImportNeed, cjs: boolean): string {
  if (need.local === need.name) return need.name;
  return cjs ? `${need.name}: ${need.local}` : `${need.name} as ${need.local}`;
}

function addToExisting(
  ts: Ts, sourceFile: ts.SourceFile, need: ImportNeed, cjs: boolean,
): PlacedEdit[] | undefined {
  const specifier = specifierOf(need, cjs);
  if (cjs) {
    for (const statement of leadingRequires(ts, sourceFile)) {
      if (!ts.isVariableStatement(statement)) continue;
      for (const { name, initializer } of statement.declarationList.declarations) {
        if (!initializer || !isRequire(ts, initializer, need.module)) continue;
        if (!ts.isObjectBindingPattern(name) || name.elements.some((element) => element.dotDotDotToken)) continue;
        return appendTo(ts, sourceFile, name, name.elements, specifier);
      }
    }
    return undefined;
  }
  for (const statement of sourceFile.statements) {
    if (!ts.isImportDeclaration(statement) || !isText(ts, statement.moduleSpecifier, need.module)) continue;
    const clause = statement.importClause;
    if (!clause || clause.isTypeOnly !== (need.typeOnly ?? false)) continue;
    if (clause.namedBindings && ts.isNamedImports(clause.namedBindings)) {
      return appendTo(ts, sourceFile, clause.namedBindings, clause.namedBindings.elements, specifier);
    }
    // A type import has either a default or names, never both.
    if (!clause.namedBindings && clause.name && !clause.isTypeOnly) {
      const gap = braceGap(ts, sourceFile);
      const list = { open: `, {${gap}`, items: [specifier], separator: ', ', close: `${gap}}` };
      return [listEdit(sourceFile.fileName, clause.name.end, list)];
    }
  }
  return undefined;
}

/** Adds to `{ a, b }` in the way that it is laid out. */
function appendTo(
  ts: Ts, sourceFile: ts.SourceFile, braces: ts.Node, elements: ts.NodeArray<ts.Node> & { hasTrailingComma?: boolean },
  specifier: string,
): PlacedEdit[] {
  const { text, fileName } = sourceFile;
  const open = braces.getStart(sourceFile);
  const last = elements.at(-1);
  if (!last) {
    const close = text.slice(open + 1, braces.end - 1).trim() === '' && braces.end - open > 2 ? '' : ' ';
    return [listEdit(fileName, open + 1, { open: ' ', items: [specifier], separator: ', ', close })];
  }
  const lastStart = last.getStart(sourceFile);
  const previousEnd = elements.at(-2)?.end ?? open;
  const comma = elements.hasTrailingComma ? ',' : '';
  const end = elements.hasTrailingComma ? elements.end : last.end;
  if (!text.slice(previousEnd, lastStart).includes('\n')) {
    const list = { open: comma ? ' ' : ', ', items: [specifier], separator: ', ', close: comma };
    return [listEdit(fileName, end, list)];
  }
  const indent = /[ \t]*$/.exec(text.slice(0, lastStart))![0];
  // A comment on the last line stays with its own specifier.
  const comment = ts.getTrailingCommentRanges(text, end)?.at(-1);
  const at = comment?.end ?? end;
  const list = { open: `\n${indent}`, items: [specifier], separator: `,\n${indent}`, close: comma };
  if (comma || !comment) return [listEdit(fileName, at, comma ? list : { ...list, open: `,${list.open}` })];
  return [{ file: fileName, start: end, end, text: ',' }, listEdit(fileName, at, list)];
}

function newStatement(ts: Ts, sourceFile: ts.SourceFile, need: ImportNeed, cjs: boolean): PlacedEdit[] {
  const { text, fileName } = sourceFile;
  const { quote, semicolons } = detectStyle(ts, sourceFile);
  const module = quote + need.module + quote;
  const end = semicolons ? ';' : '';
  const gap = braceGap(ts, sourceFile);
  const [open, close] = cjs
    ? [`const {${gap}`, `${gap}} = require(${module})${end}`]
    : [`import ${need.typeOnly ? 'type ' : ''}{${gap}`, `${gap}} from ${module}${end}`];
  const list = { open, items: [specifierOf(need, cjs)], separator: ', ', close };
  // Packages first, then files of one's own, whichever unit asked first.
  const rank = /^[./]/.test(need.module) ? -1 : -2;

  const last = cjs ? leadingRequires(ts, sourceFile).at(-1) : importBefore(ts, sourceFile, need.module);
  if (!last) return atTop(ts, sourceFile, list, rank);

  const comment = ts.getTrailingCommentRanges(text, last.end)?.at(-1);
  const lineEnd = comment?.end ?? last.end;
  const rest = /^[ \t]*(\r?\n|$)/.exec(text.slice(lineEnd));
  if (!rest) {
    // Another statement follows on the same line.
    return [listEdit(fileName, last.end, { ...list, open: `\n${open}`, close: end ? close : `${close};` }, rank)];
  }
  const at = lineEnd + rest[0].length;
  if (rest[1] === '') return [listEdit(fileName, at, { ...list, open: `\n${open}` }, rank)];
  return [listEdit(fileName, at, { ...list, close: `${close}\n` }, rank)];
}

/** What stands between braces and names in the file's own imports on one line: `{ a }`, `{a}`. */
function braceGap(ts: Ts, sourceFile: ts.SourceFile): '' | ' ' {
  let tight = 0;
  for (const statement of sourceFile.statements) {
    const braces = ts.isImportDeclaration(statement) ? [statement.importClause?.namedBindings]
      : ts.isVariableStatement(statement) ? statement.declarationList.declarations.map(({ name, initializer }) => initializer && isRequire(ts, initializer) ? name : undefined)
        : [];
    for (const node of braces) {
      if (!node || !(ts.isNamedImports(node) || ts.isObjectBindingPattern(node)) || node.elements.length === 0) continue;
      const text = node.getText(sourceFile);
      if (!text.includes('\n')) tight += text[1] === ' ' ? -1 : 1;
    }
  }
  return tight > 0 ? '' : ' ';
}

function atTop(
  ts: Ts, sourceFile: ts.SourceFile, list: NonNullable<PlacedEdit['list']>, rank: number,
): PlacedEdit[] {
  const { text, fileName } = sourceFile;
  const at = headerEnd(ts, sourceFile);
  const before = text.slice(0, at);
  const after = text.slice(at);
  const edits: PlacedEdit[] = [listEdit(fileName, at, { ...list, close: `${list.close}\n` }, rank)];
  if (before !== '' && !before.endsWith('\n')) edits.unshift({ file: fileName, start: at, end: at, text: '\n', rank: -3 });
  if (after !== '' && !/^\r?\n/.test(after)) edits.push({ file: fileName, start: at, end: at, text: '\n', rank: -0.5 });
  return edits;
}

/** Comments that speak to a tool or of the whole file, even with no blank line after them. */
const fileComment = /^\/\/\/|@ts-|eslint|@jest|@vitest|@license|@copyright|copyright|licen[cs]e|@flow|prettier|biome|deno-|tslint|jshint|@fileoverview|@file\b|@module|istanbul|\bc8\b|^\/\*!/i;

/** Behind shebang, directives and the comments that head the file; before the comment of the first statement. */
function headerEnd(ts: Ts, sourceFile: ts.SourceFile): number {
  const { text } = sourceFile;
  let position = /^#!.*(\r?\n|$)/.exec(text)?.[0].length ?? 0;
  let directives = 0;
  while (isDirective(ts, sourceFile.statements[directives])) directives++;
  if (directives > 0) {
    const last = sourceFile.statements[directives - 1]!;
    const comment = ts.getTrailingCommentRanges(text, last.end)?.at(-1);
    const end = comment?.end ?? last.end;
    const newline = /^[ \t]*\r?\n/.exec(text.slice(end));
    // Several statements on one line: the directive's own end.
    position = newline ? end + newline[0].length : last.end;
    if (!newline) return position;
  }
  const comments = ts.getLeadingCommentRanges(text, position) ?? [];
  let end = position;
  for (const comment of comments) {
    const following = /^[ \t]*(\r?\n|$)([ \t]*\r?\n)*/.exec(text.slice(comment.end));
    if (!following) break;
    const blankLine = /\n[ \t]*\r?\n$/.test(following[0]) || comment.end + following[0].length === text.length;
    if (blankLine || fileComment.test(text.slice(comment.pos, comment.end))) end = comment.end + following[0].length;
  }
  if (end === position) end += /^([ \t]*\r?\n)*/.exec(text.slice(position))![0].length;
  return end;
}

function isDirective(ts: Ts, statement: ts.Statement | undefined): boolean {
  return statement !== undefined && ts.isExpressionStatement(statement)
    && ts.isStringLiteral(statement.expression);
}

/** Files of one's own, also by an alias. */
const ownFile = /^(\.|\/|#|[@~]\/)/;

/**
 * The import that a new one goes behind: the last of its kind (a package's, a file's of one's own) among those that head
 * the file, so that groups stay groups; behind Node's modules where a package comes first of its kind.
 */
function importBefore(ts: Ts, sourceFile: ts.SourceFile, module: string): ts.Statement | undefined {
  const { leading, all } = imports(ts, sourceFile);
  const specifier = (statement: ts.Statement): string => {
    const node = ts.isImportDeclaration(statement) ? statement.moduleSpecifier
      : ts.isImportEqualsDeclaration(statement) && ts.isExternalModuleReference(statement.moduleReference) ? statement.moduleReference.expression : undefined;
    return node && ts.isStringLiteralLike(node) ? node.text : '.';
  };
  const isPackage = (statement: ts.Statement): boolean => !ownFile.test(specifier(statement));
  if (ownFile.test(module)) return leading.findLast((statement) => !isPackage(statement)) ?? leading.at(-1) ?? all.at(-1);
  const packages = leading.filter(isPackage);
  return packages.findLast((statement) => !isBuiltin(specifier(statement))) ?? packages.at(-1) ?? leading.at(-1) ?? all.at(-1);
}

/** Those that head the file, and those that stand further down too. */
function imports(ts: Ts, sourceFile: ts.SourceFile): { leading: ts.Statement[]; all: ts.Statement[] } {
  const isImport = (statement: ts.Statement): boolean =>
    ts.isImportDeclaration(statement) || ts.isImportEqualsDeclaration(statement);
  const rest = sourceFile.statements.findIndex((statement) => !isImport(statement) && !isDirective(ts, statement));
  return { leading: sourceFile.statements.slice(0, rest < 0 ? undefined : rest).filter(isImport), all: sourceFile.statements.filter(isImport) };
}

/**
 * The requires that head the file: what stands further down is evaluated too late for code above it. Between them
 * there may be declarations that run nothing.
 */
function leadingRequires(ts: Ts, sourceFile: ts.SourceFile): ts.Statement[] {
  const requires: ts.Statement[] = [];
  for (const statement of sourceFile.statements) {
    if (startsWithRequire(ts, statement)) requires.push(statement);
    else if (!isDirective(ts, statement) && !isInert(ts, statement)) break;
  }
  return requires;
}

function startsWithRequire(ts: Ts, statement: ts.Statement): boolean {
  const roots = ts.isVariableStatement(statement)
    ? statement.declarationList.declarations.map((declaration) => declaration.initializer)
    : ts.isExpressionStatement(statement) ? [statement.expression] : [];
  return roots.some((root) => {
    let node: ts.Node | undefined = root;
    while (node && !isRequire(ts, node)) {
      node = ts.isCallExpression(node) || ts.isPropertyAccessExpression(node)
        || ts.isNonNullExpression(node) ? node.expression : undefined;
    }
    return node !== undefined;
  });
}

function isInert(ts: Ts, statement: ts.Statement): boolean {
  if (!ts.isVariableStatement(statement)) return false;
  let runs = false;
  const visit = (node: ts.Node): void => {
    runs ||= ts.isCallExpression(node) || ts.isNewExpression(node) || ts.isFunctionLike(node)
      || ts.isClassLike(node) || ts.isTaggedTemplateExpression(node) || ts.isAwaitExpression(node);
    ts.forEachChild(node, visit);
  };
  visit(statement);
  return !runs;
}
