/** The first pass over many files, alone and with a thread: only what is built has one. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Catalogue } from '../../src/catalogue/catalogue.ts';
import { bin, check, root, run } from './cli.ts';

type Built<T> = Promise<T>;
/** Compiled, module by module: what is shipped is a bundle of these. */
const built = (file: string): string => pathToFileURL(join(root, 'build/src', file)).href;
const reading = (): Built<typeof import('../../src/project/reading.ts')> => import(built('project/reading.js')) as Built<typeof import('../../src/project/reading.ts')>;
const catalogue = async (): Promise<Catalogue> => (await (import(built('catalogue/catalogue.js')) as Built<typeof import('../../src/catalogue/catalogue.ts')>)).loadCatalogue();

let folder: string;
const paths: string[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'handoff-reading-'));
  const add = (name: string, text: string | Buffer): void => {
    const path = join(folder, name);
    writeFileSync(path, text);
    paths.push(path);
  };
  mkdirSync(join(folder, 'src'));
  // More than a thread is begun for, and than one report holds.
  for (let index = 0; index < 700; index++) add(`src/plain-${index}.ts`, `export const value${index} = ${index};\n// ${'x'.repeat(2_000)}\n`);
  add('src/bom.ts', '\uFEFFexport const name = "é漢";\n');
  add('src/empty.ts', '');
  add('src/sender.ts', "import { Queue } from 'bullmq';\nexport const send = () => new Queue('mail').add('mail', {});\n");
  add('src/utf16.ts', Buffer.from('\uFEFFexport const a = 1;', 'utf16le'));
  paths.push(join(folder, 'src/gone.ts'));
  paths.sort();
  writeFileSync(join(folder, 'package.json'), '{ "name": "many", "type": "module" }');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Says how each thread ended, and waits for it. */
const watch = `
import os from 'node:os';
import threads from 'node:worker_threads';
import { syncBuiltinESMExports } from 'node:module';
os.availableParallelism = () => 2;
threads.Worker = class extends threads.Worker {
  constructor(...args) {
    super(...args);
    this.on('exit', (code) => { console.error('a thread ended with', code); });
  }
  unref() {}
  async terminate() {}
};
syncBuiltinESMExports();
`;

describe('the files of a repo', () => {
  it('say the same to two threads as to one', async () => {
    const [{ Reading }, known] = [await reading(), await catalogue()];
    const alone = new Reading(paths, known, 1).finish();
    const together = new Reading(paths, known, 2).finish();
    expect(together).toEqual(alone);
    const of = (name: string): (typeof alone)[number] => alone[paths.indexOf(join(folder, 'src', name))]!;
    expect(of('sender.ts')).toMatchObject({ lines: 2, any: true, modules: ['bullmq'] });
    expect(of('bom.ts')).toMatchObject({ text: 'export const name = "é漢";\n' });
    expect(of('empty.ts')).toMatchObject({ text: '', lines: 0, any: false });
    expect(of('utf16.ts')).toEqual({ unreadable: 'it is UTF-16, and only UTF-8 is read' });
    expect(of('gone.ts')).toMatchObject({ unreadable: expect.stringContaining('ENOENT') as string });
  });

  it('are read although the thread dies at once', async () => {
    const [{ Reading }, known] = [await reading(), await catalogue()];
    const broken = { ...known, boundaries: [{ match: undefined }] } as unknown as Catalogue;
    expect(new Reading(paths, broken, 2).finish()).toEqual(new Reading(paths, known, 1).finish());
  });

  it('are read by a thread in what is shipped, too', () => {
    const { stderr } = run(process.execPath, ['--import', `data:text/javascript,${encodeURIComponent(watch)}`, bin, 'check', '--assume-traced'], folder);
    expect(stderr).toContain('a thread ended with 0\n');
  });

  it('are all in the report, those that cannot be read among the errors', () => {
    const { report } = check(folder, ['--assume-traced']);
    expect(report.files).toBe(704);
    expect(report.findings.map(({ path, boundary }) => `${path} ${boundary}`)).toEqual(['src/sender.ts bullmq/queue-add']);
    expect(report.errors).toEqual([{ path: 'src/utf16.ts', code: 'unreadable', message: 'it is UTF-16, and only UTF-8 is read' }]);
  });
});
