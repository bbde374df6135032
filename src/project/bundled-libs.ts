/** TypeScript's own library files, as the compiler that this product brings along has them: in memory. */
import { getLibFiles, libFolderInMemoryPath } from '@ts-morph/common';

let libs: ReadonlyMap<string, string> | undefined;

/** Text by path. */
export function bundledLibs(): ReadonlyMap<string, string> {
  libs ??= new Map(getLibFiles().map(({ fileName, text }) => [`${libFolderInMemoryPath}/${fileName}`, text]));
  return libs;
}
