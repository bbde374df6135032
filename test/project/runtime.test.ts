import { describe, expect, test } from 'vitest';

import { Packages, type Manifest, type Package } from '../../src/project/packages.ts';
import { runtimeOf, type Runtime, type RuntimeInput } from '../../src/project/runtime.ts';
import { scan } from '../../src/project/scan.ts';
import { tree } from './tree.ts';

function packageWith(manifest: Manifest, above?: Manifest): Package {
  const root = tree({ 'package.json': above ?? {}, 'p/package.json': manifest });
  return new Packages().packageOf(`${root}/p/x.ts`) as Package;
}

function of(text: string, rest: Partial<RuntimeInput> = {}): Runtime {
  return runtimeOf({ path: 'src/a.ts', text, pkg: undefined, configured: 'auto', ...rest });
}

const side = (text: string, rest?: Partial<RuntimeInput>): string => of(text, rest).profile;

describe('what the file says', () => {
  test.each([
    "import fs from 'node:fs';", "import { Worker } from 'worker_threads';", "import 'fs/promises';", "export { x } from 'node:path';", "const x = await import('node:os');",
    "const x = require('./x');", 'process.on("exit", f);', 'process.nextTick(f);', 'const here = __dirname;', "Buffer.from('x');", 'setImmediate(f);', "'use server';\nf();",
    '#!/usr/bin/env node\nf();', 'module.exports = f;', "import express from 'express';", "import { Queue } from 'bullmq';", 'Deno.serve(f);', 'let t: NodeJS.Timeout;', '(`${process.pid}`);',
    "import { createSSRApp } from 'vue';\nimport express from 'express';", "import { APP_BASE_HREF } from '@angular/common';\nimport fs from 'node:fs';",
    "import puppeteer from 'puppeteer';\npage.evaluate(() => window.location.href);", "import fs from 'node:fs';\ndocument.createElement('a');", "import { renderToString } from 'react-dom/server';",
  ])('node: %s', (text) => {
    expect(of(text)).toMatchObject({ profile: 'node', traced: true });
  });

  test.each([
    "'use client';\nimport fs from 'node:fs';", "\"use client\"\nf();", '// a comment\n\'use client\';', 'window.addEventListener("x", f);', 'document.querySelector("x");', 'localStorage.setItem("a", "b");',
    'navigator.clipboard.writeText(x);', 'new XMLHttpRequest();', 'requestAnimationFrame(f);', "import { createRoot } from 'react-dom/client';",
    "import { useQuery } from '@tanstack/react-query';\nuseQuery({ queryKey: [] });", "import useSWR from 'swr';\nuseSWR('/x', load);", "import { useEffect } from 'react';\nuseEffect(() => {}, []);", "import React from 'react';\nReact.useEffect(() => {}, []);", "import { useState } from 'react';\nconst [a] = useState<Map<string, number>>(x);", 'class A extends HTMLElement {}',
    "import { Injectable } from '@angular/core';", "import { HttpClient } from '@angular/common/http';", "import { ref } from 'vue';", "import pino from 'pino/browser.js';", "import { setup } from '@acme/log/browser';",
    "import EventEmitter from 'events';\nwindow.location.reload();", 'const id = process.env.PUBLIC_ID;\nwindow.open(id);', "const x = require('x');\ndocument.body.append(x);", 'chrome.storage.sync.get(["host"]);',
  ])('browser: %s', (text) => {
    expect(side(text)).toBe('browser');
  });

  test.each([
    'export const a = 1;', '// process.exit()\n/* require("fs"); window.location */ f();', 'const s = "process.exit() window.location.href";', '/* import fs from "node:fs" */', 'const t = `__dirname document.body`;',
    "import { Browser } from './browser.js';", "import { open } from '@acme/browser';", "import { open } from '@/tools/browser';", "import { parse } from 'vue/compiler-sfc';", "import { render } from '@angular/platform-server';",
    'const r = /process.exit|window.location/;', 'x.process.exit();', 'config.window.open();', 'const window = minutes(5);\nwindow.open();', 'function f(document) { document.body(); }', 'document.id;', 'options.chrome.storage.get();', 'chrome.launch();',
    'const text = "import fs from \'node:fs\'";', "import type { Foo } from './foo';", 'useEffect();', "f('use client');", 'it.document.createElement();',
  ])('nothing: %s', (text) => {
    expect(of(text)).toEqual({ profile: 'portable', traced: true, why: 'nothing tells where this runs' });
  });

  test('process.env, which bundlers put in, counts where nothing else tells', () => {
    expect(side('process.env.X;')).toBe('node');
    expect(side('process.env.X;', { tsconfigLib: () => ['dom'] })).toBe('node');
    expect(side('// process.env.X')).toBe('portable');
    expect(side('process.env.X;', { pkg: packageWith({ dependencies: { vue: '*' } }) })).toBe('browser');
  });

  test('file names', () => {
    expect(side('', { path: 'app/db.server.ts' })).toBe('node');
    expect(side('', { path: 'app/map.client.tsx' })).toBe('browser');
    expect(side('', { path: 'app/map.client.tsx', pkg: packageWith({ dependencies: { '@remix-run/react': '*', express: '*' } }) })).toBe('browser');
    expect(side('', { path: 'lib/redis.client.ts', pkg: packageWith({ dependencies: { redis: '*' } }) })).toBe('node');
    const both = packageWith({ dependencies: { '@remix-run/react': '*', express: '*' } });
    expect(side('', { path: `${both.dir}/src/server/clients/map.client.ts`, pkg: both })).toBe('node');
    expect(side('', { path: `${both.dir}/src/observer/map.client.ts`, pkg: both })).toBe('browser');
    expect(side("import { createClient } from 'redis';", { path: 'lib/redis.client.ts' })).toBe('node');
  });

  test('the page of an Electron window', () => {
    const pkg = packageWith({ devDependencies: { electron: '*' }, dependencies: { ws: '*' } });
    expect(side('f();', { pkg, path: `${pkg.dir}/src/renderer/src/speech.ts` })).toBe('browser');
    expect(side('f(process.versions);', { pkg, path: `${pkg.dir}/src/renderer/src/speech.ts` })).toBe('node');
    expect(side('f();', { pkg, path: `${pkg.dir}/src/main/speech.ts` })).toBe('node');
    const other = packageWith({ dependencies: { ws: '*' } });
    expect(side('f();', { pkg: other, path: `${other.dir}/src/renderer/speech.ts` })).toBe('node');
  });

  test('libraries that draw, where no package tells', () => {
    expect(side("import { Command } from '@tiptap/core';")).toBe('browser');
    expect(side("import { EditorView } from 'prosemirror-view';")).toBe('browser');
    expect(side("import { Node } from 'prosemirror-model';")).toBe('portable');
    expect(side("import { Command } from '@tiptap/core';", { pkg: packageWith({ dependencies: { fastify: '*' } }) })).toBe('node');
  });

  test('why', () => {
    expect(of("import a from 'node:fs';").why).toBe('imports node:fs');
    expect(of('window.open();').why).toBe('uses window.open; no OpenTelemetry browser SDK is a dependency');
  });
});

