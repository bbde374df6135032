/**
 * Does a callback lead to anything worth a span: I/O, a model, tool or agent call, a queue, a span, or code that does one?
 * One that only resolves, rejects, logs, counts, clears, kills or aborts hands over nothing.
 */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { parameterBehind } from './callers.ts';
import { enclosingClass } from './declarations.ts';
import { indexOf } from './file-index.ts';
import { isGathered } from './gathered.ts';
import { noticeGuard } from './message-shape.ts';
import type { Origin, Origins } from './origins.ts';
import { declarationOf } from './scope.ts';
import type { SourceText } from './source.ts';
import { contains, isAsync, isFunctionNode, memberName, propertyName, unwrap, walk, type FunctionNode } from './syntax.ts';
import { bodyReaders, chained, computing, doing, ending, holders, ioModules, looks, predicate, pureModules, reporting, requests, responders, runners, setter, takers, trivialCalls, trivialReceivers } from './work-words.ts';

/** So many functions are looked into for one answer. */
const MAX_FUNCTIONS = 40;

/** What is asked of a function: `messages` leaves out what only notices lead to (`if (m.type === 'shutdown') …`). */
interface Question {
  ts: Ts;
  origins: Origins;
  messages: boolean;
  /** Only what plainly is a request counts: `fetch`, a library that does I/O, and what leads to one; no name, and nothing unseen. */
  plain?: boolean;
  seen: Set<ts.Node>;
}

/** By function: answers of whole questions. What was found on the way is not kept, for a cycle may have cut it short. */
const known = { all: new WeakMap<ts.Node, boolean>(), messages: new WeakMap<ts.Node, boolean>() };

/** Whether what `callback` names or is may do work; a function that cannot be seen counts as work. */
export function leadsToWork(ts: Ts, origins: Origins, callback: ts.Expression, source: SourceText, messages = false): boolean {
  if (isSettler(ts, callback)) return false;
  const node = unwrap(ts, callback);
  if (memberName(ts, node) !== undefined && isTrivialMember(ts, origins, node as ts.PropertyAccessExpression, source)) return false;
  if (wrapsSilence(ts, origins, node, source, messages)) return false;
  const target = calledBack(ts, origins, callback, source);
  return target ? bodyDoesWork(ts, origins, target.fn, target.source, messages) : true;
}

/** Whether a function's body may do work. */
export function bodyDoesWork(ts: Ts, origins: Origins, fn: FunctionNode, source: SourceText, messages = false): boolean {
  const memo = messages ? known.messages : known.all;
  let answer = memo.get(fn);
  if (answer === undefined) memo.set(fn, answer = doesWork({ ts, origins, messages, seen: new Set() }, fn, source));
  return answer;
}

/** Whether a callback plainly leads to a request: `fetch`, or a library that does I/O. */
export function leadsToRequest(ts: Ts, origins: Origins, callback: ts.Expression, source: SourceText): boolean {
  const target = calledBack(ts, origins, callback, source);
  return target !== undefined && doesWork({ ts, origins, messages: false, plain: true, seen: new Set() }, target.fn, target.source);
}

/** Whether anything in a file may do work. */
export function fileDoesWork(ts: Ts, origins: Origins, source: SourceText): boolean {
  const question: Question = { ts, origins, messages: false, seen: new Set() };
  return contains(ts, source.ast, (node) => ts.isCallExpression(node) && callDoesWork(question, node, source));
}

/** Whether a call may do work. */
export function callWorks(ts: Ts, origins: Origins, call: ts.CallExpression, source: SourceText): boolean {
  return callDoesWork({ ts, origins, messages: false, seen: new Set() }, call, source);
}

/** Whether a statement, say a loop's body, may do work. */
export function blockDoesWork(ts: Ts, origins: Origins, block: ts.Statement, source: SourceText): boolean {
  return nodeDoesWork({ ts, origins, messages: false, seen: new Set() }, block, source);
}

