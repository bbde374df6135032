import { describe, expect, it } from 'vitest';
import { loadCatalogue, narrowed } from '../../src/catalogue/catalogue.ts';
import { boundarySchema, type BoundaryInput } from '../../src/catalogue/schema.ts';
import { entries } from '../../src/catalogue/index.ts';
import { mayUse } from '../../src/catalogue/may-use.ts';
import { Words } from '../../src/catalogue/words.ts';

const { words } = loadCatalogue();
const ids = (text: string): string[] => words.in(text).boundaries.filter((b) => mayUse(b, text)).map((b) => b.id);

/** A boundary with a match of its own; the rest is of no account here. */
function own(id: string, match: BoundaryInput['match']): ReturnType<typeof boundarySchema.parse> {
  return boundarySchema.parse({ ...entries.find((entry) => entry.id === 'bullmq/queue-add'), id, match });
}

describe('what a text may hold', () => {
  it.each([
    ['a call', 'await fetch(url)', 'fetch/fetch'],
    ['an alias', 'const send = fetch;', 'fetch/fetch'],
    ['a member of the global object', 'globalThis.fetch(url)', 'fetch/fetch'],
    ['code after a sentence that names it', '// fails to fetch the page\nreturn fetch(url);', 'fetch/fetch'],
    ['code after a comment', '/* fetch */ fetch(url)', 'fetch/fetch'],
    ['code below a glob that looks like a comment', "const all = 'src/**/*.ts';\n  fetch(url)", 'fetch/fetch'],
    ['a member', 'queue.add(1)', 'bullmq/queue-add'],
    ['a member with type arguments', 'queue.add<Job>(1)', 'bullmq/queue-add'],
    ['an optional member', 'queue?.add(1)', 'bullmq/queue-add'],
    ['an optional call', 'queue.add?.(1)', 'bullmq/queue-add'],
    ['a member in brackets', "queue['add'](1)", 'bullmq/queue-add'],
    ['a member on its own line', 'queue\n  .add(1)', 'bullmq/queue-add'],
    ['a constructor by its import', "import { Worker as W } from 'bullmq'; new W('q', f)", 'bullmq/worker'],
    ['a constructor through another file', "import { Worker } from './queues.js'; new Worker('q', f)", 'bullmq/worker'],
    ['Node without its prefix', "const { workerData } = require('worker_threads')", 'worker_threads/worker-data'],
    ['a near word and a member', "worker.on('message', f)", 'worker_threads/worker-on-message'],
    ['a constructor of a namespace', "import * as threads from 'worker_threads'; new threads.Worker(file)", 'worker_threads/new-worker'],
    ['an event in double quotes', 'client.on("notification", f)', 'pg/on-notification'],
    ['a request by its receiver', 'api.get(userId)', 'axios/instance'],
    ['a request by its path', "this.v1.get('/users')", 'axios/instance'],
    ['a request by its address', 'it.get(usersUrl, options)', 'axios/instance'],
    ['a request with a type', 'it.get<User[]>(`${base}/users`)', 'axios/instance'],
    ['a request in a file of axios', "import axios from 'axios'; make(axios.create()).get(id)", 'axios/instance'],
    ['a queue of functions', 'jobs.push(job); jobs.shift()', 'array/push-callback'],
    ['a queue of functions in a field', 'this.#jobs!.push(job); this.#jobs.shift()', 'array/push-callback'],
    ['a module by a loader of one\'s own', "const { fork } = requireFresh('child_process')", 'child_process/fork'],
    ['a loop that asks a model', 'for (;;) { const { tool_calls } = await model.invoke(messages); }', 'own/agent-loop'],
  ])('%s', (_, text, id) => expect(ids(text)).toContain(id));

  it.each([
    ['a sentence', "throw new Error('failed to fetch the page')"],
    ['the end of a sentence', "toast('Nothing to fetch')"],
    ['a comment', '  // fetch(url) would do'],
    ['a comment after code', 'const a = 1; // fetch(url)'],
    ['a doc comment', '/**\n * Calls fetch() twice.\n */\nconst a = 1;'],
    ['a longer name', 'prefetch(url); setTimeouts(1)'],
    ['a member that is not called', 'const { add } = queue.add'],
    ['a longer member', 'queue.addMore(1)'],
    ['a near word alone', "const kind = 'message';"],
    ['an array that is only filled', 'jobs.push(job)'],
    ['an array that is only emptied', 'jobs.shift()'],
    ['one array that is filled and another that is emptied', 'found.push(row); path.shift()'],
    ['a package\'s name that is not imported', "const label = 'bullmq';"],
    ['a model\'s answer that is only read', 'const calls = message.tool_calls; complete(calls)'],
  ])('not %s', (_, text) => expect(ids(text)).toEqual([]));

  it('a member alone is not enough where a near word is asked for', () => {
    expect(ids("emitter.on('data', f)")).not.toContain('worker_threads/worker-on-message');
  });

  it.each([
    ['a look-up', "const user = users.get('user-1'); seen.delete(user.id)", 'axios/instance'],
    ['another event', "client.on('error', f)", 'pg/on-notification'],
    ['an import of a type beside it', "import type { Job } from 'bullmq'; export const at = (job: Job) => job.id;", 'bullmq/worker'],
    ['the time', 'const now = Date.now();', 'agenda/now'],
  ])('not %s', (_, text, id) => expect(ids(text)).not.toContain(id));

  it.each([
    ['a text that ends like a module\'s name', "const page = 'news'; const all = \"rows\";", 'ws/connect'],
    ['an address', "const url = 'https://a.example'; get(url)", 'node-http/request-imported'],
  ])('not %s', (_, text, id) => expect(ids(text)).not.toContain(id));

  it.each([
    ['its import', "import { get as fetchIt } from 'https'; fetchIt(url)", 'node-http/request-imported'],
    ['a file of one\'s own', "import Socket from './ws'; new Socket(url)", 'ws/connect'],
  ])('%s', (_, text, id) => expect(ids(text)).toContain(id));

  it('a start needs the name that is read, not the module alone', () => {
    expect(ids("import { isMainThread } from 'node:worker_threads';")).not.toContain('worker_threads/worker-data');
  });

  it('is found where one word begins inside another', () => {
    const some = new Words([own('own/near', { modules: ['own'], exports: ['Own'], use: 'instance', members: ['shift'], near: ["'own'"] }), own('own/take', { modules: ['own'], exports: ['Own'], use: 'instance', members: ['shift'], near: ['.shift('] })]);
    expect(some.in("import 'own'; a.shift()").boundaries.map((b) => b.id).sort()).toEqual(['own/near', 'own/take']);
  });

  it('names the modules that a text imports, whatever tells their boundaries', () => {
    expect([...words.in("import type { Job } from 'bullmq'; import fs from 'node:fs'; import('express')").modules].sort()).toEqual(['bullmq', 'express']);
    expect(words.in('// bullmq, not imported').modules).toEqual([]);
  });

  it.each([
    "import 'bullmq'", "export * from 'bullmq'", "import {\n  Queue,\n} from\n  'bullmq'", "import bull = require('bullmq')", "const bull = nodeRequire('bullmq')",
    "let bull: typeof import('bullmq')", "await import(/* not bundled */ 'bullmq')", "require<typeof Bull>('bullmq')", "export{Queue}from'bullmq'", "/** @type {import('bullmq').Queue} */",
  ])('a module is imported by %s', (text) => expect(words.in(text).modules).toEqual(['bullmq']));

  it.each(["const tab = 'agenda'", "if (tab !== 'agenda') show()", "go('agenda')", "{ kind: 'agenda' }"])('no module is imported by %s', (text) => expect(words.in(text).modules).toEqual([]));

  it('is the same asked for the first or for all', () => {
    for (const text of ['fetch(a)', 'const fetched = 1', 'queue.add(1); fetch(2)', '']) expect(words.test(text)).toBe(ids(text).length > 0);
  });

  it('is nothing without boundaries', () => expect(new Words([]).test('fetch(a)')).toBe(false));
});

describe('a narrowed catalogue', () => {
  const less = narrowed(loadCatalogue(), (boundary) => boundary.package !== 'bullmq');
  it('looks up nothing of what was left out', () => {
    const added = (catalogue: typeof less): unknown => catalogue.byMember.get('add')?.map((b) => b.id);
    expect(added(loadCatalogue())).toContain('bullmq/queue-add');
    expect(added(less)).not.toContain('bullmq/queue-add');
  });
  it('still knows every boundary by name', () => expect(less.byId.has('bullmq/queue-add')).toBe(true));
});

it('every built-in boundary is valid', () => {
  for (const entry of entries) expect(boundarySchema.safeParse(entry).error).toBeUndefined();
});
