import fs from 'node:fs';
import path from 'node:path';

import { describe, expect, test } from 'vitest';

import { isTestPath, listFiles, type ListOptions } from '../../src/project/files.ts';
import { tree } from './tree.ts';

function list(root: string, inputs: string[] = ['.'], options: Partial<ListOptions> = {}): string[] {
  const { files } = listFiles(inputs, { cwd: root, tests: false, respectIgnore: true, ignore: [], ...options });
  return files.map((file) => path.relative(root, file));
}

describe('listFiles', () => {
  test('lists source of every extension, sorted, and nothing else', () => {
    const names = ['a.ts', 'b.tsx', 'c.mts', 'd.cts', 'e.js', 'f.jsx', 'g.mjs', 'h.cjs'];
    const root = tree(Object.fromEntries([...names, 'i.json', 'j.d.ts', 'k.d.mts', 'l.d.cts', 'm.min.js', 'n.bundle.js', 'o.vue'].map((name) => [name, ''])));
    expect(list(root)).toEqual(names);
  });

  test('leaves out dependencies and build output', () => {
    const folders = ['node_modules', 'dist', 'build', 'out', '.next', '.nuxt', '.output', 'coverage', 'vendor', '.turbo', '.cache', 'storybook-static'];
    const root = tree({ 'src/a.ts': '', ...Object.fromEntries(folders.map((folder) => [`pkg/${folder}/x.js`, ''])) });
    expect(list(root)).toEqual(['src/a.ts']);
  });

  test('takes a folder below `src` for source whatever its name, where no tool would write to it', () => {
    const root = tree({
      'package.json': '{}', 'src/core/build/a.ts': '', 'src/out/a.ts': '', 'src/core/coverage/a.ts': '', 'src/build/dist/a.js': '', 'src/vendor/a.js': '', 'src/node_modules/x/a.js': '',
      'build/src/a.js': '', 'lib/build/a.js': '', 'src/templates/x/package.json': '{}', 'src/templates/x/build/a.js': '', 'src/templates/x/src/build/a.ts': '', '.gitignore': 'src/made\n', 'src/made/build/a.js': '',
    });
    const own = ['src/core/build/a.ts', 'src/core/coverage/a.ts', 'src/out/a.ts', 'src/templates/x/src/build/a.ts'];
    expect(list(root)).toEqual(own);
    expect(list(root, ['src'])).toEqual(own);
    expect(list(root, ['src/core'])).toEqual(own.slice(0, 2));
    expect(list(root, ['src/templates/x'])).toEqual(own.slice(3));
    const nowhere = tree({ 'src/app/build/a.js': '', 'src/app/a.js': '' });
    expect(list(path.join(nowhere, 'src/app'))).toEqual(['a.js']);
  });

  test('takes a package for source that is called like output, beside others', () => {
    const root = tree({
      'package.json': '{}', 'packages/acme/build/package.json': '{}', 'packages/acme/build/src/a.ts': '', 'packages/acme/build/dist/a.js': '', 'packages/acme/cli/package.json': '{}', 'packages/acme/cli/a.ts': '',
      'packages/acme/cli/build/package.json': '{}', 'packages/acme/cli/build/src/a.js': '', 'packages/acme/out/a.js': '', 'packages/acme/vendor/package.json': '{}', 'packages/acme/vendor/a.js': '',
    });
    expect(list(root)).toEqual(['packages/acme/build/src/a.ts', 'packages/acme/cli/a.ts']);
    expect(list(root, ['packages/acme'])).toEqual(['packages/acme/build/src/a.ts', 'packages/acme/cli/a.ts']);
  });

  test('takes what is named outright', () => {
    const root = tree({ 'dist/a.js': '', 'dist/a.min.js': '', 'types.d.ts': '', 'x.test.ts': '', '.gitignore': 'generated\n', 'generated/g.ts': '' });
    expect(list(root)).toEqual([]);
    expect(list(root, ['dist'])).toEqual(['dist/a.js']);
    expect(list(root, ['types.d.ts', 'x.test.ts', 'dist/a.min.js', 'generated/g.ts'])).toEqual(['dist/a.min.js', 'generated/g.ts', 'types.d.ts', 'x.test.ts']);
    expect(list(root, ['generated'])).toEqual(['generated/g.ts']);
  });

  test('lists each file once, however often it is named', () => {
    const root = tree({ 'src/a.ts': '', 'src/b.ts': '' });
    expect(list(root, ['src', 'src/a.ts', '.'])).toEqual(['src/a.ts', 'src/b.ts']);
  });

  test('leaves tests out, unless asked for or in a folder named outright', () => {
    const root = tree({ 'src/a.ts': '', 'src/a.test.ts': '', 'src/a.spec.js': '', 'src/a.e2e-spec.ts': '', 'src/__tests__/b.ts': '', 'test/c.ts': '', 'test/c.test.ts': '', 'src/__mocks__/d.ts': '', 'fixtures/x/test/e.ts': '' });
    expect(list(root)).toEqual(['src/a.ts']);
    expect(list(root, ['.'], { tests: true })).toHaveLength(9);
    expect(list(root, ['test'])).toEqual(['test/c.test.ts', 'test/c.ts']);
    expect(list(root, ['fixtures'])).toEqual([]);
    expect(list(root, ['fixtures/x/test'])).toEqual(['fixtures/x/test/e.ts']);
    expect(list(root, ['src'])).toEqual(['src/a.ts']);
  });

  test('a folder above the working directory makes no test of it', () => {
    const root = tree({ 'test/app/src/a.ts': '' });
    expect(list(path.join(root, 'test/app'))).toEqual(['src/a.ts']);
  });

  test('respects .gitignore, nested and with exceptions, from the git root down', () => {
    const root = tree({
      '.gitignore': '*.gen.ts\n/local\n', 'a.gen.ts': '', 'local/a.ts': '', 'pkg/local/a.ts': '', 'pkg/a.ts': '', 'pkg/b.gen.ts': '',
      'pkg/.gitignore': '!b.gen.ts\nskip/\n', 'pkg/skip/a.ts': '', 'pkg/deep/skip/a.ts': '', 'skip/a.ts': '', 'Local/a.ts': '',
    });
    expect(list(root)).toEqual(['Local/a.ts', 'pkg/a.ts', 'pkg/b.gen.ts', 'pkg/local/a.ts', 'skip/a.ts']);
    expect(list(root, ['.'], { respectIgnore: false })).toHaveLength(9);
    expect(list(path.join(root, 'pkg'))).toEqual(['a.ts', 'b.gen.ts', 'local/a.ts']);
  });

  test('reads no .gitignore above the git root', () => {
    const root = tree({ '.gitignore': 'a.ts\n', 'repo/.git/HEAD': '', 'repo/a.ts': '' });
    expect(list(path.join(root, 'repo'))).toEqual(['a.ts']);
  });

  test('leaves out what the configuration ignores', () => {
    const root = tree({ 'src/a.ts': '', 'src/gen/b.ts': '', 'legacy/c.ts': '', 'legacy/keep.ts': '', 'x/legacy/d.ts': '' });
    expect(list(root, ['.'], { ignore: ['src/gen/**', '/legacy'] })).toEqual(['src/a.ts', 'x/legacy/d.ts']);
    expect(list(root, ['.'], { ignore: ['legacy/'] })).toEqual(['src/a.ts', 'src/gen/b.ts']);
    expect(list(root, ['.'], { ignore: ['legacy/*', '!legacy/keep.ts'] })).toEqual(['legacy/keep.ts', 'src/a.ts', 'src/gen/b.ts', 'x/legacy/d.ts']);
    expect(list(path.join(root, 'src'), ['.'], { ignore: ['src/gen'], ignoreBase: root })).toEqual(['a.ts']);
  });

  test('says what is missing or no source, and goes on', () => {
    const root = tree({ 'a.ts': '', 'README.md': '' });
    const listing = listFiles(['nowhere', 'a.ts/x', 'README.md', 'a.ts'], { cwd: root, tests: false, respectIgnore: true, ignore: [] });
    expect(listing.missing).toEqual(['nowhere', 'a.ts/x']);
    expect(listing.unreadable).toEqual([{ path: path.join(root, 'README.md'), message: 'not a JavaScript or TypeScript file' }]);
    expect(listing.files).toEqual([path.join(root, 'a.ts')]);
  });

  test('follows no link to a folder, and lists a linked file once', () => {
    const root = tree({ 'src/a.ts': '', 'outside/b.ts': '' });
    fs.symlinkSync(root, path.join(root, 'src/loop'));
    fs.symlinkSync(path.join(root, 'src/a.ts'), path.join(root, 'src/again.ts'));
    fs.symlinkSync(path.join(root, 'outside/b.ts'), path.join(root, 'src/b.ts'));
    fs.symlinkSync(path.join(root, 'gone.ts'), path.join(root, 'src/broken.ts'));
    expect(list(root, ['src'])).toEqual(['src/a.ts', 'src/b.ts']);
    expect(list(root)).toEqual(['outside/b.ts', 'src/a.ts']);
  });

  test('stops at a limit', () => {
    const root = tree({ 'a.ts': '', 'b.ts': '', 'c.ts': '' });
    expect(list(root, ['.'], { limit: 2 })).toHaveLength(2);
  });
});

test('isTestPath', () => {
  for (const file of ['a.test.ts', 'src/a.spec.tsx', 'test/a.ts', 'x/__tests__/a.ts', 'e2e/a.ts', 'cypress/a.js', 'x/__mocks__/a.ts', 'a.e2e-spec.ts']) expect(isTestPath(file)).toBe(true);
  for (const file of ['a.ts', 'latest/a.ts', 'src/test.ts', 'src/contest/a.ts', 'src/testing.ts']) expect(isTestPath(file)).toBe(false);
});
