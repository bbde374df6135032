/** One file of the repo at a time: parsed if its words ask for it, and judged by the engine and by what its package says. */
import { Engine, isFinding } from '../analysis/engine.ts';
import { mayMatter, type FileFacts, type Judged } from '../analysis/judge.ts';
import { parse, parseErrors, type Neighbours, type SourceText } from '../analysis/source.ts';
import { narrowed } from '../catalogue/catalogue.ts';
import { mayUse } from '../catalogue/may-use.ts';
import type { Boundary, ToolError, Ts } from '../types.ts';
import { atRest } from './at-rest.ts';
import { Callers } from './callers.ts';
import { Facts } from './facts.ts';
import { filesByPackage } from './files-by-package.ts';
import { isTestPath } from './files.ts';
import type { Candidate, Gathered } from './gathered.ts';
import { isGenerated } from './lines.ts';
import { reasonOf } from './look.ts';
import { Modules } from './modules.ts';
import { PassedValues } from './passed.ts';
import { relativePath } from './paths.ts';
import type { ProjectOptions } from './project.ts';
import type { Survey } from './survey.ts';
import { Trees } from './trees.ts';
import { TypedFiles } from './typed-files.ts';

/** What one file came to. */
export interface JudgedFile {
  judged: Judged[];
  parsed: boolean;
  error?: Omit<ToolError, 'path'>;
}

export type JudgingOptions = Pick<ProjectOptions, 'cwd' | 'config' | 'types' | 'reportUnknown' | 'kept' | 'focus' | 'runtime' | 'instrumentations' | 'strict' | 'everyRule'>;

export class Judging {
  readonly engine: Engine;
  readonly facts: Facts;
  readonly modules: Modules;
  readonly neighbours: Neighbours;
  readonly filesIn: (packageDir: string | undefined) => readonly string[];
  readonly notes: () => readonly string[];
  readonly #ts: Ts;
  readonly #options: JudgingOptions;
  readonly #present: ReadonlySet<Boundary>;
  readonly #trees: Trees;
  readonly #read: Gathered['read'];

  /** @param present the boundaries whose libraries are in play at all */
  constructor(ts: Ts, options: JudgingOptions, { packages, catalogue, all }: Pick<Survey, 'packages' | 'catalogue' | 'all'>, gathered: Gathered, present: ReadonlySet<Boundary>) {
    const { cwd, config } = options;
    const { read, vocabularies, worded, untold, candidates } = gathered;
    this.#ts = ts;
    this.#options = options;
    this.#present = present;
    this.#read = read;
    const modules = this.modules = new Modules(ts, packages);
    const trees = this.#trees = new Trees((path, anyLength) => {
      const text = read(path);
      return text === undefined || (!anyLength && isGenerated(text)) ? undefined : parse(ts, path, text);
    });
    const load = (path: string): SourceText | undefined => trees.load(path);
    const passed = new PassedValues(ts, worded, read, vocabularies, load);
    const callers = new Callers(ts, () => all.filter((path) => !isTestPath(relativePath(cwd, path))), vocabularies, read, load);
    this.neighbours = {
      resolve: (from, specifier) => modules.resolve(from, specifier), load, read,
      packageName: (path) => packages.packageOf(path)?.manifest.name,
      passedAs: (name, origins) => passed.of(name, origins),
      decorated: (name, origins) => passed.decorated(name, origins),
      provided: (token, source, origins) => passed.provided(token, source, origins),
      filesWith: (word) => vocabularies.filesWith(word),
      callersOf: (fn, source, origins, within) => callers.of(fn, source, origins, within),
    };
    const typed = options.types ? new TypedFiles(ts, cwd, () => candidates.map(({ path }) => path)) : undefined;
    this.notes = () => typed?.notes ?? [];
    this.engine = new Engine(ts, narrowed(catalogue, (boundary) => present.has(boundary)), {
      carriers: config.carriers, neighbours: this.neighbours, ...(typed ? { typeOf: (node) => typed.of(node) } : {}), ...(options.reportUnknown ? { reportUnknown: true } : {}),
    });
    const filesIn = this.filesIn = filesByPackage(all, packages);
    this.facts = new Facts(ts, packages, modules, options, { filesOf: (pkg) => filesIn(pkg.dir), read: (path) => untold.has(path) ? undefined : read(path) });
  }

  /** One file never costs the others their results: what goes wrong is in `error`. */
  judge(candidate: Candidate): JudgedFile {
    try {
      return this.#judge(candidate);
    } catch (error) {
      return { judged: [], parsed: false, error: { code: 'crash', message: reasonOf(error) } };
    }
  }

  /** What is left of a candidate's boundaries after a closer look at its text. */
  possible({ path, within }: Candidate): Boundary[] {
    const text = this.#read(path) ?? '';
    return within.filter((boundary) => this.#present.has(boundary) && mayUse(boundary, text));
  }

  #judge(candidate: Candidate): JudgedFile {
    const { path } = candidate;
    const text = this.#read(path)!;
    const there = this.possible(candidate);
    if (there.length === 0) return { judged: [], parsed: false };
    const known = this.#factsOf(path, text);
    // An unused directive is worth a word wherever it stands.
    if (!text.includes('handoff-ignore') && !there.some((boundary) => mayMatter(boundary, known, this.#keeps))) return { judged: [], parsed: false };
    const source = this.#trees.load(path, true)!;
    const [first] = parseErrors(this.#ts, source);
    if (first !== undefined) return { judged: [], parsed: true, error: { code: 'parse-error', message: first } };
    const judged = this.#analyse(source, known, there);
    // Most candidates have no handoff: their trees need not stay in memory.
    if (judged.length === 0) this.#trees.drop(path);
    else if (this.#mayRest(judged, text)) return { judged: this.#rested(path, there, judged), parsed: true };
    else this.#trees.hold(source);
    return { judged, parsed: true };
  }

  /** Handoffs that were found in a file, without its tree. */
  #rested(path: string, within: readonly Boundary[], found: readonly Judged[]): Judged[] {
    return atRest(found, {
      path, read: () => this.#read(path) ?? '',
      parse: (source) => {
        const { ast } = this.#trees.load(path, true)!;
        this.#trees.hold(source);
        return ast;
      },
      again: (source) => this.#analyse(source, this.#factsOf(path, source.text), within),
    });
  }

  get #keeps(): boolean {
    return this.#options.kept ?? true;
  }

  #factsOf(path: string, text: string): FileFacts {
    return this.facts.of({ path, text }, this.#options.config);
  }

  #analyse(source: SourceText, known: FileFacts, within: readonly Boundary[]): Judged[] {
    // A callback has no other side: in order or silent, it bears on nothing else.
    const wanted = (one: Judged): boolean => this.#keeps || one.pending || one.boundary.role !== 'callback' || !['kept', 'silent'].includes(one.verdict);
    return this.engine.analyse(source, () => known, within).filter((one) => wanted(one) || source.text.includes('handoff-ignore'));
  }

  /** Whether nobody is likely to look at the code of what was found: no finding is there, nor what may become one. */
  #mayRest(judged: readonly Judged[], text: string): boolean {
    return !this.#keeps && this.#options.focus === undefined && !text.includes('handoff-ignore') && !judged.some((one) => one.pending || isFinding(one));
  }
}
