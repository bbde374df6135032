/** Redis as a bus and as a queue, with three clients; PostgreSQL's NOTIFY. */
import { cases } from './harness.ts';

const dependencies = { ioredis: '^5.4.0', redis: '^4.7.0', '@upstash/redis': '^1.34.0', pg: '^8.13.0', postgres: '^3.4.0', '@opentelemetry/api': '^1.9.0' };
const setting = { files: { 'package.json': { name: 'app', type: 'module', engines: { node: '>=20' }, dependencies } } };
const work = `async function work(x: unknown) { await fetch('https://example.com', { method: 'POST', body: String(x) }); }\n`;
const api = `import { context, propagation } from '@opentelemetry/api';\n`;

const io = `import Redis from 'ioredis';\nconst redis = new Redis();\n${work}`;
cases('ioredis: publish and subscribe', setting, {
  'published': `${io}export const f = () => redis.publish('mail', JSON.stringify({ to: 'a' })); // ! ioredis/publish lost`,
  'on a duplicate': `${io}const pub = redis.duplicate();\nexport const f = () => pub.publish('mail', 'x'); // ! ioredis/publish lost`,
  'on a cluster': `import { Cluster } from 'ioredis';\nconst redis = new Cluster([]);\nexport const f = () => redis.publish('mail', 'x'); // ! ioredis/publish lost`,
  'on the static client of a class of the repo that extends it': {
    'src/redis.ts': `import Redis from 'ioredis';\nexport default class Adapter extends Redis {\n  private static client: Adapter;\n  static get defaultClient() { return this.client || (this.client = new this('redis://r')); }\n}`,
    'src/a.ts': `import Adapter from './redis.ts';\nexport const f = () => Adapter.defaultClient.publish('mail', 'x'); // ! ioredis/publish lost`,
  },
  'CommonJS': { 'src/a.cjs': `const Redis = require('ioredis');\nconst redis = new Redis();\nexports.f = () => redis.publish('mail', 'x'); // ! ioredis/publish lost` },
  'carried in the message': `${io}export const f = (traceparent: string) => redis.publish('mail', JSON.stringify({ to: 'a', traceparent }));`,
  'at module scope': `${io}void redis.publish('started', '1');`,
  'a listener': `${io}redis.on('message', async (channel, message) => { await work(message); }); // ! ioredis/on-message lost`,
  'a listener to a pattern, by a field': `import Redis from 'ioredis';\n${work}export class Updates {\n  redis = new Redis();\n  async start() { await this.redis.psubscribe('a:*'); this.redis.on('pmessage', this.handle); } // ! ioredis/on-message lost\n  handle = async (pattern: string, channel: string, message: string) => { await work(message); };\n}`,
  'a listener that extracts': `${api}${io}redis.on('message', (channel, message) => { const m = JSON.parse(message); context.with(propagation.extract(context.active(), m.otel), () => work(m)); });`,
  'a listener that only sets a variable': `${io}let last = '';\nredis.on('message', (channel, message) => { last = message; });`,
  'nothing is published': `${io}export const f = () => redis.publish('refresh', '');`,
  'the time is published': `${io}export const f = () => redis.publish('trace', new Date().toISOString());`,
  'a heartbeat is published': `${io}export const f = () => redis.publish('mail', JSON.stringify({ health_check: true, key: 'a' }));`,
  'an end, packed': `${io}const pack = (x: unknown) => JSON.stringify(x);\nexport function f(id: string) { const m = { type: 'close', id }; return redis.publish('sockets', pack(m)); }`,
  'an end of a longer name': `${io}export const f = (id: string) => redis.publish('sockets', JSON.stringify({ type: 'closeProxy', id }));`,
  'an acknowledgement, by an enum': `${io}enum Kind { Ack = 'a' }\nexport const f = (id: string) => redis.publish('sockets', JSON.stringify({ type: Kind.Ack, id }));`,
  'what is only named like an end': `${io}export const f = (id: string) => redis.publish('sockets', JSON.stringify({ type: 'closeAccount'.toLowerCase(), id })); // ! ioredis/publish lost`,
  'a request, packed': `${io}const pack = (x: unknown) => JSON.stringify(x);\nexport function f(id: string) { const m = { type: 'render', id }; return redis.publish('sockets', pack(m)); } // ! ioredis/publish lost`,
  'something complete, which others go on with': `${io}export const f = (id: string) => redis.publish('files', JSON.stringify({ type: 'uploadComplete', id })); // ! ioredis/publish lost`,
  'an answer, where it was asked for': `${io}export const f = ({ replyTo }: { replyTo: string }, payload: unknown) => redis.publish(replyTo, JSON.stringify({ payload }));`,
  'an answer, where it was asked for, in a template': `${io}export const f = ({ replyTo }: { replyTo: string }, payload: unknown) => redis.publish(\`\${replyTo}\`, JSON.stringify({ payload }));`,
  'a channel that holds where it came from': `${io}export const f = (replyTo: string, payload: unknown) => redis.publish(\`jobs:\${replyTo}\`, JSON.stringify({ payload })); // ! ioredis/publish lost`,
  'on a client that options make': `import type { RedisClientType } from 'redis';\nexport function bus(options: { connect: () => Promise<RedisClientType> }) {\n  const { connect } = options;\n  return { async send(id: string) { const client = await connect(); await client.publish('mail', id); } }; // ! node-redis/publish lost\n}`,
  'on a client that taken-apart options make': `import type { RedisClientType } from 'redis';\ninterface Options { connect(): Promise<RedisClientType> }\nexport const bus = ({ connect }: Options) => async (id: string) => { await (await connect()).publish('mail', id); }; // ! node-redis/publish lost`,
  'on what options make of another kind': `export function bus(options: { connect: () => Promise<{ publish(x: string, y: string): void }> }) {\n  const { connect } = options;\n  return async (id: string) => { (await connect()).publish('mail', id); };\n}`,
  'a number of a job is published': `${io}export const f = (id: number) => redis.publish('mail', String(id)); // ! ioredis/publish lost`,
  'a nudge': `${io}export const f = () => redis.publish('wake', '1');`,
  'a nudge, as a number': `${io}export const f = () => redis.publish('wake', 1 as never);`,
  'a word that is a job': `${io}export const f = () => redis.publish('mail', 'send-digest'); // ! ioredis/publish lost`,
  'a cache to forget, by the channel': `${io}export const f = (key: string) => redis.publish('cache-invalidation', key);`,
  'a cache to forget, by the function': `${io}export async function invalidate(key: string) { await redis.publish('keys', key); }`,
  'a cached job': `${io}export const f = (key: string) => redis.publish('cached-jobs', key); // ! ioredis/publish lost`,
  'a listener that takes no message': `${io}redis.on('message', async () => { await work(1); });`,
  'a listener that takes the channel alone': `${io}redis.on('message', async (channel) => { await work(channel); });`,
  'a listener that takes all': `${io}redis.on('message', async (...args) => { await work(args); }); // ! ioredis/on-message lost`,
  'another event': `${io}redis.on('error', (error) => { void work(error); });`,
  'subscribing': `${io}export const f = () => redis.subscribe('mail', (error) => { if (error) console.error(error); });`,
  'an in-process bus': `import { EventBus } from './bus.ts';\nconst redis = new EventBus();\nexport const f = () => redis.publish('mail', 'x');`,
  'publish of an event bus that is handed in': `export const f = (eventBus: { publish(x: unknown): void }) => eventBus.publish({ kind: 'task' });`,
});

