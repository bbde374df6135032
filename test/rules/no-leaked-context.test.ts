import { describe } from 'vitest';
import rule from '../../rules/no-leaked-context.ts';
import { runRule, type Case } from '../eslint/support.ts';

const app = "import express from 'express';\nconst app = express();\n";
/** The same with the import that the repair adds. */
const rooted = app.replace('\n', "\nimport { ROOT_CONTEXT, context } from '@opentelemetry/api';\n");
const inside = (statement: string): string => `${app}app.post('/x', (req, res) => {\n  ${statement}\n  res.end();\n});`;
const mended = (statement: string): string => inside(statement).replace(app, rooted);

const valid: Case[] = [
  'setInterval(() => fetch("http://a.internal/"), 1000);',
  'export function start() { setInterval(() => fetch("http://a.internal/"), 1000); }',
  inside('const timer = setInterval(() => fetch("http://a.internal/"), 1000); req.on("close", () => clearInterval(timer));'),
  inside('setInterval(() => console.log("alive"), 1000);'),
  inside('setTimeout(() => fetch("http://a.internal/"), 1000);'),
  `import { ROOT_CONTEXT, context } from '@opentelemetry/api';\n${inside('context.with(ROOT_CONTEXT, () => setInterval(() => fetch("http://a.internal/"), 1000));')}`,
];

describe('no-leaked-context', () => {
  runRule('no-leaked-context', rule, {
    typescript: {
      valid,
      invalid: [
        { name: 'in a handler', code: inside('«setInterval»(() => fetch("http://a.internal/"), 1000);'), suggests: mended('context.with(ROOT_CONTEXT, () => setInterval(() => fetch("http://a.internal/"), 1000));'), says: /^`setInterval\(…\)` begins work without an end inside a request: every run/ },
        { name: 'a timer that sets itself again', code: `${app}async function poll() { await fetch('http://a.internal/'); «setTimeout»(poll, 1000); }\napp.post('/x', (req, res) => { void poll(); res.end(); });`, suggests: `${rooted}async function poll() { await fetch('http://a.internal/'); context.with(ROOT_CONTEXT, () => setTimeout(poll, 1000)); }\napp.post('/x', (req, res) => { void poll(); res.end(); });` },
        { name: 'a socket for all', code: `import WebSocket from 'ws';\n${app}let socket;\napp.post('/y', (req, res) => { if (!socket) { socket = new «WebSocket»('ws://feed.internal'); socket.on('message', (m) => fetch('http://a.internal/' + m)); } res.end(); });`, suggests: `import WebSocket from 'ws';\n${rooted}let socket;\napp.post('/y', (req, res) => { if (!socket) { socket = context.with(ROOT_CONTEXT, () => new WebSocket('ws://feed.internal')); socket.on('message', (m) => fetch('http://a.internal/' + m)); } res.end(); });`, says: /handled in the trace of the request that made it/ },
        { name: 'a scheduled job', code: `import cron from 'node-cron';\n${inside("cron.«schedule»('* * * * *', () => fetch('http://a.internal/'));")}`, suggests: `import cron from 'node-cron';\n${mended("context.with(ROOT_CONTEXT, () => cron.schedule('* * * * *', () => fetch('http://a.internal/')));")}` },
        { name: 'a job that is begun later', code: `import { CronJob } from 'cron';\n${inside("const job = new «CronJob»('* * * * *', () => fetch('http://a.internal/')); job.start();")}`, says: /Not repaired: it is made here, and begun by `start`/ },
      ],
    },
    javascript: { valid, invalid: [{ code: inside('«setInterval»(() => fetch("http://a.internal/"), 1000);'), suggests: mended('context.with(ROOT_CONTEXT, () => setInterval(() => fetch("http://a.internal/"), 1000));') }] },
    commonjs: {
      valid: ['setInterval(() => fetch("http://a.internal/"), 1000);'],
      invalid: [{
        code: "const express = require('express');\nconst app = express();\napp.get('/x', (req, res) => { «setInterval»(() => fetch('http://a.internal/'), 1000); res.end(); });",
        suggests: "const express = require('express');\nconst { ROOT_CONTEXT, context } = require('@opentelemetry/api');\nconst app = express();\napp.get('/x', (req, res) => { context.with(ROOT_CONTEXT, () => setInterval(() => fetch('http://a.internal/'), 1000)); res.end(); });",
      }],
    },
  });
});
