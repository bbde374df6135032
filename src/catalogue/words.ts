/** Which boundaries a text may hold, told by its words: the cheap test before anything is parsed. */
import type { Boundary } from './schema.ts';

/** One way to write a word of the catalogue, as `signOf` finds it in a text. */
type Sign = string;

/** All groups must show, each by one of its signs. */
type Groups = readonly (readonly Sign[])[];

export interface Found {
  boundaries: readonly Boundary[];
  /** Modules of the catalogue that the text imports, requires or re-exports from. */
  modules: readonly string[];
  /** Whether any word stands here, also where it makes no boundary. */
  any: boolean;
}

export class Words {
  readonly #groups = new Map<Boundary, Groups>();
  /** The boundaries that a sign may make complete. */
  readonly #bySign = new Map<Sign, Boundary[]>();
  readonly #literals: readonly string[];
  readonly #globals: ReadonlySet<string>;
  readonly #pattern: RegExp;

  constructor(boundaries: readonly Boundary[]) {
    for (const boundary of boundaries) {
      const groups = groupsOf(boundary);
      this.#groups.set(boundary, groups);
      for (const sign of new Set(groups.flat())) {
        const list = this.#bySign.get(sign);
        if (list) list.push(boundary);
        else this.#bySign.set(sign, [boundary]);
      }
    }
    const all = [...this.#bySign.keys()].sort();
    const of = (kind: string): string[] => all.filter((sign) => sign.startsWith(kind)).map((sign) => sign.slice(kind.length));
    // Every specifier is looked for, also those of boundaries that other words tell: libraries are present by them.
    const modules = [...new Set(boundaries.flatMap((b) => b.match.modules))].sort();
    this.#literals = of(literal);
    this.#globals = new Set(boundaries.filter((b) => b.match.global && b.match.use === 'call').flatMap((b) => b.match.exports));
    this.#pattern = patternOf({ members: of(member), assigned: of(assigned), modules, made: of(made), decorated: of(decorated), names: of(name), literals: this.#literals });
  }

  /** Whether the text may hold a handoff. */
  test(text: string): boolean {
    return this.#scan(text, true).boundaries.length > 0;
  }

  /** What the text may hold. */
  in(text: string): Found {
    return this.#scan(text, false);
  }

  #scan(text: string, first: boolean): Found {
    const seen = new Set<Sign>();
    const boundaries = new Set<Boundary>();
    const modules = new Set<string>();
    let any = false;
    const see = (sign: Sign): void => {
      if (seen.has(sign)) return;
      seen.add(sign);
      for (const boundary of this.#bySign.get(sign) ?? []) {
        if (!boundaries.has(boundary) && this.#groups.get(boundary)!.every((group) => group.some((one) => seen.has(one))) && readsLikeRequest(boundary, text) && takesAsMuch(boundary, text)) boundaries.add(boundary);
      }
    };
    const pattern = this.#pattern;
    pattern.lastIndex = 0;
    for (let hit = pattern.exec(text); hit !== null; hit = pattern.exec(text)) {
      const at = hit.index;
      any = true;
      for (const each of this.#literals) if (text.startsWith(each, at)) see(literal + each);
      const { m, e, a, s, n, d, w } = hit.groups!;
      if (m !== undefined) see(member + m);
      else if (e !== undefined) see(member + e);
      else if (a !== undefined) see(assigned + a);
      else if (n !== undefined) see(made + n);
      else if (d !== undefined) see(decorated + d);
      else if (w !== undefined && !seen.has(name + w)) {
        if (!this.#globals.has(w) || isCode(text, at, w)) see(name + w);
      }
      if (s !== undefined) {
        see(specifier + s);
        if (!modules.has(s) && isSpecifier(text, at)) modules.add(s);
      }
      if (first && boundaries.size > 0) break;
      // A word may begin inside another.
      pattern.lastIndex = at + 1;
    }
    return { boundaries: [...boundaries], modules: [...modules], any };
  }
}

const member = 'member ';
const specifier = 'module ';
const made = 'new ';
const decorated = '@ ';
const name = 'name ';
const assigned = 'is given ';
const literal = 'text ';

function groupsOf({ match }: Boundary): Groups {
  const groups: Sign[][] = [];
  const specifiers = match.modules.map((module) => specifier + module);
  if (match.use === 'again') return [(match.near ?? []).map(signOf), match.exports.map((each) => name + each)];
  if (match.near) groups.push(match.near.map(signOf));
  // Written out where it is listened to, or imported under that very name.
  if (match.event && match.eventPath === undefined) groups.push(match.event.flatMap(written));
  // Of a proxy any member is one: its module tells.
  if (match.members?.includes('*')) groups.push(specifiers);
  else if (match.members) groups.push(match.members.map((each) => (match.use === 'assign' ? assigned : member) + each));
  if (groups.length > 0) return groups;
  if (match.global) return [match.exports.map((each) => name + each)];
  if (match.use === 'start') return [specifiers, match.exports.map((each) => name + each)];
  // A class, function or decorator may come through a file of the repo that re-exports it.
  if (match.use === 'construct') {
    const named = match.exports.some((each) => each === 'default' || each === '*' || each.includes('.')) ? [] : [match.exports.map((each) => name + each)];
    return [[...specifiers, ...match.exports.map((each) => made + each)], ...named];
  }
  if (match.use === 'decorator') return [[...specifiers, ...match.exports.map((each) => decorated + each)]];
  return [specifiers];
}

/** A word of the data: a name counts as a whole word only (`fetch` does not stand in `prefetch`). */
function signOf(word: string): Sign {
  if (/^\w+$/.test(word)) return name + word;
  const called = /^\.(\w+)\($/.exec(word);
  return called ? member + called[1] : literal + word;
}

/** An event's name as a listener gives it. */
function written(event: string): Sign[] {
  return [`${literal}'${event}'`, `${literal}"${event}"`, `${literal}\`${event}\``, ...(/^[A-Z]\w*$/.test(event) ? [name + event] : [])];
}

const requests = new Map<string, RegExp>();

/** Whether a file has a call of a member that is like a request: by what it is called on, or by the address that it is given. */
function readsLikeRequest({ match: { addressed, modules, members = [] } }: Boundary, text: string): boolean {
  // With the library at hand an address may be anything: `planner.post('plan')`.
  if (!addressed || modules.some((module) => text.includes(`'${module}'`) || text.includes(`"${module}"`))) return true;
  const of = members.join('|');
  let pattern = requests.get(of);
  if (!pattern) {
    const call = `\\.(?:${of})(?:<[^()]*>)?\\(`;
    const receiver = '(?:api|http|rest|client|request|instance|fetcher|ajax|gateway|backend|service)[\\w$]*(?:\\(\\))?[?!]?';
    const address = '\\s*(?:["\'`](?:https?:|/)|`\\$\\{|new URL|[\\w$.]*(?:url|uri|path|endpoint|href|link|route|api|host|base))';
    requests.set(of, pattern = new RegExp(`axios|${receiver}${call}|${call}${address}`, 'i'));
  }
  return pattern.test(text);
}

const called = new Map<Boundary, RegExp>();

/** Whether a call of a member has as many arguments as the boundary takes, or is made on something that has the export's name. */
function takesAsMuch(boundary: Boundary, text: string): boolean {
  const { match: { atLeast, exports, members = [] } } = boundary;
  if (atLeast === undefined) return true;
  let pattern = called.get(boundary);
  if (!pattern) called.set(boundary, pattern = new RegExp(`(?<named>(?:${exports.join('|')})[\\w$]*(?:\\(\\))?[?!]*\\s*)?(?:\\.(?:${members.join('|')})\\b|\\[["'\`](?:${members.join('|')})["'\`]\\])(?<call>(?:<[^()]*>)?!?(?:\\?\\.)?\\()?`, 'gi'));
  for (const { index, 0: use, groups } of text.matchAll(pattern)) {
    // What is not called here is bound or handed on.
    if (groups!.named !== undefined || groups!.call === undefined || argumentsFrom(text, index + use.length) >= atLeast) return true;
  }
  return false;
}

/** How far a call is read; what is longer may have any number of arguments. */
const FAR = 2_000;

/** Roughly how many arguments stand from here to the closing parenthesis: a comma in a string counts as one, and so does what is spread. */
function argumentsFrom(text: string, at: number): number {
  let depth = 0;
  let commas = 0;
  for (let index = at; index < text.length && index < at + FAR; index++) {
    const char = text[index];
    if (char === '(' || char === '[' || char === '{') depth++;
    else if (char === ')' || char === ']' || char === '}') {
      if (depth-- === 0) return commas + 1;
    } else if (depth === 0 && (char === ',' || text.startsWith('...', index))) commas++;
  }
  return Infinity;
}

interface Vocabulary {
  members: readonly string[];
  assigned: readonly string[];
  modules: readonly string[];
  made: readonly string[];
  decorated: readonly string[];
  names: readonly string[];
  literals: readonly string[];
}

function patternOf(words: Vocabulary): RegExp {
  const any = (list: readonly string[]): string => list.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  const parts: string[] = [];
  if (words.members.length > 0) parts.push(`\\.(?<m>${any(words.members)})(?=[(<!]|\\?\\.|\\.bind\\()`, `\\[["'\`](?<e>${any(words.members)})["'\`]\\]`);
  if (words.assigned.length > 0) parts.push(`\\b(?<a>${any(words.assigned)})(?=\\s*=[^=>])`);
  if (words.modules.length > 0) parts.push(`["'\`](?:node:)?(?<s>${any(words.modules)})(?=["'\`])`);
  if (words.made.length > 0) parts.push(`\\b(?:new|extends) (?<n>${any(words.made)})(?=[(<\\s{])`);
  if (words.decorated.length > 0) parts.push(`@(?<d>${any(words.decorated)})(?=\\()`);
  if (words.names.length > 0) parts.push(`\\b(?<w>${any(words.names)})\\b`);
  if (words.literals.length > 0) parts.push(any(words.literals));
  return new RegExp(parts.length > 0 ? parts.join('|') : '(?!)', 'g');
}

/** What stands before a specifier; a function that loads modules may have any name with `require` in it. */
const loads = /(?:\b(?:from|import|module)|require\w*(?:<[^<>]*>)?)\s*\(?\s*$|\*\/\s*$/i;

/** Whether a string is a module's specifier, and not some other text that reads like a package's name (`'agenda'`). */
function isSpecifier(text: string, at: number): boolean {
  return loads.test(text.slice(Math.max(0, at - 80), at));
}

/** What may follow a name with a space between: in prose ("fails to fetch the page") it is some other word. */
const goesOn = /^[ \t]+(?!(?:as|satisfies|in|of|instanceof|from|is)\b)[A-Za-z]/;

/** Whether a global's name is used here: not in a comment, and not as a word of a sentence. */
function isCode(text: string, at: number, word: string): boolean {
  const end = at + word.length;
  const after = text.slice(end, end + 16);
  if (goesOn.test(after)) return false;
  if (/^["']/.test(after) && !/["']/.test(text[at - 1] ?? '')) return false;
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  // In a template two slashes begin no comment.
  if (/^[^"'`]*?\/\//.test(line) && !line.includes('${')) return false;
  return !(/^\s*\/?\*/.test(line) && !line.includes('*/') && text.lastIndexOf('/*', at) > text.lastIndexOf('*/', at));
}
