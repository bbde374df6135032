/** Where agents, tools and workflows are run: the frameworks of the catalogue, classes of the configuration, and what plainly is one. */
import type ts from 'typescript';
import { configuredAgent } from '../../../catalogue/configured-agents.ts';
import type { Agent } from '../../../catalogue/schema.ts';
import type { Boundary, Ts } from '../../../types.ts';
import type { HandoffNode } from '../../handoffs.ts';
import type { Origins } from '../../origins.ts';
import { declarationOf, enclosingFunction } from '../../scope.ts';
import type { SourceText } from '../../source.ts';
import { calleeToken, contains, isFunctionNode, memberName, property, propertyName, propertyValue, unwrap, walk, type FunctionNode } from '../../syntax.ts';
import { bodyDoesWork } from '../../work.ts';
import type { CheckedFile } from './check.ts';
import { callsModel, callsTool } from './models.ts';

/** One place where an agent, a tool or a workflow is run. */
export interface AgentPlace {
  boundary: Boundary;
  as: Agent['as'];
  node: HandoffNode;
  token: ts.Node;
  /** The call that runs it. */
  call?: ts.CallExpression;
  /** Or the function that does its work. */
  fn?: FunctionNode;
  /** What is written for its name: a string, or what it is called. */
  name?: ts.Node;
  /** The same as text. */
  label?: string | undefined;
  /** What it is given to work on. */
  input?: ts.Expression | undefined;
  options?: ts.Expression | undefined;
  madeBy?: Making | undefined;
  isStream: boolean;
  why: string[];
}

type Making = { node: ts.NewExpression | ts.CallExpression; source: SourceText };

export function findAgents(file: CheckedFile, boundaries: readonly Boundary[]): AgentPlace[] {
  const { ts, source } = file;
  const by = (...kinds: Agent['as'][]): Boundary[] => boundaries.filter((b) => b.agent !== undefined && kinds.includes(b.agent.as));
  const calls = by('call', 'tool');
  const members = by('member');
  const subclasses = by('subclass');
  const classes = by('class');
  const loops = by('loop');
  const found: AgentPlace[] = [];
  walk(ts, source.ast, (node) => {
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      const place = findCall(file, calls, node) ?? (ts.isCallExpression(node) ? findMember(file, members, node) : undefined);
      if (place) found.push(place);
    } else if (ts.isClassLike(node)) {
      found.push(...findClass(file, [...subclasses, ...classes], node));
    } else if (loops.length > 0 && isFunctionNode(ts, node)) {
      const place = findLoop(file, loops[0]!, node);
      if (place && !found.some(({ as, fn }) => as === 'class' && fn === node)) found.push(place);
    }
  });
  return found;
}

/** `run(agent, input)`, `generateText({ tools, … })`; `tool({ name, execute })`, `new DynamicTool({ func })`. */
function findCall({ ts, origins, source }: CheckedFile, boundaries: readonly Boundary[], node: ts.CallExpression | ts.NewExpression): AgentPlace | undefined {
  if (node.expression.kind === ts.SyntaxKind.SuperKeyword || node.expression.kind === ts.SyntaxKind.ImportKeyword) return undefined;
  const written = nameOf(ts, node.expression);
  if (written === undefined) return undefined;
  const maybe = boundaries.filter(({ match }) => match.exports.some((name) => name.split('.').at(-1) === written));
  if (maybe.length === 0) return undefined;
  const origin = origins.of(node.expression, source);
  if (origin?.kind !== 'library' || origin.instance) return undefined;
  const boundary = maybe.find(({ match }) => match.modules.includes(origin.module) && match.exports.includes(origin.name));
  if (!boundary) return undefined;
  const agent = boundary.agent!;
  const given = node.arguments ?? [];
  const options = given[agent.options];
  const literal = objectOf(ts, origins, options, source);
  if (agent.as === 'tool') return toolOf(ts, origins, source, boundary, node, literal, given);
  if (!ts.isCallExpression(node)) return undefined;
  if (agent.needs.length > 0 && !(literal && agent.needs.some((name) => hasSome(ts, literal, name)))) return undefined;
  const name = agentName(ts, origins, source, agent, node) ?? (literal && nameIn(ts, literal, agent.names)) ?? functionAround(ts, node);
  return {
    boundary, as: 'call', node, token: calleeToken(ts, node), call: node, ...(name ? { name } : {}), label: labelOf(ts, name), input: inputOf(ts, agent, given, literal),
    options, isStream: agent.streams.includes(origin.name) || isStreamed(ts, origins, agent, given[agent.options], source), why: [`${boundary.library} runs it`],
  };
}

