/** A look at some files, and at what may be the other side of their handoffs. */
import { isFinding } from '../analysis/engine.ts';
import type { Judged } from '../analysis/judge.ts';
import { placeOf, type Place } from '../analysis/place.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Boundary, Ts } from '../types.ts';
import type { Candidate } from './gathered.ts';
import { joined } from './pairing.ts';

export interface Focus {
  ts: Ts;
  catalogue: Catalogue;
  candidates: readonly Candidate[];
  /** The files that are asked for. */
  named: ReadonlySet<string>;
  /** Whether handoffs that are in order are wanted, too. */
  kept: boolean;
  textOf(path: string): string;
  /** What is left of a candidate's boundaries after a closer look at its text. */
  possible(candidate: Candidate): readonly Boundary[];
  /** Adds what is found in a candidate to `judged`. */
  judge(candidate: Candidate, index: number): void;
  judged: Judged[];
}

/**
 * The files that were asked for first; then, round by round, those where something may stand that bears on what is said
 * of what is known by now: an other side, a part of the same repair unit, an equal place that it is numbered with.
 */
export function judgeFocused(focus: Focus): void {
  const { candidates, named, judged, judge } = focus;
  const done = new Set<string>();
  const look = (wanted: (candidate: Candidate) => boolean): void => candidates.forEach((candidate, index) => {
    if (done.has(candidate.path) || !wanted(candidate)) return;
    done.add(candidate.path);
    judge(candidate, index);
  });
  look(({ path }) => named.has(path));
  const relations = new Relations(focus);
  const reached = new Set(judged.filter((each) => relations.concernsOthers(each)));
  for (const one of reached) {
    for (const { ids, holds } of relations.sought(one)) {
      const isSought = ({ id }: Boundary): boolean => ids.has(id);
      look((candidate) => candidate.within.some(isSought) && holds.every((piece) => focus.textOf(candidate.path).includes(piece)) && focus.possible(candidate).some(isSought));
    }
    for (const other of judged) if (!reached.has(other) && relations.bears(other, one)) reached.add(other);
  }
  judged.sort((a, b) => (a.source.path < b.source.path ? -1 : a.source.path > b.source.path ? 1 : 0));
}

interface Sought {
  /** Of the boundaries that the file may have. */
  ids: ReadonlySet<string>;
  /** What stands in its text. */
  holds: readonly string[];
}

/** Which handoffs bear on what is said of another: what pairing.ts, units.ts, unregistered.ts and a fingerprint's number look at. */
class Relations {
  readonly #ts: Ts;
  readonly #kept: boolean;
  readonly #boundaries: readonly Boundary[];
  /** By id, those that it names as its other side, or that name it. */
  readonly #others = new Map<string, Set<string>>();
  readonly #places = new Map<Judged, Place>();

  constructor({ ts, catalogue, kept }: Focus) {
    this.#ts = ts;
    this.#kept = kept;
    this.#boundaries = catalogue.boundaries;
    for (const { id, counterparts } of catalogue.boundaries) {
      for (const other of counterparts) for (const [a, b] of [[id, other], [other, id]] as const) this.#othersOf(a).add(b);
    }
  }

