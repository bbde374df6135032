/** `worker.postMessage(message)` → `worker.postMessage(carryMessage(message))`. */
import { argument } from '../src/analysis/handoffs.ts';
import { isPlainPayload } from './support/payload.ts';
import { extendPayloadType, sentTypes } from './support/payload-type.ts';
import { sentHazard } from './support/payload-hazards.ts';
import { refuse, type Strategy } from './support/strategy.ts';
import { wrap } from './support/text.ts';

const carryMessage: Strategy = (site, tools) => {
  const { ts, helper } = tools;
  const payload = argument(site, 'payload');
  if (!payload || ts.isSpreadElement(payload)) return refuse('unsupported-shape', 'the message is not written out');
  if (!isPlainPayload(tools, payload, site.source)) return refuse('payload-only-slot', 'the message is not an object: it has no room for a carrier; send `{ …, task }` instead');
  if (site.peers.length === 0) return refuse('payload-only-slot', 'the code that receives the message was not found in this repository');
  const types = sentTypes(site, payload, tools);
  const hazard = sentHazard(site, payload, types, tools);
  if (hazard) return refuse('payload-only-slot', hazard);
  return { edits: [...wrap(site.source, payload, `${helper(site.source, 'carryMessage')}(`, ')'), ...extendPayloadType(types, tools)] };
};

export default carryMessage;
