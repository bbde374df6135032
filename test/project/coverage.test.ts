import fs from 'node:fs';
import path from 'node:path';

import { ts as bundled } from '@ts-morph/common';
import { describe, expect, test } from 'vitest';

import { coverageOf, packageCoverage, type Coverage, type CoverageOptions } from '../../src/project/coverage.ts';
import { distributions } from '../../src/project/distributions.ts';
import { autoNodeInstrumentations, instrumentationClasses } from '../../src/project/instrumentations.ts';
import { Packages, type Manifest, type Package } from '../../src/project/packages.ts';
import type { Ts } from '../../src/types.ts';
import { tree } from './tree.ts';

const ts = bundled as unknown as Ts;
const otel = (name: string): string => `@opentelemetry/instrumentation-${name}`;

function packageWith(manifest: Manifest): Package {
  const root = tree({ 'package.json': manifest });
  return new Packages().packageOf(path.join(root, 'x.ts')) as Package;
}

function cover(files: Record<string, string>, manifest: Manifest = {}, options: CoverageOptions = { instrumentations: 'auto' }): Coverage {
  const pkg = packageWith(manifest);
  return coverageOf(ts, pkg, Object.entries(files).map(([name, text]) => ({ path: path.join(pkg.dir, name), text })), options);
}

const of = (text: string, manifest?: Manifest): Coverage => cover({ 'src/tracing.ts': text }, manifest);
const names = (coverage: Coverage): string[] => [...coverage.registered.keys()];

describe('instrumentations by hand', () => {
  const undici = "import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';\n";

  test('registerInstrumentations', () => {
    const coverage = of(`${undici}import { registerInstrumentations } from '@opentelemetry/instrumentation';\nregisterInstrumentations({ instrumentations: [new UndiciInstrumentation()] });`);
    expect(Object.fromEntries(coverage.registered)).toEqual({ [otel('undici')]: 'src/tracing.ts:3: new UndiciInstrumentation()' });
    expect(coverage.has(otel('undici'))).toBe(true);
    expect(coverage.has(otel('http'))).toBe(false);
    expect(coverage.tracer).toBe(false);
  });

  test('NodeSDK, in modules of both kinds, under an alias, through a namespace', () => {
    expect(names(of(`${undici}import { NodeSDK } from '@opentelemetry/sdk-node';\nnew NodeSDK({ instrumentations: [new UndiciInstrumentation()] }).start();`))).toEqual([otel('undici')]);
    const cjs = of("const { NodeSDK } = require('@opentelemetry/sdk-node');\nconst { HttpInstrumentation: H } = require('@opentelemetry/instrumentation-http');\nnew NodeSDK({ instrumentations: [new H()] });");
    expect([names(cjs), cjs.tracer]).toEqual([[otel('http')], true]);
    expect(cjs.evidence).toEqual(['src/tracing.ts:3: new NodeSDK()']);
    const namespace = of("import * as sdk from '@opentelemetry/sdk-node';\nimport * as h from '@opentelemetry/instrumentation-http';\nnew sdk.NodeSDK({ instrumentations: [new h.HttpInstrumentation()] });");
    expect([names(namespace), namespace.tracer]).toEqual([[otel('http')], true]);
  });

  test('pushed, conditional, loaded on demand', () => {
    expect(names(of(`${undici}const all = [];\nif (on) all.push(new UndiciInstrumentation());`))).toEqual([otel('undici')]);
    expect(names(of("const { HttpInstrumentation } = await import('@opentelemetry/instrumentation-http');\nnew HttpInstrumentation();"))).toEqual([otel('http')]);
  });

  test('other people\'s instrumentations, and one that comes through a file of the repo', () => {
    expect(names(of("import { BullMQInstrumentation } from '@appsignal/opentelemetry-instrumentation-bullmq';\nimport { PrismaInstrumentation } from '@prisma/instrumentation';\nimport { KafkaJsInstrumentation } from './vendored';\n[new BullMQInstrumentation(), new PrismaInstrumentation(), new KafkaJsInstrumentation()];")))
      .toEqual(['@appsignal/opentelemetry-instrumentation-bullmq', otel('kafkajs'), '@prisma/instrumentation']);
  });

  test('one that is made by a call', () => {
    const azure = "import { createAzureSdkInstrumentation } from '@azure/opentelemetry-instrumentation-azure-sdk';\n";
    expect(names(of(`${azure}registerInstrumentations({ instrumentations: [createAzureSdkInstrumentation()] });`))).toEqual(['@azure/opentelemetry-instrumentation-azure-sdk']);
    expect(names(of(`${azure}createAzureSdkInstrumentation({ enabled: false });`))).toEqual([]);
    expect(names(of(`${azure}export { createAzureSdkInstrumentation };`))).toEqual([]);
  });

  test.each([
    [`${undici}export { UndiciInstrumentation };`],
    [`${undici}new UndiciInstrumentation({ enabled: false });`],
    ["import type { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';\nlet x: UndiciInstrumentation;"],
    ['// new UndiciInstrumentation()\nconst s = "new UndiciInstrumentation()";'],
    ['class UndiciInstrumentation {}\nnew UndiciInstrumentation();'],
  ])('not registered: %s', (text) => {
    expect(names(of(text))).toEqual([]);
  });

  test('a dependency that nothing registers is declared', () => {
    const dependencies = { [otel('undici')]: '*', [otel('http')]: '*', '@opentelemetry/instrumentation': '*', express: '*' };
    const coverage = of(`${undici}new UndiciInstrumentation();`, { dependencies });
    expect(Object.fromEntries(coverage.declared)).toEqual({ [otel('http')]: otel('http') });
  });
});

