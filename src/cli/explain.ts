/** `otel-handoff explain <id|rule|file:line>`: what happens there, on which runtime, why, what covers it, how it is repaired. */
import { styleText } from 'node:util';
import { ownEntries } from '../catalogue/configured-agents.ts';
import { loadCatalogue } from '../catalogue/catalogue.ts';
import { loadConfig } from '../project/config.ts';
import { UsageError } from '../project/errors.ts';
import { ruleNames } from '../project/rule-names.ts';
import { count } from '../report/count.ts';
import { headOf, sectionsOf, type Section } from '../report/boundary.ts';
import { ruleTexts } from '../report/rule-texts.ts';
import type { Boundary } from '../types.ts';
import type { Explained } from '../run/explain.ts';
import { nearest } from './names.ts';
import { analysisFlags, analysisOptions, describeOptions, readOptions } from './options.ts';
import { assertWritable, colours, emit, Progress, sayErrors, type ExitStatus } from './terminal.ts';

const options = { ...analysisOptions } as const;

export const help = `Usage: otel-handoff explain <id|rule|file:line> [options]

  otel-handoff explain bullmq/queue-add     an entry of the catalogue
  otel-handoff explain bullmq               all entries of a library or family, in short
  otel-handoff explain no-dark-queue        a rule, and what it reports
  otel-handoff explain src/queue.ts:12      what is said, or not said, of that line of code, and why

Status 0: explained; 1: there is no handoff on that line; 2: the job couldn't be done.

${describeOptions(options)}
`;

export async function run(args: readonly string[]): Promise<ExitStatus> {
  const { values, paths } = readOptions('explain', args, options);
  const { output, allowParseErrors, ...analysis } = analysisFlags(values);
  const [name = '.', ...more] = paths;
  if (name === '.' || more.length > 0) throw new UsageError('otel-handoff explain', name === '.' ? 'nothing to explain' : 'one thing at a time', 'give an id of the catalogue, a rule, or file:line');
  assertWritable(output);
  const write = (head: string, sections: readonly Section[], tail: readonly string[] = []): void => emit(text(head, sections, tail, colours(output)), output);

  const place = /^(.+?):(\d+)(?::\d+)?$/.exec(name);
  if (place) return await line(place[1]!, Number(place[2]));
  const { config } = loadConfig(process.cwd(), analysis.config);
  const { boundaries, byId } = loadCatalogue(ownEntries(config));
  const exact = byId.get(name);
  if (exact) write(headOf(exact), sectionsOf(exact));
  else if ((ruleNames as readonly string[]).includes(name)) write(...ruleWords(name, boundaries));
  else {
    const some = boundaries.filter((b) => [b.family as string, b.package, b.library, b.id.split('/')[0]].some((each) => each?.toLowerCase() === name.toLowerCase()));
    if (some.length === 0) throw new UsageError('otel-handoff explain', `nothing is called "${name}"`, nearest(name, boundaries));
    write(name, [{ title: count(some.length, 'boundary', 'boundaries'), lines: list(some) }], ['`otel-handoff explain ID` says more of one.']);
  }
  return 0;

  async function line(file: string, number: number): Promise<ExitStatus> {
    const { explainLine } = await import('../run/explain.ts');
    const progress = new Progress();
    const explained = (): ReturnType<typeof explainLine> => {
      try {
        return explainLine(file, number, { ...analysis, onProgress: progress.update });
      } finally {
        progress.clear();
      }
    };
    const { path, handoffs, elsewhere, errors } = explained();
    if (sayErrors(errors, allowParseErrors)) return 2;
    if (handoffs.length === 0) {
      console.error(`${path}:${number}: no handoff here. ${elsewhere.length === 0 ? 'There is none in this file that the catalogue knows.' : `In this file there is one on line ${elsewhere.slice(0, 20).join(', ')}${elsewhere.length > 20 ? ', …' : ''}.`}`);
      return 1;
    }
    emit(handoffs.map((each) => text(`${path}:${each.line}:${each.column}  ${each.code}`, lineSections(each), [`\`otel-handoff explain ${each.boundary.id}\` says all that is known of this boundary.`], colours(output))).join('\n'), output);
    return 0;
  }
}

