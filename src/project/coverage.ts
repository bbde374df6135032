import fs from 'node:fs';
import path from 'node:path';

import type { Ts } from '../types.ts';
import type { Instrumentations } from './config.ts';
import { coverageFacts, emptyFacts, mentionsTracing, textFacts, type CoverageFacts } from './coverage-facts.ts';
import { isSourcePath, listFiles } from './files.ts';
import { autoNode, autoNodeInstrumentations, autoWeb, autoWebInstrumentations, isInstrumentation, tracerDependencies } from './instrumentations.ts';
import { Packages, type Package } from './packages.ts';
import { isInside, readText, relativePath } from './paths.ts';
import { compareVersions, minVersion } from './versions.ts';

/** Which instrumentations are on in a package. */
export interface Coverage {
  /** Instrumentation package (or distribution) to where it is registered. */
  registered: ReadonlyMap<string, string>;
  /** A dependency, registered nowhere. */
  declared: ReadonlySet<string>;
  /** Whether an OTel SDK, a distribution or a vendor's agent is set up. */
  tracer: boolean;
  /** Where that is seen. */
  evidence: readonly string[];
  has(packageName: string): boolean;
}

export interface SourceText {
  path: string;
  text: string;
}

/** Files with their texts, or their paths and a reader that is asked once for each. */
export type CoverageFiles = readonly SourceText[] | { paths: readonly string[]; read(path: string): string | undefined };

export interface CoverageOptions {
  instrumentations: Instrumentations;
}

/** How a package's files are found and read; the disk where there is none. */
export interface CoverageSource {
  filesOf(pkg: Package): readonly string[];
  read(path: string): string | undefined;
}

/** The coverage that the given files, and the package's manifest and scripts, show. Anything that is no source is read as text. */
export function coverageOf(ts: Ts, pkg: Package | undefined, files: CoverageFiles, options: CoverageOptions): Coverage {
  return merge(pkg, [packageFacts(ts, pkg, files)], options);
}

const maxFiles = 20_000;
const shared = new Packages();
const known = new WeakMap<Packages, { facts: Map<string, CoverageFacts>; coverages: Map<string, Coverage> }>();

/**
 * A package's coverage from the files on disk: its own, those of the workspace packages that it depends on (that is where
 * monorepos keep their set-up), and the Dockerfiles, environment files and scripts beside it and at the workspace root.
 * Remembered for the life of `packages` (by default, of the process).
 */
export function packageCoverage(ts: Ts, pkg: Package, options: CoverageOptions, packages: Packages = shared, source: CoverageSource = disk(packages)): Coverage {
  let memory = known.get(packages);
  if (memory === undefined) {
    memory = { facts: new Map(), coverages: new Map() };
    known.set(packages, memory);
  }
  const key = `${pkg.dir}\0${JSON.stringify(options.instrumentations)}`;
  let coverage = memory.coverages.get(key);
  if (coverage === undefined) {
    const { facts } = memory;
    const all = workspaceClosure(pkg, packages).map((each) => {
      let found = facts.get(each.dir);
      if (found === undefined) {
        found = packageFacts(ts, each, { paths: [...source.filesOf(each), ...operationsFiles(each)], read: (file) => source.read(file) });
        facts.set(each.dir, found);
      }
      return found;
    });
    coverage = merge(pkg, all, options);
    memory.coverages.set(key, coverage);
  }
  return coverage;
}

/** A package and every workspace package that it depends on, directly or not. */
export function workspaceClosure(pkg: Package, packages: Packages): Package[] {
  const closure = new Map([[pkg.dir, pkg]]);
  for (const each of closure.values()) {
    for (const name of each.own.keys()) {
      const dir = packages.workspaceByName(name, path.join(each.dir, 'package.json'));
      const dependency = dir === undefined || closure.has(dir) ? undefined : packages.packageOf(path.join(dir, 'package.json'));
      if (dependency !== undefined) closure.set(dependency.dir, dependency);
    }
  }
  return [...closure.values()];
}

const operationsPattern = /^(?:.*\.)?Dockerfile(?:\..*)?$|^\.env(?:\..*)?$|^(?:docker-)?compose.*\.ya?ml$|^Procfile$|^(?:entrypoint|start|run|docker-entrypoint)\.sh$|^fly\.toml$|^deno\.jsonc?$/i;

/** Dockerfiles, environment files, compose files and start scripts in the package's folder and at its workspace root. */
export function operationsFiles(pkg: Package): string[] {
  const files: string[] = [];
  for (const folder of new Set([pkg.dir, pkg.workspaceRoot])) {
    let names: fs.Dirent[];
    try {
      names = fs.readdirSync(folder, { withFileTypes: true });
    } catch {
      continue;
    }
    for (const entry of names) if (entry.isFile() && operationsPattern.test(entry.name)) files.push(path.join(folder, entry.name));
  }
  return files.sort();
}

function disk(packages: Packages): CoverageSource {
  return {
    filesOf: (pkg) => listFiles([pkg.dir], { cwd: pkg.dir, tests: false, respectIgnore: true, ignore: [], limit: maxFiles }).files
      .filter((file) => packages.packageOf(file)?.dir === pkg.dir),
    read: readText,
  };
}

