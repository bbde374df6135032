import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { changesOf } from '../../src/fix/edits.ts';
import { typeGate, type TypeGateOptions, type TypeGateResult } from '../../src/fix/type-gate.ts';
import type { RepairUnit } from '../../src/fix/unit.ts';
import { replacement, temporary, unit } from './support.ts';

const started = Date.now();
const TSCONFIG = JSON.stringify({
  compilerOptions: { target: 'es2022', module: 'nodenext', strict: true, noEmit: true, types: [], skipLibCheck: true },
  include: ['src'],
});

interface Repo {
  folder: string;
  file: (name: string) => string;
  text: (name: string) => string;
  replace: (id: string, ...changes: [name: string, find: string, by: string][]) => RepairUnit;
  gate: (units: RepairUnit[], options?: Partial<TypeGateOptions> & { added?: Record<string, string> }) => TypeGateResult;
}

/** `installed`: with this repo's own node_modules, TypeScript and the OTel API among them. */
function repo(files: Record<string, string>, installed = true): Repo {
  const folder = temporary({ 'package.json': '{"type":"module"}', ...files });
  if (installed) fs.symlinkSync(path.resolve('node_modules'), path.join(folder, 'node_modules'));
  const file = (name: string): string => path.join(folder, name);
  const text = (name: string): string => fs.readFileSync(file(name), 'utf8');
  return {
    folder,
    file,
    text,
    replace: (id, ...changes) =>
      unit(id, changes.map(([name, find, by]) => replacement(file(name), text(name).replace(/^\uFEFF/, ''), find, by))),
    gate: (units, { added = {}, ...options } = {}) => typeGate(units, {
      cwd: folder,
      rebuild: (some) => new Map([
        ...changesOf(some, (name) => fs.readFileSync(name, 'utf8')).map(({ path: name, after }) => [name, after] as const),
        ...(some.length > 0 ? Object.entries(added).map(([name, after]) => [file(name), after] as const) : []),
      ]),
      ...options,
    }),
  };
}

const ids = (units: readonly RepairUnit[]): string[] => units.map(({ report }) => report.id);

