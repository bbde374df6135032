/**
 * Every known difference between the two surfaces, with its reason as docs/eslint.md gives it, and the cases of test/analysis
 * and test/rules that show it. A case that is not listed must not differ; one that is listed must.
 */
export const known: readonly { reason: string; cases: readonly string[] }[] = [
  {
    reason: 'Who calls a function is looked up in all files: an address, headers or options that every caller hands in are not seen.',
    cases: [
      'carried: through wrappers of the project > a homonymous function of another file is no caller',
      'carried: through wrappers of the project > a test\'s call is no caller',
      'carried: through wrappers of the project > an option of the queue',
      'carried: through wrappers of the project > headers that every caller injects',
      'carried: through wrappers of the project > options that are handed on whole',
      'carried: through wrappers of the project > options that every caller fills',
      'destinations: a wrapper that has the name of what it wraps > called from many files that say its name',
      'destinations: callers in other files > CommonJS',
      'destinations: callers in other files > a test\'s call says nothing',
      'destinations: callers in other files > all one third party',
      'destinations: callers in other files > all relative',
      'destinations: callers in other files > through another helper, to a third party',
      'destinations: callers of many functions > all relative',
      'destinations: fields > what a constructor is given: a third party',
      'destinations: fields > what an option is given: a third party',
      'destinations: relative URLs in a browser > from callers in other files',
    ],
  },
  {
    reason: 'A thread or child that listens does not say who sends to it: that nothing worth a span is sent there, or that its file starts no tracer, is not seen.',
    cases: [
      'a consumer whose every producer hands nothing over > posts at module scope only',
      'a consumer whose every producer hands nothing over > posts notices only',
      'messages: kinds > JSON',
      'messages: kinds > Object.assign',
      'messages: kinds > a constant',
      'messages: kinds > a kind under another name',
      'messages: kinds > a kind whose last word says what it is',
      'messages: kinds > a ping under a third',
      'messages: kinds > a request to end',
      'messages: kinds > a word in a constant',
      'messages: kinds > a handshake',
      'messages: kinds > a word that begins, alone or with settings',
      'messages: kinds > a word that ends, under a key of its own',
      'messages: kinds > one that counts',
      'messages: kinds > a message that is asked for its kind',
      'messages: kinds > as the callers of a function say',
      'messages: kinds > as the callers of a private method say',
      'messages: kinds > as the callers say',
      'messages: kinds > one that asks how it is',
      'messages: kinds > a type that is named by what has it',
      'messages: kinds > one that begins a program anew',
      'messages: kinds > one that ends',
      'messages: kinds > one that ends a thing',
      'messages: kinds > settings by their name',
      'messages: kinds > either of two messages, both notices',
      'messages: kinds > either of two notices',
      'messages: kinds > one that is there no longer',
      'messages: to all, or to each its own > to all',
      'messages: to all, or to each its own > to all, by map',
      'threads: a worker that starts no tracer > traced in the main thread only',
      'threads: a worker that starts no tracer > untraced',
      'threads: a worker that was just made is set up > given a port for its tasks',
      'threads: a worker that was just made is set up > told to start',
    ],
  },
  {
    reason: 'That an agent is called inside of a span in another file is not seen.',
    cases: [
      'agents: OpenAI Agents, silent > a caller in another file has one',
      'agents: of one\'s own, silent > a span where it is called',
    ],
  },
  {
    reason: 'Whether all queues of a library are made with its telemetry option is not seen: a queue that is handed in is reported, or, where the package depends on what such an option takes, left alone.',
    cases: [
      'bullmq: the telemetry option > a queue that is handed in, where all queues have it',
      'no-dark-queue > the command line says the same > made elsewhere, where telemetry may be on',
    ],
  },
  {
    reason: 'Whether any package has a tracer, ESLint asks those that the workspace declares, and `check` those of the files that it looks at.',
    cases: [
      'no-dark-request > the command line says the same > a package in which no tracer runs',
      'no-dark-queue > the command line says the same > a package in which no tracer runs',
    ],
  },
  {
    reason: 'The base address that a Nest module registers for its providers (`HttpModule.register({ baseURL })`) is looked up in all files, and not seen.',
    cases: [
      'the base address that a Nest module registers > at once',
      'the base address that a Nest module registers > by a class',
      'the base address that a Nest module registers > by a function',
    ],
  },
  {
    reason: 'What a framework\'s objects are given under a name (`app.decorate(\'queue\', …)`) is looked up in all files, and not seen.',
    cases: ['origins: what is hung on a framework\'s objects > on the application'],
  },
];

const reasons = new Map(known.flatMap(({ reason, cases }) => cases.map((each) => [each, reason] as const)));

/** Why a case may differ, by its whole name. */
export function reasonFor(name: string): string | undefined {
  return reasons.get(name);
}
