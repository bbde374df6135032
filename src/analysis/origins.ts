/**
 * What is this `q` in `q.add(…)`? Import, constructor, annotation, class field, parameter property, alias, one
 * function's return value, another file's export. Names decide nothing; what cannot be traced has no origin.
 */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { givenByLibrary } from './callback-parameters.ts';
import { enclosingClass, moduleOf } from './declarations.ts';
import { ExportedValues } from './exported-values.ts';
import { Exports } from './exports.ts';
import { indexOf } from './file-index.ts';
import { declarationOf, lookup, type Declaration } from './scope.ts';
import type { Neighbours, SourceText } from './source.ts';
import { isFunctionNode, memberName, nameOfFunction, propertyName, unwrap, walk, type FunctionNode } from './syntax.ts';

export type Origin =
  /** Something that a package exports; `instance`: an object that this export made, returned or typed. */
  | { kind: 'library'; module: string; name: string; instance: boolean; built?: Built; own?: OwnClass }
  | { kind: 'global'; name: string; instance?: boolean; built?: Built }
  /** A function, class, object or enum of the repo. */
  | { kind: 'local'; node: ts.Node; source: SourceText }
  /** An object of a class of the repo. */
  | ({ kind: 'object' } & OwnClass);

/** A class of the repo; of a library's instance, the class of the repo that extends the library's. */
export interface OwnClass {
  of: ts.ClassLikeDeclaration;
  source: SourceText;
}

/** Where an instance was made, if that is known. */
export interface Built {
  node: ts.NewExpression | ts.CallExpression;
  source: SourceText;
}

/** The type checker's word on an expression, where the surface has one. */
export type TypeOrigin = (node: ts.Expression) => Origin | undefined;

const MAX_DEPTH = 24;
/** Of a long table, so many tell what it holds. */
const MAX_ELEMENTS = 50;

export class Origins {
  readonly #ts: Ts;
  readonly #neighbours: Neighbours | undefined;
  readonly #typeOf: TypeOrigin | undefined;
  readonly #memo = new WeakMap<ts.Node, Origin | null>();
  readonly #exports: Exports;
  /** Expressions behind names: what constants and options are told by. */
  readonly values: ExportedValues;

  constructor(ts: Ts, neighbours?: Neighbours, typeOf?: TypeOrigin) {
    this.#ts = ts;
    this.#neighbours = neighbours;
    this.#typeOf = typeOf;
    this.values = new ExportedValues(ts, neighbours);
    this.#exports = new Exports(ts, neighbours, this.values, this);
  }

  /** A class of the repo as its package exports it: the library itself, where the repo is the library's own. */
  published(origin: Origin | undefined): Origin | undefined {
    if (origin?.kind !== 'object' || !origin.of.name) return undefined;
    const module = this.#neighbours?.packageName?.(origin.source.path);
    return module === undefined ? undefined : { kind: 'library', module, name: origin.of.name.text, instance: true };
  }

