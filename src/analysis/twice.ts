/** What is carried twice: by hand or by the library itself, and by an instrumentation that adds its own (DESIGN.md 5.6). */
import type ts from 'typescript';
import type { Cover } from '../catalogue/schema.ts';
import type { Boundary, Ts } from '../types.ts';
import { sets, type Carried } from './carried.ts';
import type { Judged } from './judge.ts';
import { property, unwrap } from './syntax.ts';

/** The rule of a handoff that is carried twice. */
export const twiceRule = 'no-double-inject';

/** Whether a cover is an instrumentation (not an option of the library's, nor what it does by itself) of the boundary's side. */
export function applies({ option, unless, side }: Cover, { role }: Boundary): boolean {
  return option === undefined && unless === undefined && (side === 'both' || role === 'callback' || side === role);
}

export class Twice {
  readonly #ts: Ts;
  readonly #carried: Carried;

  constructor(ts: Ts, carried: Carried) {
    this.#ts = ts;
    this.#carried = carried;
  }

  /** Carried by hand, or by the library itself, and by an instrumentation that adds a second carrier: the receiver drops both. */
  of(judged: Judged, options: ts.Expression | undefined): Judged | undefined {
    const { boundary } = judged;
    const own = boundary.coveredBy.find((cover) => cover.unless !== undefined);
    const hand = own ? this.#sendsByItself(judged, own) : this.sentInHeaders(judged, options);
    if (hand === undefined) return undefined;
    const instrumentation = boundary.coveredBy.filter((cover) => applies(cover, boundary)).map((cover) => judged.facts.covering(cover)).find((covering) => covering.breaksTwice);
    if (!instrumentation?.by) return undefined;
    judged.why.push(`${hand} carries the context, and so does ${instrumentation.by}`);
    return {
      ...judged, rule: twiceRule, verdict: 'wrong', severity: own ? 'warn' : 'error',
      repair: { strategy: own ? 'switch-off-own-carrier' : 'remove-carrier' },
      twice: { hand, by: instrumentation.by, advice: own ? `switch the library's own carrier off (\`${own.unless![0]!.join('.')}: false\`)` : 'take the carrier that is written here out of the request, or call a helper that keeps the instrumentation from adding its own' },
    };
  }

  /** A carrier in the headers themselves, and not just anywhere in what is sent. */
  sentInHeaders({ boundary, source }: Judged, options: ts.Expression | undefined): string | undefined {
    for (const slot of boundary.slots) {
      const found = slot.in === 'headers' ? this.#carried.sentAt(options, slot.path, source) : undefined;
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** A library that sends the carrier by itself in this version, and isn't told not to. */
  #sendsByItself({ boundary, args, facts }: Judged, own: Cover): string | undefined {
    const version = facts.versionOf(own.package);
    if (version === undefined || (own.versions !== undefined && !facts.satisfies(version, own.versions))) return undefined;
    const options = args[own.optionsArg ?? 0];
    const said = own.unless!.map(([first]) => sets(this.#ts, options, [first!]));
    if (said.includes(undefined) || (said.includes(true) && !this.#isLeftOn(options, own.unless!))) return undefined;
    return `${boundary.library} ${version} itself`;
  }

  /** `openTelemetry: true`, `openTelemetry: { propagation: true }`: said, and on. */
  #isLeftOn(options: ts.Expression | undefined, unless: readonly (readonly string[])[]): boolean {
    const ts = this.#ts;
    return unless.every((path) => {
      let at = options && unwrap(ts, options);
      for (const name of path) {
        const found = at && ts.isObjectLiteralExpression(at) ? property(ts, at, name) : undefined;
        at = found && ts.isPropertyAssignment(found) ? unwrap(ts, found.initializer) : undefined;
      }
      return at !== undefined ? at.kind === ts.SyntaxKind.TrueKeyword || ts.isObjectLiteralExpression(at) : options !== undefined && ts.isObjectLiteralExpression(unwrap(ts, options));
    });
  }
}
