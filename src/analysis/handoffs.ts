/** Text in, handoffs out: every use of a boundary in a file, told by origin. */
import type ts from 'typescript';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Boundary, Ts } from '../types.ts';
import { calledMember, constructedBySuper, passesOn, type Member } from './callees.ts';
import type { Given } from './constants.ts';
import { hasMember } from './origin.ts';
import type { Origin, Origins, OwnClass } from './origins.ts';
import { findExportedHandlers } from './exported-handlers.ts';
import { declarationOf, enclosingFunction } from './scope.ts';
import type { SourceText } from './source.ts';
import { calleeToken, memberName, propertyName, propertyValue, unwrap, walk, type FunctionNode } from './syntax.ts';

export type HandoffNode = ts.CallExpression | ts.NewExpression | ts.ImportSpecifier | ts.BindingElement | ts.VariableDeclaration | ts.FunctionDeclaration | ts.BinaryExpression | ts.ForOfStatement
  | ts.Expression | ts.PropertyAssignment | ts.MethodDeclaration;

/** One use of a boundary. */
export interface Handoff {
  boundary: Boundary;
  source: SourceText;
  /** The call or `new`; for `start`, the import's specifier, or what is taken out of a `require`; for `annotated`, what names the function; for `iterate`, the loop. */
  node: HandoffNode;
  /** What a report marks. */
  token: ts.Node;
  args: readonly ts.Expression[];
  /** What a queued key stands for. */
  record?: ts.Expression;
  /** The handler, where it is not the argument at one place: a decorated method, a property's function, an exported function. */
  handler?: ts.Expression | FunctionNode;
  /** What the member was called on. */
  receiver?: Origin;
  /** Nothing tells what the receiver is: listed by `--unknown=report` only. */
  unknown?: true;
  /** Nothing at module scope. */
  enclosing: ts.SignatureDeclaration | undefined;
}

export function findHandoffs(ts: Ts, catalogue: Catalogue, origins: Origins, source: SourceText): Handoff[] {
  const found: Handoff[] = [];
  // Most files are let in by the words of one kind: the other kinds of nodes are not even looked at.
  const match = new Map<ts.SyntaxKind, (node: never) => Handoff[]>();
  const { byMember, calls, called, constructs, decorators, iterates, starts, byAssigned } = catalogue;
  const { SyntaxKind } = ts;
  if (byMember.size + calls.length + called.length + constructs.length > 0) match.set(SyntaxKind.CallExpression, (node: ts.CallExpression) => matchCall(ts, catalogue, origins, source, node).flatMap((h) => handlersOf(ts, origins, h)));
  if (decorators.length > 0) match.set(SyntaxKind.Decorator, (node: ts.Decorator) => matchDecorator(ts, catalogue, origins, source, node));
  if (constructs.length > 0) match.set(SyntaxKind.NewExpression, (node: ts.NewExpression) => matchConstruct(ts, catalogue, origins, source, node));
  if (iterates.length > 0) match.set(SyntaxKind.ForOfStatement, (node: ts.ForOfStatement) => matchIterated(ts, catalogue, origins, source, node));
  if (starts.length > 0) match.set(SyntaxKind.ImportSpecifier, (node: ts.ImportSpecifier) => matchStart(ts, catalogue, source, node));
  if (starts.length > 0) match.set(SyntaxKind.BindingElement, (node: ts.BindingElement) => matchRequired(ts, catalogue, origins, source, node));
  if (byAssigned.size > 0) match.set(SyntaxKind.BinaryExpression, (node: ts.BinaryExpression) => matchAssign(ts, catalogue, origins, source, node));
  if (match.size > 0) {
    walk(ts, source.ast, (node) => {
      const handoffs = match.get(node.kind)?.(node as never);
      if (handoffs !== undefined && handoffs.length > 0) found.push(...handoffs);
    });
  }
  return [...found, ...findExportedHandlers(ts, catalogue, origins, source)];
}

