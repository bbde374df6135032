/** A look at some files says of them, and of their other sides, what a look at everything says. */
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import { expect, test } from 'vitest';
import { examine } from '../../src/run/check.ts';
import { tree } from '../project/tree.ts';
import { calm, consumer, manifest, producer, send } from '../cli/samples.ts';

const agents = fileURLToPath(new URL('../../fixtures/agents', import.meta.url));

function copied(folder: string): string {
  const root = tree({});
  fs.cpSync(folder, root, { recursive: true, filter: (source) => !source.includes('node_modules') });
  return root;
}

test.each<[string, () => string]>([
  ['fixtures/agents', () => copied(agents)],
  ['equal places in many files', () => tree({ 'package.json': manifest, 'src/consumer.ts': consumer, 'src/send.ts': send, ...Object.fromEntries([1, 2, 3, 4].map((n) => [`src/p${n}.ts`, producer])) })],
  ['a queue whose telemetry one side has', () => tree({ 'package.json': manifest, 'src/consumer.ts': consumer, 'src/send.ts': send, 'src/producer.ts': `import { BullMQOtel } from 'bullmq-otel';\n${producer.replace('{ connection: {} }', '{ connection: {}, telemetry: new BullMQOtel("x") }')}` })],
  ['a thread that starts no tracer', () => tree({
    'package.json': { ...manifest, dependencies: { '@opentelemetry/sdk-node': '^0.200.0' } },
    'src/main.js': 'const { Worker } = require("node:worker_threads");\nexports.go = (task) => { new Worker(require.resolve("./w.js")).postMessage({ task }); };\n',
    'src/w.js': 'const { parentPort } = require("node:worker_threads");\nparentPort.on("message", async ({ task }) => { await fetch(process.env.URL + task); });\n',
  })],
  ['requests to one address, each a unit of its own', () => tree({ 'package.json': manifest, ...Object.fromEntries([1, 2, 3].map((n) => [`src/s${n}.ts`, send.replace('send(', `send${n}(`)])) })],
  ['the only server, and who sends to it', () => tree({
    'package.json': manifest, 'src/a.ts': send, 'src/b.ts': send.replace('/send', '/other'),
    'src/server.ts': 'import { createServer } from \'node:http\';\ncreateServer(async (req, res) => { await fetch(`${process.env.STORE_URL}/keep`, { method: \'POST\' }); res.end(); }).listen(3000);\n',
  })],
  ['an instrumentation that nothing registers', () => tree({
    'package.json': { ...manifest, dependencies: { ...manifest.dependencies, '@opentelemetry/instrumentation-undici': '^0.20.0', axios: '^1.0.0' } },
    'src/a.ts': send, 'src/b.ts': send, 'src/producer.ts': producer, 'src/main.ts': 'import { NodeSDK } from \'@opentelemetry/sdk-node\';\nnew NodeSDK({}).start();\n',
  })],
  ['producers of one name, and a consumer elsewhere', () => tree({ 'package.json': manifest, 'src/a.ts': producer, 'src/b.ts': producer.replace('confirm', 'remind'), 'src/other.ts': producer.replace('emails', 'letters') })],
  ['equal attributes of spans', () => tree({ 'package.json': manifest, ...Object.fromEntries([1, 2, 3].map((n) => [`src/t${n}.ts`, `import { trace } from '@opentelemetry/api';\nexport function run() {\n  trace.getActiveSpan()?.setAttribute('gen_ai.my.${n === 3 ? 'other' : 'own'}',\n    ${n === 2 ? '  ' : ''}1);\n}\n`])) })],
])('%s', async (_title, make) => {
  const cwd = make();
  const whole = (await examine({ cwd })).report.findings;
  expect(whole.length).toBeGreaterThan(0);
  const files = new Set(whole.flatMap(({ path: own, related }) => [own, ...related.map((peer) => peer.path)].filter((file) => file !== 'package.json')));
  for (const file of files) {
    const { findings } = (await examine({ cwd, focus: new Set([path.join(cwd, file)]) })).report;
    expect(findings, file).toEqual(whole.filter((f) => f.path === file || f.related.some((peer) => peer.path === file)));
  }
});

test('a file with no word of the catalogue costs no look at the others', async () => {
  const cwd = tree({ 'package.json': manifest, 'src/producer.ts': producer, 'src/calm.ts': calm });
  const { report } = await examine({ cwd, focus: new Set([path.join(cwd, 'src/calm.ts')]) });
  expect(report).toMatchObject({ files: 1, parsed: 0, findings: [], errors: [] });
});

test('an error in a file that was not asked for is nobody\'s', async () => {
  const cwd = tree({ 'package.json': manifest, 'src/producer.ts': producer, 'src/broken.ts': 'import { Worker } from "bullmq"; new Worker(\n' });
  const { report } = await examine({ cwd, focus: new Set([path.join(cwd, 'src/producer.ts')]) });
  expect(report.errors).toEqual([]);
  expect(report.findings.map((f) => f.path)).toEqual(['src/producer.ts']);
  expect((await examine({ cwd, focus: new Set([path.join(cwd, 'src/broken.ts')]) })).report.errors).toHaveLength(1);
});
