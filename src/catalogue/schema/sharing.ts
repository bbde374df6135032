/** Whose context work runs in, where an object or a function serves several callers. */
import { z } from 'zod';
import { argument } from './argument.ts';

export const sharing = {
  /** Listener of an object that runs it in the context in which the object was made. */
  runsAtCreation: z.boolean().default(false),
  /**
   * What goes on by itself does so from the moment at which it is made, and in the context of that moment; what is begun
   * by a later call (`start`, `connect`) has no such field. `as`: only where it is made so. `options`: which argument they
   * are, default any; `unless`: options that put it off; `given`: the option that must be `true`, or the argument.
   */
  begun: z.strictObject({
    as: z.enum(['call', 'construct']).optional(), options: argument.optional(), unless: z.array(z.string()).default([]), given: z.union([z.string(), argument]).optional(),
  }).optional(),
  /**
   * Work waits in an object that several callers use and then runs in another's context. In order where the object is made
   * by the caller itself, and where none of `limits`, the options that make work wait, is given.
   */
  shared: z.strictObject({ limits: z.array(z.string()).default([]), optionsArg: argument.default(0) }).optional(),
  /** One function for many callers, run in the context of one of them (a batch): a finding where it is made once, for all. */
  forMany: z.boolean().default(false),
};
