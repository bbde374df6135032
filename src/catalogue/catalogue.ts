/** The boundaries, validated and indexed for matching. */
import { entries } from './index.ts';
import { boundarySchema, type Boundary, type BoundaryInput } from './schema.ts';

export interface Catalogue {
  boundaries: readonly Boundary[];
  byId: ReadonlyMap<string, Boundary>;
  /** By member name, for `method` and `instance`. */
  byMember: ReadonlyMap<string, readonly Boundary[]>;
  calls: readonly Boundary[];
  callNames: readonly string[];
  constructs: readonly Boundary[];
  constructNames: readonly string[];
  decorators: readonly Boundary[];
  decoratorNames: readonly string[];
  annotated: readonly Boundary[];
  queues: readonly Boundary[];
  iterates: readonly Boundary[];
  starts: readonly Boundary[];
  /** A file without any of these words has no handoff: it is not even parsed. */
  words: RegExp;
}

let builtIn: Catalogue | undefined;

/** The built-in catalogue with `own` boundaries added; an own one replaces a built-in one of the same id. */
export function loadCatalogue(own: readonly BoundaryInput[] = []): Catalogue {
  if (own.length === 0) return builtIn ??= index(entries.map((entry) => boundarySchema.parse(entry)));
  const ownIds = new Set(own.map((b) => b.id));
  return index([...entries.filter((b) => !ownIds.has(b.id)), ...own].map((entry) => boundarySchema.parse(entry)));
}

function index(boundaries: Boundary[]): Catalogue {
  const byMember = new Map<string, Boundary[]>();
  for (const boundary of boundaries) {
    if (boundary.match.use !== 'method' && boundary.match.use !== 'instance') continue;
    for (const member of boundary.match.members ?? []) byMember.set(member, [...(byMember.get(member) ?? []), boundary]);
  }
  const use = (kind: Boundary['match']['use']): Boundary[] => boundaries.filter((b) => b.match.use === kind);
  return {
    boundaries,
    byId: new Map(boundaries.map((b) => [b.id, b])),
    byMember,
    calls: use('call'),
    callNames: namesOf(use('call')),
    constructs: use('construct'),
    constructNames: namesOf(use('construct')),
    decorators: use('decorator'),
    decoratorNames: namesOf(use('decorator')),
    annotated: use('annotated'),
    queues: use('queue'),
    iterates: use('iterate'),
    starts: use('start'),
    words: new RegExp([...new Set(boundaries.flatMap(wordsOf))].sort().map(escape).join('|')),
  };
}

function namesOf(boundaries: readonly Boundary[]): string[] {
  return [...new Set(boundaries.flatMap((b) => b.match.exports))];
}

/** Words of which one must stand in a file that uses the boundary: the distinctive member, else the name or module. */
function wordsOf({ match }: Boundary): string[] {
  if (match.near) return match.near;
  if (match.members) return match.members.flatMap((member) => [`.${member}(`, `.${member}<`, `?.${member}`, `['${member}']`]);
  if (match.global) return match.exports;
  // The class may come through a file of the repo that re-exports it.
  return match.use === 'construct' ? [...match.modules, ...match.exports.flatMap((name) => [`new ${name}(`, `new ${name}<`])] : match.modules;
}

/** A name counts as a whole word only: `fetch` does not stand in `prefetch`. */
function escape(word: string): string {
  const literal = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return /^\w+$/.test(word) ? `\\b${literal}\\b` : literal;
}
