/** A look at some files, and at what may be the other side of their handoffs. */
import { readFileSync } from 'node:fs';
import { isFinding } from '../analysis/engine.ts';
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

/**
 * The files that were asked for first; then those where a boundary stands that has to do with what was found in them.
 * `kept`: whether handoffs that are in order are wanted, too.
 */
export function judgeFocused(candidates: readonly Candidate[], named: ReadonlySet<string>, catalogue: Catalogue, kept: boolean, judged: Judged[], judge: (candidate: Candidate, index: number) => void): void {
  candidates.filter(({ path }) => named.has(path)).forEach(judge);
  const neighbours = neighboursIn(catalogue);
  const related = relatedTo(judged.filter((each) => concernsOthers(each, neighbours, kept)).map(({ boundary }) => boundary.id), neighbours);
  if (related.size === 0) return;
  candidates.forEach((candidate, index) => {
    if (named.has(candidate.path)) return;
    const within = candidate.within.filter((boundary) => related.has(boundary.id));
    if (within.length > 0) judge({ path: candidate.path, within }, index);
  });
  judged.sort((a, b) => (a.source.path < b.source.path ? -1 : a.source.path > b.source.path ? 1 : 0));
}

type Neighbours = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Whether other files can change what is said of a handoff, or it what is said of others. One that hands nothing over is
 * nobody's other side; one that is in order and has no other side is not even numbered among its equals.
 */
function concernsOthers(judged: Judged, neighbours: Neighbours, kept: boolean): boolean {
  if (judged.pending) return true;
  if (judged.verdict === 'silent') return false;
  return kept || isFinding(judged) || neighbours.has(judged.boundary.id);
}

/** By id, what a verdict can depend on: the other sides, and what belongs to the same library (an option that all its queues have, or none). */
function neighboursIn({ boundaries }: Catalogue): Neighbours {
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
  return neighbours;
}

/** These, their neighbours, and theirs in turn. */
function relatedTo(found: readonly string[], neighbours: Neighbours): Set<string> {
  const reached = new Set(found);
  for (const id of reached) for (const next of neighbours.get(id) ?? []) reached.add(next);
  return reached;
}
