/** Rule tests: fixture packages away from this repository's own package.json, and cases with the reported token between « and ». */
import { createRequire } from 'node:module';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RuleTester, type InvalidTestCase, type ValidTestCase } from '@typescript-eslint/rule-tester';
import * as parser from '@typescript-eslint/parser';
import type { TSESLint } from '@typescript-eslint/utils';
import { Linter } from 'eslint';
import ts from 'typescript';
import { afterAll, describe, expect, it } from 'vitest';
import { isFinding } from '../../src/analysis/engine.ts';
import { loadConfig } from '../../src/project/config.ts';
import { analyseProject } from '../../src/project/project.ts';
import { compiler } from '../../src/run/analyse.ts';
import { helperParts, renderHelper } from '../../src/fix/helper-file.ts';
import type { MessageId, Option, Options } from '../../src/eslint/rule.ts';
import { reasonFor } from './differences.ts';
import { onDemand } from './parity.ts';

RuleTester.afterAll = afterAll;
RuleTester.describe = describe;
RuleTester.describeSkip = describe.skip;
RuleTester.it = it;
RuleTester.itOnly = it.only;
RuleTester.itSkip = it.skip;

// ESLint's own parser.
const espree = createRequire(import.meta.resolve('eslint'))('espree') as TSESLint.Parser.LooseParserModule;
const root = fileURLToPath(new URL('../../', import.meta.url));
/** A copy of `fixtures/eslint`: what stands above it would count as evidence. */
export const fixtures = mkdtempSync(join(tmpdir(), 'handoff-eslint-'));
cpSync(join(root, 'fixtures/eslint'), fixtures, { recursive: true });
symlinkSync(join(root, 'node_modules'), join(fixtures, 'typed/node_modules'), 'dir');
writeFileSync(join(fixtures, 'repaired/otel-handoff.ts'), renderHelper(ts, helperParts(ts), { language: 'ts', module: 'esm' }));
afterAll(() => rmSync(fixtures, { recursive: true, force: true }));

const typescript = new RuleTester();
const typed = new RuleTester({ languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: join(fixtures, 'typed') } } });
const javascript = new RuleTester({ languageOptions: { parser: espree } });
const commonjs = new RuleTester({ languageOptions: { parser: espree, sourceType: 'commonjs' } });

export type Case = string | {
  name?: string;
  code: string;
  /** A file of a fixture package: `node/queue.ts`. */
  file?: string;
  option?: Option;
  settings?: Record<string, unknown>;
  /** The text that the suggestion makes; none is offered where it is absent. */
  suggests?: string;
  /** What the suggestion is called, where a check of spans offers it. */
  advice?: string;
  /** Its message's id, where the text that it makes does not tell. */
  id?: MessageId;
  /** What the first finding's message must say: the engine's words are the engine's tests' to check. */
  says?: RegExp;
};

export interface Cases {
  valid: Case[];
  invalid: Case[];
}

export interface Suites {
  typescript: Cases;
  typed?: Cases;
  javascript?: Cases;
  commonjs?: Cases;
}

type Rule = TSESLint.RuleModule<MessageId, Options>;

/** Runs the cases under each parser; `file` is where a case without a file of its own stands. */
export function runRule(name: string, rule: Rule, suites: Suites, file = 'node/file.ts'): void {
  const run = (tester: RuleTester, kind: string, cases: Cases | undefined, where: string): void => {
    if (!cases) return;
    describe(kind, () => {
      tester.run(name, rule as never, { valid: cases.valid.map((c) => validCase(c, where)), invalid: cases.invalid.map((c) => invalidCase(c, where)) });
      for (const test of cases.invalid) {
        if (typeof test === 'string' || !test.says) continue;
        it(`says: ${test.name}`, () => expect(messagesOf(rule, test, join(fixtures, test.file ?? where))[0]).toMatch(test.says!));
      }
    });
  };
  run(typescript, 'typescript-eslint', suites.typescript, file);
  describe('the command line says the same', () => {
    const all = [...suites.typescript.valid, ...suites.typescript.invalid].map((each) => typeof each === 'string' ? { code: each } : each);
    // What else an option says, or a setting of ESLint's, the command line reads elsewhere.
    for (const each of all.filter(({ option = {}, settings }) => settings === undefined && Object.keys(option).every((key) => key === 'strict'))) it(each.name ?? each.code, () => compare(name, each, each.file ?? file));
  });
  run(typed, 'typescript-eslint with types', suites.typed, 'typed/src/file.ts');
  run(javascript, 'espree', suites.javascript, file.replace(/ts$/, 'js'));
  run(commonjs, 'espree, CommonJS', suites.commonjs, 'commonjs/file.js');
}

