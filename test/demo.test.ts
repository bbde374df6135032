import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { findRedis } from '../scripts/demo/agents.mjs';
import { countTraces, joinedTraces, missingNames, parseSpans, renderForest, traces } from '../scripts/demo/tree.mjs';
import type { Span } from '../scripts/demo/tree.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** `trace/span<parent@links`, with the span's letter as its name and the start order as its time. */
function spans(...shorthands: string[]): Span[] {
  return shorthands.map((shorthand, startMs) => {
    const [, traceId, spanId, parentSpanId, links] = /^(\w+)\/(\w+)(?:<(\w+))?(?:@([\w/,]+))?$/.exec(shorthand) ?? [];
    if (!traceId || !spanId) throw new Error(shorthand);
    return {
      traceId,
      spanId,
      parentSpanId,
      links: (links?.split(',') ?? []).map((link) => {
        const [linkedTrace = '', linkedSpan = ''] = link.split('/');
        return { traceId: linkedTrace, spanId: linkedSpan };
      }),
      name: spanId,
      kind: 0,
      service: 'app',
      startMs,
      status: 0,
    };
  });
}

describe('what counts as one trace', () => {
  test.each([
    ['no spans', [], 0],
    ['a parent and its child', ['1/a', '1/b<a'], 1],
    ['two roots', ['1/a', '2/b'], 2],
    ['two roots in one trace id', ['1/a', '1/b'], 1],
    ['a link', ['1/a', '2/b@1/a'], 1],
    ['a link to what comes later', ['1/a@2/b', '2/b'], 1],
    ['a chain of links', ['1/a', '2/b@1/a', '3/c@2/b'], 1],
    ['two links from one span', ['1/a', '2/b', '3/c@1/a,2/b'], 1],
    ['links in a circle', ['1/a@2/b', '2/b@1/a', '3/c'], 2],
    ['two pairs', ['1/a', '2/b@1/a', '3/c', '4/d@3/c'], 2],
    ['a link to a trace that nobody recorded', ['1/a@9/z', '2/b@9/z'], 2],
    ['a link to a span that nobody recorded', ['1/a', '2/b@1/z'], 2],
    ['a link into its own trace', ['1/a', '1/b@1/a', '2/c'], 2],
  ] as const)('%s', (_title, shorthands, count) => {
    const given = spans(...shorthands);
    expect(countTraces(given)).toBe(count);
    expect(joinedTraces(given).flat()).toHaveLength(given.length);
  });

  test.each([[0, '0 traces'], [1, '1 trace'], [2, '2 traces']])('%i is written "%s"', (count, text) => {
    expect(traces(count)).toBe(text);
  });
});

describe('the printed forest', () => {
  test('nests children, keeps traces apart and marks links', () => {
    const given = spans('1/a', '1/b<a', '1/c<b', '1/d<a', '2/e@1/b', '2/f<e', '3/g');
    expect(renderForest(given)).toBe(
      [
        'trace 1  (2 trace ids, joined by links)',
        '  app  a',
        '  app  ├─ b',
        '  app  │  └─ c',
        '  app  └─ d',
        '  app  e  ⇠ link from app · b',
        '  app  └─ f',
        '',
        'trace 2',
        '  app  g',
      ].join('\n'),
    );
  });

  test('shows a span whose parent or link was not recorded', () => {
    expect(renderForest(spans('1/a<z', '2/b@1/z'))).toBe(
      [
        'trace 1',
        '  app  a  (its parent was not recorded)',
        '',
        'trace 2',
        '  app  b  ⇠ link to a span that nobody recorded',
      ].join('\n'),
    );
  });

  test('every span is printed once', () => {
    const given = spans('1/a', '1/b<a', '2/c', '2/d<zz', '3/e@1/a,2/c');
    expect(renderForest(given).match(/^ {2}app/gm)).toHaveLength(given.length);
  });
});

test('spans are read in the order in which they started', () => {
  const [first, second] = spans('1/a', '2/b');
  expect(parseSpans(`${JSON.stringify(second)}\n${JSON.stringify(first)}\n`).map(({ name }) => name)).toEqual(['a', 'b']);
});

test('a span that is there fewer times than before is missed', () => {
  const before = spans('1/chat', '2/chat', '3/plan');
  expect(missingNames(before, spans('1/plan', '1/chat<plan', '1/extra'))).toEqual(['chat']);
  expect(missingNames(before, before)).toEqual([]);
});

test('the demo makes the dark traces whole', { timeout: 120_000 }, async () => {
  const folder = `.demo/test-${process.pid}`;
  try {
    const { status, stdout, stderr } = await demo('--dir', folder);
    const dark = (await findRedis()) ? 5 : 4;
    expect(stdout.trimEnd().split('\n').at(-1), stderr).toBe(`before: ${dark} traces · after: 1 trace`);
    expect(status, stderr).toBe(0);
  } finally {
    rmSync(`${root}/${folder}`, { recursive: true, force: true });
  }
});

test('with --agents one reads the way from the request to the specialists, their tools and their models', { timeout: 120_000 }, async () => {
  const folder = `.demo/test-desk-${process.pid}`;
  try {
    const { status, stdout, stderr } = await demo('--agents', '--dir', folder);
    expect(stdout.trimEnd().split('\n').at(-1), stderr).toBe('before: 2 traces · after: 1 trace');
    expect(status, stderr).toBe(0);
    const after = stdout.slice(stdout.indexOf('── the same agents, repaired'));
    const tree = after.split('\n').filter((line) => /^ {2}(desk|analyst) /.test(line)).map((line) => line.trim());
    expect(tree).toEqual([
      'desk     POST /ask',
      'desk     └─ invoke_agent planner  (lead, depth 0)',
      'desk        ├─ chat small-1',
      'desk        ├─ execute_tool search_repair_log',
      'desk        │  └─ chat small-1',
      'analyst     ├─ invoke_agent analyst',
      'analyst     │  ├─ chat small-1',
      'analyst     │  └─ execute_tool estimate_stations',
      'desk        └─ invoke_agent writer  (specialist, depth 1)',
      'desk           ├─ chat small-1',
      'desk           └─ chat small-1',
    ]);
  } finally {
    rmSync(`${root}/${folder}`, { recursive: true, force: true });
  }
});

test('an agent\'s place is printed', () => {
  expect(renderForest([{ ...spans('1/a')[0]!, role: 'lead', depth: 0 }])).toBe('trace 1\n  app  a  (lead, depth 0)');
});

function demo(...args: string[]): Promise<{ status: unknown; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['scripts/demo.mjs', ...args], { cwd: root }, (error, stdout, stderr) => {
      resolve({ status: error ? error.code : 0, stdout, stderr });
    });
  });
}
