/** The contract of `fix`: whole channels, shown first, type-checked, written once. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { tree } from '../project/tree.ts';
import { check, cli, fix, root, run } from './cli.ts';
import { fixFolder, fixTree, snapshot } from './fix-tree.ts';
import { calm, consumer, manifest, producer, send, shop } from './samples.ts';

const sources = { 'package.json': manifest, 'src/producer.ts': producer, 'src/consumer.ts': consumer, 'src/send.ts': send };

/** A real repository with everything committed. */
function committed(folder: string): string {
  git(folder, 'init', '--quiet');
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message', 'start');
  return folder;
}

function git(folder: string, ...args: string[]): string {
  const { status, stdout, stderr } = run('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.com', '-c', 'core.hooksPath=/dev/null', ...args], folder);
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

/** Libraries from this repository's own node_modules, so that the type gate sees real types. */
function installed(folder: string, ...names: string[]): string {
  for (const name of names) {
    const target = path.join(folder, 'node_modules', name);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.symlinkSync(path.join(root, 'node_modules', name), target);
  }
  return folder;
}

describe('a dry run', () => {
  test('prints a diff that git applies, and writes nothing', () => {
    const folder = committed(shop());
    const before = snapshot(folder);
    const { status, stdout, stderr } = cli(folder, ['fix']);
    expect(status).toBe(1);
    expect(snapshot(folder)).toEqual(before);
    expect(stderr).toMatch(/Would migrate 3 of 3 handoffs; 4 files to change\.\nThis was a dry run: --write makes the changes\.\n$/);
    const patch = path.join(folder, '../', `${path.basename(folder)}.patch`);
    try {
      fs.writeFileSync(patch, stdout);
      git(folder, 'apply', '--check', patch);
      git(folder, 'apply', patch);
    } finally {
      fs.rmSync(patch);
    }
    const applied = snapshot(folder);
    git(folder, 'reset', '--quiet', '--hard');
    git(folder, 'clean', '--quiet', '-fd');
    expect(fixFolder(folder).files).toEqual(applied);
  });

  test('the same from a folder inside, with CRLF, without a last newline, and coloured only where asked', () => {
    const folder = committed(shop({ 'src/send.ts': send.trimEnd(), 'src/producer.ts': producer.replaceAll('\n', '\r\n') }));
    const inside = path.join(folder, 'src');
    const { stdout } = cli(inside, ['fix', '--no-type-check']);
    expect(stdout).not.toMatch(/\u001b/);
    expect(cli(inside, ['fix', '--no-type-check'], { FORCE_COLOR: '1' }).stdout).toContain('\u001b[32m+');
    fs.writeFileSync(path.join(folder, 'src/x.patch'), stdout);
    git(inside, 'apply', '--check', 'x.patch');
  });
});

