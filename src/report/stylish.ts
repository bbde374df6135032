/** For a person at a terminal: findings by file, the other side of each, why there is no repair, a count at the end. */
import { styleText } from 'node:util';
import type { CheckReport, Finding, Related, Whole } from '../types.ts';
import { count, nounFor } from './count.ts';
import type { Formatter, FormatOptions } from './formats.ts';

type Style = Parameters<typeof styleText>[0];
type Paint = (style: Style, text: string) => string;

const SHOWN_PEERS = 3;
/** Narrower than this, a hanging indent would leave no room for words. */
const NARROWEST = 60;

export const stylish: Formatter = (report, options) => {
  const { colour, columns } = options;
  const paint: Paint = (style, text) => (colour ? styleText(style, text, { validateStream: false }) : text);
  const wrap = (text: string, indent: number): string => (columns === undefined || columns < NARROWEST ? text : hang(text, indent, columns));
  const lines: string[] = [];
  const width = Math.max(0, ...report.findings.map((f) => position(f).length));
  for (const [path, findings] of byPath(report.findings)) {
    lines.push(paint('underline', path), ...findings.flatMap((finding) => describe(finding, width, paint, wrap)), '');
  }
  lines.push(...inOrder(report.handoffs ?? [], paint), ...summary(report, options, paint));
  return `${lines.join('\n')}\n`;
};

function describe(finding: Finding, width: number, paint: Paint, wrap: (text: string, indent: number) => string): string[] {
  const indent = 2 + width + 2 + 'error'.length + 2;
  const head = `  ${paint('dim', position(finding).padEnd(width))}  ${paint(finding.severity === 'error' ? 'red' : 'yellow', finding.severity.padEnd('error'.length))}  `;
  const notes = finding.related.slice(0, SHOWN_PEERS).map((peer) => `${sideOf(peer, finding)}: ${peer.path}:${peer.line}:${peer.column}`);
  if (finding.related.length > SHOWN_PEERS) notes.push(`and ${finding.related.length - SHOWN_PEERS} more`);
  if ('refused' in finding.repair) notes.push(`no repair (${finding.repair.refused}): ${finding.repair.detail}`);
  // The rule stands last, so that it is found at the end of the line however long the message is.
  const message = wrap(`${finding.message}  ${finding.rule}`, indent);
  const body = message.slice(0, -finding.rule.length) + paint('dim', finding.rule);
  return [head + body, ...notes.map((note) => ' '.repeat(indent) + wrap(note, indent).split('\n').map((line) => paint('dim', line)).join('\n'))];
}

function sideOf({ role }: Related, finding: Finding): string {
  if (role === 'callback') return 'listener';
  return role === finding.role ? `another ${role}` : role;
}

function inOrder(handoffs: readonly Whole[], paint: Paint): string[] {
  if (handoffs.length === 0) return [];
  const rows = handoffs.map((h) => ({ ...h, place: `${h.path}:${h.line}:${h.column}` }));
  const width = (of: (row: (typeof rows)[number]) => string): number => Math.max(...rows.map((row) => of(row).length));
  const [places, boundaries] = [width((r) => r.place), width((r) => r.boundary)];
  return [
    paint('underline', 'In order'),
    ...rows.map((r) => `  ${r.place.padEnd(places)}  ${paint('green', r.verdict.padEnd('covered'.length))}  ${r.boundary.padEnd(boundaries)}  ${paint('dim', r.by)}`.trimEnd()),
    '',
  ];
}

function summary({ findings, files, errors }: CheckReport, { failed, fixCommand, baseline, since }: FormatOptions, paint: Paint): string[] {
  const unread = errors.length === 0 ? [] : [paint(failed ? 'red' : 'yellow', `${count(errors.length, 'path')} could not be checked${failed ? ', so the run failed' : ''}: see stderr.`)];
  const dark = findings.length;
  const what = nounFor(findings, baseline !== undefined);
  const where = count(files, since === undefined ? 'file' : 'changed file');
  if (baseline) unread.push(`${baseline.known} known from ${baseline.file}.`);
  if (dark === 0) {
    if (failed) return [`No ${what}s found in the rest of ${where}, which does not mean that there are none.`, ...unread];
    return [files === 0 ? nothing(since) : paint('green', `No ${what}s in ${where}.`), ...unread];
  }
  const inFiles = new Set(findings.map((f) => f.path)).size;
  const wrong = findings.filter((f) => f.severity === 'error').length;
  const repairable = findings.filter((f) => !('refused' in f.repair)).length;
  const repairs = repairable === 0 ? []
    : [`${repairable === dark ? (dark === 1 ? 'It' : 'All') : repairable} can be repaired: \`${fixCommand}\` shows how, with --write it is done.`];
  return [
    paint('bold', `${count(dark, what)} in ${since === undefined ? `${inFiles} of ${where}` : `${count(inFiles, 'file')} (${where})`}: ${count(wrong, 'error')}, ${count(dark - wrong, 'warning')}.`),
    ...repairs, ...unread,
  ];
}

function nothing(since: string | undefined): string {
  return since === undefined ? 'There was nothing to check.' : `No JavaScript or TypeScript file changed since ${since}.`;
}

function position({ line, column }: Finding): string {
  return `${line}:${column}`;
}

/** Breaks at spaces, and indents what follows the first line; a word that is too long stays whole. */
function hang(text: string, indent: number, columns: number): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/(?<= )(?=\S)/)) {
    if (line !== '' && indent + (line + word).trimEnd().length > columns) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += word;
  }
  return [...lines, line].join(`\n${' '.repeat(indent)}`);
}

function byPath(findings: readonly Finding[]): Map<string, Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) groups.set(finding.path, [...(groups.get(finding.path) ?? []), finding]);
  return groups;
}
