/** Judged handoffs as the rows that every format prints. */
import { createHash } from 'node:crypto';
import { isFinding } from '../analysis/engine.ts';
import type { Judged } from '../analysis/judge.ts';
import { enclosingSymbol, messageOf } from '../analysis/messages.ts';
import type { Config } from '../project/config.ts';
import { configFor } from '../project/config.ts';
import type { Unit } from '../project/units.ts';
import type { Finding, Related, Severity, Ts, Whole } from '../types.ts';

/** Severities of rules that are not errors by default (DESIGN.md section 6). */
const defaults: Readonly<Record<string, Severity>> = { 'no-leaked-context': 'warn', 'prefer-span-link': 'warn', 'require-agent-span': 'warn', 'no-sensitive-attributes': 'warn', 'no-custom-gen-ai-attributes': 'warn' };

export interface RowOptions {
  ts: Ts;
  config: Config;
  units: readonly Unit[];
  relative(path: string): string;
}

/** Findings in order of path and position, those that the configuration switches off left out. */
export function findingsOf(judged: readonly Judged[], options: RowOptions): Finding[] {
  const unitOf = new Map(options.units.flatMap((unit) => unit.sites.map((site) => [site, unit] as const)));
  const rows = judged.filter(isFinding).flatMap((site): Finding[] => {
    const severity = severityOf(site, options.config);
    if (severity === 'off') return [];
    const unit = unitOf.get(site);
    const refusal = unit?.refusals.get(site) ?? site.refusal;
    const repair = refusal ? { refused: refusal.code, detail: refusal.detail }
      : { strategy: 'strategy' in site.boundary.repair ? site.boundary.repair.strategy : '', unit: unit?.id ?? '' };
    const { by: _by, ...row } = rowOf(site, options);
    return [{ ...row, rule: site.boundary.rule, severity, repair }];
  });
  return withFingerprints(sorted(rows));
}

/** What `--all` adds: handoffs that are in order, and by what. */
export function handoffsOf(judged: readonly Judged[], options: RowOptions): Whole[] {
  return withFingerprints(sorted(judged.filter((j) => j.verdict === 'kept' || j.verdict === 'covered' || j.verdict === 'carried').map((site) => rowOf(site, options))));
}

function rowOf(site: Judged, { ts, relative }: RowOptions): Whole {
  const { boundary, source, token, facts } = site;
  const start = source.ast.getLineAndCharacterOfPosition(token.getStart(source.ast));
  const end = source.ast.getLineAndCharacterOfPosition(token.end);
  return {
    fingerprint: [boundary.id, channelLabel(site, relative), enclosingSymbol(ts, site.node), site.node.getText(source.ast).replace(/\s+/g, ' ')].join('\0'),
    path: relative(source.path),
    line: start.line + 1, column: start.character + 1, endLine: end.line + 1, endColumn: end.character + 1,
    boundary: boundary.id, family: boundary.family, runtime: facts.strict ? 'portable' : facts.runtime, scope: site.scope, role: boundary.role,
    coupling: boundary.coupling, verdict: site.verdict as Whole['verdict'], channel: channelLabel(site, relative),
    message: site.by === undefined ? messageOf(ts, site) : `${boundary.library}: ${site.by}`,
    why: site.why,
    related: site.peers.filter((p) => p.verdict !== 'silent').map((peer) => relatedOf(peer, relative)),
    by: site.by ?? '',
  };
}

export function relatedOf({ source, token, boundary }: Judged, relative: (path: string) => string): Related {
  const at = source.ast.getLineAndCharacterOfPosition(token.getStart(source.ast));
  return { path: relative(source.path), line: at.line + 1, column: at.character + 1, role: boundary.role };
}

function channelLabel({ channel, boundary }: Judged, relative: (path: string) => string): string {
  const file = boundary.channel?.by === 'worker-file' || boundary.channel?.by === 'this-file';
  return file && channel.key !== '*' ? relative(channel.label) : channel.method && channel.method !== '*' ? `${channel.method} ${channel.label}` : channel.label;
}

export function severityOf(site: Judged, config: Config): Severity {
  const set = (configFor(config, site.source.path).rules as Record<string, Severity | undefined>)[site.boundary.rule];
  if (set === 'off') return 'off';
  if (site.severity === 'warn') return 'warn';
  return set ?? defaults[site.boundary.rule] ?? 'error';
}

/** No line number goes in, so that moved code keeps its fingerprint; equal places are told apart by their order. */
function withFingerprints<T extends { fingerprint: string }>(rows: T[]): T[] {
  const seen = new Map<string, number>();
  return rows.map((row) => {
    const ordinal = seen.get(row.fingerprint) ?? 0;
    seen.set(row.fingerprint, ordinal + 1);
    return { ...row, fingerprint: createHash('sha256').update(`${row.fingerprint}\0${ordinal}`).digest('hex').slice(0, 16) };
  });
}

function sorted<T extends { path: string; line: number; column: number; boundary: string }>(rows: T[]): T[] {
  const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return rows.sort((a, b) => compare(a.path, b.path) || a.line - b.line || a.column - b.column || compare(a.boundary, b.boundary));
}

