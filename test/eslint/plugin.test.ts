import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ts } from '@ts-morph/common';
import * as parser from '@typescript-eslint/parser';
import { ESLint, Linter } from 'eslint';
import { defineConfig } from 'eslint/config';
import { ESLint as ESLint9, Linter as Linter9 } from 'eslint9';
import { defineConfig as defineConfig9 } from 'eslint9/config';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { rules } from '../../rules/index.ts';
import { Engine } from '../../src/analysis/engine.ts';
import { refresh } from '../../src/eslint/surroundings.ts';
import { RepairSession } from '../../src/fix/session.ts';
import handoff from '../../src/index.ts';
import { parseConfig } from '../../src/project/config.ts';
import { analyseProject } from '../../src/project/project.ts';
import { ruleNames } from '../../src/project/rule-names.ts';
import { check } from '../../src/run/check.ts';
import type { Ts } from '../../src/types.ts';
import { version } from '../../src/version.ts';
import { fixtures } from './support.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const queue = "import { Queue } from 'bullmq';\nconst queue = new Queue('emails');\nexport function send() {\n  return queue.add('welcome', {});\n}\n";
const names = Object.keys(rules) as (keyof typeof rules)[];

function lint(code: string, file: string, config: object = {}): Linter.LintMessage[] {
  const filename = join(fixtures, file);
  const typescript = { files: ['**/*.{ts,tsx,js,mjs,cjs,vue,svelte,astro,md}'], languageOptions: { parser } };
  return new Linter({ cwd: fixtures }).verify(code, [typescript, handoff.configs.recommended, config] as Linter.Config[], filename);
}

afterEach(() => vi.restoreAllMocks());

