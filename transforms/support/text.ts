/** Insertions around nodes, so that nothing that need not change does, in the file's own quotes and with its semicolons. */
import type ts from 'typescript';
import type { SourceText } from '../../src/analysis/source.ts';
import { wrapEdits, type PlacedEdit } from '../../src/fix/edits.ts';
import { detectStyle } from '../../src/fix/style.ts';
import type { Ts } from '../../src/types.ts';

/** Puts text before and after a node. */
export function wrap(source: SourceText, node: ts.Node, before: string, after: string): PlacedEdit[] {
  return wrapEdits(source.path, node.getStart(source.ast), node.end, before, after);
}

export function insert(source: SourceText, at: number, text: string): PlacedEdit {
  return { file: source.path, start: at, end: at, text };
}

export function replace(source: SourceText, node: ts.Node, text: string): PlacedEdit {
  return { file: source.path, start: node.getStart(source.ast), end: node.end, text };
}

/** A text as a literal of this file: `'headers'`, `"headers"`. */
export function literal(ts: Ts, { ast }: SourceText, text: string): string {
  const { quote } = detectStyle(ts, ast);
  return quote + JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll(quote, `\\${quote}`) + quote;
}

/** What ends the last statement of a block. */
export function semicolon(ts: Ts, { ast }: SourceText): ';' | '' {
  return detectStyle(ts, ast).semicolons ? ';' : '';
}

/** What ends a statement that is put before the text at `at`: nothing only where a line of its own begins there that can't go on with it. */
export function separator(ts: Ts, source: SourceText, at: number): ';' | '' {
  return detectStyle(ts, source.ast).semicolons || !/^[ \t]*\r?\n\s*[\w$}'"{]/.test(source.text.slice(at)) || /^\s*in(stanceof)?\b/.test(source.text.slice(at)) ? ';' : '';
}
