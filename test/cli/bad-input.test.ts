/** Bad input: one clear line on stderr, the right status, and the other files' results. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { tree } from '../project/tree.ts';
import { bin, check, cli, fix, run } from './cli.ts';
import { calm, manifest, producer, shop } from './samples.ts';

/** What `shop` holds in any case. */
const found = ['src/consumer.ts', 'src/producer.ts', 'src/send.ts'];
const paths = ({ report }: ReturnType<typeof check>): string[] => report.findings.map((f) => f.path);
const lines = (text: string): string[] => text.split('\n').filter(Boolean);

describe('a path that does not exist', () => {
  test('alone: no report at all', () => {
    for (const args of [['check', 'nowhere'], ['check', 'nowhere', '--format', 'json'], ['fix', 'nowhere', '--format', 'json'], ['fix', 'nowhere']]) {
      expect(cli(shop(), args)).toEqual({ status: 2, stdout: '', stderr: 'nowhere: no such file or folder; give paths that exist, relative to the working directory\n' });
    }
  });

  test('beside others: theirs are checked', () => {
    const outcome = check(shop(), ['nowhere/x.ts', 'src']);
    expect(paths(outcome)).toEqual(found);
    expect(outcome.report.errors).toEqual([{ path: 'nowhere/x.ts', code: 'unreadable', message: 'no such file or folder' }]);
    expect(outcome).toMatchObject({ status: 2, stderr: 'nowhere/x.ts: no such file or folder\n' });
    const stylish = cli(shop(), ['check', 'src/send.ts/x.ts', 'src']);
    expect(stylish.stdout).toContain('3 dark handoffs');
    expect(stylish.stdout).toContain('1 path could not be checked, so the run failed');
    expect(stylish.status).toBe(2);
  });
});

describe('a configuration', () => {
  test.each([
    ['{ "runtimes": "node" }', 'handoff.config.json: runtimes: unknown key; did you mean `runtime`?'],
    ['{ "rules": { "no-dark-queu": "off" } }', 'handoff.config.json: rules["no-dark-queu"]: unknown key; did you mean `no-dark-queue`?'],
    ['{ "runtime": "nod" }', 'handoff.config.json: runtime: "nod" is not allowed; did you mean `node`?'],
    ['{ "runtime": ', /^handoff\.config\.json:1:\d+: not valid JSON \(.+\); comments and trailing commas are not allowed$/],
    ['{\n  "runtime": "node",\n}', /^handoff\.config\.json:3:1: not valid JSON/],
    ['', /^handoff\.config\.json:1:1: not valid JSON/],
    ['[]', /^handoff\.config\.json: expected an object, found an array$/],
  ])('%j', (text, line) => {
    const folder = shop();
    fs.writeFileSync(path.join(folder, 'handoff.config.json'), text);
    const { status, stdout, stderr } = cli(folder, ['check', '--format', 'json']);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(lines(stderr)).toEqual([typeof line === 'string' ? line : expect.stringMatching(line)]);
  });

  test('stops `fix` too', () => {
    const folder = shop({ 'handoff.config.json': { runtimes: 'node' } });
    expect(cli(folder, ['fix', '--write'])).toEqual({ status: 2, stdout: '', stderr: 'handoff.config.json: runtimes: unknown key; did you mean `runtime`?\n' });
    expect(fs.readFileSync(path.join(folder, 'src/producer.ts'), 'utf8')).toBe(producer);
  });

  test('stops every command that reads it, and overwrites nothing', () => {
    const folder = shop({ 'handoff.config.json': { runtimes: 'node' }, 'b.json': 'the last good one', 'out.txt': 'the last good one' });
    for (const args of [['check', '--report', 'sarif=out.txt'], ['check', '--only', 'queue', '--output', 'out.txt'], ['catalogue', '--output', 'out.txt'], ['explain', 'bullmq'], ['explain', 'src/producer.ts:6', '--output', 'out.txt']]) {
      expect(cli(folder, args)).toEqual({ status: 2, stdout: '', stderr: 'handoff.config.json: runtimes: unknown key; did you mean `runtime`?\n' });
    }
    for (const file of ['b.json', 'out.txt']) expect(fs.readFileSync(path.join(folder, file), 'utf8')).toBe('the last good one');
  });

  test('that is a folder', () => {
    expect(cli(shop(), ['check', '--config', 'src'])).toEqual({ status: 2, stdout: '', stderr: 'src: can\'t be read (it is a folder)\n' });
  });

  test('that is not there', () => {
    expect(cli(shop(), ['check', '--config', 'ci.json'])).toEqual({ status: 2, stdout: '', stderr: 'ci.json: no such file\n' });
  });

  test('with a BOM and CRLF is read', () => {
    expect(paths(check(shop({ 'handoff.config.json': '\uFEFF{\r\n  "rules": { "no-dark-queue": "off" }\r\n}\r\n' })))).toEqual(['src/send.ts']);
  });
});

