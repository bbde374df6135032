/** What a linted file's packages and configuration say, read once a process; an editor's changes to those files count. */
import fs from 'node:fs';
import path from 'node:path';
import { ExportWords } from '../analysis/export-words.ts';
import { parse, type SourceText } from '../analysis/source.ts';
import { loadCatalogue, narrowed, type Catalogue } from '../catalogue/catalogue.ts';
import { ownEntries } from '../catalogue/configured-agents.ts';
import { configFileName, configFor, forgetConfigs, type Config } from '../project/config.ts';
import { Facts } from '../project/facts.ts';
import { globMatcher } from '../project/globs.ts';
import { isGenerated } from '../project/lines.ts';
import { isPresent, packageLibraries, packageName } from '../project/libraries.ts';
import { Modules } from '../project/modules.ts';
import { Packages, type Package } from '../project/packages.ts';
import { foldersUp, readText, relativePath } from '../project/paths.ts';
import { Recent } from './recent.ts';
import { tracedFolders } from '../project/traced.ts';
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { packagesIn } from '../analysis/type-origins.ts';

/** Of other files' syntax trees, so many characters of text are kept (a tree is some twelve times its text): an editor stays open for days. */
const maxTrees = 8_000_000;
/** Of their texts alone. */
const maxTexts = 16_000_000;

export class Surroundings {
  readonly packages: Packages;
  readonly modules: Modules;
  readonly exportWords = new ExportWords();
  readonly #ts: Ts;
  readonly #facts = new Map<boolean, Facts>();
  readonly #texts = new Recent<{ stamp: number | undefined; text: string | undefined }>(maxTexts);
  readonly #trees = new Recent<SourceText>(maxTrees);
  readonly #libraries = new Map<string, (module: string) => boolean>();
  readonly #typedLibraries = new WeakMap<ReadonlySet<string>, Map<string, (module: string) => boolean>>();
  /** By workspace root: the packages with a tracer and all that they use; nothing where no package has one. */
  readonly #traced = new Map<string, ReadonlySet<string> | undefined>();

  constructor(ts: Ts, cwd: string) {
    this.#ts = ts;
    this.packages = new Packages(cwd);
    this.modules = new Modules(ts, this.packages);
  }

  /** Another file of the repo, as it is on disk: read when an origin leads there, and again when it has changed. */
  load(file: string, program: ts.Program | undefined): SourceText | undefined {
    const text = this.read(file);
    if (text === undefined) return undefined;
    const known = this.#trees.get(file) ?? parsedIn(program, file);
    // The same text again is the same string: nothing is compared.
    if (known?.text === text) return known;
    const source = parse(this.#ts, file, text);
    this.#trees.keep(file, source);
    return source;
  }

  /** Its text alone; nothing for what a generator wrote. */
  read(file: string): string | undefined {
    const stamp = fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs;
    const known = this.#texts.get(file);
    if (known && known.stamp === stamp) return known.text;
    const text = stamp === undefined ? undefined : readText(file);
    const kept = text === undefined || isGenerated(text) ? undefined : text;
    if (known?.text !== kept || kept === undefined) this.exportWords.forget(file);
    this.#texts.keep(file, { stamp, text: kept });
    return kept;
  }

  /** Whether a file can hold objects of a library: its package's, and with types those that the program has read. */
  libraries(file: string, program: ts.Program | undefined): (module: string) => boolean {
    const pkg = this.packages.packageOf(file);
    if (!pkg) return () => true;
    const declared = this.#librariesOf(pkg);
    return program ? this.#typedLibrariesOf(pkg, declared, packagesIn(program)) : declared;
  }

  /** One function for a package and a program: what depends on it is remembered by it. */
  #typedLibrariesOf({ dir }: Package, declared: (module: string) => boolean, typed: ReadonlySet<string>): (module: string) => boolean {
    let byPackage = this.#typedLibraries.get(typed);
    if (!byPackage) this.#typedLibraries.set(typed, byPackage = new Map<string, (module: string) => boolean>());
    let known = byPackage.get(dir);
    if (!known) byPackage.set(dir, known = (module) => declared(module) || typed.has(packageName(module)));
    return known;
  }