describe('typeGate', () => {
  test('lets pass what adds no error', () => {
    const { replace, gate, file } = repo({ 'tsconfig.json': TSCONFIG, 'src/a.ts': 'export const a: number = 1;\n' });
    const result = gate([replace('good', ['src/a.ts', '1', '2'])]);
    expect(ids(result.kept)).toEqual(['good']);
    expect(result.changes.get(file('src/a.ts'))).toBe('export const a: number = 2;\n');
    expect(result).toMatchObject({ notes: [], rounds: 2 });
    expect(result.errors.size).toBe(0);
  });

  test('takes back the unit that adds one, and reports it', () => {
    const { replace, gate, file } = repo({
      'tsconfig.json': TSCONFIG, 'src/a.ts': 'export const a: number = 1;\n', 'src/b.ts': 'export const b: number = 1;\n',
    });
    const result = gate([replace('good', ['src/a.ts', '1', '2']), replace('bad', ['src/b.ts', '1', '"x"'])]);
    expect(ids(result.kept)).toEqual(['good']);
    expect([...result.errors]).toEqual([['bad', ["src/b.ts:1:14 TS2322: Type 'string' is not assignable to type 'number'."]]]);
    expect([...result.changes.keys()]).toEqual([file('src/a.ts')]);
  });

  test('of many units in one file, only the guilty', () => {
    const lines = Array.from({ length: 40 }, (_, index) => `export const a${index}: number = ${1000 + index};`);
    const { replace, gate } = repo({ 'tsconfig.json': TSCONFIG, 'src/a.ts': `${lines.join('\n')}\n` });
    const units = lines.map((_, index) => replace(`u${index}`, ['src/a.ts', `${1000 + index}`, index % 13 === 7 ? '"long string"' : '0']));
    const result = gate(units);
    expect([...result.errors.keys()]).toEqual(['u7', 'u20', 'u33']);
    expect(result.kept.length).toBe(37);
    expect(result.rounds).toBeLessThan(8);
  });

  test('a unit is taken back whole', () => {
    const { replace, gate } = repo({
      'tsconfig.json': TSCONFIG, 'src/a.ts': 'export const a: number = 1;\n', 'src/b.ts': 'export const b: number = 1;\n',
    });
    const result = gate([replace('both', ['src/a.ts', '1', '2'], ['src/b.ts', '1', '"x"'])]);
    expect(result.kept).toEqual([]);
    expect(result.changes.size).toBe(0);
  });

  test('nor do those that the compiler words by what it has looked at before', () => {
    // A union is told in the order in which its parts were first met.
    const { replace, gate } = repo({
      'tsconfig.json': TSCONFIG, 'src/a.ts': "export const one: 'one' = 'one';\nexport const two: 'two' = 'two';\nexport const n = 1;\n",
      'src/b.ts': "import { n } from './a.js';\ndeclare const word: 'two' | 'one';\nexport const b: typeof n = word;\n",
    });
    const result = gate([replace('good', ['src/a.ts', 'n = 1', 'n = (1)'])]);
    expect([ids(result.kept), [...result.errors.values()]]).toEqual([['good'], []]);
  });

  test('errors that were there do not count, wherever they move to', () => {
    const { replace, gate } = repo({ 'tsconfig.json': TSCONFIG, 'src/a.ts': 'export const a: number = 1;\nexport const b: number = "x";\n' });
    expect(ids(gate([replace('good', ['src/a.ts', '1;', '1;\n\n\n// more\n'])]).kept)).toEqual(['good']);
  });

  test('a second error like one that was there counts', () => {
    const { replace, gate } = repo({ 'tsconfig.json': TSCONFIG, 'src/a.ts': 'export const a: number = 1;\nexport const b: number = "x";\n' });
    const { errors } = gate([replace('bad', ['src/a.ts', '1', '"y"'])]);
    expect(errors.get('bad')).toEqual(["src/a.ts:1:14 TS2322: Type 'string' is not assignable to type 'number'."]);
  });

  test('an error in a file that nobody touches is traced to its cause', () => {
    const { replace, gate } = repo({
      'tsconfig.json': TSCONFIG,
      'src/a.ts': 'export function a() { return 1; }\nexport const other = 1;\n',
      'src/b.ts': "export { a } from './a.js';\nexport const b = 3;\n",
      'src/c.ts': "import { a } from './b.js';\nexport const c: number = a();\n",
      'src/d.ts': 'export const d = 1;\n',
    });
    const units = [
      replace('d', ['src/d.ts', '1', '2']), replace('other', ['src/a.ts', 'other = 1', 'other = 2']),
      replace('cause', ['src/a.ts', 'return 1', "return 'x'"]), replace('b', ['src/b.ts', '3', '4']),
    ];
    const result = gate(units);
    expect(ids(result.kept)).toEqual(['d', 'other', 'b']);
    expect(result.errors.get('cause')).toEqual(["src/c.ts:2:14 TS2322: Type 'string' is not assignable to type 'number'."]);
  });

  test('a unit that is merely near an error is given back', () => {
    const { replace, gate } = repo({
      'tsconfig.json': TSCONFIG,
      'src/a.ts': 'export function a() { return 1; }\n',
      'src/c.ts': "import { a } from './a.js';\nexport const c: number = a(); export const d = 5;\n",
    });
    const result = gate([replace('near', ['src/c.ts', '5', '6']), replace('cause', ['src/a.ts', '1', "'x'"])]);
    expect(ids(result.kept)).toEqual(['near']);
    expect([...result.errors.keys()]).toEqual(['cause']);
  });

  test('syntax errors count', () => {
    const { replace, gate } = repo({ 'tsconfig.json': TSCONFIG, 'src/a.ts': 'export const a: number = 1;\n' });
    expect([...gate([replace('bad', ['src/a.ts', '1', '('])]).errors.keys()]).toEqual(['bad']);
  });

  test('a new file is part of the program and is checked', () => {
    const { replace, gate } = repo({ 'tsconfig.json': TSCONFIG, 'src/a.ts': 'export const a = 1;\n' });
    const use = replace('u', ['src/a.ts', 'export const a = 1', "import { h } from './otel-handoff.js';\nexport const a: number = h()"]);
    const good = { added: { 'src/otel-handoff.ts': 'export function h(): number { return 1; }\n' } };
    expect(gate([use], good).errors.size).toBe(0);
    const wrong = { added: { 'src/otel-handoff.ts': 'export function h(): string { return 1; }\n' } };
    expect(gate([use], wrong).errors.get('u')!.sort()).toEqual([
      "src/a.ts:2:14 TS2322: Type 'string' is not assignable to type 'number'.",
      "src/otel-handoff.ts:1:31 TS2322: Type 'number' is not assignable to type 'string'.",
    ]);
    expect(gate([use]).errors.get('u')![0]).toMatch(/TS2307: Cannot find module '\.\/otel-handoff\.js'/);
  });

  test('a new file that the tsconfig’s list of files leaves out is an error in a composite project', () => {
    const composite = JSON.stringify({ compilerOptions: { composite: true, module: 'nodenext', types: [] }, files: ['src/a.ts'] });
    const { replace, gate } = repo({ 'tsconfig.json': composite, 'src/a.ts': 'export const a = 1;\n' });
    const use = replace('u', ['src/a.ts', 'export const a = 1', "import { h } from './h.js';\nexport const a: number = h()"]);
    const added = { 'src/h.ts': 'export function h(): number { return 1; }\n' };
    expect(gate([use], { added }).errors.get('u')![0]).toMatch(/TS6307/);
    fs.writeFileSync(path.join(path.dirname(path.dirname(use.edits[0]!.file)), 'tsconfig.json'), composite.replace('"files":["src/a.ts"]', '"include":["src"]'));
    expect(gate([use], { added }).errors.size).toBe(0);
  });

  test('an exported type that can’t be named is an error where declarations are made', () => {
    const config = (declaration: boolean): string => TSCONFIG.replace('"strict":true', `"strict":true,"declaration":${declaration}`);
    const source = "export const a = 1;\nconst hidden = Symbol();\nclass K { private p = hidden; }\nexport const use = (): number => K.length;\n";
    for (const declaration of [true, false]) {
      const { replace, gate } = repo({ 'tsconfig.json': config(declaration), 'src/a.ts': source });
      const result = gate([replace('u', ['src/a.ts', 'a = 1', 'a = class { private p = 1; protected q = 2; }'])]);
      expect(result.errors.size).toBe(declaration ? 1 : 0);
    }
  });

  test('BOM and CRLF', () => {
    const { replace, gate } = repo({ 'tsconfig.json': TSCONFIG, 'src/a.ts': '\uFEFFexport const x = 1;\r\nexport const a: number = 2;\r\n' });
    expect(gate([replace('good', ['src/a.ts', '2', '3'])]).errors.size).toBe(0);
    expect([...gate([replace('bad', ['src/a.ts', '2', '""'])]).errors.keys()]).toEqual(['bad']);
  });

  test('a script’s globals are seen by all', () => {
    const { replace, gate } = repo({
      'tsconfig.json': TSCONFIG, 'src/global.d.ts': 'declare const unused: string;\n',
      'src/a.ts': 'declare global { interface Shared { n: number } }\nexport {};\n', 'src/b.ts': 'export const f = (s: Shared): number => s.n;\n',
    });
    expect(gate([replace('bad', ['src/a.ts', 'n: number', 'n: string'])]).errors.get('bad')![0]).toContain('src/b.ts');
  });
});

