/** Verdicts: evidence, not suspicion (DESIGN.md section 5). One file and its package facts in; no other file is asked here. */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Carried } from './carried.ts';
import { channelOf } from './channel.ts';
import type { Handoff } from './handoffs.ts';
import type { Origins } from './origins.ts';
import type { Neighbours } from './source.ts';
import { Twice } from './twice.ts';
import { judgeCallback } from './verdicts/callback.ts';
import { judgeConsumer } from './verdicts/consumer.ts';
import type { Evidence, FileFacts, Judged } from './verdicts/judged.ts';
import { judgeProducer } from './verdicts/producer.ts';
import { unsure } from './verdicts/refusals.ts';
import { fateIn } from './verdicts/runtime.ts';

export type { Covering, FileFacts, Judged } from './verdicts/judged.ts';
export { handedInUnseen } from './verdicts/consumer.ts';
export { byHand, isRunByHand } from './verdicts/request.ts';
export { mayMatter } from './verdicts/runtime.ts';

export class Judge {
  readonly #evidence: Evidence;

  constructor(ts: Ts, catalogue: Catalogue, origins: Origins, carried: Carried, neighbours?: Neighbours) {
    this.#evidence = { ts, catalogue, origins, carried, neighbours, twice: new Twice(ts, carried) };
  }

  /** `handlers`: the functions of the file that run once a request. */
  judge(handoff: Handoff, facts: FileFacts, handlers: () => ReadonlySet<ts.Node>): Judged {
    const judged = this.#judge(handoff, facts, handlers);
    return handoff.unknown ? unsure(judged) : judged;
  }

  #judge(handoff: Handoff, facts: FileFacts, handlers: () => ReadonlySet<ts.Node>): Judged {
    const { ts, origins, neighbours } = this.#evidence;
    const judged: Judged = {
      ...handoff, facts, rule: handoff.boundary.rule, verdict: 'silent', why: [], severity: 'error', scope: 'file', pending: false, peers: [],
      channel: channelOf(ts, origins, handoff, neighbours),
    };
    if (seesAnotherFile(judged)) judged.scope = 'project';
    if (!facts.traced) return { ...judged, by: 'no tracer runs here' };
    const fate = fateIn(handoff.boundary, facts);
    if (fate.fate === 'kept') return { ...judged, verdict: 'kept', by: `the context is kept in ${facts.runtime}` };
    judged.verdict = fate.fate;
    judged.severity = fate.partly && !facts.strict ? 'warn' : 'error';
    judged.why.push(fate.partly ? `the context is kept in Node, but lost under a browser's context manager, and nothing tells which runtime this is (${facts.runtimeWhy})` : `runtime: ${facts.runtime} (${facts.runtimeWhy})`);
    switch (handoff.boundary.role) {
      case 'callback': return judgeCallback(this.#evidence, judged, handlers);
      case 'producer': return judgeProducer(this.#evidence, judged);
      default: return judgeConsumer(this.#evidence, judged);
    }
  }
}

/** Whether the verdict rests on what another file says: where the receiver was made. */
function seesAnotherFile({ receiver, source }: Handoff): boolean {
  return receiver?.kind === 'library' && receiver.built !== undefined && receiver.built.source !== source;
}
