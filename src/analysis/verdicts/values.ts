/** Expressions, and what stands behind them. */
import type ts from 'typescript';
import type { Ts } from '../../types.ts';
import type { SourceText } from '../source.ts';
import { unwrap } from '../syntax.ts';
import type { Evidence } from './judged.ts';

/** What a variable was initialised with; else the expression itself. */
export function valueOf(evidence: Pick<Evidence, 'ts' | 'origins'>, expression: ts.Expression, source: SourceText): ts.Expression {
  const { ts, origins } = evidence;
  const node = unwrap(ts, expression);
  return (ts.isIdentifier(node) && origins.values.initializer(node, source)?.node) || node;
}

/** `null` or `undefined`. */
export function isNothing(ts: Ts, node: ts.Expression): boolean {
  const inner = unwrap(ts, node);
  return inner.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(inner) && inner.text === 'undefined');
}
