/**
 * What is this `q` in `q.add(…)`? Import, constructor, annotation, class field, parameter property, alias, one
 * function's return value, another file's export. Names decide nothing; what cannot be traced has no origin.
 */
import type ts from 'typescript';
import { decoratable } from '../catalogue/injections.ts';
import type { Ts } from '../types.ts';
import { Bindings } from './bindings.ts';
import { ClassMembers, given } from './class-members.ts';
import { Collections } from './collections.ts';
import { enclosingClass, enclosingLiteral, isExported, isInStatic } from './declarations.ts';
import { ExportedValues } from './exported-values.ts';
import { Exports } from './exports.ts';
import { indexOf } from './file-index.ts';
import { Injected } from './injected.ts';
import { RegisteredHttp } from './registered-http.ts';
import { jsDocOf, jsDocResult } from './js-doc.ts';
import { asTyped, either, maxDepth, reached, withBuilt, type Built, type Origin, type TypeOrigin } from './origin.ts';
import { declarationOf, lookup } from './scope.ts';
import type { Neighbours, SourceText } from './source.ts';
import { isFunctionNode, memberName, propertyName, unwrap, walk, type FunctionNode } from './syntax.ts';
import { TypeNodes } from './type-nodes.ts';

export type { Built, LibraryOrigin, Origin, OwnClass, TypeOrigin } from './origin.ts';

const listening = /^(on|once|off|addListener|removeListener|prependListener)$/;
/** Whose objects are emitters that give themselves back. */
const emitters = /^(worker_threads|child_process|cluster|process|events|net|ws)$/;

/** Members of a page's globals that make objects: `indexedDB.open(name)`. */
const makers: Readonly<Record<string, { of: string; gives: string }>> = {
  open: { of: 'indexedDB', gives: 'IDBOpenDBRequest' },
  register: { of: 'ServiceWorkerContainer', gives: 'ServiceWorkerRegistration' },
};

/** Members of a page's globals, and of what they make, that are objects too: `new SharedWorker(url).port`. A promise is what it gives. */
const parts: ReadonlyMap<string, string> = new Map([
  ['SharedWorker.port', 'SharedWorker.port'],
  ['navigator.serviceWorker', 'ServiceWorkerContainer'],
  ['ServiceWorkerContainer.ready', 'ServiceWorkerRegistration'],
  ['ServiceWorkerContainer.controller', 'ServiceWorker'],
  ['ServiceWorkerRegistration.active', 'ServiceWorker'],
]);

export class Origins {
  readonly #ts: Ts;
  readonly #neighbours: Neighbours | undefined;
  readonly #typeOf: TypeOrigin | undefined;
  #memo = new WeakMap<ts.Node, Origin | null>();
  readonly bindings: Bindings;
  readonly collections: Collections;
  readonly members: ClassMembers;
  readonly types: TypeNodes;
  readonly exports: Exports;
  readonly injected: Injected;
  readonly http: RegisteredHttp;
  /** Expressions behind names: what constants and options are told by. */
  readonly values: ExportedValues;

  constructor(ts: Ts, neighbours?: Neighbours, typeOf?: TypeOrigin) {
    this.#ts = ts;
    this.#neighbours = neighbours;
    this.#typeOf = typeOf;
    this.bindings = new Bindings(ts, this);
    this.collections = new Collections(ts, this);
    this.members = new ClassMembers(ts, this);
    this.types = new TypeNodes(ts, this);
    this.values = new ExportedValues(ts, neighbours);
    this.exports = new Exports(ts, neighbours, this);
    this.injected = new Injected(ts, this, neighbours);
    this.http = new RegisteredHttp(ts, this, neighbours);
  }

