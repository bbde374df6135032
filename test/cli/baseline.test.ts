/** `check --baseline`: only what is new fails, and the file never grows by itself. */
import fs from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { check, cli, readSchema } from './cli.ts';
import { producer, shop } from './samples.ts';

const file = 'handoff-baseline.json';
const text = (folder: string): string => fs.readFileSync(path.join(folder, file), 'utf8');
const write = (folder: string, name: string, content: string): void => fs.writeFileSync(path.join(folder, name), content);
const update = ['check', '--baseline', file, '--update-baseline'];

function started(): string {
  const folder = shop();
  expect(cli(folder, update)).toEqual({ status: 0, stdout: `No new dark handoffs in 3 files.\n3 known from ${file}.\n`, stderr: `${file}: made, with 3 findings.\n` });
  return folder;
}

test('made, kept, new, stale, shrunk, grown', () => {
  const folder = started();
  const first = text(folder);
  const valid = new Ajv2020().compile(readSchema('baseline'));
  expect(valid(JSON.parse(first)), JSON.stringify(valid.errors)).toBe(true);

  const known = check(folder, ['--baseline', file]);
  expect(known).toMatchObject({ status: 0, stderr: '', report: { findings: [], skipped: { knownFindings: 3 } } });

  write(folder, 'src/again.ts', producer.replace('order', 'reorder'));
  const fresh = check(folder, ['--baseline', file]);
  expect(fresh.status).toBe(1);
  expect(fresh.report.findings.map((f) => f.path)).toEqual(['src/again.ts']);
  expect(cli(folder, ['check', '--baseline', file, '--format', 'markdown']).stdout).toContain('## 🔦 1 new dark handoff\n');
  // Updating takes nothing in, and still fails for what is new.
  const kept = cli(folder, update);
  expect(kept.status).toBe(1);
  expect(kept.stderr).toBe(`${file}: 0 entries taken out; 3 left.\n`);
  expect(text(folder)).toBe(first);

  write(folder, 'src/send.ts', 'export async function send(_id: string) {}\n');
  const stale = cli(folder, ['check', '--baseline', file]);
  expect(stale.stderr).toMatch(new RegExp(`^${file}: \\d entr(y|ies) no longer found; --update-baseline takes (it|them) out:\n(?: {2}src/\\S+ {2}no-dark-\\S+ {2}\\S+ {2}[0-9a-f]{16}\n)+$`));
  expect(stale.stderr).toContain('  src/send.ts  no-dark-request  fetch/fetch  ');
  expect(text(folder)).toBe(first);
  expect(cli(folder, update).status).toBe(1);
  expect(text(folder)).not.toContain('src/send.ts');
  expect(text(folder)).not.toContain('src/again.ts');

  const grown = cli(folder, [...update, '--accept-new']);
  expect(grown).toMatchObject({ status: 0, stderr: expect.stringMatching(/: 0 entries taken out, 1 put in; \d left\.\n$/) });
  expect(text(folder)).toContain('"src/again.ts"');
});

test('a part of the rules or of the folders leaves the rest of the file alone', () => {
  const folder = started();
  const first = text(folder);
  for (const args of [['--only', 'http'], ['src/send.ts']]) {
    expect(cli(folder, [...update, ...args])).toMatchObject({ status: 0, stderr: `${file}: 0 entries taken out; 3 left.\n` });
    expect(text(folder)).toBe(first);
  }
});

describe('bad input: exit 2, one line, nothing overwritten', () => {
  test.each<[string, string, RegExp]>([
    ['broken JSON', '{ "version": 1, ', /^--baseline handoff-baseline\.json: not valid JSON \(.*\); restore it from version control$/],
    ['a merge conflict', '{\n<<<<<<< ours\n', /: has merge conflicts; restore it from version control$/],
    ['another version', '{ "version": 2, "findings": [] }', /: is of version 2, and this otel-handoff reads version 1; /],
    ['something else', '{ "name": "x" }', /: is no baseline \(.*\)/],
    ['an entry with a key too many', '{ "version": 1, "findings": [{ "fingerprint": "0123456789abcdef", "path": "a", "rule": "r", "boundary": "b", "line": 1 }] }', /: is no baseline \(findings\[0\]\.line: unknown key\)/],
  ])('%s', (_title, content, line) => {
    const folder = shop();
    write(folder, file, content);
    for (const args of [['check', '--baseline', file], update]) {
      const { status, stdout, stderr } = cli(folder, args);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr.trimEnd().split('\n')).toEqual([expect.stringMatching(line)]);
    }
    expect(text(folder)).toBe(content);
  });

  test.each([
    [['--baseline', file], `--baseline ${file}: no such file; --update-baseline makes it`],
    [['--update-baseline'], 'otel-handoff check: --update-baseline without a file; give --baseline FILE'],
    [['--baseline', file, '--accept-new'], 'otel-handoff check: --accept-new says what --update-baseline may do; give --update-baseline, too'],
    [['--baseline', file, '--update-baseline', '--since', 'main'], 'otel-handoff check: --update-baseline with --since; a baseline is made and updated from a look at everything'],
    [['--baseline', file, '--update-baseline', '--output', `./${file}`], `--output ./${file}: is the baseline; give each report a file of its own`],
    [['--baseline', file, '--update-baseline', '--report', `json=${file}`], `--report json=${file}: is the baseline; give each report a file of its own`],
    [['--baseline', 'src', '--update-baseline'], '--baseline src: can\'t be read (it is a folder)'],
    [['--baseline', 'nowhere/b.json', '--update-baseline'], '--baseline nowhere/b.json: can\'t be written (its folder does not exist); give a file in a folder that exists and can be written'],
  ])('%j', (args, line) => {
    const folder = shop();
    expect(cli(folder, ['check', ...args])).toEqual({ status: 2, stdout: '', stderr: `${line}\n` });
    expect(fs.existsSync(path.join(folder, file))).toBe(false);
  });

  test('a run that fails makes no baseline, and changes none', () => {
    const folder = started();
    const first = text(folder);
    write(folder, 'src/send.ts', 'export const x = 1;\n');
    write(folder, 'src/broken.ts', 'import { Queue } from "bullmq"; queue.add(\n');
    const { status, stderr } = cli(folder, update);
    expect(status).toBe(2);
    expect(stderr).toContain(`${file}: not updated, because the run failed.\n`);
    expect(text(folder)).toBe(first);
    fs.rmSync(path.join(folder, file));
    expect(cli(folder, update)).toMatchObject({ status: 2, stderr: expect.stringContaining(`${file}: not made, because the run failed.\n`) });
    expect(fs.existsSync(path.join(folder, file))).toBe(false);
  });
});
