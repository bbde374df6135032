/**
 * `tracer.startActiveSpan('x', options, extracted, fn)` → a root with a link to the message's span; the context that is
 * extracted stays, for its baggage, without its span.
 */
import { contains, propertyValue, unwrap } from '../src/analysis/syntax.ts';
import { refuse, type Strategy } from './support/strategy.ts';
import { insert, replace } from './support/text.ts';

const linkToMessage: Strategy = ({ node, source, spot }, { ts, api }) => {
  const parent = spot?.parts?.['parent'];
  if (!parent || !ts.isIdentifier(parent) || !ts.isCallExpression(node)) return refuse('unsupported-shape', 'the extracted context has no name');
  const options = node.arguments[1] && unwrap(ts, node.arguments[1]);
  if (!options || !ts.isObjectLiteralExpression(options)) return refuse('unsupported-shape', 'the span\'s options are not written in the call');
  if (propertyValue(ts, options, 'links')) return refuse('unsupported-shape', 'the span has links');
  const context = node.arguments[2];
  if (!context || unwrap(ts, context) !== parent) return refuse('unsupported-shape', 'the extracted context is not given to the span');
  if (contains(ts, options, (each) => ts.isIdentifier(each) && each.text === 'spanContext')) return refuse('unsupported-shape', 'a name that the link needs is taken');
  const trace = api(source, 'trace');
  const links = `links: [${trace}.getSpanContext(${parent.text})].flatMap((spanContext) => spanContext ? [{ context: spanContext }] : [])`;
  const last = options.properties.at(-1);
  // What follows the last property (a comma, a comment) stays where it is.
  const placed = last ? insert(source, last.end, `, ${links}`) : replace(source, options, `{ ${links} }`);
  return { edits: [placed, replace(source, context, `${trace}.deleteSpan(${parent.text})`)] };
};

export default linkToMessage;
