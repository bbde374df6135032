/** Where a request goes, and whether the trace may go with it (DESIGN.md 5.9). */
import { cases, nodePackage, type Files } from './harness.ts';

const dark = ' // ! fetch/fetch lost';
const unknown = ' // ! fetch/fetch lost unknown-destination';
const post = `{ method: 'POST', body: JSON.stringify(body) }`;
const helper = (code = ''): string => `export const send = (url: string, body: object) => fetch(url, ${post});${code}`;
const options = (code = ''): string => `export default async function request({ url = '', body }: { url: string; body?: object }) {\n  return fetch(\`\${url}?\${String(1)}\`, ${post});${code}\n}`;
const client = (code = ''): string => `export class Client {\n  constructor(private readonly baseUrl: string) {}\n  run(body: object) { return fetch(\`\${this.baseUrl}/run\`, ${post}); }${code}\n}`;
const bag = (code = ''): string => `export class Client {\n  private readonly baseUrl: string;\n  constructor(options: { baseUrl: string }) { this.baseUrl = options.baseUrl; }\n  run(body: object) { return fetch(\`\${this.baseUrl}/run\`, ${post}); }${code}\n}`;

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
  'nobody makes it': { 'src/client.ts': client(dark) },
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
  'a map\'s get is no configuration': call(`cache.get('PLANNER')!`, unknown, `const cache = new Map<string, string>();`),
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
  'tokens that are counted': call(`'http://tokenizer:8080/tokens/count'`, dark),
  'an authoritative service': call('`${process.env.AUTHOR_URL}/books`', dark),
});

cases('destinations: relative URLs in a browser', { runtime: 'browser' }, {
  'from callers in other files': { 'src/request.ts': options(), 'src/api.ts': `import request from './request.ts';\nexport const cart = () => request({ url: '/api/cart' });` },
  'absolute from one caller': { 'src/request.ts': options(' // ! fetch/fetch lost cors-preflight'), 'src/api.ts': `import request from './request.ts';\nexport const cart = () => request({ url: 'http://localhost:4000/cart' });` },
});

