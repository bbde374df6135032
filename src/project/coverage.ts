import fs from 'node:fs';
import path from 'node:path';

import type { Ts } from '../types.ts';
import type { Instrumentations } from './config.ts';
import { composeServices, isCompose } from './compose.ts';
import { coverageFacts, emptyFacts, textFacts, type CoverageFacts, type Registration } from './coverage-facts.ts';
import { tracerDependencies } from './distributions.ts';
import { isSourcePath, isTestPath, listFiles } from './files.ts';
import { autoNode, autoNodeInstrumentations, autoWeb, autoWebInstrumentations, isInstrumentation } from './instrumentations.ts';
import { Packages, type Package } from './packages.ts';
import { foldersUp, gitRootOf, isInside, readText, relativePath } from './paths.ts';
import { mentionsTracing } from './tracing-words.ts';
import { compareVersions, minVersion } from './versions.ts';

/** Which instrumentations are on in a package. */
export interface Coverage {
  /** Instrumentation package (or distribution) to where it is registered. */
  registered: ReadonlyMap<string, string>;
  /** Instrumentation that is a dependency, and registered nowhere, to the dependency that brings it. */
  declared: ReadonlyMap<string, string>;
  /** Whether an OTel SDK, a distribution or a vendor's agent is set up. */
  tracer: boolean;
  /** Where that is seen. */
  evidence: readonly string[];
  has(packageName: string): boolean;
  /** Every registration of an instrumentation, those that carry nothing among them. */
  of(packageName: string): readonly Registration[];
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
  return merge(pkg, packageFacts(ts, pkg, files), options);
}

const maxFiles = 20_000;
const shared = new Packages();
const known = new WeakMap<Packages, { facts: Map<string, CoverageFacts>; coverages: Map<string, Coverage> }>();

/**
 * A package's coverage from the files on disk: its own, those of the workspace packages that it depends on (that is where
 * monorepos keep their set-up), and the Dockerfiles, environment files and scripts beside it and at the workspace root.
 * Remembered for the life of `packages` (by default, of the process).
 */
export function packageCoverage(ts: Ts, pkg: Package, options: CoverageOptions, packages: Packages = shared, source: CoverageSource = onDisk(packages)): Coverage {
  let memory = known.get(packages);
  if (memory === undefined) {
    memory = { facts: new Map(), coverages: new Map() };
    known.set(packages, memory);
  }
  const key = `${pkg.dir}\0${JSON.stringify(options.instrumentations)}`;
  let coverage = memory.coverages.get(key);
  if (coverage === undefined) {
    const { facts } = memory;
    const factsOf = (each: Package): CoverageFacts => {
      const all = workspaceClosure(each, packages).map((part) => {
        let found = facts.get(part.dir);
        if (found === undefined) facts.set(part.dir, found = packageFacts(ts, part, { paths: [...sourcesOf(part, source), ...operationsFiles(part, true)], read: (file) => source.read(file) }));
        return found;
      });
      return join(all);
    };
    const own = factsOf(pkg);
    const isLibrary = options.instrumentations === 'auto' && own.registered.length === 0 && own.autoNode.length === 0;
    coverage = merge(pkg, isLibrary ? join([own, ...sharedBy(pkg, own, packages, factsOf)]) : own, options);
    memory.coverages.set(key, coverage);
  }
  return coverage;
}

/** Tests set up tracing for themselves. */
function sourcesOf(pkg: Package, source: CoverageSource): string[] {
  return source.filesOf(pkg).filter((file) => !isTestPath(relativePath(pkg.dir, file)));
}

/** A library runs in the services that use it: what all of those that trace register is on in it, too. */
function sharedBy(pkg: Package, own: CoverageFacts, packages: Packages, factsOf: (pkg: Package) => CoverageFacts): CoverageFacts[] {
  const users: { pkg: Package; facts: CoverageFacts }[] = [];
  for (const dir of packages.workspaceMembers(pkg.workspaceRoot).values()) {
    const user = dir === pkg.dir ? undefined : packages.packageOf(path.join(dir, 'package.json'));
    if (user === undefined || !workspaceClosure(user, packages).some((each) => each.dir === pkg.dir)) continue;
    const facts = factsOf(user);
    // A tracer that the library brings along is no service's.
    if (facts.tracer.some((evidence) => !own.tracer.includes(evidence))) users.push({ pkg: user, facts });
  }
  const all = users.map(({ pkg: user, facts }) => ({ user, on: registrations(user, facts) }));
  const registered = all.flatMap(({ on }) => on).map((each): Registration => {
    const without = all.find(({ on }) => !on.some(({ name, idle }) => name === each.name && idle === undefined));
    return without === undefined || each.idle !== undefined ? each : { ...each, idle: `not in ${without.user.name}, which uses this package too` };
  });
  return [{ ...emptyFacts(), registered }];
}

const closures = new WeakMap<Packages, WeakMap<Package, readonly Package[]>>();

/** A package and every workspace package that it depends on, directly or not. */
export function workspaceClosure(pkg: Package, packages: Packages): readonly Package[] {
  let known = closures.get(packages);
  if (!known) closures.set(packages, known = new WeakMap<Package, readonly Package[]>());
  let closure = known.get(pkg);
  if (!closure) known.set(pkg, closure = closureOf(pkg, packages));
  return closure;
}

