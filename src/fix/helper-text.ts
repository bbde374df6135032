/** The helper's text in another language, module system or style: what stands in it stays, with its layout. */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { applyEdits, type PlacedEdit } from './edits.ts';
import type { TextStyle } from './style.ts';

export function parseHelper(ts: Ts, text: string, name = 'handoff.ts'): ts.SourceFile {
  return ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
}

export function declaredNames(ts: Ts, statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []));
  }
  const isNamed = ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)
    || ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
  return isNamed && statement.name ? [statement.name.text] : [];
}

export function isExported(ts: Ts, statement: ts.Statement): boolean {
  return exportKeyword(ts, statement) !== undefined;
}

export function exportKeyword(ts: Ts, statement: ts.Statement): ts.Modifier | undefined {
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
  return modifiers?.find((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword);
}

/**
 * Leaves out the types and nothing else, so that the layout stays. The helper is written in erasable syntax; were it
 * not, the compiler's own (less pretty) output is taken.
 */
export function eraseTypes(ts: Ts, text: string): string {
  const file = parseHelper(ts, text);
  const edits: PlacedEdit[] = [];
  const drop = (start: number, end: number): void => {
    edits.push({ file: file.fileName, start, end, text: '' });
  };
  const dropAll = (nodes: ts.NodeArray<ts.Node> | undefined): void => {
    // With the angle brackets.
    if (nodes) drop(nodes.pos - 1, text.indexOf('>', nodes.end) + 1);
  };
  const visit = (node: ts.Node): void => {
    const cast = ts.isParenthesizedExpression(node) ? uncast(ts, node) : undefined;
    if (cast) {
      drop(node.getStart(file), cast.getStart(file));
      drop(cast.end, node.end);
      return visit(cast);
    }
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return drop(node.getFullStart(), node.end);
    if (ts.isImportDeclaration(node) && node.importClause?.isTypeOnly) return drop(node.getFullStart(), node.end);
    if (ts.isFunctionDeclaration(node) && !node.body) return drop(node.getFullStart(), node.end);
    if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) {
      drop(node.expression.end, node.end);
      return visit(node.expression);
    }
    if (ts.isNonNullExpression(node)) {
      drop(node.expression.end, node.end);
      return visit(node.expression);
    }
    if (ts.isFunctionLike(node)) {
      dropAll(node.typeParameters);
      if (node.type) drop(colonBefore(text, node.type), node.type.end);
      const first = node.parameters[0];
      if (first && ts.isIdentifier(first.name) && first.name.text === 'this') {
        drop(first.pos, node.parameters[1]?.getStart(file) ?? node.parameters.end);
      }
    }
    if (ts.isParameter(node) || ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node)) {
      const mark = ('questionToken' in node ? node.questionToken : undefined)
        ?? ('exclamationToken' in node ? node.exclamationToken : undefined);
      if (node.type) drop(mark?.getStart(file) ?? colonBefore(text, node.type), node.type.end);
      else if (mark) drop(mark.getStart(file), mark.end);
    } else if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && node.typeArguments) {
      dropAll(node.typeArguments);
    }
    if (ts.isImportSpecifier(node) && node.isTypeOnly) return drop(node.pos, followingComma(text, node.end));
    ts.forEachChild(node, (child) => {
      if (!ts.isTypeNode(child) && !ts.isTypeParameterDeclaration(child)) visit(child);
    });
  };
  visit(file);
  // Inside a dropped `this` parameter.
  const outer = edits.filter((edit) => !edits.some((other) =>
    other !== edit && other.start <= edit.start && edit.end <= other.end && other.end - other.start > edit.end - edit.start));
  const erased = applyEdits(text, outer).replace(/\n{3,}/g, '\n\n');
  if (parseErrorsOf(ts, erased).length === 0) return erased;
  const options = { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext };
  return ts.transpileModule(text, { compilerOptions: options }).outputText;
}

