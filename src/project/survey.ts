/** What stands before any judgement: which files there are, which are asked for, and what may be in them. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadCatalogue, type Catalogue } from '../catalogue/catalogue.ts';
import { ownEntries } from '../catalogue/configured-agents.ts';
import type { ProjectOptions } from './project.ts';
import { listFiles, type Listing, type ListOptions } from './files.ts';
import { Packages } from './packages.ts';
import { Reading } from './reading.ts';

export interface Survey {
  packages: Packages;
  catalogue: Catalogue;
  listing: Listing;
  /** The files that are asked for. */
  named: ReadonlySet<string>;
  /** Folders that are read for the other side of a handoff. */
  context: readonly string[];
  /** Every file that is read, sorted. */
  all: readonly string[];
  reading: Reading;
  isAskedPackage(path: string): boolean;
}

/** Needs no compiler: one may be loaded while the files are being read. */
export function survey(options: ProjectOptions): Survey {
  const { focus, packages: asked } = options;
  const packages = new Packages(options.cwd);
  const listing = listFiles(options.paths, listOptions(options));
  const catalogue = loadCatalogue(ownEntries(options.config));
  const isAskedPackage = (path: string): boolean => asked?.has(packages.packageOf(path)?.dir ?? '') ?? true;
  const named = new Set(listing.files.filter((path) => focus?.has(path) ?? isAskedPackage(path)));
  const context = contextFolders(options, packages);
  const all = focus !== undefined && !mayHandOver(named, catalogue) ? [...named].sort()
    : [...new Set([...listing.files, ...listFiles(context, listOptions(options)).files])].sort();
  return { packages, catalogue, listing, named, context, all, isAskedPackage, reading: new Reading(all, catalogue) };
}

function listOptions({ cwd, tests, respectIgnore, config, configDir }: ProjectOptions): ListOptions {
  return { cwd, tests: tests ?? false, respectIgnore: respectIgnore ?? true, ignore: config.ignore, ...(configDir === undefined ? {} : { ignoreBase: configDir }) };
}

/** The packages around files and folders that are asked for alone: the other side of a handoff may stand beside them. */
function contextFolders({ cwd, paths, context = [] }: ProjectOptions, packages: Packages): string[] {
  const folders = paths.map((path) => resolve(cwd, path)).flatMap((path) => packages.packageOf(join(path, 'package.json'))?.dir ?? []);
  const asked = new Set(paths.map((path) => resolve(cwd, path)));
  return [...new Set([...folders, ...context.map((path) => resolve(cwd, path))])].filter((folder) => !asked.has(folder));
}

/** Whether any of the files has a word of the catalogue: without one nothing else need be read. */
function mayHandOver(paths: Iterable<string>, catalogue: Catalogue): boolean {
  for (const path of paths) {
    try {
      const text = readFileSync(path, 'utf8');
      if (text.includes('handoff-ignore') || catalogue.words.test(text)) return true;
    } catch {
      // What can't be read is reported where it is read.
      return true;
    }
  }
  return false;
}
