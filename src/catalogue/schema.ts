/**
 * The shape of a boundary: a built-in entry and one in a user's `handoff.config.json` are the same thing.
 * Everything here is JSON-serialisable; an unknown key is an error.
 */
import { z } from 'zod';

export const families = ['timer', 'emitter', 'thread', 'process', 'queue', 'http', 'socket', 'mcp', 'agent', 'span'] as const;
export const roles = ['producer', 'consumer', 'callback'] as const;
export const runtimeProfiles = ['node', 'browser', 'browser-zone', 'portable'] as const;

/** 0-based; -1 is the last one. */
const argument = z.int().min(-1);

/** What to recognise in source text. Names are those that the library exports; origins decide, never names alone. */
const match = z.strictObject({
  /** Module specifiers without `node:`. None: a global. */
  modules: z.array(z.string()).default([]),
  /** Export names (`default`, `*` for the namespace), or names of globals. */
  exports: z.array(z.string()).min(1),
  /**
   * `call`: the export is called. `construct`: `new Export()`. `method`: a member of the export itself is called.
   * `instance`: a member of an object that the export constructed, returned or typed is called.
   * `decorator`: the export decorates a method, or a class whose `method` is the handler.
   * `annotated`: a function that the file exports is of this type, or takes a first parameter of it.
   * `queue`: an array (the export) is used as a queue of functions: pushed here, taken out and called elsewhere.
   * `iterate`: `for await` goes over an object that the export made, returned or typed.
   * `start`: a file reads the export while it starts (`workerData`), and works on what it finds there.
   * `assign`: a member of the export, or of an object that it made, is given a function: `worker.onmessage = …`.
   * `again`: a timer that is set again by what it calls. `lasting`: an object that is made once, for all later callers, and
   * is listened to (`members`, `event`).
   * `check`: the code of src/analysis/spans that has the entry's rule finds it, in files with one of the words of `near`
   * and, where `members` are given, one of those. Built-in entries only.
   */
  use: z.enum(['call', 'construct', 'method', 'instance', 'decorator', 'annotated', 'queue', 'iterate', 'start', 'assign', 'again', 'lasting', 'check']),
  /** Member names, for `method`, `instance` and `assign`; `*`: every member (of a proxy) but those of `except`. */
  members: z.array(z.string()).optional(),
  except: z.array(z.string()).default([]),
  /** The methods that handle, for a `decorator` of a class. */
  methods: z.array(z.string()).optional(),
  /** First argument must be one of these string literals, or an import of that name (`CallToolRequestSchema`). */
  event: z.array(z.string()).optional(),
  /** The event's name is made for one caller (`done:${id}`): no literal. A listener for every event works for nobody in particular. */
  eventOfCaller: z.boolean().default(false),
  /** Where the event stands in the first argument, if that is an object: `method`. */
  eventPath: z.string().optional(),
  /** The first argument's text must hold one of these: `pg_notify(` in a query. */
  holds: z.array(z.string()).optional(),
  /** Words of which one stands in every file that uses the boundary, where a member's own name (`get`) is too common to look at. */
  near: z.array(z.string()).optional(),
  /** The helper function that a repair calls in its place: still this boundary, and carried. */
  replacedBy: z.string().optional(),
  /** Also found as a global of this name, where nothing in the file shadows it. */
  global: z.boolean().default(false),
});

/** Which argument is what (0-based). */
const args = z.strictObject({
  /** -1 is the last one that can be a function: options may follow it. */
  callback: argument.optional(),
  /** Properties of that argument which hold the handlers, where it is an object: `eachMessage`; `taskList.*`: every one of an object in it. */
  handlers: z.array(z.string()).optional(),
  payload: argument.optional(),
  options: argument.optional(),
  /** URL or address of the far side. */
  destination: argument.optional(),
  /** A leading string may be left out: the other arguments stand one place further where it is given. */
  nameFirst: z.boolean().optional(),
  /** The same of a leading object of options. */
  optionsFirst: z.boolean().optional(),
  /** What the far side is given as it starts: work where it holds data, and not only fixed settings. */
  data: argument.optional(),
  /** The argument of the constructor that made the receiver which does the work: `fastq(worker, 1)` of `queue.push(item)`. */
  worker: argument.optional(),
  /** The argument that says when: work is recurring where it is text or a rule, not where it is a date. */
  schedule: argument.optional(),
});

