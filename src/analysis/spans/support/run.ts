/** Runs the checks of spans over one file, each only where a word of one of its boundaries stands. */
import type { Catalogue } from '../../../catalogue/catalogue.ts';
import type { Boundary } from '../../../types.ts';
import type { Judged } from '../../judge.ts';
import { unknownChannel } from '../../channel.ts';
import { enclosingFunction } from '../../scope.ts';
import type { SourceText } from '../../source.ts';
import { checks } from '../index.ts';
import type { CheckedFile, Spot } from './check.ts';

/** Whether any check may find something. */
export function isChecked({ checks: rules }: Catalogue, source: SourceText): boolean {
  return [...rules.values()].some((boundaries) => boundaries.some((boundary) => stands(boundary, source)));
}

/** What the checks found, as judged handoffs. */
export function findSpots({ checks: rules }: Catalogue, file: CheckedFile): Judged[] {
  if (!file.facts.traced) return [];
  return [...rules].flatMap(([rule, all]) => {
    const here = all.filter((boundary) => file.facts.reports(boundary) && stands(boundary, file.source));
    const check = checks[rule];
    if (!check || here.length === 0) return [];
    const byId = new Map(all.map((boundary) => [boundary.id, boundary]));
    return check.find(file, here).map((spot) => judged(file, byId.get(spot.boundary)!, spot));
  });
}

function judged({ ts, source, facts }: CheckedFile, boundary: Boundary, spot: Spot): Judged {
  const { node, token, verdict, why = [], severity = 'error', scope = 'file', refusal, by } = spot;
  return {
    boundary, source, node, token, args: [], enclosing: enclosingFunction(ts, node), facts, rule: boundary.rule, channel: unknownChannel,
    verdict, why, severity, scope, pending: false, peers: [], spot, ...(refusal ? { refusal } : {}), ...(by === undefined ? {} : { by }),
  };
}

const seen = new WeakMap<SourceText, Map<string, boolean>>();

/** The words of `near` and `members` as the text has them, without what the prefilter asks to stand around them. */
function stands({ match: { near = [], members } }: Boundary, source: SourceText): boolean {
  let known = seen.get(source);
  if (!known) seen.set(source, known = new Map<string, boolean>());
  const words = known;
  const has = (list: readonly string[]): boolean => list.some((word) => {
    let found = words.get(word);
    if (found === undefined) words.set(word, found = source.text.includes(/^\.(\w+)\($/.exec(word)?.[1] ?? word));
    return found;
  });
  return (near.length === 0 || has(near)) && (members === undefined || has(members));
}
