/** The contract of `check`: DESIGN.md section 8. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { tree } from '../project/tree.ts';
import { check, cli, tokenAt } from './cli.ts';
import { calm, consumer, manifest, producer, shop } from './samples.ts';

const places = (rows: readonly { path: string; line: number; boundary: string }[]): string[] => rows.map((r) => `${r.path}:${r.line} ${r.boundary}`);

const all = ['src/consumer.ts:4 bullmq/worker', 'src/producer.ts:6 bullmq/queue-add', 'src/send.ts:2 fetch/fetch'];

describe('exit status', () => {
  test('0 where nothing is dark', () => {
    const { status, report } = check(tree({ 'package.json': manifest, 'a.ts': calm }));
    expect(status).toBe(0);
    expect(report).toMatchObject({ files: 1, lines: 1, parsed: 0, findings: [], errors: [] });
  });

  test('1 for findings', () => {
    expect(check(shop()).status).toBe(1);
  });

  test.each([['error', 1], ['warn', 1], ['never', 0]])('--fail-on %s: %i for errors', (failOn, status) => {
    expect(check(shop(), ['--fail-on', failOn]).status).toBe(status);
  });

  test.each([['error', 0], ['warn', 1], ['never', 0]])('--fail-on %s: %i for warnings', (failOn, status) => {
    const rules = { 'no-dark-queue': 'warn', 'no-dark-request': 'warn' };
    const outcome = check(shop({ 'handoff.config.json': { rules } }), ['--fail-on', failOn]);
    expect(outcome.report.findings.map((f) => f.severity)).toEqual(['warn', 'warn', 'warn']);
    expect(outcome.status).toBe(status);
  });

  test('a tool error outranks findings, and --fail-on', () => {
    const folder = shop({ 'src/broken.ts': 'queue.add(\n' });
    expect(check(folder).status).toBe(2);
    expect(check(folder, ['--fail-on', 'never']).status).toBe(2);
  });

  test('a rule that is off reports nothing', () => {
    const { status, report } = check(shop({ 'handoff.config.json': { rules: { 'no-dark-queue': 'off' } } }));
    expect(places(report.findings)).toEqual(['src/send.ts:2 fetch/fetch']);
    expect(status).toBe(1);
  });
});

describe('the JSON report', () => {
  test('has the keys of the contract in their order', () => {
    const { report } = check(shop(), ['--all']);
    expect(Object.keys(report)).toEqual(['version', 'files', 'lines', 'parsed', 'durationMs', 'findings', 'handoffs', 'skipped', 'errors']);
    expect(Object.keys(report.findings[0]!)).toEqual([
      'fingerprint', 'path', 'line', 'column', 'endLine', 'endColumn', 'rule', 'boundary', 'family', 'runtime', 'scope',
      'role', 'coupling', 'verdict', 'severity', 'channel', 'message', 'why', 'related', 'repair',
    ]);
    expect(Object.keys(report.findings[0]!.related[0]!)).toEqual(['path', 'line', 'column', 'role']);
    expect(report.skipped).toMatchObject({ untracedPackages: 0 });
    expect(Object.keys(check(shop()).report)).not.toContain('handoffs');
  });

  test('says what is known of a handoff', () => {
    const { report } = check(shop());
    expect(report).toMatchObject({ files: 3, parsed: 3, lines: 7 + 6 + 3 });
    expect(report.findings[1]).toMatchObject({
      path: 'src/producer.ts', line: 6, column: 15, endColumn: 18, rule: 'no-dark-queue', family: 'queue', runtime: 'node',
      role: 'producer', coupling: 'detached', verdict: 'lost', severity: 'error', channel: 'emails',
      related: [{ path: 'src/consumer.ts', line: 4, column: 27, role: 'consumer' }],
      repair: { unit: report.findings[0]!.repair && (report.findings[0]!.repair as { unit: string }).unit },
    });
  });

  test('points at the callee\'s own name', () => {
    const folder = shop({
      'src/deep.ts': 'import { Queue as Jobs } from \'bullmq\';\nclass Mail {\n  #queue = new Jobs(\'mail\');\n  async send() {\n    await this\n      .#queue\n      .add(\'x\', {});\n  }\n}\nexport { Mail };\n',
      'src/tabs.ts': 'import * as mq from "bullmq";\n\tconst ünï = new mq.Queue("q");\n\t/* 💡 */ export const f = () => ünï?.add("x", {});\n',
      'src/threads.ts': 'import { Worker } from \'node:worker_threads\';\nexport const go = () => { const worker = new Worker(\'./w.js\'); worker.postMessage({ task: 1 }); };\n',
      'src/w.js': 'const { NodeSDK } = require(\'@opentelemetry/sdk-node\');\nnew NodeSDK().start();\nconst { parentPort } = require(\'worker_threads\');\nparentPort.on(\'message\', async (m) => { await fetch(process.env.URL + m.task); });\n',
    });
    const found = check(folder).report.findings;
    const tokens = Object.fromEntries(found.map((f) => [`${f.path} ${f.boundary}`, tokenAt(folder, f)]));
    expect(tokens).toMatchObject({
      'src/consumer.ts bullmq/worker': 'Worker',
      'src/producer.ts bullmq/queue-add': 'add',
      'src/send.ts fetch/fetch': 'fetch',
      'src/deep.ts bullmq/queue-add': 'add',
      'src/tabs.ts bullmq/queue-add': 'add',
      'src/threads.ts worker_threads/worker-post-message': 'postMessage',
      'src/w.js worker_threads/parent-port-on-message': 'on',
    });
  });

  test('is the same for the same input, and sorted', () => {
    const folder = shop({ 'a.ts': producer, 'src/Z.ts': producer.replaceAll('\n', '\r\n'), 'src/ä.ts': producer, 'b/x.ts': consumer.replace('./send.ts', '../src/send.ts') });
    const strip = ({ stdout }: { stdout: string }): string => stdout.replace(/"durationMs": \d+/, '');
    const [first, second] = [check(folder, ['--all']), check(folder, ['--all'])];
    expect(strip(second)).toBe(strip(first));
    const paths = first.report.findings.map((f) => f.path);
    expect(paths).toEqual([...paths].sort());
    expect(new Set(first.report.findings.map((f) => f.fingerprint)).size).toBe(first.report.findings.length);
  });

  test('paths are relative to the working directory', () => {
    const folder = shop();
    expect(places(check(folder).report.findings)).toEqual(all);
    expect(places(check(path.join(folder, 'src')).report.findings)).toEqual(all.map((row) => row.replace('src/', '')));
    expect(places(check(path.join(folder, 'src'), ['..']).report.findings)).toEqual(all.map((row) => row.replace('src/', '')));
    const beside = path.join(folder, 'other');
    fs.mkdirSync(beside);
    expect(places(check(beside, ['../src']).report.findings)).toEqual(all.map((row) => `../${row}`));
    expect(places(check('/', [folder]).report.findings)).toEqual(all.map((row) => `${folder.slice(1)}/${row}`));
  });

  test('files that are given are reported alone, with the other side in sight', () => {
    const folder = shop();
    const { report } = check(folder, ['src/producer.ts']);
    expect(places(report.findings)).toEqual([all[1]]);
    expect(report.files).toBe(1);
    expect(report.findings[0]!.related).toEqual([{ path: 'src/consumer.ts', line: 4, column: 27, role: 'consumer' }]);
    expect(places(check(folder, ['./src/send.ts', path.join(folder, 'src/consumer.ts')]).report.findings)).toEqual([all[0], all[2]]);
    expect(places(check(folder, ['src', 'src/send.ts', '.']).report.findings)).toEqual(all);
  });

  test('a fingerprint survives line moves, other folders and a narrower look', () => {
    const folder = shop({ 'src/again.ts': producer });
    const prints = (outcome: ReturnType<typeof check>): Record<string, string> => Object.fromEntries(outcome.report.findings.map((f) => [path.basename(f.path), f.fingerprint]));
    const before = prints(check(folder));
    expect(prints(check(path.join(folder, 'src')))).toEqual(before);
    expect(prints(check(folder, ['src/producer.ts']))).toEqual({ 'producer.ts': before['producer.ts'] });
    fs.writeFileSync(path.join(folder, 'src/producer.ts'), `// one\n// two\n${producer.replace('await queue.add(', 'await queue.add(\n    ')}`);
    expect(Object.values(prints(check(folder))).sort()).not.toEqual([]);
    fs.writeFileSync(path.join(folder, 'src/producer.ts'), `// one\n\n${producer}`);
    expect(prints(check(folder))).toEqual(before);
  });
});