/** What joins a producer to its consumers, and where its name stands. */
const channel = z.strictObject({
  /** `program`: the script of the repo that an interpreter is started with: `spawn(process.execPath, ['./job.js'])`. */
  by: z.enum(['name', 'worker-file', 'program', 'this-file', 'url', 'route', 'server']),
  /**
   * `call`: an argument of the call; `receiver`: an argument of the constructor that made the receiver; `class`: an
   * argument of the decorator that the same library gives to the class around.
   */
  at: z.enum(['call', 'receiver', 'class']).default('call'),
  arg: argument.default(0),
  /** The decorators of the class around whose argument is put before a route: `Controller`. */
  prefix: z.array(z.string()).default([]),
  /** The literal that it follows, in any case, where the arguments are words in turn: `xread('BLOCK', 0, 'STREAMS', key, id)`. */
  after: z.string().optional(),
  /** Where it stands inside an argument that is an object, tried in order: `topic`, `TopicArn`, `Entries.0.Source`. */
  paths: z.array(z.string()).default(['queueName', 'name']),
});

/** Where a client's API has the parts of a request: its arguments are `args.destination` and `args.options`. */
const request = z.strictObject({
  /** Properties that hold the address, where the destination is an object: `url`, `path`. */
  url: z.array(z.string()).default([]),
  /** Properties that hold a host alone: `hostname`. */
  host: z.array(z.string()).default([]),
  /** Properties that hold what a relative address is put behind: `baseURL`. */
  base: z.array(z.string()).default([]),
  /** The argument of what made the receiver that is such a base, or has it. */
  receiver: argument.optional(),
  /** `options`: under `method` in the options; `member`: what is called (`post`), else in the options; a method by itself. */
  method: z.enum(['options', 'member', 'GET', 'POST']).default('options'),
  /** The argument that is the method. */
  methodArg: argument.optional(),
  /** The argument that is the body. */
  body: argument.optional(),
});

/** What happens to the active context where the far side runs. */
const fate = z.enum(['kept', 'lost', 'wrong', 'leaked']);

const cover = z.strictObject({
  /** npm package of the instrumentation, or of the library for a native option. */
  package: z.string(),
  versions: z.string().optional(),
  /** The versions of the boundary's own package that it carries for. Default: all. */
  libraryVersions: z.string().optional(),
  side: z.enum(['producer', 'consumer', 'both']),
  /** A native option: the property of the constructor's options that switches it on. */
  option: z.string().optional(),
  /** Which argument of that constructor the options are. */
  optionsArg: argument.optional(),
  /** The package that such an option takes an object of. */
  from: z.string().optional(),
  /** The library sends the carrier by itself, unless one of these is set to `false` in the constructor's options. */
  unless: z.array(z.array(z.string()).min(1)).optional(),
  /** Where the boundary's `twice` is `breaks`: its versions that add a second carrier to a manual one; `false`: none. Default: all. */
  twice: z.union([z.string(), z.literal(false)]).optional(),
  /** Words of which one stands where the receiver was made, for the cover to count: a transport. */
  near: z.array(z.string()).optional(),
});

/** Where the carrier sits in the API. */
const slot = z.strictObject({
  /** `message`: what a consumer's handler is given. */
  in: z.enum(['options', 'payload', 'headers', 'environment', 'init', 'message']),
  /** Which of the handler's parameters, for `message`. */
  parameter: argument.default(0),
  /** Property path inside that argument; `*`: every element of a list; `?name`: what it is read from may be missing. */
  path: z.array(z.string()),
  /**
   * `object`: a plain object of strings; `json`: the same as JSON text; `headers`: as HTTP headers; `attributes`: AWS's
   * `{ DataType, StringValue }`; `map`: an object of the library with `set` and `get`; `fields`: names and values in turn.
   */
  encoding: z.enum(['object', 'json', 'headers', 'attributes', 'map', 'fields']),
  /** Library versions in which the slot exists. */
  versions: z.string().optional(),
  /** What a caller's own value fills (`_meta: request._meta`) counts as handed on. */
  relayed: z.boolean().optional(),
});

