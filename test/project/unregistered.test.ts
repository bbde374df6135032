/** Instrumentations that are declared and registered nowhere: a finding of its own, in package.json. */
import { createRequire } from 'node:module';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';

import { check, type CheckOptions } from '../../src/run/check.ts';
import type { Finding } from '../../src/types.ts';
import { tree } from './tree.ts';

const undici = '@opentelemetry/instrumentation-undici';
const auto = '@opentelemetry/auto-instrumentations-node';
const post = "fetch('http://localhost:4000/run', { method: 'POST', body: '{}' })";
const send = `export const run = () => ${post};\n`;
const manifest = (dependencies: Record<string, string>, more: object = {}): string => JSON.stringify({ name: 'app', type: 'module', engines: { node: '20' }, ...more, dependencies }, undefined, 2);

async function rowsOf(files: Record<string, string | object>, options: Partial<CheckOptions> = {}): Promise<Finding[]> {
  const { findings } = await check({ cwd: tree(files), assumeTraced: true, ...options });
  return findings.filter((finding) => finding.path.endsWith('package.json'));
}

describe('the finding', () => {
  test('stands at the dependency, names the places, and says what to do', async () => {
    const text = manifest({ express: '5', [undici]: '^0.33.0' });
    const report = await check({ cwd: tree({ 'package.json': text, 'src/a.ts': send, 'src/b.ts': `${send}export const walk = () => ${post};\n` }), assumeTraced: true });
    expect(report.findings.map((each) => [each.path, each.line, each.severity])).toEqual([['package.json', 9, 'warn'], ['src/a.ts', 1, 'error'], ['src/b.ts', 1, 'error'], ['src/b.ts', 2, 'error']]);
    const [row] = report.findings;
    expect(text.split('\n')[8]!.slice(row!.column - 1, row!.endColumn - 1)).toBe(undici);
    expect(row).toMatchObject({
      rule: 'no-dark-request', boundary: 'fetch/fetch', family: 'http', runtime: 'node', scope: 'project', role: 'producer', verdict: 'lost', severity: 'warn', channel: '*', endLine: 9,
      message: `\`${undici}\` is a dependency, but nothing in this repository registers it: \`fetch\` (3 places) goes out without trace context. Register it, or list it in \`instrumentations\` of handoff.config.json if an operator or layer does that outside.`,
      related: [{ path: 'src/a.ts', line: 1, column: 26, role: 'producer' }, { path: 'src/b.ts', line: 1, column: 26, role: 'producer' }, { path: 'src/b.ts', line: 2, column: 27, role: 'producer' }],
      repair: { refused: 'not-registered' },
    });
    const schema = createRequire(import.meta.url)('../../schemas/check.json') as object;
    const validate = new Ajv2020({ strict: false }).compile(schema);
    expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
  });

  test('of the bundle, where only that is a dependency', async () => {
    const rows = await rowsOf({ 'package.json': manifest({ [auto]: '^0.60.0' }), 'src/a.ts': send });
    expect(rows.map((row) => row.message)).toEqual([expect.stringMatching(/^`@opentelemetry\/auto-instrumentations-node` is a dependency, .*: `fetch` goes out/)]);
  });

  test('once a package and instrumentation, with a fingerprint of its own', async () => {
    const rows = await rowsOf({
      'package.json': { name: 'root', private: true, workspaces: ['p/*'] },
      'p/a/package.json': manifest({ [undici]: '*' }, { name: 'a' }), 'p/a/src/a.ts': send + send.replace('run', 'walk'),
      'p/b/package.json': manifest({ [undici]: '*' }, { name: 'b' }), 'p/b/src/b.ts': send,
    });
    expect(rows.map((row) => [row.path, row.related.length])).toEqual([['p/a/package.json', 2], ['p/b/package.json', 1]]);
    expect(new Set(rows.map((row) => row.fingerprint)).size).toBe(2);
  });

  test('at the root that declares it for its packages, once', async () => {
    const rows = await rowsOf({
      'package.json': manifest({ [undici]: '*' }, { name: 'root', private: true, workspaces: ['p/*'] }),
      'p/a/package.json': manifest({}, { name: 'a' }), 'p/a/src/a.ts': send, 'p/b/package.json': manifest({}, { name: 'b' }), 'p/b/src/b.ts': send,
    });
    expect(rows.map((row) => [row.path, row.related.length])).toEqual([['package.json', 2]]);
  });

  test('an optional dependency counts', async () => {
    expect(await rowsOf({ 'package.json': manifest({}, { optionalDependencies: { [undici]: '*' } }), 'src/a.ts': send })).toHaveLength(1);
  });

  test('of the other side', async () => {
    const rows = await rowsOf({
      'package.json': manifest({ express: '5', '@opentelemetry/instrumentation-http': '*' }), 'src/a.ts': send,
      'src/s.ts': "import express from 'express';\nconst app = express();\napp.post('/run', async (req, res) => { await fetch('https://example.com', { method: 'POST' }); res.end(); });\n",
    });
    expect(rows.map((row) => [row.boundary, row.role, row.message])).toEqual([['express/route', 'consumer', expect.stringContaining('`app.post` reads no trace context.')]]);
  });
});

