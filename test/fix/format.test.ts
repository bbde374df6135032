/** `--format`: the project's own formatter over the changed files. Prettier and Biome are stood in for, at the calls that are made to them. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { fix, type FixOptions, type FixResult } from '../../src/run/fix.ts';
import { tree } from '../project/tree.ts';

const producer = `import { Queue } from 'bullmq';\n\nconst queue = new Queue('mail');\nexport const send = async (id: string) => { await queue.add('confirm', { id }); };\n`;
const untouched = 'export  const   a = 1;\n';

/** Marks what it has been over; gives its options away. */
const prettier = `module.exports = {
  getFileInfo: async (file, { ignorePath }) => ({ ignored: ignorePath !== undefined && require('node:fs').readFileSync(ignorePath, 'utf8').includes(require('node:path').basename(file)) }),
  resolveConfig: async (file, { editorconfig }) => ({ mark: editorconfig ? 'pretty' : 'plain' }),
  format: async (text, { mark, filepath }) => { if (text.includes('UNFORMATTABLE')) throw new SyntaxError('no such thing (1:1)\\nmore'); return text.replaceAll("'", '"') + '// ' + mark + ' ' + require('node:path').basename(filepath) + '\\n'; },
};`;
const biome = `let text = ''; process.stdin.on('data', (d) => { text += d; }).on('end', () => {
  const [command, at] = process.argv.slice(2);
  if (text.includes('UNFORMATTABLE')) { console.error('no such thing'); process.exit(1); }
  process.stdout.write(text + '// biome ' + command + ' ' + at + '\\n');
});`;
const eslintConfig = `export default [{ files: ['**/*.ts', '**/*.js'], languageOptions: { parser: { parseForESLint: (text) => ({ ast: { type: 'Program', body: [], tokens: [], comments: [], range: [0, text.length], loc: { start: { line: 1, column: 0 }, end: { line: 1, column: 0 } } } }) } },
  plugins: { own: { rules: Object.fromEntries(['layout', 'problem'].map((type) => [type, { meta: { type, fixable: 'code' }, create: (context) => ({ Program(node) { if (!context.sourceCode.text.includes('// ' + type)) context.report({ node, message: 'x', fix: (fixer) => fixer.insertTextAfterRange([0, context.sourceCode.text.length], '// ' + type + '\\n') }); } }) }])) } },
  rules: { 'own/layout': 2, 'own/problem': 2 } }];`;

function shop(devDependencies: Record<string, string>, more: Record<string, string | object> = {}): string {
  return tree({ 'package.json': { name: 'x', type: 'module', dependencies: { bullmq: '^5.40.0' }, devDependencies }, 'src/a.ts': producer, 'src/untouched.ts': untouched, ...more });
}

const installed = {
  prettier: { 'node_modules/prettier/package.json': { name: 'prettier', main: 'index.cjs' }, 'node_modules/prettier/index.cjs': prettier },
  biome: { 'node_modules/@biomejs/biome/package.json': { name: '@biomejs/biome', bin: { biome: 'bin/biome' } }, 'node_modules/@biomejs/biome/bin/biome': biome },
};

async function run(root: string, options: FixOptions = {}): Promise<FixResult> {
  const all = { cwd: root, assumeTraced: true, typeCheck: false, format: true, write: true, allowDirty: true, ...options };
  const result = await fix(all);
  if (all.write) expect((await fix(all)).changes, 'a second run changes nothing').toEqual([]);
  return result;
}

const read = (root: string, file: string): string => fs.readFileSync(path.join(root, file), 'utf8');

describe('Prettier', () => {
  test('formats what changes, with its own configuration, and nothing else', async () => {
    const root = shop({ prettier: '3' }, installed.prettier);
    const { report } = await run(root);
    expect(report.files).toEqual(['package.json', 'src/a.ts', 'src/otel-handoff.ts']);
    expect(read(root, 'src/a.ts')).toMatch(/^import \{ Queue \} from "bullmq";\n[^]*carryJob\(\)[^]*\/\/ pretty a\.ts\n$/);
    expect(read(root, 'src/untouched.ts')).toBe(untouched);
    expect(read(root, 'package.json')).not.toContain('pretty');
  });

  test('the helper file that it was over is still nobody\'s edit', async () => {
    const root = shop({ prettier: '3' }, installed.prettier);
    await run(root);
    expect(read(root, 'src/otel-handoff.ts')).toContain('// pretty otel-handoff.ts');
    fs.writeFileSync(path.join(root, 'src/b.ts'), 'import { Worker } from \'bullmq\';\nexport const worker = new Worker(\'sms\', async (job) => { await fetch(`${process.env.A}`, { body: job.id }); });\n');
    const { report } = await run(root);
    expect(report).toMatchObject({ refused: [], files: ['src/b.ts', 'src/otel-handoff.ts'] });
  });

  test('a dry run shows the same texts', async () => {
    const root = shop({ prettier: '3' }, installed.prettier);
    const { changes } = await run(root, { write: false });
    expect(read(root, 'src/a.ts')).toBe(producer);
    await run(root);
    for (const { path: file, after } of changes) expect(fs.readFileSync(file, 'utf8')).toBe(after);
  });

  test('leaves what it is told to ignore, and runs only when asked', async () => {
    const ignoring = shop({ prettier: '3' }, { ...installed.prettier, '.prettierignore': 'a.ts\n' });
    await run(ignoring);
    expect(read(ignoring, 'src/a.ts')).not.toContain('pretty');
    const root = shop({ prettier: '3' }, installed.prettier);
    await run(root, { format: false });
    expect(read(root, 'src/a.ts')).not.toContain('pretty');
  });

  test('a failure is told, and nothing is written', async () => {
    const root = shop({ prettier: '3' }, { ...installed.prettier, 'src/a.ts': `${producer}// UNFORMATTABLE\n` });
    await expect(run(root)).rejects.toThrow(/^--format: Prettier failed on src\/a\.ts: no such thing \(1:1\)/);
    expect(fs.readdirSync(path.join(root, 'src')).sort()).toEqual(['a.ts', 'untouched.ts']);
  });
});

test('Biome, where it is configured beside Prettier', async () => {
  const root = shop({ prettier: '3', '@biomejs/biome': '2' }, { ...installed.prettier, ...installed.biome, 'biome.json': {} });
  await run(root);
  expect(read(root, 'src/a.ts')).toMatch(/\/\/ biome format --stdin-file-path=src\/a\.ts\n$/);
  const failing = shop({ '@biomejs/biome': '2' }, { ...installed.biome, 'src/a.ts': `${producer}// UNFORMATTABLE\n` });
  await expect(run(failing)).rejects.toThrow('--format: Biome failed on src/a.ts: no such thing');
});

test('ESLint: its layout, and no other fix', async () => {
  const root = shop({ eslint: '10' }, { 'eslint.config.js': eslintConfig });
  fs.mkdirSync(path.join(root, 'node_modules'));
  fs.symlinkSync(path.resolve('node_modules/eslint'), path.join(root, 'node_modules/eslint'));
  await run(root);
  expect(read(root, 'src/a.ts')).toMatch(/\/\/ layout\n$/);
  expect(read(root, 'src/a.ts')).not.toContain('// problem');
});

test('none, and one that is not installed', async () => {
  await expect(run(shop({}))).rejects.toThrow('--format: src/otel-handoff.ts belongs to no package that has Prettier, Biome or ESLint');
  await expect(run(shop({ prettier: '3' }))).rejects.toThrow('--format: prettier is not installed for .; install the dependencies first');
});
