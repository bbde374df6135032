/**
 * What the type checker says, for `check --types`: a program for the files of one tsconfig, made when the first of them
 * is asked about and dropped when another tsconfig's turn comes. Its roots are the candidates, not all files.
 */
import fs from 'node:fs';
import path from 'node:path';
import type ts from 'typescript';
import type { Origin, TypeOrigin } from '../analysis/origins.ts';
import { typeOrigins } from '../analysis/type-origins.ts';
import type { Ts } from '../types.ts';
import { bundledLibs, libFolder } from './bundled-libs.ts';
import { foldersUp, relativePath } from './paths.ts';

interface Group {
  config: string | undefined;
  parsed: ts.ParsedCommandLine | undefined;
}

interface Loaded {
  group: Group;
  program: ts.Program;
  typeOf: TypeOrigin;
}

export class TypedFiles {
  readonly notes: string[] = [];
  readonly #ts: Ts;
  readonly #cwd: string;
  readonly #files: () => readonly string[];
  readonly #groups = new Map<string, Group>();
  readonly #byFile = new Map<string, Group>();
  #loaded: Loaded | undefined;

  /** @param files the candidates, once they are known */
  constructor(ts: Ts, cwd: string, files: () => readonly string[]) {
    this.#ts = ts;
    this.#cwd = cwd;
    this.#files = files;
  }

  /** The checker's word on an expression of a file that was parsed without types. */
  of(node: ts.Expression): Origin | undefined {
    const file = node.getSourceFile();
    const { program, typeOf } = this.#load(this.#groupOf(file.fileName));
    const typed = program.getSourceFile(file.fileName);
    const same = typed && typed.text === file.text ? nodeAt(this.#ts, typed, node) : undefined;
    return same && typeOf(same as ts.Expression);
  }

  #load(group: Group): Loaded {
    if (this.#loaded?.group === group) return this.#loaded;
    this.#loaded = undefined; // one at a time: each holds all that its files import
    const rootNames = this.#files().filter((file) => this.#groupOf(file) === group);
    const ambient = group.parsed?.fileNames.filter((file) => /\.d\.[mc]?ts$/.test(file)) ?? [];
    const ts = this.#ts;
    const options: ts.CompilerOptions = {
      target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler,
      ...group.parsed?.options,
      allowJs: true, noEmit: true, skipLibCheck: true, incremental: undefined, composite: undefined, tsBuildInfoFile: undefined, maxNodeModuleJsDepth: 0,
    };
    const program = ts.createProgram({ rootNames: [...rootNames, ...ambient], options, host: host(ts, options) });
    return this.#loaded = { group, program, typeOf: typeOrigins(ts, program) };
  }

  /** The nearest tsconfig.json, or the one that it refers to and that includes the file. */
  #groupOf(file: string): Group {
    let group = this.#byFile.get(file);
    if (!group) {
      const config = foldersUp(path.dirname(file)).map((folder) => path.join(folder, 'tsconfig.json')).find((each) => fs.existsSync(each));
      if (config === undefined) this.#note('Files with no tsconfig.json above them were typed with default options.');
      group = this.#including(config, file);
      this.#byFile.set(file, group);
    }
    return group;
  }

  #including(config: string | undefined, file: string): Group {
    const nearest = this.#group(config);
    const queue = [nearest];
    const seen = new Set<Group>();
    for (let group = queue.shift(); group; group = queue.shift()) {
      if (seen.has(group)) continue;
      seen.add(group);
      if (group.parsed?.fileNames.includes(file)) return group;
      for (const reference of group.parsed?.projectReferences ?? []) queue.push(this.#group(this.#ts.resolveProjectReferencePath(reference)));
    }
    return nearest;
  }

  #group(config: string | undefined): Group {
    let group = this.#groups.get(config ?? '');
    if (!group) this.#groups.set(config ?? '', group = { config, parsed: config === undefined ? undefined : this.#parse(config) });
    return group;
  }

  #parse(config: string): ts.ParsedCommandLine | undefined {
    const ts = this.#ts;
    let problem: ts.Diagnostic | undefined;
    const parsed = ts.getParsedCommandLineOfConfigFile(config, {}, { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (diagnostic) => { problem = diagnostic; } });
    // 18002, 18003: it includes no files, as one that only others extend or refer to.
    problem ??= parsed?.errors.find((error) => error.category === ts.DiagnosticCategory.Error && error.code !== 18002 && error.code !== 18003);
    if (problem) this.#note(`${relativePath(this.#cwd, config)} could not be read whole, so its files' types may be missing: ${ts.flattenDiagnosticMessageText(problem.messageText, ' ')}`);
    return parsed;
  }

  #note(note: string): void {
    if (!this.notes.includes(note)) this.notes.push(note);
  }
}

const libFiles = new Map<string, ts.SourceFile>();

/** One tree for all programs: they are half of a small one's time. */
function libFile(ts: Ts, file: string, text: string, version: ts.ScriptTarget | ts.CreateSourceFileOptions): ts.SourceFile {
  const key = `${file} ${typeof version === 'object' ? version.languageVersion : version}`;
  let known = libFiles.get(key);
  if (!known) libFiles.set(key, known = ts.createSourceFile(file, text, version, true));
  return known;
}

/** The disk, and the compiler's own library files from memory. */
function host(ts: Ts, options: ts.CompilerOptions): ts.CompilerHost {
  const disk = ts.createCompilerHost(options, true);
  const libs = bundledLibs();
  const readFile = (file: string): string | undefined => libs.get(file) ?? disk.readFile(file);
  return {
    ...disk, readFile,
    fileExists: (file) => libs.has(file) || disk.fileExists(file),
    getSourceFile: (file, version) => {
      if (libs.has(file)) return libFile(ts, file, libs.get(file)!, version);
      const text = readFile(file);
      return text === undefined ? undefined : ts.createSourceFile(file, text, version, true);
    },
    getDefaultLibLocation: () => libFolder(),
    getDefaultLibFileName: (given) => `${libFolder()}/${ts.getDefaultLibFileName(given)}`,
  };
}

/** The node of another tree of the same text. */
function nodeAt(ts: Ts, file: ts.SourceFile, wanted: ts.Node): ts.Node | undefined {
  let at: ts.Node | undefined = file;
  while (at && !(at.pos === wanted.pos && at.end === wanted.end && at.kind === wanted.kind)) {
    at = ts.forEachChild(at, (child) => (child.pos <= wanted.pos && child.end >= wanted.end ? child : undefined));
  }
  return at;
}
