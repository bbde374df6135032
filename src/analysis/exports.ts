/** What an import stands for: a package's export, or what a file of the repo exports under that name, through re-exports. */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { exportedAs, starsOf, wholeOf, type Exported } from './export-statements.ts';
import { maxDepth, type Origin } from './origin.ts';
import type { Origins } from './origins.ts';
import type { Neighbours, SourceText } from './source.ts';

export class Exports {
  readonly #ts: Ts;
  readonly #neighbours: Neighbours | undefined;
  readonly #origins: Origins;
  #known = new WeakMap<ts.SourceFile, Map<string, Origin | undefined>>();

  constructor(ts: Ts, neighbours: Neighbours | undefined, origins: Origins) {
    this.#ts = ts;
    this.#neighbours = neighbours;
    this.#origins = origins;
  }

  forget(): void {
    this.#known = new WeakMap<ts.SourceFile, Map<string, Origin | undefined>>();
  }

  imported(specifier: string | undefined, name: string, source: SourceText, depth: number): Origin | undefined {
    if (specifier === undefined || this.#origins.values.lacks(specifier, name, source)) return undefined;
    const target = this.#origins.values.target(specifier, source);
    if (target) return name === '*' ? this.#whole(target, depth) ?? { kind: 'local', node: target.ast, source: target } : this.#exportedOnce(target, name, depth);
    if (/^[.#]/.test(specifier) && !specifier.includes('/node_modules/')) return undefined;
    return { kind: 'library', module: specifier.replace(/^node:|^.*\/node_modules\//, ''), name, instance: false };
  }

  /** What a file of the repo exports under a name, through re-exports. */
  exported(source: SourceText, name: string, depth = 0): Origin | undefined {
    if (depth > maxDepth) return undefined;
    const whole = name === 'default' ? this.#whole(source, depth) : undefined;
    if (whole) return whole;
    for (const each of exportedAs(this.#ts, source.ast, name)) {
      const found = this.#behind(each, name, source, depth);
      if (found) return found;
    }
    const packages: string[] = [];
    for (const from of starsOf(this.#ts, source.ast)) {
      if (from.startsWith('.') || this.#neighbours?.resolve(source.path, from) !== undefined) {
        const found = this.imported(from, name, source, depth + 1);
        if (found) return found;
      } else packages.push(from);
    }
    // What no file of the repo exports comes from the package that is re-exported, if there is but one.
    return packages.length === 1 && name !== 'default' ? this.imported(packages[0], name, source, depth + 1) : undefined;
  }

  #exportedOnce(target: SourceText, name: string, depth: number): Origin | undefined {
    let known = this.#known.get(target.ast);
    if (!known) this.#known.set(target.ast, known = new Map<string, Origin | undefined>());
    if (!known.has(name)) {
      known.set(name, undefined); // a cycle of re-exports ends here
      known.set(name, this.exported(target, name, depth));
    }
    return known.get(name);
  }

  #behind(each: Exported, name: string, source: SourceText, depth: number): Origin | undefined {
    if ('from' in each) return this.imported(each.from, each.name, source, depth + 1);
    if ('declaration' in each) return this.#origins.bindings.of(each.declaration, source, depth + 1);
    if ('expression' in each) return this.#origins.of(each.expression, source, depth + 1);
    const list = this.#origins.of(each.list, source, depth + 1);
    return list && this.#origins.memberOf(list, name, depth + 1);
  }

  #whole(source: SourceText, depth: number): Origin | undefined {
    const whole = wholeOf(this.#ts, source.ast);
    return whole && this.#origins.of(whole, source, depth + 1);
  }
}