describe('auto-instrumentations', () => {
  const auto = "import { getNodeAutoInstrumentations } from '@opentelemetry/auto-instrumentations-node';\n";
  const expected = autoNodeInstrumentations.filter((each) => !each.offByDefault).map((each) => each.name);

  test('all that are on by default', () => {
    const coverage = of(`${auto}getNodeAutoInstrumentations();`);
    expect(names(coverage)).toEqual(['@opentelemetry/auto-instrumentations-node', ...expected].sort());
    expect(coverage.has(otel('fs'))).toBe(false);
  });

  test('what is switched off, on, or left to a variable', () => {
    const coverage = of(`${auto}getNodeAutoInstrumentations({ '${otel('undici')}': { enabled: false }, '${otel('fs')}': { enabled: true }, '${otel('http')}': { enabled: flag }, '${otel('pg')}': off });\nconst off = { enabled: false };`);
    expect([otel('undici'), otel('fs'), otel('http'), otel('pg')].map((name) => coverage.has(name))).toEqual([false, true, true, false]);
    expect(of(`${auto}const config = { '${otel('undici')}': { enabled: false } };\ngetNodeAutoInstrumentations(config);`).has(otel('undici'))).toBe(false);
  });

  test('an old version brings fewer', () => {
    const version = (range: string): Coverage => of(`${auto}getNodeAutoInstrumentations();`, { dependencies: { '@opentelemetry/auto-instrumentations-node': range } });
    expect(version('^0.40.2').has(otel('undici'))).toBe(false);
    expect(version('^0.40.2').declared.has(otel('undici'))).toBe(false);
    expect(version('^0.46.0').has(otel('undici'))).toBe(true);
    expect(version('latest').has(otel('undici'))).toBe(true);
  });

  test('declared but not used', () => {
    const coverage = of('f();', { dependencies: { '@opentelemetry/auto-instrumentations-node': '^0.60.0' } });
    expect(names(coverage)).toEqual([]);
    expect(coverage.declared.has(otel('undici'))).toBe(true);
    expect(coverage.tracer).toBe(true);
  });

  describe('in the browser', () => {
    const web = "import { getWebAutoInstrumentations } from '@opentelemetry/auto-instrumentations-web';\n";
    const own = (config: string): Coverage => of(`import { FetchInstrumentation } from '@opentelemetry/instrumentation-fetch';\nconst all = { propagateTraceHeaderCorsUrls: [/.*/] };\nnew FetchInstrumentation(${config});`);

    test('what is switched off is off', () => {
      expect(names(of(`${web}getWebAutoInstrumentations({ '${otel('fetch')}': { enabled: false }, '${otel('xml-http-request')}': { propagateTraceHeaderCorsUrls: /x/ } });`)))
        .toEqual(['@opentelemetry/auto-instrumentations-web', otel('document-load'), otel('user-interaction'), otel('xml-http-request')].sort());
    });

    test('it sends nothing to another origin unless it is told to', () => {
      const coverage = of(`${web}getWebAutoInstrumentations();`);
      expect(coverage.has(otel('fetch'))).toBe(false);
      expect(coverage.of(otel('fetch'))[0]?.idle).toMatch(/propagateTraceHeaderCorsUrls/);
      expect(of(`${web}getWebAutoInstrumentations({ '${otel('fetch')}': { propagateTraceHeaderCorsUrls: /.*/ } });`).has(otel('fetch'))).toBe(true);
      expect(of(`${web}getWebAutoInstrumentations(config());`).has(otel('fetch'))).toBe(true);
    });

    test.each(['{ propagateTraceHeaderCorsUrls: [/.*/] }', 'all', '{ ...all }', 'options()'])('new FetchInstrumentation(%s) carries', (config) => {
      expect(own(config).has(otel('fetch'))).toBe(true);
    });

    test.each(['', '{}', '{ clearTimingResources: true }'])('new FetchInstrumentation(%s) does not', (config) => {
      expect(own(config).has(otel('fetch'))).toBe(false);
    });
  });

  test.each([
    ['Dockerfile', 'CMD ["node", "--require", "@opentelemetry/auto-instrumentations-node/register", "x.js"]'],
    ['Dockerfile.prod', 'ENV NODE_OPTIONS="--import @opentelemetry/auto-instrumentations-node/register"'],
    ['.env', 'NODE_OPTIONS=--require=@opentelemetry/auto-instrumentations-node/register'],
    ['docker-compose.yml', '      - NODE_OPTIONS=-r @opentelemetry/auto-instrumentations-node/build/src/register.js'],
    ['src/index.ts', "import '@opentelemetry/auto-instrumentations-node/register';"],
    ['src/index.js', "require('@opentelemetry/auto-instrumentations-node/register');"],
  ])('preloaded by %s', (name, text) => {
    const coverage = cover({ [name]: text });
    expect([coverage.tracer, coverage.has(otel('undici'))]).toEqual([true, true]);
  });

  test.each([
    ['Dockerfile', '# --require @opentelemetry/auto-instrumentations-node/register'], ['.env', '#NODE_OPTIONS=--require @opentelemetry/auto-instrumentations-node/register'],
    ['Dockerfile', 'CMD ["node", "--import", "@opentelemetry/instrumentation/hook.mjs"]'], ['Dockerfile', 'RUN npm i @opentelemetry/auto-instrumentations-node'],
  ])('not preloaded by %s: %s', (name, text) => {
    expect(cover({ [name]: text }).tracer).toBe(false);
  });

  test('a script of package.json', () => {
    const coverage = of('', { name: 'app', scripts: { start: 'node --import @opentelemetry/auto-instrumentations-node/register dist/x.js' } });
    expect(coverage.registered.get(otel('http'))).toBe('script start of app:1: @opentelemetry/auto-instrumentations-node/register');
  });

  test('the environment\'s lists', () => {
    const preload = 'NODE_OPTIONS=--require @opentelemetry/auto-instrumentations-node/register\n';
    const off = cover({ '.env': `${preload}OTEL_NODE_DISABLED_INSTRUMENTATIONS=undici, pg\n` });
    expect([otel('undici'), otel('pg'), otel('http')].map((name) => off.has(name))).toEqual([false, false, true]);
    const on = cover({ 'compose.yaml': `${preload}  OTEL_NODE_ENABLED_INSTRUMENTATIONS: "http,fs"\n` });
    expect(names(on)).toEqual(['@opentelemetry/auto-instrumentations-node', otel('fs'), otel('http')]);
  });
});

