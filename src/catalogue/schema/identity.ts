/** What a boundary is called, and where it comes from. */
import { z } from 'zod';

export const families = ['timer', 'emitter', 'thread', 'process', 'queue', 'http', 'socket', 'mcp', 'agent', 'span'] as const;

export const identity = {
  /** `library/what`, unique. */
  id: z.string().regex(/^[a-z0-9@._-]+\/[a-z0-9._-]+$/),
  family: z.enum(families),
  /** The name that messages use for the library. */
  library: z.string(),
  /** npm package; none for what the runtime itself brings. */
  package: z.string().optional(),
  /** The range for which the entry was proved or read. */
  versions: z.string().default('*'),
};