  #librariesOf(pkg: Package): (module: string) => boolean {
    let known = this.#libraries.get(pkg.dir);
    if (!known) this.#libraries.set(pkg.dir, known = packageLibraries(pkg, this.packages));
    return known;
  }

  facts(strict: boolean): Facts {
    let facts = this.#facts.get(strict);
    if (!facts) this.#facts.set(strict, facts = new Facts(this.#ts, this.packages, this.modules, { strict, everyRule: true }));
    return facts;
  }

  /**
   * DESIGN.md 5.2. The command line looks at the packages of all files below its
   * paths; here they are those that the workspace declares, so a package outside any workspace is judged by itself.
   */
  isTraced(file: string, config: Config): boolean {
    if (configFor(config, file).assumeTraced) return true;
    const pkg = this.packages.packageOf(file);
    if (!pkg || this.#hasTracer(pkg, config)) return true;
    if (!this.#traced.has(pkg.workspaceRoot)) this.#traced.set(pkg.workspaceRoot, this.#tracedIn(pkg.workspaceRoot, config));
    return this.#traced.get(pkg.workspaceRoot)?.has(pkg.dir) ?? true;
  }

  #tracedIn(root: string, config: Config): ReadonlySet<string> | undefined {
    const members = [...this.packages.workspaceMembers(root).values()].flatMap((dir) => this.packages.packageOf(path.join(dir, 'package.json')) ?? []);
    return tracedFolders(members, this.packages, (pkg) => this.#hasTracer(pkg, config));
  }

  #hasTracer(pkg: Package, config: Config): boolean {
    return this.facts(false).tracer(path.join(pkg.dir, 'package.json'), config);
  }
}

const parsed = new WeakMap<ts.SourceFile, SourceText>();

/** What typed linting has parsed already. In JavaScript it may have left out the comments that tell types. */
function parsedIn(program: ts.Program | undefined, file: string): SourceText | undefined {
  const ast = /\.[mc]?tsx?$/.test(file) ? program?.getSourceFile(file) : undefined;
  // The checker's binder sets the parents.
  if (!ast || (ast.statements[0] && ast.statements[0].parent !== ast)) return undefined;
  let source = parsed.get(ast);
  if (!source) parsed.set(ast, source = { path: file, text: ast.text, ast });
  return source;
}

let known = new WeakMap<Ts, Map<string, Surroundings>>();

export function surroundingsOf(ts: Ts, cwd: string): Surroundings {
  let byFolder = known.get(ts);
  if (!byFolder) known.set(ts, byFolder = new Map<string, Surroundings>());
  let surroundings = byFolder.get(cwd);
  if (!surroundings) byFolder.set(cwd, surroundings = new Surroundings(ts, cwd));
  return surroundings;
}

const catalogues = new WeakMap<Config, Catalogue>();

export function catalogueOf(config: Config): Catalogue {
  let catalogue = catalogues.get(config);
  if (!catalogue) catalogues.set(config, catalogue = loadCatalogue(ownEntries(config)));
  return catalogue;
}

const present = new WeakMap<Catalogue, WeakMap<(module: string) => boolean, Catalogue>>();

/** The catalogue as far as a package's libraries go, and those that one of its files names beside them. */
export function presentIn(catalogue: Catalogue, libraries: (module: string) => boolean, named: readonly string[]): Catalogue {
  const more = named.filter((module) => !libraries(module));
  if (more.length > 0) return narrowed(catalogue, (boundary) => isPresent(boundary, (module) => more.includes(module) || libraries(module)));
  let byLibraries = present.get(catalogue);
  if (!byLibraries) present.set(catalogue, byLibraries = new WeakMap<(module: string) => boolean, Catalogue>());
  let known = byLibraries.get(libraries);
  if (!known) byLibraries.set(libraries, known = narrowed(catalogue, (boundary) => isPresent(boundary, libraries)));
  return known;
}

const ignored = new WeakMap<Config, (file: string) => boolean>();

/** Whether the configuration leaves a file out. */
export function isIgnored(file: string, config: Config, configPath: string | undefined): boolean {
  if (config.ignore.length === 0 || configPath === undefined) return false;
  let matches = ignored.get(config);
  if (!matches) ignored.set(config, matches = globMatcher(config.ignore));
  const relative = relativePath(path.dirname(configPath), file);
  // A glob that names a folder leaves out what is below it.
  return relative.split('/').some((_, index, all) => matches(all.slice(0, index + 1).join('/')));
}

const everyMs = 1000;
const checked = new Map<string, number>();
const stamps = new Map<string, number>();

/** Forgets everything when a package.json or configuration above a folder has changed; looks into each at most once a second. */
export function refresh(folder: string, now: number = Date.now()): void {
  if (now - (checked.get(folder) ?? -Infinity) < everyMs) return;
  let changed = false;
  for (const each of foldersUp(folder)) {
    if (now - (checked.get(each) ?? -Infinity) < everyMs) continue;
    checked.set(each, now);
    for (const name of ['package.json', configFileName]) {
      const file = path.join(each, name);
      const stamp = fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
      const before = stamps.get(file);
      if (before !== undefined && before !== stamp) changed = true;
      stamps.set(file, stamp);
    }
  }
  if (!changed) return;
  known = new WeakMap();
  forgetConfigs();
}