/** The argument that a boundary's data names; -1 is the last. */
export function argument(handoff: Handoff, which: 'payload' | 'options' | 'destination'): ts.Expression | undefined {
  const index = handoff.boundary.args[which];
  return index === undefined ? undefined : handoff.args.at(index);
}

export interface ReceiverArgument {
  node: ts.Expression | undefined;
  source: SourceText;
  /** What the caller of the function around the constructor gives. */
  given?: Given | undefined;
}

/** An argument of the constructor that made the receiver. */
export function receiverArgument({ receiver, source }: Handoff, index: number): ReceiverArgument {
  const built = receiver && 'built' in receiver ? receiver.built : undefined;
  return built ? { node: built.node.arguments?.[index], source: built.source, given: built.given } : { node: undefined, source };
}

/** What runs on the far side, or is called back. */
export function handlerOf(handoff: Handoff): ts.Expression | undefined {
  // A declared function is no expression to the compiler's types; every question asked of a handler takes it as one.
  if (handoff.handler) return handoff.handler as ts.Expression;
  const index = handoff.boundary.args.callback;
  return index === undefined ? undefined : handoff.args.at(index);
}

function matchCall(ts: Ts, catalogue: Catalogue, origins: Origins, source: SourceText, node: ts.CallExpression): Handoff[] {
  const member = catalogue.byMember.size > 0 ? calledMember(ts, node) : undefined;
  for (const boundary of member ? [...(catalogue.byMember.get(member.name) ?? []), ...catalogue.anyMember] : []) {
    const receiver = matchMember(ts, boundary, origins, source, node, member!);
    if (receiver) return [handoff(ts, boundary, source, node, receiver)];
  }
  if (node.expression.kind === ts.SyntaxKind.SuperKeyword) return matchSuper(ts, catalogue, origins, source, node);
  if (node.expression.kind === ts.SyntaxKind.ImportKeyword || catalogue.calls.length + catalogue.called.length === 0) return [];
  const imported = importedName(ts, node);
  const replaced = imported === undefined ? undefined : catalogue.calls.find((b) => b.match.replacedBy === imported);
  if (replaced) return [handoff(ts, replaced, source, node)];
  if (!mayName(ts, node.expression, catalogue.callNames)) return [];
  const origin = origins.of(node.expression, source);
  if (!origin) return [];
  // `const api = axios.create(); api(config)`: an object that is called itself.
  const asObject = isInstance(origin) && !isMember(origin);
  const boundary = (asObject ? catalogue.called : catalogue.calls).find((b) => isExport(b, origin) && isEvent(ts, b, origins, source, node));
  return boundary ? [handoff(ts, boundary, source, node, asObject ? origin : undefined)] : [];
}

function isEvent(ts: Ts, boundary: Boundary, origins: Origins, source: SourceText, node: ts.CallExpression): boolean {
  const { event, eventOfCaller, holds } = boundary.match;
  const first = node.arguments[0];
  if (holds && !holds.some((text) => textOf(ts, origins, first, source).includes(text))) return false;
  if (event) {
    const name = eventOf(ts, boundary, first, origins, source);
    if (name === undefined || !event.includes(name)) return false;
  }
  return !eventOfCaller || (first !== undefined && isMadeHere(ts, first));
}

/** A name that is put together at run time: `done:${id}`, `'done:' + id`. */
function isMadeHere(ts: Ts, name: ts.Expression): boolean {
  const node = unwrap(ts, name);
  if (ts.isTemplateExpression(node) || ts.isBinaryExpression(node)) return true;
  const declaration = ts.isIdentifier(node) ? declarationOf(ts, node) : undefined;
  return declaration !== undefined && ts.isVariableDeclaration(declaration) && enclosingFunction(ts, declaration) !== undefined
    && declaration.initializer !== undefined && !ts.isIdentifier(declaration.initializer) && isMadeHere(ts, declaration.initializer);
}

