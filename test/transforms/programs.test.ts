/** What holds for every repair of every program: it parses, exports the same, is done at once, and touches nothing else. */
import fs from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compiler } from '../../src/run/analyse.ts';
import { parse, parseErrors } from '../../src/analysis/source.ts';
import { fix } from '../../src/run/fix.ts';
import { tree } from '../project/tree.ts';
import type { Options } from './harness.ts';
import { page, server, type Program } from './programs.ts';
import { outsideOfReports } from './ranges.ts';

const manifest = { name: 'app', type: 'module', dependencies: { '@opentelemetry/api': '^1.9.0', bullmq: '^6.0.0' } };
const files = 8;

/** Names that a file exports, in order. */
function exportsOf(path: string, text: string): string[] {
  return parse(compiler, path, text).ast.statements.filter((statement) => compiler.canHaveModifiers(statement) && compiler.getModifiers(statement)?.some(({ kind }) => kind === compiler.SyntaxKind.ExportKeyword))
    .map((statement) => /\b(?:const|function|class)\s+(\w+)/.exec(statement.getText())?.[1] ?? '');
}

async function repairs(programs: readonly Program[], options: Options): Promise<number> {
  const before = Object.fromEntries(programs.map(({ path, text }) => [path, text]));
  for (const [path, text] of Object.entries(before)) expect(parseErrors(compiler, parse(compiler, path, text)), text).toEqual([]);
  const root = tree({ 'package.json': manifest, ...before });
  const all = { ...options, cwd: root, assumeTraced: true, typeCheck: false };
  expect(outsideOfReports(root, all)).toEqual([]);
  const { report, errors } = await fix({ ...all, write: true, allowDirty: true });
  expect(errors).toEqual([]);
  for (const [path, text] of Object.entries(before)) {
    const after = fs.readFileSync(join(root, path), 'utf8');
    expect(parseErrors(compiler, parse(compiler, path, after)), after).toEqual([]);
    expect(exportsOf(path, after)).toEqual(exportsOf(path, text));
    expect(after.startsWith('\uFEFF')).toBe(text.startsWith('\uFEFF'));
    expect(/(^|[^\r])\n/.test(after)).toBe(/(^|[^\r])\n/.test(text));
  }
  const again = await fix(all);
  expect(again.report.applied).toEqual([]);
  expect(again.changes.map(({ path, after }) => `${path}\n${after}`)).toEqual([]);
  fs.rmSync(root, { recursive: true });
  return report.applied.length;
}

describe('any program', () => {
  it.each([
    ['a server', server, { runtime: 'node' } as const],
    ['a page', page, { runtime: 'browser' } as const],
  ])('%s', async (_, made, options) => {
    let applied = 0;
    const package_ = fc.tuple(...Array.from({ length: files }, (_each, n) => made(n)));
    await fc.assert(fc.asyncProperty(package_, async (programs) => {
      applied += await repairs(programs, options);
    }), { numRuns: 8, seed: 20_261_121, endOnFailure: process.env['SHRINK'] !== '1' });
    // Most of what is made hands something over.
    expect(applied).toBeGreaterThan(40);
  });
});
