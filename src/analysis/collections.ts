/** What lists, maps and records hold. */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { enclosingClass } from './declarations.ts';
import { parameterBehind } from './callers.ts';
import { indexOf } from './file-index.ts';
import { either, maxDepth, withBuilt, type Origin } from './origin.ts';
import type { Origins } from './origins.ts';
import { declarationOf } from './scope.ts';
import type { SourceText } from './source.ts';
import { memberName, propertyName, unwrap, walk, type FunctionNode } from './syntax.ts';

/** Of a long table, so many tell what it holds. */
const maxElements = 50;

/** What a declaration says of an expression's name. */
interface Held {
  /** Of a method's signature, what it gives. */
  type?: ts.TypeNode | undefined;
  initializer?: ts.Expression | undefined;
  source: SourceText;
  isMethod?: true;
}

export class Collections {
  readonly #ts: Ts;
  readonly #origins: Origins;

  constructor(ts: Ts, origins: Origins) {
    this.#ts = ts;
    this.#origins = origins;
  }

  /** What a list, map or record holds: by its annotation, its type arguments, its literal, or what the file puts in. */
  elementOf(expression: ts.Expression, source: SourceText, depth: number): Origin | undefined {
    const ts = this.#ts;
    const node = unwrap(ts, expression);
    if (depth > maxDepth) return undefined;
    if (ts.isCallExpression(node)) return this.#elementOfResult(node, source, depth);
    if (ts.isConditionalExpression(node)) return either(this.elementOf(node.whenTrue, source, depth + 1), this.elementOf(node.whenFalse, source, depth + 1));
    const held = this.held(node, source);
    const value = held?.initializer && unwrap(ts, held.initializer);
    const literal = ts.isArrayLiteralExpression(node) || ts.isObjectLiteralExpression(node) ? node : value;
    const typed = (held?.type && this.#elementType(held.type, held.source, depth))
      ?? (value && ts.isNewExpression(value) && value.typeArguments ? this.#origins.types.of(value.typeArguments.at(-1)!, source, depth + 1) : undefined);
    const from = held?.source ?? source;
    let put: Origin | undefined;
    if (literal && ts.isArrayLiteralExpression(literal)) {
      for (const element of literal.elements.slice(0, maxElements)) {
        const origin = ts.isSpreadElement(element) ? this.elementOf(element.expression, from, depth + 1) : this.#origins.of(element, from, depth + 1);
        put = either(put, origin);
      }
    } else if (literal && ts.isObjectLiteralExpression(literal)) {
      for (const part of literal.properties.slice(0, maxElements)) {
        if (ts.isPropertyAssignment(part)) put = either(put, this.#origins.of(part.initializer, from, depth + 1));
        else if (ts.isShorthandPropertyAssignment(part)) put = either(put, this.#origins.bindings.shorthand(part, from, depth + 1));
      }
    } else if (value && value !== node && ts.isCallExpression(value)) put = this.elementOf(value, from, depth + 1);
    put = either(put, this.#put(node, source, depth)) ?? this.#ofLibrary(node, source, depth);
    return typed ? withBuilt(typed, put) : put;
  }

  /** `cluster.workers[id]` */
  #ofLibrary(node: ts.Expression, source: SourceText, depth: number): Origin | undefined {
    if (memberName(this.#ts, node) !== 'workers') return undefined;
    const of = this.#origins.of(node, source, depth + 1);
    return of?.kind === 'library' && of.module === 'cluster' ? { kind: 'library', module: of.module, name: 'Worker', instance: true } : undefined;
  }

  /** What stands at one place of a list: `const [a, b] = [new Queue('a'), 2]`. */
  elementAt(expression: ts.Expression, at: number, source: SourceText, depth: number): Origin | undefined {
    const ts = this.#ts;
    const node = unwrap(ts, expression);
    if (ts.isCallExpression(node) && isStatic(ts, node, 'Promise', /^(all|race|any)$/) && node.arguments[0]) return this.elementAt(node.arguments[0], at, source, depth + 1);
    const held = this.held(node, source);
    const literal = ts.isArrayLiteralExpression(node) ? node : held?.initializer && unwrap(ts, held.initializer);
    if (held?.type && ts.isTupleTypeNode(held.type)) return held.type.elements[at] && this.#origins.types.of(held.type.elements[at], held.source, depth + 1);
    if (literal && ts.isArrayLiteralExpression(literal) && !literal.elements.slice(0, at + 1).some((each) => ts.isSpreadElement(each))) {
      return literal.elements[at] && this.#origins.of(literal.elements[at], held && literal !== node ? held.source : source, depth + 1);
    }
    if (ts.isCallExpression(node)) {
      const target = this.#origins.functionOf(node.expression, source);
      if (target?.fn.type && ts.isTupleTypeNode(target.fn.type)) return target.fn.type.elements[at] && this.#origins.types.of(target.fn.type.elements[at], target.source, depth + 1);
      const result = target && onlyResult(ts, target.fn);
      if (result) return this.elementAt(result, at, target.source, depth + 1);
    }
    return this.elementOf(node, source, depth + 1);
  }

  #elementOfResult(node: ts.CallExpression, source: SourceText, depth: number): Origin | undefined {
    const ts = this.#ts;
    const again = (list: ts.Expression | undefined): Origin | undefined => list && this.elementOf(list, source, depth + 1);
    if (isStatic(ts, node, 'Object', /^(values|entries|freeze|seal)$/) || isStatic(ts, node, 'Promise', /^(all|race|any)$/)) return again(node.arguments[0]);
    const fromArray = isStatic(ts, node, 'Array', /^from$/);
    const member = memberName(ts, node.expression);
    const receiver = ts.isPropertyAccessExpression(node.expression) ? node.expression.expression : undefined;
    const maker = fromArray ? node.arguments[1] : member === 'map' ? node.arguments[0] : undefined;
    if (maker && (ts.isArrowFunction(maker) || ts.isFunctionExpression(maker)) && maker.body) return this.#origins.returned(maker.body, source, depth + 1);
    if (fromArray) return again(node.arguments[0]);
    if (member !== undefined && receiver && /^(values|entries|filter|slice|sort|reverse|concat|splice|toSorted|toReversed)$/.test(member)) return again(receiver);
    const target = this.#origins.functionOf(node.expression, source);
    if (target?.fn.type) return this.#elementType(target.fn.type, target.source, depth + 1);
    const result = target && onlyResult(ts, target.fn);
    return result && this.elementOf(result, target.source, depth + 1);
  }

  #elementType(type: ts.TypeNode, source: SourceText, depth: number): Origin | undefined {
    const ts = this.#ts;
    if (ts.isArrayTypeNode(type)) return this.#origins.types.of(type.elementType, source, depth + 1);
    if (ts.isTypeOperatorNode(type) || ts.isParenthesizedTypeNode(type)) return this.#elementType(type.type, source, depth);
    if (ts.isTypeReferenceNode(type) && type.typeArguments?.length) return this.#origins.types.of(type.typeArguments.at(-1)!, source, depth + 1);
    if (ts.isTypeLiteralNode(type)) {
      const index = type.members.find((m) => ts.isIndexSignatureDeclaration(m));
      return index && this.#origins.types.of(index.type, source, depth + 1);
    }
    return undefined;
  }

  /** The annotation (of a method signature, what it gives) and the initialiser of the variable, parameter or member that an expression names. */
  held(node: ts.Expression, source: SourceText): Held | undefined {
    const ts = this.#ts;
    if (ts.isIdentifier(node)) {
      const declaration = declarationOf(ts, node);
      if (declaration && (ts.isVariableDeclaration(declaration) || ts.isParameter(declaration))) return { type: declaration.type, initializer: declaration.initializer, source };
      if (declaration && ts.isBindingElement(declaration)) return this.#takenApart(node, source);
      const imported = this.#origins.values.constant(node, source);
      return imported && { initializer: imported.node, source: imported.source, ...(ts.isVariableDeclaration(imported.node.parent) ? { type: imported.node.parent.type } : {}) };
    }
    return ts.isPropertyAccessExpression(node) ? this.#heldIn(this.#origins.of(node.expression, source), node.name.text) : undefined;
  }

  /** `const { getClient } = options`, `({ getClient }: Options) => …`: what the parameter's type says of it. */
  #takenApart(node: ts.Identifier, source: SourceText): Held | undefined {
    const behind = parameterBehind(this.#ts, node);
    const [name, ...more] = behind?.path ?? [];
    return behind?.parameter.type && name !== undefined && more.length === 0 ? this.#heldIn(this.#origins.ofType(behind.parameter.type, source), name) : undefined;
  }

  #heldIn(of: Origin | undefined, name: string): Held | undefined {
    const ts = this.#ts;
    const owner = this.#ownerOf(of);
    if (!owner) return undefined;
    for (const member of owner.members) {
      if (propertyName(ts, member.name) === name && (ts.isPropertyDeclaration(member) || ts.isPropertySignature(member) || ts.isMethodSignature(member))) {
        return { type: member.type, initializer: ts.isPropertyDeclaration(member) ? member.initializer : undefined, source: owner.source, ...(ts.isMethodSignature(member) ? { isMethod: true } : {}) };
      }
      const parameter = ts.isConstructorDeclaration(member) ? member.parameters.find((p) => ts.isIdentifier(p.name) && p.name.text === name && ts.isParameterPropertyDeclaration(p, member)) : undefined;
      if (parameter) return { type: parameter.type, initializer: parameter.initializer, source: owner.source };
    }
    return undefined;
  }

  #ownerOf(origin: Origin | undefined): { members: readonly (ts.ClassElement | ts.TypeElement)[]; source: SourceText } | undefined {
    const ts = this.#ts;
    if (origin?.kind === 'object') return { members: origin.of.members, source: origin.source };
    if (origin?.kind === 'library') return origin.own && { members: origin.own.of.members, source: origin.own.source };
    if (origin?.kind === 'local' && (ts.isClassLike(origin.node) || ts.isInterfaceDeclaration(origin.node) || ts.isTypeLiteralNode(origin.node))) return { members: origin.node.members, source: origin.source };
    return undefined;
  }

  /** What the file puts into a list or map: `workers.push(new Worker(…))`, `queues.set(name, new Queue(…))`. */
  #put(node: ts.Expression, source: SourceText, depth: number): Origin | undefined {
    const ts = this.#ts;
    const { calls } = indexOf(ts, source.ast);
    let put: Origin | undefined;
    for (const [member, index] of [['push', 0], ['unshift', 0], ['add', 0], ['set', 1]] as const) {
      for (const call of calls.get(member) ?? []) {
        const argument = call.arguments?.[index];
        if (!argument || !ts.isPropertyAccessExpression(call.expression) || !this.#isSame(unwrap(ts, call.expression.expression), node)) continue;
        put = either(put, this.#origins.of(argument, source, depth + 1));
      }
    }
    return put;
  }

  /** Whether two expressions of one file name one variable, or one field of a class. */
  #isSame(a: ts.Expression, b: ts.Expression): boolean {
    const ts = this.#ts;
    if (ts.isIdentifier(a) && ts.isIdentifier(b)) return a.text === b.text && declarationOf(ts, a) === declarationOf(ts, b);
    if (!ts.isPropertyAccessExpression(a) || !ts.isPropertyAccessExpression(b) || a.name.text !== b.name.text) return false;
    if (a.expression.kind === ts.SyntaxKind.ThisKeyword && b.expression.kind === ts.SyntaxKind.ThisKeyword) return enclosingClass(ts, a) === enclosingClass(ts, b);
    return this.#isSame(a.expression, b.expression);
  }
}

/** `Object.values(…)`, where `Object` is the global. */
function isStatic(ts: Ts, call: ts.CallExpression, owner: string, members: RegExp): boolean {
  const member = memberName(ts, call.expression);
  if (member === undefined || !members.test(member)) return false;
  const { expression } = call.expression as ts.PropertyAccessExpression;
  return ts.isIdentifier(expression) && expression.text === owner && !declarationOf(ts, expression);
}

/** What a function gives back, where that is one expression. */
function onlyResult(ts: Ts, fn: FunctionNode): ts.Expression | undefined {
  if (!fn.body) return undefined;
  if (!ts.isBlock(fn.body)) return fn.body;
  const results: ts.Expression[] = [];
  walk(ts, fn.body, (node) => {
    if (node !== fn.body && ts.isFunctionLike(node)) return false;
    if (ts.isReturnStatement(node) && node.expression) results.push(node.expression);
    return undefined;
  });
  return results.length === 1 ? results[0] : undefined;
}
