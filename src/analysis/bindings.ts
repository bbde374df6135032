/** What a declared name stands for: import, variable, destructured part, parameter. */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { givenByLibrary } from './callback-parameters.ts';
import { moduleOf } from './declarations.ts';
import { indexOf } from './file-index.ts';
import { asTyped, either, type Origin } from './origin.ts';
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
    const { exports } = this.#origins;
    if (ts.isImportSpecifier(declaration)) {
      return exports.imported(moduleOf(ts, declaration), (declaration.propertyName ?? declaration.name).text, source, depth);
    }
    if (ts.isImportClause(declaration)) return exports.imported(moduleOf(ts, declaration), 'default', source, depth);
    if (ts.isNamespaceImport(declaration)) return exports.imported(moduleOf(ts, declaration), '*', source, depth);
    if (ts.isImportEqualsDeclaration(declaration)) {
      const reference = declaration.moduleReference;
      if (!ts.isExternalModuleReference(reference)) return this.#origins.types.entity(reference, source, depth); // `import Queue = bull.Queue`
      return ts.isStringLiteralLike(reference.expression) ? exports.imported(reference.expression.text, '*', source, depth) : undefined;
    }
    if (ts.isVariableDeclaration(declaration)) return this.#variable(declaration, source, depth);
    if (ts.isBindingElement(declaration)) return this.#element(declaration, source, depth);
    if (ts.isParameter(declaration)) {
      const typed = this.#origins.types.declared(declaration, source, depth);
      const injected = this.#origins.injected.decorated(declaration, source, depth);
      const port = typed?.kind === 'library' && typed.name === 'MessagePort' ? this.#givenByCallers(declaration, source, depth, true) : undefined;
      return (typed && asTyped(typed, port ?? injected)) ?? injected
        ?? (declaration.initializer && this.#origins.of(declaration.initializer, source, depth))
        ?? this.#visited(declaration, source, depth)
        ?? givenByLibrary(ts, this.#origins, declaration, source, depth)
        ?? this.#givenByCallers(declaration, source, depth);
    }
    return { kind: 'local', node: declaration, source };
  }

  shorthand(found: ts.ShorthandPropertyAssignment, source: SourceText, depth: number): Origin | undefined {
    const declaration = lookup(this.#ts, found.name.text, found.parent);
    return declaration ? this.of(declaration, source, depth) : { kind: 'global', name: found.name.text };
  }

  #variable(declaration: ts.VariableDeclaration, source: SourceText, depth: number): Origin | undefined {
    const value = declaration.initializer && this.#origins.of(declaration.initializer, source, depth);
    const typed = this.#origins.types.declared(declaration, source, depth);
    return (typed && asTyped(typed, value ?? this.#assigned(declaration, source, depth)))
      ?? value
      ?? this.#iterated(declaration, source, depth)
      ?? this.#assigned(declaration, source, depth);
  }

  /** A part of a pattern: by name, by place, or the rest. */
  #element(element: ts.BindingElement, source: SourceText, depth: number): Origin | undefined {
    const ts = this.#ts;
    const pattern = element.parent;
    const fallback = (): Origin | undefined => element.initializer && this.#origins.of(element.initializer, source, depth);
    if (ts.isArrayBindingPattern(pattern)) {
      const at = pattern.elements.indexOf(element);
      const whole = this.#holderValue(pattern);
      return this.#entry(element, pattern, source, depth)
        ?? (whole && !element.dotDotDotToken ? this.#origins.collections.elementAt(whole, at, source, depth) : undefined)
        ?? fallback();
    }
    const whole = this.#ofPattern(pattern, source, depth);
    if (element.dotDotDotToken) return whole;
    const name = propertyName(ts, element.propertyName ?? element.name);
    if (name === undefined) return undefined;
    return (whole && this.#origins.memberOf(whole, name, depth)) ?? fallback() ?? (whole ? undefined : this.#handedIn(pattern, name));
  }

  /** `({ mails }) => …`, `const { mails } = options`, both untyped: what the repo passes under that name. */
  #handedIn(pattern: ts.ObjectBindingPattern, name: string): Origin | undefined {
    const ts = this.#ts;
    const holder = pattern.parent;
    if (ts.isParameter(holder)) return holder.type || holder.dotDotDotToken ? undefined : this.#origins.passedAs(name);
    return ts.isVariableDeclaration(holder) && holder.initializer ? this.#origins.handedIn(holder.initializer, name) : undefined;
  }

  /** An untyped parameter is what the callers in this file give, where that is one library's object for all of them; a port may be a worker's own to its parent. */
  #givenByCallers(parameter: ts.ParameterDeclaration, source: SourceText, depth: number, isPort = false): Origin | undefined {
    const fn = parameter.parent;
    const name = parameter.type && !isPort ? undefined : nameOfFunction(this.#ts, fn);
    const index = fn.parameters.indexOf(parameter);
    let found: Origin | undefined;
    for (const call of (name !== undefined && indexOf(this.#ts, source.ast).calls.get(name)) || []) {
      const given = call.arguments?.[index] && this.#origins.of(call.arguments[index], source, depth + 1);
      if (given?.kind !== 'library' || !(given.instance || isPort)) return undefined;
      if (found?.kind === 'library' && (found.module !== given.module || found.name !== given.name)) return undefined;
      found ??= given;
    }
    return found;
  }

  #ofPattern(pattern: ts.BindingPattern, source: SourceText, depth: number): Origin | undefined {
    const holder = pattern.parent;
    if (this.#ts.isBindingElement(holder)) return this.#element(holder, source, depth + 1);
    if (this.#ts.isParameter(holder)) return this.of(holder, source, depth);
    return this.#origins.types.declared(holder, source, depth)
      ?? (holder.initializer && this.#origins.of(holder.initializer, source, depth))
      ?? this.#iterated(holder, source, depth);
  }

  /** The expression that a list's pattern takes apart. */
  #holderValue(pattern: ts.ArrayBindingPattern): ts.Expression | undefined {
    const holder = pattern.parent;
    return this.#ts.isVariableDeclaration(holder) ? holder.initializer : undefined;
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

  /** `workers.forEach((w) => …)`, `import('bullmq').then(({ Queue }) => …)`. */
  #visited(declaration: ts.ParameterDeclaration, source: SourceText, depth: number): Origin | undefined {
    const ts = this.#ts;
    const fn = declaration.parent;
    const call = fn.parent;
    if (fn.parameters[0] !== declaration || !(ts.isArrowFunction(fn) || ts.isFunctionExpression(fn)) || !ts.isCallExpression(call) || call.arguments[0] !== fn) return undefined;
    const member = memberName(ts, call.expression);
    if (member === undefined) return undefined;
    const receiver = (call.expression as ts.PropertyAccessExpression).expression;
    if (member === 'then') return this.#origins.of(receiver, source, depth);
    return visits.test(member) ? this.#origins.collections.elementOf(receiver, source, depth) : undefined;
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
}
