/** Syntax trees of the repo's files: those with a handoff to the end, of the others as many as there is room for. */
import type { SourceText } from '../analysis/source.ts';

/** Characters of text; a tree takes some twenty-five bytes for each. */
const ROOM = 4_000_000;

export class Trees {
  readonly #held = new Map<string, SourceText>();
  /** The one that was asked for last stands last. */
  readonly #others = new Map<string, SourceText>();
  readonly #parse: (path: string, anyLength: boolean) => SourceText | undefined;
  readonly #room: number;
  #kept = 0;

  /** @param parse reads and parses a file; nothing where that can't be done, or it is too long and `anyLength` is not asked for */
  constructor(parse: (path: string, anyLength: boolean) => SourceText | undefined, room = ROOM) {
    this.#parse = parse;
    this.#room = room;
  }

  load(path: string, anyLength = false): SourceText | undefined {
    const held = this.#held.get(path);
    if (held) return held;
    const known = this.#others.get(path);
    this.drop(path);
    const source = known ?? this.#parse(path, anyLength);
    if (source) {
      this.#others.set(path, source);
      this.#kept += source.text.length;
    }
    for (const oldest of this.#others.keys()) {
      if (this.#kept <= this.#room || oldest === path) break;
      this.drop(oldest);
    }
    return source;
  }

  /** Whether a tree is at hand. */
  has(path: string): boolean {
    return this.#held.has(path) || this.#others.has(path);
  }

  /** Keeps a tree to the end: what was found in it points into it. */
  hold(source: SourceText): void {
    this.drop(source.path);
    this.#held.set(source.path, source);
  }

  drop(path: string): void {
    this.#kept -= this.#others.get(path)?.text.length ?? 0;
    this.#others.delete(path);
  }
}
