/** Code that already hands the context over: manual propagation that this product did not write, and its own repairs. */
import type ts from 'typescript';
import type { RuntimeProfile, Ts } from '../types.ts';
import { enclosingClass } from './declarations.ts';
import { indexOf } from './file-index.ts';
import { helperInjects, InjectedCarrier } from './injected-carrier.ts';
import type { Origins } from './origins.ts';
import { carrierKeys, isApi, Propagation, type Carriers } from './propagation.ts';
import { declarationOf } from './scope.ts';
import type { Neighbours, SourceText } from './source.ts';
import { contains, isFunctionNode, memberName, property, propertyName, unwrap, walk, type FunctionNode } from './syntax.ts';

export type { Carriers } from './propagation.ts';

/** `req.setHeader('traceparent', …)`, `headers.set(…)`, `metadata.add(…)`. */
const setsHeader = /^(set|add|append|header|setHeader|setRequestHeader)$/;
/** Of `helperExtracts`, those that a worker's file starts its work with. */
const helperStarts = new Set(['withMessageCarrier', 'withEnvironmentCarrier']);
const helperExtracts = new Set(['withCarrier', 'withMessageCarrier', 'withEnvironmentCarrier', 'processJob', 'processMessage', 'traceProcessor', 'traceConsumer', 'traceReceiver', 'traceHandler', 'traceMessageHandler']);

export class Carried {
  readonly #ts: Ts;
  readonly #origins: Origins;
  readonly #propagation: Propagation;
  readonly #injected: InjectedCarrier;

  constructor(ts: Ts, origins: Origins, own: Carriers = { inject: [], extract: [] }, neighbours?: Neighbours) {
    this.#ts = ts;
    this.#origins = origins;
    this.#propagation = new Propagation(ts, origins, own, neighbours);
    this.#injected = new InjectedCarrier(ts, origins, this.#propagation, neighbours);
  }

  /** `context.bind(…)`, `AsyncResource.bind(…)`, `AsyncLocalStorage.bind/snapshot()` around a callback: the last two in Node only. */
  bound(callback: ts.Expression, source: SourceText, runtime: RuntimeProfile): string | undefined {
    const ts = this.#ts;
    const node = this.#value(callback, source);
    if (!ts.isCallExpression(node)) return this.#runsInCaptured(callback, source, runtime);
    const member = memberName(ts, node.expression);
    const own = this.#binds(node, source);
    if (own || member === undefined) return own ?? this.#propagation.helper(node, source, helperExtracts, 'extract');
    const receiver = this.#origins.of((node.expression as ts.PropertyAccessExpression).expression, source);
    if (member === 'bind' && isApi(receiver, 'context')) return 'context.bind';
    if (runtime !== 'node') return undefined;
    if ((member === 'bind' || member === 'snapshot') && receiver?.kind === 'library' && receiver.module === 'async_hooks') return `${receiver.name}.${member}`;
    return undefined;
  }

