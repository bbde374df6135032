import { isBuiltin } from 'node:module';

import type { RuntimeProfile } from '../types.ts';
import type { Manifest, Package } from './packages.ts';
import {
  browserPackages, browserTracers, bundlers, componentModules, domPattern, drawingModules, fullStackPackages, hookPattern, nodePattern, queryHooks, queryPackages, serverPackages,
} from './runtime-words.ts';
import { relativePath } from './paths.ts';
import { scan } from './scan.ts';

export interface RuntimeInput {
  path: string;
  text: string;
  pkg: Package | undefined;
  configured: 'auto' | RuntimeProfile;
  /** `compilerOptions.lib` of the nearest tsconfig, e.g. `['dom', 'es2022']`. */
  tsconfigLib?: () => readonly string[] | undefined;
}

export interface Runtime {
  profile: RuntimeProfile;
  /** Whether the runtime has a context to lose: false for browser code without an OTel browser SDK. */
  traced: boolean;
  /** The evidence, for messages. */
  why: string;
}

type Side = 'node' | 'browser';
type Evidence = { side: Side; why: string };

/** Where a file runs: what the configuration says, else what the file, its packages and its tsconfig show (DESIGN.md 5.1). */
export function runtimeOf(input: RuntimeInput): Runtime {
  if (input.configured !== 'auto') return { profile: input.configured, traced: true, why: 'configured' };
  const evidence = fileEvidence(input) ?? packagesEvidence(input) ?? drawnEvidence(input.text) ?? environmentEvidence(input.text) ?? libEvidence(input.tsconfigLib?.());
  if (evidence === undefined) return { profile: 'portable', traced: true, why: 'nothing tells where this runs' };
  if (evidence.side === 'node') return { profile: 'node', traced: true, why: evidence.why };
  const tracer = input.pkg && namesIn(input.pkg.dependencies, browserTracers);
  return tracer === undefined
    ? { profile: 'browser', traced: false, why: `${evidence.why}; no OpenTelemetry browser SDK is a dependency` }
    : { profile: 'browser', traced: true, why: `${evidence.why}; depends on ${tracer}` };
}

/** A folder of a server's own code, whatever lies in it. */
const onServer = /(?:^|\/)server\//;
/** The page of a window, as Electron's tools lay a program out. */
const ofWindow = /(?:^|\/)renderer\//;

