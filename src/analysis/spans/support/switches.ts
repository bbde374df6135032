/**
 * Whether a place is behind a switch that is off by default: a condition around it that comes out false where no
 * environment variable and no option is set. A condition that asks nothing of the kind is no switch.
 */
import type ts from 'typescript';
import { captureSwitch, switchNouns, switchVerbs } from '../../../conventions/sensitive.ts';
import type { Ts } from '../../../types.ts';
import { environmentVariable } from '../../constants.ts';
import { indexOf } from '../../file-index.ts';
import type { Origins } from '../../origins.ts';
import { declarationOf, enclosingFunction } from '../../scope.ts';
import type { SourceText } from '../../source.ts';
import { memberName, nameOfFunction, propertyName, propertyValue, unwrap, type FunctionNode } from '../../syntax.ts';
import { wordsOf, type Names } from './names.ts';
import { pathOf } from './values.ts';

/** What a switch says of a place. `on`: it is there, and lets everything through unless somebody turns it off. */
export type Gate = 'off' | 'on' | 'none';

/** What an expression comes to where nothing is set; nothing: can't be told. */
type Outcome = { value: unknown } | undefined;

const MAX_DEPTH = 10;
/** A function that is called from more places has a name that many have. */
const MAX_SITES = 8;
const returnsTruth = /^(is|has|should|can|get|read|env|parse|flag|capture|record|include|allow)/i;

export class Switches {
  readonly #ts: Ts;
  readonly #origins: Origins;
  readonly #names: Names;

  constructor(ts: Ts, origins: Origins, names: Names) {
    this.#ts = ts;
    this.#origins = origins;
    this.#names = names;
  }

  /** What stands around a place: the nearest switch that is off, else one that is on. */
  around(node: ts.Node, source: SourceText, calls = 0): Gate {
    let seen: Gate = 'none';
    for (const { condition, holds } of this.#conditions(node)) {
      const gate = this.of(condition, holds, source);
      if (gate === 'off') return 'off';
      if (gate === 'on') seen = 'on';
    }
    return calls > 1 ? seen : this.#aroundCalls(node, source, calls) ?? seen;
  }

  /** What one condition says, where the place is reached if it comes out as `holds`. */
  of(condition: ts.Expression, holds: boolean, source: SourceText): Gate {
    const reading = new Reading(this.#ts, this.#origins, this.#names);
    const outcome = reading.of(condition, source, new Map(), 0);
    if (!reading.asked) return 'none';
    return outcome && Boolean(outcome.value) === holds ? 'on' : 'off';
  }

  /** A function of this file that is only called where a switch is. */
  #aroundCalls(node: ts.Node, source: SourceText, calls: number): Gate | undefined {
    const ts = this.#ts;
    for (let fn = enclosingFunction(ts, node); fn; fn = enclosingFunction(ts, fn)) {
      const name = nameOfFunction(ts, fn);
      const sites = name === undefined ? [] : (indexOf(ts, source.ast).calls.get(name) ?? []).filter((call) => ts.isCallExpression(call));
      if (sites.length === 0 || sites.length > MAX_SITES) continue;
      const gates = sites.map((call) => this.around(call, source, calls + 1));
      if (gates.every((gate) => gate === 'off')) return 'off';
      if (gates.every((gate) => gate !== 'none')) return 'on';
    }
    return undefined;
  }

  /** Every condition that decides whether a node is reached, from the inside out. */
  *#conditions(node: ts.Node): Generator<{ condition: ts.Expression; holds: boolean }> {
    const ts = this.#ts;
    for (let at = node; at.parent; at = at.parent) {
      const parent: ts.Node = at.parent;
      if (ts.isIfStatement(parent) && at !== parent.expression) yield { condition: parent.expression, holds: at === parent.thenStatement };
      else if (ts.isConditionalExpression(parent) && at !== parent.condition) yield { condition: parent.condition, holds: at === parent.whenTrue };
      else if (ts.isBinaryExpression(parent) && at === parent.right) {
        if (parent.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken) yield { condition: parent.left, holds: true };
        else if (parent.operatorToken.kind === ts.SyntaxKind.BarBarToken) yield { condition: parent.left, holds: false };
      } else if (ts.isBlock(parent) || ts.isSourceFile(parent)) {
        for (const before of parent.statements) {
          if (before === at) break;
          if (ts.isIfStatement(before) && leaves(ts, before.thenStatement)) yield { condition: before.expression, holds: false };
        }
      }
    }
  }
}

