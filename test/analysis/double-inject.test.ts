/** What is carried by hand and by an instrumentation as well (DESIGN.md 5.6), and what only looks like it. */
import { describe, expect, it } from 'vitest';
import { messageOf } from '../../src/analysis/messages.ts';
import { analyse, cases, ts, type Files } from './harness.ts';

const api = `import { context, propagation } from '@opentelemetry/api';\n`;
const url = `'http://localhost:4000/run'`;
const mark = ' // ! fetch/fetch wrong';
const manifest = (more: Record<string, string> = {}): object => ({
  name: 'app', type: 'module', engines: { node: '20' },
  dependencies: { '@opentelemetry/api': '^1.9.0', '@opentelemetry/sdk-node': '^0.220.0', '@opentelemetry/instrumentation-undici': '^0.33.0', '@anthropic-ai/sdk': '^0.140.0', ...more },
});
const sdk = (config = '', name = 'UndiciInstrumentation'): string => `import { NodeSDK } from '@opentelemetry/sdk-node';\nimport { ${name} } from '@opentelemetry/instrumentation-undici';\nnew NodeSDK({ instrumentations: [new ${name}(${config})] }).start();`;
const undici: Files = { 'package.json': manifest(), 'src/tracing.ts': sdk() };

/** A request with these options, after these statements. */
const call = (options: string, before = '', flagged = true, imports = api): string => `${imports}export async function run(id: string, given: any) {\n  ${before}\n  return fetch(${url}, ${options});${flagged ? mark : ''}\n}`;
const silent = (options: string, before = '', imports = api): string => call(options, before, false, imports);
const inject = `const headers: Record<string, string> = {};\n  propagation.inject(context.active(), headers);`;

cases('a carrier by hand where undici is instrumented', { files: undici }, {
  'injected headers': call(`{ method: 'POST', headers }`, inject),
  'injected headers, as a property': call(`{ method: 'POST', headers: headers }`, inject),
  'injected headers, spread': call(`{ method: 'POST', headers: { accept: 'x', ...headers } }`, inject),
  'injected into the options\' headers': call(`init`, `const init = { method: 'POST', headers: {} };\n  propagation.inject(context.active(), init.headers);`),
  'set on the options\' headers': call(`init`, `const init: any = { method: 'POST', headers: {} };\n  init.headers.traceparent = id;`),
  'a literal traceparent': call(`{ headers: { traceparent: id } }`),
  'a literal traceparent by shorthand': call(`{ headers: { traceparent } }`, `const traceparent = id;`),
  'in quotes': call(`{ headers: { 'traceparent': id } }`),
  'in capitals': call(`{ headers: { 'Traceparent': id } }`),
  'forwarded from a request': call(`{ headers: { traceparent: given.headers.traceparent } }`),
  'set by an assignment': call(`{ headers }`, `const headers: Record<string, string> = {};\n  headers['traceparent'] = id;`),
  'set by a member': call(`{ headers }`, `const headers: any = {};\n  headers.traceparent = id;`),
  'set on a Headers': call(`{ headers }`, `const headers = new Headers();\n  headers.set('traceparent', id);`),
  'injected into a Headers with a setter': call(`{ headers }`, `const headers = new Headers();\n  propagation.inject(context.active(), headers, { set: (h, k, v) => h.set(k, v) });`),
  'options in a variable': call(`init`, `const init = { method: 'POST', headers: { traceparent: id } };`),
  'options spread': call(`{ ...init, method: 'POST' }`, `const init = { headers: { traceparent: id } };`),
  'one of two': call(`{ headers: given ? { traceparent: id } : {} }`),
  'a helper of the file': `${api}function traced() { const h: Record<string, string> = {}; propagation.inject(context.active(), h); return h; }\nexport const run = () => fetch(${url}, { headers: traced() });${mark}`,
  'a helper of the file, spread': `${api}function traced() { const h: Record<string, string> = {}; propagation.inject(context.active(), h); return h; }\nexport const run = () => fetch(${url}, { headers: { a: 'b', ...traced() } });${mark}`,
  'a helper of another file': { 'src/headers.ts': `${api}export function traced() { const h = {}; propagation.inject(context.active(), h); return h; }`, 'src/a.ts': `import { traced } from './headers.ts';\nexport const run = () => fetch(${url}, { headers: traced() });${mark}` },
  'the propagator itself': call(`{ headers }`, `const headers: Record<string, string> = {};\n  new W3CTraceContextPropagator().inject(context.active(), headers, defaultTextMapSetter);`, true, `import { context, defaultTextMapSetter } from '@opentelemetry/api';\nimport { W3CTraceContextPropagator } from '@opentelemetry/core';\n`),
  'globalThis.fetch': call(`{ headers: { traceparent: id } }`).replace('return fetch(', 'return globalThis.fetch('),
  'an alias': `const request = fetch;\nexport const run = (id: string) => request(${url}, { headers: { traceparent: id } });${mark}`,
  'to somebody else\'s host': call(`{ headers: { traceparent: id } }`).replace(url, `'https://api.openai.com/v1'`),
  'at module scope': `export const answer = await fetch(${url}, { headers: { traceparent: process.env.TRACEPARENT ?? '' } });${mark}`,
  'our own helper for other carriers': `import { captureCarrier } from './otel-handoff.js';\nexport const run = () => fetch(${url}, { headers: captureCarrier() });${mark}`,
});

