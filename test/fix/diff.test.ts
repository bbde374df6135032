import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import type { FileChange } from '../../src/fix/unit.ts';
import { unifiedDiff } from '../../src/report/diff.ts';
import { temporary } from './support.ts';

const lines = Array.from({ length: 30 }, (_, index) => `line ${index + 1}`);

const cases: Record<string, Record<string, [before: string | undefined, after: string]>> = {
  'a plain change': { 'src/a.ts': ['a\nb\nc\n', 'a\nB\nc\n'] },
  'two hunks': { 'a.ts': [`${lines.join('\n')}\n`, `${lines.join('\n').replace('line 3', 'x').replace('line 25\n', '')}\n`] },
  'CRLF': { 'a.ts': ['a\r\nb\r\nc\r\n', 'a\r\nx\r\nb\r\nC\r\n'] },
  'mixed ends of line': { 'a.ts': ['a\r\nb\nc\r\n', 'a\r\nb\nx\nc\r\n'] },
  'no newline at the end': { 'a.ts': ['a\nb', 'a\nc'] },
  'a newline added at the end': { 'a.ts': ['a\nb', 'a\nb\n'] },
  'a newline taken from the end': { 'a.ts': ['a\nb\n', 'a\nb'] },
  'a line before a last one without newline': { 'a.ts': ['a\nb', 'a\nx\nb'] },
  'a new file': { 'src/new.ts': [undefined, 'a\nb\n'] },
  'a new file without newline, in a folder with spaces': { 'my src/new file.ts': [undefined, 'a'] },
  'spaces': { 'my folder/a file.ts': ['a\n', 'b\n'] },
  'umlauts': { 'größe/ñandú ü.ts': ['a\n', 'b\n'] },
  'quotes and a tab': { 'a "b"\tc.ts': ['a\n', 'b\n'] },
  'a BOM': { 'a.ts': ['\uFEFFa\nb\n', '\uFEFFa\nc\n'] },
  'an empty file': { 'a.ts': ['', 'a\n'] },
  'lines that look like headers': { 'a.sql': ['-- a\n++ b\n@@ c\n', '-- x\n++ y\n@@ c\n'] },
  'line separators that are none to git': { 'a.ts': ['a\u2028b\rc\nd\n', 'a\u2028b\rx\nd\n'] },
  'several files': { 'a.ts': ['a\n', 'b\n'], 'b.ts': [undefined, 'n\n'], 'c d.ts': ['a', 'b\n'] },
};

function prepare(files: (typeof cases)[string]): { folder: string; changes: FileChange[] } {
  const before = Object.entries(files).flatMap(([name, [text]]) => (text === undefined ? [] : [[name, text] as const]));
  const folder = temporary(Object.fromEntries(before));
  const changes = Object.entries(files).map(([name, [text, after]]) => ({ path: path.join(folder, name), before: text, after }));
  return { folder, changes };
}

test.each(Object.entries(cases))('git applies %s', (_, files) => {
  const { folder, changes } = prepare(files);
  const git = (...args: string[]): void => {
    execFileSync('git', ['-c', 'core.autocrlf=false', ...args], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  };
  git('init', '-q');
  git('add', '.');
  fs.writeFileSync(path.join(folder, '.git/x.patch'), unifiedDiff(changes, folder));
  git('apply', '--check', '.git/x.patch');
  git('apply', '--index', '.git/x.patch');
  for (const change of changes) expect(fs.readFileSync(change.path, 'utf8')).toBe(change.after);
});

test('it reads like git’s own', () => {
  const { folder, changes } = prepare({ 'src/ä.ts': ['a\nb\n', 'a\nc'], 'n.ts': [undefined, 'x\n'] });
  expect(unifiedDiff(changes, path.join(folder, 'src'))).toContain('diff --git a/../n.ts b/../n.ts');
  expect(unifiedDiff(changes, folder)).toBe([
    'diff --git "a/src/\\303\\244.ts" "b/src/\\303\\244.ts"', '--- "a/src/\\303\\244.ts"', '+++ "b/src/\\303\\244.ts"',
    '@@ -1,2 +1,2 @@', ' a', '-b', '+c', '\\ No newline at end of file',
    'diff --git a/n.ts b/n.ts', 'new file mode 100644', '--- /dev/null', '+++ b/n.ts', '@@ -0,0 +1,1 @@', '+x', '',
  ].join('\n'));
});

test('a change that changes nothing is left out', () => {
  expect(unifiedDiff([{ path: '/a', before: 'a', after: 'a' }], '/')).toBe('');
});

test('colour adds nothing but colour', () => {
  const { folder, changes } = prepare({ 'a.ts': ['-- a\nb\n', '++ a\nb\n'] });
  const coloured = unifiedDiff(changes, folder, { colour: true });
  expect(coloured).toContain('\u001b[31m--- a\u001b[39m');
  expect(coloured).toContain('\u001b[32m+++ a\u001b[39m');
  expect(stripVTControlCharacters(coloured)).toBe(unifiedDiff(changes, folder));
});