/** The function that an expression is, names or binds: `handler.bind(this)`. */
export function calledBack(ts: Ts, origins: Origins, callback: ts.Expression, source: SourceText): { fn: FunctionNode; source: SourceText } | undefined {
  const node = unwrap(ts, callback);
  const named = origins.functionOf(callback, source);
  if (named) return named;
  return ts.isCallExpression(node) && memberName(ts, node.expression) === 'bind'
    ? origins.functionOf((node.expression as ts.PropertyAccessExpression).expression, source) : undefined;
}

/** `debounce(fn, 100)`, `safely(fn)`: functions are all that is handed on, and none of them does work, nor does the wrapper. */
function wrapsSilence(ts: Ts, origins: Origins, node: ts.Expression, source: SourceText, messages: boolean): boolean {
  if (!ts.isCallExpression(node) || memberName(ts, node.expression) === 'bind') return false;
  const given = node.arguments.map((argument) => calledBack(ts, origins, argument, source)).filter((target) => target !== undefined);
  if (given.length === 0 || given.some((target) => bodyDoesWork(ts, origins, target.fn, target.source, messages))) return false;
  const wrapper = origins.functionOf(node.expression, source);
  return wrapper ? !callsMore(ts, origins, wrapper) : origins.of(node.expression, source)?.kind === 'library';
}

/** Whether a wrapper does work of its own; that it calls what it is given is what it is for. */
function callsMore(ts: Ts, origins: Origins, { fn, source }: { fn: FunctionNode; source: SourceText }): boolean {
  let works = false;
  const question: Question = { ts, origins, messages: false, seen: new Set([fn]) };
  if (fn.body) walk(ts, fn.body, (node) => {
    if (works || !ts.isCallExpression(node)) return;
    const callee = unwrap(ts, node.expression);
    works = !(ts.isIdentifier(callee) && isParameter(ts, callee)) && callDoesWork(question, node, source);
  });
  return works;
}

function doesWork(question: Question, fn: FunctionNode, source: SourceText): boolean {
  const { seen } = question;
  if (seen.has(fn) || seen.size > MAX_FUNCTIONS) return false;
  seen.add(fn);
  return fn.body ? nodeDoesWork(question, fn.body, source) : true;
}

function nodeDoesWork(question: Question, root: ts.Node, source: SourceText): boolean {
  const { ts, origins } = question;
  let works = false;
  walk(ts, root, (node) => {
    if (works || (question.messages && isForNotices(ts, node))) return false;
    if (ts.isCallExpression(node)) works = callDoesWork(question, node, source);
    else if (ts.isNewExpression(node)) works = constructsWork(origins, node, source);
    else if (ts.isForOfStatement(node) && node.awaitModifier) works = true;
    return undefined;
  });
  return works;
}

/** A branch that only a notice takes: the body of `if (m.type === 'settings')`, the clause of `case 'close':`. */
function isForNotices(ts: Ts, node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isIfStatement(parent)) return node === parent.thenStatement && noticeGuard(ts, parent.expression);
  if (!ts.isCaseClause(node) || !ts.isPropertyAccessExpression(unwrap(ts, node.parent.parent.expression)) && !ts.isIdentifier(unwrap(ts, node.parent.parent.expression))) return false;
  // Labels that fall through into this clause belong to it.
  const clauses = node.parent.clauses;
  for (let i = clauses.indexOf(node); i >= 0; i--) {
    const clause = clauses[i]!;
    if (clause !== node && clause.statements.length > 0) return true;
    if (!ts.isCaseClause(clause) || !noticeGuard(ts, clause.expression, node.parent.parent.expression)) return false;
  }
  return true;
}

function callDoesWork(question: Question, call: ts.CallExpression, source: SourceText): boolean {
  const { ts } = question;
  if (call.expression.kind === ts.SyntaxKind.SuperKeyword || call.expression.kind === ts.SyntaxKind.ImportKeyword) return false;
  return (question.plain ? calleeAsks(question, call, source) : calleeDoesWork(question, call, source)) || passesWork(question, call, source);
}

