#!/usr/bin/env node
// Runs `fix --write` on copies of public repositories and says what came of it: npm run ecosystem -- --repos DIR
//   --repos DIR    a folder of checkouts, named as in scripts/ecosystem/repositories.json; nothing is downloaded but dependencies
//   --only a,b     some of them; the others keep the rows that they have
//   --work DIR     where the copies go (default: a temporary folder); --keep leaves them there
//   --no-install   no dependencies; --no-tests: the repositories' own tests are not run
//   --dry          the results are printed and not written
// Every row says with which commit of otel-handoff it was made; commit first.
// Writes scripts/ecosystem/results.json and docs/ecosystem.md. Exit status 1: a type error, a second change or a crash.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { install, provideApi, provideNodeTypes } from './ecosystem/dependencies.mjs';
import { run } from './ecosystem/process.mjs';
import { render } from './ecosystem/render.mjs';
import { typeErrors } from './ecosystem/types.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = join(root, 'dist/src/cli/main.js');
const here = join(root, 'scripts/ecosystem');
/** The commit that a row was made with. */
const madeWith = git(root, 'rev-parse', '--short=7', 'HEAD').trim();
const fixArguments = ['--assume-traced', '--allow-parse-errors'];

const { values } = parseArgs({ options: {
  repos: { type: 'string' }, only: { type: 'string' }, work: { type: 'string' }, keep: { type: 'boolean' }, install: { type: 'boolean' }, tests: { type: 'boolean' }, dry: { type: 'boolean' },
}, allowNegative: true });
if (!values.repos) {
  console.error('npm run ecosystem -- --repos DIR: which folder holds the checkouts? CONTRIBUTING.md says how to fetch them');
  process.exit(2);
}
const repositories = JSON.parse(readFileSync(join(here, 'repositories.json'), 'utf8'));
const resultsFile = join(here, 'results.json');
const results = new Map((existsSync(resultsFile) ? JSON.parse(readFileSync(resultsFile, 'utf8')) : []).map((row) => [row.repository, row]));
const wanted = values.only?.split(',');
const work = values.work ? resolve(values.work) : mkdtempSync(join(tmpdir(), 'otel-handoff-ecosystem-'));
mkdirSync(work, { recursive: true });

let bad = false;
for (const entry of repositories) {
  const folder = basename(entry.repository);
  if (wanted && !wanted.includes(folder)) continue;
  const source = join(values.repos, folder);
  if (!existsSync(source)) {
    console.error(`${folder}: not in ${values.repos}, left out`);
    continue;
  }
  const copy = join(work, folder);
  rmSync(copy, { recursive: true, force: true });
  say(`${folder}: copying`);
  cpSync(realpathSync(source), copy, { recursive: true, verbatimSymlinks: true, filter: (path) => !/[\\/](?:node_modules|\.git)$/.test(path) });
  try {
    const row = take(entry, copy);
    results.set(entry.repository, row);
    bad ||= row.newTypeErrors.length + row.secondRun + row.crashes.length > 0;
    say(JSON.stringify(row));
    if (!values.dry) write();
  } finally {
    if (!values.keep) rmSync(copy, { recursive: true, force: true });
  }
}
if (!values.work && !values.keep) rmSync(work, { recursive: true, force: true });
process.exitCode = bad ? 1 : 0;

