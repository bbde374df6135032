/** What `check` and `fix` begin with: the configuration, then the repo. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { configFileName, type Config } from '../project/config.ts';
import { UsageError } from '../project/errors.ts';
import { isInside, relativePath } from '../project/paths.ts';
import { analyseProject, type ProjectResult } from '../project/project.ts';
import type { ToolError, Ts } from '../types.ts';
import { begin, type AnalysisOptions, type Begun, type Wanted } from './begin.ts';
import { sayEmpty } from './workspace.ts';

/**
 * The compiler inside ts-morph: no second copy, and the same in a repo whose own is TypeScript 7. Its file alone, and
 * required: an `import` would read its nine megabytes twice more to tell what they export.
 */
export const compiler = createRequire(import.meta.url)('@ts-morph/common/dist/typescript.js') as Ts;

/** One look at the repo, as both commands build on it. */
export interface Analysis {
  cwd: string;
  config: Config;
  /** The folder of the configuration file, if there is one. */
  configDir?: string;
  project: ProjectResult;
  /** What could not be read, parsed or analysed; paths are relative. */
  errors: ToolError[];
  /** A path as reports give it. */
  relative(path: string): string;
}

/**
 * The repo, judged; `begun` where that was begun before this module and its compiler were loaded.
 * Throws a `UsageError` where there is nothing to look at: a bad configuration, or none of the paths exists.
 */
export function analyse(options: AnalysisOptions, wanted: Wanted, begun: Begun = begin(options, wanted)): Analysis {
  const { cwd, config, configPath, selected } = begun;
  const { onNote = () => {} } = options;
  const project = analyseProject(compiler, begun.project, begun.survey);
  if (project.missing.length > 0 && project.named.size === 0 && options.focus === undefined) {
    throw new UsageError(project.missing.join(', '), 'no such file or folder', 'give paths that exist, relative to the working directory');
  }
  const relative = (file: string): string => relativePath(cwd, file);
  const missing = project.missing.map((input): ToolError => ({ path: relative(resolve(cwd, input)), code: 'unreadable', message: 'no such file or folder' }));
  const errors = [...missing, ...project.errors].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  if (project.named.size === 0 && errors.length === 0 && options.focus === undefined) onNote(selected ? sayEmpty(cwd, selected) : 'No JavaScript or TypeScript files here.');
  for (const note of [...project.notes, ...unreadConfigs(cwd, configPath, project)]) onNote(note);
  return { cwd, config, configDir: configPath === undefined ? undefined : dirname(configPath), project, errors, relative };
}

/** The editor reads the configuration that is nearest to a file; a run has one for all. */
function unreadConfigs(cwd: string, used: string | undefined, { named, packages }: ProjectResult): string[] {
  const folders = new Set([...named].map((file) => packages.packageOf(file)?.dir ?? cwd));
  return [...folders].map((folder) => join(folder, configFileName)).filter((file) => file !== used && isInside(cwd, file) && existsSync(file)).sort()
    .map((file) => `${relativePath(cwd, file)} is not read: one configuration counts for a run, and what is a package's own stands in its \`overrides\`.`);
}
