/** What a cover carries nothing for, although it is on: a message that has no room left, a job that has no options. */
import type ts from 'typescript';
import type { Cover } from '../../catalogue/schema.ts';
import { argument } from '../handoffs.ts';
import { property, propertyValue } from '../syntax.ts';
import type { Evidence, Judged } from './judged.ts';
import { valueOf } from './values.ts';

/** Why the cover carries nothing for this payload; nothing where that isn't in sight. */
export function missedBy(evidence: Pick<Evidence, 'ts' | 'origins'>, judged: Judged, { misses }: Cover): string | undefined {
  const { ts } = evidence;
  const payload = misses && argument(judged, 'payload');
  if (!payload) return undefined;
  if ('over' in misses) {
    const { path, over } = misses;
    const count = Math.max(0, ...at(payload, path).map((node) => (ts.isObjectLiteralExpression(node) ? node.properties.filter((each) => !ts.isSpreadAssignment(each)).length : 0)));
    return count > over ? `${path.filter((name) => name !== '*').join('.')} has ${count} properties, and there is room for one more only up to ${over}` : undefined;
  }
  const { without, below } = misses;
  return lacks(payload) ? `not every one has \`${without}\`` : undefined;

  function at(expression: ts.Expression, path: readonly string[]): ts.Expression[] {
    const node = valueOf(evidence, expression, judged.source);
    const [name, ...rest] = path;
    if (name === undefined) return [node];
    if (name === '*') return ts.isArrayLiteralExpression(node) ? node.elements.flatMap((element) => at(element, rest)) : [];
    const value = ts.isObjectLiteralExpression(node) ? propertyValue(ts, node, name) : undefined;
    return value ? at(value, rest) : [];
  }

  function lacks(expression: ts.Expression): boolean {
    const node = valueOf(evidence, expression, judged.source);
    if (!ts.isObjectLiteralExpression(node)) return false;
    if (!property(ts, node, without) && !node.properties.some((each) => ts.isSpreadAssignment(each))) return true;
    return at(node, [below, '*']).some(lacks);
  }
}
