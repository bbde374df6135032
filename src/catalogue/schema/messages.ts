/** What the report says of a boundary, and what proves it. */
import { z } from 'zod';

export const messages = {
  rule: z.string(),
  /** Reported only under `--strict`, in the presets `strict` and `all`, and where the configuration sets its rule. */
  strictOnly: z.boolean().default(false),
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
};