describe('tracers', () => {
  test.each([
    ["import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';\nnew NodeTracerProvider().register();"],
    ["import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';\nnew BasicTracerProvider();"],
    ["import { WebTracerProvider } from '@opentelemetry/sdk-trace-web';\nnew WebTracerProvider();"],
  ])('%s', (text) => {
    expect(of(text)).toMatchObject({ tracer: true });
    expect(names(of(text))).toEqual([]);
  });

  test('none', () => {
    expect(of("import { trace } from '@opentelemetry/api';\ntrace.getTracer('x');")).toMatchObject({ tracer: false, evidence: [] });
    expect(of("import type { NodeSDK } from '@opentelemetry/sdk-node';\nlet x: NodeSDK;").tracer).toBe(false);
  });

  test('a dependency at run time, not one of development', () => {
    expect(of('', { name: 'a', dependencies: { '@opentelemetry/sdk-node': '*' } }).evidence).toEqual(['package a depends on @opentelemetry/sdk-node']);
    expect(of('', { devDependencies: { '@opentelemetry/sdk-node': '*' } }).tracer).toBe(false);
    expect(of('', { dependencies: { '@opentelemetry/sdk-trace-base': '*' } }).tracer).toBe(false);
  });
});

describe('distributions and agents', () => {
  const http = [otel('http'), otel('undici')];

  test.each<[string, string, string[]]>([
    ['@vercel/otel', "import { registerOTel } from '@vercel/otel';\nexport function register() { registerOTel('app'); }", []],
    ['@vercel/otel', "import { registerOTel } from '@vercel/otel';\nregisterOTel(config);", [otel('undici')]],
    ['@vercel/otel', "import { registerOTel } from '@vercel/otel';\nregisterOTel({ serviceName: 'x' });", []],
    ['@vercel/otel', "import { registerOTel } from '@vercel/otel';\nregisterOTel({ instrumentationConfig: { fetch: { propagateContextUrls: [/.*/] } } });", [otel('undici')]],
    ['@vercel/otel', "import { registerOTel } from '@vercel/otel';\nregisterOTel({ instrumentationConfig: { fetch: { ignoreUrls: [] } } });", []],
    ['@vercel/otel', "import { registerOTel } from '@vercel/otel';\nregisterOTel({ instrumentationConfig });", [otel('undici')]],
    ['@vercel/otel', "import { registerOTel } from '@vercel/otel';\nregisterOTel({ instrumentations: ['auto', x] });", []],
    ['@vercel/otel', "import { registerOTel } from '@vercel/otel';\nregisterOTel({ instrumentations: ['auto', x], instrumentationConfig: { fetch: { propagateContextUrls: urls } } });", [otel('undici')]],
    ['@vercel/otel', "import { registerOTel } from '@vercel/otel';\nregisterOTel({ instrumentations: [] });", []],
    ['@sentry/node', "import * as Sentry from '@sentry/node';\nSentry.init({ dsn });", http],
    ['@sentry/nestjs', "const Sentry = require('@sentry/nestjs');\nSentry.init({ dsn });", http],
    ['@sentry/node', "import { init } from '@sentry/node';\ninit({ defaultIntegrations: false });", []],
    ['dd-trace', "import tracer from 'dd-trace';\ntracer.init();", http],
    ['dd-trace', "const tracer = require('dd-trace').init();", http],
    ['dd-trace', "const dd = require('dd-trace') as X;\nconst tracer = dd.default ?? dd;\ntracer.init({});", http],
    ['dd-trace', "import dd from 'dd-trace';\ndd.init({ plugins: false });", []],
    ['dd-trace', "import 'dd-trace/init';", http],
    ['newrelic', "require('newrelic');", http],
    ['newrelic', "import 'newrelic';", http],
    ['elastic-apm-node', "require('elastic-apm-node').start({});", http],
    ['elastic-apm-node', "import apm from 'elastic-apm-node/start.js';", http],
    ['@azure/monitor-opentelemetry', "import { useAzureMonitor } from '@azure/monitor-opentelemetry';\nuseAzureMonitor();", [otel('http')]],
    ['@splunk/otel', "const { start } = require('@splunk/otel');\nstart();", http],
    ['@honeycombio/opentelemetry-node', "import { HoneycombSDK } from '@honeycombio/opentelemetry-node';\nnew HoneycombSDK({});", []],
    ['@google-cloud/trace-agent', "require('@google-cloud/trace-agent').start();", [otel('http')]],
  ])('%s: %s', (name, text, covered) => {
    const coverage = of(text);
    expect(coverage.tracer).toBe(true);
    expect(coverage.has(name)).toBe(true);
    for (const each of http) expect([each, coverage.has(each)]).toEqual([each, covered.includes(each)]);
  });

  test('Sentry adds the rest with its spans', () => {
    expect(of("import * as S from '@sentry/node';\nS.init({ tracesSampleRate: 0.1 });").has(otel('kafkajs'))).toBe(true);
    expect(of("import * as S from '@sentry/node';\nS.init({});").has(otel('kafkajs'))).toBe(false);
  });

  test.each([
    ["import * as Sentry from '@sentry/node';\nSentry.init({ dsn, skipOpenTelemetrySetup: true });"],
    ["import * as Sentry from '@sentry/browser';\nSentry.init({ dsn });"],
    ["import { captureException } from '@sentry/node';\ncaptureException(e);\nthing.initialise();"],
    ["import type { Tracer } from 'dd-trace';\nlet t: Tracer;"],
    ["import { start } from './server';\nimport '@splunk/otel-web';\nstart();"],
    ["import { init } from './init';\nimport tracer from 'dd-trace';\ninit();"],
  ])('nothing is started: %s', (text) => {
    expect(of(text)).toMatchObject({ tracer: false });
  });

  test('Sentry in the page is another matter', () => {
    expect(cover({ 'sentry.client.config.ts': "import * as Sentry from '@sentry/nextjs';\nSentry.init({});" }).tracer).toBe(false);
    expect(cover({ 'sentry.server.config.ts': "import * as Sentry from '@sentry/nextjs';\nSentry.init({});" }).tracer).toBe(true);
  });

  test.each([['dd-trace', 'node --require dd-trace/init x.js'], ['dd-trace', 'node --import dd-trace/initialize.mjs x'], ['newrelic', 'node -r newrelic x.js'], ['@splunk/otel', 'node -r @splunk/otel/instrument x'], ['deno', 'OTEL_DENO=true deno run x.ts']])('%s from a script: %s', (name, script) => {
    const coverage = of('', { scripts: { start: script } });
    expect([coverage.tracer, coverage.has(name), coverage.has(otel('http'))]).toEqual([true, true, true]);
  });

  test('Next reads what comes in, once there is a tracer', () => {
    const next = { dependencies: { next: '15' } };
    expect(of("import { registerOTel } from '@vercel/otel';\nregisterOTel();", next).has('next')).toBe(true);
    expect(of('', next).has('next')).toBe(false);
  });
});

