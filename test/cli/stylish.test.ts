/** What a person sees at a terminal. */
import { stripVTControlCharacters } from 'node:util';
import fs from 'node:fs';
import { describe, expect, test } from 'vitest';
import { stylish } from '../../src/report/stylish.ts';
import type { CheckReport, Finding, Whole } from '../../src/types.ts';
import { bin, run } from './cli.ts';
import { shop } from './samples.ts';

const finding: Finding = {
  fingerprint: '0'.repeat(16), path: 'src/a.ts', line: 7, column: 9, endLine: 7, endColumn: 12,
  rule: 'no-dark-queue', boundary: 'bullmq/queue-add', family: 'queue', runtime: 'node', scope: 'file',
  role: 'producer', coupling: 'detached', verdict: 'lost', severity: 'error', channel: 'emails',
  message: '`queue.add(…)` hands work over without trace context: the processor starts a new trace.', why: [], related: [],
  repair: { strategy: 'carry-job', unit: 'bullmq:emails' },
};

const report: CheckReport = { version: '0', files: 3, lines: 30, parsed: 2, durationMs: 1, findings: [], skipped: {}, errors: [] };

const plain = (some: Partial<CheckReport>, options = {}): string => stylish({ ...report, ...some }, { colour: false, failed: false, fixCommand: 'npx otel-handoff fix', ...options });

test('findings by file, the columns one under the other', () => {
  const findings: Finding[] = [
    { ...finding, related: [{ path: 'src/b.ts', line: 4, column: 2, role: 'consumer' }] },
    { ...finding, line: 1200, column: 30, severity: 'warn', repair: { refused: 'recurring', detail: 'it runs again and again' } },
    { ...finding, path: 'src/z.ts', line: 3, column: 1, related: [1, 2, 3, 4, 5].map((line) => ({ path: 'src/a.ts', line, column: 1, role: 'callback' as const })) },
  ];
  expect(plain({ findings })).toBe(`src/a.ts
  7:9      error  \`queue.add(…)\` hands work over without trace context: the processor starts a new trace.  no-dark-queue
                  consumer: src/b.ts:4:2
  1200:30  warn   \`queue.add(…)\` hands work over without trace context: the processor starts a new trace.  no-dark-queue
                  no repair (recurring): it runs again and again

src/z.ts
  3:1      error  \`queue.add(…)\` hands work over without trace context: the processor starts a new trace.  no-dark-queue
                  listener: src/a.ts:1:1
                  listener: src/a.ts:2:1
                  listener: src/a.ts:3:1
                  and 2 more

3 dark handoffs in 2 of 3 files: 2 errors, 1 warning.
2 can be repaired: \`npx otel-handoff fix\` shows how, with --write it is done.
`);
});

test('on a narrow terminal the message hangs under itself', () => {
  const text = plain({ findings: [{ ...finding, repair: { refused: 'streaming', detail: 'the answer is a stream, and the span would end with its headers instead of its body' } }] }, { columns: 70 });
  expect(text).toBe(`src/a.ts
  7:9  error  \`queue.add(…)\` hands work over without trace context:
              the processor starts a new trace.  no-dark-queue
              no repair (streaming): the answer is a stream, and the
              span would end with its headers instead of its body

1 dark handoff in 1 of 3 files: 1 error, 0 warnings.
`);
  const narrow = plain({ findings: [finding] }, { columns: 30 });
  expect(narrow).toBe(plain({ findings: [finding] }));
});

test('colours add nothing but colour', () => {
  const findings = [finding, { ...finding, severity: 'warn' as const }];
  for (const columns of [undefined, 64, 90]) {
    const coloured = stylish({ ...report, findings }, { colour: true, failed: false, columns, fixCommand: 'npx otel-handoff fix' });
    expect(coloured).not.toBe(plain({ findings }, { columns }));
    expect(stripVTControlCharacters(coloured)).toBe(plain({ findings }, { columns }));
  }
});

