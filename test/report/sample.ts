/** Reports with what is hard to print. */
import type { FormatOptions, Formatter } from '../../src/report/formats.ts';
import type { CheckReport, Finding } from '../../src/types.ts';

export const finding: Finding = {
  fingerprint: '0123456789abcdef', path: 'src/a.ts', line: 7, column: 9, endLine: 7, endColumn: 12,
  rule: 'no-dark-queue', boundary: 'bullmq/queue-add', family: 'queue', runtime: 'node', scope: 'file',
  role: 'producer', coupling: 'detached', verdict: 'lost', severity: 'error', channel: 'emails',
  message: '`queue.add(…)` hands work over.', why: ['nobody carries it'], related: [{ path: 'src/b.ts', line: 2, column: 3, role: 'consumer' }],
  repair: { strategy: 'carry-job', unit: 'bullmq:emails' },
};

export const report: CheckReport = { version: '0.1.0', files: 3, lines: 30, parsed: 2, durationMs: 1, findings: [], skipped: {}, errors: [] };

export const broken: CheckReport = { ...report, errors: [{ path: 'src/x.ts', code: 'parse-error', message: '4:2 \'}\' expected.' }] };

export function print(format: Formatter, some: Partial<CheckReport>, options: Partial<FormatOptions> = {}): string {
  return format({ ...report, ...some }, { colour: false, failed: false, fixCommand: 'npx otel-handoff fix', ...options });
}

/** File names that people have, and the address of each. */
export const oddPaths: readonly (readonly [string, string])[] = [
  ['src/with space.ts', 'src/with%20space.ts'],
  ['src/100%.ts', 'src/100%25.ts'],
  ['src/c#/main.ts', 'src/c%23/main.ts'],
  ['src/what?.ts', 'src/what%3F.ts'],
  ['src/ünï/💡.ts', 'src/%C3%BCn%C3%AF/%F0%9F%92%A1.ts'],
  ['src/[id]/page.ts', 'src/%5Bid%5D/page.ts'],
  ['src/two\nlines.ts', 'src/two%0Alines.ts'],
  ['src/tab\there.ts', 'src/tab%09here.ts'],
  ['src/a:b,c.ts', 'src/a%3Ab%2Cc.ts'],
  ['src/back\\slash.ts', 'src/back%5Cslash.ts'],
  ['src/half\ud83d.ts', 'src/half%EF%BF%BD.ts'],
  ['../beside/a.ts', '../beside/a.ts'],
  ['D:/other drive/a.ts', 'file:///D:/other%20drive/a.ts'],
  ['/root/a b.ts', 'file:///root/a%20b.ts'],
];