  /** What an expression evaluates to, as far as the text tells. */
  of(expression: ts.Expression, source: SourceText, depth = 0): Origin | undefined {
    const node = unwrap(this.#ts, expression);
    if (node !== expression) {
      const asserted = this.#asserted(expression, source, depth);
      if (asserted) return withBuilt(asserted, this.of(node, source, depth));
    }
    const known = this.#memo.get(node);
    if (known !== undefined) return known ?? undefined;
    if (depth > MAX_DEPTH) return undefined;
    this.#memo.set(node, null); // a cycle ends here
    const origin = this.#compute(node, source, depth + 1);
    this.#memo.set(node, origin ?? null);
    return origin;
  }

  /** The same, and where the text says nothing what the type checker says: for what a candidate's name has matched already. */
  ofTyped(expression: ts.Expression, source: SourceText): Origin | undefined {
    return this.of(expression, source) ?? this.#typeOf?.(unwrap(this.#ts, expression));
  }

  /** The function that an expression names or is. */
  functionOf(expression: ts.Expression, source: SourceText): { fn: FunctionNode; source: SourceText } | undefined {
    const node = unwrap(this.#ts, expression);
    if (isFunctionNode(this.#ts, node)) return { fn: node, source };
    const origin = this.of(node, source);
    if (origin?.kind === 'local' && isFunctionNode(this.#ts, origin.node)) return { fn: origin.node, source: origin.source };
    return undefined;
  }

  /**
   * `options.emailQueue` of an untyped parameter, or of a field that keeps one: what the repo passes under that name, if
   * it is one thing everywhere.
   */
  #handedIn(receiver: ts.Expression, member: string): Origin | undefined {
    return this.#isBag(receiver) ? this.#neighbours?.passedAs?.(member, this) : undefined;
  }

  #isBag(expression: ts.Expression): boolean {
    const ts = this.#ts;
    const node = unwrap(ts, expression);
    if (ts.isIdentifier(node)) {
      const declaration = declarationOf(ts, node);
      return declaration !== undefined && ts.isParameter(declaration) && !declaration.type;
    }
    if (ts.isBinaryExpression(node)) return this.#isBag(node.left); // `options || {}`
    if (!ts.isPropertyAccessExpression(node) || node.expression.kind !== ts.SyntaxKind.ThisKeyword) return false;
    const kept = indexOf(ts, node.getSourceFile()).fieldAssignments.get(node.name.text) ?? [];
    return kept.length > 0 && kept.every((assignment) => !ts.isPropertyAccessExpression(unwrap(ts, assignment.right)) && this.#isBag(assignment.right));
  }

  /** `(x as Queue)!`: the outermost assertion that names something. */
  #asserted(expression: ts.Expression, source: SourceText, depth: number): Origin | undefined {
    const ts = this.#ts;
    for (let at = expression; ; at = at.expression) {
      if (ts.isAsExpression(at) || ts.isTypeAssertionExpression(at)) {
        const typed = this.ofType(at.type, source, depth + 1);
        if (typed) return typed;
      } else if (!ts.isParenthesizedExpression(at) && !ts.isNonNullExpression(at) && !ts.isAwaitExpression(at) && !ts.isSatisfiesExpression(at)) return undefined;
    }
  }

  #compute(node: ts.Expression, source: SourceText, depth: number): Origin | undefined {
    const ts = this.#ts;
    if (isFunctionNode(ts, node) || ts.isClassExpression(node) || ts.isObjectLiteralExpression(node)) return { kind: 'local', node, source };
    if (ts.isIdentifier(node)) return this.#ofIdentifier(node, source, depth);
    if (node.kind === ts.SyntaxKind.ThisKeyword) {
      const owner = enclosingClass(ts, node);
      return owner && (this.#subclass(owner, source, undefined, depth) ?? { kind: 'object', of: owner, source });
    }
    if (node.kind === ts.SyntaxKind.SuperKeyword) {
      const owner = enclosingClass(ts, node);
      return owner && this.#subclass(owner, source, undefined, depth);
    }
    if (ts.isElementAccessExpression(node) && !ts.isStringLiteralLike(node.argumentExpression)) return this.#elementOf(node.expression, source, depth);
    const member = memberName(ts, node);
    if (member !== undefined) {
      const receiver = (node as ts.PropertyAccessExpression).expression;
      if (ts.isIdentifier(receiver) && isGlobalObject(receiver.text) && !declarationOf(ts, receiver)) return { kind: 'global', name: member };
      const of = receiver.kind === ts.SyntaxKind.SuperKeyword ? undefined : this.of(receiver, source, depth);
      return (of && this.memberOf(of, member, depth)) ?? this.#handedIn(receiver, member);
    }
    if (ts.isNewExpression(node)) return this.#constructed(this.of(node.expression, source, depth), { node, source }, depth);
    if (ts.isCallExpression(node)) return this.#called(node, source, depth);
    if (ts.isBinaryExpression(node)) {
      const operator = node.operatorToken.kind;
      if (operator === ts.SyntaxKind.EqualsToken) return this.of(node.right, source, depth);
      if (operator === ts.SyntaxKind.BarBarToken || operator === ts.SyntaxKind.QuestionQuestionToken
        || operator === ts.SyntaxKind.AmpersandAmpersandToken) return either(this.of(node.right, source, depth), this.of(node.left, source, depth));
      if (operator === ts.SyntaxKind.QuestionQuestionEqualsToken || operator === ts.SyntaxKind.BarBarEqualsToken) return this.of(node.right, source, depth);
    }
    if (ts.isConditionalExpression(node)) return either(this.of(node.whenTrue, source, depth), this.of(node.whenFalse, source, depth));
    return undefined;
  }

  #ofIdentifier(node: ts.Identifier, source: SourceText, depth: number): Origin | undefined {
    const declaration = declarationOf(this.#ts, node);
    return declaration ? this.ofDeclaration(declaration, source, depth) : { kind: 'global', name: node.text };
  }

  ofDeclaration(declaration: Declaration, source: SourceText, depth: number): Origin | undefined {
    const ts = this.#ts;
    if (ts.isImportSpecifier(declaration)) {
      return this.#exports.imported(moduleOf(ts, declaration), (declaration.propertyName ?? declaration.name).text, source, depth);
    }
    if (ts.isImportClause(declaration)) return this.#exports.imported(moduleOf(ts, declaration), 'default', source, depth);
    if (ts.isNamespaceImport(declaration)) return this.#exports.imported(moduleOf(ts, declaration), '*', source, depth);
    if (ts.isImportEqualsDeclaration(declaration)) {
      const reference = declaration.moduleReference;
      if (ts.isExternalModuleReference(reference) && ts.isStringLiteralLike(reference.expression)) return this.#exports.imported(reference.expression.text, '*', source, depth);
      return undefined;
    }
    if (ts.isVariableDeclaration(declaration)) {
      const value = declaration.initializer && this.of(declaration.initializer, source, depth);
      const typed = declaration.type && this.ofType(declaration.type, source, depth);
      return (typed && withBuilt(typed, value ?? this.#assigned(declaration, source, depth)))
        ?? value
        ?? this.#iterated(declaration, source, depth)
        ?? this.#assigned(declaration, source, depth);
    }
    if (ts.isBindingElement(declaration)) {
      if (ts.isArrayBindingPattern(declaration.parent)) return this.#entry(declaration, declaration.parent, source, depth);
      const whole = this.#ofPattern(declaration.parent, source, depth);
      const name = propertyName(ts, declaration.propertyName ?? declaration.name);
      return whole && name !== undefined ? this.memberOf(whole, name, depth) : undefined;
    }
    if (ts.isParameter(declaration)) {
      return (declaration.type && this.ofType(declaration.type, source, depth))
        ?? (declaration.initializer && this.of(declaration.initializer, source, depth))
        ?? this.#visited(declaration, source, depth)
        ?? givenByLibrary(ts, this, declaration, source, depth)
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
      const given = call.arguments?.[index] && this.of(call.arguments[index], source, depth + 1);
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
    if (this.#ts.isParameter(holder)) return this.ofDeclaration(holder, source, depth);
    return (holder.type && this.ofType(holder.type, source, depth)) ?? (holder.initializer && this.of(holder.initializer, source, depth));
  }

  /** `for (const w of workers)`. */
  #iterated(declaration: ts.VariableDeclaration, source: SourceText, depth: number): Origin | undefined {
    const loop = declaration.parent.parent;
    return this.#ts.isForOfStatement(loop) ? this.#elementOf(loop.expression, source, depth) : undefined;
  }

  /** `for (const [name, queue] of queues)`. */
  #entry(declaration: ts.BindingElement, pattern: ts.ArrayBindingPattern, source: SourceText, depth: number): Origin | undefined {
    const ts = this.#ts;
    const loop = pattern.parent.parent.parent;
    return pattern.elements.indexOf(declaration) === 1 && ts.isVariableDeclaration(pattern.parent) && ts.isForOfStatement(loop)
      ? this.#elementOf(loop.expression, source, depth) : undefined;
  }

  /** `workers.forEach((w) => …)`. */
  #visited(declaration: ts.ParameterDeclaration, source: SourceText, depth: number): Origin | undefined {
    const ts = this.#ts;
    const fn = declaration.parent;
    const call = fn.parent;
    if (fn.parameters[0] !== declaration || !(ts.isArrowFunction(fn) || ts.isFunctionExpression(fn)) || !ts.isCallExpression(call) || call.arguments[0] !== fn) return undefined;
    const member = memberName(ts, call.expression);
    return member !== undefined && visits.test(member) ? this.#elementOf((call.expression as ts.PropertyAccessExpression).expression, source, depth) : undefined;
  }

  /** What a list, map or record holds: by its annotation, its type arguments, its literal, or what the file puts in. */
  #elementOf(expression: ts.Expression, source: SourceText, depth: number): Origin | undefined {
    const ts = this.#ts;
    const node = unwrap(ts, expression);
    if (depth > MAX_DEPTH) return undefined;
    if (ts.isCallExpression(node)) {
      const member = memberName(ts, node.expression);
      const receiver = ts.isPropertyAccessExpression(node.expression) ? node.expression.expression : undefined;
      if (member === undefined || !receiver) return undefined;
      if (ts.isIdentifier(receiver) && receiver.text === 'Object') return /^(values|entries)$/.test(member) && node.arguments[0] ? this.#elementOf(node.arguments[0], source, depth + 1) : undefined;
      const maker = ts.isIdentifier(receiver) && receiver.text === 'Array' && member === 'from' ? node.arguments[1] : member === 'map' ? node.arguments[0] : undefined;
      if (maker && (ts.isArrowFunction(maker) || ts.isFunctionExpression(maker)) && maker.body) return this.#returned(maker.body, source, depth + 1);
      if (ts.isIdentifier(receiver) && receiver.text === 'Array' && member === 'from' && node.arguments[0]) return this.#elementOf(node.arguments[0], source, depth + 1);
      return /^(values|entries|filter|slice|sort|reverse|concat|splice|toSorted|toReversed)$/.test(member) ? this.#elementOf(receiver, source, depth + 1) : undefined;
    }
    const held = this.#held(node, source);
    const value = held?.initializer && unwrap(ts, held.initializer);
    const literal = ts.isArrayLiteralExpression(node) || ts.isObjectLiteralExpression(node) ? node : value;
    const typed = (held?.type && this.#elementType(held.type, held.source, depth))
      ?? (value && ts.isNewExpression(value) && value.typeArguments ? this.ofType(value.typeArguments.at(-1)!, source, depth + 1) : undefined);
    const from = held?.source ?? source;
    let put: Origin | undefined;
    if (literal && ts.isArrayLiteralExpression(literal)) {
      for (const element of literal.elements.slice(0, MAX_ELEMENTS)) {
        const origin = ts.isSpreadElement(element) ? this.#elementOf(element.expression, from, depth + 1) : this.of(element, from, depth + 1);
        put = either(put, origin);
      }
    } else if (literal && ts.isObjectLiteralExpression(literal)) {
      for (const part of literal.properties.slice(0, MAX_ELEMENTS)) {
        if (ts.isPropertyAssignment(part)) put = either(put, this.of(part.initializer, from, depth + 1));
        else if (ts.isShorthandPropertyAssignment(part)) put = either(put, this.#ofShorthand(part, from, depth + 1));
      }
    } else if (value && value !== node && ts.isCallExpression(value)) put = this.#elementOf(value, from, depth + 1);
    put = either(put, this.#put(node, source, depth));
    return typed ? withBuilt(typed, put) : put;
  }

  #elementType(type: ts.TypeNode, source: SourceText, depth: number): Origin | undefined {
    const ts = this.#ts;
    if (ts.isArrayTypeNode(type)) return this.ofType(type.elementType, source, depth + 1);
    if (ts.isTypeOperatorNode(type) || ts.isParenthesizedTypeNode(type)) return this.#elementType(type.type, source, depth);
    if (ts.isTypeReferenceNode(type) && type.typeArguments?.length) return this.ofType(type.typeArguments.at(-1)!, source, depth + 1);
    if (ts.isTypeLiteralNode(type)) {
      const index = type.members.find((m) => ts.isIndexSignatureDeclaration(m));
      return index && this.ofType(index.type, source, depth + 1);
    }
    return undefined;
  }

  /** The annotation and the initialiser of the variable, parameter or member that an expression names. */
  #held(node: ts.Expression, source: SourceText): { type?: ts.TypeNode; initializer?: ts.Expression; source: SourceText } | undefined {
    const ts = this.#ts;
    if (ts.isIdentifier(node)) {
      const declaration = declarationOf(ts, node);
      if (declaration && (ts.isVariableDeclaration(declaration) || ts.isParameter(declaration))) return { type: declaration.type, initializer: declaration.initializer, source };
      const imported = this.values.constant(node, source);
      return imported && { initializer: imported.node, source: imported.source, ...(ts.isVariableDeclaration(imported.node.parent) ? { type: imported.node.parent.type } : {}) };
    }
    if (!ts.isPropertyAccessExpression(node)) return undefined;
    const owner = this.#ownerOf(node.expression, source);
    if (!owner) return undefined;
    for (const member of owner.members) {
      if (propertyName(ts, member.name) === node.name.text && (ts.isPropertyDeclaration(member) || ts.isPropertySignature(member))) {
        return { type: member.type, initializer: ts.isPropertyDeclaration(member) ? member.initializer : undefined, source: owner.source };
      }
      const parameter = ts.isConstructorDeclaration(member) ? member.parameters.find((p) => ts.isIdentifier(p.name) && p.name.text === node.name.text && ts.isParameterPropertyDeclaration(p, member)) : undefined;
      if (parameter) return { type: parameter.type, initializer: parameter.initializer, source: owner.source };
    }
    return undefined;
  }

  #ownerOf(receiver: ts.Expression, source: SourceText): { members: readonly (ts.ClassElement | ts.TypeElement)[]; source: SourceText } | undefined {
    const ts = this.#ts;
    const origin = this.of(receiver, source);
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
        put = either(put, this.of(argument, source, depth + 1));
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

  /** `let queue; … queue = new Queue(…)`: what the variable is given later. */
  #assigned(declaration: ts.VariableDeclaration, source: SourceText, depth: number): Origin | undefined {
    const ts = this.#ts;
    if (!ts.isIdentifier(declaration.name) || declaration.parent.flags & ts.NodeFlags.Const) return undefined;
    const name = declaration.name.text;
    let found: Origin | undefined;
    for (const assignment of indexOf(ts, source.ast).assignments.get(name) ?? []) {
      if (lookup(ts, name, assignment) === declaration) found = either(found, this.of(assignment.right, source, depth));
    }
    return found;
  }

  memberOf(of: Origin, name: string, depth: number): Origin | undefined {
    const ts = this.#ts;
    if (of.kind === 'library' && of.instance) {
      return (of.own && this.#fieldOf(of.own.of, name, of.own.source, depth, false)) ?? { kind: 'library', module: of.module, name: `${of.name}.${name}`, instance: false };
    }
    if (of.kind === 'library') return { kind: 'library', module: of.module, name: isNamespaceLike(of.name) ? name : `${of.name}.${name}`, instance: false };
    if (of.kind === 'global') return undefined;
    if (of.kind === 'object') return this.#fieldOf(of.of, name, of.source, depth, false);
    if (ts.isSourceFile(of.node)) return this.#exports.exported(of.source, name, depth + 1);
    if (ts.isClassLike(of.node)) return this.#fieldOf(of.node, name, of.source, depth, true);
    if (ts.isInterfaceDeclaration(of.node) || ts.isTypeLiteralNode(of.node)) {
      const found = of.node.members.find((m) => propertyName(ts, m.name) === name);
      return found && ts.isPropertySignature(found) && found.type ? this.ofType(found.type, of.source, depth + 1) : undefined;
    }
    if (ts.isObjectLiteralExpression(of.node)) {
      const found = of.node.properties.find((p) => p.name && propertyName(ts, p.name) === name);
      if (!found) return undefined;
      if (ts.isMethodDeclaration(found)) return { kind: 'local', node: found, source: of.source };
      if (ts.isPropertyAssignment(found)) return this.of(found.initializer, of.source, depth);
      if (ts.isShorthandPropertyAssignment(found)) return this.#ofShorthand(found, of.source, depth);
    }
    return undefined;
  }

  #ofShorthand(found: ts.ShorthandPropertyAssignment, source: SourceText, depth: number): Origin | undefined {
    const declaration = lookup(this.#ts, found.name.text, found.parent);
    return declaration && this.ofDeclaration(declaration, source, depth);
  }

  /** A member of a class of the repo: method, annotated or initialised field, parameter property, assignment in a method. */
  #fieldOf(owner: ts.ClassLikeDeclaration, name: string, source: SourceText, depth: number, isStatic: boolean): Origin | undefined {
    const ts = this.#ts;
    if (depth > MAX_DEPTH) return undefined;
    for (const member of owner.members) {
      if (ts.isConstructorDeclaration(member)) {
        const parameter = member.parameters.find((p) => ts.isIdentifier(p.name) && p.name.text === name && ts.isParameterPropertyDeclaration(p, member));
        if (parameter) return this.ofDeclaration(parameter, source, depth + 1);
      }
      if (propertyName(ts, member.name) !== name) continue;
      if (ts.isMethodDeclaration(member)) return { kind: 'local', node: member, source };
      if (ts.isGetAccessorDeclaration(member)) return (member.type && this.ofType(member.type, source, depth)) ?? (member.body && this.#returned(member.body, source, depth));
      if (ts.isPropertyDeclaration(member)) {
        const built = this.#assignedField(owner, name, source, depth);
        const typed = member.type && this.ofType(member.type, source, depth);
        return withBuilt(member.initializer && this.of(member.initializer, source, depth + 1), undefined) ?? withBuilt(typed, built) ?? built;
      }
    }
    return (isStatic ? undefined : this.#assignedField(owner, name, source, depth)) ?? this.#inherited(owner, name, source, depth);
  }

  #inherited(owner: ts.ClassLikeDeclaration, name: string, source: SourceText, depth: number): Origin | undefined {
    const base = owner.heritageClauses?.find((c) => c.token === this.#ts.SyntaxKind.ExtendsKeyword)?.types[0];
    const origin = base && this.of(base.expression, source, depth + 1);
    return origin?.kind === 'local' && this.#ts.isClassLike(origin.node) ? this.#fieldOf(origin.node, name, origin.source, depth + 1, false) : undefined;
  }

  /** `this.name = expression` anywhere in the class, `Class.name = expression` anywhere in the file. */
  #assignedField(owner: ts.ClassLikeDeclaration, name: string, source: SourceText, depth: number): Origin | undefined {
    let found: Origin | undefined;
    for (const assignment of indexOf(this.#ts, source.ast).fieldAssignments.get(name) ?? []) {
      if (enclosingClass(this.#ts, assignment) === owner) found = either(found, this.of(assignment.right, source, depth + 1));
    }
    for (const assignment of (owner.name && indexOf(this.#ts, source.ast).memberAssignments.get(`${owner.name.text}.${name}`)) ?? []) {
      found = either(found, this.of(assignment.right, source, depth + 1));
    }
    return found;
  }

  /** What `new X(…)` makes. */
  #constructed(of: Origin | undefined, built: Built, depth: number): Origin | undefined {
    if (!of) return undefined;
    if (of.kind === 'library') return { ...of, instance: true, built };
    if (of.kind === 'global') return { kind: 'global', name: of.name, instance: true, built };
    if (of.kind === 'local' && this.#ts.isClassLike(of.node)) return this.#subclass(of.node, of.source, built, depth) ?? { kind: 'object', of: of.node, source: of.source };
    return undefined;
  }

  /** A class of the repo that extends a library's is that library's too. */
  #subclass(node: ts.ClassLikeDeclaration, source: SourceText, built: Built | undefined, depth: number): Origin | undefined {
    const base = node.heritageClauses?.find((c) => c.token === this.#ts.SyntaxKind.ExtendsKeyword)?.types[0];
    const origin = base && this.of(base.expression, source, depth);
    if (origin?.kind === 'library' && !origin.instance) return { ...origin, instance: true, built, own: { of: node, source } };
    const above = origin?.kind === 'local' && this.#ts.isClassLike(origin.node) && depth < MAX_DEPTH ? this.#subclass(origin.node, origin.source, built, depth + 1) : undefined;
    return above?.kind === 'library' ? { ...above, own: { of: node, source } } : undefined;
  }

  #called(node: ts.CallExpression, source: SourceText, depth: number): Origin | undefined {
    const ts = this.#ts;
    const callee = unwrap(ts, node.expression);
    if (node.expression.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === 'require' && !declarationOf(ts, callee))) {
      const specifier = node.arguments[0];
      return specifier && ts.isStringLiteralLike(specifier) ? this.#exports.imported(specifier.text, '*', source, depth) : undefined;
    }
    const member = memberName(ts, callee);
    if (member === 'get' || member === 'at' || member === 'find' || member === 'pop' || member === 'shift') {
      const element = this.#elementOf((callee as ts.PropertyAccessExpression).expression, source, depth);
      if (element) return element;
    }
    const origin = this.of(node.expression, source, depth);
    if (!origin) return undefined;
    if (origin.kind === 'library') return { ...origin, instance: true, built: { node, source } };
    if (origin.kind === 'local' && isFunctionNode(ts, origin.node)) {
      if (origin.node.type) {
        const typed = this.ofType(origin.node.type, origin.source, depth);
        if (typed) return withBuilt(typed, origin.node.body && this.#returned(origin.node.body, origin.source, depth));
      }
      return origin.node.body && this.#returned(origin.node.body, origin.source, depth);
    }
    return undefined;
  }

  /** What a function's body gives back; where it was made only if all that it gives back was made in one place. */
  #returned(body: ts.ConciseBody, source: SourceText, depth: number): Origin | undefined {
    const ts = this.#ts;
    if (!ts.isBlock(body)) return this.of(body, source, depth);
    let found: Origin | undefined;
    walk(ts, body, (node) => {
      if (node !== body && ts.isFunctionLike(node)) return false;
      if (ts.isReturnStatement(node) && node.expression) found = either(found, this.of(node.expression, source, depth));
      return undefined;
    });
    return found;
  }

  /** What a type annotation names: `Queue<Job>`, `Queue | undefined`, `Promise<Queue>`, `InstanceType<typeof Queue>`. */
  ofType(type: ts.TypeNode, source: SourceText, depth = 0): Origin | undefined {
    const ts = this.#ts;
    if (depth > MAX_DEPTH) return undefined;
    if (ts.isParenthesizedTypeNode(type)) return this.ofType(type.type, source, depth + 1);
    if (ts.isUnionTypeNode(type)) {
      for (const part of type.types) {
        const found = this.ofType(part, source, depth + 1);
        if (found) return found;
      }
      return undefined;
    }
    if (ts.isIntersectionTypeNode(type)) {
      for (const part of type.types) {
        const found = this.ofType(part, source, depth + 1);
        if (found) return found;
      }
      return undefined;
    }
    if (ts.isTypeLiteralNode(type)) return { kind: 'local', node: type, source };
    if (ts.isImportTypeNode(type)) {
      const from = ts.isLiteralTypeNode(type.argument) && ts.isStringLiteral(type.argument.literal) ? type.argument.literal.text : undefined;
      const origin = type.qualifier && ts.isIdentifier(type.qualifier) && !type.isTypeOf ? this.#exports.imported(from, type.qualifier.text, source, depth + 1) : undefined;
      return origin && this.#typed(origin, depth);
    }
    if (!ts.isTypeReferenceNode(type)) return undefined;
    const name = type.typeName;
    if (ts.isIdentifier(name) && name.text === 'ReturnType' && type.typeArguments?.[0]) return this.#returnType(type.typeArguments[0], source, depth + 1);
    if (ts.isIdentifier(name) && ['Promise', 'Readonly', 'Awaited', 'NonNullable', 'Partial'].includes(name.text) && type.typeArguments?.[0]) {
      return this.ofType(type.typeArguments[0], source, depth + 1);
    }
    const origin = ts.isIdentifier(name) ? this.#namedType(name, source, depth) : this.#qualifiedType(name, source, depth);
    return origin && this.#typed(origin, depth);
  }

  /** `ReturnType<typeof connect>`, `ReturnType<Factory['create']>`. */
  #returnType(of: ts.TypeNode, source: SourceText, depth: number): Origin | undefined {
    const ts = this.#ts;
    let called: Origin | undefined;
    if (ts.isIndexedAccessTypeNode(of) && ts.isLiteralTypeNode(of.indexType) && ts.isStringLiteral(of.indexType.literal)) {
      const owner = this.ofType(of.objectType, source, depth);
      called = owner && this.memberOf(owner, of.indexType.literal.text, depth);
    } else if (ts.isTypeQueryNode(of)) {
      called = ts.isIdentifier(of.exprName) ? this.#namedType(of.exprName, source, depth) : this.#qualifiedType(of.exprName, source, depth);
    }
    if (called?.kind === 'library') return { ...called, instance: true };
    if (called?.kind !== 'local' || !isFunctionNode(ts, called.node)) return undefined;
    return (called.node.type && this.ofType(called.node.type, called.source, depth)) ?? (called.node.body && this.#returned(called.node.body, called.source, depth));
  }

  /** What is of the type that a name stands for. */
  #typed(origin: Origin, depth: number): Origin | undefined {
    const ts = this.#ts;
    if (origin.kind === 'library') return { ...origin, instance: true };
    if (origin.kind === 'local' && ts.isClassLike(origin.node)) {
      return this.#subclass(origin.node, origin.source, undefined, depth) ?? { kind: 'object', of: origin.node, source: origin.source };
    }
    if (origin.kind === 'local' && ts.isTypeAliasDeclaration(origin.node)) return this.ofType(origin.node.type, origin.source, depth + 1);
    if (origin.kind === 'local' && ts.isInterfaceDeclaration(origin.node)) {
      for (const base of origin.node.heritageClauses?.flatMap((clause) => [...clause.types]) ?? []) {
        const above = ts.isIdentifier(base.expression) ? this.#namedType(base.expression, origin.source, depth + 1) : undefined;
        const typed = above && depth < MAX_DEPTH ? this.#typed(above, depth + 1) : undefined;
        if (typed?.kind === 'library') return typed;
      }
      return origin;
    }
    return undefined;
  }

  #namedType(name: ts.Identifier, source: SourceText, depth: number): Origin | undefined {
    const declaration = lookup(this.#ts, name.text, name);
    return declaration && this.ofDeclaration(declaration, source, depth);
  }

  #qualifiedType(name: ts.QualifiedName, source: SourceText, depth: number): Origin | undefined {
    if (!this.#ts.isIdentifier(name.left)) return undefined;
    const left = this.#namedType(name.left, source, depth);
    return left && this.memberOf(left, name.right.text, depth);
  }
}

/** Members that hand each element of a list to their callback. */
const visits = /^(forEach|map|flatMap|filter|some|every|find|findIndex)$/;

/** One of two: where they were made is told only if it is one place. */
function either(a: Origin | undefined, b: Origin | undefined): Origin | undefined {
  if (!a || !b) return a ?? b;
  if (a.kind !== 'library' || b.kind !== 'library' || a.module !== b.module || a.name !== b.name || !a.built || !b.built) return a;
  const first = ({ node }: Built): string => node.arguments?.[0]?.getText() ?? '';
  if (first(a.built) === first(b.built)) return a;
  const { built: _built, ...rest } = a;
  return rest;
}

function withBuilt(origin: Origin | undefined, from: Origin | undefined): Origin | undefined {
  if (origin?.kind === 'library' && !origin.built && from?.kind === 'library' && from.built) return { ...origin, built: from.built };
  return origin;
}

function isNamespaceLike(name: string): boolean {
  return name === '*' || name === 'default';
}

function isGlobalObject(name: string): boolean {
  return name === 'globalThis' || name === 'window' || name === 'self' || name === 'global';
}
