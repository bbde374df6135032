/**
 * What is this `q` in `q.add(…)`? Import, constructor, annotation, class field, parameter property, alias, one
 * function's return value, another file's export. Names decide nothing; what cannot be traced has no origin.
 */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { Bindings } from './bindings.ts';
import { ClassMembers } from './class-members.ts';
import { Collections } from './collections.ts';
import { enclosingClass } from './declarations.ts';
import { ExportedValues } from './exported-values.ts';
import { Exports } from './exports.ts';
import { indexOf } from './file-index.ts';
import { either, maxDepth, withBuilt, type Origin, type TypeOrigin } from './origin.ts';
import { declarationOf } from './scope.ts';
import type { Neighbours, SourceText } from './source.ts';
import { isFunctionNode, memberName, propertyName, unwrap, walk, type FunctionNode } from './syntax.ts';
import { TypeNodes } from './type-nodes.ts';

export type { Built, Origin, OwnClass, TypeOrigin } from './origin.ts';

export class Origins {
  readonly #ts: Ts;
  readonly #neighbours: Neighbours | undefined;
  readonly #typeOf: TypeOrigin | undefined;
  readonly #memo = new WeakMap<ts.Node, Origin | null>();
  readonly bindings: Bindings;
  readonly collections: Collections;
  readonly members: ClassMembers;
  readonly types: TypeNodes;
  readonly exports: Exports;
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
    if (depth > maxDepth) return undefined;
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
        const typed = this.types.of(at.type, source, depth + 1);
        if (typed) return typed;
      } else if (!ts.isParenthesizedExpression(at) && !ts.isNonNullExpression(at) && !ts.isAwaitExpression(at) && !ts.isSatisfiesExpression(at)) return undefined;
    }
  }

  #compute(node: ts.Expression, source: SourceText, depth: number): Origin | undefined {
    const ts = this.#ts;
    if (isFunctionNode(ts, node) || ts.isClassExpression(node) || ts.isObjectLiteralExpression(node)) return { kind: 'local', node, source };
    if (ts.isIdentifier(node)) return this.bindings.named(node, source, depth);
    if (node.kind === ts.SyntaxKind.ThisKeyword) {
      const owner = enclosingClass(ts, node);
      return owner && (this.members.subclass(owner, source, undefined, depth) ?? { kind: 'object', of: owner, source });
    }
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
      return (of && this.memberOf(of, member, depth)) ?? this.#handedIn(receiver, member);
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

  memberOf(of: Origin, name: string, depth: number): Origin | undefined {
    const ts = this.#ts;
    if (of.kind === 'library' && of.instance) return of.own && this.members.of(of.own.of, name, of.own.source, depth, false);
    if (of.kind === 'library') return { kind: 'library', module: of.module, name: isNamespaceLike(of.name) ? name : `${of.name}.${name}`, instance: false };
    if (of.kind === 'global') return undefined;
    if (of.kind === 'object') return this.members.of(of.of, name, of.source, depth, false);
    if (ts.isSourceFile(of.node)) return this.exports.exported(of.source, name, depth + 1);
    if (ts.isClassLike(of.node)) return this.members.of(of.node, name, of.source, depth, true);
    if (ts.isInterfaceDeclaration(of.node) || ts.isTypeLiteralNode(of.node)) {
      const found = of.node.members.find((m) => propertyName(ts, m.name) === name);
      return found && ts.isPropertySignature(found) && found.type ? this.types.of(found.type, of.source, depth + 1) : undefined;
    }
    if (ts.isObjectLiteralExpression(of.node)) {
      const found = of.node.properties.find((p) => p.name && propertyName(ts, p.name) === name);
      if (!found) return undefined;
      if (ts.isMethodDeclaration(found)) return { kind: 'local', node: found, source: of.source };
      if (ts.isPropertyAssignment(found)) return this.of(found.initializer, of.source, depth);
      if (ts.isShorthandPropertyAssignment(found)) return this.bindings.shorthand(found, of.source, depth);
    }
    return undefined;
  }

  #called(node: ts.CallExpression, source: SourceText, depth: number): Origin | undefined {
    const ts = this.#ts;
    const callee = unwrap(ts, node.expression);
    if (node.expression.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === 'require' && !declarationOf(ts, callee))) {
      const specifier = node.arguments[0];
      return specifier && ts.isStringLiteralLike(specifier) ? this.exports.imported(specifier.text, '*', source, depth) : undefined;
    }
    const member = memberName(ts, callee);
    if (member === 'get' || member === 'at' || member === 'find' || member === 'pop' || member === 'shift') {
      const element = this.collections.elementOf((callee as ts.PropertyAccessExpression).expression, source, depth);
      if (element) return element;
    }
    const origin = this.of(node.expression, source, depth);
    if (!origin) return undefined;
    if (origin.kind === 'library') return { ...origin, instance: true, built: { node, source } };
    if (origin.kind === 'local' && isFunctionNode(ts, origin.node)) {
      if (origin.node.type) {
        const typed = this.types.of(origin.node.type, origin.source, depth);
        if (typed) return withBuilt(typed, origin.node.body && this.returned(origin.node.body, origin.source, depth));
      }
      return origin.node.body && this.returned(origin.node.body, origin.source, depth);
    }
    return undefined;
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

function isGlobalObject(name: string): boolean {
  return name === 'globalThis' || name === 'window' || name === 'self' || name === 'global';
}
