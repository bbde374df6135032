/** The repo as the command line sees it: every file read once, candidates parsed, handoffs judged and paired. */
import { join, resolve } from 'node:path';
import { applyDirectives, directivesOf } from '../analysis/directives.ts';
import { Engine, isFinding } from '../analysis/engine.ts';
import { mayMatter, type Judged } from '../analysis/judge.ts';
import { parse, parseErrors, type Neighbours, type SourceText } from '../analysis/source.ts';
import { narrowed } from '../catalogue/catalogue.ts';
import { mayUse } from '../catalogue/may-use.ts';
import type { Boundary, ToolError, Ts } from '../types.ts';
import { Callers } from './callers.ts';
import { configFor, type Config } from './config.ts';
import { unregistered, type Unregistered } from './unregistered.ts';
import { Facts, type FactOptions } from './facts.ts';
import { isTestPath } from './files.ts';
import { globMatcher } from './globs.ts';
import { isPresent, repoLibraries } from './libraries.ts';
import { judgeFocused, type Candidate } from './focus.ts';
import { isGenerated } from './lines.ts';
import { reasonOf, textOf } from './look.ts';
import { Modules } from './modules.ts';
import type { Packages } from './packages.ts';
import { pair } from './pairing.ts';
import { PassedValues } from './passed.ts';
import { isInside, relativePath } from './paths.ts';
import { Shelf } from './shelf.ts';
import { survey, type Survey } from './survey.ts';
import { tracedFolders } from './traced.ts';
import { TracerStarts } from './tracer.ts';
import { Trees } from './trees.ts';
import { TypedFiles } from './typed-files.ts';
import { Vocabularies } from './vocabularies.ts';

export interface ProjectOptions extends FactOptions {
  cwd: string;
  paths: readonly string[];
  config: Config;
  /** The configuration's folder, which its globs are relative to. */
  configDir?: string;
  tests?: boolean;
  respectIgnore?: boolean;
  assumeTraced?: boolean;
  /** Ask the type checker where the text says nothing. */
  types?: boolean;
  /** List what looks like a handoff of something unknown, as warnings. */
  reportUnknown?: boolean;
  /** Whether handoffs that are in order are wanted too (default true): without them fewer files need be parsed. */
  kept?: boolean;
  /** Folders of packages: only their own files are asked for, those of a package inside of one are not. With `focus`, who reports asks `isAskedPackage`. */
  packages?: ReadonlySet<string>;
  /** Read for the other side of a handoff, beside the packages around `paths`. */
  context?: readonly string[];
  /**
   * Only these files are asked for, and the others looked at as far as a handoff of theirs may be the other side of one
   * in these: what is said of these is what a look at everything says.
   */
  focus?: ReadonlySet<string>;
  /** Called now and then, for a progress line. */
  onProgress?: (done: number, total: number) => void;
}

export interface ProjectResult {
  engine: Engine;
  packages: Packages;
  modules: Modules;
  files: number;
  lines: number;
  parsed: number;
  /** The files that were asked for; others were read for the other side of a handoff. */
  named: ReadonlySet<string>;
  /** Whether a file is of a package that is asked for: of any, unless packages were chosen. */
  isAskedPackage(path: string): boolean;
  /** Every handoff, in order of path and position; silent ones too. */
  judged: Judged[];
  /** Instrumentations that are dependencies, registered nowhere, and would carry what is lost. */
  unregistered: Unregistered[];
  skipped: Record<string, number>;
  errors: ToolError[];
  /** What a person should know on stderr. */
  notes: string[];
  /** Paths that do not exist, as they were given. */
  missing: string[];
}