function toolOf(ts: Ts, origins: Origins, source: SourceText, boundary: Boundary, node: ts.CallExpression | ts.NewExpression, literal: ts.ObjectLiteralExpression | undefined, given: readonly ts.Expression[]): AgentPlace | undefined {
  const agent = boundary.agent!;
  const part = literal && agent.handlers.map((name) => property(ts, literal, name)).find((found) => found !== undefined);
  const value = agent.handlerArg !== undefined ? given[agent.handlerArg] : part && (ts.isMethodDeclaration(part) ? part : ts.isPropertyAssignment(part) ? part.initializer : undefined);
  const target = !value ? undefined : ts.isMethodDeclaration(value) ? { fn: value, source } : origins.functionOf(value, source);
  // A function that stands elsewhere may serve others too.
  if (!value || !target || target.source !== source || !target.fn.body) return undefined;
  const inline = unwrap(ts, value as ts.Expression) === target.fn || value === target.fn;
  if (!inline || !bodyDoesWork(ts, origins, target.fn, source)) return undefined;
  const name = (literal && nameIn(ts, literal, agent.names)) ?? keyOf(ts, node);
  const [first] = target.fn.parameters;
  return {
    boundary, as: 'tool', node: part && (ts.isPropertyAssignment(part) || ts.isMethodDeclaration(part)) ? part : node, token: part?.name ?? calleeToken(ts, node), fn: target.fn,
    ...(name ? { name } : {}), label: labelOf(ts, name), input: first && ts.isIdentifier(first.name) && !first.dotDotDotToken ? first.name : undefined,
    isStream: isGenerator(target.fn), options: literal, why: [`a tool of ${boundary.library}`],
  };
}

/** `agent.generate(…)` of `new Agent(…)`, `graph.invoke(…)` of `new StateGraph(…)….compile()`, `mastra.getAgent('x').generate(…)`. */
function findMember({ ts, origins, source }: CheckedFile, boundaries: readonly Boundary[], node: ts.CallExpression): AgentPlace | undefined {
  const member = memberName(ts, node.expression);
  const maybe = member === undefined ? [] : boundaries.filter(({ match }) => match.members?.includes(member));
  if (maybe.length === 0) return undefined;
  const receiver = (node.expression as ts.PropertyAccessExpression).expression;
  const maker = makerOf(ts, origins, receiver, source);
  if (!maker) return undefined;
  const boundary = maybe.find(({ match, agent }) => match.modules.includes(maker.module) && match.exports.some((name) => name === maker.name || name === maker.name.split('.')[0])
    && (agent!.through === undefined || agent!.through.some((each) => maker.path.includes(each))));
  if (!boundary) return undefined;
  const agent = boundary.agent!;
  const built = maker.built;
  const made = objectOf(ts, origins, built?.node.arguments?.[0], built?.source ?? source);
  const name = agentName(ts, origins, source, agent, node) ?? (made && made.getSourceFile() === source.ast ? nameIn(ts, made, agent.names) : undefined) ?? stringArgument(ts, receiver) ?? calledAs(ts, receiver);
  const [given] = node.arguments;
  return {
    boundary, as: 'member', node, token: calleeToken(ts, node), call: node, ...(name ? { name } : {}), label: (made && labelOf(ts, nameIn(ts, made, agent.names))) ?? labelOf(ts, name),
    input: inputOf(ts, agent, node.arguments, objectOf(ts, origins, given, source)), options: node.arguments[agent.options], madeBy: built,
    isStream: agent.streams.includes(member!) || isStreamed(ts, origins, agent, node.arguments[agent.options], source), why: [`${boundary.library} runs it`],
  };
}