  /** A function of the project that takes the active context and runs in it what it is given. */
  #binds(call: ts.CallExpression, source: SourceText): string | undefined {
    const ts = this.#ts;
    const callee = unwrap(ts, call.expression);
    const origin = ts.isIdentifier(callee) || ts.isPropertyAccessExpression(callee) ? this.#origins.of(callee, source) : undefined;
    const target = origin?.kind === 'local' ? this.#origins.functionOf(callee, source) : undefined;
    if (!target?.fn.body) return undefined;
    const calls = (name: string): boolean => contains(ts, target.fn.body!, (node) => ts.isCallExpression(node) && memberName(ts, node.expression) === name
      && isApi(this.#origins.of((node.expression as ts.PropertyAccessExpression).expression, target.source), 'context'));
    return calls('active') && (calls('bind') || calls('with')) ? `context.bind in ${callee.getText(source.ast)}` : undefined;
  }

  /** `() => context.with(captured, …)`: a context from outside of the callback is made active inside it. */
  #runsInCaptured(callback: ts.Expression, source: SourceText, runtime: RuntimeProfile): string | undefined {
    const ts = this.#ts;
    const target = this.#origins.functionOf(callback, source);
    if (!target?.fn.body) return undefined;
    const { fn } = target;
    if (runtime === 'node' && this.#runsInSnapshot(target.fn, target.source)) return 'AsyncResource';
    return contains(ts, target.fn.body, (node) => {
      if (!ts.isCallExpression(node) || memberName(ts, node.expression) !== 'with') return false;
      if (!isApi(this.#origins.of((node.expression as ts.PropertyAccessExpression).expression, target.source), 'context')) return false;
      const [captured] = node.arguments;
      return captured !== undefined && contains(ts, captured, (n) => n.kind === ts.SyntaxKind.ThisKeyword || (ts.isIdentifier(n) && isOutside(ts, n, fn)));
    }) ? 'context.with' : undefined;
  }

  /** `resource.runInAsyncScope(work)` and `run(work)` of an `AsyncLocalStorage.snapshot()`, both made outside. */
  #runsInSnapshot(fn: FunctionNode, source: SourceText): boolean {
    const ts = this.#ts;
    return contains(ts, fn.body!, (node) => {
      if (!ts.isCallExpression(node)) return false;
      const isMember = memberName(ts, node.expression) === 'runInAsyncScope';
      const made = isMember ? unwrap(ts, (node.expression as ts.PropertyAccessExpression).expression) : unwrap(ts, node.expression);
      if (ts.isIdentifier(made) ? !isOutside(ts, made, fn) : !ts.isPropertyAccessExpression(made)) return false;
      const origin = isMember ? this.#origins.of(made, source) : undefined;
      if (isMember) return origin?.kind === 'library' && origin.module === 'async_hooks';
      const value = this.#value(made, source);
      if (!ts.isCallExpression(value) || memberName(ts, value.expression) !== 'snapshot') return false;
      const from = this.#origins.of((value.expression as ts.PropertyAccessExpression).expression, source);
      return from?.kind === 'library' && from.module === 'async_hooks';
    });
  }

  /** A record that keeps the active context itself: `{ ctx: context.active() }`. */
  captured(record: ts.Expression, source: SourceText): string | undefined {
    const ts = this.#ts;
    return contains(ts, record, (node) => {
      const inner = ts.isIdentifier(node) ? this.#value(node, source) : node;
      return ts.isCallExpression(inner) && memberName(ts, inner.expression) === 'active' && isApi(this.#origins.of((inner.expression as ts.PropertyAccessExpression).expression, source), 'context');
    }) ? 'context.active' : undefined;
  }

  /** A value that goes to the far side and holds a carrier. */
  injected(value: ts.Expression | undefined, source: SourceText): string | undefined {
    return this.#injected.of(value, source);
  }

  /** Whether a slot is filled, also where its object was built earlier. */
  fills(holder: ts.Expression | undefined, source: SourceText, path: readonly string[]): boolean {
    return this.#injected.sets(holder, source, path);
  }

  /**
   * A request that is given its carrier after it was made: `request.post(url).set('traceparent', …)`,
   * `const req = http.request(…); req.setHeader('traceparent', …)`.
   */
  injectedLater(call: ts.Node, source: SourceText): string | undefined {
    const ts = this.#ts;
    let at = call;
    for (;;) {
      while (ts.isAwaitExpression(at.parent) || ts.isParenthesizedExpression(at.parent)) at = at.parent;
      const access = at.parent;
      if (!ts.isPropertyAccessExpression(access) || !ts.isCallExpression(access.parent) || access.parent.expression !== access) break;
      at = access.parent;
      const [first] = access.parent.arguments;
      if (!first || !setsHeader.test(access.name.text)) continue;
      const found = ts.isStringLiteralLike(first) ? carrierKeys.test(first.text) ? `\`${first.text}\`` : undefined : this.injected(first, source);
      if (found) return found;
    }
    // `xhr.open(…); xhr.setRequestHeader(…)`: the object that it is called on.
    const callee = ts.isCallExpression(call) && ts.isPropertyAccessExpression(call.expression) ? call.expression.expression : undefined;
    const receiver = callee && ts.isIdentifier(callee) ? declarationOf(ts, callee) : undefined;
    for (const made of [at.parent, receiver]) {
      const found = made && ts.isVariableDeclaration(made) && ts.isIdentifier(made.name) ? this.#injected.into(made, source) : undefined;
      if (found) return found;
    }
    return undefined;
  }

  /** A client that injects into all that it sends: `api.interceptors.request.use(…)`, `got.extend({ hooks: { beforeRequest: … } })`. */
  intercepted(built: { node: ts.NewExpression | ts.CallExpression; source: SourceText } | undefined, source: SourceText): string | undefined {
    const ts = this.#ts;
    const from = built?.source ?? source;
    const injects = (node: ts.Node): boolean => contains(ts, node, (n) => ts.isCallExpression(n) && this.#propagation.by(n, from, 'inject', helperInjects) !== undefined);
    if (!/inject|traceparent/i.test(from.text)) return undefined;
    if (built?.node.arguments?.some(injects)) return 'a hook of the client';
    const uses = (indexOf(ts, from.ast).calls.get('use') ?? []).filter((call) => /\binterceptors\??\.request\??\.use$/.test(call.expression.getText(from.ast)));
    return uses.some((call) => call.arguments?.some((argument) => {
      const target = this.#origins.functionOf(argument, from);
      return injects(target?.fn ?? argument) || contains(ts, target?.fn ?? argument, (n) => ts.isStringLiteralLike(n) && carrierKeys.test(n.text));
    })) ? 'an interceptor of the client' : undefined;
  }

  /** `...(meta ? { _meta: meta } : {})`: what the caller gave goes on under that name, where there is any. */
  relayed(value: ts.Expression | undefined, name: string, source: SourceText): boolean {
    const ts = this.#ts;
    const node = value && unwrap(ts, value);
    const object = node && ts.isIdentifier(node) ? this.#origins.values.initializer(node, source)?.node : node;
    if (!object || !ts.isObjectLiteralExpression(unwrap(ts, object))) return false;
    return contains(ts, object, (n) => (ts.isShorthandPropertyAssignment(n) && n.name.text === name)
      || (ts.isPropertyAssignment(n) && propertyName(ts, n.name) === name && !ts.isObjectLiteralExpression(unwrap(ts, n.initializer)) && !isNothing(ts, unwrap(ts, n.initializer))));
  }

  /** A handler that reads the carrier: `propagation.extract`, or a helper that does, in its body or in a decorator. */
  extracted(fn: FunctionNode, source: SourceText): string | undefined {
    return this.#extractsIn(fn, source, helperExtracts, () => false) ?? this.#decorated(fn, source);
  }

  /** `@Traced()` on a method, where the project's own decorator extracts. */
  #decorated(fn: FunctionNode, source: SourceText): string | undefined {
    const ts = this.#ts;
    for (const { expression } of (ts.canHaveDecorators(fn) && ts.getDecorators(fn)) || []) {
      const callee = ts.isCallExpression(expression) ? expression.expression : expression;
      const target = this.#origins.functionOf(callee, source);
      if (target && this.#propagation.inside(target.fn, target.source, 'extract')) return `@${callee.getText(source.ast)}`;
    }
    return undefined;
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
        found = this.#propagation.by(node, source, 'extract', helpers) ?? this.#handsToExtractor(node, source);
      }
      return undefined;
    });
    return found;
  }

  /** A function that makes a context active which came with what it works on: `(item) => context.with(item.context, …)`. */
  attaches(fn: FunctionNode, source: SourceText): string | undefined {
    const ts = this.#ts;
    return this.extracted(fn, source) ?? (contains(ts, fn, (node) => ts.isCallExpression(node) && memberName(ts, node.expression) === 'with'
      && isApi(this.#origins.of((node.expression as ts.PropertyAccessExpression).expression, source), 'context')) ? 'context.with' : undefined);
  }

  /** Whether an expression is a call of one of the helpers that take over the whole boundary (`tracedFetch`, `traceProcessor`). */
  wrapped(expression: ts.Expression, source: SourceText): string | undefined {
    const ts = this.#ts;
    const node = this.#value(expression, source);
    if (ts.isConditionalExpression(node)) {
      const handlers = [node.whenTrue, node.whenFalse].map((branch) => unwrap(ts, branch)).filter((branch) => !isNothing(ts, branch));
      const by = handlers.map((branch) => isFunctionNode(ts, branch) ? this.extracted(branch, source) : this.wrapped(branch, source));
      return by.every(Boolean) ? by[0] : undefined;
    }
    return ts.isCallExpression(node) ? this.#propagation.by(node, source, 'extract', helperExtracts) : undefined;
  }

  /** A call of a helper that takes the boundary's place. */
  replaced(node: ts.Node, source: SourceText, helper: string | undefined): string | undefined {
    return helper !== undefined && this.#ts.isCallExpression(node) && this.#propagation.helper(node, source, new Set([helper]), 'inject') ? helper : undefined;
  }

  /** `this.handler`, where it is given one value only. */
  #fieldValue(node: ts.PropertyAccessExpression, source: SourceText): ts.Expression {
    const ts = this.#ts;
    const owner = enclosingClass(ts, node);
    const declared = owner?.members.flatMap((m) => ts.isPropertyDeclaration(m) && m.initializer && propertyName(ts, m.name) === node.name.text ? [m.initializer] : []) ?? [];
    const assigned = (indexOf(ts, source.ast).fieldAssignments.get(node.name.text) ?? []).filter((a) => enclosingClass(ts, a) === owner).map((a) => a.right);
    const [value, ...others] = [...declared, ...assigned];
    return value && others.length === 0 ? unwrap(ts, value) : node;
  }

  /**
   * What sends a carrier under the key at the end of a property path (`headers.traceparent`), and not just anywhere in the
   * value (a field of the body). `undefined` where it can't be told.
   */
  sentAt(options: ts.Expression | undefined, path: readonly string[], source: SourceText): string | undefined {
    const key = path.at(-1);
    const holders = this.#at(options, path.slice(0, -1), source);
    const found = holders.map((holder) => this.#doesNothing(holder, source) ? undefined : this.injected(holder, source)).find((by) => by !== undefined)
      ?? this.#injectedInto(options, path.slice(0, -1), source);
    return found !== undefined && (!found.startsWith('`') || found.slice(1, -1).toLowerCase() === key) ? found : undefined;
  }

  /** `propagation.inject(context.active(), init.headers)`, `init.headers.traceparent = …`, for a variable that holds the whole. */
  #injectedInto(options: ts.Expression | undefined, path: readonly string[], source: SourceText): string | undefined {
    const ts = this.#ts;
    const variable = options && unwrap(ts, options);
    const declaration = variable && ts.isIdentifier(variable) ? declarationOf(ts, variable) : undefined;
    if (!declaration) return undefined;
    const isHolder = (node: ts.Expression): boolean => {
      let at = unwrap(ts, node);
      for (const name of [...path].reverse()) {
        if (memberName(ts, at) !== name) return false;
        at = unwrap(ts, (at as ts.PropertyAccessExpression).expression);
      }
      return refersTo(ts, at, declaration);
    };
    let found: string | undefined;
    walk(ts, source.ast, (node) => {
      if (found) return false;
      if (ts.isCallExpression(node) && node.arguments.some(isHolder)) found = this.#propagation.by(node, source, 'inject', helperInjects);
      else if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
        const key = memberName(ts, node.left);
        if (key !== undefined && carrierKeys.test(key) && isHolder((node.left as ts.PropertyAccessExpression).expression)) found = `\`${key}\``;
      }
      return undefined;
    });
    return found;
  }

  /** The expressions that a property path of a value may stand for: spreads and variables are followed. */
  #at(value: ts.Expression | undefined, path: readonly string[], source: SourceText, depth = 0): ts.Expression[] {
    if (!value || depth > 4) return [];
    const ts = this.#ts;
    const node = unwrap(ts, value);
    const [first, ...rest] = path;
    if (first === undefined) return [node];
    if (ts.isIdentifier(node)) {
      const declaration = declarationOf(ts, node);
      return declaration && ts.isVariableDeclaration(declaration) ? this.#at(declaration.initializer, path, source, depth + 1) : [];
    }
    if (ts.isConditionalExpression(node)) return [...this.#at(node.whenTrue, path, source, depth + 1), ...this.#at(node.whenFalse, path, source, depth + 1)];
    if (!ts.isObjectLiteralExpression(node)) return [];
    const given = property(ts, node, first);
    if (given) return ts.isPropertyAssignment(given) ? this.#at(given.initializer, rest, source, depth + 1) : ts.isShorthandPropertyAssignment(given) ? this.#at(given.name, rest, source, depth + 1) : [];
    return node.properties.flatMap((part) => ts.isSpreadAssignment(part) ? this.#at(part.expression, path, source, depth + 1) : []);
  }

  /** `processPartialResponse(event, handleRecord, processor)`: a function that is handed on by name, and extracts. */
  #handsToExtractor(call: ts.CallExpression, source: SourceText): string | undefined {
    for (const argument of call.arguments) {
      const target = this.#ts.isIdentifier(argument) ? this.#origins.functionOf(argument, source) : undefined;
      if (target?.fn.body && this.#propagation.inside(target.fn, target.source, 'extract')) return `propagation.extract in ${argument.getText(source.ast)}`;
    }
    return undefined;
  }

  /** `propagation.inject(…, headers)` into a `Headers` without a setter writes nothing. */
  #doesNothing(holder: ts.Expression, source: SourceText): boolean {
    const ts = this.#ts;
    const node = this.#value(holder, source);
    return ts.isNewExpression(node) && ts.isIdentifier(node.expression) && ['Headers', 'Map'].includes(node.expression.text) && !/\.set\(|\bset\s*[:(]|setter/i.test(source.text);
  }

  #value(expression: ts.Expression, source: SourceText): ts.Expression {
    const ts = this.#ts;
    const node = unwrap(ts, expression);
    if (ts.isPropertyAccessExpression(node) && node.expression.kind === ts.SyntaxKind.ThisKeyword) return this.#fieldValue(node, source);
    if (!ts.isIdentifier(node)) return node;
    const declaration = declarationOf(ts, node);
    return declaration && ts.isVariableDeclaration(declaration) && declaration.initializer && declaration.getSourceFile() === source.ast
      ? unwrap(ts, declaration.initializer) : node;
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

/** A variable or parameter of a function around this one: an import holds no captured context. */
function isOutside(ts: Ts, name: ts.Identifier, fn: FunctionNode): boolean {
  const declaration = declarationOf(ts, name);
  return declaration !== undefined && (ts.isVariableDeclaration(declaration) || ts.isParameter(declaration) || ts.isBindingElement(declaration))
    && (declaration.pos < fn.pos || declaration.pos >= fn.end);
}

function refersTo(ts: Ts, node: ts.Expression, declaration: ts.Node): boolean {
  const inner = unwrap(ts, node);
  return ts.isIdentifier(inner) && declarationOf(ts, inner) === declaration;
}

function isNothing(ts: Ts, given: ts.Expression): boolean {
  return given.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(given) && given.text === 'undefined');
}
