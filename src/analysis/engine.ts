/** One file in, judged handoffs out. Knows neither ESLint nor the command line. */
import type ts from 'typescript';
import { only, type Catalogue } from '../catalogue/catalogue.ts';
import type { Boundary, Ts } from '../types.ts';
import { Carried, type Carriers } from './carried.ts';
import { findHandoffs } from './handoffs.ts';
import { findLasting } from './lasting.ts';
import { Judge, type FileFacts, type Judged } from './judge.ts';
import { requestHandlers } from './leaks.ts';
import { Origins, type TypeOrigin } from './origins.ts';
import { findRunQueues } from './run-queues.ts';
import { findSpots } from './spans/support/run.ts';
import type { Neighbours, SourceText } from './source.ts';
import { findUnknown } from './unknown.ts';

export class Engine {
  readonly ts: Ts;
  readonly catalogue: Catalogue;
  readonly origins: Origins;
  readonly carried: Carried;
  readonly #judge: Judge;
  readonly #reportUnknown: boolean;
  readonly #neighbours: Neighbours | undefined;

  constructor(ts: Ts, catalogue: Catalogue, options: { carriers?: Carriers; neighbours?: Neighbours; typeOf?: TypeOrigin; reportUnknown?: boolean } = {}) {
    this.ts = ts;
    this.catalogue = catalogue;
    this.#neighbours = options.neighbours;
    this.#reportUnknown = options.reportUnknown ?? false;
    this.origins = new Origins(ts, options.neighbours, options.typeOf);
    this.carried = new Carried(ts, this.origins, options.carriers, options.neighbours);
    this.#judge = new Judge(ts, catalogue, this.origins, this.carried, options.neighbours);
  }

  /**
   * Every handoff of the file, in the order of the text. `facts` is asked only where there is one. `within`: the
   * boundaries that the words of its text let in; no other is looked for.
   */
  analyse(source: SourceText, facts: () => FileFacts, within: readonly Boundary[]): Judged[] {
    const catalogue = only(this.catalogue, within);
    const found = [...findHandoffs(this.ts, catalogue, this.origins, source), ...findRunQueues(this.ts, catalogue, source)];
    found.push(...findLasting(this.ts, catalogue, this.origins, source, found));
    const checked = catalogue.checks.size > 0;
    if (found.length === 0 && !this.#reportUnknown && !checked) return [];
    const known = facts();
    if (this.#reportUnknown) found.push(...findUnknown(this.ts, this.catalogue, this.origins, source, (name) => known.versionOf(name) !== undefined));
    let handlers: ReadonlySet<ts.Node> | undefined;
    const requests = (): ReadonlySet<ts.Node> => handlers ??= requestHandlers(this.origins, found);
    const judged = found.map((handoff) => this.#judge.judge(handoff, known, requests));
    if (checked) judged.push(...findSpots(catalogue, { ts: this.ts, source, origins: this.origins, carried: this.carried, neighbours: this.#neighbours, facts: known, handoffs: judged.slice(), requests }));
    this.origins.forget();
    return judged.sort((a, b) => a.token.getStart(source.ast) - b.token.getStart(source.ast));
  }
}

/** A finding: something is handed over and no context arrives. */
export function isFinding(judged: Judged): boolean {
  return !judged.pending && !['kept', 'covered', 'carried', 'silent'].includes(judged.verdict);
}
