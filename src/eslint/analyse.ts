/** One analysis of a linted file, shared by all rules. */
import path from 'node:path';
import { applyDirectives, directivesOf } from '../analysis/directives.ts';
import { Engine, isFinding } from '../analysis/engine.ts';
import { mayMatter, type Judged } from '../analysis/judge.ts';
import type { SensitiveLists } from '../analysis/spans/support/names.ts';
import { messageOf } from '../analysis/messages.ts';
import type { Neighbours, SourceText } from '../analysis/source.ts';
import type { TypeOrigin } from '../analysis/origin.ts';
import { typeOrigins } from '../analysis/type-origins.ts';
import type { Boundary } from '../types.ts';
import { loadCatalogue } from '../catalogue/catalogue.ts';
import { mayUse } from '../catalogue/may-use.ts';
import { configFor, loadConfig, type LoadedConfig } from '../project/config.ts';
import { UsageError } from '../project/errors.ts';
import { globMatcher } from '../project/globs.ts';
import { isPresent } from '../project/libraries.ts';
import { isMinified } from '../project/lines.ts';
import { pair } from '../project/pairing.ts';
import { TracerStarts } from '../project/tracer.ts';
import { pathOf, sourceOf, type Context } from './source.ts';
import { repairsOf, type Repair, type Suggestion } from './suggest.ts';
import { catalogueOf, isIgnored, presentIn, refresh, surroundingsOf, type Surroundings } from './surroundings.ts';

export interface Report {
  rule: string;
  /** Of the callee's token, in the text without a BOM. */
  start: number;
  end: number;
  message: string;
  suggestion?: Suggestion;
}

export interface Analysis {
  reports: readonly Report[];
  /** Why there is none: said once a file, by whichever rule asks first. */
  failure?: string;
}

const none: Analysis = { reports: [] };
const known = new WeakMap<object, Map<string, Analysis>>();

/** `lists`: what a rule's options add to those of the configuration. */
export function analysisOf(context: Context, strict: boolean, lists?: SensitiveLists): Analysis {
  let analyses = known.get(context.sourceCode);
  if (!analyses) known.set(context.sourceCode, analyses = new Map<string, Analysis>());
  const key = lists ? JSON.stringify([strict, lists]) : String(strict);
  let analysis = analyses.get(key);
  if (!analysis) analyses.set(key, analysis = guarded(context, strict, lists));
  return analysis;
}

/** One file that goes wrong never costs the run. */
function guarded(context: Context, strict: boolean, lists: SensitiveLists | undefined): Analysis {
  try {
    return analyse(context, strict, lists);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return { reports: [], failure: error instanceof UsageError ? text : `otel-handoff failed on this file (please report it): ${text}` };
  }
}

function analyse(context: Context, strict: boolean, lists: SensitiveLists | undefined): Analysis {
  const file = pathOf(context);
  if (file === undefined) return none;
  refresh(path.dirname(file));
  const loaded = configOf(file, context.sourceCode.text);
  if (!loaded) return none;
  const { config, path: configPath } = loaded;
  const catalogue = catalogueOf(config);
  const { text } = context.sourceCode;
  const { boundaries, modules } = catalogue.words.in(text);
  if (boundaries.length === 0 || isMinified(text) || isIgnored(file, config, configPath)) return none;
  const linted = sourceOf(context, file);

  const { ts, program } = linted;
  const surroundings = surroundingsOf(ts, context.cwd);
  const libraries = surroundings.libraries(file, program);
  const isThere = (boundary: Boundary): boolean => isPresent(boundary, (module) => modules.includes(module) || libraries(module));
  const possible = boundaries.filter((boundary) => isThere(boundary) && mayUse(boundary, text));
  if (possible.length === 0) return none;
  const ofFile = surroundings.facts(strict).of({ path: file, text }, config);
  const facts = lists ? { ...ofFile, sensitive: joined(ofFile.sensitive, lists) } : ofFile;
  if (!possible.some((boundary) => mayMatter(boundary, facts, false))) return none;
  const source = linted.source();
  if (!source) return none;
  // Other files are read where an origin leads there, as the command line does; their own handoffs are its to report.
  const neighbours: Neighbours = {
    resolve: (from, specifier) => surroundings.modules.resolve(from, specifier), load: (path) => path === file ? source : surroundings.load(path, program), read: (path) => path === file ? text : surroundings.read(path),
    exportWords: surroundings.exportWords, packageName: (path) => surroundings.packages.packageOf(path)?.manifest.name,
  };
  const engine = new Engine(ts, presentIn(catalogue, libraries, modules), { carriers: config.carriers, neighbours, ...(program ? { typeOf: ownTypes(source, typeOrigins(ts, program)) } : {}) });
  const own = engine.analyse(source, () => facts, possible);
  if (own.length === 0) return none;
  const far = (other: SourceText): Judged[] => engine.analyse(other, () => surroundings.facts(strict).of(other, config), catalogue.words.in(other.text).boundaries.filter((boundary) => isThere(boundary) && mayUse(boundary, other.text)));
  const judged = [...own, ...farSides(own, { ...neighbours, judge: far })];
  const trusted = config.trusted.length > 0 ? globMatcher(config.trusted) : () => false;
  const starts = new TracerStarts(ts, surroundings.packages, neighbours);
  pair(judged, { trusted, isTest: () => false, together: (path, other) => path === other, says: (_, words) => words.some((word) => source.text.includes(word)), startsTracer: (path) => configFor(config, path).assumeTraced || starts.startsIn(path) });
  for (const site of own) leaveToProject(site, surroundings);
  applyDirectives(own, directivesOf(source), false);
  if (!own.some(isFinding) || !surroundings.isTraced(file, config)) return none;

  const repairs = repairsOf({ ts, engine, source, judged, surroundings, cwd: context.cwd, config, ...(configPath === undefined ? {} : { configDir: path.dirname(configPath) }) });
  return { reports: own.filter(isFinding).map((site) => reportOf(ts, site, repairs.get(site))) };
}