describe('options', () => {
  const text = "import { NodeSDK } from '@opentelemetry/sdk-node';\nimport { HttpInstrumentation } from '@opentelemetry/instrumentation-http';\nnew NodeSDK({ instrumentations: [new HttpInstrumentation()] });";

  test('none: nothing is on, and the tracer is still seen', () => {
    const coverage = cover({ 'a.ts': text }, { dependencies: { [otel('pg')]: '*' } }, { instrumentations: 'none' });
    expect(coverage).toMatchObject({ tracer: true });
    expect([names(coverage), coverage.declared.size]).toEqual([[], 0]);
  });

  test('a list: exactly that', () => {
    const coverage = cover({ 'a.ts': text }, {}, { instrumentations: [otel('undici'), otel('amqplib')] });
    expect(Object.fromEntries(coverage.registered)).toEqual({ [otel('amqplib')]: 'configured', [otel('undici')]: 'configured' });
  });

  test('a reader is asked for paths; a file it cannot give is left out', () => {
    const pkg = packageWith({});
    const coverage = coverageOf(ts, pkg, { paths: ['/b.ts', '/a.ts'], read: (file) => (file === '/a.ts' ? text : undefined) }, { instrumentations: 'auto' });
    expect(coverage.registered.get(otel('http'))).toBe('/a.ts:3: new HttpInstrumentation()');
  });

  test('source that does not parse is no crash', () => {
    expect(of('new NodeSDK({ instrumentations: [').tracer).toBe(true);
  });
});

