/** What a lockfile says was installed where: read by one regular expression, when a version is asked for and node_modules has none. */
import path from 'node:path';

import { readText, relativePath } from './paths.ts';

/** The versions of one lockfile. */
interface Lock {
  /** By the place that depends on it: a folder and a name (npm, pnpm, bun), or a name and a range (yarn). */
  exact: ReadonlyMap<string, string>;
  /** Every version of a name. */
  all: ReadonlyMap<string, ReadonlySet<string>>;
  /** Keys of `exact` for a dependency, the most exact first. */
  keys(asked: Asked): string[];
}

interface Asked {
  /** Of the package, relative to the lockfile; empty where they stand together. */
  folder: string;
  packageName: string;
  name: string;
  range: string | undefined;
}

/** Lockfiles by folder, each read once. */
export class Lockfiles {
  readonly #locks = new Map<string, Lock | undefined>();

  /** The version of a dependency that the lockfile beside the package, or at its workspace's root, has settled on. */
  versionOf(pkg: { dir: string; workspaceRoot: string; name: string }, name: string, range: string | undefined): string | undefined {
    for (const folder of new Set([pkg.dir, pkg.workspaceRoot])) {
      const lock = this.#lockOf(folder);
      if (lock === undefined) continue;
      for (const key of lock.keys({ folder: relativePath(folder, pkg.dir), packageName: pkg.name, name, range })) {
        const version = lock.exact.get(key);
        if (version !== undefined) return version;
      }
      const versions = lock.all.get(name);
      // Of several, nothing says which one it is.
      return versions?.size === 1 ? [...versions][0] : undefined;
    }
    return undefined;
  }

  #lockOf(folder: string): Lock | undefined {
    if (!this.#locks.has(folder)) this.#locks.set(folder, readLock(folder));
    return this.#locks.get(folder);
  }
}

const readers: readonly [file: string, read: (text: string) => Lock][] = [
  ['pnpm-lock.yaml', readPnpm], ['package-lock.json', readNpm], ['npm-shrinkwrap.json', readNpm], ['yarn.lock', readYarn], ['bun.lock', readBun],
];

function readLock(folder: string): Lock | undefined {
  for (const [file, read] of readers) {
    const text = readText(path.join(folder, file));
    if (text !== undefined) return read(text);
  }
  return undefined;
}

class Builder {
  readonly exact = new Map<string, string>();
  readonly all = new Map<string, Set<string>>();

  add(key: string | undefined, name: string, version: string): void {
    if (!/^\d+\.\d+\.\d+/.test(version)) return; // a link, a tarball, a git address
    if (key !== undefined) this.exact.set(key, version);
    const versions = this.all.get(name);
    if (versions) versions.add(version);
    else this.all.set(name, new Set([version]));
  }

  lock(keys: Lock['keys']): Lock {
    return { exact: this.exact, all: this.all, keys };
  }
}

const npmEntry = /"([^"\n]*node_modules\/((?:@[^/"\n]+\/)?[^/"\n]+))": \{\s*(?:"name": "[^"]*",\s*)?"version": "([^"]+)"|^ {2,4}"((?:@[^/"\n]+\/)?[^/"\n]+)": \{\s*"version": "([^"]+)"/gm;

/** `packages` of versions 2 and 3, by path; the top level of `dependencies` of version 1. */
function readNpm(text: string): Lock {
  const built = new Builder();
  for (const [, at, name, version, flat, flatVersion] of text.matchAll(npmEntry)) {
    if (at !== undefined) built.add(at, name as string, version as string);
    else if (!built.exact.has(`node_modules/${flat}`)) built.add(`node_modules/${flat}`, flat as string, flatVersion as string);
  }
  return built.lock(({ folder, name }) => {
    const parts = folder === '' ? [] : folder.split('/');
    return [...parts.keys(), parts.length].reverse().map((length) => [...parts.slice(0, length), 'node_modules', name].join('/'));
  });
}

const pnpmLine = /^( *)(?:'([^'\n]+)'|([^\s'#][^\n]*?)):(?: +'?([^\n']*?)'?)?$/gm;

/** `importers`, else the only one's dependencies; of `packages`, the names and versions that their keys are. */
function readPnpm(text: string): Lock {
  const built = new Builder();
  let section = '';
  let importer = '.';
  let name: string | undefined;
  // What each resolution brings along stands at the end, and is most of the file.
  const end = text.indexOf('\nsnapshots:');
  for (const [, indent, quoted, plain, value] of (end === -1 ? text : text.slice(0, end)).matchAll(pnpmLine)) {
    const key = (quoted ?? plain) as string;
    const depth = (indent as string).length / 2;
    if (depth === 0) section = key;
    else if (section === 'packages') {
      const found = depth === 1 ? /^\/?((?:@[^/@]+\/)?[^/@]+)[@/](\d[^(_]*)/.exec(key) : null;
      if (found) built.add(undefined, found[1] as string, found[2] as string);
    } else if (section === 'importers') {
      if (depth === 1) importer = key;
      else if (depth === 3) name = key;
      if (depth === 3 && value) built.add(`${importer}:${key}`, key, bare(value));
      else if (depth === 4 && key === 'version' && name !== undefined) built.add(`${importer}:${name}`, name, bare(value ?? ''));
    } else if (/^(?:dev|optional)?dependencies$/i.test(section)) {
      if (depth === 1) name = key;
      if (depth === 1 && value) built.add(`.:${key}`, key, bare(value));
      else if (depth === 2 && key === 'version' && name !== undefined) built.add(`.:${name}`, name, bare(value ?? ''));
    }
  }
  return built.lock(({ folder, name: asked }) => [`${folder === '' ? '.' : folder}:${asked}`]);
}

/** `5.1.0(ioredis@5.0.0)`, `5.1.0_ioredis@5.0.0`: without what it was resolved with. */
function bare(version: string): string {
  return version.replace(/[(_].*$/, '');
}

const yarnEntry = /^"?([^\s#"][^\n]*?)"?:\r?\n {2}version:? "?([^"\s]+)"?\s*$/gm;

/** Both generations: `a@^1, a@^2:` then `version "1.2.3"`, or `"a@npm:^1":` then `version: 1.2.3`. */
function readYarn(text: string): Lock {
  const built = new Builder();
  for (const [, header, version] of text.matchAll(yarnEntry)) {
    for (const spec of (header as string).split(/"?,\s*"?/)) {
      const found = /^((?:@[^/@]+\/)?[^/@]+)@(?:npm:)?(.+)$/.exec(spec);
      if (found) built.add(`${found[1]}@${found[2]}`, found[1] as string, version as string);
    }
  }
  return built.lock(({ name, range }) => range === undefined ? [] : [`${name}@${range}`]);
}

const bunEntry = /^ {4}"([^"\n]+)": \["((?:@[^/@"\n]+\/)?[^/@"\n]+)@([^"\n]+)"/gm;

/** `packages` of the text lockfile; a version that only one package has stands under that package's name. */
function readBun(text: string): Lock {
  const built = new Builder();
  for (const [, key, name, version] of text.matchAll(bunEntry)) built.add(key, name as string, version as string);
  return built.lock(({ packageName, name }) => [`${packageName}/${name}`, name]);
}
