/**
 * As much of semver as choosing an encoding by version needs: `^ ~ >= > <= < =`, `a - b`, `x`-ranges, `||`.
 * A prerelease is ordered before its release and is not otherwise special: `5.34.0-beta.1` satisfies `^5.22.0`.
 */

interface Version {
  numbers: [number, number, number];
  prerelease: string[];
}

interface Bound {
  operator: '>=' | '>' | '<' | '<=' | '=';
  version: Version;
}

const partial = String.raw`v?(\d+|[xX*])(?:\.(\d+|[xX*]))?(?:\.(\d+|[xX*]))?(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?`;
const exactPattern = /^v?(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/;
const comparatorPattern = new RegExp(String.raw`^(\^|~>?|>=|<=|>|<|=)?\s*${partial}$`);
const hyphenPattern = new RegExp(String.raw`^(${partial})\s+-\s+(${partial})$`);

/** Whether `version` lies in `range`; an unknown or unreadable version or range satisfies nothing but `*`. */
export function satisfies(version: string | undefined, range: string): boolean {
  const alternatives = parseRange(range);
  if (alternatives === undefined) return false;
  if (alternatives.some((bounds) => bounds.length === 0)) return true;
  const parsed = version === undefined ? undefined : parseVersion(version);
  return parsed !== undefined && alternatives.some((bounds) => bounds.every((bound) => holds(parsed, bound)));
}

/** The lowest version that a range names: `^5.22.0` gives `5.22.0`; none for `*`, `<6`, tags and URLs. */
export function minVersion(range: string): string | undefined {
  const lowest = (parseRange(range) ?? []).map((bounds) =>
    bounds.filter((bound) => bound.operator === '>=' || bound.operator === '=' || bound.operator === '>')
      .map((bound) => bound.version).sort(compare).at(-1));
  if (lowest.length === 0 || lowest.includes(undefined)) return undefined;
  const first = (lowest as Version[]).sort(compare)[0];
  return first === undefined ? undefined : format(first);
}

/** The newest version that `^a`, `~a` or `a.x` can mean, with 9999 for what is open; of other ranges the lowest. */
export function newestVersion(range: string): string | undefined {
  const [, kind, major, minor, patch] = /^\s*([\^~]?)v?(\d+)(?:\.(\d+|x|\*))?(?:\.(\d+|x|\*))?\s*$/.exec(range) ?? [];
  if (major === undefined) return minVersion(range);
  const open = (part: string | undefined): boolean => part === undefined || part === 'x' || part === '*';
  if (open(minor) || (kind === '^' && major !== '0')) return `${major}.9999.9999`;
  if (open(patch) || kind === '~' || (kind === '^' && minor !== '0')) return `${major}.${minor}.9999`;
  return `${major}.${minor}.${patch}`;
}

/** Order of two exact versions; unreadable ones come first. */
export function compareVersions(left: string, right: string): number {
  const a = parseVersion(left);
  const b = parseVersion(right);
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  return compare(a, b);
}

function parseVersion(text: string): Version | undefined {
  const found = exactPattern.exec(text.trim());
  if (found === null) return undefined;
  return { numbers: [Number(found[1]), Number(found[2]), Number(found[3])], prerelease: found[4]?.split('.') ?? [] };
}

/** Alternatives of bounds that must all hold; an empty alternative is `*`. */
function parseRange(range: string): Bound[][] | undefined {
  const alternatives: Bound[][] = [];
  for (const part of range.split('||')) {
    const bounds = parseAlternative(part.trim());
    if (bounds === undefined) return undefined;
    alternatives.push(bounds);
  }
  return alternatives;
}

function parseAlternative(text: string): Bound[] | undefined {
  const hyphen = hyphenPattern.exec(text);
  if (hyphen !== null) {
    const from = comparator(`>=${hyphen[1]}`);
    const to = comparator(`<=${hyphen[6]}`);
    return from && to && [...from, ...to];
  }
  const bounds: Bound[] = [];
  for (const token of text.replaceAll(/(\^|~>?|>=|<=|>|<|=)\s+/g, '$1').split(/[\s,]+/).filter(Boolean)) {
    const found = comparator(token);
    if (found === undefined) return undefined;
    bounds.push(...found);
  }
  return bounds;
}

function comparator(token: string): Bound[] | undefined {
  const found = comparatorPattern.exec(token);
  if (found === null) return undefined;
  const operator = found[1] ?? '';
  const given = [found[2], found[3], found[4]].map((text) => (text === undefined || /[xX*]/.test(text) ? undefined : Number(text)));
  const [major, minor, patch] = given;
  if (major === undefined) return operator === '<' || operator === '>' ? [below(0, 0, 0)] : [];
  const prerelease = found[5]?.split('.') ?? [];
  const low: Version = { numbers: [major, minor ?? 0, minor === undefined ? 0 : patch ?? 0], prerelease };
  const [, lowMinor, lowPatch] = low.numbers;
  /** The first version after everything that a partial version such as `5.2` stands for. */
  const after = minor === undefined ? below(major + 1, 0, 0) : below(major, minor + 1, 0);
  const whole = minor !== undefined && patch !== undefined;
  switch (operator) {
    case '^':
      if (major > 0 || minor === undefined) return [atLeast(low), below(major + 1, 0, 0)];
      if (lowMinor > 0 || patch === undefined) return [atLeast(low), below(0, lowMinor + 1, 0)];
      return [atLeast(low), below(0, 0, lowPatch + 1)];
    case '~':
    case '~>':
      return [atLeast(low), after];
    case '>=':
      return [atLeast(low)];
    case '>':
      return whole ? [{ operator: '>', version: low }] : [{ operator: '>=', version: { ...after.version, prerelease: [] } }];
    case '<':
      return [whole ? { operator: '<', version: low } : below(major, lowMinor, lowPatch)];
    case '<=':
      return [whole ? { operator: '<=', version: low } : after];
    default:
      return whole ? [{ operator: '=', version: low }] : [atLeast(low), after];
  }
}

function atLeast(version: Version): Bound {
  return { operator: '>=', version };
}

/** Below the first prerelease of that version, so that `^1.0.0` leaves out `2.0.0-beta`. */
function below(major: number, minor: number, patch: number): Bound {
  return { operator: '<', version: { numbers: [major, minor, patch], prerelease: ['0'] } };
}

function holds(version: Version, bound: Bound): boolean {
  const order = compare(version, bound.version);
  switch (bound.operator) {
    case '>=': return order >= 0;
    case '>': return order > 0;
    case '<': return order < 0;
    case '<=': return order <= 0;
    case '=': return order === 0;
  }
}

function compare(left: Version, right: Version): number {
  for (const index of [0, 1, 2] as const) {
    if (left.numbers[index] !== right.numbers[index]) return left.numbers[index] - right.numbers[index];
  }
  if (left.prerelease.length === 0 || right.prerelease.length === 0) return right.prerelease.length - left.prerelease.length;
  for (let index = 0; index < Math.max(left.prerelease.length, right.prerelease.length); index++) {
    const order = compareIdentifiers(left.prerelease[index], right.prerelease[index]);
    if (order !== 0) return order;
  }
  return 0;
}

function compareIdentifiers(left: string | undefined, right: string | undefined): number {
  if (left === right) return 0;
  if (left === undefined) return -1;
  if (right === undefined) return 1;
  const numeric = [/^\d+$/.test(left), /^\d+$/.test(right)];
  if (numeric[0] && numeric[1]) return Number(left) - Number(right);
  if (numeric[0] !== numeric[1]) return numeric[0] ? -1 : 1;
  return left < right ? -1 : 1;
}

function format(version: Version): string {
  return version.numbers.join('.') + (version.prerelease.length === 0 ? '' : `-${version.prerelease.join('.')}`);
}
