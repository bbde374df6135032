import fs from 'node:fs';
import path from 'node:path';

import { Lockfiles } from './lockfile.ts';
import { folderAbove, foldersUp, readText } from './paths.ts';
import { newestVersion } from './versions.ts';
import { expandWorkspaces, readWorkspace, type Workspace } from './workspaces.ts';

/** What of a package.json is read; everything else is left alone. */
export interface Manifest {
  name?: string;
  version?: string;
  type?: string;
  main?: string;
  module?: string;
  types?: string;
  typings?: string;
  source?: string;
  bin?: unknown;
  browser?: unknown;
  exports?: unknown;
  imports?: unknown;
  repository?: unknown;
  workspaces?: unknown;
  engines?: Record<string, string>;
  scripts?: Record<string, string>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

export interface Package {
  dir: string;
  manifest: Manifest;
  /** The folder's name where the manifest has none. */
  name: string;
  type: 'module' | 'commonjs';
  /** Name to range: this package's and those of every package above it; the lower wins. */
  dependencies: ReadonlyMap<string, string>;
  /** Name to range: only this package's. */
  own: ReadonlyMap<string, string>;
  /** The next package.json upward. */
  parent: Package | undefined;
  /** The folder of the workspace that it belongs to, or its own. */
  workspaceRoot: string;
}

export interface Warning {
  path: string;
  message: string;
}

/** Facts of the packages that files belong to, read once each. */
export class Packages {
  /** What was broken and treated as absent. */
  readonly warnings: Warning[] = [];
  readonly #cwd: string;
  readonly #nearest = new Map<string, Package | undefined>();
  readonly #workspaces = new Map<string, Workspace | undefined>();
  readonly #members = new Map<string, ReadonlyMap<string, string>>();
  readonly #manifests = new Map<string, Manifest | undefined>();
  readonly #versions = new Map<string, string | undefined>();
  readonly #locks = new Lockfiles();

  constructor(cwd: string = process.cwd()) {
    this.#cwd = cwd;
  }

  /** The package that a file belongs to: the nearest package.json upward, as far as the git root. */
  packageOf(file: string): Package | undefined {
    // Thousands of files are asked for, nearly all by whole paths.
    const folder = path.dirname(file);
    return this.#packageAt(this.#nearest.has(folder) ? folder : path.resolve(this.#cwd, folder));
  }

