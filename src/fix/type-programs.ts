/**
 * The project's own compiler, on texts that are not written yet: which problems would they add?
 */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { libFolderInMemoryPath, ts as bundledModule } from '@ts-morph/common';
import type ts from 'typescript';
import { bundledLibs } from '../project/bundled-libs.ts';
import { gitRootOf } from '../project/paths.ts';
import type { Ts } from '../types.ts';
import { ApiChecker } from './native-api.ts';
import { MirrorChecker } from './native-mirror.ts';
import { excuse, finish, surplus, type Problem, type RawProblem } from './problems.ts';
import { WholeGroup, type WholeChecker } from './whole-group.ts';

export interface ProgramOptions {
  cwd: string;
  /** The text as it was analysed; undefined: there is no such file. */
  read: (file: string) => string | undefined;
  /** From so many files of its own on, a program's changed files and their direct importers alone are checked. */
  maxFiles: number;
  /** Modules that package.json names from now on and that nobody can have installed yet. */
  willBeInstalled: ReadonlySet<string>;
  /** Whether compilers that are no JavaScript may be run. */
  outside: boolean;
}

const bundled = bundledModule as unknown as Ts;

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

type ParsedFile = ts.SourceFile & { parseDiagnostics?: readonly ts.Diagnostic[]; imports?: readonly ts.Node[] };

/** What one program is asked, whichever compiler it has. */
export interface ProgramGroup {
  /** Has this file from now on. */
  own(file: string): void;
  /** Takes these texts, and says which of them are part of it. */
  take(overlay: ReadonlyMap<string, string>): string[];
  /** What the texts add: everywhere, or in some files. */
  newProblems(owners: ReadonlyMap<string, ProgramGroup>, only: ReadonlySet<string> | undefined): Problem[];
}

/** The files of one tsconfig. */
class Group implements ProgramGroup {
  readonly #ts: Ts;
  readonly #host: (overlay: ReadonlyMap<string, string>) => ts.CompilerHost;
  readonly #programOptions: ts.CompilerOptions;
  readonly #references: readonly ts.ProjectReference[] | undefined;
  readonly #roots: Set<string>;
  readonly #own = new Set<string>();
  readonly #changeable: ReadonlySet<string>;
  readonly #options: ProgramOptions;
  readonly #notes: Set<string>;
  readonly #hasNodeModules: boolean;
  readonly #sources = new Map<string, { text: string; source: ts.SourceFile }[]>();
  readonly #disk = new Map<string, string | undefined>();
  #latest: { program: ts.Program; overlay: ReadonlyMap<string, string>; roots: number } | undefined;
  #checked: { overlay: ReadonlyMap<string, string>; problems: Map<string, RawProblem[]> } | undefined;
  #before: { program: ts.Program; problems: Map<string, RawProblem[]> } | undefined;

  constructor(
    compiler: Compiler, parsed: ts.ParsedCommandLine | undefined, roots: string[], changeable: ReadonlySet<string>,
    options: ProgramOptions, notes: Set<string>,
  ) {
    this.#ts = compiler.ts;
    this.#changeable = changeable;
    this.#options = options;
    this.#notes = notes;
    this.#roots = new Set(roots);
    this.#references = parsed?.projectReferences;
    this.#hasNodeModules = compiler.hasNodeModules;
    this.#programOptions = programOptions(compiler.ts, parsed);
    this.#host = (overlay) => this.#overlayHost(compiler, overlay);
  }

  own(file: string): void {
    this.#own.add(file);
    this.#roots.add(file);
  }

