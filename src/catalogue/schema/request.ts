/** The parts of an HTTP request in a client's API. */
import { z } from 'zod';
import { argument } from './argument.ts';

/** Where a client's API has the parts of a request: its arguments are `args.destination` and `args.options`. */
export const request = z.strictObject({
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
