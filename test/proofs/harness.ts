/**
 * A proof: a program in fixtures/proofs, written as people write it, that is run with a real OpenTelemetry SDK before
 * and after `otel-handoff fix`.
 */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import pg from 'pg';
import { expect } from 'vitest';
import { check, fix, type CheckOptions, type CheckReport, type FixReport, type ToolError } from '../../src/api.ts';
import { brokers } from './brokers.ts';
import { runInPage } from './pages.ts';
import { contentsOf, lines, placesOf, type Span } from './places.ts';
import { Program } from './processes.ts';
import { isPage, isRepaired, proofsFolder, spread, type Contents, type Places, type Proof, type Repaired, type Untouched } from './proof.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

interface Outcome {
  places: Places;
  printed: string[];
  /** How many `traceparent` headers each request had. */
  traceparents: number[];
  spans: Span[];
}

/** What was seen, for the record. */
export interface Seen {
  before: Places;
  after?: Places;
  /** Where a person mended what no edit is made for. */
  byHand?: Places;
}

export function run(proof: Proof): Promise<Seen> {
  return isRepaired(proof) ? prove(proof) : proveUntouched(proof);
}

/** Dark before; whole, with the same results, after the repair. */
async function prove(proof: Repaired): Promise<Seen> {
  return inCopy(proof, async (copy) => {
    const dark = await copy.run();
    expect(dark.places, 'before').toEqual(spread(proof.before));
    if (proof.paths) expect(pathsOf(dark.spans, proof.paths.before), 'before').toEqual(proof.paths.before);
    expectTraceparents(dark, proof.traceparents);
    expectContents(dark, proof.holds?.before);

    const found = await copy.check({ all: true });
    expect(found.findings.map(verdictOf).sort()).toEqual([...proof.findings].sort());
    if (proof.handoffs) expect(found.handoffs?.map(verdictOf).sort()).toEqual([...proof.handoffs].sort());
    const fixed = await copy.fix();
    expect(fixed).toMatchObject({ refused: [], reverted: [], errors: [] });
    expect([...new Set(fixed.applied.flatMap((unit) => unit.boundaries))].sort()).toEqual([...new Set(found.findings.map((f) => f.boundary))].sort());

    const whole = await copy.run();
    expect(whole.places, 'after').toEqual(spread(proof.after));
    if (proof.paths) expect(pathsOf(whole.spans, proof.paths.after), 'after').toEqual(proof.paths.after);
    expectContents(whole, proof.holds?.after);
    expect(whole.printed).toEqual(dark.printed);
    if (proof.inHeaders) expect(whole.traceparents).toEqual(dark.traceparents.map(() => 1));
    else expect([...new Set(whole.traceparents)].filter((count) => count !== 0)).toEqual([]); // how often somebody polls is left to chance

    const repaired = copy.texts();
    expect(await copy.fix()).toMatchObject({ applied: [], refused: [], reverted: [], errors: [] });
    expect(copy.texts()).toEqual(repaired);
    expect(await copy.check()).toMatchObject({ findings: [], errors: [] });

    const seen = { before: dark.places, after: whole.places };
    if (!proof.afterwards) return seen;
    if (typeof proof.afterwards === 'object') copy.edit(proof.afterwards);
    const instrumented = await copy.run(proof.afterwards === 'instrumentations');
    expect(instrumented.places, 'instrumented').toEqual(spread(proof.then ?? proof.after));
    expectContents(instrumented, proof.holds?.then);
    expect(instrumented.printed).toEqual(dark.printed);
    expect(instrumented.traceparents).toEqual(dark.traceparents.map(() => 1));
    if (proof.afterwards === 'instrumentations') expect(instrumented.spans.map((span) => span.scope)).toContain('@opentelemetry/instrumentation-http');
    return seen;
  });
}

/** Not edited, because nothing is wrong or because no edit is known to be safe. */
async function proveUntouched(proof: Untouched): Promise<Seen> {
  return inCopy(proof, async (copy) => {
    const outcome = await copy.run();
    expect(outcome.places).toEqual(spread(proof.places));
    if (proof.paths) expect(pathsOf(outcome.spans, proof.paths)).toEqual(proof.paths);
    expectTraceparents(outcome, proof.traceparents);
    expectContents(outcome, proof.holds?.before);

    const { refused } = proof;
    const found = await copy.check({ all: true });
    expect(found.errors).toEqual([]);
    expect(found.findings.map((f) => `${verdictOf(f)} ${'refused' in f.repair ? f.repair.refused : undefined}`).sort()).toEqual([...refused].sort());
    if (proof.handoffs) expect(found.handoffs?.map(verdictOf).sort()).toEqual([...proof.handoffs].sort());
    const texts = copy.texts();
    const fixed = await copy.fix();
    expect(fixed).toMatchObject({ applied: [], reverted: [], files: [], errors: [] });
    expect(fixed.refused.length > 0).toBe(refused.length > 0);
    expect(copy.texts()).toEqual(texts);

    if (!proof.byHand) return { before: outcome.places };
    copy.edit(proof.byHand.edits);
    const mended = await copy.run();
    expect(mended.places, 'mended by hand').toEqual(spread(proof.byHand.places));
    expectTraceparents(mended, proof.byHand.traceparents);
    expectContents(mended, proof.holds?.byHand);
    expect(mended.printed).toEqual(outcome.printed);
    expect(await copy.check()).toMatchObject({ findings: [], errors: [] });
    return { before: outcome.places, byHand: mended.places };
  });
}

