/** The TypeScript that a folder's project has, or ours where it has none that can be asked. */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { ts as bundledModule } from '@ts-morph/common';
import { bundledLibs } from '../project/bundled-libs.ts';
import type { Ts } from '../types.ts';
import type { WholeChecker } from './whole-group.ts';

export const bundled = bundledModule as unknown as Ts;

export interface Compiler {
  ts: Ts;
  folder: string;
  hasNodeModules: boolean;
  /** The bundled compiler has its library files in memory. */
  libs?: ReadonlyMap<string, string>;
  /** A compiler that is no JavaScript module: `ts` only reads tsconfig.json for it. */
  checker?: WholeChecker;
  note?: string;
}

export function findCompiler(folder: string, checkerOf: (home: string, version: string) => WholeChecker): Compiler {
  const hasNodeModules = [folder, ...ancestors(folder)].some((parent) => fs.existsSync(path.posix.join(parent, 'node_modules')));
  const require = createRequire(path.join(folder, 'package.json'));
  const bundledWith = (note: string): Compiler => ({ ts: bundled, folder, hasNodeModules, libs: bundledLibs(), note });
  const instead = `types were checked with TypeScript ${bundled.version}, which otel-handoff brings along`;
  let version: string | undefined;
  try {
    const manifest = require.resolve('typescript/package.json');
    version = (require(manifest) as { version: string }).version;
    if (Number.parseInt(version, 10) < 7) return { ts: require('typescript') as Ts, folder, hasNodeModules };
    return { ts: bundled, folder, hasNodeModules, checker: checkerOf(path.dirname(manifest), version) };
  } catch {
    if (version) return bundledWith(`The project's TypeScript ${version} could not be asked; ${instead}.`);
    return bundledWith(`TypeScript is not installed here; ${instead}.`);
  }
}

export function ancestors(file: string): string[] {
  const folders: string[] = [];
  for (let folder = path.posix.dirname(file); ; folder = path.posix.dirname(folder)) {
    folders.push(folder);
    if (path.posix.dirname(folder) === folder) return folders;
  }
}

export function slashed(file: string): string {
  return path.sep === '/' ? file : file.replaceAll(path.sep, '/');
}
