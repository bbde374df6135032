import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { dirtyFiles } from '../../src/fix/git.ts';
import { temporary, writeFiles } from './support.ts';

function repo(files: Record<string, string>): string {
  const folder = temporary(files);
  const git = (...args: string[]): void => {
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: folder });
  };
  git('init', '-q');
  git('add', '.');
  git('commit', '-q', '-m', 'x');
  return folder;
}

test('a clean tree has no dirty files', () => {
  expect(dirtyFiles(repo({ 'a.ts': '' }))).toEqual([]);
});

test('changed, untracked, deleted and renamed files, with odd names', () => {
  const folder = repo({ 'a.ts': 'a', 'old name.ts': 'a long enough text to be a rename', 'gone.ts': 'g', 'same.ts': 's', 'ü ñ.ts': 'u' });
  writeFiles(folder, { 'a.ts': 'b', 'new/x.ts': '', 'ü ñ.ts': 'v' });
  fs.rmSync(path.join(folder, 'gone.ts'));
  execFileSync('git', ['mv', 'old name.ts', 'new name.ts'], { cwd: folder });
  expect(dirtyFiles(folder)!.map((file) => path.relative(folder, file)))
    .toEqual(['a.ts', 'gone.ts', 'new name.ts', 'new/x.ts', 'old name.ts', 'ü ñ.ts']);
});

test('only files inside the folder', () => {
  const folder = repo({ 'a.ts': 'a', 'pkg/b.ts': 'b' });
  writeFiles(folder, { 'a.ts': 'x', 'pkg/b.ts': 'x' });
  expect(dirtyFiles(path.join(folder, 'pkg'))).toEqual([path.join(folder, 'pkg', 'b.ts')]);
});

test('no repository, no folder', () => {
  expect(dirtyFiles(temporary())).toBeUndefined();
  expect(dirtyFiles('/no/such/folder')).toBeUndefined();
});

test('runs nothing that the repository names, and leaves the index alone', () => {
  const folder = repo({ 'a.ts': 'a' });
  const marker = path.join(folder, '.git', 'ran');
  fs.writeFileSync(path.join(folder, '.git', 'evil.sh'), `#!/bin/sh\ntouch '${marker}'\n`, { mode: 0o755 });
  execFileSync('git', ['config', 'core.fsmonitor', path.join(folder, '.git', 'evil.sh')], { cwd: folder });
  const index = fs.statSync(path.join(folder, '.git', 'index')).mtimeMs;
  fs.utimesSync(path.join(folder, 'a.ts'), 1, 1);
  expect(dirtyFiles(folder)).toEqual([]);
  expect(fs.existsSync(marker)).toBe(false);
  expect(fs.statSync(path.join(folder, '.git', 'index')).mtimeMs).toBe(index);
});

test('the environment of a hook does not lead it astray', () => {
  const folder = repo({ 'a.ts': 'a' });
  writeFiles(folder, { 'a.ts': 'b' });
  process.env['GIT_DIR'] = '/no/such/repo';
  try {
    expect(dirtyFiles(folder)).toEqual([path.join(folder, 'a.ts')]);
  } finally {
    delete process.env['GIT_DIR'];
  }
});
