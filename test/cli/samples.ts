/** Small projects with handoffs in them. */
import { tree } from '../project/tree.ts';

export const manifest = {
  name: 'shop', type: 'module',
  dependencies: { bullmq: '^5.40.0', '@opentelemetry/api': '^1.9.0', '@opentelemetry/sdk-node': '^0.200.0' },
};

export const producer = `import { Queue } from 'bullmq';

const queue = new Queue('emails', { connection: {} });

export async function order(id: string) {
  await queue.add('confirm', { id });
}
`;

export const consumer = `import { Worker } from 'bullmq';
import { send } from './send.ts';

export const worker = new Worker('emails', async (job) => {
  await send(job.data.id);
}, { connection: {} });
`;

export const send = `export async function send(id: string) {
  await fetch(\`\${process.env.MAIL_URL}/send\`, { method: 'POST', body: JSON.stringify({ id }) });
}
`;

/** A queue with both sides, and a request: three findings, two channels. */
export function shop(more: Record<string, string | object> = {}): string {
  return tree({ 'package.json': manifest, 'src/producer.ts': producer, 'src/consumer.ts': consumer, 'src/send.ts': send, ...more });
}

/** Nothing in it is handed over. */
export const calm = 'export const answer = 42;\n';
