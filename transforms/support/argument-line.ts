import type ts from 'typescript';
import type { SourceText } from '../../src/analysis/source.ts';

/** What goes between the last argument and one more: a line of its own where the last has one. */
export function beforeNext(source: SourceText, args: readonly ts.Expression[]): string {
  const last = args.at(-1);
  const line = last && /\n([ \t]*)$/.exec(source.text.slice(0, last.getStart(source.ast)));
  return line ? `,\n${line[1]}` : ', ';
}
