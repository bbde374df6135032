/** Job queues: Bull, Bee-Queue, Agenda, pg-boss, Graphile Worker, and Nest's modules for Bull and BullMQ; both sides. */
import { cases } from './harness.ts';

const dependencies = { bull: '^4.16.0', 'bee-queue': '^2.0.0', agenda: '^5.0.0', 'pg-boss': '^10.4.0', 'graphile-worker': '^0.16.0', '@nestjs/bull': '^11.0.0', '@nestjs/bullmq': '^11.0.0', bullmq: '^5.60.0', liteque: '^0.8.0', '@opentelemetry/api': '^1.9.0' };
const setting = { files: { 'package.json': { name: 'app', type: 'module', engines: { node: '>=20' }, dependencies } } };
const work = `async function work(x: unknown) { await fetch('https://example.com', { method: 'POST', body: String(x) }); }\n`;
const api = `import { context, propagation } from '@opentelemetry/api';\n`;

const bull = `import Queue from 'bull';\nconst mail = new Queue('mail', { redis: {} });\n${work}`;
cases('Bull: adding', setting, {
  'data': `${bull}export const f = () => mail.add({ to: 'a' }); // ! bull/queue-add lost`,
  'a name and data': `${bull}export const f = () => mail.add('welcome', { to: 'a' }); // ! bull/queue-add lost`,
  'in bulk': `${bull}export const f = (jobs: any) => mail.addBulk(jobs); // ! bull/queue-add-bulk lost`,
  'without new': `import Queue from 'bull';\nconst mail = Queue('mail');\nexport const f = () => mail.add({ to: 'a' }); // ! bull/queue-add lost`,
  'by its type': `import type { Queue } from 'bull';\nexport const f = (mail: Queue) => mail.add({ to: 'a' }); // ! bull/queue-add lost`,
  'by a qualified type': `import Bull from 'bull';\nexport const f = (mail: Bull.Queue) => mail.add({ to: 'a' }); // ! bull/queue-add lost`,
  'through a function of another file that a helper makes': {
    'src/queue.ts': `import Queue from 'bull';\nexport function createQueue(name: string) { const queue = new Queue(name); return queue; }`,
    'src/queues.ts': `import { createQueue } from './queue.ts';\nlet cached: ReturnType<typeof createQueue> | undefined;\nexport const events = () => { if (!cached) { cached = createQueue('events'); } return cached; };`,
    'src/model.ts': `import { events } from './queues.ts';\nexport async function afterSave(x: object) { await events().add(x); } // ! bull/queue-add lost`,
  },
  'CommonJS': { 'src/a.cjs': `const Queue = require('bull');\nconst mail = new Queue('mail');\nexports.f = () => mail.add({ to: 'a' }); // ! bull/queue-add lost` },
  'carried in the data': `${api}${bull}export const f = () => { const carrier = {}; propagation.inject(context.active(), carrier); return mail.add({ to: 'a', carrier }); };`,
  'carried after a name': `${bull}export const f = (traceparent: string) => mail.add('welcome', { to: 'a', traceparent });`,
  'a repeated job': `${bull}export const f = () => mail.add('digest', {}, { repeat: { cron: '0 0 * * *' } });`,
  'a repeated job without a name': `${bull}export const f = () => mail.add({}, { repeat: { every: 1000 } });`,
  'at module scope': `${bull}mail.add({ to: 'a' });`,
  'a Set': `const mail = new Set<unknown>();\nexport const f = () => mail.add({ to: 'a' });`,
  'a counter': `import { metrics } from '@opentelemetry/api';\nconst counter = metrics.getMeter('x').createCounter('mail');\nexport const f = () => counter.add(1);`,
  'a queue of the repo': `class Queue { add(x: unknown) { return x; } }\nconst mail = new Queue();\nexport const f = () => mail.add({ to: 'a' });`,
  'what only manages the queue': `${bull}export const f = async () => { await mail.pause(); await mail.getJobCounts(); await mail.obliterate(); };`,
});
cases('Bull: processing', setting, {
  'a handler': `${bull}mail.process(async (job) => { await work(job.data); }); // ! bull/process lost`,
  'with a concurrency': `${bull}mail.process(5, async (job) => { await work(job.data); }); // ! bull/process lost`,
  'with a name': `${bull}mail.process('welcome', 5, async (job) => { await work(job.data); }); // ! bull/process lost`,
  'a handler by name': `${bull}mail.process(work); // ! bull/process lost`,
  'what a wrapper makes of a handler': `${bull}declare function traced(fn: unknown): any;\nmail.process(traced(async (job: any) => { await work(job.data); })); // ! bull/process lost`,
  'a file': `${bull}mail.process('/srv/processor.js'); // ! bull/process lost sandboxed-processor`,
  'that extracts': `${api}${bull}mail.process(async (job) => context.with(propagation.extract(context.active(), job.data.carrier), () => work(job.data)));`,
  'that only logs': `${bull}mail.process(async (job) => { console.log(job.id); });`,
  'events of the queue': `${bull}mail.on('completed', (job) => { void work(job); });`,
  'process of something else': `import { unified } from 'unified';\nexport const f = (text: string) => unified().process(async () => text);`,
});

