/** Whether a value that goes to the far side holds a carrier, wherever it was built. */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { callersOf, parameterBehind, passedTo, type Passed } from './callers.ts';
import { carryingWords } from './carrying-words.ts';
import { enclosingClass } from './declarations.ts';
import { indexOf } from './file-index.ts';
import type { Origins } from './origins.ts';
import { carrierKeys, keyWritten, returnsOf, scopeOf, type Propagation } from './propagation.ts';
import { isScalarName } from './scalar-names.ts';
import { first } from './first.ts';
import { declarationOf } from './scope.ts';
import type { Neighbours, SourceText } from './source.ts';
import { memberName, property, propertyName, unwrap, walk } from './syntax.ts';

const MAX_DEPTH = 6;
/** Names of the helper functions that a repair writes (transforms/runtime/handoff.ts). */
export const helperInjects = new Set(['captureCarrier', 'carryMessage', 'carryJob', 'carryJobLegacy', 'carryJobs', 'carryFlow', 'carryEnvironment', 'carryIn', 'carryInMap', 'carryAttributes', 'tracedFetch']);
/** Members that give an object back as another. */
const conversions = /^(entries|toJSON|toString|getHeaders|getAll|concat|values|valueOf|serialize|build)$/;

export class InjectedCarrier {
  readonly #ts: Ts;
  readonly #origins: Origins;
  readonly #propagation: Propagation;
  readonly #neighbours: Neighbours | undefined;

  constructor(ts: Ts, origins: Origins, propagation: Propagation, neighbours: Neighbours | undefined) {
    this.#ts = ts;
    this.#origins = origins;
    this.#propagation = propagation;
    this.#neighbours = neighbours;
  }

  /** A literal key, an injected variable, a spread of one, a helper's call, a parameter that every caller fills with one. */
  of(value: ts.Expression | undefined, source: SourceText, depth = 0): string | undefined {
    if (!value || depth > MAX_DEPTH) return undefined;
    const ts = this.#ts;
    const node = unwrap(ts, value);
    const again = (next: ts.Expression | undefined): string | undefined => this.of(next, source, depth + 1);
    if (ts.isObjectLiteralExpression(node)) return this.#object(node, source, depth);
    if (ts.isArrayLiteralExpression(node)) return this.#list(node, source, depth);
    if (ts.isCallExpression(node)) return this.#call(node, source, depth);
    if (ts.isNewExpression(node)) return first(node.arguments ?? [], again);
    if (ts.isConditionalExpression(node)) return again(node.whenTrue) ?? again(node.whenFalse);
    if (ts.isBinaryExpression(node)) {
      const operator = node.operatorToken.kind;
      if (operator === ts.SyntaxKind.AmpersandAmpersandToken || operator === ts.SyntaxKind.EqualsToken) return again(node.right);
      return operator === ts.SyntaxKind.QuestionQuestionToken || operator === ts.SyntaxKind.BarBarToken ? again(node.left) ?? again(node.right) : undefined;
    }
    if (ts.isIdentifier(node)) return this.#variable(node, source, depth) ?? this.#givenByCallers(node, source, depth);
    if (ts.isPropertyAccessExpression(node)) return this.#member(node, source, depth);
    return undefined;
  }

  /** What is written into a variable after it was declared: a header set on the request that a call gave back. */
  into(declaration: ts.Node, source: SourceText): string | undefined {
    return this.#written(scopeOf(this.#ts, declaration, source), source, (node) => refersInto(this.#ts, node, declaration), 0);
  }

  /** Whether a property path is set, also where the object was built earlier or by a helper. */
  sets(holder: ts.Expression | undefined, source: SourceText, path: readonly string[], depth = 0): boolean {
    const ts = this.#ts;
    const [name, ...rest] = path;
    if (!holder || name === undefined || depth > MAX_DEPTH) return false;
    const node = unwrap(ts, holder);
    if (name === '*') return ts.isArrayLiteralExpression(node) && node.elements.length > 0 && node.elements.every((element) => this.sets(element, source, rest, depth + 1));
    if (ts.isObjectLiteralExpression(node)) {
      const found = property(ts, node, name);
      const value = found && (ts.isPropertyAssignment(found) ? found.initializer : ts.isShorthandPropertyAssignment(found) ? found.name : undefined);
      if (value) return rest.length === 0 ? !isNothing(ts, value) : this.sets(value, source, rest, depth + 1);
      return node.properties.some((part) => ts.isSpreadAssignment(part) && this.sets(part.expression, source, path, depth + 1));
    }
    if (ts.isConditionalExpression(node)) return this.sets(node.whenTrue, source, path, depth + 1) && this.sets(node.whenFalse, source, path, depth + 1);
    if (ts.isCallExpression(node)) {
      const target = this.#origins.functionOf(node.expression, source);
      const returns = target ? returnsOf(ts, target.fn) : [];
      return returns.length > 0 && returns.every((value) => this.sets(value, target!.source, path, depth + 1));
    }
    if (!ts.isIdentifier(node)) return false;
    const declaration = declarationOf(ts, node);
    const value = this.#origins.values.initializer(node, source);
    if (value && this.sets(value.node, value.source, path, depth + 1)) return true;
    return declaration !== undefined && ts.isVariableDeclaration(declaration) && this.#assigns(declaration, source, path);
  }

