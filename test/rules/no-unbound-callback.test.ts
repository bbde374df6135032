import { describe } from 'vitest';
import rule from '../../rules/no-unbound-callback.ts';
import { runRule, type Case } from '../eslint/support.ts';

const strict = { strict: true };
const bound = (code: string): string => `import { context } from '@opentelemetry/api';\n\n${code}`;
const inside = (statement: string): string => `export async function handle(job: any) {\n  ${statement}\n}`;
const insideJs = (statement: string): string => `export async function handle(job) {\n  ${statement}\n}`;

/** Silent by default in the place where they stand; what the case needs to be flagged stands in `invalid`. */
const valid: Case[] = [
  // Node keeps the context.
  inside('setTimeout(() => fetch(job.url), 10);'),
  inside('setImmediate(() => job.save());'),
  inside('queueMicrotask(() => job.save());'),
  inside('process.nextTick(() => job.save());'),
  inside('setInterval(() => job.save(), 1000);'),
  { name: 'recurring work in a page', code: inside('setInterval(() => job.save(), 10);'), file: 'browser/file.ts' },
  { name: 'recurring work, portable', code: inside('setInterval(() => job.save(), 10);'), file: 'portable/file.ts', option: strict },
  { name: 'a poll in Node', code: inside('const poll = () => { job.refresh(); setTimeout(poll, 1000); }; poll();') },
  // A page without a tracer has nothing to lose.
  { code: inside('setTimeout(() => fetch("/api"), 10);'), file: 'page/file.ts' },
  { code: inside('window.setTimeout(() => fetch("/api"), 10);'), file: 'page/file.tsx' },
  ...([
    ['module scope', 'setTimeout(() => fetch(`https://api.internal/x`), 10);'],
    ['class field initialiser', 'export class A { timer = setTimeout(() => fetch("/x"), 10); }'],
    ['only resolves', inside('await new Promise((resolve) => setTimeout(resolve, 10));')],
    ['only rejects', inside('await new Promise((_, reject) => setTimeout(() => reject(new Error("late")), 10));')],
    ['a resolver by another name', inside('await new Promise<void>((go) => setTimeout(go, 10));')],
    ['only logs', inside('setTimeout(() => console.log("slow", job.id), 10);')],
    ['only logs through a logger', inside('setTimeout(() => logger.warn("slow"), 10);')],
    ['only clears', inside('const timer = setInterval(() => {}, 10); setTimeout(() => clearInterval(timer), 100);')],
    ['only counts', 'let open = 0;\nexport function leave() { setTimeout(() => { open -= 1; }, 10); }'],
    ['only aborts', inside('const controller = new AbortController(); setTimeout(() => controller.abort(), 10);')],
    ['nothing', inside('setTimeout(() => {}, 10);')],
    ['a named function that does nothing', 'function tick() { count(); }\nfunction count() { let n = 0; n += 1; }\nexport function start() { setTimeout(tick, 10); }'],
    ['own setTimeout', 'const setTimeout = (fn: () => void, ms: number) => { fn(); return ms; };\nexport function f(job: any) { setTimeout(() => job.save(), 10); }'],
    ['a parameter of that name', 'export function f(setTimeout: (fn: () => void) => void, job: any) { setTimeout(() => job.save()); }'],
    ['imported from elsewhere', 'import { setTimeout } from "./clock.js";\nexport function f(job: any) { setTimeout(() => job.save(), 10); }'],
    ['promises', 'import { setTimeout } from "node:timers/promises";\nexport async function f() { await setTimeout(10); }'],
    ['a method of that name', 'export function f(clock: any, job: any) { clock.setTimeout(() => job.save(), 10); }'],
    ['bound', bound(inside('setTimeout(context.bind(context.active(), () => job.save()), 10);'))],
    ['bound before', bound(inside('const later = context.bind(context.active(), () => job.save()); setTimeout(later, 10);'))],
    ['bound through the namespace', `import * as api from '@opentelemetry/api';\n${inside('setTimeout(api.context.bind(api.context.active(), () => job.save()), 10);')}`],
    ['own nextTick', 'const process = { nextTick(fn: () => void) { fn(); } };\nexport function f(job: any) { process.nextTick(() => job.save()); }'],
    ['mentioned, not called', 'export const timer = setTimeout;'],
    ['in a comment', '// setTimeout(() => save(), 10)\nexport const x = 1;'],
    ['no argument', 'export function f() { (setTimeout as any)(); }'],
    ['an array that is only iterated', 'const hooks: (() => void)[] = [];\nexport function on(fn: () => Promise<void>) { hooks.push(fn); }\nexport function run() { for (const hook of hooks) hook(); }'],
  ] as const).map(([name, code]): Case => ({ name, code, option: strict, file: 'portable/file.ts' })),
  { name: 'zone keeps timers', code: inside('setTimeout(() => job.save(), 10);'), file: 'configured/src/zone/a.ts' },
  { name: 'kept in a configured runtime', code: inside('setTimeout(() => job.save(), 10);'), file: 'configured/src/a.ts' },
  { name: 'ignored by the configuration', code: inside('setTimeout(() => job.save(), 10);'), option: strict, file: 'configured/src/legacy/deep/a.ts' },
  { name: 'ignored folder', code: inside('setTimeout(() => job.save(), 10);'), option: strict, file: 'configured/generated/a.ts' },
  { name: 'AsyncResource in Node', code: `import { AsyncResource } from 'node:async_hooks';\n${inside('setTimeout(AsyncResource.bind(() => job.save()), 10);')}`, option: strict },
  { name: 'a drained list where it was filled', code: 'export async function run(tasks: (() => Promise<void>)[]) { const left: (() => Promise<void>)[] = []; for (const t of tasks) left.push(t); while (left.length > 0) await left.shift()!(); }' },
];