describe('--write', () => {
  test('repairs both sides, and check finds nothing more', () => {
    const { status, report, folder, files, stderr } = fixTree(sources);
    expect(status).toBe(0);
    expect(Object.keys(report)).toEqual(['applied', 'refused', 'reverted', 'files']);
    expect(report.applied.map((u) => [u.boundaries, u.sites.map((s) => `${s.path}:${s.line}`)])).toEqual([
      [['bullmq/worker', 'bullmq/queue-add'], ['src/consumer.ts:4', 'src/producer.ts:6']],
      [['fetch/fetch'], ['src/send.ts:2']],
    ]);
    expect(report.files).toEqual(['src/consumer.ts', 'src/otel-handoff.ts', 'src/producer.ts', 'src/send.ts']);
    expect(stderr).toContain('Migrated 3 of 3 handoffs; 4 files changed.');
    expect(files['src/producer.ts']).toMatch(/carryJob\(/);
    const { status: now, report: checked } = check(folder, ['--all']);
    expect(checked.findings).toEqual([]);
    expect(checked.handoffs!.map((h) => `${h.boundary} ${h.verdict}`)).toEqual(['bullmq/worker carried', 'bullmq/queue-add carried', 'fetch/fetch carried']);
    expect(now).toBe(0);
  });

  test('says so where there is nothing to do', () => {
    const folder = tree({ 'package.json': manifest, 'a.ts': calm });
    expect(cli(folder, ['fix', '--write'])).toEqual({ status: 0, stdout: '', stderr: 'Nothing to repair.\n' });
    expect(fix(folder).report).toEqual({ applied: [], refused: [], reverted: [], files: [] });
  });

  test('keeps modes, links, end-of-lines and BOMs', () => {
    const folder = shop({ 'src/producer.ts': `\uFEFF${producer.replaceAll('\n', '\r\n')}`, 'elsewhere/real.ts': send });
    fs.chmodSync(path.join(folder, 'src/consumer.ts'), 0o755);
    fs.rmSync(path.join(folder, 'src/send.ts'));
    fs.symlinkSync('../elsewhere/real.ts', path.join(folder, 'src/send.ts'));
    fixFolder(folder, ['--no-type-check']);
    const text = fs.readFileSync(path.join(folder, 'src/producer.ts'), 'utf8');
    expect(text.startsWith('\uFEFF')).toBe(true);
    expect(text.replaceAll('\r\n', '')).not.toContain('\n');
    expect(text.slice(1)).not.toContain('\uFEFF');
    expect(fs.statSync(path.join(folder, 'src/consumer.ts')).mode & 0o777).toBe(0o755);
    expect(fs.lstatSync(path.join(folder, 'src/send.ts')).isSymbolicLink()).toBe(true);
    expect(fs.readdirSync(path.join(folder, 'src')).filter((name) => name.includes('tmp'))).toEqual([]);
  });

  test('refuses a dirty git tree before it writes anything', () => {
    const folder = committed(shop());
    fs.writeFileSync(path.join(folder, 'notes.md'), 'mine');
    const before = snapshot(folder);
    for (const cwd of [folder, path.join(folder, 'src')]) {
      if (cwd !== folder) fs.writeFileSync(path.join(folder, 'src/mine.md'), 'mine');
      const { status, stdout, stderr } = cli(cwd, ['fix', '--write', '--no-type-check']);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr.trimEnd().split('\n').at(-1)).toBe(`${cwd === folder ? 'notes.md' : 'mine.md'}: not committed: a repair on top could not be told from your own changes; commit or stash first, or pass --allow-dirty`);
    }
    fs.rmSync(path.join(folder, 'src/mine.md'));
    expect(snapshot(folder)).toEqual(before);
    expect(cli(folder, ['fix', '--no-type-check'])).toMatchObject({ status: 1 });
    expect(cli(folder, ['fix', '--write', '--no-type-check', '--allow-dirty'])).toMatchObject({ status: 0 });
    expect(cli(folder, ['fix', '--write'])).toMatchObject({ status: 0 });
  });

  test('a file that can\'t be written is one line', () => {
    const folder = shop();
    // Not UTF-8: what was read is not what is there, so it is never written back.
    fs.appendFileSync(path.join(folder, 'src/send.ts'), Buffer.from([0x2f, 0x2f, 0xff, 0x0a]));
    const before = snapshot(folder);
    const { status, stdout, stderr } = cli(folder, ['fix', '--write']);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr.trimEnd().split('\n').at(-1)).toMatch(/^src\/send\.ts: is no longer what was analysed.*; nothing was written$/);
    expect(snapshot(folder)).toEqual(before);
  });
});

