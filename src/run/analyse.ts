/** What `check` and `fix` begin with: the configuration, then the repo. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { configFileName, forgetConfigs, loadConfig, type Config, type Instrumentations } from '../project/config.ts';
import { UsageError } from '../project/errors.ts';
import { isInside, relativePath } from '../project/paths.ts';
import { analyseProject, type ProjectResult } from '../project/project.ts';
import type { RuntimeProfile, ToolError, Ts } from '../types.ts';
import { sayEmpty, selectPackages } from './workspace.ts';

/**
 * The compiler inside ts-morph: no second copy, and the same in a repo whose own is TypeScript 7. Its file alone, and
 * required: an `import` would read its nine megabytes twice more to tell what they export.
 */
export const compiler = createRequire(import.meta.url)('@ts-morph/common/dist/typescript.js') as Ts;

/** What `check` and `fix` share. Everything is optional; what is not given is as on the command line. */
export interface AnalysisOptions {
  /** The working directory: `paths` and all reported paths are relative to it. Default: the process's. */
  cwd?: string;
  /** Files and folders. Default: `cwd`. */
  paths?: readonly string[];
  /** A configuration file instead of the nearest `handoff.config.json`. */
  config?: string;
  /** Where the code runs; wins over the configuration. */
  runtime?: 'auto' | RuntimeProfile;
  /** Which instrumentations are on: read from the code, none, or exactly these packages; wins over the configuration. */
  instrumentations?: Instrumentations;
  /** Count every package as traced; wins over the configuration. */
  assumeTraced?: boolean;
  /** Every boundary owes an explicit capture, whatever the runtime. */
  strict?: boolean;
  /** Ask the type checker where the text does not tell what a receiver is: slower, one program a tsconfig. */
  types?: boolean;
  /** Look at tests too. */
  tests?: boolean;
  /** Respect `.gitignore` (default true). */
  respectIgnore?: boolean;
  /** Files and folders that are read for the other side of a handoff; nothing in them is reported. */
  context?: readonly string[];
  /** Packages of the workspace, by name or folder, instead of `paths`: nothing else is reported, and the whole workspace is read for the other sides. */
  workspaces?: readonly string[];
  /** Absolute paths: only what changed there, and the other side of it, is asked for. */
  focus?: ReadonlySet<string>;
  /** Told what a person should know and the report doesn't say: one sentence each. */
  onNote?: (note: string) => void;
  /** Told now and then what is being done, for a progress line. */
  onProgress?: (activity: string) => void;
}

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
 * `kept`: whether handoffs that are in order are wanted too; a gate that doesn't list them is faster without.
 * `unknown`: whether what looks like a handoff of something unknown is wanted too.
 * Throws a `UsageError` where there is nothing to look at: a bad configuration, or none of the paths exists.
 */
export function analyse(options: AnalysisOptions, kept: boolean, unknown: 'report' | 'silent' = 'silent'): Analysis {
  const cwd = resolve(options.cwd ?? process.cwd());
  forgetConfigs();
  const { config, path } = loadConfig(cwd, options.config);
  const configDir = path === undefined ? undefined : dirname(path);
  const { onNote = () => {}, onProgress } = options;
  for (const path of options.context ?? []) {
    // What is not read hides a verdict: no other side would look like none.
    if (!existsSync(resolve(cwd, path))) throw new UsageError(`--context ${path}`, 'no such file or folder', 'give a path that exists, relative to the working directory');
  }
  const selected = options.workspaces && options.workspaces.length > 0 ? selectPackages(cwd, options.workspaces) : undefined;
  const project = analyseProject(compiler, {
    cwd, config, configDir,
    paths: selected ? (options.focus ? [selected.root] : selected.folders) : (options.paths && options.paths.length > 0 ? options.paths : ['.']),
    ...(selected ? { packages: new Set(selected.folders) } : {}),
    runtime: options.runtime, instrumentations: options.instrumentations, strict: options.strict ?? false,
    types: options.types ?? false, reportUnknown: unknown === 'report',
    assumeTraced: options.assumeTraced, kept, tests: options.tests ?? false, respectIgnore: options.respectIgnore ?? true, focus: options.focus,
    context: [...options.context ?? [], ...(selected ? [selected.root] : [])],
    ...(onProgress ? { onProgress: (done, total) => { if (done % 50 === 0) onProgress(`Reading ${done} of ${total} files`); } } : {}),
  });
  if (project.missing.length > 0 && project.named.size === 0 && options.focus === undefined) {
    throw new UsageError(project.missing.join(', '), 'no such file or folder', 'give paths that exist, relative to the working directory');
  }
  const relative = (file: string): string => relativePath(cwd, file);
  const missing = project.missing.map((input): ToolError => ({ path: relative(resolve(cwd, input)), code: 'unreadable', message: 'no such file or folder' }));
  const errors = [...missing, ...project.errors].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  if (project.named.size === 0 && errors.length === 0 && options.focus === undefined) onNote(selected ? sayEmpty(cwd, selected) : 'No JavaScript or TypeScript files here.');
  for (const note of [...project.notes, ...unreadConfigs(cwd, path, project)]) onNote(note);
  return { cwd, config, configDir, project, errors, relative };
}

/** The editor reads the configuration that is nearest to a file; a run has one for all. */
function unreadConfigs(cwd: string, used: string | undefined, { named, packages }: ProjectResult): string[] {
  const folders = new Set([...named].map((file) => packages.packageOf(file)?.dir ?? cwd));
  return [...folders].map((folder) => join(folder, configFileName)).filter((file) => file !== used && isInside(cwd, file) && existsSync(file)).sort()
    .map((file) => `${relativePath(cwd, file)} is not read: one configuration counts for a run, and what is a package's own stands in its \`overrides\`.`);
}
