/**
 * What a rule about spans is: one file of the folder above, named after its rule, whose default export looks at a parsed
 * file and says where its boundaries (family `span` or another, `match.use: 'check'`) are. Reports, severities, directives,
 * units and repairs are then as for every other boundary.
 */
import type ts from 'typescript';
import type { Boundary, Refusal, Scope, Severity, Ts, Verdict } from '../../../types.ts';
import type { Carried } from '../../carried.ts';
import type { HandoffNode } from '../../handoffs.ts';
import type { FileFacts, Judged } from '../../judge.ts';
import type { Origins } from '../../origins.ts';
import type { Neighbours, SourceText } from '../../source.ts';

/** What a check has to go by. */
export interface CheckedFile {
  ts: Ts;
  source: SourceText;
  origins: Origins;
  carried: Carried;
  /** The rest of the repo; a rule in an editor has less of it. */
  neighbours: Neighbours | undefined;
  facts: FileFacts;
  /** The file's handoffs, judged by themselves (their other sides are not joined yet); silent ones too. */
  handoffs: readonly Judged[];
  /** Functions of the file that run once for each request, message or job. */
  requests(): ReadonlySet<ts.Node>;
}

/** One place that a check found. */
export interface Spot {
  /** The id of the boundary, which says how severe it is, why, and how it is repaired. */
  boundary: string;
  /** What is talked about: the call, or the property of an options object. */
  node: HandoffNode;
  /** What a report marks. */
  token: ts.Node;
  /** A finding's verdict; `carried`, `kept` and `covered` are listed by `--all` only. */
  verdict: Verdict;
  /** Follows what is talked about in the message, in place of the boundary's `farSide`. */
  says?: string;
  /** The message's last sentence, in place of the boundary's. */
  advice?: string;
  /** Why it is in order, for verdicts that are no finding. */
  by?: string;
  why?: string[];
  /** Default `error`; a `warn` stays one whatever the configuration says. */
  severity?: Exclude<Severity, 'off'>;
  /** Default `file`. */
  scope?: Scope;
  /** Why this one is not repaired, whatever the boundary's strategy. */
  refusal?: Refusal;
  /** What the repair's strategy needs to know again. */
  parts?: Readonly<Record<string, ts.Node>>;
}

export interface SpanCheck {
  rule: string;
  /** `boundaries`: those of the rule that may be here, told by their words. Called only where there is one. */
  find(file: CheckedFile, boundaries: readonly Boundary[]): Spot[];
}
