/** Recurring work: it belongs to no caller. Begun inside a request, it keeps that request's context for ever. */
import { cases } from './harness.ts';

const work = `async function work(id?: string) { await fetch('https://example.com/' + id); }\n`;
const app = `import express from 'express';\n${work}const app = express();\n`;

cases('leaked: begun in a request', {}, {
  'in a handler': `${app}app.post('/watch', (req, res) => {\n  setInterval(() => void work(req.body.id), 1000); // ! timers/set-interval leaked\n  res.end();\n});`,
  'in a function that the handler calls': `${app}let timer: NodeJS.Timeout | undefined;
function ensureFlushing() { timer ??= setInterval(() => void work('flush'), 1000); } // ! timers/set-interval leaked
app.post('/events', async (req, res) => { ensureFlushing(); res.end(); });`,
  'through two calls': `${app}function start() { setInterval(work, 1000); } // ! timers/set-interval leaked
function prepare() { start(); }
app.get('/x', (req, res) => { prepare(); res.end(); });`,
  'in a handler by name': `${app}async function watch(req: any, res: any) {\n  setInterval(() => void work('x'), 1000); // ! timers/set-interval leaked\n  await work('x');\n}\napp.get('/x', watch);`,
  'in a controller, by the type of its parameter': `import type { Request, Response } from 'express';\n${work}export async function watch(req: Request, res: Response) { setInterval(() => void work('x'), 1000); res.end(); } // ! timers/set-interval leaked`,
  'in a job': `import { Worker } from 'bullmq';\n${work}export const w = new Worker('q', async (job) => { // ! bullmq/worker lost
  setInterval(() => void work(job.id), 1000); // ! timers/set-interval leaked
  await work(job.id);
});`,
  'cleared elsewhere': `${app}let timer: NodeJS.Timeout;
app.post('/start', (req, res) => { timer = setInterval(() => void work('x'), 1000); res.end(); }); // ! timers/set-interval leaked
app.post('/stop', (req, res) => { clearInterval(timer); res.end(); });`,
  'node-cron': `import cron from 'node-cron';\n${app}app.post('/x', (req, res) => { cron.schedule('* * * * *', () => work('x')); res.end(); }); // ! node-cron/schedule leaked`,
  'node-cron by name': `import { schedule } from 'node-cron';\n${app}app.post('/x', (req, res) => { schedule(req.body.cron, async () => { await work('x'); }); res.end(); }); // ! node-cron/schedule leaked`,
  'cron': `import { CronJob } from 'cron';\n${app}app.post('/x', (req, res) => { new CronJob('* * * * *', () => work('x'), null, true); res.end(); }); // ! cron/job leaked`,
  'node-schedule': `import schedule from 'node-schedule';\n${app}app.post('/x', (req, res) => { schedule.scheduleJob('* * * * *', () => work('x')); res.end(); }); // ! node-schedule/schedule-job leaked`,
  'node-schedule with a name that is not written out': `import { scheduleJob } from 'node-schedule';\n${app}const NIGHTLY = '0 4 * * *';\napp.post('/x', (req, res) => { scheduleJob(req.body.id, NIGHTLY, () => work('x')); res.end(); }); // ! node-schedule/schedule-job leaked`,
  'in a procedure of tRPC': `import { initTRPC } from '@trpc/server';\n${work}const t = initTRPC.create();\nexport const router = t.router({ watch: t.procedure.use(({ next }) => next()).mutation(async () => { setInterval(() => void work('x'), 1000); }) }); // ! timers/set-interval leaked`,
  'in a route of Next': `import type { NextRequest } from 'next/server';\n${work}export async function POST(request: NextRequest) { setInterval(() => void work('x'), 1000); return Response.json(request.url); } // ! timers/set-interval leaked`,
  'node-schedule with a name and a rule': `import { scheduleJob } from 'node-schedule';\n${app}app.post('/x', (req, res) => { scheduleJob({ hour: 4 }, () => work('x')); res.end(); }); // ! node-schedule/schedule-job leaked`,
  'croner': `import { Cron } from 'croner';\n${app}app.post('/x', (req, res) => { new Cron('* * * * *', () => work('x')); res.end(); }); // ! croner/cron leaked`,
  'toad-scheduler': `import { AsyncTask } from 'toad-scheduler';\n${app}app.post('/x', (req, res) => { const task = new AsyncTask('sync', () => work('x')); void task; res.end(); }); // ! toad-scheduler/task leaked recurring`,
  'in a callback inside the handler': `${app}app.get('/x', (req, res) => { ['a'].forEach((id) => setInterval(() => void work(id), 1000)); res.end(); }); // ! timers/set-interval leaked`,
});

