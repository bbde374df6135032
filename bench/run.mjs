#!/usr/bin/env node
// Measures `check` and the rules against what else could look at the same files, in one run and in turn.
//   npm run bench [-- --repo DIR] [--runs 5] [--lint-files 300] [--ast-grep PROGRAM] [--write]
// Without --repo: a generated workspace of 900,000 lines. --write puts the result into docs/performance.md.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as astGrep from './ast-grep.mjs';
import * as check from './check.mjs';
import * as fix from './fix.mjs';
import * as lint from './lint.mjs';
import * as parse from './parse.mjs';
import * as read from './read.mjs';
import * as scaling from './scaling.mjs';
import { alternate } from './support/measure.mjs';
import { megabytes, percent, seconds, table, times } from './support/table.mjs';
import { tree } from './support/tree.mjs';

const { values } = parseArgs({ options: {
  repo: { type: 'string' }, runs: { type: 'string', default: '5' }, 'lint-files': { type: 'string', default: '300' }, 'ast-grep': { type: 'string' }, write: { type: 'boolean' },
} });
const runs = Number(values.runs);
const scratch = mkdtempSync(join(tmpdir(), 'otel-handoff-bench-'));
const repo = values.repo === undefined ? tree(900_000) : resolve(values.repo);
const program = astGrep.find(values['ast-grep']);

const whole = alternate([
  { name: check.name, take: () => check.take(repo, scratch) },
  ...(program === undefined ? [] : [{ name: astGrep.name, take: () => astGrep.take(repo, program) }]),
  { name: parse.name, take: () => parse.take(repo) },
  { name: read.name, take: () => read.take(repo) },
], runs);
const report = JSON.parse(readFileSync(join(scratch, 'check.json'), 'utf8'));
const ours = whole.get(check.name);

const sections = [
  `${report.files} files, ${report.lines.toLocaleString('en')} lines, of which \`check\` parsed ${report.parsed} files; the median of ${runs} runs, taken in turn.`,
  table(['', 'wall s', 'CPU s', 'peak MB', '`check` takes'], [...whole].map(([name, { wall, cpu, memory }]) => [name, seconds(wall), seconds(cpu), megabytes(memory), name === check.name ? '' : `${times(ours.wall / wall)} of it`])),
];
if (program === undefined) sections.push('ast-grep is not installed here (`@ast-grep/cli`), so it is left out.');

const scaled = alternate(scaling.measurements(scratch, program), Math.min(runs, 3));
sections.push('## Growth', 'On generated workspaces (`bench/support/tree.mjs`), in which two files of a hundred have a finding (in the labelled repositories one has). Time is the start (a compiler is loaded) and then goes with the lines.',
  table(['lines', 'wall s', 'CPU s', 'lines a second', 'peak MB', 'ast-grep, wall s', '`check` takes'], scaling.sizes.map((size) => {
    const { lines, wall, cpu, memory } = scaled.get(`check ${size}`);
    const other = scaled.get(`ast-grep ${size}`);
    return [lines.toLocaleString('en'), seconds(wall), seconds(cpu), Math.round(lines / wall).toLocaleString('en'), megabytes(memory), seconds(other?.wall), other ? `${times(wall / other.wall)} of it` : '–'];
  })));

// Its own tree, whatever --repo says.
const root = fix.tree();
const both = alternate([{ name: check.name, take: () => fix.check(root, scratch) }, { name: fix.name, take: () => fix.take(root, scratch) }], Math.min(runs, 3));
const [checked, fixed] = [both.get(check.name), both.get(fix.name)];
sections.push('## Repairs', `On a generated tree (\`bench/fix.mjs\`): ${fixed.repairs.toLocaleString('en')} handoffs in ${fixed.channels} channels, repaired with \`fix --write --no-type-check\` in ${fixed.changed} files of ${checked.lines.toLocaleString('en')} lines in all. At most 3 times as long as \`check\` is the aim.`,
  table(['', 'wall s', 'CPU s', 'peak MB', 'times `check`'], [...both].map(([name, { wall, cpu, memory }]) => [name, seconds(wall), seconds(cpu), megabytes(memory), times(wall / checked.wall)])));

const limit = Number(values['lint-files']);
for (const { title, typed, preset } of [
  { title: 'without types', typed: false, preset: false },
  { title: 'without types, beside the `recommended` preset of typescript-eslint', typed: false, preset: true },
  { title: 'with types', typed: true, preset: false },
]) {
  const taken = alternate([
    { name: 'without', take: () => lint.take(repo, { typed, preset, ours: false, limit }) },
    { name: 'with', take: () => lint.take(repo, { typed, preset, ours: true, limit }) },
  ], Math.min(runs, 3));
  const { files, all, lines, parse: parsing, rules, total, once } = taken.get('with');
  const [own, others] = [true, false].map((mine) => Object.entries(rules).filter(([rule]) => rule.startsWith('handoff/') === mine));
  const sum = (some) => some.reduce((spent, [, each]) => spent + each, 0);
  sections.push(`## ESLint, ${title}`,
    `${files} files (${lines.toLocaleString('en')} lines) of ${all} spread over the repo, by ESLint's own statistics. The first of our rules in a file analyses it for all of them. What the packages say was read before, in ${Math.round(once)} ms: once a process.`,
    table(['', 'ms', 'of lint time'], [
      ['parsing', Math.round(parsing), percent(parsing / total)],
      [others.length === 1 ? `\`${others[0][0]}\`` : `${others.length} rules of the preset`, Math.round(sum(others)), percent(sum(others) / total)],
      [`our ${own.length} rules together`, Math.round(sum(own)), percent(sum(own) / total)],
    ]),
    `The process: ${seconds(taken.get('with').wall)} s and ${megabytes(taken.get('with').memory)} MB with our rules, ${seconds(taken.get('without').wall)} s and ${megabytes(taken.get('without').memory)} MB without.`);
}
rmSync(scratch, { recursive: true });

const machine = `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.version}${program === undefined ? '' : `, ast-grep ${astGrep.version(program)}`}, on ${values.repo === undefined ? 'a generated workspace (`bench/support/tree.mjs`)' : `\`${basename(repo)}\``}.`;
const text = `<!-- Written by \`npm run bench -- --write\`: do not edit. -->
# Performance

Measured with \`npm run bench\`: ${machine}

${sections.join('\n\n')}
`;
console.log(text);
if (values.write) writeFileSync(fileURLToPath(new URL('../docs/performance.md', import.meta.url)), text);
