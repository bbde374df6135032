/** Which helper writes the slot that the installed version reads. */
import type { Judged } from '../../src/analysis/judge.ts';

/** BullMQ moved its metadata in 5.34: see the entry's `slots`. */
export function slotHelper(site: Judged): 'carryJob' | 'carryJobLegacy' {
  const version = site.boundary.package === undefined ? undefined : site.facts.versionOf(site.boundary.package);
  if (version === undefined) return 'carryJob';
  const slot = site.boundary.slots.find((s) => s.versions === undefined || site.facts.satisfies(version, s.versions));
  return slot?.path[0] === 'telemetryMetadata' ? 'carryJobLegacy' : 'carryJob';
}
