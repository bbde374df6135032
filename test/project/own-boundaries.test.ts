/** The page on own boundaries shows entries that are taken as they are. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parseConfig } from '../../src/project/config.ts';

test('the documented example is one that is taken', () => {
  const page = readFileSync(fileURLToPath(new URL('../../docs/own-boundaries.md', import.meta.url)), 'utf8');
  const [, json] = /```json\n([\s\S]*?)```/.exec(page)!;
  expect(parseConfig(JSON.parse(json!), 'docs/own-boundaries.md').boundaries.map((b) => b.id)).toEqual(['acme/post', 'acme/listen']);
});
