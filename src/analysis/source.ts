/** One source file as the engine holds it, and how the engine reaches the others. */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
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
  /** The name of the package that a file belongs to. */
  packageName?(path: string): string | undefined;
  /** What object literals of the repo hold under a property's name, where that is one library's object everywhere. */
  passedAs?(name: string, origins: Origins): Origin | undefined;
}

export const BOM = '\uFEFF';

/** Parses with parents set; never throws on bad syntax (see `parseErrors`). */
export function parse(ts: Ts, path: string, text: string): SourceText {
  const clean = text.startsWith(BOM) ? text.slice(1) : text;
  return { path, text: clean, ast: ts.createSourceFile(path, clean, ts.ScriptTarget.Latest, true, scriptKind(ts, path)) };
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

/** Plain JavaScript may hold JSX whatever its name says; TypeScript may not. */
function scriptKind(ts: Ts, path: string): ts.ScriptKind {
  if (/\.[mc]?ts$/.test(path)) return ts.ScriptKind.TS;
  if (path.endsWith('.tsx')) return ts.ScriptKind.TSX;
  return ts.ScriptKind.JSX;
}
