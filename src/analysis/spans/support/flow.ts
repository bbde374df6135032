/**
 * Where control can leave a span's life without its end. One pass over the statements: on each way the span is open or
 * ended. Where two ways meet that differ because of a condition, it counts as ended: conditions often go together
 * (`if (!ended) span.end()`), and a missed finding is better than a false one.
 */
import type ts from 'typescript';
import type { Ts } from '../../../types.ts';
import { contains, memberName, unwrap } from '../../syntax.ts';

/** `fall`: the end of the block is reached; `reject`: what is awaited may throw. */
export interface Leak {
  kind: 'return' | 'throw' | 'jump' | 'fall' | 'reject';
  node: ts.Node;
}

const OPEN = 1;
const ENDED = 2;
/** A set of the two; 0 is a way that nothing takes. */
type State = number;

interface Frame {
  hasCatch: boolean;
  ends: boolean;
  /** What a `catch` may find. */
  caught: State;
}

interface Loop {
  breaks: State;
}

export class Flow {
  readonly leaks: Leak[] = [];
  /** Whether anything that is awaited may fail while the span is open. */
  mayThrow = false;
  readonly #ts: Ts;
  readonly #isEnd: (node: ts.Node) => boolean;
  readonly #mentions: (node: ts.Node) => boolean;
  readonly #frames: Frame[] = [];
  readonly #loops: Loop[] = [];

  /** @param isEnd whether a call ends the span; @param mentions whether an identifier is the span */
  constructor(ts: Ts, isEnd: (node: ts.Node) => boolean, mentions: (node: ts.Node) => boolean) {
    this.#ts = ts;
    this.#isEnd = isEnd;
    this.#mentions = mentions;
  }

  /** The statements in which the span lives, from its start on; `last` is what falls off their end, or the expression that a callback is. */
  run(statements: readonly ts.Statement[], last: ts.Node): void {
    const state = this.#ts.isExpression(last) ? this.#expression(last, OPEN) : this.#list(statements, OPEN);
    if (state & OPEN) this.leaks.push({ kind: 'fall', node: last });
  }

