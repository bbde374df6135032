/**
 * Imports as text edits: what is there is used, what is missing is written the way the file writes its own.
 */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { listEdit, type PlacedEdit } from './edits.ts';
import { atTop, importPlace, leadingRequires, orderOf } from './import-place.ts';
import { importedNames, isRequire, isText } from './imported-names.ts';
import { detectStyle } from './style.ts';

export interface ImportNeed {
  /** The specifier as it is to be written. */
  module: string;
  name: string;
  /** What the code calls it: `localNameFor`'s answer. */
  local: string;
  typeOnly?: boolean;
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

function isMet(ts: Ts, sourceFile: ts.SourceFile, need: ImportNeed): boolean {
  return importedNames(ts, sourceFile, need.module).some((known) =>
    known.imported === need.name && known.local === need.local && (need.typeOnly || !known.typeOnly));
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
  const sorted = inNames(ts, sourceFile, elements, specifier);
  if (sorted) return sorted;
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

/** In the place that its name has, where three names or more are in order; undefined: at the end. */
function inNames(ts: Ts, sourceFile: ts.SourceFile, elements: ts.NodeArray<ts.Node>, specifier: string): PlacedEdit[] | undefined {
  const { text } = sourceFile;
  const nameOf = (node: ts.Node): string => ts.isImportSpecifier(node) ? (node.propertyName ?? node.name).text : node.getText(sourceFile);
  const values = elements.filter((node) => !(ts.isImportSpecifier(node) && node.isTypeOnly));
  const [among, key] = [elements, values].map((list) => [list, orderOf(list.map(nameOf))] as const).find(([, order]) => order) ?? [];
  const name = /^\w+/.exec(specifier)?.[0];
  const next = key && name !== undefined ? among!.find((node) => key(nameOf(node)) > key(name)) : undefined;
  if (!next) return undefined;
  const start = next.getStart(sourceFile);
  const gap = /[,{](\s*)$/.exec(text.slice(0, start))?.[1];
  if (gap === undefined) return undefined;
  const separator = gap.includes('\n') ? `,\n${gap.slice(gap.lastIndexOf('\n') + 1)}` : ', ';
  return [listEdit(sourceFile.fileName, start, { open: '', items: [specifier], separator, close: separator })];
}

function newStatement(ts: Ts, sourceFile: ts.SourceFile, need: ImportNeed, cjs: boolean): PlacedEdit[] {
  const { text, fileName } = sourceFile;
  const { quote, semicolons } = detectStyle(ts, sourceFile);
  const last = cjs ? leadingRequires(ts, sourceFile).at(-1) : undefined;
  const place = last ? { next: last, isBefore: false } : cjs ? undefined : importPlace(ts, sourceFile, need.module);
  const neighbour = place && ts.isImportDeclaration(place.next) ? place.next.moduleSpecifier.getText(sourceFile)[0] : undefined;
  const mark = neighbour === '"' || neighbour === "'" ? neighbour : quote;
  const module = mark + need.module + mark;
  const end = semicolons ? ';' : '';
  const gap = braceGap(ts, sourceFile);
  const [open, close] = cjs
    ? [`const {${gap}`, `${gap}} = require(${module})${end}`]
    : [`import ${need.typeOnly ? 'type ' : ''}{${gap}`, `${gap}} from ${module}${end}`];
  const list = { open, items: [specifierOf(need, cjs)], separator: ', ', close };
  // Packages first, then files of one's own, whichever unit asked first.
  const rank = /^[./]/.test(need.module) ? -1 : -2;

  if (!place) return atTop(ts, sourceFile, list, rank);
  const { next } = place;
  if (place.isBefore) return [listEdit(fileName, next.getStart(sourceFile), { ...list, close: `${close}\n` }, rank)];

  const comment = ts.getTrailingCommentRanges(text, next.end)?.at(-1);
  const lineEnd = comment?.end ?? next.end;
  const rest = /^[ \t]*(\r?\n|$)/.exec(text.slice(lineEnd));
  if (!rest) {
    // Another statement follows on the same line.
    return [listEdit(fileName, next.end, { ...list, open: `\n${open}`, close: end ? close : `${close};` }, rank)];
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
