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
])('%s', async (_title, make) => {
  const cwd = make();
  const whole = (await examine({ cwd })).report.findings;
  expect(whole.length).toBeGreaterThan(0);
  const files = new Set(whole.flatMap(({ path: own, related }) => [own, ...related.map((peer) => peer.path)]));
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