const nestBull = `import { InjectQueue, Process, Processor, OnQueueFailed } from '@nestjs/bull';\nimport type { Queue } from 'bull';\n${work}`;
cases('@nestjs/bull', setting, {
  'a decorated method': `${nestBull}@Processor('audio')\nexport class Audio {\n  @Process() // ! bull/nest-process lost\n  async transcode(job: unknown) { await work(job); }\n}`,
  'a named one': `${nestBull}@Processor('audio')\nexport class Audio {\n  @Process({ name: 'mp3', concurrency: 2 }) // ! bull/nest-process lost\n  async transcode(job: unknown) { await work(job); }\n}`,
  'one that does nothing': `${nestBull}@Processor('audio')\nexport class Audio {\n  @Process()\n  async transcode(job: unknown) { console.log(job); }\n}`,
  'an event of the queue': `${nestBull}@Processor('audio')\nexport class Audio {\n  @OnQueueFailed()\n  async failed(job: unknown) { await work(job); }\n}`,
  'an injected queue': `${nestBull}export class Api {\n  constructor(@InjectQueue('audio') private readonly audio: Queue) {}\n  start() { return this.audio.add('mp3', { file: 'a' }); } // ! bull/queue-add lost\n}`,
  'a decorator of that name': `const Process = () => (t: unknown, k: string) => {};\n${work}export class Audio {\n  @Process()\n  async transcode(job: unknown) { await work(job); }\n}`,
});
const nestBullmq = `import { InjectQueue, OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';\nimport type { Queue } from 'bullmq';\n${work}`;
cases('@nestjs/bullmq', setting, {
  'a processor': `${nestBullmq}@Processor('audio') // ! nestjs-bullmq/processor lost\nexport class Audio extends WorkerHost {\n  async process(job: unknown) { await work(job); }\n}`,
  'with options': `${nestBullmq}@Processor('audio', { concurrency: 2 }) // ! nestjs-bullmq/processor lost\nexport class Audio extends WorkerHost {\n  async process(job: unknown) { await work(job); }\n}`,
  'with telemetry': `${nestBullmq}import { BullMQOtel } from 'bullmq-otel';\n@Processor('audio', { telemetry: new BullMQOtel('audio') })\nexport class Audio extends WorkerHost {\n  async process(job: unknown) { await work(job); }\n}`,
  'that extracts': `${api}${nestBullmq}@Processor('audio')\nexport class Audio extends WorkerHost {\n  async process(job: any) { await context.with(propagation.extract(context.active(), job.data), () => work(job)); }\n}`,
  'an event of the worker': `${nestBullmq}@Processor('audio')\nexport class Audio extends WorkerHost {\n  async process(job: unknown) { console.log(job); }\n  @OnWorkerEvent('failed')\n  async failed(job: unknown) { await work(job); }\n}`,
  'an injected queue': `${nestBullmq}export class Api {\n  constructor(@InjectQueue('audio') private readonly audio: Queue) {}\n  start() { return this.audio.add('mp3', { file: 'a' }); } // ! bullmq/queue-add lost\n}`,
});

