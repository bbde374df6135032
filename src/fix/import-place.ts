/** Where a file's imports stand, and where a new one goes. */
import { isBuiltin } from 'node:module';
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { listEdit, type PlacedEdit } from './edits.ts';
import { isRequire } from './imported-names.ts';

export function atTop(
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

/** Where a new import goes: behind a statement, or before one. */
export interface ImportPlace {
  next: ts.Statement;
  isBefore: boolean;
}

/**
 * Beside its kind (a package's, a file's of one's own) among those that head the file, so that groups stay groups: in
 * order, where they are in order; further up before nearer; else behind the last of them, and behind Node's modules
 * where a package comes first of its kind.
 */
export function importPlace(ts: Ts, sourceFile: ts.SourceFile, module: string): ImportPlace | undefined {
  const { leading, all } = imports(ts, sourceFile);
  const isPackage = (statement: ts.Statement): boolean => !ownFile.test(specifierIn(ts, statement));
  const own = ownFile.test(module);
  const ofKind = leading.filter((statement) => isPackage(statement) !== own && !(!own && isBuiltin(specifierIn(ts, statement))));
  const sorted = own ? byDepth(ts, sourceFile, ofKind, module) : inOrder(ts, sourceFile, ofKind, module);
  if (sorted) return sorted;
  const last = ofKind.at(-1) ?? (own ? undefined : leading.findLast(isPackage)) ?? leading.at(-1) ?? all.at(-1);
  return last && { next: last, isBefore: false };
}

/** `../../x` before `../x` before `./x`, where the file has them so. */
function byDepth(ts: Ts, sourceFile: ts.SourceFile, own: readonly ts.Statement[], module: string): ImportPlace | undefined {
  const relative = own.filter((statement) => specifierIn(ts, statement).startsWith('.'));
  const depths = relative.map((statement) => depthOf(specifierIn(ts, statement)));
  if (!module.startsWith('.') || depths.length === 0 || depths.some((depth, index) => depth > (depths[index - 1] ?? depth))) return undefined;
  const depth = depthOf(module);
  const same = relative.filter((_, index) => depths[index] === depth);
  const place = inOrder(ts, sourceFile, same, module);
  if (place) return place;
  const further = relative.findLast((_, index) => depths[index]! >= depth);
  return further ? { next: further, isBefore: false } : before(ts, sourceFile, relative[0]!);
}

function depthOf(specifier: string): number {
  return specifier.split('/').filter((part) => part === '..').length;
}

/** The place in a run of imports that are in the order of their names, as far as three of them can show it. */
function inOrder(ts: Ts, sourceFile: ts.SourceFile, statements: readonly ts.Statement[], module: string): ImportPlace | undefined {
  const key = orderOf(statements.map((statement) => specifierIn(ts, statement)));
  if (!key || statements.some((statement, index) => index > 0 && hasBlankLine(sourceFile, statements[index - 1]!.end, statement.getStart(sourceFile)))) return undefined;
  const previous = statements.findLast((statement) => key(specifierIn(ts, statement)) <= key(module));
  return previous ? { next: previous, isBefore: false } : before(ts, sourceFile, statements[0]!);
}

/** Not before what is imported for what it does, nor between an import and its comment. */
function before(ts: Ts, sourceFile: ts.SourceFile, next: ts.Statement): ImportPlace | undefined {
  const start = next.getStart(sourceFile);
  const isEffect = ts.isImportDeclaration(next) && !next.importClause;
  const startsLine = /(?:^|\n)$/.test(sourceFile.text.slice(0, start));
  const isCommented = (ts.getLeadingCommentRanges(sourceFile.text, next.pos) ?? []).length > 0;
  return isEffect || !startsLine || isCommented ? undefined : { next, isBefore: true };
}

function hasBlankLine(sourceFile: ts.SourceFile, from: number, to: number): boolean {
  return /\n[ \t]*\r?\n/.test(sourceFile.text.slice(from, to));
}

/** By what three names or more are sorted; undefined where they are not, or too few to tell. */
export function orderOf(names: readonly string[]): ((name: string) => string) | undefined {
  if (names.length < 3) return undefined;
  const orders = [(name: string): string => name.toLowerCase(), (name: string): string => name];
  return orders.find((key) => names.every((name, index) => index === 0 || key(names[index - 1]!) <= key(name)));
}

function specifierIn(ts: Ts, statement: ts.Statement): string {
  const node = ts.isImportDeclaration(statement) ? statement.moduleSpecifier
    : ts.isImportEqualsDeclaration(statement) && ts.isExternalModuleReference(statement.moduleReference) ? statement.moduleReference.expression : undefined;
  return node && ts.isStringLiteralLike(node) ? node.text : '.';
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
export function leadingRequires(ts: Ts, sourceFile: ts.SourceFile): ts.Statement[] {
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
