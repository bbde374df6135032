/** TypeScript's own library files, as the compiler that this product brings along has them: in memory. */
import { createRequire } from 'node:module';
import type * as Common from '@ts-morph/common';

let libs: ReadonlyMap<string, string> | undefined;

/** Required when it is asked for: an `import` reads its megabytes twice more to tell what they export. */
function common(): typeof Common {
  return createRequire(import.meta.url)('@ts-morph/common') as typeof Common;
}

/** The folder in memory, on no disk. */
export function libFolder(): string {
  return common().libFolderInMemoryPath;
}

/** Text by path. */
export function bundledLibs(): ReadonlyMap<string, string> {
  libs ??= new Map(common().getLibFiles().map(({ fileName, text }) => [`${libFolder()}/${fileName}`, text]));
  return libs;
}
