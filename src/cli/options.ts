/** The command line's options, one table for every command that takes them. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { suggestion } from '../project/config-errors.ts';
import { UsageError } from '../project/errors.ts';
import type { AnalysisOptions } from '../run/begin.ts';

type Option = NonNullable<ParseArgsConfig['options']>[string] & { help: string; values?: readonly string[]; hint?: string };

const runtimes = ['auto', 'node', 'browser', 'browser-zone', 'portable'] as const;

/** What `check` and `fix` share: which code is looked at, and what is known of it. */
export const analysisOptions = {
  runtime: { type: 'string', values: runtimes, help: 'where the code runs (default auto: read from the code and its packages)' },
  instrumentation: { type: 'string', hint: 'auto|none|<package,…>', help: 'which instrumentations are on (default auto: read from the code)' },
  'assume-traced': { type: 'boolean', help: 'count every package as traced' },
  strict: { type: 'boolean', help: 'every boundary owes an explicit capture, whatever the runtime' },
  types: { type: 'boolean', help: 'ask the type checker where the text does not tell what something is' },
  tests: { type: 'boolean', help: 'look at tests too' },
  ignore: { type: 'boolean', help: '--no-ignore: do not respect .gitignore' },
  workspace: { type: 'string', multiple: true, hint: 'NAME', help: 'only this package of the workspace, by name or folder, instead of paths' },
  context: { type: 'string', multiple: true, hint: 'PATH', help: 'read this too, for the other side of a handoff; nothing in it is reported' },
  config: { type: 'string', hint: 'FILE', help: 'configuration to use instead of the nearest handoff.config.json' },
  'allow-parse-errors': { type: 'boolean', help: 'a file that does not parse is listed, but the run does not fail for it' },
  output: { type: 'string', hint: 'FILE', help: 'write the report there instead of to stdout' },
} as const satisfies Record<string, Option>;

export interface AnalysisFlags extends Pick<AnalysisOptions, 'runtime' | 'instrumentations' | 'assumeTraced' | 'strict' | 'types' | 'tests' | 'respectIgnore' | 'config' | 'context' | 'workspaces'> {
  allowParseErrors: boolean;
  output?: string;
}

type Values = Record<string, string | boolean | (string | boolean)[] | undefined>;

/** Reads a command's arguments; anything that it does not know is an error that says what it does. */
export function readOptions(command: string, args: readonly string[], options: Readonly<Record<string, Option>>): { values: Values; paths: string[] } {
  const known = Object.fromEntries(Object.entries(options).map(([name, { type, multiple = false }]) => [name, { type, multiple }]));
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], options: known, allowPositionals: true, allowNegative: true, strict: true });
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    const given = /^Unknown option '(-{1,2}[^' =]+)/.exec(text)?.[1];
    if (given === undefined) throw new UsageError(`otel-handoff ${command}`, text.split('\n')[0]!, `\`otel-handoff ${command} --help\` lists the options`);
    const near = suggestion(given, Object.entries(options).map(([name, { help }]) => `--${isNegative(help) ? 'no-' : ''}${name}`));
    throw new UsageError(`otel-handoff ${command}`, `unknown option ${given}`, near?.startsWith('did') ? near : `\`otel-handoff ${command} --help\` lists the options`);
  }
  const values: Values = parsed.values;
  for (const [name, value] of Object.entries(values)) {
    const allowed = options[name]?.values;
    if (value === '' || (Array.isArray(value) && value.includes(''))) throw new UsageError(`otel-handoff ${command}`, `--${name} is empty`);
    for (const each of allowed ? [value].flat() : []) {
      if (typeof each === 'string' && !allowed!.includes(each)) throw new UsageError(`otel-handoff ${command}`, `--${name} can't be "${each}"`, suggestion(each, allowed!));
    }
  }
  if (values['workspace'] !== undefined && parsed.positionals.length > 0 && command !== 'explain') throw new UsageError(`otel-handoff ${command}`, '--workspace with paths', 'give a package, or paths');
  return { values, paths: parsed.positionals.length > 0 ? parsed.positionals : ['.'] };
}

export function analysisFlags(values: Values): AnalysisFlags {
  const instrumentation = values['instrumentation'] as string | undefined;
  return {
    runtime: values['runtime'] as AnalysisFlags['runtime'],
    ...(instrumentation === undefined ? {} : { instrumentations: instrumentation === 'auto' || instrumentation === 'none' ? instrumentation : instrumentation.split(',').map((s) => s.trim()).filter(Boolean) }),
    assumeTraced: values['assume-traced'] as boolean | undefined,
    strict: values['strict'] === true,
    types: values['types'] === true,
    tests: values['tests'] === true,
    respectIgnore: values['ignore'] !== false,
    config: values['config'] as string | undefined,
    ...(values['context'] === undefined ? {} : { context: values['context'] as string[] }),
    ...(values['workspace'] === undefined ? {} : { workspaces: values['workspace'] as string[] }),
    allowParseErrors: values['allow-parse-errors'] === true,
    output: values['output'] as string | undefined,
  };
}

/** The lines of `--help`. */
export function describeOptions(options: Readonly<Record<string, Option>>): string {
  const rows = Object.entries(options).map(([name, { type, values, hint, help }]) => {
    if (isNegative(help)) return [help.slice(0, help.indexOf(':')), help.slice(help.indexOf(':') + 2)] as const;
    return [`--${name}${type === 'boolean' ? '' : ` ${values ? values.join('|') : hint ?? 'VALUE'}`}`, help] as const;
  });
  const width = Math.min(38, Math.max(...rows.map(([left]) => left.length)));
  return rows.map(([left, help]) => left.length > width ? `  ${left}\n  ${' '.repeat(width)}  ${help}` : `  ${left.padEnd(width)}  ${help}`).join('\n');
}

/** The option's help begins with how it is given: it is on unless it is switched off. */
function isNegative(help: string): boolean {
  return help.startsWith('--no-');
}

/** What to type for another command that looks at the same code in the same way. */
export function commandLine(command: string, values: Values, paths: readonly string[], options: Readonly<Record<string, Option>>): string {
  const words = Object.keys(options).filter((name) => name !== 'output').flatMap((name) => {
    const value = values[name];
    if (value === undefined) return [];
    if (Array.isArray(value)) return value.flatMap((each) => [`--${name}`, String(each)]);
    return typeof value === 'string' ? [`--${name}`, value] : [`--${value ? '' : 'no-'}${name}`];
  });
  const where = paths.length === 1 && paths[0] === '.' ? [] : paths;
  return ['npx otel-handoff', command, ...[...where, ...words].map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll('\'', `'\\''`)}'`))].join(' ');
}