const both = (push: string, take: string): Record<string, string> => ({ 'src/p.ts': `import Redis from 'ioredis';\nconst redis = new Redis();\nexport const put = (x: object) => ${push}`, 'src/c.ts': `import Redis from 'ioredis';\nconst redis = new Redis();\n${work}export async function loop() {\n  for (;;) {\n    const job = await ${take}\n    await work(job);\n  }\n}` });
cases('ioredis: lists, sorted sets and streams', setting, {
  'a list that somebody takes out of': both(`redis.lpush('jobs', JSON.stringify(x)); // ! ioredis/list-push lost`, `redis.brpop('jobs', 0); // ! ioredis/list-pop lost`),
  'a list that only wakes': { 'src/p.ts': `import Redis from 'ioredis';\nconst redis = new Redis();\nexport const wake = () => redis.lpush('signal', '1');`, 'src/c.ts': `import Redis from 'ioredis';\nconst redis = new Redis();\n${work}export async function loop() { for (;;) { await redis.brpop('signal', 0); await work(1); } }` },
  'a list whose name is a constant on both sides': { 'src/key.ts': `export const JOBS = 'jobs';`, 'src/p.ts': `import Redis from 'ioredis';\nimport { JOBS } from './key.ts';\nconst redis = new Redis();\nexport const put = (x: object) => redis.rpush(JOBS, JSON.stringify(x)); // ! ioredis/list-push lost`, 'src/c.ts': `import Redis from 'ioredis';\nimport { JOBS } from './key.ts';\nconst redis = new Redis();\n${work}export async function loop() { while (true) { const job = await redis.blpop(JOBS, 5); await work(job); } } // ! ioredis/list-pop lost` },
  'a list whose name a method gives': `import Redis from 'ioredis';\n${work}export class Jobs {\n  redis = new Redis();\n  key() { return 'jobs:mail'; }\n  put(x: object) { return this.redis.lpush(this.key(), JSON.stringify(x)); } // ! ioredis/list-push lost\n  async loop() { for (;;) { await work(await this.redis.rpop(this.key())); } } // ! ioredis/list-pop lost\n}`,
  'a list that is taken and handed on': `${io}export const put = (x: object) => redis.lpush('jobs', JSON.stringify(x)); // ! ioredis/list-push lost\nexport const next = () => redis.rpop('jobs');`,
  'a list that nobody takes out of': `${io}export const log = (x: object) => redis.lpush('log', JSON.stringify(x));`,
  'a list of which another is taken out': both(`redis.lpush('log', JSON.stringify(x));`, `redis.brpop('jobs', 0);`),
  'a bounded log': `${io}export const log = async (x: string) => { await redis.rpush('log', x); await redis.ltrim('log', -100, -1); };`,
  'a list that is filled elsewhere': `${io}export async function loop() { for (;;) { await work(await redis.brpop('jobs', 0)); } }`,
  'carried in the entry, not read': both(`redis.lpush('jobs', JSON.stringify({ ...x, traceparent: '00' }));`, `redis.brpop('jobs', 0); // ! ioredis/list-pop one-sided`),
  'carried in the entry and read': { 'src/p.ts': `import Redis from 'ioredis';\nconst redis = new Redis();\nexport const put = (x: object, traceparent: string) => redis.lpush('jobs', JSON.stringify({ ...x, traceparent }));`, 'src/c.ts': `${api}import Redis from 'ioredis';\nconst redis = new Redis();\n${work}export async function loop() { for (;;) { const job: any = await redis.brpop('jobs', 0); await context.with(propagation.extract(context.active(), job), () => work(job)); } }` },
  'in a pipeline': both(`redis.pipeline().lpush('jobs', JSON.stringify(x)).exec(); // ! ioredis/list-push lost`, `redis.brpop('jobs', 0); // ! ioredis/list-pop lost`),
  'a sorted set': both(`redis.zadd('later', Date.now(), JSON.stringify(x)); // ! ioredis/sorted-set-add lost`, `redis.bzpopmin('later', 0); // ! ioredis/sorted-set-pop lost`),
  'a leaderboard': `${io}export const score = (id: string, n: number) => redis.zadd('board', n, id);`,
  'a stream': both(`redis.xadd('jobs', '*', 'data', JSON.stringify(x)); // ! ioredis/stream-add lost`, `redis.xread('BLOCK', 0, 'STREAMS', 'jobs', '$'); // ! ioredis/stream-read lost`),
  'a stream with a group': both(`redis.xadd('jobs', '*', 'data', JSON.stringify(x)); // ! ioredis/stream-add lost`, `redis.xreadgroup('GROUP', 'g', 'c', 'COUNT', 10, 'STREAMS', 'jobs', '>'); // ! ioredis/stream-read lost`),
  'a stream, carried in a field': both(`redis.xadd('jobs', '*', 'data', JSON.stringify(x), 'traceparent', '00');`, `redis.xread('BLOCK', 0, 'STREAMS', 'jobs', '$'); // ! ioredis/stream-read one-sided`),
  'a stream that nobody reads': `${io}export const audit = (x: object) => redis.xadd('audit', '*', 'data', JSON.stringify(x));`,
  'what is no queue': `${io}export const f = async () => { await redis.set('a', '1'); await redis.hset('b', 'c', 'd'); await redis.sadd('e', 'f'); };`,
  'lpush of something else': `import { List } from 'elsewhere';\nconst redis = new List();\n${work}export const put = (x: string) => redis.lpush('jobs', x);\nexport async function loop() { for (;;) await work(await redis.brpop('jobs')); }`,
});

