/**
 * The last check before anything is written: a unit that adds a type error is taken back whole.
 */
import fs from 'node:fs';
import type { Problem } from './problems.ts';
import { TypePrograms } from './type-programs.ts';
import type { RepairUnit } from './unit.ts';
import { CheckerError } from './whole-group.ts';

export interface TypeGateOptions {
  /** The files' texts with these units and no others, the helper file among them. */
  rebuild: (units: RepairUnit[]) => ReadonlyMap<string, string>;
  /** The text as it was analysed; by default what is on disk. */
  read?: (file: string) => string | undefined;
  /** Paths in messages are relative to it. */
  cwd?: string;
  maxFiles?: number;
  willBeInstalled?: ReadonlySet<string>;
}

export interface TypeGateResult {
  kept: RepairUnit[];
  /** `rebuild(kept)`. */
  changes: ReadonlyMap<string, string>;
  /** What each unit that was taken back would have added. */
  errors: Map<string, string[]>;
  notes: string[];
  /** How often the compiler was asked. */
  rounds: number;
}

const MOST_HEARINGS = 32;

export function typeGate(units: readonly RepairUnit[], options: TypeGateOptions): TypeGateResult {
  try {
    return judgeWith(units, options, true);
  } catch (error) {
    if (!(error instanceof CheckerError)) throw error;
    return judgeWith(units, options, false);
  }
}

function judgeWith(units: readonly RepairUnit[], options: TypeGateOptions, outside: boolean): TypeGateResult {
  const gate = new Gate([...units], options, outside);
  try {
    return judge(gate, units, options);
  } finally {
    gate.close();
  }
}

function judge(gate: Gate, units: readonly RepairUnit[], options: TypeGateOptions): TypeGateResult {
  // Nearly all errors are in files that were changed, and the few that have one are soon checked again and again. Then
  // comes all that depends on the changes, once.
  const failing = new Set<string>();
  const note = (problems: Problem[]): Problem[] => {
    for (const problem of problems) failing.add(problem.file);
    return problems;
  };
  const local = gate.sift([...units], (some) => note(gate.check(some, failing.size > 0 ? failing : gate.changeable)));
  const { kept, errors } = gate.sift(local.kept, (some) => {
    const again = failing.size > 0 ? gate.check(some, failing) : [];
    return again.length > 0 ? again : note(gate.check(some));
  });
  return {
    kept, changes: options.rebuild(kept), errors: new Map([...local.errors, ...errors]), notes: [...gate.notes], rounds: gate.rounds,
  };
}

type Check = (units: RepairUnit[]) => Problem[];

class Gate {
  rounds = 0;
  readonly notes: Set<string>;
  readonly changeable: ReadonlySet<string>;
  readonly #programs: TypePrograms;
  readonly #rebuild: TypeGateOptions['rebuild'];

  constructor(units: RepairUnit[], options: TypeGateOptions, outside: boolean) {
    this.#rebuild = options.rebuild;
    this.changeable = new Set(options.rebuild(units).keys());
    this.#programs = new TypePrograms(this.changeable, {
      cwd: options.cwd ?? process.cwd(),
      read: options.read ?? readFromDisk,
      maxFiles: options.maxFiles ?? 2000,
      willBeInstalled: options.willBeInstalled ?? new Set(),
      outside,
    });
    this.notes = this.#programs.notes;
  }

  /** New problems with these units: in all files that can be affected, or in some. */
  check(units: RepairUnit[], only?: ReadonlySet<string>): Problem[] {
    if (units.length === 0) return [];
    this.rounds++;
    return this.#programs.newProblems(this.#rebuild(units), only);
  }

  close(): void {
    this.#programs.close();
  }

  /** The units that pass the check together, and what the others would have added. */
  sift(units: RepairUnit[], check: Check): { kept: RepairUnit[]; errors: Map<string, string[]> } {
    const errors = new Map<string, string[]>();
    const back = new Map<RepairUnit, Problem[]>();
    const first = check(units);
    let kept = units;
    for (let problems = first; problems.length > 0; problems = check(kept)) {
      const guilty = this.#guilty(kept, problems, check);
      for (const [unit, found] of guilty) back.set(unit, found);
      kept = kept.filter((unit) => !guilty.has(unit));
    }
    // The nearest to an error is not always its cause: each gets a hearing of its own, which also tells its errors. One
    // alone has caused them all.
    for (const [unit, suspected] of back) {
      let added = back.size === 1 ? first : suspected;
      const together = units.filter((other) => other === unit || kept.includes(other));
      if (back.size > 1 && back.size <= MOST_HEARINGS) added = check(together);
      if (added.length === 0) kept = together;
      else errors.set(unit.report.id, added.map((problem) => problem.message));
    }
    return { kept, errors };
  }

  /**
   * Those whose edits are nearest to an error in a file that they touch. Where no unit touches the file, those that bring
   * the error about from another one, found by halving.
   */
  #guilty(units: RepairUnit[], problems: readonly Problem[], check: Check): Map<RepairUnit, Problem[]> {
    const guilty = new Map<RepairUnit, Problem[]>();
    for (const problem of problems) {
      for (const unit of nearest(units, problem)) guilty.set(unit, [...(guilty.get(unit) ?? []), problem]);
    }
    if (guilty.size > 0) return guilty;
    const found = this.#halve(units, [], check);
    for (const unit of found.length > 0 ? found : units) guilty.set(unit, [...problems]);
    return guilty;
  }

  /** Of `units`, those that can't be added to `base`. */
  #halve(units: RepairUnit[], base: RepairUnit[], check: Check): RepairUnit[] {
    if (units.length === 0 || check([...base, ...units]).length === 0) return [];
    if (units.length === 1) return units;
    const middle = units.length >> 1;
    const first = units.slice(0, middle);
    const bad = this.#halve(first, base, check);
    return [...bad, ...this.#halve(units.slice(middle), [...base, ...first.filter((unit) => !bad.includes(unit))], check)];
  }
}

function nearest(units: readonly RepairUnit[], problem: Problem): RepairUnit[] {
  const edits = units
    .flatMap((unit) => unit.edits.filter((edit) => edit.file === problem.file).map((edit) => ({ unit, edit })))
    .sort((a, b) => a.edit.start - b.edit.start || a.edit.end - b.edit.end);
  let grown = 0;
  let best = Number.POSITIVE_INFINITY;
  let found = new Set<RepairUnit>();
  for (const { unit, edit } of edits) {
    // Where the edit's text is once it and those before it are in place.
    const start = edit.start + grown;
    const end = start + edit.text.length;
    grown += edit.text.length - (edit.end - edit.start);
    const distance = Math.max(start - problem.start, problem.start - end, 0);
    if (distance < best) found = new Set();
    if (distance <= best) found.add(unit);
    best = Math.min(best, distance);
  }
  return [...found];
}

function readFromDisk(file: string): string | undefined {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined;
}