describe('the plugin', () => {
  it('names itself', () => {
    expect(handoff.meta).toEqual({ name: 'otel-handoff', version, namespace: 'handoff' });
    expect(Object.keys(handoff.configs)).toEqual(['recommended', 'strict', 'all']);
  });

  it.each(names)('%s is whole: file, docs, tests, meta', (name) => {
    const { meta } = rules[name];
    expect(ruleNames).toContain(name);
    expect(rules[name]).toMatchObject({ name });
    expect(existsSync(join(root, `rules/${name}.ts`))).toBe(true);
    expect(existsSync(join(root, `docs/rules/${name}.md`))).toBe(true);
    expect(existsSync(join(root, `test/rules/${name}.test.ts`))).toBe(true);
    expect(meta.docs!.url).toMatch(new RegExp(`^https://.*/docs/rules/${name}\\.md$`));
    expect(meta.docs!.description).toMatch(/^[a-z].*[^.]$/);
    expect(meta.docs!.requiresTypeChecking).toBe(false);
    expect(meta.type).toBe('problem');
    expect(meta.hasSuggestions).toBe(true);
    expect(meta.fixable).toBeUndefined();
    for (const message of Object.values(meta.messages)) expect(message.trim()).not.toBe('');
  });

  it('has every file of rules/ in its index, and no docs without a rule', () => {
    expect(readdirSync(join(root, 'rules')).filter((file) => file !== 'index.ts').sort()).toEqual(names.map((name) => `${name}.ts`));
    expect(readdirSync(join(root, 'docs/rules')).filter((file) => file !== 'README.md').sort()).toEqual(names.map((name) => `${name}.md`));
  });

  it('has configurations that follow from the rules', () => {
    const { recommended, strict, all } = handoff.configs;
    expect(Object.keys(all.rules)).toEqual(names.map((name) => `handoff/${name}`));
    for (const [name, entry] of Object.entries(recommended.rules)) expect(entry).toBe(rules[name.replace('handoff/', '') as keyof typeof rules].meta.docs!.recommended);
    for (const [name, entry] of Object.entries(strict.rules)) expect(entry).toEqual([rules[name.replace('handoff/', '') as keyof typeof rules].meta.docs!.recommended === 'warn' ? 'warn' : 'error', { strict: true }]);
    for (const config of [recommended, strict, all]) {
      expect(config.plugins.handoff).toBe(handoff);
      expect(config.name).toMatch(/^handoff\//);
    }
  });

  it('is taken by defineConfig of both ESLint versions', () => {
    const ten = defineConfig([handoff.configs.recommended, { plugins: { handoff }, extends: ['handoff/strict'], rules: { 'handoff/no-dark-queue': ['warn', { strict: true }] } }]);
    const nine = defineConfig9([handoff.configs.recommended, { plugins: { handoff }, extends: ['handoff/strict'], rules: { 'handoff/no-dark-queue': ['warn', { strict: true }] } }]);
    expect(ten).toHaveLength(3);
    expect(nine).toHaveLength(3);
  });
});

describe('in ESLint', () => {
  it.each([['10', Linter], ['9', Linter9]] as [string, typeof Linter][])('%s: reports the callee\'s token', (_, Version) => {
    const found = new Version({ cwd: fixtures }).verify(queue, [{ files: ['**/*.ts'], languageOptions: { parser } }, handoff.configs.recommended] as never, join(fixtures, 'node/file.ts'));
    expect(found).toMatchObject([{ ruleId: 'handoff/no-dark-queue', severity: 2, line: 4, column: 16, endLine: 4, endColumn: 19 }]);
  });

  it.each([['10', ESLint], ['9', ESLint9]] as [string, typeof ESLint][])('%s: lints text by a configuration of a project', async (_, Version) => {
    const eslint = new Version({ cwd: join(fixtures, 'node'), overrideConfigFile: true, overrideConfig: [handoff.configs.recommended] as never });
    const [result] = await eslint.lintText(queue, { filePath: 'src/mail.js' });
    expect(result?.messages).toMatchObject([{ ruleId: 'handoff/no-dark-queue', line: 4 }]);
  });

  it('strict flags what Node keeps, all does not', () => {
    const code = 'export function f(job: any) {\n  setTimeout(() => job.save(), 10);\n}\n';
    expect(lint(code, 'node/file.ts', handoff.configs.strict)).toMatchObject([{ ruleId: 'handoff/no-unbound-callback' }]);
    expect(lint(code, 'node/file.ts', handoff.configs.all)).toEqual([]);
    expect(lint(code, 'node/file.ts', { settings: { handoff: { strict: true } } })).toHaveLength(1);
  });

  it('leaves tests out, as the command line does', () => {
    for (const file of ['node/mail.test.ts', 'node/test/mail.ts', 'node/src/__tests__/mail.ts']) expect(lint(queue, file)).toEqual([]);
  });

  it('counts columns in a file with a BOM', () => {
    const [found] = lint('\uFEFFexport const f = (job: any) => setTimeout(() => job.save(), 10);', 'browser/file.ts');
    expect(found).toMatchObject({ line: 1, column: 32, endColumn: 42 });
    const [start, end] = found!.suggestions![0]!.fix.range;
    const text = 'export const f = (job: any) => setTimeout(() => job.save(), 10);';
    expect(text.slice(0, start) + found!.suggestions![0]!.fix.text + text.slice(end)).toBe("import { context } from '@opentelemetry/api';\n\nexport const f = (job: any) => setTimeout(context.bind(context.active(), () => job.save()), 10);");
  });

  it('its suggestion leaves nothing to report', () => {
    const file = 'repaired/mail.ts';
    const code = `${queue.replace('{ Queue }', '{ Queue, Worker }')}new Worker('emails', async (job) => { await job.updateProgress(1); });\n`;
    const [found] = lint(code, file);
    const { range, text } = found!.suggestions![0]!.fix;
    expect(lint(code.slice(0, range[0]) + text + code.slice(range[1]), file)).toEqual([]);
  });
});

describe('the analysis', () => {
  it('is one a file, whatever the number of rules', () => {
    const analyse = vi.spyOn(Engine.prototype, 'analyse');
    lint(`${queue}export const f = () => fetch(\`\${process.env.AGENT_URL}/x\`, { method: 'POST' });`, 'node/file.ts', handoff.configs.all);
    expect(analyse).toHaveBeenCalledTimes(1);
  });

  it('is none in a file without a candidate word', () => {
    const analyse = vi.spyOn(Engine.prototype, 'analyse');
    expect(lint('export const add = (a: number, b: number) => a + b;\n', 'node/file.ts')).toEqual([]);
    expect(analyse).not.toHaveBeenCalled();
  });

  it.each(['vue', 'svelte', 'astro', 'md'])('is none in a .%s file', (extension) => {
    const analyse = vi.spyOn(Engine.prototype, 'analyse');
    expect(lint(queue, `node/file.${extension}`)).toEqual([]);
    expect(analyse).not.toHaveBeenCalled();
  });

  it('is none in a block of another file', () => {
    const processor = { preprocess: (text: string) => [{ text, filename: '0.js' }], postprocess: (all: Linter.LintMessage[][]) => all.flat() };
    const found = new Linter({ cwd: fixtures }).verify(queue, [{ files: ['**/*.md'], processor }, { files: ['**/*.js'] }, handoff.configs.recommended] as never, join(fixtures, 'node/README.md'));
    expect(found).toEqual([]);
  });

  it('takes a text without a name', async () => {
    const code = 'export const f = (job) => setTimeout(() => job.save(), 10);';
    const verify = (filename?: string) => new Linter({ cwd: join(fixtures, 'browser') }).verify(code, [handoff.configs.recommended] as never, filename === undefined ? {} : { filename });
    expect(verify()).toMatchObject([{ ruleId: 'handoff/no-unbound-callback' }]);
    const eslint = new ESLint({ cwd: join(fixtures, 'browser'), overrideConfigFile: true, overrideConfig: [handoff.configs.recommended] as never });
    expect((await eslint.lintText(code))[0]!.messages).toMatchObject([{ ruleId: 'handoff/no-unbound-callback' }]);
    expect(verify('relative.js')).toMatchObject([{ ruleId: 'handoff/no-unbound-callback' }]);
  });

  it('takes nodes of the compiler that made them, and parses where there are none', () => {
    const code = "import { Queue } from 'bullmq';\nconst queue = new Queue('emails');\nexport const send = () => queue.add('x', {});\n";
    for (const languageOptions of [{ parser }, {}]) {
      const found = new Linter({ cwd: fixtures }).verify(code, [{ files: ['**/*.js'], languageOptions }, handoff.configs.recommended] as never, join(fixtures, 'node/file.js'));
      expect(found).toMatchObject([{ line: 3, column: 33 }]);
    }
  });

  it('is silent in a dialect that TypeScript does not parse', () => {
    const flow = { parse: () => ({ type: 'Program', body: [], tokens: [], comments: [], range: [0, 0], loc: { start: { line: 1, column: 0 }, end: { line: 1, column: 0 } }, sourceType: 'module' }) };
    const found = new Linter({ cwd: fixtures }).verify('// @flow\nopaque type T = {| +queue: ?string |};\nsetTimeout(', [{ files: ['**/*.js'], languageOptions: { parser: flow } }, handoff.configs.recommended] as never, join(fixtures, 'browser/file.js'));
    expect(found).toEqual([]);
  });

  it('says a broken configuration once a file, and only where it might matter', () => {
    const found = lint(`${queue}export const f = () => fetch('http://localhost/x', { method: 'POST' });`, 'broken/file.ts', handoff.configs.all);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ messageId: 'failure', line: 1, column: 1 });
    expect(found[0]!.message).toMatch(/handoff\.config\.json: runtim: unknown key; did you mean `runtime`\?$/);
    expect(lint('export const x = 1;', 'broken/file.ts')).toEqual([]);
  });

  it('says a failure of its own once a file, and the run goes on', () => {
    vi.spyOn(Engine.prototype, 'analyse').mockImplementation(() => { throw new Error('no such thing'); });
    expect(lint(queue, 'node/file.ts', handoff.configs.all)).toMatchObject([{ messageId: 'failure', message: 'otel-handoff failed on this file (please report it): no such thing' }]);
  });

  it('sees a changed configuration and package.json within a second or so', () => {
    const folder = join(fixtures, 'changing');
    const code = 'export function f(job: any) {\n  setTimeout(() => job.save(), 10);\n}\n';
    const write = (file: string, value: object, stamp: number): void => {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), JSON.stringify(value));
      utimesSync(join(folder, file), stamp, stamp);
      refresh(folder, Date.now() + stamp * 10_000);
    };
    write('package.json', { name: 'changing', engines: { node: '20' }, dependencies: { '@opentelemetry/api': '1' } }, 1);
    expect(lint(code, 'changing/file.ts')).toEqual([]);
    write('handoff.config.json', { runtime: 'browser' }, 2);
    expect(lint(code, 'changing/file.ts')).toHaveLength(1);
    write('handoff.config.json', { runtime: 'node' }, 3);
    expect(lint(code, 'changing/file.ts')).toEqual([]);
  });
});