cases('carried once, or not in the headers', { files: undici }, {
  'nothing by hand': silent(`{ method: 'POST', headers: { accept: 'x' }, body: '{}' }`),
  'in the body': silent(`{ method: 'POST', body: JSON.stringify({ traceparent: id }) }`),
  'injected into the body': silent(`{ method: 'POST', body: JSON.stringify({ carrier }) }`, `const carrier = {};\n  propagation.inject(context.active(), carrier);`),
  'another header': silent(`{ headers: { 'x-trace-id': id } }`),
  'another carrier\'s name': silent(`{ headers: { 'otel-context': id, telemetryMetadata: id } }`),
  'tracestate alone': silent(`{ headers: { tracestate: id } }`),
  'headers from a parameter': silent(`{ headers: given.headers }`),
  'headers that nothing is known of': silent(`{ headers: build() }`, '', `${api}declare function build(): any;\n`),
  'injected into the options\' body': silent(`init`, `const init = { method: 'POST', body: {} as any };\n  propagation.inject(context.active(), init.body);`),
  'injected elsewhere': silent(`{ headers: { accept: 'x' } }`, inject),
  'injected into a Headers without a setter': silent(`{ headers }`, `const headers = new Headers();\n  propagation.inject(context.active(), headers as any); // ! opentelemetry/silent-inject lost`),
  'our own helper': { 'src/otel-handoff.ts': `export const tracedFetch = fetch;`, 'src/a.ts': `import { tracedFetch } from './otel-handoff.ts';\nexport const run = (id: string) => tracedFetch(${url}, { headers: { traceparent: id } });` },
  'tracing is suppressed': silent(`{ headers }`, `${inject}\n  return context.with(suppressTracing(context.active()), () => fetch(${url}, { headers }));`, `${api}import { suppressTracing } from '@opentelemetry/core';\n`).replace(/\n  return fetch[^\n]*/, ''),
  'tracing is suppressed, by a variable': `${api}import { suppressTracing } from '@opentelemetry/core';\nexport async function run() {\n  ${inject}\n  const quiet = suppressTracing(context.active());\n  return context.with(quiet, () => fetch(${url}, { headers }));\n}`,
  'a fetch of one\'s own': `export const run = (fetch: any, id: string) => fetch(${url}, { headers: { traceparent: id } });`,
  'another library\'s fetch': `import fetch from 'node-fetch';\nexport const run = (id: string) => fetch(${url}, { headers: { traceparent: id } });`,
  'no inject of OpenTelemetry\'s': silent(`{ headers }`, `const headers = {};\n  given.inject(headers);`),
  'a comment': silent(`{ headers: { /* traceparent: id */ accept: 'x' } }`),
});

const byHand = call(`{ headers: { traceparent: id } }`);
const quiet = byHand.replace(mark, '');
const over = (tracing: string | undefined, more: Record<string, string> = {}, code = quiet): Files => ({ 'package.json': manifest(more), ...(tracing === undefined ? { 'src/tracing.ts': '' } : { 'src/tracing.ts': tracing }), 'src/a.ts': code });