function lineSections({ boundary, finding, whole, silent, severity }: Explained): Section[] {
  const known = sectionsOf(boundary).filter(({ title }) => ['Where', 'Why', 'What covers it', 'How it is repaired'].includes(title));
  if (silent !== undefined) return [{ title: 'Nothing is reported', lines: [`${sentence(silent)}`] }, ...known.slice(0, 1)];
  if (whole) return [{ title: `In order: ${whole.verdict}`, lines: [sentence(whole.by), ...whole.why.map(sentence), ...others(whole.related)] }, ...known.slice(0, 1)];
  const { message, why, related, repair, verdict, rule, runtime, scope, channel } = finding!;
  const mend = 'refused' in repair
    ? [`Refused (${repair.refused}): ${sentence(repair.detail)}`, ...known.find(({ title }) => title === 'How it is repaired')!.lines.slice(1)]
    : [`\`otel-handoff fix\` repairs it together with everything of its channel (${repair.unit}).`, ...known.find(({ title }) => title === 'How it is repaired')!.lines];
  return [
    { title: `${severity === 'warn' || finding!.severity === 'warn' ? 'Warning' : 'Error'}: ${rule}`, lines: [message] },
    { title: 'Because', lines: [`The verdict is \`${verdict}\` in ${runtime}; ${scope === 'file' ? 'the file and its package were enough to tell' : 'it took other files of the repository to tell'}.`, ...(channel === '*' ? [] : [`The channel is ${channel}.`]), ...why.map(sentence), ...others(related)] },
    ...known.filter(({ title }) => title !== 'How it is repaired'),
    { title: 'How it is repaired', lines: mend },
    { title: 'If it is meant so', lines: [`\`// handoff-ignore ${rule} -- why\` on the line or the one above.`] },
  ];
}

function others(related: readonly { path: string; line: number; role: string }[]): string[] {
  return related.map(({ path, line, role }) => `The ${role === 'callback' ? 'listener' : role}: ${path}:${line}`);
}

function ruleWords(rule: string, boundaries: readonly Boundary[]): [string, Section[]] {
  const texts = ruleTexts[rule];
  const own = boundaries.filter((b) => b.rule === rule);
  if (!texts) return [rule, [{ title: 'Not there yet', lines: ['The name is reserved for a rule that this version does not have.'] }]];
  return [rule, [
    { title: 'What it reports', lines: [texts.description, texts.about.replaceAll('*', '')] },
    { title: 'Severity', lines: [`${texts.severity}; \`rules\` in handoff.config.json sets another.`] },
    ...(own.length > 0 ? [{ title: count(own.length, 'boundary', 'boundaries'), lines: list(own) }] : []),
    { title: 'More', lines: [...(texts.url === undefined ? [] : [texts.url]), `\`// handoff-ignore ${rule} -- why\` silences one place.`] },
  ]];
}

function list(boundaries: readonly Boundary[]): string[] {
  const width = Math.max(...boundaries.map((b) => b.id.length));
  return boundaries.map((b) => `${b.id.padEnd(width)}  ${b.role.padEnd('producer'.length)}  ${b.farSide}`);
}

function sentence(words: string): string {
  const text = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function text(head: string, sections: readonly Section[], tail: readonly string[], colour: boolean): string {
  const bold = (line: string): string => (colour ? styleText('bold', line, { validateStream: false }) : line);
  return `${[bold(head), ...sections.flatMap(({ title, lines }) => ['', bold(title), ...lines.map((line) => `  ${line}`)]), ...(tail.length > 0 ? ['', ...tail] : [])].join('\n')}\n`;
}
