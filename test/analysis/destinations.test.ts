/** Where a request goes, and whether the trace may go with it (DESIGN.md 5.9). */
import { cases, nodePackage, type Files } from './harness.ts';

const dark = ' // ! fetch/fetch lost';
const unknown = ' // ! fetch/fetch lost unknown-destination';
const post = `{ method: 'POST', body: JSON.stringify(body) }`;
const helper = (code = ''): string => `export const send = (url: string, body: object) => fetch(url, ${post});${code}`;
const options = (code = ''): string => `export default async function request({ url = '', body }: { url: string; body?: object }) {\n  return fetch(\`\${url}?\${String(1)}\`, ${post});${code}\n}`;
const client = (code = ''): string => `export class Client {\n  constructor(private readonly baseUrl: string) {}\n  run(body: object) { return fetch(\`\${this.baseUrl}/run\`, ${post}); }${code}\n}`;
const bag = (code = ''): string => `export class Client {\n  private readonly baseUrl: string;\n  constructor(options: { baseUrl: string }) { this.baseUrl = options.baseUrl; }\n  run(body: object) { return fetch(\`\${this.baseUrl}/run\`, ${post}); }${code}\n}`;

const mail = (code = ''): string => `export class Mail {\n  constructor(private readonly apiBase: string) {}\n  run(body: object) { return fetch(this.apiBase, ${post}); }${code}\n}`;
cases('destinations: what a file is called after', {}, {
  'somebody else\'s service': { 'src/oauth/gmail.ts': mail() },
  'somebody else\'s service, of several words': { 'src/google-drive.ts': mail() },
  'nobody': { 'src/planner.ts': mail(dark) },
  'what only begins like it': { 'src/googlers.ts': mail(dark) },
});

cases('destinations: callers in other files', {}, {
  'all relative': { 'src/request.ts': options(), 'src/api.ts': `import request from './request.ts';\nconst base = '/api';\nexport const cart = () => request({ url: \`\${base}/cart\`, body: {} });\nexport const ads = () => request({ url: '/api/ads' });` },
  'one of one\'s own': { 'src/request.ts': options(dark), 'src/api.ts': `import request from './request.ts';\nexport const cart = () => request({ url: '/api/cart', body: {} });\nexport const plan = () => request({ url: 'http://planner:8080/plan', body: {} });` },
  'all one third party': { 'src/send.ts': helper(), 'src/a.ts': `import { send } from './send.ts';\nexport const ask = () => send('https://api.foreign.com/v1/ask', {});\nexport const tell = () => send('https://api.foreign.com/v1/tell', {});` },
  'own, from the environment': { 'src/send.ts': helper(dark), 'src/a.ts': `import { send } from './send.ts';\nexport const ask = () => send(\`\${process.env.PLANNER_URL}/ask\`, {});` },
  'own, renamed on import': { 'src/send.ts': helper(dark), 'src/a.ts': `import { send as post } from './send.ts';\nexport const ask = () => post('http://planner:8080/ask', {});` },
  'own, through an index': { 'src/lib/send.ts': helper(dark), 'src/lib/index.ts': `export * from './send.ts';`, 'src/a.ts': `import { send } from './lib/index.ts';\nexport const ask = () => send('http://planner:8080/ask', {});` },
  'through another helper': { 'src/send.ts': helper(dark), 'src/mid.ts': `import { send } from './send.ts';\nexport const deliver = (to: string, body: object) => send(to, body);`, 'src/a.ts': `import { deliver } from './mid.ts';\nexport const ask = () => deliver('http://planner:8080/ask', {});` },
  'through another helper, to a third party': { 'src/send.ts': helper(), 'src/mid.ts': `import { send } from './send.ts';\nexport const deliver = (to: string, body: object) => send(to, body);`, 'src/a.ts': `import { deliver } from './mid.ts';\nexport const ask = () => deliver('https://api.foreign.com/ask', {});` },
  'two helpers that call each other end': { 'src/send.ts': `import { again } from './again.ts';\nexport function send(url: string, body: object): unknown { if (!body) return again(url, body); return fetch(url, ${post}); }${unknown}`, 'src/again.ts': `import { send } from './send.ts';\nexport function again(url: string, body: object): unknown { return send(url, body); }` },
  'a webhook\'s': { 'src/send.ts': helper(unknown), 'src/a.ts': `import { send } from './send.ts';\nexport const notify = (hook: { callbackUrl: string }) => send(hook.callbackUrl, {});` },
  'nobody': { 'src/send.ts': helper(unknown) },
  'a homonymous function': { 'src/send.ts': helper(unknown), 'src/a.ts': `const send = (url: string, body: object) => [url, body];\nexport const ask = () => send('/api/ask', {});` },
  'a test\'s call says nothing': { 'src/send.ts': helper(), 'src/a.ts': `import { send } from './send.ts';\nexport const ask = () => send('https://api.foreign.com/ask', {});`, 'src/a.test.ts': `import { send } from './send.ts';\nvoid send('http://localhost:1', {});` },
  'CommonJS': { 'package.json': { name: 'app', engines: { node: '20' } }, 'send.js': `module.exports = { send };\nfunction send(url, body) { return fetch(url, ${post}); }`, 'a.js': `const { send } = require('./send.js');\nexports.ask = () => send('https://api.foreign.com/ask', {});` },
});

const made = (file: string, url: string, named = `{ Client }`): Files => ({ 'src/client.ts': file, 'src/a.ts': `import ${named} from './client.ts';\nconst client = new Client(${url});\nexport const ask = () => client.run({});` });

cases('destinations: fields', {}, {
  'what a constructor is given: own': made(client(dark), `process.env.PLANNER_URL!`),
  'what a constructor is given: a third party': made(client(), `'https://api.foreign.com'`),
  'what an option is given: own': made(bag(dark), `{ baseUrl: 'http://planner:8080' }`),
  'what an option is given: a third party': made(bag(), `{ baseUrl: 'https://api.foreign.com' }`),
  'nobody makes it': { 'src/client.ts': client(unknown) },
  'initialised with a third party': { 'src/client.ts': `export class Client {\n  private readonly baseUrl = 'https://api.foreign.com';\n  run(body: object) { return fetch(\`\${this.baseUrl}/run\`, ${post}); }\n}` },
  'a third party by default': { 'src/client.ts': `export class Client {\n  constructor(private readonly baseUrl = 'https://api.foreign.com') {}\n  run(body: object) { return fetch(\`\${this.baseUrl}/run\`, ${post}); }\n}` },
  'initialised from the environment': { 'src/client.ts': `export class Client {\n  private readonly baseUrl = process.env.PLANNER_URL ?? '';\n  run(body: object) { return fetch(\`\${this.baseUrl}/run\`, ${post}); }${dark}\n}` },
});

const call = (url: string, code = '', before = ''): string => `${before}\nexport async function call(body: object, id: string) { return fetch(${url}, ${post}); }${code}`;

cases('destinations: configuration', {}, {
  'config.get': call(`config.get('PLANNER_URL')`, dark, `declare const config: { get(key: string): string };`),
  'config.get in a template': call('`${config.get(\'planner.url\')}/run`', dark, `declare const config: { get(key: string): string };`),
  'getOrThrow of a service': `export class C { constructor(private readonly configService: { getOrThrow(key: string): string }) {}\n  run(body: object) { return fetch(this.configService.getOrThrow('PLANNER_URL') + '/run', ${post}); }${dark}\n}`,
  'getEnv': call(`getEnv('PLANNER_URL')`, dark, `declare function getEnv(key: string): string;`),
  'Deno.env': call(`Deno.env.get('PLANNER_URL')!`, dark, `declare const Deno: { env: { get(key: string): string } };`),
  'config.get of a third party': call(`config.get('STRIPE_URL')`, '', `declare const config: { get(key: string): string };`),
  'config.get of a webhook': call(`config.get('DEPLOY_WEBHOOK')`, '', `declare const config: { get(key: string): string };`),
  'a builder of the project: own': { 'src/url.ts': `export const plannerUrl = (path: string) => \`\${process.env.PLANNER_URL}\${path}\`;`, 'src/a.ts': call(`plannerUrl('/run')`, dark, `import { plannerUrl } from './url.ts';`) },
  'a builder of the project: a third party': { 'src/url.ts': `export function apiUrl(path: string) { return new URL(path, 'https://api.foreign.com'); }`, 'src/a.ts': call(`apiUrl('/run')`, '', `import { apiUrl } from './url.ts';`) },
  'a map\'s get is no configuration': call(`cache.get('PLANNER')!`, '', `const cache = new Map<string, string>();`),
});

