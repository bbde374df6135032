/** A worker's message handler: its body in `withMessageCarrier`, or `traceMessageHandler(name)` where it is passed by name. */
import { handlerOf } from '../src/analysis/handoffs.ts';
import { isFunctionNode, unwrap } from '../src/analysis/syntax.ts';
import { perBranch } from './support/branches.ts';
import { enclose } from './support/enclose.ts';
import { removedByIdentity } from './support/identity.ts';
import { extendPayloadType, receivedTypes } from './support/payload-type.ts';
import { receivedHazard } from './support/payload-hazards.ts';
import { refuse, type Strategy } from './support/strategy.ts';
import { wrap } from './support/text.ts';

const extractInMessageHandler: Strategy = (site, tools) => {
  const { ts, helper } = tools;
  const callback = handlerOf(site);
  if (!callback || ts.isSpreadElement(callback)) return refuse('unsupported-shape', 'the handler is not written out');
  if (site.peers.length === 0) return refuse('payload-only-slot', 'the code that sends the message was not found in this repository');
  const types = receivedTypes(site, 0, 0, tools);
  const hazard = receivedHazard(site, 0, [], types, tools);
  if (hazard) return refuse('payload-only-slot', hazard);
  const typed = extendPayloadType(types, tools);
  const plan = perBranch(ts, callback, (handler) => {
    const node = unwrap(ts, handler);
    if (isFunctionNode(ts, node)) return enclose(ts, site.source, node, 'message', (message) => `${helper(site.source, 'withMessageCarrier')}(${message}, `);
    if (removedByIdentity(ts, handler, site.source.ast)) return refuse('identity-needed', 'the function is also taken off by its identity; wrap it once where it is made');
    return { edits: wrap(site.source, handler, `${helper(site.source, 'traceMessageHandler')}(`, ')') };
  });
  return 'refused' in plan ? plan : { edits: [...plan.edits, ...typed] };
};

export default extractInMessageHandler;
