import path from 'node:path';

import { describe, expect, test } from 'vitest';

import { Packages } from '../../src/project/packages.ts';
import { tree } from './tree.ts';

describe('packageOf', () => {
  const root = tree({
    'package.json': { name: 'root', workspaces: ['packages/*'], devDependencies: { typescript: '^5', shared: '1.0.0' } },
    'packages/a/package.json': { name: '@acme/a', type: 'module', dependencies: { bullmq: '^5.0.0', shared: '2.0.0' }, peerDependencies: { react: '*' }, optionalDependencies: { fsevents: '1' } },
    'packages/a/src/x.ts': '', 'packages/b/src/x.ts': '', 'scripts/x.ts': '',
  });
  const packages = new Packages(root);

  test('the nearest upward, with what stands above it', () => {
    const pkg = packages.packageOf(path.join(root, 'packages/a/src/x.ts'));
    expect(pkg).toMatchObject({ dir: path.join(root, 'packages/a'), name: '@acme/a', type: 'module', workspaceRoot: root });
    expect(Object.fromEntries(pkg?.own ?? [])).toEqual({ bullmq: '^5.0.0', shared: '2.0.0', react: '*', fsevents: '1' });
    expect(pkg?.dependencies.get('shared')).toBe('2.0.0');
    expect(pkg?.dependencies.get('typescript')).toBe('^5');
    expect(pkg?.parent?.name).toBe('root');
  });

  test('a folder without one belongs to the package above', () => {
    expect(packages.packageOf(path.join(root, 'packages/b/src/x.ts'))?.name).toBe('root');
    expect(packages.packageOf('scripts/x.ts')).toBe(packages.packageOf(path.join(root, 'packages/b/src/x.ts')));
    expect(packages.packageOf('scripts/x.ts')?.type).toBe('commonjs');
  });

  test('none at all, and none looked for above the git root', () => {
    const outer = tree({ 'package.json': { name: 'outer' }, 'repo/.git/HEAD': '', 'repo/a.ts': '' });
    expect(new Packages().packageOf(path.join(outer, 'repo/a.ts'))).toBeUndefined();
  });

  test('a broken one counts as absent and is told', () => {
    const broken = tree({ 'package.json': { name: 'root' }, 'a/package.json': '{ "name": ', 'a/x.ts': '', 'b/package.json': '[]', 'b/x.ts': '', 'c/package.json': { name: 5, dependencies: { x: 1, y: '1' }, scripts: [] } });
    const read = new Packages();
    expect(read.packageOf(path.join(broken, 'a/x.ts'))?.name).toBe('root');
    expect(read.packageOf(path.join(broken, 'b/x.ts'))?.name).toBe('root');
    expect(read.packageOf(path.join(broken, 'c/x.ts'))).toMatchObject({ name: 'c', manifest: { dependencies: { y: '1' } } });
    expect(read.warnings.map((each) => path.relative(broken, each.path))).toEqual(['a/package.json', 'b/package.json']);
  });
});

