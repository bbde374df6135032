// The pieces that files of the generated tree are made of, by kind; `id` makes their names differ.

/** What a kind imports. */
export const head = {
  queue: ["import { Queue } from 'bullmq';"],
  consumer: ["import { Worker as QueueWorker } from 'bullmq';"],
  thread: ["import { Worker } from 'node:worker_threads';"],
  emitter: ["import { EventEmitter } from 'node:events';"],
  route: ["import express from 'express';"],
};

export const blocks = {
  record: (id) => `/**
 * What is stored of an order, with the totals that reports ask for.
 * Amounts are in the smallest unit of the currency.
 */
export interface Order${id} {
  id: string;
  customer: string;
  lines: { sku: string; amount: number; price: number }[];
  status: 'open' | 'paid' | 'sent' | 'closed';
  createdAt: number;
  note?: string;
}

export function isOpen${id}(order: Order${id}): boolean {
  return order.status === 'open' || (order.status === 'paid' && order.lines.length > 0);
}

export function label${id}(order: Order${id}): string {
  const count = order.lines.length;
  return \`\${order.customer}: \${count} \${count === 1 ? 'line' : 'lines'}, \${order.status}\`;
}
`,
  class: (id) => `export class Ledger${id} {
  private readonly entries = new Map<string, number>();
  private closed = false;

  constructor(private readonly owner: string, private readonly limit = 100) {}

  book(account: string, amount: number): number {
    if (this.closed) throw new Error(\`the ledger of \${this.owner} is closed\`);
    const before = this.entries.get(account) ?? 0;
    const after = Math.min(before + amount, this.limit);
    this.entries.set(account, after);
    return after;
  }

  balance(account: string): number {
    return this.entries.get(account) ?? 0;
  }

  close(): void {
    // Nothing is booked from here on.
    this.closed = true;
  }
}
`,
  switch: (id) => `export function price${id}(kind: string, amount: number): number {
  switch (kind) {
    case 'book':
      return amount * 7;
    case 'music':
      return amount * 19 + 3;
    case 'food': {
      const reduced = amount > 10 ? 5 : 7;
      return amount * reduced;
    }
    default:
      return amount * 19;
  }
}

export const names${id} = ['book', 'music', 'food', 'other'] as const;
export type Name${id} = (typeof names${id})[number];
`,
  reduce: (id) => `export function summary${id}(rows: readonly { group: string; value: number; at?: Date }[]): Record<string, { count: number; sum: number }> {
  const groups: Record<string, { count: number; sum: number }> = {};
  for (const { group, value } of rows) {
    const known = (groups[group] ??= { count: 0, sum: 0 });
    known.count += 1;
    known.sum += value;
  }
  return Object.fromEntries(
    Object.entries(groups)
      .filter(([, { count }]) => count > 1)
      .map(([group, { count, sum }]) => [group.toLowerCase().trim(), { count, sum: Math.round(sum * 100) / 100 }]),
  );
}
`,
  fetch: (id) => `export async function load${id}(customer: string): Promise<unknown> {
  const response = await fetch(\`\${process.env.ORDERS_URL}/customers/\${customer}/orders\`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ customer, since: ${id.length} }),
  });
  if (!response.ok) throw new Error(\`failed to fetch the orders: \${response.status}\`);
  return response.json();
}
`,
  timer: (id) => `export function later${id}(save: () => Promise<void>): () => void {
  const timer = setTimeout(() => {
    void save();
  }, 5_000);
  return () => clearTimeout(timer);
}
`,
  queue: (id) => `const mails${id} = new Queue('mails-${id}', { connection: { host: 'localhost' } });

export async function enqueue${id}(to: string, subject: string): Promise<void> {
  await mails${id}.add('send', { to, subject }, { attempts: 3 });
}
`,
  consumer: (id) => `export const worker${id} = new QueueWorker('mails-${id}', async (job) => {
  const { to } = job.data as { to: string };
  await fetch(\`\${process.env.MAIL_URL}/send\`, { method: 'POST', body: JSON.stringify({ to }) });
});
`,
  thread: (id) => `export function render${id}(page: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./render.js', import.meta.url), { workerData: { page } });
    worker.on('message', (html: string) => resolve(html));
    worker.on('error', reject);
  });
}
`,
  set: (id) => `export function unique${id}(values: Iterable<string>): string[] {
  const seen = new Set<string>();
  for (const value of values) seen.add(value.trim());
  return [...seen].sort();
}
`,
  list: (id) => `export function walk${id}(root: { name: string; children: string[] }): string[] {
  const open = [root.name];
  const found: string[] = [];
  while (open.length > 0) {
    const name = open.shift();
    if (name === undefined) break;
    found.push(name);
    if (found.length < 10) open.push(...root.children);
  }
  return found;
}
`,
  emitter: (id) => `const events${id} = new EventEmitter();

export function watch${id}(onChange: (name: string) => void): void {
  events${id}.on('message', onChange);
  events${id}.emit('message', '${id}');
}
`,
  route: (id) => `export const router${id} = express.Router();

router${id}.get('/orders/${id}/:id', async (request, response) => {
  response.json({ id: request.params.id });
});
`,
};
