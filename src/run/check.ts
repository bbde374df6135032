/** `check` without a command line. */
import { resolve } from 'node:path';
import { RepairSession } from '../fix/session.ts';
import { findingsOf, handoffsOf, sorted, unregisteredOf, type FingerprintKey } from '../report/findings.ts';
import type { CheckReport, Finding, Whole } from '../types.ts';
import { version } from '../version.ts';
import { analyse, compiler, type AnalysisOptions } from './analyse.ts';
import { isOneOf, readOnly } from './only.ts';
import { changedSince, concerned } from './since.ts';

export interface CheckOptions extends AnalysisOptions {
  /** List the handoffs that are in order too, in `handoffs`. */
  all?: boolean;
  /** What looks like a handoff, on a receiver of which nothing tells what it is: a warning, or (default) silence. */
  unknown?: 'report' | 'silent';
  /** Only findings of this rule, boundary or family, or of these, with commas between. */
  only?: string;
  /** A git ref: only what has to do with files that changed since HEAD and it parted, uncommitted changes among them. */
  since?: string;
}

/**
 * Finds the handoffs that drop the trace context: the report that `otel-handoff check --format json` prints.
 *
 * `line` and `column` are 1-based (`endColumn` exclusive), paths relative to `cwd` with `/`, findings in order of path
 * and position, `durationMs` in milliseconds. A file that can't be read or parsed is in `errors` and costs the others
 * nothing: a caller for whom that is a failure looks there.
 *
 * Rejects with a `UsageError` (`where`, `what`, `mend`) where the job can't be done at all: a bad configuration, none
 * of the paths exists, an `only` that names nothing, or a `since` that git doesn't know.
 */
export async function check(options: CheckOptions = {}): Promise<CheckReport> {
  return (await examine(options)).report;
}

/** What a baseline has to know beside the report. */
export interface Examined {
  report: CheckReport;
  /** What each fingerprint was made of. */
  keys: ReadonlyMap<string, FingerprintKey>;
  /** The files that were asked for, absolute. */
  named: ReadonlySet<string>;
  /** Whether a finding or an entry of a baseline is among what `only` asks for. */
  isAskedFor(row: { rule: string; boundary: string }): boolean;
}

/** The same, and what the report doesn't say. */
export async function examine(options: CheckOptions = {}): Promise<Examined> {
  const started = performance.now();
  const directory = resolve(options.cwd ?? process.cwd());
  const changed = options.since === undefined ? options.focus : changedSince(directory, options.since);
  const { cwd, config, configDir, project, errors, relative } = analyse({ ...options, ...(changed ? { focus: changed } : {}) }, options.all ?? false, options.unknown);
  const boundaries = new Map(project.engine.catalogue.boundaries.map((b) => [b.id, b]));
  const only = options.only === undefined ? undefined : readOnly(options.only, [...boundaries.keys()]);
  const isAskedFor: Examined['isAskedFor'] = ({ rule, boundary }) => isOneOf(only, { rule, boundary, family: boundaries.get(boundary)?.family ?? '' });
  const { units } = new RepairSession(compiler, project, { cwd, config, configDir });
  const keys = new Map<string, FingerprintKey>();
  const rows = {
    ts: compiler, config, units, relative, keys,
    // The other side of a changed file's handoff stands anywhere.
    named: (path: string) => changed === undefined ? project.named.has(path) : project.isAskedPackage(path),
    packageDir: (path: string) => project.packages.packageOf(path)?.dir ?? cwd,
  };
  const narrow = <T extends Finding | Whole>(found: T[]): T[] => (changed ? concerned(found, cwd, changed) : found).filter(isAskedFor);
  const report: CheckReport = {
    version, files: project.files, lines: project.lines, parsed: project.parsed,
    durationMs: Math.round(performance.now() - started),
    findings: narrow(sorted([...findingsOf(project.judged, rows), ...unregisteredOf(project.unregistered, rows)])),
    ...(options.all ? { handoffs: narrow(handoffsOf(project.judged, { ...rows, keys: undefined })) } : {}),
    skipped: { untracedPackages: 0, untracedHandoffs: 0, minifiedFiles: 0, ...project.skipped },
    errors,
  };
  return { report, keys, named: project.named, isAskedFor };
}