describe('what the packages say', () => {
  test.each<[string, Manifest]>([
    ['a server', { dependencies: { fastify: '^5' } }],
    ['a queue', { dependencies: { bullmq: '^5' } }],
    ['an OTel node SDK', { dependencies: { '@opentelemetry/sdk-node': '*' } }],
    ['a scope', { dependencies: { '@google-cloud/pubsub': '*' } }],
    ['types of Node', { devDependencies: { '@types/node': '*' } }],
    ['a bin', { bin: './x.js' }],
    ['engines', { engines: { node: '>=20' } }],
    ['both sides of one app, for a file that shows neither', { dependencies: { next: '*', 'react-dom': '*' } }],
  ])('node: %s', (_, manifest) => {
    expect(side('f();', { pkg: packageWith(manifest) })).toBe('node');
  });

  test.each<[string, Manifest]>([
    ['a page', { dependencies: { 'react-dom': '*' }, devDependencies: { '@types/node': '*', vite: '*', playwright: '*' }, engines: { node: '20' } }],
    ['a browser field', { browser: './b.js' }],
    ['a phone\'s plugin', { peerDependencies: { '@capacitor/core': '*' } }],
    ['a bundler alone', { devDependencies: { vite: '*' } }],
    ['an OTel browser SDK', { dependencies: { '@opentelemetry/sdk-trace-web': '*' } }],
  ])('browser: %s', (_, manifest) => {
    expect(side('f();', { pkg: packageWith(manifest) })).toBe('browser');
  });

  test('a library for pages that asks a server', () => {
    expect(side('f();', { pkg: packageWith({ peerDependencies: { react: '*' }, dependencies: { '@modelcontextprotocol/sdk': '*' } }) })).toBe('browser');
    expect(side('f();', { pkg: packageWith({ dependencies: { 'react-dom': '*', '@trpc/server': '*' } }) })).toBe('browser');
    expect(side('f();', { pkg: packageWith({ peerDependencies: { react: '*' }, dependencies: { express: '*' } }) })).toBe('node');
    expect(side('f();', { pkg: packageWith({ dependencies: { react: '*', '@modelcontextprotocol/sdk': '*' } }) })).toBe('node');
    expect(side('f();', { pkg: packageWith({ dependencies: { next: '*', 'react-dom': '*', '@trpc/server': '*' } }) })).toBe('node');
  });

  test('a component of an app that holds both sides', () => {
    const pkg = packageWith({ dependencies: { next: '*', 'react-dom': '*', pg: '*' } });
    expect(side('f();', { pkg, path: 'app/components/list.ts' })).toBe('browser');
    expect(side('f();', { pkg, path: 'app/page.tsx' })).toBe('browser');
    expect(side('f();', { pkg, path: 'app/lib/db.ts' })).toBe('node');
  });

  test('those above count where the nearest says nothing, and only there', () => {
    expect(side('f();', { pkg: packageWith({}, { devDependencies: { '@types/node': '*' } }) })).toBe('node');
    expect(side('f();', { pkg: packageWith({ dependencies: { vue: '*' } }, { devDependencies: { '@types/node': '*' } }) })).toBe('browser');
  });

  test('browser code is traced with a browser SDK, here or above, and only then', () => {
    expect(of('window.open();', { pkg: packageWith({ dependencies: { '@opentelemetry/sdk-trace-web': '*' } }) })).toMatchObject({ profile: 'browser', traced: true });
    expect(of('window.open();', { pkg: packageWith({}, { dependencies: { '@opentelemetry/context-zone': '*' } }) })).toMatchObject({ profile: 'browser', traced: true });
    expect(of('window.open();', { pkg: packageWith({ dependencies: { '@opentelemetry/sdk-node': '*' } }) })).toMatchObject({ profile: 'browser', traced: false });
  });

  test('tsconfig lib, last', () => {
    expect(side('f();', { tsconfigLib: () => ['es2022', 'dom'] })).toBe('browser');
    expect(side('f();', { tsconfigLib: () => ['lib.dom.d.ts'] })).toBe('browser');
    expect(side('f();', { tsconfigLib: () => ['es2022'] })).toBe('portable');
    expect(side('f();', { tsconfigLib: () => ['dom'], pkg: packageWith({ devDependencies: { '@types/node': '*' } }) })).toBe('node');
  });
});

