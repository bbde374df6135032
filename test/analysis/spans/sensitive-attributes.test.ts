/** What may and may not stand in a span's attributes: by name, by origin, behind which switch. */
import { describe, expect, it } from 'vitest';
import { messageOf } from '../../../src/analysis/messages.ts';
import { analyse, cases, ts } from '../harness.ts';

const imports = `import { trace, context, type Span, type Attributes } from '@opentelemetry/api';\n`;
const leak = ' // ! opentelemetry/sensitive-attribute leaked';
const no = (code: string): string => `${leak} ${code}`;

/** A statement in a function that is given a span and whatever else it needs. */
const set = (statement: string, parameters = 'x: any', mark = leak, before = ''): string => `${imports}${before}export async function f(span: Span, ${parameters}) {\n  ${statement}${mark}\n}`;
const silent = (statement: string, parameters = 'x: any', before = ''): string => set(statement, parameters, '', before);

cases('by the attribute\'s name', {}, {
  'a conventional prompt': set(`span.setAttribute('gen_ai.input.messages', JSON.stringify(x));`),
  'a conventional answer': set(`span.setAttribute('gen_ai.output.messages', x.text);`),
  'conventional instructions': set(`span.setAttribute('gen_ai.system_instructions', x);`),
  'a tool\'s arguments': set(`span.setAttribute('gen_ai.tool.call.arguments', JSON.stringify(x));`),
  'a tool\'s result': set(`span.setAttribute('gen_ai.tool.call.result', x);`),
  'the deprecated prompt': set(`span.setAttribute('gen_ai.prompt', x);`),
  'OpenLLMetry\'s indexed prompt': set('span.setAttribute(`gen_ai.prompt.${i}.content`, x);', 'x: string, i: number', `${leak}; opentelemetry/custom-gen-ai-attribute wrong unsupported-shape`),
  'OpenInference\'s input': set(`span.setAttribute('input.value', x);`),
  'the AI SDK\'s': set(`span.setAttribute('ai.prompt.messages', x);`),
  'Langfuse\'s': set(`span.setAttribute('langfuse.observation.output', x);`),
  'a name of one\'s own': set(`span.setAttribute('app.tool_args', JSON.stringify(x));`),
  'in camel case': set(`span.setAttribute('userPrompt', x);`),
  'a plural': set(`span.setAttribute('llm.responses', x);`),
  'a text of it': set(`span.setAttribute('app.prompt_text', x);`),
  'an address': set(`span.setAttribute('user.email', x);`),
  'a card number': set(`span.setAttribute('payment.card_number', x);`, 'x: string', no('no-repair')),
  'a password': set(`span.setAttribute('login.password', x);`, 'x: string', no('no-repair')),
  'a token': set(`span.setAttribute('auth.access_token', x);`, 'x: string', no('no-repair')),
  'every header': set('for (const [name, value] of Object.entries(x)) span.setAttribute(`http.request.header.${name}`, value as string);', 'x: object', no('no-repair')),
  'a header with a secret': set(`span.setAttribute('http.request.header.authorization', x);`, 'x: string', no('no-repair')),
  'a diagnosis': set(`span.setAttribute('patient.diagnosis', x);`),
  'a constant\'s name': set(`span.setAttribute(KEY, x);`, 'x: any', leak, `const KEY = 'gen_ai.output.messages';\n`),
  'an enum\'s': set(`span.setAttribute(Keys.Prompt, x);`, 'x: any', leak, `enum Keys { Prompt = 'app.prompt' }\n`),
  'a constant of the conventions\' package': set(`span.setAttribute(ATTR_GEN_AI_INPUT_MESSAGES, x);`, 'x: any', leak, `import { ATTR_GEN_AI_INPUT_MESSAGES } from '@opentelemetry/semantic-conventions/incubating';\n`),
  'a constant of a vendor\'s': set(`span.setAttribute(SpanAttributes.TRACELOOP_ENTITY_INPUT, x);`, 'x: any', leak, `import { SpanAttributes } from '@traceloop/ai-semantic-conventions';\n`),
  'one of another file': { 'src/keys.ts': `export const keys = { output: 'llm.output' };`, 'src/a.ts': set(`span.setAttribute(keys.output, x);`, 'x: any', leak, `import { keys } from './keys.ts';\n`) },
});

