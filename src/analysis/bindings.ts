/** What a declared name stands for: import, variable, destructured part, parameter. */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { moduleOf } from './declarations.ts';
import { indexOf } from './file-index.ts';
import { either, withBuilt, type Origin } from './origin.ts';
import type { Origins } from './origins.ts';
import { declarationOf, lookup, type Declaration } from './scope.ts';
import type { SourceText } from './source.ts';
import { memberName, nameOfFunction, propertyName } from './syntax.ts';

/** Members that hand each element of a list to their callback. */
const visits = /^(forEach|map|flatMap|filter|some|every|find|findIndex)$/;

export class Bindings {
  readonly #ts: Ts;
  readonly #origins: Origins;

  constructor(ts: Ts, origins: Origins) {
    this.#ts = ts;
    this.#origins = origins;
  }

  named(node: ts.Identifier, source: SourceText, depth: number): Origin | undefined {
    const declaration = declarationOf(this.#ts, node);
    return declaration ? this.of(declaration, source, depth) : { kind: 'global', name: node.text };
  }

  of(declaration: Declaration, source: SourceText, depth: number): Origin | undefined {
    const ts = this.#ts;
    if (ts.isImportSpecifier(declaration)) {
      return this.#origins.exports.imported(moduleOf(ts, declaration), (declaration.propertyName ?? declaration.name).text, source, depth);
    }
    if (ts.isImportClause(declaration)) return this.#origins.exports.imported(moduleOf(ts, declaration), 'default', source, depth);
    if (ts.isNamespaceImport(declaration)) return this.#origins.exports.imported(moduleOf(ts, declaration), '*', source, depth);
    if (ts.isImportEqualsDeclaration(declaration)) {
      const reference = declaration.moduleReference;
      if (ts.isExternalModuleReference(reference) && ts.isStringLiteralLike(reference.expression)) return this.#origins.exports.imported(reference.expression.text, '*', source, depth);
      return undefined;
    }
    if (ts.isVariableDeclaration(declaration)) {
      const value = declaration.initializer && this.#origins.of(declaration.initializer, source, depth);
      const typed = declaration.type && this.#origins.types.of(declaration.type, source, depth);
      return (typed && withBuilt(typed, value ?? this.#assigned(declaration, source, depth)))
        ?? value
        ?? this.#iterated(declaration, source, depth)
        ?? this.#assigned(declaration, source, depth);
    }
    if (ts.isBindingElement(declaration)) {
      if (ts.isArrayBindingPattern(declaration.parent)) return this.#entry(declaration, declaration.parent, source, depth);
      const whole = this.#ofPattern(declaration.parent, source, depth);
      const name = propertyName(ts, declaration.propertyName ?? declaration.name);
      return whole && name !== undefined ? this.#origins.memberOf(whole, name, depth) : undefined;
    }
    if (ts.isParameter(declaration)) {
      return (declaration.type && this.#origins.types.of(declaration.type, source, depth))
        ?? (declaration.initializer && this.#origins.of(declaration.initializer, source, depth))
        ?? this.#visited(declaration, source, depth)
        ?? this.#givenByCallers(declaration, source, depth);
    }
    return { kind: 'local', node: declaration, source };
  }

  /** An untyped parameter is what the callers in this file give, where that is one library's object for all of them. */
  #givenByCallers(parameter: ts.ParameterDeclaration, source: SourceText, depth: number): Origin | undefined {
    const fn = parameter.parent;
    const name = parameter.type ? undefined : nameOfFunction(this.#ts, fn);
    const index = fn.parameters.indexOf(parameter);
    let found: Origin | undefined;
    for (const call of (name !== undefined && indexOf(this.#ts, source.ast).calls.get(name)) || []) {
      const given = call.arguments?.[index] && this.#origins.of(call.arguments[index], source, depth + 1);
      if (given?.kind !== 'library' || !given.instance) return undefined;
      if (found?.kind === 'library' && (found.module !== given.module || found.name !== given.name)) return undefined;
      found ??= given;
    }
    return found;
  }

  #ofPattern(pattern: ts.BindingPattern, source: SourceText, depth: number): Origin | undefined {
    if (!this.#ts.isObjectBindingPattern(pattern)) return undefined;
    const holder = pattern.parent;
    if (this.#ts.isBindingElement(holder)) return undefined;
    return (holder.type && this.#origins.types.of(holder.type, source, depth)) ?? (holder.initializer && this.#origins.of(holder.initializer, source, depth));
  }

  /** `for (const w of workers)`. */
  #iterated(declaration: ts.VariableDeclaration, source: SourceText, depth: number): Origin | undefined {
    const loop = declaration.parent.parent;
    return this.#ts.isForOfStatement(loop) ? this.#origins.collections.elementOf(loop.expression, source, depth) : undefined;
  }

  /** `for (const [name, queue] of queues)`. */
  #entry(declaration: ts.BindingElement, pattern: ts.ArrayBindingPattern, source: SourceText, depth: number): Origin | undefined {
    const ts = this.#ts;
    const loop = pattern.parent.parent.parent;
    return pattern.elements.indexOf(declaration) === 1 && ts.isVariableDeclaration(pattern.parent) && ts.isForOfStatement(loop)
      ? this.#origins.collections.elementOf(loop.expression, source, depth) : undefined;
  }

  /** `workers.forEach((w) => …)`. */
  #visited(declaration: ts.ParameterDeclaration, source: SourceText, depth: number): Origin | undefined {
    const ts = this.#ts;
    const fn = declaration.parent;
    const call = fn.parent;
    if (fn.parameters[0] !== declaration || !(ts.isArrowFunction(fn) || ts.isFunctionExpression(fn)) || !ts.isCallExpression(call) || call.arguments[0] !== fn) return undefined;
    const member = memberName(ts, call.expression);
    return member !== undefined && visits.test(member) ? this.#origins.collections.elementOf((call.expression as ts.PropertyAccessExpression).expression, source, depth) : undefined;
  }

  /** `let queue; … queue = new Queue(…)`: what the variable is given later. */
  #assigned(declaration: ts.VariableDeclaration, source: SourceText, depth: number): Origin | undefined {
    const ts = this.#ts;
    if (!ts.isIdentifier(declaration.name) || declaration.parent.flags & ts.NodeFlags.Const) return undefined;
    const name = declaration.name.text;
    let found: Origin | undefined;
    for (const assignment of indexOf(ts, source.ast).assignments.get(name) ?? []) {
      if (lookup(ts, name, assignment) === declaration) found = either(found, this.#origins.of(assignment.right, source, depth));
    }
    return found;
  }

  shorthand(found: ts.ShorthandPropertyAssignment, source: SourceText, depth: number): Origin | undefined {
    const declaration = lookup(this.#ts, found.name.text, found.parent);
    return declaration && this.of(declaration, source, depth);
  }
}
