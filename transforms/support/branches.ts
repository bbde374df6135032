/** A handler that is one of several: `dry ? log : async (job) => …`. Each is mended by itself, so that it keeps the type that it is given. */
import type ts from 'typescript';
import { unwrap } from '../../src/analysis/syntax.ts';
import type { Ts } from '../../src/types.ts';
import type { Plan } from './strategy.ts';

export function perBranch(ts: Ts, handler: ts.Expression, plan: (branch: ts.Expression) => Plan): Plan {
  const node = unwrap(ts, handler);
  if (node.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(node) && node.text === 'undefined')) return { edits: [] };
  if (!ts.isConditionalExpression(node)) return plan(handler);
  const plans = [perBranch(ts, node.whenTrue, plan), perBranch(ts, node.whenFalse, plan)];
  return plans.find((each) => 'refused' in each) ?? { edits: plans.flatMap((each) => 'edits' in each ? each.edits : []) };
}
