/** SARIF: the standard's own schema, and what GitHub reads of it (SPEC-FACTS.md). */
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { sarif } from '../../src/report/sarif.ts';
import { ruleTexts } from '../../src/report/rule-texts.ts';
import { broken, finding, oddPaths, print } from './sample.ts';

const { $schema: _draft4, id: _id, ...schema } = JSON.parse(readFileSync(new URL('../../fixtures/schemas/sarif-2.1.0.json', import.meta.url), 'utf8')) as Record<string, unknown>;
const valid = new Ajv({ strict: false, allErrors: true, formats: { uri: (text: string) => URL.canParse(text), 'uri-reference': (text: string) => URL.canParse(text, 'https://example.com/a/b/'), 'date-time': true } }).compile(schema);

interface Log {
  $schema: string;
  version: string;
  runs: [{
    tool: { driver: { name: string; rules: Record<string, { text: string }>[] } };
    invocations: [{ executionSuccessful: boolean; toolExecutionNotifications?: object[] }];
    results: {
      ruleId: string; ruleIndex: number; level: string; message: { text: string }; partialFingerprints: Record<string, string>;
      locations: [{ physicalLocation: { artifactLocation: { uri: string }; region: object } }]; relatedLocations?: object[];
    }[];
  }];
}

function log(...args: Parameters<typeof print> extends [unknown, ...infer Rest] ? Rest : never): Log {
  const written = JSON.parse(print(sarif, ...args)) as Log;
  expect(valid(written), JSON.stringify(valid.errors?.slice(0, 3), null, 2)).toBe(true);
  return written;
}

test('the schema is one that says no', () => {
  expect(valid({ version: '2.1.0' })).toBe(false);
  expect(valid({ version: '2.1.0', runs: [{ tool: { driver: { name: 'x' } }, results: [{ message: { text: 'x' }, level: 'fatal' }] }] })).toBe(false);
});

test('has what GitHub reads', () => {
  const { $schema, version, runs: [run] } = log({ findings: [finding, { ...finding, rule: 'no-leaked-context', severity: 'warn', related: [] }] });
  expect($schema).toContain('sarif-schema-2.1.0.json');
  expect(version).toBe('2.1.0');
  const { name, rules } = run.tool.driver;
  expect(name).toBe('otel-handoff');
  for (const rule of rules) {
    expect(rule).toMatchObject({ id: expect.any(String), shortDescription: { text: expect.stringMatching(/^[A-Z].*\.$/) }, fullDescription: { text: expect.stringMatching(/^\S/) }, help: { text: expect.stringMatching(/./) }, helpUri: expect.stringMatching(/^https:/) });
    expect((rule as unknown as { properties: { tags: string[] } }).properties.tags.length).toBeLessThanOrEqual(10);
    // GitHub cuts them there.
    expect(rule['shortDescription']!.text.length).toBeLessThanOrEqual(1024);
    expect(rule['fullDescription']!.text.length).toBeLessThanOrEqual(1024);
  }
  expect(rules.map((rule) => rule['id'])).toEqual(Object.keys(ruleTexts));
  expect(run.results.map((r) => [r.level, (rules[r.ruleIndex] as unknown as { id: string }).id, r.locations.length])).toEqual([['error', 'no-dark-queue', 1], ['warning', 'no-leaked-context', 1]]);
  expect(run.results[0]!.locations[0].physicalLocation).toEqual({ artifactLocation: { uri: 'src/a.ts' }, region: { startLine: 7, startColumn: 9, endLine: 7, endColumn: 12 } });
  expect(run.results[0]!.relatedLocations).toHaveLength(1);
  expect(run.results[1]).not.toHaveProperty('relatedLocations');
  expect(run.invocations).toEqual([{ executionSuccessful: true }]);
});

test('the fingerprint is the finding\'s, wherever the line went', () => {
  const hash = (line: number): string => log({ findings: [{ ...finding, line, endLine: line }] }).runs[0].results[0]!.partialFingerprints['primaryLocationLineHash']!;
  expect(hash(7)).toBe('0123456789abcdef:1');
  expect(hash(700)).toBe(hash(7));
});

test('a rule of somebody\'s own boundary is described too', () => {
  const { runs: [{ tool, results: [result] }] } = log({ findings: [{ ...finding, rule: 'our-rule' }] });
  expect(tool.driver.rules[result!.ruleIndex]).toMatchObject({ id: 'our-rule', help: { text: expect.stringMatching(/./) } });
});

describe('paths', () => {
  test.each(oddPaths)('%j is %s', (path, uri) => {
    const { runs: [{ results: [result] }] } = log({ findings: [{ ...finding, path }] });
    expect(result!.locations[0].physicalLocation.artifactLocation.uri).toBe(uri);
    if (!/[\ud800-\udfff]/u.test(path) && !uri.startsWith('file:')) expect(decodeURIComponent(uri)).toBe(path);
  });

  test('are the repository\'s, not the working directory\'s', () => {
    const uri = (path: string): string => log({ findings: [{ ...finding, path }] }, { prefix: 'packages/my app' }).runs[0].results[0]!.locations[0].physicalLocation.artifactLocation.uri;
    expect([uri('src/a.ts'), uri('../b/a.ts'), uri('/etc/a.ts')]).toEqual(['packages/my%20app/src/a.ts', 'packages/b/a.ts', 'file:///etc/a.ts']);
  });
});

test('a failed run says so', () => {
  const { runs: [{ invocations, results }] } = log(broken, { failed: true });
  expect(results).toEqual([]);
  expect(invocations).toMatchObject([{ executionSuccessful: false, toolExecutionNotifications: [{ level: 'error', message: { text: '4:2 \'}\' expected.' }, descriptor: { id: 'parse-error' } }] }]);
  expect(log(broken).runs[0].invocations[0].executionSuccessful).toBe(true);
});