  /** The folder of a workspace package, seen from a file (by default one in the working directory). */
  workspaceByName(name: string, from: string = path.join(this.#cwd, 'package.json')): string | undefined {
    const pkg = this.packageOf(from);
    if (pkg === undefined) return undefined;
    const linked = /^(?:file|link|portal):(.+)$/.exec(pkg.own.get(name) ?? '');
    if (linked !== null) {
      const target = path.resolve(pkg.dir, linked[1] as string);
      if (this.#manifest(target) !== undefined) return target;
    }
    return this.workspaceMembers(pkg.workspaceRoot).get(name);
  }

  /** Name to folder of every package of the workspace, sorted by name. */
  workspaceMembers(root: string): ReadonlyMap<string, string> {
    let members = this.#members.get(root);
    if (members === undefined) {
      members = this.#readMembers(root);
      this.#members.set(root, members);
    }
    return members;
  }

  /** The installed version of a dependency (node_modules, upward), else the lockfile's, else the newest that its declared range allows: what an install would bring. */
  versionOf(pkg: Package, name: string): string | undefined {
    const key = `${pkg.dir}\0${name}`;
    if (!this.#versions.has(key)) this.#versions.set(key, this.#installedVersion(pkg.dir, name) ?? this.#locks.versionOf(pkg, name, pkg.dependencies.get(name)) ?? this.#declaredVersion(pkg, name));
    return this.#versions.get(key);
  }

  #packageAt(folder: string): Package | undefined {
    if (this.#nearest.has(folder)) return this.#nearest.get(folder);
    const above = folderAbove(folder);
    const manifest = this.#manifest(folder);
    const parent = above === undefined ? undefined : this.#packageAt(above);
    const found = manifest === undefined ? parent : this.#makePackage(folder, manifest, parent);
    this.#nearest.set(folder, found);
    return found;
  }

  #makePackage(dir: string, manifest: Manifest, parent: Package | undefined): Package {
    const own = ownDependencies(manifest);
    return {
      dir,
      manifest,
      name: manifest.name ?? path.basename(dir),
      type: manifest.type === 'module' ? 'module' : 'commonjs',
      dependencies: new Map([...(parent?.dependencies ?? []), ...own]),
      own,
      parent,
      workspaceRoot: this.#workspaceRootOf(dir) ?? dir,
    };
  }

  /** The nearest folder upward that declares a workspace; a package that no pattern names belongs to it as well. */
  #workspaceRootOf(dir: string): string | undefined {
    return foldersUp(dir).find((folder) => this.#workspace(folder) !== undefined);
  }

  #workspace(folder: string): Workspace | undefined {
    if (!this.#workspaces.has(folder)) this.#workspaces.set(folder, readWorkspace(folder, this.#manifest(folder)));
    return this.#workspaces.get(folder);
  }

  #readMembers(root: string): ReadonlyMap<string, string> {
    const workspace = this.#workspace(root);
    const members: [string, string][] = [];
    for (const dir of [root, ...(workspace === undefined ? [] : expandWorkspaces(root, workspace.patterns))]) {
      const name = this.#manifest(dir)?.name;
      if (name !== undefined) members.push([name, dir]);
    }
    return new Map(members.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  }

  #manifest(dir: string): Manifest | undefined {
    if (!this.#manifests.has(dir)) this.#manifests.set(dir, this.#readManifest(path.join(dir, 'package.json')));
    return this.#manifests.get(dir);
  }

  #readManifest(file: string): Manifest | undefined {
    // Most folders have none, and to fail to read costs five times as much as to look.
    const text = fs.existsSync(file) ? readText(file) : undefined;
    if (text === undefined) return undefined;
    try {
      const value: unknown = JSON.parse(text);
      if (isRecord(value)) return cleanManifest(value);
      this.warnings.push({ path: file, message: 'package.json is not an object: treated as absent' });
    } catch (error) {
      this.warnings.push({ path: file, message: `package.json could not be read (${(error as Error).message}): treated as absent` });
    }
    return undefined;
  }

  #installedVersion(dir: string, name: string): string | undefined {
    for (let folder = dir; ; folder = path.dirname(folder)) {
      const text = readText(path.join(folder, 'node_modules', name, 'package.json'));
      const version = text === undefined ? undefined : versionIn(text);
      if (version !== undefined) return version;
      if (path.dirname(folder) === folder) return undefined;
    }
  }

  #declaredVersion(pkg: Package, name: string): string | undefined {
    let range = pkg.dependencies.get(name);
    if (range?.startsWith('catalog:')) {
      const catalog = range.slice('catalog:'.length).trim() || 'default';
      range = this.#workspace(pkg.workspaceRoot)?.catalogs.get(catalog)?.get(name);
    }
    // `npm:other@^1.2.0` is that package under this name.
    return range === undefined ? undefined : newestVersion(range.replace(/^npm:.*@/, ''));
  }
}

/** Every kind of dependency of one manifest; what the runtime needs wins over what only development does. */
export function ownDependencies(manifest: Manifest): Map<string, string> {
  return new Map(Object.entries({
    ...manifest.peerDependencies, ...manifest.devDependencies, ...manifest.optionalDependencies, ...manifest.dependencies,
  }).sort(([a], [b]) => (a < b ? -1 : 1)));
}


const textFields = ['name', 'version', 'type', 'main', 'module', 'types', 'typings', 'source'] as const;
const mapFields = ['engines', 'scripts', 'dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'] as const;
const openFields = ['bin', 'browser', 'exports', 'imports', 'repository', 'workspaces'] as const;

/** Keeps only what has the type it ought to have: a manifest is somebody else's data. */
function cleanManifest(value: Record<string, unknown>): Manifest {
  const manifest: Manifest = {};
  for (const field of textFields) {
    const text = value[field];
    if (typeof text === 'string' && text !== '') manifest[field] = text;
  }
  for (const field of mapFields) {
    const map = value[field];
    if (!isRecord(map)) continue;
    manifest[field] = Object.fromEntries(Object.entries(map).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  }
  for (const field of openFields) {
    if (value[field] !== undefined) manifest[field] = value[field];
  }
  return manifest;
}

function versionIn(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) && typeof value['version'] === 'string' ? value['version'] : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