const bee = `import BeeQueue from 'bee-queue';\nconst sums = new BeeQueue('sums');\n${work}`;
cases('Bee-Queue', setting, {
  'a job': `${bee}export const f = () => sums.createJob({ a: 1 }).timeout(3000).retries(2).save(); // ! bee-queue/create-job lost`,
  'a job in a variable': `${bee}export async function f() {\n  const job = sums.createJob({ a: 1 }); // ! bee-queue/create-job lost\n  await job.save();\n}`,
  'carried': `${bee}export const f = (traceparent: string) => sums.createJob({ a: 1, traceparent }).save();`,
  'a handler': `${bee}sums.process(async (job) => work(job.data)); // ! bee-queue/process lost`,
  'a handler after a concurrency': `${bee}sums.process(4, async (job) => work(job.data)); // ! bee-queue/process lost`,
  'that extracts': `${api}${bee}sums.process(async (job) => context.with(propagation.extract(context.active(), job.data.otel), () => work(job.data)));`,
  'createJob of something else': `import { createScheduler } from 'elsewhere';\nconst s = createScheduler();\nexport const f = () => s.createJob({ a: 1 });`,
});

const agenda = `import { Agenda } from 'agenda';\nconst agenda = new Agenda({ db: { address: 'mongodb://db' } });\n${work}`;
cases('Agenda', setting, {
  'now': `${agenda}export const f = () => agenda.now('mail', { to: 'a' }); // ! agenda/now lost`,
  'later': `${agenda}export const f = () => agenda.schedule('in 5 minutes', 'mail', { to: 'a' }); // ! agenda/schedule lost`,
  'created': `${agenda}export const f = () => agenda.create('mail', { to: 'a' }).save(); // ! agenda/now lost`,
  'created, to be repeated': `${agenda}export const f = async () => {\n  const job = agenda.create('tidy', {});\n  job.unique({});\n  job.repeatEvery('5 minutes');\n  await job.save();\n};`,
  'created, to be repeated, in one chain': `${agenda}export const f = () => agenda.create('tidy', {}).unique({}).repeatAt('3:00am').save();`,
  'created beside one that is repeated': `${agenda}export const f = async () => {\n  const job = agenda.create('mail', { to: 'a' }); // ! agenda/now lost\n  await job.save();\n  const other = agenda.create('tidy', {}) as any;\n  other.repeatEvery('5 minutes');\n};`,
  'a definition of what is created to be repeated': `${agenda}agenda.define('tidy', async () => { await work(1); });\nexport const f = () => agenda.create('tidy', {}).repeatEvery('1 hour').save();`,
  'again and again': `${agenda}export const f = () => agenda.every('5 minutes', 'mail', { to: 'a' });`,
  'created, and told to run again and again': `${agenda}export async function f() {\n  const job = agenda.create('tidy', {});\n  job.unique({});\n  job.repeatEvery('1 hour');\n  await job.save();\n}`,
  'created to run again and again in one expression': `${agenda}export const f = () => agenda.create('tidy', {}).unique({}).repeatAt('3:30am').save();`,
  'told so at the end of a chain': `${agenda}export async function f() {\n  const job = agenda.create('tidy', {});\n  await job.unique({}).repeatEvery('1 hour').save();\n}`,
  'created beside one that runs again and again': `${agenda}export async function f() {\n  const tidy = agenda.create('tidy', {});\n  tidy.repeatEvery('1 hour');\n  await tidy.save();\n  const mail = agenda.create('mail', { to: 'a' }); // ! agenda/now lost\n  mail.schedule('in 5 minutes');\n  await mail.save();\n}`,
  'a definition of what is created to run again and again': `${agenda}agenda.define('tidy', async () => { await work(1); });\nexport const f = () => agenda.create('tidy', {}).repeatEvery('1 hour').save();`,
  'carried': `${agenda}export const f = (traceparent: string) => agenda.now('mail', { to: 'a', traceparent });`,
  'a definition': `${agenda}agenda.define('mail', async (job) => { await work(job.attrs.data); }); // ! agenda/define lost`,
  'a definition with options before': `${agenda}agenda.define('mail', { concurrency: 5 }, async (job) => { await work(job.attrs.data); }); // ! agenda/define lost`,
  'a definition with options after': `${agenda}agenda.define('mail', async (job) => { await work(job.attrs.data); }, { concurrency: 5 }); // ! agenda/define lost`,
  'a definition of what only runs on a schedule': `${agenda}agenda.define('tidy', async () => { await work(1); });\nexport const f = () => agenda.every('1 hour', 'tidy');`,
  'a definition by a name that cannot be told, where all is scheduled': `${agenda}export class Cron {\n  add(name: string, every: string) {\n    agenda.define(name, async () => { await work(name); });\n    return agenda.every(every, name);\n  }\n}`,
  'a definition by a name that cannot be told': `${agenda}export class Jobs {\n  add(name: string) {\n    agenda.define(name, async () => { await work(name); }); // ! agenda/define lost\n    return agenda.now(name, {}); // ! agenda/now lost\n  }\n}`,
  'define of something else': `import { defineStore } from 'elsewhere';\nexport const f = () => defineStore.define('mail', async () => 1);`,
});

