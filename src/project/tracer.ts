/** Whether a thread's file starts a tracer of its own: no carrier helps one that doesn't. */
import type { Neighbours } from '../analysis/source.ts';
import type { Ts } from '../types.ts';
import { coverageFacts, textFacts } from './coverage-facts.ts';
import { operationsFiles } from './coverage.ts';
import type { Packages } from './packages.ts';
import { readText } from './paths.ts';

const MAX_FILES = 400;
/** A set-up of one's own, preloaded: `node --import ./tracing.js`. A worker thread inherits it. */
const ownPreload = /--(?:import|require)[=\s"',]+\.{0,2}\/?\S*(?:trac|otel|telemetr|instrument)/i;

export class TracerStarts {
  readonly #ts: Ts;
  readonly #packages: Packages;
  readonly #neighbours: Neighbours;
  readonly #files = new Map<string, boolean>();
  readonly #preloads = new Map<string, boolean>();

  constructor(ts: Ts, packages: Packages, neighbours: Neighbours) {
    this.#ts = ts;
    this.#packages = packages;
    this.#neighbours = neighbours;
  }

  /** The file itself, what it imports, or what its package preloads. */
  startsIn(path: string): boolean {
    let known = this.#files.get(path);
    if (known === undefined) this.#files.set(path, known = this.#preloaded(path) || this.#imports(path));
    return known;
  }

  #imports(path: string): boolean {
    const seen = new Set([path]);
    for (const file of seen) {
      const text = this.#neighbours.read ? this.#neighbours.read(file) : this.#neighbours.load(file)?.text;
      if (text === undefined) continue;
      if (coverageFacts(this.#ts, file, text, file).tracer.length > 0) return true;
      for (const { fileName } of this.#ts.preProcessFile(text, true, true).importedFiles) {
        const target = this.#neighbours.resolve(file, fileName);
        if (target !== undefined && seen.size < MAX_FILES) seen.add(target);
      }
    }
    return false;
  }

  #preloaded(path: string): boolean {
    const pkg = this.#packages.packageOf(path);
    if (!pkg) return false;
    let known = this.#preloads.get(pkg.dir);
    if (known === undefined) {
      const texts = [...Object.values(pkg.manifest.scripts ?? {}), ...operationsFiles(pkg).map((file) => readText(file) ?? '')];
      known = texts.some((text) => ownPreload.test(text) || textFacts(text, 'package.json').tracer.length > 0);
      this.#preloads.set(pkg.dir, known);
    }
    return known;
  }
}
