// Whether time grows as lines do: `check` on generated trees of three sizes.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { take as check } from './check.mjs';
import { tree } from './support/tree.mjs';

export const sizes = [100_000, 300_000, 900_000];

export function take(size, scratch) {
  const taken = check(tree(size), scratch);
  const { lines } = JSON.parse(readFileSync(join(scratch, 'check.json'), 'utf8'));
  return { ...taken, lines };
}