const boss = `import PgBoss from 'pg-boss';\nconst boss = new PgBoss('postgres://db');\n${work}`;
cases('pg-boss', setting, {
  'sent': `${boss}export const f = () => boss.send('mail', { to: 'a' }); // ! pg-boss/send lost`,
  'sent as an object': `${boss}export const f = () => boss.send({ name: 'mail', data: { to: 'a' } }); // ! pg-boss/send lost`,
  'sent later': `${boss}export const f = () => boss.sendAfter('mail', { to: 'a' }, {}, 60); // ! pg-boss/send lost`,
  'inserted': `${boss}export const f = () => boss.insert([{ name: 'mail', data: { to: 'a' } }]); // ! pg-boss/insert lost`,
  'by the named export': `import { PgBoss } from 'pg-boss';\nexport const f = (boss: PgBoss) => boss.send('mail', { to: 'a' }); // ! pg-boss/send lost`,
  'carried': `${boss}export const f = (traceparent: string) => boss.send('mail', { to: 'a', traceparent });`,
  'carried in every inserted job': `${boss}export const f = (traceparent: string) => boss.insert([{ name: 'mail', data: { traceparent } }, { name: 'mail', data: { traceparent } }]);`,
  'carried in one inserted job of two': `${boss}export const f = (traceparent: string) => boss.insert([{ name: 'mail', data: { traceparent } }, { name: 'mail' }]); // ! pg-boss/insert lost`,
  'on a schedule': `${boss}export const f = () => boss.schedule('tidy', '0 0 * * *');`,
  'a handler': `${boss}await boss.work('mail', async ([job]) => { await work(job.data); }); // ! pg-boss/work lost`,
  'a handler after options': `${boss}await boss.work('mail', { batchSize: 5 }, async (jobs) => { for (const job of jobs) await work(job.data); }); // ! pg-boss/work lost`,
  'a handler that extracts': `${api}${boss}await boss.work('mail', async ([job]) => context.with(propagation.extract(context.active(), job.data.otel), () => work(job)));`,
  'fetched in a loop': `${boss}export async function poll() {\n  for (;;) {\n    const jobs = await boss.fetch('mail'); // ! pg-boss/fetch lost\n    for (const job of jobs) await work(job);\n  }\n}`,
  'fetched and given back': `${boss}export const peek = () => boss.fetch('mail');`,
  'send of something else': `import express from 'express';\nconst app = express();\napp.get('/', (req, res) => { res.send('mail'); });`,
});