describe('what goes where', () => {
  test('findings to stdout, notes to stderr', () => {
    const folder = tree({ 'package.json': { ...manifest, dependencies: { bullmq: '^5.40.0' } }, 'src/producer.ts': producer });
    const { stdout, stderr } = cli(folder, ['check']);
    expect(stdout).toContain('hands work over without trace context');
    expect(stderr).toBe('No OpenTelemetry SDK was found, so every package counts as traced (--assume-traced says so outright).\n');
    expect(cli(shop(), ['check']).stderr).toBe('');
    expect(cli(shop(), ['check', '--format', 'json']).stderr).toBe('');
  });

  test('--output gets the report, stdout nothing', () => {
    const folder = shop();
    const { status, stdout, stderr } = cli(folder, ['check', '--format', 'json', '--output', 'report.json']);
    expect({ status, stdout, stderr }).toEqual({ status: 1, stdout: '', stderr: '' });
    expect(places(JSON.parse(fs.readFileSync(path.join(folder, 'report.json'), 'utf8')).findings)).toEqual(all);
    expect(fs.readdirSync(folder).sort()).toEqual(['.git', 'package.json', 'report.json', 'src']);
    cli(folder, ['check', '--output', 'report.json'], { FORCE_COLOR: '1' });
    expect(fs.readFileSync(path.join(folder, 'report.json'), 'utf8')).toMatch(/^src\/consumer\.ts\n {2}4:27 {2}error/);
  });

  test.each([
    ['no-such-folder/report.json', 'its folder does not exist'],
    ['package.json/report.json', 'its folder does not exist'],
    ['src', 'it is a folder'],
    ['src/send.ts', 'it is source code'],
  ])('--output %s is one line, and nothing is written', (output, reason) => {
    const folder = shop();
    const before = fs.readFileSync(path.join(folder, 'src/send.ts'), 'utf8');
    for (const command of [['check'], ['fix', '--write']]) {
      const { status, stdout, stderr } = cli(folder, [...command, '--output', output]);
      expect({ status, stdout, stderr }).toEqual({ status: 2, stdout: '', stderr: `--output ${output}: can't be written (${reason}); give a file in a folder that exists and can be written\n` });
    }
    expect(fs.readFileSync(path.join(folder, 'src/send.ts'), 'utf8')).toBe(before);
  });

  test('a failed run does not replace the report of a good one', () => {
    const folder = shop({ 'report.json': 'the last good one' });
    for (const args of [['check', 'nowhere'], ['check', '--config', 'nowhere.json'], ['fix', 'nowhere', '--format', 'json']]) {
      expect(cli(folder, [...args, '--output', 'report.json']).status).toBe(2);
      expect(fs.readFileSync(path.join(folder, 'report.json'), 'utf8')).toBe('the last good one');
    }
  });
});

