/** `otel-handoff fix`: the codemod; a dry run unless `--write`. */
import type { Judged } from '../analysis/judge.ts';
import { withoutConflicts } from '../fix/edits.ts';
import { dirtyFiles } from '../fix/git.ts';
import { parses, RepairSession } from '../fix/session.ts';
import type { FileChange, RepairUnit } from '../fix/unit.ts';
import { UsageError } from '../project/errors.ts';
import type { Unit } from '../project/units.ts';
import { unifiedDiff } from '../report/diff.ts';
import { severityOf } from '../report/findings.ts';
import type { FixReport, UnitReport } from '../types.ts';
import { analysisFlags, analysisOptions, describeOptions, readOptions } from './options.ts';
import { analyse, compiler, emit, report, type ExitStatus, type Run } from './run.ts';

const options = {
  write: { type: 'boolean', help: 'write the repairs (default: show them as a diff)' },
  format: { type: 'string', values: ['diff', 'json'], help: 'what is printed (default diff)' },
  only: { type: 'string', hint: 'RULE|BOUNDARY|FAMILY', help: 'only repairs of this rule, boundary or family' },
  limit: { type: 'string', hint: 'N', help: 'at most so many channels' },
  relation: { type: 'string', values: ['auto', 'link', 'child'], help: 'how a queue\'s consumer joins its producer (default auto: a link where nobody waits)' },
  'allow-dirty': { type: 'boolean', help: 'write although git has uncommitted changes' },
  'type-check': { type: 'boolean', help: '--no-type-check: do not run the project\'s own compiler (for repositories that you don\'t trust)' },
  ...analysisOptions,
} as const;

export const help = `Usage: otel-handoff fix [paths…] [options]

Repairs handoffs so that the trace goes on. Status 0: nothing is left; 1: something is (refused, taken back by the
type check, or a dry run with repairs to make); 2: the job couldn't be done.

${describeOptions(options)}
`;

export async function run(args: readonly string[]): Promise<ExitStatus> {
  const { values, paths } = readOptions('fix', args, options);
  const flags = analysisFlags(values);
  const write = values['write'] === true;
  const limit = readLimit(values['limit'] as string | undefined);
  const analysed = analyse(flags, paths);
  const relation = values['relation'] as 'auto' | 'link' | 'child' | undefined;
  const session = new RepairSession(compiler, analysed.project, { cwd: analysed.cwd, config: analysed.config, configDir: analysed.configDir, relation });
  const failed = report(analysed, flags);

  const asked = session.units.filter((unit) => isAskedFor(unit, analysed, values['only'] as string | undefined));
  const refused = asked.filter((unit) => unit.refused);
  const { kept, dropped } = withoutConflicts(session.repairUnits(asked).slice(0, limit));
  const gated = await gate(kept, session, analysed, values['type-check'] !== false);
  const result: FixReport = {
    applied: gated.kept.map((unit) => unit.report),
    refused: refused.map((unit) => session.report(unit)),
    reverted: [
      ...[...gated.errors].map(([unit, errors]) => ({ ...unit.report, errors })),
      ...[...dropped].map(([id, conflict]) => ({ ...session.report(session.units.find((u) => u.id === id)!), errors: [conflict.message] })),
    ],
    files: gated.changes.map((change) => analysed.relative(change.path)),
  };
  for (const note of gated.notes) console.error(note);
  if (write && gated.changes.length > 0) await writeChanges(gated.changes, analysed, values['allow-dirty'] === true);
  emit(render(values['format'] === 'json' ? 'json' : 'diff', result, gated.changes, analysed, flags.output), flags.output);
  summarise(result, write);
  if (failed) return 2;
  const left = result.refused.length + result.reverted.length + (write ? 0 : result.applied.length);
  const cut = session.repairUnits(asked).length - kept.length - dropped.size;
  return left + cut > 0 ? 1 : 0;
}

interface Gated {
  kept: RepairUnit[];
  errors: Map<RepairUnit, string[]>;
  changes: FileChange[];
  notes: string[];
}

