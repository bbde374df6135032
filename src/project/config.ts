import fs from 'node:fs';
import path from 'node:path';

import { z } from 'zod';

import { boundarySchema, runtimeProfiles } from '../catalogue/schema.ts';
import { explainIssue, suggestion } from './config-errors.ts';
import { UsageError } from './errors.ts';
import { globMatcher } from './globs.ts';
import { relativePath } from './paths.ts';
import { sensitiveSchema } from './sensitive-config.ts';
import { ruleNames } from './rule-names.ts';

/** The one configuration file of both surfaces. */
export const configFileName = 'handoff.config.json';

const runtime = z.enum(['auto', ...runtimeProfiles]);
const instrumentations = z.union([z.literal('auto'), z.literal('none'), z.array(z.string().min(1))], {
  error: 'must be "auto", "none" or a list of instrumentation packages',
});
const rules = z.partialRecord(z.enum(ruleNames), z.enum(['off', 'warn', 'error']));
const helper = z.string().regex(/^(?:[^#\s]+#)?[A-Za-z_$][\w$.]*$/, { error: 'must be a function\'s name or "module#export"' });
const glob = z.string().min(1);

/** The schema of `handoff.config.json`; an unknown key is an error. */
export const configSchema = z.strictObject({
  $schema: z.string().optional(),
  runtime: runtime.default('auto').describe('Where the code runs; `auto` reads it from the code and its packages.'),
  instrumentations: instrumentations.default('auto').describe('Which instrumentations are on: read from the code, none, or exactly these packages.'),
  assumeTraced: z.boolean().default(false).describe('Count every package as traced, whatever the evidence.'),
  rules: rules.default({}).describe('Severities for the command line.'),
  boundaries: z.array(boundarySchema).default([]).describe('Own boundaries, in the same form as the built-in ones.'),
  carriers: z.strictObject({ inject: z.array(helper).default([]), extract: z.array(helper).default([]) })
    .default({ inject: [], extract: [] }).describe('Own functions that inject or extract: `module#export` or a function\'s name.'),
  sensitive: sensitiveSchema.default({ attributes: [], names: [], allow: [], switches: [] }).describe('What else must not stand in traces and baggage, and what may.'),
  agents: z.array(z.strictObject({ class: z.string().min(1), methods: z.array(z.string().min(1)).min(1), operation: z.enum(['invoke_agent', 'execute_tool', 'invoke_workflow']).default('invoke_agent') })).default([])
    .describe('Own classes whose methods run an agent, a tool or a workflow; `*` stands for any letters.'),
  destinations: z.array(glob).default([]).describe('Hosts (or globs of them) that trace context may be sent to.'),
  trusted: z.array(z.string().min(1)).default([]).describe('Routes whose callers may hand in trace context.'),
  helpersModule: z.string().min(1).optional().describe('An existing module to put the repair\'s helper functions in.'),
  ignore: z.array(glob).default([]).describe('Files and folders to leave out.'),
  overrides: z.array(z.strictObject({
    files: z.array(glob).min(1),
    runtime: runtime.optional(),
    instrumentations: instrumentations.optional(),
    assumeTraced: z.boolean().optional(),
    rules: rules.optional(),
  })).default([]).describe('Other settings for some files; later ones win.'),
});

export type Config = z.output<typeof configSchema>;
export type ConfigInput = z.input<typeof configSchema>;
export type Instrumentations = Config['instrumentations'];

export interface LoadedConfig {
  config: Config;
  /** The file it came from; none where there is no file. */
  path?: string;
}

/** The folder that a configuration's globs are relative to. */
const folders = new WeakMap<Config, string>();
const loaded = new Map<string, LoadedConfig>();
const nearest = new Map<string, string | undefined>();

/** The configuration in force for a folder: `explicitFile`, else the nearest file upward, else the defaults. */
export function loadConfig(startDir: string, explicitFile?: string): LoadedConfig {
  const start = path.resolve(startDir);
  const file = explicitFile === undefined ? nearestConfig(start) : path.resolve(start, explicitFile);
  const key = file ?? '';
  let known = loaded.get(key);
  if (known === undefined) {
    known = file === undefined ? { config: parseConfig({}, 'defaults') } : { config: readConfig(file), path: file };
    loaded.set(key, known);
  }
  return known;
}

/** Forgets every file read so far (an editor's config changed, a test wrote another). */
export function forgetConfigs(): void {
  loaded.clear();
  nearest.clear();
}

/** Validates a configuration; `where` names it in the error. */
export function parseConfig(input: unknown, where: string): Config {
  const result = configSchema.safeParse(input);
  if (!result.success) {
    const { what, mend } = explainIssue(configSchema, result.error, input);
    throw new UsageError(where, what, mend);
  }
  checkBoundaries(result.data, where);
  return result.data;
}

/** The settings for one file: the overrides whose globs match it, applied in order. `file` is absolute, or relative to the config. */
export function configFor(config: Config, file: string): Config {
  if (config.overrides.length === 0) return config;
  const folder = folders.get(config);
  const relative = path.isAbsolute(file) && folder !== undefined ? relativePath(folder, file) : file;
  let effective = config;
  for (const { files, ...settings } of config.overrides) {
    if (!matcherOf(files)(relative)) continue;
    const given = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
    effective = { ...effective, ...given, rules: { ...effective.rules, ...settings.rules } };
  }
  return effective;
}

/** The JSON schema of what people write. */
export function configJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(configSchema, { io: 'input' });
}

const matchers = new WeakMap<readonly string[], (file: string) => boolean>();

function matcherOf(globs: readonly string[]): (file: string) => boolean {
  let matcher = matchers.get(globs);
  if (matcher === undefined) {
    matcher = globMatcher(globs);
    matchers.set(globs, matcher);
  }
  return matcher;
}

function nearestConfig(start: string): string | undefined {
  const visited: string[] = [];
  let found: string | undefined;
  for (let folder = start; ; folder = path.dirname(folder)) {
    if (nearest.has(folder)) {
      found = nearest.get(folder);
      break;
    }
    visited.push(folder);
    const file = path.join(folder, configFileName);
    if (fs.existsSync(file)) {
      found = file;
      break;
    }
    if (path.dirname(folder) === folder) break;
  }
  for (const folder of visited) nearest.set(folder, found);
  return found;
}

function readConfig(file: string): Config {
  const where = displayPath(file);
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(where, code === 'ENOENT' || code === 'ENOTDIR' ? 'no such file' : code === 'EISDIR' ? 'can\'t be read (it is a folder)' : `can't be read (${message.replace(/, \w+(?: '.*')?$/, '')})`);
  }
  const config = parseConfig(parseJson(text, where), where);
  folders.set(config, path.dirname(file));
  return config;
}

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = (error as Error).message;
    const { line, column } = positionOf(text, message);
    throw new UsageError(`${where}:${line}:${column}`, `not valid JSON (${message.replace(/,? (?:in JSON )?at position.*$|, ".*$/s, '')})`, 'comments and trailing commas are not allowed');
  }
}

