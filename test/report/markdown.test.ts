/** The job summary. */
import { describe, expect, test } from 'vitest';
import { markdown } from '../../src/report/markdown.ts';
import { broken, finding, print } from './sample.ts';

const many = Array.from({ length: 30 }, (_, i) => ({ ...finding, path: `src/f${String(i % 12).padStart(2, '0')}.ts`, line: i + 1, severity: i % 5 === 0 ? 'warn' as const : 'error' as const }));

test('a short one, whole', () => {
  expect(print(markdown, { findings: [finding, { ...finding, path: 'src/c.ts', family: 'http', rule: 'no-dark-request', boundary: 'fetch/fetch', message: '`fetch(a | b)` of <T> *stars* is dark.', repair: { refused: 'streaming', detail: 'it goes on' } }] })).toBe(`## 🔦 2 dark handoffs

2 errors and 0 warnings in 2 of 3 files.

1 can be repaired: \`npx otel-handoff fix\` shows how, with \`--write\` it is done.

| family | errors | warnings | can be repaired |
| --- | --: | --: | --: |
| http | 1 | 0 | 0 |
| queue | 1 | 0 | 1 |

### The worst files

| file | errors | warnings | boundaries |
| --- | --: | --: | --- |
| \`src/a.ts\` | 1 | 0 | \`bullmq/queue-add\` |
| \`src/c.ts\` | 1 | 0 | \`fetch/fetch\` |

### All of them

| place | rule | what |
| --- | --- | --- |
| 🔴 \`src/a.ts:7\` | \`no-dark-queue\` | \`queue.add(…)\` hands work over. |
| 🔴 \`src/c.ts:7\` | \`no-dark-request\` | \`fetch(a \\| b)\` of &lt;T> \\*stars\\* is dark.<br><sub>no repair (streaming): it goes on</sub> |
`);
});

test('a long one folds the list, and names ten files', () => {
  const text = print(markdown, { findings: many });
  expect(text).toContain('| `src/f02.ts` | 3 | 0 |');
  expect(text).toContain('and 2 more files.');
  expect(text).toMatch(/<details><summary>All of them<\/summary>\n\n\| place [^]+\n\n<\/details>\n$/);
  const huge = print(markdown, { findings: Array.from({ length: 5000 }, () => finding) });
  expect(huge).toContain('and 4800 more');
  expect(huge.length).toBeLessThan(100_000);
});

test('with a baseline it is about what is new', () => {
  const text = print(markdown, { findings: [finding] }, { baseline: { file: 'handoff-baseline.json', known: 41, stale: 2 } });
  expect(text).toContain('## 🔦 1 new dark handoff\n');
  expect(text).toContain('41 known from the baseline; 2 entries of it no longer found: `--update-baseline` takes them out.');
  expect(text).toContain('### What is new');
  const clean = print(markdown, {}, { baseline: { file: 'b.json', known: 41, stale: 0 } });
  expect(clean).toBe('## ✅ No new dark handoffs\n\n3 files checked.\n\n41 known from the baseline.\n');
});

test('since a ref', () => {
  expect(print(markdown, { findings: [finding] }, { since: 'origin/main' })).toContain('## 🔦 1 dark handoff in what changed since `origin/main`\n');
});

describe('links', () => {
  const options = { sourceUrl: 'https://example.com/o/r/blob/abc/', prefix: 'packages/a b' };
  test('to the commit\'s own lines', () => {
    expect(print(markdown, { findings: [{ ...finding, path: 'src/(group)/#1.ts' }] }, options)).toContain('[`src/(group)/#1.ts:7`](https://example.com/o/r/blob/abc/packages/a%20b/src/%28group%29/%231.ts#L7)');
  });
  test('none without a code host', () => {
    expect(print(markdown, { findings: many })).not.toContain('](');
  });
});

test('a path may have anything in it', () => {
  const row = print(markdown, { findings: [{ ...finding, path: 'src/a`b|c.ts' }] }).split('\n').find((line) => line.startsWith('| 🔴'))!;
  expect(row).toMatch(/^\| 🔴 ``src\/a`b\\\|c\.ts:7`` \|/);
});

test('a failed run never looks clean', () => {
  const text = print(markdown, broken, { failed: true });
  expect(text).toContain('## ❌ otel-handoff could not check everything\n');
  expect(text).toContain('which does not mean that there is nothing');
  expect(text).toContain('- `src/x.ts`: 4:2 \'}\' expected.');
  expect(text).not.toContain('✅');
  expect(print(markdown, { files: 0 })).toBe('## ✅ No dark handoffs\n\nThere was nothing to check.\n');
});
