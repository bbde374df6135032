/** Expressions behind names, in the file itself and through the imports of others: what constants and options are told by. */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { isExported, moduleOf } from './declarations.ts';
import { declarationOf, lookup } from './scope.ts';
import type { Neighbours, SourceText } from './source.ts';
import { propertyValue } from './syntax.ts';

const MAX_DEPTH = 24;

export class ExportedValues {
  readonly #ts: Ts;
  readonly #neighbours: Neighbours | undefined;

  constructor(ts: Ts, neighbours?: Neighbours) {
    this.#ts = ts;
    this.#neighbours = neighbours;
  }

  /** What a variable was given where it is declared, in this file or in the one that it is imported from. */
  initializer(name: ts.Identifier, source: SourceText): { node: ts.Expression; source: SourceText } | undefined {
    const declaration = declarationOf(this.#ts, name);
    if (declaration && this.#ts.isVariableDeclaration(declaration) && declaration.initializer) return { node: declaration.initializer, source };
    return this.constant(name, source);
  }

  /** The initialiser of a constant that another file of the repo exports. */
  constant(name: ts.Identifier, source: SourceText): { node: ts.Expression; source: SourceText } | undefined {
    const ts = this.#ts;
    const declaration = declarationOf(ts, name);
    if (!declaration || !(ts.isImportSpecifier(declaration) || ts.isImportClause(declaration))) return undefined;
    const target = this.target(moduleOf(ts, declaration), source);
    return target && this.exportedValue(target, ts.isImportSpecifier(declaration) ? (declaration.propertyName ?? declaration.name).text : 'default');
  }

  /** The expression that a file of the repo exports under a name, through re-exports. */
  exportedValue(source: SourceText, name: string, depth = 0): { node: ts.Expression; source: SourceText } | undefined {
    const ts = this.#ts;
    if (depth > MAX_DEPTH) return undefined;
    const from = (specifier: ts.Expression | undefined, wanted: string): { node: ts.Expression; source: SourceText } | undefined => {
      const target = specifier && ts.isStringLiteral(specifier) ? this.target(specifier.text, source) : undefined;
      return target && this.exportedValue(target, wanted, depth + 1);
    };
    const own = (wanted: string): { node: ts.Expression; source: SourceText } | undefined => {
      const found = lookup(ts, wanted, source.ast);
      if (found && ts.isVariableDeclaration(found)) return found.initializer && { node: found.initializer, source };
      return found && ts.isImportSpecifier(found) ? this.constant(found.name, source) : undefined;
    };
    const value = (node: ts.Expression): { node: ts.Expression; source: SourceText } => (ts.isIdentifier(node) ? own(node.text) : undefined) ?? { node, source };
    const declared = lookup(ts, name, source.ast);
    if (declared && isExported(ts, declared)) return own(name);
    for (const statement of source.ast.statements) {
      if (ts.isExportDeclaration(statement)) {
        if (!statement.exportClause) {
          const found = from(statement.moduleSpecifier, name);
          if (found) return found;
        } else if (ts.isNamedExports(statement.exportClause)) {
          const specifier = statement.exportClause.elements.find((e) => e.name.text === name);
          const inner = specifier && (specifier.propertyName ?? specifier.name).text;
          if (inner !== undefined) return statement.moduleSpecifier ? from(statement.moduleSpecifier, inner) : own(inner);
        }
      } else if (ts.isExportAssignment(statement) && name === 'default') return value(statement.expression);
      else if (ts.isExpressionStatement(statement) && ts.isBinaryExpression(statement.expression)) {
        const { left, right } = statement.expression;
        const target = left.getText(source.ast);
        if (target === `exports.${name}` || target === `module.exports.${name}`) return value(right);
        if (target !== 'module.exports') continue;
        if (name === 'default') return value(right);
        const inner = ts.isObjectLiteralExpression(right) ? propertyValue(ts, right, name) : undefined;
        if (inner) return value(inner);
      }
    }
    return undefined;
  }

  /** The file of the repo that a specifier stands for. */
  target(specifier: string | undefined, source: SourceText): SourceText | undefined {
    const path = specifier === undefined ? undefined : this.#neighbours?.resolve(source.path, specifier);
    return path === undefined ? undefined : this.#neighbours?.load(path);
  }
}
