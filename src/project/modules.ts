import fs from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';

import type { Ts } from '../types.ts';
import { exportTargets, importTargets } from './export-targets.ts';
import { isLeftOutFolder, isSourcePath } from './files.ts';
import type { Package, Packages } from './packages.ts';
import { TsConfigs } from './tsconfig.ts';

const extensions = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];

/** What TypeScript means by an import of compiled output: the source comes first. */
const sourcesOf: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx', '.js', '.jsx'],
  '.jsx': ['.tsx', '.jsx'],
  '.mjs': ['.mts', '.mjs'],
  '.cjs': ['.cts', '.cjs'],
};

/** Which source file of the repo an import specifier stands for. Nothing is loaded; node_modules and built-ins are undefined. */
export class Modules {
  readonly tsconfigs: TsConfigs;
  readonly #packages: Packages;
  readonly #resolved = new Map<string, string | undefined>();
  readonly #kinds = new Map<string, 'file' | 'folder' | undefined>();

  constructor(ts: Ts, packages: Packages) {
    this.tsconfigs = new TsConfigs(ts);
    this.#packages = packages;
  }

  resolve(fromFile: string, specifier: string): string | undefined {
    const key = `${path.dirname(fromFile)}\0${specifier}`;
    if (!this.#resolved.has(key)) {
      const found = this.#find(fromFile, specifier.replace(/(?<=.)[?#].*$/s, ''));
      this.#resolved.set(key, found?.split(path.sep).includes('node_modules') ? undefined : found);
    }
    return this.#resolved.get(key);
  }