  /** `options.telemetry = { metadata }` after the declaration. */
  #assigns(declaration: ts.VariableDeclaration, source: SourceText, path: readonly string[]): boolean {
    const ts = this.#ts;
    const name = ts.isIdentifier(declaration.name) ? declaration.name.text : '';
    return (indexOf(ts, source.ast).memberAssignments.get(`${name}.${path[0]}`) ?? []).some((assignment) =>
      refersInto(ts, assignment.left, declaration) && (path.length === 1 || this.sets(assignment.right, source, path.slice(1), 1)));
  }

  #object(node: ts.ObjectLiteralExpression, source: SourceText, depth: number): string | undefined {
    const ts = this.#ts;
    for (const part of node.properties) {
      if (ts.isSpreadAssignment(part)) {
        const found = this.of(part.expression, source, depth + 1);
        if (found) return found;
        continue;
      }
      const name = propertyName(ts, part.name);
      const inner = ts.isPropertyAssignment(part) ? part.initializer : ts.isShorthandPropertyAssignment(part) ? part.name : undefined;
      if (name !== undefined && carrierKeys.test(name) && !(inner && isNothing(ts, inner))) return `\`${name}\``;
      if (name !== undefined && isScalarName(name)) continue;
      const found = inner && this.of(inner, source, depth + 1);
      if (found) return found;
    }
    return undefined;
  }

  /** `['traceparent', value]`; a list of messages carries where each of them does. */
  #list(node: ts.ArrayLiteralExpression, source: SourceText, depth: number): string | undefined {
    const ts = this.#ts;
    const [key] = node.elements;
    if (node.elements.length === 2 && key && ts.isStringLiteralLike(key) && carrierKeys.test(key.text)) return `\`${key.text}\``;
    const isPairs = node.elements.length > 0 && node.elements.every((element) => ts.isArrayLiteralExpression(element));
    const found = node.elements.map((element) => this.of(ts.isSpreadElement(element) ? element.expression : element, source, depth + 1));
    return isPairs ? found.find(Boolean) : found.every(Boolean) ? found[0] : undefined;
  }

  #call(node: ts.CallExpression, source: SourceText, depth: number): string | undefined {
    const ts = this.#ts;
    const by = this.#propagation.by(node, source, 'inject', helperInjects);
    if (by) return by;
    const again = (next: ts.Expression): string | undefined => this.of(next, source, depth + 1);
    const member = memberName(ts, node.expression);
    const receiver = member === undefined ? undefined : (node.expression as ts.PropertyAccessExpression).expression;
    if (receiver && conversions.test(member!)) {
      const found = again(receiver);
      if (found) return found;
    }
    // `jobs.map((job) => ({ ...job, headers }))`
    const [each] = node.arguments;
    if (member === 'map' && each && ts.isFunctionLike(unwrap(ts, each))) {
      const target = this.#origins.functionOf(each, source);
      const returns = target ? returnsOf(ts, target.fn) : [];
      // `Object.entries(carrier).map(([name, value]) => [name, { StringValue: value }])`
      const isPairs = receiver !== undefined && isEntries(ts, receiver) && returns.every((value) => ts.isArrayLiteralExpression(unwrap(ts, value)));
      return returns.length > 0 ? first(returns, (value) => this.of(value, target!.source, depth + 1)) ?? (isPairs ? again(receiver) : undefined) : undefined;
    }
    return first(node.arguments.filter((argument) => !ts.isFunctionLike(unwrap(ts, argument))), again);
  }

  #variable(node: ts.Identifier, source: SourceText, depth: number): string | undefined {
    const ts = this.#ts;
    const declaration = declarationOf(ts, node);
    if (!declaration) return undefined;
    if (!ts.isVariableDeclaration(declaration) && !ts.isParameter(declaration) && !ts.isBindingElement(declaration)) {
      const imported = this.#origins.values.constant(node, source);
      return imported && this.of(imported.node, imported.source, depth + 1);
    }
    return (ts.isVariableDeclaration(declaration) ? this.of(declaration.initializer, source, depth + 1) : undefined)
      ?? this.#assigned(node, declaration, source, depth)
      ?? this.#written(scopeOf(ts, declaration, source), source, (other) => refersInto(ts, other, declaration), depth);
  }

  /** `let headers; … headers = withTrace(headers)`. */
  #assigned(node: ts.Identifier, declaration: ts.Node, source: SourceText, depth: number): string | undefined {
    return first((indexOf(this.#ts, source.ast).assignments.get(node.text) ?? []).filter((a) => refersInto(this.#ts, a.left, declaration)),
      (assignment) => this.of(assignment.right, source, depth + 1));
  }

  #member(node: ts.PropertyAccessExpression, source: SourceText, depth: number): string | undefined {
    const ts = this.#ts;
    if (carrierKeys.test(node.name.text)) return `\`${node.name.text}\``;
    if (node.expression.kind === ts.SyntaxKind.ThisKeyword) return this.#field(node, source, depth);
    // `QueueName.Ingestion`: a member of an enum is made before any request comes.
    if (ts.isIdentifier(node.expression) && /^[A-Z]/.test(node.expression.text) && /^[A-Z]/.test(node.name.text)) return undefined;
    // What is passed in a bag is an object of a class: to look for it all over the repo would say nothing of a literal's keys.
    const getter = isScalarName(node.name.text) || this.#origins.isOfBag(node) ? undefined : this.#origins.of(node, source);
    if (getter?.kind === 'local' && ts.isObjectLiteralExpression(getter.node)) return this.#object(getter.node, getter.source, depth + 1);
    let root: ts.Expression = node;
    while (ts.isPropertyAccessExpression(root)) root = unwrap(ts, root.expression);
    const declaration = ts.isIdentifier(root) ? declarationOf(ts, root) : undefined;
    // `init.headers`, once something is injected into it.
    const written = declaration && ts.isVariableDeclaration(declaration)
      ? this.#written(scopeOf(ts, declaration, source), source, (other) => other.getText(source.ast) === node.getText(source.ast) && refersInto(ts, other, declaration), depth) : undefined;
    return written ?? this.#givenByCallers(node, source, depth);
  }

  /** `this.headers`: as it is initialised, assigned or written into anywhere in the class. */
  #field(node: ts.PropertyAccessExpression, source: SourceText, depth: number): string | undefined {
    const ts = this.#ts;
    const owner = enclosingClass(ts, node);
    if (!owner) return undefined;
    const name = node.name.text;
    for (const member of owner.members) {
      if (propertyName(ts, member.name) !== name) continue;
      const found = ts.isPropertyDeclaration(member) ? this.of(member.initializer, source, depth + 1)
        : ts.isGetAccessorDeclaration(member) && member.body ? first(returnsOf(ts, member as never), (value) => this.of(value, source, depth + 1)) : undefined;
      if (found) return found;
    }
    const assigned = first((indexOf(ts, source.ast).fieldAssignments.get(name) ?? []).filter((a) => enclosingClass(ts, a) === owner), (a) => this.of(a.right, source, depth + 1));
    return assigned ?? this.#written(owner, source, (other) => rootField(ts, other) === name, depth);
  }

  /** `propagation.inject(…, headers)`, `headers.traceparent = …`, `headers.set('traceparent', …)`, `Object.assign(headers, carrier)`, `decorate(headers)`. */
  #written(scope: ts.Node, source: SourceText, isIt: (node: ts.Expression) => boolean, depth: number): string | undefined {
    const ts = this.#ts;
    let found: string | undefined;
    walk(ts, scope, (node) => {
      if (found) return false;
      if (ts.isCallExpression(node)) {
        const key = keyWritten(ts, node);
        if (key !== undefined && isIt((node.expression as ts.PropertyAccessExpression).expression)) found = `\`${key}\``;
        else if (node.arguments.some(isIt)) found = this.#takesIt(node, source, isIt, depth);
        else if (this.#copies(ts, node) && isIt((node.expression as ts.PropertyAccessExpression).expression)) found = this.#injectsAround(scope, source);
      } else if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken && (ts.isPropertyAccessExpression(node.left) || ts.isElementAccessExpression(node.left))) {
        const { left } = node;
        const key = memberName(ts, left);
        if (key !== undefined && carrierKeys.test(key) && isIt(left.expression)) found = `\`${key}\``;
        // `init.headers = carrier`
        else if (isIt(left.expression) && depth < MAX_DEPTH) found = this.of(node.right, source, depth + 1);
      }
      return undefined;
    });
    return found;
  }

  /** `for (const [key, value] of Object.entries(carrier)) headers.set(key, value)`: a key that is known at run time only. */
  #copies(ts: Ts, call: ts.CallExpression): boolean {
    const [key] = call.arguments;
    return memberName(ts, call.expression) === 'set' && call.arguments.length === 2 && key !== undefined && ts.isIdentifier(unwrap(ts, key));
  }

  #injectsAround(scope: ts.Node, source: SourceText): string | undefined {
    let found: string | undefined;
    walk(this.#ts, scope, (node) => {
      if (!found && this.#ts.isCallExpression(node)) found = this.#propagation.directly(node, source, 'inject') ?? this.#propagation.helper(node, source, helperInjects, 'inject');
    });
    return found;
  }

  #takesIt(call: ts.CallExpression, source: SourceText, isIt: (node: ts.Expression) => boolean, depth: number): string | undefined {
    if (this.#propagation.directly(call, source, 'inject') ?? this.#propagation.helper(call, source, helperInjects, 'inject')) return 'propagation.inject';
    if (call.expression.getText(source.ast) === 'Object.assign') return isIt(call.arguments[0]!) ? first(call.arguments.slice(1), (argument) => this.of(argument, source, depth + 1)) : undefined;
    const target = this.#propagation.targetOf(call, source);
    if (!target) return undefined;
    // A function that injects into the very parameter that it is given.
    const parameter = target.fn.parameters[call.arguments.findIndex(isIt)];
    return parameter && this.#ts.isIdentifier(parameter.name) ? this.#written(target.fn, target.source, (node) => depth < MAX_DEPTH && refersInto(this.#ts, node, parameter), depth + 1) : undefined;
  }

  /** A parameter holds a carrier where every caller in sight puts one in. */
  #givenByCallers(node: ts.Expression, source: SourceText, depth: number): string | undefined {
    const ts = this.#ts;
    const behind = parameterBehind(ts, node);
    if (!behind || depth > MAX_DEPTH - 2) return undefined;
    const { parameter, path } = behind;
    if (isScalar(ts, node, parameter, path)) return undefined;
    const carries = (passed: Passed | undefined): string | undefined => passed && this.of(passed.node, passed.source, depth + 2);
    const asked = (within?: RegExp): (string | undefined)[] => callersOf(ts, this.#origins, this.#neighbours, parameter.parent, source, within)
      .map((caller) => carries(passedTo(ts, this.#origins, caller, parameter, path)));
    // Most parameters hold none: files that could are looked at first.
    if (!asked(carryingWords).some(Boolean)) return undefined;
    const all = asked();
    return all.length > 0 && all.every(Boolean) ? `${all[0]}, by every caller` : undefined;
  }
}

/** Whether a value is a text, a number or a flag, by its name or by what the parameter's annotation says: no carrier is in it. */
function isScalar(ts: Ts, node: ts.Expression, parameter: ts.ParameterDeclaration, path: readonly string[]): boolean {
  const name = memberName(ts, node) ?? (ts.isIdentifier(node) ? node.text : '');
  if (isScalarName(name)) return true;
  let type: ts.TypeNode | undefined = parameter.type;
  for (const key of path) {
    const members: readonly ts.TypeElement[] = type && ts.isTypeLiteralNode(type) ? type.members : [];
    const member = members.find((each) => propertyName(ts, each.name) === key);
    type = member && ts.isPropertySignature(member) ? member.type : undefined;
  }
  return type !== undefined && [ts.SyntaxKind.StringKeyword, ts.SyntaxKind.NumberKeyword, ts.SyntaxKind.BooleanKeyword, ts.SyntaxKind.BigIntKeyword].includes(type.kind);
}

/** `init` and `init.headers`. */
function refersInto(ts: Ts, node: ts.Expression, declaration: ts.Node): boolean {
  let at = unwrap(ts, node);
  while (ts.isPropertyAccessExpression(at) || ts.isElementAccessExpression(at)) at = unwrap(ts, at.expression);
  return ts.isIdentifier(at) && declarationOf(ts, at) === declaration;
}

/** `headers` of `this.headers` and `this.headers.common`. */
function rootField(ts: Ts, node: ts.Expression): string | undefined {
  let at = unwrap(ts, node);
  while (ts.isPropertyAccessExpression(at) || ts.isElementAccessExpression(at)) {
    if (ts.isPropertyAccessExpression(at) && at.expression.kind === ts.SyntaxKind.ThisKeyword) return at.name.text;
    at = unwrap(ts, at.expression);
  }
  return undefined;
}

function isNothing(ts: Ts, node: ts.Expression): boolean {
  const inner = unwrap(ts, node);
  return inner.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(inner) && inner.text === 'undefined');
}

/** `Object.entries(…)` */
function isEntries(ts: Ts, node: ts.Expression): boolean {
  const call = unwrap(ts, node);
  return ts.isCallExpression(call) && memberName(ts, call.expression) === 'entries';
}
