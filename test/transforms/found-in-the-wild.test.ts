/** Edits that `npm run ecosystem` showed to be wrong, in small; and their neighbours, which are right. */
import { describe, expect, it } from 'vitest';
import { fix, type FixOptions } from '../../src/run/fix.ts';
import { tree } from '../project/tree.ts';
import { relativePath } from '../../src/project/paths.ts';

interface Wild {
  /** By the paths' ends, without the helper. */
  text: (name: string) => string | undefined;
  applied: number;
  refused: string[];
  files: string[];
}

async function wild(files: Record<string, string | object>, options: FixOptions = {}): Promise<Wild> {
  const root = tree(files);
  const { report, changes } = await fix({ cwd: root, assumeTraced: true, runtime: 'node', typeCheck: false, ...options });
  return {
    text: (name) => changes.find((change) => change.path.endsWith(`/${name}`))?.after,
    files: changes.map(({ path }) => relativePath(root, path)).sort(),
    applied: report.applied.length,
    refused: report.refused.map(({ code, detail }) => `${code}: ${detail}`),
  };
}

const manifest = (dependencies: Record<string, string> = {}): object => ({ name: 'app', type: 'module', dependencies: { '@opentelemetry/api': '^1.9.0', ...dependencies } });
const call = "await fetch(process.env.ORDERS_URL + '/orders', { method: 'POST' });\n";

describe('options of a request', () => {
  const request = (args: string): string => `import https from 'node:https';\nimport { parse } from './parse.js';\n\nexport function ask(done, reject, more) {\n  const options = { hostname: process.env.HOST, path: '/orders', method: 'POST' };\n  const answered = () => (response) => done(response);\n  return https.request(${args});\n}\n`;

  it.each([
    ['options, makeCallback(done)', "carryIn(options, 'headers'), makeCallback(done)"],
    ['options, answered()', "carryIn(options, 'headers'), answered()"],
    ['process.env.ORDERS_URL, responseHandler(done)', "process.env.ORDERS_URL, carryIn({}, 'headers'), responseHandler(done)"],
    ['process.env.ORDERS_URL, answered()', "process.env.ORDERS_URL, carryIn({}, 'headers'), answered()"],
    ['process.env.ORDERS_URL, more.onCallback', "process.env.ORDERS_URL, carryIn({}, 'headers'), more.onCallback"],
    ['process.env.ORDERS_URL, parse(more)', "process.env.ORDERS_URL, carryIn(parse(more), 'headers')"],
    ['process.env.ORDERS_URL, more, done', "process.env.ORDERS_URL, carryIn(more, 'headers'), done"],
  ])('%s', async (before, after) => {
    const { text } = await wild({ 'package.json': manifest(), 'a.js': request(before) });
    expect(text('a.js')).toContain(`https.request(${after})`);
  });
});

describe('one argument more', () => {
  const add = (args: string): string => `import { Queue } from 'bullmq';\n\nconst queue = new Queue('mails', { connection: {} });\n\nexport async function send(id) {\n  await queue.add(${args});\n}\n`;

  it.each([
    ["'send', { id }", "'send', { id }, carryJob()"],
    ["'send', {\n    id,\n  }", "'send', {\n    id,\n  }, carryJob()"],
    ["\n    'send',\n    { id },\n  ", "\n    'send',\n    { id },\n    carryJob(),\n  "],
    ["\n    'send',\n    { id }\n  ", "\n    'send',\n    { id },\n    carryJob()\n  "],
  ])('stands as the others do: %j', async (before, after) => {
    const { text } = await wild({ 'package.json': manifest({ bullmq: '^5.40.0' }), 'a.js': add(before) });
    expect(text('a.js')).toContain(`queue.add(${after});`);
  });
});

describe('an address', () => {
  const ask = (check: string): string => `import { randomUUID } from 'node:crypto';\nimport { assertUrlIsSafe, parsed } from './urls.js';\n\nexport async function ask(path) {\n  const url = await ${check}(process.env.START_URL + path);\n  const getUrl = () => url;\n  return fetch(getUrl(), { method: 'POST', body: randomUUID() });\n}\n`;

  it('that is checked before it is asked is anybody’s', async () => {
    const { applied, refused } = await wild({ 'package.json': manifest(), 'a.js': ask('assertUrlIsSafe') });
    expect({ applied, refused }).toEqual({ applied: 0, refused: [expect.stringMatching(/^unknown-destination: an address that is checked/)] });
    expect((await wild({ 'package.json': manifest(), 'a.js': ask('parsed') })).applied).toBe(1);
  });
});