  /** Ends a file: what was found out for it would hold on to the trees of others, and is hardly asked again. */
  forget(): void {
    this.#memo = new WeakMap<ts.Node, Origin | null>();
    this.exports.forget();
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
      if (asserted) return asTyped(asserted, this.of(node, source, depth));
    }
    const known = this.#memo.get(node);
    if (known !== undefined) return known ?? undefined;
    if (depth > maxDepth) return undefined;
    this.#memo.set(node, null); // a cycle ends here
    const origin = this.#compute(node, source, depth + 1);
    this.#memo.set(node, origin ?? null);
    return origin;
  }

  /** The same, and where the text tells no more than a library's member what the type checker says: for what a candidate's name has matched already. */
  ofTyped(expression: ts.Expression, source: SourceText): Origin | undefined {
    const origin = this.of(expression, source);
    if (origin && !(origin.kind === 'library' && origin.reached)) return origin;
    return this.#typeOf?.(unwrap(this.#ts, expression)) ?? origin;
  }

  /** What is of the type that an annotation names. */
  ofType(type: ts.TypeNode, source: SourceText, depth = 0): Origin | undefined {
    return this.types.of(type, source, depth);
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
  handedIn(receiver: ts.Expression, member: string): Origin | undefined {
    return this.#isBag(receiver) ? this.passedAs(member) ?? this.#neighbours?.decorated?.(member, this) : undefined;
  }

  /** What the repo's object literals hold under a name, if it is one thing everywhere. */
  passedAs(name: string): Origin | undefined {
    return this.#neighbours?.passedAs?.(name, this);
  }

  /** Whether an expression is a member, or a member's member, of what `handedIn` would look for in the whole repo. */
  isOfBag(expression: ts.Expression): boolean {
    const node = unwrap(this.#ts, expression);
    return this.#ts.isPropertyAccessExpression(node) && (this.#isBag(node.expression) || this.isOfBag(node.expression));
  }

  #isBag(expression: ts.Expression, depth = 0): boolean {
    const ts = this.#ts;
    if (depth > maxDepth) return false; // `this.data = this.data || {}`
    const node = unwrap(ts, expression);
    if (ts.isIdentifier(node)) {
      const declaration = declarationOf(ts, node);
      return declaration !== undefined && ts.isParameter(declaration) && !declaration.type;
    }
    if (ts.isBinaryExpression(node)) return this.#isBag(node.left, depth + 1); // `options || {}`
    if (!ts.isPropertyAccessExpression(node) || node.expression.kind !== ts.SyntaxKind.ThisKeyword) return false;
    const kept = indexOf(ts, node.getSourceFile()).fieldAssignments.get(node.name.text) ?? [];
    return kept.length > 0 && kept.every((assignment) => !ts.isPropertyAccessExpression(unwrap(ts, assignment.right)) && this.#isBag(assignment.right, depth + 1));
  }

  /** `(x as Queue)!`: the outermost assertion that names something. */
  #asserted(expression: ts.Expression, source: SourceText, depth: number): Origin | undefined {
    const ts = this.#ts;
    for (let at = expression; ; at = at.expression) {
      if (ts.isAsExpression(at) || ts.isTypeAssertionExpression(at)) {
        const typed = this.types.of(at.type, source, depth + 1);
        if (typed) return typed;
      } else if (ts.isParenthesizedExpression(at)) {
        const type = jsDocOf(ts, at, source); // `/** @type {Queue} */ (x)`
        const typed = type && this.types.of(type, source, depth + 1);
        if (typed) return typed;
      } else if (!ts.isNonNullExpression(at) && !ts.isAwaitExpression(at) && !ts.isSatisfiesExpression(at)) return undefined;
    }
  }

  #compute(node: ts.Expression, source: SourceText, depth: number): Origin | undefined {
    const ts = this.#ts;
    if (isFunctionNode(ts, node) || ts.isClassExpression(node) || ts.isObjectLiteralExpression(node)) return { kind: 'local', node, source };
    if (ts.isIdentifier(node)) return this.bindings.named(node, source, depth);
    if (node.kind === ts.SyntaxKind.ThisKeyword) return this.#ofThis(node, source, depth);
    if (node.kind === ts.SyntaxKind.SuperKeyword) {
      const owner = enclosingClass(ts, node);
      return owner && this.members.subclass(owner, source, undefined, depth);
    }
    if (ts.isElementAccessExpression(node) && !ts.isStringLiteralLike(node.argumentExpression)) return this.collections.elementOf(node.expression, source, depth);
    const member = memberName(ts, node);
    if (member !== undefined) {
      const receiver = (node as ts.PropertyAccessExpression).expression;
      if (ts.isIdentifier(receiver) && isGlobalObject(receiver.text) && !declarationOf(ts, receiver)) return { kind: 'global', name: member };
      const of = receiver.kind === ts.SyntaxKind.SuperKeyword ? undefined : this.of(receiver, source, depth);
      return (of && this.memberOf(of, member, depth)) ?? this.handedIn(receiver, member);
    }
    if (ts.isNewExpression(node)) return this.members.constructed(this.of(node.expression, source, depth), { node, source }, depth);
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

  /** The object or class around: of a class, or an object literal whose method this is. */
  #ofThis(node: ts.Expression, source: SourceText, depth: number): Origin | undefined {
    const owner = enclosingClass(this.#ts, node);
    if (owner && isInStatic(this.#ts, node)) return { kind: 'local', node: owner, source };
    if (owner) return this.members.subclass(owner, source, undefined, depth) ?? { kind: 'object', of: owner, source };
    const literal = enclosingLiteral(this.#ts, node);
    return literal && { kind: 'local', node: literal, source };
  }

  memberOf(of: Origin, name: string, depth: number): Origin | undefined {
    if (depth > maxDepth) return undefined; // `const options = { ...options }`
    const ts = this.#ts;
    if (of.kind === 'library' && of.instance) {
      if (!of.own || !this.members.declares(of.own.of, name)) return (of.own && ts.isClassLike(of.own.of) ? this.members.of(of.own.of, name, of.own.source, depth, false) : undefined) ?? (decoratable.includes(of.module) ? this.#neighbours?.decorated?.(name, this) : undefined) ?? reached(of, name);
      return ts.isClassLike(of.own.of) ? this.members.of(of.own.of, name, of.own.source, depth, false) : this.#inType(of.own.of, name, of.own.source, depth);
    }
    if (of.kind === 'library') return { kind: 'library', module: of.module, name: isNamespaceLike(of.name) ? name : `${of.name}.${name}`, instance: false };
    if (of.kind === 'global') return isGlobalObject(of.name) && !of.instance ? { kind: 'global', name } : partOf(of, name);
    if (of.kind === 'object') return this.members.of(of.of, name, of.source, depth, false);
    if (ts.isSourceFile(of.node)) return this.exports.exported(of.source, name, depth + 1);
    if (ts.isClassLike(of.node)) return this.members.of(of.node, name, of.source, depth, true);
    if (ts.isObjectLiteralExpression(of.node)) return this.#inLiteral(of.node, name, of.source, depth);
    if (ts.isModuleDeclaration(of.node)) return this.#inNamespace(of.node, name, of.source, depth);
    return this.#inType(of.node, name, of.source, depth);
  }

  #inLiteral(literal: ts.ObjectLiteralExpression, name: string, source: SourceText, depth: number): Origin | undefined {
    const ts = this.#ts;
    const found = literal.properties.find((p) => p.name && propertyName(ts, p.name) === name);
    if (found && ts.isMethodDeclaration(found)) return { kind: 'local', node: found, source };
    if (found && ts.isPropertyAssignment(found)) return this.of(found.initializer, source, depth);
    if (found && ts.isShorthandPropertyAssignment(found)) return this.bindings.shorthand(found, source, depth);
    if (found && ts.isGetAccessorDeclaration(found)) return found.body && this.returned(found.body, source, depth);
    if (found) return undefined;
    for (const part of [...literal.properties].reverse()) {
      const spread = ts.isSpreadAssignment(part) ? this.of(part.expression, source, depth) : undefined;
      const member = spread && spread.kind !== 'library' ? this.memberOf(spread, name, depth + 1) : undefined;
      if (member) return member;
    }
    return undefined;
  }

  /** `Jobs.queue` of `namespace Jobs { export const queue = … }` */
  #inNamespace(node: ts.ModuleDeclaration, name: string, source: SourceText, depth: number): Origin | undefined {
    const ts = this.#ts;
    if (!node.body || !ts.isModuleBlock(node.body)) return undefined;
    const declaration = lookup(ts, name, node.body);
    return declaration && isExported(ts, declaration) ? this.bindings.of(declaration, source, depth + 1) : undefined;
  }

  /** A member that an interface, a type literal or an intersection of them names. */
  #inType(node: ts.Node, name: string, source: SourceText, depth: number): Origin | undefined {
    const ts = this.#ts;
    if (depth > maxDepth) return undefined;
    if (ts.isIntersectionTypeNode(node)) {
      for (const part of node.types) {
        const whole = this.types.of(part, source, depth + 1);
        const member = whole && this.memberOf(whole, name, depth + 1);
        if (member) return member;
      }
    }
    if (!ts.isInterfaceDeclaration(node) && !ts.isTypeLiteralNode(node)) return undefined;
    const found = node.members.find((m) => propertyName(ts, m.name) === name);
    if (found) return ts.isPropertySignature(found) && found.type ? this.types.of(found.type, source, depth + 1) : undefined;
    if (!ts.isInterfaceDeclaration(node)) return undefined;
    for (const base of this.types.bases(node, source, depth)) {
      const member = this.memberOf(base, name, depth + 1);
      if (member) return member;
    }
    return undefined;
  }

  #called(node: ts.CallExpression, source: SourceText, depth: number): Origin | undefined {
    const ts = this.#ts;
    const callee = unwrap(ts, node.expression);
    if (node.expression.kind === ts.SyntaxKind.ImportKeyword || this.isRequire(callee, source, depth)) {
      const specifier = node.arguments[0];
      return specifier && ts.isStringLiteralLike(specifier) ? this.exports.imported(specifier.text, '*', source, depth) : undefined;
    }
    const member = memberName(ts, callee);
    const receiver = member === undefined ? undefined : (callee as ts.PropertyAccessExpression).expression;
    if (receiver && /^(get|at|find|pop|shift)$/.test(member!)) {
      const element = this.collections.elementOf(receiver, source, depth);
      if (element) return element;
    }
    // `worker.on('error', …).on('message', …)`: a listener is hung on, and the emitter comes back.
    if (receiver && listening.test(member!) && node.arguments.length === 2) {
      const emitter = this.of(receiver, source, depth);
      if (emitter?.kind === 'library' && emitters.test(emitter.module)) return emitter;
    }
    const maker = receiver && Object.hasOwn(makers, member!) ? makers[member!] : undefined;
    if (maker) {
      const of = this.of(receiver!, source, depth);
      if (of?.kind === 'global' && of.name === maker.of) return { kind: 'global', name: maker.gives, instance: true, built: { node, source } };
    }
    if (receiver && ts.isIdentifier(receiver) && node.arguments[0] && !declarationOf(ts, receiver)) {
      if (receiver.text === 'Object' && /^(freeze|seal|preventExtensions)$/.test(member!)) return this.of(node.arguments[0], source, depth);
      if (receiver.text === 'Promise' && member === 'resolve') return this.of(node.arguments[0], source, depth);
    }
    const origin = this.of(node.expression, source, depth);
    if (receiver && /^(then|catch|finally)$/.test(member!) && (!origin || origin.kind === 'library')) return this.#passedOn(node, receiver, member!, source, depth);
    if (receiver && member === 'bind' && (!origin || (origin.kind === 'library' && origin.reached))) return this.#passedOn(node, receiver, member, source, depth);
    const injected = this.injected.given(node, origin, source, depth);
    if (injected) return injected;
    if (!origin) return this.#signature(node, source, depth);
    if (origin.kind === 'library') return this.injected.wrapped(node, origin, source, depth) ?? { ...origin, instance: true, built: { node, source } };
    if (origin.kind !== 'local' || !isFunctionNode(ts, origin.node)) return undefined;
    const { node: fn } = origin;
    const made = this.#typeArgument(node, fn, source, depth) ?? this.resultOf(fn, origin.source, depth);
    return withGiven(made, fn, { node, source });
  }

  /** `require`, also one that `createRequire` of `node:module` made. */
  isRequire(callee: ts.Expression, source: SourceText, depth = 0): boolean {
    const ts = this.#ts;
    if (!ts.isIdentifier(callee)) return false;
    const declaration = declarationOf(ts, callee);
    if (!declaration) return callee.text === 'require';
    if (!/require/i.test(callee.text)) return false;
    const origin = this.of(callee, source, depth);
    return origin?.kind === 'library' && origin.module === 'module' && origin.name === 'createRequire' && origin.instance;
  }

  /** `promise.then((x) => x.queue)`, `promise.catch(log)`, `handler.bind(this)`. */
  #passedOn(node: ts.CallExpression, receiver: ts.Expression, member: string, source: SourceText, depth: number): Origin | undefined {
    const of = this.of(receiver, source, depth);
    if (member === 'bind') return of?.kind === 'global' || (of?.kind === 'local' && isFunctionNode(this.#ts, of.node)) ? of : undefined;
    if (member !== 'then') return of;
    const target = node.arguments[0] && this.functionOf(node.arguments[0], source);
    return target && this.resultOf(target.fn, target.source, depth);
  }

  /** `make<Queue>()` of `function make<T>(): T`. */
  #typeArgument(call: ts.CallExpression, fn: FunctionNode, source: SourceText, depth: number): Origin | undefined {
    const { type } = fn;
    if (!type || !call.typeArguments || !fn.typeParameters) return undefined;
    const named = /^(?:Promise<)?(\w+)>?$/.exec(type.getText())?.[1];
    const index = fn.typeParameters.findIndex((parameter) => parameter.name.text === named);
    return call.typeArguments[index] && this.types.of(call.typeArguments[index], source, depth + 1);
  }

  /** What a function's type says that it gives: `getQueue: () => Queue`, a method of an interface. */
  #signature(node: ts.CallExpression, source: SourceText, depth: number): Origin | undefined {
    const ts = this.#ts;
    const held = this.collections.held(unwrap(ts, node.expression), source);
    if (!held?.type) return undefined;
    const result = ts.isFunctionTypeNode(held.type) ? held.type.type : held.isMethod ? held.type : undefined;
    return result && this.types.of(result, held.source, depth + 1);
  }

  /** What a function gives: by its annotation, else by its body. */
  resultOf(fn: FunctionNode, source: SourceText, depth: number): Origin | undefined {
    const type = fn.type ?? jsDocResult(this.#ts, fn, source);
    const typed = type && this.types.of(type, source, depth);
    const given = fn.body && this.returned(fn.body, source, depth);
    return withBuilt(typed, given) ?? given;
  }

  /** What a function's body gives back; where it was made only if all that it gives back was made in one place. */
  returned(body: ts.ConciseBody, source: SourceText, depth: number): Origin | undefined {
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
}

function isNamespaceLike(name: string): boolean {
  return name === '*' || name === 'default';
}

function partOf(of: Origin & { kind: 'global' }, member: string): Origin | undefined {
  const name = of.instance || of.name === 'navigator' ? parts.get(`${of.name}.${member}`) : undefined;
  return name === undefined ? undefined : { ...of, name, instance: true };
}

function isGlobalObject(name: string): boolean {
  return name === 'globalThis' || name === 'window' || name === 'self' || name === 'global';
}

/** What a function made, with what its caller gives to the parameters that went into it. */
function withGiven(made: Origin | undefined, fn: FunctionNode, by: Built): Origin | undefined {
  if (made?.kind !== 'library' || !made.built || fn.parameters.length === 0) return made;
  const isInside = (node: ts.Node): boolean => node.pos >= fn.pos && node.end <= fn.end && node.getSourceFile() === fn.getSourceFile();
  const before = made.built.given;
  const depends = isInside(made.built.node) || [...(before?.values() ?? [])].some(({ node }) => isInside(node));
  return depends ? { ...made, built: { ...made.built, ...given(fn.parameters, { ...by, ...(before ? { given: before } : {}) }) } } : made;
}
