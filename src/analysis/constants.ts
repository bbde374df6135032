/** Strings that are known without running anything: literals, constants, enums, fixed parts of templates, environment defaults. */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import type { Value } from './exported-values.ts';
import { indexOf } from './file-index.ts';
import { declarationOf } from './scope.ts';
import type { Origins } from './origins.ts';
import { returnsOf } from './propagation.ts';
import type { SourceText } from './source.ts';
import { isFunctionNode, memberName, propertyName, propertyValue, unwrap } from './syntax.ts';

/** Text with `*` for each part that is only known at run time; `env`: environment variables that went into it. */
export interface Constant {
  text: string;
  exact: boolean;
  env: string[];
  /** Only where nobody says otherwise: what stands behind `??`, or a parameter's default. */
  byDefault?: true;
}

const unknown: Constant = { text: '*', exact: false, env: [] };

/** What parameters are given by one of their function's callers. */
export type Given = ReadonlyMap<ts.ParameterDeclaration, Value>;

export function constantOf(ts: Ts, origins: Origins, expression: ts.Expression | undefined, source: SourceText, given?: Given, depth = 0): Constant {
  if (!expression || depth > 8) return unknown;
  const node = unwrap(ts, expression);
  const again = (next: ts.Expression | undefined, where = source): Constant => constantOf(ts, origins, next, where, given, depth + 1);
  if (ts.isStringLiteralLike(node)) return { text: node.text, exact: true, env: [] };
  if (ts.isNumericLiteral(node)) return { text: node.text, exact: true, env: [] };
  if (ts.isTemplateExpression(node)) {
    return node.templateSpans.reduce((all, span) => join(all, again(span.expression), { text: span.literal.text, exact: true, env: [] }), { text: node.head.text, exact: true, env: [] } as Constant);
  }
  if (ts.isBinaryExpression(node)) {
    const operator = node.operatorToken.kind;
    if (operator === ts.SyntaxKind.PlusToken) return join(again(node.left), again(node.right));
    if (operator === ts.SyntaxKind.BarBarToken || operator === ts.SyntaxKind.QuestionQuestionToken) {
      return either(again(node.left), again(node.right));
    }
    return unknown;
  }
  if (ts.isConditionalExpression(node)) {
    // `process.env.X ? process.env.X : 'http://localhost'` says what `||` says.
    if (isSame(ts, node.condition, node.whenTrue)) return either(again(node.whenTrue), again(node.whenFalse));
    // `paid ? 'https://api.acme.com/v1/search' : 'https://api.acme.com/v1/public'`: one host, whichever it is.
    return ofOneHost(again(node.whenTrue), again(node.whenFalse));
  }
  const variable = environmentVariable(ts, node);
  if (variable !== undefined) {
    // `config.get('PLANNER_URL', 'http://localhost')`
    const fallback = ts.isCallExpression(node) && node.arguments[1] ? again(node.arguments[1]).text : '*';
    return orElse(fallback, variable);
  }
  if (ts.isNewExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'Request') return again(node.arguments?.[0]);
  if (ts.isNewExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'URL') {
    const [path, base] = node.arguments ?? [];
    return base ? join(again(base), again(path)) : again(path);
  }
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && ['toString', 'trim', 'replace'].includes(node.expression.name.text)) return again(node.expression.expression);
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'String') return again(node.arguments[0]);
  if (ts.isCallExpression(node) && node.arguments.length === 0) {
    const made = returned(ts, origins, node, source);
    if (made) return again(made.node, made.source);
  }
  if (ts.isIdentifier(node)) {
    const declaration = declarationOf(ts, node);
    if (declaration && ts.isVariableDeclaration(declaration) && ts.isIdentifier(declaration.name)) {
      return isConst(ts, declaration) ? again(declaration.initializer) : unknown;
    }
    if (declaration && ts.isBindingElement(declaration) && ts.isObjectBindingPattern(declaration.parent)) {
      // `const { SERVICE_URL = 'http://localhost' } = process.env`
      const holder = declaration.parent.parent;
      if (ts.isVariableDeclaration(holder) && holder.initializer && isEnvironment(ts, unwrap(ts, holder.initializer))) {
        const name = propertyName(ts, declaration.propertyName ?? declaration.name) ?? '';
        const fallback = again(declaration.initializer).text;
        return orElse(fallback, name);
      }
    }
    const handed = declaration && ts.isParameter(declaration) ? given?.get(declaration) : undefined;
    if (handed) return again(handed.node, handed.source);
    if (declaration && ts.isParameter(declaration) && declaration.initializer) {
      const fallback = again(declaration.initializer);
      return { ...fallback, exact: false, byDefault: true };
    }
  }
  if (ts.isPropertyAccessExpression(node) && /^(href|origin)$/.test(node.name.text)) {
    const whole = again(node.expression);
    const [origin] = /^[a-z]+:\/\/[^/?#]+/i.exec(whole.text) ?? [];
    if (origin !== undefined) return node.name.text === 'href' ? whole : { ...whole, text: origin };
  }
  if (ts.isIdentifier(node) || memberName(ts, node) !== undefined) {
    const value = valueNode(ts, origins, node, source);
    const known = value && again(value.node, value.source);
    if (known && (known.text !== '*' || known.env.length > 0)) return known;
    const setting = settingOf(ts, node);
    if (setting !== undefined) return orElse('*', setting);
    if (known) return known;
  }
  return unknown;
}