/** What runs an agent, a tool or a workflow, and where its parts stand. */
const agent = z.strictObject({
  operation: z.enum(['invoke_agent', 'execute_tool', 'invoke_workflow']),
  /**
   * `call`: the export is called. `member`: one of `match.members` is called on what the export made. `tool`: the export is
   * given the function that does a tool's work. `subclass`: a class extends the export, and does its work in `match.members`.
   * `class`: a class of the project with a name like one of `classes`; `loop`: a function that calls a model and what it asked for in turn.
   */
  as: z.enum(['call', 'member', 'tool', 'subclass', 'class', 'loop']),
  /** Names of classes, for `class`; `*` stands for any letters. */
  classes: z.array(z.string()).default([]),
  /** Members that what was made goes through before it can run: `compile` of a graph. */
  through: z.array(z.string()).optional(),
  /** Properties of the options that hold a tool's function. */
  handlers: z.array(z.string()).default([]),
  /** Or the argument that is it. */
  handlerArg: argument.optional(),
  /** The argument that is the options, of the call or of what made the receiver. */
  options: argument.default(0),
  /** Properties of those that hold the name. */
  names: z.array(z.string()).default(['name']),
  /** The argument that the call is given as the agent. */
  agentArg: argument.optional(),
  /** Options of which one must be given: without tools it is a model call, and no agent. */
  needs: z.array(z.string()).default([]),
  /** The argument that is what it is to work on; `inputs`: properties of it that are. */
  input: argument.optional(),
  inputs: z.array(z.string()).default([]),
  /** Members, or exports, whose result is a stream, and the option that makes it one. */
  streams: z.array(z.string()).default([]),
  streamOption: z.string().optional(),
  /** An option that switches its own spans on, unless its `isEnabled` is false: `experimental_telemetry`. */
  telemetry: z.array(z.string()).default([]),
  /** Words of which one stands in a file of a package that has them on. */
  telemetryWords: z.array(z.string()).default([]),
  /** Versions of the package that make spans by themselves. */
  traced: z.string().optional(),
});

const repair = z.union([
  z.strictObject({ strategy: z.string() }),
  z.strictObject({ refused: z.string(), detail: z.string() }),
]);

