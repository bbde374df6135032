/** Whether a name (of an attribute, a variable, a property) says that what it stands for is sensitive. */
import { attributeNames, blockers, carriers, cleaned, conventionalNamespaces, kinds, neutral, phrases, things, type Kind } from '../../../conventions/sensitive.ts';
import { genAiAttributes, genAiContent } from '../../../conventions/gen-ai.ts';

/** What a project adds to the built-in lists: `sensitive` in handoff.config.json, and the options of both rules. */
export interface SensitiveLists {
  /** Names of attributes and baggage entries that are sensitive; `*` stands for any text. */
  attributes: readonly string[];
  /** What sensitive variables and properties are called: words as in `date of birth`, in any spelling. */
  names: readonly string[];
  /** Names of attributes and baggage entries that are meant. */
  allow: readonly string[];
  /** The project's own capture switches, off by default: environment variables, functions, properties. */
  switches: readonly string[];
}

export const noLists: SensitiveLists = { attributes: [], names: [], allow: [], switches: [] };

/** `cardNumber`, `CARD_NUMBER`, `card.number` → `card`, `number`. */
export function wordsOf(name: string): string[] {
  return (name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+|[0-9]+/g) ?? []).map((word) => word.toLowerCase());
}

export interface KeyVerdict {
  kind?: Kind;
  /** The name is of the conventions, or the project allows it: what stands under it is meant, whatever it is called. */
  meant: boolean;
}

export class Names {
  readonly #exact: readonly (readonly [RegExp, Kind])[];
  readonly #allowed: readonly RegExp[];
  /** By their last word: the whole phrase, its words in turn. */
  readonly #phrases = new Map<string, { words: readonly string[]; kind: Kind }[]>();
  readonly #switches: ReadonlySet<string>;

  constructor(lists: SensitiveLists = noLists) {
    this.#exact = [
      ...lists.attributes.map((name) => [glob(name), 'personal'] as const),
      ...kinds.flatMap((kind) => attributeNames[kind].map((name) => [glob(name), kind] as const)),
    ];
    this.#allowed = lists.allow.map(glob);
    this.#switches = new Set(lists.switches);
    for (const phrase of lists.names) this.#add(wordsOf(phrase), 'personal');
    for (const kind of kinds) for (const phrase of phrases[kind]) this.#add(phrase.split(' '), kind);
  }

  /** What an attribute's or a baggage entry's name says. `*` stands for what is only known at run time. */
  ofKey(key: string): KeyVerdict {
    if (this.isAllowed(key)) return { meant: true };
    const named = this.#exact.find(([pattern]) => pattern.test(key));
    if (named) return { kind: named[1], meant: false };
    if (genAiAttributes.has(key)) return { meant: !genAiContent.has(key) };
    const [first] = key.split('.');
    if (key.includes('.') && conventionalNamespaces.has(first!)) return { meant: true };
    const kind = this.ofWords(wordsOf(key));
    return kind === undefined ? { meant: false } : { kind, meant: false };
  }

  /** What the words of a name or of a path (`user.email`) say. */
  ofWords(words: readonly string[]): Kind | undefined {
    for (let end = words.length; end > 0; end--) {
      const found = this.#endingAt(words, end);
      if (found !== undefined) return found;
      if (!carriers.has(words[end - 1]!)) return undefined;
    }
    return undefined;
  }

  isAllowed(key: string): boolean {
    return this.#allowed.some((pattern) => pattern.test(key));
  }

  isSwitch(name: string): boolean {
    return this.#switches.has(name);
  }

  #endingAt(words: readonly string[], end: number): Kind | undefined {
    let best: { words: readonly string[]; kind: Kind } | undefined;
    for (const last of singulars(words[end - 1]!)) {
      for (const phrase of this.#phrases.get(last) ?? []) {
        const start = end - phrase.words.length;
        if (start < 0 || (best && best.words.length >= phrase.words.length)) continue;
        if (!phrase.words.slice(0, -1).every((word, i) => singulars(words[start + i]!).includes(word))) continue;
        if (!words.slice(0, start).some((word) => blockers.has(word)) && !(isFullName(phrase.words) && things.has(words[start - 1] ?? ''))) best = phrase;
      }
    }
    return best?.kind;
  }

  #add(words: readonly string[], kind: Kind): void {
    const last = words.at(-1);
    if (last === undefined) return;
    const list = this.#phrases.get(last);
    if (list) list.push({ words, kind });
    else this.#phrases.set(last, [{ words, kind }]);
  }
}

/** `repository.full_name` and `testCase.fullName` have the words of a person's. */
function isFullName(phrase: readonly string[]): boolean {
  return phrase[0] === 'full' || phrase[0] === 'fullname';
}

const known = new WeakMap<SensitiveLists, Names>();

export function namesWith(lists: SensitiveLists): Names {
  let names = known.get(lists);
  if (!names) known.set(lists, names = new Names(lists));
  return names;
}

/** Whether a name says that it holds none of it: an id, a number, a flag, a masked form. */
export function isNeutral(words: readonly string[]): boolean {
  const [first] = words;
  return neutral.has(words.at(-1) ?? '') || isCleaned(words) || (first !== undefined && words.length > 1 && /^(is|has|num|count|total|max|min|avg)$/.test(first));
}

/** `maskedCard`, `safeHeaders`: what could not be shown is taken out. */
export function isCleaned(words: readonly string[]): boolean {
  return words.some((word) => cleaned.has(word));
}

function singulars(word: string): string[] {
  // Tokens are counted, a token is a secret.
  return word.endsWith('s') && word !== 'tokens' ? [word, word.slice(0, -1)] : [word];
}

function glob(pattern: string): RegExp {
  return new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`, 'i');
}
