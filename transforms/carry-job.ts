/** `queue.add(name, data, opts)` → `queue.add(name, data, carryJob(opts))`. */
import { beforeNext } from './support/argument-line.ts';
import { refuse, type Strategy } from './support/strategy.ts';
import { insert, wrap } from './support/text.ts';
import { slotHelper } from './support/slots.ts';

const carryJob: Strategy = (site, tools) => {
  const { ts } = tools;
  if (site.args.some((a) => ts.isSpreadElement(a)) || site.args.length === 0) return refuse('unsupported-shape', 'the arguments are spread from an array');
  const index = site.boundary.args.options ?? 2;
  const helper = tools.helper(site.source, slotHelper(site));
  const options = site.args[index];
  if (options) return { edits: wrap(site.source, options, `${helper}(`, ')') };
  const missing = 'undefined, '.repeat(index - site.args.length);
  return { edits: [insert(site.source, site.args.at(-1)!.end, `${beforeNext(site.source, site.args)}${missing}${helper}()`)] };
};

export default carryJob;
