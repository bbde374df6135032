import path from 'node:path';

import type { Ts } from '../types.ts';
import { autoNode, autoWeb, autoWebInstrumentations, distributions, instrumentationClasses, isInstrumentation, sentryPerformance, tracerClasses, type Distribution } from './instrumentations.ts';
import { isSourcePath } from './files.ts';

/** What one file says of tracing. */
export interface CoverageFacts {
  /** Instrumentation package to where it is registered. */
  registered: [name: string, evidence: string][];
  /** Uses of auto-instrumentations-node: what each leaves out and puts in. */
  autoNode: { evidence: string; disabled: string[]; enabled: string[] }[];
  tracer: string[];
  /** `OTEL_NODE_DISABLED_INSTRUMENTATIONS` and its opposite. */
  disabledByEnv: string[];
  enabledByEnv: string[] | undefined;
}

type Ast = import('typescript').Node;
type Expression = import('typescript').Expression;
type SourceFile = import('typescript').SourceFile;
type ObjectLiteral = import('typescript').ObjectLiteralExpression;

const words = [
  'registerInstrumentations', 'AutoInstrumentations', 'NodeSDK', 'TracerProvider', 'Instrumentation\\(', 'OTEL_', 'unstable-otel',
  ...new Set(distributions.map((each) => each.package.replace(/^@sentry\/.*/, '@sentry/').replaceAll('.', '\\.'))),
];
const wordPattern = new RegExp(words.join('|'));

/** The cheap test: whether a file's text can say anything of tracing. */
export function mentionsTracing(text: string): boolean {
  return wordPattern.test(text);
}

/** What a file says: source by its syntax, anything else (Dockerfile, .env, compose file, a script of package.json) by its text. */
export function coverageFacts(ts: Ts, file: string, text: string, shown: string): CoverageFacts {
  if (!mentionsTracing(text)) return emptyFacts();
  return isSourcePath(file) ? new SourceFacts(ts, file, text, shown).facts : textFacts(text, shown, file);
}

export function emptyFacts(): CoverageFacts {
  return { registered: [], autoNode: [], tracer: [], disabledByEnv: [], enabledByEnv: undefined };
}