const node = `import { createClient } from 'redis';\nconst client = createClient();\n${work}`;
cases('node-redis', setting, {
  'published': `${node}export const f = () => client.publish('mail', JSON.stringify({ to: 'a' })); // ! node-redis/publish lost`,
  'a typed client': `import type { RedisClientType } from 'redis';\nexport const f = (client: RedisClientType) => client.publish('mail', 'x'); // ! node-redis/publish lost`,
  'carried': `${node}export const f = (traceparent: string) => client.publish('mail', JSON.stringify({ to: 'a', traceparent }));`,
  'a listener': `${node}await client.subscribe('mail', async (message) => { await work(message); }); // ! node-redis/subscribe lost`,
  'a listener that takes no message': `${node}await client.subscribe('mail', async () => { await work(1); });`,
  'a listener on a duplicate': `${node}const sub = client.duplicate();\nawait sub.pSubscribe('mail.*', async (message) => { await work(message); }); // ! node-redis/subscribe lost`,
  'a listener that does nothing': `${node}await client.subscribe('mail', (message) => { console.log(message); });`,
  'an old client\'s listener': `${node}client.on('message', async (channel, message) => { await work(message); }); // ! node-redis/on-message lost`,
  'a list': `${node}export const put = (x: object) => client.lPush('jobs', JSON.stringify(x)); // ! node-redis/list-push lost\nexport async function loop() { for (;;) { const job = await client.brPop('jobs', 0); await work(job); } } // ! node-redis/list-pop lost`,
  'a stream': `${node}export const put = (x: string) => client.xAdd('jobs', '*', { x }); // ! node-redis/stream-add lost\nexport async function loop() { for (;;) { const r = await client.xReadGroup('g', 'c', [{ key: 'jobs', id: '>' }]); await work(r); } } // ! node-redis/stream-read lost`,
  'a list of Upstash': `import { Redis } from '@upstash/redis';\nconst redis = Redis.fromEnv();\n${work}export const put = (x: object) => redis.lpush('jobs', x); // ! upstash-redis/list-push lost\nexport async function drain() { for (;;) { const job = await redis.rpop('jobs'); await work(job); } } // ! upstash-redis/list-pop lost`,
  'subscribe of something else': `import { interval } from 'rxjs';\n${work}export const f = () => interval(1000).subscribe(async (x) => { await work(x); });`,
});

