/** `fix` without a command line. */
import { basename, resolve } from 'node:path';
import type { Judged } from '../analysis/judge.ts';
import { withoutConflicts } from '../fix/edits.ts';
import { dirtyFiles } from '../fix/git.ts';
import { isHelperFile } from '../fix/helper-file.ts';
import { apiPackage } from '../fix/manifest.ts';
import { parses, RepairSession } from '../fix/session.ts';
import type { FileChange, RepairUnit } from '../fix/unit.ts';
import { UsageError } from '../project/errors.ts';
import { gitRootOf, isInside } from '../project/paths.ts';
import type { Unit } from '../project/units.ts';
import { nounFor } from '../report/count.ts';
import { severityOf } from '../report/findings.ts';
import type { FixReport, ToolError, UnitReport } from '../types.ts';
import { analyse, compiler, type Analysis } from './analyse.ts';
import type { AnalysisOptions } from './begin.ts';
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
  /** Where the helper functions are, or go, instead of a file in each package: a path from `cwd`, or a module's name; wins over the configuration. */
  helpersModule?: string;
  /** How a queue's consumer joins its producer; `auto`: a link where nobody waits, else a child. */
  relation?: 'auto' | 'link' | 'parent';
  /** Leave a `// TODO(handoff): …` at every place that was refused. */
  insertTodos?: boolean;
  /** Run the project's own Prettier, Biome or ESLint over the files that change. It executes code of the repository. */
  format?: boolean;
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
  leftOut: UnitReport[];
  /** How many `// TODO(handoff): …` were added. */
  todos: number;
  /** What a summary calls what it counts. */
  noun: string;
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
  const analysis = analyse(options, { kept: false });
  const { cwd, configDir, project, relative } = analysis;
  const config = options.helpersModule === undefined ? analysis.config : { ...analysis.config, helpersModule: isHelperFile(options.helpersModule) ? resolve(cwd, options.helpersModule) : options.helpersModule };
  const only = options.only === undefined ? undefined : readOnly(options.only, project.engine.catalogue.boundaries.map((b) => b.id));
  const session = new RepairSession(compiler, project, { cwd, config, configDir, relation: options.relation === 'parent' ? 'child' : options.relation, prefer: options.prefer });

  const asked = session.units.filter((unit) => isAskedFor(unit, analysis, only));
  const repairable = asked.filter((unit) => !unit.refused);
  const taken = repairable.slice(0, options.limit);
  const { kept, dropped } = withoutConflicts(session.repairUnits(taken));
  const gated = await gate(kept, session, analysis, options);
  const refused = asked.filter((unit) => unit.refused);
  const todos = options.insertTodos ? session.todos(refused, gated.kept, (site) => isNamed(site, analysis)) : [];
  const applied = await session.applied(gated.kept, todos);
  const changes = options.format && applied.length > 0 ? await formatted(applied, analysis) : applied;
  const report: FixReport = {
    applied: gated.kept.map((unit) => unit.report),
    refused: refused.map((unit) => session.report(unit)),
    reverted: taken.flatMap((unit) => {
      const conflict = dropped.get(unit.id);
      const errors = conflict ? [`${relative(conflict.file)}: its edits overlap those of another repair`] : gated.errors.get(unit.id);
      return errors ? [{ ...session.report(unit), errors }] : [];
    }),
    files: changes.map((change) => relative(change.path)).sort(),
  };
  if (options.write && changes.length > 0) {
    if (!options.allowDirty) refuseDirtyTree(changes, analysis);
    const { writeAtomically } = await import('../fix/write.ts');
    writeAtomically(changes);
    const manifests = report.files.filter((file) => basename(file) === 'package.json');
    if (manifests.length > 0) options.onNote?.(`${manifests.join(', ')} names ${apiPackage} now: install it.`);
  }
  const noun = nounFor(asked.flatMap((unit) => unit.sites.map(({ boundary: { family }, rule }) => ({ family, rule }))), false).replace('dark ', '');
  return { report, changes, leftOut: repairable.slice(taken.length).map((unit) => session.report(unit)), todos: todos.length, noun, errors: analysis.errors };
}

