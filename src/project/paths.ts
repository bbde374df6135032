import fs from 'node:fs';
import path from 'node:path';

/** The folder and every one above it, nearest first, up to and including the one that holds `.git` (or the filesystem root). */
export function foldersUp(start: string): string[] {
  const folders: string[] = [];
  for (let folder = path.resolve(start); ; folder = path.dirname(folder)) {
    folders.push(folder);
    if (path.dirname(folder) === folder || isGitRoot(folder)) return folders;
  }
}

/** The second of them: none above a git root. */
export function folderAbove(folder: string): string | undefined {
  const above = path.dirname(folder);
  return above === folder || isGitRoot(folder) ? undefined : above;
}

/** The nearest folder upward that holds `.git`. */
export function gitRootOf(start: string): string | undefined {
  const last = foldersUp(start).at(-1);
  return last !== undefined && isGitRoot(last) ? last : undefined;
}

/** The file's text without a BOM, or undefined where it cannot be read. */
export function readText(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch {
    return undefined;
  }
}

/** `file` relative to `base`, with `/`. */
export function relativePath(base: string, file: string): string {
  const relative = path.relative(base, file);
  return path.sep === '/' ? relative : relative.replaceAll(path.sep, '/');
}

/** Whether `file` is `folder` or lies below it. */
export function isInside(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative === '' || (!relative.startsWith('..') && !path.isAbsolute(relative));
}

const gitRoots = new Map<string, boolean>();

function isGitRoot(folder: string): boolean {
  let known = gitRoots.get(folder);
  if (known === undefined) {
    known = fs.existsSync(path.join(folder, '.git'));
    gitRoots.set(folder, known);
  }
  return known;
}