describe('a package of the workspace', () => {
  test.each([
    [['--workspace', 'shpo'], '--workspace shpo: no package of this workspace has that name or folder; did you mean `shop`?'],
    [['--workspace', 'shop', 'src'], 'otel-handoff check: --workspace with paths; give a package, or paths'],
    [['--workspace='], 'otel-handoff check: --workspace is empty'],
  ])('%j', (args, line) => {
    expect(cli(shop(), ['check', ...args])).toEqual({ status: 2, stdout: '', stderr: `${line}\n` });
  });

  test('that is there', () => {
    const outcome = check(shop(), ['--workspace', 'shop']);
    expect(paths(outcome)).toEqual(found);
    expect(cli(shop(), ['check', '--workspace', 'shop']).stdout).toContain('`npx otel-handoff fix --workspace shop` shows how');
  });
});

describe('a file that does not parse', () => {
  const broken = 'import { Worker } from \'bullmq\';\nexport function f( {\n';

  test('is listed, costs the others nothing, and fails the run', () => {
    const outcome = check(shop({ 'src/broken.ts': broken }));
    expect(paths(outcome)).toEqual(found);
    expect(outcome.report.errors).toMatchObject([{ path: 'src/broken.ts', code: 'parse-error' }]);
    expect(outcome.status).toBe(2);
    expect(lines(outcome.stderr)).toEqual([expect.stringMatching(/^src\/broken\.ts:\d+:\d+: can't be parsed: .+$/)]);
  });

  test('is only listed with --allow-parse-errors', () => {
    const outcome = check(shop({ 'src/broken.ts': broken }), ['--allow-parse-errors']);
    expect(outcome.report.errors).toHaveLength(1);
    expect(outcome.status).toBe(1);
    expect(check(tree({ 'broken.ts': broken, 'calm.ts': calm }), ['--allow-parse-errors'])).toMatchObject({ status: 0 });
  });

  test.each(['stylish', 'json'])('never looks clean in %s', (format) => {
    const folder = tree({ 'broken.ts': broken, 'calm.ts': calm });
    const { status, stdout } = cli(folder, ['check', '--format', format]);
    expect(status).toBe(2);
    expect(stdout).not.toContain('No dark handoffs in');
    if (format === 'json') expect(JSON.parse(stdout)).toMatchObject({ errors: [{ path: 'broken.ts' }] });
    else expect(stdout).toContain('does not mean that there are none');
  });

  test('does not keep `fix` from the others', () => {
    const folder = shop({ 'src/broken.ts': broken });
    const outcome = fix(folder, ['--write']);
    expect(outcome.report.applied).toHaveLength(2);
    expect(outcome.status).toBe(2);
    expect(fs.readFileSync(path.join(folder, 'src/broken.ts'), 'utf8')).toBe(broken);
    // Nothing is left in what could be read: the empty report of a failed run is not printed.
    expect(cli(folder, ['fix', '--format', 'json'])).toMatchObject({ status: 2, stdout: '' });
    expect(cli(folder, ['fix'])).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('Nothing to repair in what could be read.') });
  });
});

describe('a file that can\'t be read', () => {
  test('a folder named like a file is walked', () => {
    const folder = shop({ 'src/x.ts/inner.ts': producer });
    expect(paths(check(folder))).toEqual([...found, 'src/x.ts/inner.ts']);
    expect(paths(check(folder, ['src/x.ts']))).toEqual(['src/x.ts/inner.ts']);
  });

  test('a dangling symbolic link is no file, and one that is named is an error', () => {
    const folder = shop();
    fs.symlinkSync('nowhere.ts', path.join(folder, 'src/link.ts'));
    expect(check(folder)).toMatchObject({ status: 1, report: { files: 3, errors: [] } });
    expect(check(folder, ['src'])).toMatchObject({ status: 1 });
    expect(cli(folder, ['check', 'src/link.ts'])).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('src/link.ts: no such file or folder') });
  });

  test.skipIf(process.platform === 'win32')('a pipe and a device are no files, and are not waited for', () => {
    const folder = shop();
    run('mkfifo', ['src/pipe.ts'], folder);
    fs.symlinkSync('/dev/zero', path.join(folder, 'src/zero.ts'));
    expect(paths(check(folder))).toEqual(found);
    const outcome = check(folder, ['src/pipe.ts', 'src/zero.ts', 'src/send.ts']);
    expect(outcome).toMatchObject({ status: 2, stderr: 'src/pipe.ts: not a file\nsrc/zero.ts: not a file\n' });
    expect(paths(outcome)).toEqual(['src/send.ts']);
  });

  test('links that go round', () => {
    const folder = shop();
    fs.symlinkSync('..', path.join(folder, 'src/up'));
    fs.symlinkSync('round.ts', path.join(folder, 'src/round.ts'));
    expect(paths(check(folder))).toEqual(found);
  });

  test('something that is not JavaScript or TypeScript', () => {
    const outcome = check(shop({ 'README.md': '# x' }), ['README.md', 'src']);
    expect(paths(outcome)).toEqual(found);
    expect(outcome).toMatchObject({ status: 2, stderr: 'README.md: not a JavaScript or TypeScript file\n' });
  });
});

