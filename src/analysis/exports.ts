/** What a file of the repo exports under a name: ES modules and CommonJS, through re-exports. */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { isDefaultExport, isExported } from './declarations.ts';
import type { ExportedValues } from './exported-values.ts';
import type { Origin } from './origins.ts';
import { lookup, type Declaration } from './scope.ts';
import type { Neighbours, SourceText } from './source.ts';

const MAX_DEPTH = 24;

/** The questions that lead back to expressions. */
export interface OriginSource {
  of(expression: ts.Expression, source: SourceText, depth?: number): Origin | undefined;
  ofDeclaration(declaration: Declaration, source: SourceText, depth: number): Origin | undefined;
  memberOf(of: Origin, name: string, depth: number): Origin | undefined;
}

export class Exports {
  readonly #ts: Ts;
  readonly #neighbours: Neighbours | undefined;
  readonly #values: ExportedValues;
  readonly #origins: OriginSource;
  readonly #known = new WeakMap<ts.SourceFile, Map<string, Origin | undefined>>();

  constructor(ts: Ts, neighbours: Neighbours | undefined, values: ExportedValues, origins: OriginSource) {
    this.#ts = ts;
    this.#neighbours = neighbours;
    this.#values = values;
    this.#origins = origins;
  }

  imported(specifier: string | undefined, name: string, source: SourceText, depth: number): Origin | undefined {
    if (specifier === undefined) return undefined;
    const target = this.#values.target(specifier, source);
    if (target) return name === '*' ? this.#exportEquals(target, depth) ?? { kind: 'local', node: target.ast, source: target } : this.#exportedOnce(target, name, depth);
    if (/^[.#]/.test(specifier) && !specifier.includes('/node_modules/')) return undefined;
    return { kind: 'library', module: specifier.replace(/^node:|^.*\/node_modules\//, ''), name, instance: false };
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

  /** What a file of the repo exports under a name, through re-exports. */
  exported(source: SourceText, name: string, depth = 0): Origin | undefined {
    if (depth > MAX_DEPTH) return undefined;
    const ts = this.#ts;
    const stars: string[] = [];
    const equals = name === 'default' ? this.#exportEquals(source, depth) : undefined;
    if (equals) return equals;
    for (const statement of source.ast.statements) {
      if (ts.isExportDeclaration(statement)) {
        const from = statement.moduleSpecifier && ts.isStringLiteral(statement.moduleSpecifier) ? statement.moduleSpecifier.text : undefined;
        if (!statement.exportClause) { if (from !== undefined) stars.push(from); continue; }
        if (ts.isNamespaceExport(statement.exportClause)) {
          if (statement.exportClause.name.text === name) return this.imported(from, '*', source, depth + 1);
          continue;
        }
        const specifier = statement.exportClause.elements.find((e) => e.name.text === name);
        if (!specifier) continue;
        const inner = specifier.propertyName ?? specifier.name;
        if (from !== undefined) return this.imported(from, inner.text, source, depth + 1);
        const declaration = lookup(ts, inner.text, source.ast);
        return declaration && this.#origins.ofDeclaration(declaration, source, depth + 1);
      }
      if (ts.isExportAssignment(statement) && !statement.isExportEquals && name === 'default') return this.#origins.of(statement.expression, source, depth + 1);
      if (name === 'default' && (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) && isDefaultExport(ts, statement)) return { kind: 'local', node: statement, source };
    }
    const own = lookup(ts, name, source.ast);
    if (own && isExported(ts, own)) return this.#origins.ofDeclaration(own, source, depth + 1);
    const common = this.#commonJsExport(source, name, depth);
    if (common) return common;
    const packages: string[] = [];
    for (const from of stars) {
      if (from.startsWith('.') || this.#neighbours?.resolve(source.path, from) !== undefined) {
        const found = this.imported(from, name, source, depth + 1);
        if (found) return found;
      } else packages.push(from);
    }
    // What no file of the repo exports comes from the package that is re-exported, if there is but one.
    return packages.length === 1 && name !== 'default' ? this.imported(packages[0], name, source, depth + 1) : undefined;
  }

  /** `export = value` and `module.exports = value`, where the value is no list of exports. */
  #exportEquals(source: SourceText, depth: number): Origin | undefined {
    const ts = this.#ts;
    for (const statement of source.ast.statements) {
      if (ts.isExportAssignment(statement) && statement.isExportEquals) return this.#origins.of(statement.expression, source, depth + 1);
      if (!ts.isExpressionStatement(statement) || !ts.isBinaryExpression(statement.expression)) continue;
      const { left, right } = statement.expression;
      if (left.getText(source.ast) === 'module.exports' && !ts.isObjectLiteralExpression(right)) return this.#origins.of(right, source, depth + 1);
    }
    return undefined;
  }

  /** `module.exports = …`, `module.exports = { name }`, `exports.name = …`. */
  #commonJsExport(source: SourceText, name: string, depth: number): Origin | undefined {
    const ts = this.#ts;
    for (const statement of source.ast.statements) {
      if (!ts.isExpressionStatement(statement) || !ts.isBinaryExpression(statement.expression)) continue;
      const { left, right } = statement.expression;
      const target = left.getText(source.ast);
      if (target === `exports.${name}` || target === `module.exports.${name}`) return this.#origins.of(right, source, depth + 1);
      if (target !== 'module.exports') continue;
      if (name === 'default' || name === '*') return this.#origins.of(right, source, depth + 1);
      const whole = this.#origins.of(right, source, depth + 1);
      const member = whole && this.#origins.memberOf(whole, name, depth + 1);
      if (member) return member;
    }
    return undefined;
  }
}
