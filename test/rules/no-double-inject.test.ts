import { describe } from 'vitest';
import rule from '../../rules/no-double-inject.ts';
import { runRule, type Case } from '../eslint/support.ts';

const api = "import { context, propagation } from '@opentelemetry/api';\n";
const own = '`${process.env.AGENT_URL}/run`';
const ask = (options: string, before = ''): string => `${api}export async function ask(given: any) {\n  ${before}\n  return fetch(${own}, ${options});\n}`;
const twice = (options: string, before = ''): string => ask(options, before).replace('return fetch', 'return «fetch»');
const inject = 'const headers: Record<string, string> = {};\n  propagation.inject(context.active(), headers);';
/** The same without the injection: its imports go with it. */
const left = (options: string, before = ''): string => ask(options, before).replace(api, '');
const bare = 'const headers: Record<string, string> = {};';
const instrumented = 'instrumented/src/file.ts';
const at = (file: string, name: string, code: string): Case => ({ name, code, file });

const silent: Case[] = [
  { name: 'no carrier by hand', code: ask("{ method: 'POST', body: '{}' }") },
  { name: 'a carrier in the body', code: ask("{ method: 'POST', body: JSON.stringify({ traceparent: given.traceparent }) }") },
  { name: 'another header', code: ask("{ headers: { 'x-request-id': given.id } }") },
  { name: 'headers from elsewhere', code: ask('{ headers: given.headers }') },
  { name: 'injected, and sent nowhere', code: ask("{ method: 'POST', body: '{}' }", inject) },
  { name: 'suppressed', code: `import { suppressTracing } from '@opentelemetry/core';\n${api}export async function ask() {\n  ${inject}\n  return context.with(suppressTracing(context.active()), () => fetch(${own}, { headers }));\n}` },
  { name: 'the repair', code: `import { tracedFetch } from './otel-handoff.js';\nexport const ask = (traceparent: string) => tracedFetch(${own}, { headers: { traceparent } });` },
  { name: 'a fetch of one\'s own', code: `export const ask = (fetch: any, traceparent: string) => fetch(${own}, { headers: { traceparent } });` },
  { name: 'a Headers that nothing is written to', code: ask('{ headers }', 'const headers = new Headers();\n  propagation.inject(context.active(), headers as any);') },
  { name: 'ignored with a reason', code: ask('{ headers: { traceparent: given.traceparent } }').replace('  return fetch', '  // handoff-ignore no-double-inject -- the gateway takes the first\n  return fetch') },
  at('node/file.ts', 'no instrumentation', ask('{ headers }', inject)),
  at('declared/file.ts', 'declared and not registered', ask('{ headers }', inject)),
  at('browser/file.ts', 'in a page', ask('{ headers }', inject)),
  at('configured/src/a.ts', 'none is named', ask('{ headers }', inject)),
  at('configured/generated/a.ts', 'ignored by the configuration', ask('{ headers }', inject)),
  { name: 'Anthropic\'s SDK, not installed', code: "import Anthropic from '@anthropic-ai/sdk';\nexport const client = new Anthropic();" },
];

describe('no-double-inject', () => {
  runRule('no-double-inject', rule, {
    typescript: {
      valid: silent,
      invalid: [
        { name: 'injected headers', code: twice("{ method: 'POST', headers }", inject), says: /^`fetch\(…\)` is sent with two carriers, propagation\.inject and that of @opentelemetry\/instrumentation-undici \(registered in .*tracing\.ts\): .* drops both, and starts a new trace\. Take the carrier that is written here out of the request, or call a helper that keeps the instrumentation from adding its own\.$/, suggests: left("{ method: 'POST', headers }", bare) },
        { name: 'a literal traceparent', code: twice('{ headers: { traceparent: given.traceparent } }'), says: /two carriers, `traceparent` and that of/ },
        { name: 'in quotes', code: twice("{ headers: { 'traceparent': given.traceparent } }") },
        { name: 'in capitals', code: twice('{ headers: { Traceparent: given.traceparent } }') },
        { name: 'spread', code: twice("{ headers: { accept: 'x', ...headers } }", inject), suggests: left("{ headers: { accept: 'x', ...headers } }", bare) },
        { name: 'set on a Headers', code: twice('{ headers }', "const headers = new Headers();\n  headers.set('traceparent', given.traceparent);") },
        { name: 'options in a variable', code: twice('init', 'const init = { headers: { traceparent: given.traceparent } };') },
        { name: 'a helper of the file', code: `${api}function traced() { const h: Record<string, string> = {}; propagation.inject(context.active(), h); return h; }\nexport const ask = () => «fetch»(${own}, { headers: traced() });`, suggests: `${api}function traced() { const h: Record<string, string> = {}; propagation.inject(context.active(), h); return h; }\nexport const ask = () => fetch(${own});` },
        { name: 'globalThis.fetch', code: twice('{ headers: { traceparent: given.traceparent } }').replace('«fetch»', 'globalThis.«fetch»') },
        { name: 'to a third party', code: twice('{ headers: { traceparent: given.traceparent } }').replace(own, "'https://api.openai.com/v1'") },
        { name: 'strict', code: twice('{ headers }', inject), option: { strict: true }, suggests: left('{ headers }', bare) },
        { name: 'ignored without a reason', code: twice('{ headers }', inject).replace('  return', '  // handoff-ignore no-double-inject\n  return'), says: /says no reason: write `\/\/ handoff-ignore no-double-inject -- why`/, suggests: left('{ headers }', bare).replace('  return', '  // handoff-ignore no-double-inject\n  return') },
        { name: 'ignored under another rule\'s name', code: twice('{ headers }', inject).replace('  return', '  // handoff-ignore no-dark-request -- x\n  return'), suggests: left('{ headers }', bare).replace('  return', '  // handoff-ignore no-dark-request -- x\n  return') },
        { name: 'named in the configuration', file: 'configured/src/fetching/a.ts', code: twice('{ headers }', inject), says: /instrumentation-undici \(named in the configuration\)/, suggests: left('{ headers }', bare) },
        { name: 'an own helper of the configuration', file: 'configured/src/fetching/a.ts', code: `import { withTrace } from './trace.js';\nexport const ask = () => «fetch»(${own}, { headers: withTrace({}) });` },
      ],
    },
    javascript: {
      valid: [ask('{}').replace(': any', '')],
      invalid: [twice('{ headers: { traceparent: given.traceparent } }').replace(': any', ''), { name: 'injected', code: twice('{ headers }', inject).replace(': any', '').replace(': Record<string, string>', ''), suggests: left('{ headers }', bare).replace(': any', '').replace(': Record<string, string>', '') }],
    },
  }, instrumented);
});
