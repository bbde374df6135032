/** Which files lie in which package. */
import type { Packages } from './packages.ts';

/** The files of each package, by its folder; sorted out when they are first asked for. */
export function filesByPackage(files: readonly string[], packages: Packages): (dir: string | undefined) => readonly string[] {
  let byPackage: Map<string | undefined, string[]> | undefined;
  return (dir) => {
    if (!byPackage) {
      byPackage = new Map();
      for (const file of files) {
        const own = packages.packageOf(file)?.dir;
        const list = byPackage.get(own);
        if (list) list.push(file);
        else byPackage.set(own, [file]);
      }
    }
    return byPackage.get(dir) ?? [];
  };
}
