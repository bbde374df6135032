/** Judged handoffs as the rows that every format prints. */
import { createHash } from 'node:crypto';
import { isFinding } from '../analysis/engine.ts';
import type { Judged } from '../analysis/judge.ts';
import { messageOf, unregisteredWords } from '../analysis/messages.ts';
import { placeOf } from '../analysis/place.ts';
import type { Config } from '../project/config.ts';
import { configFor } from '../project/config.ts';
import type { Unregistered } from '../project/unregistered.ts';
import { strategyOf, type Unit } from '../project/units.ts';
import { relativePath } from '../project/paths.ts';
import type { Finding, Related, RepairNote, Severity, Ts, Verdict, Whole } from '../types.ts';
import { fingerprintOf, type FingerprintKey } from './fingerprint.ts';

/** Severities of rules that are not errors by default (DESIGN.md section 6). */
const defaults: Readonly<Record<string, Severity>> = { 'no-leaked-context': 'warn', 'prefer-span-link': 'warn', 'require-agent-span': 'warn', 'no-sensitive-attributes': 'warn', 'no-custom-gen-ai-attributes': 'warn' };

export interface RowOptions {
  ts: Ts;
  config: Config;
  units: readonly Unit[];
  /** Which files were asked for (default: all); the others only tell equal places apart. */
  named?(path: string): boolean;
  relative(path: string): string;
  /** What a fingerprint's paths are relative to, so that they are the same wherever the command is run from. */
  packageDir?(path: string): string;
  /** Filled with what a fingerprint was made of: equal places share a key, and differ by their ordinal. */
  keys?: Map<string, FingerprintKey>;
}

/** Findings in order of path and position, those that the configuration switches off left out. */
export function findingsOf(judged: readonly Judged[], options: RowOptions): Finding[] {
  const unitOf = new Map(options.units.flatMap((unit) => unit.sites.map((site) => [site, unit] as const)));
  return inOrder(judged.filter(isFinding), options).flatMap(({ site, fingerprint }): Finding[] => {
    const severity = severityOf(site, options.config);
    if (severity === 'off') return [];
    const { channel, why, related, ...row } = rowOf(site, fingerprint, options);
    return [{ ...row, severity, channel, message: messageOf(options.ts, site), why, related, repair: repairOf(site, unitOf.get(site)) }];
  });
}

/** A row in package.json for each instrumentation that nothing registers; a file's own rows are `findingsOf`'s. */
export function unregisteredOf(all: readonly Unregistered[], options: RowOptions): Finding[] {
  return all.flatMap((each): Finding[] => {
    // Those of a rule that is off, or of files that were not asked for, are nobody's loss.
    const sites = each.sites.filter((site) => (options.named?.(site.source.path) ?? true) && severityOf(site, options.config) !== 'off');
    const [first] = sites;
    if (first === undefined) return [];
    const { boundary, facts, rule } = first;
    const start = positionOf(each.text, each.start);
    const end = positionOf(each.text, each.end);
    const key = ['not-registered', each.packageName, each.dependency].join('\0');
    const words = unregisteredWords(options.ts, each.dependency, sites);
    return [{
      fingerprint: createHash('sha256').update(key).digest('hex').slice(0, 16),
      path: options.relative(each.path), line: start.line, column: start.column, endLine: end.line, endColumn: end.column,
      rule, boundary: boundary.id, family: boundary.family, runtime: facts.runtime, scope: 'project', role: boundary.role, coupling: boundary.coupling,
      verdict: 'lost', severity: 'warn', channel: '*', message: words.message,
      why: [`\`${each.dependency}\` is a dependency here, and no file, script, Dockerfile or environment of the repository registers it`],
      related: sites.map((site) => relatedOf(site, options.relative)),
      repair: { refused: 'not-registered', detail: words.repair },
    }];
  });
}

function positionOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1) as string).length + 1 };
}

/** Rows of several kinds, in order of path and position. */
export function sorted<T extends Finding | Whole>(rows: T[]): T[] {
  return rows.sort((a, b) => compare(a.path, b.path) || a.line - b.line || a.column - b.column || compare(a.boundary, b.boundary));
}

/** What `--all` adds: handoffs that are in order, and by what. */
export function handoffsOf(judged: readonly Judged[], options: RowOptions): Whole[] {
  return sorted(inOrder(judged.filter((j) => j.verdict === 'kept' || j.verdict === 'covered' || j.verdict === 'carried'), options).map(({ site, fingerprint }) => {
    const { channel, why, related, ...row } = rowOf(site, fingerprint, options);
    return { ...row, channel, message: `${site.boundary.library}: ${site.by ?? ''}`, why, related, by: site.by ?? '' };
  }));
}

/** What both have; in the order in which DESIGN.md lists it. */
function rowOf(site: Judged, fingerprint: string, { relative }: RowOptions): Omit<Finding, 'severity' | 'message' | 'repair'> {
  const { boundary, source, token, facts } = site;
  const start = source.ast.getLineAndCharacterOfPosition(token.getStart(source.ast));
  const end = source.ast.getLineAndCharacterOfPosition(token.end);
  return {
    fingerprint,
    path: relative(source.path),
    line: start.line + 1, column: start.character + 1, endLine: end.line + 1, endColumn: end.character + 1,
    rule: site.rule, boundary: boundary.id, family: boundary.family, runtime: facts.strict ? 'portable' : facts.runtime, scope: site.scope,
    role: boundary.role, coupling: boundary.coupling, verdict: site.verdict as Verdict, channel: channelLabel(site, relative),
    why: site.why,
    related: site.peers.filter((p) => p.verdict !== 'silent').map((peer) => relatedOf(peer, relative)),
  };
}

function repairOf(site: Judged, unit: Unit | undefined): RepairNote {
  const refusal = unit?.refusals.get(site) ?? site.refusal;
  if (refusal) return { refused: refusal.code, detail: refusal.detail };
  return { strategy: strategyOf(site, unit) ?? '', unit: unit?.id ?? '' };
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
  const set = (configFor(config, site.source.path).rules as Record<string, Severity | undefined>)[site.rule];
  if (set === 'off') return 'off';
  if (site.severity === 'warn') return 'warn';
  return set ?? defaults[site.rule] ?? 'error';
}

/**
 * By path and position, each with its fingerprint. No line number goes in, so that moved code keeps it; equal places
 * are told apart by their order, counted before any are left out.
 */
function inOrder(sites: readonly Judged[], { ts, named = () => true, relative, packageDir, keys }: RowOptions): { site: Judged; fingerprint: string }[] {
  const seen = new Map<string, number>();
  // By absolute path: from another folder the relative ones have another order.
  return sites.map((site) => ({ site, path: site.source.path, at: site.token.getStart(site.source.ast) }))
    .sort((a, b) => compare(a.path, b.path) || a.at - b.at || compare(a.site.boundary.id, b.site.boundary.id))
    .map(({ site }) => {
      const channel = channelLabel(site, (path) => (packageDir ? relativePath(packageDir(path), path) : relative(path)));
      const { symbol, text } = placeOf(ts, site);
      const key = [site.boundary.id, channel, symbol, text].join('\0');
      const ordinal = seen.get(key) ?? 0;
      seen.set(key, ordinal + 1);
      const fingerprint = fingerprintOf({ key, ordinal });
      keys?.set(fingerprint, { key, ordinal });
      return { site, fingerprint };
    })
    .filter(({ site }) => named(site.source.path));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
