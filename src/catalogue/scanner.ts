/** One pass over a text that stops at chosen words: each token is hashed on the way, and only one that may be chosen is cut out. */

/** Bits of a text's vocabulary, two for a word: of those that a file with three hundred has not, one in two hundred seems to be there. */
const BITS = 8192;
const SLOTS = 65_536;

const isWord = new Uint8Array(128);
for (const char of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_') isWord[char.charCodeAt(0)] = 1;

/** The words of one text, as far as their hashes tell: a word that it has is never denied, one that it has not may be affirmed. */
export type Vocabulary = Uint32Array;

/** Whether a text may have a word as a whole token of letters, digits and underscores; what is no such word may stand anywhere. */
export function having(word: string): (vocabulary: Vocabulary) => boolean {
  if (!/^\w+$/.test(word)) return () => true;
  const hash = hashOf(word);
  const [first, second] = [hash & (BITS - 1), (hash >>> 13) & (BITS - 1)];
  const [slot, bit, otherSlot, otherBit] = [first >>> 5, 1 << (first & 31), second >>> 5, 1 << (second & 31)];
  return (vocabulary) => (vocabulary[slot]! & bit) !== 0 && (vocabulary[otherSlot]! & otherBit) !== 0;
}

function hashOf(word: string): number {
  let hash = 0;
  for (let index = 0; index < word.length; index++) hash = Math.imul(hash, 31) + word.charCodeAt(index) | 0;
  return hash ^ (hash >>> 15);
}

export class Scanner {
  readonly #chosen = new Uint8Array(SLOTS);

  /** @param words tokens of letters, digits and underscores */
  constructor(words: Iterable<string>) {
    for (const word of words) this.#chosen[hashOf(word) & (SLOTS - 1)] = 1;
  }

  /** Calls back with every token that may be one of the chosen; `vocabulary` is given all tokens. */
  scan(text: string, onToken: (start: number, end: number) => void, vocabulary?: Vocabulary): void {
    const chosen = this.#chosen;
    const { length } = text;
    let start = -1;
    let rolling = 0;
    for (let index = 0; index <= length; index++) {
      const char = index < length ? text.charCodeAt(index) : 0;
      if (char < 128 && isWord[char] === 1) {
        if (start < 0) {
          start = index;
          rolling = 0;
        }
        rolling = Math.imul(rolling, 31) + char | 0;
      } else if (start >= 0) {
        const hash = rolling ^ (rolling >>> 15);
        if (vocabulary !== undefined) {
          vocabulary[(hash & (BITS - 1)) >>> 5]! |= 1 << (hash & 31);
          vocabulary[((hash >>> 13) & (BITS - 1)) >>> 5]! |= 1 << ((hash >>> 13) & 31);
        }
        if (chosen[hash & (SLOTS - 1)] === 1) onToken(start, index);
        start = -1;
      }
    }
  }
}

export function emptyVocabulary(): Vocabulary {
  return new Uint32Array(BITS >>> 5);
}

/** What one takes. */
export const VOCABULARY_BYTES = BITS >>> 3;

/** One of many that stand in shared memory, one after the other. */
export function vocabularyAt(shared: SharedArrayBuffer, index: number): Vocabulary {
  return new Uint32Array(shared, index * VOCABULARY_BYTES, BITS >>> 5);
}
