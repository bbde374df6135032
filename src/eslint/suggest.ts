/** The codemod's own edits as a suggestion, where they are whole within one file and all that they import is there. */
import path from 'node:path';
import { parse, parseErrors, type SourceText } from '../analysis/source.ts';
import type { Engine } from '../analysis/engine.ts';
import type { Judged } from '../analysis/judge.ts';
import { applyEdits, EditConflict } from '../fix/edits.ts';
import { helperPath } from '../fix/helper-file.ts';
import { apiPackage } from '../fix/manifest.ts';
import { RepairSession, type SessionOptions } from '../fix/session.ts';
import type { ProjectResult } from '../project/project.ts';
import { strategyOf, type Unit } from '../project/units.ts';
import type { Refusal, Ts } from '../types.ts';
import type { Surroundings } from './surroundings.ts';

export interface Suggestion {
  strategy: string;
  /** What it does, of what a check of spans found. */
  advice?: string;
  /** How many handoffs it mends at once. */
  sites: number;
  start: number;
  end: number;
  text: string;
}

export type Repair =
  | { suggestion: Suggestion }
  | { refused: Refusal }
  /** `otel-handoff fix` makes it: other files, package.json or the other side of the channel change too. */
  | { elsewhere: 'files' | 'other-side' };

export interface RepairInput extends SessionOptions {
  ts: Ts;
  engine: Engine;
  source: SourceText;
  judged: readonly Judged[];
  surroundings: Surroundings;
}

export function repairsOf(input: RepairInput): Map<Judged, Repair> {
  const { ts, engine, judged, surroundings: { packages, modules } } = input;
  const session = new RepairSession(ts, { engine, packages, modules, judged } as unknown as ProjectResult, input);
  const repairs = new Map<Judged, Repair>();
  for (const unit of session.units) {
    const whole = repairOf(unit, session, input);
    for (const site of unit.sites) {
      const refused = 'refused' in whole ? unit.refusals.get(site) : undefined;
      repairs.set(site, refused ? { refused } : whole);
    }
  }
  return repairs;
}

function repairOf(unit: Unit, session: RepairSession, input: RepairInput): Repair {
  const judgedRefusal = unit.sites.find((site) => site.refusal)?.refusal;
  if (judgedRefusal) return { refused: judgedRefusal };
  // No half of a channel: what is refused for want of the other side may well be repaired with it.
  if (unit.sites.some(isHalf)) return { elsewhere: 'other-side' };
  if (unit.refused) return { refused: unit.refused };
  const suggestion = suggestionOf(unit, session, input);
  return suggestion ? { suggestion } : { elsewhere: 'files' };
}

function isHalf({ boundary, peers }: Judged): boolean {
  if (boundary.role === 'callback' || boundary.counterparts.length === 0 || boundary.channel?.by === 'url') return false;
  return !peers.some((peer) => peer.boundary.role !== boundary.role);
}

function suggestionOf(unit: Unit, session: RepairSession, { ts, source, surroundings: { packages, modules }, config }: RepairInput): Suggestion | undefined {
  const pkg = packages.packageOf(source.path);
  if (!pkg || packages.versionOf(pkg, apiPackage) === undefined) return undefined;
  const [repair] = session.repairUnits([unit]);
  // Installed by a package above it counts as there: the codemod would declare it as well.
  if (!repair || repair.edits.some((edit) => path.basename(edit.file) !== 'package.json' && edit.file !== source.path)) return undefined;
  const edits = session.editsOf([repair]).get(source.path) ?? [];
  if (session.changes([{ ...repair, edits: [] }]).length > 0) return undefined; // the helper module is missing, or lacks a part
  if (config.helpersModule !== undefined && unit.needs.some((need) => need.from === 'helper')) {
    const helper = helperPath(pkg.dir, { file: source.path, typescript: false, helpersModule: config.helpersModule });
    if (!path.isAbsolute(helper) && packages.versionOf(pkg, helper) === undefined && modules.resolve(source.path, helper) === undefined) return undefined;
  }
  const after = applied(source.text, edits);
  if (after === undefined || parseErrors(ts, parse(ts, source.path, after)).length > 0) return undefined;
  const start = Math.min(...edits.map((edit) => edit.start));
  const end = Math.max(...edits.map((edit) => edit.end));
  const strategy = strategyOf(unit.sites[0]!, unit) ?? '';
  const spot = unit.sites[0]?.spot;
  return { strategy, ...(spot ? { advice: spot.advice ?? unit.sites[0]!.boundary.advice } : {}), sites: unit.sites.length, start, end, text: after.slice(start, after.length - (source.text.length - end)) };
}

function applied(text: string, edits: Parameters<typeof applyEdits>[1]): string | undefined {
  try {
    return applyEdits(text, edits);
  } catch (error) {
    if (error instanceof EditConflict) return undefined;
    throw error;
  }
}
