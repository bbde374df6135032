import fs from 'node:fs';
import path from 'node:path';

import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeEach, describe, expect, test } from 'vitest';

import { configFor, configJsonSchema, forgetConfigs, loadConfig, parseConfig } from '../../src/project/config.ts';
import { UsageError } from '../../src/project/errors.ts';
import { ruleNames } from '../../src/project/rule-names.ts';
import { tree } from './tree.ts';

const boundary = {
  id: 'acme/send', family: 'queue', library: 'Acme', match: { exports: ['send'], use: 'call' }, role: 'producer', coupling: 'detached', rule: 'no-dark-queue',
  runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' }, repair: { strategy: 'inject' }, farSide: 'a new trace', advice: 'Carry it.',
  upstream: 'https://example.com/', evidence: 'read', proof: 'none',
};

function complaint(input: unknown): string {
  try {
    parseConfig(input, 'handoff.config.json');
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return (error as Error).message;
  }
  throw new Error('it was accepted');
}

beforeEach(forgetConfigs);

describe('loadConfig', () => {
  test('the nearest file upward', () => {
    const root = tree({ 'handoff.config.json': { runtime: 'node' }, 'a/b/c.ts': '', 'web/handoff.config.json': { runtime: 'browser' } });
    expect(loadConfig(path.join(root, 'a/b'))).toMatchObject({ config: { runtime: 'node' }, path: path.join(root, 'handoff.config.json') });
    expect(loadConfig(path.join(root, 'web')).config.runtime).toBe('browser');
    expect(loadConfig(path.join(root, 'a'))).toBe(loadConfig(path.join(root, 'a/b')));
  });

  test('the defaults where there is none', () => {
    const { config, path: file } = loadConfig(tree({}));
    expect(file).toBeUndefined();
    expect(config).toEqual({
      runtime: 'auto', instrumentations: 'auto', assumeTraced: false, rules: {}, boundaries: [], carriers: { inject: [], extract: [] },
      sensitive: { attributes: [], names: [], allow: [], switches: [] }, agents: [], destinations: [], trusted: [], ignore: [], overrides: [],
    });
  });

  test('a file named outright, and one that is not there', () => {
    const root = tree({ 'other.json': { assumeTraced: true } });
    expect(loadConfig(root, 'other.json').config.assumeTraced).toBe(true);
    expect(() => loadConfig(root, 'nowhere.json')).toThrow(/nowhere\.json: no such file/);
  });

  test('a BOM is nothing', () => {
    const root = tree({ 'handoff.config.json': '\uFEFF{"runtime":"node"}' });
    expect(loadConfig(root).config.runtime).toBe('node');
  });

  test.each([
    ['{\n  "rules": {,}\n}', '2:13'], ['{\n  "runtime": "node",\n}', '3:1'], ['{\n  // no\n}', '2:3'], ['{ "runtime": "node"', '1:20'], ['', '1:1'], ['{ "runtime": @ }', '1:14'],
  ])('broken JSON %j is reported at %s', (text, place) => {
    const root = tree({ 'handoff.config.json': text });
    expect(() => loadConfig(root)).toThrow(UsageError);
    expect(() => loadConfig(root)).toThrow(`handoff.config.json:${place}: not valid JSON`);
    expect(() => loadConfig(root)).not.toThrow(/\n/);
  });

  test('what cannot be read is said', () => {
    const root = tree({});
    fs.mkdirSync(path.join(root, 'handoff.config.json'));
    expect(() => loadConfig(root)).toThrow(UsageError);
  });
});