function expectTraceparents({ traceparents }: Outcome, each: number | undefined): void {
  if (each === undefined) return;
  expect(traceparents.length).toBeGreaterThan(0);
  expect(traceparents).toEqual(traceparents.map(() => each));
}

function expectContents({ spans }: Outcome, contents: Contents | undefined): void {
  if (contents) expect(contentsOf(spans, Object.keys(contents))).toEqual(contents);
}

/** What `--runtime` says for a proof's. */
const runtimes: Readonly<Partial<Record<Proof['runtime'], CheckOptions['runtime']>>> = { browser: 'browser', chromium: 'browser', 'chromium-zone': 'browser-zone' };

/** A copy inside this repository, so that its imports resolve to the repository's own node_modules. */
class Copy {
  readonly #proof: Proof;
  readonly #folder: string;
  #runs = 0;

  constructor(proof: Proof) {
    this.#proof = proof;
    this.#folder = join(root, '.demo/proofs', `${proof.folder}-${randomBytes(4).toString('hex')}`);
    const { runtime } = proof;
    rmSync(this.#folder, { recursive: true, force: true });
    mkdirSync(this.#folder, { recursive: true });
    cpSync(join(proofsFolder, proof.folder), this.#folder, { recursive: true, filter: (file) => basename(file) !== 'proof.json' });
    cpSync(join(proofsFolder, isPage(proof) ? 'spans.chromium.mjs' : 'spans.mjs'), join(this.#folder, 'spans.mjs'));
    if (isPage(proof) && proof.services.length > 0) this.#addNodeTelemetry();
    for (const name of proof.shared) cpSync(join(proofsFolder, name), join(this.#folder, name));
    if (!existsSync(join(this.#folder, 'telemetry.mjs'))) cpSync(join(proofsFolder, `telemetry.${runtime}.mjs`), join(this.#folder, 'telemetry.mjs'));
    if (runtime === 'browser') this.edit({ 'package.json': [['sdk-trace-node', 'sdk-trace-web']] });
    for (const [name, alias] of Object.entries(proof.packages)) this.#standIn(name, alias);
    // A repository of its own: this one's .gitignore leaves .demo/ out, and the CLI respects that.
    execFileSync('git', ['init', '--quiet'], { cwd: this.#folder });
  }

  /** A page's services have a tracer of their own, beside the page's. */
  #addNodeTelemetry(): void {
    cpSync(join(proofsFolder, 'spans.mjs'), join(this.#folder, 'spans.node.mjs'));
    writeFileSync(join(this.#folder, 'telemetry.node.mjs'), readFileSync(join(proofsFolder, 'telemetry.node.mjs'), 'utf8').replace('./spans.mjs', './spans.node.mjs'));
  }

  /** Another version of a package, as if it were installed here. */
  #standIn(name: string, alias: string): void {
    const at = join(this.#folder, 'node_modules', name);
    mkdirSync(dirname(at), { recursive: true });
    symlinkSync(join(root, 'node_modules', alias), at, 'dir');
  }

  async run(instrumented = false): Promise<Outcome> {
    if (isPage(this.#proof)) return this.#runPage();
    const { main, services, prints, needs } = this.#proof;
    const spansFile = this.#spansFile();
    const prefix = `${basename(this.#folder)}-${this.#runs}`;
    // Notifications go to all of a database: each run has its own.
    const database = `handoff_proof_${prefix.split('-').slice(-2).join('_')}`;
    if (needs.includes('postgres')) await query(`CREATE DATABASE ${database} TEMPLATE template0`);
    const env: NodeJS.ProcessEnv = { SPANS_FILE: spansFile, QUEUE_PREFIX: prefix, ...Object.fromEntries(needs.map((name) => [brokers[name].variable, name === 'postgres' ? new URL(database, brokers.postgres.url).href : brokers[name].url])) };
    const preload = instrumented ? ['--import', join(proofsFolder, 'instrument.mjs')] : [];
    const command = (file: string): string[] => [...preload, ...(file.endsWith('.ts') ? ['--import', join(proofsFolder, 'typescript.mjs')] : []), file];
    const started = services.map((file) => new Program(command(file), this.#folder, env));
    const printed: string[] = [];
    try {
      const url = await addressOf(started);
      if (url) env.SERVICE_URL = url;
      printed.push(...lines((await new Program(command(main), this.#folder, env).end()).stdout));
      const served = await Promise.all(started.map((service) => service.printed((text) => (lines(text).length >= prints ? lines(text) : undefined))));
      printed.push(...served.flat());
    } finally {
      const stopped = await Promise.allSettled(started.map((service) => service.stop()));
      if (needs.includes('redis')) await removeKeys(brokers.redis.url, prefix);
      if (needs.includes('postgres')) await query(`DROP DATABASE ${database} WITH (FORCE)`);
      for (const stop of stopped) if (stop.status === 'rejected') throw stop.reason;
    }
    return this.#outcome(recordsOf(spansFile), printed);
  }

  #spansFile(): string {
    const file = join(this.#folder, `.git/spans-${++this.#runs}.jsonl`);
    writeFileSync(file, '');
    return file;
  }

  async #runPage(): Promise<Outcome> {
    const { main, services, prints } = this.#proof;
    const spansFile = this.#spansFile();
    const started = services.map((file) => new Program([file], this.#folder, { SPANS_FILE: spansFile }));
    try {
      const { lines: printed, records } = await runInPage(join(this.#folder, main), prints, await addressOf(started));
      return this.#outcome([...records, ...recordsOf(spansFile)], printed);
    } finally {
      await Promise.all(started.map((service) => service.stop()));
    }
  }

  /** @param lines what was recorded, each a line of JSON */
  #outcome(lines: string[], printed: string[]): Outcome {
    const records = lines.map((line) => JSON.parse(line) as Span & { traceparents?: number });
    const spans = records.filter((record) => record.traceId);
    return {
      places: placesOf(spans),
      printed: printed.sort(),
      traceparents: records.flatMap(({ traceparents }) => (traceparents === undefined ? [] : [traceparents])),
      spans,
    };
  }

  check(options: CheckOptions = {}): Promise<CheckReport> {
    return check({ ...this.#analysis(), ...options });
  }

  async fix(): Promise<FixReport & { errors: ToolError[] }> {
    const { report, errors } = await fix({ ...this.#analysis(), write: true, allowDirty: true, typeCheck: false });
    return { ...report, errors };
  }

  #analysis(): Pick<CheckOptions, 'cwd' | 'runtime'> {
    return { cwd: this.#folder, ...(runtimes[this.#proof.runtime] ? { runtime: runtimes[this.#proof.runtime] } : {}) };
  }

  edit(edits: Record<string, [string, string][]>): void {
    for (const [file, replacements] of Object.entries(edits)) {
      let text = readFileSync(join(this.#folder, file), 'utf8');
      for (const [from, to] of replacements) {
        if (!text.includes(from)) throw new Error(`${file} of ${this.#proof.folder} has no ${from}`);
        text = text.replace(from, to);
      }
      writeFileSync(join(this.#folder, file), text);
    }
  }

  texts(): Record<string, string> {
    const names = readdirSync(this.#folder).filter((name) => name !== '.git' && name !== 'node_modules').sort();
    return Object.fromEntries(names.map((name) => [name, readFileSync(join(this.#folder, name), 'utf8')]));
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get folder(): string {
    return this.#folder;
  }
}

/** Waits until they serve: where, if one of them says so. */
async function addressOf(services: Program[]): Promise<string | undefined> {
  const ports: string[] = [];
  for (const service of services) {
    const [, port] = await service.printed((text) => /^(?:ready|listening on (\d+))$/m.exec(text) ?? undefined);
    if (port) ports.push(port);
  }
  const port = ports.at(-1);
  return port && `http://127.0.0.1:${port}`;
}

function recordsOf(file: string): string[] {
  return readFileSync(file, 'utf8').split('\n').filter(Boolean);
}

/** What a failed proof did stays where it is, to be looked at. */
async function inCopy(proof: Proof, use: (copy: Copy) => Promise<Seen>): Promise<Seen> {
  const copy = new Copy(proof);
  try {
    const seen = await use(copy);
    copy.remove();
    return seen;
  } catch (error) {
    if (error instanceof Error) error.message = `${copy.folder}\n${error.message}`;
    throw error;
  }
}

/** What stands above the spans of these names: all that were seen, where it is not the same for each of them. */
function pathsOf(spans: Span[], names: Readonly<Record<string, string>>): Record<string, string> {
  const recorded = new Map(spans.map((span) => [span.spanId, span]));
  const pathOf = (span: Span): string => {
    const above: string[] = [];
    for (let at = span.parentSpanId; at !== undefined; at = recorded.get(at)?.parentSpanId) above.unshift(recorded.get(at)?.name ?? '?');
    return above.join(' > ');
  };
  return Object.fromEntries(Object.keys(names).map((name) => [name, [...new Set(spans.filter((span) => span.name === name).map(pathOf))].join(' | ')]));
}

async function removeKeys(url: string, prefix: string): Promise<void> {
  const redis = new Redis(url);
  for await (const keys of redis.scanStream({ match: `*${prefix}*`, count: 1000 })) {
    if ((keys as string[]).length > 0) await redis.del(...(keys as string[]));
  }
  redis.disconnect();
}

async function query(text: string): Promise<void> {
  const client = new pg.Client({ connectionString: brokers.postgres.url });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

function verdictOf({ boundary, verdict }: { boundary: string; verdict: string }): string {
  return `${boundary} ${verdict}`;
}
