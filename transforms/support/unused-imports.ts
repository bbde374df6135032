/** Imports that nothing needs any more once some of a file's text is gone: an unused one is an error in many projects. */
import type ts from 'typescript';
import type { SourceText } from '../../src/analysis/source.ts';
import { walk } from '../../src/analysis/syntax.ts';
import type { PlacedEdit } from '../../src/fix/edits.ts';
import type { Ts } from '../../src/types.ts';
import { withoutElements } from './properties.ts';

/** Edits that drop the imported names which stand in the removed ranges only; whole statements where nothing of them is left. */
export function withoutUnusedImports(ts: Ts, source: SourceText, removed: readonly PlacedEdit[]): PlacedEdit[] {
  const used = new Map<string, { inside: boolean; outside: boolean }>();
  walk(ts, source.ast, (node) => {
    if (ts.isImportDeclaration(node)) return false;
    if (!ts.isIdentifier(node)) return undefined;
    const at = used.get(node.text) ?? { inside: false, outside: false };
    const gone = removed.some(({ start, end }) => start <= node.getStart(source.ast) && node.end <= end);
    used.set(node.text, gone ? { ...at, inside: true } : { ...at, outside: true });
    return undefined;
  });
  const isUnused = ({ text }: ts.Identifier): boolean => used.get(text)?.inside === true && !used.get(text)!.outside;
  return source.ast.statements.flatMap((statement) => {
    const clause = ts.isImportDeclaration(statement) ? statement.importClause : undefined;
    if (!clause) return [];
    const bindings = clause.namedBindings;
    const named = bindings && ts.isNamedImports(bindings) ? bindings.elements : undefined;
    const gone = named?.filter(({ name }) => isUnused(name)) ?? [];
    const all = [...(clause.name ? [clause.name] : []), ...(bindings && ts.isNamespaceImport(bindings) ? [bindings.name] : []), ...(named?.map(({ name }) => name) ?? [])];
    if (all.length > 0 && all.every(isUnused)) return [wholeLine(source, statement)];
    // One that stays by its comment is no harm.
    return named && gone.length > 0 && gone.length < named.length ? withoutElements(source, named, gone) ?? [] : [];
  });
}

function wholeLine({ path, text, ast }: SourceText, statement: ts.Statement): PlacedEdit {
  const start = statement.getStart(ast);
  // What stood first leaves no blank line at the top.
  const rest = (text.slice(0, start).trim() === '' ? /^[ \t]*\r?\n([ \t]*\r?\n)*/ : /^[ \t]*\r?\n/).exec(text.slice(statement.end));
  return { file: path, start, end: statement.end + (rest?.[0].length ?? 0), text: '' };
}
