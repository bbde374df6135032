// https://github.com/ChainSafe/threads.js, a fork of threads.js
import type { BoundaryInput } from '../schema.ts';

export default [
  {
    id: 'chainsafe-threads/call', family: 'thread', library: 'threads.js (ChainSafe\'s fork)', package: '@chainsafe/threads', versions: '>=1.10 <2', role: 'producer', coupling: 'awaited', rule: 'no-dark-thread', needsFarSide: true,
    match: { modules: ['@chainsafe/threads'], exports: ['spawn', 'ModuleThread', 'FunctionThread'], use: 'instance', members: ['*'], except: ['then', 'catch', 'finally'] }, args: { payload: 0 },
    channel: { by: 'worker-file', at: 'receiver' }, runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' },
    repair: { refused: 'no-repair', detail: 'pass a carrier as one more argument, and run the worker\'s function in the context that it extracts from there' },
    farSide: 'the worker starts a new trace', advice: 'Pass a carrier as an argument, and extract it in the worker\'s function.',
    upstream: 'https://github.com/ChainSafe/threads.js', evidence: 'proved', proof: 'fixtures/proofs/threads-chainsafe',
  },
] satisfies BoundaryInput[];
