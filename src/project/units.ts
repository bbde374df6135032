/** Repair units: all edits that mend one channel, or the reason why none is made. No half of a channel is ever written. */
import type { Judged } from '../analysis/judge.ts';
import { isFinding } from '../analysis/engine.ts';
import { enclosingSymbol } from '../analysis/syntax.ts';
import type { SourceText } from '../analysis/source.ts';
import type { PlacedEdit } from '../fix/edits.ts';
import { strategies } from '../../transforms/index.ts';
import switchOnTelemetry from '../../transforms/switch-on-telemetry.ts';
import type { Plan, Relation, RepairTools } from '../../transforms/support/strategy.ts';
import type { Refusal } from '../types.ts';

/** An import that the edits of a unit need. */
export interface Need {
  source: SourceText;
  from: NeedOf;
  name: string;
  local: string;
}

/** OpenTelemetry's API, the package's helper module, or a library that the code uses already. */
export type NeedOf = 'api' | 'helper' | { library: string };

export interface Unit {
  id: string;
  channel: string;
  sites: Judged[];
  edits: PlacedEdit[];
  needs: Need[];
  /** The strategy that mended each site. */
  strategies: Map<Judged, string>;
  /** Why the whole unit is not made; each site's own reason is in `refusals`. */
  refused?: Refusal;
  refusals: Map<Judged, Refusal>;
}

export interface UnitOptions extends Pick<RepairTools, 'ts' | 'origins'> {
  relation: 'auto' | Relation;
  /** `native`: a library's own telemetry option is switched on where the package has what it takes. */
  prefer?: 'native' | undefined;
  /** What the file writes for an import: see fix/imported-names.ts. */
  localName(source: SourceText, from: NeedOf, name: string): string;
  relative(path: string): string;
}

/** Units of all findings, in the order of their first site. */
export function planUnits(all: readonly Judged[], options: UnitOptions): Unit[] {
  const seen = new Map<string, number>();
  return groups(all.filter(isFinding), options).map((sites) => {
    const unit = planUnit(sites, options);
    const ordinal = (seen.get(unit.id) ?? 0) + 1;
    seen.set(unit.id, ordinal);
    return ordinal === 1 ? unit : { ...unit, id: `${unit.id}~${ordinal}` };
  });
}

function groups(findings: Judged[], options: UnitOptions): Judged[][] {
  const unitOf = new Map<Judged, Set<Judged>>();
  for (const finding of findings) unitOf.set(finding, new Set([finding]));
  for (const finding of findings) {
    // What is carried twice is mended by itself.
    for (const peer of finding.peers) if (unitOf.has(peer) && !finding.twice && !peer.twice) merge(unitOf, finding, peer);
  }
  // Producers of one named channel belong together even where the consumer is in another repo.
  const byChannel = new Map<string, Judged>();
  for (const finding of findings) {
    const key = finding.twice ? undefined : channelKey(finding, options);
    if (key === undefined) continue;
    const first = byChannel.get(key);
    if (first) merge(unitOf, first, finding);
    else byChannel.set(key, finding);
  }
  return [...new Set(unitOf.values())].map((set) => findings.filter((f) => set.has(f)));
}

function merge(unitOf: Map<Judged, Set<Judged>>, a: Judged, b: Judged): void {
  const [into, from] = [unitOf.get(a)!, unitOf.get(b)!];
  if (into === from) return;
  for (const member of from) {
    into.add(member);
    unitOf.set(member, into);
  }
}

function channelKey({ boundary, channel }: Judged, options: UnitOptions): string | undefined {
  const by = boundary.channel?.by;
  if (by === undefined || by === 'url' || by === 'route' || by === 'server' || boundary.runsAtCreation) return undefined;
  return `${boundary.library}:${channel.key === '*' ? '*' : options.relative(channel.label)}`;
}

