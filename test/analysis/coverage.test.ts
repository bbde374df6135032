/** Who carries the context, judged at each handoff by its side, runtime and version (DESIGN.md 5.5). */
import { describe, expect, it } from 'vitest';
import type { BoundaryInput } from '../../src/catalogue/schema.ts';
import { analyse, cases, type Files, type Setting } from './harness.ts';

const post = `fetch('http://localhost:4000/run', { method: 'POST', body: JSON.stringify(body) })`;
const send = `export const run = (body: object) => ${post};`;
const dark = `${send} // ! fetch/fetch lost`;
const undici = `import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';\nnew UndiciInstrumentation();`;
const http = `import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';\nnew HttpInstrumentation();`;
const manifest = (name: string, dependencies: Record<string, string> = {}, more: object = {}): object => ({ name, type: 'module', engines: { node: '20' }, dependencies, ...more });

const server = `import { createServer } from 'node:http';\ncreateServer(async (req, res) => { await fetch('https://example.com', { method: 'POST' }); res.end(req.url); }).listen(4000);`;
const repo = (files: Files): Files => ({
  'package.json': { name: 'root', private: true, workspaces: ['p/*'] },
  'p/a/package.json': manifest('a'), 'p/a/src/a.ts': dark, 'p/b/package.json': manifest('b', { express: '5' }), ...files,
});

cases('each side by its own package', {}, {
  'neither': repo({ 'p/b/src/s.ts': server.replace(/$/, ' // ! node-http/handler lost') }),
  'the client\'s only': repo({ 'p/a/src/tracing.ts': undici, 'p/a/src/a.ts': send, 'p/b/src/s.ts': `${server} // ! node-http/handler one-sided` }),
  'the server\'s only': repo({ 'p/b/src/tracing.ts': http, 'p/b/src/s.ts': server, 'p/a/src/a.ts': `${send} // ! fetch/fetch one-sided` }),
  'the client\'s in the server\'s package is nobody\'s': repo({ 'p/b/src/tracing.ts': undici, 'p/b/src/s.ts': `${server} // ! node-http/handler lost` }),
  'both': repo({ 'p/a/src/tracing.ts': undici, 'p/a/src/a.ts': send, 'p/b/src/tracing.ts': http, 'p/b/src/s.ts': server }),
});

const shared = (files: Files): Files => ({
  'package.json': { name: 'root', private: true, workspaces: ['p/*'] },
  'p/lib/package.json': manifest('lib'), 'p/lib/src/a.ts': dark,
  'p/web/package.json': manifest('web', { lib: '*' }), 'p/worker/package.json': manifest('worker', { lib: '*' }), 'p/tool/package.json': manifest('tool', { lib: '*' }), ...files,
});
const traced = (instrumentation: string): string => `import { NodeSDK } from '@opentelemetry/sdk-node';\n${instrumentation}\nnew NodeSDK({}).start();`;

cases('a library runs in those that use it', {}, {
  'none of them traces': shared({}),
  'all that trace register it': shared({ 'p/web/src/otel.ts': traced(undici), 'p/worker/src/otel.ts': traced(undici), 'p/tool/src/x.ts': 'console.log(1);', 'p/lib/src/a.ts': send }),
  'one does not': shared({ 'p/web/src/otel.ts': traced(undici), 'p/worker/src/otel.ts': traced(http) }),
  'one carries nothing with it': shared({ 'p/web/src/otel.ts': traced(undici), 'p/worker/src/otel.ts': `import { registerOTel } from '@vercel/otel';\nregisterOTel('worker');` }),
  'it has a tracer of its own for something else': shared({ 'p/lib/src/own.ts': `import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';\nexport const own = new BasicTracerProvider();`, 'p/web/src/otel.ts': traced(undici), 'p/lib/src/a.ts': send }),
  'they take their set-up from another package': shared({ 'p/otel/package.json': manifest('otel'), 'p/otel/src/x.ts': traced(undici), 'p/web/package.json': manifest('web', { lib: '*', otel: '*' }), 'p/lib/src/a.ts': send }),
  'those that don\'t use it say nothing': shared({ 'p/web/package.json': manifest('web'), 'p/web/src/otel.ts': traced(undici) }),
});