describe('imports that could not be had', () => {
  it('is refused where no package.json would name them', async () => {
    const files = { 'lambda/index.mjs': `export async function handler() {\n  ${call}}\n` };
    expect(await wild(files)).toMatchObject({ applied: 0, refused: [expect.stringMatching(/^unsupported-shape: no package.json/)] });
    expect(await wild({ 'package.json': { name: 'app' }, ...files })).toMatchObject({ applied: 1, refused: [] });
  });

  it('is refused in a file that a browser is given as it is, and not in one that is compiled or only called alike', async () => {
    const text = `import { randomUUID } from 'node:crypto';\n\nexport async function send() {\n  ${call}  return randomUUID();\n}\n`;
    expect(await wild({ 'package.json': manifest(), 'static/js/client.js': text })).toMatchObject({ applied: 0, refused: [expect.stringMatching(/^unsupported-shape: static\/js\/client.js is served/)] });
    for (const name of ['static/client.ts', 'src/statics/client.js', 'src/public.js']) expect(await wild({ 'package.json': manifest(), [name]: text })).toMatchObject({ applied: 1, refused: [] });
  });
});

describe('routes', () => {
  const app = (mount: string): Record<string, string | object> => ({
    'package.json': manifest({ express: '^5.0.0' }),
    'account.js': "import express from 'express';\n\nconst router = express.Router();\nrouter.post('/verify', async (req, res) => {\n  res.json(await fetch(process.env.USERS_URL));\n});\nexport default router;\n",
    'app.js': `import express from 'express';\nimport router from './account.js';\n\nexport const app = express();\napp.use('${mount}', router);\n`,
    'ledger.js': "export async function check() {\n  await fetch(process.env.LEDGER_URL + '/enterprise/verify', { method: 'POST' });\n}\n",
  });

  it('that end like an address are not where it goes, unless a router is mounted there', async () => {
    expect((await wild(app('/account'))).text('account.js')).not.toContain('withCarrier');
    for (const mount of ['/enterprise', '/api/enterprise']) expect((await wild(app(mount))).text('account.js')).toContain('withCarrier');
  });
});

describe('content', () => {
  const record = (name: string): string => `import { trace } from '@opentelemetry/api'\n\nexport function record(prompt) {\n    const span = trace.getActiveSpan()\n    if (span) {\n        span.setAttribute(${name}, prompt)\n    }\n}\n`;
  const only = { only: 'no-sensitive-attributes' };

  it('goes into an event in the file’s own layout', async () => {
    const { text } = await wild({ 'package.json': manifest(), 'a.js': record("'app.prompt'") }, only);
    expect(text('a.js')).toContain("        if (process.env.OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT === 'true') {\n            span.addEvent('app.sensitive', { 'app.prompt': prompt, sensitive: true })\n        }\n");
  });

  it.each(["'input.value'", "'langfuse.observation.input'", "'ai.prompt'", "names.INPUT"])('stays where a product reads %s by its name', async (name) => {
    const text = name.startsWith('names') ? `${record(name)}const names = { INPUT: 'traceloop.entity.input' }\n` : record(name);
    expect(await wild({ 'package.json': manifest(), 'a.js': text }, only)).toMatchObject({ applied: 0, refused: [expect.stringMatching(/^no-repair: products that show model traces/)] });
  });
});

