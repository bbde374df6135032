/** A boundary that only `handoff.config.json` knows: found, repaired and whole like a built-in one. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parseConfig } from '../../src/project/config.ts';
import { prove } from './harness.ts';

test('a bus of one\'s own', () =>
  prove({ folder: 'own-boundary', before: { 'look up': 'none' }, findings: ['acme/listen lost', 'acme/post lost'], after: { 'look up': 'own' } }));

test('the documented example is one that is taken', () => {
  const page = readFileSync(fileURLToPath(new URL('../../docs/own-boundaries.md', import.meta.url)), 'utf8');
  const [, json] = /```json\n([\s\S]*?)```/.exec(page)!;
  expect(parseConfig(JSON.parse(json!), 'docs/own-boundaries.md').boundaries.map((b) => b.id)).toEqual(['acme/post', 'acme/listen']);
});
