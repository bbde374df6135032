/** Texts that were read once: who calls a function, and what an option holds, is asked of all of them again. */

/** Characters, one byte each in most code. Beyond that a file without a word of the catalogue is read again when it is asked for. */
const ROOM = 64_000_000;

export class Shelf {
  readonly #texts = new Map<string, string>();
  readonly #load: (path: string) => string;
  #room = ROOM;

  /** @param load reads a file, or throws */
  constructor(load: (path: string) => string) {
    this.#load = load;
  }

  /** Keeps a file's text while there is room; `always`: that of one that is asked for again and again. */
  keep(path: string, text: string, always = false): void {
    if (!always && text.length > this.#room) return;
    this.#room -= text.length;
    this.#texts.set(path, text);
  }

  /** What is kept, else what stands on disk. */
  read(path: string): string {
    return this.#texts.get(path) ?? this.#load(path);
  }
}
