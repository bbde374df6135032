/** What to recognise in source text. */
import { z } from 'zod';

/** What to recognise in source text. Names are those that the library exports; origins decide, never names alone. */
export const match = z.strictObject({
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
  /** The first argument is an address: where no call of a member in a file reads like a request, it is not looked into. */
  addressed: z.boolean().default(false),
  /** With fewer arguments it is some other `add`: a file in which no call has so many, and none is on a name like the export's, is not looked into. */
  atLeast: z.int().min(2).optional(),
  /** The helper function that a repair calls in its place: still this boundary, and carried. */
  replacedBy: z.string().optional(),
  /** Also found as a global of this name, where nothing in the file shadows it. */
  global: z.boolean().default(false),
});
