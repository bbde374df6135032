/**
 * Killed with SIGKILL while it writes: every file is the old or the new one, and the next run finishes the job and leaves nothing
 * else behind. What holds does not depend on when the kill arrives.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { writeAtomically } from '../../src/fix/write.ts';
import { fix } from '../../src/run/fix.ts';
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
    import { writeAtomically } from ${JSON.stringify(pathToFileURL(path.join(root, 'build/src/fix/write.js')).href)};
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

/**
 * Ends its own process with SIGKILL before the given one of all calls that write; of a text that is being written, half is there by
 * then. So a moment is the same one however fast the machine is.
 */
const killer = `
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
let left = Number(process.env.KILL_AT);
let calls = 0;
let isWriting = false;
for (const name of ['openSync', 'writeFileSync', 'fchmodSync', 'fsyncSync', 'closeSync', 'renameSync', 'rmSync', 'mkdirSync']) {
  const real = fs[name];
  fs[name] = (...args) => {
    isWriting ||= name === 'openSync' && args[1] === 'wx';
    if (!isWriting) return real(...args);
    calls++;
    if (left-- === 0) {
      if (name === 'writeFileSync') real(args[0], args[1].slice(0, args[1].length / 2), args[2]);
      process.kill(process.pid, 'SIGKILL');
    }
    return real(...args);
  };
}
syncBuiltinESMExports();
process.on('exit', () => process.stdout.write(String(calls)));
`;

interface Ended {
  signal: NodeJS.Signals | null;
  stdout: string;
}

function killedAt(call: number, args: readonly string[], cwd: string): Promise<Ended> {
  const child = spawn(process.execPath, ['--import', `data:text/javascript,${encodeURIComponent(killer)}`, bin, ...args], { cwd, env: { ...process.env, KILL_AT: String(call) }, stdio: ['ignore', 'pipe', 'ignore'] });
  let stdout = '';
  child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
  return new Promise((resolve) => { child.on('close', (_, signal) => { resolve({ signal, stdout }); }); });
}

const isStray = (name: string): boolean => name.endsWith('.tmp');

test('the command line, at 50 random moments: the next run finishes what a killed one began', async () => {
  const channels = Array.from({ length: 6 }, (_, index) => index);
  const files = Object.fromEntries(channels.flatMap((index) => [
    [`src/send/producer${index}.ts`, `import { Queue } from 'bullmq';\nconst queue = new Queue('q${index}');\nexport const send = async (id: string) => { await queue.add('go', { id }); };\n`],
    [`src/work/consumer${index}.ts`, `import { Worker } from 'bullmq';\nexport const worker = new Worker('q${index}', async (job) => {\n  await fetch(\`\${process.env.MAIL_URL}/\${job.data.id}\`);\n});\n`],
    [`src/ask/request${index}.ts`, `export const ask = () => fetch(\`\${process.env.STOCK_URL}/${index}\`);\n`],
  ]));
  const project = { 'package.json': { ...manifest, dependencies: { bullmq: '^5.40.0', '@opentelemetry/sdk-node': '^0.200.0' } }, ...files };
  const args = ['fix', '--write', '--allow-dirty', '--no-type-check', '--output', 'diff.txt'];
  const whole = tree(project);
  const { signal, stdout } = await killedAt(Number.POSITIVE_INFINITY, args, whole);
  expect(signal).toBeNull();
  const calls = Number(stdout);
  const { 'diff.txt': _, ...expected } = snapshot(whole);
  expect(Object.values(expected).join('')).toMatch(/carryJob[^]*processJob/);
  const before = new Map(Object.entries(snapshot(tree(project))));

  const next = random(11);
  const moments = Array.from({ length: 50 }, () => Math.floor(next() * calls));
  let [inTheMiddle, strays] = [0, 0];
  const round = async (call: number, index: number): Promise<void> => {
    const folder = tree(project);
    expect((await killedAt(call, args, folder)).signal).toBe('SIGKILL');
    const left = snapshot(folder);
    const isNew = (name: string): boolean => left[name] !== undefined && left[name] === expected[name];
    for (const [name, text] of Object.entries(left)) if (!isStray(name)) expect([before.get(name), expected[name]], `${name} at ${call}`).toContain(text);
    // Whatever is new has what it imports, and is heard.
    for (const each of channels) if (isNew(`src/send/producer${each}.ts`)) expect(isNew(`src/work/consumer${each}.ts`), `consumer${each} at ${call}`).toBe(true);
    if (Object.keys(files).some(isNew)) expect([isNew('src/otel-handoff.ts'), isNew('package.json')]).toEqual([true, true]);
    const states = new Set(Object.keys(files).map(isNew));
    if (states.size === 2) inTheMiddle++;
    if (Object.keys(left).some(isStray)) strays++;

    // The same through the Node API, which takes a tenth of the time.
    if (index % 10 === 0) expect(cli(folder, args).status).toBe(0);
    else expect((await fix({ cwd: folder, write: true, allowDirty: true, typeCheck: false })).report).toMatchObject({ refused: [], reverted: [] });
    const { 'diff.txt': __, ...after } = snapshot(folder);
    expect(after, `after ${call}`).toEqual(expected);
  };
  for (let index = 0; index < moments.length; index += 2) await Promise.all([round(moments[index]!, index), round(moments[index + 1]!, index + 1)]);
  // Else the test shows nothing.
  expect(new Set(moments).size).toBeGreaterThan(40);
  expect(inTheMiddle).toBeGreaterThan(25);
  expect(strays).toBeGreaterThan(10);
// Half a minute on two idle cores.
}, 600_000);
