import path from 'node:path';

import type { Ts } from '../types.ts';
import { emptyFacts, start, started, textFacts, type CoverageFacts, type Registration } from './coverage-facts.ts';
import { distributions, sentryPerformance, tracerClasses, type Distribution } from './distributions.ts';
import { autoNode, autoWeb, autoWebInstrumentations, instrumentationClasses, instrumentationMakers, isInstrumentation, otel } from './instrumentations.ts';

type Ast = import('typescript').Node;
type Expression = import('typescript').Expression;
type SourceFile = import('typescript').SourceFile;
type ObjectLiteral = import('typescript').ObjectLiteralExpression;

/** Those that send nothing to another origin unless they are told to. */
const crossOrigin: ReadonlySet<string> = new Set([otel('fetch'), otel('xml-http-request')]);
/** Hooks by which an instrumentation leaves requests alone. */
const ignores = ['ignoreRequestHook', 'ignoreOutgoingRequestHook', 'ignoreUrls'];
const nodeArguments: ReadonlySet<string> = new Set(['node_args', 'nodeArgs', 'interpreter_args', 'interpreterArgs', 'execArgv', 'NODE_OPTIONS']);

/** What a name stands for: an export (`default` and `*` too) of a module. */
interface Binding {
  module: string;
  name: string;
}

/** What a source file says of tracing, by its syntax. */
export class SourceFacts {
  readonly facts: CoverageFacts = emptyFacts();
  readonly #ts: Ts;
  readonly #file: SourceFile;
  readonly #shown: string;
  readonly #bindings = new Map<string, Binding>();
  readonly #constants = new Map<string, Expression>();
  readonly #ownClasses = new Set<string>();
  /** Every module that is loaded for its value. */
  readonly #modules = new Set<string>();
  /** What is judged once all names are known. */
  readonly #telling: (import('typescript').NewExpression | import('typescript').CallExpression | import('typescript').PropertyAssignment)[] = [];

  constructor(ts: Ts, file: string, text: string, shown: string) {
    this.#ts = ts;
    this.#shown = shown;
    // TypeScript before 5.3 has no such mode; nothing here is told by doc comments.
    const jsDocParsingMode = (ts.JSDocParsingMode as typeof ts.JSDocParsingMode | undefined)?.ParseNone;
    this.#file = ts.createSourceFile(file, text, { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode }, false);
    this.#collect(this.#file);
    for (const node of this.#telling) this.#judge(node);
  }

  #collect(node: Ast): void {
    const ts = this.#ts;
    if (ts.isImportDeclaration(node)) this.#collectImport(node);
    else if (ts.isClassDeclaration(node) && node.name) this.#ownClasses.add(node.name.text);
    else if (ts.isVariableDeclaration(node) && node.initializer) {
      const module = this.#loaded(node.initializer);
      if (module !== undefined) this.#bind(node.name, module);
      else if (ts.isIdentifier(node.name)) this.#constants.set(node.name.text, node.initializer);
    }
    if (ts.isNewExpression(node) || ts.isCallExpression(node) || ts.isPropertyAssignment(node)) this.#telling.push(node);
    const loaded = ts.isCallExpression(node) ? this.#loaded(node) : undefined;
    if (loaded !== undefined) {
      this.#loads(loaded.module);
      started(this.facts, loaded.module, this.#evidence(node, `loads ${loaded.module}`));
    }
    ts.forEachChild(node, (child) => this.#collect(child));
  }

  #collectImport(node: import('typescript').ImportDeclaration): void {
    const ts = this.#ts;
    const clause = node.importClause;
    if (!ts.isStringLiteral(node.moduleSpecifier) || clause?.isTypeOnly) return;
    const module = node.moduleSpecifier.text;
    this.#loads(module);
    started(this.facts, module, this.#evidence(node, `imports ${module}`));
    if (clause?.name) this.#bindings.set(clause.name.text, { module, name: 'default' });
    const named = clause?.namedBindings;
    if (named && ts.isNamespaceImport(named)) this.#bindings.set(named.name.text, { module, name: '*' });
    else if (named) {
      for (const element of named.elements) {
        if (!element.isTypeOnly) this.#bindings.set(element.name.text, { module, name: (element.propertyName ?? element.name).text });
      }
    }
  }

  #loads(module: string): void {
    this.#modules.add(module);
    const name = packageOf(module);
    if (isInstrumentation(name) || name === autoNode || name === autoWeb) this.facts.loaded.push(name);
  }

  /** The module that `require('m')`, `await import('m')` or a member of one stands for. */
  #loaded(expression: Expression): Binding | undefined {
    const ts = this.#ts;
    const inner = ts.skipPartiallyEmittedExpressions(this.#bare(expression));
    if (ts.isAwaitExpression(inner)) return this.#loaded(inner.expression);
    if (ts.isPropertyAccessExpression(inner)) {
      const from = this.#loaded(inner.expression);
      return from && { module: from.module, name: inner.name.text === 'default' ? '*' : inner.name.text };
    }
    if (!ts.isCallExpression(inner)) return undefined;
    const isLoad = inner.expression.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(inner.expression) && inner.expression.text === 'require');
    const [argument] = inner.arguments;
    return isLoad && argument && ts.isStringLiteralLike(argument) ? { module: argument.text, name: '*' } : undefined;
  }