describe('packageCoverage', () => {
  const options: CoverageOptions = { instrumentations: 'auto' };
  const setup = "import { NodeSDK } from '@opentelemetry/sdk-node';\nimport { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';\nnew NodeSDK({ instrumentations: [new UndiciInstrumentation()] });";

  function monorepo(): { root: string; of: (name: string) => Coverage } {
    const root = tree({
      'package.json': { name: 'root', workspaces: ['p/*'], scripts: { worker: 'node --require newrelic p/worker' } },
      'compose.yaml': 'NODE_OPTIONS: --require dd-trace/init\n',
      'p/otel/package.json': { name: '@x/otel' }, 'p/otel/src/setup.ts': setup,
      'p/api/package.json': { name: '@x/api', dependencies: { '@x/mid': '*', 'dd-trace': '*' } }, 'p/api/src/a.ts': 'f();', 'p/api/.env.production': 'OTEL_SERVICE_NAME=x\n',
      'p/mid/package.json': { name: '@x/mid', dependencies: { '@x/otel': '*' } }, 'p/mid/src/a.ts': '', 'p/mid/src/tracing.test.ts': "require('newrelic');",
      'p/web/package.json': { name: '@x/web' }, 'p/web/src/a.ts': 'f();',
      'p/worker/package.json': { name: '@x/worker', dependencies: { newrelic: '*' } }, 'p/worker/Dockerfile': 'CMD node --import dd-trace/initialize.mjs x.js',
    });
    const packages = new Packages();
    return { root, of: (name) => packageCoverage(ts, packages.packageOf(path.join(root, 'p', name, 'src/a.ts')) as Package, options, packages) };
  }

  test('its own files, and those of the workspace packages that it depends on', () => {
    const repo = monorepo();
    expect(repo.of('otel').registered.get(otel('undici'))).toBe('p/otel/src/setup.ts:3: new UndiciInstrumentation()');
    expect(repo.of('mid').has(otel('undici'))).toBe(true);
    expect(repo.of('api').has(otel('undici'))).toBe(true);
    expect(repo.of('mid').has('newrelic')).toBe(false);
    expect(repo.of('web')).toMatchObject({ tracer: false });
  });

  test('what the root preloads counts where it is a dependency', () => {
    const repo = monorepo();
    expect(repo.of('api').has('dd-trace')).toBe(true);
    expect(repo.of('worker').has('newrelic')).toBe(true);
    expect(repo.of('mid').has('dd-trace')).toBe(false);
    expect(repo.of('web').has('newrelic')).toBe(false);
  });

  test('its own Dockerfile counts as it is', () => {
    expect(monorepo().of('worker').registered.get('dd-trace')).toMatch(/^(?:p\/worker\/Dockerfile:1|compose\.yaml:1): dd-trace/);
  });

  test('remembered for as long as the packages are', () => {
    const repo = monorepo();
    const before = repo.of('web');
    fs.writeFileSync(path.join(repo.root, 'p/web/src/late.ts'), setup);
    expect(repo.of('web')).toBe(before);
  });
});

test('the data names each thing once', () => {
  expect(new Set(distributions.map((each) => each.package)).size).toBe(distributions.length);
  const classed = new Set(instrumentationClasses.values());
  for (const { name } of autoNodeInstrumentations) expect(classed).toContain(name);
});
