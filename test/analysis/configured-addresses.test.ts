/** Addresses that come out of a configuration by way of a getter, a join, an object of settings or code that is run on the spot. */
import { cases, nodePackage } from './harness.ts';

const dark = ' // ! fetch/fetch lost';
const unknown = ' // ! fetch/fetch lost unknown-destination';
const post = `{ method: 'POST', body: JSON.stringify(body) }`;
const call = (url: string, code = '', before = ''): string => `${before}\nexport async function call(body: object, id: string) { return fetch(${url}, ${post}); }${code}`;

const keyed = `import { getMetadata } from '@acme/platform';\nimport mails, { MAIL_API_PATH, SLACK_URL, REPORTS_WEBHOOK, TOKEN_URL } from './keys';`;
cases('configured addresses: a getter of settings, asked by a constant', { files: { 'package.json': nodePackage } }, {
  'a constant\'s member': call('`${getMetadata(mails.metadata.EndpointURL)}/send`', dark, keyed),
  'in a variable': call('url + \'/send\'', dark, `${keyed}\nconst url = getMetadata(mails.metadata.EndpointURL) ?? '';`),
  'by the name of a path, on a server': call('`${getConfigValue(MAIL_API_PATH)}/send`', dark, `${keyed}\ndeclare function getConfigValue(key: string): string;`),
  'somebody else\'s': call('getSetting(SLACK_URL)', '', `${keyed}\ndeclare function getSetting(key: string): string;`),
  'a webhook\'s': call('getSetting(REPORTS_WEBHOOK)', '', `${keyed}\ndeclare function getSetting(key: string): string;`),
  'a login\'s': call('getSetting(TOKEN_URL)', '', `${keyed}\ndeclare function getSetting(key: string): string;`),
  'by what is handed in': 'declare function getSetting(key: string): string;\nexport const call = (key: string, body: object) => fetch(getSetting(key), { method: \'PUT\', body: JSON.stringify(body) });',
  'of something in particular': call('`${getSettings(id, mails)}/send`', unknown, `${keyed}\ndeclare function getSettings(id: string, key: string): string;`),
  'no getter of settings': call('`${lookUp(mails.metadata.EndpointURL)}/send`', unknown, `${keyed}\ndeclare function lookUp(key: string): string;`),
  'in code of a page': `${keyed}\nexport const call = (file: File) => fetch(\`\${getMetadata(mails.metadata.EndpointURL)}/send\`, { method: 'POST', body: file });`,
  'what the getter gives is seen': call('`${getSetting(MAIL_API_PATH)}/send`', '', `${keyed}\nconst getSetting = (key: string) => 'https://api.foreign.com/' + key;`),
});

cases('configured addresses: variables that end in a path', {}, {
  'before what a server asks': call('`${process.env.PLANNER_API_PATH}/plan`', dark),
  'before what a page asks': { 'package.json': { name: 'app', dependencies: { 'react-dom': '19', '@opentelemetry/sdk-trace-web': '2' } }, 'src/a.ts': call('`${import.meta.env.BASE_PATH}/plan`') },
});

const hidden = `import { concatLink, put, presign } from '@acme/hidden';`;
cases('configured addresses: what nobody sees put together', {}, {
  'a base with a name, and a path': call('put(serviceUrl, \'/send\')', dark, `${hidden}\ndeclare const serviceUrl: string;`),
  'a base with a name, by the name of the call': call('concatLink(serviceUrl, id)', dark, `${hidden}\ndeclare const serviceUrl: string;`),
  'a base that says nothing of whose it is': call('concatLink(endpoint, \'/send\')', '', `${hidden}\ndeclare const endpoint: string;`),
  'a third party\'s': call('concatLink(\'https://api.foreign.com\', \'/send\')', '', hidden),
  'what came as data': call('concatLink(job.callbackUrl, \'/send\')', unknown, `${hidden}\ndeclare const job: { callbackUrl: string };`),
  'signed': `${hidden}\ndeclare const serviceUrl: string;\nexport const put1 = async (body: string, id: string) => fetch(await presign(serviceUrl, id), { method: 'PUT', body });`,
});

