// Planning and applying a thousand repairs over three hundred files, against `check` on the same tree; type gate apart.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measure } from './support/measure.mjs';

const main = fileURLToPath(new URL('../dist/src/cli/main.js', import.meta.url));
const files = 300;

export const name = '`fix`';

/** The folder of the tree: every file asks two services and puts work on two queues, whose workers are in other files. */
export function tree() {
  const root = join(tmpdir(), 'otel-handoff-bench-fix-1');
  if (existsSync(join(root, 'done'))) return root;
  rmSync(root, { recursive: true, force: true });
  mkdirSync(join(root, 'src'), { recursive: true });
  writeFileSync(join(root, 'package.json'), `${JSON.stringify({ name: 'bench-fix', type: 'module', dependencies: { bullmq: '^5.40.0', '@opentelemetry/api': '^1.9.0', '@opentelemetry/sdk-node': '^0.200.0' } }, null, 2)}\n`);
  for (let index = 0; index < files; index++) writeFileSync(join(root, `src/part${index}.ts`), index % 3 === 0 ? worker(index) : sender(index));
  writeFileSync(join(root, 'done'), '');
  return root;
}

export function check(root, scratch) {
  const output = join(scratch, 'fix-check.json');
  const taken = measure(process.execPath, [main, 'check', '.', '--format', 'json', '--output', output], root);
  return { ...taken, lines: JSON.parse(readFileSync(output, 'utf8')).lines };
}

/** Writes into a fresh copy. */
export function take(root, scratch) {
  const [copy, output] = [join(scratch, 'fix-copy'), join(scratch, 'fix.json')];
  rmSync(copy, { recursive: true, force: true });
  cpSync(root, copy, { recursive: true });
  const taken = measure(process.execPath, [main, 'fix', '.', '--write', '--allow-dirty', '--no-type-check', '--format', 'json', '--output', output], copy);
  const { applied, files: changed } = JSON.parse(readFileSync(output, 'utf8'));
  return { ...taken, repairs: applied.reduce((sum, unit) => sum + unit.sites.length, 0), channels: applied.length, changed: changed.length };
}

function sender(index) {
  return `import { Queue } from 'bullmq';
import { log } from './log.js';

const orders = new Queue('orders-${index - (index % 3)}', { connection: {} });
const mails = new Queue('mails-${index - (index % 3)}', { connection: {} });

${filler(index)}
export async function order${index}(id: string, total: number) {
  await orders.add('create', { id, total });
  log('ordered', id);
  await mails.add('confirm', { id });
}

export async function price${index}(sku: string) {
  const answer = await fetch(\`\${process.env.PRICES_URL}/prices/\${sku}\`, { headers: { accept: 'application/json' } });
  return answer.json();
}

export async function stock${index}(sku: string) {
  const answer = await fetch(\`\${process.env.STOCK_URL}/stock\`, { method: 'POST', body: JSON.stringify({ sku }) });
  return answer.ok;
}
`;
}

function worker(index) {
  return `import { Worker } from 'bullmq';

${filler(index)}
export const orders${index} = new Worker('orders-${index}', async (job) => {
  await fetch(\`\${process.env.ORDERS_URL}/orders/\${job.data.id}\`, { method: 'PUT' });
}, { connection: {} });

export const mails${index} = new Worker('mails-${index}', async (job) => {
  await fetch(\`\${process.env.MAIL_URL}/send\`, { method: 'POST', body: JSON.stringify(job.data) });
}, { connection: {} });
`;
}

/** What most lines of a file are: nothing to do with a handoff. */
function filler(index) {
  return Array.from({ length: 12 }, (_, place) => `export function total${index}x${place}(amounts: number[]): number {
  let sum = 0;
  for (const amount of amounts) {
    if (amount > ${place}) sum += amount;
  }
  return sum;
}
`).join('\n');
}
