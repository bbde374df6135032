/** The second half of `check`: what was read, judged and put into rows. */
import { RepairSession } from '../fix/session.ts';
import { findingsOf, handoffsOf, sorted, unregisteredOf } from '../report/findings.ts';
import type { FingerprintKey } from '../report/fingerprint.ts';
import type { CheckReport, Finding, Whole } from '../types.ts';
import { version } from '../version.ts';
import { analyse, compiler } from './analyse.ts';
import type { Begun, Wanted } from './begin.ts';
import type { CheckOptions, Examined } from './check.ts';
import { isOneOf, readOnly } from './only.ts';
import { concerned } from './since.ts';

/** @param started by the clock of `performance.now()` */
export function examination(options: CheckOptions, wanted: Wanted, begun: Begun, started: number): Examined {
  const { cwd, config, configDir, project, errors, relative } = analyse(options, wanted, begun);
  const { focus: changed } = options;
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