describe('what nothing needs any more', () => {
  const traced = "import { NodeSDK } from '@opentelemetry/sdk-node';\nimport { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';\nnew NodeSDK({ instrumentations: [new UndiciInstrumentation()] }).start();\n";
  const ask = (name: string): string => `export async function ${name}(body) {\n  const headers = {};\n  propagation.inject(context.active(), headers);\n  return fetch(process.env.ORDERS_URL + '/${name}', { method: 'POST', headers, body });\n}\n`;
  const files = (text: string): Record<string, string | object> => ({ 'package.json': manifest({ '@opentelemetry/sdk-node': '^0.220.0', '@opentelemetry/instrumentation-undici': '^0.33.0' }), 'tracing.js': traced, 'a.js': text });

  it('goes with the last of two that share an import', async () => {
    const { text, applied } = await wild(files(`import { context, propagation } from '@opentelemetry/api';\n\n${ask('one')}\n${ask('two')}`));
    expect(applied).toBe(2);
    expect(text('a.js')).not.toMatch(/import|inject/);
  });

  it.each([
    ['is used elsewhere', 'export const now = () => context.active();\n', 'context'],
    ['is named in a comment, which may be a type', '/** @param {import("x").Y | propagation} a */\nexport const f = (a) => a;\n', 'propagation'],
  ])('and what %s stays', async (_, more, left) => {
    const { text } = await wild(files(`import { context, propagation } from '@opentelemetry/api';\n\n${ask('one')}\n${ask('two')}\n${more}`));
    expect(text('a.js')).toMatch(new RegExp(`^import \\{ ${left} \\} from`));
  });
});

describe('what a function makes', () => {
  const files = (returned: string): Record<string, string | object> => ({
    'package.json': manifest(),
    'src/text.ts': `export function pack(value: unknown): ${returned} {\n  return value as never;\n}\n`,
    'src/job.ts': "process.on('message', async (message: object) => {\n  await fetch(process.env.ORDERS_URL!, { body: String(message) });\n});\n",
    'src/main.ts': "import { fork } from 'node:child_process';\nimport { fileURLToPath } from 'node:url';\nimport { pack } from './text.ts';\n\nexport function run(task: object) {\n  const child = fork(fileURLToPath(new URL('./job.ts', import.meta.url)));\n  child.send(pack(task));\n}\n",
  });

  it('has no room for a carrier where that is a text', async () => {
    const { text, refused } = await wild(files('string'));
    expect([text('main.ts'), refused]).toEqual([undefined, [expect.stringMatching(/^payload-only-slot: the message is not an object/)]]);
    expect((await wild(files('{ task: unknown }'))).text('main.ts')).toContain('carryMessage(pack(task))');
  });
});

describe('the helper’s place', () => {
  const ask = `import { x } from './x';\n\nexport const f = async () => {\n  ${call}  return x;\n};\n`;

  it('is the project where one package.json serves several', async () => {
    const files = { 'package.json': manifest(), 'apps/api/project.json': {}, 'apps/api/src/a.ts': ask, 'apps/api/src/deep/b.ts': ask, 'libs/util/project.json': {}, 'libs/util/c.ts': ask, 'tools/d.ts': ask };
    expect((await wild(files)).files.filter((file) => file.endsWith('otel-handoff.ts'))).toEqual(['apps/api/src/otel-handoff.ts', 'libs/util/otel-handoff.ts', 'otel-handoff.ts']);
  });

  it('is not among the sources of TypeScript where a script beside them needs one that Node can load', async () => {
    const files = { 'package.json': manifest(), 'tsconfig.json': {}, 'src/a.ts': ask, 'examples/b.mjs': ask };
    expect((await wild(files)).files.filter((file) => file.includes('otel-handoff'))).toEqual(['otel-handoff.mjs', 'src/otel-handoff.ts']);
    expect((await wild({ ...files, 'src/c.mjs': ask })).files.filter((file) => file.includes('otel-handoff'))).toEqual(['src/otel-handoff.mjs', 'src/otel-handoff.ts']);
  });

  it('is written as the file is that asked for it first', async () => {
    const { text } = await wild({ 'package.json': manifest(), 'src/a.ts': `import { x } from "./x"\n\nexport const f = async () => {\n\tawait fetch(process.env.ORDERS_URL + "/orders")\n\treturn x\n}\n` });
    const helper = text('otel-handoff.ts')!;
    expect(helper).toContain('} from "@opentelemetry/api"\n');
    expect(helper).toContain('\n\tconst request = describeRequest(args)\n');
    expect(helper).not.toMatch(/;$|^ {2}/m);
    const again = await wild({ 'package.json': manifest(), 'src/otel-handoff.ts': helper, 'src/a.js': "import { Queue } from 'bullmq';\n\nexport const add = (queue) => {\n  const q = new Queue('x');\n  q.add('a', {});\n};\n", 'src/b.ts': 'export {};\n' });
    expect(again.text('otel-handoff.ts') ?? '').not.toMatch(/;$/m);
  });
});