cases('destinations: private names', {}, {
  'a name with a port': call(`'http://payments:8080/pay'`, dark),
  '.internal': call(`'http://payments.internal/pay'`, dark),
  'svc.cluster.local with a variable': call('`http://${id}.agents.svc.cluster.local/run`', dark),
  'an address of a private network': call(`'http://10.2.3.4/pay'`, dark),
  'a public address': call(`'http://93.184.216.34/pay'`),
  'new URL onto a private name': call(`new URL('/pay', 'http://payments:8080')`, dark),
  'new URL onto a third party': call(`new URL('/pay', 'https://api.foreign.com')`),
});

cases('destinations: what no trace belongs to', {}, {
  'a token endpoint': call(`'http://keycloak:8080/realms/x/protocol/openid-connect/token'`),
  'a token endpoint from the environment': call(`process.env.OIDC_TOKEN_ENDPOINT!`),
  'a token endpoint by name': call(`tokenEndpoint`, '', `declare const tokenEndpoint: string;`),
  'an OAuth path': call('`${process.env.AUTH_HOST}/oauth/token`'),
  'a well-known document': call('`${process.env.AUTH_HOST}/.well-known/openid-configuration`'),
  'a presigned upload': `export const put = (presignedUrl: string, body: string) => fetch(presignedUrl, { method: 'PUT', body });`,
  'a signed upload of data': `export const put = (target: { uploadUrl: string }, body: string) => fetch(target.uploadUrl, { method: 'PUT', body });`,
  'a ping with nothing in it': "export const ping = () => fetch('http://checker:8080/ping', { method: 'POST', body: '{}' });",
  'a ping that is sent an empty object': "export const ping = () => fetch('http://checker:8080/ping', { method: 'POST', body: JSON.stringify({}) });",
  'a ping that only reads': "export const ping = async () => (await fetch('http://checker:8080/ping/eu')).json();",
  'a ping that is sent work': call('`http://checker:8080/ping/${id}`', dark),
  'a state that is set': call('`http://orders:8080/orders/${id}/status`', dark),
  'health that is told': call(`'http://checker:8080/health'`),
  'metrics that are told': call(`'http://checker:8080/metrics'`),
  'a login elsewhere': call('`${process.env.APP_URL}/api/oauth/token`'),
  'a login that this program answers': { 'src/app/api/oauth/token/route.ts': 'export const POST = () => new Response();', 'src/lib/a.ts': call('`${process.env.APP_URL}/api/oauth/token`', dark) },
  'a login at a third party\'s host, by a path that this program answers too': { 'src/app/api/oauth/token/route.ts': 'export const POST = () => new Response();', 'src/lib/a.ts': call(`'https://login.foreign.com/api/oauth/token'`) },
  'a login beside one that this program answers': { 'src/app/api/oauth/token/route.ts': 'export const POST = () => new Response();', 'src/lib/a.ts': call('`${process.env.APP_URL}/api/oauth/revoke/token`') },
  'tokens that are counted': call(`'http://tokenizer:8080/tokens/count'`, dark),
  'an authoritative service': call('`${process.env.AUTHOR_URL}/books`', dark),
});

cases('destinations: relative URLs in a browser', { runtime: 'browser' }, {
  'a name beside the page': call(`'record'`),
  'a path beside the page': call('`carts/${id}/pay?at=${Date.now()}`'),
  'a base that is not known': call('`${apiBase}carts/pay`', ' // ! fetch/fetch lost cors-preflight', 'declare const apiBase: string;'),
  'a host with its port': call(`'localhost:4000/pay'`, ' // ! fetch/fetch lost cors-preflight'),
  'from callers in other files': { 'src/request.ts': options(), 'src/api.ts': `import request from './request.ts';\nexport const cart = () => request({ url: '/api/cart' });` },
  'absolute from one caller': { 'src/request.ts': options(' // ! fetch/fetch lost cors-preflight'), 'src/api.ts': `import request from './request.ts';\nexport const cart = () => request({ url: 'http://localhost:4000/cart' });` },
});

