/** Each rule about spans has at least sixty cases, and half of them are silent: what must not be reported is as much a promise. */
import { describe, expect, test, vi } from 'vitest';
import { loadCatalogue } from '../../src/catalogue/catalogue.ts';
import { expected, type Files, type Setting } from '../analysis/harness.ts';

type Table = Record<string, string | Files>;

const seen = vi.hoisted(() => [] as { setting: unknown; table: unknown }[]);

vi.mock('../analysis/harness.ts', async (original) => ({
  ...await original<typeof import('../analysis/harness.ts')>(),
  cases: (_title: string, setting: unknown, table: unknown) => void seen.push({ setting, table }),
}));

const files: Record<string, (() => Promise<unknown>)[]> = {
  'require-agent-span': [() => import('../analysis/spans/require-agent-span.test.ts')],
  'no-new-root': [() => import('../analysis/spans/no-new-root.test.ts')],
  'prefer-span-link': [() => import('../analysis/spans/prefer-span-link.test.ts')],
  'require-span-end': [() => import('../analysis/spans/require-span-end.test.ts')],
  'no-inactive-parent': [() => import('../analysis/spans/no-inactive-parent.test.ts')],
  'no-sensitive-attributes': [() => import('../analysis/spans/sensitive-attributes.test.ts')],
  'no-sensitive-baggage': [() => import('../analysis/spans/sensitive-baggage.test.ts')],
  'no-custom-gen-ai-attributes': [() => import('../analysis/spans/custom-gen-ai-attributes.test.ts')],
  'no-leaked-context': [() => import('../analysis/leaked-context.test.ts'), () => import('../analysis/lasting.test.ts')],
  'no-silent-carrier': [() => import('../analysis/spans/silent-carriers.test.ts')],
  'no-double-inject': [() => import('../analysis/double-inject.test.ts')],
};

const counts = new Map<string, { flagged: number; silent: number }>();

// Their other tests run where they stand.
describe.skip('the tables of', async () => {
  for (const [rule, imports] of Object.entries(files)) {
    seen.length = 0;
    for (const load of imports) await load();
    counts.set(rule, count(rule, seen as { setting: Setting; table: Table }[]));
  }
});

describe('cases of', () => {
  test.each(Object.keys(files))('%s', (rule) => {
    const { flagged, silent } = counts.get(rule)!;
    expect(flagged + silent).toBeGreaterThanOrEqual(60);
    expect(silent, `${flagged} flagged`).toBeGreaterThanOrEqual(flagged);
  });
});

function count(rule: string, tables: readonly { setting: Setting; table: Table }[]): { flagged: number; silent: number } {
  const ofRule = new Set(loadCatalogue().boundaries.filter((boundary) => boundary.rule === rule).map(({ id }) => id));
  const all = tables.flatMap(({ setting, table }) => Object.values(table).map((given) => marksOf(setting, given)));
  const flagged = all.filter((marks) => marks.some((mark) => isOf(rule, ofRule, mark))).length;
  return { flagged, silent: all.length - flagged };
}

function marksOf(setting: Setting, given: string | Files): string[] {
  return expected({ ...setting.files, ...(typeof given === 'string' ? { 'src/a.ts': given } : given) });
}

/** `src/a.ts:4 timers/set-interval leaked recurring`: two rules are told by the verdict, whatever the boundary's own rule is. */
function isOf(rule: string, ofRule: ReadonlySet<string>, mark: string): boolean {
  const [, boundary = '', verdict] = mark.split(' ');
  if (rule === 'no-double-inject') return verdict === 'wrong' || ofRule.has(boundary);
  if (rule === 'no-leaked-context') return verdict === 'leaked' || ofRule.has(boundary);
  return ofRule.has(boundary) || boundary.startsWith('own/configured-agent');
}
