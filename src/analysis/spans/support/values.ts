/** What an expression brings into an attribute: nothing that anybody said, or something, and what its names say of it. */
import type ts from 'typescript';
import { answers, modelPackages, passers, reducers, serialised, type Kind } from '../../../conventions/sensitive.ts';
import type { Ts } from '../../../types.ts';
import { constantOf } from '../../constants.ts';
import type { Origins } from '../../origins.ts';
import { declarationOf } from '../../scope.ts';
import type { SourceText } from '../../source.ts';
import { isFunctionNode, memberName, propertyName, unwrap } from '../../syntax.ts';
import { isNeutral, wordsOf, type Names } from './names.ts';

/** A part of a value that is not known to be harmless. */
export interface Part {
  /** Where it is written, and before that where the names stand that lead to it. */
  nodes: readonly ts.Node[];
  /** What its names, or its origin, say. */
  kind?: Kind;
  /** Its name ends in a word that says that it holds none of it. */
  neutral: boolean;
  /** The last part of its name. */
  name: string;
  /** It is made into text as a whole. */
  whole: boolean;
}

/** Methods of texts and lists whose result holds what they are called on. */
const ofReceiver = /^(slice|substr|substring|trim\w*|toString|toJSON|join|toLowerCase|toUpperCase|concat|replace|replaceAll|at|split|flat|filter|padEnd|padStart|toWellFormed|normalize)$/;
const requestNames = /^(req|request|\w+(Req|Request))$/;
const bodyReaders = /^(json|text|formData|arrayBuffer|blob|bytes|body)$/;
/** `isSemanticSearch`: a flag, whatever it was made from. */
const saysYesOrNo = /^(is|has|should|can|did|was|will|needs)[A-Z]/;
const MAX_DEPTH = 8;

export class Values {
  readonly #ts: Ts;
  readonly #origins: Origins;
  readonly #names: Names;

  constructor(ts: Ts, origins: Origins, names: Names) {
    this.#ts = ts;
    this.#origins = origins;
    this.#names = names;
  }

  /** The parts of a value; none: it holds nothing that anybody said. */
  partsOf(expression: ts.Expression, source: SourceText, whole = false, depth = 0): Part[] {
    const ts = this.#ts;
    const node = unwrap(ts, expression);
    if (depth > MAX_DEPTH) return [];
    const all = (nodes: readonly ts.Expression[]): Part[] => nodes.flatMap((n) => this.partsOf(n, source, whole, depth + 1));
    if (ts.isIdentifier(node)) return this.#identifier(node, source, whole, depth);
    if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) return this.#member(node, source, whole);
    if (ts.isCallExpression(node)) return this.#call(node, source, whole, depth);
    if (ts.isTemplateExpression(node)) return all(node.templateSpans.map((span) => span.expression));
    if (ts.isConditionalExpression(node)) return all([node.whenTrue, node.whenFalse]);
    if (ts.isArrayLiteralExpression(node)) return all(node.elements.map((e) => (ts.isSpreadElement(e) ? e.expression : e)));
    if (ts.isObjectLiteralExpression(node)) return node.properties.flatMap((p) => this.#property(p, source, depth));
    if (ts.isBinaryExpression(node)) {
      const operator = node.operatorToken.kind;
      const { PlusToken, BarBarToken, QuestionQuestionToken, AmpersandAmpersandToken, CommaToken, EqualsToken } = ts.SyntaxKind;
      if ([PlusToken, BarBarToken, QuestionQuestionToken].includes(operator)) return all([node.left, node.right]);
      return [AmpersandAmpersandToken, CommaToken, EqualsToken].includes(operator) ? all([node.right]) : [];
    }
    return [];
  }

  #identifier(node: ts.Identifier, source: SourceText, whole: boolean, depth: number): Part[] {
    const ts = this.#ts;
    if (/^(undefined|NaN|Infinity)$/.test(node.text)) return [];
    const declaration = declarationOf(ts, node);
    if (declaration && isCounted(ts, declaration)) return [];
    if (saysYesOrNo.test(node.text)) return [];
    const own = this.#named(node, [node.text], whole);
    if (!declaration) return [own];
    if (ts.isBindingElement(declaration)) return [this.#bound(node, declaration, whole)];
    if (!ts.isVariableDeclaration(declaration) || !declaration.initializer) return [own];
    if ((declaration.parent.flags & ts.NodeFlags.Const) === 0 || isEmpty(ts, declaration.initializer)) return [own];
    return this.partsOf(declaration.initializer, source, whole, depth + 1).map((part) => {
      const kind = part.kind ?? own.kind;
      return { ...part, ...(kind === undefined ? {} : { kind }), nodes: [...part.nodes, node], neutral: kind === undefined && own.neutral, name: part.kind === undefined ? own.name : part.name };
    });
  }