function matchMember(ts: Ts, boundary: Boundary, origins: Origins, source: SourceText, node: ts.CallExpression, member: Member): Origin | undefined {
  const { use, except, members, modules } = boundary.match;
  if (except.includes(member.name) || !isEvent(ts, boundary, origins, source, node) || !mentions(boundary, source)) return undefined;
  if (members!.includes('*') && !modules.some((module) => stands(module, source))) return undefined;
  const text = origins.of(member.of, source);
  const origin = use === 'instance' && !(text && isExport(boundary, text)) ? origins.ofTyped(member.of, source) : text;
  if (origin?.kind === 'library' && origin.own && overrides(ts, origin.own.of, member)) return undefined; // the project's own member, judged where it calls the library's
  if (origin?.kind === 'library' && !hasMember(origin, member.name)) return undefined;
  // The library's own class, used in the library's own repo; what the class does with itself is its own affair.
  const published = use === 'instance' && origin?.kind === 'object' && member.of.kind !== ts.SyntaxKind.ThisKeyword ? origins.published(origin) : undefined;
  if (published?.kind === 'library') return modules.some((module) => module === published.module || module.startsWith(`${published.module}/`)) && boundary.match.exports.includes(published.name) ? published : undefined;
  return origin && isExport(boundary, origin) && (isMember(origin) || (use === 'instance') === isInstance(origin)) ? origin : undefined;
}

/** `'message'`, an imported `CallToolRequestSchema`, `{ method: 'tools/call' }`, also one that was made earlier. */
function eventOf(ts: Ts, { match: { eventPath } }: Boundary, first: ts.Expression | undefined, origins: Origins, source: SourceText): string | undefined {
  if (!first) return undefined;
  const written = unwrap(ts, first);
  const made = eventPath !== undefined && ts.isIdentifier(written) ? origins.values.initializer(written, source) : undefined;
  const node = made ? unwrap(ts, made.node) : written;
  const at = eventPath !== undefined && ts.isObjectLiteralExpression(node) ? propertyValue(ts, node, eventPath) : eventPath === undefined ? node : undefined;
  if (at && ts.isStringLiteralLike(at)) return at.text;
  const declaration = at && ts.isIdentifier(at) ? declarationOf(ts, at) : undefined;
  return declaration && ts.isImportSpecifier(declaration) ? (declaration.propertyName ?? declaration.name).text : undefined;
}

/** What is written in an argument, or in the constant that it names. */
function textOf(ts: Ts, origins: Origins, argument: ts.Expression | undefined, source: SourceText): string {
  if (!argument) return '';
  const node = unwrap(ts, argument);
  const value = ts.isIdentifier(node) ? origins.values.initializer(node, source) : undefined;
  return value ? value.node.getText(value.source.ast) : node.getText(source.ast);
}

/** `for await (const message of subscription)`: marked where the subscription was made, if that is in this file. */
function matchIterated(ts: Ts, catalogue: Catalogue, origins: Origins, source: SourceText, node: ts.ForOfStatement): Handoff[] {
  if (!node.awaitModifier || catalogue.iterates.length === 0) return [];
  const origin = origins.ofTyped(node.expression, source);
  if (!origin || !isInstance(origin)) return [];
  const boundary = catalogue.iterates.find((b) => isExport(b, origin));
  if (!boundary) return [];
  const made = 'built' in origin && origin.built?.source === source ? origin.built.node : undefined;
  return [{ boundary, source, node, token: made ? calleeToken(ts, made) : node.expression, args: [], receiver: origin, enclosing: enclosingFunction(ts, node) }];
}

/** Whether a subclass has a member of its own under the name that is called. */
function overrides(ts: Ts, of: OwnClass['of'], { name, of: receiver }: Member): boolean {
  return receiver.kind !== ts.SyntaxKind.SuperKeyword && of.members.some((m) => ts.isMethodDeclaration(m) && propertyName(ts, m.name) === name);
}

