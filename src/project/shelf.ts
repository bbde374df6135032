/** Texts that were read once: who calls a function, and what an option holds, is asked of all of them again. */

/** Characters, one byte each in most code. Beyond that a file is read again when it is asked for: memory stays bounded whatever the repo's size. */
const ROOM = 64_000_000;

export class Shelf {
  readonly #texts = new Map<string, string>();
  readonly #load: (path: string) => string;
  #room = ROOM;

  /** @param load reads a file, or throws */
  constructor(load: (path: string) => string) {
    this.#load = load;
  }

  /** Keeps a file's text while there is room. */
  keep(path: string, text: string): void {
    if (text.length > this.#room) return;
    this.#room -= text.length;
    this.#texts.set(path, text);
  }

  /** What is kept, else what stands on disk. */
  read(path: string): string {
    return this.#texts.get(path) ?? this.#load(path);
  }
}
