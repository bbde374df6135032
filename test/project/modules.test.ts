import path from 'node:path';

import { ts as bundled } from '@ts-morph/common';
import { describe, expect, test } from 'vitest';

import { Modules } from '../../src/project/modules.ts';
import { Packages } from '../../src/project/packages.ts';
import { TsConfigs } from '../../src/project/tsconfig.ts';
import type { Ts } from '../../src/types.ts';
import { tree } from './tree.ts';

const ts = bundled as unknown as Ts;

/** Resolves from `from` in a tree; the answer is relative to the tree. */
function resolver(files: Record<string, string | object>): (from: string, specifier: string) => string | undefined {
  const root = tree(files);
  const modules = new Modules(ts, new Packages(root));
  return (from, specifier) => {
    const found = modules.resolve(path.join(root, from), specifier);
    return found === undefined ? undefined : path.relative(root, found);
  };
}

describe('relative', () => {
  const resolve = resolver({
    'src/a.ts': '', 'src/b.tsx': '', 'src/c.mts': '', 'src/d.cts': '', 'src/e.js': '', 'src/both.ts': '', 'src/both.js': '', 'src/x.service.ts': '', 'src/types.d.ts': '', 'src/data.json': '', 'src/style.css': '',
    'src/dir/index.ts': '', 'src/dir.ts': '', 'src/jsdir/index.js': '', 'src/empty/readme.md': '', 'node_modules/dep/index.js': '', 'src/sep.js/index.ts': '',
  });

  test.each([
    ['./a', 'src/a.ts'], ['./a.ts', 'src/a.ts'], ['./a.js', 'src/a.ts'], ['./b', 'src/b.tsx'], ['./b.js', 'src/b.tsx'], ['./b.jsx', 'src/b.tsx'], ['./c.mjs', 'src/c.mts'], ['./d.cjs', 'src/d.cts'], ['./c', 'src/c.mts'],
    ['./e', 'src/e.js'], ['./e.js', 'src/e.js'], ['./both.js', 'src/both.ts'], ['./x.service', 'src/x.service.ts'], ['./dir', 'src/dir.ts'], ['./dir/', 'src/dir.ts'], ['./jsdir', 'src/jsdir/index.js'], ['./a?worker', 'src/a.ts'],
    ['./sep.js', 'src/sep.js/index.ts'], ['../src/a', 'src/a.ts'],
    ['./types', undefined], ['./data.json', undefined], ['./style.css', undefined], ['./empty', undefined], ['./nowhere', undefined], ['../node_modules/dep', undefined], ['', undefined], ['./a.ts/x', undefined],
  ])('%s is %s', (specifier, expected) => {
    expect(resolve('src/main.ts', specifier)).toBe(expected);
  });

  test('dots', () => {
    expect(resolve('src/jsdir/x.js', '.')).toBe('src/jsdir/index.js');
    expect(resolve('src/jsdir/deep/x.js', '..')).toBe('src/jsdir/index.js');
  });

  test('built-ins, URLs and packages', () => {
    for (const specifier of ['fs', 'node:fs', 'fs/promises', 'dep', 'https://x/y.js', 'npm:x', 'data:text/javascript,1']) expect(resolve('src/main.ts', specifier)).toBeUndefined();
  });
});

