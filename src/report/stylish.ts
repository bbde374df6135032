/** For a person at a terminal: findings by file, what the repair is or why there is none, a count at the end. */
import { styleText } from 'node:util';
import type { CheckReport, Finding } from '../types.ts';
import type { Formatter } from './formats.ts';

type Style = Parameters<typeof styleText>[0];

export const stylish: Formatter = (report, { colour, failed }) => {
  const paint = (style: Style, text: string): string => (colour ? styleText(style, text, { validateStream: false }) : text);
  const lines: string[] = [];
  for (const [path, findings] of byPath(report.findings)) {
    lines.push(paint('underline', path));
    for (const finding of findings) lines.push(...describe(finding, paint));
    lines.push('');
  }
  for (const whole of report.handoffs ?? []) lines.push(`${paint('dim', `${whole.path}:${whole.line}:${whole.column}`)}  ${paint('green', whole.verdict)}  ${whole.boundary}  ${paint('dim', whole.by)}`);
  if ((report.handoffs ?? []).length > 0) lines.push('');
  lines.push(summary(report, failed, paint));
  return `${lines.join('\n')}\n`;
};

function describe(finding: Finding, paint: (style: Style, text: string) => string): string[] {
  const where = `${finding.line}:${finding.column}`.padEnd(8);
  const severity = paint(finding.severity === 'error' ? 'red' : 'yellow', finding.severity.padEnd(5));
  const lines = [`  ${where}${severity}  ${finding.message}  ${paint('dim', finding.rule)}`];
  const indent = ' '.repeat(17);
  for (const peer of finding.related.slice(0, 3)) lines.push(`${indent}${paint('dim', `${peer.role === 'callback' ? 'listener' : peer.role}: ${peer.path}:${peer.line}:${peer.column}`)}`);
  if (finding.related.length > 3) lines.push(`${indent}${paint('dim', `and ${finding.related.length - 3} more`)}`);
  if ('refused' in finding.repair) lines.push(`${indent}${paint('dim', `no repair (${finding.repair.refused}): ${finding.repair.detail}`)}`);
  return lines;
}

function summary({ findings, files }: CheckReport, failed: boolean, paint: (style: Style, text: string) => string): string {
  const looked = `${files} file${files === 1 ? '' : 's'}`;
  if (findings.length === 0) return failed ? paint('red', `No findings in what could be read of ${looked}, but the run failed: see above.`) : paint('green', `No dark handoffs in ${looked}.`);
  const errors = findings.filter((f) => f.severity === 'error').length;
  const repairable = findings.filter((f) => !('refused' in f.repair)).length;
  const counts = `${count(findings.length, 'dark handoff')} in ${looked} (${count(errors, 'error')}, ${count(findings.length - errors, 'warning')})`;
  const next = repairable === 0 ? '' : `\n${repairable} can be repaired: \`otel-handoff fix\` shows how, \`otel-handoff fix --write\` does it.`;
  return paint('bold', counts) + next;
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`;
}

function byPath(findings: readonly Finding[]): Map<string, Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) groups.set(finding.path, [...(groups.get(finding.path) ?? []), finding]);
  return groups;
}