  /** Without parentheses, `as` and `!`. */
  #bare(expression: Expression): Expression {
    const ts = this.#ts;
    let inner = expression;
    while (ts.isParenthesizedExpression(inner) || ts.isAsExpression(inner) || ts.isNonNullExpression(inner) || ts.isSatisfiesExpression(inner)) inner = inner.expression;
    return inner;
  }

  #bind(name: import('typescript').BindingName, from: Binding): void {
    const ts = this.#ts;
    if (ts.isIdentifier(name)) this.#bindings.set(name.text, from);
    else if (ts.isObjectBindingPattern(name)) {
      for (const element of name.elements) {
        const exported = element.propertyName ?? element.name;
        if (ts.isIdentifier(element.name) && ts.isIdentifier(exported)) this.#bindings.set(element.name.text, { module: from.module, name: exported.text });
      }
    }
  }

  #judge(node: import('typescript').NewExpression | import('typescript').CallExpression | import('typescript').PropertyAssignment): void {
    const ts = this.#ts;
    if (ts.isNewExpression(node)) this.#judgeNew(node);
    else if (ts.isCallExpression(node)) this.#judgeCall(node);
    else this.#judgeArguments(node);
  }

  #judgeNew(node: import('typescript').NewExpression): void {
    const callee = this.#calleeOf(node.expression);
    if (callee === undefined || (callee.module === undefined && this.#ownClasses.has(callee.name))) return;
    const evidence = this.#evidence(node, `new ${callee.name}()`);
    if (tracerClasses.has(callee.name)) this.facts.tracer.push(evidence);
    const distribution = distributions.find((each) => each.constructs?.includes(callee.name) && (callee.module === undefined || callee.module === each.package));
    if (distribution !== undefined) start(this.facts, distribution, evidence);
    // An instrumentation is on from its construction, unless it is told not to be.
    const name = instrumentationOf(callee);
    if (name !== undefined) this.#register(name, evidence, node.arguments?.[0]);
  }

  #register(name: string, evidence: string, config: Expression | undefined): void {
    const options = this.#objectOf(config);
    if (this.#flag(options, 'enabled') === false) return;
    const registration: Registration = { name, evidence };
    const unknown = config !== undefined && options === undefined;
    if (crossOrigin.has(name) && !unknown && !this.#sets(options, 'propagateTraceHeaderCorsUrls')) registration.idle = 'it sends nothing to another origin without `propagateTraceHeaderCorsUrls`';
    if (unknown || this.#leavesOut(options)) registration.partly = true;
    this.facts.registered.push(registration);
  }

  /** What a process manager passes to node: `node_args: '-r newrelic'`, `env: { NODE_OPTIONS: '…' }`. */
  #judgeArguments({ name, initializer }: import('typescript').PropertyAssignment): void {
    const ts = this.#ts;
    if (!nodeArguments.has(this.#nameOf(name) ?? '')) return;
    const given = this.#bare(initializer);
    const parts = ts.isArrayLiteralExpression(given) ? given.elements.filter((each) => ts.isStringLiteralLike(each)).map((each) => each.text) : ts.isStringLiteralLike(given) ? [given.text] : [];
    if (parts.length === 0) return;
    const { line } = this.#file.getLineAndCharacterOfPosition(given.getStart(this.#file));
    const { registered, tracer, autoNode: uses } = textFacts('\n'.repeat(line) + parts.join(' '), this.#shown, 'arguments');
    this.facts.registered.push(...registered);
    this.facts.tracer.push(...tracer);
    this.facts.autoNode.push(...uses);
  }

  #judgeCall(node: import('typescript').CallExpression): void {
    const callee = this.#calleeOf(node.expression);
    if (callee === undefined) return;
    const evidence = this.#evidence(node, `${callee.name}()`);
    const made = instrumentationMakers.get(callee.name);
    if (made !== undefined) this.#register(made, evidence, node.arguments[0]);
    if (callee.name === 'getNodeAutoInstrumentations') {
      this.facts.registered.push({ name: autoNode, evidence });
      this.facts.autoNode.push({ evidence, ...this.#switches(this.#objectOf(node.arguments[0])) });
    } else if (callee.name === 'getWebAutoInstrumentations') {
      const options = this.#objectOf(node.arguments[0]);
      const isUnknown = options === undefined && node.arguments.length > 0;
      this.facts.registered.push({ name: autoWeb, evidence });
      for (const name of autoWebInstrumentations) this.#register(name, evidence, isUnknown ? node.arguments[0] : this.#property(options, name));
    } else if (callee.name === 'startNodeSDK' && callee.module !== undefined) this.facts.tracer.push(evidence);
    for (const distribution of distributions) {
      if (!distribution.starts.includes(callee.name)) continue;
      // `tracer = dd.default ?? dd; tracer.init()`: a receiver that can't be told, in a file that loads the agent.
      const isIts = callee.module === undefined ? callee.member && this.#modules.has(distribution.package) : callee.module === distribution.package;
      if (isIts) this.#startDistribution(distribution, node.arguments[0], evidence);
    }
  }

  #startDistribution(distribution: Distribution, argument: Expression | undefined, evidence: string): void {
    const options = this.#objectOf(argument);
    if (distribution.package.startsWith('@sentry/')) {
      // With its OpenTelemetry set-up skipped, Sentry leaves tracing to somebody else; in the browser it has none.
      if (this.#flag(options, 'skipOpenTelemetrySetup') === true || /client|browser/.test(path.basename(this.#shown))) return;
      if (this.#flag(options, 'defaultIntegrations') === false) return start(this.facts, distribution, evidence, []);
      const targets = this.#property(options, 'tracePropagationTargets');
      if (targets && this.#ts.isArrayLiteralExpression(targets) && targets.elements.length === 0) return start(this.facts, distribution, evidence, [], '`tracePropagationTargets` is empty: Sentry sends nothing');
      const spans = this.#property(options, 'tracesSampleRate') ?? this.#property(options, 'tracesSampler');
      return start(this.facts, distribution, evidence, spans === undefined ? distribution.covers : [...distribution.covers, ...sentryPerformance]);
    }
    if (distribution.package === 'dd-trace' && this.#flag(options, 'plugins') === false) return start(this.facts, distribution, evidence, []);
    if (distribution.package === '@vercel/otel') {
      const fetch = this.#vercelFetch(argument);
      if (fetch !== 'on') return start(this.facts, distribution, evidence, [], fetch === 'idle' ? 'it sends nothing to another host without `instrumentationConfig.fetch.propagateContextUrls`' : undefined);
    }
    start(this.facts, distribution, evidence);
  }

  /** Vercel's own fetch sends the context to the deployment itself, and to what `propagateContextUrls` names; an own list replaces it. */
  #vercelFetch(argument: Expression | undefined): 'on' | 'idle' | 'off' {
    const ts = this.#ts;
    const options = this.#objectOf(argument);
    if (options === undefined) return argument === undefined || ts.isStringLiteralLike(this.#bare(argument)) ? 'idle' : 'on';
    const given = this.#property(options, 'instrumentations');
    const replaced = given !== undefined && ts.isArrayLiteralExpression(given)
      && given.elements.every((element) => ts.isNewExpression(element) || (ts.isStringLiteralLike(element) && element.text !== 'auto' && element.text !== 'fetch'));
    if (replaced) return 'off';
    const config = this.#property(options, 'instrumentationConfig');
    const fetch = config && this.#property(this.#objectOf(config), 'fetch');
    const isUnknown = (config === undefined && this.#sets(options, 'instrumentationConfig')) || [config, fetch].some((each) => each !== undefined && this.#objectOf(each) === undefined);
    return isUnknown || this.#sets(this.#objectOf(fetch), 'propagateContextUrls') ? 'on' : 'idle';
  }

  #calleeOf(expression: Expression): { name: string; module?: string; member?: boolean } | undefined {
    const ts = this.#ts;
    const inner = this.#bare(expression);
    if (ts.isIdentifier(inner)) {
      const binding = this.#bindings.get(inner.text);
      return binding ? { name: binding.name === '*' || binding.name === 'default' ? inner.text : binding.name, module: binding.module } : { name: inner.text };
    }
    if (!ts.isPropertyAccessExpression(inner)) return undefined;
    const name = inner.name.text;
    const receiver = this.#bare(inner.expression);
    const module = ts.isIdentifier(receiver) ? this.#bindings.get(receiver.text)?.module : this.#loaded(receiver)?.module;
    return { name, member: true, ...(module === undefined ? {} : { module }) };
  }

  /** The object literal that an argument is, straight or by one constant of the file. */
  #objectOf(argument: Expression | undefined): ObjectLiteral | undefined {
    const ts = this.#ts;
    if (argument === undefined) return undefined;
    const inner = this.#bare(argument);
    if (ts.isObjectLiteralExpression(inner)) return inner;
    const constant = ts.isIdentifier(inner) ? this.#constants.get(inner.text) : undefined;
    const value = constant && this.#bare(constant);
    return value && ts.isObjectLiteralExpression(value) ? value : undefined;
  }

  #property(object: ObjectLiteral | undefined, name: string): Expression | undefined {
    return object?.properties.filter((each) => this.#ts.isPropertyAssignment(each)).find((each) => this.#nameOf(each.name) === name)?.initializer;
  }

  #flag(object: ObjectLiteral | undefined, name: string): boolean | undefined {
    const kind = this.#property(object, name)?.kind;
    if (kind === this.#ts.SyntaxKind.FalseKeyword) return false;
    return kind === this.#ts.SyntaxKind.TrueKeyword ? true : undefined;
  }

  /** Whether an object has a property, be it by shorthand or, for all that can be told, in a spread. */
  #sets(object: ObjectLiteral | undefined, name: string): boolean {
    return object?.properties.some((each) => this.#ts.isSpreadAssignment(each) || this.#nameOf(each.name) === name) ?? false;
  }

  /** Whether some requests, or none at all, may be left alone: which can't be told. */
  #leavesOut(options: ObjectLiteral | undefined): boolean {
    return ignores.some((hook) => this.#sets(options, hook)) || (this.#sets(options, 'enabled') && this.#flag(options, 'enabled') !== true);
  }

  /** `{ '@opentelemetry/instrumentation-x': { enabled: false } }`. */
  #switches(object: ObjectLiteral | undefined): { disabled: string[]; enabled: string[]; partly: string[] } {
    const switches: { disabled: string[]; enabled: string[]; partly: string[] } = { disabled: [], enabled: [], partly: [] };
    for (const each of object?.properties ?? []) {
      if (!this.#ts.isPropertyAssignment(each)) continue;
      const options = this.#objectOf(each.initializer);
      const on = this.#flag(options, 'enabled');
      const name = this.#nameOf(each.name);
      if (name === undefined) continue;
      if (on !== undefined) switches[on ? 'enabled' : 'disabled'].push(name);
      if (options === undefined || this.#leavesOut(options)) switches.partly.push(name);
    }
    return switches;
  }

  #nameOf(name: import('typescript').PropertyName | undefined): string | undefined {
    const ts = this.#ts;
    return name && (ts.isIdentifier(name) || ts.isStringLiteralLike(name)) ? name.text : undefined;
  }

  #evidence(node: Ast, what: string): string {
    const { line } = this.#file.getLineAndCharacterOfPosition(node.getStart(this.#file));
    return `${this.#shown}:${line + 1}: ${what}`;
  }
}

/** The package of an instrumentation's class. */
function instrumentationOf({ name, module }: { name: string; module?: string }): string | undefined {
  if (module !== undefined && !module.startsWith('.') && isInstrumentation(packageOf(module))) return packageOf(module);
  return instrumentationClasses.get(name);
}

function packageOf(module: string): string {
  return module.split('/').slice(0, module.startsWith('@') ? 2 : 1).join('/');
}