describe('tsconfig', () => {
  test('paths, with comments, by the longest prefix, in order', () => {
    const resolve = resolver({
      'tsconfig.json': '{ // here\n "compilerOptions": { "paths": { "@server/*": ["./server/*"], "@server/special/*": ["./special/*", "./server/special/*"], "~/*": ["./app/*"], "exact": ["./app/exact.ts"], "*.worker": ["./workers/*.ts"], }, } }',
      'server/a.ts': '', 'special/b.ts': '', 'server/special/c.ts': '', 'app/exact.ts': '', 'app/x/index.tsx': '', 'workers/job.ts': '',
    });
    const all = ['@server/a', '@server/special/b', '@server/special/c', '~/x', 'exact', 'job.worker', '@server/none', 'exact/more'];
    expect(all.map((each) => resolve('server/deep/z.ts', each))).toEqual(['server/a.ts', 'special/b.ts', 'server/special/c.ts', 'app/x/index.tsx', 'app/exact.ts', 'workers/job.ts', undefined, undefined]);
  });

  test('baseUrl', () => {
    const resolve = resolver({ 'tsconfig.json': { compilerOptions: { baseUrl: 'src', paths: { '@/*': ['lib/*'] } } }, 'src/lib/a.ts': '', 'src/b.ts': '' });
    expect(resolve('src/x/y.ts', '@/a')).toBe('src/lib/a.ts');
    expect(resolve('src/x/y.ts', 'lib/a')).toBe('src/lib/a.ts');
    expect(resolve('src/x/y.ts', 'b')).toBe('src/b.ts');
    expect(resolve('src/x/y.ts', 'c')).toBeUndefined();
  });

  test('extends: the paths are relative to the file that has them', () => {
    const resolve = resolver({
      'tsconfig.base.json': { compilerOptions: { paths: { '@lib/*': ['./libs/*/src'] } } }, 'apps/api/tsconfig.json': { extends: ['@not/installed', '../../tsconfig.base.json'] }, 'libs/one/src/index.ts': '',
    });
    expect(resolve('apps/api/src/x.ts', '@lib/one')).toBe('libs/one/src/index.ts');
  });

  test('references of a solution file; jsconfig; a broken file', () => {
    const resolve = resolver({ 'tsconfig.json': { files: [], references: [{ path: './tsconfig.app.json' }, { path: './gone.json' }, { path: 5 }] }, 'tsconfig.app.json': { compilerOptions: { paths: { '@/*': ['./src/*'] } } }, 'src/a.ts': '' });
    expect(resolve('src/b.ts', '@/a')).toBe('src/a.ts');
    expect(resolver({ 'jsconfig.json': { compilerOptions: { paths: { '@/*': ['./src/*'] } } }, 'src/a.js': '' })('src/b.js', '@/a')).toBe('src/a.js');
    expect(resolver({ 'tsconfig.json': '{ "compilerOptions": ', 'src/a.ts': '' })('src/b.ts', '@/a')).toBeUndefined();
  });

  test('a cycle of extends is no trap', () => {
    expect(resolver({ 'tsconfig.json': { extends: './b.json' }, 'b.json': { extends: './tsconfig.json', compilerOptions: { paths: { x: ['./x.ts'] } } }, 'x.ts': '' })('a.ts', 'x')).toBe('x.ts');
  });

  test('lib and types', () => {
    const root = tree({ 'tsconfig.json': { compilerOptions: { lib: ['ES2022', 'DOM', 'DOM.Iterable'], types: ['node'] } }, 'p/tsconfig.json': {} });
    expect(new TsConfigs(ts).of(`${root}/a.ts`)).toMatchObject({ lib: ['es2022', 'dom', 'dom.iterable'], types: ['node'] });
    expect(new TsConfigs(ts).of(`${root}/p/a.ts`)?.lib).toBeUndefined();
    expect(new TsConfigs(ts).of(`${tree({})}/a.ts`)).toBeUndefined();
  });
});

test('imports of package.json', () => {
  const resolve = resolver({
    'package.json': { name: 'a', imports: { '#db': { node: './dist/db/node.js', default: './src/db/web.js' }, '#util/*': './src/util/*.js', '#util/special/*': './special/*.ts', '#self': 'a/inner', '#dep': 'lodash' } },
    'src/db/node.ts': '', 'src/db/web.ts': '', 'src/util/x.ts': '', 'special/y.ts': '', 'inner.ts': '',
  });
  expect(['#db', '#util/x', '#util/special/y', '#self', '#dep', '#none'].map((each) => resolve('src/a.ts', each))).toEqual(['src/db/node.ts', 'src/util/x.ts', 'special/y.ts', 'inner.ts', undefined, undefined]);
});

