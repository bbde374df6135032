/** Findings that are known: only what is new fails. A file of fingerprints, which have no line and no path in them. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { explainIssue } from '../project/config-errors.ts';
import { plainly } from '../cli/plainly.ts';
import { UsageError } from '../project/errors.ts';
import { isInside, relativePath } from '../project/paths.ts';
import { fingerprintOf, type FingerprintKey } from '../report/fingerprint.ts';
import type { Finding } from '../types.ts';

const VERSION = 1;

const entrySchema = z.strictObject({
  fingerprint: z.string().regex(/^[0-9a-f]{16}$/),
  path: z.string().describe('Where it was last seen, relative to this file, with `/`: it tells equal places apart, and may change.'),
  rule: z.string(),
  boundary: z.string(),
});

export const baselineSchema = z.strictObject({
  $schema: z.string().optional(),
  version: z.literal(VERSION),
  findings: z.array(entrySchema),
}).meta({ title: 'A baseline of otel-handoff' });

export type BaselineEntry = z.infer<typeof entrySchema>;

/** Entries of a baseline file; undefined where there is none. Throws a `UsageError` for one that is no baseline, or of another version. */
export function readBaseline(file: string): BaselineEntry[] | undefined {
  const where = `--baseline ${file}`;
  let text: string;
  try {
    text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new UsageError(where, `can't be read (${code === 'EISDIR' ? 'it is a folder' : code === 'ENOTDIR' ? 'its folder is a file' : plainly(message)})`);
  }
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (error) {
    const conflict = /^(<{7}|={7}|>{7})/m.test(text);
    throw new UsageError(where, conflict ? 'has merge conflicts' : `not valid JSON (${(error as Error).message.split('\n')[0]})`, 'restore it from version control');
  }
  const version: unknown = typeof given === 'object' && given !== null ? (given as { version?: unknown }).version : undefined;
  if (version !== undefined && version !== VERSION) throw new UsageError(where, `is of version ${JSON.stringify(version)}, and this otel-handoff reads version ${VERSION}`, 'use the otel-handoff that wrote it, or remove the file and make it anew with --update-baseline');
  const parsed = baselineSchema.safeParse(given);
  if (parsed.success) return parsed.data.findings;
  const { what, mend } = explainIssue(baselineSchema, parsed.error, given);
  throw new UsageError(where, `is no baseline (${what})`, mend ?? 'give a file that --update-baseline wrote');
}

export interface Look {
  cwd: string;
  /** The baseline's file. */
  file: string;
  keys: ReadonlyMap<string, FingerprintKey>;
  /** Files and folders that were asked for; only entries below them can be stale. */
  paths: readonly string[];
  /** Absolute paths that were looked at, where it was not all of `paths`. */
  only?: ReadonlySet<string>;
  /** Absolute paths that could not be checked: what stands there is not stale. */
  unchecked: ReadonlySet<string>;
  isAskedFor(entry: BaselineEntry): boolean;
}

export interface Matched {
  known: Finding[];
  /** In the order of the report. */
  fresh: Finding[];
  stale: BaselineEntry[];
  /** Entries that stay: what is known, as it is now, and what was not looked at. */
  kept: BaselineEntry[];
}

/** Of places that are equal, ordinals that a baseline may leave out between two that it has. */
const GAP = 16;

/**
 * Tells what is known. Equal places (the same call in the same function of several files) share a key and are numbered
 * through the repository: how many of them there are counts, and of those the ones in files that the baseline names are
 * the known ones, so that it is the new one that is reported, and a renamed file's are found again.
 */