cases('an instrumentation is on where it runs', {}, {
  'undici\'s, in a page': { 'package.json': manifest('app', { '@opentelemetry/sdk-trace-web': '2', react: '19' }), 'src/otel.ts': undici, 'src/a.ts': `import { useEffect } from 'react';\nexport function A({ body }: any) { useEffect(() => { void ${post.replace('localhost', 'agents.internal')}; }, []); return null; } // ! fetch/fetch lost cors-preflight` },
  'the page\'s, in Node': { 'package.json': manifest('app'), 'src/otel.ts': `import { FetchInstrumentation } from '@opentelemetry/instrumentation-fetch';\nnew FetchInstrumentation({ propagateTraceHeaderCorsUrls: /./ });`, 'src/a.ts': dark },
  'Vercel\'s, for another host': { 'package.json': manifest('app', { next: '15' }), 'instrumentation.ts': `import { registerOTel } from '@vercel/otel';\nexport function register() { registerOTel('app'); }`, 'src/a.ts': dark },
  'Vercel\'s, told which': { 'package.json': manifest('app', { next: '15' }), 'instrumentation.ts': `import { registerOTel } from '@vercel/otel';\nexport function register() { registerOTel({ serviceName: 'app', instrumentationConfig: { fetch: { propagateContextUrls: [/./] } } }); }`, 'src/a.ts': send },
  'of the tests': { 'package.json': manifest('app'), 'test/otel.ts': undici, 'src/otel.test.ts': undici, 'src/a.ts': dark },
});

const own = (cover: object, more: object = {}): BoundaryInput => ({
  id: 'acme/send', family: 'queue', library: 'Acme', package: 'acme', role: 'producer', coupling: 'detached', rule: 'no-dark-queue',
  match: { modules: ['acme'], exports: ['send'], use: 'call' }, args: { payload: 0, options: 1 }, channel: { by: 'name' },
  runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' }, coveredBy: [{ package: '@acme/instrumentation-acme', side: 'both', ...cover }],
  repair: { refused: 'unsupported-shape', detail: 'x' }, farSide: 'x', advice: 'x', upstream: 'https://example.com', evidence: 'read', proof: 'none', ...more,
});
const acme = (cover: object, more?: object): Setting => ({ config: { boundaries: [own(cover, more)] } });
const acmeFiles = (version: string, flagged: boolean, more: Files = {}): Files => ({
  'package.json': manifest('app', { acme: '1.0.0', '@acme/instrumentation-acme': version }), 'src/otel.ts': `import { AcmeInstrumentation } from '@acme/instrumentation-acme';\nnew AcmeInstrumentation();`,
  'src/a.ts': `import { send } from 'acme';\nexport const run = () => send('x');${flagged ? ' // ! acme/send lost' : ''}`, ...more,
});
const lock = (version: string): string => `{\n  "lockfileVersion": 3,\n  "packages": {\n    "node_modules/@acme/instrumentation-acme": {\n      "version": "${version}"\n    }\n  }\n}\n`;

cases('an instrumentation below the version that works', acme({ versions: '>=0.67.0' }), {
  'new enough': acmeFiles('0.67.0', false),
  'too old': acmeFiles('0.66.0', true),
  'a range that allows it': acmeFiles('>=0.60.0 <1', true),
  'a range whose newest does': acmeFiles('^0.67.0', false),
  'the lockfile says it is old': acmeFiles('^0.67.0', true, { 'package-lock.json': lock('0.66.9') }),
  'the lockfile says it is new': acmeFiles('0.x', false, { 'package-lock.json': lock('0.68.0') }),
  'what is installed says it is old': acmeFiles('^0.67.0', true, { 'package-lock.json': lock('0.68.0'), 'node_modules/@acme/instrumentation-acme/package.json': { name: 'x', version: '0.60.0' } }),
  'a version that can\'t be told': acmeFiles('workspace:*', false),
});
cases('of one side only', acme({ side: 'consumer' }), { 'the other\'s': acmeFiles('1.0.0', true) });
cases('of the other side only', acme({ side: 'consumer' }, { role: 'consumer', match: { modules: ['acme'], exports: ['take'], use: 'call' }, args: { callback: 0 }, id: 'acme/take' }), {
  'its own': acmeFiles('1.0.0', false, { 'src/a.ts': `import { take } from 'acme';\ntake(async (m: any) => { await fetch('https://example.com', { method: 'POST', body: m }); });` }),
});
cases('a native option below the version that has it', {}, {
  'new enough': { 'package.json': manifest('app', { bullmq: '5.30.0', 'bullmq-otel': '1' }), 'src/a.ts': `import { Queue } from 'bullmq';\nimport { BullMQOtel } from 'bullmq-otel';\nconst q = new Queue('mail', { connection: {}, telemetry: new BullMQOtel('x') });\nexport const send = (id: string) => q.add('send', { id });` },
  'too old': { 'package.json': manifest('app', { bullmq: '5.10.0', 'bullmq-otel': '1' }), 'src/a.ts': `import { Queue } from 'bullmq';\nimport { BullMQOtel } from 'bullmq-otel';\nconst q = new Queue('mail', { connection: {}, telemetry: new BullMQOtel('x') });\nexport const send = (id: string) => q.add('send', { id }); // ! bullmq/queue-add lost version-too-old` },
});

