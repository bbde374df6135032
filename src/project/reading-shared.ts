/** What the threads of the first pass share. */
import type { MessagePort } from 'node:worker_threads';
import type { Boundary } from '../catalogue/schema.ts';
import type { Look } from './look.ts';

/** What a thread is given. */
export interface Assignment {
  paths: readonly string[];
  /** Of the catalogue's boundaries, in their order. */
  matches: readonly Boundary['match'][];
  /** One after the other, by the index of the path. */
  vocabularies: SharedArrayBuffer;
  claims: SharedArrayBuffer;
  port: MessagePort;
}

/** What it says of one file; boundaries by their place in the catalogue. */
export interface Reported {
  index: number;
  outcome: (Omit<Look, 'boundaries' | 'vocabulary'> & { boundaries: readonly number[] }) | { unreadable: string };
}

/** Who reads which file, and how often a thread has reported. */
export class Claims {
  readonly shared: SharedArrayBuffer;
  readonly #cells: Int32Array;

  constructor(shared: SharedArrayBuffer) {
    this.shared = shared;
    this.#cells = new Int32Array(shared);
  }

  static of(files: number): Claims {
    return new Claims(new SharedArrayBuffer((files + 1) * Int32Array.BYTES_PER_ELEMENT));
  }

  /** Whether a file was nobody's until now. */
  take(index: number): boolean {
    return Atomics.compareExchange(this.#cells, index + 1, 0, 1) === 0;
  }

  get reported(): number {
    return Atomics.load(this.#cells, 0);
  }

  report(): void {
    Atomics.add(this.#cells, 0, 1);
    Atomics.notify(this.#cells, 0);
  }

  /** Whether there is a report after `before`; waits for it so many milliseconds. */
  awaitReport(before: number, patience: number): boolean {
    return Atomics.wait(this.#cells, 0, before, patience) !== 'timed-out';
  }
}
