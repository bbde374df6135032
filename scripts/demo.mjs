#!/usr/bin/env node
// Runs the agents of fixtures/agents dark, repairs a copy with the codemod, runs that, and counts the traces.
// With --agents those of fixtures/desk, which have no spans of their own either.
//   node scripts/demo.mjs [--agents] [--dark-only] [--dir .demo/FOLDER]
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, styleText } from 'node:util';
import { diffLines } from 'diff';
import { findRedis, runAgents, runDesk } from './demo/agents.mjs';
import { run } from './demo/processes.mjs';
import { countTraces, missingNames, renderForest, traces } from './demo/tree.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = join(root, 'dist/src/cli/main.js');
const colour = process.stdout.isTTY && !process.env.NO_COLOR;
const paint = (style, text) => (colour ? styleText(style, text) : text);
const heading = (text) => console.log(`\n${paint('bold', `── ${text} ──`)}\n`);
const count = (n, one, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;

async function main() {
  const { values } = parseArgs({ options: { agents: { type: 'boolean' }, 'dark-only': { type: 'boolean' }, dir: { type: 'string' } } });
  const name = values.agents ? 'desk' : 'agents';
  const fixture = join(root, 'fixtures', name);
  const copy = resolve(root, values.dir ?? `.demo/${name}`);
  await makeCopy(fixture, copy);

  const redisUrl = values.agents ? undefined : await findRedis();
  if (!redisUrl && !values.agents) console.log('Redis did not answer: the BullMQ step is left out');
  const runThem = values.agents ? runDesk : runAgents;

  heading('the agents as they were written');
  const before = await runThem(copy, { spansFile: 'spans.before.jsonl', redisUrl });
  show(before);
  if (values['dark-only']) return;

  heading('otel-handoff check');
  await buildIfStale();
  const check = await run('otel-handoff check', [cli, 'check', '--runtime', 'auto'], { cwd: copy, allow: [1] });
  if (!check.stdout.trim()) throw new Error(`otel-handoff check printed nothing\n${check.stderr}`);
  console.log(check.stdout.trimEnd());

  heading('otel-handoff fix --write');
  await repair(fixture, copy);

  heading('the same agents, repaired');
  const after = await runThem(copy, { spansFile: 'spans.after.jsonl', redisUrl });
  show(after);

  const problems = compare(before, after);
  if (problems.length > 0) console.error(`\n${problems.join('\n')}`);
  const [dark, whole] = [countTraces(before.spans), countTraces(after.spans)];
  console.log(`\nbefore: ${traces(dark)} · after: ${traces(whole)}`);
  process.exitCode = problems.length === 0 && dark > 1 && whole === 1 ? 0 : 1;
}

/** A copy inside the repository, so that its imports resolve to the repository's own node_modules. */
async function makeCopy(fixture, copy) {
  const parent = join(root, '.demo', sep);
  if (!copy.startsWith(parent)) throw new Error(`--dir must be a folder in ${parent}`);
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy, { recursive: true });
  cpSync(fixture, copy, { recursive: true, filter: (path) => !/[/\\](dist|node_modules)$|\.jsonl$/.test(path) });
  // A repository of its own: this one's .gitignore leaves .demo/ out, and the CLI respects that.
  const names = Object.keys(process.env).filter((name) => name.startsWith('GIT_'));
  const env = Object.fromEntries(names.map((name) => [name, undefined]));
  await run('git init', ['init', '--quiet'], { cwd: copy, command: 'git', env });
}

async function buildIfStale() {
  // What a build writes last.
  const helper = join(root, 'dist/transforms/runtime/handoff.ts');
  const built = existsSync(cli) && existsSync(helper) ? statSync(helper).mtimeMs : 0;
  const sources = ['src', 'rules', 'transforms'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true }).map((name) => statSync(join(root, folder, name)).mtimeMs),
  );
  if (Math.max(...sources) > built) await run('npm run build', [join(root, 'scripts/build.mjs')], { cwd: root, seconds: 120 });
}

async function repair(fixture, copy) {
  const args = [cli, 'fix', '--write', '--allow-dirty', '--format', 'json', '.'];
  const { stdout, stderr } = await run('otel-handoff fix', args, { cwd: copy, seconds: 60, allow: [1] });
  if (!stdout.trim()) throw new Error(`otel-handoff fix printed nothing\n${stderr}`);
  const report = JSON.parse(stdout);
  for (const unit of report.applied) console.log(paint('green', '  repaired  ') + describe(unit));
  for (const unit of report.refused) console.log(paint('red', '  refused   ') + describe(unit));
  for (const unit of report.reverted) console.log(paint('red', '  reverted  ') + describe(unit));
  console.log();
  for (const file of report.files) {
    const old = join(fixture, file);
    const changes = diffLines(existsSync(old) ? readFileSync(old, 'utf8') : '', readFileSync(join(copy, file), 'utf8'));
    const lines = (kind) => changes.reduce((sum, change) => sum + (change[kind] ? change.count : 0), 0);
    console.log(`  ${file}  ${paint('green', `+${lines('added')}`)} ${paint('red', `-${lines('removed')}`)}`);
  }
  console.log(`\n  ${count(report.applied.length, 'unit')} applied, ${count(report.files.length, 'file')} changed; see them with`);
  console.log(`  diff -ru -x dist -x .git -x '*.jsonl' ${relative(root, fixture)} ${relative(root, copy)}`);
}

function describe({ boundaries, sites, detail, errors = [] }) {
  const where = sites.map(({ path, line }) => `${path}:${line}`).join(', ');
  return [boundaries.join(' + '), where, detail ?? errors.join('; ')].filter(Boolean).join('  ');
}

function show({ answer, report, spans }) {
  console.log(renderForest(spans, paint));
  console.log(`\n  answer  ${answer}`);
  if (report) console.log(`  report  ${report}`);
}

/** What the repair must not have changed. */
function compare(before, after) {
  const problems = [];
  const missing = missingNames(before.spans, after.spans);
  if (missing.length > 0) problems.push(`spans that are not there any more: ${missing.join(', ')}`);
  for (const result of ['answer', 'report']) {
    if (before[result] !== after[result]) problems.push(`the ${result} changed: ${before[result]} → ${after[result]}`);
  }
  return problems;
}

await main().catch((error) => {
  console.error(`\ndemo: ${error.message}`);
  process.exitCode = 1;
});
