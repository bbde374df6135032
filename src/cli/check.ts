/** `otel-handoff check`: findings; the gate in CI. */
import { existsSync, realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError } from '../project/errors.ts';
import { formats, type Format } from '../report/index.ts';
import type { Finding } from '../types.ts';
import { baselineOptions, compare, readBaselineOptions } from './baseline.ts';
import { analysisFlags, analysisOptions, commandLine, describeOptions, readOptions } from './options.ts';
import { hostOf } from './code-host.ts';
import { assertWritable, colours, columns, emit, Progress, sayErrors, type ExitStatus } from './terminal.ts';

const options = {
  format: { type: 'string', values: Object.keys(formats) as Format[], help: 'how findings are printed (default stylish)' },
  report: { type: 'string', multiple: true, hint: 'FORMAT=FILE', help: 'write the report there in this format, too; as often as wanted' },
  'fail-on': { type: 'string', values: ['error', 'warn', 'never'], help: 'from which severity the status is 1 (default error)' },
  all: { type: 'boolean', help: 'list the handoffs that are in order too' },
  only: { type: 'string', hint: 'RULE|BOUNDARY|FAMILY', help: 'only findings of this rule, boundary or family (or these: a,b)' },
  since: { type: 'string', hint: 'REF', help: 'only what has to do with files that changed since this git ref' },
  ...baselineOptions,
  unknown: { type: 'string', values: ['report', 'silent'], help: 'what looks like a handoff of something unknown (default silent)' },
  ...analysisOptions,
} as const;

export const help = `Usage: otel-handoff check [paths…] [options]

Finds handoffs that drop the OpenTelemetry context. Status 0: nothing to report; 1: findings; 2: the job
couldn't be done.

${describeOptions(options)}
`;

export async function run(args: readonly string[]): Promise<ExitStatus> {
  const { values, paths } = readOptions('check', args, options);
  const { output, allowParseErrors, ...analysis } = analysisFlags(values);
  assertWritable(output);
  const reports = readReports((values['report'] ?? []) as string[]);
  const baseline = readBaselineOptions(values);
  assertApart([['--output', output], ...reports.map(({ format, file }) => [`--report ${format}`, file] as const)], baseline?.file);
  const { examine } = await import('../run/check.ts');
  const progress = new Progress();
  const notes: string[] = [];
  const [since, only] = [values['since'] as string | undefined, values['only'] as string | undefined];
  const examined = await examine({
    ...analysis, paths, since, only, all: values['all'] === true, unknown: values['unknown'] === 'report' ? 'report' : 'silent', onNote: (note) => notes.push(note), onProgress: progress.update,
  }).finally(() => progress.clear());
  const compared = baseline && compare(baseline, examined, { cwd: process.cwd(), paths, partly: since !== undefined || analysis.workspaces !== undefined });
  const report = compared?.report ?? examined.report;
  for (const note of notes) console.error(note);
  const failed = sayErrors(report.errors, allowParseErrors);
  const format = (values['format'] ?? 'stylish') as Format;
  const places = baseline || since !== undefined ? placesOf(report.findings) : undefined;
  const shared = {
    failed, fixCommand: commandLine('fix', places ? { ...values, workspace: undefined } : values, places ?? paths, { only: options.only, ...analysisOptions }), since,
    ...hostOf(process.cwd(), process.env), ...(compared ? { baseline: { file: baseline.file, known: compared.known, stale: compared.stale } } : {}),
  };
  for (const each of reports) emit(formats[each.format](report, { ...shared, colour: false }), each.file, '--report');
  emit(formats[format](report, { ...shared, colour: colours(output), columns: columns(output) }), output);
  compared?.finish(failed);
  if (failed) return 2;
  return reaches(report.findings, (values['fail-on'] ?? 'error') as string) ? 1 : 0;
}

/** Where the report is a part of what there is, the repair need be no more: the files that it names, if they are few. */
function placesOf(findings: readonly Finding[]): string[] | undefined {
  const files = [...new Set(findings.filter(({ repair }) => !('refused' in repair)).map(({ path }) => path))];
  return files.length > 0 && files.length <= 5 ? files : undefined;
}

/** Two that are written to one file: the second would be all that is left. */
function assertApart(outputs: readonly (readonly [option: string, file: string | undefined])[], baseline: string | undefined): void {
  const taken = new Map<string, string>(baseline === undefined ? [] : [[targetOf(baseline), 'the baseline']]);
  for (const [option, file] of outputs) {
    if (file === undefined) continue;
    const other = taken.get(targetOf(file));
    if (other !== undefined) throw new UsageError(option.startsWith('--report') ? `${option}=${file}` : `${option} ${file}`, other === 'the baseline' ? 'is the baseline' : `is where ${other} goes`, 'give each report a file of its own');
    // A device takes what comes.
    if (statSync(file, { throwIfNoEntry: false })?.isFile() ?? true) taken.set(targetOf(file), option);
  }
}

function targetOf(file: string): string {
  return existsSync(file) ? realpathSync(file) : resolve(file);
}

/** `sarif=handoff.sarif`, each checked before any work is done. */
function readReports(given: readonly string[]): { format: Format; file: string }[] {
  return given.map((each) => {
    const [, format = '', file = ''] = /^([^=]*)=(.*)$/.exec(each) ?? [];
    if (!Object.hasOwn(formats, format) || file === '') throw new UsageError('otel-handoff check', `--report can't be "${each}"`, `give FORMAT=FILE with one of ${Object.keys(formats).join(', ')}`);
    assertWritable(file, '--report');
    return { format: format as Format, file };
  });
}

function reaches(findings: readonly Finding[], failOn: string): boolean {
  if (failOn === 'never') return false;
  return findings.some((f) => f.severity === 'error' || failOn === 'warn');
}
