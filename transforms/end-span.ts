/**
 * `startActiveSpan('x', async (span) => { …; span.end(); })` → its body in `try { … } catch … finally { span.end(); }`, and the
 * `catch` alone where only that is missing. A span that is kept in a variable is left to its author: who made it chose to end it by hand.
 */
import type ts from 'typescript';
import { contains, isAsync, isFunctionNode, memberName, walk } from '../src/analysis/syntax.ts';
import { declarationOf } from '../src/analysis/scope.ts';
import type { SourceText } from '../src/analysis/source.ts';
import { wrapEdits, type PlacedEdit } from '../src/fix/edits.ts';
import type { Ts } from '../src/types.ts';
import { refuse, type Plan, type RepairTools, type Strategy } from './support/strategy.ts';
import { insert, semicolon } from './support/text.ts';

const endSpan: Strategy = (site, tools) => {
  const { ts } = tools;
  const { span, body } = site.spot?.parts ?? {};
  if (!span || !(ts.isParameter(span) || ts.isVariableDeclaration(span)) || !ts.isIdentifier(span.name) || !body || !ts.isBlock(body)) return refuse('unsupported-shape', 'the span has no name, or its work no block of its own');
  const name = span.name.text;
  if (site.boundary.id === 'opentelemetry/span-error-unrecorded') return recordError(site.source, body, name, tools);
  const fn = body.parent;
  if (!ts.isParameter(span) || !isFunctionNode(ts, fn)) return refuse('no-repair', 'where its work is done, only its author knows');
  if (fn.asteriskToken) return refuse('streaming', 'a generator\'s body runs piece by piece: where its work is done, only its author knows');
  if (!isAsync(ts, fn)) return refuse('unsupported-shape', 'its callback is not async: the span would end before a promise that it returns is settled');
  const ends = endsIn(ts, body, name);
  if (!ends || ends.some((end) => isEarly(ts, end, body))) return refuse('unsupported-shape', 'it is ended in another way than by a statement at the end of its work');
  const { source } = site;
  const isRecorded = contains(ts, body, (node) => ts.isIdentifier(node) && node.text === name && isRecordedBy(ts, node));
  const close = `}${isRecorded ? '' : ` catch (error) { ${recording(source, name, 'error', tools)}; throw error${semicolon(ts, source)} }`} finally { ${name}.end()${semicolon(ts, source)} } `;
  return { edits: [...wrapEdits(source.path, body.getStart(source.ast) + 1, body.end - 1, ' try {', close), ...ends.map((end) => without(source, end)), ...awaited(ts, source, body)] };
};

export default endSpan;

/** `try { … } finally { span.end(); }`: what is thrown is put on the span, and thrown on. */
function recordError(source: SourceText, body: ts.Block, name: string, tools: RepairTools): Plan {
  const { ts } = tools;
  const tries: ts.TryStatement[] = [];
  walk(ts, body, (node) => {
    if (ts.isFunctionLike(node)) return false;
    if (ts.isTryStatement(node) && node.finallyBlock?.statements.some((each) => isEnd(ts, each, name))) tries.push(node);
    return undefined;
  });
  const [only] = tries;
  if (!only || tries.length > 1) return refuse('unsupported-shape', 'its work is not one `try` block whose `finally` ends it');
  const { catchClause } = only;
  if (!catchClause) return { edits: [insert(source, only.tryBlock.end, ` catch (error) { ${recording(source, name, 'error', tools)}; throw error${semicolon(ts, source)} }`)] };
  const caught = catchClause.variableDeclaration?.name;
  const last = catchClause.block.statements.at(-1);
  if (!caught || !ts.isIdentifier(caught) || !last || !ts.isThrowStatement(last)) return refuse('no-repair', 'its `catch` makes something else of the error: whether that is a failure, only its author knows');
  return { edits: [insert(source, catchClause.block.getStart(source.ast) + 1, ` ${recording(source, name, caught.text, tools)};`)] };
}

function recording(source: SourceText, span: string, error: string, { api }: RepairTools): string {
  const thrown = /\.[cm]?jsx?$/.test(source.path) ? error : `${error} as Error`;
  return `${span}.recordException(${thrown}); ${span}.setStatus({ code: ${api(source, 'SpanStatusCode')}.ERROR })`;
}