test('what is in order stands in columns', () => {
  const { severity: _severity, repair: _repair, ...row } = finding;
  const handoffs: Whole[] = [
    { ...row, verdict: 'kept', boundary: 'timers/set-timeout', by: 'node keeps it' },
    { ...row, path: 'src/longer.ts', verdict: 'covered', by: '' },
  ];
  expect(plain({ handoffs })).toBe(`In order
  src/a.ts:7:9       kept     timers/set-timeout  node keeps it
  src/longer.ts:7:9  covered  bullmq/queue-add

No dark handoffs in 3 files.
`);
});

describe('the last lines', () => {
  const broken = [{ path: 'x.ts', code: 'parse-error' as const, message: '1:1 x' }];
  test.each<[string, Partial<CheckReport>, boolean, string]>([
    ['nothing found', {}, false, 'No dark handoffs in 3 files.\n'],
    ['no files', { files: 0 }, false, 'There was nothing to check.\n'],
    ['one', { findings: [finding], files: 1 }, false, '1 dark handoff in 1 of 1 file: 1 error, 0 warnings.\nIt can be repaired: `npx otel-handoff fix` shows how, with --write it is done.\n'],
    ['all', { findings: [finding, finding] }, false, '2 dark handoffs in 1 of 3 files: 2 errors, 0 warnings.\nAll can be repaired: `npx otel-handoff fix` shows how, with --write it is done.\n'],
    ['a failed run', { errors: broken }, true, 'No dark handoffs found in the rest of 3 files, which does not mean that there are none.\n1 path could not be checked, so the run failed: see stderr.\n'],
    ['an allowed parse error', { errors: broken }, false, 'No dark handoffs in 3 files.\n1 path could not be checked: see stderr.\n'],
    ['a failed run with findings', { findings: [finding], errors: [...broken, ...broken] }, true, '1 dark handoff in 1 of 3 files: 1 error, 0 warnings.\nIt can be repaired: `npx otel-handoff fix` shows how, with --write it is done.\n2 paths could not be checked, so the run failed: see stderr.\n'],
  ])('%s', (_title, some, failed, end) => {
    expect(plain(some, { failed }).endsWith(end), plain(some, { failed })).toBe(true);
  });

  test('the command that repairs looks at what was checked', () => {
    const folder = shop({ 'a b/x.ts': 'export {};\n' });
    const hint = (...args: string[]): string => /`(npx .*?)`/.exec(run(process.execPath, [bin, 'check', ...args], folder).stdout)![1]!;
    expect(hint()).toBe('npx otel-handoff fix');
    expect(hint('--all', '--fail-on', 'never', '.')).toBe('npx otel-handoff fix');
    expect(hint('src', 'a b', '--strict', '--runtime', 'portable', '--no-ignore')).toBe('npx otel-handoff fix src \'a b\' --runtime portable --strict --no-ignore');
  });
});

test('colours follow FORCE_COLOR and NO_COLOR, never a pipe', () => {
  const folder = shop();
  const coloured = (env: Record<string, string>): boolean => run(process.execPath, [bin, 'check'], folder, env).stdout.includes('\u001b[');
  expect([coloured({}), coloured({ FORCE_COLOR: '1' }), coloured({ FORCE_COLOR: '0' }), coloured({ NO_COLOR: '1' }), coloured({ FORCE_COLOR: '1', NO_COLOR: '1' })]).toEqual([false, true, false, false, true]);
});

test.skipIf(!fs.existsSync('/usr/bin/script'))('on a terminal: colours, wrapped, and no progress line left behind', () => {
  const folder = shop();
  const { stdout } = run('script', ['-qec', `stty cols 72; "${process.execPath}" "${bin}" check`, '/dev/null'], folder, { TERM: 'xterm-256color' });
  const screen = stdout.split('\r\n').map((line) => line.slice(line.lastIndexOf('\r') + 1));
  expect(screen.join('\n')).not.toContain('Reading');
  expect(screen[0]).toContain('\u001b[4msrc/consumer.ts\u001b[24m');
  for (const line of screen.slice(0, -3)) expect(stripVTControlCharacters(line).length, line).toBeLessThanOrEqual(72);
});
