/** `check` without a command line. */
import { resolve } from 'node:path';
import type { FingerprintKey } from '../report/fingerprint.ts';
import type { CheckReport } from '../types.ts';
import { begin, type AnalysisOptions } from './begin.ts';
import { changedSince } from './since.ts';

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
  const changed = options.since === undefined ? options.focus : await changedSince(directory, options.since);
  const focused = { ...options, ...(changed ? { focus: changed } : {}) };
  const wanted = { kept: options.all ?? false, unknown: options.unknown === 'report' };
  const begun = begin(focused, wanted);
  // The compiler and the engine are loaded while the files are being read.
  const { examination } = await import('./examination.ts');
  return examination(focused, wanted, begun, started);
}
