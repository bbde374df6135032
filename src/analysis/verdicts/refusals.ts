/** Why no edit is known to be safe, where the judge can tell. */
import type { Refusal } from '../../types.ts';
import type { Judged } from './judged.ts';

/** Work without an end takes no caller's context along. */
export const recurringRefusal: Refusal = { code: 'recurring', detail: 'it runs again and again: bound, every run would join the trace that started it; open a span of its own in each run' };

/** A guess by names: never an error, and nothing that an edit may rest on. */
export function unsure(judged: Judged): Judged {
  return {
    ...judged, severity: 'warn', pending: false, why: [...judged.why, 'the receiver\'s origin is unknown'],
    refusal: { code: 'unknown-origin', detail: 'nothing tells what it is called on: annotate it, or run with --types' },
  };
}

/** Refuses where the installed version has no slot outside the payload. */
export function versionRefusal(judged: Judged): Judged {
  const { boundary, facts } = judged;
  const version = boundary.package === undefined ? undefined : facts.versionOf(boundary.package);
  if (version === undefined || boundary.slots.length === 0) return judged;
  const fits = boundary.slots.some((slot) => slot.versions === undefined || facts.satisfies(version, slot.versions));
  return fits ? judged : { ...judged, refusal: { code: 'version-too-old', detail: `${boundary.package} ${version} has no slot for a carrier outside the payload; it needs ${boundary.versions}` } };
}
