/** The files of one tsconfig, checked by a compiler outside of this process: TypeScript 7 and later. */
import path from 'node:path';
import { excuse, finish, surplus, type Problem, type RawProblem } from './problems.ts';
import type { ProgramGroup, ProgramOptions } from './type-group.ts';

/** What such a compiler is asked. Paths have `/`. */
export interface WholeChecker {
  /** The files of a program, and all errors in it: those of no file have the file ''. Throws where the compiler can't say. */
  check(config: string, texts: ReadonlyMap<string, string>): { files: ReadonlySet<string>; problems: RawProblem[] };
  close(): void;
}

/** The compiler could not be asked, or gave no answer. */
export class CheckerError extends Error {
  override name = 'CheckerError';
}

interface Options extends ProgramOptions {
  hasNodeModules: boolean;
  notes: Set<string>;
}

/** For files that no tsconfig includes; without any tsconfig, as the compiler host does it for older TypeScript. */
const plain = { target: 'esnext', module: 'esnext', moduleResolution: 'bundler', allowImportingTsExtensions: true };

export class WholeGroup implements ProgramGroup {
  readonly #checker: WholeChecker;
  readonly #config: string;
  readonly #extends: string | undefined;
  readonly #isAlone: boolean;
  readonly #options: Options;
  readonly #own = new Set<string>();
  readonly #known = new Map<string, ReturnType<WholeChecker['check']>>();
  #overlay: ReadonlyMap<string, string> = new Map();

  /** `key`: the tsconfig, with `#` behind it for files that it does not include. */
  constructor(checker: WholeChecker, key: string, folder: string, options: Options) {
    this.#checker = checker;
    this.#isAlone = key.endsWith('#');
    this.#extends = key.replace(/#$/, '') || undefined;
    this.#config = this.#isAlone ? path.posix.join(this.#extends ? path.posix.dirname(this.#extends) : folder, 'tsconfig.otel-handoff.json') : key;
    this.#options = options;
  }

  own(file: string): void {
    this.#own.add(file);
  }

  take(overlay: ReadonlyMap<string, string>): string[] {
    this.#overlay = overlay;
    const { files } = this.#check(overlay);
    return [...overlay.keys()].filter((file) => files.has(file));
  }

  newProblems(owners: ReadonlyMap<string, ProgramGroup>, only: ReadonlySet<string> | undefined): Problem[] {
    const isAsked = ({ file }: RawProblem): boolean => file === '' || ((owners.get(file) ?? this) === this && (only === undefined || only.has(file)));
    const after = this.#check(this.#overlay).problems.filter(isAsked);
    const excused = excuse(after, this.#overlay, this.#options);
    return surplus(after.filter((problem) => !excused(problem)), () => this.#check(new Map()).problems).map((raw) => finish(raw, this.#options.cwd));
  }

  #check(overlay: ReadonlyMap<string, string>): ReturnType<WholeChecker['check']> {
    const texts = new Map(overlay);
    if (this.#isAlone) texts.set(this.#config, this.#configText(overlay));
    const key = JSON.stringify([...texts]);
    let known = this.#known.get(key);
    if (!known) {
      try {
        known = this.#checker.check(this.#config, texts);
      } catch (error) {
        throw new CheckerError(error instanceof Error ? error.message : String(error), { cause: error });
      }
      this.#known.set(key, known);
    }
    return known;
  }

  #configText(overlay: ReadonlyMap<string, string>): string {
    const here = (file: string): string => `./${path.posix.relative(path.posix.dirname(this.#config), file)}`;
    const files = [...this.#own].filter((file) => overlay.has(file) || this.#options.read(file) !== undefined).map(here);
    const compilerOptions = { ...(this.#extends ? {} : plain), composite: false, incremental: false, noEmit: true };
    return JSON.stringify({ ...(this.#extends ? { extends: here(this.#extends) } : {}), compilerOptions, files, include: [] });
  }
}

/** A problem with its place in the text. */
export function rawProblemAt(file: string, text: string, start: number, code: number, message: string): RawProblem {
  const before = text.slice(0, start).split('\n');
  return { file, start, line: before.length, column: before.at(-1)!.length + 1, code, text: message, sourceLine: text.split('\n')[before.length - 1]!.trim() };
}
