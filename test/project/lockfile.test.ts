import fs from 'node:fs';
import path from 'node:path';

import { describe, expect, test } from 'vitest';

import { Packages, type Package } from '../../src/project/packages.ts';
import { tree } from './tree.ts';

interface Repo {
  root: string;
  packages: Packages;
  /** The version that a package of the repository has of a library. */
  of(folder: string, library: string): string | undefined;
}

/** A workspace of `.`, `apps/a` and `apps/b`, which all depend on bullmq, with these files in it. */
function repo(files: Record<string, string | object>, dependencies: Record<string, string> = { bullmq: '^5.0.0' }): Repo {
  const root = tree({
    'package.json': { name: 'root', workspaces: ['apps/*'], dependencies }, 'apps/a/package.json': { name: '@x/a', dependencies },
    'apps/b/package.json': { name: '@x/b', dependencies: { ...dependencies, bullmq: '^4.0.0' } }, ...files,
  });
  const packages = new Packages();
  return { root, packages, of: (folder, library) => packages.versionOf(packages.packageOf(path.join(root, folder, 'x.ts')) as Package, library) };
}

const versions = ({ of }: Repo, library = 'bullmq'): (string | undefined)[] => ['.', 'apps/a', 'apps/b'].map((folder) => of(folder, library));

const npm = (packages: object, lockfileVersion = 3): string => JSON.stringify({ name: 'root', lockfileVersion, requires: true, packages }, undefined, 2);

describe('package-lock.json', () => {
  test('the hoisted one, and one of a package\'s own', () => {
    const lock = npm({
      '': { name: 'root', dependencies: { bullmq: '^5.0.0' } }, 'apps/a': { name: '@x/a', version: '1.0.0' },
      'node_modules/@x/a': { resolved: 'apps/a', link: true },
      'node_modules/bullmq': { version: '5.12.0', resolved: 'https://registry.npmjs.org/x' },
      'apps/b/node_modules/bullmq': { version: '4.18.2' },
      'node_modules/other/node_modules/bullmq': { version: '3.0.0' },
    });
    expect(versions(repo({ 'package-lock.json': lock }))).toEqual(['5.12.0', '5.12.0', '4.18.2']);
  });

  test('a name with a scope, an alias, and what nobody declares', () => {
    const lock = npm({ 'node_modules/@scope/lib': { version: '1.2.3' }, 'node_modules/alias': { name: 'real', version: '2.0.0' } });
    const { of } = repo({ 'package-lock.json': lock });
    expect([of('apps/a', '@scope/lib'), of('apps/a', 'alias'), of('apps/a', 'lib')]).toEqual(['1.2.3', '2.0.0', undefined]);
  });

  test('version 1', () => {
    const lock = JSON.stringify({ lockfileVersion: 1, dependencies: { bullmq: { version: '5.1.0', requires: { ioredis: '^5' }, dependencies: { ioredis: { version: '5.0.0' } } }, ioredis: { version: '4.0.0' } } }, undefined, 2);
    const { of } = repo({ 'package-lock.json': lock });
    expect([of('.', 'bullmq'), of('.', 'ioredis')]).toEqual(['5.1.0', '4.0.0']);
  });
});

describe('pnpm-lock.yaml', () => {
  const lock = (body: string): Repo => repo({ 'pnpm-lock.yaml': `lockfileVersion: '9.0'\n\n${body}` });

  test('each importer has its own', () => {
    const { of, ...rest } = lock(`importers:

  .:
    dependencies:
      '@scope/lib':
        specifier: ^1.0.0
        version: 1.4.2(bullmq@5.20.0)
      bullmq:
        specifier: ^5.0.0
        version: 5.20.0

  apps/a:
    devDependencies:
      bullmq:
        specifier: ^5.0.0
        version: 5.30.1(supports-color@8.1.1)
      '@x/b':
        specifier: workspace:*
        version: link:../b

  apps/b:
    optionalDependencies:
      bullmq:
        specifier: ^4.0.0
        version: 4.18.2

packages:

  bullmq@4.18.2:
    resolution: {integrity: sha512-x}

  bullmq@5.20.0:
    resolution: {integrity: sha512-x}

  'only@1.0.1':
    resolution: {integrity: sha512-x}

  '@scope/deep@7.0.0':
    resolution: {integrity: sha512-x}

snapshots:

  only@9.9.9:
    dependencies:
      bullmq: 1.0.0
`);
    expect(versions({ of, ...rest })).toEqual(['5.20.0', '5.30.1', '4.18.2']);
    expect([of('.', '@scope/lib'), of('apps/b', 'only'), of('apps/b', '@scope/deep')]).toEqual(['1.4.2', '1.0.1', '7.0.0']);
    expect(of('apps/a', '@x/b')).toBeUndefined();
  });

  test('before version 6: no specifier beside the version, and other keys', () => {
    const { of } = lock(`specifiers:
  bullmq: ^5.0.0

dependencies:
  bullmq: 5.2.0_ioredis@5.0.0

packages:

  /only/1.0.1:
    resolution: {integrity: sha512-x}
  /@scope/deep/7.0.0_x@1.0.0:
    resolution: {integrity: sha512-x}
`);
    expect([of('.', 'bullmq'), of('.', 'only'), of('.', '@scope/deep')]).toEqual(['5.2.0', '1.0.1', '7.0.0']);
  });

  test('a single package of version 6', () => {
    const { of } = lock("dependencies:\n  bullmq:\n    specifier: ^5.0.0\n    version: 5.3.0\n\ndevDependencies:\n  '@scope/dev':\n    specifier: ^1\n    version: 1.1.1\n");
    expect([of('.', 'bullmq'), of('.', '@scope/dev')]).toEqual(['5.3.0', '1.1.1']);
  });
});

