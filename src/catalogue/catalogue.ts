/** The boundaries, validated and indexed for matching. */
import { builtIn } from './built-in.ts';
import { boundarySchema, type Boundary, type BoundaryInput } from './schema.ts';
import { Words } from './words.ts';

export interface Catalogue {
  boundaries: readonly Boundary[];
  byId: ReadonlyMap<string, Boundary>;
  /** By member name, for `method` and `instance`. */
  byMember: ReadonlyMap<string, readonly Boundary[]>;
  /** Those of which every member is one: proxies. */
  anyMember: readonly Boundary[];
  /** By member name, for `assign`. */
  byAssigned: ReadonlyMap<string, readonly Boundary[]>;
  calls: readonly Boundary[];
  callNames: readonly string[];
  /** Instances that are called themselves. */
  called: readonly Boundary[];
  constructs: readonly Boundary[];
  constructNames: readonly string[];
  decorators: readonly Boundary[];
  decoratorNames: readonly string[];
  annotated: readonly Boundary[];
  queues: readonly Boundary[];
  iterates: readonly Boundary[];
  starts: readonly Boundary[];
  again: readonly Boundary[];
  lasting: readonly Boundary[];
  /** Those that a check of src/analysis/spans finds, by its rule. */
  checks: ReadonlyMap<string, readonly Boundary[]>;
  /** A file in which these find nothing has no handoff: it is not even parsed. */
  words: Words;
}

let known: Catalogue | undefined;

/** The built-in catalogue with `own` boundaries added; an own one replaces a built-in one of the same id. */
export function loadCatalogue(own: readonly BoundaryInput[] = []): Catalogue {
  if (own.length === 0) return known ??= index(builtIn);
  const ownIds = new Set(own.map((b) => b.id));
  return index([...builtIn.filter((b) => !ownIds.has(b.id)), ...own.map((entry) => boundarySchema.parse(entry))]);
}

/** The catalogue with only those boundaries in its indexes that `isPresent` lets in: what is nowhere costs no look-up. */
export function narrowed(catalogue: Catalogue, isPresent: (boundary: Boundary) => boolean): Catalogue {
  return only(catalogue, catalogue.boundaries.filter(isPresent));
}

/** The catalogue with these boundaries alone in its indexes: what the words of a file let in. */
export function only(catalogue: Catalogue, boundaries: readonly Boundary[]): Catalogue {
  return { ...catalogue, ...indexes(boundaries) };
}

function index(boundaries: readonly Boundary[]): Catalogue {
  return { boundaries, byId: new Map(boundaries.map((b) => [b.id, b])), words: new Words(boundaries), ...indexes(boundaries) };
}

function indexes(boundaries: readonly Boundary[]): Omit<Catalogue, 'boundaries' | 'byId' | 'words'> {
  const byMember = new Map<string, Boundary[]>();
  const byAssigned = new Map<string, Boundary[]>();
  for (const boundary of boundaries) {
    const { use, members = [] } = boundary.match;
    const map = use === 'assign' ? byAssigned : use === 'method' || use === 'instance' ? byMember : undefined;
    if (map) for (const member of members) map.set(member, [...(map.get(member) ?? []), boundary]);
  }
  const use = (kind: Boundary['match']['use']): Boundary[] => boundaries.filter((b) => b.match.use === kind);
  return {
    byMember,
    anyMember: byMember.get('*') ?? [],
    byAssigned,
    calls: use('call'),
    callNames: namesOf(use('call')),
    called: use('instance').filter((b) => b.match.members === undefined),
    constructs: use('construct'),
    constructNames: namesOf(use('construct')),
    decorators: use('decorator'),
    decoratorNames: namesOf(use('decorator')),
    annotated: use('annotated'),
    queues: use('queue'),
    iterates: use('iterate'),
    starts: use('start'),
    again: use('again'),
    lasting: use('lasting'),
    checks: byRule(use('check')),
  };
}

function byRule(boundaries: readonly Boundary[]): ReadonlyMap<string, readonly Boundary[]> {
  const rules = new Map<string, Boundary[]>();
  for (const boundary of boundaries) rules.set(boundary.rule, [...(rules.get(boundary.rule) ?? []), boundary]);
  return rules;
}

function namesOf(boundaries: readonly Boundary[]): string[] {
  return [...new Set(boundaries.flatMap((b) => b.match.exports))];
}
