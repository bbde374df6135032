/** Every proof of fixtures/proofs, or those that PROOFS names; what was seen is appended to PROOFS_SEEN. */
import { appendFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../src/catalogue/catalogue.ts';
import { answering } from './brokers.ts';
import { run } from './harness.ts';
import { chromium, closePages } from './pages.ts';
import { boundariesOf, isPage, loadProofs } from './proof.ts';

const words = (process.env.PROOFS ?? '').split(' ').filter(Boolean);
const up = await answering();
const required = process.env.OTEL_HANDOFF_REQUIRE_BROKERS !== undefined;

test.runIf(required).each([...new Set(loadProofs().flatMap((proof) => proof.needs))])('%s answers', (name) => {
  expect([...up]).toContain(name);
});

test.runIf(required)('there is a Chromium', () => {
  expect(chromium).toBeDefined();
});

afterAll(closePages);

describe.concurrent('proofs', () => {
  for (const proof of loadProofs(words)) {
    const absent = [...proof.needs.filter((name) => !up.has(name)), ...(isPage(proof) && chromium === undefined ? ['Chromium'] : [])];
    test.skipIf(absent.length > 0 && !required)(`${proof.folder}: ${proof.title}${absent.length > 0 ? ` (needs ${absent.join(', ')})` : ''}`, async () => {
      const seen = await run(proof);
      if (process.env.PROOFS_SEEN) appendFileSync(process.env.PROOFS_SEEN, `${JSON.stringify({ proof: proof.folder, title: proof.title, runtime: proof.runtime, boundaries: boundariesOf(proof), ...seen })}\n`);
    });
  }
});

describe('the catalogue\'s evidence', () => {
  const proved = new Map(loadProofs().flatMap((proof) => boundariesOf(proof).map((id) => [id, proof.folder] as const)));
  const root = fileURLToPath(new URL('../../', import.meta.url));

  test.each(loadCatalogue().boundaries.filter((b) => b.evidence === 'proved').map((b) => [b.id, b.proof] as const))('%s is proved by %s', (id, folder) => {
    expect(existsSync(join(root, folder, 'proof.json'))).toBe(true);
    expect(proved.has(id)).toBe(true);
  });

  test.each(loadCatalogue().boundaries.filter((b) => b.evidence === 'read').map((b) => b.id))('%s is read, and no proof shows it', (id) => {
    expect(proved.get(id)).toBeUndefined();
  });
});