const asked = (url: string, code = '', before = ''): string => `${before}\nexport async function ask(baseUrl: string, body: object) { return fetch(${url}, ${post}); }${code}`;
const listening = (host: string, port: string, code = ''): string => `import { settings } from './settings.js';\nexport class Sessions {\n  private readonly config = settings.get('FILES');\n  private readonly baseUrl: string;\n  constructor(config: { HOST: string; PORT: number }) { this.baseUrl = \`http://\${${host}}:\${${port}}/session\`; }\n  run(body: object) { return fetch(\`\${this.baseUrl}/run\`, ${post}); }${code}\n}`;
cases('destinations: the place that a request is made from', {}, {
  'a folder of integrations': { 'src/integrations/wiki/client.ts': asked('`${baseUrl}/pages`') },
  'a folder of connectors, an address that came as data': { 'connectors/crm/src/client.ts': asked('url', '', 'declare const url: string;') },
  'a folder of integrations: a private host': { 'src/integrations/wiki/client.ts': asked(`'http://wiki:8080/pages'`, dark) },
  'a folder of integrations: from the environment': { 'src/integrations/wiki/client.ts': asked('`${process.env.PLANNER_URL}/pages`', dark) },
  'a folder of integrations: a public host unless configured': { 'src/integrations/short/client.ts': asked(`\`\${process.env.SHORT_API_URL ?? 'https://api.short.example.com'}/links\``) },
  'a folder of providers: a public host unless configured': { 'src/providers/short.ts': asked(`\`\${process.env.SHORT_API_URL ?? 'https://api.short.example.com'}/links\``) },
  'a folder of providers: nothing tells': { 'src/providers/sandbox.ts': asked('where', '', 'declare const where: string;') },
  'elsewhere: a public host unless configured': { 'src/api/links.ts': asked(`\`\${process.env.SHORT_API_URL ?? 'https://api.short.example.com'}/links\``, dark) },
  'a variable of the environment named after a third party, in a URL object': { 'src/a.ts': asked('url', '', 'const url = new URL(`${process.env.WHATSAPP_CLOUD_API_URL}/v17.0/apps`);') },
  'a setting named after a third party, in a URL object': { 'src/a.ts': asked('url', '', "import { env } from './env.js';\nconst url = new URL(`${env.POSTHOG_API_HOST}/query`);") , 'src/env.js': 'export const env = make();' },
  'a path from the environment': { 'src/a.ts': asked('`${process.env.PUBLIC_BASE_PATH}/api/files`') },
  'a path from the environment behind a host': { 'src/a.ts': asked('`http://planner${process.env.PUBLIC_BASE_PATH}/api/files`', dark) },
  'one of a third party\'s two addresses, unless configured': { 'src/a.ts': asked('resolved', '', "export const paid = load();\ndeclare function load(): boolean;\nconst resolved = process.env.LIMESEARCH_API_URL ?? (paid ? 'https://api.limesearch.ai/v1/search' : 'https://api.limesearch.ai/v1/search/public');") },
  'a third party\'s address that a variable may replace': { 'src/a.ts': `export async function ask(body: object) {\n  let base = 'https://limesearch.ai/api';\n  if (process.env.AGENT_LIMESEARCH_URL) base = process.env.AGENT_LIMESEARCH_URL;\n  return fetch(\`\${base}/v1/search\`, ${post});\n}` },
  'an address that a variable of another name may replace': { 'src/a.ts': `export async function ask(body: object) {\n  let base = 'https://limesearch.ai/api';\n  if (process.env.PLANNER_URL) base = process.env.PLANNER_URL;\n  return fetch(\`\${base}/v1/search\`, ${post});${dark}\n}` },
  'a path where people log in': { 'src/a.ts': asked('`${process.env.PLANNER_URL}/login/password`') },
  'a path that only begins so': { 'src/a.ts': asked('`${process.env.PLANNER_URL}/logins/recent`', dark) },
  'a file of logins, an address that is handed in': { 'src/client/auth.ts': asked('baseUrl', '', 'declare const baseUrl: string;') },
  'a file of logins: from the environment': { 'src/client/auth.ts': asked('`${process.env.PLANNER_URL}/members`', dark) },
  'one of two hosts, unless configured': { 'src/a.ts': asked('resolved', dark, "export const near = load();\ndeclare function load(): boolean;\nconst resolved = process.env.PLANNER_URL ?? (near ? 'http://planner:8080/run' : 'http://planner-far:8080/run');") },
  'a variable whose short name the host begins or ends with': { 'src/a.ts': asked('`${process.env.LME_API_URL ?? \'https://api.fastlme.com\'}/scrape`') },
  'settings named after a third party': { 'src/a.ts': asked('`${JIRA_REPORTER_CONFIG.apiUrl}/issue`', '', "import { JIRA_REPORTER_CONFIG } from './conf.js';") , 'src/conf.js': 'export const JIRA_REPORTER_CONFIG = load();' },
  'settings of a service of one\'s own': { 'src/a.ts': asked('`${PLAN_REPORTER_CONFIG.apiUrl}/issue`', dark, "import { PLAN_REPORTER_CONFIG } from './conf.js';") , 'src/conf.js': 'export const PLAN_REPORTER_CONFIG = load();' },
  'a setting of one\'s own, in a URL object': { 'src/a.ts': asked('url', dark, "import { env } from './env.js';\nconst url = new URL(`${env.PLANNER_API_URL}/query`);"), 'src/env.js': 'export const env = make();' },
  'a file named after a third party': { 'src/hubspot-client.ts': asked('`${baseUrl}/contacts`') },
  'a class named after a third party': { 'src/crm.ts': `export class SalesforceClient {\n  constructor(private readonly baseUrl: string) {}\n  run(body: object) { return fetch(\`\${this.baseUrl}/run\`, ${post}); }\n}` },
  'a file named after a third party: from the environment': { 'src/hubspot-client.ts': asked('`${process.env.PLANNER_URL}/contacts`', dark) },
  'a package named after a third party': { 'packages/anthropic/src/post.ts': asked('`${baseUrl}/messages`') },
  'a package named after a third party: a private host': { 'packages/anthropic/src/post.ts': asked(`'http://planner:8080/messages'`, dark) },
  'a package whose name only begins so': { 'packages/google-sheet-planner/src/post.ts': asked('`${baseUrl}/messages`', unknown) },
  'a folder of providers, whatever provides': { 'src/utils/AiProviders/lime/index.ts': asked('`${baseUrl}/load`') },
  'a folder of providers: an address that is made whole': { 'src/sandbox/providers/machine.ts': asked('`${whole(baseUrl)}/run`', unknown, 'const whole = (endpoint: string) => endpoint.startsWith(\'https://\') ? endpoint : `https://${endpoint}`;') },
  'a folder of providers, whatever provides: from the environment': { 'src/utils/planProviders/lime/index.ts': asked('`${process.env.PLANNER_URL}/load`', dark) },
  'a folder of loaders': { 'src/extensions/WikiLoader/index.ts': asked('`${baseUrl}/pages`') },
  'a word that only ends like such a folder': { 'src/downloaders-of-plans/index.ts': asked('`${baseUrl}/pages`', unknown) },
  'a server of models by its file': { 'src/endpoints/ollama-utils.ts': asked('`${baseUrl}/pull`') },
  'a server of models by its variable': { 'src/a.ts': asked('`${process.env.LMSTUDIO_BASE_PATH}/load`') },
  'a server of models by what it is asked': { 'src/a.ts': asked('`${baseUrl}/v1/chat/completions`') },
  'a chat of one\'s own': { 'src/a.ts': asked('`${baseUrl}/v1/chat`', unknown) },
  'models of one\'s own': { 'src/a.ts': asked('`${baseUrl}/models/plan`', unknown) },
  'completions of a private host': { 'src/a.ts': asked(`'http://planner:8080/v1/chat/completions'`, dark) },
  'a file that logs in': { 'src/auth/redirect-pkce-oauth.base.ts': asked('revoke', '', 'declare const revoke: string;') },
  'a file that logs in: from the environment': { 'src/auth/oauth.ts': asked('`${process.env.PLANNER_URL}/sessions`', dark) },
  'a file that logs in the first way there was': { 'src/clients/oauth1.client.ts': asked('`${baseUrl}/sessions`') },
  'a file that keeps what logins give': { 'src/auth/oauth-store.ts': asked('`${baseUrl}/sessions`', unknown) },
  'a file of health checks, whatever it sends': { 'src/routes/health-checks.ts': asked(`'http://planner:8080/run'`) },
  'a record of somebody\'s health': { 'src/routes/healthcare-checkup.ts': asked(`'http://planner:8080/run'`, dark) },
  'a telemetry sender, to nobody knows where': { 'src/rum-ingest.service.ts': asked('forwardTo', '', 'declare const forwardTo: string;') },
  'a script that is run by hand': { 'scripts/seed.ts': asked(`'http://planner:8080/run'`) },
  'a package\'s scripts': { 'packages/planner/scripts/seed.ts': asked(`'http://planner:8080/run'`) },
  'a package called scripts': { 'packages/scripts/seed.ts': asked(`'http://planner:8080/run'`, dark) },
  'a script that begins a trace': { 'scripts/seed.ts': asked(`'http://planner:8080/run'`, dark, 'export const run = (tracer: { startActiveSpan(name: string, run: () => unknown): unknown }) => tracer.startActiveSpan(\'seed\', () => ask(\'\', {}));') },
  'a command of a command line': { 'packages/planner-cli/src/commands/run.ts': asked('`${process.env.PLANNER_URL}/run`') },
  'a command that a service works off': { 'src/commands/run.ts': asked('`${process.env.PLANNER_URL}/run`', dark) },
  'a folder of integrations: a setting of something else': { 'src/integrations/channel/client.ts': asked('converterConfig.API_URL', dark, "import { settings } from './conf.js';\nconst converterConfig = settings.get('CONVERTER');"), 'src/integrations/channel/conf.js': 'export const settings = load();' },
  'a folder of integrations: a setting called as the folder is': { 'src/integrations/wiki/client.ts': asked('wikiConfig.API_URL', '', "import { settings } from './conf.js';\nconst wikiConfig = settings.get('WIKI');"), 'src/integrations/wiki/conf.js': 'export const settings = load();' },
  'a folder of integrations: a setting of nobody\'s name': { 'src/integrations/wiki/client.ts': asked('config.API_URL', '', "import { settings } from './conf.js';\nconst config = settings.get('WIKI');"), 'src/integrations/wiki/conf.js': 'export const settings = load();' },
  'a folder of integrations: a field of what is connected': { 'src/integrations/channel/client.ts': asked('converterConfig.apiUrl', '', "import { settings } from './conf.js';\nconst converterConfig = settings.get('CONVERTER');"), 'src/integrations/channel/conf.js': 'export const settings = load();' },
  'a folder of providers: a host and a port of one\'s own settings': { 'src/provider/sessions.ts': listening('this.config.HOST', 'this.config.PORT', dark) },
  'a folder of providers: a host and a port that are handed in': { 'src/provider/sessions.ts': listening('config.HOST', 'config.PORT') },
  'a folder of providers: a base of one\'s own settings': { 'src/provider/sessions.ts': asked('config.API_URL', '', "import { config } from './conf.js';"), 'src/provider/conf.js': 'export const config = load();' },
  'a folder of loaders: a configured server': { 'src/docs/loaders/files.ts': asked('config.serverURL', '', "import { config } from './conf.js';"), 'src/docs/loaders/conf.js': 'export const config = load();' },
  'a folder of a GraphQL schema\'s loaders': { 'src/graphql/loaders/files.ts': asked('config.serverURL', dark, "import { config } from './conf.js';"), 'src/graphql/loaders/conf.js': 'export const config = load();' },
  'a word that only resembles such a folder': { 'src/integration-planner/client.ts': asked('`${baseUrl}/pages`', unknown) },
});

const inTest = (code: string, head = ''): string => `${head}\n${code}`;
const hit = `await fetch('http://localhost:3000/run', { method: 'POST', body: '{}' }); `;
cases('destinations: tests', {}, {
  'in a test': inTest(`it('runs', async () => { ${hit}});`),
  'in a hook of a suite': inTest(`describe('runs', () => { beforeEach(async () => { ${hit}}); });`),
  'in a table of tests': inTest(`it.each([1, 2])('runs %i', async () => { ${hit}});`),
  'imported': inTest(`test('runs', async () => { ${hit}});`, `import { test } from 'node:test';`),
  'required': { 'src/a.cjs': `const { test } = require('node:test');\ntest('runs', async () => { ${hit}});` },
  'in a function of a test': inTest(`describe('runs', () => { async function run() { ${hit}} it('a', run); });`),
  'a function of one\'s own of that name': inTest(`test('runs', async () => { ${hit}}); // ! fetch/fetch lost`, `function test(name: string, run: () => Promise<void>) { return run(); }`),
  'of another module': inTest(`before('runs', async () => { ${hit}}); // ! fetch/fetch lost`, `import { before } from './hooks.ts';`),
  'outside of tests': inTest(`export const run = async (body: object) => { ${hit}}; // ! fetch/fetch lost`),
});

