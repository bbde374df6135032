/**
 * `otel-handoff/api`: what the command line does, for scripts.
 *
 *     import { check, fix } from 'otel-handoff/api';
 *     const { findings, errors } = await check({ paths: ['src'] });
 *     const { report, changes } = await fix({ only: 'no-dark-queue' }); // a dry run: `write: true` writes
 *
 * Reports have the shapes of `otel-handoff/schemas/check.json` and `otel-handoff/schemas/fix.json`.
 */
import { loadCatalogue } from './catalogue/catalogue.ts';
import type { Boundary } from './catalogue/schema.ts';

export { check, type CheckOptions } from './run/check.ts';
export { fix, type FixOptions, type FixResult } from './run/fix.ts';
export type { AnalysisOptions } from './run/begin.ts';

/** The configuration in force for a folder: the given file, else the nearest `handoff.config.json` upward, else the defaults. */
export { loadConfig, type Config, type ConfigInput, type LoadedConfig } from './project/config.ts';
export { UsageError } from './project/errors.ts';
export { WriteError } from './fix/write.ts';
export { version } from './version.ts';

/** The built-in boundaries, defaults filled in; their schema is `otel-handoff/schemas/boundary.json`. */
export const catalogue: readonly Boundary[] = loadCatalogue().boundaries;

export type { FileChange } from './fix/unit.ts';
export type { BoundaryInput } from './catalogue/schema.ts';
export type {
  Boundary, CheckReport, Family, Finding, FixReport, Position, Refusal, RefusalCode, Related, RepairNote, Role,
  RuntimeProfile, Scope, Severity, ToolError, UnitReport, Verdict, Whole,
} from './types.ts';