  /** `const { creditCardNumber: number } = request`: by both names. */
  #bound(node: ts.Identifier, element: ts.BindingElement, whole: boolean): Part {
    const ts = this.#ts;
    const path: string[] = [];
    for (let at: ts.BindingElement | undefined = element; at; at = ts.isBindingElement(at.parent.parent) ? at.parent.parent : undefined) {
      path.unshift(propertyName(ts, at.propertyName ?? at.name) ?? '');
    }
    const holder = rootOf(ts, element);
    if (holder) path.unshift(...pathOf(ts, holder));
    const bound = this.#named(node, path, whole);
    const own = this.#named(node, [node.text], whole);
    return own.kind !== undefined && bound.kind === undefined && !bound.neutral ? own : bound;
  }

  #member(node: ts.PropertyAccessExpression | ts.ElementAccessExpression, source: SourceText, whole: boolean): Part[] {
    const ts = this.#ts;
    const name = memberName(ts, node);
    if (name === 'length' || name === 'size' || name === 'byteLength') return [];
    // `Channel.Email` is a word of the program's own.
    if (constantOf(ts, this.#origins, node, source).exact) return [];
    const part = this.#named(node, pathOf(ts, node), whole);
    if (part.kind === undefined && name !== undefined && answers.has(name) && this.#isModels(node.expression, source)) return [{ ...part, kind: 'content', neutral: false }];
    return [part];
  }

  /** What a model's package gave: `(await client.chat.completions.create(…)).choices`. */
  #isModels(node: ts.Expression, source: SourceText): boolean {
    const ts = this.#ts;
    for (let at = unwrap(ts, node); ; at = unwrap(ts, at.expression)) {
      const origin = this.#origins.of(at, source);
      if (origin?.kind === 'library' && origin.instance && modelPackages.test(origin.module)) return true;
      if (!ts.isPropertyAccessExpression(at) && !ts.isElementAccessExpression(at)) return false;
    }
  }

  #call(node: ts.CallExpression, source: SourceText, whole: boolean, depth: number): Part[] {
    const ts = this.#ts;
    const callee = unwrap(ts, node.expression);
    const name = ts.isIdentifier(callee) ? callee.text : memberName(ts, callee);
    if (name === undefined || reducers.test(name)) return [];
    const receiver = ts.isIdentifier(callee) ? undefined : (callee as ts.PropertyAccessExpression).expression;
    const [first] = node.arguments;
    if (receiver && bodyReaders.test(name) && requestNames.test(pathOf(ts, receiver).at(-1) ?? '')) return [{ nodes: [node], kind: 'content', neutral: false, name: 'body', whole: true }];
    // The bytes of a broker's message, of which nothing is known: what a model said is text already.
    if (receiver && name === 'toString' && memberName(ts, unwrap(ts, receiver)) === 'content') return [];
    if (receiver && ofReceiver.test(name) && !isNamespace(ts, receiver)) return this.partsOf(receiver, source, whole || name === 'join', depth + 1);
    if (receiver && /^(map|flatMap)$/.test(name) && first) return this.#mapped(receiver, first, source, whole, depth);
    if (passers.test(name)) {
      return first ? this.partsOf(first, source, true, depth + 1).map((part) => ({ ...part, nodes: [...part.nodes, node] })) : [];
    }
    const made = this.#named(node, [name], whole);
    return [receiver && made.kind === undefined && !made.neutral && isNamedGetter(name) ? this.#named(node, [...pathOf(ts, receiver), ...keyOf(ts, first)], whole) : made];
  }

  /** `messages.map((m) => m.role)` holds roles, `messages.map((m) => m.content)` what was said. */
  #mapped(receiver: ts.Expression, callback: ts.Expression, source: SourceText, whole: boolean, depth: number): Part[] {
    const ts = this.#ts;
    const fn = unwrap(ts, callback);
    const list = this.partsOf(receiver, source, true, depth + 1);
    if (!isFunctionNode(ts, fn) || !fn.body || ts.isBlock(fn.body)) return list;
    const each = this.partsOf(fn.body, source, whole, depth + 1);
    if (each.length === 0 || each.every((part) => part.neutral)) return [];
    return each.some((part) => part.kind !== undefined) ? each : list;
  }

  #property(property: ts.ObjectLiteralElementLike, source: SourceText, depth: number): Part[] {
    const ts = this.#ts;
    if (ts.isSpreadAssignment(property)) return this.partsOf(property.expression, source, true, depth + 1);
    const value = ts.isPropertyAssignment(property) ? property.initializer : ts.isShorthandPropertyAssignment(property) ? property.name : undefined;
    if (!value) return [];
    const kind = this.#names.ofWords(wordsOf(propertyName(ts, property.name) ?? ''));
    return this.partsOf(value, source, true, depth + 1).map((part) => (part.kind === undefined && !part.neutral && kind !== undefined ? { ...part, kind } : part));
  }

  #named(node: ts.Node, path: readonly string[], whole: boolean): Part {
    const name = path.at(-1) ?? '';
    const words = path.flatMap(wordsOf);
    const kind = this.#names.ofWords(words) ?? (whole && isSerialised(words) && !isNeutral(words) ? 'content' : undefined);
    return { nodes: [node], neutral: kind === undefined && isNeutral(wordsOf(name)), name, whole, ...(kind === undefined ? {} : { kind }) };
  }
}