/** `span.end();` */
function isEnd(ts: Ts, statement: ts.Statement, name: string): boolean {
  if (!ts.isExpressionStatement(statement) || !ts.isCallExpression(statement.expression) || statement.expression.arguments.length > 0) return false;
  const callee = statement.expression.expression;
  return ts.isPropertyAccessExpression(callee) && callee.name.text === 'end' && ts.isIdentifier(callee.expression) && callee.expression.text === name;
}

/** Every statement that ends the span; nothing where something else than a statement in a block does. */
function endsIn(ts: Ts, body: ts.Block, name: string): ts.Statement[] | undefined {
  const found: ts.Statement[] = [];
  let others = false;
  walk(ts, body, (node) => {
    if (!ts.isCallExpression(node) || memberName(ts, node.expression) !== 'end' || !contains(ts, node.expression, (n) => ts.isIdentifier(n) && n.text === name)) return;
    const statement = node.parent as ts.Statement;
    const list = statement.parent;
    const isPlain = ts.isExpressionStatement(statement) && isEnd(ts, statement, name) && (ts.isBlock(list) || ts.isCaseOrDefaultClause(list)) && !(ts.isTryStatement(list.parent) && list.parent.finallyBlock === list) && ownerOf(ts, statement) === body.parent;
    if (isPlain) found.push(statement);
    else others = true;
  });
  return others ? undefined : found;
}

function ownerOf(ts: Ts, node: ts.Node): ts.Node {
  let at = node.parent;
  while (!ts.isFunctionLike(at) && !ts.isSourceFile(at)) at = at.parent;
  return at;
}

/** Whether work is waited for that stands below: its time would be the span's. */
function isEarly(ts: Ts, end: ts.Statement, body: ts.Block): boolean {
  for (let at: ts.Node = end; at !== body; at = at.parent) {
    if (ts.isIterationStatement(at, false)) return true;
    const { parent } = at;
    const list = ts.isBlock(parent) || ts.isCaseOrDefaultClause(parent) ? parent.statements : undefined;
    const below = list?.slice(list.indexOf(at as ts.Statement) + 1) ?? [];
    if (below.some((each) => contains(ts, each, (node) => ts.isAwaitExpression(node)))) return true;
    if (below.some((each) => ts.isReturnStatement(each) || ts.isThrowStatement(each))) return false;
  }
  return false;
}

/** `span.recordException(…)`, `span.setStatus(…)`, and a helper that is given the span. */
function isRecordedBy(ts: Ts, span: ts.Identifier): boolean {
  const { parent } = span;
  if (ts.isPropertyAccessExpression(parent)) return /^(recordException|setStatus)$/.test(parent.name.text);
  return ts.isCallExpression(parent) && parent.arguments.includes(span);
}

function without(source: SourceText, statement: ts.Statement): PlacedEdit {
  const leading = source.text.slice(statement.pos, statement.getStart(source.ast));
  return { file: source.path, start: /\/[/*]/.test(leading) ? statement.getStart(source.ast) : statement.pos, end: statement.end, text: '' };
}

/** `return work();` → `return await work();`: what is returned is done before the span ends. */
function awaited(ts: Ts, source: SourceText, body: ts.Block): PlacedEdit[] {
  const edits: PlacedEdit[] = [];
  walk(ts, body, (node) => {
    if (ts.isFunctionLike(node)) return false;
    if (!ts.isReturnStatement(node) || !node.expression || ts.isAwaitExpression(node.expression)) return undefined;
    const { expression } = node;
    if (ts.isIdentifier(expression) && isSettled(ts, expression)) return undefined;
    if (ts.isCallExpression(expression) || ts.isIdentifier(expression) || ts.isPropertyAccessExpression(expression)) {
      if (expression.getText(source.ast) !== 'undefined') edits.push(insert(source, expression.getStart(source.ast), 'await '));
    } else if (contains(ts, expression, (n) => ts.isCallExpression(n)) && !ts.isObjectLiteralExpression(expression) && !ts.isTemplateExpression(expression)) {
      edits.push(...wrapEdits(source.path, expression.getStart(source.ast), expression.end, 'await (', ')'));
    }
    return undefined;
  });
  return edits;
}

/** `const found = await work();`: nothing of it is still to come. */
function isSettled(ts: Ts, name: ts.Identifier): boolean {
  const declaration = declarationOf(ts, name);
  return declaration !== undefined && ts.isVariableDeclaration(declaration) && declaration.initializer !== undefined
    && (ts.isAwaitExpression(declaration.initializer) || ts.isLiteralExpression(declaration.initializer) || ts.isTemplateExpression(declaration.initializer));
}
