/** The published shapes of `--format json`, from which schemas/check.json and schemas/fix.json are generated. */
import { z } from 'zod';
import { families, roles, runtimeProfiles } from '../catalogue/schema.ts';
import type { CheckReport, Finding, FixReport, Related, ToolError, UnitReport, Whole } from '../types.ts';
import { refusalCodes } from '../refusals.ts';

const line = z.int().min(1).describe('1-based.');
const path = z.string().describe('Relative to the working directory, with `/`.');
const verdicts = ['lost', 'wrong', 'leaked', 'misparented', 'one-sided', 'untraced', 'kept', 'covered', 'carried'] as const;
const refusals = z.enum(refusalCodes);

const related = z.strictObject({ path, line, column: line, role: z.enum(roles) });

const place = {
  fingerprint: z.string().regex(/^[0-9a-f]{16}$/).describe('Of boundary, channel, enclosing symbol, text and ordinal: it survives line moves.'),
  path,
  line: line.describe('1-based line of the callee\'s own name token.'),
  column: line.describe('1-based column, in UTF-16 units.'),
  endLine: line,
  endColumn: line.describe('Exclusive.'),
  rule: z.string(),
  boundary: z.string().describe('Id in the catalogue.'),
  family: z.enum(families),
  runtime: z.enum(runtimeProfiles),
  scope: z.enum(['file', 'project']).describe('Whether the file and its package were enough to tell, or the rest of the repo was needed.'),
  role: z.enum(roles),
  coupling: z.enum(['awaited', 'detached']),
  verdict: z.enum(verdicts),
};

const words = {
  channel: z.string().describe('What joins a producer to its consumers; `*` where it has no name.'),
  message: z.string(),
  why: z.array(z.string()).describe('The evidence.'),
  related: z.array(related).describe('The other side, where it was found.'),
};

const finding = z.strictObject({
  ...place,
  severity: z.enum(['error', 'warn']),
  ...words,
  repair: z.union([
    z.strictObject({ strategy: z.string(), unit: z.string().describe('Everything with the same unit is repaired together.') }),
    z.strictObject({ refused: refusals, detail: z.string() }),
  ]),
});

const whole = z.strictObject({ ...place, ...words, by: z.string().describe('What brings the context across.') });

const toolError = z.strictObject({ path, code: z.enum(['parse-error', 'unreadable', 'crash']), message: z.string() });

export const checkReportSchema = z.strictObject({
  version: z.string(),
  files: z.int().min(0),
  lines: z.int().min(0),
  parsed: z.int().min(0).describe('Files that were parsed; the others hold no word of the catalogue.'),
  durationMs: z.number().min(0),
  findings: z.array(finding).describe('In order of path and position.'),
  handoffs: z.array(whole).optional().describe('What is in order: kept, covered or carried. With --all only.'),
  skipped: z.record(z.string(), z.int().min(0)).describe('What was left out, counted.'),
  errors: z.array(toolError).describe('Not empty: the result is incomplete.'),
}).meta({ title: 'otel-handoff check --format json' });

const unit = z.strictObject({
  id: z.string(),
  boundaries: z.array(z.string()),
  channel: z.string(),
  strategies: z.array(z.string()),
  sites: z.array(related),
  code: refusals.optional().describe('Why it was refused.'),
  detail: z.string().optional(),
  errors: z.array(z.string()).optional().describe('Why it was taken back.'),
});

export const fixReportSchema = z.strictObject({
  applied: z.array(unit).describe('Written; in a dry run, what would be.'),
  refused: z.array(unit).describe('No edit is known to be safe: see `code`.'),
  reverted: z.array(unit).describe('Taken back whole, because the result would not compile.'),
  files: z.array(path).describe('What changes, new files among it.'),
}).meta({ title: 'otel-handoff fix --format json' });

const catalogueEntry = z.strictObject({
  id: z.string(),
  family: z.enum(families),
  package: z.string().nullable().describe('npm package; null for what the runtime itself brings.'),
  versions: z.string().describe('The range for which the entry was proved or read.'),
  role: z.enum(roles),
  coupling: z.enum(['awaited', 'detached']),
  coveredBy: z.array(z.strictObject({
    package: z.string().describe('The instrumentation, or the library itself for an option of its own.'),
    versions: z.string().optional(),
    libraryVersions: z.string().optional().describe('The versions of the boundary\'s own package that it carries for.'),
    side: z.enum(['producer', 'consumer', 'both']),
    option: z.string().optional().describe('The option that switches it on.'),
    from: z.string().optional().describe('The package that such an option takes an object of.'),
  })),
  evidence: z.enum(['proved', 'read']),
  proof: z.string().describe('The proof\'s folder, or what the entry was read from.'),
});

export const catalogueReportSchema = z.array(catalogueEntry).meta({ title: 'otel-handoff catalogue --format json' });

export type CatalogueEntry = z.infer<typeof catalogueEntry>;

/** Assignable both ways, and no optional key on one side alone. */
type Same<A, B> = [A, keyof A] extends [B, keyof B] ? ([B, keyof B] extends [A, keyof A] ? true : false) : false;
type AllTrue<T extends readonly true[]> = T;

/** Compiles only while the schemas say what src/types.ts says. */
export type SchemasAreTheTypes = AllTrue<[
  Same<z.infer<typeof related>, Related>,
  Same<z.infer<typeof finding>, Finding>,
  Same<z.infer<typeof whole>, Whole>,
  Same<z.infer<typeof toolError>, ToolError>,
  Same<z.infer<typeof checkReportSchema>, CheckReport>,
  Same<z.infer<typeof unit>, UnitReport>,
  Same<z.infer<typeof fixReportSchema>, FixReport>,
]>;