cases('by what is put in', {}, {
  'a prompt': set(`span.setAttribute('app.in', prompt);`, 'prompt: string'),
  'a property': set(`span.setAttribute('app.who', user.email);`, 'user: any'),
  'an element': set(`span.setAttribute('app.who', users[0].phoneNumber);`, 'users: any[]'),
  'made into text': set(`span.setAttribute('app.all', JSON.stringify(messages));`, 'messages: object[]'),
  'cut short': set(`span.setAttribute('app.start', prompt.slice(0, 100));`, 'prompt: string'),
  'in a template': set('span.setAttribute(\'app.line\', `asked: ${prompt}`);', 'prompt: string'),
  'added to a text': set(`span.setAttribute('app.line', 'asked: ' + prompt);`, 'prompt: string'),
  'one of two': set(`span.setAttribute('app.in', prompt ?? '');`, 'prompt?: string'),
  'through a constant': set(`const text = stringify(prompt); span.setAttribute('app.in', text);`, 'prompt: string, stringify: any'),
  'renamed from a pattern': set(`const { cardNumber: n } = x; span.setAttribute('app.n', n);`, 'x: any', no('no-repair')),
  'the body of a request': set(`span.setAttribute('app.payload', JSON.stringify(req.body));`, 'req: any'),
  'a body that is read': set(`const data = await request.json(); span.setAttribute('app.payload', JSON.stringify(data));`, 'request: Request'),
  'what a message says': set(`span.setAttribute('app.said', message.content);`, 'message: any'),
  'what each message says': set(`span.setAttribute('app.said', messages.map((m) => m.content).join());`, 'messages: any[]'),
  'a model\'s answer, by its package': set(`const r = await new OpenAI().chat.completions.create(x); span.setAttribute('app.said', r.choices[0].message);`, 'x: any', leak, `import OpenAI from 'openai';\n`),
  'an answer of the AI SDK': set(`const r = await generateText(x); span.setAttribute('app.said', r.text);`, 'x: any', leak, `import { generateText } from 'ai';\n`),
  'a header': set(`span.setAttribute('app.caller', req.headers.get('authorization'));`, 'req: any', no('no-repair')),
  'an address under an id': set(`span.setAttribute('customer.id', user.email);`, 'user: any'),
  'a list that is filled later': set(`const parts: string[] = []; parts.push(x.text); span.setAttribute('app.response_text', parts.join(''));`),
  'calls of tools with their arguments': set(`span.setAttribute('app.calls', JSON.stringify(toolCalls));`, 'toolCalls: object[]'),
  'a chat\'s context': set(`span.setAttribute('app.chat_ctx', JSON.stringify(x.toJSON()));`),
  'to whom it is sent': set(`span.setAttribute('app.to', recipient);`, 'recipient: string'),
  'a full name': set(`span.setAttribute('app.who', customer.fullName);`, 'customer: any'),
  'in an object': set(`span.setAttribute('app.call', JSON.stringify({ model: 'm', prompt: x }));`),
});