describe('content that may have no span', () => {
  it('goes into no event then', async () => {
    const record = "import { trace } from '@opentelemetry/api';\n\nexport function record(prompt) {\n  const span = trace.getActiveSpan();\n  span?.setAttribute('app.prompt', prompt);\n  span?.setAttribute('prompt', prompt);\n}\n";
    const { text } = await wild({ 'package.json': manifest({ '@opentelemetry/api-logs': '^0.220.0' }), 'a.js': record }, { only: 'no-sensitive-attributes' });
    expect(text('a.js')).toContain("if (span && process.env.OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT === 'true') {\n    logs.getLogger('app').emit({ eventName: 'app.sensitive', context: trace.setSpan(context.active(), span), attributes: { 'app.prompt': prompt, sensitive: true } });");
    expect(text('a.js')).toContain('attributes: { prompt, sensitive: true }');
  });
});

describe('the helper’s import', () => {
  it('is written as imports by an alias are, where no other shows more', async () => {
    const own = (specifier: string): string => `import { x } from '${specifier}';\n\nexport const f = async () => {\n  ${call}  return x;\n};\n`;
    expect((await wild({ 'package.json': manifest(), 'src/a.ts': own('@/src/x') })).text('src/a.ts')).toContain("from './otel-handoff';");
    expect((await wild({ 'package.json': manifest(), 'src/a.ts': own('@scope/x') })).text('src/a.ts')).toContain("from './otel-handoff.js';");
  });

  it('is written as most of the package writes its own, where the file shows nothing', async () => {
    const own = (specifier: string): string => `import { x } from '${specifier}';\n\nexport const f = async () => {\n  ${call}  return x;\n};\n`;
    const files = { 'package.json': { ...manifest(), type: 'commonjs' }, 'src/a.ts': own('./x.js'), 'src/b.ts': own('./x'), 'src/c.ts': own('./x'), 'src/d.ts': `export const f = async () => {\n  ${call}};\n`, 'src/x.ts': 'export const x = 1;\n' };
    expect((await wild(files)).text('src/d.ts')).toContain("from './otel-handoff';");
    expect((await wild({ ...files, 'src/c.ts': own('./x.js') })).text('src/d.ts')).toContain("from './otel-handoff.js';");
  });
});

it('finds no more agents once a repair has brought the API', async () => {
  const agent = "import OpenAI from 'openai';\nimport { Queue } from 'bullmq';\nconst queue = new Queue('notes');\nconst client = new OpenAI();\nexport class ResearchAgent {\n  async run(task: string) {\n    await queue.add('note', { task });\n    return client.chat.completions.create({ model: 'm', messages: [{ role: 'user', content: task }] });\n  }\n}\n";
  const root = tree({ 'package.json': { name: 'app', type: 'module', dependencies: { openai: '^6.0.0', bullmq: '^5.40.0' } }, 'src/a.ts': agent });
  const options: FixOptions = { cwd: root, assumeTraced: true, runtime: 'node', typeCheck: false, write: true, allowDirty: true };
  expect((await fix(options)).report).toMatchObject({ applied: [{ boundaries: ['bullmq/queue-add'] }], files: ['package.json', 'src/a.ts', 'src/otel-handoff.ts'] });
  expect((await fix(options)).report).toEqual({ applied: [], refused: [], reverted: [], files: [] });
  // Where the package makes spans of its own, agents owe one.
  const own = tree({ 'package.json': manifest({ openai: '^6.0.0', bullmq: '^5.40.0' }), 'src/a.ts': agent, 'src/b.ts': "import { trace } from '@opentelemetry/api';\nexport const tracer = trace.getTracer('app');\n" });
  expect((await fix({ ...options, cwd: own })).report.applied.flatMap(({ boundaries }) => boundaries).sort()).toEqual(['bullmq/queue-add', 'own/agent-class']);
  expect((await fix({ ...options, cwd: own })).changes).toEqual([]);
});
