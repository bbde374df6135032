/** Code quality, as GitLab's documentation describes it (it publishes no schema). */
import { expect, test } from 'vitest';
import { gitlab } from '../../src/report/gitlab.ts';
import { broken, finding, oddPaths, print } from './sample.ts';

interface Row { description: string; check_name: string; fingerprint: string; severity: string; location: { path: string; lines: { begin: number } } }

function rows(...args: Parameters<typeof print> extends [unknown, ...infer Rest] ? Rest : never): Row[] {
  const written = JSON.parse(print(gitlab, ...args)) as Row[];
  for (const row of written) {
    expect(row).toMatchObject({ description: expect.stringMatching(/./), check_name: expect.stringMatching(/./), fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/), severity: expect.stringMatching(/^(info|minor|major|critical|blocker)$/), location: { path: expect.stringMatching(/^[^/]/), lines: { begin: expect.any(Number) } } });
  }
  return written;
}

test('a row a finding', () => {
  expect(rows({ findings: [finding, { ...finding, severity: 'warn' }] })).toEqual([
    { description: '`queue.add(…)` hands work over.', check_name: 'no-dark-queue', severity: 'major', fingerprint: '0123456789abcdef', location: { path: 'src/a.ts', lines: { begin: 7, end: 7 } } },
    expect.objectContaining({ severity: 'minor' }),
  ]);
  expect(rows({})).toEqual([]);
});

test.each(oddPaths.filter(([path]) => !path.startsWith('/')))('the path %j stands as it is', (path) => {
  expect(JSON.parse(print(gitlab, { findings: [{ ...finding, path }] }))[0].location.path).toBe(path);
});

test('paths are the repository\'s', () => {
  expect(rows({ findings: [finding] }, { prefix: 'packages/a' })[0]!.location.path).toBe('packages/a/src/a.ts');
});

test('a failed run does not look clean', () => {
  expect(rows(broken, { failed: true })).toMatchObject([{ severity: 'blocker', check_name: 'parse-error', location: { path: 'src/x.ts', lines: { begin: 4 } } }]);
});