/** Whether a call plainly is a request, or leads to one. */
function calleeAsks(question: Question, call: ts.CallExpression, source: SourceText): boolean {
  const { ts, origins } = question;
  const callee = unwrap(ts, call.expression);
  const origin = origins.of(callee, source) ?? (ts.isPropertyAccessExpression(callee) ? origins.of(callee.expression, source) : undefined);
  if (ts.isIdentifier(callee) && callee.text === 'fetch') return origin?.kind !== 'local';
  if (origin?.kind === 'local') return isFunctionNode(ts, origin.node) && question.seen.size < MAX_FUNCTIONS && doesWork(question, origin.node, origin.source);
  return origin?.kind === 'library' && ioModules.test(origin.module) && !ending.test(memberName(ts, callee) ?? '');
}

/** `items.forEach(save)`, `.then(save)`: a function that is handed over by name; one that stands there is looked at anyway. */
function passesWork(question: Question, call: ts.CallExpression, source: SourceText): boolean {
  const { ts, origins } = question;
  const name = memberName(ts, call.expression) ?? (ts.isIdentifier(call.expression) ? call.expression.text : '');
  if (!runners.test(name)) return false;
  return call.arguments.some((argument) => {
    const node = unwrap(ts, argument);
    if (!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node)) return false;
    if (isSettler(ts, node)) return false;
    const target = origins.functionOf(node, source);
    return target !== undefined && doesWork(question, target.fn, target.source);
  });
}

function calleeDoesWork(question: Question, call: ts.CallExpression, source: SourceText): boolean {
  const { ts, origins } = question;
  const callee = unwrap(ts, call.expression);
  const awaited = isAwaited(ts, call);
  if (ts.isIdentifier(callee)) {
    if (isSettler(ts, callee) || callee.text === 'postMessage') return false; // a message is a handoff of its own, however it is sent
    const origin = origins.of(callee, source);
    if (origin?.kind === 'global') return !trivialCalls.has(callee.text) && (callee.text === 'fetch' || awaited || doing.test(callee.text));
    if (setter.test(callee.text) && !awaited) return false;
    if (origin?.kind === 'local') return localDoesWork(question, origin, awaited);
    if (origin?.kind === 'library') return libraryDoesWork(origin.module, origin.name, awaited || isGathered(ts, call));
    if (trivialCalls.has(callee.text) || reporting.test(callee.text) || (predicate.test(callee.text) && !awaited)) return false;
    return awaited || (isParameter(ts, callee) && !isAsked(ts, call)) || doing.test(callee.text);
  }
  if (ts.isElementAccessExpression(callee) && !ts.isStringLiteralLike(callee.argumentExpression)) return tableDoesWork(question, callee.expression, source, awaited || isFollowed(ts, call) || isRemoteCall(ts, call, callee));
  const member = memberName(ts, callee);
  if (member === undefined) return awaited || looksUp(question, callee, source);
  if (ending.test(member) || computing.test(member) || member === 'postMessage' || takesConnection(ts, call, member)) return false;
  const access = callee as ts.PropertyAccessExpression;
  if (isTrivialMember(ts, origins, access, source) || readsRequest(ts, access.expression, member)) return false;
  // Whether what it follows does work is asked of that call, and what it is given is looked at anyway.
  if (chained.test(member) && ts.isCallExpression(unwrap(ts, access.expression))) return false;
  const origin = origins.of(callee, source);
  if (origin?.kind === 'local') return localDoesWork(question, origin, awaited);
  if (origin?.kind === 'library') return libraryDoesWork(origin.module, member, awaited || isGathered(ts, call) || isInherited(ts, call, origin));
  const receiver = origins.of(access.expression, source);
  if (receiver?.kind === 'library') return libraryDoesWork(receiver.module, member, awaited || isGathered(ts, call));
  if (isHolder(ts, access.expression, receiver) || (isProcess(ts, access.expression) && !awaited)) return false;
  // `element.remove()`, `pattern.exec(text)`
  if (!awaited && ((member === 'remove' && call.arguments.length === 0) || (member === 'exec' && isPattern(ts, access.expression)))) return false;
  // `list.find((x) => …)` looks; `repository.find({ … })` reads.
  const [first] = call.arguments;
  if (member === 'find' && first && ts.isFunctionLike(unwrap(ts, first))) return false;
  // `seen.add(node)`: most of what things are added to only holds them.
  if (member === 'add' && !awaited && ts.isExpressionStatement(call.parent) && ts.isIdentifier(access.expression) && !/queue|jobs?$|tasks?$|scheduler|pool|store|client|repo/i.test(access.expression.text)) return false;
  return awaited || (doing.test(member) && !isUsedAtOnce(ts, call));
}

