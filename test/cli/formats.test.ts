/** Every format through the command line: in a real repository, on a pipe, into a file. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { formats } from '../../src/report/index.ts';
import { bin, cli } from './cli.ts';
import { manifest, producer, shop } from './samples.ts';

const names = Object.keys(formats);

test('a format that is not there', () => {
  expect(cli(shop(), ['check', '--format', 'sarf'])).toEqual({ status: 2, stdout: '', stderr: 'otel-handoff check: --format can\'t be "sarf"; did you mean `sarif`?\n' });
});

test.each(names)('%s: the same status, and the same bytes for the same input', (format) => {
  const folder = shop();
  const [first, second] = [cli(folder, ['check', '--format', format]), cli(folder, ['check', '--format', format])];
  const strip = (text: string): string => text.replace(/"durationMs": \d+/, '');
  expect(first.status).toBe(1);
  expect(strip(first.stdout)).toBe(strip(second.stdout));
  expect(first.stdout.endsWith('\n')).toBe(true);
  cli(folder, ['check', '--format', format, '--output', 'out put.txt']);
  expect(strip(fs.readFileSync(path.join(folder, 'out put.txt'), 'utf8'))).toBe(strip(first.stdout));
});

test.each(names)('%s: a file that does not parse does not look clean', (format) => {
  const folder = shop({ 'package.json': manifest, 'src/broken.ts': 'import { Queue } from "bullmq"; queue.add(\n' });
  for (const file of ['producer', 'consumer', 'send']) fs.rmSync(path.join(folder, `src/${file}.ts`));
  const { status, stdout } = cli(folder, ['check', '--format', format]);
  expect(status).toBe(2);
  expect(stdout).toMatch(format === 'stylish' ? /does not mean that there are none/ : /src\/broken\.ts/);
  expect(stdout).not.toMatch(/No dark handoffs in|✅/);
});

test('code hosts get paths from the repository\'s root, and JSON from the working directory', () => {
  const folder = shop({ 'packages/my app/src/p#1.ts': producer, 'packages/my app/package.json': manifest });
  const cwd = path.join(folder, 'packages/my app');
  const out = (format: string): string => cli(cwd, ['check', '--format', format]).stdout;
  expect(out('json')).toContain('"path": "src/p#1.ts"');
  expect(out('sarif')).toContain('"uri": "packages/my%20app/src/p%231.ts"');
  expect(out('github')).toContain('file=packages/my app/src/p#1.ts,');
  expect(out('gitlab')).toContain('"path": "packages/my app/src/p#1.ts"');
  const env = { GITHUB_SERVER_URL: 'https://example.com', GITHUB_REPOSITORY: 'o/r', GITHUB_SHA: 'abc' };
  expect(cli(cwd, ['check', '--format', 'markdown'], env).stdout).toContain('](https://example.com/o/r/blob/abc/packages/my%20app/src/p%231.ts#L6)');
});

describe('--report', () => {
  test('as many as wanted, beside what goes to stdout', () => {
    const folder = shop();
    const { status, stdout, stderr } = cli(folder, ['check', '--report', 'sarif=a=b.sarif', '--report', 'markdown=sum mary.md', '--format', 'github'], { FORCE_COLOR: '1' });
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(stdout).toMatch(/^::error /);
    expect((JSON.parse(fs.readFileSync(path.join(folder, 'a=b.sarif'), 'utf8')) as { version: string }).version).toBe('2.1.0');
    expect(fs.readFileSync(path.join(folder, 'sum mary.md'), 'utf8')).toMatch(/^## 🔦 3 dark handoffs\n/);
  });

  test.each([
    ['sarif', 'otel-handoff check: --report can\'t be "sarif"; give FORMAT=FILE with one of github, gitlab, json, markdown, sarif, stylish'],
    ['toString=x', 'otel-handoff check: --report can\'t be "toString=x"; give FORMAT=FILE with one of github, gitlab, json, markdown, sarif, stylish'],
    ['json=', 'otel-handoff check: --report can\'t be "json="; give FORMAT=FILE with one of github, gitlab, json, markdown, sarif, stylish'],
    ['json=nowhere/x.json', '--report nowhere/x.json: can\'t be written (its folder does not exist); give a file in a folder that exists and can be written'],
    ['json=src/send.ts', '--report src/send.ts: can\'t be written (it is source code); give a file in a folder that exists and can be written'],
  ])('%s is one line, and nothing is written', (given, line) => {
    const folder = shop();
    expect(cli(folder, ['check', '--report', 'markdown=first.md', '--report', given])).toEqual({ status: 2, stdout: '', stderr: `${line}\n` });
    expect(fs.existsSync(path.join(folder, 'first.md'))).toBe(false);
  });
});

test.each([
  [['--output', 'a.txt', '--report', 'json=./a.txt'], '--report json=./a.txt: is where --output goes; give each report a file of its own'],
  [['--report', 'json=a.txt', '--report', 'sarif=src/../a.txt'], '--report sarif=src/../a.txt: is where --report json goes; give each report a file of its own'],
])('%j: one line, and nothing is written', (args, line) => {
  const folder = shop();
  expect(cli(folder, ['check', ...args])).toEqual({ status: 2, stdout: '', stderr: `${line}\n` });
  expect(fs.existsSync(path.join(folder, 'a.txt'))).toBe(false);
});

describe('on a pipe', () => {
  const folder = (): string => shop(Object.fromEntries(Array.from({ length: 1500 }, (_, i) => [`src/long-name-of-a-file-${i}/p.ts`, producer])));
  test('a slow reader gets all of more than a megabyte', () => {
    const cwd = folder();
    for (const [format, find] of [['sarif', /"ruleId":/g], ['json', /"fingerprint":/g], ['gitlab', /"fingerprint":/g]] as const) {
      const { stdout } = spawnSync('bash', ['-c', `"$0" "$1" check --format ${format} | (sleep 1; while IFS= read -r -N 65536 part || [ -n "$part" ]; do printf %s "$part"; sleep 0.01; done)`, process.execPath, bin], { cwd, encoding: 'utf8', maxBuffer: 2 ** 28 });
      if (format !== 'gitlab') expect(stdout.length).toBeGreaterThan(1_000_000);
      expect(() => JSON.parse(stdout) as unknown).not.toThrow();
      expect(stdout.match(find)).toHaveLength(1503);
    }
  });
});
