/** Which way work goes, and what becomes of the context there. */
import { z } from 'zod';

export const roles = ['producer', 'consumer', 'callback'] as const;
export const runtimeProfiles = ['node', 'browser', 'browser-zone', 'portable'] as const;

/** What happens to the active context where the far side runs. */
export const fate = z.enum(['kept', 'lost', 'wrong', 'leaked']);

export const flow = {
  role: z.enum(roles),
  coupling: z.enum(['awaited', 'detached']),
  /** Per runtime, what becomes of the active context. */
  runtimes: z.strictObject({ node: fate, browser: fate, 'browser-zone': fate }),
};