cases('where it is put', {}, {
  'several at once': set(`span.setAttributes({ 'app.model': 'm', 'app.prompt': x });`),
  'two in one call, one finding': set(`span.setAttributes({ 'app.prompt': x, 'user.email': x });`),
  'a spread': set(`span.setAttributes({ ...(x ? { 'app.prompt': x } : {}) });`),
  'an object made before': `${imports}export function f(span: Span, x: string) {\n  const attributes: Attributes = {};\n  attributes['app.prompt'] = x;${leak}\n  span.setAttributes(attributes);\n}`,
  'a function that makes it': `${imports}const made = (x: string) => ({\n  'app.prompt': x,${leak}\n});\nexport const f = (span: Span, x: string) => span.setAttributes(made(x));`,
  'the options of a start': `${imports}const tracer = trace.getTracer('a');\nexport const f = (x: string) => tracer.startSpan('f', {\n  attributes: { 'app.prompt': x },${no('unsupported-shape')}\n});`,
  'of an active one': `${imports}const tracer = trace.getTracer('a');\nexport const f = (x: string) => tracer.startActiveSpan('f', {\n  attributes: { 'app.prompt': x },${no('unsupported-shape')}\n}, (span) => span.end());`,
  'an event': set(`span.addEvent('asked', { 'app.prompt': x });`, 'x: string', no('unsupported-shape')),
  'the active span': `${imports}export const f = (x: string) => {\n  trace.getActiveSpan()?.setAttribute('app.prompt', x);${leak}\n};`,
  'a callback\'s span': `${imports}export const f = (x: string) => trace.getTracer('a').startActiveSpan('f', (span) => {\n  span.setAttribute('app.prompt', x);${leak}\n});`,
  'a helper\'s span': `${imports}function withSpan<T>(name: string, fn: (span: Span) => T) { return trace.getTracer('a').startActiveSpan(name, fn); }\nexport const f = (x: string) => withSpan('f', (span) => {\n  span.setAttribute('app.prompt', x);${leak}\n});`,
  'a helper\'s span in an object': `${imports}interface Run { name: string; fn: (span: Span) => void }\nfunction run({ name, fn }: Run) { return trace.getTracer('a').startActiveSpan(name, fn); }\nexport const f = (x: string) => run({ name: 'f', fn: (span) => {\n  span.setAttribute('app.prompt', x);${leak}\n} });`,
  'a helper\'s attributes': `${imports}function withSpan(name: string, options: object, fn: () => void) { return trace.getTracer('a').startActiveSpan(name, options, fn); }\nexport const f = (x: string) => withSpan('f', {\n  attributes: { 'app.prompt': x },${no('unsupported-shape')}\n}, () => {});`,
  'attributes that a helper is handed': `${imports}function withSpan<T>(name: string, attributes: Attributes, fn: () => T) { return trace.getTracer('a').startActiveSpan(name, { attributes }, fn); }\nexport const f = (x: string) => withSpan('f', {\n  'user.email': x,${no('unsupported-shape')}\n}, () => {});`,
  'attributes that a helper adds to its own': `${imports}function withSpan<T>(name: string, fn: () => T, attributes: Attributes = {}) { return trace.getTracer('a').startActiveSpan(name, { attributes: { service: 'a', ...attributes } }, fn); }\nexport const f = (x: string) => withSpan('f', () => {}, {\n  'user.email': x,${no('unsupported-shape')}\n});`,
  'attributes that one helper hands to another': { 'src/spans.ts': `${imports}function begin(name: string, attributes: Attributes) { return trace.getTracer('a').startSpan(name, { attributes }); }\nexport function inSpan<T>(name: string, fn: (span: Span) => T, attributes: Attributes) { const span = begin(name, attributes); try { return fn(span); } finally { span.end(); } }`, 'src/a.ts': `import { inSpan } from './spans.ts';\nexport const f = (x: string) => inSpan('f', () => {}, {\n  'user.email': x,${no('unsupported-shape')}\n});` },
  'attributes that a helper sets': `${imports}function addAttributes(span: Span, attributes: Attributes) { span.setAttributes(attributes); }\nexport const f = (span: Span, x: string) => addAttributes(span, {\n  'user.email': x,${leak}\n});`,
  'a field': `${imports}export class Recorder {\n  constructor(private readonly span: Span) {}\n  add(x: string) {\n    this.span.setAttribute('app.prompt', x);${leak}\n  }\n}`,
  'in JavaScript': { 'src/a.js': `const { trace } = require('@opentelemetry/api');\nmodule.exports = (x) => {\n  const span = trace.getTracer('a').startSpan('a');\n  span.setAttribute('app.prompt', x);${leak}\n  span.end();\n};` },
});

const gate = (condition: string, before = '', flagged = false): string => `${imports}${before}export function f(span: Span, prompt: string, options: any = {}) {\n  if (${condition}) span.setAttribute('app.prompt', prompt);${flagged ? no('unsupported-shape') : ''}\n}`;