  #list(statements: readonly ts.Statement[], entry: State): State {
    let state = entry;
    for (const statement of statements) {
      if (state === 0) break;
      state = this.#statement(statement, state);
    }
    return state;
  }

  #statement(node: ts.Statement, entry: State): State {
    const ts = this.#ts;
    if (ts.isBlock(node)) return this.#list(node.statements, entry);
    if (ts.isReturnStatement(node)) {
      this.#leave('return', node, this.#expression(node.expression, entry));
      return 0;
    }
    if (ts.isThrowStatement(node)) {
      this.#throws('throw', node, this.#expression(node.expression, entry));
      return 0;
    }
    if (ts.isIfStatement(node)) return this.#if(node, entry);
    if (ts.isTryStatement(node)) return this.#try(node, entry);
    if (ts.isSwitchStatement(node)) return this.#switch(node, entry);
    if (ts.isBreakOrContinueStatement(node)) {
      const loop = this.#loops.at(-1);
      if (!loop || node.label) this.#leave('jump', node, entry);
      else if (ts.isBreakStatement(node)) loop.breaks |= entry;
      return 0;
    }
    if (ts.isIterationStatement(node, false)) return this.#loop(node, entry);
    if (ts.isLabeledStatement(node)) return this.#statement(node.statement, entry);
    if (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) return entry;
    const state = this.#expression(node, entry);
    return ts.isExpressionStatement(node) && this.#exits(node.expression) ? 0 : state;
  }

  /** `process.exit(1)` */
  #exits(node: ts.Expression): boolean {
    return this.#ts.isCallExpression(node) && memberName(this.#ts, node.expression) === 'exit' && node.expression.getText().startsWith('process');
  }

  #if(node: ts.IfStatement, entry: State): State {
    const before = this.#expression(node.expression, entry);
    const isGuard = contains(this.#ts, node.expression, this.#mentions);
    const then = this.#branch(node.thenStatement, before, isGuard);
    const otherwise = node.elseStatement ? this.#branch(node.elseStatement, before, isGuard) : before;
    return join(then, otherwise);
  }

  /** A way that is taken for there being no span (`if (!span) return`) leaves nothing open. */
  #branch(node: ts.Statement, entry: State, isGuard: boolean): State {
    if (!isGuard || contains(this.#ts, node, this.#isEnd)) return this.#statement(node, entry);
    return this.#statement(node, ENDED) === 0 ? 0 : entry;
  }

  #loop(node: ts.IterationStatement, entry: State): State {
    const ts = this.#ts;
    let state = entry;
    let forever = false;
    if (ts.isForStatement(node)) {
      state = this.#expression(node.initializer, state);
      state = this.#expression(node.condition, state);
      forever = node.condition === undefined;
    } else if (ts.isForOfStatement(node) || ts.isForInStatement(node)) {
      state = this.#expression(node.expression, state);
      if (ts.isForOfStatement(node) && node.awaitModifier) this.#throws('reject', node.expression, state);
    } else if (ts.isWhileStatement(node) || ts.isDoStatement(node)) {
      state = this.#expression(node.expression, state);
      forever = node.expression.kind === ts.SyntaxKind.TrueKeyword;
    }
    const loop: Loop = { breaks: 0 };
    this.#loops.push(loop);
    const out = this.#statement(node.statement, state);
    this.#loops.pop();
    return forever ? loop.breaks : join(join(state, out), loop.breaks);
  }

  #switch(node: ts.SwitchStatement, entry: State): State {
    const before = this.#expression(node.expression, entry);
    const loop: Loop = { breaks: 0 };
    this.#loops.push(loop);
    let state: State = 0;
    let hasDefault = false;
    for (const clause of node.caseBlock.clauses) {
      hasDefault ||= this.#ts.isDefaultClause(clause);
      state = this.#list(clause.statements, state | before);
    }
    this.#loops.pop();
    return join(join(state, loop.breaks), hasDefault ? 0 : before);
  }

  #try(node: ts.TryStatement, entry: State): State {
    const ends = node.finallyBlock !== undefined && this.#endsIn(node.finallyBlock);
    const outer: Frame = { hasCatch: false, ends, caught: 0 };
    this.#frames.push(outer);
    const inner: Frame = { hasCatch: node.catchClause !== undefined, ends: false, caught: 0 };
    if (node.catchClause) this.#frames.push(inner);
    let state = this.#statement(node.tryBlock, entry);
    if (node.catchClause) {
      this.#frames.pop();
      // Each way may be the one that is taken: both of them count.
      state |= this.#statement(node.catchClause.block, inner.caught || entry);
    }
    this.#frames.pop();
    if (!node.finallyBlock) return state;
    const after = this.#statement(node.finallyBlock, ends ? ENDED : state || entry);
    return state === 0 || after === 0 ? 0 : ends ? ENDED : after;
  }

  /** Whether a block ends the span on any of its ways. */
  #endsIn(block: ts.Block): boolean {
    return contains(this.#ts, block, this.#isEnd);
  }

  /** What an expression, or a statement that is nothing else, does in turn. */
  #expression(node: ts.Node | undefined, entry: State): State {
    const ts = this.#ts;
    let state = entry;
    const visit = (at: ts.Node): void => {
      if (ts.isFunctionLike(at) || ts.isClassLike(at)) return;
      ts.forEachChild(at, visit);
      if (this.#isEnd(at)) state = ENDED;
      else if (ts.isAwaitExpression(at) && mayReject(ts, at.expression)) this.#throws('reject', at, state);
      else if (ts.isCallExpression(at) && !this.#isOwn(at)) this.#mayFail(state);
    };
    if (node) visit(node);
    return state;
  }

  /** A member of the span itself does not throw. */
  #isOwn(call: ts.CallExpression): boolean {
    return contains(this.#ts, call.expression, this.#mentions);
  }

  /** A call that is not awaited: what a `catch` here may see, and nothing that is reported by itself. */
  #mayFail(state: State): void {
    const frame = this.#frames.findLast((each) => each.hasCatch);
    if (frame) frame.caught |= state;
  }

  #throws(kind: 'throw' | 'reject', node: ts.Node, state: State): void {
    if (kind === 'reject' && state & OPEN) this.mayThrow = true;
    for (const frame of [...this.#frames].reverse()) {
      if (frame.hasCatch) {
        frame.caught |= state;
        return;
      }
      if (frame.ends) return;
    }
    if (state & OPEN) this.leaks.push({ kind, node });
  }

  #leave(kind: Leak['kind'], node: ts.Node, state: State): void {
    if (state & OPEN && !this.#frames.some((frame) => frame.ends)) this.leaks.push({ kind, node });
  }
}

/** What is called for its settling, or waits for time to pass. */
const neverRejects = /^(catch|allSettled|tryCatch|attempt|settle|sleep|delay|safe[A-Z]\w*|try[A-Z]\w*)$/;

/** Whether a promise may be rejected: not one whose rejection is dealt with (`.catch(…)`), or that has no way to reject. */
function mayReject(ts: Ts, expression: ts.Expression): boolean {
  const node = unwrap(ts, expression);
  if (ts.isNewExpression(node)) {
    const [executor] = node.arguments ?? [];
    return !(executor && ts.isArrowFunction(executor) && executor.parameters.length < 2 && !contains(ts, executor, (each) => ts.isThrowStatement(each)));
  }
  if (!ts.isCallExpression(node)) return true;
  const member = memberName(ts, node.expression) ?? (ts.isIdentifier(node.expression) ? node.expression.text : '');
  if (member === 'finally') return mayReject(ts, (node.expression as ts.PropertyAccessExpression).expression);
  if (member === 'then' && node.arguments.length > 1) return false;
  return !neverRejects.test(member);
}

/** Where two ways meet of which one has ended the span. */
function join(a: State, b: State): State {
  return a === ENDED || b === ENDED ? ENDED : a | b;
}