const config = (value: string, shape = 'plannerUrl: string; port: number'): string => `interface Config { ${shape} }\nconst config: Config = ${value};\nexport default config;`;
const asks = (code = ''): string => `import config from './config.ts';\nimport { put } from '@acme/hidden';\nexport const call = (body: object) => fetch(\`\${config.plannerUrl}/plan\`, ${post});${code}`;
cases('configured addresses: settings that have a type', {}, {
  'written out': { 'src/config.ts': config('{ plannerUrl: process.env.PLANNER_URL!, port: 1 }'), 'src/a.ts': asks(dark) },
  'a part that is checked on the spot': { 'src/config.ts': config('{ plannerUrl: (() => {\n  if (process.env.PLANNER_URL !== undefined) return process.env.PLANNER_URL;\n  throw new Error();\n})(), port: 1 }'), 'src/a.ts': asks(dark) },
  'all of it made on the spot': { 'src/config.ts': config('(() => {\n  const read: Partial<Config> = { plannerUrl: process.env.PLANNER_URL, port: 1 };\n  if (!read.plannerUrl) throw new Error();\n  return read as Config;\n})()'), 'src/a.ts': asks(dark) },
  'a third party\'s, made on the spot': { 'src/config.ts': config('(() => ({ plannerUrl: \'https://api.foreign.com\', port: 1 }))()'), 'src/a.ts': asks() },
  'one of two things': { 'src/config.ts': config('(() => {\n  if (Date.now() > 1) return { plannerUrl: \'https://api.foreign.com\', port: 1 };\n  return { plannerUrl: \'https://api.other.com\', port: 2 };\n})()'), 'src/a.ts': asks(dark) },
});

cases('configured addresses: settings out of sight', {}, {
  'imported': call('`${settings.apis.reports.url}/run`', dark, `import settings from '@acme/settings';`),
  'somebody else\'s': call('`${settings.apis.github.url}/run`', '', `import settings from '@acme/settings';`),
  'a product\'s': call('`${settings.apis.keycloak.url}/run`', unknown, `import settings from '@acme/settings';`),
  'handed in': 'export const call = (settings: { apis: { reports: { url: string } } }, body: object) => fetch(`${settings.apis.reports.url}/run`, { method: \'PUT\', body: JSON.stringify(body) }); // ! fetch/fetch lost unknown-destination',
  'a proxy\'s': call('`${settings.proxy.url}/run`', unknown, `import settings from '@acme/settings';`),
  'no settings': call('`${things.apis.reports.url}/run`', unknown, `import things from '@acme/things';`),
});

const either = (one: string, other: string, code = ''): string => `export class Client {\n  constructor(private readonly authServerUrl: string) {}\n  run(body: { offline: boolean }) {\n    const url = body.offline ? ${one} : ${other};\n    return fetch(url, ${post});${code}\n  }\n}`;
cases('configured addresses: one of two', {}, {
  'both of one base that a name speaks for': either('`${this.authServerUrl}/offline/check`', '`${this.authServerUrl}/check`', dark),
  'a third party\'s speaks against a name': either('`${this.authServerUrl}/check`', '\'https://api.foreign.com/check\''),
});

cases('configured addresses: a name that says signed, and a value that is seen', {}, {
  'built out of what is configured': call('uploadUrl', dark, `const reportTo = (service: string) => new URL('/report', service);\nconst uploadUrl = reportTo(process.env.REPORTS_URL!);`),
  'handed out by a service': `declare const store: { presign(id: string): Promise<{ url: string }> };\nexport async function call(body: string, id: string) {\n  const { url: uploadUrl } = await store.presign(id);\n  return fetch(uploadUrl, { method: 'PUT', body });\n}`,
  'a part of an answer, whatever that is called': `declare const apiService: { ask(id: string): Promise<{ url: string }> };\nexport async function call(body: object, id: string) {\n  const serviceResponse = await apiService.ask(id);\n  const uploadUrl = serviceResponse.url;\n  return fetch(uploadUrl, ${post});\n}`,
  'waited for': `import { create } from '@acme/hidden';\nexport async function call(body: object) {\n  const uploadUrl = await create(process.env.STORE_URL, '/uploads');\n  return fetch(uploadUrl, ${post});\n}`,
  'signed here': `declare function getSignedUrl(client: object, id: string): Promise<string>;\nexport async function call(client: object, body: string, id: string) {\n  const uploadUrl = await getSignedUrl(client, id);\n  return fetch(uploadUrl, { method: 'PUT', body });\n}`,
});
