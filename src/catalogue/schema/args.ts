/** What the arguments of a boundary are. */
import { z } from 'zod';
import { argument } from './argument.ts';

/** Which argument is what (0-based). */
export const args = z.strictObject({
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
  /** The argument that says when, -1 the last but one: work is recurring where it is text or a rule, not where it is a date. */
  schedule: argument.optional(),
});
