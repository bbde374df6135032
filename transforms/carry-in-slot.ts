/** The carrier in the slot that the catalogue names: `channel.publish(x, k, body, options)` → `…, carryIn(options, 'headers'))`. */
import type ts from 'typescript';
import type { Judged } from '../src/analysis/judge.ts';
import { unwrap } from '../src/analysis/syntax.ts';
import type { Slot } from '../src/catalogue/schema.ts';
import { refuse, type Strategy } from './support/strategy.ts';
import { insert, wrap } from './support/text.ts';

const helpers: Partial<Record<Slot['encoding'], string>> = { object: 'carryIn', headers: 'carryIn', attributes: 'carryAttributes' };

const carryInSlot: Strategy = (site, { ts, helper }) => {
  const slot = slotOf(site);
  if (!slot) return refuse('version-too-old', 'this version of the library has no place for a carrier');
  const name = helpers[slot.encoding];
  if (!name) return refuse('unsupported-shape', `a carrier of this kind (${slot.encoding}) can't be put there by an edit`);
  if (site.args.some((argument) => ts.isSpreadElement(argument))) return refuse('unsupported-shape', 'the arguments are spread from an array');
  const index = slot.in === 'payload' ? site.boundary.args.payload : site.boundary.args.options;
  if (index === undefined || index < 0) return refuse('unsupported-shape', 'the catalogue does not say which argument the carrier goes into');
  const given = site.args[index];
  // The last piece is the header's own name: the helper writes all of the carrier's.
  const path = slot.path.filter((piece) => piece !== 'traceparent').join('.');
  if (given && isFunction(ts, given)) return refuse('unsupported-shape', 'a callback stands where the options would');
  const open = `${helper(site.source, name)}(`;
  if (given) return { edits: wrap(site.source, given, open, `, '${path}')`) };
  const last = site.args.at(-1);
  if (!last || slot.in === 'payload') return refuse('unsupported-shape', 'nothing is given to put the carrier into');
  return { edits: [insert(site.source, last.end, `, ${'undefined, '.repeat(index - site.args.length)}${open}{}, '${path}')`)] };
};

export default carryInSlot;

/** The first slot of the version that is in use. */
function slotOf({ boundary, facts }: Judged): Slot | undefined {
  const version = boundary.package === undefined ? undefined : facts.versionOf(boundary.package);
  return boundary.slots.find((slot) => slot.versions === undefined || version === undefined || facts.satisfies(version, slot.versions));
}

function isFunction(ts: typeof import('typescript'), node: ts.Expression): boolean {
  return ts.isFunctionLike(unwrap(ts, node));
}
