/** What a command begins with: the configuration, and the files, which are being read from then on. */
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { forgetConfigs, loadConfig, type Config, type Instrumentations } from '../project/config.ts';
import { UsageError } from '../project/errors.ts';
import type { ProjectOptions } from '../project/project.ts';
import { survey, type Survey } from '../project/survey.ts';
import type { RuntimeProfile } from '../types.ts';
import { selectPackages, type Selection } from './workspace.ts';

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

/** A run that has begun. */
export interface Begun {
  cwd: string;
  config: Config;
  /** The configuration file, if there is one. */
  configPath?: string;
  selected?: Selection;
  project: ProjectOptions;
  survey: Survey;
}

/** What of the handoffs is wanted. */
export interface Wanted {
  /** Those that are in order, too; a gate that doesn't list them is faster without. */
  kept: boolean;
  /** What looks like a handoff of something unknown, too. */
  unknown?: boolean;
}

/** Throws a `UsageError` for a bad configuration, and for a folder to read or a package that does not exist. */
export function begin(options: AnalysisOptions, { kept, unknown = false }: Wanted): Begun {
  const cwd = resolve(options.cwd ?? process.cwd());
  forgetConfigs();
  const { config, path } = loadConfig(cwd, options.config);
  const { onProgress } = options;
  for (const path of options.context ?? []) {
    // What is not read hides a verdict: no other side would look like none.
    if (!existsSync(resolve(cwd, path))) throw new UsageError(`--context ${path}`, 'no such file or folder', 'give a path that exists, relative to the working directory');
  }
  const selected = options.workspaces && options.workspaces.length > 0 ? selectPackages(cwd, options.workspaces) : undefined;
  const project: ProjectOptions = {
    cwd, config, configDir: path === undefined ? undefined : dirname(path),
    paths: selected ? (options.focus ? [selected.root] : selected.folders) : (options.paths && options.paths.length > 0 ? options.paths : ['.']),
    ...(selected ? { packages: new Set(selected.folders) } : {}),
    runtime: options.runtime, instrumentations: options.instrumentations, strict: options.strict ?? false,
    types: options.types ?? false, reportUnknown: unknown,
    assumeTraced: options.assumeTraced, kept, tests: options.tests ?? false, respectIgnore: options.respectIgnore ?? true, focus: options.focus,
    context: [...options.context ?? [], ...(selected ? [selected.root] : [])],
    ...(onProgress ? { onProgress: (done, total) => { if (done % 50 === 0) onProgress(`Reading ${done} of ${total} files`); } } : {}),
  };
  return { cwd, config, ...(path === undefined ? {} : { configPath: path }), ...(selected ? { selected } : {}), project, survey: survey(project) };
}