const asked = (url: string, code = '', before = ''): string => `${before}\nexport async function ask(baseUrl: string, body: object) { return fetch(${url}, ${post}); }${code}`;
cases('destinations: the place that a request is made from', {}, {
  'a folder of integrations': { 'src/integrations/wiki/client.ts': asked('`${baseUrl}/pages`') },
  'a folder of connectors, an address that came as data': { 'connectors/crm/src/client.ts': asked('url', '', 'declare const url: string;') },
  'a folder of integrations: a private host': { 'src/integrations/wiki/client.ts': asked(`'http://wiki:8080/pages'`, dark) },
  'a folder of integrations: from the environment': { 'src/integrations/wiki/client.ts': asked('`${process.env.PLANNER_URL}/pages`', dark) },
  'a folder of integrations: a public host unless configured': { 'src/integrations/short/client.ts': asked(`\`\${process.env.SHORT_API_URL ?? 'https://api.short.example.com'}/links\``) },
  'a folder of providers: a public host unless configured': { 'src/providers/short.ts': asked(`\`\${process.env.SHORT_API_URL ?? 'https://api.short.example.com'}/links\``) },
  'a folder of providers: nothing tells': { 'src/providers/sandbox.ts': asked('where', unknown, 'declare const where: string;') },
  'elsewhere: a public host unless configured': { 'src/api/links.ts': asked(`\`\${process.env.SHORT_API_URL ?? 'https://api.short.example.com'}/links\``, dark) },
  'a variable of the environment named after a third party, in a URL object': { 'src/a.ts': asked('url', '', 'const url = new URL(`${process.env.WHATSAPP_CLOUD_API_URL}/v17.0/apps`);') },
  'a setting named after a third party, in a URL object': { 'src/a.ts': asked('url', '', "import { env } from './env.js';\nconst url = new URL(`${env.POSTHOG_API_HOST}/query`);") , 'src/env.js': 'export const env = make();' },
  'a path from the environment': { 'src/a.ts': asked('`${process.env.PUBLIC_BASE_PATH}/api/files`') },
  'a path from the environment behind a host': { 'src/a.ts': asked('`http://planner${process.env.PUBLIC_BASE_PATH}/api/files`', dark) },
  'a setting of one\'s own, in a URL object': { 'src/a.ts': asked('url', dark, "import { env } from './env.js';\nconst url = new URL(`${env.PLANNER_API_URL}/query`);"), 'src/env.js': 'export const env = make();' },
  'a file named after a third party': { 'src/hubspot-client.ts': asked('`${baseUrl}/contacts`') },
  'a class named after a third party': { 'src/crm.ts': `export class SalesforceClient {\n  constructor(private readonly baseUrl: string) {}\n  run(body: object) { return fetch(\`\${this.baseUrl}/run\`, ${post}); }\n}` },
  'a file named after a third party: from the environment': { 'src/hubspot-client.ts': asked('`${process.env.PLANNER_URL}/contacts`', dark) },
  'a package named after a third party': { 'packages/anthropic/src/post.ts': asked('`${baseUrl}/messages`') },
  'a package named after a third party: a private host': { 'packages/anthropic/src/post.ts': asked(`'http://planner:8080/messages'`, dark) },
  'a package whose name only begins so': { 'packages/google-sheet-planner/src/post.ts': asked('`${baseUrl}/messages`', dark) },
  'a folder of providers, whatever provides': { 'src/utils/AiProviders/lime/index.ts': asked('`${baseUrl}/load`') },
  'a folder of providers: an address that is made whole': { 'src/sandbox/providers/machine.ts': asked('`${whole(baseUrl)}/run`', unknown, 'const whole = (endpoint: string) => endpoint.startsWith(\'https://\') ? endpoint : `https://${endpoint}`;') },
  'a folder of providers, whatever provides: from the environment': { 'src/utils/planProviders/lime/index.ts': asked('`${process.env.PLANNER_URL}/load`', dark) },
  'a folder of loaders': { 'src/extensions/WikiLoader/index.ts': asked('`${baseUrl}/pages`') },
  'a word that only ends like such a folder': { 'src/downloaders-of-plans/index.ts': asked('`${baseUrl}/pages`', dark) },
  'a server of models by its file': { 'src/endpoints/ollama-utils.ts': asked('`${baseUrl}/pull`') },
  'a server of models by its variable': { 'src/a.ts': asked('`${process.env.LMSTUDIO_BASE_PATH}/load`') },
  'a server of models by what it is asked': { 'src/a.ts': asked('`${baseUrl}/v1/chat/completions`') },
  'a chat of one\'s own': { 'src/a.ts': asked('`${baseUrl}/v1/chat`', dark) },
  'models of one\'s own': { 'src/a.ts': asked('`${baseUrl}/models/plan`', dark) },
  'completions of a private host': { 'src/a.ts': asked(`'http://planner:8080/v1/chat/completions'`, dark) },
  'a file that logs in': { 'src/auth/redirect-pkce-oauth.base.ts': asked('revoke', '', 'declare const revoke: string;') },
  'a file that logs in: from the environment': { 'src/auth/oauth.ts': asked('`${process.env.PLANNER_URL}/sessions`', dark) },
  'a file that keeps what logins give': { 'src/auth/oauth-store.ts': asked('`${baseUrl}/sessions`', dark) },
  'a file of health checks, whatever it sends': { 'src/routes/health-checks.ts': asked(`'http://planner:8080/run'`) },
  'a record of somebody\'s health': { 'src/routes/healthcare-checkup.ts': asked(`'http://planner:8080/run'`, dark) },
  'a telemetry sender, to nobody knows where': { 'src/rum-ingest.service.ts': asked('forwardTo', '', 'declare const forwardTo: string;') },
  'a script that is run by hand': { 'scripts/seed.ts': asked(`'http://planner:8080/run'`) },
  'a package\'s scripts': { 'packages/planner/scripts/seed.ts': asked(`'http://planner:8080/run'`) },
  'a package called scripts': { 'packages/scripts/seed.ts': asked(`'http://planner:8080/run'`, dark) },
  'a script that begins a trace': { 'scripts/seed.ts': asked(`'http://planner:8080/run'`, dark, 'export const run = (tracer: { startActiveSpan(name: string, run: () => unknown): unknown }) => tracer.startActiveSpan(\'seed\', () => ask(\'\', {}));') },
  'a command of a command line': { 'packages/planner-cli/src/commands/run.ts': asked('`${process.env.PLANNER_URL}/run`') },
  'a command that a service works off': { 'src/commands/run.ts': asked('`${process.env.PLANNER_URL}/run`', dark) },
  'a word that only resembles such a folder': { 'src/integration-planner/client.ts': asked('`${baseUrl}/pages`', dark) },
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
  'one of two: two names': call('url', unknown, 'declare const options: { local?: boolean; baseUrl: string; apiUrl: string };\nconst url = options.local ? `${options.baseUrl}/run` : options.apiUrl;'),
  'a parameter, or else a relative URL': `export async function complete({ api = '/api/chat', body }: { api?: string; body: object }) { return fetch(api, ${post}); }`,
  'a parameter, or else one\'s own': `export async function complete({ api = 'http://planner:8080/chat', body }: { api?: string; body: object }) { return fetch(api, ${post}); }${dark}`,
  'a parameter, or else nothing': `export async function complete({ apiUrl = '', body }: { apiUrl?: string; body: object }) { return fetch(apiUrl, ${post}); }${dark}`,
  'a name, or else a field that is relative by default': `export class Transport {\n  private readonly api: string;\n  constructor({ api = '/api/chat' }: { api?: string } = {}) { this.api = api; }\n  send(body: object, prepared?: { api?: string }) { return fetch(prepared?.api ?? this.api, ${post}); }\n}`,
  'a name, or else a field of one\'s own': `export class Transport {\n  private readonly api: string;\n  constructor({ api = 'http://planner:8080/chat' }: { api?: string } = {}) { this.api = api; }\n  send(body: object, prepared?: { api?: string }) { return fetch(prepared?.api ?? this.api, ${post}); }${dark}\n}`,
  'a name, or else one\'s own': call(`\`\${options.baseUrl ?? 'http://planner:8080'}/run\``, dark, 'declare const options: { baseUrl?: string };'),
  'a name, or else nothing': call('`${options.baseUrl ?? \'\'}/run`', dark, 'declare const options: { baseUrl?: string };'),
  'a field that is empty at first': `export class Client {\n  private baseUrl = '';\n  use(baseUrl: string) { this.baseUrl = baseUrl; }\n  run(body: object) { return fetch(\`\${this.baseUrl}/run\`, ${post}); }${dark}\n}`,
  'a name, or else nobody knows': call(`\`\${options.baseUrl ?? fallback()}/run\``, dark, 'declare const options: { baseUrl?: string };\ndeclare function fallback(): string;'),
  'the environment, or else a third party': call(`\`\${process.env.PLANNER_URL ?? 'https://api.foreign.com'}/run\``, dark),
  'an option of a field: a third party by default': inOptions(`strip(given.baseUrl) ?? 'https://api.foreign.com'`),
  'an option of a field: from the environment': inOptions('process.env.PLANNER_URL!', dark),
  'an option of a field that is assigned': inOptions(`'https://api.foreign.com'`).replace('constructor(private readonly options: { baseUrl: string }) {}', 'private readonly options: { baseUrl: string };\n  constructor(options: { baseUrl: string }) { this.options = options; }'),
  'an option of a field that is assigned: one\'s own': inOptions(`'http://planner:8080'`, dark).replace('constructor(private readonly options: { baseUrl: string }) {}', 'private readonly options: { baseUrl: string };\n  constructor(options: { baseUrl: string }) { this.options = options; }'),
  'an option of a field that is written out': `export class Client {\n  private readonly options = { baseUrl: 'https://api.foreign.com' };\n  run(body: object) { return fetch(\`\${this.options.baseUrl}/run\`, ${post}); }\n}`,
  'an option of a field that nobody makes': `export class Client {\n  constructor(private readonly options: { baseUrl: string }) {}\n  run(body: object) { return fetch(\`\${this.options.baseUrl}/run\`, ${post}); }${dark}\n}`,
  'built where it is set': call('purge', dark, `const { purgeEndpoint } = settings();\nconst purge = purgeEndpoint ? build(purgeEndpoint) : undefined;\nfunction build(base: string) { const url = new URL(base); url.pathname = '/purge'; return url.toString(); }`),
  'one of two': call('where', unknown, 'declare const local: boolean;\nconst where = local ? first() : second();'),
});