/** `this.onMessage(message)` of a base in a library: what takes a message there is not in sight, and may do anything with it. */
function isInherited(ts: Ts, call: ts.CallExpression, { reached }: Extract<Origin, { kind: 'library' }>): boolean {
  const [first] = call.arguments;
  const access = unwrap(ts, call.expression);
  return reached === true && ts.isPropertyAccessExpression(access) && access.expression.kind === ts.SyntaxKind.ThisKeyword && takers.test(access.name.text)
    && first !== undefined && ts.isIdentifier(first) && isParameter(ts, first);
}

/** `server.emit('connection', socket)`: what is asked over it brings headers of its own. */
function takesConnection(ts: Ts, { arguments: [event, socket] }: ts.CallExpression, member: string): boolean {
  return member === 'emit' && socket !== undefined && ts.isStringLiteralLike(event!) && event.text === 'connection';
}

/** `tree.find(kind).forEach(…)`: what it gives is no promise. */
function isUsedAtOnce(ts: Ts, call: ts.CallExpression): boolean {
  const { parent } = call;
  return ts.isPropertyAccessExpression(parent) && parent.expression === call && /^(forEach|map|filter|some|every|reduce|length|size|at|includes|join|slice|replace|split|trim|toString)$/.test(parent.name.text);
}

/** `runner[message.command](message).then(…)`: it gives a promise. */
function isFollowed(ts: Ts, call: ts.CallExpression): boolean {
  return ts.isPropertyAccessExpression(call.parent) && call.parent.expression === call && chained.test(call.parent.name.text);
}

/** `subject[message.method](...message.args)`: what a message names is called, with what it brings. */
function isRemoteCall(ts: Ts, call: ts.CallExpression, callee: ts.ElementAccessExpression): boolean {
  const asked = fromParameter(ts, callee.argumentExpression);
  return asked !== undefined && call.arguments.some((argument) => ts.isSpreadElement(argument) && fromParameter(ts, argument.expression) === asked);
}

/** The parameter that `message.args` is a member of. */
function fromParameter(ts: Ts, node: ts.Expression): ts.Node | undefined {
  const member = unwrap(ts, node);
  const owner = ts.isPropertyAccessExpression(member) ? unwrap(ts, member.expression) : undefined;
  const declaration = owner && ts.isIdentifier(owner) ? declarationOf(ts, owner) : undefined;
  return declaration && ts.isParameter(declaration) ? declaration : undefined;
}

/** `await save()`, `await save().catch(report)` */
function isAwaited(ts: Ts, call: ts.CallExpression): boolean {
  let node: ts.Expression = call;
  while (ts.isPropertyAccessExpression(node.parent) && chained.test(node.parent.name.text) && ts.isCallExpression(node.parent.parent)) node = node.parent.parent;
  return ts.isAwaitExpression(node.parent);
}

/** `await c.req.json()`, `await request.formData()`: what a handler was asked. */
function readsRequest(ts: Ts, expression: ts.Expression, member: string): boolean {
  const receiver = unwrap(ts, expression);
  return bodyReaders.test(member) && requests.test(ts.isIdentifier(receiver) ? receiver.text : memberName(ts, receiver) ?? '') && parameterBehind(ts, receiver) !== undefined;
}

