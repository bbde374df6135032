/** `check --since` and `--only`: what the report is narrowed to. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { tree } from '../project/tree.ts';
import { check, cli, run } from './cli.ts';
import { calm, producer, send, shop } from './samples.ts';

const git = (folder: string, ...args: string[]): string => {
  const { status, stdout, stderr } = run('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.com', '-c', 'commit.gpgsign=false', ...args], folder);
  if (status !== 0) throw new Error(stderr);
  return stdout;
};
const write = (folder: string, name: string, content: string): void => fs.writeFileSync(path.join(folder, name), content);
const paths = ({ report }: ReturnType<typeof check>): string[] => report.findings.map((f) => f.path);

function repo(more: Record<string, string> = {}): string {
  const folder = shop(more);
  fs.rmSync(path.join(folder, '.git'), { recursive: true });
  git(folder, 'init', '-q', '-b', 'main');
  git(folder, 'add', '-A');
  git(folder, 'commit', '-qm', 'one');
  git(folder, 'checkout', '-qb', 'work');
  return folder;
}

describe('--since', () => {
  test('nothing changed', () => {
    expect(cli(repo(), ['check', '--since', 'main'])).toEqual({ status: 0, stdout: 'No JavaScript or TypeScript file changed since main.\n', stderr: '' });
  });

  test('committed, staged, not staged, not tracked; and the other side', () => {
    const folder = repo({ 'src/other.ts': producer.replaceAll('emails', 'letters') });
    write(folder, 'src/producer.ts', `// moved\n${producer}`);
    git(folder, 'commit', '-qam', 'two');
    const committed = check(folder, ['--since', 'main']);
    expect(paths(committed)).toEqual(['src/consumer.ts', 'src/producer.ts']);
    expect(committed).toMatchObject({ status: 1, report: { files: 1 } });
    write(folder, 'src/new file#1.ts', producer.replaceAll('emails', 'ünï'));
    expect(paths(check(folder, ['--since', 'main']))).toEqual(['src/consumer.ts', 'src/new file#1.ts', 'src/producer.ts']);
    git(folder, 'add', '-A');
    expect(paths(check(folder, ['--since', 'main']))).toEqual(['src/consumer.ts', 'src/new file#1.ts', 'src/producer.ts']);
    const { stdout } = cli(folder, ['check', '--since', 'main']);
    expect(stdout).toContain('3 dark handoffs in 3 files (2 changed files): 3 errors');
    expect(stdout).toContain('`npx otel-handoff fix src/consumer.ts \'src/new file#1.ts\' src/producer.ts` shows how');
    expect(paths(check(path.join(folder, 'src'), ['--since', 'HEAD']))).toEqual(['new file#1.ts']);
    expect(paths(check(folder, ['--since', 'main', 'src/consumer.ts']))).not.toContain('src/new file#1.ts');
  });

  test('what main did meanwhile is not ours', () => {
    const folder = repo();
    write(folder, 'src/calm.ts', calm);
    git(folder, 'add', '-A');
    git(folder, 'commit', '-qm', 'ours');
    git(folder, 'checkout', '-q', 'main');
    write(folder, 'src/send.ts', `// theirs\n${send}`);
    git(folder, 'commit', '-qam', 'theirs');
    git(folder, 'checkout', '-q', 'work');
    expect(check(folder, ['--since', 'main'])).toMatchObject({ status: 0, report: { files: 1, findings: [] } });
  });

  test('a deleted file is none to check', () => {
    const folder = repo();
    fs.rmSync(path.join(folder, 'src/producer.ts'));
    expect(check(folder, ['--since', 'main'])).toMatchObject({ status: 0, report: { files: 0, findings: [] } });
  });

  test('a tag; a renamed file, and its other side; a submodule is somebody else\'s', () => {
    const folder = repo();
    git(folder, 'tag', '-a', 'v1', '-m', 'one');
    git(folder, 'mv', 'src/producer.ts', 'src/renamed.ts');
    git(folder, 'commit', '-qm', 'renamed');
    expect(paths(check(folder, ['--since', 'v1']))).toEqual(['src/consumer.ts', 'src/renamed.ts']);
    const library = repo();
    git(folder, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', `file://${library}`, 'vendored');
    git(folder, 'commit', '-qm', 'submodule');
    write(folder, 'vendored/src/send.ts', `// changed\n${send}`);
    expect(paths(check(folder, ['--since', 'v1']))).not.toContain('vendored/src/send.ts');
    expect(paths(check(path.join(folder, 'vendored'), ['--since', 'HEAD']))).toEqual(['src/send.ts']);
  });

  test('fingerprints are those of a whole look', () => {
    const folder = repo({ 'src/a.ts': producer, 'src/b.ts': producer });
    write(folder, 'src/producer.ts', `// moved\n${producer}`);
    const whole = new Map(check(folder).report.findings.map((f) => [f.path, f.fingerprint]));
    for (const finding of check(folder, ['--since', 'main']).report.findings) expect(finding.fingerprint).toBe(whole.get(finding.path));
  });

  test('with a baseline only what is new in what changed', () => {
    const folder = repo();
    cli(folder, ['check', '--baseline', 'b.json', '--update-baseline']);
    write(folder, 'src/producer.ts', `${producer}\nexport const again = () => queue.add('again', {});\n`);
    const outcome = check(folder, ['--since', 'main', '--baseline', 'b.json']);
    expect(outcome.report.findings.map((f) => [f.path, f.line])).toEqual([['src/producer.ts', 9]]);
    expect(outcome.stderr).toBe('');
  });

  describe('what git does not know: exit 2, one line', () => {
    test.each([
      ['nowhere', '--since nowhere: no such commit, branch or tag; a branch of the remote is `origin/NAME`, and has to be fetched\n'],
      ['--output=x', '--since --output=x: no such commit, branch or tag; a branch of the remote is `origin/NAME`, and has to be fetched\n'],
      ['', 'otel-handoff check: --since is empty\n'],
    ])('%j', (ref, stderr) => {
      const folder = repo();
      expect(cli(folder, ['check', `--since=${ref}`])).toEqual({ status: 2, stdout: '', stderr });
      expect(fs.existsSync(path.join(folder, 'x'))).toBe(false);
    });

    test('no repository', () => {
      const folder = tree({ 'a.ts': calm });
      const broken = cli(folder, ['check', '--since', 'main']);
      expect(broken).toMatchObject({ status: 2, stdout: '' });
      expect(broken.stderr).toMatch(/^--since main: git can't read this repository \(.+\); leave --since out to check everything\n$/);
      expect(cli(folder, ['check', '--since', 'main'], { PATH: '' })).toEqual({ status: 2, stdout: '', stderr: '--since main: git can\'t read this repository (git is not installed); leave --since out to check everything\n' });
      fs.rmSync(path.join(folder, '.git'), { recursive: true });
      expect(cli(folder, ['check', '--since', 'main'])).toEqual({ status: 2, stdout: '', stderr: '--since main: this is no git repository; leave --since out to check everything\n' });
    });

    test('a repository without a commit', () => {
      const folder = tree({ 'a.ts': calm });
      fs.rmSync(path.join(folder, '.git'), { recursive: true });
      git(folder, 'init', '-q');
      expect(cli(folder, ['check', '--since', 'HEAD'])).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(/^--since HEAD: no such commit, branch or tag; .*\n$/) });
    });

    test('a shallow clone', () => {
      const origin = repo();
      git(origin, 'commit', '-q', '--allow-empty', '-m', 'two');
      git(origin, 'commit', '-q', '--allow-empty', '-m', 'three');
      const folder = path.join(tree({}), 'clone');
      git(path.dirname(folder), 'clone', '-q', '--depth', '1', `file://${origin}`, folder);
      const unknown = cli(folder, ['check', '--since', 'origin/main']);
      expect(unknown).toMatchObject({ status: 2, stdout: '' });
      expect(unknown.stderr).toMatch(/^--since origin\/main: no such commit, branch or tag in this shallow clone; fetch more of it: .*fetch-depth: 0.*\n$/);
      git(folder, 'fetch', '-q', '--depth', '1', 'origin', 'main:refs/remotes/origin/main');
      expect(cli(folder, ['check', '--since', 'origin/main']).stderr).toMatch(/^--since origin\/main: where it and HEAD part is not in this shallow clone; fetch more of it: .*\n$/);
      git(folder, 'fetch', '-q', '--unshallow');
      expect(cli(folder, ['check', '--since', 'origin/main']).status).toBe(0);
    });

    test('no commit in common', () => {
      const folder = repo();
      git(folder, 'checkout', '-q', '--orphan', 'island');
      git(folder, 'commit', '-qm', 'island');
      expect(cli(folder, ['check', '--since', 'main'])).toMatchObject({ status: 2, stdout: '', stderr: '--since main: it and HEAD have no commit in common\n' });
    });
  });
});

describe('--only', () => {
  test.each([['no-dark-queue', 2], ['queue', 2], ['fetch/fetch', 1], ['http,queue', 3], ['mcp', 0]])('%s', (only, findings) => {
    const outcome = check(shop(), ['--only', only]);
    expect(outcome.report.findings).toHaveLength(findings);
    expect(outcome.status).toBe(findings > 0 ? 1 : 0);
  });

  test('a name that nothing has would look clean', () => {
    expect(cli(shop(), ['check', '--only', 'no-dark-queu'])).toEqual({ status: 2, stdout: '', stderr: '--only no-dark-queu: no rule, boundary or family of this name; did you mean `no-dark-queue`?\n' });
    expect(cli(shop(), ['check', '--only', 'http,queu'])).toMatchObject({ status: 2, stderr: expect.stringContaining('no rule, boundary or family is called "queu"; did you mean `queue`?') });
  });

  test('the command that repairs repairs the same', () => {
    expect(cli(shop(), ['check', '--only', 'queue']).stdout).toContain('`npx otel-handoff fix --only queue`');
    expect(cli(shop(), ['fix', '--only', 'http,queue', '--no-type-check']).stderr).toContain('Would migrate 3 of 3 handoffs');
  });
});