const strip = `const strip = (url?: string) => url?.replace(/\\/$/, '');`;
const inOptions = (value: string, code = ''): string => `export class Client {\n  constructor(private readonly options: { baseUrl: string }) {}\n  run(body: object) { return fetch(\`\${this.options.baseUrl}/run\`, ${post}); }${code}\n}\nexport function create(given: { baseUrl?: string } = {}) {\n  ${strip}\n  return new Client({ baseUrl: ${value} });\n}`;
cases('destinations: defaults and options', {}, {
  'a name, or else a third party': call(`\`\${options.baseUrl ?? 'https://api.foreign.com'}/run\``, '', 'declare const options: { baseUrl?: string };'),
  'a name, or else a relative URL': call(`\`\${options.apiUrl || '/api'}/run\``, '', 'declare const options: { apiUrl?: string };'),
  'one of two: a name and a third party': call('url', '', 'declare const options: { azure?: boolean; baseUrl: string };\nconst url = options.azure ? `${options.baseUrl}/run` : \'https://api.foreign.com/run\';'),
  'one of two: one\'s own and a third party': call('url', dark, 'declare const options: { local?: boolean };\nconst url = options.local ? `${process.env.PLANNER_URL}/run` : \'https://api.foreign.com/run\';'),
  'one of two: two names': call('url', '', 'declare const options: { local?: boolean; baseUrl: string; apiUrl: string };\nconst url = options.local ? `${options.baseUrl}/run` : options.apiUrl;'),
  'a parameter, or else a relative URL': `export async function complete({ api = '/api/chat', body }: { api?: string; body: object }) { return fetch(api, ${post}); }`,
  'a parameter, or else one\'s own': `export async function complete({ api = 'http://planner:8080/chat', body }: { api?: string; body: object }) { return fetch(api, ${post}); }${dark}`,
  'a parameter, or else nothing': `export async function complete({ apiUrl = '', body }: { apiUrl?: string; body: object }) { return fetch(apiUrl, ${post}); }${dark}`,
  'a name, or else a field that is relative by default': `export class Transport {\n  private readonly api: string;\n  constructor({ api = '/api/chat' }: { api?: string } = {}) { this.api = api; }\n  send(body: object, prepared?: { api?: string }) { return fetch(prepared?.api ?? this.api, ${post}); }\n}`,
  'a name, or else a field of one\'s own': `export class Transport {\n  private readonly api: string;\n  constructor({ api = 'http://planner:8080/chat' }: { api?: string } = {}) { this.api = api; }\n  send(body: object, prepared?: { api?: string }) { return fetch(prepared?.api ?? this.api, ${post}); }${dark}\n}`,
  'a name, or else one\'s own': call(`\`\${options.baseUrl ?? 'http://planner:8080'}/run\``, dark, 'declare const options: { baseUrl?: string };'),
  'a name, or else nothing': call('`${options.baseUrl ?? \'\'}/run`', unknown, 'declare const options: { baseUrl?: string };'),
  'a field that is empty at first': `export class Client {\n  private baseUrl = '';\n  use(baseUrl: string) { this.baseUrl = baseUrl; }\n  run(body: object) { return fetch(\`\${this.baseUrl}/run\`, ${post}); }${unknown}\n}`,
  'a name, or else nobody knows': call(`\`\${options.baseUrl ?? fallback()}/run\``, unknown, 'declare const options: { baseUrl?: string };\ndeclare function fallback(): string;'),
  'the environment, or else a third party': call(`\`\${process.env.PLANNER_URL ?? 'https://api.foreign.com'}/run\``, dark),
  'an option of a field: a third party by default': inOptions(`strip(given.baseUrl) ?? 'https://api.foreign.com'`),
  'an option of a field: from the environment': inOptions('process.env.PLANNER_URL!', dark),
  'an option of a field that is assigned': inOptions(`'https://api.foreign.com'`).replace('constructor(private readonly options: { baseUrl: string }) {}', 'private readonly options: { baseUrl: string };\n  constructor(options: { baseUrl: string }) { this.options = options; }'),
  'an option of a field that is assigned: one\'s own': inOptions(`'http://planner:8080'`, dark).replace('constructor(private readonly options: { baseUrl: string }) {}', 'private readonly options: { baseUrl: string };\n  constructor(options: { baseUrl: string }) { this.options = options; }'),
  'an option of a field that is written out': `export class Client {\n  private readonly options = { baseUrl: 'https://api.foreign.com' };\n  run(body: object) { return fetch(\`\${this.options.baseUrl}/run\`, ${post}); }\n}`,
  'an option of a field that nobody makes': `export class Client {\n  constructor(private readonly options: { baseUrl: string }) {}\n  run(body: object) { return fetch(\`\${this.options.baseUrl}/run\`, ${post}); }${unknown}\n}`,
  'built where it is set': call('purge', dark, `const { purgeEndpoint } = settings();\nconst purge = purgeEndpoint ? build(purgeEndpoint) : undefined;\nfunction build(base: string) { const url = new URL(base); url.pathname = '/purge'; return url.toString(); }`),
  'one of two': call('where', '', 'declare const local: boolean;\nconst where = local ? first() : second();'),
});

const sdk = (name: string, host: string, mark = ''): Files => ({ 'package.json': { ...nodePackage, name }, 'src/a.ts': call(`\`\${options.baseUrl ?? 'https://${host}'}/run\``, mark, 'declare const options: { baseUrl?: string };') });
cases('destinations: one\'s own public host by default', {}, {
  'called after the scope': sdk('@acme/sdk', 'api.acme.com', dark),
  'called after the package': sdk('acme', 'cloud.acme.dev', dark),
  'called after another': sdk('@acme/sdk', 'api.foreign.com'),
  'called after a part of the name': sdk('@acme/foreign', 'api.foreign.com'),
  'without a setting': { 'package.json': { ...nodePackage, name: 'acme' }, 'src/a.ts': call(`'https://api.acme.com/run'`, dark) },
});

cases('destinations: no services', {}, {
  'the platform\'s metadata': `export const task = () => fetch(\`\${process.env.ECS_CONTAINER_METADATA_URI}/task\`);`,
  'a variable that resembles it': `export const task = () => fetch(\`\${process.env.METADATASTORE_URL}/task\`);${dark}`,
  'a page of an extension': `declare const chrome: any;\nexport const page = () => fetch(chrome.runtime.getURL('content-script'));`,
  'getURL of something else': `declare const planner: any;\nexport const page = () => fetch(\`\${planner.api.getURL('run')}/plan\`, { method: 'POST' });${unknown}`,
  'a browser under its debugger': 'export const version = async (port: number) => (await fetch(`http://127.0.0.1:${port}/json/version`)).json();',
  'a route that resembles it': `export const version = async (port: number) => (await fetch(\`http://127.0.0.1:\${port}/json/versions\`)).json();${dark}`,
});

const mount = (returned: string, mark = ''): Files => ({
  'src/env.ts': `import { env } from 'runtime-env';\nexport const webapp = () => env('WEBAPP_URL') ?? 'http://localhost:3000';\nexport const getBasePath = (): string => {\n  const explicit = env('PUBLIC_BASE_PATH');\n  if (explicit) return explicit.replace(/\\/$/, '');\n  try { return ${returned}; } catch { return ''; }\n};\nexport const formatPath = (path: string): string => \`\${getBasePath()}\${path}\`;`,
  'src/a.ts': call(`formatPath('/api/files')`, mark, `import { formatPath } from './env.ts';`),
});
cases('destinations: where a page is mounted', {}, {
  'a setting, or else the path of another': mount(`new URL(webapp()).pathname.replace(/\\/$/, '')`),
  'a setting, or else a whole address': mount('webapp()', dark),
  'the path of an address in a variable': call('url.pathname', '', `const url = new URL('/run', process.env.PLANNER_URL);`),
  'the address itself': call('url.href', dark, `const url = new URL('/run', process.env.PLANNER_URL);`),
});

const proxied = (headers: string, code = '', url = '`${process.env.PLANNER_URL}${req.url}`', before = ''): string => `export async function proxy(req: Request) { ${before}return fetch(${url}, { method: 'POST', headers: ${headers}, body: req.body }); }${code}`;
cases('destinations: proxies', {}, {
  'all that came, as it is': proxied('req.headers'),
  'all that came, and more': proxied(`{ ...req.headers, host: 'planner' }`),
  'a copy of all that came': proxied('headers', '', '`${process.env.PLANNER_URL}/run`', 'const headers = new Headers(req.headers); '),
  'most of what came': proxied(`new Headers([...req.headers.entries()].filter(([name]) => name !== 'host'))`),
  'one header of those that came': proxied('{ cookie: req.headers.cookie }', dark),
  'some that are picked out': proxied(`pick(req.headers, ['cookie'])`, dark, undefined, 'declare function pick(from: unknown, names: string[]): Headers; '),
  'none of those that came': proxied(`{ 'x-from': 'proxy' }`, dark),
  'a request that is handed in whole': proxied('req.headers', unknown, 'req.url'),
  'headers that are handed in otherwise': `export const send = (body: object, options: { headers: Record<string, string> }) => fetch(\`\${process.env.PLANNER_URL}/run\`, { method: 'POST', headers: { ...options.headers }, body: JSON.stringify(body) });${dark}`,
});
cases('destinations: addresses that are validated', {}, {
  'a read': 'export const load = (baseUrl: string) => { validateDownloadUrl(baseUrl); return fetch(baseUrl); };\ndeclare function validateDownloadUrl(url: string): void;',
  'a body that is sent': `export const load = (baseUrl: string, body: object) => { validateDownloadUrl(baseUrl); return fetch(baseUrl, ${post}); };${unknown}\ndeclare function validateDownloadUrl(url: string): void;`,
  'something else is validated': `export const load = (baseUrl: string, body: object) => { validateBody(body); return fetch(\`\${baseUrl}/run\`, ${post}); };${unknown}\ndeclare function validateBody(body: object): void;`,
});

