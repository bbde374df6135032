/** What a handoff is judged with, and what comes of it. */
import type { Boundary, Refusal, RuntimeProfile, Scope, Severity, Ts, Verdict } from '../../types.ts';
import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { Cover } from '../../catalogue/schema.ts';
import type { AgentFacts } from '../agent-facts.ts';
import type { Carried } from '../carried.ts';
import type { Channel } from '../channel.ts';
import type { Destination } from '../destination.ts';
import type { Handoff } from '../handoffs.ts';
import type { Origins } from '../origins.ts';
import type { Neighbours, SourceText } from '../source.ts';
import type { Spot } from '../spans/support/check.ts';
import type { SensitiveLists } from '../spans/support/names.ts';
import type { Twice } from '../twice.ts';

/** What is known of a file beyond its text. */
export interface FileFacts {
  runtime: RuntimeProfile;
  /** How the runtime was told, for `why`. */
  runtimeWhy: string;
  /** False where there is no context to lose: browser code without a browser SDK. */
  traced: boolean;
  /** The path inside the repository. */
  place: string;
  /** A test's file, by its name or folder: what it asks belongs to no trace. */
  isTest: boolean;
  /** Every boundary owes an explicit capture (`--strict`). */
  strict: boolean;
  /** Whether the rule of a boundary is asked for here: those of `strictOnly` by `--strict`, the configuration or ESLint; those of agents where somebody makes spans. */
  reports(boundary: Boundary): boolean;
  /** What an entry of `coveredBy` comes to in the file's package and runtime. */
  covering(cover: Cover): Covering;
  /** The version of a library in the file's package, if that can be told. */
  versionOf(library: string): string | undefined;
  /** Whether the file's own package declares it. */
  dependsOn(library: string): boolean;
  satisfies(version: string, range: string): boolean;
  /** What the configuration adds to the lists of what is sensitive. */
  sensitive: SensitiveLists;
  /** Destinations that the configuration calls the project's own. */
  isOwnDestination(url: string): boolean;
  /** Whether a host is called after the file's package or one above it: `api.acme.com` in `@acme/sdk`. */
  isOwnHost(host: string): boolean;
  /** Whether a file or class is called after it: `AcmeClient` in `@acme/sdk`. */
  isOwnName(name: string): boolean;
  /** Whether the file lies among folders that are each called after a product of somebody else's. */
  isIntegration(): boolean;
  /** What matters where agents run. */
  agents(): AgentFacts;
}

/** Whether something carries the context at a handoff, and why not where it looks as if it did. */
export interface Covering {
  /** What does, and where it is registered. */
  by?: string;
  /** It adds its own carrier to one that is there. */
  breaksTwice?: boolean;
  why?: string;
  /** A dependency that would, if it were registered. */
  unregistered?: string;
}

export interface Judged extends Handoff {
  facts: FileFacts;
  /** The rule that reports it: the boundary's, or the one that speaks of carrying twice. */
  rule: string;
  channel: Channel;
  /** `silent`: nothing is handed over that is worth a word; `by` says why. */
  verdict: Verdict | 'silent';
  /** Why it is in order. */
  by?: string;
  why: string[];
  severity: Exclude<Severity, 'off'>;
  scope: Scope;
  refusal?: Refusal;
  /** What mends it, where that is not the boundary's own repair. */
  repair?: Boundary['repair'];
  destination?: Destination;
  /** A consumer that is judged only with its producer in sight. */
  pending: boolean;
  /** Whether the library's own telemetry option is on at this side; `undefined`: can't be told. */
  native?: boolean;
  /** An instrumentation that would carry the context, is a dependency, and is registered nowhere. */
  unregistered?: { name: string; dependency: string };
  /** Both carriers, where there are two, and which of them is to go. */
  twice?: { hand: string; by: string; advice: string };
  /** A `handoff-ignore` without a reason stands here. */
  unexplained?: boolean;
  /** What a check of src/analysis/spans saw here. */
  spot?: Spot;
  /** The file that the work goes to, where it is judged by that file. */
  far?: SourceText;
  /** Of a message to a thread or process what it calls itself; of a handler the kinds that it tells apart. */
  kinds?: readonly string[];
  /** Handoffs of the other side, once pairing has found them. */
  peers: Judged[];
}

/** Those that can be asked about a file's code. */
export interface Evidence {
  ts: Ts;
  catalogue: Catalogue;
  origins: Origins;
  carried: Carried;
  twice: Twice;
  /** Other files of the repository, where they may be read. */
  neighbours: Neighbours | undefined;
}

/** Nothing is handed over that is worth a word; `by`: why. */
export function silent(judged: Judged, by: string): Judged {
  return { ...judged, verdict: 'silent', by };
}

/** Notices come to handlers in threads and processes too, and lead to nothing worth a span. */
export function takesMessages({ family, channel }: Boundary): boolean {
  return (family === 'thread' || family === 'process') && channel !== undefined;
}