function closureOf(pkg: Package, packages: Packages): Package[] {
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

/** Dockerfiles, environment files, compose files and start scripts in the package's folder and at its workspace root; `above`: as far up as the repository goes. */
export function operationsFiles(pkg: Package, above = false): string[] {
  const files: string[] = [];
  const git = above ? gitRootOf(pkg.dir) : undefined;
  for (const folder of new Set([pkg.dir, pkg.workspaceRoot, ...git === undefined ? [] : foldersUp(pkg.dir)])) files.push(...operationsIn(folder));
  return files.sort();
}

const listed = new Map<string, { stamp: number; files: string[] }>();

function operationsIn(folder: string): string[] {
  const stamp = fs.statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const known = listed.get(folder);
  if (known?.stamp === stamp) return known.files;
  let files: string[] = [];
  try {
    files = fs.readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile() && operationsPattern.test(entry.name)).map((entry) => path.join(folder, entry.name));
  } catch {
    // A folder that can't be listed shows nothing.
  }
  listed.set(folder, { stamp, files });
  return files;
}

/** The files of packages as they stand on disk, tests left out. */
export function onDisk(packages: Packages): CoverageSource {
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
    if (pkg !== undefined && !isSourcePath(file) && !isInside(pkg.dir, file)) all.push(...operationsElsewhere(pkg, file, text, shown));
    else all.push(coverageFacts(ts, file, text, shown));
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

/** A file above the package: a compose file's service that runs it, else what it preloads of the package's dependencies. */
function operationsElsewhere(pkg: Package, file: string, text: string, shown: string): CoverageFacts[] {
  if (!isCompose(file)) return [ofDependencies(textFacts(text, shown, file), pkg)];
  const services = composeServices(text, relativePath(path.dirname(file), pkg.dir));
  if (services.length > 0) return services.map((service) => textFacts(service.text, shown, file));
  // Somebody else's service, or one that can't be told: its lists are its own.
  return [{ ...ofDependencies(textFacts(text, shown, file), pkg), disabledByEnv: [], enabledByEnv: undefined }];
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
  const preloaded = facts.registered.filter(({ name }) => pkg.dependencies.has(name)).map(({ evidence }) => evidence);
  return {
    ...facts,
    registered: facts.registered.filter(({ evidence }) => preloaded.includes(evidence)),
    autoNode: facts.autoNode.filter((use) => preloaded.includes(use.evidence)),
    tracer: facts.tracer.filter((evidence) => preloaded.includes(evidence)),
  };
}

function join(all: readonly CoverageFacts[]): CoverageFacts {
  const joined = emptyFacts();
  for (const facts of all) {
    joined.registered.push(...facts.registered);
    joined.loaded.push(...facts.loaded);
    joined.autoNode.push(...facts.autoNode);
    joined.tracer.push(...facts.tracer);
    joined.disabledByEnv.push(...facts.disabledByEnv);
    if (facts.enabledByEnv !== undefined) (joined.enabledByEnv ??= []).push(...facts.enabledByEnv);
  }
  return joined;
}

function merge(pkg: Package | undefined, facts: CoverageFacts, { instrumentations }: CoverageOptions): Coverage {
  const evidence = [...facts.tracer, ...dependencyEvidence(pkg)];
  const byName = new Map<string, Registration[]>();
  for (const each of instrumentations === 'auto' ? registrations(pkg, facts) : configured(instrumentations)) {
    const known = byName.get(each.name);
    if (known) known.push(each);
    else byName.set(each.name, [each]);
  }
  const registered = new Map<string, string>();
  for (const [name, all] of byName) {
    const carrying = all.find((each) => each.idle === undefined);
    if (carrying !== undefined) registered.set(name, carrying.evidence);
  }
  const declared = new Map<string, string>();
  if (instrumentations === 'auto') for (const [name, by] of declaredBy(pkg)) if (!byName.has(name) && !facts.loaded.includes(by)) declared.set(name, by);
  return {
    registered, declared, tracer: evidence.length > 0, evidence: [...new Set(evidence)],
    has: (name) => registered.has(name), of: (name) => byName.get(name) ?? [],
  };
}

/** What is on, by name: `facts` and all that follows from them. */
function registrations(pkg: Package | undefined, facts: CoverageFacts): Registration[] {
  const found = [...facts.registered, ...autoRegistered(facts)];
  // Next makes its own request spans, and reads what came with the request, once there is a tracer.
  if (pkg?.own.has('next') && facts.tracer.length > 0) found.push({ name: 'next', evidence: facts.tracer[0] as string });
  return found.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function configured(instrumentations: Exclude<Instrumentations, 'auto'>): Registration[] {
  return instrumentations === 'none' ? [] : [...instrumentations].sort().map((name) => ({ name, evidence: 'configured' }));
}

function autoRegistered(facts: CoverageFacts): Registration[] {
  return facts.autoNode.flatMap(({ evidence, disabled, enabled, partly }) =>
    autoNodeInstrumentations.filter(({ name, offByDefault }) => {
      if (disabled.includes(name)) return false;
      if (enabled.includes(name)) return true;
      if (facts.disabledByEnv.includes(name)) return false;
      return facts.enabledByEnv === undefined ? !offByDefault : facts.enabledByEnv.includes(name);
    }).map(({ name }): Registration => ({ name, evidence, ...(partly.includes(name) ? { partly: true } : {}) })));
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

/** Instrumentations that the package depends on at run time, and the dependency that brings each. */
function declaredBy(pkg: Package | undefined): [name: string, dependency: string][] {
  const names: string[] = [];
  for (let each = pkg; each !== undefined; each = each.parent) names.push(...Object.keys({ ...each.manifest.dependencies, ...each.manifest.optionalDependencies }));
  return [...new Set(names)].sort().flatMap((dependency): [string, string][] => {
    if (dependency === autoNode) return [dependency, ...bundledBy(pkg).filter((each) => !each.offByDefault).map((each) => each.name)].map((name) => [name, dependency]);
    if (dependency === autoWeb) return [dependency, ...autoWebInstrumentations].map((name) => [name, dependency]);
    return isInstrumentation(dependency) ? [[dependency, dependency]] : [];
  });
}