describe('errors', () => {
  test.each([
    [{ ruls: {} }, 'handoff.config.json: ruls: unknown key; did you mean `rules`?'],
    [{ zebra: 1 }, /^handoff\.config\.json: zebra: unknown key; allowed: \$schema, runtime, .*overrides$/],
    [{ rules: { 'no-dark-queu': 'warn' } }, 'handoff.config.json: rules["no-dark-queu"]: unknown key; did you mean `no-dark-queue`?'],
    [{ rules: { 'no-such-rule-at-all': 'warn' } }, /rules\["no-such-rule-at-all"\]: unknown key; allowed: no-unbound-callback, /],
    [{ rules: { 'no-dark-queue': 'warning' } }, /rules\["no-dark-queue"\]: "warning" is not allowed; allowed: off, warn, error$/],
    [{ rules: { 'no-dark-queue': 'eror' } }, /"eror" is not allowed; did you mean `error`\?$/],
    [{ runtime: 'browser-zon' }, /runtime: "browser-zon" is not allowed; did you mean `browser-zone`\?$/],
    [{ runtime: null }, /runtime: null is not allowed; allowed: auto, node/],
    [{ assumeTraced: 'yes' }, 'handoff.config.json: assumeTraced: expected a boolean, found a string'],
    [{ ignore: 'dist' }, 'handoff.config.json: ignore: expected an array, found a string'],
    [{ ignore: [1] }, 'handoff.config.json: ignore[0]: expected a string, found a number'],
    [{ instrumentations: 'all' }, /instrumentations: must be "auto", "none" or a list of instrumentation packages$/],
    [{ carriers: { inject: ['not a name'] } }, /carriers\.inject\[0\]: must be a function's name or "module#export"$/],
    [{ carriers: { injekt: [] } }, /carriers\.injekt: unknown key; did you mean `inject`\?$/],
    [{ agents: [{ class: 'A' }] }, /agents\[0\]\.methods: is missing; expected an array$/],
    [{ overrides: [{ files: ['a'], rule: {} }] }, /overrides\[0\]\.rule: unknown key; did you mean `rules`\?$/],
    [{ overrides: [{ runtime: 'node' }] }, /overrides\[0\]\.files: is missing/],
    [{ boundaries: [{ ...boundary, famly: 'x' }] }, /boundaries\[0\]\.famly: unknown key; did you mean `family`\?$/],
    [{ boundaries: [{ ...boundary, match: { exports: ['send'], use: 'cal' } }] }, /boundaries\[0\]\.match\.use: "cal" is not allowed; did you mean `call`\?$/],
    [{ boundaries: [{ ...boundary, repair: { stratgy: 'x' } }] }, /boundaries\[0\]\.repair/],
    [{ boundaries: [{ ...boundary, rule: 'no-dark-quee' }] }, /boundaries\[0\]\.rule: unknown rule "no-dark-quee"; did you mean `no-dark-queue`\?$/],
    [{ boundaries: [boundary, boundary] }, /boundaries\[1\]\.id: "acme\/send" is boundaries\[0\]'s id too/],
    [[], 'handoff.config.json: expected an object, found an array'],
    ['x', 'handoff.config.json: expected an object, found a string'],
  ])('%j', (input, expected) => {
    const message = complaint(input);
    expect(message).not.toContain('\n');
    if (typeof expected === 'string') expect(message).toBe(expected);
    else expect(message).toMatch(expected);
  });

  test('an own boundary is taken', () => {
    expect(parseConfig({ boundaries: [boundary] }, 'x').boundaries[0]).toMatchObject({ id: 'acme/send', versions: '*', slots: [] });
  });

  test('both forms of helper', () => {
    const carriers = { inject: ['./src/trace.ts#addTrace', '@acme/otel#inject', 'addTrace'], extract: ['tracing.read'] };
    expect(parseConfig({ carriers }, 'x').carriers).toEqual(carriers);
  });
});

describe('configFor', () => {
  const root = tree({
    'handoff.config.json': {
      runtime: 'node', rules: { 'no-dark-queue': 'error', 'no-new-root': 'off' },
      overrides: [
        { files: ['web/**'], runtime: 'browser', rules: { 'no-dark-queue': 'warn' } },
        { files: ['*.legacy.ts', 'web/old/'], rules: { 'no-dark-queue': 'off' }, assumeTraced: true },
      ],
    },
  });
  const config = (): ReturnType<typeof loadConfig>['config'] => loadConfig(root).config;

  test('a file that no override matches', () => {
    expect(configFor(config(), path.join(root, 'src/a.ts'))).toMatchObject({ runtime: 'node', assumeTraced: false, rules: { 'no-dark-queue': 'error', 'no-new-root': 'off' } });
  });

  test('rules are merged, other settings replaced, later overrides win', () => {
    expect(configFor(config(), path.join(root, 'web/a.ts'))).toMatchObject({ runtime: 'browser', assumeTraced: false, rules: { 'no-dark-queue': 'warn', 'no-new-root': 'off' } });
    expect(configFor(config(), path.join(root, 'web/old/x/a.ts'))).toMatchObject({ runtime: 'browser', assumeTraced: true, rules: { 'no-dark-queue': 'off' } });
    expect(configFor(config(), path.join(root, 'src/deep/a.legacy.ts'))).toMatchObject({ runtime: 'node', assumeTraced: true, rules: { 'no-dark-queue': 'off' } });
    expect(configFor(config(), 'web/a.ts').runtime).toBe('browser');
  });

  test('a folder of that name elsewhere is not meant', () => {
    expect(configFor(config(), path.join(root, 'packages/web/a.ts')).runtime).toBe('node');
  });
});

test('the JSON schema accepts what people write and nothing else', () => {
  const schema = configJsonSchema();
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);
  expect(validate({})).toBe(true);
  expect(validate({ $schema: 'x', runtime: 'node', rules: { 'no-dark-queue': 'warn' }, boundaries: [boundary], overrides: [{ files: ['a'], instrumentations: 'none' }] })).toBe(true);
  expect(validate({ ruls: {} })).toBe(false);
  expect(validate({ rules: { nope: 'warn' } })).toBe(false);
  expect(validate({ instrumentations: 'all' })).toBe(false);
});

test('there are sixteen rules', () => {
  expect(new Set(ruleNames).size).toBe(16);
});

describe('what is sensitive', () => {
  test('is listed under four names, and no other', () => {
    const sensitive = { attributes: ['shop.*'], names: ['shoe size'], allow: ['app.prompt'], switches: ['recordEverything'] };
    expect(loadConfig(tree({ 'handoff.config.json': { sensitive } })).config.sensitive).toEqual(sensitive);
    expect(loadConfig(tree({ 'handoff.config.json': { sensitive: { allow: ['a'] } } })).config.sensitive).toEqual({ attributes: [], names: [], allow: ['a'], switches: [] });
    expect(() => loadConfig(tree({ 'handoff.config.json': { sensitive: { keys: ['a'] } } }))).toThrow(/keys/);
    expect(() => loadConfig(tree({ 'handoff.config.json': { sensitive: { names: [''] } } }))).toThrow(/sensitive\.names/);
  });
});
