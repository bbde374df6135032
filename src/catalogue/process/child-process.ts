// https://nodejs.org/docs/latest-v20.x/api/child_process.html
import type { BoundaryInput } from '../schema.ts';

const child = {
  family: 'process', library: 'child_process', rule: 'no-dark-thread', coupling: 'awaited',
  runtimes: { node: 'lost', browser: 'kept', 'browser-zone': 'kept' }, evidence: 'read',
} as const satisfies Partial<BoundaryInput>;
const modules = ['child_process'];
const docs = 'https://nodejs.org/docs/latest-v20.x/api/child_process.html';
const inEnvironment = {
  slots: [{ in: 'environment', path: ['env', 'TRACEPARENT'], encoding: 'object' }, { in: 'environment', path: ['env', 'traceparent'], encoding: 'object' }],
  repair: { strategy: 'carry-environment' },
  farSide: 'the program starts a new trace', advice: 'Carry it in `env`, and extract it from `process.env` where the program starts.',
} as const satisfies Partial<BoundaryInput>;
const inMessage = {
  slots: [{ in: 'payload', path: ['_otel'], encoding: 'object' }],
} as const satisfies Partial<BoundaryInput>;

export default [
  {
    ...child, ...inEnvironment, id: 'child_process/fork', role: 'producer', needsFarSide: true,
    match: { modules, exports: ['fork'], use: 'call' }, args: { data: 1, payload: 1, options: 2 }, channel: { by: 'worker-file' },
    upstream: `${docs}#child_processforkmodulepath-args-options`, evidence: 'proved', proof: 'fixtures/proofs/fork-arguments',
  },
  {
    ...child, ...inEnvironment, id: 'child_process/spawn', role: 'producer', needsFarSide: true,
    match: { modules, exports: ['spawn', 'spawnSync', 'execFile', 'execFileSync'], use: 'call' }, args: { data: 1, payload: 1, options: 2 }, channel: { by: 'program' },
    upstream: `${docs}#child_processspawncommand-args-options`, evidence: 'proved', proof: 'fixtures/proofs/fork-arguments',
  },
  {
    // `promisify(execFile)`: what else is promisified has no program.
    ...child, ...inEnvironment, id: 'child_process/promisified', role: 'producer', needsFarSide: true,
    match: { modules: ['util'], exports: ['promisify', 'default.promisify'], near: ['execFile'], use: 'instance' }, args: { data: 1, payload: 1, options: 2 }, channel: { by: 'program' },
    upstream: `${docs}#child_processexecfilefile-args-options-callback`, evidence: 'proved', proof: 'fixtures/proofs/exec-file-promisified',
  },
  {
    ...child, ...inMessage, id: 'child_process/send', role: 'producer', messages: true, repair: { strategy: 'carry-message' },
    match: { modules, exports: ['fork', 'spawn', 'ChildProcess'], near: ['child_process', 'ChildProcess', 'fork'], use: 'instance', members: ['send'] }, args: { payload: 0 },
    channel: { by: 'worker-file', at: 'receiver' }, counterparts: ['child_process/process-on-message'],
    farSide: 'the child process starts a new trace', advice: 'Carry it in the message, and extract it in the child process.',
    upstream: `${docs}#subprocesssendmessage-sendhandle-options-callback`, evidence: 'proved', proof: 'fixtures/proofs/fork-listener',
  },
  {
    ...child, ...inMessage, id: 'child_process/process-on-message', role: 'consumer', needsPeer: true, repair: { strategy: 'extract-in-message-handler' },
    match: { modules: ['process'], exports: ['process', 'default', '*'], near: ['\'message\'', '"message"'], use: 'method', members: ['on', 'once', 'addListener'], event: ['message'], global: true }, args: { callback: 1 },
    channel: { by: 'this-file' }, counterparts: ['child_process/send', 'bree/process-send'],
    farSide: 'every message starts a new trace', advice: 'Extract the carrier from the message.',
    upstream: 'https://nodejs.org/docs/latest-v20.x/api/process.html#event-message', evidence: 'proved', proof: 'fixtures/proofs/fork-listener',
  },
  {
    ...child, ...inMessage, id: 'child_process/process-send', role: 'producer', messages: true, asks: true, repair: { strategy: 'carry-message' },
    match: { modules: ['process'], exports: ['process', 'default', '*'], near: ['process.send'], use: 'method', members: ['send'], global: true }, args: { payload: 0 },
    channel: { by: 'this-file' }, counterparts: ['child_process/child-on-message'],
    farSide: 'the parent handles it in the context in which the child was started', advice: 'Carry it in the message, and extract it in the parent.',
    upstream: 'https://nodejs.org/docs/latest-v20.x/api/process.html#processsendmessage-sendhandle-options-callback', evidence: 'proved', proof: 'fixtures/proofs/fork-message',
  },
  {
    ...child, id: 'child_process/child-on-message', role: 'callback', runsAtCreation: true,
    match: { modules, exports: ['fork', 'spawn', 'ChildProcess'], near: ['\'message\'', '"message"'], use: 'instance', members: ['on', 'once', 'addListener'], event: ['message'] }, args: { callback: 1 },
    runtimes: { node: 'wrong', browser: 'kept', 'browser-zone': 'kept' },
    channel: { by: 'worker-file', at: 'receiver' }, counterparts: ['child_process/process-send'],
    repair: { strategy: 'bind-callback' },
    farSide: 'it runs in the context in which the child was started, not in the caller\'s', advice: 'Bind it: `context.bind(context.active(), fn)`.',
    upstream: `${docs}#event-message`, evidence: 'proved', proof: 'fixtures/proofs/fork-listener',
  },
] satisfies BoundaryInput[];
