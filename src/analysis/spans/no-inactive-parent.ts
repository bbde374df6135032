/**
 * A span that is started, never made active, and ended after awaited work that is meant to be under it. A span of a kind
 * that has no children of its own (a client's request, a message sent) is meant to be a leaf: silent.
 */
import type ts from 'typescript';
import { calleeToken, memberName, propertyValue, unwrap } from '../syntax.ts';
import { isInTest } from '../tests.ts';
import type { CheckedFile, SpanCheck, Spot } from './support/check.ts';
import { ownedSpans, startsSpans, type Owned } from './support/owned.ts';
import { literalOf } from './support/tracers.ts';
import { waitsIn } from './support/waits.ts';

const noInactiveParent: SpanCheck = { rule: 'no-inactive-parent', find };

export default noInactiveParent;

function find(file: CheckedFile): Spot[] {
  if (!startsSpans(file)) return [];
  return ownedSpans(file).flatMap((span) => {
    const work = isParent(file, span) ? workUnder(file, span) : undefined;
    if (!work) return [];
    const { line } = file.source.ast.getLineAndCharacterOfPosition(work.getStart(file.source.ast));
    return [{
      boundary: 'opentelemetry/inactive-parent', node: span.call, token: calleeToken(file.ts, span.call), verdict: 'wrong' as const,
      why: [`line ${line + 1} waits for work while the span is open, and some other span is active there`],
      parts: { span: span.declaration!, work },
    }];
  });
}

/** Whether a span could be the parent of what follows, and nothing makes it that. */
function isParent(file: CheckedFile, { start, declaration, uses }: Owned): boolean {
  if (!declaration || start?.active || isInTest(file.ts, declaration)) return false;
  if (uses.some(({ kind, closure }) => kind === 'escape' || kind === 'activate' || (kind === 'end' && closure !== undefined))) return false;
  if (!uses.some(({ kind }) => kind === 'end')) return false; // `require-span-end` speaks of it
  if (!start) return true;
  return !isLeaf(file, start.options) && !isGivenContext(file, start.context);
}

/** `kind: SpanKind.CLIENT`, `kind: SpanKind.PRODUCER`, or a time of its own: a record of one call. */
function isLeaf({ ts, origins, source }: CheckedFile, options: ts.Expression | undefined): boolean {
  const literal = literalOf(ts, origins, options, source);
  if (!literal) return options !== undefined;
  const kind = propertyValue(ts, literal, 'kind');
  if (propertyValue(ts, literal, 'startTime')) return true;
  if (!kind) return literal.properties.some((part) => ts.isSpreadAssignment(part));
  const name = memberName(ts, unwrap(ts, kind));
  return name !== 'INTERNAL' && name !== 'SERVER' && name !== 'CONSUMER';
}

/** A parent that is handed around by hand: whatever is called may be given one too. */
function isGivenContext({ ts }: CheckedFile, context: ts.Expression | undefined): boolean {
  if (!context) return false;
  const node = unwrap(ts, context);
  return !(ts.isCallExpression(node) && memberName(ts, node.expression) === 'active');
}

/** The first thing that is waited for between the start and the last end, in the function that has the span. */
function workUnder(file: CheckedFile, { statements, uses }: Owned): ts.Node | undefined {
  const end = Math.max(...uses.filter(({ kind }) => kind === 'end').map(({ id }) => id.pos));
  return statements.flatMap((statement) => waitsIn(file, statement)).find((node) => node.pos < end);
}
