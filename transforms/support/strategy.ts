/** What a repair strategy is: one handoff in, text edits or a refusal out. One file a strategy in this folder. */
import type { Judged } from '../../src/analysis/judge.ts';
import type { Origins } from '../../src/analysis/origins.ts';
import type { SourceText } from '../../src/analysis/source.ts';
import type { PlacedEdit } from '../../src/fix/edits.ts';
import type { Refusal, Ts } from '../../src/types.ts';

export type Relation = 'link' | 'child';

export interface RepairTools {
  ts: Ts;
  origins: Origins;
  /** What the code in this file writes for an export of `@opentelemetry/api`; the import is added where it is missing. */
  api(source: SourceText, name: string): string;
  /** The same for a function of the package's helper module. */
  helper(source: SourceText, name: string): string;
  /** The same for `logs` of `@opentelemetry/api-logs`, which must be a dependency. */
  logs(source: SourceText): string;
  /** How a consumer's span hangs together with the producer's. */
  relation(site: Judged): Relation;
}

export type Plan = { edits: PlacedEdit[] } | { refused: Refusal };

export type Strategy = (site: Judged, tools: RepairTools) => Plan;

export function refuse(code: Refusal['code'], detail: string): Plan {
  return { refused: { code, detail } };
}
