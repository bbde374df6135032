/** What was made of files, as much of it as there is room for: what came first goes first. */
export class Recent<T extends { text: string | undefined }> {
  readonly #room: number;
  readonly #known = new Map<string, T>();
  #kept = 0;

  /** @param room characters of text */
  constructor(room: number) {
    this.#room = room;
  }

  get(file: string): T | undefined {
    return this.#known.get(file);
  }

  keep(file: string, made: T): void {
    this.#forget(file);
    this.#known.set(file, made);
    this.#kept += made.text?.length ?? 0;
    for (const oldest of this.#known.keys()) {
      if (this.#kept <= this.#room || oldest === file) break;
      this.#forget(oldest);
    }
  }

  #forget(file: string): void {
    this.#kept -= this.#known.get(file)?.text?.length ?? 0;
    this.#known.delete(file);
  }
}