/** What the project's own compiler takes; for JavaScript, and without type check, what still parses. */
async function gate(units: RepairUnit[], session: RepairSession, { cwd }: Run, types: boolean): Promise<Gated> {
  const broken = new Map<RepairUnit, string[]>();
  for (const unit of units) {
    const bad = session.changes([unit]).find((change) => /\.[cm]?[jt]sx?$/.test(change.path) && !parses(compiler, change));
    if (bad) broken.set(unit, [`${bad.path}: the repaired text would not parse`]);
  }
  const sound = units.filter((unit) => !broken.has(unit));
  if (!types || sound.length === 0) return { kept: sound, errors: broken, changes: session.changes(sound), notes: [] };
  const { typeGate } = await import('../fix/type-gate.ts');
  const texts = (some: readonly RepairUnit[]): Map<string, string> => new Map(session.changes(some).filter((c) => !c.path.endsWith('package.json')).map((c) => [c.path, c.after]));
  const result = typeGate(sound, { cwd, rebuild: texts, willBeInstalled: session.willBeInstalled });
  const errors = new Map(broken);
  for (const unit of sound) {
    const found = result.errors.get(unit.report.id);
    if (found) errors.set(unit, found);
  }
  return { kept: result.kept, errors, changes: session.changes(result.kept), notes: result.notes };
}

async function writeChanges(changes: readonly FileChange[], { cwd, relative }: Run, allowDirty: boolean): Promise<void> {
  if (!allowDirty) {
    const dirty = dirtyFiles(cwd);
    if (dirty && dirty.length > 0) {
      const more = dirty.length > 3 ? ` and ${dirty.length - 3} more` : '';
      throw new UsageError(dirty.slice(0, 3).map(relative).join(', ') + more, 'not committed: a repair on top could not be told from your own changes', 'commit or stash them, or pass --allow-dirty');
    }
  }
  const { writeAtomically } = await import('../fix/write.ts');
  writeAtomically(changes);
}

function render(format: 'diff' | 'json', result: FixReport, changes: readonly FileChange[], { cwd }: Run, output: string | undefined): string {
  if (format === 'json') return `${JSON.stringify(result, null, 2)}\n`;
  return unifiedDiff(changes, cwd, { colour: output === undefined && process.stdout.isTTY === true });
}

/** "Migrated 4 of 6 channels; 2 refused: …", on stderr. */
function summarise(result: FixReport, write: boolean): void {
  const { applied, refused, reverted, files } = result;
  const total = applied.length + refused.length + reverted.length;
  if (total === 0) {
    console.error('Nothing to repair.');
    return;
  }
  const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;
  const parts = [`${write ? 'Repaired' : 'Would repair'} ${applied.length} of ${count(total, 'channel')} in ${count(files.length, 'file')}`];
  if (refused.length > 0) parts.push(`${refused.length} refused: ${countBy(refused.map((u) => u.code!))}`);
  if (reverted.length > 0) parts.push(`${reverted.length} taken back, because the result would not compile`);
  console.error(`${parts.join('; ')}.`);
  for (const unit of refused) console.error(`  ${place(unit)} ${unit.id}: ${unit.code} (${unit.detail})`);
  for (const unit of reverted) console.error(`  ${place(unit)} ${unit.id}: ${unit.errors?.[0] ?? 'taken back'}`);
  if (!write && applied.length > 0) console.error('This was a dry run: --write makes the changes.');
}

function place({ sites: [site] }: UnitReport): string {
  return site ? `${site.path}:${site.line}:${site.column}` : '';
}

function countBy(codes: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, n]) => `${code} ${n}`).join(', ');
}

function isAskedFor(unit: Unit, { project, config }: Run, only: string | undefined): boolean {
  const on = unit.sites.filter((site) => severityOf(site, config) !== 'off');
  return on.some((site: Judged) => project.named.has(site.source.path) && (only === undefined || [site.boundary.rule, site.boundary.id, site.boundary.family].includes(only)));
}

function readLimit(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text)) throw new UsageError('otel-handoff fix', `--limit can't be "${text}"`, 'it takes a whole number');
  return Number(text);
}
