/**
 * Instrumentations that a package depends on and nothing registers, where one would carry what is lost: said where they are
 * declared, once. An operator or a layer may register them outside of the repository.
 */
import path from 'node:path';

import { isFinding } from '../analysis/engine.ts';
import type { Judged } from '../analysis/judge.ts';
import type { Ts } from '../types.ts';
import type { Package, Packages } from './packages.ts';
import { readText } from './paths.ts';

export interface Unregistered {
  /** The package.json. */
  path: string;
  /** Its text, for positions. */
  text: string;
  /** Offsets of the dependency's name, between its quotes. */
  start: number;
  end: number;
  packageName: string;
  /** The dependency: an instrumentation, or the bundle that brings it. */
  dependency: string;
  /** What is lost for want of it, in order of path and position; never empty. */
  sites: Judged[];
}

export function unregistered(ts: Ts, judged: readonly Judged[], packages: Packages): Unregistered[] {
  const found = new Map<string, Unregistered>();
  for (const site of judged) {
    if (site.unregistered === undefined || !isFinding(site)) continue;
    const { dependency } = site.unregistered;
    const owner = ownerOf(packages.packageOf(site.source.path), dependency);
    if (owner === undefined) continue;
    const key = `${owner.dir}\0${dependency}`;
    const known = found.get(key) ?? place(ts, owner, dependency);
    if (known === undefined) continue;
    known.sites.push(site);
    found.set(key, known);
  }
  return [...found.values()];
}

/** The package, or one above it, whose manifest names the dependency. */
function ownerOf(pkg: Package | undefined, dependency: string): Package | undefined {
  for (let each = pkg; each !== undefined; each = each.parent) {
    if (dependency in { ...each.manifest.dependencies, ...each.manifest.optionalDependencies }) return each;
  }
  return undefined;
}

function place(ts: Ts, owner: Package, dependency: string): Unregistered | undefined {
  const file = path.join(owner.dir, 'package.json');
  const text = readText(file);
  const root = text === undefined ? undefined : ts.parseJsonText(file, text).statements[0]?.expression;
  if (text === undefined || root === undefined || !ts.isObjectLiteralExpression(root)) return undefined;
  for (const section of root.properties) {
    if (!ts.isPropertyAssignment(section) || !isNamed(ts, section.name, ['dependencies', 'optionalDependencies']) || !ts.isObjectLiteralExpression(section.initializer)) continue;
    const entry = section.initializer.properties.find((each) => each.name !== undefined && isNamed(ts, each.name, [dependency]));
    if (entry?.name) return { path: file, text, start: entry.name.end - dependency.length - 1, end: entry.name.end - 1, packageName: owner.name, dependency, sites: [] };
  }
  return undefined;
}

function isNamed(ts: Ts, name: import('typescript').PropertyName, names: readonly string[]): boolean {
  return ts.isStringLiteral(name) && names.includes(name.text);
}
