/** `worker.postMessage(message)` → `worker.postMessage(carryMessage(message))`. */
import { argument } from '../src/analysis/handoffs.ts';
import { isPlainPayload } from './support/payload.ts';
import { refuse, type Strategy } from './support/strategy.ts';
import { wrap } from './support/text.ts';

const carryMessage: Strategy = (site, { ts, helper }) => {
  const payload = argument(site, 'payload');
  if (!payload || ts.isSpreadElement(payload)) return refuse('unsupported-shape', 'the message is not written out');
  if (!isPlainPayload(ts, payload)) return refuse('payload-only-slot', 'the message is not an object: it has no room for a carrier; send `{ …, task }` instead');
  if (site.peers.length === 0) return refuse('payload-only-slot', 'the code that receives the message was not found in this repository');
  return { edits: wrap(site.source, payload, `${helper(site.source, 'carryMessage')}(`, ')') };
};

export default carryMessage;
