/** A linted file as the engine takes it: the parser's own nodes where they are TypeScript's, else the text parsed once more. */
import { dirname, isAbsolute, resolve } from 'node:path';
import type { TSESLint } from '@typescript-eslint/utils';
import type ts from 'typescript';
import { parse, parseErrors, type SourceText } from '../analysis/source.ts';
import { isSourcePath } from '../project/files.ts';
import type { Ts } from '../types.ts';
import { anyCompiler, compilerOf } from './compiler.ts';

export type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;

export interface LintedSource {
  ts: Ts;
  /** Nothing for a dialect that TypeScript does not parse (Flow). */
  source(): SourceText | undefined;
  /** Typed linting only. */
  program?: ts.Program;
}

/** The file's absolute path; nothing for what is no JavaScript or TypeScript file of its own (`.vue`, `.svelte`, a block of Markdown). */
export function pathOf({ cwd, filename, physicalFilename }: Context): string | undefined {
  if (physicalFilename !== filename) return undefined;
  return filename.startsWith('<') || isSourcePath(filename) ? (isAbsolute(filename) ? filename : resolve(cwd, filename)) : undefined;
}

/** The text is parsed only where it is asked for. */
export function sourceOf({ sourceCode }: Context, path: string): LintedSource {
  const { text } = sourceCode;
  const services = sourceCode.parserServices;
  const file = services?.esTreeNodeToTSNodeMap?.get(sourceCode.ast);
  if (file && isUsable(file, text)) {
    const ts = compilerOf(file, dirname(path));
    if (ts) return { ts, source: () => ({ path, text, ast: file }), ...(services?.program ? { program: services.program } : {}) };
  }
  const ts = anyCompiler(dirname(path));
  return {
    ts,
    source: () => {
      const source = parse(ts, path, text);
      return parseErrors(ts, source).length === 0 ? source : undefined;
    },
  };
}

/** ESLint hands its parser `//` for a `#!`: the texts differ there and nowhere else. */
function isUsable(file: ts.SourceFile, text: string): boolean {
  const [first] = file.statements;
  return file.text.length === text.length && file.text.slice(2) === text.slice(2) && (!first || first.parent === file);
}
