/**
 * A handler of messages whose carrier is where the catalogue says: the body of a queue's in `processMessage`, of an
 * awaited call's in `withCarrier`; one that is passed by name in a wrapper that keeps its type.
 */
import { extendPayloadType, receivedTypes } from './support/payload-type.ts';
import { receivedHazard } from './support/payload-hazards.ts';
import { slotOf } from './support/slots.ts';
import { refuse, type Strategy } from './support/strategy.ts';
import { extractFrom } from './support/message.ts';

const extractInConsumer: Strategy = (site, tools) => {
  const slot = slotOf(site, (each) => each.in === 'message');
  if (!slot) return refuse('unsupported-shape', 'the catalogue does not say where the carrier comes');
  if (slot.path.at(-1) !== '_otel') return extractFrom(slot, site, tools);
  const path = slot.path.slice(0, -1);
  const types = receivedTypes(site, slot.parameter, path.length, tools);
  const hazard = receivedHazard(site, slot.parameter, path, types, tools);
  if (hazard) return refuse('payload-only-slot', hazard);
  const plan = extractFrom(slot, site, tools);
  return 'refused' in plan ? plan : { edits: [...plan.edits, ...extendPayloadType(types, tools)] };
};

export default extractInConsumer;