describe('yarn.lock', () => {
  test('the first generation, by range', () => {
    const { of, ...rest } = repo({ 'yarn.lock': `# yarn lockfile v1\n\n\n"@scope/lib@^1.0.0":\n  version "1.4.2"\n  resolved "https://x"\n\nbullmq@^4.0.0:\n  version "4.18.2"\n\nbullmq@5.x, bullmq@^5.0.0:\n  version "5.12.0"\n  dependencies:\n    version "9.9.9"\n` }, { bullmq: '^5.0.0', '@scope/lib': '^1.0.0' });
    expect(versions({ of, ...rest })).toEqual(['5.12.0', '5.12.0', '4.18.2']);
    expect(of('apps/a', '@scope/lib')).toBe('1.4.2');
  });

  test('the second', () => {
    const { of, ...rest } = repo({ 'yarn.lock': `__metadata:\n  version: 8\n\n"@x/a@workspace:apps/a":\n  version: 0.0.0-use.local\n  resolution: "@x/a@workspace:apps/a"\n\n"bullmq@npm:^4.0.0":\n  version: 4.18.2\n  resolution: "bullmq@npm:4.18.2"\n\n"bullmq@npm:5.x, bullmq@npm:^5.0.0":\n  version: 5.12.0\n` });
    expect(versions({ of, ...rest })).toEqual(['5.12.0', '5.12.0', '4.18.2']);
    expect(of('apps/a', 'ioredis')).toBeUndefined();
  });
});

describe('bun.lock', () => {
  test('the hoisted one, and one of a package\'s own', () => {
    const lock = `{\n  "lockfileVersion": 1,\n  "workspaces": {\n    "": { "name": "root" },\n  },\n  "packages": {\n    "@scope/lib": ["@scope/lib@1.4.2", "", {}, "sha512-x"],\n\n    "bullmq": ["bullmq@5.12.0", "", { "dependencies": { "ioredis": "^5" } }, "sha512-x"],\n\n    "@x/b/bullmq": ["bullmq@4.18.2", "", {}, "sha512-x"],\n\n    "@x/a": ["@x/a@workspace:apps/a"],\n  }\n}\n`;
    const { of, ...rest } = repo({ 'bun.lock': lock });
    expect(versions({ of, ...rest })).toEqual(['5.12.0', '5.12.0', '4.18.2']);
    expect([of('apps/b', '@scope/lib'), of('apps/b', '@x/a')]).toEqual(['1.4.2', undefined]);
  });
});

describe('which wins', () => {
  const lock = npm({ 'node_modules/bullmq': { version: '5.12.0' } });

  test('what is installed wins over the lockfile', () => {
    const { of } = repo({ 'package-lock.json': lock, 'apps/a/node_modules/bullmq/package.json': { name: 'bullmq', version: '5.10.0' } });
    expect([of('apps/a', 'bullmq'), of('.', 'bullmq')]).toEqual(['5.10.0', '5.12.0']);
  });

  test('the lockfile wins over the range', () => {
    expect(versions(repo({}))).toEqual(['5.9999.9999', '5.9999.9999', '4.9999.9999']);
    expect(repo({ 'package-lock.json': lock }).of('apps/a', 'bullmq')).toBe('5.12.0');
  });

  test('a package\'s own lockfile wins over its workspace\'s', () => {
    const { of } = repo({ 'package-lock.json': lock, 'apps/a/package-lock.json': npm({ 'node_modules/bullmq': { version: '5.1.0' } }) });
    expect([of('apps/a', 'bullmq'), of('.', 'bullmq')]).toEqual(['5.1.0', '5.12.0']);
  });

  test('of several versions that nobody declares none is taken', () => {
    const { of } = repo({ 'yarn.lock': 'deep@^1:\n  version "1.0.0"\n\ndeep@^2:\n  version "2.0.0"\n' });
    expect(of('.', 'deep')).toBeUndefined();
  });

  test.each([['package-lock.json', '{ "packages": {'], ['pnpm-lock.yaml', ': : :\n\t- x'], ['yarn.lock', '<<<<<<< HEAD'], ['bun.lock', ''], ['package-lock.json', '']])('%s that says nothing is no crash: %s', (name, text) => {
    expect(repo({ [name]: text }).of('.', 'bullmq')).toBe('5.9999.9999');
  });

  test('read once', () => {
    const { of, root } = repo({ 'package-lock.json': lock });
    expect(of('.', 'bullmq')).toBe('5.12.0');
    fs.rmSync(path.join(root, 'package-lock.json'));
    expect(of('apps/a', 'bullmq')).toBe('5.12.0');
  });
});