/** The `x` of `(x as T)`, where it needs no parentheses of its own. */
function uncast(ts: Ts, node: ts.ParenthesizedExpression): ts.Expression | undefined {
  let inner = node.expression;
  while (ts.isAsExpression(inner) || ts.isSatisfiesExpression(inner)) inner = inner.expression;
  if (inner === node.expression) return undefined;
  return ts.isIdentifier(inner) || ts.isPropertyAccessExpression(inner) || ts.isCallExpression(inner) ? inner : undefined;
}

function parseErrorsOf(ts: Ts, text: string): readonly unknown[] {
  const file = parseHelper(ts, text, 'handoff.js') as ts.SourceFile & { parseDiagnostics?: readonly unknown[] };
  // The parser reports types in a .js file only when asked for the program's diagnostics.
  const typed = ts.transpileModule(text, { fileName: 'handoff.js', reportDiagnostics: true }).diagnostics ?? [];
  return [...(file.parseDiagnostics ?? []), ...typed];
}

function colonBefore(text: string, type: ts.Node): number {
  return text.lastIndexOf(':', type.pos);
}

function followingComma(text: string, end: number): number {
  return /^\s*,/.test(text.slice(end)) ? text.indexOf(',', end) + 1 : end;
}

export function toCommonJs(ts: Ts, text: string): string {
  const file = parseHelper(ts, text, 'handoff.js');
  const edits: PlacedEdit[] = [];
  const exported: string[] = [];
  for (const statement of file.statements) {
    if (ts.isImportDeclaration(statement)) {
      const bindings = statement.importClause!.namedBindings!.getText(file).replaceAll(' as ', ': ');
      const required = `const ${bindings} = require(${statement.moduleSpecifier.getText(file)});`;
      edits.push({ file: file.fileName, start: statement.getStart(file), end: statement.end, text: required });
      continue;
    }
    const keyword = exportKeyword(ts, statement);
    if (!keyword) continue;
    edits.push({ file: file.fileName, start: keyword.getStart(file), end: keyword.end + 1, text: '' });
    exported.push(...declaredNames(ts, statement));
  }
  // A literal of plain names: Node's loader shows those as named exports to ES modules.
  return `'use strict';\n\n${applyEdits(text, edits).trim()}\n\nmodule.exports = { ${exported.join(', ')} };\n`;
}

export function doubleQuoted(ts: Ts, text: string, language: 'ts' | 'js'): string {
  const file = parseHelper(ts, text, `handoff.${language}`);
  const edits: PlacedEdit[] = [];
  const visit = (node: ts.Node): void => {
    const source = ts.isStringLiteral(node) ? node.getText(file) : '';
    if (source.startsWith("'") && !/["\\]/.test(source)) {
      edits.push({ file: file.fileName, start: node.getStart(file), end: node.end, text: `"${source.slice(1, -1)}"` });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return applyEdits(text, edits);
}

/** In the indentation of the file that asks for it, and without semicolons where that has none. */
export function inStyle(ts: Ts, text: string, language: 'ts' | 'js', { quote, semicolons, indent }: Partial<TextStyle>): string {
  const quoted = quote === '"' ? doubleQuoted(ts, text, language) : text;
  const plain = semicolons === false ? withoutSemicolons(ts, quoted, language) : quoted;
  const unit = indent === '\t' || indent === '    ' ? indent : '  ';
  return plain.replace(/^(?: {2})+/gm, (blank) => unit.repeat(blank.length / 2));
}

/** Those at a line's end; one stays where the next line would be read on with this one. */
function withoutSemicolons(ts: Ts, text: string, language: 'ts' | 'js'): string {
  const file = parseHelper(ts, text, `handoff.${language}`);
  const edits: PlacedEdit[] = [];
  const visit = (node: ts.Node): void => {
    const ends = ts.isStatement(node) || ts.isTypeElement(node);
    if (ends && text[node.end - 1] === ';' && /^[ \t]*(\n\s*(?![\s([`+*/,.-])|\n\s*\/[/*]|$)/.test(text.slice(node.end))) edits.push({ file: file.fileName, start: node.end - 1, end: node.end, text: '' });
    ts.forEachChild(node, visit);
  };
  visit(file);
  return applyEdits(text, edits);
}
