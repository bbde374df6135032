/** A span that starts a new trace in work that belongs to one: `root: true`. */
import type ts from 'typescript';
import { enclosingFunction } from '../scope.ts';
import { property, walk } from '../syntax.ts';
import type { CheckedFile, SpanCheck, Spot } from './support/check.ts';
import { literalOf, startOf } from './support/tracers.ts';

const noNewRoot: SpanCheck = { rule: 'no-new-root', find };

export default noNewRoot;

function find(file: CheckedFile): Spot[] {
  const { ts, source } = file;
  const spots: Spot[] = [];
  walk(ts, source.ast, (node) => {
    if (ts.isCallExpression(node)) spots.push(...rootOption(file, node));
  });
  return spots;
}

/** `startSpan(name, { root: true })` inside a function. */
function rootOption({ ts, source, origins }: CheckedFile, call: ts.CallExpression): Spot[] {
  const start = startOf(ts, origins, call, source);
  const options = start && literalOf(ts, origins, start.options, source);
  const root = options && property(ts, options, 'root');
  if (!root || !ts.isPropertyAssignment(root) || root.initializer.kind !== ts.SyntaxKind.TrueKeyword || root.getSourceFile() !== source.ast) return [];
  if (!enclosingFunction(ts, call)) return [];
  return [{ boundary: 'opentelemetry/root-option', node: root, token: root.name, verdict: 'lost' }];
}
