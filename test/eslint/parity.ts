/** What ESLint says of the files that the command line has looked at, held against what that said. */
import { readFileSync } from 'node:fs';
import { isFinding } from '../../src/analysis/engine.ts';
import type { Judged } from '../../src/analysis/judge.ts';
import { messageOf } from '../../src/analysis/messages.ts';
import { loadCatalogue } from '../../src/catalogue/catalogue.ts';
import { analysisOf } from '../../src/eslint/analyse.ts';
import type { Context } from '../../src/eslint/source.ts';
import { relativePath } from '../../src/project/paths.ts';
import type { ProjectResult } from '../../src/project/project.ts';
import type { Ts } from '../../src/types.ts';

/** Whoever lints picks among the rules; the command line runs these under `--strict`, or where the configuration asks. */
export const onDemand: ReadonlySet<string> = new Set(loadCatalogue().boundaries.filter(({ strictOnly }) => strictOnly).map(({ rule }) => rule));

export interface Looked {
  ts: Ts;
  root: string;
  result: ProjectResult;
  strict?: boolean;
}

/**
 * Where the two differ: a finding by the file alone that ESLint lacks or words otherwise, and a report of ESLint's that
 * is no finding. Findings that need other files (`scope: project`) may be on one side only.
 */
export function differences({ ts, root, result, strict = false }: Looked): string[] {
  const placeOf = (path: string, offset: number, rule: string): string => `${relativePath(root, path)}:${offset} ${rule}`;
  const found = new Map(result.judged.filter((judged) => isFinding(judged) && !judged.unknown).map((judged): [string, Judged] => [placeOf(judged.source.path, judged.token.getStart(judged.source.ast), judged.rule), judged]));
  // Comments of its own ESLint sees to itself, when the rule has reported.
  const disabled = new Set(result.judged.filter(({ by }) => by?.startsWith('an eslint-disable comment')).map((judged) => placeOf(judged.source.path, judged.token.getStart(judged.source.ast), judged.rule)));
  const said = new Map<string, string>();
  for (const path of result.named) {
    const sourceCode = { text: readFileSync(path, 'utf8').replace(/^\uFEFF/, ''), ast: {} };
    const { reports, failure } = analysisOf({ cwd: root, filename: path, physicalFilename: path, sourceCode } as unknown as Context, strict);
    if (failure !== undefined) said.set(placeOf(path, 0, 'failure'), failure);
    for (const { rule, start, message } of reports) if (strict || !onDemand.has(rule) || found.has(placeOf(path, start, rule))) said.set(placeOf(path, start, rule), message);
  }
  return [
    ...[...said.keys()].filter((place) => !found.has(place) && !disabled.has(place)).map((place) => `ESLint only: ${place}`),
    ...[...found].flatMap(([place, judged]) => {
      const message = said.get(place);
      if (judged.scope === 'project') return [];
      if (message === undefined) return [`check only: ${place}`];
      return message.startsWith(messageOf(ts, judged)) ? [] : [`not the same words: ${place}`];
    }),
  ].sort();
}
