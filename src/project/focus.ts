/** A look at some files, and at what may be the other side of their handoffs. */
import { readFileSync } from 'node:fs';
import type { Judged } from '../analysis/judge.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Boundary } from '../types.ts';

interface Candidate {
  path: string;
  within: readonly Boundary[];
}

/** Whether any of the files has a word of the catalogue: without one nothing else need be read. */
export function mayHandOver(paths: Iterable<string>, catalogue: Catalogue): boolean {
  for (const path of paths) {
    try {
      const text = readFileSync(path, 'utf8');
      if (text.includes('handoff-ignore') || catalogue.words.in(text).boundaries.length > 0) return true;
    } catch {
      // What can't be read is reported where it is read.
      return true;
    }
  }
  return false;
}

/** The files that were asked for first; then those where a boundary stands that has to do with what was found in them. */
export function judgeFocused(candidates: readonly Candidate[], named: ReadonlySet<string>, catalogue: Catalogue, judged: Judged[], judge: (candidate: Candidate, index: number) => void): void {
  const asked = candidates.filter(({ path }) => named.has(path));
  asked.forEach(judge);
  if (judged.length === 0) return;
  const related = relatedTo(judged.map((each) => each.boundary), catalogue);
  candidates.forEach((candidate, index) => {
    if (named.has(candidate.path)) return;
    const within = candidate.within.filter((boundary) => related.has(boundary.id));
    if (within.length > 0) judge({ path: candidate.path, within }, index);
  });
  judged.sort((a, b) => (a.source.path < b.source.path ? -1 : a.source.path > b.source.path ? 1 : 0));
}

/**
 * Ids of all that a verdict on one of these can depend on: the other sides, theirs in turn, and what belongs to the same
 * library (an option that all its queues have, or none).
 */
function relatedTo(found: readonly Boundary[], { boundaries }: Catalogue): Set<string> {
  const neighbours = new Map<string, Set<string>>();
  const join = (a: string, b: string): void => {
    for (const [from, to] of [[a, b], [b, a]] as const) {
      const known = neighbours.get(from);
      if (known) known.add(to);
      else neighbours.set(from, new Set([to]));
    }
  };
  const byPackage = new Map<string, string>();
  for (const boundary of boundaries) {
    for (const other of boundary.counterparts) join(boundary.id, other);
    if (boundary.package === undefined) continue;
    const first = byPackage.get(boundary.package);
    if (first === undefined) byPackage.set(boundary.package, boundary.id);
    else join(first, boundary.id);
  }
  const reached = new Set(found.map((boundary) => boundary.id));
  for (const id of reached) for (const next of neighbours.get(id) ?? []) reached.add(next);
  return reached;
}