function packageFacts(ts: Ts, pkg: Package | undefined, files: CoverageFiles): CoverageFacts {
  const all: CoverageFacts[] = [];
  const base = pkg?.workspaceRoot;
  const add = (file: string, text: string): void => {
    if (!mentionsTracing(text)) return;
    const shown = base !== undefined && isInside(base, file) ? relativePath(base, file) : file;
    const facts = coverageFacts(ts, file, text, shown);
    const elsewhere = pkg !== undefined && !isSourcePath(file) && !isInside(pkg.dir, file);
    all.push(elsewhere ? ofDependencies(facts, pkg) : facts);
  };
  if ('read' in files) {
    for (const file of [...files.paths].sort()) {
      const text = files.read(file);
      if (text !== undefined) add(file, text);
    }
  } else {
    for (const { path: file, text } of [...files].sort((a, b) => (a.path < b.path ? -1 : 1))) add(file, text);
  }
  for (const owner of scriptOwners(pkg)) {
    for (const [name, script] of Object.entries(owner.manifest.scripts ?? {}).sort()) {
      const facts = textFacts(script, `script ${name} of ${owner.name}`, 'package.json');
      all.push(owner === pkg ? facts : ofDependencies(facts, pkg as Package));
    }
  }
  const joined = join(all);
  const bundled = new Set(bundledBy(pkg).map((each) => each.name));
  const absent = autoNodeInstrumentations.map((each) => each.name).filter((name) => !bundled.has(name));
  for (const use of joined.autoNode) use.disabled = [...use.disabled, ...absent];
  return joined;
}

/** The package, and the root of its workspace. */
function scriptOwners(pkg: Package | undefined): Package[] {
  const owners: Package[] = [];
  for (let each = pkg; each !== undefined; each = each.parent) {
    if (each === pkg || each.dir === pkg?.workspaceRoot) owners.push(each);
  }
  return owners;
}

/** The root starts many services: what it preloads is on only where it is a dependency. */
function ofDependencies(facts: CoverageFacts, pkg: Package): CoverageFacts {
  const preloaded = facts.registered.filter(([name]) => pkg.dependencies.has(name)).map(([, evidence]) => evidence);
  return {
    ...facts,
    registered: facts.registered.filter(([, evidence]) => preloaded.includes(evidence)),
    autoNode: facts.autoNode.filter((use) => preloaded.includes(use.evidence)),
    tracer: facts.tracer.filter((evidence) => preloaded.includes(evidence)),
  };
}

function join(all: readonly CoverageFacts[]): CoverageFacts {
  const joined = emptyFacts();
  for (const facts of all) {
    joined.registered.push(...facts.registered);
    joined.autoNode.push(...facts.autoNode);
    joined.tracer.push(...facts.tracer);
    joined.disabledByEnv.push(...facts.disabledByEnv);
    if (facts.enabledByEnv !== undefined) (joined.enabledByEnv ??= []).push(...facts.enabledByEnv);
  }
  return joined;
}

function merge(pkg: Package | undefined, all: readonly CoverageFacts[], options: CoverageOptions): Coverage {
  const facts = join(all);
  const evidence = [...facts.tracer, ...dependencyEvidence(pkg)];
  const registered = new Map<string, string>();
  const declared = new Set<string>();
  if (options.instrumentations === 'auto') {
    const found: [string, string][] = [...facts.registered, ...autoRegistered(facts)];
    // Next makes its own request spans, and reads what came with the request, once there is a tracer.
    if (pkg?.own.has('next') && facts.tracer.length > 0) found.push(['next', facts.tracer[0] as string]);
    for (const [name, where] of found.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))) if (!registered.has(name)) registered.set(name, where);
    for (const name of declaredBy(pkg)) if (!registered.has(name)) declared.add(name);
  } else if (options.instrumentations !== 'none') {
    for (const name of [...options.instrumentations].sort()) registered.set(name, 'configured');
  }
  return { registered, declared, tracer: evidence.length > 0, evidence: [...new Set(evidence)], has: (name) => registered.has(name) };
}

function autoRegistered(facts: CoverageFacts): [string, string][] {
  return facts.autoNode.flatMap(({ evidence, disabled, enabled }) =>
    autoNodeInstrumentations.filter(({ name, offByDefault }) => {
      if (disabled.includes(name)) return false;
      if (enabled.includes(name)) return true;
      if (facts.disabledByEnv.includes(name)) return false;
      return facts.enabledByEnv === undefined ? !offByDefault : facts.enabledByEnv.includes(name);
    }).map(({ name }): [string, string] => [name, evidence]));
}

/** What the version of auto-instrumentations-node that the package depends on brings; all of it where that can't be told. */
function bundledBy(pkg: Package | undefined): typeof autoNodeInstrumentations {
  const range = pkg?.dependencies.get(autoNode);
  const version = range === undefined ? undefined : minVersion(range);
  return autoNodeInstrumentations.filter(({ since }) => since === undefined || version === undefined || compareVersions(version, since) >= 0);
}

function dependencyEvidence(pkg: Package | undefined): string[] {
  const { dependencies = {}, optionalDependencies = {} } = pkg?.manifest ?? {};
  return tracerDependencies.filter((name) => name in dependencies || name in optionalDependencies)
    .map((name) => `package ${pkg?.name} depends on ${name}`);
}

function declaredBy(pkg: Package | undefined): string[] {
  const names = [...pkg?.dependencies.keys() ?? []];
  return [
    ...names.filter((name) => isInstrumentation(name) || name === autoNode || name === autoWeb),
    ...(names.includes(autoNode) ? bundledBy(pkg).filter((each) => !each.offByDefault).map((each) => each.name) : []),
    ...(names.includes(autoWeb) ? autoWebInstrumentations : []),
  ].sort();
}
