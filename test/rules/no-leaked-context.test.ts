import { describe } from 'vitest';
import rule from '../../rules/no-leaked-context.ts';
import { runRule, type Case } from '../eslint/support.ts';

const app = "import express from 'express';\nconst app = express();\n";
const inside = (statement: string): string => `${app}app.post('/x', (req, res) => {\n  ${statement}\n  res.end();\n});`;

const valid: Case[] = [
  'setInterval(() => fetch("http://a.internal/"), 1000);',
  'export function start() { setInterval(() => fetch("http://a.internal/"), 1000); }',
  inside('const timer = setInterval(() => fetch("http://a.internal/"), 1000); req.on("close", () => clearInterval(timer));'),
  inside('setInterval(() => console.log("alive"), 1000);'),
  inside('setTimeout(() => fetch("http://a.internal/"), 1000);'),
  `import { context, ROOT_CONTEXT } from '@opentelemetry/api';\n${inside('context.with(ROOT_CONTEXT, () => setInterval(() => fetch("http://a.internal/"), 1000));')}`,
];

describe('no-leaked-context', () => {
  runRule('no-leaked-context', rule, {
    typescript: {
      valid,
      invalid: [
        { name: 'in a handler', code: inside('«setInterval»(() => fetch("http://a.internal/"), 1000);'), says: /^`setInterval\(…\)` begins work without an end inside a request: every run/ },
        { name: 'a timer that sets itself again', code: `${app}async function poll() { await fetch('http://a.internal/'); «setTimeout»(poll, 1000); }\napp.post('/x', (req, res) => { void poll(); res.end(); });` },
        { name: 'a socket for all', code: `import WebSocket from 'ws';\n${app}let socket;\napp.post('/y', (req, res) => { if (!socket) { socket = new «WebSocket»('ws://feed.internal'); socket.on('message', (m) => fetch('http://a.internal/' + m)); } res.end(); });`, says: /handled in the trace of the request that made it/ },
        { name: 'a scheduled job', code: `import cron from 'node-cron';\n${inside("cron.«schedule»('* * * * *', () => fetch('http://a.internal/'));")}` },
      ],
    },
    javascript: { valid, invalid: [inside('«setInterval»(() => fetch("http://a.internal/"), 1000);')] },
    commonjs: {
      valid: ['setInterval(() => fetch("http://a.internal/"), 1000);'],
      invalid: ["const express = require('express');\nconst app = express();\napp.get('/x', (req, res) => { «setInterval»(() => fetch('http://a.internal/'), 1000); res.end(); });"],
    },
  });
});
