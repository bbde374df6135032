/**
 * GitLab's code quality report: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 * What could not be read is a row too, for GitLab knows no failed report.
 */
import { createHash } from 'node:crypto';
import type { Formatter } from './formats.ts';
import { fromRoot } from './places.ts';

export const gitlab: Formatter = ({ findings, errors }, { prefix }) => {
  const rows = [
    ...errors.map(({ path, code, message }) => ({
      description: `Not checked: ${message}`, check_name: code, severity: 'blocker',
      fingerprint: createHash('sha256').update(`${code}\0${path}`).digest('hex').slice(0, 16),
      location: { path: fromRoot(path, prefix), lines: { begin: Number(/^(\d+):\d+ /.exec(message)?.[1] ?? 1) } },
    })),
    ...findings.map(({ message, rule, fingerprint, severity, path, line, endLine }) => ({
      description: message, check_name: rule, severity: severity === 'error' ? 'major' : 'minor', fingerprint,
      location: { path: fromRoot(path, prefix), lines: { begin: line, end: endLine } },
    })),
  ];
  return `${JSON.stringify(rows, null, 2)}\n`;
};
