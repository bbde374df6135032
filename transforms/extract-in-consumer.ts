/**
 * A handler of messages whose carrier is where the catalogue says: the body of a queue's in `processMessage`, of an
 * awaited call's in `withCarrier`; one that is passed by name in a wrapper that keeps its type.
 */
import { handlerOf } from '../src/analysis/handoffs.ts';
import { isFunctionNode, unwrap } from '../src/analysis/syntax.ts';
import { enclose } from './support/enclose.ts';
import { removedByIdentity } from './support/identity.ts';
import { refuse, type Strategy } from './support/strategy.ts';
import { wrap } from './support/text.ts';

const extractInConsumer: Strategy = (site, { ts, helper, relation }) => {
  const { boundary, channel, source } = site;
  const slot = boundary.slots.find((each) => each.in === 'message');
  const callback = handlerOf(site);
  if (!slot || !callback || ts.isSpreadElement(callback)) return refuse('unsupported-shape', 'the handler is not written out');
  const carrier = (parameter: string): string => parameter + slot.path.map((piece) => piece.startsWith('?') ? `?.${piece.slice(1)}` : `.${piece}`).join('');
  const system = boundary.system;
  const destination = /^[^*]+$/.test(channel.label) ? `, destination: ${quote(channel.label)}` : '';
  const about = `{ system: '${system}'${destination} }`;
  const kind = relation(site);
  const node = unwrap(ts, callback);
  if (isFunctionNode(ts, node)) {
    const opening = (parameter: string): string => system === undefined ? `${helper(source, 'withCarrier')}(${carrier(parameter)}, ` : `${helper(source, 'processMessage')}(${about}, ${carrier(parameter)}, '${kind}', `;
    return enclose(ts, source, node, slot.parameter === 0 ? 'message' : 'extra', opening, slot.parameter);
  }
  if (removedByIdentity(ts, callback, source.ast)) return refuse('identity-needed', 'the function is also taken off by its identity; wrap it once where it is made');
  const before = Array.from({ length: slot.parameter }, (_, i) => `_${i}`);
  const carrierOf = `(${[...before, 'message'].join(', ')}) => ${carrier('message')}`;
  return system === undefined
    ? { edits: wrap(source, callback, `${helper(source, 'traceReceiver')}(`, `, ${carrierOf})`) }
    : { edits: wrap(source, callback, `${helper(source, 'traceConsumer')}(`, `, ${about}, '${kind}', ${carrierOf})`) };
};

export default extractInConsumer;

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
