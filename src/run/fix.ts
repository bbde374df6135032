/** `fix` without a command line. */
import { withoutConflicts } from '../fix/edits.ts';
import { dirtyFiles } from '../fix/git.ts';
import { parses, RepairSession } from '../fix/session.ts';
import type { FileChange, RepairUnit } from '../fix/unit.ts';
import { UsageError } from '../project/errors.ts';
import { gitRootOf, isInside } from '../project/paths.ts';
import type { Unit } from '../project/units.ts';
import { severityOf } from '../report/findings.ts';
import type { FixReport, ToolError } from '../types.ts';
import { analyse, compiler, type Analysis, type AnalysisOptions } from './analyse.ts';
import { isOneOf, readOnly } from './only.ts';

export interface FixOptions extends AnalysisOptions {
  /** Write the changes. Default: nothing is written, `changes` says what would be. */
  write?: boolean;
  /** Write although git has uncommitted changes. */
  allowDirty?: boolean;
  /** Only channels with a handoff of this rule, boundary or family (or of these, with commas between); they are repaired whole. */
  only?: string;
  /** At most so many channels. */
  limit?: number;
  /** How a queue's consumer joins its producer; `auto`: a link where nobody waits, else a child. */
  relation?: 'auto' | 'link' | 'parent';
  /** `native`: switch a library's own telemetry option on, where the package already depends on what it takes (BullMQ: `bullmq-otel`). */
  prefer?: 'native';
  /** Run the project's own compiler over the result (default true). It reads the project's tsconfig files. */
  typeCheck?: boolean;
}

export interface FixResult {
  report: FixReport;
  /** Whole texts, new files among them (`before` is then `undefined`); paths are absolute. */
  changes: FileChange[];
  /** Repairable channels that `limit` left out. */
  leftOut: number;
  /** What could not be read, parsed or analysed. */
  errors: ToolError[];
}

/**
 * Repairs handoffs, a channel at a time with both of its sides: `report` is what `otel-handoff fix --format json`
 * prints, `changes` are the new texts. Without `write` nothing is written and `applied` is what would be.
 *
 * Rejects with a `UsageError` for a bad configuration, paths none of which exists, an `only` that names nothing, or a
 * dirty git tree without `allowDirty` (nothing is written then); with a `WriteError` (`path`, `written`) where a file
 * can't be written or was edited meanwhile.
 */
export async function fix(options: FixOptions = {}): Promise<FixResult> {
  const analysis = analyse(options, false);
  const { cwd, config, configDir, project, relative } = analysis;
  const only = options.only === undefined ? undefined : readOnly(options.only, project.engine.catalogue.boundaries.map((b) => b.id));
  const session = new RepairSession(compiler, project, { cwd, config, configDir, relation: options.relation === 'parent' ? 'child' : options.relation, prefer: options.prefer });

  const asked = session.units.filter((unit) => isAskedFor(unit, analysis, only));
  const repairable = asked.filter((unit) => !unit.refused);
  const taken = repairable.slice(0, options.limit);
  const { kept, dropped } = withoutConflicts(session.repairUnits(taken));
  const gated = await gate(kept, session, analysis, options);
  const report: FixReport = {
    applied: gated.kept.map((unit) => unit.report),
    refused: asked.filter((unit) => unit.refused).map((unit) => session.report(unit)),
    reverted: taken.flatMap((unit) => {
      const conflict = dropped.get(unit.id);
      const errors = conflict ? [`${relative(conflict.file)}: its edits overlap those of another repair`] : gated.errors.get(unit.id);
      return errors ? [{ ...session.report(unit), errors }] : [];
    }),
    files: gated.changes.map((change) => relative(change.path)).sort(),
  };
  if (options.write && gated.changes.length > 0) {
    if (!options.allowDirty) refuseDirtyTree(gated.changes, analysis);
    const { writeAtomically } = await import('../fix/write.ts');
    writeAtomically(gated.changes);
  }
  return { report, changes: gated.changes, leftOut: repairable.length - taken.length, errors: analysis.errors };
}

interface Gated {
  kept: RepairUnit[];
  /** By the unit's id. */
  errors: Map<string, string[]>;
  changes: FileChange[];
}

/** What the project's own compiler takes; for JavaScript, and without type check, what still parses. */
async function gate(units: RepairUnit[], session: RepairSession, { cwd, relative }: Analysis, { typeCheck = true, onNote, onProgress }: FixOptions): Promise<Gated> {
  const errors = new Map<string, string[]>();
  for (const unit of units) {
    const bad = session.changes([unit]).find((change) => /\.[cm]?[jt]sx?$/.test(change.path) && !parses(compiler, change));
    if (bad) errors.set(unit.report.id, [`${relative(bad.path)}: the repaired text would not parse`]);
  }
  const sound = units.filter((unit) => !errors.has(unit.report.id));
  if (!typeCheck || sound.length === 0) return { kept: sound, errors, changes: await session.applied(sound) };
  onProgress?.(`Type-checking ${sound.length} repair${sound.length === 1 ? '' : 's'}`);
  const { typeGate } = await import('../fix/type-gate.ts');
  const texts = (some: readonly RepairUnit[]): Map<string, string> => new Map(session.changes(some).filter((c) => !c.path.endsWith('package.json')).map((c) => [c.path, c.after]));
  const result = typeGate(sound, { cwd, rebuild: texts, willBeInstalled: session.willBeInstalled });
  for (const note of result.notes) onNote?.(note);
  return { kept: result.kept, errors: new Map([...errors, ...result.errors]), changes: await session.applied(result.kept) };
}

function refuseDirtyTree(changes: readonly FileChange[], { cwd, relative }: Analysis): void {
  const tree = changes.every((change) => isInside(cwd, change.path)) ? cwd : gitRootOf(cwd) ?? cwd;
  const dirty = dirtyFiles(tree) ?? [];
  if (dirty.length === 0) return;
  const more = dirty.length > 3 ? ` and ${dirty.length - 3} more` : '';
  throw new UsageError(dirty.slice(0, 3).map(relative).join(', ') + more, 'not committed: a repair on top could not be told from your own changes', 'commit or stash first, or pass --allow-dirty');
}

function isAskedFor(unit: Unit, { project, config }: Analysis, only: ReadonlySet<string> | undefined): boolean {
  return unit.sites.some((site) => severityOf(site, config) !== 'off' && project.named.has(site.source.path)
    && isOneOf(only, { rule: site.rule, boundary: site.boundary.id, family: site.boundary.family }));
}