const pg = `import { Client, Pool } from 'pg';\nconst pool = new Pool();\nconst client = new Client();\n${work}`;
const listens = `client.on('notification', async (message) => { await work(message.payload); });`;
cases('PostgreSQL: NOTIFY', setting, {
  'through a function': `${pg}export const f = (x: object) => pool.query('SELECT pg_notify($1, $2)', ['jobs', JSON.stringify(x)]); // ! pg/notify lost\n${listens} // ! pg/on-notification lost`,
  'as a statement': `${pg}export const f = (x: string) => client.query(\`NOTIFY jobs, '\${x}'\`); // ! pg/notify lost\n${listens} // ! pg/on-notification lost`,
  'in a constant': `${pg}const NOTIFY_SQL = 'SELECT pg_notify($1, $2)';\nexport const f = (x: object) => pool.query(NOTIFY_SQL, ['jobs', JSON.stringify(x)]); // ! pg/notify lost\n${listens} // ! pg/on-notification lost`,
  'carried': `${api}${pg}export const f = (traceparent: string) => pool.query('SELECT pg_notify($1, $2)', ['jobs', JSON.stringify({ traceparent })]);\nclient.on('notification', (m) => context.with(propagation.extract(context.active(), JSON.parse(m.payload!)), () => work(m)));`,
  'nobody listens': `${pg}export const f = (x: object) => pool.query('SELECT pg_notify($1, $2)', ['jobs', JSON.stringify(x)]);`,
  'nobody notifies': `${pg}${listens}`,
  'another query': `${pg}export const f = () => pool.query('SELECT 1');\n${listens}`,
  'a notice': `${pg}client.on('notice', (m) => { void work(m); });`,
  'postgres.js': `import postgres from 'postgres';\nconst sql = postgres();\n${work}export const f = (x: object) => sql.notify('jobs', JSON.stringify(x)); // ! postgres.js/notify lost\nawait sql.listen('jobs', async (payload) => { await work(payload); }); // ! postgres.js/listen lost`,
  'postgres.js, another channel': `import postgres from 'postgres';\nconst sql = postgres();\n${work}export const f = (x: object) => sql.notify('jobs', JSON.stringify(x));\nawait sql.listen('others', async (payload) => { await work(payload); });`,
  'listen of something else': `import express from 'express';\nconst app = express();\napp.listen('3000', async () => { await fetch('https://example.com'); });`,
});
