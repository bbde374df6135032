/** What the catalogue began with: every measurement leads to an entry, or to a reason in CONTRIBUTING.md why it has none. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '../../src/catalogue/catalogue.ts';

interface Facts {
  measured: string;
  'in-process': Readonly<Record<string, string[] | string>>;
  messaging: Readonly<Record<string, string[] | string>>;
}

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const facts = JSON.parse(read('fixtures/facts.json')) as Facts;
const rows = [...Object.entries(facts['in-process']), ...Object.entries(facts.messaging)];
const section = /^## Measurements and their entries$([^]*?)^## /m.exec(read('CONTRIBUTING.md'))?.[1] ?? '';
const reasons = [...section.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, word]) => word!);
const { byId } = loadCatalogue();

describe('measurements', () => {
  it('are all there', () => {
    expect(Object.keys(facts['in-process'])).toHaveLength(213);
    expect(Object.keys(facts.messaging)).toHaveLength(60);
  });

  it('lead to entries that exist', () => {
    expect(rows.flatMap(([fact, to]) => (Array.isArray(to) && to.length > 0 ? to.filter((id) => !byId.has(id)).map((id) => `${fact}: ${id}`) : []))).toEqual([]);
    expect(rows.filter(([, to]) => to.length === 0)).toEqual([]);
  });

  it('or to a reason, each of which is used', () => {
    expect([...new Set(rows.flatMap(([, to]) => (typeof to === 'string' ? [to] : [])))].sort()).toEqual([...reasons].sort());
  });
});