interface Maker {
  module: string;
  /** The export. */
  name: string;
  /** Members that led here. */
  path: readonly string[];
  built: Making | undefined;
}

/** What made an object, through as many members as a builder has. */
function makerOf(ts: Ts, origins: Origins, expression: ts.Expression, source: SourceText, depth = 0): Maker | undefined {
  if (depth > 24) return undefined;
  const node = unwrap(ts, expression);
  const origin = origins.of(node, source);
  if (origin?.kind === 'library' && origin.instance) {
    const [name, ...path] = origin.name.split('.');
    const built = origin.built;
    return { module: origin.module, name: origin.reached ? name! : origin.name, path, built };
  }
  if (origin !== undefined) return undefined;
  if (ts.isIdentifier(node)) {
    const value = origins.values.initializer(node, source);
    return value && makerOf(ts, origins, value.node, value.source, depth + 1);
  }
  const member = ts.isCallExpression(node) ? memberName(ts, node.expression) : undefined;
  if (member === undefined) return undefined;
  const inner = makerOf(ts, origins, ((node as ts.CallExpression).expression as ts.PropertyAccessExpression).expression, source, depth + 1);
  return inner && { ...inner, path: [...inner.path, member] };
}

/** Names that end in `Agent` and are none. */
const noAgents = /^(User|Http|Https|Proxy|Socks|HttpsProxy|HttpProxy|SocksProxy|Keep\w*|Retry|Mock|Undici|Connection|Dispatcher|Pool|Ssh|Tunnel\w*)Agent$|ProxyAgent$|(Http|Https|Socket)Agent$/i;

/** A class of the configuration, one that is plainly an agent, and a subclass of a framework's tool. */
function findClass(file: CheckedFile, boundaries: readonly Boundary[], node: ts.ClassLikeDeclaration): AgentPlace[] {
  const { ts, origins, source } = file;
  const found: AgentPlace[] = [];
  for (const boundary of boundaries) {
    const agent = boundary.agent!;
    const isConfigured = boundary.id.startsWith(configuredAgent);
    const name = node.name?.text;
    if (agent.as === 'class') {
      if (name === undefined || !agent.classes.some((pattern) => matches(pattern, name)) || (!isConfigured && noAgents.test(name))) continue;
      const base = origins.members.base(node, source, 0);
      // A framework's own class runs it, and asks its subclass for parts.
      if (!isConfigured && base?.kind === 'library') continue;
    } else {
      const base = origins.members.base(node, source, 0);
      if (base?.kind !== 'library' || !boundary.match.modules.includes(base.module) || !boundary.match.exports.includes(base.name)) continue;
    }
    for (const part of node.members) {
      const method = propertyName(ts, part.name);
      const fn = ts.isMethodDeclaration(part) ? part : ts.isPropertyDeclaration(part) && part.initializer && isFunctionNode(ts, part.initializer) ? part.initializer : undefined;
      if (!fn?.body || method === undefined || !agent.handlers.some((pattern) => matches(pattern, method)) || found.some((f) => f.fn === fn)) continue;
      if (agent.as === 'class' && !isConfigured && !runsModel(file, fn)) continue;
      if (agent.as === 'subclass' && !bodyDoesWork(ts, origins, fn, source)) continue;
      const own = nameField(ts, node) ?? node.name;
      const [first] = fn.parameters;
      found.push({
        boundary, as: agent.as, node: ts.isMethodDeclaration(part) ? part : fn, token: part.name!, fn, ...(own ? { name: own } : {}), label: labelOf(ts, own),
        input: first && ts.isIdentifier(first.name) && !first.dotDotDotToken ? first.name : undefined, isStream: isGenerator(fn) || returnsStream(fn, source),
        why: [isConfigured ? 'the configuration calls its class an agent' : agent.as === 'class' ? 'its class is called an agent, and it calls a model or tools' : `a tool of ${boundary.library}`],
      });
    }
  }
  return found;
}