cases('what an instrumentation has to be, to send a second one', {}, {
  'registered': over(sdk(), {}, byHand),
  'declared only': over(undefined),
  'by registerInstrumentations': over(`import { registerInstrumentations } from '@opentelemetry/instrumentation';\nimport { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';\nregisterInstrumentations({ instrumentations: [new UndiciInstrumentation()] });`, {}, byHand),
  'by the bundle': over(`import { getNodeAutoInstrumentations } from '@opentelemetry/auto-instrumentations-node';\nimport { NodeSDK } from '@opentelemetry/sdk-node';\nnew NodeSDK({ instrumentations: [getNodeAutoInstrumentations()] }).start();`, {}, byHand),
  'by the bundle, switched off': over(`import { getNodeAutoInstrumentations } from '@opentelemetry/auto-instrumentations-node';\ngetNodeAutoInstrumentations({ '@opentelemetry/instrumentation-undici': { enabled: false } });`),
  'by the bundle, told to leave some alone': over(`import { getNodeAutoInstrumentations } from '@opentelemetry/auto-instrumentations-node';\ngetNodeAutoInstrumentations({ '@opentelemetry/instrumentation-undici': { ignoreRequestHook: (r) => r.path === '/x' } });`),
  'by the bundle, of other settings': over(`import { getNodeAutoInstrumentations } from '@opentelemetry/auto-instrumentations-node';\ngetNodeAutoInstrumentations({ '@opentelemetry/instrumentation-undici': { requireParentforSpans: true } });`, {}, byHand),
  'enabled outright': over(sdk('{ enabled: true }'), {}, byHand),
  'enabled by a switch': over(sdk('{ enabled: process.env.X === "1" }')),
  'switched off': over(sdk('{ enabled: false }')),
  'told to leave some alone': over(sdk('{ ignoreRequestHook: (request) => request.origin.includes("internal") }')),
  'of unknown settings': over(sdk('settings()')),
  'in a version that breaks': over(sdk(), { '@opentelemetry/instrumentation-undici': '0.10.0' }, byHand),
  'in a version of which nothing is known': over(sdk(), { '@opentelemetry/instrumentation-undici': '^0.36.0' }),
  'for http': over(`import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';\nnew HttpInstrumentation();`),
  'Sentry': over(`import * as Sentry from '@sentry/node';\nSentry.init({ dsn: 'x' });`),
  'dd-trace': over(`import tracer from 'dd-trace';\ntracer.init();`),
  'Vercel': over(`import { registerOTel } from '@vercel/otel';\nregisterOTel({ instrumentationConfig: { fetch: { propagateContextUrls: [/./] } } });`),
  'New Relic': over(`import 'newrelic';`),
  'Elastic\'s agent': over(`import 'elastic-apm-node/start';`),
  'Elastic\'s distribution bundles it': over(`import '@elastic/opentelemetry-node';`, {}, byHand),
  'Splunk\'s bundles it': over(`import { start } from '@splunk/otel';\nstart();`, {}, byHand),
  'AppSignal\'s bundles it': over(`import { Appsignal } from '@appsignal/nodejs';\nnew Appsignal({ active: true });`, {}, byHand),
  'Azure\'s has none for fetch': over(`import { useAzureMonitor } from '@azure/monitor-opentelemetry';\nuseAzureMonitor();`),
  'Sentry and the instrumentation': over(`${sdk()}\nimport * as Sentry from '@sentry/node';\nSentry.init({ dsn: 'x', skipOpenTelemetrySetup: true });`, {}, byHand),
  'in the tests only': { ...over(undefined), 'test/setup.ts': sdk() },
  'in the page only': { 'package.json': manifest(), 'src/tracing.ts': `import { FetchInstrumentation } from '@opentelemetry/instrumentation-fetch';\nnew FetchInstrumentation({ propagateTraceHeaderCorsUrls: /./ });`, 'src/a.ts': quiet },
  'in another package': {
    'package.json': { name: 'root', private: true, workspaces: ['p/*'] }, 'p/a/package.json': { ...manifest(), name: 'a' }, 'p/b/package.json': { ...manifest(), name: 'b' },
    'p/a/src/tracing.ts': sdk(), 'p/a/src/a.ts': byHand, 'p/b/src/b.ts': quiet,
  },
});