const here = { 'package.json': manifest({ [undici]: '*' }), 'src/a.ts': send };
const registered = `import { UndiciInstrumentation } from '${undici}';\nnew UndiciInstrumentation();\n`;

describe('no finding', () => {
  test.each<[string, Record<string, string | object>, Partial<CheckOptions>?]>([
    ['it is registered', { ...here, 'src/tracing.ts': registered }],
    ['it is registered, and switched off on purpose', { ...here, 'src/tracing.ts': registered.replace('()', '({ enabled: false })') }],
    ['it is loaded, in a way that can\'t be followed', { ...here, 'src/tracing.ts': `const all = [require('${undici}')].map((each) => new each.UndiciInstrumentation());\n` }],
    ['nothing needs it', { ...here, 'src/a.ts': 'export const answer = 42;\n' }],
    ['what it would carry is carried by hand', { ...here, 'src/a.ts': send.replace("method: 'POST'", "headers: { traceparent: 'x' }") }],
    ['what it would carry is nobody\'s business', { ...here, 'src/a.ts': send.replace('localhost:4000', 'api.example.com') }],
    ['what it would carry is silenced', { ...here, 'src/a.ts': `// handoff-ignore no-dark-request -- an edge\n${send}` }],
    ['it is of the tests', { ...here, 'package.json': manifest({}, { devDependencies: { [undici]: '*' } }) }],
    ['it is another', { ...here, 'package.json': manifest({ '@opentelemetry/instrumentation-pg': '*' }) }],
    ['it does nothing where the code runs', { ...here, 'package.json': manifest({ '@opentelemetry/instrumentation-fetch': '*' }) }, { runtime: 'node' }],
    ['the rule is off', { ...here, 'handoff.config.json': { rules: { 'no-dark-request': 'off' } } }],
    ['an operator registers it', { ...here, 'handoff.config.json': { instrumentations: [undici] } }],
    ['the command line names what is on', here, { instrumentations: ['@opentelemetry/instrumentation-http'] }],
    ['the command line says that none is', here, { instrumentations: 'none' }],
    ['an agent does its work', { ...here, 'src/tracing.ts': "import 'newrelic';\n" }],
    ['other files were asked for', { ...here, 'lib/b.ts': 'export const b = 1;\n' }, { paths: ['lib'] }],
  ])('%s', async (_, files, options) => {
    expect(await rowsOf(files, options)).toEqual([]);
  });

  test('of a package in which no tracer runs', async () => {
    const rows = await rowsOf({
      'package.json': { name: 'root', private: true, workspaces: ['p/*'] },
      'p/a/package.json': manifest({ '@opentelemetry/sdk-node': '*' }, { name: 'a' }), 'p/a/src/a.ts': '', 'p/b/package.json': manifest({ [undici]: '*' }, { name: 'b' }), 'p/b/src/b.ts': send,
    }, { assumeTraced: false });
    expect(rows).toEqual([]);
  });
});