  /** One that hands nothing over is nobody's other side; one that is in order and has no other side is not even numbered among its equals. */
  concernsOthers(judged: Judged): boolean {
    if (judged.pending) return true;
    if (this.#isSettled(judged) && this.#isUnnamed(judged)) return false;
    return judged.verdict !== 'silent' && (this.#isNumbered(judged) || this.#othersOf(judged.boundary.id).size > 0);
  }

  /** Where to look for those that bear on it. */
  sought(judged: Judged): Sought[] {
    const { boundary, unregistered } = judged;
    const sought: Sought[] = [];
    const add = (ids: ReadonlySet<string>, holds: readonly string[] = []): void => {
      if (ids.size > 0) sought.push({ ids, holds });
    };
    const those = (test: (each: Boundary) => boolean): ReadonlySet<string> => new Set(this.#boundaries.filter(test).map(({ id }) => id));
    add(this.#othersOf(boundary.id));
    // The only server of the repository takes what no route takes.
    if (boundary.channel?.by === 'server' || boundary.channel?.by === 'url') add(those(({ channel }) => channel?.by === 'route' || channel?.by === 'server'));
    if (this.#isNumbered(judged)) {
      const { symbol, text } = this.#placeOf(judged);
      add(new Set([boundary.id]), [...new Set([...text.split(' '), ...symbol.split(/[.\s]+/)])].sort((a, b) => b.length - a.length));
    }
    if (!isReported(judged)) return sought;
    if (boundary.channel !== undefined) add(those(({ library, channel }) => library === boundary.library && channel !== undefined));
    // All queues of a library that the repository builds have its option, or none has.
    if (judged.native === undefined && boundary.coveredBy.some(({ option }) => option !== undefined)) add(those((each) => each.package === boundary.package && each.role === 'producer'));
    if (unregistered !== undefined) add(those(({ coveredBy }) => coveredBy.length > 0));
    return sought;
  }

  /** Whether what is said of `one` rests on what is said of `other`, and that on others again. */
  bears(other: Judged, one: Judged): boolean {
    if (this.#isSettled(other)) return false;
    if (this.#othersOf(one.boundary.id).has(other.boundary.id) && (mayMeet(one, other) || mayMeet(other, one))) return true;
    if (other.boundary.id === one.boundary.id && this.#isNumbered(other) && this.#isNumbered(one)) {
      const [a, b] = [this.#placeOf(one), this.#placeOf(other)];
      if (a.text === b.text && a.symbol === b.symbol) return true;
    }
    if (!isReported(one) || !isReported(other)) return false;
    if (one.boundary.channel && other.boundary.channel && one.boundary.library === other.boundary.library && one.channel.key === other.channel.key) return true;
    return one.unregistered !== undefined && one.unregistered.dependency === other.unregistered?.dependency;
  }

  /** What is in order by its own file stays so, and is not reported; only a thread's side may become silent through its other sides. */
  #isSettled(judged: Judged): boolean {
    return !this.#kept && !isReported(judged) && judged.boundary.family !== 'thread' && judged.boundary.family !== 'process';
  }

  /** Whether its channel can't be told, and it is joined with none for it: a server takes what comes, and so does what has no channels. */
  #isUnnamed({ boundary, channel }: Judged): boolean {
    if (channel.key !== '*' || (channel.others ?? []).length > 0) return false;
    return [boundary, ...this.#boundaries.filter(({ id }) => this.#othersOf(boundary.id).has(id))].every((each) => each.channel !== undefined && each.channel.by !== 'url' && each.channel.by !== 'server');
  }

  #isNumbered(judged: Judged): boolean {
    return isReported(judged) || (this.#kept && judged.verdict !== 'silent');
  }

  #othersOf(id: string): Set<string> {
    let others = this.#others.get(id);
    if (!others) this.#others.set(id, others = new Set());
    return others;
  }

  #placeOf(judged: Judged): Place {
    let place = this.#places.get(judged);
    if (!place) this.#places.set(judged, place = placeOf(this.#ts, judged));
    return place;
  }
}

/** A finding, or one as soon as its other side is in sight. */
function isReported(judged: Judged): boolean {
  return judged.pending || isFinding(judged);
}

/** Whether what one sends may come to the other. */
function mayMeet(producer: Judged, consumer: Judged): boolean {
  if (consumer.boundary.role === 'producer' || !consumer.boundary.counterparts.includes(producer.boundary.id)) return false;
  // Which of them a server takes depends on all others; what comes to one whose channel can't be told, on all that is sent.
  return consumer.boundary.channel?.by === 'server' || consumer.channel.key === '*' || joined(producer, consumer, { says: () => true });
}
