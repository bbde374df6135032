/** One source file as the engine holds it, and how the engine reaches the others. */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import type { Caller } from './callers.ts';
import type { ExportWords } from './export-words.ts';
import type { Origin, Origins } from './origins.ts';

export interface SourceText {
  /** Absolute, or as the editor gives it. */
  path: string;
  /** Without a byte order mark: offsets count from here. */
  text: string;
  ast: ts.SourceFile;
}

/** The rest of the repo, where the surface has it. A rule in an editor has none. */
export interface Neighbours {
  resolve(fromPath: string, specifier: string): string | undefined;
  load(path: string): SourceText | undefined;
  /** The text alone, where no tree is needed. */
  read?(path: string): string | undefined;
  /** The files of the repo that may have a word. */
  filesWith?(word: string): readonly string[];
  /** What texts told of exports, where it is kept longer than an engine. */
  exportWords?: ExportWords;
  /** The name of the package that a file belongs to. */
  packageName?(path: string): string | undefined;
  /** What object literals of the repo hold under a property's name, where that is one library's object everywhere. */
  passedAs?(name: string, origins: Origins): Origin | undefined;
  /** What the repo hangs on a framework's objects under a name: `app.decorate('queue', new Queue('mail'))`. */
  decorated?(name: string, origins: Origins): Origin | undefined;
  /** What a provider of the repo gives for an injection token. */
  provided?(token: ts.Expression, source: SourceText, origins: Origins): Origin | undefined;
  /** Every call of a function in the repo, or in those of its files where `within` matches; nothing where that cannot be told. */
  callersOf?(fn: ts.SignatureDeclaration, source: SourceText, origins: Origins, within?: RegExp): readonly Caller[] | undefined;
}

export const BOM = '\uFEFF';

/** Parses with parents set; never throws on bad syntax (see `parseErrors`). */
export function parse(ts: Ts, path: string, text: string): SourceText {
  const clean = text.startsWith(BOM) ? text.slice(1) : text;
  return { path, text: clean, ast: ts.createSourceFile(path, clean, options(ts, path, clean), true, scriptKind(ts, path)) };
}

/** Syntax errors that the parser recovered from, as `line:column message`. */
export function parseErrors(ts: Ts, source: SourceText): string[] {
  const diagnostics = (source.ast as ts.SourceFile & { parseDiagnostics?: readonly ts.DiagnosticWithLocation[] }).parseDiagnostics ?? [];
  return diagnostics
    .filter((d) => d.category === ts.DiagnosticCategory.Error)
    .map((d) => {
      const { line, character } = source.ast.getLineAndCharacterOfPosition(d.start);
      return `${line + 1}:${character + 1} ${ts.flattenDiagnosticMessageText(d.messageText, ' ')}`;
    });
}

/** Doc comments are read for the types that they give JavaScript, and for nothing else. */
function options(ts: Ts, path: string, text: string): ts.CreateSourceFileOptions {
  const typed = /\.[cm]?jsx?$/.test(path) && /@(type|param|returns?|typedef)\b/.test(text);
  // TypeScript before 5.3 has no such mode.
  const mode = typed ? undefined : (ts.JSDocParsingMode as typeof ts.JSDocParsingMode | undefined)?.ParseNone;
  return { languageVersion: ts.ScriptTarget.Latest, ...(mode === undefined ? {} : { jsDocParsingMode: mode }) };
}

/** Plain JavaScript may hold JSX whatever its name says; TypeScript may not. */
function scriptKind(ts: Ts, path: string): ts.ScriptKind {
  if (/\.[mc]?ts$/.test(path)) return ts.ScriptKind.TS;
  if (path.endsWith('.tsx')) return ts.ScriptKind.TSX;
  return ts.ScriptKind.JSX;
}
