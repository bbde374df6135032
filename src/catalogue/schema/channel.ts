/** What joins the two sides. */
import { z } from 'zod';
import { argument } from './argument.ts';

/** What joins a producer to its consumers, and where its name stands. */
export const channel = z.strictObject({
  /** `program`: the script of the repo that an interpreter is started with: `spawn(process.execPath, ['./job.js'])`. */
  by: z.enum(['name', 'worker-file', 'program', 'this-file', 'url', 'route', 'server']),
  /**
   * `call`: an argument of the call; `receiver`: an argument of the constructor that made the receiver; `class`: an
   * argument of the decorator that the same library gives to the class around; `handler`: the property that holds the handler.
   */
  at: z.enum(['call', 'receiver', 'class', 'handler']).default('call'),
  arg: argument.default(0),
  /** The decorators of the class around whose argument is put before a route: `Controller`. */
  prefix: z.array(z.string()).default([]),
  /** The literal that it follows, in any case, where the arguments are words in turn: `xread('BLOCK', 0, 'STREAMS', key, id)`. */
  after: z.string().optional(),
  /** Where it stands inside an argument that is an object, tried in order: `topic`, `TopicArn`, `Entries.0.Source`. */
  paths: z.array(z.string()).default(['queueName', 'name']),
});
