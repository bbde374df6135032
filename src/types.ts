/**
 * The vocabulary of DESIGN.md as types: what the engine says, and what every surface (ESLint, codemod, CLI) reads.
 */
import type { Boundary, Family, Role, RuntimeProfile } from './catalogue/schema.ts';
import type { RefusalCode } from './refusals.ts';

/** The TypeScript compiler module. The engine is handed one; it never imports its own. */
export type Ts = typeof import('typescript');

export type Verdict =
  | 'lost' | 'wrong' | 'leaked' | 'misparented' | 'one-sided' | 'untraced'
  | 'kept' | 'covered' | 'carried';

export type Severity = 'error' | 'warn' | 'off';

/** Whether a verdict could be reached from the file and its package, or needed the rest of the repo. */
export type Scope = 'file' | 'project';

/** 1-based, as editors count. `endColumn` is exclusive. */
export interface Position {
  path: string;
  line: number;
  column: number;
}

export interface Related extends Position {
  role: Role;
}

/** Why no edit is known to be safe. */
export interface Refusal {
  code: RefusalCode;
  detail: string;
}

export type { RefusalCode };

export type RepairNote = { strategy: string; unit: string } | { refused: RefusalCode; detail: string };

/** One row of `check --format json`; see schemas/check.json. */
export interface Finding {
  fingerprint: string;
  path: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  rule: string;
  boundary: string;
  family: Family;
  runtime: RuntimeProfile;
  scope: Scope;
  role: Role;
  coupling: 'awaited' | 'detached';
  verdict: Verdict;
  severity: Exclude<Severity, 'off'>;
  channel: string;
  message: string;
  why: string[];
  related: Related[];
  repair: RepairNote;
}

/** A handoff that is in order, listed by `check --all`; `rule` is the one that would report it. */
export interface Whole extends Omit<Finding, 'severity' | 'repair'> {
  /** What brings the context across. */
  by: string;
}

export interface ToolError {
  path: string;
  code: 'parse-error' | 'unreadable' | 'crash';
  message: string;
}

/** `check --format json`. */
export interface CheckReport {
  version: string;
  files: number;
  lines: number;
  parsed: number;
  durationMs: number;
  findings: Finding[];
  handoffs?: Whole[];
  skipped: Record<string, number>;
  errors: ToolError[];
}

/** A replacement of `[start, end)` in the text of `file` (offsets in UTF-16 units, without a BOM). */
export interface Edit {
  file: string;
  start: number;
  end: number;
  text: string;
}

/** What `fix` says of one channel; see schemas/fix.json. */
export interface UnitReport {
  id: string;
  boundaries: string[];
  channel: string;
  strategies: string[];
  sites: Related[];
  /** Why it was refused. */
  code?: RefusalCode;
  detail?: string;
  /** Why the type gate took it back. */
  errors?: string[];
}

/** `fix --format json`. */
export interface FixReport {
  applied: UnitReport[];
  refused: UnitReport[];
  reverted: UnitReport[];
  files: string[];
}

/** What came of looking one boundary up in the catalogue. */
export type { Boundary, Family, Role, RuntimeProfile };