/** One condition, read as if nothing were set. */
class Reading {
  /** Whether an environment variable or an option was asked. */
  asked = false;
  readonly #ts: Ts;
  readonly #origins: Origins;
  readonly #names: Names;

  constructor(ts: Ts, origins: Origins, names: Names) {
    this.#ts = ts;
    this.#origins = origins;
    this.#names = names;
  }

  of(expression: ts.Expression, source: SourceText, given: ReadonlyMap<ts.Node, Outcome>, depth: number): Outcome {
    const ts = this.#ts;
    const node = unwrap(ts, expression);
    if (depth > MAX_DEPTH) return undefined;
    const again = (n: ts.Expression): Outcome => this.of(n, source, given, depth + 1);
    if (ts.isStringLiteralLike(node)) return { value: node.text };
    if (ts.isNumericLiteral(node)) return { value: Number(node.text) };
    if (node.kind === ts.SyntaxKind.TrueKeyword) return { value: true };
    if (node.kind === ts.SyntaxKind.FalseKeyword) return { value: false };
    if (node.kind === ts.SyntaxKind.NullKeyword) return { value: null };
    if (ts.isIdentifier(node) && node.text === 'undefined') return { value: undefined };
    if (ts.isPrefixUnaryExpression(node)) {
      const of = again(node.operand);
      return of && node.operator === ts.SyntaxKind.ExclamationToken ? { value: !of.value } : undefined;
    }
    if (ts.isConditionalExpression(node)) {
      const of = again(node.condition);
      return of && again(of.value ? node.whenTrue : node.whenFalse);
    }
    if (ts.isBinaryExpression(node)) return this.#binary(node, again);
    const own = this.#ownSwitch(node);
    if (own) return own;
    const variable = environmentVariable(ts, node);
    if (variable !== undefined) {
      this.asked = true;
      const fallback = ts.isCallExpression(node) ? node.arguments[1] : undefined;
      return fallback ? again(fallback) : { value: undefined };
    }
    if (ts.isCallExpression(node)) return this.#call(node, source, given, depth);
    if (ts.isIdentifier(node)) return this.#identifier(node, source, given, depth);
    if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) return this.#member(node, source, given, depth);
    return undefined;
  }

  #binary(node: ts.BinaryExpression, again: (n: ts.Expression) => Outcome): Outcome {
    const { SyntaxKind } = this.#ts;
    const left = again(node.left);
    const right = again(node.right);
    switch (node.operatorToken.kind) {
      case SyntaxKind.AmpersandAmpersandToken:
        // One side that is off is enough.
        if ((left && !left.value) || (right && !right.value)) return { value: false };
        return left && right && { value: right.value };
      case SyntaxKind.BarBarToken:
        if (left?.value) return left;
        return left ? right : right?.value ? right : undefined;
      case SyntaxKind.QuestionQuestionToken: return left && (left.value ?? undefined) === undefined ? right : left;
      case SyntaxKind.EqualsEqualsEqualsToken: return left && right && { value: left.value === right.value };
      case SyntaxKind.ExclamationEqualsEqualsToken: return left && right && { value: left.value !== right.value };
      case SyntaxKind.EqualsEqualsToken: return left && right && { value: (left.value ?? null) === (right.value ?? null) };
      case SyntaxKind.ExclamationEqualsToken: return left && right && { value: (left.value ?? null) !== (right.value ?? null) };
      default: return undefined;
    }
  }

  /** A switch that the configuration names, or the conventions: off unless it is set. */
  #ownSwitch(node: ts.Expression): Outcome {
    const ts = this.#ts;
    const callee = ts.isCallExpression(node) ? unwrap(ts, node.expression) : node;
    const name = ts.isIdentifier(callee) ? callee.text : memberName(ts, callee);
    if (name === undefined || !(this.#names.isSwitch(name) || name === captureSwitch)) return undefined;
    this.asked = true;
    return { value: undefined };
  }

  #call(node: ts.CallExpression, source: SourceText, given: ReadonlyMap<ts.Node, Outcome>, depth: number): Outcome {
    const ts = this.#ts;
    const callee = unwrap(ts, node.expression);
    const name = ts.isIdentifier(callee) ? callee.text : memberName(ts, callee) ?? '';
    const again = (n: ts.Expression): Outcome => this.of(n, source, given, depth + 1);
    const [first, second] = node.arguments;
    if (ts.isIdentifier(callee) && /^(Boolean|String)$/.test(name) && first) {
      const of = again(first);
      return of && { value: name === 'Boolean' ? Boolean(of.value) : String(of.value) };
    }
    if (ts.isPropertyAccessExpression(callee)) {
      const receiver = callee.expression;
      if (/^(toLowerCase|toUpperCase|trim|toString)$/.test(name) && node.arguments.length === 0) {
        const of = again(receiver);
        if (of) return typeof of.value === 'string' ? { value: name === 'toUpperCase' ? of.value.toUpperCase() : name === 'toLowerCase' ? of.value.toLowerCase() : of.value.trim() } : of;
      }
      if (name === 'includes' && first) return this.#included(receiver, first, again);
      if (name === 'test' && first && unwrap(ts, receiver).kind === ts.SyntaxKind.RegularExpressionLiteral) {
        const of = again(first);
        return of && { value: typeof of.value === 'string' ? undefined : false };
      }
    }
    const target = this.#origins.functionOf(node.expression, source);
    if (target && target.fn !== enclosingFunction(ts, node)) {
      const inner = new Map(given);
      target.fn.parameters.forEach((parameter, i) => {
        const argument = node.arguments[i];
        inner.set(parameter, argument ? again(argument) : parameter.initializer ? this.of(parameter.initializer, target.source, given, depth + 1) : { value: undefined });
      });
      const before = this.asked;
      const outcome = this.#result(target.fn, target.source, inner, depth);
      if (this.asked || before || outcome) {
        if (!this.asked && this.#isFlag([name])) this.asked = true;
        return outcome;
      }
    }
    // `envFlag('CAPTURE_CONTENT', true)` of another package, `shouldCaptureContent(span)` out of sight.
    const key = first && unwrap(ts, first);
    if (key && ts.isStringLiteralLike(key) && /^[A-Z][A-Z0-9_]+$/.test(key.text) && returnsTruth.test(name)) {
      this.asked = true;
      return second ? again(second) : { value: undefined };
    }
    for (const argument of node.arguments) again(argument);
    if (this.#isFlag([name])) this.asked = true;
    return undefined;
  }

  /** `['1', 'true'].includes(x)`. */
  #included(list: ts.Expression, item: ts.Expression, again: (n: ts.Expression) => Outcome): Outcome {
    const ts = this.#ts;
    const literal = unwrap(ts, list);
    const of = again(item);
    if (!of || !ts.isArrayLiteralExpression(literal)) return of && { value: of.value === undefined ? false : undefined };
    const values = literal.elements.map((each) => again(each));
    return values.every((each) => each) ? { value: values.some((each) => each!.value === of.value) } : undefined;
  }

  /** What a function that does little more than answer gives back. */
  #result(fn: FunctionNode, source: SourceText, given: ReadonlyMap<ts.Node, Outcome>, depth: number): Outcome {
    const ts = this.#ts;
    if (!fn.body) return undefined;
    if (!ts.isBlock(fn.body)) return this.of(fn.body, source, given, depth + 1);
    for (const statement of fn.body.statements) {
      if (ts.isReturnStatement(statement)) return statement.expression ? this.of(statement.expression, source, given, depth + 1) : { value: undefined };
      if (ts.isIfStatement(statement)) {
        const returned = leaves(ts, statement.thenStatement);
        const of = this.of(statement.expression, source, given, depth + 1);
        // `if (perCall !== undefined) return perCall;`: nothing is set.
        if (!of && /[!=]==? *(undefined|null)/.test(statement.expression.getText(source.ast))) continue;
        if (!returned || !of) return undefined;
        if (of.value) return returned.expression ? this.of(returned.expression, source, given, depth + 1) : { value: undefined };
      } else if (!ts.isVariableStatement(statement)) return undefined;
    }
    return undefined;
  }

  #identifier(node: ts.Identifier, source: SourceText, given: ReadonlyMap<ts.Node, Outcome>, depth: number): Outcome {
    const ts = this.#ts;
    const declaration = declarationOf(ts, node);
    if (declaration && given.has(declaration)) return given.get(declaration);
    if (declaration && ts.isBindingElement(declaration)) return this.#bound(declaration, source, given, depth);
    if (declaration && ts.isParameter(declaration)) {
      if (this.#isFlag([node.text])) this.asked = true;
      if (declaration.initializer) return this.of(declaration.initializer, source, given, depth + 1);
      return this.#isFlag([node.text]) ? { value: undefined } : undefined;
    }
    const value = this.#origins.values.initializer(node, source);
    if (value) {
      const outcome = this.of(value.node, value.source, given, depth + 1);
      if (!this.asked && this.#isFlag([node.text])) this.asked = true;
      return outcome;
    }
    if (!this.#isFlag([node.text])) return undefined;
    this.asked = true;
    return undefined;
  }

  /** `const { recordInputs = true } = options`. */
  #bound(element: ts.BindingElement, source: SourceText, given: ReadonlyMap<ts.Node, Outcome>, depth: number): Outcome {
    const ts = this.#ts;
    const name = propertyName(ts, element.propertyName ?? element.name) ?? '';
    const holder = element.parent.parent;
    const from = ts.isVariableDeclaration(holder) || ts.isParameter(holder) ? holder.initializer : undefined;
    const isEnvironment = from !== undefined && /(^|\.)env$/.test(unwrap(ts, from).getText(source.ast));
    if (isEnvironment || this.#isFlag([name])) this.asked = true;
    if (element.initializer) return this.of(element.initializer, source, given, depth + 1);
    return isEnvironment || this.#isFlag([name]) ? { value: undefined } : undefined;
  }

  #member(node: ts.PropertyAccessExpression | ts.ElementAccessExpression, source: SourceText, given: ReadonlyMap<ts.Node, Outcome>, depth: number): Outcome {
    const ts = this.#ts;
    const name = memberName(ts, node);
    if (name === undefined) return undefined;
    const known = this.#field(node, name, source);
    if (known) {
      const before = this.asked;
      this.asked = false;
      const outcome = this.of(known.node, known.source, given, depth + 1);
      const asked = this.asked || this.#isFlag([name]);
      this.asked ||= before || asked;
      if (asked) return outcome;
    }
    if (!this.#isFlag(pathOf(ts, node))) return undefined;
    this.asked = true;
    return { value: undefined };
  }

  /** What a field, or a constant object's property, was given in one place. */
  #field(node: ts.PropertyAccessExpression | ts.ElementAccessExpression, name: string, source: SourceText): { node: ts.Expression; source: SourceText } | undefined {
    const ts = this.#ts;
    if (node.expression.kind === ts.SyntaxKind.ThisKeyword) {
      const assigned = indexOf(ts, source.ast).fieldAssignments.get(name) ?? [];
      if (assigned.length === 1) return { node: assigned[0]!.right, source };
    }
    // What is passed in a bag is an object of a library's class, and no setting.
    const of = this.#origins.isOfBag(node) ? undefined : this.#origins.of(node.expression, source);
    if (of?.kind === 'local' && ts.isObjectLiteralExpression(of.node)) {
      const value = propertyValue(ts, of.node, name);
      return value && { node: value, source: of.source };
    }
    const owner = of?.kind === 'object' ? of.of : undefined;
    const field = owner?.members.find((m) => propertyName(ts, m.name) === name);
    return field && ts.isPropertyDeclaration(field) && field.initializer && of?.kind === 'object' ? { node: field.initializer, source: of.source } : undefined;
  }

  /** Names that say that they decide about content: `captureContent`, `recordInputs`, `config.debug`. */
  #isFlag(path: readonly string[]): boolean {
    if (path.some((name) => this.#names.isSwitch(name))) return true;
    const words = wordsOf(path.at(-1) ?? '');
    if (words.some((word) => word === 'debug' || word === 'verbose')) return true;
    return words.some((word) => switchVerbs.has(word)) && words.some((word) => switchNouns.has(word));
  }
}

/** `return …`, also as the only statement of a block; a `throw` and a `continue` leave as well. */
function leaves(ts: Ts, statement: ts.Statement): { expression?: ts.Expression | undefined } | undefined {
  const last = ts.isBlock(statement) ? statement.statements.at(-1) : statement;
  if (!last) return undefined;
  if (ts.isReturnStatement(last)) return { expression: last.expression };
  return ts.isThrowStatement(last) || ts.isContinueStatement(last) || ts.isBreakStatement(last) ? {} : undefined;
}

