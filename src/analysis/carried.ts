/** Code that already hands the context over: manual propagation that this product did not write, and its own repairs. */
import type ts from 'typescript';
import type { RuntimeProfile, Ts } from '../types.ts';
import type { Origin, Origins } from './origins.ts';
import { declarationOf, enclosingFunction } from './scope.ts';
import type { SourceText } from './source.ts';
import { contains, isFunctionNode, memberName, property, propertyName, unwrap, walk, type FunctionNode } from './syntax.ts';

export const carrierKeys = /^(traceparent|trace-?context|_?otel(context|carrier)?|otel_?trace|propagation_?context|trace_?carrier|telemetrymetadata)$/i;
/** Names of the helper functions that a repair writes (transforms/runtime/handoff.ts). */
const helperInjects = new Set(['captureCarrier', 'carryMessage', 'carryJob', 'carryJobLegacy', 'carryJobs', 'carryFlow', 'carryEnvironment', 'tracedFetch']);
/** Of `helperExtracts`, those that a worker's file starts its work with. */
const helperStarts = new Set(['withMessageCarrier', 'withEnvironmentCarrier']);
const helperExtracts = new Set(['withCarrier', 'withMessageCarrier', 'withEnvironmentCarrier', 'processJob', 'traceProcessor', 'traceHandler', 'traceMessageHandler']);

/** The project's own helpers, from the configuration: function names, or `module#export`. */
export interface Carriers {
  inject: readonly string[];
  extract: readonly string[];
}

export class Carried {
  readonly #ts: Ts;
  readonly #origins: Origins;
  readonly #own: Carriers;

  constructor(ts: Ts, origins: Origins, own: Carriers = { inject: [], extract: [] }) {
    this.#ts = ts;
    this.#origins = origins;
    this.#own = own;
  }

  /** `context.bind(…)`, `AsyncResource.bind(…)`, `AsyncLocalStorage.bind/snapshot()` around a callback: the last two in Node only. */
  bound(callback: ts.Expression, source: SourceText, runtime: RuntimeProfile): string | undefined {
    const ts = this.#ts;
    const node = this.#value(callback, source);
    if (!ts.isCallExpression(node)) return this.#runsInCaptured(callback, source);
    const member = memberName(ts, node.expression);
    if (member === undefined) return this.#isHelper(node, helperExtracts, this.#own.extract);
    const receiver = this.#origins.of((node.expression as ts.PropertyAccessExpression).expression, source);
    if (member === 'bind' && isApi(receiver, 'context')) return 'context.bind';
    if (runtime !== 'node') return undefined;
    if ((member === 'bind' || member === 'snapshot') && receiver?.kind === 'library' && receiver.module === 'async_hooks') return `${receiver.name}.${member}`;
    return undefined;
  }