describe('workspace packages', () => {
  const resolve = resolver({
    'package.json': { workspaces: ['p/*'] }, 'p/app/package.json': { name: 'app' }, 'p/app/src/main.ts': '',
    'p/main/package.json': { name: '@x/main', main: 'dist/index.js', types: 'dist/index.d.ts' }, 'p/main/src/index.ts': '', 'p/main/src/deep/tool.ts': '', 'p/main/dist/index.js': '', 'p/main/rooted.ts': '',
    'p/exp/package.json': { name: '@x/exp', exports: { '.': { types: './dist/index.d.ts', import: './dist/esm/entry.js', require: './dist/cjs/entry.cjs' }, './sub': './dist/esm/sub/index.js', './f/*': { import: './dist/f/*.mjs' }, './f/x/*': null, './package.json': './package.json', './asset': './logo.svg' } },
    'p/exp/src/entry.ts': '', 'p/exp/src/sub/index.ts': '', 'p/exp/src/f/one.mts': '', 'p/exp/src/hidden.ts': '',
    'p/src/package.json': { name: '@x/src', exports: './src/index.ts' }, 'p/src/src/index.ts': '',
    'p/cond/package.json': { name: 'cond', exports: { '.': { '@x/source': './lib/here.ts', default: './dist/there.js' } } }, 'p/cond/lib/here.ts': '', 'p/cond/src/there.ts': '',
    'p/flat/package.json': { name: 'flat', main: 'lib/flat.js' }, 'p/flat/lib/flat.js': '',
    'p/nested/package.json': { name: 'nested', main: './dist/src/index.js' }, 'p/nested/src/index.ts': '',
    'p/bare/package.json': { name: 'bare' }, 'p/bare/index.js': '', 'p/bare/tool.js': '',
    'p/lib/package.json': { name: 'libbed', main: './dist/index.js' }, 'p/lib/lib/index.ts': '',
    'p/elsewhere/package.json': { name: 'outed', main: './output/index.js' }, 'p/elsewhere/tsconfig.json': { compilerOptions: { outDir: 'output', rootDir: 'code' } }, 'p/elsewhere/code/index.ts': '', 'p/elsewhere/output/index.js': '',
    'p/built/package.json': { name: 'built', main: 'dist/only.js' }, 'p/built/dist/only.js': '',
    'p/esmjs/package.json': { name: 'esmjs', types: './dist/esm/index.d.mts' }, 'p/esmjs/src/index.mts': '',
  });

  test.each([
    ['@x/main', 'p/main/src/index.ts'], ['@x/main/deep/tool', 'p/main/src/deep/tool.ts'], ['@x/main/src/deep/tool.js', 'p/main/src/deep/tool.ts'], ['@x/main/rooted', 'p/main/rooted.ts'],
    ['@x/exp', 'p/exp/src/entry.ts'], ['@x/exp/sub', 'p/exp/src/sub/index.ts'], ['@x/exp/f/one', 'p/exp/src/f/one.mts'], ['@x/src', 'p/src/src/index.ts'], ['cond', 'p/cond/lib/here.ts'], ['flat', 'p/flat/lib/flat.js'],
    ['nested', 'p/nested/src/index.ts'], ['libbed', 'p/lib/lib/index.ts'], ['outed', 'p/elsewhere/code/index.ts'], ['bare', 'p/bare/index.js'], ['bare/tool', 'p/bare/tool.js'], ['built', 'p/built/dist/only.js'], ['esmjs', 'p/esmjs/src/index.mts'],
    ['@x/exp/asset', undefined], ['@x/exp/package.json', undefined], ['@x/none', undefined], ['bullmq', undefined],
  ])('%s is %s', (specifier, expected) => {
    expect(resolve('p/app/src/main.ts', specifier)).toBe(expected);
  });

  test('a package by its own name', () => {
    expect(resolve('p/exp/src/hidden.ts', '@x/exp/sub')).toBe('p/exp/src/sub/index.ts');
  });
});
