/** A job summary: what there is by family, where most of it stands, and what to do; `--output "$GITHUB_STEP_SUMMARY"`. */
import type { CheckReport, Finding } from '../types.ts';
import { count, nounFor } from './count.ts';
import type { Formatter, FormatOptions } from './formats.ts';
import { fromRoot, uriOf } from './places.ts';

const WORST_FILES = 10;
/** A summary of GitHub's holds one megabyte, and nobody reads as much. */
const LISTED = 200;

export const markdown: Formatter = (report, options) => {
  const { findings, errors } = report;
  const sections = [`## ${title(report, options)}`, ...facts(report, options)];
  if (errors.length > 0) sections.push(listOf('### Not checked', errors.map(({ path, message }) => `- ${code(path || '.')}: ${text(message)}`)));
  if (findings.length > 0) {
    sections.push(table(['family', 'errors', 'warnings', 'can be repaired'], families(findings)));
    const worst = worstFiles(findings);
    if (worst.length > 1) {
      const rows = worst.slice(0, WORST_FILES).map(([path, there]) => [link(path, undefined, options), ...counts(there), [...new Set(there.map((f) => f.boundary))].map(code).join(', ')]);
      sections.push(`### The worst files`, table(['file', 'errors', 'warnings', 'boundaries'], rows, [1, 2]), ...(worst.length > WORST_FILES ? [`and ${count(worst.length - WORST_FILES, 'more file')}.`] : []));
    }
    sections.push(...listed(findings, options));
  }
  return `${sections.join('\n\n')}\n`;
};

function title({ findings }: CheckReport, { failed, baseline, since }: FormatOptions): string {
  const what = nounFor(findings, baseline !== undefined);
  const where = since === undefined ? '' : ` in what changed since ${code(since)}`;
  if (findings.length > 0) return `🔦 ${count(findings.length, what)}${where}${failed ? ', and the run failed' : ''}`;
  return failed ? '❌ otel-handoff could not check everything' : `✅ No ${what}s${where}`;
}

function facts({ findings, files, errors, skipped }: CheckReport, { failed, baseline, fixCommand, since }: FormatOptions): string[] {
  const lines: string[] = [];
  const where = count(files, since === undefined ? 'file' : 'changed file');
  const wrong = findings.filter((f) => f.severity === 'error').length;
  if (findings.length > 0) lines.push(`${count(wrong, 'error')} and ${count(findings.length - wrong, 'warning')} in ${since === undefined ? `${new Set(findings.map((f) => f.path)).size} of ${where}` : `${count(new Set(findings.map((f) => f.path)).size, 'file')} (${where})`}.`);
  else if (failed) lines.push(`Nothing was found in the rest of ${where}, which does not mean that there is nothing.`);
  else lines.push(files === 0 ? 'There was nothing to check.' : `${where} checked.`);
  if (errors.length > 0) lines.push(`${count(errors.length, 'path')} could not be checked${failed ? ', so the run failed' : ''}.`);
  if (baseline) lines.push(`${baseline.known} known from the baseline${baseline.stale > 0 ? `; ${count(baseline.stale, 'entry', 'entries')} of it no longer found: ${code('--update-baseline')} takes ${baseline.stale === 1 ? 'it' : 'them'} out` : ''}.`);
  const repairable = findings.filter((f) => !('refused' in f.repair)).length;
  if (repairable > 0) lines.push(`${repairable} can be repaired: ${code(fixCommand)} shows how, with ${code('--write')} it is done.`);
  if ((skipped['untracedPackages'] ?? 0) > 0) lines.push(`${count(skipped['untracedPackages']!, 'package')} in which no tracer runs ${skipped['untracedPackages'] === 1 ? 'was' : 'were'} skipped.`);
  return lines;
}

function families(findings: readonly Finding[]): string[][] {
  return [...groupBy(findings, (f) => f.family)]
    .sort(([a, left], [b, right]) => right.length - left.length || (a < b ? -1 : 1))
    .map(([family, there]) => [family, ...counts(there), String(there.filter((f) => !('refused' in f.repair)).length)]);
}

function worstFiles(findings: readonly Finding[]): [string, Finding[]][] {
  const errors = (there: readonly Finding[]): number => there.filter((f) => f.severity === 'error').length;
  return [...groupBy(findings, (f) => f.path)].sort(([a, left], [b, right]) => errors(right) - errors(left) || right.length - left.length || (a < b ? -1 : 1));
}

function listed(findings: readonly Finding[], options: FormatOptions): string[] {
  const heading = options.baseline ? 'What is new' : 'All of them';
  const rows = findings.slice(0, LISTED).map((f) => [`${f.severity === 'error' ? '🔴' : '🟡'} ${link(f.path, f.line, options)}`, code(f.rule), `${text(f.message)}${'refused' in f.repair ? `<br><sub>no repair (${f.repair.refused}): ${text(f.repair.detail)}</sub>` : ''}`]);
  const body = [table(['place', 'rule', 'what'], rows, []), ...(findings.length > LISTED ? [`and ${findings.length - LISTED} more: ${code('otel-handoff check')} lists them all.`] : [])];
  if (findings.length <= WORST_FILES || options.baseline) return [`### ${heading}`, ...body];
  return [`<details><summary>${heading}</summary>`, ...body, '</details>'];
}

function counts(findings: readonly Finding[]): string[] {
  const errors = findings.filter((f) => f.severity === 'error').length;
  return [String(errors), String(findings.length - errors)];
}

function link(path: string, line: number | undefined, { sourceUrl, prefix }: FormatOptions): string {
  const label = code(line === undefined ? path : `${path}:${line}`);
  return sourceUrl === undefined ? label : `[${label}](${sourceUrl}${uriOf(fromRoot(path, prefix)).replace(/[()]/g, (c) => (c === '(' ? '%28' : '%29'))}${line === undefined ? '' : `#L${line}`})`;
}

/** Cells of numbers stand at the right. */
function table(head: readonly string[], rows: readonly string[][], numbers: readonly number[] = head.map((_, i) => i).slice(1)): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, i) => (numbers.includes(i) ? '--:' : '---'))), ...rows.map((row) => line(row))].join('\n');
}

function listOf(heading: string, rows: readonly string[]): string {
  const more = rows.length > LISTED ? [`- and ${rows.length - LISTED} more`] : [];
  return [heading, '', ...rows.slice(0, LISTED), ...more].join('\n');
}

/** As code, whatever is in it: a fence longer than any inside, no line breaks, and a `|` that ends no cell. */
function code(name: string): string {
  const fence = '`'.repeat(Math.max(0, ...[...name.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  const pad = name.startsWith('`') || name.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${name.replace(/[\r\n]+/g, ' ').replaceAll('|', '\\|')}${pad}${fence}`;
}

/** Words of ours with code in backticks: what stands outside of those is no HTML, and a `|` ends no cell. */
function text(words: string): string {
  return words.replace(/\s+/g, ' ').split(/(`[^`]*`)/).map((part, i) => (i % 2 === 1 ? part : part.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('*', '\\*').replaceAll('_', '\\_').replaceAll('[', '\\[')))
    .join('').replaceAll('|', '\\|');
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