/** Names in `--import x`, `--require x`, `-r x`, also as a JSON array's items, and what the environment switches on. */
export function textFacts(text: string, shown: string, file = shown): CoverageFacts {
  const facts = emptyFacts();
  const isJson = file.endsWith('.json');
  const stated = isJson ? text : text.replaceAll(/(^|\s)#.*$/gm, '$1');
  for (const found of stated.matchAll(/(?<![\w-])(?:--import|--require|--experimental-loader|--loader|-r)(?:["',\s=\\]+)([@\w][\w@./-]*)/g)) {
    started(facts, found[1] as string, `${shown}:${lineOf(stated, found.index)}: ${found[1]}`);
  }
  const list = (name: string): string[] | undefined => {
    const found = new RegExp(String.raw`\b${name}["']?\s*[=:]\s*["']?([\w.,\t -]+)`).exec(stated);
    return found === null ? undefined : (found[1] as string).split(',').map((item) => item.trim()).filter(Boolean).map((item) => `@opentelemetry/instrumentation-${item}`);
  };
  facts.disabledByEnv = list('OTEL_NODE_DISABLED_INSTRUMENTATIONS') ?? [];
  facts.enabledByEnv = list('OTEL_NODE_ENABLED_INSTRUMENTATIONS');
  const deno = /\bOTEL_DENO["']?\s*[=:]\s*["']?(?:true|1)\b|--unstable-otel\b/.exec(stated);
  if (deno !== null) {
    const evidence = `${shown}:${lineOf(stated, deno.index)}: Deno's own`;
    facts.tracer.push(evidence);
    for (const name of ['deno', '@opentelemetry/instrumentation-http', '@opentelemetry/instrumentation-undici']) facts.registered.push([name, evidence]);
  }
  return facts;
}

/** An import, `--import` or `--require` of a specifier that starts a tracer by itself. */
function started(facts: CoverageFacts, specifier: string, evidence: string): void {
  const distribution = distributions.find((each) => each.preloads.includes(specifier));
  if (distribution !== undefined) start(facts, distribution, evidence);
}

function start(facts: CoverageFacts, distribution: Distribution, evidence: string, covers = distribution.covers): void {
  facts.tracer.push(evidence);
  facts.registered.push([distribution.package, evidence]);
  for (const name of covers) facts.registered.push([name, evidence]);
  if (distribution.package === autoNode) facts.autoNode.push({ evidence, disabled: [], enabled: [] });
}

function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let index = text.indexOf('\n'); index !== -1 && index < offset; index = text.indexOf('\n', index + 1)) line++;
  return line;
}

/** What a name stands for: an export (`default` and `*` too) of a module. */
interface Binding {
  module: string;
  name: string;
}

class SourceFacts {
  readonly facts = emptyFacts();
  readonly #ts: Ts;
  readonly #file: SourceFile;
  readonly #shown: string;
  readonly #bindings = new Map<string, Binding>();
  readonly #constants = new Map<string, Expression>();
  readonly #ownClasses = new Set<string>();
  /** Every module that is loaded for its value. */
  readonly #modules = new Set<string>();

  constructor(ts: Ts, file: string, text: string, shown: string) {
    this.#ts = ts;
    this.#shown = shown;
    this.#file = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, false);
    this.#collect(this.#file);
    this.#judge(this.#file);
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
    const loaded = ts.isCallExpression(node) ? this.#loaded(node) : undefined;
    if (loaded !== undefined) {
      this.#modules.add(loaded.module);
      started(this.facts, loaded.module, this.#evidence(node, `loads ${loaded.module}`));
    }
    ts.forEachChild(node, (child) => this.#collect(child));
  }

  #collectImport(node: import('typescript').ImportDeclaration): void {
    const ts = this.#ts;
    const clause = node.importClause;
    if (!ts.isStringLiteral(node.moduleSpecifier) || clause?.isTypeOnly) return;
    const module = node.moduleSpecifier.text;
    this.#modules.add(module);
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

  #judge(node: Ast): void {
    const ts = this.#ts;
    if (ts.isNewExpression(node)) this.#judgeNew(node);
    else if (ts.isCallExpression(node)) this.#judgeCall(node);
    ts.forEachChild(node, (child) => this.#judge(child));
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
    if (name !== undefined && this.#flag(this.#objectOf(node.arguments?.[0]), 'enabled') !== false) this.facts.registered.push([name, evidence]);
  }

  #judgeCall(node: import('typescript').CallExpression): void {
    const callee = this.#calleeOf(node.expression);
    if (callee === undefined) return;
    const evidence = this.#evidence(node, `${callee.name}()`);
    if (callee.name === 'getNodeAutoInstrumentations') {
      this.facts.registered.push([autoNode, evidence]);
      this.facts.autoNode.push({ evidence, ...this.#switches(this.#objectOf(node.arguments[0])) });
    } else if (callee.name === 'getWebAutoInstrumentations') {
      const { disabled } = this.#switches(this.#objectOf(node.arguments[0]));
      this.facts.registered.push([autoWeb, evidence]);
      for (const name of autoWebInstrumentations) if (!disabled.includes(name)) this.facts.registered.push([name, evidence]);
    } else if (callee.name === 'startNodeSDK' && callee.module !== undefined) this.facts.tracer.push(evidence);
    for (const distribution of distributions) {
      if (!distribution.starts.includes(callee.name)) continue;
      // `tracer = dd.default ?? dd; tracer.init()`: a receiver that can't be told, in a file that loads the agent.
      const isIts = callee.module === undefined ? callee.member && this.#modules.has(distribution.package) : callee.module === distribution.package;
      if (isIts) this.#startDistribution(distribution, this.#objectOf(node.arguments[0]), evidence);
    }
  }

  #startDistribution(distribution: Distribution, options: ObjectLiteral | undefined, evidence: string): void {
    if (distribution.package.startsWith('@sentry/')) {
      // With its OpenTelemetry set-up skipped, Sentry leaves tracing to somebody else; in the browser it has none.
      if (this.#flag(options, 'skipOpenTelemetrySetup') === true || /client|browser/.test(path.basename(this.#shown))) return;
      if (this.#flag(options, 'defaultIntegrations') === false) return start(this.facts, distribution, evidence, []);
      const spans = this.#property(options, 'tracesSampleRate') ?? this.#property(options, 'tracesSampler');
      return start(this.facts, distribution, evidence, spans === undefined ? distribution.covers : [...distribution.covers, ...sentryPerformance]);
    }
    if (distribution.package === 'dd-trace' && this.#flag(options, 'plugins') === false) return start(this.facts, distribution, evidence, []);
    if (distribution.package === '@vercel/otel' && !this.#vercelCoversFetch(options)) return start(this.facts, distribution, evidence, []);
    start(this.facts, distribution, evidence);
  }

  /** `instrumentations` replaces Vercel's own, which `'auto'` and `'fetch'` name. */
  #vercelCoversFetch(options: ObjectLiteral | undefined): boolean {
    const ts = this.#ts;
    const given = this.#property(options, 'instrumentations');
    if (given === undefined || !ts.isArrayLiteralExpression(given)) return true;
    return given.elements.some((element) => !ts.isNewExpression(element) && !(ts.isStringLiteralLike(element) && element.text !== 'auto' && element.text !== 'fetch'));
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

  /** `{ '@opentelemetry/instrumentation-x': { enabled: false } }`. */
  #switches(object: ObjectLiteral | undefined): { disabled: string[]; enabled: string[] } {
    const switches: { disabled: string[]; enabled: string[] } = { disabled: [], enabled: [] };
    for (const each of object?.properties ?? []) {
      if (!this.#ts.isPropertyAssignment(each)) continue;
      const on = this.#flag(this.#objectOf(each.initializer), 'enabled');
      const name = this.#nameOf(each.name);
      if (on !== undefined && name !== undefined) switches[on ? 'enabled' : 'disabled'].push(name);
    }
    return switches;
  }

  #nameOf(name: import('typescript').PropertyName): string | undefined {
    const ts = this.#ts;
    return ts.isIdentifier(name) || ts.isStringLiteralLike(name) ? name.text : undefined;
  }

  #evidence(node: Ast, what: string): string {
    const { line } = this.#file.getLineAndCharacterOfPosition(node.getStart(this.#file));
    return `${this.#shown}:${line + 1}: ${what}`;
  }
}

/** The package of an instrumentation's class. */
function instrumentationOf({ name, module }: { name: string; module?: string }): string | undefined {
  if (module !== undefined && !module.startsWith('.')) {
    const packageName = module.split('/').slice(0, module.startsWith('@') ? 2 : 1).join('/');
    if (isInstrumentation(packageName)) return packageName;
  }
  return instrumentationClasses.get(name);
}
