/** What may and may not travel in baggage, and how much of it. */
import { describe, expect, it } from 'vitest';
import { messageOf } from '../../../src/analysis/messages.ts';
import { analyse, cases, ts } from '../harness.ts';

const imports = `import { context, propagation, type Baggage } from '@opentelemetry/api';\n`;
const leak = ' // ! opentelemetry/sensitive-baggage leaked';
const over = ' // ! opentelemetry/baggage-limit lost';
const run = (statement: string, parameters: string, mark: string, before = ''): string => `${imports}${before}export async function f(baggage: Baggage, ${parameters}) {\n  ${statement}${mark}\n}`;
const flagged = (statement: string, parameters = 'x: any', before = ''): string => run(statement, parameters, leak, before);
const who = (statement: string, parameters = 'x: any', before = ''): string => run(statement, parameters, `${leak} no-repair`, before);
const silent = (statement: string, parameters = 'x: any', before = ''): string => run(statement, parameters, '', before);
const set = (key: string, value = 'x'): string => `baggage.setEntry('${key}', { value: ${value} });`;

cases('sensitive, by the entry\'s name', {}, {
  'an address': flagged(set('user.email')),
  'a name': flagged(set('user.full_name')),
  'a first name': flagged(set('firstName')),
  'a phone': flagged(set('customer.phone')),
  'a postal address': flagged(set('shipping_address')),
  'a date of birth': flagged(set('dateOfBirth')),
  'a card': flagged(set('card_number')),
  'an account': flagged(set('iban')),
  'a diagnosis': flagged(set('patient.diagnosis')),
  'a token': flagged(set('access_token')),
  'a session\'s token': flagged(set('sessionToken')),
  'a key': flagged(set('api-key')),
  'a password': flagged(set('password')),
  'a cookie': flagged(set('cookie')),
  'a prompt': flagged(set('prompt')),
  'an answer': flagged(set('llm.response')),
  'a conventional prompt': flagged(set('gen_ai.input.messages')),
  'a tool\'s arguments': flagged(set('tool.args')),
  'an end user\'s id': who(set('enduser.id')),
  'a user\'s id': who(set('user.id')),
  'a user\'s id in camel case': who(set('userId')),
  'a constant\'s': flagged(`baggage.setEntry(KEY, { value: x });`, 'x: any', `const KEY = 'user.email';\n`),
  'an enum\'s of another file': { 'src/names.ts': `export enum Names { User = 'enduser.id' }`, 'src/a.ts': who(`baggage.setEntry(Names.User, { value: x });`, 'x: any', `import { Names } from './names.ts';\n`) },
});

cases('sensitive, by what is put in', {}, {
  'a property': flagged(set('who', 'user.email'), 'user: any'),
  'a variable': flagged(set('who', 'phoneNumber'), 'phoneNumber: string'),
  'renamed': flagged(`const { email: who } = x; ${set('who', 'who')}`),
  'in a template': flagged(set('who', '`${user.firstName}`'), 'user: any'),
  'the body of a request': flagged(set('payload', 'JSON.stringify(req.body)'), 'req: any'),
  'messages': flagged(set('history', 'JSON.stringify(messages)'), 'messages: object[]'),
  'a prompt': flagged(set('q', 'prompt'), 'prompt: string'),
  'a header': flagged(set('auth', `req.headers.get('authorization')`), 'req: any'),
  'encoded': flagged(set('who', 'user.email.toLowerCase()'), 'user: any'),
  'behind a switch': flagged(`if (process.env.APP_RECORD) ${set('prompt')}`),
});