const sdk = (name: string, host: string, mark = ''): Files => ({ 'package.json': { ...nodePackage, name }, 'src/a.ts': call(`\`\${options.baseUrl ?? 'https://${host}'}/run\``, mark, 'declare const options: { baseUrl?: string };') });
cases('destinations: one\'s own public host by default', {}, {
  'called after the scope': sdk('@acme/sdk', 'api.acme.com', dark),
  'called after the package': sdk('acme', 'cloud.acme.dev', dark),
  'called after another': sdk('@acme/sdk', 'api.foreign.com'),
  'called after a part of the name': sdk('@acme/foreign', 'api.foreign.com'),
  'without a setting': { 'package.json': { ...nodePackage, name: 'acme' }, 'src/a.ts': call(`'https://api.acme.com/run'`) },
});

cases('destinations: no services', {}, {
  'the platform\'s metadata': `export const task = () => fetch(\`\${process.env.ECS_CONTAINER_METADATA_URI}/task\`);`,
  'a variable that resembles it': `export const task = () => fetch(\`\${process.env.METADATASTORE_URL}/task\`);${dark}`,
  'a page of an extension': `declare const chrome: any;\nexport const page = () => fetch(chrome.runtime.getURL('content-script'));`,
  'getURL of something else': `declare const planner: any;\nexport const page = () => fetch(planner.api.getURL('run'), { method: 'POST' });${dark}`,
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
  'something else is validated': `export const load = (baseUrl: string, body: object) => { validateBody(body); return fetch(\`\${baseUrl}/run\`, ${post}); };${dark}\ndeclare function validateBody(body: object): void;`,
});