/** Node says where in some messages and not in others: then it is at the first token that it quotes, or at the end. */
function positionOf(text: string, message: string): { line: number; column: number } {
  const said = /position (\d+)/.exec(message);
  let offset = text.length;
  if (said !== null) offset = Number(said[1]);
  else if (!/end of JSON/.test(message)) offset = firstBadOffset(text);
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1) as string).length + 1 };
}

/** The longest prefix of which the parser only complains that it ends. */
function firstBadOffset(text: string): number {
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (endsTooEarly(text.slice(0, middle))) low = middle;
    else high = middle - 1;
  }
  return low;
}

function endsTooEarly(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    const message = (error as Error).message;
    const said = /position (\d+)/.exec(message);
    return /end of JSON|Unterminated/.test(message) || (said !== null && Number(said[1]) >= text.length);
  }
}

/** What the catalogue's schema leaves to the catalogue: rule names, and ids that occur once. */
function checkBoundaries(config: Config, where: string): void {
  const ids = new Map<string, number>();
  for (const [index, boundary] of config.boundaries.entries()) {
    if (!(ruleNames as readonly string[]).includes(boundary.rule)) {
      throw new UsageError(where, `boundaries[${index}].rule: unknown rule "${boundary.rule}"`, suggestion(boundary.rule, ruleNames));
    }
    if (boundary.match.use === 'check') throw new UsageError(where, `boundaries[${index}].match.use: "check" is for built-in entries`, 'say how the library is used: "call", "instance", …');
    const first = ids.get(boundary.id);
    if (first !== undefined) throw new UsageError(where, `boundaries[${index}].id: "${boundary.id}" is boundaries[${first}]'s id too`, 'ids are unique');
    ids.set(boundary.id, index);
  }
}

function displayPath(file: string): string {
  const relative = relativePath(process.cwd(), file);
  return relative.startsWith('..') ? file : relative;
}