cases('behind a switch that is off', {}, {
  'the conventions\'': gate(`process.env.OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT === 'true'`),
  'one\'s own': gate(`process.env.APP_RECORD === '1'`),
  'with a default': gate(`(process.env.APP_RECORD ?? 'false') === 'true'`),
  'by truth': gate(`process.env['APP_RECORD']`),
  'one of several': gate(`['1', 'true'].includes(process.env.APP_RECORD ?? '')`),
  'through a constant': gate('record', `const record = process.env.APP_RECORD === 'true';\n`),
  'through a function': gate('shouldRecord()', `function shouldRecord() { const value = process.env.APP_RECORD || 'false'; return value === 'true'; }\n`),
  'an option': gate('options.captureContent'),
  'an option that must be true': gate('options.recordInputs === true'),
  'an option with a default': gate('options.recordInputs ?? false'),
  'and something else': gate(`prompt.length > 0 && process.env.APP_RECORD`),
  'in a helper of another package': gate(`envFlag('CAPTURE_PROMPTS')`, `import { envFlag } from 'flags';\n`),
  'a return before': silent(`if (!process.env.APP_RECORD) return; span.setAttribute('app.prompt', x);`),
  'a condition in the value': silent(`span.setAttribute('app.prompt', process.env.APP_RECORD ? x : '');`),
  'a spread with one': silent(`span.setAttributes({ ...(process.env.APP_RECORD && { 'app.prompt': x }) });`),
  'around the only call': `${imports}function add(span: Span, prompt: string) { span.setAttribute('app.prompt', prompt); }\nexport const f = (span: Span, prompt: string) => { if (process.env.APP_RECORD) add(span, prompt); };`,
  'in an imported constant': { 'src/env.ts': `export const record = process.env.APP_RECORD === 'true';`, 'src/a.ts': gate('record', `import { record } from './env.ts';\n`) },
});

cases('behind a switch that is on, or none', {}, {
  'on unless it is false': gate(`process.env.APP_RECORD !== 'false'`, '', true),
  'on by its default': gate(`(process.env.APP_RECORD ?? 'true') === 'true'`, '', true),
  'on, through a function': gate('shouldRecord()', `function shouldRecord() { const value = process.env.APP_RECORD || 'true'; return value === 'true' || value === '1'; }\n`, true),
  'an option that is on': gate('options.recordInputs !== false', '', true),
  'an option whose default is on': gate('options.recordInputs ?? true', '', true),
  'a parameter that is on': `${imports}export function f(span: Span, prompt: string, { recordInputs = true }: any = {}) {\n  if (recordInputs) span.setAttribute('app.prompt', prompt);${no('unsupported-shape')}\n}`,
  'not in production': gate(`process.env.NODE_ENV !== 'production'`, '', true),
  'only whether it is there': gate('prompt !== undefined', '', false).replace('prompt);', `prompt);${leak}`),
  'the else of one that is off': set(`if (process.env.APP_RECORD) { x(); } else { span.setAttribute('app.prompt', x); }`, 'x: any', no('unsupported-shape')),
  'a secret behind any': set(`if (process.env.APP_RECORD) span.setAttribute('app.password', x);`, 'x: string', no('no-repair')),
});