export function matchBaseline(findings: readonly Finding[], entries: readonly BaselineEntry[], look: Look): Matched {
  const folder = dirname(resolve(look.cwd, look.file));
  const pathOf = (path: string): string => relativePath(folder, resolve(look.cwd, path));
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = look.keys.get(finding.fingerprint)?.key ?? finding.fingerprint;
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  const left = new Map<string, BaselineEntry[]>();
  for (const entry of entries) left.set(entry.fingerprint, [...(left.get(entry.fingerprint) ?? []), entry]);

  const known = new Map<Finding, BaselineEntry>();
  for (const group of groups.values()) {
    const pool = entriesOf(group, left, look.keys);
    const take = (finding: Finding, fits: (entry: BaselineEntry) => boolean): void => {
      if (known.has(finding)) return;
      const candidates = pool.filter(fits);
      const entry = candidates.find((each) => each.fingerprint === finding.fingerprint) ?? candidates[0];
      if (entry === undefined) return;
      pool.splice(pool.indexOf(entry), 1);
      known.set(finding, entry);
    };
    for (const finding of group) take(finding, (entry) => entry.path === pathOf(finding.path));
    // A renamed file's. Where not everything was looked at, the old one must be gone: else its place may still be there.
    const partly = look.only !== undefined || !look.paths.includes('.');
    for (const finding of group) take(finding, (entry) => !partly || !existsSync(resolve(folder, entry.path)));
  }
  const used = new Set(known.values());
  for (const finding of findings) {
    if (known.has(finding)) continue;
    const entry = entries.find((each) => !used.has(each) && !existsSync(resolve(folder, each.path)) && isRenamed(finding, pathOf(finding.path), each, look.keys.get(finding.fingerprint)));
    if (entry === undefined) continue;
    used.add(entry);
    known.set(finding, entry);
  }
  const isLookedAt = (entry: BaselineEntry): boolean => {
    const path = resolve(folder, entry.path);
    if (look.unchecked.has(path) || !look.isAskedFor(entry)) return false;
    if (!look.paths.some((each) => isInside(resolve(look.cwd, each), path))) return false;
    return look.only === undefined || look.only.has(path);
  };
  const rest = entries.filter((entry) => !used.has(entry));
  const stale = rest.filter(isLookedAt);
  return {
    known: findings.filter((finding) => known.has(finding)),
    fresh: findings.filter((finding) => !known.has(finding)),
    stale,
    kept: [...findings.filter((finding) => known.has(finding)).map((finding) => entryOf(finding, pathOf)), ...rest.filter((entry) => !stale.includes(entry))],
  };
}

/** A baseline's entries for these findings. */
export function entriesFor(findings: readonly Finding[], cwd: string, file: string): BaselineEntry[] {
  const folder = dirname(resolve(cwd, file));
  return findings.map((finding) => entryOf(finding, (path) => relativePath(folder, resolve(cwd, path))));
}

/** One entry a line, in order, so that two branches' changes merge. */
export function baselineText(entries: readonly BaselineEntry[]): string {
  const order = (entry: BaselineEntry): string => `${entry.path}\0${entry.rule}\0${entry.boundary}\0${entry.fingerprint}`;
  const lines = [...entries].sort((a, b) => (order(a) < order(b) ? -1 : 1))
    .map(({ fingerprint, path, rule, boundary }) => `    ${JSON.stringify({ fingerprint, path, rule, boundary })}`);
  return `{\n  "version": ${VERSION},\n  "findings": [${lines.length === 0 ? '' : `\n${lines.join(',\n')}\n  `}]\n}\n`;
}

function entryOf({ fingerprint, path, rule, boundary }: Finding, pathOf: (path: string) => string): BaselineEntry {
  return { fingerprint, path: pathOf(path), rule, boundary };
}

/** A worker's own file is its channel, and so in its fingerprint: whether this one, under the entry's path, would be the entry's. */
function isRenamed({ rule, boundary }: Finding, path: string, entry: BaselineEntry, made: FingerprintKey | undefined): boolean {
  if (made === undefined || entry.rule !== rule || entry.boundary !== boundary) return false;
  const [id, channel = '', ...others] = made.key.split('\0');
  const folder = path.slice(0, path.length - channel.length);
  if (channel === '' || !path.endsWith(channel) || !entry.path.startsWith(folder)) return false;
  const key = [id, entry.path.slice(folder.length), ...others].join('\0');
  for (let ordinal = 0; ordinal < GAP; ordinal++) if (fingerprintOf({ key, ordinal }) === entry.fingerprint) return true;
  return false;
}

/** Takes out of `left` what has the key of this group, whatever its number. */
function entriesOf(group: readonly Finding[], left: Map<string, BaselineEntry[]>, keys: ReadonlyMap<string, FingerprintKey>): BaselineEntry[] {
  const key = keys.get(group[0]!.fingerprint)?.key;
  if (key === undefined) return left.get(group[0]!.fingerprint) ?? [];
  const last = Math.max(...group.map((finding) => keys.get(finding.fingerprint)!.ordinal));
  const found: BaselineEntry[] = [];
  for (let ordinal = 0, missed = 0; ordinal <= last || missed < GAP; ordinal++) {
    const entries = left.get(fingerprintOf({ key, ordinal })) ?? [];
    found.push(...entries);
    missed = entries.length === 0 ? missed + 1 : 0;
  }
  return found;
}
