/** What type annotations name, JSDoc's among them. */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { jsDocDefinition, jsDocOf } from './js-doc.ts';
import { maxDepth, type LibraryOrigin, type Origin } from './origin.ts';
import type { Origins } from './origins.ts';
import { lookup, lookupType } from './scope.ts';
import type { SourceText } from './source.ts';
import { isFunctionNode } from './syntax.ts';

/** Types of TypeScript's library that are about what stands in them. */
const transparent = new Set(['Promise', 'PromiseLike', 'Readonly', 'Awaited', 'NonNullable', 'Partial', 'Required', 'Exclude', 'Extract']);

export class TypeNodes {
  readonly #ts: Ts;
  readonly #origins: Origins;

  constructor(ts: Ts, origins: Origins) {
    this.#ts = ts;
    this.#origins = origins;
  }

  /** What an annotation names: `Queue<Job>`, `Queue | undefined`, `Promise<Queue>`, `InstanceType<typeof Queue>`. */
  of(type: ts.TypeNode, source: SourceText, depth = 0): Origin | undefined {
    const ts = this.#ts;
    if (depth > maxDepth) return undefined;
    if (ts.isParenthesizedTypeNode(type) || ts.isJSDocNullableType(type) || ts.isJSDocNonNullableType(type) || ts.isJSDocOptionalType(type)) {
      return this.of((type as ts.ParenthesizedTypeNode).type, source, depth + 1);
    }
    if (ts.isUnionTypeNode(type)) {
      for (const part of type.types) {
        const found = this.of(part, source, depth + 1);
        if (found) return found;
      }
      return undefined;
    }
    if (ts.isIntersectionTypeNode(type)) {
      const parts = type.types.map((part) => this.of(part, source, depth + 1)).filter((part) => part !== undefined);
      return parts.find((part) => part.kind === 'library') ?? (parts.length > 1 ? { kind: 'local', node: type, source } : parts[0]);
    }
    if (ts.isTypeLiteralNode(type)) return { kind: 'local', node: type, source };
    if (ts.isTypeQueryNode(type)) return this.entity(type.exprName, source, depth + 1);
    if (ts.isIndexedAccessTypeNode(type)) {
      const whole = this.of(type.objectType, source, depth + 1);
      const name = ts.isLiteralTypeNode(type.indexType) && ts.isStringLiteral(type.indexType.literal) ? type.indexType.literal.text : undefined;
      return whole && name !== undefined ? this.#origins.memberOf(whole, name, depth + 1) : undefined;
    }
    if (ts.isImportTypeNode(type)) return this.#imported(type, source, depth);
    if (!ts.isTypeReferenceNode(type)) return undefined;
    const builtIn = ts.isIdentifier(type.typeName) ? this.#builtIn(type.typeName, type.typeArguments ?? [], source, depth) : undefined;
    if (builtIn !== undefined) return builtIn ?? undefined;
    const origin = this.#named(type.typeName, source, depth);
    return origin && this.#objectOf(origin, depth);
  }