describe('same facts, same verdict', () => {
  const compiler = ts as unknown as Ts;

  it('reports what `check` finds by the file alone', async () => {
    const cwd = join(root, 'fixtures/agents');
    const { findings } = await check({ cwd, paths: ['src'] });
    const checked = findings.filter((finding) => finding.scope === 'file').map(({ path, line, column, rule }) => `${path}:${line}:${column} handoff/${rule}`);
    const eslint = new ESLint({ cwd, overrideConfigFile: true, overrideConfig: [{ files: ['**/*.ts'], languageOptions: { parser } }, handoff.configs.recommended] as never });
    const linted = (await eslint.lintFiles(['src'])).flatMap((result) => result.messages.map((m) => `${relative(cwd, result.filePath)}:${m.line}:${m.column} ${m.ruleId}`));
    expect(checked.length).toBeGreaterThan(3);
    expect(linted).toEqual(checked);
  });

  it.each([
    ['a timer', 'browser/later.ts', 'export function f(job: any) {\r\n  setTimeout(() => job.save(), 10);\r\n}\r\n'],
    ['a request', 'repaired/request.ts', 'export const f = (task: object) => fetch(`${process.env["AGENT_URL"]}/x`, { method: "POST", body: JSON.stringify(task) });\n'],
    ['a channel', 'repaired/channel.ts', `\uFEFF${queue.replace('{ Queue }', '{ Queue, Worker }')}new Worker('emails', async (job) => { await job.updateProgress(1); });\n`],
  ])('%s: the suggestion is the text that `fix` writes', (_, file, code) => {
    const path = join(fixtures, file);
    const cwd = dirname(path);
    writeFileSync(path, code);
    const [found] = lint(code, file);
    const { range, text } = found!.suggestions![0]!.fix;
    const body = code.replace('\uFEFF', '');

    const project = analyseProject(compiler, { cwd, paths: [path], config: parseConfig({}, 'test') });
    const session = new RepairSession(compiler, project, { cwd, config: parseConfig({}, 'test') });
    const changes = session.changes(session.repairUnits(session.units.filter((unit) => unit.sites.some((site) => site.source.path === path))));
    expect(changes).toEqual([{ path, before: code, after: (code === body ? '' : '\uFEFF') + body.slice(0, range[0]) + text + body.slice(range[1]) }]);
  });
});

