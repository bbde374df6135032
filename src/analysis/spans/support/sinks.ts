/** Where attributes and baggage entries are written: on OpenTelemetry's spans, their events and options, and its baggage. */
import type ts from 'typescript';
import { attributeNames } from '../../../conventions/sensitive.ts';
import { genAiAttributes } from '../../../conventions/gen-ai.ts';
import { calledName, callersIn, passedTo } from '../../callers.ts';
import { constantOf } from '../../constants.ts';
import { indexOf } from '../../file-index.ts';
import type { Origin } from '../../origins.ts';
import { returnsOf } from '../../propagation.ts';
import { declarationOf, enclosingFunction } from '../../scope.ts';
import type { SourceText } from '../../source.ts';
import { calleeToken, contains, isFunctionNode, memberName, property, propertyName, propertyValue, unwrap, walk, type FunctionNode } from '../../syntax.ts';
import type { CheckedFile } from './check.ts';
import { isHandedSpan, isHooked } from './handed-spans.ts';
import { isApiMember, isSpan, literalOf, startOf } from './tracers.ts';

/** One name and its value. */
export interface Entry {
  /** As far as it is known; `*` for what is not. */
  key: string;
  value: ts.Expression;
  /** Where the name is written. */
  place: ts.Node;
}

export interface Sink {
  what: 'attribute' | 'option' | 'event' | 'baggage';
  call: ts.CallExpression;
  /** The callee's own name. */
  token: ts.Node;
  /** The span, or the baggage. */
  receiver: ts.Expression | undefined;
  entries: Entry[];
}

type File = Pick<CheckedFile, 'ts' | 'source' | 'origins'>;

const known = new WeakMap<ts.SourceFile, Sink[]>();

/** Every place of a file that writes attributes or baggage. */
export function sinksOf(file: File): Sink[] {
  const { ast } = file.source;
  let sinks = known.get(ast);
  if (!sinks) known.set(ast, sinks = new Sinks(file).all());
  return sinks;
}

class Sinks {
  readonly #file: File;

  constructor(file: File) {
    this.#file = file;
  }