cases('destinations: arguments that are put together', {}, {
  'one of two lists': "type Args = Parameters<typeof fetch>;\nexport function ask(...args: Args) {\n  const headers = new Headers(args[1]?.headers);\n  const call: Args = headers.has('x') ? args : [args[0], { ...args[1], headers }];\n  return globalThis.fetch(...call);\n}\nexport const plan = () => ask(`${process.env.PLANNER_URL}/plan`, { method: 'POST' });",
  'the arguments themselves': "type Args = Parameters<typeof fetch>;\nexport function ask(...args: Args) {\n  return globalThis.fetch(...args); // ! fetch/fetch lost\n}\nexport const plan = () => ask(`${process.env.PLANNER_URL}/plan`, { method: 'POST' });",
});

/** Beyond a hundred functions callers are found by an index; names that are not plain stay out of it. */
const many = Array.from({ length: 120 }, (_, index) => index === 119 ? 'größe' : `ask${index}`);
cases('destinations: what an address is made of', {}, {
  'a function that fills an address in, by what this call gives it': `const fill = async (text: string, values: object) => { for (const name of Object.keys(values)) text = text.replace(name, ''); return text; };
export const plan = (body: object) => fill(\`\${process.env.PLANNER_URL}/plan\`, body);
export async function runStep(step: { url: string }, body: object) { return fetch(await fill(step.url, body), ${post}); }`,
  'a function that fills an address in, of one\'s own': `const fill = (text: string, values: object) => { return text; };
export const ask = (step: { link: string }) => fill(step.link, {});
export async function plan(body: object) { return fetch(fill(\`\${process.env.PLANNER_URL}/plan\`, body), ${post}); }${dark}`,
  'made of data, nobody sees how': `declare function toApi(url: string): string;\nexport const load = (sourceUrl: string) => { const apiUrl = toApi(sourceUrl); return fetch(apiUrl, { headers: { accept: 'application/json' } }); };`,
  'made of one\'s own, nobody sees how': `declare function toApi(url: string): string;\nexport const load = (workerUrl: string) => { const apiUrl = toApi(workerUrl); return fetch(apiUrl, { headers: { accept: 'application/json' } }); };${dark}`,
  'a description of somebody\'s API': `export class Docs {\n  constructor(private readonly step: { openApiUrl?: string }) {}\n  load() { return fetch(this.step.openApiUrl!); }\n}`,
  'somebody\'s API': `export class Docs {\n  constructor(private readonly step: { apiUrl?: string }) {}\n  load() { return fetch(this.step.apiUrl!); } // ! fetch/fetch lost\n}`,
});

cases('destinations: options that a function adds to', {}, {
  'a body that is sent': `declare function withTls(init: RequestInit): RequestInit;\nexport const tell = (node: { url: string }, body: object) => fetch(\`\${node.url}/notify\`, withTls(${post}));${unknown}`,
  'a plain read': `declare function withTls(init: RequestInit): RequestInit;\nexport const tell = (node: { url: string }) => fetch(\`\${node.url}/notify\`, withTls({ headers: {} }));`,
  'what is handed in': `declare function withTls(init: RequestInit): RequestInit;\nexport const tell = (node: { url: string }, init: RequestInit) => fetch(\`\${node.url}/notify\`, withTls(init));`,
});

cases('destinations: requests that are handed on', { files: { 'package.json': { ...nodePackage, dependencies: { ...nodePackage.dependencies, axios: '^1.0.0' } } } }, {
  'address and body': `import axios from 'axios';\nexport const http = { post: (url: string, data: unknown) => axios.post(url, data, { timeout: 100 }) };`,
  'whatever comes, below an address that a client is made with': `import axios, { type AxiosInstance, type AxiosRequestConfig } from 'axios';
export class Http {
  private readonly instance: AxiosInstance;
  constructor(config: { baseURL?: string }) { this.instance = axios.create({ baseURL: config.baseURL }); }
  get(url: string, options?: AxiosRequestConfig) { return this.instance.get(url, options); }
  post(url: string, data: unknown, options?: AxiosRequestConfig) { return this.instance.post(url, data, options); }
  request(options: AxiosRequestConfig) { return this.instance.request(options); }
}`,
  'one\'s own paths, below an address that a client is made with': `import axios, { type AxiosInstance } from 'axios';
export class Plans {
  private readonly instance: AxiosInstance;
  constructor(config: { baseURL?: string }) { this.instance = axios.create({ baseURL: config.baseURL }); }
  get(id: string) { return this.instance.get(\`/plans/\${id}\`); } // ! axios/instance lost
  save(plan: object) { return this.instance.post('/plans', { plan }); } // ! axios/instance-write lost
}`,
  'whatever comes, below an address of one\'s own': `import axios from 'axios';
const instance = axios.create({ baseURL: process.env.PLANNER_URL });
export const post = (url: string, data: unknown) => instance.post(url, data); // ! axios/instance-write lost`,
  'a body that is made here': `import axios from 'axios';\nexport const http = { post: (url: string, data: unknown) => axios.post(url, { data }, { timeout: 100 }) }; // ! axios/write lost unknown-destination`,
  'under an address of one\'s own': `import axios from 'axios';\nexport const http = { post: (path: string, data: unknown) => axios.post(\`\${process.env.PLANNER_URL}\${path}\`, data) }; // ! axios/write lost`,
});

cases('destinations: callers of many functions', {}, {
  'all relative': {
    'src/request.ts': many.map((name) => `export const ${name} = (url: string, body: object) => fetch(url, ${post});`).join('\n'),
    'src/api.ts': `import { ${many.join(', ')} } from './request.ts';\n${many.map((name, index) => `export const call${index} = () => ${name}('/api/${index}', {});`).join('\n')}`,
  },
});

/** Whose an address is that only a name or a setting speaks of. */
const named = (files: Files, name = 'acme'): Files => ({ 'package.json': { ...nodePackage, name }, ...files });
const wrapped = (mark = ''): string => `export class Api {\n  constructor(private readonly baseUrl: string) {}\n  send(path: string, body: object) { return fetch(\`\${this.baseUrl}\${path}\`, ${post}); }${mark}\n}`;
cases('destinations: whose address it is', {}, {
  'a name that does not say': { 'src/api.ts': wrapped() },
  'the project\'s own client, by its package': { 'packages/planner-sdk/src/api.ts': wrapped(dark) },
  'the project\'s own client, by its folder': { 'src/client/api.ts': wrapped(dark) },
  'the project\'s own client, by its class': named({ 'src/api.ts': wrapped(dark).replace('class Api', 'class AcmeApi') }),
  'a class of that name, of another project': named({ 'src/api.ts': wrapped().replace('class Api', 'class OtherApi') }),
  'a setting in capitals': call('`${given.RELAY_BASE}/run`', dark, 'declare const given: { RELAY_BASE: string };'),
  'out of the program\'s configuration': call('`${config.endpoint}${id}`', dark, 'declare const config: { endpoint: string };'),
  'out of what the configuration gives back': call('`${endpoint}${id}`', dark, 'declare function getConfig(): { endpoint: string };\nconst { endpoint } = getConfig();'),
  'out of something else': call('`${given.endpoint}${id}`', '', 'declare const given: { endpoint: string };'),
  'out of credentials': call('`https://${credentials.domain}/run`', '', 'declare const credentials: { domain: string };'),
  'out of credentials, or else a host': call('`https://${domain}/run`', '', `declare const credentials: { domain?: string };\nconst domain = credentials.domain || 'api.foreign.com';`),
  'out of a provider\'s configuration': call('`${providerConfig.apiUrl}/run`', '', 'declare const providerConfig: { apiUrl: string };'),
  'out of the configuration of a service': call('`${serviceConfig.apiUrl}/run`', dark, 'declare const serviceConfig: { apiUrl: string };'),
  'one of two hosts': call('`https://${apiHost}/v3/messages`', '', `declare const eu: boolean;\nconst apiHost = eu ? 'api.eu.foreign.net' : 'api.foreign.net';`),
  'a private host without a scheme': call('`http://${apiHost}/run`', dark, `const apiHost = 'planner:8080';`),
  'a word that only stands in another': call('ghosttyBytes', '', 'declare const ghosttyBytes: string;'),
  'a service that is called after whom it speaks to': call('`${given.stripeServiceUrl}/checkout`', dark, 'declare const given: { stripeServiceUrl: string };'),
  'whom it speaks to': call('`${given.stripeUrl}/checkout`', '', 'declare const given: { stripeUrl: string };'),
  'a variable called after whose default it has': call(`\`\${process.env.FOREIGN_URL ?? 'https://foreign.com/api'}/run\``),
  'a third party\'s host with a part from the environment': call('`https://api.foreign.com/lists/${process.env.LIST_ID}`'),
  'a place to put one\'s own host': call(`\`\${process.env.EXAMPLE_URL ?? 'https://api.example.com'}/run\``, dark),
});

