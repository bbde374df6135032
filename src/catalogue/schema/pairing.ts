/** What must be known of the other side. */
import { z } from 'zod';

export const pairing = {
  /** Ids of the boundaries on the other side. */
  counterparts: z.array(z.string()).default([]),
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
  /** Judged by what the far side's file does: silent where that is not in sight. */
  needsFarSide: z.boolean().default(false),
};
