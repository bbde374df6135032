/** Which boundaries a text may hold, told by its words: the cheap test before anything is parsed. */
import { mayUse } from './may-use.ts';
import { Scanner, type Vocabulary } from './scanner.ts';
import type { Boundary } from './schema.ts';

/** One way to write a word of the catalogue, as `signOf` finds it in a text. */
type Sign = string;

/** All groups must show, each by one of its signs. */
type Groups = readonly (readonly Sign[])[];

export interface Found {
  /** By their words alone: `mayUse` looks closer, and costs more. */
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
  readonly #globals: ReadonlySet<string>;
  /** By a token of theirs. */
  readonly #probes: ReadonlyMap<string, readonly Probe[]>;
  readonly #endings: readonly string[];
  readonly #scanner: Scanner;

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
    // Every specifier is looked for, also those of boundaries that other words tell: libraries are present by them.
    const signs = new Set([...this.#bySign.keys(), ...boundaries.flatMap((b) => b.match.modules.map((module) => specifier + module))]);
    this.#globals = new Set(boundaries.filter((b) => b.match.global && b.match.use === 'call').flatMap((b) => b.match.exports));
    this.#endings = [...signs].filter((sign) => sign.startsWith(literal) && isEnding(sign.slice(literal.length)));
    const probes = new Map<string, Probe[]>();
    for (const probe of [...signs].filter((sign) => !this.#endings.includes(sign)).flatMap((sign) => probeOf(sign) ?? [])) {
      const list = probes.get(probe.token);
      if (list) list.push(probe);
      else probes.set(probe.token, [probe]);
    }
    this.#probes = probes;
    this.#scanner = new Scanner(this.#probes.keys());
  }

  /** Whether the text may hold a handoff. */
  test(text: string): boolean {
    return this.in(text).boundaries.some((boundary) => mayUse(boundary, text));
  }

  /** What the text may hold; its words go into `vocabulary`. */
  in(text: string, vocabulary?: Vocabulary): Found {
    const seen = new Set<Sign>();
    const boundaries = new Set<Boundary>();
    const modules = new Set<string>();
    const see = (sign: Sign): void => {
      if (seen.has(sign)) return;
      seen.add(sign);
      for (const boundary of this.#bySign.get(sign) ?? []) {
        if (!boundaries.has(boundary) && this.#groups.get(boundary)!.every((group) => group.some((one) => seen.has(one)))) boundaries.add(boundary);
      }
    };
    for (const sign of this.#endings) if (text.includes(sign.slice(literal.length))) see(sign);
    this.#scanner.scan(text, (start, end) => {
      for (const { sign, kind, word, offset } of this.#probes.get(text.slice(start, end)) ?? []) {
        const at = start - offset;
        if (seen.has(sign) || !stands[kind]!(text, at, at + word.length, word)) continue;
        if (kind === name && this.#globals.has(word) && !isCode(text, at, word)) continue;
        // A module may be spoken of before it is imported.
        if (kind === specifier && !isSpecifier(text, text[at - 1] === ':' ? at - 6 : at - 1)) continue;
        see(sign);
        if (kind === specifier) modules.add(word);
      }
    }, vocabulary);
    return { boundaries: [...boundaries], modules: [...modules], any: seen.size > 0 };
  }
}

/** How a sign is looked for: where its token stands, the text around is compared. */
interface Probe {
  sign: Sign;
  kind: string;
  token: string;
  /** The sign without its kind. */
  word: string;
  /** Of the token, in the word. */
  offset: number;
}

/** Nothing for a sign without a word of its own, which no text can have. */
function probeOf(sign: Sign): Probe | undefined {
  const kind = kinds.find((each) => sign.startsWith(each))!;
  const word = sign.slice(kind.length);
  // One with something before it: of `-ws"` any text's token may be the end, of `ws"` only a whole one.
  const [token] = kind === literal ? [...word.matchAll(/(?<=\W)\w+(?=\W)/g), ...word.matchAll(/\w+(?=\W)/g), ...word.matchAll(/\w+/g)] : word.matchAll(/\w+/g);
  return token && { sign, kind, token: token[0], word, offset: token.index };
}

/** `Agent {` is the end of `class PlannerAgent {`. */
function isEnding(word: string): boolean {
  return /^[A-Z]\w*\W+$/.test(word);
}

const member = 'member ';
const specifier = 'module ';
const made = 'new ';
const decorated = '@ ';
const name = 'name ';
const assigned = 'is given ';
const literal = 'text ';
const kinds = [member, specifier, made, decorated, name, assigned, literal];

const quote = /["'`]/;
const wordChar = /\w/;
const charIs = (pattern: RegExp, text: string, at: number): boolean => at >= 0 && at < text.length && pattern.test(text[at]!);
const afterMember = /[(<!]|\?\.|\.bind\(/y;
const afterAssigned = /\s*=[^=>]/y;
const afterMade = /[(<\s{]/y;
const beforeMade = /\b(?:new|extends) $/;
const follows = (pattern: RegExp, text: string, at: number): boolean => {
  pattern.lastIndex = at;
  return pattern.test(text);
};

/** Whether a word stands as its kind of sign does between two places of a text; each begins and ends as a whole token there. */
const stands: Record<string, (text: string, start: number, end: number, word: string) => boolean> = {
  [member]: (text, start, end, word) => whole(text, start, end, word) && (text[start - 1] === '.' ? follows(afterMember, text, end)
    : text[start - 2] === '[' && text[end + 1] === ']' && charIs(quote, text, start - 1) && charIs(quote, text, end)),
  [specifier]: (text, start, end, word) => text.startsWith(word, start) && charIs(quote, text, end) && (charIs(quote, text, start - 1) || (text.startsWith('node:', start - 5) && charIs(quote, text, start - 6))),
  [made]: (text, start, end, word) => whole(text, start, end, word) && follows(afterMade, text, end) && beforeMade.test(text.slice(Math.max(0, start - 9), start)),
  [decorated]: (text, start, end, word) => whole(text, start, end, word) && text[start - 1] === '@' && text[end] === '(',
  [name]: whole,
  [assigned]: (text, start, end, word) => whole(text, start, end, word) && follows(afterAssigned, text, end),
  [literal]: (text, start, _end, word) => text.startsWith(word, start),
};

function whole(text: string, start: number, end: number, word: string): boolean {
  return text.startsWith(word, start) && !charIs(wordChar, text, start - 1) && !charIs(wordChar, text, end);
}

function groupsOf({ match, request }: Boundary): Groups {
  const groups: Sign[][] = [];
  const specifiers = match.modules.map((module) => specifier + module);
  if (match.use === 'again') return [(match.near ?? []).map(signOf), match.exports.map((each) => name + each)];
  if (match.near) groups.push(match.near.map(signOf));
  // Written out where it is listened to, or imported under that very name.
  if (match.event && match.eventPath === undefined) groups.push(match.event.flatMap(written));
  // Of a proxy any member is one: its module tells.
  if (match.members?.includes('*')) groups.push(specifiers);
  // `client[method](…)`: the verb is chosen elsewhere.
  else if (match.members) groups.push([...match.members.map((each) => (match.use === 'assign' ? assigned : member) + each), ...(request?.method === 'member' ? [`${literal}[method](`] : [])]);
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

/** What stands before a specifier; a function that loads modules may have any name with `require` in it. */
const loads = /(?:\b(?:from|import|module)|require\w*(?:<[^<>]*>)?)\s*\(?\s*$|\*\/\s*$/i;

/** Whether a string, from its quote on, is a module's specifier, and not some other text that reads like a package's name (`'agenda'`). */
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
