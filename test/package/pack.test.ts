/**
 * What `npm pack` makes, used from an empty folder. By default its declared dependencies are linked from here, and
 * nothing else; with OTEL_HANDOFF_NPM_INSTALL=1 npm installs it.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root, run, type Outcome } from '../cli/cli.ts';
import { producer } from '../cli/samples.ts';

const manifest = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as Record<'dependencies' | 'peerDependencies' | 'devDependencies', Record<string, string>>;
const npmInstall = Boolean(process.env['OTEL_HANDOFF_NPM_INSTALL']);

let folder: string;
let packed: string[];

beforeAll(() => {
  folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'handoff-pack-')));
  const { stdout } = done(npm('pack', '--ignore-scripts', '--json', '--pack-destination', folder, root));
  const [{ filename, files }] = JSON.parse(stdout.slice(stdout.indexOf('['))) as [{ filename: string; files: { path: string }[] }];
  packed = files.map((file) => file.path);
  write('package.json', JSON.stringify({ name: 'user', type: 'module', private: true, dependencies: { bullmq: '^5.40.0' } }));
  if (npmInstall) done(npm('install', '--prefer-offline', '--no-audit', '--no-fund', `./${filename}`, ...['eslint', 'typescript'].map((name) => `${name}@${manifest.devDependencies[name]!}`)));
  else link(filename);
  write('src/producer.js', producer.replace('id: string', 'id'));
}, 300_000);

afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

function link(tarball: string): void {
  const home = path.join(folder, 'node_modules/otel-handoff');
  fs.mkdirSync(home, { recursive: true });
  done(run('tar', ['-xzf', path.join(folder, tarball), '-C', home, '--strip-components=1'], folder));
  for (const name of [...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies)]) {
    fs.mkdirSync(path.dirname(path.join(folder, 'node_modules', name)), { recursive: true });
    fs.symlinkSync(path.join(root, 'node_modules', name), path.join(folder, 'node_modules', name));
  }
  fs.mkdirSync(path.join(folder, 'node_modules/.bin'), { recursive: true });
  fs.symlinkSync('../otel-handoff/dist/src/cli/main.js', path.join(folder, 'node_modules/.bin/otel-handoff'));
}

function npm(...args: string[]): Outcome {
  return run('npm', args, folder);
}

function done(outcome: Outcome): Outcome {
  if (outcome.status !== 0) throw new Error(`${outcome.stdout}\n${outcome.stderr}`);
  return outcome;
}

function write(name: string, text: string): string {
  const file = path.join(folder, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
  return file;
}

const node = (...args: string[]): Outcome => run(process.execPath, args, folder);

test('holds what is used, and nothing else', () => {
  expect(packed).toEqual(expect.arrayContaining([
    'README.md', 'LICENSE', 'CHANGELOG.md', 'package.json', 'dist/src/index.js', 'dist/src/index.d.ts', 'dist/src/api.js', 'dist/src/api.d.ts',
    'dist/src/cli/main.js', 'dist/transforms/runtime/handoff.ts', 'schemas/check.json', 'schemas/fix.json', 'schemas/config.json', 'schemas/boundary.json',
  ]));
  // A bundle, not the modules that it is made of.
  expect(packed.filter((file) => file.endsWith('.js')).length).toBeLessThan(60);
  expect(packed.filter((file) => /tsbuildinfo|\.test\.|^(build|src|test|fixtures|bench|scripts|\.)/.test(file))).toEqual([]);
  expect(packed.filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))).toEqual(['dist/transforms/runtime/handoff.ts']);
});

describe('the command line', () => {
  test('npx otel-handoff check', () => {
    const { status, stdout } = run('npx', ['--no-install', 'otel-handoff', 'check', '--format', 'json'], folder);
    expect(status).toBe(1);
    expect((JSON.parse(stdout) as { findings: { path: string }[] }).findings.map((f) => f.path)).toEqual(['src/producer.js']);
  });

  test('fix places the helper file', () => {
    const { stdout, stderr } = run('npx', ['--no-install', 'otel-handoff', 'fix'], folder);
    expect(stdout, stderr).toContain('+++ b/src/otel-handoff.js');
  });
});

describe('the plugin', () => {
  test('reports in an ESLint run', () => {
    write('eslint.config.js', 'import handoff from \'otel-handoff\';\nexport default [handoff.configs.recommended];\n');
    const { status, stdout, stderr } = node(path.join(folder, 'node_modules/eslint/bin/eslint.js'), '--format', 'json', 'src');
    expect(stderr).toBe('');
    const [{ messages }] = JSON.parse(stdout) as [{ messages: { ruleId: string; line: number }[] }];
    expect(messages.map((m) => [m.ruleId, m.line])).toEqual([['handoff/no-dark-queue', 6]]);
    expect(status).toBe(1);
  });

  test('can be required', () => {
    const { stdout, stderr } = node('--input-type=commonjs', '--no-warnings', '--eval', 'const { default: plugin } = require("otel-handoff"); console.log(plugin.meta.name, Object.keys(plugin.configs).join())');
    expect(stdout, stderr).toBe('otel-handoff recommended,strict,all\n');
  });

  test('loads no compiler and no ts-morph', () => {
    const hooks = write('hooks.mjs', 'import { writeSync } from \'node:fs\';\nexport const load = (url, context, next) => { writeSync(1, `${url}\\n`); return next(url, context); };\n');
    const register = write('register.mjs', `import { register } from 'node:module';\nregister(${JSON.stringify(`file://${hooks}`)});\n`);
    const { stdout, stderr } = node('--import', register, '--input-type=module', '--eval', 'import { createRequire } from "node:module"; await import("otel-handoff"); console.log(Object.keys(createRequire(import.meta.url).cache).join("\\n"))');
    expect(stdout, stderr).toContain('/dist/src/index.js');
    expect(stdout.split('\n').filter((line) => /\/(ts-morph|@ts-morph|typescript)\/|\/dist\/src\/cli\//.test(line))).toEqual([]);
  });
});

describe('types', () => {
  const source = `import handoff from 'otel-handoff';
import { check, fix, catalogue, loadConfig, UsageError, type CheckReport, type Finding, type FixReport, type Boundary } from 'otel-handoff/api';
const recommended: object = handoff.configs.recommended;
const report: CheckReport = await check({ paths: ['src'], runtime: 'node', all: true });
const findings: Finding[] = report.findings;
const { report: repairs, changes }: { report: FixReport; changes: { path: string; before: string | undefined; after: string }[] } = await fix({ only: 'queue', limit: 1 });
const boundaries: readonly Boundary[] = catalogue;
// @ts-expect-error -- no such runtime
await check({ runtime: 'deno' });
export { recommended, findings, repairs, changes, boundaries, loadConfig, UsageError };
`;

  test.each([['nodenext', 'nodenext'], ['esnext', 'bundler']])('%s, %s', (module, moduleResolution) => {
    write('types/use.mts', source);
    write('types/tsconfig.json', JSON.stringify({ compilerOptions: { strict: true, target: 'es2022', module, moduleResolution, noEmit: true, types: [], skipLibCheck: true }, files: ['use.mts'] }));
    expect(node(path.join(folder, 'node_modules/typescript/bin/tsc'), '-p', 'types')).toEqual({ status: 0, stdout: '', stderr: '' });
  });
});

test('the Node API and the schemas', () => {
  const { stdout, stderr } = node('--input-type=module', '--eval', `
    import { createRequire } from 'node:module';
    import { check, fix } from 'otel-handoff/api';
    const require = createRequire(import.meta.url);
    const titles = ['check', 'fix', 'config', 'boundary'].map((name) => require('otel-handoff/schemas/' + name + '.json').$schema);
    console.log((await check()).findings.length, (await fix({ typeCheck: false })).report.applied.length, new Set(titles).size, require('otel-handoff/package.json').name);
  `);
  expect(stdout, stderr).toBe('1 1 1 otel-handoff\n');
});
