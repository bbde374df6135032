/** Runs the checks of spans over one file, each only where its boundaries may be. */
import type { Catalogue } from '../../../catalogue/catalogue.ts';
import type { Boundary } from '../../../types.ts';
import type { Judged } from '../../judge.ts';
import { unknownChannel } from '../../channel.ts';
import { enclosingFunction } from '../../scope.ts';
import { isInTest } from '../../tests.ts';
import { checks } from '../index.ts';
import type { CheckedFile, Spot } from './check.ts';

/** What the checks found, as judged handoffs. */
export function findSpots({ checks: rules, byId }: Catalogue, file: CheckedFile): Judged[] {
  if (!file.facts.traced) return [];
  return [...rules].flatMap(([rule, all]) => {
    const here = all.filter((boundary) => file.facts.reports(boundary));
    const check = checks[rule];
    if (!check || here.length === 0) return [];
    return check.find(file, here).filter((spot) => !isInTest(file.ts, spot.node)).map((spot) => judged(file, byId.get(spot.boundary)!, spot));
  });
}

function judged({ ts, source, facts }: CheckedFile, boundary: Boundary, spot: Spot): Judged {
  const { node, token, verdict, why = [], severity = 'error', scope = 'file', refusal, by } = spot;
  return {
    boundary, source, node, token, args: [], enclosing: enclosingFunction(ts, node), facts, rule: boundary.rule, channel: unknownChannel,
    verdict, why, severity, scope, pending: false, peers: [], spot, ...(refusal ? { refusal } : {}), ...(by === undefined ? {} : { by }),
  };
}
