/** Other files as a linted one sees them: read again when they have changed, and not parsed where a program or the text tells. */
import { utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { Surroundings } from '../../src/eslint/surroundings.ts';
import { ExportedValues } from '../../src/analysis/exported-values.ts';
import { parse } from '../../src/analysis/source.ts';
import { tree } from '../project/tree.ts';

const files = { 'package.json': { name: 'it' }, 'a.ts': "import { mails } from './b.js';\nexport const a = mails;\n", 'b.ts': 'export const letters = 1;\n' };

function change(file: string, text: string, stamp: number): void {
  writeFileSync(file, text);
  utimesSync(file, stamp, stamp);
}

it('reads and parses a file again when it has changed', () => {
  const cwd = tree(files);
  const surroundings = new Surroundings(ts, cwd);
  const b = path.join(cwd, 'b.ts');
  const before = surroundings.load(b, undefined);
  expect(surroundings.load(b, undefined)).toBe(before);
  change(b, 'export const mails = 1;\n', 1);
  expect(surroundings.read(b)).toBe('export const mails = 1;\n');
  expect(surroundings.load(b, undefined)).not.toBe(before);
  expect(surroundings.load(path.join(cwd, 'none.ts'), undefined)).toBeUndefined();
});

it('forgets what the text of a file told of its exports when it has changed', () => {
  const cwd = tree(files);
  const surroundings = new Surroundings(ts, cwd);
  const [a, b] = [path.join(cwd, 'a.ts'), path.join(cwd, 'b.ts')];
  // An engine lives for one file.
  const lacks = (): boolean => new ExportedValues(ts, {
    resolve: (from, specifier) => surroundings.modules.resolve(from, specifier), load: (file) => surroundings.load(file, undefined), read: (file) => surroundings.read(file), exportWords: surroundings.exportWords,
  }).lacks('./b.js', 'mails', parse(ts, a, files['a.ts']));
  expect(lacks()).toBe(true);
  change(b, 'export const mails = 1;\n', 1);
  expect(lacks()).toBe(false);
  change(b, 'export const letters = 1;\n', 2);
  expect(lacks()).toBe(true);
  change(b, "export * from './c.js';\n", 3);
  expect(lacks()).toBe(false);
});

it('takes what a program has parsed, as long as it is what stands on disk', () => {
  const cwd = tree(files);
  const [a, b] = [path.join(cwd, 'a.ts'), path.join(cwd, 'b.ts')];
  const program = ts.createProgram([a], { noLib: true, types: [], module: ts.ModuleKind.NodeNext });
  const surroundings = new Surroundings(ts, cwd);
  // Before the checker has bound it, it has no parents.
  expect(surroundings.load(a, program)?.ast).not.toBe(program.getSourceFile(a));
  program.getTypeChecker();
  expect(surroundings.load(b, program)?.ast).toBe(program.getSourceFile(b));
  expect(surroundings.load(b, program)).toBe(surroundings.load(b, program));
  change(b, 'export const mails = 1;\n', 1);
  expect(surroundings.load(b, program)).toMatchObject({ text: 'export const mails = 1;\n' });
});