cases('in order', {}, {
  'the bytes of a broker\'s message': silent(`span.setAttribute('app.request', msg.content.toString());`),
  'an event that is marked': silent(`span.addEvent('asked', { 'app.prompt': x, sensitive: true });`),
  'an id': silent(`span.setAttribute('user.id', x.userId);`),
  'an end user\'s id': silent(`span.setAttribute('enduser.id', x);`),
  'a count of tokens': silent(`span.setAttribute('gen_ai.usage.input_tokens', x.usage.promptTokenCount);`),
  'prompt tokens': silent(`span.setAttribute('llm.prompt_tokens', x);`),
  'a length': silent(`span.setAttribute('app.prompt', x.prompt.length);`),
  'a size': silent(`span.setAttribute('app.payload', req.body.byteLength);`, 'req: any'),
  'a hash': silent(`span.setAttribute('user.email', hash(x.email));`, 'x: any, hash: any'),
  'a masked form': silent(`span.setAttribute('card.number', maskCard(x));`, 'x: any, maskCard: any'),
  'a flag': silent(`span.setAttribute('app.prompt', x.prompt !== undefined);`),
  'a name of the key says so': silent(`span.setAttribute('app.has_prompt', x);`),
  'a literal': silent(`span.setAttribute('gcp.vertex.agent.llm_request', '{}');`),
  'a number': silent(`span.setAttribute('app.prompts', prompts);`, 'prompts: number'),
  'a model\'s name': silent(`span.setAttribute('app.prompt_model', x.model);`),
  'a prompt\'s name': silent(`span.setAttribute('gen_ai.prompt.name', x.prompt.name);`),
  'a query': silent(`span.setAttribute('db.query.text', x.sql);`),
  'an error\'s message': silent(`span.setAttribute('error.message', error.message);`, 'error: Error'),
  'an email that is a channel': silent(`span.setAttribute('notification.email', 'weekly');`),
  'whether it is verified': silent(`span.setAttribute('user.email', user.emailVerified);`, 'user: any'),
  'the roles of messages': silent(`span.setAttribute('app.roles', messages.map((m) => m.role).join());`, 'messages: any[]'),
  'a message\'s id': silent(`span.setAttribute('messaging.message.id', message.id);`, 'message: any'),
  'a kind of card': silent(`span.setAttribute('payment.card_type', x);`),
  'a tool\'s name': silent(`span.setAttribute('gen_ai.tool.name', x.tool.name);`),
  'a next page\'s token': silent(`span.setAttribute('app.next_page_token', x);`),
  'a helper that logs what it is handed': `${imports}function withSpan<T>(name: string, attributes: object, fn: () => T) { console.log(attributes); return trace.getTracer('a').startActiveSpan(name, fn); }\nexport const f = (x: string) => withSpan('f', { 'user.email': x }, () => {});`,
  'a helper of another package': `import { withSpan } from 'spans';\nexport const f = (x: string) => withSpan('f', { 'user.email': x }, () => {});`,
  'a helper\'s harmless attributes': `${imports}function withSpan<T>(name: string, attributes: Attributes, fn: () => T) { return trace.getTracer('a').startActiveSpan(name, { attributes }, fn); }\nexport const f = (x: string) => withSpan('f', { 'job.id': x }, () => {});`,
  'a list that stays empty under a harmless name': silent(`const parts: string[] = []; span.setAttribute('app.parts', parts.length);`),
  'the names of tools that are called': silent(`span.setAttribute('app.tools', JSON.stringify(toolCalls.map((call) => call.name)));`, 'toolCalls: { name: string }[]'),
  'how many tools are called': silent(`span.setAttribute('app.tool_calls', toolCalls.length);`, 'toolCalls: object[]'),
  'a repository\'s full name': silent(`span.setAttribute('github.repository.full_name', repository.full_name);`, 'repository: any'),
  'a test\'s full name': silent(`span.setAttribute('test.full_name', testCase.fullName);`, 'testCase: any'),
  'a chat\'s context window': silent(`span.setAttribute('app.chat_context_length', x.length);`),
  'a kind of recipient': silent(`span.setAttribute('app.recipient_type', x.recipient.type);`),
  'a cache key': silent(`span.setAttribute('app.cache_key', x);`),
  'a function of one\'s own that tells something of it': silent(`span.setAttribute('app.language', languageOf(prompt));`, 'prompt: string, languageOf: any'),
  'Datadog\'s span': `import tracer from 'dd-trace';\n${imports}export const f = (x: string) => { const span = tracer.startSpan('a'); span.setTag('a', 1); (span as any).setAttribute('prompt', x); };`,
  'Sentry\'s span': `import * as Sentry from '@sentry/node';\nexport const f = (x: string) => Sentry.startSpan({ name: 'f', attributes: { 'app.prompt': x } }, (span) => { span.setAttribute('app.prompt', x); });`,
  'k6\'s': `import tracing from 'k6/x/otel';\nexport const f = (x: string) => { const span = tracing.tracer.startSpan('a'); span.setAttribute('app.prompt', x); };`,
  'an element of a page': `export const f = (element: HTMLElement, email: string) => element.setAttribute('data-email', email);`,
  'something that nothing is known of': `${imports}export const f = (thing: any, email: string) => thing.setAttribute('user.email', email);`,
  'a flag that was made from it': silent(`const isLong = prompt.trim() && prompt; span.setAttribute('app.long', isLong);`, 'prompt: string'),
  'headers without their secrets': silent(`span.setAttribute('http.request.headers', JSON.stringify(safeHeaders));`, 'safeHeaders: object'),
  'a log record': `${imports}export const f = (log: any, prompt: string) => log.emit({ attributes: { prompt } });`,
  'ignored with a reason': silent(`// handoff-ignore no-sensitive-attributes -- an internal trace store\n  span.setAttribute('app.prompt', x);`),
});

