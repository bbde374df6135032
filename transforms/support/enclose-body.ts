/** Encloses a function's body, keeping its signature, where the helper needs none of its parameters: see enclose.ts. */
import type ts from 'typescript';
import type { SourceText } from '../../src/analysis/source.ts';
import { contains, isAsync, type FunctionNode } from '../../src/analysis/syntax.ts';
import { wrapEdits } from '../../src/fix/edits.ts';
import type { Ts } from '../../src/types.ts';
import { afterDirectives } from './enclose.ts';
import { refuse, type Plan } from './strategy.ts';
import { semicolon, wrap } from './text.ts';

/** @param opening what the body is handed to, up to and with the comma: `traceTool({ name: 'search' }, ` */
export function encloseBody(ts: Ts, source: SourceText, fn: FunctionNode, opening: string): Plan {
  const { body } = fn;
  if (!body) return refuse('unsupported-shape', 'the function has no body here');
  if ((fn as ts.FunctionExpression).asteriskToken) return refuse('streaming', 'a generator\'s body runs piece by piece, in its consumer\'s context');
  if (!ts.isBlock(body)) return { edits: wrap(source, body, `${opening}${isAsync(ts, fn) && contains(ts, body, (n) => ts.isAwaitExpression(n)) ? 'async ' : ''}() => `, ')') };
  const inner = isAsync(ts, fn) ? 'async ' : '';
  const at = afterDirectives(ts, source, body);
  if (ts.isArrowFunction(fn) && at === body.getStart(source.ast) + 1) return { edits: wrap(source, body, `${opening}${inner}() => `, ')') };
  if (!ts.isMethodDeclaration(fn) && contains(ts, body, (n) => ts.isIdentifier(n) && n.text === 'arguments')) return refuse('unsupported-shape', 'it reads `arguments`');
  return { edits: wrapEdits(source.path, at, body.end - 1, ` return ${opening}${inner}() => {`, `})${semicolon(ts, source)} `) };
}
