/** A queue's processor: its body in `processJob`, or `traceProcessor(name)` where it is passed by name. */
import { handlerOf } from '../src/analysis/handoffs.ts';
import { isFunctionNode, unwrap } from '../src/analysis/syntax.ts';
import { perBranch } from './support/branches.ts';
import { enclose } from './support/enclose.ts';
import { refuse, type Strategy } from './support/strategy.ts';
import { literal, wrap } from './support/text.ts';

const extractInProcessor: Strategy = (site, { ts, helper, relation }) => {
  const callback = handlerOf(site);
  if (!callback || ts.isSpreadElement(callback)) return refuse('unsupported-shape', 'the processor is not written out');
  const kind = literal(ts, site.source, relation(site));
  return perBranch(ts, callback, (processor) => {
    const node = unwrap(ts, processor);
    return isFunctionNode(ts, node)
      ? enclose(ts, site.source, node, 'job', (job) => `${helper(site.source, 'processJob')}(${job}, ${kind}, `)
      : { edits: wrap(site.source, processor, `${helper(site.source, 'traceProcessor')}(`, `, ${kind})`) };
  });
};

export default extractInProcessor;
