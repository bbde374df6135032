/**
 * `baggage.setEntry('user.email', { value: email })` → `baggage`, and `createBaggage({ 'user.email': …, tenant })` → `createBaggage({ tenant })`,
 * where nothing in the repository reads the entry.
 */
import type ts from 'typescript';
import { memberName, unwrap } from '../src/analysis/syntax.ts';
import { withoutProperties } from './support/properties.ts';
import { isPure } from './support/pure.ts';
import { refuse, type Strategy } from './support/strategy.ts';
import { replace } from './support/text.ts';

const dropBaggageEntry: Strategy = ({ node, source, spot }, { ts }) => {
  const names = Object.values<ts.Node>(spot?.parts ?? {});
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return refuse('unsupported-shape', 'the call is not written out');
  if (node.arguments.some((argument) => !isPure(ts, argument))) return refuse('unsupported-shape', 'working the value out may do more than that, and it would not be done');
  if (memberName(ts, node.expression) === 'setEntry') {
    if (ts.isExpressionStatement(node.parent)) return refuse('unsupported-shape', 'what it gives back is not used: it sets nothing');
    if (ts.isOptionalChain(node) && ts.isPropertyAccessExpression(node.parent) && node.parent.expression === node) return refuse('unsupported-shape', 'it stands in a chain that is left where there is no baggage');
    const start = node.expression.expression.end;
    if (/\/[/*]/.test(source.text.slice(start, node.expression.name.getStart(source.ast)))) return refuse('unsupported-shape', 'a comment stands in it');
    return { edits: [{ file: source.path, start, end: node.end, text: '' }] };
  }
  const [given] = node.arguments;
  const literal = given && unwrap(ts, given);
  const properties = names.map((name) => name.parent).filter((each) => ts.isPropertyAssignment(each) || ts.isShorthandPropertyAssignment(each));
  if (!literal || properties.length < names.length || properties.some((each) => each.parent !== literal)) return refuse('unsupported-shape', 'the entry is not written out in the call itself');
  const isAll = ts.isObjectLiteralExpression(literal) && properties.length === literal.properties.length;
  const edits = withoutProperties(source, properties);
  if (edits && isAll) return { edits: [replace(source, literal, '{}')] };
  return edits ? { edits } : refuse('unsupported-shape', 'a comment stands between the entries');
};

export default dropBaggageEntry;