  #find(fromFile: string, specifier: string): string | undefined {
    if (specifier === '' || isBuiltin(specifier) || /^[a-z][a-z+.-]*:/i.test(specifier) && !path.isAbsolute(specifier)) return undefined;
    if (/^\.\.?(?:\/|$)/.test(specifier)) return this.#sourceAt(path.resolve(path.dirname(fromFile), specifier));
    if (path.isAbsolute(specifier)) return this.#sourceAt(specifier);
    if (specifier.startsWith('#')) return this.#byImports(fromFile, specifier) ?? this.#byPaths(fromFile, specifier);
    return this.#byPaths(fromFile, specifier) ?? this.#byWorkspace(fromFile, specifier);
  }

  /** `paths` and `baseUrl` of the configurations upward. */
  #byPaths(fromFile: string, specifier: string): string | undefined {
    for (const config of this.tsconfigs.chain(fromFile)) {
      for (const { targets, star } of matching(config.paths, specifier)) {
        for (const target of targets) {
          const found = this.#sourceAt(target.replace('*', () => star));
          if (found !== undefined) return found;
        }
      }
      const found = config.baseUrl === undefined ? undefined : this.#sourceAt(path.resolve(config.baseUrl, specifier));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #byImports(fromFile: string, specifier: string): string | undefined {
    const pkg = this.#packages.packageOf(fromFile);
    if (pkg === undefined) return undefined;
    for (const target of importTargets(pkg.manifest.imports, specifier)) {
      const found = target.startsWith('.') ? this.#sourceFor(pkg, target) : this.#byWorkspace(fromFile, target);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #byWorkspace(fromFile: string, specifier: string): string | undefined {
    const segments = specifier.split('/');
    const name = segments.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
    const subpath = ['.', ...segments.slice(specifier.startsWith('@') ? 2 : 1)].join('/');
    const own = this.#packages.packageOf(fromFile);
    const dir = own?.manifest.name === name ? own.dir : this.#packages.workspaceByName(aliased(own, name) ?? name, fromFile);
    const pkg = dir === undefined ? undefined : this.#packages.packageOf(path.join(dir, 'package.json'));
    return pkg && this.#inPackage(pkg, subpath);
  }

  /** A package's entry or subpath, by `exports` or the older fields, else by its place in the folder. */
  #inPackage(pkg: Package, subpath: string): string | undefined {
    const { manifest } = pkg;
    const targets = exportTargets(manifest.exports, subpath);
    if (subpath === '.') {
      for (const field of ['source', 'types', 'typings', 'module', 'main'] as const) {
        const target = manifest[field];
        if (target !== undefined) targets.push(target);
      }
    }
    for (const target of targets) {
      const found = this.#sourceFor(pkg, target);
      if (found !== undefined) return found;
    }
    const rest = subpath === '.' ? 'index' : subpath;
    return this.#sourceAt(path.join(pkg.dir, 'src', rest)) ?? this.#sourceFor(pkg, rest);
  }

  /** The source that a package's own path stands for: itself, or what it is compiled from. */
  #sourceFor(pkg: Package, target: string): string | undefined {
    const relative = path.posix.normalize(target.replaceAll('\\', '/')).replace(/^\.\//, '');
    const segments = relative.split('/');
    const compiled = this.#compiledFrom(path.join(pkg.dir, relative));
    if (compiled !== undefined) return compiled;
    const isOutput = isLeftOutFolder(segments[0] as string) || /^(?:lib|esm|cjs|es|types|typings|_\w+)$/.test(segments[0] as string);
    const direct = isOutput && isLeftOutFolder(segments[0] as string) ? undefined : this.#sourceAt(path.join(pkg.dir, relative));
    if (direct !== undefined) return direct;
    if (isOutput) {
      // dist/esm/a/b.js was src/a/b.ts, or a/b.ts; dist/src/a.js was src/a.ts.
      const bare = segments.with(-1, (segments.at(-1) as string).replace(/\.d(?=\.[mc]?ts$)/, '').replace(/\.[mc]?[jt]sx?$/, ''));
      for (let from = 1; from < bare.length; from++) {
        const rest = bare.slice(from).join('/');
        const found = this.#sourceAt(path.join(pkg.dir, 'src', rest)) ?? this.#sourceAt(path.join(pkg.dir, 'lib', rest)) ?? this.#sourceAt(path.join(pkg.dir, rest));
        if (found !== undefined) return found;
        if (!/^(?:esm|cjs|es|commonjs|module|types|node|browser|lib|src|dist|build|\w*next)$/.test(bare[from] as string)) break;
      }
    }
    return this.#sourceAt(path.join(pkg.dir, relative));
  }

  /** What the package's own configuration compiles to a path. */
  #compiledFrom(target: string): string | undefined {
    const config = this.tsconfigs.of(target);
    if (config?.outDir === undefined || config.rootDir === undefined || config.outDir === config.rootDir || !target.startsWith(config.outDir + path.sep)) return undefined;
    const rest = path.relative(config.outDir, target).replace(/\.d(?=\.[mc]?ts$)/, '').replace(/\.[mc]?[jt]sx?$/, '');
    return this.#sourceAt(path.join(config.rootDir, rest));
  }

  /** The source file at a path without regard to its extension, or the index of the folder there. */
  #sourceAt(target: string): string | undefined {
    const extension = path.extname(target);
    const stem = target.slice(0, target.length - extension.length);
    for (const each of sourcesOf[extension] ?? []) {
      if (this.#kind(stem + each) === 'file') return stem + each;
    }
    if (isSourcePath(target) && this.#kind(target) === 'file') return target;
    // A declaration's file has the source beside it where it was written by hand.
    const declared = /\.d(\.[mc]?ts)$/.exec(target);
    if (declared !== null) return this.#sourceAt(target.slice(0, declared.index) + (declared[1] as string).replace('ts', 'js'));
    for (const each of extensions) {
      if (this.#kind(target + each) === 'file') return target + each;
    }
    if (this.#kind(target) !== 'folder') return undefined;
    for (const each of extensions) {
      const index = path.join(target, `index${each}`);
      if (this.#kind(index) === 'file') return index;
    }
    return undefined;
  }

  #kind(target: string): 'file' | 'folder' | undefined {
    if (!this.#kinds.has(target)) {
      let stats: fs.Stats | undefined;
      try {
        stats = fs.statSync(target, { throwIfNoEntry: false });
      } catch {
        // ENOTDIR: `file.ts/index.ts`.
      }
      this.#kinds.set(target, stats?.isFile() ? 'file' : stats?.isDirectory() ? 'folder' : undefined);
    }
    return this.#kinds.get(target);
  }
}

/** `"queues": "workspace:@acme/queues@*"`: the name that another package has where it is declared. */
function aliased(pkg: Package | undefined, name: string): string | undefined {
  return /^(?:workspace|npm):(@?[^@]+)@/.exec(pkg?.dependencies.get(name) ?? '')?.[1];
}

/** The `paths` patterns that a specifier fits, as TypeScript ranks them: exact, then the longest prefix. */
function matching(paths: readonly (readonly [string, readonly string[]])[], specifier: string): { targets: readonly string[]; star: string }[] {
  const found: { targets: readonly string[]; star: string; rank: number }[] = [];
  for (const [pattern, targets] of paths) {
    const at = pattern.indexOf('*');
    if (at === -1) {
      if (pattern === specifier) found.push({ targets, star: '', rank: Infinity });
      continue;
    }
    const [before, after] = [pattern.slice(0, at), pattern.slice(at + 1)];
    if (specifier.length >= before.length + after.length && specifier.startsWith(before) && specifier.endsWith(after)) {
      found.push({ targets, star: specifier.slice(before.length, specifier.length - after.length), rank: before.length });
    }
  }
  return found.sort((a, b) => b.rank - a.rank);
}
