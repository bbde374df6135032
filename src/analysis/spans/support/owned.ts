/** The spans of a file that its own code has started, and where each of them lives. */
import type ts from 'typescript';
import { indexOf } from '../../file-index.ts';
import { memberName, walk } from '../../syntax.ts';
import type { CheckedFile } from './check.ts';
import { isSpan, startOf, type Start } from './tracers.ts';
import { homeOf, usesOf, writtenOut, type Use } from './uses.ts';

export interface Owned {
  /** The call that started it: a tracer's, or a helper's that gives its span back. */
  call: ts.CallExpression;
  /** What a tracer's call was given; nothing where a helper started it. */
  start: Start | undefined;
  /** The name that has it; none where the result is dropped. */
  declaration: ts.VariableDeclaration | ts.ParameterDeclaration | undefined;
  home: ts.Node;
  /** The statements in which it lives, from the one after its start. */
  statements: readonly ts.Statement[];
  /** Of the block that it lives in. */
  block: ts.Node;
  uses: Use[];
}

/** Whether a file may start a span at all. */
export function startsSpans({ source }: CheckedFile): boolean {
  return source.text.includes('startSpan') || source.text.includes('startActiveSpan');
}

/** Every span that is started here and belongs to the code that started it. */
export function ownedSpans(file: CheckedFile): Owned[] {
  const { ts, source } = file;
  const found: Owned[] = [];
  walk(ts, source.ast, (node) => {
    if (!ts.isCallExpression(node)) return;
    const start = startOf(ts, file.origins, node, source);
    if (start?.active) found.push(...inCallback(file, start));
    else if (start || isHelpersStart(file, node)) found.push(...ofCall(file, node, start));
  });
  return found;
}

/** `const span = startJobSpan('sync')`: a function of the project that gives a tracer's span back. */
function isHelpersStart({ ts, origins, source }: CheckedFile, call: ts.CallExpression): boolean {
  if (!ts.isVariableDeclaration(call.parent) || call.parent.initializer !== call) return false;
  const name = ts.isIdentifier(call.expression) ? call.expression.text : memberName(ts, call.expression);
  if (name === undefined || !/span/i.test(name)) return false;
  const origin = origins.of(call, source);
  return isSpan(origin) && origin?.kind === 'library' && origin.name.endsWith('startSpan');
}

function inCallback(file: CheckedFile, start: Start): Owned[] {
  const { ts } = file;
  const fn = writtenOut(ts, start.callback);
  if (!fn) return [];
  const [parameter] = fn.parameters;
  if (parameter && !ts.isIdentifier(parameter.name)) return [];
  const uses = parameter ? usesOf(file, parameter, fn) : [];
  return [{ call: start.call, start, declaration: parameter, home: fn, statements: ts.isBlock(fn.body) ? fn.body.statements : [], block: fn.body, uses }];
}

function ofCall(file: CheckedFile, call: ts.CallExpression, start: Start | undefined): Owned[] {
  const { ts } = file;
  const home = homeOf(ts, call);
  let value: ts.Node = call;
  while (ts.isParenthesizedExpression(value.parent) || ts.isAsExpression(value.parent) || ts.isNonNullExpression(value.parent) || ts.isSatisfiesExpression(value.parent)) value = value.parent;
  const { parent } = value;
  if (ts.isExpressionStatement(parent)) return [{ call, start, declaration: undefined, home, statements: [], block: parent, uses: [] }];
  if (isDroppedChain(file, call)) return [{ call, start, declaration: undefined, home, statements: [], block: parent, uses: [] }];
  // `const span = tracer.startSpan('x').setAttribute('a', 1)` has the span all the same.
  const holder = holderOf(file, value);
  if (!holder || !ts.isIdentifier(holder.name) || isGivenLater(file, holder)) return [];
  const list = holder.parent;
  if (!ts.isVariableDeclarationList(list) || !ts.isVariableStatement(list.parent) || isUsing(file, list)) return [];
  const statement = list.parent;
  const block = statement.parent;
  if (!ts.isBlock(block) && !ts.isSourceFile(block) && !ts.isCaseOrDefaultClause(block)) return [];
  // What another file may end is not this one's.
  if (statement.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword)) return [];
  const at = block.statements.indexOf(statement);
  return [{ call, start, declaration: holder, home, statements: block.statements.slice(at + 1), block, uses: usesOf(file, holder, home) }];
}

function holderOf({ ts }: CheckedFile, value: ts.Node): ts.VariableDeclaration | undefined {
  let at = value;
  while (ts.isPropertyAccessExpression(at.parent) && at.parent.expression === at && ts.isCallExpression(at.parent.parent) && /^(set(Attributes?|Status)|add(Event|Links?)|updateName)$/.test(at.parent.name.text)) at = at.parent.parent;
  return ts.isVariableDeclaration(at.parent) && at.parent.initializer === at ? at.parent : undefined;
}

/** `tracer.startSpan('x').setAttribute('a', 1);` without an `end()` in the chain. */
function isDroppedChain({ ts }: CheckedFile, call: ts.CallExpression): boolean {
  let at: ts.Node = call;
  while (ts.isPropertyAccessExpression(at.parent) && at.parent.expression === at && ts.isCallExpression(at.parent.parent)) {
    if (at.parent.name.text === 'end' || !/^(set(Attributes?|Status)|add(Event|Links?)|updateName|recordException)$/.test(at.parent.name.text)) return false;
    at = at.parent.parent;
  }
  return at !== call && ts.isExpressionStatement(at.parent);
}

/** `let span = …; … span = …`: which of them a use has, nothing here tells. */
function isGivenLater({ ts, source }: CheckedFile, { name, parent }: ts.VariableDeclaration): boolean {
  if (!ts.isIdentifier(name) || parent.flags & ts.NodeFlags.Const) return false;
  return (indexOf(ts, source.ast).assignments.get(name.text) ?? []).length > 0;
}

/** `using span = …` ends it by itself. */
function isUsing({ ts }: CheckedFile, list: ts.VariableDeclarationList): boolean {
  // TypeScript before 5.2 knows no such declaration.
  const using = (ts.NodeFlags as { Using?: number }).Using ?? 0;
  return (list.flags & using) !== 0;
}
