/** The built-in boundaries, defaults filled in. scripts/build.mjs puts in its place what this comes to. */
import { entries } from './index.ts';
import { boundarySchema, type Boundary } from './schema.ts';

export const builtIn: readonly Boundary[] = entries.map((entry) => boundarySchema.parse(entry));
