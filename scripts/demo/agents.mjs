import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { run, start } from './processes.mjs';
import { parseSpans } from './tree.mjs';

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');

/** Builds the agents in `folder`, asks the planner its question, and returns the answers and the spans of all processes. */
export async function runAgents(folder, { spansFile, redisUrl }) {
  await run('the build', [tsc, '-p', '.'], { cwd: folder, seconds: 60 });

  const spansPath = join(folder, spansFile);
  rmSync(spansPath, { force: true });
  const env = {
    SPANS_FILE: spansPath,
    PORT: '0',
    REDIS_URL: redisUrl ?? '',
    QUEUE_PREFIX: `agents-demo-${process.pid}`,
  };
  const researcher = start('the researcher', ['dist/specialists/researcher.js'], { cwd: folder, env });
  const writer = redisUrl && start('the writer', ['dist/specialists/writer.js'], { cwd: folder, env });
  let answer;
  let report;
  try {
    const [, port] = await researcher.printed(/^listening on (\d+)$/m);
    await writer?.printed(/^writer is waiting/m);
    const planner = await run('the planner', ['dist/planner.js'], {
      cwd: folder,
      env: { ...env, RESEARCH_URL: `http://127.0.0.1:${port}` },
    });
    answer = planner.stdout.trim();
    if (writer) [, report] = await writer.printed(/^report ready: (.+)$/m);
  } finally {
    await Promise.all([researcher.stop(), writer?.stop()]);
    if (redisUrl) await emptyQueue(redisUrl, env.QUEUE_PREFIX);
  }
  if (!answer) throw new Error('the planner printed no answer');
  if (!existsSync(spansPath)) throw new Error('no spans were recorded');
  return { answer, report, spans: parseSpans(readFileSync(spansPath, 'utf8')) };
}

/** The same for the desk: one program, and a thread. */
export async function runDesk(folder, { spansFile }) {
  await run('the build', [tsc, '-p', '.'], { cwd: folder, seconds: 60 });
  const spansPath = join(folder, spansFile);
  rmSync(spansPath, { force: true });
  const desk = await run('the desk', ['dist/desk.js'], { cwd: folder, env: { SPANS_FILE: spansPath } });
  if (!existsSync(spansPath)) throw new Error('no spans were recorded');
  return { answer: desk.stdout.trim(), spans: parseSpans(readFileSync(spansPath, 'utf8')) };
}

/** Resolves with the URL of a Redis that answers, or with nothing. */
export async function findRedis(url = process.env.REDIS_URL || 'redis://127.0.0.1:6379') {
  const redis = new Redis(url, { lazyConnect: true, connectTimeout: 1000, maxRetriesPerRequest: 0, retryStrategy: () => null });
  redis.on('error', () => {});
  try {
    await redis.ping();
    return url;
  } catch {
    return undefined;
  } finally {
    redis.disconnect();
  }
}

async function emptyQueue(url, prefix) {
  const { Queue } = await import('bullmq');
  const queue = new Queue('reports', { connection: { url }, prefix });
  await queue.obliterate({ force: true });
  await queue.close();
}
