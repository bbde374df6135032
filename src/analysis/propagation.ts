/** Calls that inject or extract: OpenTelemetry's own, the helpers that a repair writes, the project's, seen through their calls. */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { CarryingWords, carryingWords } from './carrying-words.ts';
import { moduleOf } from './declarations.ts';
import type { Origin, Origins } from './origins.ts';
import { declarationOf, enclosingFunction } from './scope.ts';
import type { Neighbours, SourceText } from './source.ts';
import { contains, memberName, propertyName, unwrap, walk, type FunctionNode } from './syntax.ts';

export type Direction = 'inject' | 'extract';

/** Keys under which a trace context travels: W3C's, other vendors' and what people call an object that holds one. */
export const carrierKeys = /^(traceparent|elastic-apm-traceparent|trace-?context|_?otel(context|carrier)?|otel_?trace|propagation_?context|trace_?carrier|telemetrymetadata|b3|x-b3-traceid|sentry-?trace|uber-trace-id|x-datadog-trace-id|x-amzn-trace-id|x-cloud-trace-context)$/i;
/** What a helper out of sight is called that gives headers or a carrier, or writes one. */
const injectorName = /^((get|create|build|make|current|active|with|add|as|to)_?)?(otel|open_?telemetry|trac(e|ing)|traceparent|propagation|distributed_?trac(e|ing))(_?(context|propagation))?_?(headers?|carrier|parent)$|^inject_?(otel|trac(e|ing)|propagation)_?(context|headers?|carrier)?$/i;
/** Helpers are looked into this far: what a helper calls, and what that calls. */
const MAX_CALLS = 2;

/** The project's own helpers, from the configuration: function names, or `module#export`. */
export interface Carriers {
  inject: readonly string[];
  extract: readonly string[];
}

export class Propagation {
  readonly #ts: Ts;
  readonly #origins: Origins;
  readonly #own: Carriers;
  readonly #words: CarryingWords;
  readonly #inside = { inject: new WeakMap<ts.Node, Map<number, boolean>>(), extract: new WeakMap<ts.Node, Map<number, boolean>>() };

  constructor(ts: Ts, origins: Origins, own: Carriers, neighbours?: Neighbours) {
    this.#ts = ts;
    this.#origins = origins;
    this.#own = own;
    this.#words = new CarryingWords(ts, neighbours, [...own.inject, ...own.extract]);
  }

  /** `propagation.inject(…)`, a propagator's, a helper's, or a function of the project that leads to one. */
  by(call: ts.CallExpression, source: SourceText, what: Direction, helpers: ReadonlySet<string>): string | undefined {
    return this.directly(call, source, what) ?? this.helper(call, source, helpers, what) ?? this.#through(call, source, what, 0);
  }

