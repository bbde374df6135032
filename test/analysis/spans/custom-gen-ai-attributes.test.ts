/** Own names in the conventions' namespaces. */
import { readFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { messageOf } from '../../../src/analysis/messages.ts';
import { genAiAttributes, genAiContent } from '../../../src/conventions/gen-ai.ts';
import { analyse, cases, ts } from '../harness.ts';

const imports = `import { trace, type Span, type Attributes } from '@opentelemetry/api';\n`;
const own = ' // ! opentelemetry/custom-gen-ai-attribute wrong';
const run = (statement: string, mark: string, before = ''): string => `${imports}${before}export function f(span: Span, n: number) {\n  ${statement}${mark}\n}`;
const flagged = (statement: string, before = ''): string => run(statement, own, before);
const shaped = (statement: string, before = ''): string => run(statement, `${own} unsupported-shape`, before);
const silent = (statement: string, before = ''): string => run(statement, '', before);
const set = (key: string): string => `span.setAttribute('${key}', n);`;

cases('a name of one\'s own', {}, {
  ...Object.fromEntries([
    'gen_ai.usage.total_tokens', 'gen_ai.agent.role', 'gen_ai.agent.delegation_depth', 'gen_ai.handoff.target', 'gen_ai.tool.success', 'gen_ai.request.user', 'gen_ai.response.latency_ms', 'gen_ai.cost',
    'gen_ai.session.id', 'gen_ai.step', 'gen_ai.request.thinking', 'gen_ai.caller.name', 'gen_ai.prompt_tokens', 'mcp.outcome', 'mcp.tool.name', 'mcp.result_count', 'mcp.server.name', 'mcp.client.version',
  ].map((key) => [key, run(set(key), key.startsWith('gen_ai.usage.') ? `${own} no-repair` : own)])),
  'a constant\'s': shaped(`span.setAttribute(KEY, n);`, `const KEY = 'gen_ai.my.own';\n`),
  'a prefix and a name': shaped('span.setAttribute(`${PREFIX}.my_own`, n);', `const PREFIX = 'gen_ai.request';\n`),
  'an indexed one': shaped('span.setAttribute(`gen_ai.prompt.${n}.role`, n);'),
  'one of several': flagged(`span.setAttributes({ 'gen_ai.request.model': 'm', 'gen_ai.my.own': n });`),
  'two in one call, one finding': flagged(`span.setAttributes({ 'gen_ai.my.own': n, 'gen_ai.my.other': n });`),
  'in an event': flagged(`span.addEvent('step', { 'gen_ai.step.kind': n });`),
  'in the options of a start': `${imports}export const f = () => trace.getTracer('a').startSpan('f', {\n  attributes: { 'gen_ai.my.own': 1 },${own}\n});`,
  'on the active span': `${imports}export const f = () => trace.getActiveSpan()?.setAttribute('gen_ai.my.own', 1);${own}`,
  'in a callback\'s span': `${imports}export const f = () => trace.getTracer('a').startActiveSpan('f', (span) => {\n  span.setAttribute('mcp.my.own', 1);${own}\n});`,
  'put in later': `${imports}export function f(span: Span) {\n  const attributes: Attributes = {};\n  attributes['gen_ai.my.own'] = 1;${own}\n  span.setAttributes(attributes);\n}`,
  'merged into what is set': `${imports}export function f(span: Span, n: number) {\n  const more: Attributes = {};\n  more['gen_ai.my.own'] = n;${own}\n  const all: Attributes = { 'gen_ai.request.model': 'm' };\n  Object.assign(all, more);\n  span.setAttributes(all);\n}`,
  'given to a helper that sets them': `${imports}function end(span: Span, attributes: Attributes) { span.setAttributes(attributes); span.end(); }\nexport function f(span: Span, n: number) {\n  const attributes: Attributes = {};\n  attributes['gen_ai.my.own'] = n;${own}\n  attributes['gen_ai.my.other'] = n;${own}\n  end(span, attributes);\n}`,
  'put in by a helper': `${imports}function addUsage(attributes: Attributes, n: number) {\n  attributes['gen_ai.usage.total_tokens'] = n;${own} no-repair\n}\nexport function f(span: Span, n: number) {\n  const attributes: Attributes = {};\n  addUsage(attributes, n);\n  span.setAttributes(attributes);\n}`,
  'in a spread': flagged(`span.setAttributes({ ...(n > 0 && { 'gen_ai.my.own': n }) });`),
  'of another file': { 'src/keys.ts': `export const keys = { step: 'gen_ai.my.step' } as const;`, 'src/a.ts': shaped(`span.setAttribute(keys.step, n);`, `import { keys } from './keys.ts';\n`) },
  'on what is kept somewhere': `${imports}export class Tracing {\n  private readonly spans = new Map<string, any>();\n  note(id: string, n: number) { this.spans.get(id)?.setAttribute('gen_ai.my.own', n); }${own}\n}`,
  'several, on what is kept somewhere': `${imports}const spans: Record<string, any> = {};\nexport const note = (id: string, n: number) => spans[id].setAttributes({ 'gen_ai.request.model': 'm', 'gen_ai.my.own': n });${own}`,
  'in JavaScript': { 'src/a.js': `const { trace } = require('@opentelemetry/api');\nexports.f = () => trace.getActiveSpan().setAttribute('gen_ai.my.own', 1);${own}` },
  'a vendor\'s constant under the namespace': shaped(`span.setAttribute(SpanAttributes.GEN_AI_USAGE_TOTAL_TOKENS, n);`, `import { SpanAttributes } from '@traceloop/ai-semantic-conventions';\n`).replace(own, own),
});

cases('the conventions\' names, and other namespaces', {}, {
  ...Object.fromEntries([
    'gen_ai.operation.name', 'gen_ai.provider.name', 'gen_ai.system', 'gen_ai.request.model', 'gen_ai.response.model', 'gen_ai.response.finish_reasons', 'gen_ai.usage.input_tokens', 'gen_ai.usage.output_tokens',
    'gen_ai.usage.prompt_tokens', 'gen_ai.usage.cache_read.input_tokens', 'gen_ai.usage.reasoning.output_tokens', 'gen_ai.agent.name', 'gen_ai.agent.id', 'gen_ai.tool.name', 'gen_ai.tool.call.id', 'gen_ai.conversation.id',
    'gen_ai.workflow.name', 'gen_ai.memory.store.id', 'gen_ai.openai.request.seed', 'mcp.method.name', 'mcp.session.id', 'mcp.protocol.version', 'mcp.resource.uri', 'openai.response.service_tier',
    'app.agent.role', 'app.gen_ai.cost', 'ai.usage.tokens', 'llm.usage.total_tokens', 'genai.step', 'gen_ai_step', 'mcpServer.name',
  ].map((key) => [key, silent(set(key))])),
  'a constant of the conventions\' package': silent(`span.setAttribute(ATTR_GEN_AI_REQUEST_MODEL, n);`, `import { ATTR_GEN_AI_REQUEST_MODEL } from '@opentelemetry/semantic-conventions/incubating';\n`),
  'one that may come out as one': silent('span.setAttribute(`gen_ai.request.${n}`, n);'),
  'one that nothing is known of': silent('span.setAttribute(`${n}`, n);'),
  'a constant that is set nowhere': `${imports}export const KEY = 'gen_ai.my.own';\nexport const f = (span: Span) => span.setAttribute('a', 1);`,
  'another vendor\'s span': `import tracer from 'dd-trace';\nexport const f = () => tracer.startSpan('a').setAttribute('gen_ai.my.own', 1);`,
  'another vendor\'s, kept somewhere': `import * as Sentry from '@sentry/node';\nexport const f = () => Sentry.getActiveSpan()?.setAttribute('gen_ai.my.own', 1);`,
  'what is kept somewhere, with names of its own': `${imports}const spans = new Map<string, any>();\nexport const f = (id: string, n: number) => spans.get(id).setAttribute('step', n);`,
  'an object of one\'s own': `${imports}class Notes { setAttribute(key: string, value: number) { return [key, value]; } }\nconst notes = new Notes();\nexport const f = () => notes.setAttribute('gen_ai.my.own', 1);`,
  'a metric\'s attribute': `import { metrics } from '@opentelemetry/api';\nexport const f = () => metrics.getMeter('a').createCounter('b').add(1, { 'gen_ai.my.own': 1 });`,
  'ignored with a reason': silent(`// handoff-ignore no-custom-gen-ai-attributes -- our dashboards read it\n  ${set('gen_ai.my.own')}`),
});

describe('the list of names', () => {
  it('is what the script makes of the installed package and the noted registry', () => {
    expect(() => execFileSync(process.execPath, ['scripts/conventions.mjs', '--check'])).not.toThrow();
  });
  it('says where it is from, and when', () => {
    expect(readFileSync('src/conventions/gen-ai.ts', 'utf8')).toMatch(/semantic-conventions \d+\.\d+\.\d+ \(\d{4}-\d\d-\d\d\)[^]*semantic-conventions-genai: \d+ names, read on \d{4}-\d\d-\d\d\./);
  });
  it('knows the content among them', () => {
    expect([...genAiContent].filter((name) => !genAiAttributes.has(name))).toEqual([]);
    expect(genAiContent.has('gen_ai.input.messages')).toBe(true);
    expect(genAiContent.has('gen_ai.request.model')).toBe(false);
  });
});

it('says the name and what to call it', () => {
  const [site] = analyse({ 'src/a.ts': silent(set('gen_ai.agent.role')) }).result.judged.filter((j) => j.verdict === 'wrong');
  expect(messageOf(ts, site!)).toBe("`span.setAttribute('gen_ai.agent.role', …)` sets `gen_ai.agent.role`, a name of one's own in a namespace that is the conventions'. Call it `app.agent.role`, or what the conventions call it.");
});

it('may be allowed in the configuration', () => {
  const judged = analyse({ 'src/a.ts': silent(set('gen_ai.cost')) }, { config: { sensitive: { allow: ['gen_ai.cost'] } } }).result.judged;
  expect(judged.filter((j) => j.verdict === 'wrong')).toEqual([]);
});

cases('attributes that are put together, and are no span\'s', {}, {
  'a helper that logs them': `${imports}function report(attributes: Attributes) { console.log(attributes); }\nexport function f(n: number) { const attributes: Attributes = {}; attributes['gen_ai.my.own'] = n; report(attributes); }`,
  'a helper that takes another object': `${imports}function end(span: Span, attributes: Attributes) { span.setAttributes(attributes); }\nexport function f(span: Span, n: number) { const other: Attributes = {}; other['gen_ai.my.own'] = n; end(span, {}); return other; }`,
  'merged the other way': `${imports}export function f(span: Span, n: number) { const own: Attributes = { 'gen_ai.my.own': n }; const set: Attributes = {}; Object.assign(own, set); span.setAttributes(set); return own; }`,
});

cases('what a test sets', { tests: true }, {
  'in a test': { 'src/a.test.ts': `import { it } from 'vitest';\n${imports}it('sets', () => { trace.getActiveSpan()?.setAttribute('gen_ai.my.own', 1); });` },
  'beside it': { 'src/a.test.ts': `${imports}export const f = () => trace.getActiveSpan()?.setAttribute('gen_ai.my.own', 1);${own}` },
});
