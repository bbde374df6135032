/**
 * How a file is written, read off the file: minimal edits must look as if its author had made them.
 */
import type ts from 'typescript';
import type { Ts } from '../types.ts';

export interface TextStyle {
  quote: "'" | '"';
  semicolons: boolean;
  eol: '\n' | '\r\n';
  indent: string;
}

const known = new WeakMap<ts.SourceFile, TextStyle>();

export function detectStyle(ts: Ts, sourceFile: ts.SourceFile): TextStyle {
  let style = known.get(sourceFile);
  if (!style) {
    const { text } = sourceFile;
    style = { quote: quoteOf(ts, sourceFile), semicolons: usesSemicolons(ts, sourceFile), eol: eolOf(text), indent: indentOf(text) };
    known.set(sourceFile, style);
  }
  return style;
}

/** The more frequent end-of-line; "\n" in a file of one line. */
export function eolOf(text: string): '\n' | '\r\n' {
  const all = text.split('\n').length - 1;
  const windows = text.split('\r\n').length - 1;
  return windows > all - windows ? '\r\n' : '\n';
}

/** What one level of indentation looks like. */
export function indentOf(text: string): string {
  const steps = new Map<string, number>();
  let previous = 0;
  for (const line of text.split('\n')) {
    const blank = /^[ \t]*/.exec(line)![0];
    // Lines of a block comment start with " *".
    if (blank.length === line.trimEnd().length || line[blank.length] === '*') continue;
    if (blank.includes('\t')) count(steps, '\t');
    else if (blank.length > previous) count(steps, ' '.repeat(blank.length - previous));
    previous = blank.includes('\t') ? 0 : blank.length;
  }
  let best = '  ';
  let most = 0;
  for (const [step, times] of steps) {
    if (times > most && step.length <= 8) [best, most] = [step, times];
  }
  return best;
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Module specifiers decide; without any, all string literals. */
function quoteOf(ts: Ts, sourceFile: ts.SourceFile): TextStyle['quote'] {
  const text = sourceFile.text;
  let single = 0;
  let double = 0;
  const look = (position: number, weight: number): void => {
    if (text[position] === "'") single += weight;
    else if (text[position] === '"') double += weight;
  };
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) && !ts.isJsxAttribute(node.parent ?? node)) {
      look(node.getStart(sourceFile), 1);
    }
    ts.forEachChild(node, visit);
  };
  for (const statement of sourceFile.statements) {
    if (ts.isImportDeclaration(statement)) look(statement.moduleSpecifier.getStart(sourceFile), 1000);
    if (!ts.isVariableStatement(statement)) continue;
    for (const { initializer } of statement.declarationList.declarations) {
      if (!initializer || !ts.isCallExpression(initializer) || !ts.isIdentifier(initializer.expression) || initializer.expression.text !== 'require') continue;
      const module = initializer.arguments[0];
      if (module) look(module.getStart(sourceFile), 1000);
    }
  }
  if (single + double === 0) visit(sourceFile);
  return double > single ? '"' : "'";
}

function usesSemicolons(ts: Ts, sourceFile: ts.SourceFile): boolean {
  let withOne = 0;
  let without = 0;
  const visit = (node: ts.Node): void => {
    if (
      ts.isImportDeclaration(node) || ts.isVariableStatement(node)
      || ts.isExpressionStatement(node) || ts.isReturnStatement(node)
    ) {
      if (sourceFile.text[node.end - 1] === ';') withOne++;
      else without++;
    }
    ts.forEachChild(node, visit);
  };
  visit(sourceFile);
  return without <= withOne;
}

/** Whether a file is CommonJS by its extension, its package's `type` and, for a plain `.js`, its own syntax. */
export function isCommonJs(ts: Ts, sourceFile: ts.SourceFile, packageType: string | undefined): boolean {
  if (sourceFile.fileName.endsWith('.cjs')) return true;
  if (!/\.jsx?$/.test(sourceFile.fileName) || packageType === 'module') return false;
  return !sourceFile.statements.some((statement) =>
    ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)
    || ts.isExportAssignment(statement)
    || (ts.canHaveModifiers(statement)
      && ts.getModifiers(statement)?.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword)));
}
