/** Encloses a handler's body, keeping its signature: `async (job) => {…}` → `async (job) => run(job, async () => {…})`. */
import type ts from 'typescript';
import type { SourceText } from '../../src/analysis/source.ts';
import { contains, isAsync, walk, type FunctionNode } from '../../src/analysis/syntax.ts';
import { wrapEdits, type PlacedEdit } from '../../src/fix/edits.ts';
import type { Ts } from '../../src/types.ts';
import { refuse, type Plan } from './strategy.ts';
import { insert, replace, semicolon, separator, wrap } from './text.ts';

/**
 * @param opening what the body is handed to, up to and with the comma, made from the first parameter's name: `(job) => "run(job, "`
 * @param fallbackName what the parameter is called where the code has no name for it
 * @param index which parameter `opening` is given; those before it are named where they are missing
 */
export function enclose(ts: Ts, source: SourceText, fn: FunctionNode, fallbackName: string, opening: (parameter: string) => string, index = 0): Plan {
  const body = fn.body;
  if (!body) return refuse('unsupported-shape', 'the function has no body here');
  if ((fn as ts.FunctionExpression).asteriskToken) return refuse('streaming', 'a generator\'s body runs piece by piece, in its consumer\'s context');
  const first = nameParameter(ts, source, fn, fallbackName, index);
  if (!first) return refuse('unsupported-shape', 'the parameter that is needed has a default value, or is a rest pattern');

  const inner = isAsync(ts, fn) ? 'async ' : '';
  const call = opening(first.name);
  if (first.unpack !== undefined && fn.parameters.some((p) => p.initializer)) return refuse('unsupported-shape', 'a parameter has a default value that may need another');
  const end = semicolon(ts, source);
  const unpackBefore = (at: number): string => first.unpack === undefined ? '' : ` ${reassigns(ts, fn, first.names) ? 'let' : 'const'} ${first.unpack} = ${first.name}${separator(ts, source, at)}`;
  if (!ts.isBlock(body)) {
    const waits = contains(ts, body, (n) => ts.isAwaitExpression(n)) ? 'async ' : '';
    const unpack = unpackBefore(body.getStart(source.ast));
    const [before, after] = unpack === '' ? ['', ')'] : [`{${unpack} return `, `${end} })`];
    return { edits: [...first.edits, ...wrap(source, body, `${call}${waits}() => ${before}`, after)] };
  }
  const open = body.getStart(source.ast);
  const at = afterDirectives(ts, source, body);
  if (ts.isArrowFunction(fn) && at === open + 1) {
    return { edits: [...first.edits, ...wrap(source, body, `${call}${inner}() => `, ')'), ...(first.unpack === undefined ? [] : [insert(source, at, unpackBefore(at))])] };
  }
  return { edits: [...first.edits, ...wrapEdits(source.path, at, body.end - 1, ` return ${call}${inner}() => {${unpackBefore(at)}`, `})${end} `)] };
}

interface First {
  name: string;
  /** The pattern that the parameter was taken apart with, to be repeated inside. */
  unpack?: string;
  /** What that pattern names. */
  names?: ReadonlySet<string>;
  edits: PlacedEdit[];
}

function nameParameter(ts: Ts, source: SourceText, fn: FunctionNode, fallbackName: string, index: number): First | undefined {
  const parameters = fn.parameters.filter((p) => !(ts.isIdentifier(p.name) && p.name.text === 'this'));
  const free = freeName(ts, fn, fallbackName);
  const rest = parameters.findIndex((p) => p.dotDotDotToken);
  if (rest >= 0 && rest <= index) return ts.isIdentifier(parameters[rest]!.name) ? { name: `${parameters[rest]!.name.text}[${index - rest}]`, edits: [] } : undefined;
  const parameter = parameters[index];
  if (!parameter) {
    const missing = [...Array.from({ length: index - parameters.length }, (_, i) => freeName(ts, fn, `_${i + parameters.length}`)), free].join(', ');
    const last = parameters.at(-1);
    const close = fn.getChildren(source.ast).find((c) => c.kind === ts.SyntaxKind.CloseParenToken)?.getStart(source.ast);
    if (close === undefined) return undefined; // `message => …` has no place for a second one
    if (last) return { name: free, edits: [insert(source, last.end, `, ${missing}`)] };
    // A comment may stand where no parameter does.
    return { name: free, edits: [insert(source, close, source.text[close - 1] === '/' ? ` ${missing}` : missing)] };
  }
  if (parameter.initializer) return undefined;
  if (ts.isIdentifier(parameter.name)) return { name: parameter.name.text, edits: [] };
  const names = new Set<string>();
  walk(ts, parameter.name, (n) => void (ts.isBindingElement(n) && ts.isIdentifier(n.name) && names.add(n.name.text)));
  return { name: free, unpack: parameter.name.getText(source.ast), names, edits: [replace(source, parameter.name, free)] };
}

/** A parameter may be given another value; a constant may not. */
function reassigns(ts: Ts, fn: FunctionNode, names: ReadonlySet<string> | undefined): boolean {
  const isOne = (node: ts.Node): boolean => ts.isIdentifier(node) && names?.has(node.text) === true;
  return contains(ts, fn.body!, (n) => (ts.isBinaryExpression(n) && n.operatorToken.kind >= ts.SyntaxKind.FirstAssignment && n.operatorToken.kind <= ts.SyntaxKind.LastAssignment && isOne(n.left))
    || ((ts.isPrefixUnaryExpression(n) || ts.isPostfixUnaryExpression(n)) && isOne(n.operand)));
}

function freeName(ts: Ts, fn: FunctionNode, wanted: string): string {
  const taken = (name: string): boolean => contains(ts, fn, (n) => ts.isIdentifier(n) && n.text === name);
  if (!taken(wanted)) return wanted;
  let count = 2;
  while (taken(`${wanted}${count}`)) count++;
  return `${wanted}${count}`;
}

/** After `{` and any `'use strict'` or `'use server'` that must stay first. */
export function afterDirectives(ts: Ts, source: SourceText, body: ts.Block): number {
  let at = body.getStart(source.ast) + 1;
  for (const statement of body.statements) {
    if (!ts.isExpressionStatement(statement) || !ts.isStringLiteral(statement.expression)) break;
    at = statement.end;
  }
  return at;
}
