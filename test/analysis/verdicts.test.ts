/** Verdicts that need more than one rule to agree: overrides, other sides, ranges. */
import { cases } from './harness.ts';

cases('a member that the subclass overrides is the project\'s own', {}, {
  'the call of an override that carries the context': `import { context, propagation } from '@opentelemetry/api';
import { Queue } from 'bullmq';
class MailQueue extends Queue {
  override add(name: string, data: unknown) { const c = {}; propagation.inject(context.active(), c); return super.add(name, data, { telemetry: { metadata: JSON.stringify(c) } }); }
}
const q = new MailQueue('mail');
export const send = (id: string) => q.add('send', { id });`,
});

cases('nextTick by its own name', { runtime: 'browser' }, {
  'imported': `import { nextTick } from 'node:process';\nasync function work() { await fetch('https://example.com'); }\nexport function f() { nextTick(work); } // ! timers/next-tick-imported lost`,
});

cases('a handler that is a call', {}, {
  'bound method': {
    'src/a.ts': `export const run = (body: object) => fetch('http://localhost:4000/run', { method: 'POST', body: JSON.stringify(body) }); // ! fetch/fetch lost`,
    'src/s.ts': `import express from 'express';\nconst app = express();\nclass C { async run() { await fetch('https://example.com'); } }\nconst c = new C();\napp.post('/run', c.run.bind(c)); // ! express/route lost`,
  },
});

cases('a consumer whose every producer hands nothing over', {}, {
  'posts notices only': {
    'src/a.ts': `import { Worker } from 'node:worker_threads';\nconst worker = new Worker(new URL('./worker.js', import.meta.url));\nexport const stop = () => worker.postMessage({ type: 'flush' });`,
    'src/worker.ts': `import { writeFile } from 'node:fs/promises';\nimport { parentPort } from 'node:worker_threads';\nparentPort!.on('message', async () => { await writeFile('x', ''); });`,
  },
  'posts at module scope only': {
    'src/a.ts': `import { Worker } from 'node:worker_threads';\nconst worker = new Worker(new URL('./worker.js', import.meta.url));\nworker.postMessage({ type: 'task', text: 'a' });`,
    'src/worker.ts': `import { writeFile } from 'node:fs/promises';\nimport { parentPort } from 'node:worker_threads';\nparentPort!.on('message', async (m) => { await writeFile('x', m.text); });`,
  },
});

cases('a declared range stands for what would be installed', { files: { 'package.json': { name: 'app', type: 'module', engines: { node: '20' }, dependencies: { bullmq: '^5.0.0' } } } }, {
  '^5.0.0 is not 5.0.0': `import { Queue } from 'bullmq';\nconst q = new Queue('mail');\nexport const send = (id: string) => q.add('send', { id }); // ! bullmq/queue-add lost`,
});