  /** `() => context.with(captured, …)`: a context from outside of the callback is made active inside it. */
  #runsInCaptured(callback: ts.Expression, source: SourceText): string | undefined {
    const ts = this.#ts;
    const target = this.#origins.functionOf(callback, source);
    if (!target?.fn.body) return undefined;
    const { fn } = target;
    return contains(ts, target.fn.body, (node) => {
      if (!ts.isCallExpression(node) || memberName(ts, node.expression) !== 'with') return false;
      if (!isApi(this.#origins.of((node.expression as ts.PropertyAccessExpression).expression, target.source), 'context')) return false;
      const [captured] = node.arguments;
      return captured !== undefined && contains(ts, captured, (n) => n.kind === ts.SyntaxKind.ThisKeyword || (ts.isIdentifier(n) && isOutside(ts, n, fn)));
    }) ? 'context.with' : undefined;
  }

  /** A value that goes to the far side and holds a carrier: a literal key, an injected variable, a spread of one, a helper's call. */
  injected(value: ts.Expression | undefined, source: SourceText, depth = 0): string | undefined {
    if (!value || depth > 4) return undefined;
    const ts = this.#ts;
    const node = unwrap(ts, value);
    if (ts.isObjectLiteralExpression(node)) {
      for (const part of node.properties) {
        if (ts.isSpreadAssignment(part)) {
          const found = this.injected(part.expression, source, depth + 1);
          if (found) return found;
          continue;
        }
        const name = propertyName(ts, part.name);
        if (name !== undefined && carrierKeys.test(name)) return `\`${name}\``;
        const inner = ts.isPropertyAssignment(part) ? part.initializer : ts.isShorthandPropertyAssignment(part) ? part.name : undefined;
        const found = inner && this.injected(inner, source, depth + 1);
        if (found) return found;
      }
      return undefined;
    }
    if (ts.isCallExpression(node)) {
      const helper = this.#isHelper(node, helperInjects, this.#own.inject) ?? this.#callsInject(node, source);
      if (helper) return helper;
      for (const argument of node.arguments) {
        const found = this.injected(argument, source, depth + 1);
        if (found) return found;
      }
      return undefined;
    }
    if (ts.isArrayLiteralExpression(node)) {
      // A list carries where every one of its elements does.
      const each = node.elements.map((element) => this.injected(element, source, depth + 1));
      return each.every((found) => found !== undefined) ? each[0] : undefined;
    }
    if (ts.isArrowFunction(node)) return this.injected(returnedBy(ts, node), source, depth + 1); // `items.map((item) => ({ … }))`
    if (ts.isConditionalExpression(node)) return this.injected(node.whenTrue, source, depth + 1) ?? this.injected(node.whenFalse, source, depth + 1);
    if (ts.isIdentifier(node)) return this.#injectedVariable(node, source, depth);
    return undefined;
  }

  /** A handler that reads the carrier: `propagation.extract`, or a helper that does, in its body. */
  extracted(fn: FunctionNode, source: SourceText): string | undefined {
    return this.#extractsIn(fn, source, helperExtracts, () => false);
  }

  /** The same of a loop, or of any other part of a function. */
  extractedIn(node: ts.Node, source: SourceText): string | undefined {
    return this.#extractsIn(node, source, helperExtracts, () => false);
  }

  /** A file that reads the carrier while it starts; what its handlers read later is something else. */
  extractedAtStart(source: SourceText): string | undefined {
    return this.#extractsIn(source.ast, source, helperStarts, (node) => this.#ts.isFunctionLike(node));
  }

  #extractsIn(root: ts.Node, source: SourceText, helpers: ReadonlySet<string>, isElsewhere: (node: ts.Node) => boolean): string | undefined {
    const ts = this.#ts;
    let found: string | undefined;
    walk(ts, root, (node) => {
      if (found || isElsewhere(node)) return false;
      if (ts.isCallExpression(node)) {
        found = this.#isPropagation(node, source, 'extract') ?? this.#isHelper(node, helpers, this.#own.extract)
          ?? this.#callsThrough(node, source, 'extract') ?? this.#handsToExtractor(node, source);
      }
      return undefined;
    });
    return found;
  }

  /** Whether an expression is a call of one of the helpers that take over the whole boundary (`tracedFetch`, `traceProcessor`). */
  wrapped(expression: ts.Expression, source: SourceText): string | undefined {
    const node = this.#value(expression, source);
    return this.#ts.isCallExpression(node) ? this.#isHelper(node, helperExtracts, this.#own.extract) : undefined;
  }

  /** A call of a helper that takes the boundary's place. */
  replaced(node: ts.Node, helper: string | undefined): string | undefined {
    return helper !== undefined && this.#ts.isCallExpression(node) ? this.#isHelper(node, new Set([helper]), []) : undefined;
  }