cases('destinations: arguments that are put together', {}, {
  'one of two lists': "type Args = Parameters<typeof fetch>;\nexport function ask(...args: Args) {\n  const headers = new Headers(args[1]?.headers);\n  const call: Args = headers.has('x') ? args : [args[0], { ...args[1], headers }];\n  return globalThis.fetch(...call);\n}\nexport const plan = () => ask(`${process.env.PLANNER_URL}/plan`, { method: 'POST' });",
  'the arguments themselves': "type Args = Parameters<typeof fetch>;\nexport function ask(...args: Args) {\n  return globalThis.fetch(...args); // ! fetch/fetch lost\n}\nexport const plan = () => ask(`${process.env.PLANNER_URL}/plan`, { method: 'POST' });",
});

/** Beyond a hundred functions callers are found by an index; names that are not plain stay out of it. */
const many = Array.from({ length: 120 }, (_, index) => index === 119 ? 'größe' : `ask${index}`);
cases('destinations: callers of many functions', {}, {
  'all relative': {
    'src/request.ts': many.map((name) => `export const ${name} = (url: string, body: object) => fetch(url, ${post});`).join('\n'),
    'src/api.ts': `import { ${many.join(', ')} } from './request.ts';\n${many.map((name, index) => `export const call${index} = () => ${name}('/api/${index}', {});`).join('\n')}`,
  },
});

cases('destinations: runners of one\'s own', { tests: true }, {
  'a runner of one\'s own, in a file of tests': { 'src/a.test.ts': `import anyTest from 'ava';\nconst test = anyTest as never as (name: string, run: () => Promise<void>) => void;\ntest('runs', async () => { ${hit}});` },
  'imported from a helper, in a file of tests': { 'src/test-run.ts': `import { test } from './helpers.ts';\ntest('runs', async () => { ${hit}});` },
  'a helper\'s, in another file': { 'src/run.ts': `import { test } from './helpers.ts';\ntest('runs', async () => { ${hit}}); // ! fetch/fetch lost` },
  'a helper, in a file of tests': { 'src/a.test.ts': `export const run = async (body: object) => { ${hit}};` },
});
