/**
 * Killed with SIGKILL while it writes: every file is the old or the new one, and the next run finishes the job and leaves nothing
 * else behind. What holds does not depend on when the kill arrives; files that have changed tell when to send it.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { writeAtomically } from '../../src/fix/write.ts';
import { tree } from '../project/tree.ts';
import { bin, cli, root } from './cli.ts';
import { snapshot } from './fix-tree.ts';
import { manifest } from './samples.ts';

/** mulberry32 */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Runs a program and kills it once `reached` says so, after some more turns; whether it was killed before its end. */
async function killed(args: string[], cwd: string, reached: () => boolean, turns: number): Promise<boolean> {
  const child = spawn(process.execPath, args, { cwd, stdio: 'ignore' });
  const ended = new Promise<NodeJS.Signals | null>((resolve) => { child.on('exit', (_, signal) => { resolve(signal); }); });
  let isOver = false;
  void ended.then(() => { isOver = true; });
  while (!isOver && !reached()) await new Promise((resolve) => { setImmediate(resolve); });
  for (let turn = 0; turn < turns; turn++) fs.existsSync(cwd);
  child.kill('SIGKILL');
  return await ended === 'SIGKILL';
}

test('50 random moments of writing 60 files', async () => {
  const names = Array.from({ length: 60 }, (_, index) => `${['a', 'b/c', 'd'][index % 3]}/file${index}.ts`);
  const text = (state: string, name: string): string => `// ${state} ${name}\n`.repeat(400);
  const folder = tree(Object.fromEntries([...names.map((name) => [name, text('state 0', name)]), ['write.mjs', `
    import fs from 'node:fs';
    import { writeAtomically } from ${JSON.stringify(pathToFileURL(path.join(root, 'dist/src/fix/write.js')).href)};
    const changes = JSON.parse(fs.readFileSync('changes.json', 'utf8'));
    writeAtomically(changes);`]]) as Record<string, string>);
  const next = random(5);
  let inTheMiddle = 0;
  for (let round = 1; round <= 50; round++) {
    const [before, after] = [`state ${round - 1}`, `state ${round}`];
    const changes = names.map((name) => ({ path: path.join(folder, name), before: text(before, name), after: text(after, name) }));
    fs.writeFileSync(path.join(folder, 'changes.json'), JSON.stringify(changes));
    const last = changes[Math.floor(next() * 59)]!;
    await killed(['write.mjs'], folder, () => fs.readFileSync(last.path, 'latin1') === last.after, Math.floor(next() * 40));

    const states = changes.map((change) => {
      const now = fs.readFileSync(change.path, 'utf8');
      expect([change.before, change.after]).toContain(now);
      return now === change.after;
    });
    // In the order given: no producer is new while a consumer is old.
    expect(states.join()).toBe([...states].sort((a, b) => Number(b) - Number(a)).join());
    if (states.includes(true) && states.includes(false)) inTheMiddle++;
    writeAtomically(changes.filter((_, index) => !states[index]));
    expect(Object.keys(snapshot(folder)).sort()).toEqual([...names, 'changes.json', 'write.mjs'].sort());
  }
  // Else the test shows nothing.
  expect(inTheMiddle).toBeGreaterThan(10);
});

test('the command line: the next run finishes what a killed one began', async () => {
  const queues = Array.from({ length: 20 }, (_, index) => index);
  const files = Object.fromEntries(queues.flatMap((index) => [
    [`src/send/producer${index}.ts`, `import { Queue } from 'bullmq';\nconst queue = new Queue('q${index}');\nexport const send = async (id: string) => { await queue.add('go', { id }); };\n`],
    [`src/work/consumer${index}.ts`, `import { Worker } from 'bullmq';\nexport const worker = new Worker('q${index}', async (job) => {\n  await fetch(\`\${process.env.MAIL_URL}/\${job.data.id}\`);\n});\n`],
    [`src/ask/request${index}.ts`, `export const ask = () => fetch(\`\${process.env.STOCK_URL}/${index}\`);\n`],
  ]));
  const project = { 'package.json': { ...manifest, dependencies: { bullmq: '^5.40.0', '@opentelemetry/sdk-node': '^0.200.0' } }, ...files };
  const args = ['fix', '--write', '--allow-dirty', '--no-type-check'];
  const whole = tree(project);
  expect(cli(whole, args).status).toBe(0);
  const expected = snapshot(whole);
  expect(Object.values(expected).join('')).toMatch(/carryJob[^]*processJob/);
  const before = new Map(Object.entries(snapshot(tree(project))));

  const next = random(11);
  for (let round = 0; round < 3; round++) {
    const folder = tree(project);
    const count = 1 + Math.floor(next() * 55);
    const isNew = (name: string): boolean => fs.readFileSync(path.join(folder, name), 'latin1') !== before.get(name);
    const order = [...Object.keys(files)].sort((a, b) => Number(a.includes('producer')) - Number(b.includes('producer')));
    await killed([bin, ...args], folder, () => order.slice(0, count).every(isNew), 0);
    for (const [name, text] of Object.entries(snapshot(folder))) {
      if (!name.endsWith('.tmp')) expect([before.get(name), expected[name]]).toContain(text);
    }
    expect(cli(folder, args).status).toBe(0);
    expect(snapshot(folder)).toEqual(expected);
  }
});
