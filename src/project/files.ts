import fs from 'node:fs';
import path from 'node:path';

import ignore, { type Ignore } from 'ignore';

import { globMatcher } from './globs.ts';
import { foldersUp, gitRootOf, isInside, relativePath } from './paths.ts';

export interface ListOptions {
  /** What relative inputs are relative to. */
  cwd: string;
  /** Whether tests are listed too. */
  tests: boolean;
  respectIgnore: boolean;
  /** Globs of the configuration. */
  ignore: readonly string[];
  /** What `ignore` is relative to: the configuration's folder; `cwd` where there is none. */
  ignoreBase?: string;
  /** Stop after so many files. */
  limit?: number;
}

export interface Listing {
  /** Absolute and sorted. */
  files: string[];
  /** Inputs that do not exist, as given. */
  missing: string[];
  unreadable: { path: string; message: string }[];
}

const sourcePattern = /\.[mc]?[jt]s$|\.[jt]sx$/;
const leftOutPattern = /\.d\.[mc]?ts$|\.min\.[mc]?js$|\.bundle\.[mc]?js$/;
const leftOutFolders = new Set([
  'node_modules', '.git', 'dist', 'build', 'out', '.next', '.nuxt', '.output', 'coverage', 'vendor', '.turbo', '.cache',
  'storybook-static',
]);
/** Of those, the names that a domain has too: below a package's `src`, where no tool writes, they hold source (`src/core/build/build.service.ts`). */
const domainFolders = new Set(['build', 'out', 'coverage']);
const testNamePattern = /\.(?:\w*-?test|\w*-?spec|stories|fixtures?)\./i;
const testFolders = new Set(['__tests__', '__test__', 'test', 'tests', 'e2e', '__e2e__', 'cypress', '__mocks__', '__fixtures__']);

/** Whether a path (relative, so that folders above the repo don't count) is a test's. */
export function isTestPath(file: string): boolean {
  const segments = file.split(/[\\/]/);
  const name = segments.pop() ?? '';
  return testNamePattern.test(name) || segments.some((segment) => testFolders.has(segment));
}

/** Whether a file's name is that of JavaScript or TypeScript source. */
export function isSourcePath(file: string): boolean {
  return sourcePattern.test(file) && !file.endsWith('.d.ts') && !file.endsWith('.d.mts') && !file.endsWith('.d.cts');
}

/** The names of folders that hold no source of one's own: dependencies, build output, caches. */
export function isLeftOutFolder(name: string): boolean {
  return leftOutFolders.has(name);
}

/** A package that is called so, beside others (`packages/build`): what a tool writes lies in the package that it is made of. */
export function isPackageCalledSo(parent: string, name: string): boolean {
  return domainFolders.has(name) && fs.existsSync(path.join(parent, name, 'package.json')) && !fs.existsSync(path.join(parent, 'package.json'));
}

/** The source files that the inputs (files and folders) stand for. */
export function listFiles(inputs: readonly string[], options: ListOptions): Listing {
  const walk = new Walk(options);
  for (const input of inputs) walk.add(input);
  return walk.finish();
}

interface Rules {
  folder: string;
  matcher: Ignore;
}

class Walk {
  readonly #options: ListOptions;
  readonly #configured: ((path: string) => boolean) | undefined;
  readonly #base: string;
  readonly #files = new Set<string>();
  readonly #links = new Set<string>();
  readonly #missing: string[] = [];
  readonly #unreadable = new Map<string, string>();
  readonly #limit: number;

  constructor(options: ListOptions) {
    this.#options = options;
    this.#base = options.ignoreBase ?? options.cwd;
    this.#configured = options.ignore.length === 0 ? undefined : globMatcher(options.ignore);
    this.#limit = options.limit ?? Infinity;
  }