function planUnit(sites: Judged[], options: UnitOptions): Unit {
  const first = sites[0]!;
  const done = new Set<string>();
  const once = (what: string): boolean => !done.has(what) && done.add(what).has(what);
  const unit: Unit = { id: unitId(sites, options), channel: options.relative(first.channel.label), sites, edits: [], needs: [], strategies: new Map(), refusals: new Map() };
  for (const site of sites) {
    const plan = site.refusal ? { refused: site.refusal } : planSite(site, unit, options, once);
    if ('refused' in plan) unit.refusals.set(site, plan.refused);
    else unit.edits.push(...plan.edits);
  }
  if (unit.refusals.size > 0) {
    const [site, refusal] = [...unit.refusals][0]!;
    unit.refused = refusal;
    unit.edits = [];
    unit.needs = [];
    for (const other of sites) {
      if (!unit.refusals.has(other)) unit.refusals.set(other, { code: 'other-side-refused', detail: `the other side of this channel can't be repaired (${options.relative(site.source.path)}: ${refusal.code})` });
    }
  }
  return unit;
}

function planSite(site: Judged, unit: Unit, options: UnitOptions, once: RepairTools['once']): Plan {
  const use = (source: SourceText, from: NeedOf, name: string): string => {
    const local = options.localName(source, from, name);
    if (!unit.needs.some((n) => n.source === source && n.local === local && n.name === name)) unit.needs.push({ source, from, name, local });
    return local;
  };
  const tools: RepairTools = {
    ts: options.ts, origins: options.origins, once,
    api: (source, name) => use(source, 'api', name),
    helper: (source, name) => use(source, 'helper', name),
    library: (source, module, name) => use(source, { library: module }, name),
    relation: (at) => options.relation !== 'auto' ? options.relation : isAwaited(at) ? 'child' : 'link',
  };
  const native = options.prefer === 'native' ? switchOnTelemetry(site, tools) : undefined;
  if (native && 'edits' in native) {
    unit.strategies.set(site, 'switch-on-telemetry');
    return native;
  }
  const repair = repairOf(site);
  if ('refused' in repair) return { refused: { code: repair.refused as Refusal['code'], detail: repair.detail } };
  const strategy = strategies[repair.strategy];
  if (!strategy) return { refused: { code: 'unsupported-shape', detail: `there is no repair strategy \`${repair.strategy}\`` } };
  unit.strategies.set(site, repair.strategy);
  return strategy(site, tools);
}

/** What mends a site: its boundary's repair, unless it is judged by another rule. */
function repairOf(site: Judged): Judged['boundary']['repair'] {
  return site.repair ?? site.boundary.repair;
}

/** The strategy that mended a site, or would. */
export function strategyOf(site: Judged, unit: Unit | undefined): string | undefined {
  const repair = repairOf(site);
  return unit?.strategies.get(site) ?? ('strategy' in repair ? repair.strategy : undefined);
}

/** Whether the sender waits for what is done with it: a subject may be published to and asked over. */
function isAwaited({ boundary, peers }: Judged): boolean {
  if (boundary.coupling === 'awaited') return true;
  const senders = boundary.role === 'consumer' ? peers.filter((peer) => peer.boundary.role === 'producer') : [];
  return senders.length > 0 && senders.every((peer) => peer.boundary.coupling === 'awaited');
}

/** Stable over line moves: the channel, or for a lone callback its boundary and the function around it. */
function unitId(sites: Judged[], options: UnitOptions): string {
  const first = sites.find((s) => s.boundary.role === 'producer') ?? sites[0]!;
  const { boundary, channel, source, node } = first;
  if (boundary.channel && channel.key !== '*') return `${boundary.library}:${channel.method && channel.method !== '*' ? `${channel.method} ` : ''}${options.relative(channel.label)}`;
  if (boundary.channel && sites.length > 1) return `${boundary.library}:*`;
  const symbol = enclosingSymbol(options.ts, node);
  return `${boundary.id}:${options.relative(source.path)}${symbol === '' ? '' : `#${symbol}`}`;
}
