/** What is written first, and what a run makes of one that ended between two files. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { fix, type FixResult } from '../../src/run/fix.ts';
import { tree } from '../project/tree.ts';
import { snapshot } from '../cli/fix-tree.ts';
import { consumer, manifest, producer, send } from '../cli/samples.ts';

const dependencies = { bullmq: '^5.40.0', piscina: '^5.0.0', '@opentelemetry/sdk-node': '^0.200.0' };
/** The pool's task has no handoff of its own: it is edited for the sake of who runs it, and stands behind it in the alphabet. */
const files = {
  'package.json': { ...manifest, dependencies }, 'a-queue/producer.ts': producer, 'queue/consumer.ts': consumer, 'queue/send.ts': send,
  'pool/ask.js': 'import { Piscina } from \'piscina\';\nconst pool = new Piscina({ filename: new URL(\'./task.js\', import.meta.url).href });\nexport const ask = (id) => pool.run({ id });\n',
  'pool/task.js': 'import { writeFile } from \'node:fs/promises\';\nexport default async function task({ id }) {\n  await writeFile(id, \'x\');\n}\n',
};
const run = (cwd: string, write: boolean): Promise<FixResult> => fix({ cwd, write, allowDirty: true, typeCheck: false, assumeTraced: true });

test('consumers first, and the rest of a run that ended between any two files', async () => {
  const root = tree(files);
  const { changes } = await run(root, false);
  const order = changes.map((change) => path.relative(root, change.path)).filter((name) => !name.includes('otel-handoff'));
  expect(order).toEqual(['package.json', 'pool/task.js', 'queue/consumer.ts', 'a-queue/producer.ts', 'pool/ask.js', 'queue/send.ts']);
  await run(root, true);
  const whole = snapshot(root);

  for (let written = 1; written < changes.length; written++) {
    const partly = tree(files);
    for (const change of changes.slice(0, written)) fs.writeFileSync(path.join(partly, path.relative(root, change.path)), change.after);
    await run(partly, true);
    expect(snapshot(partly), `after ${written}`).toEqual(whole);
  }
});