interface Gated {
  kept: RepairUnit[];
  /** By the unit's id. */
  errors: Map<string, string[]>;
}

/** What the project's own compiler takes; for JavaScript, and without type check, what still parses. */
async function gate(units: RepairUnit[], session: RepairSession, { cwd, relative }: Analysis, { typeCheck = true, onNote, onProgress }: FixOptions): Promise<Gated> {
  const { sound, errors } = whatParses(units, session, relative);
  if (!typeCheck || sound.length === 0) return { kept: sound, errors };
  onProgress?.(`Type-checking ${sound.length} repair${sound.length === 1 ? '' : 's'}`);
  const { typeGate } = await import('../fix/type-gate.ts');
  const texts = (some: readonly RepairUnit[]): Map<string, string> => new Map(session.changes(some).filter((c) => !c.path.endsWith('package.json')).map((c) => [c.path, c.after]));
  const result = typeGate(sound, { cwd, rebuild: texts, willBeInstalled: session.willBeInstalled });
  for (const note of result.notes) onNote?.(note);
  return { kept: result.kept, errors: new Map([...errors, ...result.errors]) };
}

/** As the project's own formatter leaves them, and only what still parses. */
async function formatted(changes: FileChange[], { project, relative }: Analysis): Promise<FileChange[]> {
  const { formatChanges } = await import('../fix/format.ts');
  const result = await formatChanges(changes, project.packages, relative);
  const bad = result.find((change) => isScript(change) && !parses(compiler, change));
  if (bad) throw new UsageError('--format', `${relative(bad.path)} would not parse any more`, 'nothing was written');
  return result;
}

function isScript({ path }: FileChange): boolean {
  return /\.[cm]?[jt]sx?$/.test(path);
}

/** All together first: one by one, a file is parsed as often as it has repairs. */
function whatParses(units: RepairUnit[], session: RepairSession, relative: Analysis['relative']): { sound: RepairUnit[]; errors: Map<string, string[]> } {
  const errors = new Map<string, string[]>();
  const broken = (some: readonly RepairUnit[]): string | undefined => session.changes(some).find((change) => isScript(change) && !parses(compiler, change))?.path;
  let sound = units;
  for (let bad = broken(sound); bad !== undefined; bad = broken(sound)) {
    const suspects = sound.filter((unit) => unit.edits.some((edit) => edit.file === bad));
    const guilty = suspects.filter((unit) => broken([unit]) !== undefined);
    // Each good alone and bad together: none of them is written.
    const back = new Set(guilty.length > 0 ? guilty : suspects.length > 0 ? suspects : sound);
    for (const unit of back) errors.set(unit.report.id, [`${relative(bad)}: the repaired text would not parse`]);
    sound = sound.filter((unit) => !back.has(unit));
  }
  return { sound, errors };
}

function refuseDirtyTree(changes: readonly FileChange[], { cwd, relative }: Analysis): void {
  const tree = changes.every((change) => isInside(cwd, change.path)) ? cwd : gitRootOf(cwd) ?? cwd;
  const dirty = dirtyFiles(tree) ?? [];
  if (dirty.length === 0) return;
  const more = dirty.length > 3 ? ` and ${dirty.length - 3} more` : '';
  throw new UsageError(dirty.slice(0, 3).map(relative).join(', ') + more, 'not committed: a repair on top could not be told from your own changes', 'commit or stash first, or pass --allow-dirty');
}

function isAskedFor(unit: Unit, analysis: Analysis, only: ReadonlySet<string> | undefined): boolean {
  return unit.sites.some((site) => isNamed(site, analysis) && isOneOf(only, { rule: site.rule, boundary: site.boundary.id, family: site.boundary.family }));
}

function isNamed(site: Judged, { project, config }: Analysis): boolean {
  return severityOf(site, config) !== 'off' && project.named.has(site.source.path);
}
