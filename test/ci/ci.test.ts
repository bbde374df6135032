/** The action, the templates and the snippets: held against their owners' schemas, and run as far as that goes here. */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { bin, root, run } from '../cli/cli.ts';
import { manifest, producer, shop } from '../cli/samples.ts';

const yaml = createRequire(import.meta.url)('js-yaml') as { load(text: string): unknown };
const read = (name: string): string => fs.readFileSync(path.join(root, name), 'utf8');
const schema = (name: string): object => JSON.parse(read(`fixtures/schemas/${name}.json`)) as object;

interface Step { name?: string; id?: string; if?: string; run?: string; uses?: string; shell?: string; env?: Record<string, string>; with?: Record<string, string>; 'working-directory'?: string }
const action = yaml.load(read('action.yml')) as { inputs: Record<string, { default: string; description: string }>; outputs: object; runs: { using: string; steps: Step[] } };

/** Ids that a schema has in several places, and formats of its own, are no reason to refuse it. */
function validator(name: string): (value: unknown) => string[] {
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  for (const other of ['pre-commit-hooks']) if (other !== name) ajv.addSchema(schema(other), `https://json.schemastore.org/${other}.json`);
  const valid = ajv.compile(schema(name));
  return (value) => (valid(value) ? [] : (valid.errors ?? []).map((error) => `${error.instancePath} ${error.message}`));
}

test.each([
  ['action.yml', 'github-action'], ['ci/github.yml', 'github-workflow'], ['ci/pre-commit-config.yaml', 'pre-commit-config'], ['ci/lefthook.yml', 'lefthook'],
])('%s is what %s describes', (file, name) => {
  const errors = validator(name);
  expect(errors(yaml.load(read(file)))).toEqual([]);
  expect(errors({ runs: 1, jobs: 1, repos: 1, 'pre-commit': 1 })).not.toEqual([]);
});

test('the GitLab template has what its job needs', () => {
  const { 'otel-handoff': job } = yaml.load(read('ci/gitlab.yml')) as { 'otel-handoff': { script: string[]; artifacts: { when: string; reports: { codequality: string } }; rules: object[] } };
  expect(job.artifacts.when).toBe('always');
  expect(job.script.join('\n')).toContain(`--report gitlab=${job.artifacts.reports.codequality}`);
  expect(job.rules).toHaveLength(2);
});

test('docs/ci.md shows these very files', () => {
  const docs = read('docs/ci.md');
  for (const name of fs.readdirSync(path.join(root, 'ci'))) expect(docs, name).toContain(`\`\`\`yaml\n${read(`ci/${name}`)}\`\`\``);
});

