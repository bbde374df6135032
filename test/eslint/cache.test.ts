/** ESLint's own memory: what `--cache` and bulk suppressions do with findings that rest on more than one file. */
import fs from 'node:fs';
import path from 'node:path';
import { ESLint } from 'eslint';
import { ESLint as ESLint9 } from 'eslint9';
import { describe, expect, test } from 'vitest';
import { refresh } from '../../src/eslint/surroundings.ts';
import handoff from '../../src/index.ts';
import { bin, root, run, type Outcome } from '../cli/cli.ts';
import { tree } from '../project/tree.ts';

const manifest = { name: 'mails', type: 'module', engines: { node: '>=20' }, dependencies: { bullmq: '^5.40.0', '@opentelemetry/api': '^1.9.0' } };
const queue = (options = ''): string => `import { Queue } from 'bullmq';\nexport const queue = new Queue('emails', { connection: {}${options} });\n`;
const send = 'import { queue } from \'./queue.js\';\nexport function send(id) {\n  return queue.add(\'welcome\', { id });\n}\n';
const files = { 'package.json': manifest, 'src/queue.js': queue(), 'src/send.js': send };
const found = 'src/send.js:3 handoff/no-dark-queue';

const write = (cwd: string, name: string, text: string): void => fs.writeFileSync(path.join(cwd, name), text);

describe.each([['10', ESLint], ['9', ESLint9]] as [string, typeof ESLint][])('--cache of ESLint %s', (_version, Version) => {
  /** A run of its own: what a process remembers is forgotten. */
  let runs = 0;
  const lint = async (cwd: string, cache = true, settings = {}): Promise<string[]> => {
    refresh(path.join(cwd, 'src'), Date.now() + ++runs * 10_000);
    const eslint = new Version({ cwd, overrideConfigFile: true, overrideConfig: [handoff.configs.recommended, { settings: { handoff: settings } }] as never, cache, cacheLocation: path.join(cwd, '.eslintcache'), cacheStrategy: 'content' });
    return (await eslint.lintFiles(['src'])).flatMap((result) => result.messages.map((m) => `${path.relative(cwd, result.filePath)}:${m.line} ${m.ruleId}`));
  };

  test('notices a change of the file itself', async () => {
    const cwd = tree(files);
    expect([await lint(cwd), await lint(cwd)]).toEqual([[found], [found]]);
    write(cwd, 'src/send.js', send.replace('queue.add', 'queue.getJob'));
    expect(await lint(cwd)).toEqual([]);
    write(cwd, 'src/send.js', `\n${send}`);
    expect(await lint(cwd)).toEqual(['src/send.js:4 handoff/no-dark-queue']);
  });

  test.each<[string, (cwd: string) => void]>([
    ['a file that an import leads to', (cwd) => write(cwd, 'src/queue.js', `import { BullMQOtel } from 'bullmq-otel';\n${queue(', telemetry: new BullMQOtel(\'mails\')')}`)],
    ['package.json', (cwd) => write(cwd, 'package.json', JSON.stringify({ ...manifest, engines: undefined, dependencies: { react: '^19.0.0' } }))],
    ['the configuration', (cwd) => write(cwd, 'handoff.config.json', JSON.stringify({ ignore: ['src/send.js'] }))],
  ])('does not notice a change of %s', async (_what, change) => {
    const cwd = tree(files);
    expect(await lint(cwd)).toEqual([found]);
    change(cwd);
    expect(await lint(cwd)).toEqual([found]);
    expect(await lint(cwd, false)).toEqual([]);
  });

  test('notices what ESLint\'s own configuration is made of', async () => {
    const cwd = tree(files);
    const facts = (): object => ({ facts: fs.readFileSync(path.join(cwd, 'package.json'), 'utf8') });
    expect(await lint(cwd, true, facts())).toEqual([found]);
    write(cwd, 'package.json', JSON.stringify({ ...manifest, engines: undefined, dependencies: { react: '^19.0.0' } }));
    expect(await lint(cwd, true, facts())).toEqual([]);
  });
});

describe('bulk suppressions', () => {
  const eslint = (cwd: string, ...args: string[]): Outcome => run(process.execPath, [path.join(root, 'node_modules/eslint/bin/eslint.js'), ...args, 'src'], cwd);

  test('keep what there is quiet, count a file\'s findings, and leave `check` alone', () => {
    const cwd = tree({ ...files, 'eslint.config.js': `import handoff from ${JSON.stringify(path.join(root, 'dist/src/index.js'))};\nexport default [handoff.configs.recommended];\n` });
    expect(eslint(cwd, '--suppress-all')).toMatchObject({ status: 0 });
    expect(JSON.parse(fs.readFileSync(path.join(cwd, 'eslint-suppressions.json'), 'utf8'))).toEqual({ 'src/send.js': { 'handoff/no-dark-queue': { count: 1 } } });
    // Moved, it is known; one more, and all of the file are shown.
    write(cwd, 'src/send.js', `// moved\n\n${send}`);
    expect(eslint(cwd, '--cache')).toMatchObject({ status: 0, stdout: '' });
    write(cwd, 'src/send.js', `${send}export const again = (id) => queue.add('again', { id });\n`);
    const more = eslint(cwd, '--cache');
    expect(more.status).toBe(1);
    expect(more.stdout.match(/handoff\/no-dark-queue/g)).toHaveLength(2);
    const { status, stdout } = run(process.execPath, [bin, 'check'], cwd);
    expect({ status, count: /^(\d+) dark handoffs/m.exec(stdout)?.[1] }).toEqual({ status: 1, count: '2' });
    // What is mended has to be pruned: ESLint says so.
    write(cwd, 'src/send.js', 'export {};\n');
    expect(eslint(cwd)).toMatchObject({ status: 2, stderr: expect.stringContaining('--prune-suppressions') });
  });
});