cases('sensitive, wherever it is put', {}, {
  'a new baggage': flagged(`propagation.createBaggage({ 'user.email': { value: x } });`),
  'of several entries': flagged(`propagation.createBaggage({ tenant: { value: x }, 'user.email': { value: x } });`),
  'the active one': flagged(`propagation.getActiveBaggage()?.setEntry('user.email', { value: x });`),
  'that of a context': flagged(`propagation.getBaggage(context.active())!.setEntry('user.email', { value: x });`),
  'one or a new one': flagged(`const b = propagation.getActiveBaggage() ?? propagation.createBaggage(); b.setEntry('user.email', { value: x });`),
  'in a chain': `${imports}export const f = (x: string) => propagation.createBaggage()\n  .setEntry('tenant', { value: x })\n  .setEntry('user.email', { value: x });${leak}`,
  'an entry made before': flagged(`const entry = { value: x }; baggage.setEntry('user.email', entry);`),
  'in JavaScript': { 'src/a.js': `const api = require('@opentelemetry/api');\nmodule.exports = (x) => api.propagation.createBaggage({ 'user.email': { value: x } });${leak}` },
  'taken apart': { 'src/a.js': `const { propagation } = require('@opentelemetry/api');\nmodule.exports = (x) => propagation.createBaggage({ 'user.email': { value: x } });${leak}` },
});

cases('too large', {}, {
  'a long entry': run(set('blob', `'${'x'.repeat(5000)}'`), 'x: any', over),
  'a long entry once it is encoded': run(set('blob', `'${'é'.repeat(900)}'`), 'x: any', over),
  'a long constant': run(set('blob', 'BLOB'), 'x: any', over, `const BLOB = '${'x'.repeat(5000)}';\n`),
  'many entries': run(`propagation.createBaggage({ ${Array.from({ length: 70 }, (_, i) => `k${i}: { value: x }`).join(', ')} });`, 'x: any', over),
  'long entries together': run(`propagation.createBaggage({ ${['a', 'b', 'c'].map((k) => `${k}: { value: '${k.repeat(3000)}' }`).join(', ')} });`, 'x: any', over),
});

cases('in order', {}, {
  'a session\'s id': silent(set('session.id')),
  'a tenant': silent(set('tenant.id')),
  'an account\'s id': silent(set('account.id')),
  'an agent\'s role': silent(set('app.agent.role')),
  'how deep': silent(set('app.agent.delegation_depth', 'String(x + 1)')),
  'a flag': silent(set('synthetic_request', `'true'`)),
  'a literal under a telling name': silent(set('user.email', `'none'`)),
  'a literal user': silent(set('user.id', `'system'`)),
  'a hash': silent(set('user.email', 'hash(x.email)'), 'x: any, hash: any'),
  'whether there is one': silent(set('has_email')),
  'a count of tokens': silent(set('llm.token_count')),
  'a request\'s id': silent(set('request.id', 'req.body.id'), 'req: any'),
  'a model': silent(set('gen_ai.request.model')),
  'a conversation': silent(set('gen_ai.conversation.id')),
  'a plan': silent(set('customer.plan', 'x.plan')),
  'a locale': silent(set('user.locale', 'x.locale')),
  'a region': silent(set('region')),
  'a deployment': silent(set('deployment.environment.name')),
  'a next page\'s token': silent(set('next_page_token')),
  'an experiment': silent(set('experiment.variant')),
  'an empty baggage': silent('propagation.createBaggage();'),
  'entries that nothing is known of': silent('propagation.createBaggage(x);'),
  'one that is only read': silent(`baggage.getEntry('user.email')?.value;`),
  'one that is taken out': silent(`baggage.removeEntry('user.email');`),
  'metadata alone': silent(`baggage.setEntry('user.email', x);`),
  'a map\'s entry': silent(`x.setEntry('user.email', { value: x });`),
  'a zip\'s': `import { Zip } from 'zip';\nexport const f = (email: string) => new Zip().setEntry('user.email', { value: email });`,
  'another library\'s createBaggage': `import { createBaggage } from 'sentry';\nexport const f = (email: string) => createBaggage({ 'user.email': { value: email } });`,
  'as many as arrive': silent(`propagation.createBaggage({ ${Array.from({ length: 64 }, (_, i) => `k${i}: { value: x }`).join(', ')} });`),
  'a long text that arrives': silent(set('blob', `'${'x'.repeat(3000)}'`)),
  'a length that nobody knows': silent(set('blob', 'x.text')),
  'in an attribute, behind a switch': `import type { Span } from '@opentelemetry/api';\nexport const f = (span: Span, email: string) => { if (process.env.APP_RECORD) span.setAttribute('user.email', email); };`,
  'ignored with a reason': silent(`// handoff-ignore no-sensitive-baggage -- stays in one network\n  ${set('user.id')}`),
});