describe('the action', () => {
  test('takes inputs as variables, never as text of a script', () => {
    for (const step of action.runs.steps) expect(step.run ?? '').not.toContain('${{');
    const used = new Set([...JSON.stringify(action.runs).matchAll(/inputs\.([\w-]+)/g)].map(([, name]) => name));
    expect([...used].sort()).toEqual(Object.keys(action.inputs).sort());
    for (const { uses } of action.runs.steps) if (uses !== undefined) expect(uses).toMatch(/^[\w-]+\/[\w/-]+@v\d+$/);
  });

  test('nothing found: status 0, a summary, no annotation', () => {
    const outcome = act(project({ 'a.ts': 'export {};\n' }, false), {});
    expect(outcome).toMatchObject({ status: 0, outputs: { status: '0' }, log: 'No dark handoffs in 1 file.\n', uploads: false });
    expect(outcome.summary).toContain('## ✅ No dark handoffs\n');
  });

  test('findings: annotations, a summary, a SARIF file, and the job fails last', () => {
    const outcome = act(project(), { 'upload-sarif': 'true' });
    expect(outcome).toMatchObject({ status: 1, outputs: { status: '1' }, uploads: true });
    expect(outcome.log.match(/^::error file=src\//gm)).toHaveLength(3);
    expect(outcome.summary).toContain('## 🔦 3 dark handoffs\n');
    expect((JSON.parse(fs.readFileSync(outcome.outputs['sarif-file']!, 'utf8')) as { runs: [{ results: object[] }] }).runs[0].results).toHaveLength(3);
  });

  test('inputs reach the command, whatever is in them', () => {
    const folder = project({ 'lib/$(touch pwned) "x".ts': producer });
    const outcome = act(folder, { paths: 'lib\nsrc/send.ts', only: 'queue', 'fail-on': 'never', args: '--assume-traced\n--tests', annotations: 'false', summary: 'false', 'sarif-file': 'my report.sarif' });
    expect(outcome).toMatchObject({ status: 0, summary: '', outputs: { 'sarif-file': './my report.sarif' } });
    expect(outcome.log).toContain('lib/$(touch pwned) "x".ts\n  6:15');
    expect(outcome.log).not.toMatch(/^src\//m);
    expect(fs.existsSync(path.join(folder, 'my report.sarif'))).toBe(true);
    for (const only of ['$(touch pwned)', '`touch pwned`', '"; touch pwned; "']) expect(act(folder, { only })).toMatchObject({ status: 2 });
    expect(fs.existsSync(path.join(folder, 'pwned'))).toBe(false);
  });

  test('what could not be done fails the job, is in the summary, and is not uploaded', () => {
    const wrong = act(project(), { since: 'nowhere', 'upload-sarif': 'true', 'fail-on': 'never' });
    expect(wrong).toMatchObject({ status: 2, outputs: { status: '2' }, uploads: false });
    expect(wrong.summary).toContain('could not check anything');
    const broken = act(project({ 'src/broken.ts': 'import { Queue } from "bullmq"; queue.add(\n' }), { 'upload-sarif': 'true' });
    expect(broken).toMatchObject({ status: 2, uploads: false });
    expect(broken.summary).toContain('and the run failed');
  });

  test('without otel-handoff in node_modules', () => {
    const folder = shop();
    expect(act(folder, {})).toMatchObject({ status: 2, uploads: false });
  });
});

describe('the hooks', () => {
  const hooks = yaml.load(read('ci/pre-commit-config.yaml')) as { repos: [{ hooks: [{ entry: string; files: string }] }] };
  const lefthook = yaml.load(read('ci/lefthook.yml')) as { 'pre-commit': { commands: { 'otel-handoff': { run: string } } } };

  test.each([['pre-commit', hooks.repos[0].hooks[0].entry], ['lefthook', lefthook['pre-commit'].commands['otel-handoff'].run]])('%s stops a commit that makes something dark, and no other', (_name, command) => {
    const folder = project({ 'src/late.ts': 'export {};\n' });
    const git = (...args: string[]): ReturnType<typeof run> => run('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.com', '-c', 'commit.gpgsign=false', ...args], folder);
    fs.rmSync(path.join(folder, '.git'), { recursive: true });
    git('init', '-q');
    fs.writeFileSync(path.join(folder, '.gitignore'), 'node_modules\n');
    git('add', '-A');
    expect(git('commit', '-qm', 'one').status).toBe(0);
    // As git runs it: with variables that name the repository and the index of the commit.
    fs.writeFileSync(path.join(folder, '.git/hooks/pre-commit'), `#!/bin/sh\n${command}\n`, { mode: 0o755 });
    fs.writeFileSync(path.join(folder, 'src/late.ts'), 'export const later = 1;\n');
    git('add', '-A');
    expect(git('commit', '-qm', 'two').status).toBe(0);
    fs.writeFileSync(path.join(folder, 'src/late.ts'), producer.replaceAll('emails', 'letters'));
    git('add', '-A');
    const stopped = git('commit', '-qm', 'three');
    expect(stopped.status).toBe(1);
    expect(stopped.stdout + stopped.stderr).toContain('1 dark handoff in 1 file');
    expect(new RegExp(hooks.repos[0].hooks[0].files).test('src/a.mts')).toBe(true);
  });
});

/** A project that has otel-handoff installed. */
function project(more: Record<string, string> = {}, dark = true): string {
  const folder = shop({ 'package.json': manifest, ...more });
  if (!dark) fs.rmSync(path.join(folder, 'src'), { recursive: true });
  fs.mkdirSync(path.join(folder, 'node_modules/.bin'), { recursive: true });
  fs.symlinkSync(bin, path.join(folder, 'node_modules/.bin/otel-handoff'));
  return folder;
}

interface Acted { status: number | null; log: string; summary: string; outputs: Record<string, string>; uploads: boolean }

/** Runs the shell steps as GitHub's runner does: `bash --noprofile --norc -eo pipefail`. */
function act(folder: string, inputs: Record<string, string>): Acted {
  const temp = fs.mkdtempSync(path.join(folder, '.git/runner-'));
  const files = { GITHUB_STEP_SUMMARY: path.join(temp, 'summary'), GITHUB_OUTPUT: path.join(temp, 'output') };
  for (const file of Object.values(files)) fs.writeFileSync(file, '');
  const given = (name: string): string => inputs[name] ?? action.inputs[name]!.default;
  const outputs: Record<string, string> = {};
  const fill = (text: string): string => text.replace(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, name: string) => given(name)).replace(/\$\{\{ steps\.check\.outputs\.([\w-]+) \}\}/g, (_, name: string) => outputs[name] ?? '');
  const shell = (step: Step): ReturnType<typeof run> => {
    const script = path.join(temp, `${step.name}.sh`);
    fs.writeFileSync(script, step.run!);
    const env = Object.fromEntries(Object.entries(step.env ?? {}).map(([name, value]) => [name, fill(value)]));
    return run('bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], path.join(folder, fill(step['working-directory'] ?? '.')), { ...env, ...files, RUNNER_TEMP: temp, npm_config_update_notifier: 'false' });
  };
  const [check, upload, result] = action.runs.steps as [Step, Step, Step];
  const { status, stdout } = shell(check);
  expect(status).toBe(0);
  for (const line of fs.readFileSync(files.GITHUB_OUTPUT, 'utf8').split('\n').filter(Boolean)) outputs[line.slice(0, line.indexOf('='))] = line.slice(line.indexOf('=') + 1);
  expect(upload.if).toBe('inputs.upload-sarif == \'true\' && steps.check.outputs.status != \'2\'');
  return { status: shell(result).status, log: stdout, summary: fs.readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8'), outputs, uploads: given('upload-sarif') === 'true' && outputs['status'] !== '2' };
}