  #value(expression: ts.Expression, source: SourceText): ts.Expression {
    const ts = this.#ts;
    const node = unwrap(ts, expression);
    if (!ts.isIdentifier(node)) return node;
    const declaration = declarationOf(ts, node);
    return declaration && ts.isVariableDeclaration(declaration) && declaration.initializer && declaration.getSourceFile() === source.ast
      ? unwrap(ts, declaration.initializer) : node;
  }

  #injectedVariable(node: ts.Identifier, source: SourceText, depth: number): string | undefined {
    const ts = this.#ts;
    const declaration = declarationOf(ts, node);
    if (!declaration || !ts.isVariableDeclaration(declaration)) return undefined;
    const direct = this.injected(declaration.initializer, source, depth + 1);
    if (direct) return direct;
    // `propagation.inject(context.active(), headers)`, `headers.traceparent = …`, `headers.set('traceparent', …)`
    let found: string | undefined;
    walk(ts, source.ast, (other) => {
      if (found) return false;
      if (ts.isCallExpression(other)) {
        const names = other.arguments.some((a) => refersInto(ts, a, declaration));
        if (names && (this.#isPropagation(other, source, 'inject') ?? this.#isHelper(other, helperInjects, this.#own.inject))) found = 'propagation.inject';
        else if (memberName(ts, other.expression) === 'set' && refersTo(ts, (other.expression as ts.PropertyAccessExpression).expression, declaration)
          && other.arguments[0]) {
          // `for (const [key, value] of Object.entries(carrier)) headers.set(key, value)`: copied from what was injected just before.
          if (!ts.isStringLiteralLike(other.arguments[0])) found = this.#injectsAround(other, source);
          else if (carrierKeys.test(other.arguments[0].text)) found = `\`${other.arguments[0].text}\``;
        }
      } else if (ts.isBinaryExpression(other) && other.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
        const key = memberName(ts, other.left);
        if (key !== undefined && carrierKeys.test(key) && refersTo(ts, (other.left as ts.PropertyAccessExpression).expression, declaration)) found = `\`${key}\``;
      }
      return undefined;
    });
    return found;
  }

  #injectsAround(call: ts.CallExpression, source: SourceText): string | undefined {
    const ts = this.#ts;
    const around = enclosingFunction(ts, call) ?? source.ast;
    let found: string | undefined;
    walk(ts, around, (node) => {
      if (!found && ts.isCallExpression(node)) found = this.#isPropagation(node, source, 'inject') ?? this.#isHelper(node, helperInjects, this.#own.inject);
    });
    return found;
  }

  /** A function of the project that injects, seen through one call. */
  #callsInject(call: ts.CallExpression, source: SourceText): string | undefined {
    return this.#isPropagation(call, source, 'inject') ?? this.#callsThrough(call, source, 'inject');
  }

  #callsThrough(call: ts.CallExpression, source: SourceText, what: 'inject' | 'extract'): string | undefined {
    const ts = this.#ts;
    const target = this.#origins.functionOf(call.expression, source);
    if (!target?.fn.body || !isFunctionNode(ts, target.fn)) return undefined;
    return contains(ts, target.fn.body, (node) => ts.isCallExpression(node) && this.#isPropagation(node, target.source, what) !== undefined)
      ? `propagation.${what} in ${call.expression.getText(source.ast)}` : undefined;
  }

  /** `processPartialResponse(event, handleRecord, processor)`: a function that is handed on by name, and extracts. */
  #handsToExtractor(call: ts.CallExpression, source: SourceText): string | undefined {
    for (const argument of call.arguments) {
      const target = this.#ts.isIdentifier(argument) ? this.#origins.functionOf(argument, source) : undefined;
      if (!target?.fn.body) continue;
      if (contains(this.#ts, target.fn.body, (node) => this.#ts.isCallExpression(node) && this.#isPropagation(node, target.source, 'extract') !== undefined)) return `propagation.extract in ${argument.getText(source.ast)}`;
    }
    return undefined;
  }

  #isPropagation(call: ts.CallExpression, source: SourceText, what: 'inject' | 'extract'): string | undefined {
    if (memberName(this.#ts, call.expression) !== what) return undefined;
    const receiver = this.#origins.of((call.expression as ts.PropertyAccessExpression).expression, source);
    if (isApi(receiver, 'propagation')) return `propagation.${what}`;
    return receiver?.kind === 'library' && /^@opentelemetry\/(core|propagator-)/.test(receiver.module) ? `propagator.${what}` : undefined;
  }

  #isHelper(call: ts.CallExpression, helpers: ReadonlySet<string>, own: readonly string[]): string | undefined {
    const ts = this.#ts;
    const declaration = ts.isIdentifier(call.expression) ? declarationOf(ts, call.expression) : undefined;
    const imported = declaration && (ts.isImportSpecifier(declaration) || ts.isBindingElement(declaration)) ? declaration : undefined;
    // `import { processJob as otelProcessJob }`: known by the name that it was given where it was made.
    const name = propertyName(ts, imported?.propertyName) ?? (ts.isIdentifier(call.expression) ? call.expression.text : memberName(ts, call.expression));
    if (name === undefined) return undefined;
    if (own.some((entry) => (entry.split('#')[1] ?? entry) === name)) return name;
    // Ours is imported from the user's own helper module.
    return imported && helpers.has(name) ? name : undefined;
  }
}