/** `super('mail', work)` of a class that extends the library's. */
function matchSuper(ts: Ts, catalogue: Catalogue, origins: Origins, source: SourceText, node: ts.CallExpression): Handoff[] {
  const origin = constructedBySuper(ts, origins, node, source);
  const boundary = origin && catalogue.constructs.find((b) => isExport(b, origin));
  return boundary ? [handoff(ts, boundary, source, node)] : [];
}

function matchConstruct(ts: Ts, catalogue: Catalogue, origins: Origins, source: SourceText, node: ts.NewExpression): Handoff[] {
  if (!mayName(ts, node.expression, catalogue.constructNames)) return [];
  const origin = origins.ofTyped(node, source);
  if (!origin || !isInstance(origin) || passesOn(ts, origins, origin)) return [];
  const boundary = catalogue.constructs.find((b) => isExport(b, origin));
  if (!boundary) return [];
  const made = handoff(ts, boundary, source, node);
  // `new Runner(queue, { run: … })`
  const handler = boundary.args.handlers && handlersOf(ts, origins, made)[0]?.handler;
  return [{ ...made, ...(handler ? { handler } : {}) }];
}

/** What a called import is called where it was made: `tracedFetch` of the user's own helper module is still a `fetch`. */
function importedName(ts: Ts, node: ts.CallExpression): string | undefined {
  const declaration = ts.isIdentifier(node.expression) ? declarationOf(ts, node.expression) : undefined;
  if (declaration && ts.isImportSpecifier(declaration)) return (declaration.propertyName ?? declaration.name).text;
  return declaration && ts.isBindingElement(declaration) ? propertyName(ts, declaration.propertyName ?? declaration.name) : undefined;
}

/**
 * A cheap test before an origin is looked up, perhaps in other files: the callee's name holds a known one, or it is an
 * alias declared in this file.
 */
function mayName(ts: Ts, callee: ts.Expression, names: readonly string[]): boolean {
  const name = ts.isIdentifier(callee) ? callee.text : memberName(ts, callee);
  if (name === undefined) return false;
  if (holdsOne(names, name)) return true;
  const declaration = ts.isIdentifier(callee) ? declarationOf(ts, callee) : undefined;
  if (!declaration) return false;
  if (ts.isImportSpecifier(declaration)) return declaration.propertyName !== undefined && names.includes(declaration.propertyName.text);
  if (ts.isVariableDeclaration(declaration)) return declaration.initializer !== undefined && !ts.isFunctionLike(declaration.initializer);
  return ts.isClassLike(declaration) || ts.isBindingElement(declaration) || ts.isImportClause(declaration);
}

const holders = new WeakMap<readonly string[], Map<string, boolean>>();

/** Whether a name holds one of the known ones, remembered: the same few are called again and again. */
function holdsOne(names: readonly string[], name: string): boolean {
  let known = holders.get(names);
  if (!known) holders.set(names, known = new Map<string, boolean>());
  let holds = known.get(name);
  if (holds === undefined) known.set(name, holds = names.some((each) => name.includes(each)));
  return holds;
}

