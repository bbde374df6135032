/** Which files of the repo may have a word: asked for thousands of names, so no text is read again for most of them. */
import { having, type Vocabulary } from '../catalogue/scanner.ts';

export class Vocabularies {
  readonly #paths: string[] = [];
  readonly #all: Vocabulary[] = [];
  readonly #byPath = new Map<string, Vocabulary>();

  add(path: string, vocabulary: Vocabulary): void {
    this.#paths.push(path);
    this.#all.push(vocabulary);
    this.#byPath.set(path, vocabulary);
  }

  /** The files that may have a word, in the order in which they came. */
  filesWith(word: string): string[] {
    const has = having(word);
    return this.#paths.filter((_, index) => has(this.#all[index]!));
  }

  /** Whether a file may have a word; one that nobody has read may have any. */
  naming(word: string): (path: string) => boolean {
    const has = having(word);
    return (path) => {
      const vocabulary = this.#byPath.get(path);
      return vocabulary === undefined || has(vocabulary);
    };
  }
}