  /** The annotation of a variable or parameter, or its JSDoc in plain JavaScript. */
  declared(declaration: ts.VariableDeclaration | ts.ParameterDeclaration | ts.PropertyDeclaration, source: SourceText, depth: number): Origin | undefined {
    const type = declaration.type ?? jsDocOf(this.#ts, declaration, source);
    return type && this.of(type, source, depth);
  }

  /** What stands behind a name in dots: `bull.Queue`, `queues.mail`. `inType`: no parameter names a type, `(knex: knex.Knex) => …`. */
  entity(name: ts.EntityName, source: SourceText, depth: number, inType = false): Origin | undefined {
    if (depth > maxDepth) return undefined;
    if (this.#ts.isIdentifier(name)) {
      const declaration = inType ? lookupType(this.#ts, name.text, name) : lookup(this.#ts, name.text, name);
      return declaration && this.#origins.bindings.of(declaration, source, depth + 1);
    }
    const left = this.entity(name.left, source, depth, inType);
    return left && this.#origins.memberOf(left, name.right.text, depth);
  }

  /** `Pick<…>` and its like; `null`: a type parameter, which hides what else has the name. */
  #builtIn(name: ts.Identifier, given: readonly ts.TypeNode[], source: SourceText, depth: number): Origin | null | undefined {
    const ts = this.#ts;
    const [first, second] = given;
    const parameter = typeParameter(ts, name);
    if (parameter) return (parameter.constraint && this.of(parameter.constraint, source, depth + 1)) ?? null;
    if (!first || lookupType(ts, name.text, name)) return undefined;
    if (transparent.has(name.text)) return this.of(first, source, depth + 1);
    if (name.text === 'InstanceType') {
      const made = this.of(first, source, depth + 1);
      return made && this.#objectOf(made, depth);
    }
    if (name.text === 'ReturnType') return this.#result(first, source, depth);
    if ((name.text !== 'Pick' && name.text !== 'Omit') || !second) return undefined;
    const whole = this.of(first, source, depth + 1);
    const names = literals(ts, second);
    if (whole?.kind !== 'library') return whole;
    if (!names) return name.text === 'Omit' ? whole : null;
    return name.text === 'Pick' ? { ...whole, only: names } : { ...whole, without: names };
  }

  /** `ReturnType<typeof makeQueue>` */
  #result(type: ts.TypeNode, source: SourceText, depth: number): Origin | undefined {
    const fn = this.of(type, source, depth + 1);
    if (fn?.kind === 'library') return { ...fn, instance: true };
    return fn?.kind === 'local' && isFunctionNode(this.#ts, fn.node) ? this.#origins.resultOf(fn.node, fn.source, depth + 1) : undefined;
  }

  #imported(type: ts.ImportTypeNode, source: SourceText, depth: number): Origin | undefined {
    const ts = this.#ts;
    const from = ts.isLiteralTypeNode(type.argument) && ts.isStringLiteral(type.argument.literal) ? type.argument.literal.text : undefined;
    if (!type.qualifier) return type.isTypeOf ? this.#origins.exports.imported(from, '*', source, depth + 1) : undefined;
    const names = type.qualifier.getText(source.ast).split('.');
    let origin = this.#origins.exports.imported(from, names[0]!, source, depth + 1);
    for (const name of names.slice(1)) origin = origin && this.#origins.memberOf(origin, name, depth + 1);
    return origin && (type.isTypeOf ? origin : this.#objectOf(origin, depth));
  }

  /** What is of the type that a name stands for. */
  #objectOf(origin: Origin, depth: number): Origin | undefined {
    const ts = this.#ts;
    if (origin.kind === 'library') return { ...origin, instance: true };
    if (origin.kind !== 'local' || depth > maxDepth) return undefined;
    const { node, source } = origin;
    if (ts.isClassLike(node)) return this.#origins.members.subclass(node, source, undefined, depth) ?? { kind: 'object', of: node, source };
    if (ts.isTypeAliasDeclaration(node)) return this.of(node.type, source, depth + 1);
    if (!ts.isInterfaceDeclaration(node)) return undefined;
    const above = this.bases(node, source, depth).find((base): base is LibraryOrigin => base.kind === 'library');
    return above ? { ...above, own: { of: node, source } } : origin;
  }

  /** What an interface extends. */
  bases(node: ts.InterfaceDeclaration, source: SourceText, depth: number): Origin[] {
    return (node.heritageClauses ?? []).flatMap(({ types }) => types).flatMap((base) => {
      const name = this.#extended(base.expression, source, depth + 1);
      const typed = name && this.#objectOf(name, depth + 1);
      return typed ? [typed] : [];
    });
  }

  #extended(expression: ts.Expression, source: SourceText, depth: number): Origin | undefined {
    const ts = this.#ts;
    if (ts.isIdentifier(expression)) return this.#byName(expression, source, depth);
    if (!ts.isPropertyAccessExpression(expression)) return undefined;
    const left = this.#extended(expression.expression, source, depth);
    return left && this.#origins.memberOf(left, expression.name.text, depth);
  }

  #named(name: ts.EntityName, source: SourceText, depth: number): Origin | undefined {
    if (this.#ts.isIdentifier(name)) return this.#byName(name, source, depth) ?? this.#defined(name, source, depth);
    return this.entity(name, source, depth, true);
  }

  #byName(name: ts.Identifier, source: SourceText, depth: number): Origin | undefined {
    const declaration = lookupType(this.#ts, name.text, name);
    return declaration && this.#origins.bindings.of(declaration, source, depth + 1); // `let queue: queue`
  }

  /** `@typedef {import('bullmq').Queue} Queue` */
  #defined(name: ts.Identifier, source: SourceText, depth: number): Origin | undefined {
    const type = jsDocDefinition(this.#ts, name.text, source);
    if (type) return this.of(type, source, depth + 1);
    // Comments name it without an import, and nothing else is called so.
    return name.text === 'ChildProcess' ? { kind: 'library', module: 'child_process', name: 'ChildProcess', instance: false } : undefined;
  }
}

/** `Q` of `<Q extends Queue>(q: Q) => …`. */
function typeParameter(ts: Ts, name: ts.Identifier): ts.TypeParameterDeclaration | undefined {
  for (let at: ts.Node | undefined = name.parent; at; at = at.parent) {
    const found = (at as { typeParameters?: readonly ts.TypeParameterDeclaration[] }).typeParameters?.find((each) => each.name.text === name.text);
    if (found && ts.isTypeParameterDeclaration(found)) return found;
  }
  return undefined;
}

/** `'a' | 'b'` */
function literals(ts: Ts, type: ts.TypeNode): string[] | undefined {
  const names = (ts.isUnionTypeNode(type) ? [...type.types] : [type]).map((part) => (ts.isLiteralTypeNode(part) && ts.isStringLiteral(part.literal) ? part.literal.text : undefined));
  return names.every((name) => name !== undefined) ? names : undefined;
}
