/** TypeScript 7.0's own API (`typescript/unstable/sync`): a process that is asked for diagnostics, and asks back for files. */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { RawProblem } from './problems.ts';
import { rawProblemAt, type WholeChecker } from './whole-group.ts';

/** The part of it that is used; as 7.0 has it. 7.1 already differs. */
const TRIED = /^7\.0\./;

interface NativeDiagnostic {
  fileName?: string;
  pos: number;
  code: number;
  category: number;
  text: string;
  messageChain?: readonly NativeDiagnostic[];
}

interface NativeProgram {
  getSourceFileNames(): readonly string[];
  getCompilerOptions(): { declaration?: boolean; composite?: boolean };
  getSyntacticDiagnostics(): readonly NativeDiagnostic[];
  getSemanticDiagnostics(): readonly NativeDiagnostic[];
  getDeclarationDiagnostics(): readonly NativeDiagnostic[];
  getProgramDiagnostics(): readonly NativeDiagnostic[];
  getGlobalDiagnostics(): readonly NativeDiagnostic[];
}

interface NativeApi {
  updateSnapshot(params: { openProjects?: string[]; fileChanges?: { changed: string[]; created: string[]; deleted: string[] } }): { getProject(config: string): { program: NativeProgram } | undefined };
  close(): void;
}

type Before = (file: string) => string | null | undefined;

const ERROR = 1;

export class ApiChecker implements WholeChecker {
  readonly #api: NativeApi;
  readonly #before: Before;
  readonly #opened = new Set<string>();
  #texts: ReadonlyMap<string, string> = new Map();

  /** `before`: a file's text as it was analysed, null where there is none, undefined for files that nobody changes. Undefined where this TypeScript has no such API. */
  static open(home: string, version: string, cwd: string, before: Before): ApiChecker | undefined {
    if (!TRIED.test(version)) return undefined;
    try {
      const { API } = createRequire(path.join(home, 'package.json'))('typescript/unstable/sync') as { API: new (options: object) => NativeApi };
      return new ApiChecker(API, cwd, before);
    } catch {
      return undefined;
    }
  }

  private constructor(API: new (options: object) => NativeApi, cwd: string, before: Before) {
    this.#before = before;
    this.#api = new API({ cwd, fs: {
      readFile: (file: string) => this.#read(file),
      fileExists: (file: string) => this.#exists(file),
      directoryExists: (folder: string) => [...this.#texts.keys()].some((file) => file.startsWith(`${folder}/`)) || undefined,
      getAccessibleEntries: (folder: string) => this.#entries(folder),
    } });
    this.#api.updateSnapshot({});
  }

  check(config: string, texts: ReadonlyMap<string, string>): { files: ReadonlySet<string>; problems: RawProblem[] } {
    const program = this.#programOf(config, texts);
    const { declaration, composite } = program.getCompilerOptions();
    const found = [
      ...program.getSyntacticDiagnostics(), ...program.getSemanticDiagnostics(), ...(declaration ?? composite ? program.getDeclarationDiagnostics() : []),
      ...program.getProgramDiagnostics(), ...program.getGlobalDiagnostics(),
    ];
    return { files: new Set(program.getSourceFileNames()), problems: found.filter(({ category }) => category === ERROR).map((diagnostic) => this.#problem(diagnostic)) };
  }

  close(): void {
    this.#api.close();
  }

  #programOf(config: string, texts: ReadonlyMap<string, string>): NativeProgram {
    const last = this.#texts;
    const fileChanges = { changed: [] as string[], created: [] as string[], deleted: [] as string[] };
    for (const file of new Set([...last.keys(), ...texts.keys()])) {
      const was = last.get(file) ?? this.#original(file);
      const is = texts.get(file) ?? this.#original(file);
      if (was !== is) fileChanges[was === undefined ? 'created' : is === undefined ? 'deleted' : 'changed'].push(file);
    }
    this.#texts = texts;
    const isNew = !this.#opened.has(config);
    this.#opened.add(config);
    const project = this.#api.updateSnapshot({ fileChanges, ...(isNew ? { openProjects: [config] } : {}) }).getProject(config);
    if (!project) throw new Error(`${config} could not be opened`);
    return project.program;
  }

  #original(file: string): string | undefined {
    const before = this.#before(file);
    if (before !== undefined) return before ?? undefined;
    return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').replace(/^\uFEFF/, '') : undefined;
  }

  #read(file: string): string | null | undefined {
    return this.#texts.get(file) ?? this.#before(file);
  }

  #exists(file: string): boolean | undefined {
    const text = this.#read(file);
    return text === undefined ? undefined : text !== null;
  }

  /** With the files that are on no disk yet. */
  #entries(folder: string): { files: string[]; directories: string[] } | undefined {
    const prefix = folder.replace(/\/?$/, '/');
    const below = [...this.#texts.keys()].filter((file) => file.startsWith(prefix)).map((file) => file.slice(prefix.length).split('/'));
    if (below.length === 0) return undefined;
    const files = new Set(below.filter((parts) => parts.length === 1).map(([name]) => name!));
    const directories = new Set(below.filter((parts) => parts.length > 1).map(([name]) => name!));
    for (const entry of fs.existsSync(folder) ? fs.readdirSync(folder, { withFileTypes: true }) : []) {
      const stats = entry.isSymbolicLink() ? fs.statSync(path.join(folder, entry.name), { throwIfNoEntry: false }) : entry;
      if (stats) (stats.isDirectory() ? directories : files).add(entry.name);
    }
    return { files: [...files], directories: [...directories] };
  }

  #problem({ fileName, pos, code, text, messageChain = [] }: NativeDiagnostic): RawProblem {
    const message = [text, ...messageChain.flatMap((each) => lines(each, 1))].join('\n');
    if (fileName === undefined || fileName === '') return { file: '', start: 0, line: 0, column: 0, code, text: message, sourceLine: '' };
    return rawProblemAt(fileName, this.#texts.get(fileName) ?? this.#original(fileName) ?? '', pos, code, message);
  }
}

/** As `flattenDiagnosticMessageText` has it. */
function lines({ text, messageChain = [] }: NativeDiagnostic, depth: number): string[] {
  return [`${'  '.repeat(depth)}${text}`, ...messageChain.flatMap((each) => lines(each, depth + 1))];
}
