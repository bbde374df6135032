/**
 * A handler of messages whose carrier is where the catalogue says: the body of a queue's in `processMessage`, of an
 * awaited call's in `withCarrier`; one that is passed by name in a wrapper that keeps its type.
 */
import { slotOf } from './support/slots.ts';
import { refuse, type Strategy } from './support/strategy.ts';
import { extractFrom } from './support/message.ts';

const extractInConsumer: Strategy = (site, tools) => {
  const slot = slotOf(site, (each) => each.in === 'message');
  return slot ? extractFrom(slot, site, tools) : refuse('unsupported-shape', 'the catalogue does not say where the carrier comes');
};

export default extractInConsumer;