  /** Builds the program on these texts, and says which of them are part of it. */
  take(overlay: ReadonlyMap<string, string>): string[] {
    const last = this.#latest;
    const isSame = last && last.roots === this.#roots.size && last.overlay.size === overlay.size
      && [...overlay].every(([file, text]) => last.overlay.get(file) === text);
    if (!isSame) this.#latest = { program: this.#program(overlay, last?.program), overlay, roots: this.#roots.size };
    return [...overlay.keys()].filter((file) => this.#latest!.program.getSourceFile(file));
  }

  newProblems(owners: ReadonlyMap<string, ProgramGroup>, only: ReadonlySet<string> | undefined): Problem[] {
    const { program, overlay } = this.#latest!;
    const problems = only ? new Map<string, RawProblem[]>() : this.#settled(program, overlay);
    for (const file of only ?? this.#affected(program, this.#stale(program, overlay))) {
      const owner = owners.get(file);
      if (!owner || owner === this) problems.set(file, this.#problemsOf(program, file));
    }
    problems.set('', this.#optionProblems(program));
    if (!only) this.#checked = { overlay, problems };

    const excused = excuse([...problems.values()].flat(), overlay, { hasNodeModules: this.#hasNodeModules, willBeInstalled: this.#options.willBeInstalled, notes: this.#notes });
    return [...problems].flatMap(([file, found]) =>
      surplus(found.filter((problem) => !excused(problem)), () => this.#problemsBefore(file))
        .map((raw) => finish(raw, this.#options.cwd)));
  }

  /** What has changed since all that it affects was checked. */
  #stale(program: ts.Program, overlay: ReadonlyMap<string, string>): string[] {
    const last = this.#checked?.overlay;
    const files = new Set([...overlay.keys(), ...(last?.keys() ?? [])]);
    return [...files].filter((file) => program.getSourceFile(file) && overlay.get(file) !== last?.get(file));
  }

  /** What was found then, and is overwritten where it is looked for again. */
  #settled(program: ts.Program, overlay: ReadonlyMap<string, string>): Map<string, RawProblem[]> {
    const problems = new Map<string, RawProblem[]>();
    for (const [file, known] of this.#checked?.problems ?? []) {
      if (program.getSourceFile(file) && (overlay.has(file) || this.#read(file) !== undefined)) problems.set(file, known);
    }
    return problems;
  }

  #problemsBefore(file: string): RawProblem[] {
    this.#before ??= { program: this.#program(new Map(), this.#latest?.program), problems: new Map() };
    const { program, problems } = this.#before;
    let known = problems.get(file);
    if (!known) {
      known = file === '' ? this.#optionProblems(program) : this.#problemsOf(program, file);
      problems.set(file, known);
    }
    return known;
  }

  #program(overlay: ReadonlyMap<string, string>, oldProgram: ts.Program | undefined): ts.Program {
    const rootNames = [...this.#roots].filter((file) => overlay.has(file) || this.#read(file) !== undefined);
    const options: ts.CreateProgramOptions = { rootNames, options: this.#programOptions, host: this.#host(overlay) };
    if (this.#references) options.projectReferences = this.#references;
    if (oldProgram) options.oldProgram = oldProgram;
    return this.#ts.createProgram(options);
  }

  #problemsOf(program: ts.Program, file: string): RawProblem[] {
    const source = program.getSourceFile(file);
    if (!source) return [];
    const found: ts.Diagnostic[] = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    const declares = this.#programOptions.declaration ?? this.#programOptions.composite;
    if (declares && this.#own.has(file)) found.push(...program.getDeclarationDiagnostics(source));
    return found
      .filter((diagnostic) => diagnostic.category === this.#ts.DiagnosticCategory.Error)
      .map((diagnostic) => rawProblem(this.#ts, diagnostic, diagnostic.file ?? source));
  }

  #optionProblems(program: ts.Program): RawProblem[] {
    return [...program.getOptionsDiagnostics(), ...program.getGlobalDiagnostics()]
      .map((diagnostic) => rawProblem(this.#ts, diagnostic, diagnostic.file));
  }

  /** These files and those that import them, of the program's own. */
  #affected(program: ts.Program, changed: readonly string[]): Set<string> {
    const { maxFiles } = this.#options;
    const own = program.getSourceFiles().filter((source) => this.#isOwn(program, source));
    const sources = changed.map((file) => program.getSourceFile(file)).filter((source) => source !== undefined);
    const isLarge = own.length >= maxFiles;
    const affected = new Set(sources.map((source) => slashed(source.fileName)));
    if (!isLarge && sources.some((source) => this.#isGlobal(source))) return new Set(own.map((source) => slashed(source.fileName)));
    if (isLarge) {
      this.#notes.add(`In programs of ${maxFiles} files and more, only changed files and their direct importers are checked.`);
    }
    const importers = importersOf(this.#ts, program, own);
    const queue = [...affected];
    for (const file of queue) {
      for (const importer of importers.get(file) ?? []) {
        if (affected.has(importer)) continue;
        affected.add(importer);
        if (!isLarge) queue.push(importer);
      }
    }
    return affected;
  }

  #isOwn(program: ts.Program, source: ts.SourceFile): boolean {
    return !source.isDeclarationFile && !program.isSourceFileFromExternalLibrary(source)
      && !program.isSourceFileDefaultLibrary(source) && !source.fileName.includes('/node_modules/');
  }

  /** Whether others can see what it declares without importing it. */
  #isGlobal(source: ts.SourceFile): boolean {
    const isModule = this.#ts.isExternalModule(source)
      || (source as ts.SourceFile & { commonJsModuleIndicator?: unknown }).commonJsModuleIndicator !== undefined;
    return !isModule || source.statements.some((statement) =>
      this.#ts.isModuleDeclaration(statement)
      && (this.#ts.isStringLiteral(statement.name) || statement.name.text === 'global'));
  }

  #read(file: string): string | undefined {
    if (!this.#disk.has(file)) {
      this.#disk.set(file, this.#changeable.has(file) ? this.#options.read(file)?.replace(/^\uFEFF/, '') : this.#ts.sys.readFile(file));
    }
    return this.#disk.get(file);
  }

  #overlayHost(compiler: Compiler, overlay: ReadonlyMap<string, string>): ts.CompilerHost {
    const { ts } = compiler;
    const host = ts.createCompilerHost(this.#programOptions);
    const folders = new Set([...overlay.keys()].flatMap((file) => ancestors(file)));
    const { fileExists, directoryExists } = host;
    const readFile = (file: string): string | undefined => overlay.get(slashed(file)) ?? compiler.libs?.get(file) ?? this.#read(slashed(file));
    Object.assign(host, {
      getCurrentDirectory: () => compiler.folder,
      readFile,
      fileExists: (file: string) => overlay.has(slashed(file)) || compiler.libs?.has(file) || fileExists.call(host, file),
      directoryExists: (folder: string) => folders.has(slashed(folder)) || (directoryExists?.call(host, folder) ?? true),
      getSourceFile: (file: string, version: ts.ScriptTarget | ts.CreateSourceFileOptions) =>
        this.#sourceFile(file, readFile(file), version),
      // Referenced projects are read from their sources: nobody has built the texts that are being tried.
      useSourceOfProjectReferenceRedirect: () => true,
      jsDocParsingMode: ts.JSDocParsingMode?.ParseForTypeErrors,
    });
    if (compiler.libs) {
      host.getDefaultLibLocation = () => libFolderInMemoryPath;
      host.getDefaultLibFileName = (options) => `${libFolderInMemoryPath}/${ts.getDefaultLibFileName(options)}`;
    }
    return host;
  }

  /** One tree a text, whichever program asks: before and after differ in few. */
  #sourceFile(file: string, text: string | undefined, version: ts.ScriptTarget | ts.CreateSourceFileOptions): ts.SourceFile | undefined {
    if (text === undefined) return undefined;
    const known = this.#sources.get(file) ?? [];
    const hit = known.find((entry) => entry.text === text);
    if (hit) return hit.source;
    const source = this.#ts.createSourceFile(file, text, version);
    this.#sources.set(file, [...known, { text, source }]);
    return source;
  }
}

function programOptions(ts: Ts, parsed: ts.ParsedCommandLine | undefined): ts.CompilerOptions {
  const options: ts.CompilerOptions = parsed
    ? { ...parsed.options }
    : {
      target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler ?? ts.ModuleResolutionKind.Node10, allowImportingTsExtensions: true,
    };
  // Nothing is emitted, and no build information of the project's is read or written.
  return { ...options, noEmit: true, incremental: undefined, tsBuildInfoFile: undefined, skipLibCheck: true };
}

/** For each file, those that import it. */
function importersOf(ts: Ts, program: ts.Program, own: readonly ts.SourceFile[]): Map<string, Set<string>> {
  const importers = new Map<string, Set<string>>();
  const checker = program.getTypeChecker();
  const add = (imported: string, by: ts.SourceFile): void => {
    const known = importers.get(imported);
    if (known) known.add(slashed(by.fileName));
    else importers.set(imported, new Set([slashed(by.fileName)]));
  };
  for (const source of own) {
    for (const specifier of (source as ParsedFile).imports ?? specifiersOf(ts, source)) {
      for (const declaration of checker.getSymbolAtLocation(specifier)?.declarations ?? []) {
        add(slashed(declaration.getSourceFile().fileName), source);
      }
    }
    for (const { fileName } of source.referencedFiles) {
      add(slashed(path.posix.resolve(path.posix.dirname(slashed(source.fileName)), fileName)), source);
    }
  }
  return importers;
}

/** The compiler keeps these as `imports`, though not in its public types. */
function specifiersOf(ts: Ts, source: ts.SourceFile): ts.Node[] {
  return source.statements.flatMap((statement) => {
    const hasSpecifier = ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement);
    return hasSpecifier && statement.moduleSpecifier ? [statement.moduleSpecifier] : [];
  });
}

function rawProblem(ts: Ts, diagnostic: ts.Diagnostic, source: ts.SourceFile | undefined): RawProblem {
  const start = diagnostic.start ?? 0;
  const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n');
  if (!source) return { file: '', start, line: 0, column: 0, code: diagnostic.code, text, sourceLine: '' };
  const { line, character } = source.getLineAndCharacterOfPosition(start);
  const sourceLine = source.text.slice(start - character).split('\n', 1)[0]!.trim();
  return { file: slashed(source.fileName), start, line: line + 1, column: character + 1, code: diagnostic.code, text, sourceLine };
}

interface Compiler {
  ts: Ts;
  folder: string;
  hasNodeModules: boolean;
  /** The bundled compiler has its library files in memory. */
  libs?: ReadonlyMap<string, string>;
  /** A compiler that is no JavaScript module: `ts` only reads tsconfig.json for it. */
  checker?: WholeChecker;
  note?: string;
}

function findCompiler(folder: string, checkerOf: (home: string, version: string) => WholeChecker): Compiler {
  const hasNodeModules = [folder, ...ancestors(folder)].some((parent) => fs.existsSync(path.posix.join(parent, 'node_modules')));
  const require = createRequire(path.join(folder, 'package.json'));
  const bundledWith = (note: string): Compiler => ({ ts: bundled, folder, hasNodeModules, libs: bundledLibs(), note });
  const instead = `types were checked with TypeScript ${bundled.version}, which otel-handoff brings along`;
  let version: string | undefined;
  try {
    const manifest = require.resolve('typescript/package.json');
    version = (require(manifest) as { version: string }).version;
    if (Number.parseInt(version, 10) < 7) return { ts: require('typescript') as Ts, folder, hasNodeModules };
    return { ts: bundled, folder, hasNodeModules, checker: checkerOf(path.dirname(manifest), version) };
  } catch {
    if (version) return bundledWith(`The project's TypeScript ${version} could not be asked; ${instead}.`);
    return bundledWith(`TypeScript is not installed here; ${instead}.`);
  }
}

function ancestors(file: string): string[] {
  const folders: string[] = [];
  for (let folder = path.posix.dirname(file); ; folder = path.posix.dirname(folder)) {
    folders.push(folder);
    if (path.posix.dirname(folder) === folder) return folders;
  }
}

function kindOf(file: string): 'ts' | 'js' | undefined {
  if (/\.[cm]?tsx?$/.test(file)) return 'ts';
  return /\.[cm]?jsx?$/.test(file) ? 'js' : undefined;
}

export function slashed(file: string): string {
  return path.sep === '/' ? file : file.replaceAll(path.sep, '/');
}