  /** The API or a propagator itself, taken apart or not. */
  directly(call: ts.CallExpression, source: SourceText, what: Direction): string | undefined {
    const callee = unwrap(this.#ts, call.expression);
    if (this.#ts.isIdentifier(callee)) {
      if (!callee.text.toLowerCase().includes(what)) return undefined;
      const origin = this.#origins.of(callee, source);
      return origin?.kind === 'library' && origin.module === '@opentelemetry/api' && origin.name.endsWith(`propagation.${what}`) ? `propagation.${what}` : undefined;
    }
    if (memberName(this.#ts, callee) !== what) return undefined;
    const receiver = this.#origins.of((callee as ts.PropertyAccessExpression).expression, source);
    if (isApi(receiver, 'propagation')) return `propagation.${what}`;
    return receiver?.kind === 'library' && /^@opentelemetry\/(core|propagator-|api$)/.test(receiver.module) ? `propagator.${what}` : undefined;
  }

  /** One of `helpers`, imported from the user's own helper module, or one that the configuration names. */
  helper(call: ts.CallExpression, source: SourceText, helpers: ReadonlySet<string>, what: Direction): string | undefined {
    const ts = this.#ts;
    const callee = unwrap(ts, call.expression);
    const declaration = ts.isIdentifier(callee) ? declarationOf(ts, callee) : undefined;
    const imported = declaration && (ts.isImportSpecifier(declaration) || ts.isBindingElement(declaration)) ? declaration : undefined;
    // `import { processJob as otelProcessJob }`: known by the name that it was given where it was made.
    const name = propertyName(ts, imported?.propertyName) ?? (ts.isIdentifier(callee) ? callee.text : memberName(ts, callee));
    if (name === undefined) return undefined;
    if (this.#own[what].some((entry) => this.#isOwn(entry, name, callee, source))) return name;
    return imported && helpers.has(name) ? name : undefined;
  }

  /** Whether a function's body, or what it calls, injects or extracts. */
  inside(fn: FunctionNode, source: SourceText, what: Direction, depth = 0): boolean {
    let byDepth = this.#inside[what].get(fn);
    if (!byDepth) this.#inside[what].set(fn, byDepth = new Map<number, boolean>());
    let answer = byDepth.get(depth);
    if (answer === undefined) {
      byDepth.set(depth, false); // recursion ends here
      byDepth.set(depth, answer = this.#look(fn, source, what, depth));
    }
    return answer;
  }

  #look(fn: FunctionNode, source: SourceText, what: Direction, depth: number): boolean {
    const ts = this.#ts;
    if (!fn.body) return false;
    return contains(ts, fn.body, (node) => {
      if (what === 'inject' && writesKey(ts, node)) return true;
      return ts.isCallExpression(node) && (this.directly(node, source, what) ?? this.helper(node, source, new Set(), what) ?? this.#through(node, source, what, depth + 1)) !== undefined;
    });
  }

  #through(call: ts.CallExpression, source: SourceText, what: Direction, depth: number): string | undefined {
    const ts = this.#ts;
    if (depth > MAX_CALLS || call.expression.kind === ts.SyntaxKind.SuperKeyword || call.expression.kind === ts.SyntaxKind.ImportKeyword) return undefined;
    const target = this.targetOf(call, source);
    const name = call.expression.getText(source.ast);
    if (target) return this.inside(target.fn, target.source, what, depth) ? `propagation.${what} in ${name}` : undefined;
    // Out of sight, but made by a package or a file for nothing else.
    const callee = unwrap(ts, call.expression);
    const last = ts.isIdentifier(callee) ? callee.text : memberName(ts, callee) ?? '';
    return depth === 0 && what === 'inject' && injectorName.test(last) && isOutOfSight(ts, callee) ? name : undefined;
  }

  /** The function that is called, where it may have to do with a carrier. */
  targetOf(call: ts.CallExpression, source: SourceText): { fn: FunctionNode; source: SourceText } | undefined {
    // What came in a bag is looked for in the whole repo: only where its name is one of tracing.
    if (this.#origins.isOfBag(call.expression) && !carryingWords.test(call.expression.getText(source.ast))) return undefined;
    return this.#words.mayLead(call.expression, source) ? this.#origins.functionOf(call.expression, source) : undefined;
  }

  /** `pkg#fn` is that package's or file's `fn`, by whatever name; `fn` alone is known by its name. */
  #isOwn(entry: string, name: string, callee: ts.Expression, source: SourceText): boolean {
    const [module, wanted] = entry.includes('#') ? entry.split('#') as [string, string] : [undefined, entry];
    if (module === undefined) return wanted === name || wanted === callee.getText(source.ast);
    if (wanted !== name) return false;
    const root = this.#root(callee);
    const declaration = root && declarationOf(this.#ts, root);
    const from = declaration && (this.#ts.isBindingElement(declaration) || this.#ts.isVariableDeclaration(declaration) ? requiredBy(this.#ts, declaration, source) : moduleOf(this.#ts, declaration));
    if (from === undefined) return false;
    const bare = (path: string): string => path.replace(/^(\.{1,2}\/)+/, '').replace(/\.[cm]?[jt]sx?$/, '').replace(/\/index$/, '');
    return from === module || bare(module) === bare(from) || (from.startsWith('.') && bare(module).endsWith(`/${bare(from)}`));
  }

  #root(node: ts.Expression): ts.Identifier | undefined {
    let at = node;
    while (this.#ts.isPropertyAccessExpression(at)) at = unwrap(this.#ts, at.expression);
    return this.#ts.isIdentifier(at) ? at : undefined;
  }
}

/** `const { fn } = require('pkg')` → `pkg`. */
function requiredBy(ts: Ts, declaration: ts.VariableDeclaration | ts.BindingElement, source: SourceText): string | undefined {
  const holder = ts.isBindingElement(declaration) ? declaration.parent.parent : declaration;
  return ts.isVariableDeclaration(holder) && holder.initializer ? /^(?:await\s+)?(?:require|import)\(\s*['"]([^'"]+)['"]/.exec(holder.initializer.getText(source.ast))?.[1] : undefined;
}

/** An import that leads to no function in sight, or a member of one. */
function isOutOfSight(ts: Ts, callee: ts.Expression): boolean {
  const root = ts.isPropertyAccessExpression(callee) ? unwrap(ts, callee.expression) : callee;
  const declaration = ts.isIdentifier(root) ? declarationOf(ts, root) : undefined;
  if (!declaration) return root.kind === ts.SyntaxKind.ThisKeyword || ts.isPropertyAccessExpression(root);
  return !ts.isFunctionDeclaration(declaration) && !(ts.isVariableDeclaration(declaration) && ts.isIdentifier(callee));
}

/** `{ traceparent: … }`, `headers.traceparent = …`, `headers['traceparent'] = …`, `headers.set('traceparent', …)`. */
export function writesKey(ts: Ts, node: ts.Node): boolean {
  if (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) {
    return !ts.isObjectLiteralExpression(node.parent.parent) && carrierKeys.test(propertyName(ts, node.name) ?? '') && isPlainCarrier(propertyName(ts, node.name)!);
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) return carrierKeys.test(memberName(ts, node.left) ?? '') && isPlainCarrier(memberName(ts, node.left)!);
  return keyWritten(ts, node) !== undefined;
}

/** Inside a helper only a header's own name says that it injects; `traceContext` may be anything there. */
function isPlainCarrier(name: string): boolean {
  return /traceparent|^b3$|^x-|sentry-trace|uber-trace-id/i.test(name);
}

/** The header that `headers.set('traceparent', …)`, `.append(…)` or `req.setHeader(…)` writes. */
export function keyWritten(ts: Ts, node: ts.Node): string | undefined {
  if (!ts.isCallExpression(node) || !/^(set|add|append|setHeader|setRequestHeader|header)$/.test(memberName(ts, node.expression) ?? '')) return undefined;
  const [key] = node.arguments;
  return node.arguments.length > 1 && key && ts.isStringLiteralLike(key) && carrierKeys.test(key.text) ? key.text : undefined;
}

export function isApi(origin: Origin | undefined, name: string): boolean {
  return origin?.kind === 'library' && origin.module === '@opentelemetry/api' && (origin.name === name || origin.name === `default.${name}`);
}

/** What the functions around a node leave to look through for writes to a variable that is declared there. */
export function scopeOf(ts: Ts, declaration: ts.Node, source: SourceText): ts.Node {
  return enclosingFunction(ts, declaration) ?? source.ast;
}

/** The expressions that a function's body gives back. */
export function returnsOf(ts: Ts, fn: FunctionNode): ts.Expression[] {
  const { body } = fn;
  if (!body) return [];
  if (!ts.isBlock(body)) return [body];
  const found: ts.Expression[] = [];
  walk(ts, body, (node) => {
    if (ts.isFunctionLike(node)) return false;
    if (ts.isReturnStatement(node) && node.expression) found.push(node.expression);
    return undefined;
  });
  return found;
}
