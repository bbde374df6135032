/** What carries the context by itself, and what a second carrier does there. */
import { z } from 'zod';
import { argument } from './argument.ts';

/**
 * `over`: a payload that has more properties than that at the path (`*`: any element of a list), which leaves no room.
 * `without`: one, or any of those in its list `below`, that lacks a property.
 */
const misses = z.union([
  z.strictObject({ path: z.array(z.string()), over: z.int() }),
  z.strictObject({ without: z.string(), below: z.string() }),
]);

/** An instrumentation, a native option, or what the library sends by itself. */
export const cover = z.strictObject({
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
  /** The class of `from` whose `new X()` switches the option on, and from which version on it needs no arguments. */
  made: z.strictObject({ export: z.string(), versions: z.string() }).optional(),
  /** The library sends the carrier by itself, unless one of these is set to `false` in the constructor's options. */
  unless: z.array(z.array(z.string()).min(1)).optional(),
  /** Where the boundary's `twice` is `breaks`: its versions that add a second carrier to a manual one; `false`: none. Default: all. */
  twice: z.union([z.string(), z.literal(false)]).optional(),
  /** Words of which one stands where the receiver was made, for the cover to count: a transport. */
  near: z.array(z.string()).optional(),
  /** What it carries nothing for, where the payload stands in the text. */
  misses: misses.optional(),
});

export const coverage = {
  coveredBy: z.array(cover).default([]),
  /** What a manual carrier does where an automatic one is sent too. */
  twice: z.enum(['breaks', 'harmless', 'unknown']).default('unknown'),
};
