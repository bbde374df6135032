/** The record of `npm run ecosystem`: the run itself is not part of CI. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { render, type Entry, type Row } from '../scripts/ecosystem/render.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const repositories = JSON.parse(read('scripts/ecosystem/repositories.json')) as Entry[];
const rows = JSON.parse(read('scripts/ecosystem/results.json')) as Row[];

describe('the ecosystem run', () => {
  it('is what docs/ecosystem.md says', () => {
    expect(read('docs/ecosystem.md')).toBe(render(rows, repositories));
  });

  it('covers at least ten repositories of the list, at the commits that it names', () => {
    expect(rows.length).toBeGreaterThanOrEqual(10);
    const commits = new Map(repositories.map(({ repository, commit }) => [repository, commit]));
    for (const { repository, commit } of rows) expect(commits.get(repository)).toBe(commit);
  });

  it('is of one commit of otel-handoff, and of three million lines', () => {
    expect(new Set(rows.map(({ tool }) => tool)).size).toBe(1);
    expect(rows.reduce((sum, { lines }) => sum + lines, 0)).toBeGreaterThan(3_000_000);
  });

  it.each(rows)('did no harm to $repository', ({ newTypeErrors, secondRun, crashes }) => {
    expect({ newTypeErrors, secondRun, crashes }).toEqual({ newTypeErrors: [], secondRun: 0, crashes: [] });
  });

  it.each(repositories.filter(({ install }) => install))('installs for $repository without running scripts', ({ install }) => {
    for (const { command } of install!) expect(command).toContain('--ignore-scripts');
  });
});