/** A finding by the file alone is reported, and what is reported is a finding. */
function compare(rule: string, { code: marked, option }: Exclude<Case, string>, file: string): void {
  const { code, marks } = unmarked(marked);
  const path = join(fixtures, file);
  const before = existsSync(path) ? readFileSync(path) : undefined;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, code);
  try {
    const { config, path: configPath } = loadConfig(dirname(path));
    const strict = option?.strict ?? false;
    const result = analyseProject(compiler, { 
      cwd: join(fixtures, file.split('/')[0]!), paths: ['.'], strict,
      config: onDemand.has(rule) ? { ...config, rules: { ...config.rules, [rule]: 'warn' } } : config, ...(configPath === undefined ? {} : { configDir: dirname(configPath) }),
    });
    const found = result.judged.filter((judged) => judged.rule === rule && judged.source.path === path && isFinding(judged)).map((judged) => {
      const { line, character } = judged.source.ast.getLineAndCharacterOfPosition(judged.token.getStart(judged.source.ast));
      return { place: `${line + 1}:${character + 1}`, scope: judged.scope };
    });
    const reported = marks.map((mark) => `${mark.line}:${mark.column}`);
    const differing = [
      ...reported.filter((place) => !found.some((each) => each.place === place)).map((place) => `ESLint only: ${place}`),
      ...found.filter(({ scope, place }) => scope === 'file' && !reported.includes(place)).map(({ place }) => `check only: ${place}`),
    ];
    if (reasonFor(expect.getState().currentTestName ?? '') === undefined) expect(differing).toEqual([]);
    else expect(differing).not.toEqual([]);
  } finally {
    if (before === undefined) rmSync(path);
    else writeFileSync(path, before);
  }
}

function messagesOf(rule: Rule, { code, option, settings }: Exclude<Case, string>, filename: string): string[] {
  const config = { files: ['**/*.{js,jsx,ts,tsx}'], plugins: { x: { rules: { rule } } }, rules: { 'x/rule': ['error', option ?? {}] }, settings: settings ?? {}, languageOptions: filename.endsWith('js') ? {} : { parser } };
  return new Linter({ cwd: fixtures }).verify(unmarked(code).code, [config as never], filename).map((found) => found.message);
}

function validCase(given: Case, where: string): ValidTestCase<Options> {
  const { name, code, file, option, settings } = typeof given === 'string' ? { code: given } as Exclude<Case, string> : given;
  return { code, filename: join(fixtures, file ?? where), ...(name ? { name } : {}), ...(option ? { options: [option] } : {}), ...(settings ? { settings } : {}) };
}

function invalidCase(given: Case, where: string): InvalidTestCase<MessageId, Options> {
  const test = typeof given === 'string' ? { code: given } as Exclude<Case, string> : given;
  const { code, marks } = unmarked(test.code);
  return {
    ...validCase({ ...test, code }, where),
    errors: marks.map((mark) => ({
      messageId: 'finding' as const, ...mark,
      suggestions: test.suggests === undefined ? null : [test.id !== undefined ? { messageId: test.id, output: test.suggests } : test.advice === undefined ? suggestion(test.suggests, marks.length, code) : { messageId: 'mend' as const, data: { advice: test.advice }, output: test.suggests }],
    })),
  };
}

function suggestion(output: string, sites: number, code: string): { messageId: MessageId; data?: Record<string, string>; output: string } {
  if (sites > 1) return { messageId: 'carryContext', data: { sites: String(sites) }, output };
  if (/\btrace(Agent|Tool|Workflow)\(/.test(output)) return { messageId: 'mend', output };
  if (output.length < code.length) return { messageId: 'removeCarrier', output };
  return { messageId: output.includes('tracedFetch(') ? 'traceRequest' : output.includes('ROOT_CONTEXT, () => ') ? 'beginInRoot' : 'bindCallback', output };
}

/** The code without its marks, and what they mark. */
export function unmarked(text: string): { code: string; marks: { line: number; column: number; endLine: number; endColumn: number }[] } {
  let code = '';
  let start = { line: 0, column: 0 };
  const marks = [];
  for (const char of text) {
    const lines = code.split('\n');
    const at = { line: lines.length, column: lines.at(-1)!.length + 1 };
    if (char === '«') start = at;
    else if (char === '»') marks.push({ ...start, endLine: at.line, endColumn: at.column });
    else code += char;
  }
  return { code, marks };
}
