/** Whether a file of the repo exports these names: what a person's own helper module is asked. */
import type ts from 'typescript';
import { readText } from '../project/paths.ts';
import type { Ts } from '../types.ts';

type Resolve = (fromFile: string, specifier: string) => string | undefined;

/** Which of the names the file lacks, as far as its text tells: what it takes over whole from a module outside of the repo may have them all. */
export function lacking(ts: Ts, file: string, names: readonly string[], resolve: Resolve): string[] {
  const exported = exportsOf(ts, file, resolve, new Set());
  return exported === 'unknown' ? [] : names.filter((name) => !exported.has(name));
}

function exportsOf(ts: Ts, file: string, resolve: Resolve, seen: Set<string>): Set<string> | 'unknown' {
  const names = new Set<string>();
  const text = readText(file);
  if (text === undefined || seen.has(file)) return names;
  seen.add(file);
  for (const statement of ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true).statements) {
    if (ts.isExportDeclaration(statement)) {
      const { exportClause, moduleSpecifier } = statement;
      if (exportClause && ts.isNamedExports(exportClause)) for (const { name } of exportClause.elements) names.add(name.text);
      else if (!exportClause && moduleSpecifier && ts.isStringLiteral(moduleSpecifier)) {
        const target = resolve(file, moduleSpecifier.text);
        const more = target === undefined ? 'unknown' : exportsOf(ts, target, resolve, seen);
        if (more === 'unknown') return 'unknown';
        for (const name of more) names.add(name);
      }
    } else if (isCommonJsExport(ts, statement)) {
      return 'unknown';
    } else if (ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) {
      if (ts.isVariableStatement(statement)) {
        for (const { name } of statement.declarationList.declarations) if (ts.isIdentifier(name)) names.add(name.text);
      } else if ((ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) && statement.name) {
        names.add(statement.name.text);
      }
    }
  }
  return names;
}

/** `module.exports = …`, `exports.a = …`: what comes of it is not read. */
function isCommonJsExport(ts: Ts, statement: ts.Statement): boolean {
  if (!ts.isExpressionStatement(statement) || !ts.isBinaryExpression(statement.expression)) return false;
  return /^(module\s*\.\s*exports|exports)\b/.test(statement.expression.left.getText());
}
