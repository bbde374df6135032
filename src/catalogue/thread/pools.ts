// https://github.com/piscinajs/piscina, https://github.com/tinylibs/tinypool, https://github.com/josdejong/workerpool,
// https://github.com/GoogleChromeLabs/comlink, https://threads.js.org, https://github.com/jestjs/jest/tree/main/packages/jest-worker
import type { BoundaryInput } from '../schema.ts';

/** A call that a thread answers. Its file's functions are judged from here: what only computes has no span to lose. */
const pool = {
  family: 'thread', role: 'producer', coupling: 'awaited', rule: 'no-dark-thread', needsFarSide: true,
  runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' }, evidence: 'read',
  farSide: 'the worker starts a new trace',
} as const satisfies Partial<BoundaryInput>;
const inTask = {
  slots: [{ in: 'payload', path: ['_otel'], encoding: 'object' }],
  repair: { strategy: 'carry-task' },
  advice: 'Carry it in the task, and extract it in the worker\'s function.',
} as const satisfies Partial<BoundaryInput>;
const asArgument = {
  repair: { refused: 'no-repair', detail: 'pass a carrier as one more argument, and run the worker\'s function in the context that it extracts from there' },
  advice: 'Pass a carrier as an argument, and extract it in the worker\'s function.',
} as const satisfies Partial<BoundaryInput>;

export default [
  {
    ...pool, ...inTask, id: 'piscina/run', library: 'Piscina', package: 'piscina', versions: '>=5.3 <6', args: { payload: 0, options: 1 },
    match: { modules: ['piscina'], exports: ['Piscina', 'FixedQueue', 'default', '*'], use: 'instance', members: ['run', 'runTask'] },
    channel: { by: 'worker-file', at: 'receiver', paths: ['filename'] },
    upstream: 'https://github.com/piscinajs/piscina', evidence: 'proved', proof: 'fixtures/proofs/piscina-run',
  },
  {
    ...pool, ...inTask, id: 'tinypool/run', library: 'Tinypool', package: 'tinypool', versions: '>=2.2 <3', args: { payload: 0, options: 1 },
    match: { modules: ['tinypool'], exports: ['Tinypool', 'default', '*'], use: 'instance', members: ['run'] },
    channel: { by: 'worker-file', at: 'receiver', paths: ['filename'] },
    upstream: 'https://github.com/tinylibs/tinypool', evidence: 'proved', proof: 'fixtures/proofs/tinypool-run',
  },
  {
    ...pool, ...asArgument, id: 'workerpool/exec', library: 'workerpool', package: 'workerpool', versions: '>=10 <11', args: { payload: 1 },
    match: { modules: ['workerpool'], exports: ['pool', 'Pool'], use: 'instance', members: ['exec'] },
    channel: { by: 'worker-file', at: 'receiver' },
    upstream: 'https://github.com/josdejong/workerpool', evidence: 'proved', proof: 'fixtures/proofs/workerpool-exec',
  },
  {
    ...pool, ...asArgument, id: 'comlink/call', library: 'Comlink', package: 'comlink', versions: '>=4.4 <5',
    match: { modules: ['comlink'], exports: ['wrap', 'Remote'], use: 'instance', members: ['*'], except: ['then', 'catch', 'finally'] }, args: { payload: 0 },
    channel: { by: 'worker-file', at: 'receiver' },
    upstream: 'https://github.com/GoogleChromeLabs/comlink', evidence: 'proved', proof: 'fixtures/proofs/comlink-call',
  },
  {
    ...pool, ...asArgument, id: 'threads/call', library: 'threads.js', package: 'threads', versions: '>=1.7 <2',
    match: { modules: ['threads'], exports: ['spawn', 'ModuleThread', 'FunctionThread'], use: 'instance', members: ['*'], except: ['then', 'catch', 'finally'] }, args: { payload: 0 },
    channel: { by: 'worker-file', at: 'receiver' },
    upstream: 'https://threads.js.org/usage', evidence: 'proved', proof: 'fixtures/proofs/threads-call',
  },
  {
    ...pool, ...asArgument, id: 'jest-worker/call', library: 'jest-worker', package: 'jest-worker', versions: '>=30.5 <31',
    match: { modules: ['jest-worker'], exports: ['Worker', 'JestWorker', 'default'], use: 'instance', members: ['*'], except: ['end', 'forceExit', 'start', 'getStdout', 'getStderr'] }, args: { payload: 0 },
    channel: { by: 'worker-file', at: 'receiver' },
    upstream: 'https://github.com/jestjs/jest/tree/main/packages/jest-worker', evidence: 'proved', proof: 'fixtures/proofs/jest-worker-call',
  },
] satisfies BoundaryInput[];