export const boundarySchema = z.strictObject({
  /** `library/what`, unique. */
  id: z.string().regex(/^[a-z0-9@._-]+\/[a-z0-9._-]+$/),
  family: z.enum(families),
  /** The name that messages use for the library. */
  library: z.string(),
  /** npm package; none for what the runtime itself brings. */
  package: z.string().optional(),
  /** The range for which the entry was proved or read. */
  versions: z.string().default('*'),
  match,
  args: args.default({}),
  channel: channel.optional(),
  request: request.optional(),
  /** Of what runs an agent, a tool or a workflow (`match.use: 'check'`). */
  agent: agent.optional(),
  role: z.enum(roles),
  /** Ids of the boundaries on the other side. */
  counterparts: z.array(z.string()).default([]),
  coupling: z.enum(['awaited', 'detached']),
  rule: z.string(),
  /** Reported only under `--strict`, in the presets `strict` and `all`, and where the configuration sets its rule. */
  strictOnly: z.boolean().default(false),
  /** Per runtime, what becomes of the active context. */
  runtimes: z.strictObject({ node: fate, browser: fate, 'browser-zone': fate }),
  /** Runs again and again: never bound to the context that started it. */
  recurring: z.boolean().default(false),
  /**
   * Messages of it may be bare signals: one that holds nothing, or a cache to forget, hands nothing over; nor does a
   * listener take work that has fewer parameters than this, for the message is not among them.
   */
  signals: z.number().int().positive().optional(),
  /** Options that make a producer or a consumer recurring (`repeat`, `cron`): never carried, every run would join the first one's trace. */
  recurringOptions: z.array(z.string()).default([]),
  /** Options of which one must be given for anything to be handed over (`workerData`); what is sent later in messages is judged there. */
  handsOver: z.array(z.string()).default([]),
  /**
   * Judged only with its other side in sight. A consumer: an edge must not believe strangers' sampling flags. A producer:
   * what nobody here takes out again is storage, not a handoff.
   */
  needsPeer: z.boolean().default(false),
  /**
   * A consumer that needs its peer may trust whoever sends where one of these words stands in its package, and none of
   * `unless`: a tool server on stdio is called by the process that started it.
   */
  trusted: z.strictObject({ where: z.array(z.string()), unless: z.array(z.string()).default([]) }).optional(),
  /** A word in whose file both sides run in this process, and the context is kept: `InMemoryTransport`. */
  inProcess: z.array(z.string()).default([]),
  /** It opens a connection: only one that is opened for a single caller, and that no message is sent over, hands something over itself. */
  connection: z.boolean().default(false),
  /** Properties of the payload that say that nobody traced is at the other end: a `PhoneNumber`. */
  deadEnds: z.array(z.string()).default([]),
  /** Taken by hand: a handoff where it is done in a loop, or where what was taken is worked on in one; else somebody only looks. */
  polled: z.boolean().default(false),
  /** Names by which a message tells where it is to be answered: what is sent to such a channel is a reply (`msg.properties.replyTo`). */
  answers: z.array(z.string()).default([]),
  /** Listener of an object that runs it in the context in which the object was made. */
  runsAtCreation: z.boolean().default(false),
  /** A message whose meaning decides: replies, heartbeats and notices hand nothing over. */
  messages: z.boolean().default(false),
  /** Of such messages, only one whose sender waits for the answer: what a worker tells its parent unasked is a notice. */
  asks: z.boolean().default(false),
  /** Of messages both ways over one connection, only one that waits for an answer or names a request is work. */
  bothWays: z.boolean().default(false),
  /** Judged by what the far side's file does: silent where that is not in sight. */
  needsFarSide: z.boolean().default(false),
  /**
   * Work waits in an object that several callers use and then runs in another's context. In order where the object is made
   * by the caller itself, and where none of `limits`, the options that make work wait, is given.
   */
  shared: z.strictObject({ limits: z.array(z.string()).default([]), optionsArg: argument.default(0) }).optional(),
  /** One function for many callers, run in the context of one of them (a batch): a finding where it is made once, for all. */
  forMany: z.boolean().default(false),
  slots: z.array(slot).default([]),
  coveredBy: z.array(cover).default([]),
  /** What a manual carrier does where an automatic one is sent too. */
  twice: z.enum(['breaks', 'harmless', 'unknown']).default('unknown'),
  repair,
  /** What the far side sees, for messages. */
  farSide: z.string(),
  /** How to mend it, for messages. */
  advice: z.string(),
  /** `messaging.system` of the conventions, for a queue: https://opentelemetry.io/docs/specs/semconv/messaging/ */
  system: z.string().optional(),
  /** Upstream documentation of the API. */
  upstream: z.url(),
  evidence: z.enum(['proved', 'read']),
  /** The proof's file, or the row of the measurements it was read from. */
  proof: z.string(),
});

export type Boundary = z.infer<typeof boundarySchema>;
export type BoundaryInput = z.input<typeof boundarySchema>;
export type Family = (typeof families)[number];
export type Role = (typeof roles)[number];
export type RuntimeProfile = (typeof runtimeProfiles)[number];
export type Agent = z.infer<typeof agent>;
export type Cover = z.infer<typeof cover>;
export type Fate = z.infer<typeof fate>;
export type Slot = z.infer<typeof slot>;