/** Whether a method, or one that it calls, calls a model or a tool. */
function runsModel({ ts, origins, source }: CheckedFile, fn: FunctionNode): boolean {
  const seen = new Set<ts.Node>();
  const look = (at: FunctionNode, where: SourceText, depth: number): boolean => {
    if (seen.has(at) || !at.body) return false;
    seen.add(at);
    return contains(ts, at.body, (node) => {
      if (!ts.isCallExpression(node)) return false;
      if (callsModel(ts, origins, node, where) || callsTool(ts, node, where)) return true;
      const target = depth < 2 ? origins.functionOf(node.expression, where) : undefined;
      return target !== undefined && (target.source === source || depth === 0) && look(target.fn, target.source, depth + 1);
    });
  };
  return look(fn, source, 0);
}

/** `while (…) { const answer = await model(…); for (const call of answer.tool_calls) … }`: an agent without a framework. */
function findLoop({ ts, origins, source }: CheckedFile, boundary: Boundary, fn: FunctionNode): AgentPlace | undefined {
  const name = ts.isArrowFunction(fn) || ts.isFunctionExpression(fn) ? (ts.isVariableDeclaration(fn.parent) ? fn.parent.name : undefined) : fn.name;
  if (!fn.body || !name || !ts.isIdentifier(name)) return undefined;
  let loops = false;
  walk(ts, fn.body, (node) => {
    if (loops || ts.isFunctionLike(node)) return false;
    if (!(ts.isWhileStatement(node) || ts.isDoStatement(node) || ts.isForStatement(node) || ts.isForOfStatement(node))) return undefined;
    const asks = contains(ts, node, (n) => ts.isCallExpression(n) && callsModel(ts, origins, n, source));
    loops = asks && /\b(tool_calls|tool_use|toolCalls|functionCalls|function_call)\b/.test(node.getText(source.ast));
    return undefined;
  });
  if (!loops) return undefined;
  const [first] = fn.parameters;
  // `new ReadableStream({ async start() { … } })`: what a library calls its hook says nothing of the agent.
  const isHook = ts.isMethodDeclaration(fn) && ts.isObjectLiteralExpression(fn.parent) && (ts.isNewExpression(fn.parent.parent) || ts.isCallExpression(fn.parent.parent));
  const called = isHook ? functionAround(ts, fn) ?? name : name;
  return {
    boundary, as: 'loop', node: fn, token: name, fn, name: called, label: labelOf(ts, called),
    input: first && ts.isIdentifier(first.name) && !first.dotDotDotToken ? first.name : undefined, isStream: isGenerator(fn) || returnsStream(fn, source),
    why: ['it asks a model and does what that asks for, again and again'],
  };
}

function isGenerator(fn: FunctionNode): boolean {
  return (fn as ts.FunctionExpression).asteriskToken !== undefined;
}

/** What the signature says that comes piece by piece. */
function returnsStream(fn: FunctionNode, source: SourceText): boolean {
  return fn.type !== undefined && /\b(Async)?(Iterable|Iterator|Generator|IterableIterator)\b|Stream|Observable/.test(fn.type.getText(source.ast));
}

function isStreamed(ts: Ts, origins: Origins, agent: Agent, options: ts.Expression | undefined, source: SourceText): boolean {
  if (agent.streamOption === undefined || !options) return false;
  const literal = objectOf(ts, origins, options, source);
  if (!literal) return true;
  const value = propertyValue(ts, literal, agent.streamOption);
  return value !== undefined && value.kind !== ts.SyntaxKind.FalseKeyword;
}

function matches(pattern: string, name: string): boolean {
  return new RegExp(`^${pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`).test(name);
}

function nameOf(ts: Ts, callee: ts.Expression): string | undefined {
  const node = unwrap(ts, callee);
  if (!ts.isIdentifier(node)) return memberName(ts, node);
  const declaration = declarationOf(ts, node);
  return declaration && ts.isImportSpecifier(declaration) ? (declaration.propertyName ?? declaration.name).text : node.text;
}

function objectOf(ts: Ts, origins: Origins, given: ts.Expression | undefined, source: SourceText): ts.ObjectLiteralExpression | undefined {
  const node = given && unwrap(ts, given);
  const value = node && ts.isIdentifier(node) ? origins.values.initializer(node, source)?.node : node;
  const inner = value && unwrap(ts, value);
  return inner && ts.isObjectLiteralExpression(inner) ? inner : undefined;
}

