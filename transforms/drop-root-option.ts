/** `startActiveSpan('x', { root: true, kind }, fn)` → `startActiveSpan('x', { kind }, fn)`, where whoever calls waits for it. */
import type ts from 'typescript';
import type { SourceText } from '../src/analysis/source.ts';
import { memberName } from '../src/analysis/syntax.ts';
import type { PlacedEdit } from '../src/fix/edits.ts';
import type { Ts } from '../src/types.ts';
import { refuse, type Strategy } from './support/strategy.ts';
import { replace } from './support/text.ts';

const dropRootOption: Strategy = ({ node, source, spot }, { ts }) => {
  const call = spot?.parts?.['call'];
  const object = node.parent;
  if (!call || !ts.isCallExpression(call) || !ts.isPropertyAssignment(node) || !ts.isObjectLiteralExpression(object)) return refuse('unsupported-shape', 'the option is not written out');
  const argument = call.arguments.indexOf(object);
  if (argument < 0) return refuse('unsupported-shape', 'the options are not written in the call');
  const text = object.getText(source.ast);
  if (/\/\/|\/\*/.test(text) || isExplained(source, call)) return refuse('no-repair', 'a comment stands beside it, which may say what the detachment is for');
  if (object.properties.length === 1) return { edits: [isLastButCallback(ts, call, argument) ? withoutArgument(source, call, argument) : replace(source, object, '{}')] };
  const at = object.properties.indexOf(node);
  const next = object.properties[at + 1];
  const edit: PlacedEdit = next
    ? { file: source.path, start: node.getStart(source.ast), end: next.getStart(source.ast), text: '' }
    : { file: source.path, start: object.properties[at - 1]!.end, end: node.end, text: '' };
  return { edits: [edit] };
};

export default dropRootOption;

/** Whether nothing but the callback of `startActiveSpan` follows: a context's place is the third. */
function isLastButCallback(ts: Ts, call: ts.CallExpression, index: number): boolean {
  const rest = call.arguments.length - 1 - index;
  return rest === 0 || (rest === 1 && memberName(ts, call.expression) === 'startActiveSpan');
}

/** From the end of the argument before it; a name always stands there. */
function withoutArgument(source: SourceText, call: ts.CallExpression, index: number): PlacedEdit {
  return { file: source.path, start: call.arguments[index - 1]!.end, end: call.arguments[index]!.end, text: '' };
}

/** A comment on the line above the call's statement, or behind it. */
function isExplained(source: SourceText, call: ts.CallExpression): boolean {
  const { ast, text } = source;
  const { line } = ast.getLineAndCharacterOfPosition(call.getStart(ast));
  const lines = text.split(/\r?\n/);
  return /\/\/|\*\//.test(lines[line] ?? '') || /^\s*(\/\/|\*|\/\*)/.test(lines[line - 1] ?? '');
}