  add(input: string): void {
    const target = path.resolve(this.#options.cwd, input);
    let stats: fs.Stats | undefined;
    try {
      stats = fs.statSync(target, { throwIfNoEntry: false });
    } catch (error) {
      // ENOTDIR (`file.ts/x`) is a path that isn't there; what may not be looked at is another matter.
      if ((error as NodeJS.ErrnoException).code !== 'ENOTDIR') {
        this.#unreadable.set(target, (error as Error).message);
        return;
      }
    }
    if (stats === undefined) this.#missing.push(input);
    else if (stats.isDirectory()) this.#addFolder(target);
    // A pipe or a device would be read for ever.
    else if (!stats.isFile()) this.#unreadable.set(target, 'not a file');
    else if (sourcePattern.test(target)) this.#files.add(target);
    else this.#unreadable.set(target, 'not a JavaScript or TypeScript file');
  }

  finish(): Listing {
    for (const link of [...this.#links].sort()) {
      const real = realFile(link);
      if (real !== undefined && !this.#files.has(real)) this.#files.add(link);
    }
    return {
      files: [...this.#files].sort(),
      missing: this.#missing,
      unreadable: [...this.#unreadable].sort(([a], [b]) => (a < b ? -1 : 1)).map(([file, message]) => ({ path: file, message })),
    };
  }

  #addFolder(folder: string): void {
    const relative = relativePath(this.#options.cwd, folder);
    const tests = this.#options.tests || (relative !== '' && !relative.startsWith('..') && isTestPath(`${relative}/`));
    let rules = this.#options.respectIgnore ? rulesAbove(folder) : [];
    // A folder that is itself ignored was named outright: what made it so does not count below it.
    if (rules.some((rule) => rule.matcher.ignores(`${relativePath(rule.folder, folder)}/`))) rules = [];
    this.#walk(folder, rules, tests, isBelowSource(folder, this.#options.cwd));
  }

  #walk(folder: string, above: readonly Rules[], tests: boolean, belowSource: boolean): void {
    let entries: fs.Dirent[];
    try {
      entries = fs.readdirSync(folder, { withFileTypes: true });
    } catch (error) {
      this.#unreadable.set(folder, (error as Error).message);
      return;
    }
    const own = this.#options.respectIgnore && entries.some((entry) => entry.name === '.gitignore') ? rulesIn(folder) : undefined;
    const rules = own === undefined ? above : [...above, own];
    // A package below `src` (a template) has its own places for output.
    const source = belowSource && !entries.some((entry) => entry.name === 'package.json');
    for (const entry of entries) {
      if (this.#files.size >= this.#limit) return;
      const { name } = entry;
      const full = folder === path.sep ? folder + name : folder + path.sep + name;
      if (entry.isDirectory()) {
        if ((leftOutFolders.has(name) && !(source && domainFolders.has(name)) && !isPackageCalledSo(folder, name)) || (!tests && testFolders.has(name)) || this.#isIgnored(full, '/', rules)) continue;
        this.#walk(full, rules, tests, source || name === 'src');
      } else if (sourcePattern.test(name) && !leftOutPattern.test(name) && (tests || !testNamePattern.test(name))) {
        if (this.#isIgnored(full, '', rules)) continue;
        if (entry.isSymbolicLink()) this.#links.add(full);
        else if (entry.isFile()) this.#files.add(full);
      }
    }
  }

  #isIgnored(full: string, suffix: string, rules: readonly Rules[]): boolean {
    if (this.#configured !== undefined) {
      const relative = relativePath(this.#base, full);
      if (!relative.startsWith('..') && this.#configured(relative)) return true;
    }
    for (let index = rules.length - 1; index >= 0; index--) {
      const { folder, matcher } = rules[index] as Rules;
      const relative = full.slice(folder.length + (folder.endsWith(path.sep) ? 0 : 1)) + suffix;
      const verdict = matcher.test(path.sep === '/' ? relative : relative.replaceAll(path.sep, '/'));
      if (verdict.ignored) return true;
      if (verdict.unignored) return false;
    }
    return false;
  }
}

/** Whether a folder is its package's `src` or below it; where no package is known, below one of the working directory. */
function isBelowSource(folder: string, cwd: string): boolean {
  const own = foldersUp(folder).find((up) => fs.existsSync(path.join(up, 'package.json'))) ?? cwd;
  return relativePath(own, folder).split('/').includes('src');
}

/** The `.gitignore` files of the folders above, outermost first, from the enclosing git root down. */
function rulesAbove(folder: string): Rules[] {
  if (gitRootOf(folder) === undefined) return [];
  return foldersUp(folder).slice(1).reverse().map(rulesIn).filter((rules) => rules !== undefined)
    .filter((rules) => isInside(rules.folder, folder));
}

function rulesIn(folder: string): Rules | undefined {
  let text: string;
  try {
    text = fs.readFileSync(path.join(folder, '.gitignore'), 'utf8');
  } catch {
    return undefined;
  }
  // git compares names exactly.
  return { folder, matcher: ignore({ ignorecase: false, allowRelativePaths: true }).add(text) };
}

function realFile(link: string): string | undefined {
  try {
    const real = fs.realpathSync(link);
    return fs.statSync(real).isFile() ? real : undefined;
  } catch {
    return undefined;
  }
}
