/** That the golden fixtures hold everything: each strategy repairs in one of them, and each refusal code refuses in one. */
import fs from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { entries } from '../../src/catalogue/index.ts';
import { refusalCodes } from '../../src/refusals.ts';
import { strategies } from '../../transforms/index.ts';
import { readSheets } from './sheet.ts';

const repo = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string): string => fs.readFileSync(join(repo, path), 'utf8');

/** What became of each unit: lines of report.txt files and of the sheets' last blocks. */
const reports = [
  ...fs.readdirSync(join(repo, 'fixtures/repairs'), { recursive: true, encoding: 'utf8' }).filter((file) => /(^|[\\/])report\.txt$/.test(file)).map((file) => read(join('fixtures/repairs', file))),
  ...readSheets().flatMap(({ shapes }) => shapes.map(({ report }) => report)),
].join('\n');

/** Codes of what is no repair unit by itself, and where they are seen. */
const seenElsewhere: Partial<Record<(typeof refusalCodes)[number], string>> = {
  'other-side-refused': 'fixtures/proofs/powertools-batch/proof.json',
  'untraced-far-side': 'fixtures/proofs/worker-untraced/proof.json',
  'unknown-origin': 'test/analysis/origins-types.test.ts',
  'not-registered': 'test/project/unregistered.test.ts',
};

describe('refusals', () => {
  const refused = new Set([...reports.matchAll(/^refused (\S+) /gm)].map(([, code]) => code));

  it('are all known', () => {
    expect([...refused].filter((code) => !(refusalCodes as readonly string[]).includes(code!))).toEqual([]);
  });

  it.each(refusalCodes)('%s', (code) => {
    const elsewhere = seenElsewhere[code];
    expect(refused.has(code)).toBe(elsewhere === undefined);
    if (elsewhere !== undefined) expect(read(elsewhere)).toMatch(new RegExp(`\\b${code}\\b`));
  });

  it.each(['identity-needed', 'payload-only-slot', 'unknown-destination', 'cors-preflight', 'next-cached-fetch', 'streaming', 'helper-modified'])('%s, of DESIGN.md 7, in a golden fixture', (code) => {
    expect(refused).toContain(code);
  });
});

describe('strategies', () => {
  const repaired = new Set([...reports.matchAll(/^applied (.*) at /gm)].flatMap(([, ids]) => ids!.split(' ')));
  const usual = new Map(entries.map(({ id, repair }) => [id, repair && 'strategy' in repair ? repair.strategy : undefined]));
  /** Chosen by a site or an option, not by its boundary; the sheet that shows it. */
  const chosen: Record<string, string> = { 'remove-carrier': 'twice', 'switch-on-telemetry': 'native' };

  it('are of boundaries that there are', () => {
    expect([...repaired].filter((id) => !usual.has(id) && !id.startsWith('own/'))).toEqual([]);
  });

  it.each(Object.keys(strategies))('%s', (name) => {
    const sheet = chosen[name];
    if (sheet === undefined) expect([...repaired].map((id) => usual.get(id))).toContain(name);
    else expect(readSheets().find(({ topic }) => topic === sheet)?.shapes.some(({ report }) => report.startsWith('applied '))).toBe(true);
  });
});
