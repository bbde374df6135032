// Whether time and memory grow as lines do: `check` and ast-grep on generated trees of four sizes.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as astGrep from './ast-grep.mjs';
import { take as check } from './check.mjs';
import { tree } from './support/tree.mjs';

export const sizes = [10_000, 100_000, 1_000_000, 3_000_000];

/** What to take in turn, a size at a time: the trees are written first, so that no measurement waits for a disk. */
export function measurements(scratch, program) {
  const trees = new Map(sizes.map((size) => [size, tree(size)]));
  return sizes.flatMap((size) => [
    { name: `check ${size}`, take: () => ({ ...check(trees.get(size), scratch), lines: JSON.parse(readFileSync(join(scratch, 'check.json'), 'utf8')).lines }) },
    ...(program === undefined ? [] : [{ name: `ast-grep ${size}`, take: () => astGrep.take(trees.get(size), program) }]),
  ]);
}
