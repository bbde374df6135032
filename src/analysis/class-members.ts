/** Fields, methods and bases of the repo's own classes. */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { enclosingClass } from './declarations.ts';
import { indexOf } from './file-index.ts';
import { either, maxDepth, withBuilt, type Built, type Origin } from './origin.ts';
import type { Origins } from './origins.ts';
import type { SourceText } from './source.ts';
import { propertyName, walk } from './syntax.ts';

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
        const parameter = isStatic ? undefined : member.parameters.find((p) => ts.isIdentifier(p.name) && p.name.text === name && ts.isParameterPropertyDeclaration(p, member));
        if (parameter) return this.#origins.bindings.of(parameter, source, depth + 1);
        continue;
      }
      if (propertyName(ts, member.name) !== name || hasStatic(ts, member) !== isStatic) continue;
      if (ts.isMethodDeclaration(member)) return { kind: 'local', node: member, source };
      if (ts.isGetAccessorDeclaration(member)) {
        const given = member.body && this.#origins.returned(member.body, source, depth);
        const typed = member.type && this.#origins.types.of(member.type, source, depth);
        return withBuilt(typed, given) ?? given;
      }
      if (ts.isPropertyDeclaration(member)) return this.#field(owner, member, name, source, depth);
    }
    return this.#assignedField(owner, name, source, depth) ?? this.#inherited(owner, name, source, depth, isStatic);
  }

  /** Whether a class says that it has the member, whatever that is. */
  declares(of: ts.ClassLikeDeclaration | ts.InterfaceDeclaration, name: string): boolean {
    return of.members.some((member) => propertyName(this.#ts, member.name) === name);
  }

  /** What `new X(…)` makes. */
  constructed(of: Origin | undefined, built: Built | undefined, depth: number): Origin | undefined {
    if (!of) return undefined;
    if (of.kind === 'library') return { ...of, instance: true, ...(built ? { built } : {}) };
    if (of.kind === 'global') return { kind: 'global', name: of.name, instance: true, ...(built ? { built } : {}) };
    if (of.kind === 'local' && this.#ts.isClassLike(of.node)) return this.subclass(of.node, of.source, built, depth) ?? { kind: 'object', of: of.node, source: of.source };
    return undefined;
  }

  /** A class of the repo that extends a library's is that library's too; made where its constructor calls `super`. */
  subclass(node: ts.ClassLikeDeclaration, source: SourceText, built: Built | undefined, depth: number): Origin | undefined {
    if (depth > maxDepth) return undefined;
    const origin = this.base(node, source, depth);
    const through = this.#throughSuper(node, source, built);
    if (origin?.kind === 'library' && !origin.instance) return { ...origin, instance: true, ...(through ? { built: through } : {}), own: { of: node, source } };
    const above = origin?.kind === 'local' && this.#ts.isClassLike(origin.node) ? this.subclass(origin.node, origin.source, through, depth + 1) : undefined;
    return above?.kind === 'library' ? { ...above, own: { of: node, source } } : undefined;
  }

  /** What a class extends. */
  base(node: ts.ClassLikeDeclaration, source: SourceText, depth: number): Origin | undefined {
    const base = node.heritageClauses?.find((c) => c.token === this.#ts.SyntaxKind.ExtendsKeyword)?.types[0];
    return base && this.#origins.of(base.expression, source, depth + 1);
  }

  /** `super(…)` of a class's own constructor. */
  superCall(node: ts.ClassLikeDeclaration): ts.CallExpression | undefined {
    const ts = this.#ts;
    const own = node.members.find((member): member is ts.ConstructorDeclaration => ts.isConstructorDeclaration(member) && member.body !== undefined);
    let found: ts.CallExpression | undefined;
    if (own?.body) {
      walk(ts, own.body, (at) => {
        if (ts.isClassLike(at)) return false;
        if (ts.isCallExpression(at) && at.expression.kind === ts.SyntaxKind.SuperKeyword) found ??= at;
        return undefined;
      });
    }
    return found;
  }

  /** Where the base is made: by `super(…)`, with what `new` gives to the parameters around it. */
  #throughSuper(node: ts.ClassLikeDeclaration, source: SourceText, built: Built | undefined): Built | undefined {
    const call = this.superCall(node);
    if (!call) return built;
    const own = node.members.find((member) => this.#ts.isConstructorDeclaration(member)) as ts.ConstructorDeclaration;
    return { node: call, source, ...(built ? given(own.parameters, built) : {}) };
  }

  #field(owner: ts.ClassLikeDeclaration, member: ts.PropertyDeclaration, name: string, source: SourceText, depth: number): Origin | undefined {
    const built = this.#assignedField(owner, name, source, depth) ?? this.#origins.injected.decorated(member, source, depth);
    const typed = this.#origins.types.declared(member, source, depth);
    const value = member.initializer && this.#origins.of(member.initializer, source, depth + 1);
    return (value?.kind === 'library' && value.reached ? undefined : value) ?? withBuilt(typed, built) ?? value ?? built;
  }

  #inherited(owner: ts.ClassLikeDeclaration, name: string, source: SourceText, depth: number, isStatic: boolean): Origin | undefined {
    const origin = this.base(owner, source, depth);
    return origin?.kind === 'local' && this.#ts.isClassLike(origin.node) ? this.of(origin.node, name, origin.source, depth + 1, isStatic) : undefined;
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
}

/** What a call gives to a function's parameters, and what its own caller gave. */
export function given(parameters: readonly ts.ParameterDeclaration[], { node, source, given: before }: Built): Pick<Built, 'given'> {
  const known = parameters.flatMap((parameter, i) => (node.arguments?.[i] ? [[parameter, { node: node.arguments[i], source }] as const] : []));
  return known.length + (before?.size ?? 0) > 0 ? { given: new Map([...(before ?? []), ...known]) } : {};
}

function hasStatic(ts: Ts, member: ts.ClassElement): boolean {
  return ts.canHaveModifiers(member) && (ts.getModifiers(member)?.some((modifier) => modifier.kind === ts.SyntaxKind.StaticKeyword) ?? false);
}
