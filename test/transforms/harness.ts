/**
 * fixtures/repairs/<theme>/<case>: `before` is copied, repaired as the command line does it and compared with `after`
 * (changed files only) and `report.txt` (what became of each repair unit). The cases of a theme make up one package,
 * so that its compiler runs once; a case with a package.json of its own is a project of its own.
 * `UPDATE=1` writes what comes out: read it before you commit it.
 */
import fs from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import { fix, type FixOptions } from '../../src/run/fix.ts';
import type { FixReport, UnitReport } from '../../src/types.ts';
import { tree } from '../project/tree.ts';

const repo = fileURLToPath(new URL('../..', import.meta.url));
const fixtures = join(repo, 'fixtures/repairs');
const update = process.env['UPDATE'] === '1';

export const tsconfig = {
  compilerOptions: {
    target: 'es2023', lib: ['es2023', 'dom'], module: 'nodenext', types: ['node'], strict: true, noUncheckedIndexedAccess: true,
    skipLibCheck: true, noEmit: true, jsx: 'preserve', experimentalDecorators: true, allowImportingTsExtensions: true,
  },
  include: ['src'],
};
const manifest = { name: 'app', type: 'module', dependencies: { '@opentelemetry/api': '^1.9.0', bullmq: '^6.0.0', express: '^5.0.0', fastify: '^5.0.0', hono: '^4.0.0' } };

export type Options = Omit<FixOptions, 'cwd' | 'write' | 'allowDirty'>;

export interface Repaired {
  root: string;
  report: FixReport;
  errors: unknown[];
  /** The same again: must be empty. */
  again: { applied: UnitReport[]; files: string[] };
}

/** Writes the files, repairs them, repairs them again. */
export async function repair(files: Record<string, string | object>, options: Options = {}): Promise<Repaired> {
  const typed = Object.keys(files).some((path) => /\.[mc]?tsx?$/.test(path));
  const root = tree({ 'package.json': manifest, ...(typed ? { 'tsconfig.json': tsconfig } : {}), ...files });
  // JavaScript alone: what package.json declares is what is there.
  if (typed) fs.symlinkSync(join(repo, 'node_modules'), join(root, 'node_modules'));
  const all = { assumeTraced: true, ...options, cwd: root, write: true, allowDirty: true };
  const { report, errors } = await fix(all);
  const texts = filesIn(root);
  const second = await fix(all);
  expect(filesIn(root), 'a second run changes nothing').toEqual(texts);
  return { root, report, errors, again: { applied: second.report.applied, files: second.changes.map((c) => relative(root, c.path)) } };
}

export function theme(name: string, options: Options = {}): void {
  const folder = join(fixtures, name);
  const all = fs.readdirSync(folder).filter((entry) => fs.existsSync(join(folder, entry, 'before'))).sort();
  const alone = all.filter((entry) => fs.existsSync(join(folder, entry, 'before/package.json')));
  const together = all.filter((entry) => !alone.includes(entry));
  describe(name, () => {
    if (together.length > 0) run(folder, together, options, (entry) => `src/${entry}`);
    for (const entry of alone) run(folder, [entry], options, () => '.');
  });
}

function run(folder: string, entries: string[], options: Options, place: (entry: string) => string): void {
  let repaired: Repaired;
  beforeAll(async () => {
    const files = entries.flatMap((entry) => Object.entries(filesIn(join(folder, entry, 'before'))).map(([path, text]) => [join(place(entry), path), text] as const));
    repaired = await repair(Object.fromEntries(files), options);
  }, 120_000);

  it.each(entries)('%s', (entry) => {
    const before = filesIn(join(folder, entry, 'before'));
    const after: Record<string, string> = {};
    for (const path of Object.keys(filesIn(join(repaired.root, place(entry))))) {
      const text = fs.readFileSync(join(repaired.root, place(entry), path), 'utf8');
      if (text !== before[path] && !/(^|\/)(otel-handoff\.[cm]?[jt]s|tsconfig\.json)$/.test(path)) after[path] = text;
    }
    const report = reportOf(repaired.report, place(entry) === '.' ? '' : `${place(entry)}/`);
    if (update) write(join(folder, entry), after, report);
    expect(report).toBe(fs.readFileSync(join(folder, entry, 'report.txt'), 'utf8'));
    expect(after).toEqual(filesIn(join(folder, entry, 'after')));
  });

  it(`${entries.length > 1 ? 'all' : entries[0]}: the result compiles`, () => {
    if (fs.existsSync(join(repaired.root, 'tsconfig.json'))) expect(problemsIn(repaired.root)).toEqual([]);
  });

  it(`${entries.length > 1 ? 'all' : entries[0]}: a second run changes nothing`, () => {
    expect(repaired.errors).toEqual([]);
    expect(repaired.again).toEqual({ applied: [], files: [] });
  });
}

/** What the compiler says, asked without the type gate. */
export function problemsIn(root: string): string[] {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  return ts.getPreEmitDiagnostics(ts.createProgram(fileNames, options)).map((d) =>
    `${d.file ? relative(root, d.file.fileName) : ''}:${d.file ? d.file.getLineAndCharacterOfPosition(d.start!).line + 1 : 0} ${ts.flattenDiagnosticMessageText(d.messageText, ' ')}`);
}

/** What became of each unit that has a place below `prefix`. */
export function reportOf(report: FixReport, prefix: string): string {
  const lines = (['applied', 'refused', 'reverted'] as const).flatMap((what) => report[what].flatMap((unit) => {
    const sites = unit.sites.filter((site) => site.path.startsWith(prefix));
    if (sites.length === 0) return [];
    const places = sites.map((site) => `${site.path.slice(prefix.length)}:${site.line}`).sort().join(' ');
    return [[what, ...(unit.code ? [unit.code] : []), `${unit.boundaries.join(' ')} at ${places}`, ...(unit.errors ? [`\n  ${unit.errors.join('\n  ')}`] : [])].join(' ')];
  }));
  return `${lines.sort().join('\n')}\n`;
}

function filesIn(folder: string): Record<string, string> {
  if (!fs.existsSync(folder)) return {};
  const files = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'));
  return Object.fromEntries(files.map((entry) => join(entry.parentPath, entry.name)).sort().map((path) => [relative(folder, path), fs.readFileSync(path, 'utf8')]));
}

function write(folder: string, after: Record<string, string>, report: string): void {
  fs.rmSync(join(folder, 'after'), { recursive: true, force: true });
  for (const [path, text] of Object.entries(after)) {
    fs.mkdirSync(join(folder, 'after', path, '..'), { recursive: true });
    fs.writeFileSync(join(folder, 'after', path), text);
  }
  fs.writeFileSync(join(folder, 'report.txt'), report);
}