/** Made into text as a whole it holds what was said: `messages`, and `toolCalls` with their arguments. */
function isSerialised(words: readonly string[]): boolean {
  const [before, last] = words.slice(-2);
  return serialised.has(last ?? before ?? '') || (/^calls?$/.test(last ?? '') && /^(tool|function)$/.test(before ?? ''));
}

/** The names on the way to a member: `choices[0].message.content` → `choices`, `message`, `content`. */
export function pathOf(ts: Ts, expression: ts.Expression): string[] {
  const path: string[] = [];
  for (let at = unwrap(ts, expression); ;) {
    const name = memberName(ts, at);
    if (name !== undefined) path.unshift(name);
    else if (ts.isIdentifier(at)) {
      path.unshift(at.text);
      return path;
    }
    if (!ts.isPropertyAccessExpression(at) && !ts.isElementAccessExpression(at)) return path;
    at = unwrap(ts, at.expression);
  }
}

/** The expression that a pattern takes apart. */
function rootOf(ts: Ts, element: ts.BindingElement): ts.Expression | undefined {
  let at: ts.Node = element;
  while (ts.isBindingElement(at)) at = at.parent.parent;
  return ts.isVariableDeclaration(at) ? at.initializer : undefined;
}

/** `const parts: string[] = [];`: what it holds is put in later. */
function isEmpty(ts: Ts, initializer: ts.Expression): boolean {
  const node = unwrap(ts, initializer);
  if (ts.isArrayLiteralExpression(node)) return node.elements.length === 0;
  if (ts.isObjectLiteralExpression(node)) return node.properties.length === 0;
  return ts.isNewExpression(node) && (node.arguments?.length ?? 0) === 0;
}

/** Declared as a number, a flag or a date. */
function isCounted(ts: Ts, declaration: ts.Node): boolean {
  if (!(ts.isParameter(declaration) || ts.isVariableDeclaration(declaration)) || !declaration.type) return false;
  const { type } = declaration;
  return [ts.SyntaxKind.NumberKeyword, ts.SyntaxKind.BooleanKeyword, ts.SyntaxKind.BigIntKeyword].includes(type.kind) || /^(Date|number \| (undefined|null)|boolean \| (undefined|null))$/.test(type.getText());
}

/** `JSON.stringify`, `util.inspect`, `Buffer.from`: what is called upon holds nothing itself. */
function isNamespace(ts: Ts, receiver: ts.Expression): boolean {
  return ts.isIdentifier(receiver) && /^[A-Z]\w*$|^(util|utils|lodash|_|superjson|devalue)$/.test(receiver.text);
}

/** `headers.get('authorization')`, `request.header('cookie')`. */
function isNamedGetter(name: string): boolean {
  return /^(get|header|getHeader|cookie)$/.test(name);
}

function keyOf(ts: Ts, key: ts.Expression | undefined): string[] {
  return key && ts.isStringLiteralLike(key) ? [key.text] : [];
}