const bull = (version: string, flagged: boolean): Files => ({
  'package.json': manifest('app', { bullmq: version }), 'src/otel.ts': `import { BullMQInstrumentation } from '@appsignal/opentelemetry-instrumentation-bullmq';\nnew BullMQInstrumentation({});`,
  'src/a.ts': `import { Queue, Worker } from 'bullmq';\nconst q = new Queue('mail', { connection: {} });\nexport const send = (id: string) => q.add('send', { id });${flagged ? ' // ! bullmq/queue-add lost' : ''}\nnew Worker('mail', async (job) => { await fetch('https://example.com', { method: 'POST', body: job.data.id }); });${flagged ? ' // ! bullmq/worker lost' : ''}`,
});
cases('an instrumentation that knows some versions of the library', {}, {
  'one of them': bull('^5.30.0', false),
  'a newer one': bull('^6.0.0', true),
  'a processor in a file of its own': { ...bull('^5.30.0', false), 'src/b.ts': `import { Worker } from 'bullmq';\nnew Worker('files', './processor.js'); // ! bullmq/worker lost sandboxed-processor` },
});

const send8 = (payload: string, flagged: boolean, before = ''): Files => ({ ...acmeFiles('1.0.0', false), 'src/a.ts': `import { send } from 'acme';\n${before}export const run = (rest: object) => send(${payload});${flagged ? ' // ! acme/send lost' : ''}` });
cases('an instrumentation that adds nothing where there is no room', acme({ misses: { path: ['list', '*', 'attributes'], over: 2 } }), {
  'more than there is room for': send8('{ list: [{ attributes: { a: 1, b: 2, c: 3 } }] }', true),
  'in one of several': send8('{ list: [{}, { attributes: { a: 1, b: 2, c: 3 } }] }', true),
  'in a variable': send8('{ list: [{ attributes }] }', true, 'const attributes = { a: 1, b: 2, c: 3 };\n'),
  'as many as there is room for': send8('{ list: [{ attributes: { a: 1, b: 2 } }] }', false),
  'some that are spread, of which nothing is known': send8('{ list: [{ attributes: { a: 1, b: 2, ...rest } }] }', false),
  'many elsewhere': send8('{ a: 1, b: 2, c: 3, list: [{ a: 1, b: 2, c: 3 }] }', false),
  'out of sight': send8('rest', false),
});
cases('one that adds nothing to what lacks a property', acme({ misses: { without: 'opts', below: 'children' } }), {
  'the payload lacks it': send8('{ name: 1 }', true),
  'a child lacks it': send8('{ opts: {}, children: [{ opts: {} }, { name: 2 }] }', true),
  'a grandchild lacks it': send8('{ opts: {}, children: [{ opts: {}, children: [{ name: 3 }] }] }', true),
  'all have it': send8('{ opts: {}, children: [{ opts: {} }] }', false),
  'it may be among what is spread': send8('{ ...rest, children: [{ ...rest }] }', false),
  'out of sight': send8('rest', false),
});

const compose = (service: string): string => `name: shop\nservices:\n  ${service}:\n    build: ./services/${service}\n    environment:\n      - NODE_OPTIONS=--require @opentelemetry/auto-instrumentations-node/register\n  other:\n    image: x\n    environment:\n      OTEL_NODE_DISABLED_INSTRUMENTATIONS: undici\nvolumes:\n  a:\n`;
const service = (code: string, files: Files): Files => ({ 'services/a/package.json': manifest('@shop/a'), 'services/a/src/a.ts': code, ...files });
cases('a compose file above the package', {}, {
  'its own service': service(send, { 'compose.yaml': compose('a') }),
  'somebody else\'s': service(dark, { 'compose.yaml': compose('b') }),
  'built elsewhere under its name': service(send, { 'docker-compose.yml': compose('x').replace('./services/x', 'services/a/') }),
  'its own Dockerfile': service(send, { 'services/a/Dockerfile': 'FROM node:20\nENV NODE_OPTIONS="--import @opentelemetry/auto-instrumentations-node/register"\n' }),
  'its own service, switched off': service(dark, { 'compose.yaml': compose('a').replace('  other:', '      - OTEL_NODE_DISABLED_INSTRUMENTATIONS=undici,fs\n  other:') }),
});

