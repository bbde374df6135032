/** `check` without a command line. */
import { RepairSession } from '../fix/session.ts';
import { findingsOf, handoffsOf, sorted, unregisteredOf } from '../report/findings.ts';
import type { CheckReport } from '../types.ts';
import { version } from '../version.ts';
import { analyse, compiler, type AnalysisOptions } from './analyse.ts';

export interface CheckOptions extends AnalysisOptions {
  /** List the handoffs that are in order too, in `handoffs`. */
  all?: boolean;
  /** What looks like a handoff, on a receiver of which nothing tells what it is: a warning, or (default) silence. */
  unknown?: 'report' | 'silent';
}

/**
 * Finds the handoffs that drop the trace context: the report that `otel-handoff check --format json` prints.
 *
 * `line` and `column` are 1-based (`endColumn` exclusive), paths relative to `cwd` with `/`, findings in order of path
 * and position, `durationMs` in milliseconds. A file that can't be read or parsed is in `errors` and costs the others
 * nothing: a caller for whom that is a failure looks there.
 *
 * Rejects with a `UsageError` (`where`, `what`, `mend`) where the job can't be done at all: a bad configuration, or
 * none of the paths exists.
 */
export async function check(options: CheckOptions = {}): Promise<CheckReport> {
  const started = performance.now();
  const { cwd, config, configDir, project, errors, relative } = analyse(options, options.all ?? false, options.unknown);
  const { units } = new RepairSession(compiler, project, { cwd, config, configDir });
  const rows = {
    ts: compiler, config, units, relative,
    named: (path: string) => project.named.has(path),
    packageDir: (path: string) => project.packages.packageOf(path)?.dir ?? cwd,
  };
  return {
    version, files: project.files, lines: project.lines, parsed: project.parsed,
    durationMs: Math.round(performance.now() - started),
    findings: sorted([...findingsOf(project.judged, rows), ...unregisteredOf(project.unregistered, rows)]),
    ...(options.all ? { handoffs: handoffsOf(project.judged, rows) } : {}),
    skipped: { untracedPackages: 0, untracedHandoffs: 0, minifiedFiles: 0, ...project.skipped },
    errors,
  };
}
