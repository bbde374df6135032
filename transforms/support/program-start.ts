/** What a program does as it starts, enclosed in the trace context that it finds in its environment. */
import type ts from 'typescript';
import type { SourceText } from '../../src/analysis/source.ts';
import { contains, isFunctionNode, memberName } from '../../src/analysis/syntax.ts';
import { callWorks } from '../../src/analysis/work.ts';
import { refuse, type Plan, type RepairTools } from './strategy.ts';
import { wrap } from './text.ts';

/** Calls that only set the program up: its tracer, and handlers of what comes later. */
const setsUp = /^(on|once|addListener|addEventListener|register\w*|config(ure)?)$/;
const tracers = /^(sdk|otel|tracer|telemetry|provider|tracing)/i;

export function encloseStart(source: SourceText, { ts, origins, helper }: RepairTools): Plan {
  if (/\bwithEnvironmentCarrier\b|\bpropagation\.extract\b/.test(source.text)) return { edits: [] };
  const calls: ts.CallExpression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node) || ts.isImportDeclaration(node)) return;
    if (ts.isCallExpression(node) && !isSetUp(ts, node) && worksHere(node)) calls.push(node);
    else ts.forEachChild(node, visit);
  };
  // `(async () => { … })()` and `main().catch(fail)` are one call.
  const worksHere = (call: ts.CallExpression): boolean => contains(ts, call, (n) => ts.isCallExpression(n) && !insideOther(n, call) && callWorks(ts, origins, n, source)) || isCalledAtOnce(ts, call);
  const insideOther = (node: ts.Node, root: ts.Node): boolean => {
    for (let at = node; at !== root; at = at.parent) if (ts.isFunctionLike(at)) return true;
    return false;
  };
  source.ast.statements.forEach(visit);
  if (calls.length === 0) return refuse('unenclosable-start', 'nothing that the program starts with was found: extract from `process.env` before its work begins');
  if (calls.some((call) => contains(ts, call, (n) => ts.isAwaitExpression(n) && !insideOther(n, call)))) return refuse('unenclosable-start', 'an argument of what the program starts with is awaited: put it into a function and call that');
  return { edits: calls.flatMap((call) => wrap(source, call, `${helper(source, 'withEnvironmentCarrier')}(process.env, () => `, ')')) };
}

function isCalledAtOnce(ts: RepairTools['ts'], call: ts.CallExpression): boolean {
  let callee: ts.Expression = call.expression;
  while (ts.isParenthesizedExpression(callee)) callee = callee.expression;
  return isFunctionNode(ts, callee);
}

function isSetUp(ts: RepairTools['ts'], call: ts.CallExpression): boolean {
  const name = memberName(ts, call.expression);
  let root: ts.Expression = call.expression;
  while (ts.isPropertyAccessExpression(root) || ts.isCallExpression(root)) root = root.expression;
  return (name !== undefined && setsUp.test(name)) || (ts.isIdentifier(root) && tracers.test(root.text)) || call.expression.kind === ts.SyntaxKind.ImportKeyword;
}