cases('in order: what only reads like it', {}, {
  'headers of a list': silent('for (const [name, value] of Object.entries(x)) if (recorded.has(name)) span.setAttribute(`http.request.header.${name}`, value as string);', 'x: object, recorded: Set<string>'),
  'a design\'s token': silent(`span.setAttribute('theme.token', x.designToken);`),
  'a token\'s kind': silent(`span.setAttribute('auth.token_type', x.token.type);`),
  'when a token runs out': silent(`span.setAttribute('auth.token_expires_at', x.expiresAt);`),
  'how a token was found': silent(`span.setAttribute('auth.access_token_source', x.source);`),
  'tokens a minute': silent(`span.setAttribute('llm.tokens_per_minute', x.rate);`),
  'a token budget': silent(`span.setAttribute('app.token_budget', x.budget);`),
  'a token of a parser': silent(`span.setAttribute('parser.token_kind', x.kind);`),
  'cached prompt tokens': silent(`span.setAttribute('gen_ai.usage.cache_read.input_tokens', x.promptTokensDetails.cachedTokens);`),
  'a prompt\'s version': silent(`span.setAttribute('app.prompt_version', x.prompt.version);`),
  'a template\'s id': silent(`span.setAttribute('app.prompt_template_id', x.template.id);`),
  'a prompt that is cached': silent(`span.setAttribute('app.prompt_cache_hit', x.hit);`),
  'how long a completion took': silent(`span.setAttribute('app.completion_ms', x.ms);`),
  'why it finished': silent(`span.setAttribute('app.completion_finish_reason', x.reason);`),
  'an order\'s completion': silent(`span.setAttribute('order.completion', x.completion.percent);`),
  'how many messages': silent(`span.setAttribute('app.messages', messages.length);`, 'messages: object[]'),
  'a commit\'s message id': silent(`span.setAttribute('email.message_id', x.messageId);`),
  'an address\'s domain': silent(`span.setAttribute('user.email_domain', domainOf(x.email));`, 'x: any, domainOf: any'),
  'whether mail was sent': silent(`span.setAttribute('notification.email_sent', true);`),
  'a template of mail': silent(`span.setAttribute('email.template', x.template);`),
  'who sends mail for us': silent(`span.setAttribute('email.provider', 'sendgrid');`),
  'a card of a page': silent(`span.setAttribute('ui.card', x.cardId);`),
  'a card\'s brand': silent(`span.setAttribute('payment.card.brand', x.card.brand);`),
  'the last four digits': silent(`span.setAttribute('payment.card_last4', x.card.last4);`),
  'how it is paid': silent(`span.setAttribute('payment.method', x.method);`),
  'a typed id': silent(`span.setAttribute('app.customer', x);`, 'x: CustomerId', `type CustomerId = string & { readonly brand: unique symbol };\n`),
  'a member of an enum': silent(`span.setAttribute('app.channel', Channel.Email);`, 'x: any', `enum Channel { Email = 'email', Phone = 'phone' }\n`),
  'an encrypted form': silent(`span.setAttribute('user.email', encrypt(x.email));`, 'x: any, encrypt: any'),
  'a redacted text': silent(`span.setAttribute('app.prompt', redact(x.prompt));`, 'x: any, redact: any'),
  'the hash of a prompt': silent(`span.setAttribute('app.prompt_hash', createHash('sha256').update(x.prompt).digest('hex'));`, 'x: any', `import { createHash } from 'node:crypto';\n`),
  'a body\'s size in bytes': silent(`span.setAttribute('http.request.body.size', Buffer.byteLength(x.body));`),
  'how deep a tool was called': silent(`span.setAttribute('app.tool_call_depth', x.depth);`),
  'what a tool is': silent(`span.setAttribute('gen_ai.tool.type', x.tool.type);`),
  'a tool\'s result by its code': silent(`span.setAttribute('app.tool_result_code', x.code);`),
  'an input device': silent(`span.setAttribute('app.input_device', x.device);`),
  'a file\'s output path': silent(`span.setAttribute('build.output_path', x.outputPath);`),
  'a name of a service': silent(`span.setAttribute('peer.service', x.name);`),
  'a file\'s name': silent(`span.setAttribute('file.name', x.name);`),
  'a user\'s plan': silent(`span.setAttribute('user.plan', user.plan);`, 'user: any'),
  'a user\'s role': silent(`span.setAttribute('user.role', user.role);`, 'user: any'),
  'the secret\'s name in a vault': silent(`span.setAttribute('vault.secret_name', x.secret.name);`),
  'New Relic\'s': `import newrelic from 'newrelic';\nexport const f = (email: string) => newrelic.addCustomAttribute('user.email', email);`,
  'LaunchDarkly\'s context': `import { LDContext } from 'launchdarkly';\nexport const f = (client: LDContext, email: string) => client.setAttribute('email', email);`,
  'Elastic APM\'s span': `import apm from 'elastic-apm-node';\nexport const f = (prompt: string) => { const span = apm.startSpan('a'); span?.addLabels({ prompt }); (span as any).setAttribute('prompt', prompt); };`,
  'an XML element': `import { create } from 'xmlbuilder2';\nexport const f = (email: string) => create().ele('user').setAttribute('email', email);`,
  'a WebGL buffer': `import { BufferGeometry } from 'three';\nexport const f = (message: Float32Array) => new BufferGeometry().setAttribute('message', message as never);`,
});

