/** `for await (const m of subscription) {…}` → `… { await processMessage(about, m.headers, 'link', async () => {…}); }`. */
import type ts from 'typescript';
import type { Ts } from '../src/types.ts';
import { opening, unfitFor } from './support/message.ts';
import { slotOf } from './support/slots.ts';
import { refuse, type Strategy } from './support/strategy.ts';
import { insert, replace, semicolon } from './support/text.ts';

const extractInLoop: Strategy = (site, tools) => {
  const { ts } = tools;
  const { node, source } = site;
  const slot = slotOf(site, (each) => each.in === 'message');
  if (!slot || !ts.isForOfStatement(node)) return refuse('unsupported-shape', 'the messages are not taken in a loop');
  const unfit = unfitFor(slot, site, tools);
  if (unfit) return unfit;
  const message = variableOf(ts, node);
  const body = node.statement;
  if (!message || !ts.isBlock(body)) return refuse('unsupported-shape', 'the loop has no variable for the message, or no block');
  const { leaves, skips, waits } = flowOf(ts, body);
  if (leaves) return refuse('unsupported-shape', `the loop is left with \`${leaves}\` from inside: the work can't be put into a function of its own`);
  const open = body.getStart(source.ast) + 1;
  const wait = waits ? 'await ' : '';
  return {
    edits: [
      insert(source, open, ` ${wait}${opening(slot, site, message, tools)}${waits ? 'async ' : ''}() => {`),
      ...skips.map((statement) => replace(source, statement, statement.getText(source.ast).replace(/^continue/, 'return'))),
      insert(source, body.end - 1, `})${semicolon(ts, source)} `),
    ],
  };
};

export default extractInLoop;

function variableOf(ts: Ts, { initializer }: ts.ForOfStatement): string | undefined {
  const declaration = ts.isVariableDeclarationList(initializer) ? initializer.declarations[0] : undefined;
  return declaration && ts.isIdentifier(declaration.name) ? declaration.name.text : undefined;
}

interface Flow {
  /** What leads out of the body, and can't from inside a function. */
  leaves?: string;
  /** What goes on with the next message. */
  skips: ts.ContinueStatement[];
  /** Whether the loop waits for its work. */
  waits: boolean;
}

function flowOf(ts: Ts, body: ts.Block): Flow {
  const flow: Flow = { skips: [], waits: false };
  const visit = (node: ts.Node, inLoop: boolean, inSwitch: boolean): void => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return;
    if (ts.isReturnStatement(node)) flow.leaves ??= 'return';
    if (ts.isYieldExpression(node)) flow.leaves ??= 'yield';
    if (ts.isBreakOrContinueStatement(node)) {
      const isBreak = ts.isBreakStatement(node);
      if (node.label) flow.leaves ??= isBreak ? 'break' : 'continue';
      else if (isBreak) flow.leaves ??= inLoop || inSwitch ? undefined : 'break';
      else if (!inLoop) flow.skips.push(node);
    }
    if (ts.isVariableDeclarationList(node) && (node.flags & ts.NodeFlags.BlockScoped) === 0) flow.leaves ??= 'var';
    if (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier)) flow.waits = true;
    const loop = inLoop || ts.isIterationStatement(node, false);
    ts.forEachChild(node, (child) => visit(child, loop, inSwitch || ts.isSwitchStatement(node)));
  };
  visit(body, false, false);
  return flow;
}