describe('odd content', () => {
  test.each<[string, Record<string, string | Buffer>]>([
    ['no text', {
      'empty.ts': '',
      'bom.ts': '\uFEFF',
      'nul.ts': '\0\0\0',
      'junk.ts': Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919) % 256)),
      'mpeg.ts': Buffer.alloc(1880, Buffer.from([0x47, 0x40, 0, 0x10])),
      'not-utf8.ts': Buffer.from([0x65, 0x78, 0x70, 0x6f, 0x72, 0x74, 0x20, 0x7b, 0x7d, 0x3b, 0xff, 0xfe, 0x80]),
    }],
    ['much text', {
      'comment.ts': '// queue.add',
      'shebang.ts': '#!/usr/bin/env node\nexport {};\n',
      'long.ts': `export const x = "${'a'.repeat(500_000)}";`,
      'deep.ts': `export const x = ${'['.repeat(3000)}${']'.repeat(3000)};`,
    }],
  ])('%s', (_title, odd) => {
    const folder = shop();
    for (const [name, content] of Object.entries(odd)) fs.writeFileSync(path.join(folder, 'src', name), content);
    const outcome = check(folder);
    expect(paths(outcome)).toEqual(found);
    expect(outcome).toMatchObject({ status: 1, stderr: '', report: { files: 3 + Object.keys(odd).length, errors: [] } });
  });

  test('UTF-16 is said not to be read, for it may hold anything', () => {
    const folder = shop();
    fs.writeFileSync(path.join(folder, 'src/wide.ts'), Buffer.from(`\uFEFF${producer}`, 'utf16le'));
    const outcome = check(folder);
    expect(paths(outcome)).toEqual(found);
    expect(outcome).toMatchObject({ status: 2, stderr: 'src/wide.ts: it is UTF-16, and only UTF-8 is read\n', report: { errors: [{ path: 'src/wide.ts', code: 'unreadable' }] } });
  });

  test('junk that holds a known word is listed as not parsed', () => {
    const folder = shop();
    fs.writeFileSync(path.join(folder, 'src/odd.ts'), Buffer.concat([Buffer.from([0, 1, 2, 255, 254]), Buffer.from('bullmq .add( fetch(')]));
    const outcome = check(folder);
    expect(paths(outcome)).toEqual(found);
    expect(outcome.report.errors).toMatchObject([{ path: 'src/odd.ts', code: 'parse-error' }]);
    expect(outcome.status).toBe(2);
    expect(lines(outcome.stderr)).toHaveLength(1);
  });

  test('CRLF and a BOM do not move positions', () => {
    const folder = shop();
    const plain = check(folder).report.findings;
    for (const file of found) {
      const full = path.join(folder, file);
      fs.writeFileSync(full, `\uFEFF${fs.readFileSync(full, 'utf8').replaceAll('\n', '\r\n')}`);
    }
    expect(check(folder).report.findings).toEqual(plain);
  });
});

describe('odd projects', () => {
  test('without a package.json', () => {
    const outcome = check(tree({ 'src/producer.ts': producer }));
    expect(outcome).toMatchObject({ status: 1 });
    expect(paths(outcome)).toEqual(['src/producer.ts']);
    expect(fix(tree({ 'src/producer.ts': producer }), ['--no-type-check'])).toMatchObject({ status: 1, report: { applied: [], refused: [{ code: 'unsupported-shape' }], files: [] } });
  });

  test('with a broken package.json', () => {
    const outcome = check(shop({ 'package.json': '{ "name": ' }));
    expect(paths(outcome)).toEqual(found);
    expect(outcome.status).toBe(1);
    expect(lines(outcome.stderr).filter((line) => line.startsWith('package.json: '))).toHaveLength(1);
  });

  test.each<[string, Record<string, string>]>([
    ['an empty folder', {}],
    ['a folder without code', { 'README.md': '# x', 'data.json': '{}' }],
  ])('%s', (_title, files) => {
    const folder = tree(files);
    for (const args of [['check'], ['check', '--format', 'json']]) expect(cli(folder, args)).toMatchObject({ status: 0, stderr: 'No JavaScript or TypeScript files here.\n' });
    expect(cli(folder, ['check']).stdout).toBe('There was nothing to check.\n');
    expect(cli(folder, ['fix', '--write'])).toEqual({ status: 0, stdout: '', stderr: 'No JavaScript or TypeScript files here.\nNothing to repair.\n' });
  });

  test('with a tsconfig that is no JSON', () => {
    expect(paths(check(shop({ 'tsconfig.json': '{ "extends": "./nowhere.json", ' })))).toEqual(found);
  });
});