describe('the documentation', () => {
  const blocks = names.flatMap((name) => {
    const text = readFileSync(join(root, `docs/rules/${name}.md`), 'utf8');
    return [...text.matchAll(/^```(ts|js|tsx) (incorrect|correct)(?: (\{.*\}))?(?: (\S+))?\n([^]*?)^```$/gm)].map((match, index) => {
      const [, extension, verdict, option, folder, code] = match as unknown as string[];
      return { name, index: index + 1, extension, verdict, folder: folder ?? 'node', option: option === undefined ? {} : JSON.parse(option) as object, code: code! };
    });
  });

  it.each(names)('%s shows both', (name) => {
    const of = blocks.filter((block) => block.name === name);
    expect(of.some((block) => block.verdict === 'incorrect')).toBe(true);
    expect(of.some((block) => block.verdict === 'correct')).toBe(true);
    expect(readFileSync(join(root, `docs/rules/${name}.md`), 'utf8').match(/^```(?:ts|js|tsx)$/gm)).toBeNull();
  });

  it.each(blocks)('$name, block $index is $verdict', ({ name, extension, verdict, folder, option, code }) => {
    const found = new Linter({ cwd: fixtures }).verify(code, [
      { files: ['**/*.{ts,tsx,js}'], languageOptions: { parser }, plugins: { handoff }, rules: { [`handoff/${name}`]: ['error', option] } },
    ] as never, join(fixtures, `${folder}/file.${extension}`));
    expect(found.map((each) => each.message)).toHaveLength(verdict === 'correct' ? 0 : Math.max(1, found.length));
    if (verdict === 'incorrect') expect(found[0]).toMatchObject({ ruleId: `handoff/${name}`, messageId: 'finding' });
  });
});