describe('options', () => {
  test('--all lists what is in order, and by what', () => {
    const folder = shop({ 'src/late.ts': 'export function later() {\n  setTimeout(() => fetch(process.env.URL!), 10);\n}\n' });
    const { report } = check(folder, ['--all', '--instrumentation', '@opentelemetry/instrumentation-undici']);
    expect(report.handoffs!.map((h) => [h.path, h.boundary, h.verdict, h.rule])).toEqual([
      ['src/late.ts', 'timers/set-timeout', 'kept', 'no-unbound-callback'],
      ['src/late.ts', 'fetch/fetch', 'covered', 'no-dark-request'],
      ['src/send.ts', 'fetch/fetch', 'covered', 'no-dark-request'],
    ]);
    expect(report.handoffs![2]!.by).toContain('@opentelemetry/instrumentation-undici');
    expect(Object.keys(report.handoffs![0]!)).toEqual([
      'fingerprint', 'path', 'line', 'column', 'endLine', 'endColumn', 'rule', 'boundary', 'family', 'runtime', 'scope',
      'role', 'coupling', 'verdict', 'channel', 'message', 'why', 'related', 'by',
    ]);
    const carried = shop({ 'src/producer.ts': producer.replace('{ id });', '{ id }, carrier());').replace('\n\n', '\nimport { context, propagation } from \'@opentelemetry/api\';\nfunction carrier() {\n  const metadata = {};\n  propagation.inject(context.active(), metadata);\n  return { telemetry: { metadata: JSON.stringify(metadata) } };\n}\n') });
    expect(check(carried, ['--all']).report.handoffs!.map((h) => [h.boundary, h.verdict])).toEqual([['bullmq/queue-add', 'carried']]);
  });

  test('--runtime decides what a timer loses', () => {
    const folder = tree({ 'package.json': manifest, 'a.ts': 'export function later() {\n  setTimeout(() => fetch("/x"), 10);\n}\n' });
    const timers = (...args: string[]): string[] => check(folder, args).report.findings.filter((f) => f.family === 'timer').map((f) => f.runtime);
    expect(timers()).toEqual([]);
    expect(timers('--runtime', 'node')).toEqual([]);
    expect(timers('--runtime', 'auto')).toEqual([]);
    expect(timers('--runtime', 'portable')).toEqual(['portable']);
    expect(timers('--runtime', 'browser-zone')).toEqual([]);
    expect(timers('--strict')).toEqual(['portable']);
  });

  test('--instrumentation says what is on', () => {
    const folder = shop({ 'src/telemetry.ts': 'import { NodeSDK } from \'@opentelemetry/sdk-node\';\nimport { UndiciInstrumentation } from \'@opentelemetry/instrumentation-undici\';\nnew NodeSDK({ instrumentations: [new UndiciInstrumentation()] }).start();\n', 'package.json': { ...manifest, dependencies: { ...manifest.dependencies, '@opentelemetry/instrumentation-undici': '^0.10.0' } } });
    const requests = (...args: string[]): number => check(folder, args).report.findings.filter((f) => f.family === 'http').length;
    expect(requests()).toBe(0);
    expect(requests('--instrumentation', 'auto')).toBe(0);
    expect(requests('--instrumentation', 'none')).toBe(1);
    expect(requests('--instrumentation', '@opentelemetry/instrumentation-http')).toBe(1);
    expect(requests('--instrumentation', '@opentelemetry/instrumentation-http,@opentelemetry/instrumentation-undici')).toBe(0);
  });

  test('--assume-traced checks packages in which no tracer runs', () => {
    const folder = tree({
      'package.json': { private: true, workspaces: ['packages/*'] },
      'packages/app/package.json': manifest, 'packages/app/index.ts': calm,
      'packages/job/package.json': { name: 'job', dependencies: { bullmq: '^5.40.0' } }, 'packages/job/index.ts': producer,
    });
    const without = check(folder);
    expect(without.report.findings).toEqual([]);
    expect(without.report.skipped).toMatchObject({ untracedPackages: 1, untracedHandoffs: 1 });
    expect(without.status).toBe(0);
    expect(without.stderr).toContain('Skipped 1 package in which no tracer runs');
    expect(places(check(folder, ['--assume-traced']).report.findings)).toEqual(['packages/job/index.ts:6 bullmq/queue-add']);
  });

  test('--tests, and tests that are named', () => {
    const folder = shop({ 'src/producer.test.ts': producer, 'test/helper.ts': producer });
    const files = (...args: string[]): number => check(folder, args).report.files;
    expect(files()).toBe(3);
    expect(files('--tests')).toBe(5);
    expect(files('test')).toBe(1);
    expect(files('src/producer.test.ts')).toBe(1);
  });

  test('--no-ignore, node_modules and build output', () => {
    const folder = shop({ '.gitignore': 'generated\n', 'generated/a.ts': producer, 'node_modules/x/a.js': producer, 'dist/a.js': producer, 'src/types.d.ts': 'export {};\n' });
    expect(check(folder).report.files).toBe(3);
    expect(check(folder, ['--no-ignore']).report.files).toBe(4);
    expect(check(folder, ['generated']).report.files).toBe(1);
  });

  test('--config, else the nearest one upward', () => {
    const folder = shop({ 'handoff.config.json': { rules: { 'no-dark-request': 'off' } }, 'ci/strict.json': { rules: { 'no-dark-queue': 'off' } } });
    expect(places(check(folder).report.findings)).toEqual(all.slice(0, 2));
    expect(check(path.join(folder, 'src')).report.findings).toHaveLength(2);
    expect(places(check(folder, ['--config', 'ci/strict.json']).report.findings)).toEqual([all[2]]);
    expect(places(check(path.join(folder, 'ci'), ['--config', 'strict.json', '../src']).report.findings)).toEqual([`../${all[2]!}`]);
  });

  test.each([
    [['chek'], 'otel-handoff: unknown command "chek"; did you mean `check`?'],
    [['toString'], 'otel-handoff: unknown command "toString"; allowed: check, fix, explain, catalogue'],
    [['check', '--fromat', 'json'], 'otel-handoff check: unknown option --fromat; did you mean `--format`?'],
    [['check', '--no-ignor'], 'otel-handoff check: unknown option --no-ignor; did you mean `--no-ignore`?'],
    [['check', '-x'], 'otel-handoff check: unknown option -x; `otel-handoff check --help` lists the options'],
    [['check', '--format', 'jsn'], 'otel-handoff check: --format can\'t be "jsn"; did you mean `json`?'],
    [['check', '--fail-on', 'info'], 'otel-handoff check: --fail-on can\'t be "info"; allowed: error, warn, never'],
    [['check', '--runtime', 'deno'], 'otel-handoff check: --runtime can\'t be "deno"; allowed: auto, node, browser, browser-zone, portable'],
    [['check', '--format'], 'otel-handoff check: Option \'--format <value>\' argument missing; `otel-handoff check --help` lists the options'],
    [['check', '--all=yes'], 'otel-handoff check: Option \'--all\' does not take an argument; `otel-handoff check --help` lists the options'],
    [['check', '--config', ''], 'otel-handoff check: --config is empty'],
    [['fix', '--no-typecheck'], 'otel-handoff fix: unknown option --no-typecheck; did you mean `--no-type-check`?'],
    [['fix', '--limit', 'many'], 'otel-handoff fix: --limit can\'t be "many"; it takes a whole number'],
    [['fix', '--only', 'no-drak-queue'], '--only no-drak-queue: no rule, boundary or family of this name; did you mean `no-dark-queue`?'],
  ])('%j is one line and status 2', (args, line) => {
    expect(cli(shop(), args)).toEqual({ status: 2, stdout: '', stderr: `${line}\n` });
  });

  test('--help and --version', () => {
    const { version } = JSON.parse(fs.readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };
    for (const flag of ['--version', '-v']) expect(cli('/', [flag])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
    expect(check(shop()).report.version).toBe(version);
    for (const args of [['--help'], ['-h'], ['help'], ['check', '--help'], ['fix', '-h', 'nowhere']]) {
      const { status, stdout, stderr } = cli('/', args);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout).toContain('Usage: otel-handoff');
      expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
    }
    expect(cli('/', [])).toMatchObject({ status: 2, stdout: '' });
  });
});