/** `handlers[message.type](message)`: any of the functions that the table holds may run. */
function tableDoesWork(question: Question, table: ts.Expression, source: SourceText, awaited: boolean): boolean {
  const { ts, origins } = question;
  const entries = entriesOf(question, table, source);
  if (!entries) return awaited;
  return entries.some(({ node, source: where }) => {
    const target = isFunctionNode(ts, node) ? { fn: node, source: where } : origins.functionOf(node as ts.Expression, where);
    return target ? doesWork(question, target.fn, target.source) : false;
  });
}

/** `handlers.get(message.type)?.(message)`: the same for a map. */
function looksUp(question: Question, callee: ts.Expression, source: SourceText): boolean {
  const { ts } = question;
  return ts.isCallExpression(callee) && memberName(ts, callee.expression) === 'get' && tableDoesWork(question, (callee.expression as ts.PropertyAccessExpression).expression, source, false);
}

interface Entry {
  node: ts.Node;
  source: SourceText;
}

/** What a table of functions is written as: an object, or `new Map([['x', fn]])`, and what the file puts in later. */
function entriesOf({ ts, origins }: Question, table: ts.Expression, source: SourceText): Entry[] | undefined {
  const node = unwrap(ts, table);
  const origin = origins.of(node, source);
  const literal = origin?.kind === 'local' && ts.isObjectLiteralExpression(origin.node) ? { node: origin.node, source: origin.source } : undefined;
  if (literal) {
    // `const handlers = {}; handlers.copy = async (job) => …`
    const later = ts.isIdentifier(node) && literal.source === source ? [...indexOf(ts, source.ast).memberAssignments].filter(([key]) => key.startsWith(`${node.text}.`)).flatMap(([, list]) => list) : [];
    return [...literal.node.properties.flatMap((part): Entry[] => {
      if (ts.isMethodDeclaration(part)) return [{ node: part, source: literal.source }];
      const value = ts.isPropertyAssignment(part) ? part.initializer : ts.isShorthandPropertyAssignment(part) ? part.name : undefined;
      return value ? [{ node: value, source: literal.source }] : [];
    }), ...later.map(({ right }): Entry => ({ node: right, source }))];
  }
  const text = node.getText(source.ast);
  const put = (indexOf(ts, source.ast).calls.get('set') ?? []).filter((call) => ts.isPropertyAccessExpression(call.expression) && call.expression.expression.getText(source.ast) === text)
    .flatMap((call): Entry[] => call.arguments?.[1] ? [{ node: call.arguments[1], source }] : []);
  const made = ts.isIdentifier(node) ? origins.values.initializer(node, source) : undefined;
  const pairs = made && ts.isNewExpression(unwrap(ts, made.node)) ? (unwrap(ts, made.node) as ts.NewExpression).arguments?.[0] : undefined;
  const first = pairs && ts.isArrayLiteralExpression(pairs)
    ? pairs.elements.flatMap((pair): Entry[] => ts.isArrayLiteralExpression(pair) && pair.elements[1] ? [{ node: pair.elements[1], source: made!.source }] : []) : [];
  return put.length + first.length > 0 ? [...first, ...put] : undefined;
}

function localDoesWork(question: Question, origin: Extract<Origin, { kind: 'local' }>, awaited: boolean): boolean {
  const { ts, seen } = question;
  if (!isFunctionNode(ts, origin.node)) return awaited;
  if (seen.size >= MAX_FUNCTIONS) return isAsync(ts, origin.node);
  return doesWork(question, origin.node, origin.source);
}

function libraryDoesWork(module: string, member: string, awaited: boolean): boolean {
  if (pureModules.test(module) || member === 'postMessage') return false; // a message is a handoff of its own
  if (module === 'child_process' && member === 'send') return false;
  return awaited || ioModules.test(module) || doing.test(member.split('.').at(-1)!);
}

function constructsWork(origins: Origins, node: ts.NewExpression, source: SourceText): boolean {
  const origin = origins.of(node, source);
  return origin?.kind === 'library' && (origin.module === 'worker_threads' || origin.module === 'child_process');
}

