/** Types that plain JavaScript states in comments. */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import type { SourceText } from './source.ts';

type Documented = ts.Node & { jsDoc?: readonly ts.JSDoc[] };

const documented = new WeakMap<ts.SourceFile, boolean>();
const definitions = new WeakMap<ts.SourceFile, ReadonlyMap<string, ts.TypeNode>>();

/** `@type`, or the `@param` of a parameter. */
export function jsDocOf(ts: Ts, node: ts.Node, source: SourceText): ts.TypeNode | undefined {
  return isDocumented(ts, source) ? ts.getJSDocType(node) : undefined;
}

/** `@returns` of a function. */
export function jsDocResult(ts: Ts, node: ts.Node, source: SourceText): ts.TypeNode | undefined {
  return isDocumented(ts, source) ? ts.getJSDocReturnType(node) : undefined;
}

/** `@typedef {…} Name` somewhere in the file. */
export function jsDocDefinition(ts: Ts, name: string, source: SourceText): ts.TypeNode | undefined {
  if (!isDocumented(ts, source) || !source.text.includes('@typedef')) return undefined;
  let known = definitions.get(source.ast);
  if (!known) {
    const found = new Map<string, ts.TypeNode>();
    for (const node of [...source.ast.statements, source.ast.endOfFileToken]) {
      for (const tag of ((node as Documented).jsDoc ?? []).flatMap((doc) => doc.tags ?? [])) {
        if (ts.isJSDocTypedefTag(tag) && tag.name && tag.typeExpression && ts.isJSDocTypeExpression(tag.typeExpression)) found.set(tag.name.text, tag.typeExpression.type);
      }
    }
    definitions.set(source.ast, known = found);
  }
  return known.get(name);
}

/** A cheap test first: most files state no types so. */
function isDocumented(ts: Ts, { ast, text }: SourceText): boolean {
  let is = documented.get(ast);
  if (is === undefined) documented.set(ast, is = (ast.flags & ts.NodeFlags.JavaScriptFile) !== 0 && /@(type|param|returns?|typedef)\b/.test(text));
  return is;
}
