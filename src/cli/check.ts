/** `otel-handoff check`: findings; the gate in CI. */
import { findingsOf, handoffsOf } from '../report/findings.ts';
import { formats, type Format } from '../report/formats.ts';
import type { CheckReport, Finding } from '../types.ts';
import { version } from '../version.ts';
import { RepairSession } from '../fix/session.ts';
import { analysisFlags, analysisOptions, describeOptions, readOptions } from './options.ts';
import { analyse, compiler, emit, report, type ExitStatus, type Run } from './run.ts';

const options = {
  format: { type: 'string', values: Object.keys(formats) as Format[], help: 'how findings are printed (default stylish)' },
  'fail-on': { type: 'string', values: ['error', 'warn', 'never'], help: 'from which severity the status is 1 (default error)' },
  all: { type: 'boolean', help: 'list the handoffs that are in order too' },
  ...analysisOptions,
} as const;

export const help = `Usage: otel-handoff check [paths…] [options]

Finds handoffs that drop the OpenTelemetry context. Status 0: nothing to report; 1: findings; 2: the job couldn't be done.

${describeOptions(options)}
`;

export function run(args: readonly string[]): ExitStatus {
  const { values, paths } = readOptions('check', args, options);
  const flags = analysisFlags(values);
  const analysed = analyse(flags, paths);
  const checked = checkReport(analysed, values['all'] === true);
  const failed = report(analysed, flags);
  const format = (values['format'] ?? 'stylish') as Format;
  emit(formats[format](checked, { colour: flags.output === undefined && process.stdout.isTTY === true, failed }), flags.output);
  if (failed) return 2;
  return reaches(checked.findings, (values['fail-on'] ?? 'error') as string) ? 1 : 0;
}

/** The report of a run, in the shape that `--format json` prints. */
export function checkReport({ project, config, configDir, cwd, relative, durationMs }: Run, all: boolean): CheckReport {
  const { units } = new RepairSession(compiler, project, { cwd, config, configDir });
  const named = project.judged.filter((j) => project.named.has(j.source.path));
  const rows = { ts: compiler, config, units, relative };
  return {
    version, files: project.files, lines: project.lines, parsed: project.parsed, durationMs,
    findings: findingsOf(named, rows),
    ...(all ? { handoffs: handoffsOf(named, rows) } : {}),
    skipped: project.skipped, errors: project.errors,
  };
}

function reaches(findings: readonly Finding[], failOn: string): boolean {
  if (failOn === 'never') return false;
  return findings.some((f) => f.severity === 'error' || failOn === 'warn');
}