/** @param surveyed begun by a caller who had something else to load meanwhile */
export function analyseProject(ts: Ts, options: ProjectOptions, surveyed: Survey = survey(options)): ProjectResult {
  const { cwd, config, focus } = options;
  const { packages, catalogue, listing, named, context, all, isAskedPackage } = surveyed;
  const errors: ToolError[] = listing.unreadable.map(({ path, message }) => ({ path: relativePath(cwd, path), code: 'unreadable', message }));
  const modules = new Modules(ts, packages);
  const texts = new Map<string, string>();
  const shelf = new Shelf(textOf);
  const read = (path: string): string | undefined => {
    try {
      return shelf.read(path);
    } catch {
      return undefined;
    }
  };
  const trees = new Trees((path, anyLength) => {
    const text = read(path);
    return text === undefined || (!anyLength && isGenerated(text)) ? undefined : parse(ts, path, text);
  });
  const load = (path: string): SourceText | undefined => trees.load(path);
  const vocabularies = new Vocabularies();
  const passed = new PassedValues(ts, texts, vocabularies, load);
  const callers = new Callers(ts, () => all.filter((path) => !isTestPath(relativePath(cwd, path))), vocabularies, read, load);
  const neighbours: Neighbours = {
    resolve: (from, specifier) => modules.resolve(from, specifier), load, read,
    packageName: (path) => packages.packageOf(path)?.manifest.name,
    passedAs: (name, origins) => passed.of(name, origins),
    decorated: (name, origins) => passed.decorated(name, origins),
    provided: (token, source, origins) => passed.provided(token, source, origins),
    callersOf: (fn, source, origins, within) => callers.of(fn, source, origins, within),
  };

  let lines = 0;
  let parsed = 0;
  let minified = 0;
  const candidates: Candidate[] = [];
  const imported = new Set<string>();
  /** Files that say nothing of tracing: coverage need not read them again. */
  const untold = new Set<string>();
  for (const [index, look] of surveyed.reading.finish().entries()) {
    const path = all[index]!;
    if ('unreadable' in look) {
      if (named.has(path)) errors.push({ path: relativePath(cwd, path), code: 'unreadable', message: look.unreadable });
      continue;
    }
    const { text } = look;
    if (text !== undefined) shelf.keep(path, text);
    if (named.has(path)) lines += look.lines;
    if (!look.tracing) untold.add(path);
    vocabularies.add(path, look.vocabulary);
    for (const module of look.modules) imported.add(module);
    if (text === undefined || !look.any) continue;
    if (look.minified) {
      if (look.boundaries.length > 0) minified++;
      continue;
    }
    texts.set(path, text);
    if (look.boundaries.length > 0) candidates.push({ path, within: look.boundaries });
  }
  const folders = [...options.paths.map((path) => resolve(cwd, path)), ...context];
  const libraries = repoLibraries(imported, all, packages, (folder) => folders.some((each) => isInside(each, folder)));
  const present = new Set(catalogue.boundaries.filter((boundary) => isPresent(boundary, libraries)));
  const typed = options.types ? new TypedFiles(ts, cwd, () => candidates.map(({ path }) => path)) : undefined;
  const engine = new Engine(ts, narrowed(catalogue, (boundary) => present.has(boundary)), {
    carriers: config.carriers, neighbours, ...(typed ? { typeOf: (node) => typed.of(node) } : {}), ...(options.reportUnknown ? { reportUnknown: true } : {}),
  });
  const filesIn = filesByPackage(all, packages);
  const facts = new Facts(ts, packages, modules, options, { filesOf: (pkg) => filesIn(pkg.dir), read: (path) => untold.has(path) ? undefined : read(path) });

  const judged: Judged[] = [];
  // A callback has no other side: in order or silent, it bears on nothing else.
  const wanted = (one: Judged): boolean => (options.kept ?? true) || one.pending || one.boundary.role !== 'callback' || !['kept', 'silent'].includes(one.verdict);
  const possible = ({ path, within }: Candidate): readonly Boundary[] => within.filter((boundary) => present.has(boundary) && mayUse(boundary, texts.get(path)!));
  const judge = (candidate: Candidate, index: number): void => {
    options.onProgress?.(index, candidates.length);
    const { path } = candidate;
    try {
      const text = texts.get(path)!;
      const there = possible(candidate);
      if (there.length === 0) return;
      const known = facts.of({ path, text }, config);
      // An unused directive is worth a word wherever it stands.
      if (!text.includes('handoff-ignore') && !there.some((boundary) => mayMatter(boundary, known, options.kept ?? true))) return;
      const source = trees.load(path, true)!;
      if (named.has(path)) parsed++;
      const [first] = parseErrors(ts, source);
      if (first !== undefined) {
        if (named.has(path)) errors.push({ path: relativePath(cwd, path), code: 'parse-error', message: first });
        return;
      }
      const found = engine.analyse(source, () => known, there).filter((one) => wanted(one) || text.includes('handoff-ignore'));
      judged.push(...found);
      // Most candidates have no handoff: their trees need not stay in memory.
      if (found.length === 0) trees.drop(path);
      else trees.hold(source);
    } catch (error) {
      // One file never costs the others their results; it is reported, and the run ends with status 2.
      if (named.has(path)) errors.push({ path: relativePath(cwd, path), code: 'crash', message: reasonOf(error) });
    }
  };
  if (focus === undefined) candidates.forEach(judge);
  else judgeFocused({ ts, catalogue, candidates, named, kept: options.kept ?? true, textOf: (path) => texts.get(path) ?? '', possible, judge, judged });

  const starts = new TracerStarts(ts, packages, neighbours);
  const assumeTraced = (path: string): boolean => options.assumeTraced ?? configFor(config, path).assumeTraced;
  // Globs are relative; a route's leading slash is no root.
  const matches = config.trusted.length > 0 ? globMatcher(config.trusted) : () => false;
  const trusted = (route: string): boolean => matches(route.replace(/^\//, ''));
  const said = new Map<string, boolean>();
  const says = (path: string, words: readonly string[]): boolean => {
    const dir = packages.packageOf(path)?.dir;
    const key = [dir, ...words].join('\0');
    let known = said.get(key);
    if (known === undefined) said.set(key, known = filesIn(dir).some((each) => words.some((word) => texts.get(each)?.includes(word))));
    return known;
  };
  const isTest = (path: string): boolean => isTestPath(relativePath(cwd, path));
  const together = (path: string, other: string): boolean => packages.packageOf(path)?.dir === packages.packageOf(other)?.dir;
  pair(judged.filter((j) => !j.unknown), { trusted, says, isTest, together, startsTracer: (path) => assumeTraced(path) || starts.startsIn(path) });
  const directives = [...new Set(judged.map((j) => j.source))].flatMap(directivesOf);
  applyDirectives(judged, directives, true);
  const notes = [...packages.warnings.map((warning) => `${relativePath(cwd, warning.path)}: ${warning.message}`), ...(typed?.notes ?? [])];
  const skipped = { ...(minified > 0 ? { minifiedFiles: minified } : {}), ...skipUntraced(judged, { facts, packages, files: all, config, assumeTraced, notes }) };
  const lacking = unregistered(ts, judged, packages);
  const isAsked = (rule: string, source: SourceText): boolean => catalogue.boundaries.every((b) => b.rule !== rule || facts.of(source, config).reports(b));
  for (const { source, line, rule, used } of directives) {
    if (!used && isAsked(rule, source) && named.has(source.path)) notes.push(`${relativePath(cwd, source.path)}:${line}: unused handoff-ignore${rule === '' ? ': it names no rule' : ` ${rule}`}`);
  }
  return { engine, named, isAskedPackage, packages, modules, files: named.size, lines, parsed, judged, unregistered: lacking, skipped, errors, notes, missing: listing.missing };
}

interface TracedEnv {
  facts: Facts;
  packages: Packages;
  files: readonly string[];
  config: Config;
  assumeTraced: (path: string) => boolean;
  notes: string[];
}

/** Packages with no tracer that no traced package uses hand nothing over, once any package of the repo has one (DESIGN.md 5.2). */
function skipUntraced(judged: Judged[], env: TracedEnv): Record<string, number> {
  const findings = judged.filter((j) => isFinding(j) && !env.assumeTraced(j.source.path));
  if (findings.length === 0) return {};
  const all = new Map(env.files.flatMap((file) => {
    const pkg = env.packages.packageOf(file);
    return pkg ? [[pkg.dir, pkg] as const] : [];
  }));
  const used = tracedFolders(all.values(), env.packages, (pkg) => env.facts.tracer(join(pkg.dir, 'package.json'), env.config));
  if (used === undefined) {
    env.notes.push('No OpenTelemetry SDK was found, so every package counts as traced (--assume-traced says so outright).');
    return {};
  }
  const untraced = new Set<string>();
  let handoffs = 0;
  for (const finding of findings) {
    const pkg = env.packages.packageOf(finding.source.path);
    if (!pkg || used.has(pkg.dir)) continue;
    untraced.add(pkg.dir);
    finding.verdict = 'silent';
    finding.by = 'no tracer runs in its package';
    handoffs++;
  }
  if (untraced.size === 0) return {};
  env.notes.push(`Skipped ${untraced.size} package${untraced.size === 1 ? '' : 's'} in which no tracer runs (${handoffs} handoff${handoffs === 1 ? '' : 's'}); --assume-traced checks them too.`);
  return { untracedPackages: untraced.size, untracedHandoffs: handoffs };
}

/** The files of each package, by its folder; sorted out when they are first asked for. */
function filesByPackage(files: readonly string[], packages: Packages): (dir: string | undefined) => readonly string[] {
  let byPackage: Map<string | undefined, string[]> | undefined;
  return (dir) => {
    if (!byPackage) {
      byPackage = new Map();
      for (const file of files) {
        const own = packages.packageOf(file)?.dir;
        const list = byPackage.get(own);
        if (list) list.push(file);
        else byPackage.set(own, [file]);
      }
    }
    return byPackage.get(dir) ?? [];
  };
}
