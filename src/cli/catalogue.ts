/** `otel-handoff catalogue`: the boundaries it knows, what covers each, and whether it is proved or read. */
import { loadCatalogue } from '../catalogue/catalogue.ts';
import { ownEntries } from '../catalogue/configured-agents.ts';
import { loadConfig } from '../project/config.ts';
import { UsageError } from '../project/errors.ts';
import { catalogueJson, catalogueTable } from '../report/catalogue.ts';
import { nearest } from './names.ts';
import { describeOptions, readOptions } from './options.ts';
import { assertWritable, emit, type ExitStatus } from './terminal.ts';

const options = {
  format: { type: 'string', values: ['table', 'json'], help: 'what is printed (default table)' },
  config: { type: 'string', hint: 'FILE', help: 'configuration to use instead of the nearest handoff.config.json: its boundaries are listed too' },
  output: { type: 'string', hint: 'FILE', help: 'write it there instead of to stdout' },
} as const;

export const help = `Usage: otel-handoff catalogue [words…] [options]

Lists the boundaries: all, or those whose id, family, library or package has one of the words in it.

${describeOptions(options)}
`;

export async function run(args: readonly string[]): Promise<ExitStatus> {
  const { values, paths } = readOptions('catalogue', args, options);
  const output = values['output'] as string | undefined;
  const words = paths.length === 1 && paths[0] === '.' ? [] : paths.map((word) => word.toLowerCase());
  assertWritable(output);
  const { config } = loadConfig(process.cwd(), values['config'] as string | undefined);
  const all = loadCatalogue(ownEntries(config)).boundaries;
  const listed = all.filter(({ id, family, library, package: name = '' }) => words.length === 0 || words.some((word) => [id, family, library, name].some((text) => text.toLowerCase().includes(word))));
  if (listed.length === 0) throw new UsageError('otel-handoff catalogue', `nothing is called ${words.map((word) => `"${word}"`).join(' or ')}`, nearest(words[0]!, all));
  emit(values['format'] === 'json' ? catalogueJson(listed) : catalogueTable(listed), output);
  return 0;
}
