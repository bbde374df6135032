/** `otel-handoff fix`: the codemod; a dry run unless `--write`. */
import { UsageError } from '../project/errors.ts';
import { count } from '../report/count.ts';
import type { FixResult } from '../run/fix.ts';
import type { UnitReport } from '../types.ts';
import { analysisFlags, analysisOptions, describeOptions, readOptions } from './options.ts';
import { assertWritable, colours, emit, Progress, sayErrors, type ExitStatus } from './terminal.ts';

const options = {
  write: { type: 'boolean', help: 'write the repairs (default: show them as a diff)' },
  format: { type: 'string', multiple: true, values: ['diff', 'json', 'own'], help: 'what is printed (default diff); alone: run the project\'s own formatter' },
  only: { type: 'string', hint: 'RULE|BOUNDARY|FAMILY', help: 'only channels with a handoff of this rule, boundary or family (or these: a,b)' },
  limit: { type: 'string', hint: 'N', help: 'at most so many channels' },
  relation: { type: 'string', values: ['auto', 'link', 'parent'], help: 'how a consumer joins its producer (default auto: a link where nobody waits)' },
  'helpers-module': { type: 'string', hint: 'FILE|MODULE', help: 'where the helper functions are, or go, instead of a file in each package' },
  'insert-todos': { type: 'boolean', help: 'leave a `// TODO(handoff): …` at every place that is refused' },
  prefer: { type: 'string', values: ['native'], help: 'switch a library\'s own telemetry option on where it can be had' },
  'allow-dirty': { type: 'boolean', help: 'write although git has uncommitted changes' },
  'type-check': { type: 'boolean', help: '--no-type-check: do not run the project\'s own compiler (for repositories you don\'t trust)' },
  ...analysisOptions,
} as const;

export const help = `Usage: otel-handoff fix [paths…] [options]

Repairs handoffs so that the trace goes on. Status 0: nothing is left; 1: something is (refused, taken back by the
type check, or a dry run with repairs to make); 2: the job couldn't be done.

${describeOptions(options)}
`;

export async function run(args: readonly string[]): Promise<ExitStatus> {
  const { values, paths } = readOptions('fix', withFormatter(args), options);
  const formats = (values['format'] ?? []) as string[];
  const { output, allowParseErrors, ...analysis } = analysisFlags(values);
  const write = values['write'] === true;
  const limit = readLimit(values['limit'] as string | undefined);
  assertWritable(output);
  const [{ fix }, { unifiedDiff }] = await Promise.all([import('../run/fix.ts'), import('../report/diff.ts')]);
  const progress = new Progress();
  const notes: string[] = [];
  const result = await fix({
    ...analysis, paths, write, limit,
    only: values['only'] as string | undefined,
    relation: values['relation'] as 'auto' | 'link' | 'parent' | undefined,
    helpersModule: values['helpers-module'] as string | undefined,
    insertTodos: values['insert-todos'] === true,
    format: formats.includes('own'),
    ...(values['prefer'] === 'native' ? { prefer: 'native' as const } : {}),
    allowDirty: values['allow-dirty'] === true,
    typeCheck: values['type-check'] !== false,
    onNote: (note) => notes.push(note),
    onProgress: progress.update,
  }).finally(() => progress.clear());
  for (const note of notes) console.error(note);
  const failed = sayErrors(result.errors, allowParseErrors);
  const { applied, refused, reverted } = result.report;
  const nothing = applied.length + refused.length + reverted.length + result.leftOut.length === 0;
  if (!failed || !nothing) {
    emit(formats.includes('json') ? `${JSON.stringify(result.report, null, 2)}\n` : unifiedDiff(result.changes, process.cwd(), { colour: colours(output) }), output);
  }
  summarise(result, write, failed);
  if (failed) return 2;
  const left = refused.length + reverted.length + result.leftOut.length + (write ? 0 : applied.length);
  return left > 0 ? 1 : 0;
}

/** "Migrated 41 of 47 handoffs; 6 refused: streaming 6, see `explain`; 30 files changed.", on stderr. Handoffs are counted, places in the code; what is done with them is done a channel at a time. */
function summarise({ report: { applied, refused, reverted, files }, leftOut, todos, noun }: FixResult, write: boolean, failed: boolean): void {
  const total = handoffs(applied) + handoffs(refused) + handoffs(reverted) + handoffs(leftOut);
  if (total === 0) {
    console.error(failed ? 'Nothing to repair in what could be read.' : 'Nothing to repair.');
    return;
  }
  const parts = [`${write ? 'Migrated' : 'Would migrate'} ${handoffs(applied)} of ${count(total, noun)}`];
  if (leftOut.length > 0) parts.push(`${handoffs(leftOut)} left out by --limit`);
  if (refused.length > 0) parts.push(`${handoffs(refused)} refused: ${countByCode(refused)}, see \`explain\``);
  if (reverted.length > 0) parts.push(`${handoffs(reverted)} taken back, because the result would not compile`);
  if (files.length > 0) parts.push(`${count(files.length, 'file')} ${write ? 'changed' : 'to change'}`);
  if (todos > 0) parts.push(`${count(todos, 'TODO')} ${write ? 'inserted' : 'to insert'}`);
  console.error(`${parts.join('; ')}.`);
  for (const unit of refused) console.error(`  ${place(unit)}  ${unit.code}: ${unit.detail}`);
  for (const unit of reverted) console.error(`  ${place(unit)}  taken back: ${unit.errors?.[0] ?? ''}${more(unit.errors ?? [])}`);
  if (!write && applied.length + todos > 0) console.error('This was a dry run: --write makes the changes.');
}

/** A bare `--format`, last or before another option, asks for the project's own formatter. */
function withFormatter(args: readonly string[]): string[] {
  const end = args.includes('--') ? args.indexOf('--') : args.length;
  return args.flatMap((arg, index) => arg === '--format' && index < end && (index + 1 === end || args[index + 1]!.startsWith('-')) ? ['--format=own'] : [arg]);
}

function handoffs(units: readonly UnitReport[]): number {
  return units.reduce((sum, unit) => sum + unit.sites.length, 0);
}

function more(errors: readonly string[]): string {
  return errors.length > 1 ? ` (and ${count(errors.length - 1, 'more error')})` : '';
}

function place({ sites: [site], boundaries }: UnitReport): string {
  return site ? `${site.path}:${site.line}:${site.column}` : boundaries.join(', ');
}

function countByCode(units: readonly UnitReport[]): string {
  const counts = new Map<string, number>();
  for (const unit of units) counts.set(unit.code!, (counts.get(unit.code!) ?? 0) + unit.sites.length);
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, n]) => `${code} ${n}`).join(', ');
}

function readLimit(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text)) throw new UsageError('otel-handoff fix', `--limit can't be "${text}"`, 'it takes a whole number');
  return Number(text);
}