cases('the command line\'s word', { files: { 'package.json': manifest(), 'src/tracing.ts': sdk() }, instrumentations: 'none' }, { 'none: a carrier by hand is the only one': quiet });
cases('a list', { files: { 'package.json': manifest() }, instrumentations: ['@opentelemetry/instrumentation-undici'] }, { 'it is on': byHand });
cases('another list', { files: undici, instrumentations: ['@opentelemetry/instrumentation-http'] }, { 'it is not': quiet });
cases('in a page', { runtime: 'browser', files: { 'package.json': manifest(), 'src/tracing.ts': `import { FetchInstrumentation } from '@opentelemetry/instrumentation-fetch';\nnew FetchInstrumentation({ propagateTraceHeaderCorsUrls: /./ });` } }, { 'the instrumentation sets the header': quiet });
cases('an own helper that injects', { files: undici, config: { carriers: { inject: ['withTrace'], extract: [] } } }, {
  'it is named': `import { withTrace } from './trace.js';\nexport const run = () => fetch(${url}, { headers: withTrace({}) });${mark}`,
  'another': `import { withAuth } from './trace.js';\nexport const run = () => fetch(${url}, { headers: withAuth({}) });`,
});

const twice = ' // ! anthropic/client wrong';
const client = (options: string, flagged = true): string => `import Anthropic from '@anthropic-ai/sdk';\nexport const client = new Anthropic(${options});${flagged ? twice : ''}`;
cases('a library that sends a carrier by itself', { files: undici }, {
  'by default': client(''),
  'with options': client(`{ apiKey: 'x' }`),
  'named export': `import { Anthropic } from '@anthropic-ai/sdk';\nexport const make = () => new Anthropic();${twice}`,
  'said outright': client('{ openTelemetry: true }'),
  'said outright, with settings': client('{ openTelemetry: { propagation: true } }'),
  'its propagation is off': client('{ openTelemetry: { propagation: false } }', false),
  'all of it is off': client('{ openTelemetry: false }', false),
  'settings from elsewhere': client('{ openTelemetry: settings }', false).replace('export', 'declare const settings: any;\nexport'),
  'options from elsewhere': client('options', false).replace('export', 'declare const options: any;\nexport'),
  'options spread': client('{ ...options }', false).replace('export', 'declare const options: any;\nexport'),
  'its own class': `class Anthropic {}\nexport const client = new Anthropic();`,
});
cases('an older one sends none', { files: { ...undici, 'package.json': manifest({ '@anthropic-ai/sdk': '0.133.0' }) } }, { 'by default': client('', false) });
cases('no instrumentation', { files: { 'package.json': manifest() } }, { 'its own is the only one': client('', false) });

const judgedIn = (files: Files) => analyse({ ...undici, ...files }).result.judged;

describe('what is said of it', () => {
  it('names both carriers, what the receiver does, and what to do', () => {
    const [site] = judgedIn({ 'src/a.ts': byHand.replace(mark, '') });
    expect(site).toMatchObject({ rule: 'no-double-inject', verdict: 'wrong', severity: 'error' });
    expect(messageOf(ts, site!)).toBe('`fetch(\'http://localhost:4000/run\', …)` is sent with two carriers, `traceparent` and that of @opentelemetry/instrumentation-undici (registered in src/tracing.ts): the receiver gets two values of `traceparent`, drops both, and starts a new trace. Take the carrier that is written here out of the request, or call a helper that keeps the instrumentation from adding its own.');
  });

  it('is a warning where the library does it, and says which option ends it', () => {
    const [site] = judgedIn({ 'src/a.ts': client('').replace(twice, '') });
    expect(site).toMatchObject({ rule: 'no-double-inject', severity: 'warn' });
    expect(messageOf(ts, site!)).toMatch(/two carriers, Anthropic's SDK 0\.140\.9999 itself and that of .*`openTelemetry\.propagation: false`/);
  });

  it('is silenced under its own name only', () => {
    const ignored = (rule: string): boolean => judgedIn({ 'src/a.ts': byHand.replace(mark, ` // handoff-ignore ${rule} -- the gateway takes the first`) })[0]!.verdict === 'silent';
    expect([ignored('no-double-inject'), ignored('no-dark-request')]).toEqual([true, false]);
  });

  it('leaves the other side alone', () => {
    const judged = judgedIn({
      'src/a.ts': byHand.replace(mark, ''),
      'src/s.ts': `import { createServer } from 'node:http';\ncreateServer(async (req, res) => { await fetch('https://example.com', { method: 'POST' }); res.end(req.url); }).listen(4000);`,
    });
    const at = (id: string) => judged.filter((j) => j.boundary.id === id).map((j) => [j.rule, j.verdict]);
    expect(at('node-http/handler')).toEqual([['no-dark-request', 'lost']]);
    expect(at('fetch/fetch')).toContainEqual(['no-double-inject', 'wrong']);
  });
});