describe('output', () => {
  test('that nobody reads to the end is no error', () => {
    const folder = shop(Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`src/p${i}.ts`, producer])));
    for (const format of ['json', 'stylish']) {
      const { stdout, stderr } = run('bash', ['-c', `"$0" "$1" check --format ${format} | head -n 1; echo "status \${PIPESTATUS[0]}"`, process.execPath, bin], folder);
      expect(lines(stdout).at(-1)).toBe('status 1');
      expect(stderr).toBe('');
    }
    expect(run('bash', ['-c', '"$0" "$1" check nowhere 2>&1 | true; echo "status ${PIPESTATUS[0]}"', process.execPath, bin], folder).stdout).toBe('status 2\n');
  });

  test('is complete on a pipe', () => {
    const folder = shop(Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`src/p${i}.ts`, producer])));
    // A reader that starts late: the pipe is full long before.
    const { stdout } = spawnSync('bash', ['-c', '"$0" "$1" check --format json | (sleep 2; cat)', process.execPath, bin], { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 28 });
    expect(stdout.length).toBeGreaterThan(400_000);
    expect((JSON.parse(stdout) as { findings: unknown[] }).findings).toHaveLength(403);
  });

  test.skipIf(!fs.existsSync('/dev/full'))('that can\'t be written is a failure', () => {
    const { stdout, stderr } = run('bash', ['-c', '"$0" "$1" check > /dev/full; echo "status $?"', process.execPath, bin], shop({ 'package.json': manifest }));
    expect(stdout).toBe('status 2\n');
    expect(lines(stderr)).toEqual(['otel-handoff: the report can\'t be written (ENOSPC)']);
  });
});

/** The tests may run as root, who may read everything; nobody may read what is in root's home. */
const asNobody = (cwd: string, ...args: string[]): ReturnType<typeof run> => run('setpriv', ['--reuid=65534', '--regid=65534', '--clear-groups', process.execPath, bin, ...args], cwd);
const canBeNobody = process.getuid?.() === 0 && fs.existsSync('/usr/bin/setpriv') && asNobody('/', '--version').status === 0;

describe.skipIf(!canBeNobody)('what may not be read or written', () => {
  test('is one line each, and the others are checked', () => {
    const folder = shop({ 'locked/x.ts': producer });
    fs.chmodSync(folder, 0o755);
    fs.chmodSync(path.join(folder, 'src/send.ts'), 0);
    fs.chmodSync(path.join(folder, 'locked'), 0);
    const { status, stdout, stderr } = asNobody(folder, 'check', '--format', 'json');
    expect(status).toBe(2);
    expect(lines(stderr)).toEqual(['locked: permission denied (EACCES)', 'src/send.ts: permission denied (EACCES)']);
    expect((JSON.parse(stdout) as { findings: { path: string }[] }).findings.map((f) => f.path)).toEqual(found.slice(0, 2));
    expect(asNobody(folder, 'check', '--output', 'report.txt')).toEqual({ status: 2, stdout: '', stderr: '--output report.txt: can\'t be written (permission denied (EACCES)); give a file in a folder that exists and can be written\n' });
    fs.writeFileSync(path.join(folder, 'b.json'), '{}', { mode: 0 });
    expect(asNobody(folder, 'check', '--baseline', 'b.json')).toEqual({ status: 2, stdout: '', stderr: '--baseline b.json: can\'t be read (permission denied (EACCES))\n' });
    expect(asNobody(folder, 'check', '--baseline', 'new.json', '--update-baseline')).toEqual({ status: 2, stdout: '', stderr: '--baseline new.json: can\'t be written (permission denied (EACCES)); give a file in a folder that exists and can be written\n' });
    expect(lines(asNobody(folder, 'fix', '--write', '--no-type-check', 'src/producer.ts').stderr)).toEqual(['src/consumer.ts: permission denied (EACCES); nothing was written']);
  });
});