describe('the configuration', () => {
  const codeOf = (line: string): string => `${imports}export function f(span: Span, x: any, shoeSize: string) {\n  ${line}\n}`;
  const found = (line: string, sensitive: object): number => analyse({ 'src/a.ts': codeOf(line) }, { config: { sensitive } }).result.judged.filter((j) => j.verdict === 'leaked').length;
  it('adds attributes', () => {
    expect(found(`span.setAttribute('shop.basket.items', x);`, {})).toBe(0);
    expect(found(`span.setAttribute('shop.basket.items', x);`, { attributes: ['shop.basket.*'] })).toBe(1);
  });
  it('adds names', () => {
    expect(found(`span.setAttribute('a.b', shoeSize);`, {})).toBe(0);
    expect(found(`span.setAttribute('a.b', shoeSize);`, { names: ['shoe size'] })).toBe(1);
  });
  it('allows attributes', () => expect(found(`span.setAttribute('app.prompt', x);`, { allow: ['app.*'] })).toBe(0));
  it('names switches', () => {
    expect(found(`if (x.lenient) span.setAttribute('app.prompt', x);`, {})).toBe(1);
    expect(found(`if (x.lenient) span.setAttribute('app.prompt', x);`, { switches: ['lenient'] })).toBe(0);
  });
});

describe('what is said', () => {
  const said = (statement: string): string => messageOf(ts, analyse({ 'src/a.ts': silent(statement) }).result.judged.find((j) => j.verdict === 'leaked')!);
  it('names the attribute, who reads it and the way out', () => {
    expect(said(`span.setAttribute('app.prompt', x);`)).toBe("`span.setAttribute('app.prompt', …)` puts what people, models or tools said (`app.prompt`) into an attribute of a span, where everybody who can read a trace reads it. Record it behind a switch that is off by default (`OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT`), in an event with `sensitive: true` that a collector can drop.");
  });
  it('says of a switch that it is on', () => expect(said(`if (process.env.A !== 'false') span.setAttribute('app.prompt', x);`)).toContain('the switch around it lets it through unless somebody turns it off'));
  it('offers no switch for a secret', () => expect(said(`span.setAttribute('app.password', x);`)).toMatch(/Leave it out, or record a hash or a masked form of it\.$/));
});
