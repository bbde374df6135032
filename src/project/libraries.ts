/** Which libraries can be in play at all: the words of those that are nowhere cost nothing. */
import { isBuiltin } from 'node:module';
import path from 'node:path';
import type { Boundary } from '../types.ts';
import { workspaceClosure } from './coverage.ts';
import type { Package, Packages } from './packages.ts';

/** Whether a boundary's library is one of these; what is a global's is always there. */
export function isPresent({ match }: Boundary, has: (module: string) => boolean): boolean {
  return match.global || match.modules.length === 0 || match.modules.some(has);
}

/**
 * The libraries of a whole repo: what its texts import, and what its packages and those of their workspaces depend on.
 * An object may come a long way through other files, so a file's own imports don't tell.
 */
export function repoLibraries(imported: ReadonlySet<string>, files: readonly string[], packages: Packages, isListed: (folder: string) => boolean): (module: string) => boolean {
  const dependencies = new Set<string>();
  const add = (pkg: Package): void => {
    for (const name of pkg.dependencies.keys()) dependencies.add(name);
    // A library is there in its own repo, whatever way its files find each other.
    if (pkg.manifest.name !== undefined) dependencies.add(pkg.manifest.name);
  };
  const all = new Set(files.flatMap((file) => packages.packageOf(file) ?? []));
  for (const pkg of all) add(pkg);
  for (const root of new Set([...all].map((pkg) => pkg.workspaceRoot))) {
    for (const dir of packages.workspaceMembers(root).values()) {
      const pkg = packages.packageOf(path.join(dir, 'package.json'));
      if (pkg) add(pkg);
    }
  }
  // Packages beside the listed ones may hand out what Node itself brings, and no package.json tells of that.
  const partial = [...all].some((pkg) => !isListed(pkg.workspaceRoot));
  return (module) => imported.has(module) || dependencies.has(packageName(module)) || (partial && isBuiltin(module));
}

/** The libraries of one package: what Node brings, its dependencies, and those of the workspace packages that it uses. */
export function packageLibraries(pkg: Package, packages: Packages): (module: string) => boolean {
  const dependencies = new Set(workspaceClosure(pkg, packages).flatMap((each) => [...each.dependencies.keys(), ...(each.manifest.name === undefined ? [] : [each.manifest.name])]));
  return (module) => isBuiltin(module) || dependencies.has(packageName(module));
}

/** `@scope/name` of `@scope/name/sub/path`. */
export function packageName(module: string): string {
  return module.split('/').slice(0, module.startsWith('@') ? 2 : 1).join('/');
}