const deployed = (url: string, mark: string, rest = post): Files => named({ 'src/a.ts': `export async function call(body: object, id = '') { return (await fetch('${url}', ${rest})).json(); }${mark}` });
cases('destinations: one\'s own public host', {}, {
  'where everybody deploys': deployed('https://acme-checker.fly.dev/run', dark),
  'a body that may be left out': deployed('https://acme-checker.fly.dev/run', dark, '{ method: id === \'\' ? \'GET\' : id, ...(id === \'\' ? {} : { body: JSON.stringify(body) }) }'),
  'no body': deployed('https://acme-checker.fly.dev/run', '', '{ method: id === \'\' ? \'GET\' : id, ...(id === \'\' ? {} : { cache: \'no-store\' }) }'),
  'another\'s, where everybody deploys': deployed('https://other-checker.fly.dev/run', ''),
  'a third party\'s host for oneself': deployed('https://acme.foreign.com/run', ''),
  'a plain read': deployed('https://acme.com/plans', '', '{}'),
  'a licence': deployed('https://acme.com/licenses/validate', ''),
  'what is counted': deployed('https://app.acme.com/api/track_usage', ''),
  'tracks of one\'s own': deployed('https://app.acme.com/api/tracks', dark),
  'telemetry': deployed('https://telemetry.acme.com/run', ''),
  'called after the repository': { 'package.json': { ...nodePackage, name: 'web', repository: 'git+https://github.com/acme/acme.git' }, 'src/a.ts': call(`'https://api.acme.com/run'`, dark) },
  'called as every package may be': { 'package.json': { ...nodePackage, name: 'web', repository: 'https://github.com/acme/server' }, 'src/a.ts': call(`'https://web-server.fly.dev/run'`) },
  'its route is an edge': named({ 'src/a.ts': call(`'https://api.acme.com/plans/run'`, dark), 'src/s.ts': `import express from 'express';\nconst app = express();\napp.post('/plans/run', async (req, res) => { await fetch('http://planner:8080/run', ${post.replace('body)', 'req.body)')}); res.end(); }); // ! fetch/fetch lost` }),
  'its route, asked inside too': named({ 'src/a.ts': call(`'http://api:8080/plans/run'`, dark), 'src/s.ts': `import express from 'express';\nconst app = express();\napp.post('/plans/run', async (req, res) => { // ! express/route lost\n  await fetch('http://planner:8080/run', ${post.replace('body)', 'req.body)')}); // ! fetch/fetch lost\n  res.end();\n});` }),
});

cases('destinations: what was found out elsewhere', {}, {
  'one of a list that is written out': `const services = [{ url: 'https://a.foreign.com' }, { url: 'https://b.foreign.com' }];\nexport const all = (body: object) => Promise.all(services.map((service) => fetch(\`\${service.url}/run\`, ${post})));`,
  'one of a list of one\'s own': `const services = [{ url: 'http://a:8080' }, { url: 'http://b:8080' }];\nexport const all = (body: object) => Promise.all(services.map((service) => fetch(\`\${service.url}/run\`, ${post})));${dark}`,
  'one of a list in a field': `export class All {\n  private readonly services: { url: string }[];\n  constructor() { this.services = [{ url: 'https://a.foreign.com' }]; }\n  async run(body: object) {\n    for (const service of this.services) await fetch(\`\${service.url}/run\`, ${post});\n  }\n}`,
  'taken out of what a function gives back: a third party': call('endpoint', '', `function endpointOf(region: string) { switch (region) { case 'a': return { endpoint: 'https://a.foreign.com/run', region }; default: return { endpoint: 'https://b.foreign.com/run', region }; } }\nconst { endpoint } = endpointOf('a');`),
  'taken out of what a function gives back: one\'s own': call('endpoint', dark, `function endpointOf(region: string) { return { endpoint: \`http://planner:8080/\${region}\`, region }; }\nconst { endpoint } = endpointOf('a');`),
  'given later: a third party': `export async function call(eu: boolean, body: object) { let endpoint = ''; if (eu) endpoint = 'https://eu.foreign.com/run'; else endpoint = 'https://foreign.com/run'; return fetch(endpoint, ${post}); }`,
  'given later: one\'s own': `export async function call(eu: boolean, body: object) { let endpoint = ''; if (eu) endpoint = 'http://planner-eu:8080/run'; else endpoint = 'http://planner:8080/run'; return fetch(endpoint, ${post}); }${dark}`,
  'a variable that is not given anything else': `export async function call(body: object) { let base = 'https://foreign.com'; const url = \`\${base}/run\`; return fetch(url, ${post}); }`,
  'an address of a bundler': { 'src/a.ts': `import wasmUrl from './vendor/api.wasm?url';\nexport const load = async () => WebAssembly.compileStreaming(fetch(wasmUrl, { method: 'POST' }));` },
  'put together by a function that nobody sees, from a setting': call(`joined(process.env.PLANNER_URL, 'run')`, dark, `import { joined } from 'joins';`),
  'put together by a function that nobody sees, from a third party\'s': call(`joined(process.env.SLACK_URL, 'run')`, '', `import { joined } from 'joins';`),
  'put together by a function that nobody sees, from a name': call(`joined(baseUrl, 'run')`, '', `import { joined } from 'joins';\ndeclare const baseUrl: string;`),
  'put together by a function that nobody sees, from no address': call('joined(process.env.SECRET)', '', `import { joined } from 'joins';`),
  'a log\'s sink': `export const write = (logSinkUrl: string, body: object) => fetch(logSinkUrl, ${post});`,
  'a blog\'s': `export const write = (blogApiUrl: string, body: object) => fetch(blogApiUrl, ${post});${dark}`,
  'the end of a session elsewhere': `export class Saml {\n  constructor(private readonly remoteLogoutUrl: string) {}\n  end(body: object) { return fetch(this.remoteLogoutUrl, ${post}); }\n}`,
  'what sends whatever it is told to': `export const tool = { execute: async ({ url, method, body }: { url: string; method: string; body: string }) => fetch(url, { method: method.toUpperCase(), body }) };`,
  'what posts wherever it is told to': `export const tool = { execute: async ({ url, body }: { url: string; body: string }) => fetch(url, { method: 'POST', body }) };${unknown}`,
  'parts that are put where a list says': `export const put = (urls: { url: string }[], body: Uint8Array) => Promise.all(urls.map(async ({ url }) => fetch(url, { method: 'PUT', body })));`,
  'a page\'s own site, as a library of logins calls it': call('`${process.env.NEXTAUTH_URL}/api/jobs/run`', dark),
  'a login': call('`${process.env.LOGIN_AUTH_URL}/api/jobs/run`'),
});

cases('destinations: pages in packages of both', {}, {
  'which cookies go with it': `export const ask = (body: object) => fetch(\`\${process.env.PLANNER_URL}/run\`, { ...${post}, credentials: 'include' });`,
  'no cookies': `export const ask = (body: object) => fetch(\`\${process.env.PLANNER_URL}/run\`, { ...${post}, credentials: 'omit' });${dark}`,
  'a variable of a page': call('`${import.meta.env.VITE_API_URL}/run`'),
  'a variable of both, asked with a file that somebody chose': `export const put = (file: File, body: object) => fetch(\`\${process.env.NEXT_PUBLIC_BASE_URL}/api/file\`, ${post});`,
  'a variable of both, beside a document of one\'s own': `export const send = (document: { title: string; name: string }, body: object) => fetch(\`\${process.env.NEXT_PUBLIC_BASE_URL}/api/\${document.name}\`, ${post});${dark}`,
  'a variable of both': call('`${process.env.NEXT_PUBLIC_BASE_URL}/api/file`', dark),
  'where a page is mounted': call('`${base}/settings`', '', `import { base } from '$app/paths';`),
});

