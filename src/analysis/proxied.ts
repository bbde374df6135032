/** A call that a proxy sends to a thread (`api.load(url)`): the function of that name on the far side says what it is worth. */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import type { Handoff } from './handoffs.ts';
import type { Origins } from './origins.ts';
import type { SourceText } from './source.ts';
import { isFunctionNode, memberName, propertyName, walk, type FunctionNode } from './syntax.ts';
import { bodyDoesWork } from './work.ts';
import { ending, reporting } from './work-words.ts';

/** Whether what is called there ends something, reports, or does nothing worth a span; nothing where its function is not in sight. */
export function isIdleThere(ts: Ts, origins: Origins, { boundary, node }: Handoff, far: SourceText): boolean | undefined {
  const name = boundary.match.members?.includes('*') && ts.isCallExpression(node) ? memberName(ts, node.expression) : undefined;
  if (name === undefined) return undefined;
  if (ending.test(name) || reporting.test(name)) return true;
  const functions = functionsNamed(ts, origins, name, far);
  return functions.length === 0 ? undefined : !functions.some(({ fn, source }) => bodyDoesWork(ts, origins, fn, source));
}

function functionsNamed(ts: Ts, origins: Origins, name: string, far: SourceText): { fn: FunctionNode; source: SourceText }[] {
  const found: { fn: FunctionNode; source: SourceText }[] = [];
  walk(ts, far.ast, (node) => {
    if (isFunctionNode(ts, node) && (ts.isMethodDeclaration(node) || ts.isFunctionDeclaration(node)) && propertyName(ts, node.name) === name) found.push({ fn: node, source: far });
    const value = ts.isPropertyAssignment(node) || ts.isVariableDeclaration(node) ? node.initializer : ts.isShorthandPropertyAssignment(node) ? node.name : undefined;
    if (value === undefined || propertyName(ts, (node as ts.PropertyAssignment).name) !== name) return;
    const target = origins.functionOf(value, far);
    if (target) found.push(target);
  });
  return found;
}
