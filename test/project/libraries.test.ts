import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageLibraries, repoLibraries } from '../../src/project/libraries.ts';
import { Packages } from '../../src/project/packages.ts';
import { tree } from './tree.ts';

const files = {
  'package.json': JSON.stringify({ name: 'root', workspaces: ['packages/*'], dependencies: { typescript: '^6' } }),
  'packages/api/package.json': JSON.stringify({ name: '@it/api', dependencies: { '@it/queues': 'workspace:*', express: '^5' } }),
  'packages/api/src/a.ts': '',
  'packages/queues/package.json': JSON.stringify({ name: '@it/queues', dependencies: { bullmq: '^5' } }),
  'packages/queues/src/q.ts': '',
  'packages/web/package.json': JSON.stringify({ name: '@it/web', devDependencies: { '@scope/lib': '^1' } }),
};

describe('the libraries of a repo', () => {
  const root = tree(files);
  const packages = new Packages(root);
  const of = (paths: string[], imported: string[] = [], whole = true) => repoLibraries(new Set(imported), paths.map((path) => join(root, path)), packages, () => whole);

  it('are what its packages depend on, also those that hold no listed file', () => {
    const has = of(['packages/api/src/a.ts']);
    expect(['express', 'bullmq', '@scope/lib', '@scope/lib/sub/path', 'typescript'].map(has)).toEqual([true, true, true, true, true]);
    expect(['ws', '@scope/other', 'worker_threads'].map(has)).toEqual([false, false, false]);
  });
  it('are what its texts import, declared or not', () => expect(of(['packages/api/src/a.ts'], ['worker_threads', 'ws']) ('ws')).toBe(true));
  it('hold all that Node brings where only a part of the workspace was read', () => {
    const has = of(['packages/api/src/a.ts'], [], false);
    expect([has('worker_threads'), has('ws')]).toEqual([true, false]);
  });
});

describe('the libraries of a package', () => {
  const root = tree(files);
  const packages = new Packages(root);
  const of = (path: string) => packageLibraries(packages.packageOf(join(root, path))!, packages);

  it('are its own, those above, and those of the workspace packages that it uses', () => {
    expect(['express', 'bullmq', 'typescript', 'worker_threads', '@scope/lib'].map(of('packages/api/src/a.ts'))).toEqual([true, true, true, true, false]);
  });
  it('are not those of packages that use it', () => expect(of('packages/queues/src/q.ts')('express')).toBe(false));
});