/** `worker.onmessage = (event) => …`, and `onmessage = …` of a worker's own scope. */
function matchAssign(ts: Ts, catalogue: Catalogue, origins: Origins, source: SourceText, node: ts.BinaryExpression): Handoff[] {
  if (node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return [];
  const member = ts.isIdentifier(node.left) ? node.left.text : memberName(ts, node.left);
  const boundaries = member === undefined ? undefined : catalogue.byAssigned.get(member);
  if (!boundaries) return [];
  const origin: Origin | undefined = ts.isIdentifier(node.left) ? (declarationOf(ts, node.left) ? undefined : { kind: 'global', name: 'self' }) : origins.of((node.left as ts.PropertyAccessExpression).expression, source);
  const boundary = origin && boundaries.find((b) => isExport(b, origin));
  const token = ts.isPropertyAccessExpression(node.left) ? node.left.name : node.left;
  return boundary ? [{ boundary, source, node, token, args: [], handler: node.right, receiver: origin, enclosing: enclosingFunction(ts, node) }] : [];
}

function matchStart(ts: Ts, catalogue: Catalogue, source: SourceText, node: ts.ImportSpecifier): Handoff[] {
  const from = node.parent.parent.parent.moduleSpecifier;
  if (!ts.isStringLiteral(from)) return [];
  const origin: Origin = { kind: 'library', module: from.text.replace(/^node:/, ''), name: (node.propertyName ?? node.name).text, instance: false };
  const boundary = catalogue.starts.find((b) => isExport(b, origin));
  return boundary ? [{ boundary, source, node, token: node.name, args: [], enclosing: undefined }] : [];
}

/** `const { workerData } = require('node:worker_threads')`. */
function matchRequired(ts: Ts, catalogue: Catalogue, origins: Origins, source: SourceText, node: ts.BindingElement): Handoff[] {
  const name = propertyName(ts, node.propertyName ?? node.name);
  const holder = node.parent.parent;
  if (!catalogue.starts.some((b) => b.match.exports.includes(name ?? '')) || !ts.isIdentifier(node.name) || !ts.isVariableDeclaration(holder) || !holder.initializer) return [];
  const module = origins.of(holder.initializer, source);
  if (module?.kind !== 'library' || !['*', 'default'].includes(module.name)) return [];
  const boundary = catalogue.starts.find((b) => isExport(b, { kind: 'library', module: module.module, name: name!, instance: false }));
  return boundary ? [{ boundary, source, node, token: node.name, args: [], enclosing: undefined }] : [];
}

/** One use of a boundary, at a call. */
export function handoff(ts: Ts, boundary: Boundary, source: SourceText, node: ts.CallExpression | ts.NewExpression, receiver?: Origin): Handoff {
  const given = node.arguments ?? [];
  const [first] = given;
  // The name that may be left out counts as no argument: the others stand where the data says.
  const { nameFirst, optionsFirst, callback } = boundary.args;
  const isFirst = first !== undefined && ((nameFirst && isText(ts, first, given.length)) || (optionsFirst && ts.isObjectLiteralExpression(unwrap(ts, first))));
  const args = isFirst ? given.slice(1) : given;
  const last = args.at(-1);
  const handler = callback === -1 && last && ts.isObjectLiteralExpression(unwrap(ts, last)) ? args.findLast((arg) => !ts.isObjectLiteralExpression(unwrap(ts, arg))) : undefined;
  return { boundary, source, node, token: calleeToken(ts, node), args, receiver, enclosing: enclosingFunction(ts, node), ...(handler ? { handler } : {}) };
}

/** A string as far as the syntax tells; of three arguments, the first is the name. */
function isText(ts: Ts, node: ts.Expression, count: number): boolean {
  const inner = unwrap(ts, node);
  if (ts.isStringLiteralLike(inner) || ts.isTemplateExpression(inner)) return true;
  if (ts.isObjectLiteralExpression(inner) || ts.isFunctionLike(inner) || ts.isNumericLiteral(inner)) return false;
  if (count >= 3) return true;
  const declaration = ts.isIdentifier(inner) ? declarationOf(ts, inner) : undefined;
  if (!declaration || !(ts.isVariableDeclaration(declaration) || ts.isParameter(declaration))) return false;
  if (declaration.type) return declaration.type.kind === ts.SyntaxKind.StringKeyword;
  return declaration.initializer !== undefined && ts.isStringLiteralLike(unwrap(ts, declaration.initializer));
}

/** `consumer.run({ eachMessage: … })`: one handoff for each handler that the argument holds. */
function handlersOf(ts: Ts, origins: Origins, found: Handoff): Handoff[] {
  const { callback, handlers } = found.boundary.args;
  if (!handlers || callback === undefined) return [found];
  return handlersIn(ts, origins, found, found.args.at(callback), handlers.map((path) => path.split('.')));
}

function handlersIn(ts: Ts, origins: Origins, found: Handoff, given: ts.Expression | undefined, paths: readonly string[][]): Handoff[] {
  const node = given && unwrap(ts, given);
  const holder = node && ts.isIdentifier(node) ? origins.values.initializer(node, found.source)?.node : node;
  if (!holder || !ts.isObjectLiteralExpression(unwrap(ts, holder))) return [];
  return (unwrap(ts, holder) as ts.ObjectLiteralExpression).properties.flatMap((part): Handoff[] => {
    const name = propertyName(ts, part.name);
    // `[QUEUES.MAIL]: handler` is a handler, whatever its name comes to.
    const rests = paths.filter(([first]) => first === '*' ? part.name !== undefined : name !== undefined && first === name).map(([, ...rest]) => rest);
    if (rests.length === 0 || part.getSourceFile() !== found.source.ast) return [];
    const value = ts.isMethodDeclaration(part) ? part : ts.isPropertyAssignment(part) ? part.initializer : ts.isShorthandPropertyAssignment(part) ? part.name : undefined;
    if (!value) return [];
    if (rests.some((rest) => rest.length === 0)) return [{ ...found, token: part.name!, handler: value }];
    return ts.isMethodDeclaration(value) ? [] : handlersIn(ts, origins, found, value, rests);
  });
}

/** `@EventPattern('orders')` on a method, `@Processor('mail')` on a class that has the method which handles. */
function matchDecorator(ts: Ts, catalogue: Catalogue, origins: Origins, source: SourceText, node: ts.Decorator): Handoff[] {
  if (catalogue.decorators.length === 0 || !ts.isCallExpression(node.expression)) return [];
  const call = node.expression;
  if (!mayName(ts, call.expression, catalogue.decoratorNames)) return [];
  const origin = origins.of(call.expression, source);
  const boundary = origin && catalogue.decorators.find((b) => isExport(b, origin));
  if (!boundary) return [];
  const decorated = node.parent;
  const handler = ts.isMethodDeclaration(decorated) ? decorated
    : ts.isClassLike(decorated) ? decorated.members.find((m): m is ts.MethodDeclaration => ts.isMethodDeclaration(m) && (boundary.match.methods ?? []).includes(propertyName(ts, m.name) ?? '')) : undefined;
  return handler ? [{ ...handoff(ts, boundary, source, call), handler }] : [];
}

const mentioned = new WeakMap<SourceText, Map<string, boolean>>();

/** Members like `get` are too common to ask for the type of every receiver. */
export function mentions({ match: { near } }: Boundary, source: SourceText): boolean {
  return near === undefined || near.some((word) => stands(word, source));
}

/** Whether a word stands in a file, remembered: it is asked at every call. */
function stands(word: string, source: SourceText): boolean {
  let known = mentioned.get(source);
  if (!known) mentioned.set(source, known = new Map<string, boolean>());
  let found = known.get(word);
  if (found === undefined) known.set(word, found = source.text.includes(word));
  return found;
}

export function isExport({ match }: Boundary, origin: Origin): boolean {
  if (origin.kind === 'global') return match.global && match.exports.includes(origin.name);
  return origin.kind === 'library' && match.modules.includes(origin.module) && match.exports.includes(origin.name);
}

/** A member of a library's object: only the library knows whether that is a function or an object. */
function isMember(origin: Origin): boolean {
  return origin.kind === 'library' && origin.reached === true;
}

function isInstance(origin: Origin): boolean {
  return (origin.kind === 'library' || origin.kind === 'global') && origin.instance === true;
}