/** Whether an options literal sets a property path: `telemetry.metadata`, `messages.*.headers`. `undefined`: it can't be told. */
export function sets(ts: Ts, options: ts.Expression | undefined, path: readonly string[]): boolean | undefined {
  if (!options) return false;
  const node = unwrap(ts, options);
  if (ts.isIdentifier(node) && node.text === 'undefined') return false;
  const [first, ...rest] = path;
  if (first === '*' && ts.isArrayLiteralExpression(node)) {
    const each = node.elements.map((element) => sets(ts, element, rest));
    return each.length > 0 && each.every(Boolean) ? true : each.includes(undefined) ? undefined : false;
  }
  if (!ts.isObjectLiteralExpression(node)) return undefined;
  const found = first === undefined ? undefined : property(ts, node, first);
  if (!found) return node.properties.some((p) => ts.isSpreadAssignment(p)) ? undefined : false;
  if (rest.length === 0) return true;
  if (!ts.isPropertyAssignment(found)) return undefined; // `{ headers }`: built elsewhere
  return sets(ts, found.initializer, rest);
}

function isApi(origin: Origin | undefined, name: string): boolean {
  return origin?.kind === 'library' && origin.module === '@opentelemetry/api' && (origin.name === name || origin.name === `default.${name}`);
}

/** A variable or parameter of a function around this one: an import holds no captured context. */
function isOutside(ts: Ts, name: ts.Identifier, fn: FunctionNode): boolean {
  const declaration = declarationOf(ts, name);
  return declaration !== undefined && (ts.isVariableDeclaration(declaration) || ts.isParameter(declaration) || ts.isBindingElement(declaration))
    && (declaration.pos < fn.pos || declaration.pos >= fn.end);
}

function returnedBy(ts: Ts, fn: ts.ArrowFunction): ts.Expression | undefined {
  if (!ts.isBlock(fn.body)) return fn.body;
  const last = fn.body.statements.at(-1);
  return last && ts.isReturnStatement(last) ? last.expression : undefined;
}

/** `init` and `init.headers`. */
function refersInto(ts: Ts, node: ts.Expression, declaration: ts.Node): boolean {
  let at = unwrap(ts, node);
  while (ts.isPropertyAccessExpression(at) || ts.isElementAccessExpression(at)) at = unwrap(ts, at.expression);
  return refersTo(ts, at, declaration);
}

function refersTo(ts: Ts, node: ts.Expression, declaration: ts.Node): boolean {
  const inner = unwrap(ts, node);
  return ts.isIdentifier(inner) && declarationOf(ts, inner) === declaration;
}
