/**
 * Annotations on a pull request, as commands to GitHub's runner: one line each, whatever is in the message.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
import { count, nounFor } from './count.ts';
import type { Formatter } from './formats.ts';
import { fromRoot } from './places.ts';

export const github: Formatter = ({ findings, errors, files }, { failed, prefix, baseline, since }) => {
  const what = nounFor(findings, baseline !== undefined);
  const lines = [
    ...errors.map(({ path, code, message }) => command('error', { ...(path === '' ? {} : { file: fromRoot(path, prefix) }), title: `otel-handoff: ${code}` }, message)),
    ...findings.map((finding) => {
      const { severity, path, line, column, endLine, endColumn, rule, message, repair } = finding;
      const properties = { file: fromRoot(path, prefix), line, endLine, col: column, endColumn, title: `otel-handoff: ${rule}` };
      return command(severity === 'error' ? 'error' : 'warning', properties, 'refused' in repair ? `${message}\nNo repair (${repair.refused}): ${repair.detail}.` : message);
    }),
  ];
  if (findings.length > 0) lines.push(`${count(findings.length, what)} in ${count(new Set(findings.map((f) => f.path)).size, 'file')}.`);
  else if (!failed) lines.push(`No ${what}s in ${count(files, since === undefined ? 'file' : 'changed file')}.`);
  return `${lines.join('\n')}\n`;
};

function command(name: 'error' | 'warning', properties: Record<string, string | number>, message: string): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${property(String(value))}`).join(',');
  return `::${name} ${list}::${data(message)}`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