function isTrivialMember(ts: Ts, origins: Origins, access: ts.PropertyAccessExpression | ts.ElementAccessExpression, source: SourceText): boolean {
  const receiver = unwrap(ts, access.expression);
  const name = ts.isIdentifier(receiver) ? receiver.text : memberName(ts, receiver);
  if (name === undefined) return false;
  if (ts.isIdentifier(receiver) && trivialReceivers.test(name)) return origins.of(receiver, source)?.kind !== 'local';
  if (ts.isIdentifier(receiver) && responders.test(name) && isParameter(ts, receiver)) return true;
  return reporting.test(name) || looks.test(name);
}

/** A set, map or list: by its constructor, or by the annotation of the variable or field. */
function isHolder(ts: Ts, receiver: ts.Expression, origin: Origin | undefined): boolean {
  if (origin?.kind === 'global') return origin.instance === true && holders.test(origin.name);
  const node = unwrap(ts, receiver);
  if (ts.isArrayLiteralExpression(node)) return true;
  const declaration = ts.isIdentifier(node) ? declarationOf(ts, node)
    : ts.isPropertyAccessExpression(node) && node.expression.kind === ts.SyntaxKind.ThisKeyword ? enclosingClass(ts, node)?.members.find((m) => propertyName(ts, m.name) === node.name.text) : undefined;
  if (!declaration || !(ts.isVariableDeclaration(declaration) || ts.isParameter(declaration) || ts.isPropertyDeclaration(declaration))) return false;
  if (declaration.initializer && ts.isArrayLiteralExpression(unwrap(ts, declaration.initializer))) return true;
  const { type } = declaration;
  return type !== undefined && (ts.isArrayTypeNode(type) || (ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName) && holders.test(type.typeName.text)));
}

/** A regular expression: here, or in a constant of this file. */
function isPattern(ts: Ts, receiver: ts.Expression): boolean {
  const node = unwrap(ts, receiver);
  if (ts.isRegularExpressionLiteral(node)) return true;
  const declaration = ts.isIdentifier(node) ? declarationOf(ts, node) : undefined;
  const made = declaration && ts.isVariableDeclaration(declaration) && declaration.initializer ? unwrap(ts, declaration.initializer) : undefined;
  return made !== undefined && (ts.isRegularExpressionLiteral(made) || (ts.isNewExpression(made) && made.expression.getText() === 'RegExp'));
}

/** `process.send(…)` is a message, and `process.exit()` an end. */
function isProcess(ts: Ts, receiver: ts.Expression): boolean {
  const node = unwrap(ts, receiver);
  return ts.isIdentifier(node) && node.text === 'process' && declarationOf(ts, node) === undefined;
}

/** `if (matches(message)) …`: what is only asked whether something is so. */
function isAsked(ts: Ts, call: ts.CallExpression): boolean {
  let node: ts.Expression = call;
  while (ts.isParenthesizedExpression(node.parent) || ts.isPrefixUnaryExpression(node.parent) || (ts.isBinaryExpression(node.parent) && node.parent.left === node)) node = node.parent;
  const { parent } = node;
  return (ts.isIfStatement(parent) && parent.expression === node) || (ts.isConditionalExpression(parent) && parent.condition === node);
}

/** A function that was handed in may do anything. */
function isParameter(ts: Ts, callee: ts.Identifier): boolean {
  const declaration = declarationOf(ts, callee);
  return declaration !== undefined && ts.isParameter(declaration);
}

/** `resolve` and `reject` of a promise's executor, by whatever name. */
export function isSettler(ts: Ts, expression: ts.Expression): boolean {
  const node = unwrap(ts, expression);
  if (!ts.isIdentifier(node)) return memberName(ts, node) === 'resolve' || memberName(ts, node) === 'reject';
  const declaration = declarationOf(ts, node);
  if (!declaration || !ts.isParameter(declaration)) return false;
  const executor = declaration.parent;
  if (!ts.isArrowFunction(executor) && !ts.isFunctionExpression(executor)) return false;
  const made = executor.parent;
  return ts.isNewExpression(made) && ts.isIdentifier(made.expression) && made.expression.text === 'Promise';
}