const inFile = (file: string, mark = ''): Files => ({ [file]: `export const ask = (body: object) => fetch('http://localhost:4100/run', ${post});${mark}` });
cases('destinations: what tests are run with', {}, {
  'a server that a test starts': { 'test/run.ts': `import { createServer } from 'node:http';\nexport const start = () => createServer(async (req, res) => { await fetch('http://planner:8080/run', { method: 'POST' }); res.end(req.url); }).listen(4100);`, ...inFile('src/ask.ts', dark) },
  'a folder of helpers': inFile('e2e-tests/harness.ts'),
  'a browser\'s tests': inFile('playwright/api/campaigns.ts'),
  'acceptance tests, by what runs them': inFile('browser-acceptance-tests/src/steps/orders.ts'),
  'a mocked API': inFile('mockApis/orders.ts'),
  'what sets up a mock server': inFile('src/support/wiremock.ts'),
  'a criterion': inFile('src/acceptance/orders.ts', dark),
  'a mocked answer\'s maker': inFile('src/mock-api-designer.ts', dark),
  'a helper that asks as tests do': { 'src/utils/asks.ts': `import { expect } from 'vitest';\n${inFile('x')['x'] as string}` },
  'a helper that takes no more than a type': { 'src/utils/asks.ts': `import { expect } from './expectations.js';\n${inFile('x', dark)['x'] as string}`, 'src/utils/expectations.ts': 'export const expect = 1;' },
  'what drives a browser with its runner': { 'src/utils/asks.ts': `import { chromium } from '@playwright/test';\n${inFile('x', dark)['x'] as string}` },
  'a service that tests': inFile('src/testing-service/run.ts', dark),
  'a contest': inFile('src/contests/run.ts', dark),
});

const line = (file: string, libraries: Record<string, string>, mark = ''): Files => ({ 'package.json': { ...nodePackage, dependencies: libraries }, ...inFile(file, mark) });
cases('destinations: commands', {}, {
  'of a program that takes arguments apart': line('src/commands/join.ts', { commander: '12' }),
  'of a service': line('src/commands/join.ts', { express: '5' }, dark),
  'beside the commands': line('src/api/join.ts', { commander: '12' }, dark),
});

const copies = (loop: string, mark = ''): string => `import http from 'node:http';\nhttp.createServer((clientReq, clientRes) => {\n  const headers: Record<string, unknown> = {};\n  ${loop}\n  const onward = http.request({ method: clientReq.method, headers, hostname: 'planner', path: clientReq.url }, (answer) => answer.pipe(clientRes));${mark}\n  clientReq.pipe(onward);\n});`;
cases('destinations: headers that are copied one by one', {}, {
  'all': copies('for (const [name, value] of Object.entries(clientReq.headers)) headers[name] = value;'),
  'none': copies(`headers['x-from'] = 'proxy';`, ' // ! node-http/request lost'),
});

cases('destinations: runners of one\'s own', { tests: true }, {
  'a runner of one\'s own, in a file of tests': { 'src/a.test.ts': `import anyTest from 'ava';\nconst test = anyTest as never as (name: string, run: () => Promise<void>) => void;\ntest('runs', async () => { ${hit}});` },
  'imported from a helper, in a file of tests': { 'src/test-run.ts': `import { test } from './helpers.ts';\ntest('runs', async () => { ${hit}});` },
  'a helper\'s, in another file': { 'src/run.ts': `import { test } from './helpers.ts';\ntest('runs', async () => { ${hit}}); // ! fetch/fetch lost` },
  'a helper, in a file of tests': { 'src/a.test.ts': `export const run = async (body: object) => { ${hit}};` },
});

const checked = `import { cleanEnv, url } from 'envalid';\nexport const env = cleanEnv(process.env, { ORDERS_URL: url(), STRIPE_URL: url() });`;
cases('destinations: variables of the environment that something has checked first', {}, {
  'in this file': call('`${env.ORDERS_URL}/plan`', dark, checked),
  'in another file': { 'src/env.ts': checked, 'src/a.ts': call('new URL(\'/plan\', env.ORDERS_URL)', dark, `import { env } from './env.ts';`) },
  'taken out by name': { 'src/env.ts': checked, 'src/a.ts': call('`${ORDERS_URL}/plan`', dark, `import { env } from './env.ts';\nconst { ORDERS_URL } = env;`) },
  'a plain read': { 'src/env.ts': checked, 'src/a.ts': `import { env } from './env.ts';\nexport const roles = () => fetch(new URL('/roles', env.ORDERS_URL)); // ! fetch/fetch lost` },
  'put together by a function': { 'src/env.ts': checked, 'src/a.ts': call('joinUrl(env.ORDERS_URL, \'plan\')', dark, `import { env } from './env.ts';\nfunction joinUrl(base: string, path: string) { const slashed = base.endsWith('/') ? base : base + '/'; return new URL(path, slashed); }`) },
  'a third party\'s': call('`${env.STRIPE_URL}/plan`', '', checked),
  'written out, and somebody else\'s': call('`${env.ORDERS_URL}/plan`', '', `const env = { ORDERS_URL: 'https://api.foreign.com' };`),
  'what is no name of a variable': call('`${env.id}/plan`', unknown, `declare const env: { id: string };`),
  'what only looks like one': call('`${thing.ORDERS_URL}/plan`', unknown, `declare const thing: { ORDERS_URL: string };`),
});

cases('destinations: what is as good as a constant', {}, {
  'var': call(`'http://' + host + ':8080/plan'`, dark, `var host = process.env.CATALOGUE_HOST || 'catalogue';`),
  'let': call(`'http://' + host + ':8080/plan'`, dark, `let host = process.env.CATALOGUE_HOST || 'catalogue';`),
  'var, and somebody else\'s': call(`host + '/plan'`, '', `var host = 'https://api.foreign.com';`),
  'a plain read of a host in a var': `var host = 'catalogue';\nexport const get = (sku: string) => fetch('http://' + host + ':8080/product/' + sku); // ! fetch/fetch lost`,
  'a plain read of a host in a var that changes': `var host = 'catalogue';\nexport const get = (sku: string) => fetch('http://' + host + ':8080/product/' + sku);\nexport const set = (to: string) => { host = to; };`,
  'a variable where it is set': call(`base + '/plan'`, dark, `const base = process.env.PLANNER_URL ? process.env.PLANNER_URL : 'http://localhost:8080';`),
  'a page\'s variable where it is set': { 'src/config.js': `export const apiUrl = import.meta.env.VITE_BACKEND_URL ? import.meta.env.VITE_BACKEND_URL : 'http://localhost:8080';`, 'src/a.ts': call('`${apiUrl}/plan`', '', `import { apiUrl } from './config.js';`) },
  'a page\'s variable, or this machine': call('`${base}/plan`', '', `const base = import.meta.env.VITE_BACKEND_URL ?? 'http://localhost:8080';`),
  'another\'s variable, or this machine': call('`${base}/plan`', dark, `const base = import.meta.env.BACKEND_URL ?? 'http://localhost:8080';`),
});

const keyed = (header: string, address: string, before: string): string => `${before}\nexport const tell = (body: object) => fetch(\`\${${address}}/campaigns\`, { method: 'POST', headers: { ${header} }, body: JSON.stringify(body) });`;
cases('destinations: who gave out a key', {}, {
  'and whose address only a name tells': keyed('Authorization: `Bearer ${smsConfig.campaignApiKey}`', 'smsConfig.baseUrl', `declare const smsConfig: { baseUrl: string; campaignApiKey: string };`),
  'in a header of its own': keyed(`'X-API-Key': key`, 'smsConfig.baseUrl', `declare const key: string;\ndeclare const smsConfig: { baseUrl: string };`),
  'and whose address lies beside it': keyed('Authorization: `Bearer ${config.apiKey}`', 'config.baseUrl', `declare const config: { baseUrl: string; apiKey: string };`),
  'a token, for an address of the program\'s configuration': `${keyed('Authorization: `Bearer ${token}`', 'config.baseUrl', `declare const token: string;\ndeclare const config: { baseUrl: string };`)}${dark}`,
  'a token of the caller\'s': `${keyed('Authorization: `Bearer ${token}`', 'smsConfig.baseUrl', `declare const token: string;\ndeclare const smsConfig: { baseUrl: string };`)}${unknown}`,
  'one\'s own': `${keyed('Authorization: `Bearer ${process.env.API_KEY}`', 'process.env.PLANNER_URL', '')}${dark}`,
});

cases('destinations: a configuration that is handed in', {}, {
  'read': `export const page = (title: string, config: { endpoint: string }) => fetch(\`\${config.endpoint}/page/\${title}\`);`,
  'sent to': `export const page = (body: object, config: { endpoint: string }) => fetch(\`\${config.endpoint}/page\`, ${post});${unknown}`,
  'the program\'s own': `declare const config: { endpoint: string };\nexport const page = (title: string) => fetch(\`\${config.endpoint}/page/\${title}\`);${dark}`,
  'Azure\'s': call('`${process.env.SEARCH_ENDPOINT}/indexes/docs/search?api-version=2024-07-01`'),
  'any other version': call('`${process.env.SEARCH_ENDPOINT}/indexes/docs/search?version=2024-07-01`', dark),
});

cases('destinations: a wrapper that has the name of what it wraps', {}, {
  'called from many files that say its name': {
    'src/fetch.ts': `import nodeFetch from 'node-fetch';\nexport default function fetch(...params: Parameters<typeof nodeFetch>) {\n  return nodeFetch(...params); // ! node-fetch/fetch lost\n}`,
    'src/a.ts': `import fetch from './fetch.ts';\nexport const forms = () => fetch(new URL('forms', process.env.FORMS_URL).toString());`,
    ...Object.fromEntries(Array.from({ length: 70 }, (_, i) => [`src/other${i}.ts`, `export const fetch${i} = () => 'fetches nothing';`])),
  },
});