/** `first || second` */
function either(first: Constant, second: Constant): Constant {
  return { ...(second.text === '*' || second.text === '' ? first : { ...second, byDefault: true }), env: [...first.env, ...second.env], exact: first.env.length > 0 && second.exact };
}

function isSame(ts: Ts, one: ts.Expression, other: ts.Expression): boolean {
  return unwrap(ts, one).getText() === unwrap(ts, other).getText();
}

/** What two addresses have in common, where they are of one host. */
function ofOneHost(one: Constant, other: Constant): Constant {
  const [first, second] = [one, other].map(({ text }) => /^[a-z]+:\/\/[^/?#*]+(?=[/?#]|$)/i.exec(text)?.[0]);
  return first !== undefined && first === second ? { text: `${first}/*`, exact: false, env: [...one.env, ...other.env], ...(one.byDefault || other.byDefault ? { byDefault: true } : {}) } : unknown;
}

/** A variable of the environment, and what stands in its place where it is not set. */
function orElse(fallback: string, variable: string): Constant {
  return fallback === '' || fallback === '*' ? { text: '*', exact: false, env: [variable] } : { text: fallback, exact: false, env: [variable], byDefault: true };
}

/** `Names.Emails` → the initialiser of the enum member or property; an imported constant → its initialiser. */
function valueNode(ts: Ts, origins: Origins, node: ts.Expression, source: SourceText): Value | undefined {
  const member = memberName(ts, node);
  if (member !== undefined) return memberValue(ts, origins, (node as ts.PropertyAccessExpression).expression, member, source);
  if (!ts.isIdentifier(node)) return undefined;
  const declaration = declarationOf(ts, node);
  // `const { emails } = Names`
  if (declaration && ts.isBindingElement(declaration) && ts.isObjectBindingPattern(declaration.parent)) {
    const whole = declaration.parent.parent;
    const name = propertyName(ts, declaration.propertyName ?? declaration.name);
    return name !== undefined && ts.isVariableDeclaration(whole) && isConst(ts, whole) && whole.initializer
      ? memberValue(ts, origins, whole.initializer, name, source) : undefined;
  }
  return origins.values.constant(node, source);
}

function memberValue(ts: Ts, origins: Origins, object: ts.Expression, name: string, source: SourceText): Value | undefined {
  return typedValue(ts, origins, object, name, source) ?? writtenValue(ts, origins, object, name, source);
}

/** `const config: Config = { url }`, `const config: Config = (() => { const read = { url }; return read as Config; })()`: what has a type has a value too. */
function writtenValue(ts: Ts, origins: Origins, object: ts.Expression, name: string, source: SourceText): Value | undefined {
  const node = unwrap(ts, object);
  const declaration = ts.isIdentifier(node) ? declarationOf(ts, node) : undefined;
  if (!declaration || (ts.isVariableDeclaration(declaration) && !isConst(ts, declaration))) return undefined;
  const value = origins.values.initializer(node as ts.Identifier, source);
  const whole = value && unwrap(ts, value.node);
  const made = whole && ts.isCallExpression(whole) ? onTheSpot(ts, whole) : whole;
  const written = made && ts.isIdentifier(made) ? origins.values.initializer(made, value!.source)?.node : made;
  const literal = written && unwrap(ts, written);
  const at = literal && ts.isObjectLiteralExpression(literal) ? propertyValue(ts, literal, name) : undefined;
  return at && { node: at, source: value!.source };
}

function typedValue(ts: Ts, origins: Origins, object: ts.Expression, name: string, source: SourceText): Value | undefined {
  const of = origins.of(object, source);
  if (of?.kind === 'library' && of.own) return fieldValue(ts, of.own.of, name, of.own.source);
  if (of?.kind === 'object') return fieldValue(ts, of.of, name, of.source);
  if (of?.kind !== 'local') return undefined;
  if (ts.isSourceFile(of.node)) return origins.values.exportedValue(of.source, name);
  if (ts.isClassLike(of.node)) return fieldValue(ts, of.node, name, of.source);
  const initializer = ts.isEnumDeclaration(of.node) ? of.node.members.find((m) => propertyName(ts, m.name) === name)?.initializer
    : ts.isObjectLiteralExpression(of.node) ? propertyValue(ts, of.node, name) : undefined;
  return initializer && { node: initializer, source: of.source };
}

function fieldValue(ts: Ts, owner: ts.ClassLikeDeclaration | ts.InterfaceDeclaration, name: string, source: SourceText): Value | undefined {
  const field = owner.members.find((m) => propertyName(ts, m.name) === name);
  if (!field || !ts.isPropertyDeclaration(field) || !field.initializer) return undefined;
  // `baseUrl = ''` waits to be set.
  const waits = ts.isStringLiteralLike(field.initializer) && field.initializer.text === '' && !field.modifiers?.some((m) => m.kind === ts.SyntaxKind.ReadonlyKeyword);
  return waits ? undefined : { node: field.initializer, source };
}

/**
 * The name of the environment variable that `process.env.X`, `process.env['X']`, `import.meta.env.X`, `Deno.env.get('X')`,
 * `getEnv('X')` reads, or the key of a configuration: `config.get('x.url')`.
 */
export function environmentVariable(ts: Ts, node: ts.Expression): string | undefined {
  if (ts.isPropertyAccessExpression(node) && isEnvironment(ts, node.expression)) return node.name.text;
  if (ts.isElementAccessExpression(node) && isEnvironment(ts, node.expression) && ts.isStringLiteralLike(node.argumentExpression)) return node.argumentExpression.text;
  return ts.isCallExpression(node) ? configuredKey(ts, node) : undefined;
}

/** `env.PLANNER_URL`, also taken out of `env` by name: a variable of the environment that something has read and checked before. */
export function settingOf(ts: Ts, node: ts.Expression): string | undefined {
  if (ts.isPropertyAccessExpression(node)) return isCheckedEnvironment(ts, node.expression) && settingName.test(node.name.text) ? node.name.text : undefined;
  const declaration = ts.isIdentifier(node) ? declarationOf(ts, node) : undefined;
  const holder = declaration && ts.isBindingElement(declaration) ? declaration.parent.parent : undefined;
  if (!holder || !ts.isVariableDeclaration(holder) || !holder.initializer || !isCheckedEnvironment(ts, unwrap(ts, holder.initializer))) return undefined;
  const name = propertyName(ts, (declaration as ts.BindingElement).propertyName ?? (declaration as ts.BindingElement).name);
  return name !== undefined && settingName.test(name) ? name : undefined;
}

const settingName = /^[A-Z][A-Z\d]*(_[A-Z\d]+)+$/;

function isCheckedEnvironment(ts: Ts, node: ts.Expression): boolean {
  return /^(\w+[eE]nv|env|ENV|environment|\w+Environment)$/.test(ts.isIdentifier(node) ? node.text : memberName(ts, node) ?? '');
}

function configuredKey(ts: Ts, call: ts.CallExpression): string | undefined {
  const [key] = call.arguments;
  if (!key || !ts.isStringLiteralLike(key)) return undefined;
  const callee = call.expression;
  if (ts.isIdentifier(callee)) return /^(get|require|read|must)?_?env(ironment)?(var(iable)?|value|string)?s?$/i.test(callee.text) ? key.text : undefined;
  if (!ts.isPropertyAccessExpression(callee) || !/^(get|getOrThrow|require|required|string|str)$/.test(callee.name.text)) return undefined;
  const receiver = ts.isIdentifier(callee.expression) ? callee.expression.text : memberName(ts, callee.expression) ?? '';
  return /(^|_|[a-z])(config|configService|conf|env|environment|settings)$/i.test(receiver) ? key.text : undefined;
}

function isEnvironment(ts: Ts, node: ts.Expression): boolean {
  return ts.isPropertyAccessExpression(node) && node.name.text === 'env'
    && ((ts.isIdentifier(node.expression) && /^(process|Bun|Deno)$/.test(node.expression.text)) || ts.isMetaProperty(node.expression));
}

/** `const`, and what a file declares with `var` or `let` and never gives another value. */
function isConst(ts: Ts, declaration: ts.VariableDeclaration): boolean {
  if ((declaration.parent.flags & ts.NodeFlags.Const) !== 0) return true;
  if (!ts.isVariableStatement(declaration.parent.parent) || !ts.isSourceFile(declaration.parent.parent.parent) || !ts.isIdentifier(declaration.name)) return false;
  const file = declaration.parent.parent.parent;
  return !indexOf(ts, file).assignments.has(declaration.name.text) && !file.text.includes(`${declaration.name.text} += `);
}

function join(...parts: Constant[]): Constant {
  return {
    text: parts.map((p) => p.text).join('').replace(/\*+/g, '*'),
    exact: parts.every((p) => p.exact),
    env: parts.flatMap((p) => p.env),
    ...(parts.some((p) => p.byDefault) ? { byDefault: true } : {}),
  };
}

/** The one thing that a function gives back which is called where it is written: `(() => { if (process.env.X) return process.env.X; throw … })()`. */
function onTheSpot(ts: Ts, call: ts.CallExpression): ts.Expression | undefined {
  const callee = unwrap(ts, call.expression);
  if (!isFunctionNode(ts, callee) || call.arguments.length > 0) return undefined;
  const [first, ...more] = returnsOf(ts, callee);
  return first && more.every((each) => isSame(ts, first, each)) ? unwrap(ts, first) : undefined;
}

/** What a function without parameters does nothing but give back: `this.queueKey()`. */
function returned(ts: Ts, origins: Origins, call: ts.CallExpression, source: SourceText): Value | undefined {
  const node = onTheSpot(ts, call);
  if (node) return { node, source };
  const target = origins.functionOf(call.expression, source);
  if (!target?.fn.body) return undefined;
  if (!ts.isBlock(target.fn.body)) return { node: target.fn.body, source: target.source };
  const [only, ...more] = target.fn.body.statements;
  return only && more.length === 0 && ts.isReturnStatement(only) && only.expression ? { node: only.expression, source: target.source } : undefined;
}
