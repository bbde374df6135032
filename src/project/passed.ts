/** Objects that the repo hands around in option bags: `new Account({ documentsQueue })`. */
import { indexOf } from '../analysis/file-index.ts';
import type { Origin, Origins } from '../analysis/origins.ts';
import type { SourceText } from '../analysis/source.ts';
import type { Ts } from '../types.ts';

export class PassedValues {
  readonly #ts: Ts;
  readonly #texts: ReadonlyMap<string, string>;
  readonly #load: (path: string) => SourceText | undefined;
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
    const given = keyPattern(name);
    for (const [path, text] of this.#texts) {
      if (!text.includes(name) || !given.test(text)) continue;
      const source = this.#load(path);
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
    return (indexOf(this.#ts, source.ast).properties.get(name) ?? []).flatMap((value) => origins.of(value, source) ?? []);
  }
}

/** What no object of a library is given as: a text, a number, a literal, a function, or in an interface a plain type. */
const plain = /["'`\d{[!-]|(?:async|function|null|undefined|true|false|string|number|boolean|any|unknown|void)\b|\w+\s*=>|\([^()]*\)\s*=>/.source;

/** What must stand in a text in which an object literal holds such an object: `name: value`, `'name': value`, `name,`, `name }`. */
function keyPattern(name: string): RegExp {
  const key = `${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}["'\`]?\\s*`;
  return new RegExp(`(?<![\\w$])${key}(?:[\\],}]|/[/*]|:\\s*(?!${plain}|\\s))`);
}
