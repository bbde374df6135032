/** Encloses a handler's body, keeping its signature: `async (job) => {…}` → `async (job) => run(job, async () => {…})`. */
import type ts from 'typescript';
import type { SourceText } from '../../src/analysis/source.ts';
import { contains, isAsync, walk, type FunctionNode } from '../../src/analysis/syntax.ts';
import { wrapEdits, type PlacedEdit } from '../../src/fix/edits.ts';
import type { Ts } from '../../src/types.ts';
import { refuse, type Plan } from './strategy.ts';
import { insert, replace, wrap } from './text.ts';

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
  const unpack = first.unpack === undefined ? '' : ` ${reassigns(ts, fn, first.names) ? 'let' : 'const'} ${first.unpack} = ${first.name};`;
  if (!ts.isBlock(body)) {
    const waits = contains(ts, body, (n) => ts.isAwaitExpression(n)) ? 'async ' : '';
    const [before, after] = unpack === '' ? ['', ')'] : [`{${unpack} return `, '; })'];
    return { edits: [...first.edits, ...wrap(source, body, `${call}${waits}() => ${before}`, after)] };
  }
  const open = body.getStart(source.ast);
  if (ts.isArrowFunction(fn)) {
    return { edits: [...first.edits, ...wrap(source, body, `${call}${inner}() => `, ')'), ...(unpack === '' ? [] : [insert(source, open + 1, unpack)])] };
  }
  const at = afterDirectives(ts, source, body);
  return { edits: [...first.edits, ...wrapEdits(source.path, at, body.end - 1, ` return ${call}${inner}() => {${unpack}`, '}); ')] };
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
    const open = fn.getChildren(source.ast).find((c) => c.kind === ts.SyntaxKind.OpenParenToken);
    if (!open) return undefined; // `message => …` has no place for a second one
    return { name: free, edits: [last ? insert(source, last.end, `, ${missing}`) : insert(source, open.end, missing)] };
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

/** After `{` and any `'use strict'` that must stay first. */
function afterDirectives(ts: Ts, source: SourceText, body: ts.Block): number {
  let at = body.getStart(source.ast) + 1;
  for (const statement of body.statements) {
    if (!ts.isExpressionStatement(statement) || !ts.isStringLiteral(statement.expression)) break;
    at = statement.end;
  }
  return at;
}