describe('no-unbound-callback', () => {
  runRule('no-unbound-callback', rule, {
    typescript: {
      valid,
      invalid: [
        { name: 'strict, in Node', code: inside('«setTimeout»(() => job.save(), 10);'), option: strict, suggests: bound(inside('setTimeout(context.bind(context.active(), () => job.save()), 10);')) },
        { name: 'strict by settings', code: inside('«setTimeout»(() => job.save(), 10);'), settings: { handoff: { strict: true } }, suggests: bound(inside('setTimeout(context.bind(context.active(), () => job.save()), 10);')) },
        { name: 'browser', code: inside('«setTimeout»(() => job.save(), 10);'), file: 'browser/file.ts', suggests: bound(inside('setTimeout(context.bind(context.active(), () => job.save()), 10);')),
          says: /`setTimeout\(…\)`.*context\.bind/ },
        { name: 'window.setTimeout', code: inside('window.«setTimeout»(() => job.save(), 10);'), file: 'browser/file.ts', suggests: bound(inside('window.setTimeout(context.bind(context.active(), () => job.save()), 10);')) },
        { name: 'globalThis.setTimeout', code: inside('globalThis.«setTimeout»(() => job.save(), 10);'), file: 'browser/file.ts', suggests: bound(inside('globalThis.setTimeout(context.bind(context.active(), () => job.save()), 10);')) },
        { name: 'portable', code: inside('«setTimeout»(() => job.save(), 10);'), file: 'portable/file.ts', suggests: bound(inside('setTimeout(context.bind(context.active(), () => job.save()), 10);')),
          says: /`runtime` in handoff\.config\.json/ },
        { name: 'setImmediate', code: inside('«setImmediate»(() => job.save());'), option: strict, suggests: bound(inside('setImmediate(context.bind(context.active(), () => job.save()));')) },
        { name: 'queueMicrotask', code: inside('«queueMicrotask»(() => job.save());'), file: 'browser/file.ts', suggests: bound(inside('queueMicrotask(context.bind(context.active(), () => job.save()));')) },
        { name: 'nextTick', code: inside('process.«nextTick»(() => job.save());'), option: strict, suggests: bound(inside('process.nextTick(context.bind(context.active(), () => job.save()));')) },
        { name: 'nextTick, optional', code: inside('process?.«nextTick»?.(() => job.save());'), option: strict, suggests: bound(inside('process?.nextTick?.(context.bind(context.active(), () => job.save()));')) },
        { name: 'element access', code: inside("globalThis[«'setTimeout'»](() => job.save(), 10);"), file: 'browser/file.ts', suggests: bound(inside("globalThis['setTimeout'](context.bind(context.active(), () => job.save()), 10);")) },
        { name: 'node:timers', code: `import { setTimeout } from 'node:timers';\n${inside('«setTimeout»(() => job.save(), 10);')}`, option: strict, suggests: `import { setTimeout } from 'node:timers';\nimport { context } from '@opentelemetry/api';\n${inside('setTimeout(context.bind(context.active(), () => job.save()), 10);')}` },
        { name: 'an alias of the import', code: `import { setTimeout as later } from 'node:timers';\n${inside('«later»(() => job.save(), 10);')}`, option: strict, suggests: `import { setTimeout as later } from 'node:timers';\nimport { context } from '@opentelemetry/api';\n${inside('later(context.bind(context.active(), () => job.save()), 10);')}` },
        { name: 'an alias of the global', code: 'const later = setTimeout;\nexport function f(job: any) { «later»(() => job.save(), 10); }', option: strict, suggests: bound('const later = setTimeout;\nexport function f(job: any) { later(context.bind(context.active(), () => job.save()), 10); }') },
        { name: 'process imported', code: `import process from 'node:process';\n${inside('process.«nextTick»(() => job.save());')}`, option: strict, suggests: `import process from 'node:process';\nimport { context } from '@opentelemetry/api';\n${inside('process.nextTick(context.bind(context.active(), () => job.save()));')}` },
        { name: 'a function by name', code: 'async function sync() { await fetch(`https://api.internal/sync`); }\nexport function start() { «setTimeout»(sync, 10); }', option: strict, suggests: bound('async function sync() { await fetch(`https://api.internal/sync`); }\nexport function start() { setTimeout(context.bind(context.active(), sync), 10); }') },
        { name: 'an imported function', code: 'import { sync } from "./sync.js";\nexport function start() { «setTimeout»(sync, 10); }', option: strict, suggests: 'import { sync } from "./sync.js";\nimport { context } from "@opentelemetry/api";\nexport function start() { setTimeout(context.bind(context.active(), sync), 10); }' },
        { name: 'a method bound to this', code: 'export class A {\n  async save() { await fetch(`https://api.internal/x`); }\n  later() { «setTimeout»(this.save.bind(this), 10); }\n}', option: strict, suggests: bound('export class A {\n  async save() { await fetch(`https://api.internal/x`); }\n  later() { setTimeout(context.bind(context.active(), this.save.bind(this)), 10); }\n}') },
        { name: 'work through one call', code: 'function a() { b(); }\nasync function b() { await fetch(`https://api.internal/x`); }\nexport function start() { «setTimeout»(() => a(), 10); }', option: strict, suggests: bound('function a() { b(); }\nasync function b() { await fetch(`https://api.internal/x`); }\nexport function start() { setTimeout(context.bind(context.active(), () => a()), 10); }') },
        { name: 'a shared queue', code: `import PQueue from 'p-queue';\nconst queue = new PQueue({ concurrency: 1 });\n${inside('queue.«add»(() => job.save());')}`, suggests: `import PQueue from 'p-queue';\nimport { context } from '@opentelemetry/api';\nconst queue = new PQueue({ concurrency: 1 });\n${inside('queue.add(context.bind(context.active(), () => job.save()));')}` },
        { name: 'a shared limiter, options first', code: `import Bottleneck from 'bottleneck';\nconst limiter = new Bottleneck({ maxConcurrent: 1 });\n${inside('limiter.«schedule»({ priority: 1 }, () => job.save());')}`, suggests: `import Bottleneck from 'bottleneck';\nimport { context } from '@opentelemetry/api';\nconst limiter = new Bottleneck({ maxConcurrent: 1 });\n${inside('limiter.schedule({ priority: 1 }, context.bind(context.active(), () => job.save()));')}` },
        { name: 'a listener for one caller', code: `import { EventEmitter } from 'node:events';\nconst bus = new EventEmitter();\n${inside('bus.«once»(`done:${job.id}`, () => job.save());')}`, suggests: `import { EventEmitter } from 'node:events';\nimport { context } from '@opentelemetry/api';\nconst bus = new EventEmitter();\n${inside('bus.once(`done:${job.id}`, context.bind(context.active(), () => job.save()));')}` },
        { name: 'an item in a shared queue has no repair', code: `import fastq from 'fastq';\nconst queue = fastq.promise(async (url: string) => { await fetch(url); }, 1);\n${inside('queue.«push»(job.url);')}`, says: /context\.active\(\)/ },
        { name: 'a timer that reschedules itself', code: 'export function poll() {\n  void fetch(`https://api.internal/x`);\n  «setTimeout»(poll, 1000);\n}', option: strict,
          says: /in each run\./ },
        { name: 'rescheduled through an arrow', code: 'export async function poll() {\n  await fetch(`https://api.internal/x`);\n  «setTimeout»(() => poll(), 1000);\n}', option: strict },
        { name: 'two in one function, each its own repair', code: inside('«setTimeout»(() => job.save(), 10);'), option: strict, suggests: bound(inside('setTimeout(context.bind(context.active(), () => job.save()), 10);')) },
        { name: 'a listener taken off by its identity', code: 'declare const target: { off(e: string, f: () => void): void };\nasync function run() { await fetch(`https://api.internal/x`); }\nexport function f() { «setTimeout»(run, 10); target.off("x", run); }', option: strict },
        { name: 'a string of code has no repair', code: inside('«setTimeout»("save()" as any, 10);'), option: strict },
        { name: '`context` is taken', code: 'export function f(context: any) { «setTimeout»(() => context.save(), 10); }', option: strict, suggests: "import { context as otelContext } from '@opentelemetry/api';\n\nexport function f(context: any) { setTimeout(otelContext.bind(otelContext.active(), () => context.save()), 10); }" },
        { name: 'the import is there', code: `import { trace } from '@opentelemetry/api';\n${inside('«setTimeout»(() => job.save(), 10);')}\nexport { trace };`, option: strict, suggests: `import { trace, context } from '@opentelemetry/api';\n${inside('setTimeout(context.bind(context.active(), () => job.save()), 10);')}\nexport { trace };` },
        { name: 'AsyncResource does not help a page', code: `import { AsyncResource } from 'async_hooks';\n${inside('«setTimeout»(AsyncResource.bind(() => job.save()), 10);')}`, file: 'configured/src/page/a.ts', suggests: `import { AsyncResource } from 'async_hooks';\nimport { context } from '@opentelemetry/api';\n${inside('setTimeout(context.bind(context.active(), AsyncResource.bind(() => job.save())), 10);')}` },
        { name: 'an own boundary', code: `import { defer } from '@acme/later';\n${inside('«defer»(() => job.save());')}`, file: 'configured/src/a.ts', suggests: `import { defer } from '@acme/later';\nimport { context } from '@opentelemetry/api';\n${inside('defer(context.bind(context.active(), () => job.save()));')}` },
        { name: 'an override says browser', code: inside('«setTimeout»(() => job.save(), 10);'), file: 'configured/src/page/a.ts', suggests: bound(inside('setTimeout(context.bind(context.active(), () => job.save()), 10);')) },
        { name: 'without the API there is nothing to import', code: inside('«setTimeout»(() => job.save(), 10);'), file: 'bare/file.ts', option: strict,
          says: /`otel-handoff fix` repairs it\.$/ },
        { name: 'an in-process queue in Node', code: 'const jobs: (() => Promise<void>)[] = [];\nexport function enqueue(job: () => Promise<void>) { jobs.«push»(job); }\nexport async function drain() { for (let next = jobs.shift(); next; next = jobs.shift()) await next(); }', suggests: bound('const jobs: (() => Promise<void>)[] = [];\nexport function enqueue(job: () => Promise<void>) { jobs.push(context.bind(context.active(), job)); }\nexport async function drain() { for (let next = jobs.shift(); next; next = jobs.shift()) await next(); }') },
        { name: 'Windows line ends', code: 'export function f(job: any) {\r\n  «setTimeout»(() => job.save(), 10);\r\n}\r\n', option: strict, suggests: "import { context } from '@opentelemetry/api';\r\n\r\nexport function f(job: any) {\r\n  setTimeout(context.bind(context.active(), () => job.save()), 10);\r\n}\r\n" },
        { name: 'a #! line', code: '#!/usr/bin/env node\nexport function f(job: any) {\n  «setTimeout»(() => job.save(), 10);\n}', option: strict, suggests: "#!/usr/bin/env node\nimport { context } from '@opentelemetry/api';\n\nexport function f(job: any) {\n  setTimeout(context.bind(context.active(), () => job.save()), 10);\n}" },
        { name: 'a virtual name', code: inside('«setTimeout»(() => job.save(), 10);'), file: 'portable/none/such/file.ts', suggests: bound(inside('setTimeout(context.bind(context.active(), () => job.save()), 10);')) },
        { name: 'JSX', code: 'export function Button({ save }: any) {\n  return <button onClick={() => { «setTimeout»(() => fetch(save), 10); }}>x</button>;\n}', file: 'browser/button.tsx', suggests: bound('export function Button({ save }: any) {\n  return <button onClick={() => { setTimeout(context.bind(context.active(), () => fetch(save)), 10); }}>x</button>;\n}') },
      ],
    },
    typed: {
      valid: [inside('setTimeout(() => job.save(), 10);')],
      invalid: [{ code: inside('«setTimeout»(() => job.save(), 10);'), option: strict, suggests: bound(inside('setTimeout(context.bind(context.active(), () => job.save()), 10);')) }],
    },
    javascript: {
      valid: [
        insideJs('setTimeout(() => job.save(), 10);'),
        { name: 'what another file\'s function does not do', code: "import { log } from './shared/queues.js';\nexport function f() { setTimeout(log, 10); }", option: strict },
        { code: insideJs('await new Promise((resolve) => setTimeout(resolve, 10));'), option: strict },
        { code: 'const setTimeout = (fn) => fn();\nexport function f(job) { setTimeout(() => job.save()); }', option: strict },
      ],
      invalid: [
        { code: insideJs('«setTimeout»(() => job.save(), 10);'), option: strict, suggests: bound(insideJs('setTimeout(context.bind(context.active(), () => job.save()), 10);')) },
        { name: 'what another file\'s function does', code: "import { sync } from './shared/queues.js';\nexport function f() { «setTimeout»(sync, 10); }", option: strict, suggests: "import { sync } from './shared/queues.js';\nimport { context } from \"@opentelemetry/api\";\nexport function f() { setTimeout(context.bind(context.active(), sync), 10); }".replaceAll('"', "'") },
        { name: 'a #! line', code: '#!/usr/bin/env node\nexport function f(job) {\n  «setTimeout»(() => job.save(), 10);\n}', option: strict, suggests: "#!/usr/bin/env node\nimport { context } from '@opentelemetry/api';\n\nexport function f(job) {\n  setTimeout(context.bind(context.active(), () => job.save()), 10);\n}" },
      ],
    },
    commonjs: {
      valid: ['const { setTimeout } = require("node:timers/promises");\nexports.f = async () => { await setTimeout(10); };'],
      invalid: [
        { code: "'use strict';\nconst { save } = require('./save');\nexports.f = () => { «setTimeout»(save, 10); };", option: strict, suggests: "'use strict';\nconst { save } = require('./save');\nconst { context } = require('@opentelemetry/api');\nexports.f = () => { setTimeout(context.bind(context.active(), save), 10); };" },
        { code: "const timers = require('timers');\nexports.f = (job) => { timers.«setTimeout»(() => job.save(), 10); };", option: strict, suggests: "const timers = require('timers');\nconst { context } = require('@opentelemetry/api');\nexports.f = (job) => { timers.setTimeout(context.bind(context.active(), () => job.save()), 10); };" },
      ],
    },
  });
});
