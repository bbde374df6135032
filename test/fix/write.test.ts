import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { WriteError, writeAtomically } from '../../src/fix/write.ts';
import { temporary } from './support.ts';

function names(folder: string): string[] {
  return fs.readdirSync(folder).sort();
}

test('writes in order, makes folders, and leaves no temporaries', () => {
  const folder = temporary({ 'a.ts': 'old' });
  const a = path.join(folder, 'a.ts');
  const b = path.join(folder, 'new/deep/b.ts');
  expect(writeAtomically([{ path: b, before: undefined, after: 'B' }, { path: a, before: 'old', after: 'new' }])).toEqual([b, a]);
  expect(fs.readFileSync(a, 'utf8')).toBe('new');
  expect(fs.readFileSync(b, 'utf8')).toBe('B');
  expect(names(folder)).toEqual(['a.ts', 'new']);
  expect(names(path.dirname(b))).toEqual(['b.ts']);
});

test('keeps the mode, a BOM and CRLF', () => {
  const folder = temporary({ 'a.mjs': '\uFEFF#!x\r\n' });
  const file = path.join(folder, 'a.mjs');
  fs.chmodSync(file, 0o751);
  writeAtomically([{ path: file, before: '\uFEFF#!x\r\n', after: '\uFEFF#!y\r\n' }]);
  expect(fs.statSync(file).mode & 0o777).toBe(0o751);
  expect(fs.readFileSync(file)).toEqual(Buffer.from('\uFEFF#!y\r\n'));
});

test('nothing at all is written when a file has been edited meanwhile', () => {
  const folder = temporary({ 'a.ts': 'a', 'b.ts': 'edited' });
  const [a, b] = [path.join(folder, 'a.ts'), path.join(folder, 'b.ts')];
  const attempt = (): string[] =>
    writeAtomically([{ path: a, before: 'a', after: 'A' }, { path: b, before: 'b', after: 'B' }]);
  expect(attempt).toThrow(/b\.ts: is no longer what was analysed; somebody has edited it meanwhile/);
  expect(fs.readFileSync(a, 'utf8')).toBe('a');
  expect(fs.readFileSync(b, 'utf8')).toBe('edited');
});

test('a new file that exists by now is not overwritten', () => {
  const folder = temporary({ 'a.ts': 'theirs' });
  expect(() => writeAtomically([{ path: path.join(folder, 'a.ts'), before: undefined, after: 'ours' }])).toThrow(/exists by now/);
  expect(fs.readFileSync(path.join(folder, 'a.ts'), 'utf8')).toBe('theirs');
});

test('bytes that are not UTF-8 are never written back damaged', () => {
  const folder = temporary();
  const file = path.join(folder, 'a.js');
  const bytes = Buffer.from([0x2f, 0x2f, 0xe9, 0x0a]);
  fs.writeFileSync(file, bytes);
  expect(() => writeAtomically([{ path: file, before: fs.readFileSync(file, 'utf8'), after: 'x' }])).toThrow(WriteError);
  expect(fs.readFileSync(file)).toEqual(bytes);
});

test('writes through a symbolic link, which stays one', () => {
  const folder = temporary({ 'real/a.ts': 'old' });
  const link = path.join(folder, 'a.ts');
  fs.symlinkSync(path.join(folder, 'real/a.ts'), link);
  expect(writeAtomically([{ path: link, before: 'old', after: 'new' }])).toEqual([link]);
  expect(fs.lstatSync(link).isSymbolicLink()).toBe(true);
  expect(fs.readFileSync(path.join(folder, 'real/a.ts'), 'utf8')).toBe('new');
  expect(names(path.join(folder, 'real'))).toEqual(['a.ts']);
});

test('removes the temporaries of dead runs and no others', () => {
  const dead = '.otel-handoff-999999999-0.tmp';
  const running = `.otel-handoff-${process.ppid}-3.tmp`;
  const reused = `.otel-handoff-${process.ppid}-4.tmp`;
  const folder = temporary({ 'a.ts': 'a', [dead]: '', [running]: '', [reused]: '', '.otel-handoff.tmp': '' });
  fs.utimesSync(path.join(folder, reused), 0, 0);
  writeAtomically([{ path: path.join(folder, 'a.ts'), before: 'a', after: 'b' }]);
  expect(names(folder)).toEqual([running, '.otel-handoff.tmp', 'a.ts'].sort());
});

test('says what was written before a file came to differ, and leaves no temporary', () => {
  const folder = temporary({ 'a.ts': 'a', 'b.ts': 'b' });
  const [a, b] = [path.join(folder, 'a.ts'), path.join(folder, 'b.ts')];
  let error: unknown;
  try {
    // The second change of `b` stands for somebody who edits it during the run.
    writeAtomically([{ path: a, before: 'a', after: 'A' }, { path: b, before: 'b', after: 'B' }, { path: b, before: 'b', after: 'C' }]);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(WriteError);
  expect((error as WriteError).written).toEqual([a, b]);
  expect((error as WriteError).path).toBe(b);
  expect(fs.readFileSync(b, 'utf8')).toBe('B');
  expect(names(folder)).toEqual(['a.ts', 'b.ts']);
});
