/** `superagent.post(url)` → `superagent.post(url).set(captureCarrier())`: the carrier among the headers of a request that is built step by step. */
import { refuse, type Strategy } from './support/strategy.ts';
import { insert } from './support/text.ts';

const setHeaders: Strategy = (site, { helper }) => {
  if (site.args.length !== 1) return refuse('unsupported-shape', 'it is sent with what it is given here');
  return { edits: [insert(site.source, site.node.end, `.set(${helper(site.source, 'captureCarrier')}())`)] };
};

export default setHeaders;