cases('destinations: products that run beside a program', {}, {
  'by a variable': call('`${process.env.INNGEST_BASE_URL}/v1/events`'),
  'by a variable that something has checked': call('`${env.SIGNOZ_URL}/api/v5/query_range`', '', `declare const env: { SIGNOZ_URL: string };`),
  'in the repository that makes it': { 'package.json': { ...nodePackage, name: '@inngest/cli' }, 'src/a.ts': call('`${process.env.INNGEST_BASE_URL}/v1/events`', dark) },
  'a service of one\'s own that speaks to it': call('`${process.env.INNGEST_SERVICE_URL}/v1/events`', dark),
  'nobody': call('`${process.env.PLANNER_BASE_URL}/v1/events`', dark),
});

const listing = (holder: string, code = ''): string => `export const models = async ({ ${holder} }: { ${holder}: { apiUrl: string } }) => fetch(\`\${${holder}.apiUrl}/models\`);${code}`;
cases('destinations: what a handler is sent', {}, {
  'its input': listing('input'),
  'its body': listing('body'),
  'options': listing('options', dark),
});

cases('destinations: a list of the program\'s addresses', {}, {
  'read': `declare const endpoints: { cartsUrl: string };\nexport const cart = (id: string) => fetch(endpoints.cartsUrl + '/' + id + '/items');${dark}`,
  'no address': `declare const endpoints: { carts: string };\nexport const cart = (id: string) => fetch(endpoints.carts + '/' + id + '/items');`,
  'another list': `declare const things: { cartsUrl: string };\nexport const cart = (id: string) => fetch(things.cartsUrl + '/' + id + '/items');`,
  'somebody else\'s': `const endpoints = { cartsUrl: 'https://api.foreign.com' };\nexport const cart = (id: string) => fetch(endpoints.cartsUrl + '/' + id + '/items');`,
});

const own = { ...nodePackage, name: '@acme/tools' };
const template = (method: string, code = ''): string => `export const load = async (id: string, baseUrl = 'https://templates.useacme.com') => fetch(\`\${baseUrl}/blueprints/\${id}\`${method});${code}`;
cases('destinations: one\'s own public host by default', {}, {
  'a plain read': { 'package.json': own, 'src/load.ts': template('') },
  'what is sent': { 'package.json': own, 'src/load.ts': template(`, { method: 'POST', body: id }`, dark) },
  'what is sent, by somebody of another name': { 'package.json': { ...own, name: '@other/tools' }, 'src/load.ts': template(`, { method: 'POST', body: id }`) },
  'what a published client sends': { 'package.json': own, 'packages/sdks/js/load.ts': template(`, { method: 'POST', body: id }`) },
});

cases('requests: what is run while a program is built', {}, {
  'a tool\'s configuration': { 'vite.config.ts': `export default { server: (port: number) => { void fetch(\`http://localhost:\${port}/\`); } };` },
  'a configuration of one\'s own': { 'src/planner.config.ts': `export default { server: (port: number) => { void fetch(\`http://localhost:\${port}/\`); } };${dark}` },
});

cases('destinations: products under their names in a compose file', {}, {
  'Loki': call('`http://loki:3100/api/push`'),
  'OpenSearch Dashboards': call('`http://opensearch-dashboards:5601/api/objects`'),
  'Loki, by a variable': call('`${process.env.LOKI_URL}/api/push`'),
  'a service of one\'s own that speaks to it': call('`http://loki-gateway:3100/api/push`', dark),
  'what only begins like it': call('`http://lokistore:3100/api/push`', dark),
  'a variable that only ends like it': call('`${process.env.BLOKI_URL}/api/push`', dark),
});

cases('requests: asked of those who made it', {}, {
  'a licence': call('`${process.env.CORE_URL}/licenses`'),
  'what checks a licence': call('`${process.env.LICENSE_API_URL}/validate`'),
  'whether there is an update': call('`${process.env.CORE_URL}/notifications/update-check`'),
  'what is counted': call('`${process.env.CORE_URL}/private/stats`'),
  'stats of one\'s own': call('`${process.env.CORE_URL}/orders/stats`', dark),
  'an update': call('`${process.env.CORE_URL}/orders/update`', dark),
});

const bytes = (type: string, code = ''): string => `import axios from 'axios';\nexport class Reader {\n  constructor(private readonly api_url: string) {}\n  read() { return axios.request({ method: 'GET', url: this.api_url, responseType: '${type}' }); }${code}\n}`;
cases('requests: what comes as bytes', {}, {
  'from an address that only a name speaks for': bytes('arraybuffer'),
  'and what does not': bytes('json', ' // ! axios/request lost'),
});

const put = (method: string, code = ''): string => `export const upload = (signedTarget: { uploadTargetUrl: string }, file: string) => fetch(signedTarget.uploadTargetUrl, { method: '${method}', body: file });${code}`;
cases('requests: to an address that came as data', {}, {
  'a transfer': put('PUT').replaceAll('uploadTargetUrl', 'targetUrl'),
  'anything else': put('POST', unknown).replaceAll('uploadTargetUrl', 'targetUrl'),
});

const relay = (copy: string, code = ''): string => `export async function pass(req: Request) {\n  const headers = new Headers();\n  ${copy}\n  headers.set('authorization', 'x');\n  return fetch(process.env.PLANNER_URL + '/mcp', { method: req.method, headers, body: req.body });${code}\n}`;
cases('requests: headers that are copied one by one', {}, {
  'all that came': relay(`req.headers.forEach((value, key) => { if (key !== 'host') headers.append(key, value); });`),
  'in a loop': relay(`for (const [key, value] of req.headers.entries()) headers.append(key, value);`),
  'one of them': relay(`headers.set('cookie', req.headers.get('cookie') ?? '');`, dark),
  'those of somebody else': relay(`new Map([['a', 'b']]).forEach((value, key) => { headers.append(key, value); });`, dark),
});

const products = ['slack', 'discord', 'telegram', 'pagerduty', 'twilio'];
const beside = (names: readonly string[], file: string, text: string): Files => ({ ...Object.fromEntries(names.map((name) => [`src/tools/${name}/index.ts`, 'export const a = 1;'])), [`src/tools/${file}`]: text });
cases('destinations: folders of integrations', {}, {
  'whoever it is': beside(products, 'nobody/index.ts', mail()),
  'what they share': beside(products, 'common/index.ts', mail(dark)),
  'too few to tell': beside(products.slice(0, 3), 'nobody/index.ts', mail(dark)),
  'among many of one\'s own': beside([...products.slice(0, 4), ...Array.from('abcdefghijklmnopqrst', (each) => `part-${each}`)], 'nobody/index.ts', mail(dark)),
  'one\'s own by a setting': beside(products, 'nobody/index.ts', call('`${process.env.PLANNER_URL}/run`', dark)),
});

const answered = (url: string, read: string, code = ''): string => `export const get = async (path: string) => {\n  const res = await fetch(${url}, { method: 'GET', headers: { accept: '*' } });${code}\n  return res.${read}();\n};`;
cases('requests: what is read as bytes', {}, {
  'a file': answered('new URL(path, process.env.PLANNER_URL)', 'arrayBuffer'),
  'a blob': answered('new URL(path, process.env.PLANNER_URL)', 'blob'),
  'an answer': answered('new URL(path, process.env.PLANNER_URL)', 'json', dark),
  'a configuration, put together by a helper': `import { link } from 'links';\nexport const load = async (host: string) => (await fetch(link(process.env.PLANNER_URL, host, '/config.json'))).json();`,
});

const counted = (read: string, code = ''): string => `export async function flush(events: object[]) {\n  const res = await fetch(process.env.EVENTS_ENDPOINT!, { method: 'POST', body: JSON.stringify({ events }) });${code}\n  ${read}\n}`;
cases('requests: what is counted', {}, {
  'sent off': { 'src/metrics.ts': counted('if (!res.ok) console.error(await res.text());') },
  'sent off, in a folder of that name': { 'src/analytics/acme.ts': counted('if (!res.ok) console.error(res.status);') },
  'whose answer is used': { 'src/metrics.ts': counted('return res.json();', dark) },
  'elsewhere': { 'src/orders.ts': counted('if (!res.ok) console.error(await res.text());', dark) },
});

const passed = (from: string, code = ''): string => `export async function run(req: { body: { url: string; callbackUrl: string } }) {\n  ${from}\n  return fetch(url, { method: 'POST', body: '{}' });${code}\n}`;
cases('requests: to an address that the asker names', {}, {
  'in a body': passed('const { url } = req.body;'),
  'as a callback': passed('const url = req.body.callbackUrl;', unknown),
});
