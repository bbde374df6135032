/**
 * The project's own compiler, on texts that are not written yet: which problems would they add?
 */
import fs from 'node:fs';
import path from 'node:path';
import type ts from 'typescript';
import { gitRootOf } from '../project/paths.ts';
import type { Ts } from '../types.ts';
import { bundled, findCompiler, slashed, type Compiler } from './compilers.ts';
import { ApiChecker } from './native-api.ts';
import { MirrorChecker } from './native-mirror.ts';
import { finish, surplus, type Problem, type RawProblem } from './problems.ts';
import { Group, rawProblem, type ParsedFile, type ProgramGroup, type ProgramOptions } from './type-group.ts';
import { WholeGroup, type WholeChecker } from './whole-group.ts';

export class TypePrograms {
  readonly notes = new Set<string>();
  readonly options: ProgramOptions;
  readonly #groups = new Map<string, ProgramGroup>();
  readonly #owners = new Map<string, ProgramGroup>();
  readonly #configs = new Map<string, ts.ParsedCommandLine | undefined>();
  readonly #compilers = new Map<string, Compiler>();
  readonly #checkers = new Map<string, WholeChecker>();
  readonly #changeable: ReadonlySet<string>;
  readonly #newFiles: string[];

  /** `files`: all that may ever be changed. */
  constructor(files: Iterable<string>, options: ProgramOptions) {
    this.options = options;
    const all = [...files].map(slashed).filter((file) => kindOf(file) !== undefined);
    this.#changeable = new Set(all);
    this.#newFiles = all.filter((file) => this.#before(file) === undefined);
    const unplaced: string[] = [];
    for (const file of all) {
      if (!this.#place(file) && kindOf(file) === 'ts') unplaced.push(file);
    }
    // A new file that no tsconfig names belongs to whoever imports it; `newProblems` sees to that.
    for (const file of unplaced) if (!this.#newFiles.includes(file)) this.#placeAlone(file);
  }

  /** What these texts add to the problems that are there anyhow: wherever they can, or in some files only. */
  newProblems(changes: ReadonlyMap<string, string>, only?: ReadonlySet<string>): Problem[] {
    const overlay = new Map<string, string>();
    for (const [file, text] of changes) overlay.set(slashed(file), text.replace(/^\uFEFF/, ''));
    const problems: Problem[] = [];
    const some = only && new Set([...only].map(slashed));
    for (const group of this.#groups.values()) {
      for (const file of group.take(overlay)) if (!this.#owners.has(file)) this.#owners.set(file, group);
    }
    for (const file of overlay.keys()) {
      if (kindOf(file) === 'ts' && !this.#owners.has(file)) this.#placeAlone(file).take(overlay);
    }
    for (const group of this.#groups.values()) problems.push(...group.newProblems(this.#owners, some));
    for (const [file, text] of overlay) {
      if (kindOf(file) === 'js' && !this.#owners.has(file)) problems.push(...this.#parseProblems(file, text));
    }
    const seen = new Set<string>();
    return problems.filter(({ message }) => !seen.has(message) && seen.add(message));
  }

  #before(file: string): string | undefined {
    return this.options.read(file)?.replace(/^\uFEFF/, '');
  }

  /** Into the program of the tsconfig that includes the file. */
  #place(file: string): boolean {
    const config = this.#nearestConfig(file);
    if (!config) return false;
    const compiler = this.#compilerFor(path.posix.dirname(config));
    const seen = new Set<string>();
    const queue = [config];
    for (let next = queue.shift(); next; next = queue.shift()) {
      if (seen.has(next)) continue;
      seen.add(next);
      const parsed = this.#parse(compiler, next);
      if (parsed?.fileNames.some((name) => slashed(name) === file)) {
        this.#join(next, compiler, parsed, file, parsed.fileNames.map(slashed));
        return true;
      }
      for (const reference of parsed?.projectReferences ?? []) {
        queue.push(slashed(compiler.ts.resolveProjectReferencePath(reference)));
      }
    }
    return false;
  }

  /** Included by none: the nearest tsconfig's options, or plain ones. */
  #placeAlone(file: string): ProgramGroup {
    const config = this.#nearestConfig(file);
    const compiler = this.#compilerFor(path.posix.dirname(config ?? file));
    const parsed = config ? this.#parse(compiler, config) : undefined;
    if (!config) this.notes.add('Files with no tsconfig.json above them were checked with default options.');
    return this.#join(`${config ?? ''}#`, compiler, parsed, file, []);
  }

  #join(key: string, compiler: Compiler, parsed: ts.ParsedCommandLine | undefined, file: string, roots: string[]): ProgramGroup {
    let group = this.#groups.get(key);
    if (!group) {
      group = compiler.checker
        ? new WholeGroup(compiler.checker, key, compiler.folder, { ...this.options, hasNodeModules: compiler.hasNodeModules, notes: this.notes })
        : new Group(compiler, parsed, roots, this.#changeable, this.options, this.notes);
      this.#groups.set(key, group);
    }
    group.own(file);
    this.#owners.set(file, group);
    return group;
  }

  #nearestConfig(file: string): string | undefined {
    for (let folder = path.posix.dirname(file); ; folder = path.posix.dirname(folder)) {
      const candidate = path.posix.join(folder, 'tsconfig.json');
      if (fs.existsSync(candidate)) return candidate;
      if (path.posix.dirname(folder) === folder) return undefined;
    }
  }

  #parse({ ts }: Compiler, config: string): ts.ParsedCommandLine | undefined {
    if (!this.#configs.has(config)) {
      const host: ts.ParseConfigFileHost = {
        ...ts.sys,
        getCurrentDirectory: () => path.posix.dirname(config),
        readDirectory: (...args) => [...ts.sys.readDirectory(...args), ...this.#matchNewFiles(ts, args)],
        onUnRecoverableConfigFileDiagnostic: () => {},
      };
      this.#configs.set(config, ts.getParsedCommandLineOfConfigFile(config, {}, host));
    }
    return this.#configs.get(config);
  }

  /** New files are on no disk for the compiler's `include` to find. */
  #matchNewFiles(ts: Ts, [root, extensions, excludes, includes, depth]: Parameters<ts.System['readDirectory']>): string[] {
    if (this.#newFiles.length === 0) return [];
    const { matchFiles } = ts as Ts & { matchFiles?: MatchFiles };
    if (!matchFiles) return [];
    const entries = (folder: string): { files: string[]; directories: string[] } => {
      const prefix = folder.replace(/\/?$/, '/');
      const below = this.#newFiles.filter((file) => file.startsWith(prefix)).map((file) => file.slice(prefix.length));
      const directories = new Set(below.filter((name) => name.includes('/')).map((name) => name.slice(0, name.indexOf('/'))));
      return { files: below.filter((name) => !name.includes('/')), directories: [...directories] };
    };
    const sensitive = ts.sys.useCaseSensitiveFileNames;
    return matchFiles(root, extensions, excludes, includes, sensitive, root, depth, entries, (name) => name);
  }

  /** Ends the processes of compilers that have one, and removes what they were given. */
  close(): void {
    for (const checker of new Set(this.#checkers.values())) checker.close();
  }

  #compilerFor(folder: string): Compiler {
    let compiler = this.#compilers.get(folder);
    if (!compiler) {
      compiler = findCompiler(folder, (home, version) => this.#checkerFor(home, version));
      this.#compilers.set(folder, compiler);
      if (compiler.note) this.notes.add(compiler.note);
    }
    return compiler;
  }

  /** One for all packages that share a TypeScript. */
  #checkerFor(home: string, version: string): WholeChecker {
    if (!this.options.outside) throw new Error('it gave no answer');
    let checker = this.#checkers.get(home);
    if (!checker) {
      const { cwd } = this.options;
      const before = (file: string): string | null | undefined => this.#changeable.has(file) ? this.#before(file) ?? null : undefined;
      checker = ApiChecker.open(home, version, cwd, before) ?? new MirrorChecker(home, gitRootOf(cwd) ?? cwd, before);
      this.#checkers.set(home, checker);
    }
    return checker;
  }

  #parseProblems(file: string, after: string): Problem[] {
    const parse = (text: string): RawProblem[] => {
      const source = bundled.createSourceFile(file, text, bundled.ScriptTarget.Latest, false, bundled.ScriptKind.JSX);
      return ((source as ParsedFile).parseDiagnostics ?? []).map((diagnostic) => rawProblem(bundled, diagnostic, source));
    };
    return surplus(parse(after), () => parse(this.#before(file) ?? '')).map((raw) => finish(raw, this.options.cwd));
  }
}

type MatchFiles = (
  root: string, extensions: readonly string[] | undefined, excludes: readonly string[] | undefined,
  includes: readonly string[] | undefined, caseSensitive: boolean, cwd: string, depth: number | undefined,
  entries: (folder: string) => { files: string[]; directories: string[] }, realpath: (name: string) => string,
) => string[];

function kindOf(file: string): 'ts' | 'js' | undefined {
  if (/\.[cm]?tsx?$/.test(file)) return 'ts';
  return /\.[cm]?jsx?$/.test(file) ? 'js' : undefined;
}