describe('whole units', () => {
  test.each(['src/producer.ts', 'src/consumer.ts'])('asked for by %s alone, both sides change', (file) => {
    const { report, files } = fixTree(sources, [file, '--no-type-check']);
    expect(report.applied).toHaveLength(1);
    expect(report.files).toEqual(['src/consumer.ts', 'src/otel-handoff.ts', 'src/producer.ts']);
    expect(files['src/send.ts']).toBe(send);
  });

  test.each([
    ['no-dark-queue', ['bullmq']], ['queue', ['bullmq']], ['bullmq/worker', ['bullmq']], ['bullmq/queue-add', ['bullmq']],
    ['fetch/fetch', ['fetch']], ['http', ['fetch']], ['thread', []],
  ])('--only %s', (only, expected) => {
    const { report } = fix(shop(), ['--only', only, '--no-type-check']);
    expect(report.applied.map((u) => u.boundaries[0]!.split('/')[0])).toEqual(expected);
    for (const unit of report.applied.filter((u) => u.boundaries.length > 1)) expect(unit.sites).toHaveLength(2);
  });

  test('--limit takes channels, not places', () => {
    const folder = shop();
    const first = fix(folder, ['--limit', '1', '--write', '--allow-dirty', '--no-type-check']);
    expect(first.report.applied).toHaveLength(1);
    expect(first.report.applied[0]!.sites).toHaveLength(2);
    expect(first).toMatchObject({ status: 1, stderr: expect.stringContaining('Migrated 2 of 3 handoffs; 1 left out by --limit; 3 files changed.') });
    expect(fixFolder(folder, ['--limit', '1', '--no-type-check'])).toMatchObject({ status: 0 });
    expect(fix(shop(), ['--limit', '0', '--no-type-check'])).toMatchObject({ status: 1, report: { applied: [], files: [] } });
  });

  test('a rule that is off is not repaired', () => {
    const { report, files } = fixTree({ ...sources, 'handoff.config.json': { rules: { 'no-dark-queue': 'off' } } }, ['--no-type-check']);
    expect(report.applied.map((u) => u.boundaries)).toEqual([['fetch/fetch']]);
    expect(files['src/producer.ts']).toBe(producer);
  });

  test.each([['parent', 'child'], ['link', 'link'], ['auto', 'link']])('--relation %s', (relation, written) => {
    expect(fixTree(sources, ['--relation', relation, '--no-type-check', 'src/consumer.ts']).files['src/consumer.ts']).toContain(`'${written}'`);
  });
});

describe('refusals', () => {
  const refusing = {
    'package.json': manifest,
    'src/nightly.ts': 'import { Queue } from \'bullmq\';\nconst queue = new Queue(\'night\');\nexport const plan = async (id: string, opts: object[]) => { await queue.add(...(opts as [string, object])); };\n',
    'src/later.ts': 'export function poll(url: string) {\n  const tick = () => { fetch(url); };\n  window.addEventListener(\'x\', tick);\n  setTimeout(tick, 10);\n  window.removeEventListener(\'x\', tick);\n}\n',
  };

  test('have a code, are counted by it, and leave the file alone', () => {
    const { status, report, files, stderr } = fixTree(refusing, ['--runtime', 'portable']);
    expect(report.refused.length).toBeGreaterThanOrEqual(2);
    for (const unit of report.refused) expect(unit).toMatchObject({ code: expect.any(String), detail: expect.any(String) });
    expect(status).toBe(1);
    expect(files['src/nightly.ts']).toBe(refusing['src/nightly.ts']);
    expect(stderr).toMatch(/^Migrated \d+ of \d+ handoffs; \d+ refused: identity-needed 1, (?:[a-z-]+ \d+, )*unsupported-shape 1, see `explain`[.;]/m);
    expect(stderr).toMatch(/^ {2}src\/nightly\.ts:3:\d+ {2}unsupported-shape: the arguments are spread from an array$/m);
  });

  test('check says the same of a request', () => {
    const asking = {
      'package.json': { ...manifest, dependencies: { ...manifest.dependencies, axios: '^1.21.0' } },
      'src/a.ts': "import axios from 'axios';\nexport const ask = () => axios.get(`${process.env.STOCK_URL}/a`, { adapter: 'xhr' });\n",
    };
    const refusal = { code: 'unsupported-shape', detail: expect.stringContaining('XMLHttpRequest') as string };
    expect(fixTree(asking).report).toMatchObject({ applied: [], refused: [refusal] });
    expect(check(tree(asking)).report.findings).toMatchObject([{ path: 'src/a.ts', repair: { refused: refusal.code, detail: refusal.detail } }]);
    expect(cli(tree(asking), ['check']).stdout).toMatch(/^ +no repair \(unsupported-shape\): .*XMLHttpRequest/m);
  });

  test('check says the same', () => {
    const { report } = check(tree(refusing), ['--runtime', 'portable']);
    expect(report.findings.find((f) => f.path === 'src/nightly.ts')!.repair).toEqual({ refused: 'unsupported-shape', detail: 'the arguments are spread from an array' });
  });
});

