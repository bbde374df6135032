/** What the runtime does with the active context at a boundary (DESIGN.md 5.1). */
import type { Boundary } from '../../types.ts';
import type { Fate } from '../../catalogue/schema.ts';
import type { FileFacts } from './judged.ts';

/** Whether a handoff of this boundary can be a finding here, or part of one; `kept` ones are listed only where they are asked for. */
export function mayMatter(boundary: Boundary, facts: FileFacts, keptToo: boolean): boolean {
  if (!facts.traced || !facts.reports(boundary)) return false;
  return keptToo || boundary.channel !== undefined || boundary.counterparts.length > 0 || fateIn(boundary, facts).fate !== 'kept';
}

/** Where several runtimes are possible, the worst of their fates; `partly`: one of them keeps the context. */
export function fateIn(boundary: Boundary, facts: FileFacts): { fate: Fate; partly: boolean } {
  const { runtimes } = boundary;
  if (facts.runtime !== 'portable' && !facts.strict) return { fate: runtimes[facts.runtime], partly: false };
  const fates = [runtimes.node, runtimes.browser];
  return { fate: fates.find((f) => f !== 'kept') ?? 'kept', partly: fates.includes('kept') };
}