  all(): Sink[] {
    const { ts, source } = this.#file;
    const { calls, properties } = indexOf(ts, source.ast);
    const named = (names: readonly string[]): ts.CallExpression[] => names.flatMap((name) => (calls.get(name) ?? []).filter((call) => ts.isCallExpression(call)));
    const found = [
      ...named(['setAttribute', 'setAttributes', 'addEvent']).flatMap((call) => this.#onSpan(call)),
      ...named(['startSpan', 'startActiveSpan']).flatMap((call) => this.#started(call)),
      ...this.#helped(properties.get('attributes') ?? []),
      ...this.#handed(calls),
      ...named(['setEntry', 'createBaggage']).flatMap((call) => this.#baggage(call)),
    ];
    return found.sort((a, b) => a.call.pos - b.call.pos);
  }

  #onSpan(call: ts.CallExpression): Sink[] {
    const { ts } = this.#file;
    const member = memberName(ts, call.expression);
    if (member === undefined) return [];
    const receiver = (call.expression as ts.PropertyAccessExpression).expression;
    const [first, second] = call.arguments;
    if (!first || !(this.isSpan(receiver) || (member !== 'addEvent' && this.#speaksOfModels(receiver, first)))) return [];
    const sink = { call, token: calleeToken(ts, call), receiver };
    if (member === 'setAttribute') return second ? [{ ...sink, what: 'attribute', entries: [{ key: this.#key(first), value: second, place: first }] }] : [];
    if (member === 'setAttributes') return [{ ...sink, what: 'attribute', entries: this.entriesOf(first) }];
    return second ? [{ ...sink, what: 'event', entries: this.entriesOf(second) }] : [];
  }

  #started(call: ts.CallExpression): Sink[] {
    const { ts, source, origins } = this.#file;
    const start = startOf(ts, origins, call, source);
    const attributes = start && this.#attributesIn(start.options);
    return attributes ? [{ what: 'option', call, token: calleeToken(ts, call), receiver: undefined, entries: this.entriesOf(attributes) }] : [];
  }

  /** `withSpan('name', { attributes: {…} }, fn)`: a function of the repo that starts the span. */
  #helped(attributes: readonly ts.Expression[]): Sink[] {
    const { ts, source, origins } = this.#file;
    return attributes.flatMap((value): Sink[] => {
      let at: ts.Node = value.parent.parent;
      while (ts.isParenthesizedExpression(at.parent) || ts.isAsExpression(at.parent) || ts.isSatisfiesExpression(at.parent)) at = at.parent;
      const call = at.parent;
      if (!call || !ts.isCallExpression(call) || !call.arguments.includes(at as ts.Expression)) return [];
      if (/^start(Active)?Span$/.test(memberName(ts, call.expression) ?? '') && startOf(ts, origins, call, source)) return [];
      if (!mayStartSpan(ts, call)) return [];
      const target = origins.functionOf(call.expression, source);
      if (!target?.fn.body || !startsSpan(this.#file, target.fn, target.source)) return [];
      return [{ what: 'option', call, token: calleeToken(ts, call), receiver: undefined, entries: this.entriesOf(value) }];
    });
  }

  /** `withSpan('name', { 'user.email': email }, fn)`: a function of the repo that puts what it is handed on its span. */
  #handed(calls: ReadonlyMap<string, readonly ts.Node[]>): Sink[] {
    const { ts, source, origins } = this.#file;
    const helpers = [...calls].filter(([name]) => /span|trac(e|ing)/i.test(name)).flatMap(([name, found]) => found.map((call) => ({ name, call })));
    return helpers.flatMap(({ name, call }): Sink[] => {
      if (!ts.isCallExpression(call)) return [];
      const given = call.arguments.map((argument) => unwrap(ts, argument)).filter((argument) => ts.isObjectLiteralExpression(argument));
      // `createTrace({ userId })` may be of anything; attributes have dots in their names.
      if (!given.some((literal) => (/span/i.test(name) ? literal.properties.length > 0 : isNamedLikeAttributes(ts, literal))) || startOf(ts, origins, call, source)) return [];
      const target = origins.functionOf(call.expression, source);
      if (!target?.fn.body) return [];
      const written = given.filter((literal) => putsOnSpan(this.#file, target.fn, target.source, call.arguments.findIndex((argument) => unwrap(ts, argument) === literal)));
      return written.map((literal) => ({ what: 'option', call, token: calleeToken(ts, call), receiver: undefined, entries: this.entriesOf(literal) }));
    });
  }

  #baggage(call: ts.CallExpression): Sink[] {
    const { ts, source, origins } = this.#file;
    const member = memberName(ts, call.expression);
    const token = calleeToken(ts, call);
    if (member === 'setEntry') {
      const receiver = (call.expression as ts.PropertyAccessExpression).expression;
      const [key, entry] = call.arguments;
      if (!key || !entry || !isBaggage(origins.ofTyped(receiver, source))) return [];
      const value = this.#entryValue(entry);
      return [{ what: 'baggage', call, token, receiver, entries: value ? [{ key: this.#key(key), value, place: key }] : [] }];
    }
    const [given] = call.arguments;
    if (!given || !isApiMember(origins.of(call.expression, source), 'propagation.createBaggage')) return [];
    const entries = this.entriesOf(given).flatMap((entry): Entry[] => {
      const value = this.#entryValue(entry.value);
      return value ? [{ ...entry, value }] : [];
    });
    return [{ what: 'baggage', call, token, receiver: undefined, entries }];
  }

  /** The `value` of a baggage entry. */
  #entryValue(entry: ts.Expression): ts.Expression | undefined {
    const { ts, source, origins } = this.#file;
    const literal = literalOf(ts, origins, entry, source);
    return literal && propertyValue(ts, literal, 'value');
  }

  #attributesIn(options: ts.Expression | undefined): ts.Expression | undefined {
    const { ts, source, origins } = this.#file;
    const literal = literalOf(ts, origins, options, source);
    return literal && literal.getSourceFile() === source.ast ? propertyValue(ts, literal, 'attributes') : undefined;
  }

  isSpan(expression: ts.Expression): boolean {
    const { ts, source, origins } = this.#file;
    const origin = origins.ofTyped(expression, source);
    if (isSpan(origin) || isHooked(origin)) return true;
    const node = unwrap(ts, expression);
    const declaration = ts.isIdentifier(node) ? declarationOf(ts, node) : undefined;
    return declaration !== undefined && ts.isParameter(declaration) && !declaration.type && isHandedSpan(this.#file, declaration);
  }

  /** Where nothing tells what the receiver is, the conventions' own namespace does: `this.spans.get(id).setAttribute('gen_ai.system', …)`. */
  #speaksOfModels(receiver: ts.Expression, first: ts.Expression): boolean {
    const { ts, source, origins } = this.#file;
    const node = unwrap(ts, first);
    const names = ts.isObjectLiteralExpression(node) ? node.properties.flatMap((part) => (part.name && ts.isStringLiteral(part.name) ? part.name.text : [])) : [ts.isStringLiteralLike(node) ? node.text : ''];
    return names.some((name) => /^(gen_ai|mcp)\./.test(name)) && origins.ofTyped(receiver, source) === undefined;
  }

  /** What an object of attributes holds, as far as this file tells. */
  entriesOf(expression: ts.Expression, depth = 0): Entry[] {
    const { ts, source, origins } = this.#file;
    const node = unwrap(ts, expression);
    if (depth > 6) return [];
    const again = (n: ts.Expression): Entry[] => this.entriesOf(n, depth + 1);
    if (ts.isObjectLiteralExpression(node)) return node.properties.flatMap((p) => this.#written(p, again));
    if (ts.isConditionalExpression(node)) return [...again(node.whenTrue), ...again(node.whenFalse)];
    if (ts.isBinaryExpression(node)) {
      const { AmpersandAmpersandToken, BarBarToken, QuestionQuestionToken } = ts.SyntaxKind;
      if (node.operatorToken.kind === AmpersandAmpersandToken) return again(node.right);
      return [BarBarToken, QuestionQuestionToken].includes(node.operatorToken.kind) ? [...again(node.left), ...again(node.right)] : [];
    }
    if (ts.isIdentifier(node)) return this.#variable(node, again);
    if (!ts.isCallExpression(node)) return [];
    // `definedOnly({ … })`, and a function of this file that makes the object.
    const given = node.arguments.flatMap((argument) => (ts.isObjectLiteralExpression(unwrap(ts, argument)) ? again(argument).filter(({ key, place }) => key.includes('.') || ts.isComputedPropertyName(place)) : []));
    const target = origins.functionOf(node.expression, source);
    const made = target?.source === source ? returnsOf(ts, target.fn).flatMap(again) : [];
    return [...given, ...made];
  }

  #variable(name: ts.Identifier, again: (n: ts.Expression) => Entry[]): Entry[] {
    const { ts } = this.#file;
    const declaration = declarationOf(ts, name);
    if (!declaration || !(ts.isVariableDeclaration(declaration) || ts.isParameter(declaration)) || !ts.isIdentifier(declaration.name)) return [];
    const begun = ts.isParameter(declaration) ? this.#given(declaration) : declaration.initializer ? [declaration.initializer] : [];
    return [...begun.flatMap(again), ...this.#put(declaration, again)];
  }

  /** What the callers in this file give a parameter. */
  #given(parameter: ts.ParameterDeclaration): ts.Expression[] {
    const { ts, source, origins } = this.#file;
    const fn = parameter.parent;
    return callersIn(ts, origins, fn, source, [calledName(ts, fn)], false).flatMap((caller) => {
      const passed = passedTo(ts, origins, caller, parameter, []);
      return passed && enclosingFunction(ts, caller.call) !== fn ? [passed.node] : [];
    });
  }

  /** What is written into an object of attributes after it was made: `attributes['user.email'] = …`, `Object.assign(attributes, more)`, `addUsage(attributes)`. */
  #put(declaration: ts.VariableDeclaration | ts.ParameterDeclaration, again: (n: ts.Expression) => Entry[], depth = 0): Entry[] {
    const { ts, source, origins } = this.#file;
    const isIt = (node: ts.Node | undefined): boolean => node !== undefined && ts.isIdentifier(node) && declarationOf(ts, node) === declaration;
    const entries: Entry[] = [];
    walk(ts, (ts.isParameter(declaration) ? declaration.parent : enclosingFunction(ts, declaration)) ?? source.ast, (node) => {
      if (ts.isCallExpression(node)) {
        const at = node.arguments.findIndex(isIt);
        if (at < 0) return;
        if (at === 0 && node.expression.getText(source.ast) === 'Object.assign') return void entries.push(...node.arguments.slice(1).flatMap(again));
        const target = depth === 0 ? origins.functionOf(node.expression, source) : undefined;
        const parameter = target?.source === source ? target.fn.parameters[at] : undefined;
        if (parameter && ts.isIdentifier(parameter.name)) entries.push(...this.#put(parameter, again, 1));
        return;
      }
      if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return;
      const { left } = node;
      if (!(ts.isElementAccessExpression(left) || ts.isPropertyAccessExpression(left)) || !isIt(left.expression)) return;
      const place = ts.isPropertyAccessExpression(left) ? left.name : left.argumentExpression;
      entries.push({ key: ts.isPropertyAccessExpression(left) ? left.name.text : this.#key(left.argumentExpression), value: node.right, place });
    });
    return entries;
  }

  #written(p: ts.ObjectLiteralElementLike, again: (n: ts.Expression) => Entry[]): Entry[] {
    const { ts } = this.#file;
    if (ts.isSpreadAssignment(p)) return again(p.expression);
    if (ts.isShorthandPropertyAssignment(p)) return [{ key: p.name.text, value: p.name, place: p.name }];
    if (!ts.isPropertyAssignment(p)) return [];
    const key = ts.isComputedPropertyName(p.name) ? this.#key(p.name.expression) : propertyName(ts, p.name) ?? '*';
    return [{ key, value: p.initializer, place: p.name }];
  }

  /** What a package's constant stands for, as far as its own name tells: `ATTR_GEN_AI_INPUT_MESSAGES`, `SpanAttributes.LLM_PROMPTS`. */
  #published(expression: ts.Expression): string | undefined {
    const { ts, source, origins } = this.#file;
    const node = unwrap(ts, expression);
    const origin = ts.isIdentifier(node) || ts.isPropertyAccessExpression(node) ? origins.of(node, source) : undefined;
    if (origin?.kind !== 'library' || origin.instance) return undefined;
    const name = origin.name.split('.').at(-1)!.replace(/^(ATTR|SEMATTRS|SEMRESATTRS)_/, '');
    const known = byConstant.get(constantName(name));
    if (known !== undefined) return known;
    // Of the conventions themselves, and not among those that are sensitive.
    if (origin.module.startsWith('@opentelemetry/semantic-conventions')) return `otel.${name.toLowerCase()}`;
    if (!/^[A-Z][A-Z0-9_]+$/.test(name)) return undefined;
    const [, namespace, rest] = /^(GEN_AI|MCP)_(\w+)$/.exec(name) ?? [];
    return namespace === undefined ? name.toLowerCase().replaceAll('_', '.') : `${namespace.toLowerCase()}.${rest!.toLowerCase()}`;
  }

  #key(expression: ts.Expression): string {
    const { ts, source, origins } = this.#file;
    const { text } = constantOf(ts, origins, expression, source);
    return text === '*' ? this.#published(expression) ?? text : text;
  }
}

/** Names that the conventions define, by what their packages call them: `GEN_AI_INPUT_MESSAGES`. */
const byConstant = new Map([...Object.values(attributeNames).flat(), ...genAiAttributes].filter((name) => !name.includes('*')).map((name) => [constantName(name), name]));

function constantName(name: string): string {
  return name.replace(/[^A-Za-z0-9]+/g, '_').toUpperCase();
}

function isBaggage(origin: Origin | undefined): boolean {
  return origin?.kind === 'library' && origin.instance && origin.module === '@opentelemetry/api'
    && /(^|\.)(createBaggage|getBaggage|getActiveBaggage|Baggage|setEntry|removeEntry|removeEntries|clear)$/.test(origin.name);
}

/** Whether a helper may be one that starts a span, before its file is looked for: `attributes` is many a function's option. */
function mayStartSpan(ts: File['ts'], call: ts.CallExpression): boolean {
  return /span|trac|instrument|telemetry|observ|otel|measure|monitor/i.test(call.expression.getText()) || call.arguments.some((argument) => isFunctionNode(ts, unwrap(ts, argument)));
}

const starters = new WeakMap<ts.Node, boolean>();

/** Whether a function of the repo starts a span of OpenTelemetry, itself or through one more call. */
function startsSpan(file: File, fn: FunctionNode, source: SourceText, depth = 0): boolean {
  const { ts, origins } = file;
  const before = starters.get(fn);
  if (before !== undefined) return before;
  starters.set(fn, false);
  const answer = fn.body !== undefined && contains(ts, fn.body, (node) => {
    if (!ts.isCallExpression(node)) return false;
    if (startOf(ts, origins, node, source)) return true;
    const inner = depth < 1 ? origins.functionOf(node.expression, source) : undefined;
    return inner !== undefined && isFunctionNode(ts, inner.fn) && startsSpan(file, inner.fn, inner.source, depth + 1);
  });
  starters.set(fn, answer);
  return answer;
}

function isNamedLikeAttributes(ts: CheckedFile['ts'], literal: ts.ObjectLiteralExpression): boolean {
  return literal.properties.some(({ name }) => name !== undefined && (ts.isComputedPropertyName(name) || (ts.isStringLiteral(name) && name.text.includes('.'))));
}

const putters = new WeakMap<ts.Node, boolean>();
/** So many functions deep a bag of attributes is followed that is passed on. */
const MAX_HANDS = 2;

/** Whether a function of the repo puts what it is given there on a span: in the options that start it, by `setAttributes`, or through another. */
function putsOnSpan(file: File, fn: FunctionNode, source: SourceText, index: number, depth = 0): boolean {
  const { ts, origins } = file;
  const parameter = fn.parameters[index];
  if (!fn.body || !parameter || !ts.isIdentifier(parameter.name)) return false;
  const before = putters.get(parameter);
  if (before !== undefined) return before;
  putters.set(parameter, false);
  const isIt = (node: ts.Node): boolean => ts.isIdentifier(node) && declarationOf(ts, node) === parameter;
  const answer = contains(ts, fn.body, (node) => {
    if (!ts.isCallExpression(node) || !node.arguments.some((argument) => contains(ts, argument, isIt))) return false;
    const options = literalOf(ts, origins, startOf(ts, origins, node, source)?.options, source);
    const attributes = options && property(ts, options, 'attributes');
    if (attributes) return contains(ts, attributes, isIt);
    const at = node.arguments.findIndex((argument) => isIt(unwrap(ts, argument)));
    if (at < 0) return false;
    if (memberName(ts, node.expression) === 'setAttributes') return isSpan(origins.ofTyped((node.expression as ts.PropertyAccessExpression).expression, source));
    const inner = depth < MAX_HANDS ? origins.functionOf(node.expression, source) : undefined;
    return inner !== undefined && isFunctionNode(ts, inner.fn) && putsOnSpan(file, inner.fn, inner.source, at, depth + 1);
  });
  putters.set(parameter, answer);
  return answer;
}

/** Whether an event says of itself that it is sensitive, so that a collector can drop it. */
export function isMarked(ts: typeof import('typescript'), { entries }: Sink): boolean {
  return entries.some(({ key, value }) => key === 'sensitive' && value.kind === ts.SyntaxKind.TrueKeyword);
}