cases('leaked: silent', {}, {
  'at module scope': `${work}setInterval(() => void work('x'), 1000);`,
  'as the service starts': `${work}export function start() { setInterval(() => void work('x'), 1000); }`,
  'in a constructor': `${work}export class Heartbeat { constructor() { setInterval(() => void work('x'), 1000); } }`,
  'in a function beside the handlers': `${app}function start() { setInterval(() => void work('x'), 1000); }\napp.get('/x', (req, res) => res.end());\napp.listen(3000, start);`,
  'the request ends it': `${app}app.get('/x', (req, res) => { const t = setInterval(() => void work('x'), 1000); req.on('close', () => clearInterval(t)); });`,
  'ended in a finally': `${app}app.get('/x', async (req, res) => { const t = setInterval(() => void work('lock'), 1000); try { await work('x'); } finally { clearInterval(t); } res.end(); });`,
  'ends itself': `${app}app.get('/x', (req, res) => { const t = setInterval(async () => { await work('x'); clearInterval(t); res.end(); }, 1000); });`,
  'a lock that a job extends': `import { Worker } from 'bullmq';\n${work}export const w = new Worker('q', async (job) => { const t = setInterval(() => void job.extendLock('t', 1000), 1000); try { await work(job.id); } finally { clearInterval(t); } }); // ! bullmq/worker lost`,
  'that only pings': `${app}app.get('/x', (req, res) => { setInterval(() => { res.locals.n++; }, 1000); });`,
  'that only logs': `${app}app.get('/x', (req, res) => { setInterval(() => console.log('alive'), 1000); res.end(); });`,
  'under ROOT_CONTEXT': `import { context, ROOT_CONTEXT } from '@opentelemetry/api';\n${app}app.get('/x', (req, res) => { context.with(ROOT_CONTEXT, () => setInterval(() => void work('x'), 1000)); res.end(); });`,
  'each run begins a trace': `import { trace } from '@opentelemetry/api';\n${app}app.get('/x', (req, res) => { setInterval(() => trace.getTracer('x').startActiveSpan('run', { root: true }, async (span) => { await work('x'); span.end(); }), 1000); res.end(); });`,
  'a handler of a registry of one\'s own': `${work}const app = { post(path: string, fn: (req: unknown) => void) { void path; void fn; } };\napp.post('/x', (req) => { setInterval(() => void work(String(req)), 1000); });`,
  'a date comes once, with a name': `import { scheduleJob } from 'node-schedule';\n${app}const at = new Date(2030, 1);\napp.post('/x', (req, res) => { scheduleJob('tidy', at, () => work('x')); res.end(); });`,
  'a mutation of somebody else\'s': `import { store } from './store.js';\n${work}export const watch = store.mutation(async () => { setInterval(() => void work('x'), 1000); });`,
  'where tRPC is made': `import { initTRPC } from '@trpc/server';\n${work}export function begin() { const t = initTRPC.create(); setInterval(() => void work('x'), 1000); return t; }`,
  'a date comes once': `import schedule from 'node-schedule';\n${app}app.post('/x', (req, res) => { schedule.scheduleJob(new Date(req.body.at), () => work('x')); schedule.scheduleJob(req.body.at, () => work('y')); res.end(); });`,
  'cron at module scope': `import cron from 'node-cron';\n${work}cron.schedule('* * * * *', () => work('x'));`,
  'cron in a bootstrap function': `import cron from 'node-cron';\n${work}export function registerJobs() { cron.schedule('* * * * *', () => work('x')); }`,
  'cron in a service': `import { CronJob } from 'cron';\n${work}export class Jobs { onModuleInit() { new CronJob('* * * * *', () => work('x')).start(); } }`,
  'cron that the request stops': `import cron from 'node-cron';\n${app}app.get('/x', (req, res) => { const job = cron.schedule('* * * * *', () => work('x')); req.on('close', () => job.stop()); });`,
  'a timeout': `${app}app.get('/x', (req, res) => { setTimeout(() => void work('x'), 1000); res.end(); });`,
  'another setInterval': `import { setInterval } from './clock.js';\n${app}app.get('/x', (req, res) => { setInterval(() => void work('x'), 1000); res.end(); });`,
  'a type of that name from elsewhere': `import type { Request } from './types.js';\n${work}export function f(req: Request) { void req; setInterval(() => void work('x'), 1000); }`,
  'an app that is passed in': `import type { Express } from 'express';\n${work}export function register(app: Express) { void app; setInterval(() => void work('x'), 1000); }`,
});

cases('leaked: a page forgets by itself', { runtime: 'browser' }, {
  'recurring work begins a trace in each run': `${work}export function f() { setInterval(() => void work('x'), 1000); window.setInterval(work, 10); }`,
});
cases('leaked: under ZoneContextManager the context stays', { runtime: 'browser-zone' }, {
  'but a page has no requests': `${work}export function f() { setInterval(() => void work('x'), 1000); }`,
});
