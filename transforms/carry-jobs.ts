/** `queue.addBulk(jobs)` → `queue.addBulk(carryJobs(jobs))`. */
import { refuse, type Strategy } from './support/strategy.ts';
import { slotHelper } from './support/slots.ts';
import { wrap } from './support/text.ts';

const carryJobs: Strategy = (site, { ts, helper }) => {
  const [payload] = site.args;
  if (!payload || ts.isSpreadElement(payload)) return refuse('unsupported-shape', 'the arguments are spread from an array');
  if (slotHelper(site) === 'carryJobLegacy') return refuse('version-too-old', 'only single jobs are carried before BullMQ 5.34');
  return { edits: wrap(site.source, payload, `${helper(site.source, 'carryJobs')}(`, ')') };
};

export default carryJobs;
