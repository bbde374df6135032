/** Which `typescript`: the one that made the node, or for a file that no TypeScript parser has read, one that is loaded already. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type ts from 'typescript';
import type { Ts } from '../types.ts';

const require = createRequire(import.meta.url);

type Compiler = Ts & { objectAllocator?: { getSourceFileConstructor(): unknown } };

const makers = new WeakMap<object, Ts>();
let any: Ts | undefined;

/** The compiler whose nodes these are: another one's `SyntaxKind` may have other numbers. */
export function compilerOf(file: ts.SourceFile, folder: string): Ts | undefined {
  const maker = file.constructor;
  const known = makers.get(maker);
  if (known) return known;
  for (const candidate of candidates(folder)) {
    if (candidate.objectAllocator?.getSourceFileConstructor() !== maker) continue;
    makers.set(maker, candidate);
    return candidate;
  }
  return undefined;
}

/** Any compiler: a second one costs a third of a second and 60 MB, so @ts-morph/common's is the last resort. */
export function anyCompiler(folder: string): Ts {
  if (any) return any;
  for (const candidate of candidates(folder)) if (isCompiler(candidate)) return any = candidate;
  return any = require('@ts-morph/common/dist/typescript.js') as Ts;
}

function* candidates(folder: string): Generator<Compiler> {
  yield* loaded();
  for (const from of [join(folder, 'file.js'), join(process.cwd(), 'file.js'), import.meta.url]) {
    try {
      yield createRequire(from)('typescript') as Compiler;
    } catch {
      // Not installed there.
    }
  }
}

/** What this process has loaded, whoever asked for it: CommonJS, all of them. */
function loaded(): Compiler[] {
  return Object.entries(require.cache)
    .filter(([file, module]) => /[\\/]typescript\.js$/.test(file) && module?.loaded)
    .map(([, module]) => module!.exports as Compiler);
}

/** TypeScript 7's package has no parser in it. */
function isCompiler(candidate: Compiler): boolean {
  return typeof candidate.createSourceFile === 'function' && Number.parseInt(candidate.versionMajorMinor, 10) >= 5;
}
