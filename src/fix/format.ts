/**
 * `--format`: the project's own Prettier, Biome or ESLint over the changed texts, before they are written. This runs code of the
 * repository (the formatter, its plugins, its configuration), and so only where it is asked for.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UsageError } from '../project/errors.ts';
import type { Package, Packages } from '../project/packages.ts';
import { foldersUp } from '../project/paths.ts';
import { readHelper, rehashHelper } from './helper-file.ts';
import type { FileChange } from './unit.ts';

/** A text as the formatter leaves it; a file that it is told to ignore comes back as it is. */
type Format = (file: string, text: string) => Promise<string>;

interface Formatter {
  name: string;
  package: string;
  /** Configuration that says that it is in use. */
  configs: RegExp;
  load(dir: string): Promise<Format>;
}

/** The first that a package has: configured ones before those that are merely installed. */
const formatters: Formatter[] = [
  { name: 'Biome', package: '@biomejs/biome', configs: /^\.?biome\.jsonc?$/, load: loadBiome },
  { name: 'Prettier', package: 'prettier', configs: /^(\.prettierrc(\..+)?|prettier\.config\.[cm]?[jt]s)$/, load: loadPrettier },
  { name: 'ESLint', package: 'eslint', configs: /^(eslint\.config\.[cm]?[jt]s|\.eslintrc(\..+)?)$/, load: loadEslint },
];

/**
 * The changes with formatted texts; package.json files are left as they are. Throws a `UsageError` where a file's package
 * has no formatter, where it is not installed, or where it fails.
 */
export async function formatChanges(changes: readonly FileChange[], packages: Packages, name: (path: string) => string): Promise<FileChange[]> {
  const loaded = new Map<string, { formatter: Formatter; format: Format }>();
  const formatted: FileChange[] = [];
  for (const change of changes) {
    if (basename(change.path) === 'package.json') {
      formatted.push(change);
      continue;
    }
    const pkg = packages.packageOf(change.path);
    const dir = pkg?.dir ?? dirname(change.path);
    let own = loaded.get(dir);
    if (!own) {
      const formatter = choose(change.path, pkg, name);
      loaded.set(dir, own = { formatter, format: await load(formatter, dir, name) });
    }
    formatted.push({ ...change, after: await formatOne(change, own.formatter, own.format, name) });
  }
  return formatted;
}

function choose(file: string, pkg: Package | undefined, name: (path: string) => string): Formatter {
  const folders = foldersUp(dirname(file));
  const isDeclared = (formatter: Formatter): boolean => pkg?.dependencies.has(formatter.package) ?? false;
  const isConfigured = ({ configs }: Formatter): boolean => folders.some((folder) => entries(folder).some((entry) => configs.test(entry)));
  const found = formatters.find((each) => isDeclared(each) && isConfigured(each)) ?? formatters.find(isDeclared) ?? formatters.find(isConfigured);
  if (!found) throw new UsageError('--format', `${name(file)} belongs to no package that has Prettier, Biome or ESLint`, 'leave it out: edits keep the style of their surroundings anyhow');
  return found;
}

function entries(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

async function load(formatter: Formatter, dir: string, name: (path: string) => string): Promise<Format> {
  try {
    return await formatter.load(dir);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw new UsageError('--format', `${formatter.name} could not be loaded: ${firstLine(error)}`);
    throw new UsageError('--format', `${formatter.package} is not installed for ${name(dir) || '.'}`, 'install the dependencies first');
  }
}

async function formatOne({ path, before, after }: FileChange, formatter: Formatter, format: Format, name: (path: string) => string): Promise<string> {
  let text: string;
  try {
    text = await format(path, after);
  } catch (error) {
    throw new UsageError('--format', `${formatter.name} failed on ${name(path)}: ${firstLine(error)}`, 'nothing was written');
  }
  // The helper's hash is of its text: it is still nobody's edit.
  const helper = readHelper(after);
  if (helper && !helper.modified) return rehashHelper(text) ?? after;
  // Biome says nothing of a file that it leaves out.
  return text === '' && before !== '' ? after : text;
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).trim().split('\n')[0]!;
}

function requireFrom(dir: string): NodeJS.Require {
  return createRequire(join(dir, 'package.json'));
}

async function importFrom<T>(dir: string, module: string): Promise<T> {
  const loaded = await import(pathToFileURL(requireFrom(dir).resolve(module)).href) as { default?: T };
  return (loaded.default ?? loaded) as T;
}

/** https://prettier.io/docs/api: the same in version 2, whose `format` answers at once. */
interface Prettier {
  getFileInfo(file: string, options: { ignorePath?: string }): Promise<{ ignored: boolean }>;
  resolveConfig(file: string, options: { editorconfig: boolean }): Promise<object | null>;
  format(text: string, options: object): Promise<string> | string;
}

async function loadPrettier(dir: string): Promise<Format> {
  const prettier = await importFrom<Prettier>(dir, 'prettier');
  return async (file, text) => {
    const ignorePath = foldersUp(dirname(file)).map((folder) => join(folder, '.prettierignore')).find(existsSync);
    const { ignored } = await prettier.getFileInfo(file, ignorePath === undefined ? {} : { ignorePath });
    return ignored ? text : prettier.format(text, { ...await prettier.resolveConfig(file, { editorconfig: true }), filepath: file });
  };
}

/** https://eslint.org/docs/latest/integrate/nodejs-api */
interface EslintModule {
  ESLint: new (options: object) => { lintText(text: string, options: { filePath: string }): Promise<{ output?: string }[]> };
}

/** Rules about layout alone: other fixes would change what the code does, or what a person has to look at. */
async function loadEslint(dir: string): Promise<Format> {
  const { ESLint } = await importFrom<EslintModule>(dir, 'eslint');
  const eslint = new ESLint({ cwd: dir, fix: true, fixTypes: ['layout'] });
  return async (file, text) => {
    const bom = text.startsWith('\uFEFF') ? '\uFEFF' : '';
    const output = (await eslint.lintText(text, { filePath: file }))[0]?.output;
    return output === undefined ? text : bom + output.replace(/^\uFEFF/, '');
  };
}

/** https://biomejs.dev/reference/cli/#biome-format */
async function loadBiome(dir: string): Promise<Format> {
  const manifest = requireFrom(dir).resolve('@biomejs/biome/package.json');
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: string | { biome: string } };
  const program = join(dirname(manifest), typeof bin === 'string' ? bin : bin.biome);
  return async (file, text) => {
    const { status, stdout, stderr, error } = spawnSync(process.execPath, [program, 'format', `--stdin-file-path=${relative(dir, file)}`], { cwd: dir, input: text, encoding: 'utf8', maxBuffer: 2 ** 28 });
    if (error) throw error;
    if (status !== 0) throw new Error(stderr.trim() || `it ended with status ${status}`);
    return stdout;
  };
}