describe('the type gate', () => {
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc');

  /** A processor type that only a certain function has: what the repair writes does not compile. */
  const branded = 'export interface Inline { (job: { data: { id: string } }): Promise<void>; length: 1; brand?: never }\nexport class Worker { constructor(name: string, processor: Inline, options?: object); }\nexport class Queue { constructor(name: string, options?: object); add(name: string, data: object, options?: { telemetry: never }): Promise<void>; }\n';

  function project(more: Record<string, string | object> = {}): string {
    const folder = tree({
      ...sources, 'tsconfig.json': { compilerOptions: { strict: true, module: 'nodenext', target: 'es2022', types: [], lib: ['es2023', 'dom'], noEmit: true, allowImportingTsExtensions: true, skipLibCheck: true } },
      'src/process.d.ts': 'declare const process: { env: Record<string, string | undefined> };\n', ...more,
    });
    return installed(folder, '@opentelemetry/api');
  }

  const strange = { 'node_modules/bullmq/package.json': { name: 'bullmq', version: '5.40.0', types: 'index.d.ts', main: 'index.js' }, 'node_modules/bullmq/index.d.ts': branded };

  test('takes a unit back whole, and reports it with its error', () => {
    const { status, report, files, stderr } = fixFolder(project(strange));
    expect(report.applied.map((u) => u.boundaries)).toEqual([['fetch/fetch']]);
    expect(report.reverted).toMatchObject([{ boundaries: ['bullmq/worker', 'bullmq/queue-add'], errors: [expect.stringMatching(/^src\/\w+\.ts.*/)] }]);
    expect(files).toMatchObject({ 'src/producer.ts': producer, 'src/consumer.ts': consumer });
    expect(files['src/send.ts']).not.toBe(send);
    expect(status).toBe(1);
    expect(stderr).toContain('2 taken back, because the result would not compile');
    expect(stderr).toMatch(/^ {2}src\/consumer\.ts:4:\d+ {2}taken back: src\//m);
  });

  test('works in a dry run too, and is off with --no-type-check', () => {
    const folder = project(strange);
    expect(fix(folder).report.reverted).toHaveLength(1);
    expect(fix(folder, ['--no-type-check']).report).toMatchObject({ reverted: [], applied: [{}, {}] });
  });

  test('lets what compiles pass, with real types', () => {
    const folder = installed(project(), 'bullmq', 'ioredis', '@types/node');
    const config = path.join(folder, 'tsconfig.json');
    fs.writeFileSync(config, fs.readFileSync(config, 'utf8').replace('"types":[]', '"types":["node"]'));
    fs.rmSync(path.join(folder, 'src/process.d.ts'));
    expect(run(process.execPath, [tsc, '-p', folder], folder)).toEqual({ status: 0, stdout: '', stderr: '' });
    const { status, report } = fixFolder(folder);
    expect(report).toMatchObject({ reverted: [], refused: [], applied: [{}, {}] });
    expect(status).toBe(0);
    expect(run(process.execPath, [tsc, '-p', folder], folder)).toEqual({ status: 0, stdout: '', stderr: '' });
  });
});