/** What the checker says of the linted file: of others it is not asked, whoever parsed them. */
function ownTypes({ ast }: SourceText, typeOf: TypeOrigin): TypeOrigin {
  return (node) => node.getSourceFile() === ast ? typeOf(node) : undefined;
}

function joined(a: SensitiveLists, b: SensitiveLists): SensitiveLists {
  return { attributes: [...a.attributes, ...b.attributes], names: [...a.names, ...b.names], allow: [...a.allow, ...b.allow], switches: [...a.switches, ...b.switches] };
}

/** A broken configuration is said where the built-in catalogue would have looked, not in every file. */
function configOf(file: string, text: string): LoadedConfig | undefined {
  try {
    return loadConfig(path.dirname(file));
  } catch (error) {
    if (loadCatalogue().words.test(text)) throw error;
    return undefined;
  }
}

/** The handoffs of the files that this one starts as threads and processes: it names them, and what they do is part of its verdict. */
function farSides(own: readonly Judged[], { load, judge }: { load: Neighbours['load']; judge(source: SourceText): Judged[] }): Judged[] {
  const named = own.filter(({ boundary, channel, source }) => boundary.role === 'producer' && startsFile(boundary) && channel.key !== '*' && channel.key !== source.path).map(({ channel }) => channel.key);
  return [...new Set(named)].flatMap((path) => {
    const far = load(path);
    return far ? judge(far) : [];
  });
}

function startsFile({ channel }: Boundary): boolean {
  return channel?.by === 'worker-file' || channel?.by === 'program';
}

/** A queue that came from nobody knows where may have its telemetry option on, where the package has what such an option takes. */
function leaveToProject(site: Judged, { packages }: Surroundings): void {
  const telemetry = site.boundary.coveredBy.find((c) => c.option !== undefined)?.from;
  if (!isFinding(site) || site.boundary.role !== 'producer' || site.native !== undefined || telemetry === undefined) return;
  if (!packages.packageOf(site.source.path)?.dependencies.has(telemetry)) return;
  site.verdict = 'silent';
  site.by = `made elsewhere, perhaps with ${telemetry}`;
}

function reportOf(ts: Engine['ts'], site: Judged, repair: Repair | undefined): Report {
  const { rule, source, token } = site;
  // In package.json, where the command line says it, ESLint doesn't look.
  const declared = site.unregistered ? ` \`${site.unregistered.dependency}\` is a dependency, but nothing in this repository registers it.` : '';
  const message = messageOf(ts, site) + declared + (repair ? next(repair) : '');
  return {
    rule, start: token.getStart(source.ast), end: token.end, message,
    ...(repair && 'suggestion' in repair ? { suggestion: repair.suggestion } : {}),
  };
}

const saidAlready: ReadonlySet<string> = new Set(['recurring', 'untraced-far-side', 'carried-twice']);

/** What the finding's own message leaves open: who repairs it, or why nobody does. */
function next(repair: Repair): string {
  if ('suggestion' in repair) return '';
  if ('elsewhere' in repair) return repair.elsewhere === 'other-side' ? ' `otel-handoff fix` repairs it together with its other side.' : ' `otel-handoff fix` repairs it.';
  return saidAlready.has(repair.refused.code) ? '' : ` Not repaired: ${repair.refused.detail}.`;
}
