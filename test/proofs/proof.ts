/**
 * What a proof says of itself: `proof.json` beside its program, one or a list (the same program under two runtimes).
 * The folder is the proof's name.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { z } from 'zod';
import { brokerNames } from './brokers.ts';

export const proofsFolder = fileURLToPath(new URL('../../fixtures/proofs', import.meta.url));

/**
 * Where a far side's span stands: in its own request's trace (`own`) or in the other one's (`other`), in a `process`
 * span that has a link to its own (`linked`) or to the other one (`linked to other`), in a trace of its own (`none`),
 * or under a span that was not exported.
 */
const place = z.enum(['own', 'other', 'linked', 'linked to other', 'none', 'none and own', 'under a span that nobody recorded']);
/** The far side's span names, each with its place: the same for both requests, `a` and `b`, or by request. */
const places = z.record(z.string(), z.union([place, z.record(z.string(), place)]));
/** By file: what is replaced, and by what. */
const edits = z.record(z.string(), z.array(z.tuple([z.string(), z.string()])));
/** By a span's name: what those spans hold (`contentsOf` in places.ts). */
const contents = z.record(z.string(), z.array(z.string()));
const verdict = z.string().regex(/^[\w@.-]+\/[\w@.-]+ [a-z-]+$/);

const program = {
  /** What it shows, after the folder's name. */
  title: z.string(),
  /**
   * `browser`: StackContextManager in Node, and `--runtime browser`. `chromium`, `chromium-zone`: a page, with that or with
   * ZoneContextManager; it is over when it has printed `prints` lines.
   */
  runtime: z.enum(['node', 'browser', 'chromium', 'chromium-zone']).default('node'),
  main: z.string().default('main.mjs'),
  /** Programs that serve until they are told to stop; each prints `ready`, or `listening on PORT`. */
  services: z.array(z.string()).default([]),
  /** How many lines the services print for all requests together. */
  prints: z.int().default(0),
  /** Servers on this machine without which it can't run. */
  needs: z.array(z.enum(brokerNames)).default([]),
  /** Entries that the program uses and of which nothing is to be said: schedules, notices. */
  silent: z.array(z.string()).default([]),
  /** Files of fixtures/proofs that stand beside it too: what several programs share. */
  shared: z.array(z.string()).default([]),
  /** Packages that stand in for others: another version under an alias. */
  packages: z.record(z.string(), z.string()).default({}),
  /** `boundary verdict` of what is in order before anything is edited. */
  handoffs: z.array(verdict).optional(),
  /** How many `traceparent` headers every request must have then. Default: not looked at. */
  traceparents: z.int().optional(),
  /** What spans hold, where that is what goes wrong: before the repair, after it, `then`, and as a person mended it. */
  holds: z.strictObject({ before: contents, after: contents.optional(), then: contents.optional(), byHand: contents.optional() }).optional(),
};

/** Dark before the repair, whole after it. */
const repaired = z.strictObject({
  ...program,
  before: places,
  /** `boundary verdict` of every finding. */
  findings: z.array(verdict).min(1),
  after: places,
  /** Whether requests over HTTP carry it in their headers, or elsewhere. */
  inHeaders: z.boolean().default(true),
  /** Where spans are told by those above them: each one's ancestors, outermost first, before and after. */
  paths: z.strictObject({ before: z.record(z.string(), z.string()), after: z.record(z.string(), z.string()) }).optional(),
  /** What is switched on after the repair: undici's and http's instrumentation, or edits that a person makes. */
  afterwards: z.union([z.literal('instrumentations'), edits]).optional(),
  /** The places then, where they aren't those of `after`. */
  then: places.optional(),
});

/** Not edited, because nothing is wrong or because no edit is known to be safe. */
const untouched = z.strictObject({
  ...program,
  places,
  /** What stands above the spans of these names, outermost first. */
  paths: z.record(z.string(), z.string()).optional(),
  /** `boundary verdict refusal` of every finding. */
  refused: z.array(z.string()).default([]),
  /** What a person edits to mend it, and what is seen then: nothing is left to report. */
  byHand: z.strictObject({ edits, places, traceparents: z.int().optional() }).optional(),
});

type Written = z.infer<typeof repaired> | z.infer<typeof untouched>;

export type Place = z.infer<typeof place>;
export type Places = z.infer<typeof places>;
export type Contents = z.infer<typeof contents>;
export type Repaired = z.infer<typeof repaired> & { folder: string };
export type Untouched = z.infer<typeof untouched> & { folder: string };
export type Proof = Repaired | Untouched;

/** Whether it runs in a page. */
export function isPage({ runtime }: Proof): boolean {
  return runtime.startsWith('chromium');
}

export function isRepaired(given: Proof): given is Repaired {
  return 'before' in given;
}

/** Every proof whose folder or a boundary of which has one of `words` in its name; all without any. */
export function loadProofs(words: readonly string[] = []): Proof[] {
  const folders = readdirSync(proofsFolder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort();
  return folders.flatMap((folder) => read(folder).map((each) => ({ ...each, folder })))
    .filter((each) => words.length === 0 || words.some((word) => [each.folder, ...boundariesOf(each)].some((name) => name.includes(word))));
}

/** The catalogue's entries that a proof shows something of. */
export function boundariesOf(given: Proof): string[] {
  const verdicts = isRepaired(given) ? given.findings : [...(given.handoffs ?? []), ...given.refused];
  return [...new Set([...verdicts.map((each) => each.split(' ')[0]!), ...given.silent])].sort();
}

function read(folder: string): Written[] {
  const file = join(proofsFolder, folder, 'proof.json');
  const given: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return (Array.isArray(given) ? given : [given]).map((each: unknown) => {
    const schema = typeof each === 'object' && each !== null && 'before' in each ? repaired : untouched;
    const parsed = schema.safeParse(each);
    if (!parsed.success) throw new Error(`${folder}/proof.json: ${z.prettifyError(parsed.error)}`);
    return parsed.data;
  });
}

/** The places by request, where they are the same for both. */
export function spread(places: Places): Places {
  return Object.fromEntries(Object.entries(places).map(([name, place]) => [name, typeof place === 'string' ? { a: place, b: place } : place]));
}

/** The installed versions of what a proof's package.json depends on, but for OpenTelemetry's own. */
export function versionsOf({ folder, packages }: Proof): Record<string, string> {
  const { dependencies } = JSON.parse(readFileSync(join(proofsFolder, folder, 'package.json'), 'utf8')) as { dependencies: Record<string, string> };
  const names = Object.keys(dependencies).filter((name) => !name.startsWith('@opentelemetry/') || name.includes('/instrumentation-')).sort();
  return Object.fromEntries(names.map((name) => [name, versionOf(packages[name] ?? name)]));
}

function versionOf(name: string): string {
  const file = fileURLToPath(new URL(`../../node_modules/${name}/package.json`, import.meta.url));
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
