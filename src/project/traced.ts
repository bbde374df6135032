/** DESIGN.md 5.2: packages in which no tracer runs, and which no package with one uses, hand nothing over. */
import { workspaceClosure } from './coverage.ts';
import type { Package, Packages } from './packages.ts';

/** The folders of the packages with a tracer and of all that they use; nothing where no package has one. */
export function tracedFolders(all: Iterable<Package>, packages: Packages, hasTracer: (pkg: Package) => boolean): ReadonlySet<string> | undefined {
  const traced = [...all].filter(hasTracer);
  return traced.length === 0 ? undefined : new Set(traced.flatMap((pkg) => workspaceClosure(pkg, packages)).map((pkg) => pkg.dir));
}
