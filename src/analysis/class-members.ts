/** Fields, methods and bases of the repo's own classes. */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { enclosingClass } from './declarations.ts';
import { indexOf } from './file-index.ts';
import { either, maxDepth, withBuilt, type Built, type Origin } from './origin.ts';
import type { Origins } from './origins.ts';
import type { SourceText } from './source.ts';
import { propertyName } from './syntax.ts';

export class ClassMembers {
  readonly #ts: Ts;
  readonly #origins: Origins;

  constructor(ts: Ts, origins: Origins) {
    this.#ts = ts;
    this.#origins = origins;
  }

  /** A member of a class of the repo: method, annotated or initialised field, parameter property, assignment in a method. */
  of(owner: ts.ClassLikeDeclaration, name: string, source: SourceText, depth: number, isStatic: boolean): Origin | undefined {
    const ts = this.#ts;
    if (depth > maxDepth) return undefined;
    for (const member of owner.members) {
      if (ts.isConstructorDeclaration(member)) {
        const parameter = member.parameters.find((p) => ts.isIdentifier(p.name) && p.name.text === name && ts.isParameterPropertyDeclaration(p, member));
        if (parameter) return this.#origins.bindings.of(parameter, source, depth + 1);
      }
      if (propertyName(ts, member.name) !== name) continue;
      if (ts.isMethodDeclaration(member)) return { kind: 'local', node: member, source };
      if (ts.isGetAccessorDeclaration(member)) return (member.type && this.#origins.types.of(member.type, source, depth)) ?? (member.body && this.#origins.returned(member.body, source, depth));
      if (ts.isPropertyDeclaration(member)) {
        const built = this.#assignedField(owner, name, source, depth);
        const typed = member.type && this.#origins.types.of(member.type, source, depth);
        return withBuilt(member.initializer && this.#origins.of(member.initializer, source, depth + 1), undefined) ?? withBuilt(typed, built) ?? built;
      }
    }
    return (isStatic ? undefined : this.#assignedField(owner, name, source, depth)) ?? this.#inherited(owner, name, source, depth);
  }

  #inherited(owner: ts.ClassLikeDeclaration, name: string, source: SourceText, depth: number): Origin | undefined {
    const base = owner.heritageClauses?.find((c) => c.token === this.#ts.SyntaxKind.ExtendsKeyword)?.types[0];
    const origin = base && this.#origins.of(base.expression, source, depth + 1);
    return origin?.kind === 'local' && this.#ts.isClassLike(origin.node) ? this.of(origin.node, name, origin.source, depth + 1, false) : undefined;
  }

  /** `this.name = expression` anywhere in the class, `Class.name = expression` anywhere in the file. */
  #assignedField(owner: ts.ClassLikeDeclaration, name: string, source: SourceText, depth: number): Origin | undefined {
    let found: Origin | undefined;
    for (const assignment of indexOf(this.#ts, source.ast).fieldAssignments.get(name) ?? []) {
      if (enclosingClass(this.#ts, assignment) === owner) found = either(found, this.#origins.of(assignment.right, source, depth + 1));
    }
    for (const assignment of (owner.name && indexOf(this.#ts, source.ast).memberAssignments.get(`${owner.name.text}.${name}`)) ?? []) {
      found = either(found, this.#origins.of(assignment.right, source, depth + 1));
    }
    return found;
  }

  /** What `new X(…)` makes. */
  constructed(of: Origin | undefined, built: Built, depth: number): Origin | undefined {
    if (!of) return undefined;
    if (of.kind === 'library') return { ...of, instance: true, built };
    if (of.kind === 'global') return { kind: 'global', name: of.name, instance: true, built };
    if (of.kind === 'local' && this.#ts.isClassLike(of.node)) return this.subclass(of.node, of.source, built, depth) ?? { kind: 'object', of: of.node, source: of.source };
    return undefined;
  }

  /** A class of the repo that extends a library's is that library's too. */
  subclass(node: ts.ClassLikeDeclaration, source: SourceText, built: Built | undefined, depth: number): Origin | undefined {
    const base = node.heritageClauses?.find((c) => c.token === this.#ts.SyntaxKind.ExtendsKeyword)?.types[0];
    const origin = base && this.#origins.of(base.expression, source, depth);
    if (origin?.kind === 'library' && !origin.instance) return { ...origin, instance: true, built, own: { of: node, source } };
    const above = origin?.kind === 'local' && this.#ts.isClassLike(origin.node) && depth < maxDepth ? this.subclass(origin.node, origin.source, built, depth + 1) : undefined;
    return above?.kind === 'library' ? { ...above, own: { of: node, source } } : undefined;
  }
}