/** An option that is given something: an empty object is nothing. */
function hasSome(ts: Ts, literal: ts.ObjectLiteralExpression, name: string): boolean {
  const part = property(ts, literal, name);
  if (!part) return false;
  const value = ts.isPropertyAssignment(part) ? unwrap(ts, part.initializer) : undefined;
  return !(value && ((ts.isObjectLiteralExpression(value) && value.properties.length === 0) || (ts.isIdentifier(value) && value.text === 'undefined')));
}

/** The string that a property holds. */
function nameIn(ts: Ts, literal: ts.ObjectLiteralExpression, names: readonly string[]): ts.Node | undefined {
  for (const name of names) {
    const value = propertyValue(ts, literal, name);
    if (value && ts.isStringLiteralLike(unwrap(ts, value))) return unwrap(ts, value);
  }
  return undefined;
}

/** `readonly name = 'planner'` of a class. */
function nameField(ts: Ts, node: ts.ClassLikeDeclaration): ts.Node | undefined {
  const field = node.members.find((part) => ts.isPropertyDeclaration(part) && propertyName(ts, part.name) === 'name') as ts.PropertyDeclaration | undefined;
  return field?.initializer && ts.isStringLiteralLike(field.initializer) ? field.initializer : undefined;
}

/** The name of the agent that a call is given, else what it is called here. */
function agentName(ts: Ts, origins: Origins, source: SourceText, agent: Agent, call: ts.CallExpression): ts.Node | undefined {
  const given = agent.agentArg === undefined ? undefined : call.arguments[agent.agentArg];
  if (!given) return undefined;
  const origin = origins.of(given, source);
  const built = origin && 'built' in origin ? origin.built : undefined;
  const literal = built && built.source === source ? objectOf(ts, origins, built.node.arguments?.[0], source) : undefined;
  return (literal && nameIn(ts, literal, ['name'])) ?? calledAs(ts, given);
}

/** `getAgent('weather')`. */
function stringArgument(ts: Ts, receiver: ts.Expression): ts.Node | undefined {
  const node = unwrap(ts, receiver);
  const [first] = ts.isCallExpression(node) ? node.arguments : [];
  return first && ts.isStringLiteralLike(first) ? first : undefined;
}

/** The last name in `this.agents.planner`. */
function calledAs(ts: Ts, expression: ts.Expression): ts.Node | undefined {
  const node = unwrap(ts, expression);
  return ts.isIdentifier(node) ? node : ts.isPropertyAccessExpression(node) ? node.name : undefined;
}

/** The property or variable that a tool is put in. */
function keyOf(ts: Ts, node: ts.Node): ts.Node | undefined {
  const holder = node.parent;
  return (ts.isPropertyAssignment(holder) || ts.isVariableDeclaration(holder)) && ts.isIdentifier(holder.name) ? holder.name : undefined;
}

/** The name of the nearest function around that has one. */
function functionAround(ts: Ts, node: ts.Node): ts.Node | undefined {
  for (let fn = enclosingFunction(ts, node); fn; fn = enclosingFunction(ts, fn)) {
    const name = fn.name ?? (ts.isVariableDeclaration(fn.parent) || ts.isPropertyDeclaration(fn.parent) || ts.isPropertyAssignment(fn.parent) ? fn.parent.name : undefined);
    if (name && (ts.isIdentifier(name) || ts.isPrivateIdentifier(name))) return name;
  }
  return undefined;
}

function labelOf(ts: Ts, name: ts.Node | undefined): string | undefined {
  return name && (ts.isStringLiteralLike(name) || ts.isIdentifier(name) || ts.isPrivateIdentifier(name)) ? name.text : undefined;
}

function inputOf(ts: Ts, agent: Agent, given: readonly ts.Expression[], literal: ts.ObjectLiteralExpression | undefined): ts.Expression | undefined {
  const whole = agent.input === undefined ? undefined : given[agent.input];
  if (agent.inputs.length > 0 && literal && whole && unwrap(ts, whole) === literal) return agent.inputs.map((name) => propertyValue(ts, literal, name)).find((value) => value !== undefined);
  return whole;
}