describe('which program', () => {
  test('references lead to the tsconfig that includes the file', () => {
    const { replace, gate } = repo({
      'tsconfig.json': JSON.stringify({ files: [], references: [{ path: './tsconfig.app.json' }, { path: './tsconfig.test.json' }] }),
      'tsconfig.app.json': TSCONFIG.replace('"strict":true', '"strict":true,"composite":true'),
      'tsconfig.test.json': TSCONFIG.replace('"src"', '"test"').replace('"strict":true', '"strict":false,"composite":true'),
      'src/a.ts': 'export function f(x: number) { return x; }\n',
      'test/a.ts': 'export function f(x: number) { return x; }\n',
    });
    const result = gate([replace('strict', ['src/a.ts', ': number', '']), replace('loose', ['test/a.ts', ': number', ''])]);
    expect(ids(result.kept)).toEqual(['loose']);
    expect(result.errors.get('strict')![0]).toMatch(/^src\/a\.ts:1:19 TS7006/);
  });

  test('a referenced project is read from its sources', () => {
    const { replace, gate } = repo({
      'tsconfig.json': JSON.stringify({ files: [], references: [{ path: './app' }] }),
      'app/tsconfig.json': JSON.stringify({
        compilerOptions: { composite: true, module: 'nodenext', types: [], outDir: 'dist' }, include: ['.'], references: [{ path: '../lib' }],
      }),
      'app/a.ts': "import { f } from '../lib/b.js';\nexport const a: number = f();\n",
      'lib/tsconfig.json': JSON.stringify({ compilerOptions: { composite: true, module: 'nodenext', types: [], outDir: 'dist' } }),
      'lib/b.ts': 'export const f = (): number => 1;\n',
    });
    expect(gate([replace('good', ['app/a.ts', 'f()', 'f() + 1'])]).errors.size).toBe(0);
    expect([...gate([replace('bad', ['app/a.ts', 'f()', 'f().x'])]).errors.keys()]).toEqual(['bad']);
  });

  test('a file that no tsconfig includes is checked with the options of the nearest', () => {
    const { replace, gate } = repo({ 'tsconfig.json': TSCONFIG, 'src/a.ts': '', 'scripts/b.ts': 'export function f(x: number) { return x; }\n' });
    expect(gate([replace('bad', ['scripts/b.ts', ': number', ''])]).errors.get('bad')![0]).toMatch(/TS7006/);
  });

  test('without any tsconfig: default options, and a note', () => {
    const { replace, gate } = repo({ 'a.ts': 'export const a: number = 1;\n' });
    const result = gate([replace('bad', ['a.ts', '1', '"x"'])]);
    expect([...result.errors.keys()]).toEqual(['bad']);
    expect(result.notes).toEqual(['Files with no tsconfig.json above them were checked with default options.']);
  });

  test('large programs: changed files and their direct importers', () => {
    const { replace, gate } = repo({
      'tsconfig.json': TSCONFIG,
      'src/a.ts': 'export function a() { return 1; }\n',
      'src/b.ts': "import { a } from './a.js';\nexport const b = () => a();\n",
      'src/c.ts': "import { b } from './b.js';\nexport const c: number = b();\n",
    });
    const cause = replace('cause', ['src/a.ts', '1', "'x'"]);
    expect([...gate([cause]).errors.keys()]).toEqual(['cause']);
    const large = gate([cause], { maxFiles: 3 });
    expect(large.errors.size).toBe(0);
    expect(large.notes).toEqual(['In programs of 3 files and more, only changed files and their direct importers are checked.']);
  });
});