/** One repository: what is found, what is changed, and what its own compiler and tests say before and after. */
function take(entry, copy) {
  const installed = values.install === false ? [] : install(entry, copy, say);
  git(copy, 'init', '-q');
  writeFileSync(join(copy, '.git/info/exclude'), 'node_modules/\n*.tsbuildinfo\n');
  commit(copy, 'as it is');
  const base = git(copy, 'rev-parse', 'HEAD').trim();

  const crashes = [];
  const found = tool(copy, 'check', ['--format', 'json', ...fixArguments], crashes);
  say('fix');
  const fixed = tool(copy, 'fix', ['--write', '--format', 'json', ...fixArguments], crashes);
  const files = changed(copy);
  commit(copy, 'repaired');
  say('fix, once more');
  tool(copy, 'fix', ['--write', '--format', 'json', ...fixArguments], crashes);
  const secondRun = changed(copy).length;
  git(copy, 'checkout', '-q', '.');
  git(copy, 'clean', '-fdq');
  const repaired = git(copy, 'rev-parse', 'HEAD').trim();

  const manifests = [...new Set(files.map((file) => manifestOf(copy, file)))];
  provideApi(copy, manifests, join(root, 'node_modules/@opentelemetry/api'));
  if (installed.length === 0) provideNodeTypes(copy, manifests, join(root, 'node_modules'));
  say(`types: ${files.length} files changed`);
  const after = typeErrors(copy, files, root, say);
  const testsAfter = tests(entry, copy, installed);
  git(copy, 'checkout', '-q', '-f', base);
  const before = typeErrors(copy, files, root, say, after.projects);
  const testsBefore = tests(entry, copy, installed);
  git(copy, 'checkout', '-q', '-f', repaired);

  return {
    repository: entry.repository,
    commit: entry.commit,
    tool: madeWith,
    files: found?.files ?? 0,
    lines: found?.lines ?? 0,
    findings: found?.findings.length ?? 0,
    repaired: fixed?.applied.length ?? 0,
    refused: countBy((fixed?.refused ?? []).map((unit) => unit.code)),
    reverted: (fixed?.reverted ?? []).map((unit) => unit.errors?.[0] ?? ''),
    changed: files.length,
    installed,
    projects: after.projects.length,
    unchecked: after.unchecked,
    typeErrorsBefore: before.errors.length,
    // A library's own declarations say nothing where what they are written for is not installed.
    newTypeErrors: added(before.errors, after.errors).filter((error) => installed.length > 0 || !/^[^ ]*node_modules\//.test(error)),
    secondRun,
    crashes,
    ...(testsBefore ? { tests: { before: testsBefore, after: testsAfter } } : {}),
  };
}

/** The package.json that is nearest above a file, which says what may be imported there. */
function manifestOf(copy, file) {
  for (let folder = dirname(file); folder !== '.'; folder = dirname(folder)) if (existsSync(join(copy, folder, 'package.json'))) return join(folder, 'package.json');
  return 'package.json';
}

/** The tool's JSON; whatever is not an orderly end is a crash. */
function tool(copy, command, args, crashes) {
  const output = join(work, `${command}.json`);
  rmSync(output, { force: true });
  const { status, stderr, timedOut } = run(process.execPath, [cli, command, '.', ...args, '--output', output], copy, { minutes: 20 });
  const report = existsSync(output) ? JSON.parse(readFileSync(output, 'utf8')) : undefined;
  if (timedOut || (status !== 0 && status !== 1) || (!report && !/^Nothing to repair\.$/m.test(stderr))) crashes.push(`${command}: ${timedOut ? 'no end in time' : `status ${status}`}: ${stderr.trim().slice(-300)}`);
  return report;
}

/** The last lines of the repository's own tests; undefined where they don't run here. */
function tests({ test }, copy, installed) {
  if (!test || values.tests === false || installed.length === 0) return undefined;
  say(`tests: ${test.command.join(' ')}`);
  const [program, ...args] = test.command;
  const { status, stdout, stderr, timedOut } = run(program, args, join(copy, test.in ?? '.'), { minutes: 10, env: { CI: '1', ...test.env } });
  const text = `${stdout}\n${stderr}`.replace(/\x1B\[[0-9;]*m/g, '');
  const counts = [...text.matchAll(/^\s*(?:Tests|Test Files|# (?:tests|pass|fail)):?\s.*$/gm)].map(([line]) => line.trim().replace(/\s+/g, ' '));
  return { status: timedOut ? 'no end in time' : status, counts };
}

function added(before, after) {
  const known = new Map();
  for (const error of before) known.set(error, (known.get(error) ?? 0) + 1);
  return after.filter((error) => {
    const left = known.get(error) ?? 0;
    if (left > 0) known.set(error, left - 1);
    return left === 0;
  });
}

function changed(copy) {
  return git(copy, 'status', '--porcelain', '-z', '--untracked-files=all').split('\0').filter(Boolean).map((line) => line.slice(3));
}

function commit(copy, message) {
  git(copy, 'add', '-A');
  git(copy, '-c', 'user.name=ecosystem', '-c', 'user.email=ecosystem@example.invalid', '-c', 'commit.gpgsign=false', 'commit', '-q', '--allow-empty', '--no-verify', '-m', message);
}

function git(cwd, ...args) {
  const { status, stdout, stderr } = spawnSync('git', ['-c', 'core.autocrlf=false', '-c', 'core.hooksPath=/dev/null', ...args], { cwd, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  return stdout;
}

function countBy(codes) {
  const counts = {};
  for (const code of codes.sort()) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

function write() {
  const rows = repositories.flatMap(({ repository }) => results.get(repository) ?? []);
  writeFileSync(resultsFile, `${JSON.stringify(rows, null, 2)}\n`);
  writeFileSync(join(root, 'docs/ecosystem.md'), render(rows, repositories));
}

function say(text) {
  console.error(`${new Date().toTimeString().slice(0, 8)} ${text}`);
}
