/** Imports that nothing needs any more once all edits of a file are made: an unused one is an error in many projects. */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { withoutElements } from '../../transforms/support/properties.ts';
import type { SourceText } from '../analysis/source.ts';
import type { PlacedEdit } from './edits.ts';

/** Whether text goes that may have been the last to use an import: a cheap test before the file is looked at. */
export function mayFree(source: Pick<SourceText, 'text'>, edits: readonly PlacedEdit[]): boolean {
  return edits.some(({ start, end, text }) => end > start && wordsOf(source.text.slice(start, end)).some((word) => !wordsOf(text).includes(word)));
}

/** Edits that drop the imported names which stand only in text that goes; whole statements where nothing of them is left. */
export function withoutFreedImports(ts: Ts, source: SourceText, edits: readonly PlacedEdit[]): PlacedEdit[] {
  const imports = source.ast.statements.flatMap((statement) => ts.isImportDeclaration(statement) && statement.importClause ? [statement] : []);
  const gone = new Set(edits.flatMap(({ start, end }) => wordsOf(source.text.slice(start, end))));
  let left: Set<string> | undefined;
  // Comments count: in a JavaScript file they hold types.
  const isFree = ({ text }: ts.Identifier): boolean => gone.has(text) && !(left ??= new Set(wordsOf(textLeft(source, imports, edits)))).has(text);
  return imports.flatMap((statement) => {
    const { name, namedBindings } = statement.importClause!;
    const named = namedBindings && ts.isNamedImports(namedBindings) ? namedBindings.elements : undefined;
    const names = [...(name ? [name] : []), ...(namedBindings && ts.isNamespaceImport(namedBindings) ? [namedBindings.name] : []), ...(named?.map((each) => each.name) ?? [])];
    const free = names.filter(isFree);
    if (free.length === 0 || edits.some((edit) => edit.end >= statement.getStart(source.ast) && edit.start < statement.end)) return [];
    if (free.length === names.length) return [wholeLine(source, statement)];
    const specifiers = named?.filter((each) => free.includes(each.name)) ?? [];
    // One that stays by its comment, or beside a default import, is no harm.
    return named && specifiers.length > 0 && specifiers.length < named.length ? withoutElements(source, named, specifiers) ?? [] : [];
  });
}

/** All that will stand in the file beside its imports. */
function textLeft({ text, ast }: SourceText, imports: readonly ts.Statement[], edits: readonly PlacedEdit[]): string {
  const gone = [...edits.filter(({ start, end }) => end > start), ...imports.map((each) => ({ start: each.getStart(ast), end: each.end }))].sort((a, b) => a.start - b.start);
  let left = edits.map((edit) => edit.text).join('\n');
  let position = 0;
  for (const { start, end } of gone) {
    left += `\n${text.slice(position, Math.max(start, position))}`;
    position = Math.max(end, position);
  }
  return `${left}\n${text.slice(position)}`;
}

function wordsOf(text: string): string[] {
  return text.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu) ?? [];
}

function wholeLine({ path, text, ast }: SourceText, statement: ts.Statement): PlacedEdit {
  const start = statement.getStart(ast);
  // What stood first leaves no blank line at the top.
  const rest = (text.slice(0, start).trim() === '' ? /^[ \t]*\r?\n([ \t]*\r?\n)*/ : /^[ \t]*\r?\n/).exec(text.slice(statement.end));
  return { file: path, start, end: statement.end + (rest?.[0].length ?? 0), text: '' };
}