describe('JavaScript', () => {
  test('is parsed only', () => {
    const { replace, gate } = repo({ 'a.js': 'export const a = 1;\n', 'b.cjs': 'exports.b = 1;\n' });
    const result = gate([replace('fine', ['a.js', '1', '"x".nonsense()']), replace('broken', ['b.cjs', '1', '('])]);
    expect(ids(result.kept)).toEqual(['fine']);
    expect(result.errors.get('broken')).toEqual(['b.cjs:1:14 TS1109: Expression expected.']);
  });

  test('is checked where the tsconfig says so', () => {
    const source = '/** @type {number} */\nexport const a = 1;\n';
    const config = (more: string): string => TSCONFIG.replace('"strict":true', `"strict":true,"allowJs":true${more}`);
    for (const [more, errors] of [['', 0], [',"checkJs":true', 1]] as const) {
      const { replace, gate } = repo({ 'tsconfig.json': config(more), 'src/a.js': source });
      expect(gate([replace('u', ['src/a.js', '1', '"x"'])]).errors.size).toBe(errors);
    }
  });
});

describe('which compiler', () => {
  const files = { 'tsconfig.json': TSCONFIG, 'src/a.ts': 'export const a: number = 1;\nexport const m = new Map<string, Promise<number>>();\n' };

  test('none installed: our own, and a note', () => {
    const { replace, gate } = repo(files, false);
    const result = gate([replace('bad', ['src/a.ts', '1', '"x"'])]);
    expect(result.errors.get('bad')).toEqual(["src/a.ts:1:14 TS2322: Type 'string' is not assignable to type 'number'."]);
    expect(result.notes).toEqual([expect.stringMatching(/^TypeScript is not installed here; types were checked with TypeScript 6/)]);
    expect(gate([replace('good', ['src/a.ts', '1', '2'])]).errors.size).toBe(0);
  });

  test('one that can’t be asked: our own, and a note', () => {
    const broken = { 'node_modules/typescript/package.json': '{"version":"7.0.1","bin":{"tsc":"./tsc"}}', 'node_modules/typescript/tsc': 'process.exit(3)' };
    for (const more of [{ 'node_modules/typescript/package.json': '{"version":"7.0.1"}' }, broken]) {
      const { replace, gate } = repo({ ...files, ...more }, false);
      const result = gate([replace('bad', ['src/a.ts', '1', '"x"'])]);
      expect([...result.errors.keys()]).toEqual(['bad']);
      expect(result.notes).toEqual([expect.stringMatching(/^The project's TypeScript 7\.0\.1 could not be asked; types were checked/)]);
    }
  });

  test('the project’s own is used where there is one', () => {
    const own = 'const ts = require(process.env.REAL_TS); module.exports = { ...ts, version: "x", createProgram: (o) => { globalThis.ownCompiler = true; return ts.createProgram(o); } };';
    const { replace, gate } = repo({
      ...files, 'node_modules/typescript/package.json': '{"version":"5.9.0","main":"index.js"}', 'node_modules/typescript/index.js': own,
    }, false);
    process.env['REAL_TS'] = path.resolve('node_modules/typescript');
    expect(gate([replace('good', ['src/a.ts', '1', '2'])])).toMatchObject({ notes: [] });
    expect((globalThis as { ownCompiler?: boolean }).ownCompiler).toBe(true);
  });
});

/**
 * Other compilers. `OTEL_HANDOFF_TYPESCRIPT_7` and `_5` name the folder of another `typescript` package of that version; the mirror takes
 * any `tsc` (here the one of this repository, as if it were a version whose API nobody knows), and does what TypeScript 7's own would.
 */
const five = process.env['OTEL_HANDOFF_TYPESCRIPT_5'] ?? 'node_modules/typescript-5';
const seven = process.env['OTEL_HANDOFF_TYPESCRIPT_7'] ?? 'node_modules/typescript-7';
const mirrored = (tsc: string): Record<string, string> => ({
  'node_modules/typescript/package.json': '{"version":"7.9.0","bin":{"tsc":"./tsc.cjs"}}',
  'node_modules/typescript/tsc.cjs': `process.exit(require('node:child_process').spawnSync(process.execPath, [${JSON.stringify(tsc)}, ...process.argv.slice(2)], { stdio: 'inherit' }).status);`,
});
const compilers: [name: string, files: Record<string, string>, link?: string][] = [
  ['a mirror', mirrored(path.resolve('node_modules/typescript/bin/tsc'))],
  ['TypeScript 5', {}, five],
  ['TypeScript 7’s API', {}, seven],
  ['TypeScript 7 in a mirror', mirrored(path.resolve(seven, 'bin/tsc'))],
];

describe.each(compilers)('%s', (name, compiler, link) => {
  // A process that loads all of TypeScript 6 takes long: one look is enough for what no version decides.
  const isSlow = name === 'a mirror';

  const at = (files: Record<string, string>): Repo => {
    const made = repo({ ...files, ...compiler }, false);
    fs.mkdirSync(path.join(made.folder, 'node_modules'), { recursive: true });
    if (link !== undefined) fs.symlinkSync(path.resolve(link), path.join(made.folder, 'node_modules/typescript'));
    return made;
  };

  test('takes back the unit that adds an error, and what was there does not count', () => {
    const { replace, gate } = at({
      'tsconfig.json': TSCONFIG.replace('"types"', '"lib":["es5"],"types"'), 'src/a.ts': 'export const a: number = 1;\nexport const b: string = 2;\n', 'src/ü.ts': '/* größe 😀 */ export const c: number = 1;\n',
      'src/d.ts': 'import { c } from \'./ü.js\';\nexport const d: number = c;\n',
    });
    const result = gate([replace('bad', ['src/a.ts', '= 1', '= "x"']), replace('good', ['src/a.ts', '= 2', '= 3 ']), replace('far', ['src/ü.ts', 'c: number = 1', 'c = "1"'])]);
    expect(ids(result.kept)).toEqual(['good']);
    expect(Object.fromEntries(result.errors)).toEqual({
      bad: ['src/a.ts:1:14 TS2322: Type \'string\' is not assignable to type \'number\'.'], far: ['src/d.ts:2:14 TS2322: Type \'string\' is not assignable to type \'number\'.'],
    });
    expect(result.notes).toEqual([]);
  });

  test.skipIf(isSlow)('a unit goes back whole, with the new file that it brings, whose errors count', () => {
    const { replace, gate, file } = at({ 'tsconfig.json': TSCONFIG, 'src/a.ts': 'export const a = 1;\n', 'src/b.ts': 'export const b: number = 1;\n' });
    const use = replace('u', ['src/a.ts', 'export const a = 1', 'import { h } from \'./deep/helper.js\';\nexport const a: string = h()']);
    expect(gate([use], { added: { 'src/deep/helper.ts': 'export const h = (): string => \'\';\n' } }).errors.size).toBe(0);
    expect(gate([use], { added: { 'src/deep/helper.ts': 'export const h = (): number => 1;\n' } }).errors.get('u')).toEqual([expect.stringMatching(/^src\/a\.ts:2:14 TS2322/)]);
    expect(gate([use], { added: { 'src/deep/helper.ts': 'export const h = (): string => 1;\n' } }).errors.get('u')).toEqual([expect.stringMatching(/^src\/deep\/helper\.ts:1:\d+ TS2322/)]);
    expect(gate([replace('whole', ['src/a.ts', '1', '2'], ['src/b.ts', '1', '"x"'])]).kept).toEqual([]);
    expect(fs.existsSync(file('src/deep'))).toBe(false);
  });

  test.skipIf(isSlow)('references, files outside of any tsconfig, and packages of the workspace', () => {
    const { replace, gate, folder } = at({
      'tsconfig.json': JSON.stringify({ files: [], references: [{ path: './app' }, { path: './lib' }] }),
      'app/tsconfig.json': JSON.stringify({ compilerOptions: { composite: true, module: 'nodenext', types: [], strict: true, skipLibCheck: true }, include: ['src'], references: [{ path: '../lib' }] }),
      'app/package.json': '{"name":"app","type":"module"}', 'app/src/a.ts': 'import { f } from \'@w/lib\';\nexport const a: number = f();\n', 'app/scripts/s.ts': 'export function f(x: number) { return x; }\n',
      'lib/tsconfig.json': JSON.stringify({ compilerOptions: { composite: true, module: 'nodenext', types: [], strict: true, skipLibCheck: true } }),
      'lib/package.json': '{"name":"@w/lib","type":"module","exports":"./b.ts"}', 'lib/b.ts': 'export const f = (): number => 1;\n',
    });
    fs.mkdirSync(path.join(folder, 'node_modules/@w'), { recursive: true });
    fs.symlinkSync('../../lib', path.join(folder, 'node_modules/@w/lib'));
    const result = gate([
      replace('here', ['app/src/a.ts', 'f()', 'f().x']), replace('alone', ['app/scripts/s.ts', ': number', '']), replace('good', ['lib/b.ts', '1', '2']),
    ]);
    expect(ids(result.kept)).toEqual(['good']);
    expect([...result.errors.values()].flat()).toEqual([expect.stringMatching(/^app\/src\/a\.ts:2:\d+ TS2339/), expect.stringMatching(/^app\/scripts\/s\.ts:1:\d+ TS7006/)]);
    // Both files change, each in its own program.
    expect([...gate([replace('far', ['lib/b.ts', '(): number => 1', '() => "x"'], ['app/src/a.ts', '\n', '\n\n'])]).errors.keys()]).toEqual(['far']);
  });

  test.skipIf(isSlow)('a file without any tsconfig, and BOM with CRLF', () => {
    const { replace, gate } = at({ 'a.ts': '\uFEFFexport const a: number = 1;\r\nexport const b: number = 1;\r\n' });
    expect(gate([replace('bad', ['a.ts', 'b: number = 1', 'b: number = "x"'])]).errors.get('bad')).toEqual(['a.ts:2:14 TS2322: Type \'string\' is not assignable to type \'number\'.']);
    expect(gate([replace('good', ['a.ts', '1', '2'])]).errors.size).toBe(0);
  });
});

test('no mirror stays behind', () => {
  expect(fs.readdirSync(os.tmpdir()).filter((name) => name.startsWith('otel-handoff-mirror-') && fs.statSync(path.join(os.tmpdir(), name)).birthtimeMs >= started)).toEqual([]);
});

describe('@opentelemetry/api that can’t be found', () => {
  const files = { 'tsconfig.json': TSCONFIG, 'src/a.ts': 'export const a = (f: () => void) => f;\n' };
  const helper = "import { context, type Context } from '@opentelemetry/api';\nexport function bind(f: () => void) { context.with(context.active(), (x) => x); return f as Context; }\n";
  const use = (id: string, { replace }: Repo): RepairUnit =>
    replace(id, ['src/a.ts', 'export const a = (f: () => void) => f', "import { bind } from './otel-handoff.js';\nimport { context } from '@opentelemetry/api';\nexport const a = (f: () => void) => bind(context.bind(context.active(), f))"]);

  test('is no fault where nothing is installed', () => {
    const project = repo(files, false);
    const result = project.gate([use('u', project)], { added: { 'src/otel-handoff.ts': helper } });
    expect(result.errors.size).toBe(0);
    expect(result.notes).toContain('Types from @opentelemetry/api could not be checked: not installed (there is no node_modules).');
  });

  test('hides no other error', () => {
    const project = repo(files, false);
    const result = project.gate([use('u', project)], { added: { 'src/otel-handoff.ts': `${helper}export const n: number = '';\n` } });
    expect(result.errors.get('u')).toEqual([expect.stringMatching(/otel-handoff\.ts:3:14 TS2322/)]);
  });

  test('is one where other packages are installed', () => {
    const project = repo({ ...files, 'node_modules/x/package.json': '{}' }, false);
    const result = project.gate([use('u', project)], { added: { 'src/otel-handoff.ts': helper } });
    expect(result.errors.get('u')!.join('\n')).toMatch(/TS2307: Cannot find module '@opentelemetry\/api'/);
  });

  test('is none where package.json is to name it', () => {
    const project = repo({ ...files, 'node_modules/x/package.json': '{}' }, false);
    const willBeInstalled = new Set(['@opentelemetry/api']);
    const result = project.gate([use('u', project)], { added: { 'src/otel-handoff.ts': helper }, willBeInstalled });
    expect(result.errors.size).toBe(0);
  });

  test('and where it is installed, its types are checked', () => {
    const project = repo(files);
    const bad = project.replace('bad', ['src/a.ts', 'export const a = (f: () => void) => f', "import { context } from '@opentelemetry/api';\nexport const a: number = context.active()"]);
    expect(project.gate([bad]).errors.get('bad')).toEqual([expect.stringContaining("TS2322: Type 'Context' is not assignable to type 'number'")]);
  });
});

test('two units that are good alone and bad together: the first stays', () => {
  const { replace, gate } = repo({ 'tsconfig.json': TSCONFIG, 'src/a.ts': 'export const a = 1;\nexport const b = 2;\n' });
  const result = gate([replace('1', ['src/a.ts', '= 1;', '= 1;\nconst x = 1; export { x };']), replace('2', ['src/a.ts', '= 2;', '= 2;\nconst x = 1; export { x as y };'])]);
  expect(ids(result.kept)).toEqual(['1']);
  expect([...result.errors.keys()]).toEqual(['2']);
});
