/**
 * `Consumer.create({ handleMessage: async (message) => …, messageAttributeNames })`: the handler's body in the message's
 * `process` span. SQS gives back only the attributes that are asked for, so they are asked for too.
 */
import type { Judged } from '../src/analysis/judge.ts';
import { property, unwrap } from '../src/analysis/syntax.ts';
import type { PlacedEdit } from '../src/fix/edits.ts';
import type { Ts } from '../src/types.ts';
import { extractFrom } from './support/message.ts';
import { slotOf } from './support/slots.ts';
import { refuse, type Strategy } from './support/strategy.ts';
import { insert, literal } from './support/text.ts';

const extractInSqsConsumer: Strategy = (site, tools) => {
  const { ts } = tools;
  const slot = slotOf(site, (each) => each.in === 'message');
  if (!slot) return refuse('unsupported-shape', 'the catalogue does not say where the carrier comes');
  const asked = askFor(ts, site);
  if (!asked) return refuse('unsupported-shape', 'the options are not written out here: ask for the attributes `traceparent`, `tracestate` and `baggage`');
  const plan = extractFrom(slot, site, tools);
  return 'refused' in plan ? plan : { edits: [...asked, ...plan.edits] };
};

export default extractInSqsConsumer;

const names = ['traceparent', 'tracestate', 'baggage'];

/** Edits that ask for the attributes; none where all are asked for. */
function askFor(ts: Ts, { args, source }: Judged): PlacedEdit[] | undefined {
  const options = args[0] && unwrap(ts, args[0]);
  if (!options || !ts.isObjectLiteralExpression(options)) return undefined;
  const given = property(ts, options, 'messageAttributeNames');
  const list = `[${names.map((name) => literal(ts, source, name)).join(', ')}]`;
  if (!given) {
    if (options.properties.some((part) => ts.isSpreadAssignment(part))) return undefined;
    return [insert(source, options.properties[0]!.getStart(source.ast), `messageAttributeNames: ${list}, `)];
  }
  const value = ts.isPropertyAssignment(given) ? unwrap(ts, given.initializer) : undefined;
  if (!value || !ts.isArrayLiteralExpression(value)) return undefined;
  const known = value.elements.map((element) => ts.isStringLiteralLike(element) ? element.text : undefined);
  if (known.some((name) => name === 'All' || name === '.*')) return [];
  const missing = names.filter((name) => !known.includes(name)).map((name) => literal(ts, source, name)).join(', ');
  if (missing === '') return [];
  const last = value.elements.at(-1);
  return [last ? insert(source, last.end, `, ${missing}`) : insert(source, value.getStart(source.ast) + 1, missing)];
}
