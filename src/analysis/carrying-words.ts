/** The cheap test before a helper is looked up in another file: whether that file's text can say anything of a carrier. */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { moduleOf } from './declarations.ts';
import { declarationOf } from './scope.ts';
import type { Neighbours, SourceText } from './source.ts';
import { unwrap } from './syntax.ts';

/** One of these stands where a context is injected, extracted or handed on; `trace` alone is a word of products, errors and logs. */
export const carryingWords = /inject|extract|propagat|carrier|otel|open-?telemetry|tracing|traced|trace[-_]?(parent|state|context|headers?)|-trace-id|(with|add|as|to|current|active|get|start|continue)[-_]?trace|\bb3\b|elastic-apm|telemetrymetadata/i;
/** A file that gives on what others export says nothing itself. */
const barrel = /^\s*export\s+(?:type\s+)?(?:\*|\{[^}]*\}\s*from)|module\.exports\s*=\s*(?:require|\{\s*\.\.\.)|__exportStar/m;

export class CarryingWords {
  readonly #ts: Ts;
  readonly #neighbours: Neighbours | undefined;
  readonly #own: readonly string[];
  readonly #known = new Map<string, boolean>();

  /** @param own the names of the project's own helpers */
  constructor(ts: Ts, neighbours: Neighbours | undefined, own: readonly string[]) {
    this.#ts = ts;
    this.#neighbours = neighbours;
    this.#own = own.map((entry) => entry.replace(/^.*#/, ''));
  }

  /** Whether what is called may lead to a carrier: `false` only where it comes from a file of the repo that has no such word. */
  mayLead(callee: ts.Expression, source: SourceText): boolean {
    const ts = this.#ts;
    let root = unwrap(ts, callee);
    while (ts.isPropertyAccessExpression(root)) root = unwrap(ts, root.expression);
    const declaration = ts.isIdentifier(root) ? declarationOf(ts, root) : undefined;
    const specifier = declaration && moduleOf(ts, declaration);
    const path = specifier === undefined ? undefined : this.#neighbours?.resolve(source.path, specifier);
    return path === undefined || this.#in(path);
  }

  /** Whether a file's text has one; a barrel's may come from the files behind it. */
  #in(path: string): boolean {
    let known = this.#known.get(path);
    if (known === undefined) {
      const text = this.#neighbours?.read?.(path);
      this.#known.set(path, known = text === undefined || this.#own.some((name) => text.includes(name)) || carryingWords.test(text) || barrel.test(text));
    }
    return known;
  }
}
