/** What type annotations name. */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { maxDepth, type Origin } from './origin.ts';
import type { Origins } from './origins.ts';
import { lookup } from './scope.ts';
import type { SourceText } from './source.ts';

export class TypeNodes {
  readonly #ts: Ts;
  readonly #origins: Origins;

  constructor(ts: Ts, origins: Origins) {
    this.#ts = ts;
    this.#origins = origins;
  }

  /** What a type annotation names: `Queue<Job>`, `Queue | undefined`, `Promise<Queue>`, `InstanceType<typeof Queue>`. */
  of(type: ts.TypeNode, source: SourceText, depth = 0): Origin | undefined {
    const ts = this.#ts;
    if (depth > maxDepth) return undefined;
    if (ts.isParenthesizedTypeNode(type)) return this.of(type.type, source, depth + 1);
    if (ts.isUnionTypeNode(type)) {
      for (const part of type.types) {
        const found = this.of(part, source, depth + 1);
        if (found) return found;
      }
      return undefined;
    }
    if (ts.isIntersectionTypeNode(type)) {
      for (const part of type.types) {
        const found = this.of(part, source, depth + 1);
        if (found) return found;
      }
      return undefined;
    }
    if (ts.isTypeLiteralNode(type)) return { kind: 'local', node: type, source };
    if (ts.isImportTypeNode(type)) {
      const from = ts.isLiteralTypeNode(type.argument) && ts.isStringLiteral(type.argument.literal) ? type.argument.literal.text : undefined;
      const origin = type.qualifier && ts.isIdentifier(type.qualifier) && !type.isTypeOf ? this.#origins.exports.imported(from, type.qualifier.text, source, depth + 1) : undefined;
      return origin && this.#typed(origin, depth);
    }
    if (!ts.isTypeReferenceNode(type)) return undefined;
    const name = type.typeName;
    if (ts.isIdentifier(name) && ['Promise', 'Readonly', 'Awaited', 'NonNullable', 'Partial'].includes(name.text) && type.typeArguments?.[0]) {
      return this.of(type.typeArguments[0], source, depth + 1);
    }
    const origin = ts.isIdentifier(name) ? this.#namedType(name, source, depth) : this.#qualifiedType(name, source, depth);
    return origin && this.#typed(origin, depth);
  }

  /** What is of the type that a name stands for. */
  #typed(origin: Origin, depth: number): Origin | undefined {
    const ts = this.#ts;
    if (origin.kind === 'library') return { ...origin, instance: true };
    if (origin.kind === 'local' && ts.isClassLike(origin.node)) {
      return this.#origins.members.subclass(origin.node, origin.source, undefined, depth) ?? { kind: 'object', of: origin.node, source: origin.source };
    }
    if (origin.kind === 'local' && ts.isTypeAliasDeclaration(origin.node)) return this.of(origin.node.type, origin.source, depth + 1);
    if (origin.kind === 'local' && ts.isInterfaceDeclaration(origin.node)) {
      for (const base of origin.node.heritageClauses?.flatMap((clause) => [...clause.types]) ?? []) {
        const above = ts.isIdentifier(base.expression) ? this.#namedType(base.expression, origin.source, depth + 1) : undefined;
        const typed = above && depth < maxDepth ? this.#typed(above, depth + 1) : undefined;
        if (typed?.kind === 'library') return typed;
      }
      return origin;
    }
    return undefined;
  }

  #namedType(name: ts.Identifier, source: SourceText, depth: number): Origin | undefined {
    const declaration = lookup(this.#ts, name.text, name);
    return declaration && this.#origins.bindings.of(declaration, source, depth);
  }

  #qualifiedType(name: ts.QualifiedName, source: SourceText, depth: number): Origin | undefined {
    if (!this.#ts.isIdentifier(name.left)) return undefined;
    const left = this.#namedType(name.left, source, depth);
    return left && this.#origins.memberOf(left, name.right.text, depth);
  }
}
