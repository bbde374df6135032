/** What a compiler says of a text, and what it says of one more than of another. */
import path from 'node:path';
import { relativePath } from '../project/paths.ts';

export interface Problem {
  file: string;
  /** In the text that was checked. */
  start: number;
  message: string;
}

export interface RawProblem {
  file: string;
  start: number;
  line: number;
  column: number;
  code: number;
  text: string;
  /** The source line, which tells a problem that was there from a second one like it. */
  sourceLine: string;
}

const API = '@opentelemetry/api';
const UNRESOLVED = new Set([2307, 2792, 7016]);
/** What the runtime's own types would declare: `fetch`, `URL`, `process`. */
const GLOBAL = /^Cannot find name '(fetch|Request|RequestInit|Response|Headers|URL|process|globalThis)'/;

interface Excuses {
  hasNodeModules: boolean;
  /** Modules that package.json names from now on and that nobody can have installed yet. */
  willBeInstalled: ReadonlySet<string>;
  notes: Set<string>;
}

/** Where no module can be resolved because none is installed, `@opentelemetry/api` is no exception. */
export function excuse(found: readonly RawProblem[], overlay: ReadonlyMap<string, string>, { hasNodeModules, willBeInstalled, notes }: Excuses): (problem: RawProblem) => boolean {
  const modules = [...new Set([...willBeInstalled, ...(hasNodeModules ? [] : [API])])];
  const isUnresolved = ({ code, text }: RawProblem): boolean => UNRESOLVED.has(code) && modules.some((name) => text.includes(`'${name}'`));
  if (!found.some(isUnresolved)) return () => false;
  const why = hasNodeModules ? 'not installed yet' : 'not installed (there is no node_modules)';
  notes.add(`Types from ${modules.join(', ')} could not be checked: ${why}.`);
  // What comes from it is `any` now, and with it the callbacks that get their types from there.
  return (problem) => isUnresolved(problem)
    || (!hasNodeModules && overlay.has(problem.file) && GLOBAL.test(problem.text))
    || (problem.code >= 7000 && problem.code < 7100 && overlay.has(problem.file));
}

export function finish({ file, start, line, column, code, text }: RawProblem, cwd: string): Problem {
  const place = file === '' ? 'tsconfig.json' : `${relativePath(cwd, file)}:${line}:${column}`;
  return { file: file && path.normalize(file), start, message: `${place} TS${code}: ${text}` };
}

/** What `after` has more of than `before`, by file, code and text: lines move. */
export function surplus(after: readonly RawProblem[], before: () => readonly RawProblem[]): RawProblem[] {
  if (after.length === 0) return [];
  const key = ({ file, code, text }: RawProblem): string => JSON.stringify([file, code, text]);
  const left = new Map<string, RawProblem[]>();
  for (const problem of before()) left.set(key(problem), [...(left.get(key(problem)) ?? []), problem]);
  const unmatched: RawProblem[] = [];
  for (const problem of after) {
    const known = left.get(key(problem)) ?? [];
    const same = known.findIndex((old) => old.sourceLine === problem.sourceLine);
    if (same >= 0) known.splice(same, 1);
    else unmatched.push(problem);
  }
  return unmatched.filter((problem) => left.get(key(problem))?.pop() === undefined);
}
