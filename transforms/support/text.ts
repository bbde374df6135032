/** Insertions around nodes, so that nothing that need not change does. */
import type ts from 'typescript';
import type { SourceText } from '../../src/analysis/source.ts';
import { wrapEdits, type PlacedEdit } from '../../src/fix/edits.ts';

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