/** What only a server would do outweighs a mention of the page: `page.evaluate(() => window.x)` is Node's. */
function fileEvidence({ path, text, pkg }: RuntimeInput): Evidence | undefined {
  const { code, imports, directives } = scan(text);
  if (directives.has('use client')) return browser("'use client'");
  if (directives.has('use server')) return node("'use server'");
  if (text.startsWith('#!') && /^#!.*\b(?:node|deno|bun|tsx)\b/.test(text)) return node('a #! line');
  if (/\.server\.[cm]?[jt]sx?$/.test(path)) return node('named .server');
  const sorted = [...imports].sort();
  const server = sorted.find((specifier) => isNodeBuiltin(specifier) || isServerImport(specifier));
  // A name of Remix and its like; a server's `redis.client.ts` talks to another server.
  if (server === undefined && /\.client\.[cm]?[jt]sx?$/.test(path) && !isServerOnly(pkg) && !onServer.test(pkg ? relativePath(pkg.dir, path) : '')) return browser('named .client');
  const page = browserEvidence(code, sorted);
  if (server !== undefined && (page === undefined || !isPolyfilled(server))) return node(`imports ${server}`);
  if (page !== undefined) return browser(page);
  if (server === undefined && ofWindow.test(pkg ? relativePath(pkg.dir, path) : '') && pkg?.own.has('electron') && !nodePattern.test(code)) return browser('in Electron\'s renderer');
  if (server === undefined && /[\\/](?:public|static|wwwroot)[\\/]/.test(path) && !nodePattern.test(code)) return browser('in a folder that is served');
  if (server !== undefined) return node(`imports ${server}`);
  const found = nodePattern.exec(code);
  if (found !== null) return node(`uses ${found[0].trim()}`);
  if (/(?<![.\w$])require\s*\(/.test(code)) return node('uses require()');
  return undefined;
}

function isServerOnly(pkg: Package | undefined): boolean {
  return pkg !== undefined && namesIn(pkg.own, serverPackages) !== undefined && namesIn(pkg.own, browserPackages) === undefined && namesIn(pkg.own, fullStackPackages) === undefined;
}

function browserEvidence(code: string, imports: readonly string[]): string | undefined {
  const dom = /^react-dom(?:\/client)?$/;
  const imported = imports.find((specifier) => dom.test(specifier) || specifier === 'react-native');
  if (imported !== undefined) return `imports ${imported}`;
  const drawn = imports.find((specifier) => componentModules.test(specifier));
  if (drawn !== undefined) return `imports ${drawn}`;
  const found = domPattern.exec(code);
  const name = found?.[0].split(/[?.\s(]/)[0];
  // `const window = minutes(5)`: somebody's own.
  if (found && name && !new RegExp(String.raw`\b(?:const|let|var|function)\s+(?:\{[^}]*\b)?${name}\b|[(,]\s*${name}\s*[,:)=]`).test(code)) {
    return `uses ${found[0].trim()}`;
  }
  const query = imports.find((specifier) => queryPackages.test(specifier));
  if (query !== undefined && queryHooks.test(code)) return `calls hooks of ${query}`;
  const hook = imports.some((specifier) => /^(?:react|preact)(?:\/|$)/.test(specifier)) ? hookPattern.exec(code) : null;
  return hook === null ? undefined : `calls ${hook[0].replace(/[\s<(].*$/s, '')}()`;
}

/** The nearest package, then those above it. */
function packagesEvidence({ path, pkg }: RuntimeInput): Evidence | undefined {
  for (let each = pkg; each !== undefined; each = each.parent) {
    const found = packageEvidence(each, path);
    if (found !== undefined) return found;
  }
  return undefined;
}

function packageEvidence({ own, manifest, name, dir }: Package, file: string): Evidence | undefined {
  const of = `package ${name}`;
  const path = relativePath(dir, file);
  const both = namesIn(own, fullStackPackages);
  const page = namesIn(own, browserTracers) ?? namesIn(own, browserPackages) ?? (manifest.peerDependencies?.['react'] === undefined ? undefined : 'react');
  // What a page depends on as well, for what it asks a server, makes no server of it.
  const used = namesIn(runtimeDependencies(manifest), page === undefined || both !== undefined ? serverPackages : serversOnly);
  // A page's own tools (a bundler's server, browser tests) say nothing of where its code runs.
  const server = used ?? (page === undefined ? namesIn(own, serverPackages) : undefined);
  if (both !== undefined || (server !== undefined && page !== undefined)) {
    if (/\.[jt]sx$|(?:^|\/)(?:components|hooks|client|frontend)\//.test(path) && !onServer.test(path) && page !== undefined) return browser(`${of} depends on ${page}, and the file is a component's`);
    return node(`${of} depends on ${server ?? both}`);
  }
  if (server !== undefined) return node(`${of} depends on ${server}`);
  if (page !== undefined) return browser(`${of} depends on ${page}`);
  if (manifest.bin !== undefined) return node(`${of} has a bin`);
  if (manifest.browser !== undefined) return browser(`${of} has a browser field`);
  if (own.has('@types/node')) return node(`${of} depends on @types/node`);
  if (manifest.engines?.['node'] !== undefined) return node(`${of} names engines.node`);
  const bundler = namesIn(own, bundlers);
  return bundler === undefined ? undefined : browser(`${of} is bundled with ${bundler}`);
}

/** Libraries that draw can be imported on a server too, for their models: they count where no package tells. */
function drawnEvidence(text: string): Evidence | undefined {
  const imported = [...scan(text).imports].sort().find((specifier) => drawingModules.test(specifier));
  return imported === undefined ? undefined : browser(`imports ${imported}`);
}

/** Bundlers put `process.env` in, so it counts for little. */
function environmentEvidence(text: string): Evidence | undefined {
  return text.includes('process.env') && /(?<![.\w$])process\??\.env\b/.test(scan(text).code) ? node('uses process.env') : undefined;
}

function libEvidence(lib: readonly string[] | undefined): Evidence | undefined {
  const dom = lib?.some((name) => /^(?:lib\.)?dom(?:\.|$)/i.test(name));
  return dom ? browser('tsconfig lib has dom') : undefined;
}

function isNodeBuiltin(specifier: string): boolean {
  return isBuiltin(specifier) || specifier.startsWith('bun:') || specifier.startsWith('cloudflare:');
}

const serverSet = new Set(serverPackages);

function isServerImport(specifier: string): boolean {
  const name = specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
  return (serverSet.has(name) && !isShared(name)) || specifier === 'react-dom/server' || /^next\/(?:server|headers)$/.test(specifier);
}

/** Server libraries that a page imports as well, or whose types it does. */
function isShared(name: string): boolean {
  return /^(?:@prisma\/client|@trpc\/server|@modelcontextprotocol\/sdk|mqtt|hono|pino|typeorm|@nestjs\/core)$/.test(name);
}

const serversOnly = serverPackages.filter((name) => !/^(?:@trpc\/server|@modelcontextprotocol\/sdk|mqtt|pino)$/.test(name));

/** Built-in modules that bundlers put a stand-in for, when they are imported without `node:`. */
function isPolyfilled(specifier: string): boolean {
  return /^(?:assert|buffer|constants|crypto|events|path|process|punycode|querystring|stream|string_decoder|timers|url|util)$/.test(specifier);
}

function runtimeDependencies(manifest: Manifest): ReadonlyMap<string, string> {
  return new Map(Object.entries({ ...manifest.peerDependencies, ...manifest.optionalDependencies, ...manifest.dependencies }));
}

function namesIn(dependencies: ReadonlyMap<string, string>, names: readonly string[]): string | undefined {
  for (const name of names) {
    if (dependencies.has(name)) return name;
    if (!name.endsWith('/')) continue;
    for (const dependency of dependencies.keys()) if (dependency.startsWith(name)) return dependency;
  }
  return undefined;
}

function node(why: string): Evidence {
  return { side: 'node', why };
}

function browser(why: string): Evidence {
  return { side: 'browser', why };
}
