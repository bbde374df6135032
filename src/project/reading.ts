/**
 * The first pass over the repo's files. It begins when it is made, in a thread of its own where there is much to read,
 * while the caller loads the compiler; the caller takes its share when it asks for the result.
 */
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads';
import { VOCABULARY_BYTES, vocabularyAt } from '../catalogue/scanner.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { lookAt, reasonOf, type Look } from './look.ts';
import { Claims, type Assignment, type Reported } from './reading-shared.ts';

/** So many files are read before a thread would have begun. */
const FEW = 600;
/** A thread that says nothing for so long, in milliseconds, is not waited for: its files are read here. */
const PATIENCE = 20_000;

/** A file's look, or why it can't be read. */
export type Outcome = Look | { unreadable: string };

export class Reading {
  readonly #paths: readonly string[];
  readonly #catalogue: Catalogue;
  readonly #vocabularies: SharedArrayBuffer;
  readonly #claims: Claims;
  readonly #outcomes: (Outcome | undefined)[];
  readonly #helper: { port: MessagePort; worker: Worker } | undefined;

  /** @param threads how many there may be; one: nothing is read before it is asked for */
  constructor(paths: readonly string[], catalogue: Catalogue, threads = paths.length < FEW ? 1 : availableParallelism()) {
    this.#paths = paths;
    this.#catalogue = catalogue;
    this.#vocabularies = new SharedArrayBuffer(paths.length * VOCABULARY_BYTES);
    this.#claims = Claims.of(paths.length);
    this.#outcomes = Array.from({ length: paths.length });
    this.#helper = threads > 1 ? this.#start() : undefined;
  }

  /** Every file's outcome, in the order of the paths; once, for they hold much text. */
  finish(): Outcome[] {
    for (let index = 0; index < this.#paths.length; index++) {
      if (this.#claims.take(index)) this.#outcomes[index] = this.#look(index);
    }
    if (this.#helper) this.#collect(this.#helper);
    // A thread that died took some along.
    return this.#outcomes.splice(0).map((outcome, index) => outcome ?? this.#look(index));
  }

  #look(index: number): Outcome {
    try {
      return lookAt(this.#paths[index]!, this.#catalogue.words, vocabularyAt(this.#vocabularies, index));
    } catch (error) {
      return { unreadable: reasonOf(error) };
    }
  }

  #start(): { port: MessagePort; worker: Worker } | undefined {
    const file = fileURLToPath(new URL('./reading-worker.js', import.meta.url));
    // Run from the TypeScript sources there is no such file.
    if (!import.meta.url.endsWith('.js')) return undefined;
    const { port1: port, port2 } = new MessageChannel();
    const data: Assignment = {
      paths: this.#paths, matches: this.#catalogue.boundaries.map(({ match }) => match), vocabularies: this.#vocabularies, claims: this.#claims.shared, port: port2,
    };
    try {
      const worker = new Worker(file, { workerData: data, transferList: [port2], execArgv: [] });
      // Its death is noticed by its silence.
      worker.on('error', () => {});
      worker.unref();
      port.unref();
      return { port, worker };
    } catch {
      // `node --permission` lets no thread begin.
      port.close();
      return undefined;
    }
  }

  #collect({ port, worker }: { port: MessagePort; worker: Worker }): void {
    for (;;) {
      const before = this.#claims.reported;
      const received = receiveMessageOnPort(port)?.message as readonly Reported[] | undefined;
      if (received) for (const one of received) this.#take(one);
      else if (!this.#outcomes.includes(undefined) || !this.#claims.awaitReport(before, PATIENCE)) break;
    }
    port.close();
    void worker.terminate();
  }

  #take({ index, outcome }: Reported): void {
    const { boundaries } = this.#catalogue;
    this.#outcomes[index] = 'unreadable' in outcome ? outcome
      : { ...outcome, boundaries: outcome.boundaries.map((at) => boundaries[at]!), vocabulary: vocabularyAt(this.#vocabularies, index) };
  }
}
