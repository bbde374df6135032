/** One program of the project's own compiler, with texts that are not written yet in place of those on disk. */
import path from 'node:path';
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { libFolder } from '../project/bundled-libs.ts';
import { ancestors, slashed, type Compiler } from './compilers.ts';
import { excuse, finish, surplus, type Problem, type RawProblem } from './problems.ts';

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

export type ParsedFile = ts.SourceFile & { parseDiagnostics?: readonly ts.Diagnostic[]; imports?: readonly ts.Node[] };

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
export class Group implements ProgramGroup {
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
    const isNew = (found: readonly RawProblem[], before: () => readonly RawProblem[]): RawProblem[] => surplus(found.filter((problem) => !excused(problem)), before);
    const suspects = [...problems].filter(([file, found]) => isNew(found, () => this.#problemsBefore(file)).length > 0).map(([file]) => file);
    if (suspects.length === 0) return [];
    // What a compiler says where types are missing depends on what it has looked at before: both are asked in one order.
    const again = this.#program(overlay, program);
    const before = this.#program(new Map(), program);
    return suspects.flatMap((file) => {
      const known = this.#problemsIn(before, file);
      return isNew(this.#problemsIn(again, file), () => known).map((raw) => finish(raw, this.#options.cwd));
    });
  }

  #problemsIn(program: ts.Program, file: string): RawProblem[] {
    return file === '' ? this.#optionProblems(program) : this.#problemsOf(program, file);
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
      known = this.#problemsIn(program, file);
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
      host.getDefaultLibLocation = () => libFolder();
      host.getDefaultLibFileName = (options) => `${libFolder()}/${ts.getDefaultLibFileName(options)}`;
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

export function rawProblem(ts: Ts, diagnostic: ts.Diagnostic, source: ts.SourceFile | undefined): RawProblem {
  const start = diagnostic.start ?? 0;
  const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n');
  if (!source) return { file: '', start, line: 0, column: 0, code: diagnostic.code, text, sourceLine: '' };
  const { line, character } = source.getLineAndCharacterOfPosition(start);
  const sourceLine = source.text.slice(start - character).split('\n', 1)[0]!.trim();
  return { file: slashed(source.fileName), start, line: line + 1, column: character + 1, code: diagnostic.code, text, sourceLine };
}
