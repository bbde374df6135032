/** Where the spans of a program stand, by what its tracer has written down (fixtures/proofs/spans.mjs). */
import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Program } from './processes.ts';
import { proofsFolder, type Place, type Places } from './proof.ts';

export interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  links: { traceId: string; spanId: string }[];
  name: string;
  kind: number;
  scope: string;
  /** Which of the concurrent requests it serves. */
  request?: string;
  /** `name=value` of its attributes, `event NAME (attributes)`, `status error`. In a page: nothing. */
  holds?: string[];
  /** In which process, and at which turn of its spans' starts and ends. In a page: nothing. */
  process?: number;
  began?: number;
  ended?: number;
}

/** Runs a program that starts no other, TypeScript or not: where its spans stand, what they are called, and what it printed. */
export async function observe(main: string, cwd: string): Promise<{ places: Places; names: Set<string>; printed: string[] }> {
  const file = join(tmpdir(), `otel-handoff-spans-${randomBytes(6).toString('hex')}.jsonl`);
  writeFileSync(file, '');
  try {
    const { stdout } = await new Program(['--import', join(proofsFolder, 'typescript.mjs'), main], cwd, { SPANS_FILE: file }).end();
    const records = readFileSync(file, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line) as Span);
    const spans = records.filter(({ traceId }) => traceId);
    return { places: placesOf(spans), names: new Set(spans.map(({ name }) => name)), printed: lines(stdout).sort() };
  } finally {
    rmSync(file);
  }
}

export function placesOf(spans: Span[]): Places {
  const recorded = new Map(spans.map((span) => [span.spanId, span]));
  const topOf = (span: Span): Span => {
    for (let at = span; ; ) {
      const parent = at.parentSpanId === undefined ? undefined : recorded.get(at.parentSpanId);
      if (!parent) return at;
      at = parent;
    }
  };
  const places: Record<string, Record<string, Place>> = {};
  for (const span of spans) {
    if (span.request === undefined || span.name === 'request') continue;
    const known = (places[span.name] ??= {});
    const place = placeOf(span, topOf(span), recorded, topOf);
    const all = known[span.request]?.split(' and ') ?? [];
    // Anything that is no known place fails the comparison, and shows what it is.
    known[span.request] = [...new Set([...all, place])].sort().join(' and ') as Place;
  }
  return places;
}

function placeOf(span: Span, top: Span, recorded: Map<string, Span>, topOf: (span: Span) => Span): string {
  if (top.parentSpanId !== undefined) return 'under a span that nobody recorded';
  if (top.traceId !== span.traceId) return 'in another trace than its parent';
  if (top.name === 'request') return top.request === span.request ? 'own' : 'other';
  const links = top.links.map(({ traceId, spanId }) => {
    const target = recorded.get(spanId);
    return target?.traceId === traceId ? topOf(target) : undefined;
  });
  if (links.length === 0) return 'none';
  if (links.length > 1 || !/\bprocess\b/.test(top.name) || top.kind !== 4) return `linked by ${top.name}, kind ${top.kind}, to ${links.length} spans`;
  if (links[0]?.name !== 'request') return 'linked to no request';
  return links[0].request === span.request ? 'linked' : 'linked to other';
}

/** What the spans of these names hold, and whether they began after their request had ended in the same process: all that was seen of each. */
export function contentsOf(spans: Span[], names: Iterable<string>): Record<string, string[]> {
  const requestOf = (span: Span): string => `${span.process} ${span.request}`;
  const ended = new Map(spans.filter(({ name }) => name === 'request').map((span) => [requestOf(span), span.ended]));
  const isLate = (span: Span): boolean => span.name !== 'request' && (span.began ?? 0) > (ended.get(requestOf(span)) ?? Infinity);
  return Object.fromEntries([...names].map((name) => {
    const seen = spans.filter((span) => span.name === name).flatMap((span) => [...(span.holds ?? []), ...(isLate(span) ? ['begun after its request'] : [])]);
    return [name, [...new Set(seen)].sort()];
  }));
}

export function lines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '' && !/^(ready|listening on \d+)$/.test(line));
}
