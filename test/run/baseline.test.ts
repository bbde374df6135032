/** What a baseline knows again, and what it doesn't. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { baselineText, entriesFor, matchBaseline, readBaseline, type BaselineEntry } from '../../src/run/baseline.ts';
import { examine } from '../../src/run/check.ts';
import { tree } from '../project/tree.ts';
import { consumer, manifest, producer, send } from '../cli/samples.ts';

const file = 'handoff-baseline.json';
const base = { 'package.json': manifest, 'src/consumer.ts': consumer, 'src/send.ts': send, 'src/producer.ts': producer };

async function made(cwd: string): Promise<BaselineEntry[]> {
  return entriesFor((await examine({ cwd })).report.findings, cwd, file);
}

async function matched(cwd: string, entries: readonly BaselineEntry[], look: { paths?: string[]; only?: Set<string>; focus?: Set<string> } = {}): Promise<{ known: string[]; fresh: string[]; stale: string[]; kept: BaselineEntry[] }> {
  const { report, keys } = await examine({ cwd, paths: look.paths, focus: look.focus });
  const { known, fresh, stale, kept } = matchBaseline(report.findings, entries, { cwd, file, keys, paths: look.paths ?? ['.'], only: look.focus, unchecked: new Set(report.errors.map((e) => path.join(cwd, e.path))), isAskedFor: () => true });
  const paths = (rows: readonly { path: string }[]): string[] => rows.map((row) => row.path);
  return { known: paths(known), fresh: paths(fresh), stale: paths(stale), kept };
}

const write = (cwd: string, name: string, text: string): void => {
  fs.mkdirSync(path.dirname(path.join(cwd, name)), { recursive: true });
  fs.writeFileSync(path.join(cwd, name), text);
};

describe('known again', () => {
  test('as it was', async () => {
    const cwd = tree(base);
    expect(await matched(cwd, await made(cwd))).toMatchObject({ known: ['src/consumer.ts', 'src/producer.ts', 'src/send.ts'], fresh: [], stale: [] });
  });

  test('on another line, in a file of another name, in another folder', async () => {
    const cwd = tree(base);
    const entries = await made(cwd);
    fs.rmSync(path.join(cwd, 'src/producer.ts'));
    write(cwd, 'src/orders/queue.ts', `// one\n\n// two\n${producer}`);
    const { fresh, stale, kept } = await matched(cwd, entries);
    expect({ fresh, stale }).toEqual({ fresh: [], stale: [] });
    expect(kept.map((e) => e.path).sort()).toEqual(['src/consumer.ts', 'src/orders/queue.ts', 'src/send.ts']);
  });

  test('a worker\'s file, which is its own channel', async () => {
    const worker = 'import { parentPort } from "node:worker_threads";\nparentPort!.on("message", async (m) => { await fetch(process.env.URL + m.task); });\n';
    const cwd = tree({ 'package.json': manifest, 'src/w.ts': worker });
    const entries = await made(cwd);
    expect(entries.map((e) => e.boundary)).toContain('worker_threads/parent-port-on-message');
    fs.renameSync(path.join(cwd, 'src/w.ts'), path.join(cwd, 'src/worker.ts'));
    expect(await matched(cwd, entries)).toMatchObject({ fresh: [], stale: [] });
    write(cwd, 'src/w.ts', worker);
    expect((await matched(cwd, entries)).fresh).toEqual(['src/worker.ts', 'src/worker.ts'].slice(0, entries.length));
  });
});

describe('new', () => {
  test('a place of its own', async () => {
    const cwd = tree(base);
    const entries = await made(cwd);
    write(cwd, 'src/again.ts', producer.replace('order', 'reorder'));
    expect(await matched(cwd, entries)).toMatchObject({ fresh: ['src/again.ts'], stale: [] });
  });

  test('the copy of a known one, though it comes first', async () => {
    const cwd = tree(base);
    const entries = await made(cwd);
    write(cwd, 'a.ts', producer);
    expect(await matched(cwd, entries)).toMatchObject({ fresh: ['a.ts'], stale: [] });
    // Also where only that file was looked at: the known one may still be where it was.
    expect(await matched(cwd, entries, { focus: new Set([path.join(cwd, 'a.ts')]) })).toMatchObject({ fresh: ['a.ts'], stale: [] });
  });

  test('a copy in place of one that was mended counts as moved', async () => {
    const cwd = tree(base);
    const entries = await made(cwd);
    write(cwd, 'src/producer.ts', 'export {};\n');
    write(cwd, 'b.ts', producer);
    expect(await matched(cwd, entries)).toMatchObject({ fresh: [], stale: [] });
  });
});

describe('stale', () => {
  test('what is mended, and the equal ones that are left are known', async () => {
    const cwd = tree({ ...base, 'src/a.ts': producer, 'src/z.ts': producer });
    const entries = await made(cwd);
    write(cwd, 'src/a.ts', 'export {};\n');
    const { fresh, stale, kept } = await matched(cwd, entries);
    expect({ fresh, stale }).toEqual({ fresh: [], stale: ['src/a.ts'] });
    expect(kept.map((e) => e.path).sort()).toEqual(['src/consumer.ts', 'src/producer.ts', 'src/send.ts', 'src/z.ts']);
    // The shrunk one is as one that is made anew.
    expect(baselineText(kept)).toBe(baselineText(await made(cwd)));
  });

  test('only what was looked at', async () => {
    const cwd = tree({ ...base, 'lib/p.ts': producer.replace('order', 'buy') });
    const entries = await made(cwd);
    for (const name of ['src/producer.ts', 'lib/p.ts']) write(cwd, name, 'export {};\n');
    expect((await matched(cwd, entries)).stale.sort()).toEqual(['lib/p.ts', 'src/producer.ts']);
    expect((await matched(cwd, entries, { paths: ['lib'] })).stale).toEqual(['lib/p.ts']);
    expect((await matched(cwd, entries, { focus: new Set([path.join(cwd, 'src/send.ts')]) })).stale).toEqual([]);
    expect((await matched(cwd, entries, { paths: ['lib'] })).kept.map((e) => e.path).sort()).toEqual(['src/consumer.ts', 'src/producer.ts', 'src/send.ts']);
  });

  test('not what could not be read', async () => {
    const cwd = tree(base);
    const entries = await made(cwd);
    write(cwd, 'src/producer.ts', `${producer}}}`);
    expect((await matched(cwd, entries)).stale).toEqual([]);
  });
});

describe('the file', () => {
  test('is a line an entry, in order, and reads back', async () => {
    const cwd = tree(base);
    const entries = await made(cwd);
    const text = baselineText([...entries].reverse());
    expect(text.split('\n')).toHaveLength(entries.length + 6);
    fs.writeFileSync(path.join(cwd, file), text);
    expect(readBaseline(path.join(cwd, file))).toEqual(entries);
    expect(baselineText([])).toBe('{\n  "version": 1,\n  "findings": []\n}\n');
    expect(readBaseline(path.join(cwd, 'nowhere.json'))).toBeUndefined();
  });

  test('names files from where it stands', async () => {
    const cwd = tree(base);
    const { report } = await examine({ cwd: path.join(cwd, 'src') });
    expect(entriesFor(report.findings, path.join(cwd, 'src'), '../ci/b.json').map((e) => e.path)).toEqual(['../src/consumer.ts', '../src/producer.ts', '../src/send.ts']);
  });
});
