/** Properties taken out of the object literal that they stand in, and put into one. */
import type ts from 'typescript';
import type { SourceText } from '../../src/analysis/source.ts';
import type { PlacedEdit } from '../../src/fix/edits.ts';
import { insert } from './text.ts';

/** Edits that take properties of one object out of it; nothing where a comment would go with them. */
export function withoutProperties(source: SourceText, properties: readonly ts.ObjectLiteralElementLike[]): PlacedEdit[] | undefined {
  return withoutElements(source, (properties[0]!.parent as ts.ObjectLiteralExpression).properties, properties);
}

/** The same of any list that has commas between. */
export function withoutElements<T extends ts.Node>(source: SourceText, all: ts.NodeArray<T>, elements: readonly T[]): PlacedEdit[] | undefined {
  const { ast, path, text } = source;
  const gone = new Set<T>(elements);
  const lastKept = all.findLastIndex((each) => !gone.has(each));
  const edits: PlacedEdit[] = [];
  for (const [i, each] of all.entries()) {
    if (gone.has(each) && i < lastKept) edits.push({ file: path, start: each.getStart(ast), end: all[i + 1]!.getStart(ast), text: '' });
  }
  if (lastKept < all.length - 1) {
    const start = lastKept < 0 ? all[0]!.getStart(ast) : all[lastKept]!.end;
    edits.push({ file: path, start, end: lastKept < 0 ? all.end : all.at(-1)!.end, text: '' });
  }
  const hasComment = edits.some(({ start, end }) => {
    const inside = elements.filter((each) => each.pos >= start - 1 && each.end <= end);
    const between = inside.reduce((rest, each) => rest.replace(each.getText(ast), ''), text.slice(start, end));
    return /\/[/*]/.test(between);
  });
  const isExplained = elements.some((each) => /^[ \t]*,?[ \t]*\/[/*]/.test(text.slice(each.end)));
  return hasComment || isExplained ? undefined : edits;
}

/** Puts a property last into an object literal, in the way that it is laid out. */
export function withProperty(source: SourceText, literal: ts.ObjectLiteralExpression, text: string): PlacedEdit {
  const last = literal.properties.at(-1);
  if (!last) return insert(source, literal.getStart(source.ast) + 1, ` ${text} `);
  const before = source.text.slice(literal.properties.at(-2)?.end ?? literal.getStart(source.ast), last.getStart(source.ast));
  const line = /\n[ \t]*$/.exec(before)?.[0];
  return insert(source, last.end, `,${line ?? ' '}${text}`);
}
