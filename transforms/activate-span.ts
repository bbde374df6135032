/**
 * `const span = tracer.startSpan('x'); try { … } finally { span.end(); }` → the `try` block's work in
 * `context.with(trace.setSpan(context.active(), span), async () => { … })`. Only where that block is the last thing the
 * function does, for what follows a `return` in it must not run.
 */
import type ts from 'typescript';
import { contains, isAsync, isFunctionNode, walk } from '../src/analysis/syntax.ts';
import { wrapEdits } from '../src/fix/edits.ts';
import type { Ts } from '../src/types.ts';
import { refuse, type Strategy } from './support/strategy.ts';
import { semicolon } from './support/text.ts';

const activateSpan: Strategy = (site, { ts, api }) => {
  const span = site.spot?.parts?.['span'];
  const { enclosing, source } = site;
  if (!span || !ts.isVariableDeclaration(span) || !ts.isIdentifier(span.name)) return refuse('unsupported-shape', 'the span has no name of its own');
  if (!enclosing || !isFunctionNode(ts, enclosing) || !enclosing.body || !ts.isBlock(enclosing.body)) return refuse('unsupported-shape', 'the function around it has no body of its own');
  if (enclosing.asteriskToken) return refuse('streaming', 'a generator\'s body runs piece by piece, in its consumer\'s context: make the span active around each piece by hand');
  if (!isAsync(ts, enclosing)) return refuse('unsupported-shape', 'the function around it is not async');
  const statement = span.parent.parent;
  const { statements } = enclosing.body;
  const last = statements.at(-1);
  const at = statements.indexOf(statement);
  if (at < 0 || !last || !ts.isTryStatement(last) || !last.finallyBlock) return refuse('unsupported-shape', 'its work is not one `try` block with a `finally` at the end of the function');
  const between = statements.slice(at + 1, -1);
  if (between.some((each) => contains(ts, each, (node) => ts.isAwaitExpression(node)))) return refuse('unsupported-shape', 'some of its work stands before the `try` block');
  const block = last.tryBlock;
  const bad = hindrance(ts, block);
  if (bad !== undefined) return refuse('unsupported-shape', bad);
  const [context, trace] = [api(source, 'context'), api(source, 'trace')];
  const returns = ownReturns(ts, block).some((each) => each.expression !== undefined);
  const open = ` ${returns ? 'return ' : ''}await ${context}.with(${trace}.setSpan(${context}.active(), ${span.name.text}), async () => {`;
  return { edits: wrapEdits(source.path, block.getStart(source.ast) + 1, block.end - 1, open, `})${semicolon(ts, source)} `) };
};

export default activateSpan;

/** Why a block's statements can't stand in a function of their own. */
function hindrance(ts: Ts, block: ts.Block): string | undefined {
  let found: string | undefined;
  const visit = (node: ts.Node, loops: number): void => {
    if (found !== undefined) return;
    if (ts.isFunctionLike(node) && !ts.isArrowFunction(node)) return;
    if (ts.isArrowFunction(node)) {
      if (contains(ts, node, (n) => ts.isIdentifier(n) && n.text === 'arguments')) found = 'its work reads `arguments`';
      return;
    }
    if (ts.isYieldExpression(node)) found = 'its work yields';
    else if (ts.isIdentifier(node) && node.text === 'arguments') found = 'its work reads `arguments`';
    else if (ts.isBreakOrContinueStatement(node) && (node.label !== undefined || loops === 0)) found = 'its work jumps';
    else if (ts.isVariableDeclarationList(node) && (node.flags & ts.NodeFlags.BlockScoped) === 0) found = 'its work declares a `var`';
    const inside = ts.isIterationStatement(node, false) || ts.isSwitchStatement(node) ? loops + 1 : loops;
    ts.forEachChild(node, (child) => visit(child, inside));
  };
  visit(block, 0);
  return found;
}

function ownReturns(ts: Ts, block: ts.Block): ts.ReturnStatement[] {
  const found: ts.ReturnStatement[] = [];
  walk(ts, block, (node) => {
    if (ts.isFunctionLike(node)) return false;
    if (ts.isReturnStatement(node)) found.push(node);
    return undefined;
  });
  return found;
}
