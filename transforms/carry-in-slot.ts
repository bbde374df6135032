/** The carrier in the slot that the catalogue names: `channel.publish(x, k, body, options)` → `…, carryIn(options, 'headers'))`. */
import type ts from 'typescript';
import type { Judged } from '../src/analysis/judge.ts';
import { sets } from '../src/analysis/carried.ts';
import { unwrap } from '../src/analysis/syntax.ts';
import type { Slot } from '../src/catalogue/schema.ts';
import { isPlainPayload } from './support/payload.ts';
import { extendPayloadType, sentTypes } from './support/payload-type.ts';
import { sentHazard } from './support/payload-hazards.ts';
import { isGiven, moduleThatHas, slotOf } from './support/slots.ts';
import { refuse, type RepairTools, type Strategy } from './support/strategy.ts';
import { insert, literal, wrap } from './support/text.ts';

const helpers: Partial<Record<Slot['encoding'], string>> = { object: 'carryIn', headers: 'carryIn', attributes: 'carryAttributes', map: 'carryInMap' };

const carryInSlot: Strategy = (site, tools) => {
  const { ts, helper } = tools;
  const slot = slotOf(site, (each) => each.in !== 'message');
  if (!slot) return refuse('version-too-old', 'this version of the library has no place for a carrier');
  if (slot.given && !isGiven(tools, site, slot.given)) return refuse('payload-only-slot', `there is a place for a carrier outside the payload only with \`${slot.given.option}: ${slot.given.value}\`, which was not seen where the client is made`);
  const name = helpers[slot.encoding];
  if (!name) return refuse('unsupported-shape', `a carrier of this kind (${slot.encoding}) can't be put there by an edit`);
  if (site.args.some((argument) => ts.isSpreadElement(argument))) return refuse('unsupported-shape', 'the arguments are spread from an array');
  const index = slot.in === 'payload' ? site.boundary.args.payload : site.boundary.args.options;
  if (index === undefined || index < 0) return refuse('unsupported-shape', 'the catalogue does not say which argument the carrier goes into');
  const given = site.args[index];
  if (given && isFunction(ts, given)) return refuse('unsupported-shape', 'a callback stands where the options would');
  if (given && slot.in !== 'payload' && !isPlainPayload(tools, given, site.source)) return refuse('unsupported-shape', 'what stands where the options would is no object');
  const options = site.boundary.args.options === undefined ? undefined : site.args[site.boundary.args.options];
  if (options && site.boundary.recurringOptions.some((option) => sets(ts, options, [option]) === undefined)) return refuse('unsupported-shape', 'the options are not written out here: if they repeat the job, every run would join the first one\'s trace');
  const data = dataRefusal(site, slot, given, tools);
  if (data) return refuse('payload-only-slot', data);
  const isMessage = slot.in === 'payload' && slot.path[0] === '_otel' && given !== undefined;
  const types = isMessage ? sentTypes(site, given, tools) : [];
  const hazard = isMessage ? sentHazard(site, given, types, tools) : undefined;
  if (hazard) return refuse('payload-only-slot', hazard);
  // The last piece is the header's own name: the helper writes all of the carrier's.
  const path = literal(ts, site.source, slot.path.filter((piece) => piece !== 'traceparent').join('.'));
  const make = slot.make && makerOf(site, slot.make, tools);
  if (slot.make && !make) return refuse('unsupported-shape', `nothing tells which package \`${slot.make.name}\` is to be imported from`);
  const open = `${helper(site.source, name)}(`;
  const close = `, ${path}${make ? `, ${make}` : ''})`;
  if (given) return { edits: [...wrap(site.source, given, open, close), ...extendPayloadType(types, tools)] };
  const last = site.args.at(-1);
  if (!last || slot.in === 'payload') return refuse('unsupported-shape', 'nothing is given to put the carrier into');
  return { edits: [insert(site.source, last.end, `, ${'undefined, '.repeat(index - site.args.length)}${open}{}${close}`)] };
};

export default carryInSlot;

/** Why the work itself must not be given a carrier, where there is no other place for one. */
function dataRefusal(site: Judged, slot: Slot, given: ts.Expression | undefined, tools: RepairTools): string | undefined {
  if (slot.in !== 'payload' || !slot.path.includes('_otel')) return undefined;
  if (site.peers.length === 0) return 'the code that takes it out again was not found in this repository';
  return slot.path[0] === '_otel' && given && !isPlainPayload(tools, given, site.source) ? 'what is handed over is no object: it has no room for a carrier' : undefined;
}

function makerOf(site: Judged, { name, modules }: NonNullable<Slot['make']>, tools: RepairTools): string | undefined {
  const module = moduleThatHas(tools.ts, site, modules);
  return module === undefined ? undefined : tools.library(site.source, module, name);
}

function isFunction(ts: typeof import('typescript'), node: ts.Expression): boolean {
  return ts.isFunctionLike(unwrap(ts, node));
}
