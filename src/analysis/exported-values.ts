/** Which expression a name stands for, also where another file exports it: what constants and options are told by. */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { moduleOf } from './declarations.ts';
import { exportedAs, starsOf, type Exported } from './export-statements.ts';
import { ExportWords } from './export-words.ts';
import { maxDepth } from './origin.ts';
import { declarationOf, lookup, type Declaration } from './scope.ts';
import type { Neighbours, SourceText } from './source.ts';
import { propertyValue } from './syntax.ts';

/** An expression and the file that it stands in. */
export interface Value {
  node: ts.Expression;
  source: SourceText;
}

export class ExportedValues {
  readonly #ts: Ts;
  readonly #neighbours: Neighbours | undefined;
  readonly #lacks = new Map<string, Map<string, boolean>>();
  readonly #words: ExportWords;

  constructor(ts: Ts, neighbours?: Neighbours) {
    this.#ts = ts;
    this.#neighbours = neighbours;
    this.#words = neighbours?.exportWords ?? new ExportWords();
  }

  /** What a variable was given where it is declared, in this file or in the one that it is imported from. */
  initializer(name: ts.Identifier, source: SourceText): Value | undefined {
    const declaration = declarationOf(this.#ts, name);
    if (declaration && this.#ts.isVariableDeclaration(declaration) && declaration.initializer) return { node: declaration.initializer, source };
    return this.constant(name, source);
  }

  /** The initialiser of a constant that another file of the repo exports. */
  constant(name: ts.Identifier, source: SourceText): Value | undefined {
    const ts = this.#ts;
    const declaration = declarationOf(ts, name);
    if (!declaration || !(ts.isImportSpecifier(declaration) || ts.isImportClause(declaration))) return undefined;
    const target = this.target(moduleOf(ts, declaration), source);
    return target && this.exportedValue(target, ts.isImportSpecifier(declaration) ? (declaration.propertyName ?? declaration.name).text : 'default');
  }

  /** The expression that a file of the repo exports under a name, through re-exports. */
  exportedValue(source: SourceText, name: string, depth = 0): Value | undefined {
    if (depth > maxDepth) return undefined;
    for (const each of exportedAs(this.#ts, source.ast, name)) {
      const found = this.#behind(each, name, source, depth);
      if (found) return found;
    }
    for (const from of starsOf(this.#ts, source.ast)) {
      const found = this.#exportedBy(from, name, source, depth);
      if (found) return found;
    }
    return undefined;
  }

  /** The file of the repo that a specifier stands for. */
  target(specifier: string | undefined, source: SourceText): SourceText | undefined {
    const path = specifier === undefined ? undefined : this.#neighbours?.resolve(source.path, specifier);
    return path === undefined ? undefined : this.#neighbours?.load(path);
  }

  /** Whether a specifier stands for a file of the repo that cannot export a name: told by its text, before it is parsed. */
  lacks(specifier: string, name: string, source: SourceText): boolean {
    if (name === '*' || name === 'default' || name === 'module.exports') return false;
    const path = this.#neighbours?.resolve(source.path, specifier);
    if (path === undefined) return false;
    let known = this.#lacks.get(path);
    if (!known) this.#lacks.set(path, known = new Map<string, boolean>());
    let lacks = known.get(name);
    if (lacks === undefined) {
      const text = this.#neighbours?.read?.(path);
      known.set(name, lacks = text !== undefined && !this.#words.mayExport(path, text, name));
    }
    return lacks;
  }

  #exportedBy(specifier: string, name: string, source: SourceText, depth: number): Value | undefined {
    if (this.lacks(specifier, name, source)) return undefined;
    const target = this.target(specifier, source);
    return target && this.exportedValue(target, name, depth + 1);
  }

  #behind(each: Exported, name: string, source: SourceText, depth: number): Value | undefined {
    const ts = this.#ts;
    if ('from' in each) return each.name === '*' ? undefined : this.#exportedBy(each.from, each.name, source, depth);
    if ('declaration' in each) return this.#given(each.declaration, source);
    const node = 'expression' in each ? each.expression : ts.isObjectLiteralExpression(each.list) ? propertyValue(ts, each.list, name) : undefined;
    if (!node) return undefined;
    const declaration = ts.isIdentifier(node) ? lookup(ts, node.text, source.ast) : undefined;
    return (declaration && this.#given(declaration, source)) ?? { node, source };
  }

  #given(declaration: Declaration, source: SourceText): Value | undefined {
    if (this.#ts.isVariableDeclaration(declaration)) return declaration.initializer && { node: declaration.initializer, source };
    return this.#ts.isImportSpecifier(declaration) ? this.constant(declaration.name, source) : undefined;
  }
}