test('what is configured wins over everything', () => {
  expect(of("import 'node:fs';", { configured: 'browser-zone' })).toEqual({ profile: 'browser-zone', traced: true, why: 'configured' });
  expect(side("import 'node:fs';", { configured: 'portable' })).toBe('portable');
});

describe('scan', () => {
  test.each([
    ['a // b\nc', 'a \nc'], ['a /* b\n */ c', 'a   c'], ["f('//x', a)", "f('', a)"], ['`a ${b} c ${`d ${e}`} f` + g', 'b e + g'], ['a / b / c', 'a / b / c'], ['x = /["\'`]/; y', 'x =  / / ; y'],
    ["don't; y", "don't; y"], ['`${{ a: { b } }}` + c', '{ a: { b } } + c'], ['a = "x\\"y"; b', "a = ''; b"], ['return /\\/[/"]/.test(x)', 'return  / / .test(x)'], ['`open', ''],
  ])('%j', (text, code) => {
    const squeezed = (value: string): string => value.replaceAll('``', '').replaceAll(/\s+/g, ' ').trim();
    expect(squeezed(scan(text).code)).toBe(squeezed(code));
  });

  test('imports and directives', () => {
    const { imports, directives } = scan("#!/bin/x\n// c\n'use strict';\n'use client'\nimport a from 'a';\nimport 'b';\nexport * from \"c\";\nconst d = require('d'), e = import ( 'e' );\nimport {\n  f,\n} from 'f';\nfrom('g'); 'use server';");
    expect([...imports]).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect([...directives]).toEqual(['use strict', 'use client']);
  });
});
