/** Every proof of fixtures/proofs, or those that PROOFS names; what was seen is appended to PROOFS_SEEN. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../src/catalogue/catalogue.ts';
import { answering } from './brokers.ts';
import { run } from './harness.ts';
import { chromium, closePages } from './pages.ts';
import { boundariesOf, isPage, isRepaired, loadProofs, spread, versionsOf, type Places, type Proof } from './proof.ts';

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
    // A page has no Node.
    if (isPage(proof) && process.env.PROOFS_NODE !== undefined) continue;
    test.skipIf(absent.length > 0 && !required)(`${proof.folder}: ${proof.title}${absent.length > 0 ? ` (needs ${absent.join(', ')})` : ''}`, async () => {
      const seen = await run(proof);
      if (process.env.PROOFS_SEEN) appendFileSync(process.env.PROOFS_SEEN, `${JSON.stringify({ proof: proof.folder, title: proof.title, runtime: proof.runtime, boundaries: boundariesOf(proof), versions: versionsOf(proof), ...seen, ...(proof.holds ? { holds: proof.holds } : {}) })}\n`);
    });
  }
});

interface Row {
  proof: string;
  title: string;
  runtime: string;
  boundaries: string[];
  versions: Record<string, string>;
  node?: string[];
  before: Places;
  after?: Places;
  byHand?: Places;
  holds?: Proof['holds'];
}

// What `npm run proofs` is about to write it says nothing of.
describe.skipIf(process.env.PROOFS_SEEN !== undefined)('proofs.json', () => {
  const rows = JSON.parse(readFileSync(new URL('../../proofs.json', import.meta.url), 'utf8')) as Row[];
  const named = ({ proof, title }: { proof: string; title: string }): string => `${proof}: ${title}`;

  test('has a row for every proof, and no other', () => {
    expect(rows.map(named).sort()).toEqual(loadProofs().map(({ folder, title }) => named({ proof: folder, title })).sort());
  });

  test('says of each what the proof says', () => {
    const said = loadProofs().map((proof) => ({
      proof: proof.folder, title: proof.title, runtime: proof.runtime, boundaries: boundariesOf(proof),
      ...(isRepaired(proof) ? { before: spread(proof.before), after: spread(proof.after) } : { before: spread(proof.places), ...(proof.byHand ? { byHand: spread(proof.byHand.places) } : {}) }),
      ...(proof.holds ? { holds: proof.holds } : {}),
    }));
    const recorded = new Map(rows.map((row) => [named(row), row]));
    for (const proof of said) expect({ ...recorded.get(named(proof)), versions: undefined, node: undefined }).toEqual(proof);
  });

  test('names the versions of Node on which it was seen', () => {
    expect(rows.filter(({ runtime, node }) => !runtime.startsWith('chromium') && !node?.includes('20')).map(named)).toEqual([]);
  });

  test('runs the lowest and the newest version of a range', () => {
    const seen = (name: string): Set<string> => new Set(rows.flatMap(({ versions }) => versions[name] ?? []));
    expect(['bullmq', 'amqplib', 'nats', 'p-queue', '@modelcontextprotocol/sdk'].filter((name) => seen(name).size < 2)).toEqual([]);
  });
});

describe('the catalogue\'s evidence', () => {
  const proved = new Map(loadProofs().flatMap((proof) => boundariesOf(proof).map((id) => [id, proof.folder] as const)));
  const root = fileURLToPath(new URL('../../', import.meta.url));

  test.each(loadCatalogue().boundaries.filter((b) => b.evidence === 'proved').map((b) => [b.id, b.proof] as const))('%s is proved by %s', (id, folder) => {
    expect(existsSync(join(root, folder, 'proof.json'))).toBe(true);
    expect(proved.has(id)).toBe(true);
  });

  test.each(loadCatalogue().boundaries.filter((b) => b.evidence === 'read').map((b) => [b.id, b.proof] as const))('%s is read, no proof shows it, and it says why none is run', (id, why) => {
    expect(proved.get(id)).toBeUndefined();
    expect(why).toMatch(/^read\b.+; not run: .{20,}/);
  });
});