cases('a process manager\'s settings', {}, {
  'pm2, one text': { 'package.json': manifest('app'), 'ecosystem.config.js': `module.exports = { apps: [{ script: 'x.js', node_args: '-r dd-trace/init' }] };`, 'src/a.ts': send },
  'pm2, a list': { 'package.json': manifest('app'), 'ecosystem.config.cjs': `module.exports = { apps: [{ script: 'x.js', node_args: ['--require', 'dd-trace/init'] }] };`, 'src/a.ts': send },
  'pm2, the environment': { 'package.json': manifest('app'), 'ecosystem.config.cjs': `module.exports = { apps: [{ script: 'x.js', env: { NODE_OPTIONS: '--import @opentelemetry/auto-instrumentations-node/register' } }] };`, 'src/a.ts': send },
  'a text that speaks of it': { 'package.json': manifest('app'), 'src/help.ts': `export const help = { usage: 'node -r dd-trace/init x.js' };`, 'src/a.ts': dark },
});

const whyOf = (files: Files, setting?: Setting) => analyse(files, setting).result.judged.find((j) => j.boundary.role === 'producer')!;

describe('what is said', () => {
  it.each<[string, Files, string]>([
    ['the instrumentation', { 'src/tracing.ts': undici, 'src/a.ts': send }, '@opentelemetry/instrumentation-undici (registered in src/tracing.ts)'],
    ['the bundle', { 'package.json': manifest('app', {}, { scripts: { start: 'node --import @opentelemetry/auto-instrumentations-node/register x.js' } }), 'src/a.ts': send }, '@opentelemetry/instrumentation-undici (registered in script start of app)'],
    ['an agent', { 'src/tracing.ts': `import tracer from 'dd-trace';\ntracer.init();`, 'src/a.ts': send }, 'dd-trace (registered in src/tracing.ts)'],
    ['the Dockerfile', { Dockerfile: 'CMD ["node", "-r", "newrelic", "x.js"]', 'src/a.ts': send }, 'newrelic (registered in Dockerfile)'],
  ])('where it is registered: %s', (_, files, by) => {
    expect(whyOf(files)).toMatchObject({ verdict: 'covered', by });
  });

  it('the configuration named it', () => {
    expect(whyOf({ 'src/a.ts': send }, { instrumentations: ['@opentelemetry/instrumentation-undici'] })).toMatchObject({ verdict: 'covered', by: '@opentelemetry/instrumentation-undici (named in the configuration)' });
  });

  it.each<[string, Files, Setting, RegExp]>([
    ['a version', acmeFiles('0.66.0', false), acme({ versions: '>=0.67.0' }), /^`@acme\/instrumentation-acme` 0\.66\.0 is registered in src\/otel\.ts, but carries nothing: it does so in >=0\.67\.0/],
    ['another runtime', { 'src/otel.ts': `import { FetchInstrumentation } from '@opentelemetry/instrumentation-fetch';\nnew FetchInstrumentation({ propagateTraceHeaderCorsUrls: /./ });`, 'src/a.ts': send }, {}, /^`@opentelemetry\/instrumentation-fetch` is registered in src\/otel\.ts, but does nothing in Node$/],
    ['what it needs', { 'src/otel.ts': `import { registerOTel } from '@vercel/otel';\nregisterOTel('x');`, 'src/a.ts': send }, {}, /^`@vercel\/otel` is registered in src\/otel\.ts, but it sends nothing to another host without `instrumentationConfig/],
    ['one of its users', shared({ 'p/web/src/otel.ts': traced(undici), 'p/worker/src/otel.ts': traced(http), 'p/lib/src/a.ts': send }), {}, /^`@opentelemetry\/instrumentation-undici` is registered in p\/web\/src\/otel\.ts, but not in worker, which uses this package too$/],
    ['nothing registers it', { 'package.json': manifest('app', { '@opentelemetry/instrumentation-undici': '*' }), 'src/a.ts': send }, {}, /^`@opentelemetry\/instrumentation-undici` is a dependency, but nothing in this repository registers it$/],
    ['the option has none', { 'package.json': manifest('app', { bullmq: '5.10.0' }), 'src/a.ts': `import { Queue } from 'bullmq';\nconst q = new Queue('mail', { connection: {}, telemetry: {} as any });\nexport const send = (id: string) => q.add('send', { id });` }, {}, /^the `telemetry` option is passed, but bullmq 5\.10\.0 has none: it needs >=5\.22$/],
  ])('why what looks like it doesn\'t cover: %s', (_, files, setting, words) => {
    const { why } = whyOf(files, setting);
    expect(why.filter((each) => words.test(each))).toHaveLength(1);
  });
});
