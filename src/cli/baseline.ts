/** `check --baseline`: what is known leaves the report, what is stale is said, and the file is written only where asked for. */
import { resolve } from 'node:path';
import { UsageError } from '../project/errors.ts';
import { count } from '../report/count.ts';
import { baselineText, entriesFor, matchBaseline, readBaseline, type BaselineEntry } from '../run/baseline.ts';
import type { Examined } from '../run/check.ts';
import type { CheckReport } from '../types.ts';
import type { readOptions } from './options.ts';
import { assertWritable, emit } from './terminal.ts';

const SHOWN = 10;

export const baselineOptions = {
  baseline: { type: 'string', hint: 'FILE', help: 'findings that are known: only others are reported' },
  'update-baseline': { type: 'boolean', help: 'take out of the baseline what is no longer found; or make it' },
  'accept-new': { type: 'boolean', help: 'with --update-baseline: put what is new into it, too' },
} as const;

export interface Baseline {
  file: string;
  /** What stands in it; undefined where it is to be made. */
  entries: BaselineEntry[] | undefined;
  update: boolean;
  acceptNew: boolean;
}

type Values = ReturnType<typeof readOptions>['values'];

/** Before any work: what the options ask for, or a `UsageError`. */
export function readBaselineOptions(values: Values): Baseline | undefined {
  const file = values['baseline'] as string | undefined;
  const [update, acceptNew] = [values['update-baseline'] === true, values['accept-new'] === true];
  if (acceptNew && !update) throw new UsageError('otel-handoff check', '--accept-new says what --update-baseline may do', 'give --update-baseline, too');
  if (file === undefined) {
    if (update) throw new UsageError('otel-handoff check', '--update-baseline without a file', 'give --baseline FILE');
    return undefined;
  }
  if (update && values['since'] !== undefined) throw new UsageError('otel-handoff check', '--update-baseline with --since', 'a baseline is made and updated from a look at everything');
  const entries = readBaseline(file);
  if (entries === undefined && !update) throw new UsageError(`--baseline ${file}`, 'no such file', '--update-baseline makes it');
  if (update) assertWritable(file, '--baseline');
  return { file, entries, update, acceptNew };
}

export interface Compared {
  report: CheckReport;
  known: number;
  stale: number;
  /** Writes the baseline where that was asked for, and says on stderr what became of it. */
  finish(failed: boolean): void;
}

export function compare({ file, entries, update, acceptNew }: Baseline, { report, keys, named, isAskedFor }: Examined, look: { cwd: string; paths: readonly string[]; partly: boolean }): Compared {
  const { cwd, paths, partly } = look;
  const matched = matchBaseline(report.findings, entries ?? [], {
    cwd, file, keys, paths, isAskedFor, unchecked: new Set(report.errors.map(({ path }) => resolve(cwd, path))), ...(partly ? { only: named } : {}),
  });
  const accepted = entries === undefined || acceptNew;
  const [known, fresh] = update && accepted ? [report.findings, []] : [matched.known, matched.fresh];
  const next = accepted ? [...matched.kept, ...entriesFor(matched.fresh, cwd, file)] : matched.kept;
  return {
    report: { ...report, findings: fresh, skipped: { ...report.skipped, knownFindings: known.length } },
    known: known.length,
    stale: update ? 0 : matched.stale.length,
    finish(failed) {
      if (failed) {
        if (update) console.error(`${file}: not ${entries === undefined ? 'made' : 'updated'}, because the run failed.`);
        return;
      }
      if (!update) {
        sayStale(file, matched.stale);
        return;
      }
      const text = baselineText(next);
      if (entries === undefined || text !== baselineText(entries)) emit(text, file, '--baseline');
      if (entries === undefined) console.error(`${file}: made, with ${count(next.length, 'finding')}.`);
      else console.error(`${file}: ${count(matched.stale.length, 'entry', 'entries')} taken out${acceptNew ? `, ${matched.fresh.length} put in` : ''}; ${next.length} left.`);
    },
  };
}

function sayStale(file: string, stale: readonly BaselineEntry[]): void {
  if (stale.length === 0) return;
  console.error(`${file}: ${count(stale.length, 'entry', 'entries')} no longer found; --update-baseline takes ${stale.length === 1 ? 'it' : 'them'} out:`);
  for (const { path, rule, boundary, fingerprint } of stale.slice(0, SHOWN)) console.error(`  ${path}  ${rule}  ${boundary}  ${fingerprint}`);
  if (stale.length > SHOWN) console.error(`  and ${stale.length - SHOWN} more`);
}
