/** A look at some files says of them, and of their other sides, what a look at everything says. */
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { loadConfig } from '../../src/project/config.ts';
import { analyseProject } from '../../src/project/project.ts';
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

test('what is in order by its own file leads to findings beside it, and no further', async () => {
  const telemetry = (text: string): string => `import { BullMQOtel } from 'bullmq-otel';\n${text.replace('connection: {}', 'connection: {}, telemetry: new BullMQOtel("x")')}`;
  const files = {
    'package.json': manifest, 'src/producer.ts': telemetry(producer), 'src/send.ts': send, 'src/consumer.ts': telemetry(consumer),
    'src/other.ts': telemetry(producer).replace('order(', 'remind('),
  };
  const judgedFor = (more: Record<string, string>, kept = false): string[] => {
    const cwd = tree({ ...files, ...more });
    const { judged } = analyseProject(ts, { cwd, paths: ['.'], config: loadConfig(cwd).config, assumeTraced: true, kept, focus: new Set([path.join(cwd, 'src/producer.ts')]) });
    return judged.map(({ source, boundary, verdict }) => `${path.basename(source.path)} ${boundary.id} ${verdict}`);
  };
  // Whoever else sends to a consumer that is in order says nothing of this file.
  expect(judgedFor({})).toEqual(['consumer.ts bullmq/worker covered', 'producer.ts bullmq/queue-add covered']);
  expect(judgedFor({}, true)).toContain('other.ts bullmq/queue-add covered');
  // What a consumer comes to that is not in order rests on all of them.
  expect(judgedFor({ 'src/consumer.ts': consumer })).toEqual(['consumer.ts bullmq/worker one-sided', 'other.ts bullmq/queue-add covered', 'producer.ts bullmq/queue-add covered']);
});

test('a file with the words of an other side is judged only where its text may use them', () => {
  const cwd = tree({ 'package.json': manifest, 'src/consumer.ts': consumer, 'src/send.ts': send, 'src/seen.ts': 'export const seen = new Set<string>();\nexport const see = (id: string) => { seen.add(id); setTimeout(() => fetch(id), 1); };\n', 'src/producer.ts': producer });
  const { judged } = analyseProject(ts, { cwd, paths: ['.'], config: loadConfig(cwd).config, assumeTraced: true, kept: true, focus: new Set([path.join(cwd, 'src/consumer.ts')]) });
  expect(new Set(judged.map(({ source }) => path.basename(source.path)))).toEqual(new Set(['consumer.ts', 'producer.ts']));
});

test('an error in a file that was not asked for is nobody\'s', async () => {
  const cwd = tree({ 'package.json': manifest, 'src/producer.ts': producer, 'src/broken.ts': 'import { Worker } from "bullmq"; new Worker(\n' });
  const { report } = await examine({ cwd, focus: new Set([path.join(cwd, 'src/producer.ts')]) });
  expect(report.errors).toEqual([]);
  expect(report.findings.map((f) => f.path)).toEqual(['src/producer.ts']);
  expect((await examine({ cwd, focus: new Set([path.join(cwd, 'src/broken.ts')]) })).report.errors).toHaveLength(1);
});