cases('in order: what only reads like it', {}, {
  'a design\'s token': silent(set('theme.design_token', 'x.theme')),
  'a token\'s kind': silent(set('auth.token_type', 'x.kind')),
  'how many tokens': silent(set('budget.tokens', 'String(x.tokens)')),
  'how one signed in': silent(set('auth.method', 'x.method')),
  'a masked address': silent(set('user.email', 'mask(x.email)'), 'x: any, mask: any'),
  'an address\'s domain': silent(set('email_domain', 'x.domain')),
  'an address that is verified': silent(set('email_verified', 'String(x.emailVerified)')),
  'a template of mail': silent(set('email.template', 'x.template')),
  'a prompt\'s version': silent(set('prompt.version', 'x.version')),
  'a prompt\'s length': silent(set('prompt.length', 'String(x.prompt.length)')),
  'a tool\'s name': silent(set('gen_ai.tool.name', 'x.tool')),
  'a message\'s id': silent(set('messaging.message.id', 'message.id'), 'message: any'),
  'a user agent': silent(set('user_agent.name', 'x.browser')),
  'a user\'s role': silent(set('user.role', 'user.role'), 'user: any'),
  'a user\'s group': silent(set('user.cohort', 'user.cohort'), 'user: any'),
  'a card\'s brand': silent(set('card.brand', 'x.brand')),
  'a key of a cache': silent(set('cache.key', 'x.key')),
  'a key of an idempotent request': silent(set('idempotency.key', 'x.idempotencyKey')),
  'a file\'s name': silent(set('file.name', 'x.name')),
  'a queue of mail': silent(set('queue', `'email'`)),
  'Sentry\'s baggage of HTTP': `import * as Sentry from '@sentry/node';\nexport const f = (email: string) => Sentry.setUser({ email });`,
  'k6\'s metrics': `import { Baggage } from 'k6/x/otel';\nexport const f = (email: string) => new Baggage().setEntry('user.email', { value: email });`,
});

describe('the configuration and the words', () => {
  const judged = (statement: string, sensitive: object = {}) => analyse({ 'src/a.ts': silent(statement) }, { config: { sensitive } }).result.judged.filter((j) => j.verdict === 'leaked');
  it('adds and allows entries', () => {
    expect(judged(set('loyalty'), {})).toHaveLength(0);
    expect(judged(set('loyalty'), { attributes: ['loyalty'] })).toHaveLength(1);
    expect(judged(set('user.id'), { allow: ['user.id'] })).toHaveLength(0);
  });
  it('warns of ids and reports the rest as an error', () => {
    expect(judged(set('user.id')).map((j) => j.severity)).toEqual(['warn']);
    expect(judged(set('user.email')).map((j) => j.severity)).toEqual(['error']);
  });
  it('says who reads it', () => {
    expect(messageOf(ts, judged(set('user.email'))[0]!)).toBe("`baggage.setEntry('user.email', …)` puts personal data (`user.email`) into baggage, which goes as a readable header with every request from here on, to third parties too. Pass it in the message or request that needs it, or send an id that means nothing outside.");
  });
  it('says what is too large', () => {
    const large = analyse({ 'src/a.ts': silent(set('blob', `'${'x'.repeat(5000)}'`)) }).result.judged.find((j) => j.verdict === 'lost')!;
    expect(messageOf(ts, large)).toContain('sets an entry of 5005 bytes, where OpenTelemetry sends at most 4096: what is over is dropped without a word');
  });
});
