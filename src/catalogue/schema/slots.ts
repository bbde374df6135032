/** Where a carrier goes, and how a missing one is mended. */
import { z } from 'zod';
import { argument } from './argument.ts';

/** Where the carrier sits in the API. */
export const slot = z.strictObject({
  /** `message`: what a consumer's handler is given. `init`: what the receiver was made with, one for each caller. */
  in: z.enum(['options', 'payload', 'headers', 'environment', 'init', 'message']),
  /** Which of the handler's parameters, for `message`. */
  parameter: argument.default(0),
  /** Property path inside that argument; `*`: every element of a list; `?name`: what it is read from may be missing. */
  path: z.array(z.string()),
  /**
   * `object`: a plain object of strings; `json`: the same as JSON text; `headers`: as HTTP headers; `attributes`: AWS's
   * `{ DataType, StringValue }`; `map`: an object of the library with `set` and `get`; `fields`: names and values in turn.
   */
  encoding: z.enum(['object', 'json', 'headers', 'attributes', 'map', 'fields']),
  /** Library versions in which the slot exists. */
  versions: z.string().optional(),
  /** What makes an empty carrier of the library's own kind, for `map`: its export, and the modules that have it. */
  make: z.strictObject({ name: z.string(), modules: z.array(z.string()).min(1) }).optional(),
  /** An option with which the receiver must have been made for the slot to exist: `protocolVersion: 5`. */
  given: z.strictObject({ option: z.string(), value: z.number() }).optional(),
  /** Options of the call with which it hands over many at once, and not the one that the path leads to. */
  single: z.array(z.string()).optional(),
  /** Which of the boundary's `handlers` is given it: another one gets many messages at once. */
  handlers: z.array(z.string()).optional(),
  /** What a caller's own value fills (`_meta: request._meta`) counts as handed on. */
  relayed: z.boolean().optional(),
});

/** The strategy that mends it, or why there is none. */
export const repair = z.union([
  z.strictObject({ strategy: z.string() }),
  z.strictObject({ refused: z.string(), detail: z.string() }),
]);

export const repairing = {
  slots: z.array(slot).default([]),
  repair,
};