const graphile = `import { makeWorkerUtils, quickAddJob, run, runTaskList, type Task } from 'graphile-worker';\n${work}`;
cases('Graphile Worker', setting, {
  'added': `${graphile}export async function f() { const utils = await makeWorkerUtils({}); await utils.addJob('mail', { to: 'a' }); } // ! graphile-worker/add-job lost`,
  'added at once': `${graphile}export const f = () => quickAddJob({ connectionString: 'x' }, 'mail', { to: 'a' }); // ! graphile-worker/quick-add-job lost`,
  'added by a script': { 'scripts/seed.ts': `${graphile}export async function f() { const utils = await makeWorkerUtils({}); await utils.addJob('mail', { to: 'a' }); }` },
  'added by a task': `import type { JobHelpers } from 'graphile-worker';\nexport async function again(helpers: JobHelpers) { await helpers.addJob('mail', { to: 'a' }); } // ! graphile-worker/add-job lost`,
  'carried': `${graphile}export const f = (traceparent: string) => quickAddJob({}, 'mail', { to: 'a', traceparent });`,
  'a list of tasks': `${graphile}await run({ taskList: {\n  mail: async (payload) => { await work(payload); }, // ! graphile-worker/run lost\n  async digest(payload) { await work(payload); }, // ! graphile-worker/run lost\n  noop: async () => {},\n} });`,
  'a list of tasks in a variable': `${graphile}const taskList = {\n  mail: work, // ! graphile-worker/run lost\n};\nawait run({ taskList });`,
  'a list of tasks by names of their own': `${graphile}const QUEUES = { MAIL: 'mail', NOOP: 'noop' };\nawait run({ taskList: {\n  [QUEUES.MAIL]: async (payload) => { await work(payload); }, // ! graphile-worker/run lost\n  [QUEUES.NOOP]: async () => {},\n} });`,
  'a list of its own': `${graphile}await runTaskList({ concurrency: 1 }, {\n  mail: work, // ! graphile-worker/task-list lost\n}, pool);\ndeclare const pool: any;`,
  'a typed task': `${graphile}export const mail: Task = async (payload) => { await work(payload); }; // ! graphile-worker/task lost`,
  'a typed task that extracts': `${api}${graphile}export const mail: Task = async (payload: any) => context.with(propagation.extract(context.active(), payload.otel), () => work(payload));`,
  'run of something else': `import { run } from 'elsewhere';\n${work}await run({ taskList: { mail: work } });`,
});

const lite = `import { buildDBClient, Runner, SqliteQueue } from 'liteque';\nconst mail = new SqliteQueue<{ to: string }>('mail', buildDBClient('a.db'), {});\n${work}`;
cases('liteque', setting, {
  'both sides': `${lite}export const f = () => mail.enqueue({ to: 'a' }); // ! liteque/enqueue lost\nexport const runner = new Runner(mail, { run: async (job) => { await work(job.data); } }, { concurrency: 1 }); // ! liteque/runner lost`,
  'a runner that only logs': `${lite}export const runner = new Runner(mail, { run: async (job) => { console.log(job.id); } }, { concurrency: 1 });`,
  'a runner that extracts': `${api}${lite}export const runner = new Runner(mail, { run: (job) => context.with(propagation.extract(context.active(), job.data.otel), () => work(job.data)) }, { concurrency: 1 });`,
  'carried': `${lite}export const f = (traceparent: string) => mail.enqueue({ to: 'a', traceparent });`,
  'a queue of one\'s own': `import { SqliteQueue } from './queue.ts';\nexport const f = () => new SqliteQueue().enqueue({ to: 'a' });`,
});
