/** Objects that the repo hands around in option bags: `new Account({ documentsQueue })`. */
import type ts from 'typescript';
import type { Origin, Origins } from '../analysis/origins.ts';
import type { SourceText } from '../analysis/source.ts';
import { propertyName, walk } from '../analysis/syntax.ts';
import type { Ts } from '../types.ts';

export class PassedValues {
  readonly #ts: Ts;
  readonly #texts: ReadonlyMap<string, string>;
  readonly #load: (path: string) => SourceText | undefined;
  readonly #loaded = new Map<string, SourceText | undefined>();
  readonly #properties = new WeakMap<ts.SourceFile, ReadonlyMap<string, readonly ts.Expression[]>>();
  readonly #known = new Map<string, Origin | undefined>();

  /** @param texts the files that may hold a handoff, by path */
  constructor(ts: Ts, texts: ReadonlyMap<string, string>, load: (path: string) => SourceText | undefined) {
    this.#ts = ts;
    this.#texts = texts;
    this.#load = load;
  }

  /** What stands under `name` in object literals, where it is an object of one library's class everywhere. */
  of(name: string, origins: Origins): Origin | undefined {
    if (!this.#known.has(name)) {
      this.#known.set(name, undefined); // a cycle ends here
      this.#known.set(name, this.#find(name, origins));
    }
    return this.#known.get(name);
  }

  #find(name: string, origins: Origins): Origin | undefined {
    let found: (Origin & { kind: 'library' }) | undefined;
    for (const [path, text] of this.#texts) {
      if (!text.includes(name)) continue;
      if (!this.#loaded.has(path)) this.#loaded.set(path, this.#load(path));
      const source = this.#loaded.get(path);
      if (!source) continue;
      for (const origin of this.#values(source, name, origins)) {
        if (origin.kind !== 'library' || !origin.instance) continue;
        if (found && (found.module !== origin.module || found.name !== origin.name)) return undefined;
        found ??= origin;
      }
    }
    return found;
  }

  #values(source: SourceText, name: string, origins: Origins): Origin[] {
    return (this.#propertiesOf(source).get(name) ?? []).flatMap((value) => origins.of(value, source) ?? []);
  }

  /** What object literals of a file hold, by property: one walk, whatever is asked later. */
  #propertiesOf(source: SourceText): ReadonlyMap<string, readonly ts.Expression[]> {
    const ts = this.#ts;
    const known = this.#properties.get(source.ast);
    if (known) return known;
    const properties = new Map<string, ts.Expression[]>();
    walk(ts, source.ast, (node) => {
      if (!ts.isObjectLiteralExpression(node)) return;
      for (const part of node.properties) {
        const name = part.name && propertyName(ts, part.name);
        const value = ts.isPropertyAssignment(part) ? part.initializer : ts.isShorthandPropertyAssignment(part) ? part.name : undefined;
        if (name !== undefined && value) properties.set(name, [...(properties.get(name) ?? []), value]);
      }
    });
    this.#properties.set(source.ast, properties);
    return properties;
  }
}
