/** The repo as the command line sees it: every file read once, candidates parsed, handoffs judged and paired. */
import { join, resolve } from 'node:path';
import { applyDirectives, directivesOf, hiddenNotes } from '../analysis/directives.ts';
import { isFinding, type Engine } from '../analysis/engine.ts';
import type { Judged } from '../analysis/judge.ts';
import type { SourceText } from '../analysis/source.ts';
import type { ToolError, Ts } from '../types.ts';
import { configFor, type Config } from './config.ts';
import type { FactOptions, Facts } from './facts.ts';
import { isTestPath } from './files.ts';
import { judgeFocused } from './focus.ts';
import { gather, type Candidate } from './gathered.ts';
import { globMatcher } from './globs.ts';
import { Judging } from './judging.ts';
import { isPresent, repoLibraries } from './libraries.ts';
import type { Modules } from './modules.ts';
import type { Packages } from './packages.ts';
import { pair } from './pairing.ts';
import { isInside, relativePath } from './paths.ts';
import { survey, type Survey } from './survey.ts';
import { tracedFolders } from './traced.ts';
import { TracerStarts } from './tracer.ts';
import { unregistered, type Unregistered } from './unregistered.ts';

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
  const gathered = gather(all, surveyed.reading.finish(), named, cwd);
  const { candidates, read, lines, minified } = gathered;
  const errors: ToolError[] = [...listing.unreadable.map(({ path, message }) => ({ path: relativePath(cwd, path), code: 'unreadable' as const, message })), ...gathered.errors];
  const folders = [...options.paths.map((path) => resolve(cwd, path)), ...context];
  const libraries = repoLibraries(gathered.imported, all, packages, (folder) => folders.some((each) => isInside(each, folder)));
  const judging = new Judging(ts, options, surveyed, gathered, new Set(catalogue.boundaries.filter((boundary) => isPresent(boundary, libraries))));
  const { engine, facts, modules, filesIn } = judging;

  let parsed = 0;
  const judged: Judged[] = [];
  const judge = (candidate: Candidate, index: number): void => {
    options.onProgress?.(index, candidates.length);
    const { judged: found, parsed: isParsed, error } = judging.judge(candidate);
    judged.push(...found);
    if (!named.has(candidate.path)) return;
    if (isParsed) parsed++;
    if (error) errors.push({ path: relativePath(cwd, candidate.path), ...error });
  };
  if (focus === undefined) candidates.forEach(judge);
  else judgeFocused({ ts, catalogue, candidates, named, kept: options.kept ?? true, textOf: (path) => read(path) ?? '', possible: (candidate) => judging.possible(candidate), judge, judged });

  const starts = new TracerStarts(ts, packages, judging.neighbours);
  const assumeTraced = (path: string): boolean => options.assumeTraced ?? configFor(config, path).assumeTraced;
  // Globs are relative; a route's leading slash is no root.
  const matches = config.trusted.length > 0 ? globMatcher(config.trusted) : () => false;
  const trusted = (route: string): boolean => matches(route.replace(/^\//, ''));
  const worded = new Set(gathered.worded);
  const said = new Map<string, boolean>();
  const isTest = (path: string): boolean => isTestPath(relativePath(cwd, path));
  const says = (path: string, words: readonly string[]): boolean => {
    const dir = packages.packageOf(path)?.dir;
    const key = [dir, ...words].join('\0');
    let known = said.get(key);
    if (known === undefined) said.set(key, known = filesIn(dir).some((each) => (!isTest(each) || isTest(path)) && words.some((word) => worded.has(each) && read(each)?.includes(word))));
    return known;
  };
  const together = (path: string, other: string): boolean => packages.packageOf(path)?.dir === packages.packageOf(other)?.dir;
  pair(judged.filter((j) => !j.unknown), { trusted, says, isTest, together, startsTracer: (path) => assumeTraced(path) || starts.startsIn(path) });
  const directives = [...new Set(judged.map((j) => j.source))].flatMap(directivesOf);
  applyDirectives(judged, directives, true);
  const notes = [...packages.warnings.map((warning) => `${relativePath(cwd, warning.path)}: ${warning.message}`), ...judging.notes(), ...hiddenNotes(judged, named)];
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