describe('workspaceByName', () => {
  const members = (root: string): string[] => [...new Packages(root).workspaceMembers(root)].map(([name, dir]) => `${name}=${path.relative(root, dir)}`);

  test('npm, yarn: a list, and an object with packages', () => {
    const files = { 'packages/a/package.json': { name: 'a' }, 'packages/group/b/package.json': { name: 'b' }, 'other/c/package.json': { name: 'c' } };
    expect(members(tree({ 'package.json': { name: 'r', workspaces: ['packages/*'] }, ...files }))).toEqual(['a=packages/a', 'r=']);
    expect(members(tree({ 'package.json': { name: 'r', workspaces: ['packages/*'] }, ...files, 'packages/build/package.json': { name: 'd' }, 'packages/dist/package.json': { name: 'e' } }))).toEqual(['a=packages/a', 'd=packages/build', 'r=']);
    expect(members(tree({ 'package.json': { name: 'r', workspaces: { packages: ['packages/**', './other/c/'] } }, ...files }))).toEqual(['a=packages/a', 'b=packages/group/b', 'c=other/c', 'r=']);
  });

  test('pnpm: quotes, comments, negations', () => {
    const root = tree({
      'pnpm-workspace.yaml': '# all\npackages:\n  - "apps/**" # yes\n  - \'libs/*\'\n  - docs\n  - "!apps/old"\n  - \'!**/test/**\'\n\ncatalog:\n  x: ^1.0.0\n',
      'apps/a/package.json': { name: 'a' }, 'apps/old/package.json': { name: 'old' }, 'apps/a/test/fix/package.json': { name: 'fix' },
      'apps/a/node_modules/z/package.json': { name: 'z' }, 'libs/l/package.json': { name: 'l' }, 'libs/l/deep/package.json': { name: 'deep' }, 'docs/package.json': { name: 'docs' },
    });
    expect(members(root)).toEqual(['a=apps/a', 'docs=docs', 'l=libs/l']);
  });

  test('rush: comments, commas at the end, addresses; a broken one has none', () => {
    const files = { 'services/a/package.json': { name: 'a' }, 'deep/down/b/package.json': { name: 'b' }, 'other/package.json': { name: 'other' } };
    const rush = '/* all\n */\n{\n  "$schema": "https://example.com/rush.schema.json",\n  // "projects": [],\n  "projects": [\n    { "packageName": "a", "projectFolder": "services/a" }, // first\n    { "packageName": "b", "projectFolder": "deep/down/b", },\n    { "packageName": "none" }, null,\n  ],\n}\n';
    const root = tree({ 'rush.json': rush, ...files });
    expect(members(root)).toEqual(['a=services/a', 'b=deep/down/b']);
    expect(new Packages(root).workspaceByName('b', path.join(root, 'services/a/x.ts'))).toBe(path.join(root, 'deep/down/b'));
    for (const broken of ['{ "projects": [', '{}', '[]', 'null']) expect(members(tree({ 'rush.json': broken, ...files }))).toEqual([]);
  });

  test('pnpm: a flow list; lerna', () => {
    expect(members(tree({ 'pnpm-workspace.yaml': 'packages: ["p/*", q]\n', 'p/a/package.json': { name: 'a' }, 'q/package.json': { name: 'q' } }))).toEqual(['a=p/a', 'q=q']);
    expect(members(tree({ 'lerna.json': { packages: ['mods/*'] }, 'mods/a/package.json': { name: 'a' } }))).toEqual(['a=mods/a']);
  });

  test('from a file, by name; a file: dependency; somebody else\'s package', () => {
    const root = tree({ 'package.json': { workspaces: ['p/*'] }, 'p/a/package.json': { name: '@x/a', dependencies: { '@x/out': 'file:../../out' } }, 'p/b/package.json': { name: '@x/b' }, 'out/package.json': { name: '@x/out' } });
    const packages = new Packages();
    const from = path.join(root, 'p/a/src/x.ts');
    expect(packages.workspaceByName('@x/b', from)).toBe(path.join(root, 'p/b'));
    expect(packages.workspaceByName('@x/out', from)).toBe(path.join(root, 'out'));
    expect(packages.workspaceByName('@x/out', path.join(root, 'p/b/x.ts'))).toBeUndefined();
    expect(packages.workspaceByName('bullmq', from)).toBeUndefined();
  });
});

describe('versionOf', () => {
  const root = tree({
    'package.json': { name: 'r', workspaces: ['p/*'], dependencies: { root: '~2.1' } },
    'pnpm-workspace.yaml': 'packages:\n  - p/*\ncatalog:\n  "@x/cat": ^3.4.0\n  plain: 1.2.3\ncatalogs:\n  old:\n    named: ~0.9.1\n',
    'p/a/package.json': {
      name: 'a',
      dependencies: { bullmq: '^5.22.0', installed: '^1.0.0', near: '1', ws: 'workspace:*', star: '*', tag: 'latest', '@x/cat': 'catalog:', named: 'catalog:old', plain: 'catalog:default', gone: 'catalog:', alias: 'npm:other@^4.1.0', git: 'github:x/y' },
    },
    'node_modules/installed/package.json': { version: '1.7.3' }, 'node_modules/near/package.json': { version: '1.0.0' }, 'p/a/node_modules/near/package.json': { version: '1.5.0' },
    'node_modules/bullmq/package.json': '{ broken',
  });
  const packages = new Packages();
  const pkg = packages.packageOf(path.join(root, 'p/a/x.ts'));

  test.each([
    ['installed', '1.7.3'], ['near', '1.5.0'], ['bullmq', '5.9999.9999'], ['root', '2.1.9999'], ['@x/cat', '3.9999.9999'], ['named', '0.9.9999'], ['plain', '1.2.3'], ['alias', '4.9999.9999'],
    ['ws', undefined], ['star', undefined], ['tag', undefined], ['gone', undefined], ['git', undefined], ['absent', undefined],
  ])('%s is %s', (name, version) => {
    expect(pkg && packages.versionOf(pkg, name)).toBe(version);
  });
});
