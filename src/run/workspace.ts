/** `--workspace`: packages of a workspace by their name or folder. */
import { join, resolve } from 'node:path';
import { suggestion } from '../project/config-errors.ts';
import { UsageError } from '../project/errors.ts';
import { Packages, type Package } from '../project/packages.ts';
import { isInside, relativePath } from '../project/paths.ts';

export interface Selection {
  /** The folders of the packages, absolute. */
  folders: string[];
  /** The workspace's folder: the other sides of their handoffs may stand anywhere in it. */
  root: string;
}

/** Throws a `UsageError` for a name that no package of the workspace around `cwd` has. */
export function selectPackages(cwd: string, names: readonly string[]): Selection {
  const packages = new Packages(cwd);
  const here = packages.packageOf(join(cwd, 'package.json'));
  if (here === undefined) throw new UsageError(`--workspace ${names[0]!}`, 'there is no package.json here', 'run it in the workspace\'s folder');
  const root = here.workspaceRoot;
  const members = packages.workspaceMembers(root);
  const folders = names.map((name) => members.get(name) ?? folderOf(name, cwd, root, packages)?.dir ?? unknown(name, [...members.keys()]));
  return { folders: [...new Set(folders)], root };
}

function folderOf(name: string, cwd: string, root: string, packages: Packages): Package | undefined {
  return [resolve(cwd, name), resolve(root, name)].map((folder) => ({ folder, pkg: packages.packageOf(join(folder, 'package.json')) }))
    .find(({ folder, pkg }) => pkg?.dir === folder && isInside(root, folder))?.pkg;
}

function unknown(name: string, known: readonly string[]): never {
  if (known.length === 0) throw new UsageError(`--workspace ${name}`, 'no such package', 'give a package\'s folder, or its name in package.json');
  throw new UsageError(`--workspace ${name}`, 'no package of this workspace has that name or folder', suggestion(name, known));
}

/** Where nothing is asked for: what a person should know. */
export function sayEmpty(cwd: string, { folders }: Selection): string {
  return `No JavaScript or TypeScript files in ${folders.map((folder) => relativePath(cwd, folder) || '.').join(', ')}.`;
}
