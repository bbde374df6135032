/** What joins a producer to its consumers: queue name, worker file, URL and route. */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { callersOf, parameterBehind, passedTo, type Passed } from './callers.ts';
import { constantOf, type Constant, type Given } from './constants.ts';
import { receiverArgument, type Handoff, type ReceiverArgument } from './handoffs.ts';
import { isForeignHost } from './destination-names.ts';
import { Paths } from './file-paths.ts';
import { indexOf } from './file-index.ts';
import type { Origins } from './origins.ts';
import { addressOf, methodOf } from './request.ts';
import { declarationOf } from './scope.ts';
import type { Neighbours, SourceText } from './source.ts';
import { programOf } from './programs.ts';
import { contains, isFunctionNode, memberName, property, propertyName, propertyValue, unwrap } from './syntax.ts';

export interface Channel {
  /** Equal keys join; `*` when the name is known at run time only. */
  key: string;
  /** What a person reads. */
  label: string;
  method?: string;
  /** URLs that callers in the same file have this request sent to: `post('/plan', body)` in a client of one's own. */
  others?: readonly string[];
  /** Of a file that is known in part: `jobs/*`, without its ending. */
  pattern?: string;
}

export const unknownChannel: Channel = { key: '*', label: '*' };

export function channelOf(ts: Ts, origins: Origins, handoff: Handoff, neighbours: Neighbours | undefined): Channel {
  const spec = handoff.boundary.channel;
  if (!spec) return unknownChannel;
  if (spec.at === 'handler') {
    const key = handoff.handler && (handoff.token as ts.PropertyName);
    if (key && ts.isComputedPropertyName(key)) return nameOf(ts, origins, { node: key.expression, source: handoff.source }, neighbours, undefined);
    const name = propertyName(ts, key);
    return name === undefined ? unknownChannel : { key: name, label: name };
  }
  if (spec.by === 'this-file') return { key: handoff.source.path, label: handoff.source.path };
  const at: ReceiverArgument = spec.at === 'receiver' ? receiverArgument(handoff, spec.arg) : { node: spec.at === 'class' ? classDecorator(ts, handoff)?.arguments[spec.arg] : argumentAt(ts, handoff, spec), source: handoff.source };
  if (spec.by === 'program') at.node = programOf(ts, origins, handoff)?.file;
  if (spec.by === 'server') return { key: '*', label: 'every route' };
  if (spec.by === 'worker-file' || spec.by === 'program') {
    const file = (at.node && workerFile(ts, origins, at.node, at.source, neighbours, spec.paths, at.given)) ?? (spec.at === 'receiver' ? onlyWorkerOf(ts, origins, handoff, neighbours) : undefined);
    if (file !== undefined) return { key: file, label: file };
    const pattern = at.node && patternOf(constantOf(ts, origins, at.node, at.source, at.given).text);
    return pattern === undefined ? unknownChannel : { ...unknownChannel, pattern };
  }
  const node = at.node && unwrap(ts, at.node);
  if (spec.by === 'name') {
    const named = node && nameIn(ts, origins, node, at.source, spec.paths, at.given);
    return named ? nameOf(ts, origins, named, neighbours, at.given) : unknownChannel;
  }
  if (spec.by === 'route') return { ...ofConstant(prefixed(ts, origins, handoff, constantOf(ts, origins, node, at.source))), method: routeMethod(ts, handoff) };
  if (spec.at === 'receiver') return ofConstant(constantOf(ts, origins, node, at.source));
  const own = ofConstant(addressOf(ts, origins, handoff).url);
  const others = callersUrls(ts, origins, handoff, neighbours).filter((url) => url !== own.key);
  return { ...own, method: methodOf(ts, origins, handoff), ...(others.length > 0 ? { others } : {}) };
}

function argumentAt(ts: Ts, { args }: Handoff, { after, arg, paths }: { after?: string | undefined; arg: number; paths: readonly string[] }): ts.Expression | undefined {
  if (after === undefined) return args.at(arg);
  const word = args.findIndex((given) => ts.isStringLiteralLike(given) && given.text.toUpperCase() === after);
  if (word >= 0) return args[word + 1];
  // `xReadGroup(group, reader, { key, id }, { BLOCK: 0 })`: options follow what names it.
  return args.find((given) => {
    const node = unwrap(ts, given);
    const first = ts.isArrayLiteralExpression(node) && node.elements[0] ? unwrap(ts, node.elements[0]) : node;
    return ts.isObjectLiteralExpression(first) && paths.some((path) => property(ts, first, path) !== undefined);
  }) ?? args.at(arg);
}

/** Where a name stands in an argument that is an object, written out here, in a variable or by the caller; else the argument itself. */
function nameIn(ts: Ts, origins: Origins, node: ts.Expression, source: SourceText, paths: readonly string[], given?: Given): Passed | undefined {
  const object = builtObject(ts, origins, node, source, given);
  if (!object) return { node, source };
  for (const path of paths) {
    let at: Passed | undefined = object;
    for (const piece of path.split('.')) at = at && within(ts, origins, { node: unwrap(ts, at.node), source: at.source }, piece, given);
    if (at) return at;
  }
  return undefined;
}

/** The object or list behind an expression: a variable's, or what a caller gives for a parameter. */
function builtObject(ts: Ts, origins: Origins, expression: ts.Expression, source: SourceText, given: Given | undefined, depth = 0): Passed | undefined {
  const node = unwrap(ts, expression);
  if (ts.isObjectLiteralExpression(node) || ts.isArrayLiteralExpression(node)) return { node, source };
  if (!ts.isIdentifier(node) || depth > 4) return undefined;
  const declaration = given && declarationOf(ts, node);
  const behind = (declaration && ts.isParameter(declaration) ? given.get(declaration) : undefined) ?? origins.values.initializer(node, source);
  return behind && builtObject(ts, origins, behind.node, behind.source, given, depth + 1);
}

/** A property or an element; also of what an object is spread with: `{ idle: 4000, ...options }`. */
function within(ts: Ts, origins: Origins, { node, source }: Passed, piece: string, given: Given | undefined): Passed | undefined {
  if (!ts.isObjectLiteralExpression(node)) {
    const element = ts.isArrayLiteralExpression(node) && /^\d+$/.test(piece) ? node.elements[Number(piece)] : undefined;
    return element && { node: element, source };
  }
  for (const part of [...node.properties].reverse()) {
    if (propertyName(ts, part.name) === piece) {
      const value = propertyValue(ts, node, piece);
      return value && { node: value, source };
    }
    const spread = ts.isSpreadAssignment(part) ? builtObject(ts, origins, part.expression, source, given) : undefined;
    const value = spread && spread.node !== node ? within(ts, origins, spread, piece, given) : undefined;
    if (value) return value;
  }
  return undefined;
}

/** A route behind what the decorator of its class says: `@Controller('plans') class … { @Post('run') … }`. */
function prefixed(ts: Ts, origins: Origins, handoff: Handoff, route: Constant): Constant {
  const prefix = handoff.boundary.channel?.prefix ?? [];
  if (prefix.length === 0) return route;
  const decorator = classDecorator(ts, handoff, prefix);
  const given = decorator?.arguments[0];
  const front = given && ts.isObjectLiteralExpression(given) ? propertyValue(ts, given, 'path') : given;
  const pieces = [front ? constantOf(ts, origins, front, handoff.source).text : '', handoff.args.length > 0 ? route.text : ''];
  return { ...route, text: `/${pieces.flatMap((piece) => piece.split('/')).filter(Boolean).join('/')}` };
}

/** The decorator of the class around a decorated method: `@Processor('mail') class … { @Process() … }`. */
function classDecorator(ts: Ts, { boundary, node, source }: Handoff, names: readonly string[] = []): ts.CallExpression | undefined {
  for (let at: ts.Node | undefined = node.parent; at; at = at.parent) {
    if (!ts.isClassLike(at)) continue;
    const calls = (ts.canHaveDecorators(at) ? ts.getDecorators(at) ?? [] : []).flatMap((d) => ts.isCallExpression(d.expression) ? [d.expression] : []);
    const fromLibrary = (call: ts.CallExpression): boolean => source.ast.statements.some((statement) => ts.isImportDeclaration(statement) && ts.isStringLiteral(statement.moduleSpecifier)
      && boundary.match.modules.includes(statement.moduleSpecifier.text) && (statement.importClause?.namedBindings?.getText(source.ast).includes(call.expression.getText(source.ast)) ?? false));
    return calls.find((call) => fromLibrary(call) && (names.length === 0 || names.includes(call.expression.getText(source.ast))));
  }
  return undefined;
}

/** A name as it stands there; one that is handed in is what the callers give, if that is one name. */
function nameOf(ts: Ts, origins: Origins, { node, source }: Passed, neighbours: Neighbours | undefined, known: Given | undefined): Channel {
  const own = ofConstant(constantOf(ts, origins, node, source, known));
  const behind = own.key === '*' ? parameterBehind(ts, node) : undefined;
  if (!behind) return own;
  const given = callersOf(ts, origins, neighbours, behind.parameter.parent, source).map((caller) => {
    const passed = passedTo(ts, origins, caller, behind.parameter, behind.path);
    return passed ? constantOf(ts, origins, passed.node, passed.source) : undefined;
  });
  const [first] = given;
  return first?.exact && given.every((each) => each?.exact && each.text === first.text) ? ofConstant(first) : own;
}

/** What a URL is for each caller of the function around the request, where it is made of what they give. */
function callersUrls(ts: Ts, origins: Origins, handoff: Handoff, neighbours: Neighbours | undefined): string[] {
  const { enclosing, source } = handoff;
  if (!enclosing || !isFunctionNode(ts, enclosing) || enclosing.parameters.length === 0) return [];
  const isGiven = (node: ts.Node): boolean => ts.isIdentifier(node) && enclosing.parameters.includes(declarationOf(ts, node) as ts.ParameterDeclaration);
  const made = (node: ts.Expression): boolean => {
    const value = ts.isIdentifier(node) ? origins.values.initializer(node, source)?.node : undefined;
    return contains(ts, node, isGiven) || (value !== undefined && contains(ts, value, isGiven));
  };
  if (!handoff.args.some(made)) return [];
  const urls = callersOf(ts, origins, neighbours, enclosing, source).map((caller) => {
    const given = new Map(enclosing.parameters.flatMap((parameter, i) => {
      const node = caller.call.arguments?.[i];
      return node ? [[parameter, { node, source: caller.source }] as const] : [];
    }));
    return addressOf(ts, origins, handoff, given).url.text;
  });
  return [...new Set(urls)].sort();
}

function ofConstant(constant: Constant): Channel {
  const known = constant.exact || /[^*]/.test(constant.text);
  return known ? { key: constant.text, label: constant.text } : unknownChannel;
}

function routeMethod(ts: Ts, handoff: Handoff): string {
  const callee = ts.isCallExpression(handoff.node) ? handoff.node.expression : undefined;
  const member = callee && (ts.isIdentifier(callee) ? callee.text : memberName(ts, callee));
  return member === undefined || /^(all|use|any)$/i.test(member) ? '*' : member.toUpperCase();
}

/** The source file that `new Worker(…)` names: `./w.js`, `new URL('./w.js', import.meta.url)`, `path.join(__dirname, 'w.js')`, `__filename`. */
export function workerFile(ts: Ts, origins: Origins, expression: ts.Expression, source: SourceText, neighbours: Neighbours | undefined, paths: readonly string[], given?: Given, depth = 0): string | undefined {
  // `new Pool({ filename })`, `wrap(new Worker('./w.js'))`
  const named = nameIn(ts, origins, unwrap(ts, expression), source, paths, given);
  if (!named) return undefined;
  if (named.node !== unwrap(ts, expression)) return workerFile(ts, origins, named.node, named.source, neighbours, paths, given, depth + 1);
  const worker = depth < 4 ? madeWorker(ts, origins, expression, source) : undefined;
  if (worker) return workerFile(ts, origins, worker.node, worker.source, neighbours, paths, given, depth + 1);
  for (const path of new Paths(ts, origins, given).of(expression, source)) {
    if (path === source.path) return path;
    const compiled = path.replace(/\/(dist|build|lib|out)\/(src\/)?(?!.*\/(dist|build|lib|out)\/)/, '/src/');
    const found = neighbours?.resolve(source.path, path) ?? (compiled === path ? undefined : neighbours?.resolve(source.path, compiled));
    if (found) return found;
  }
  return undefined;
}

/** What is fixed of a path that is made at run time: of `./dist/jobs/${name}.js`, `jobs/*`. */
function patternOf(path: string): string | undefined {
  const tail = path.replace(/^([*./]+|(dist|build|lib|out|src)\/)+/, '').replace(/\.[cm]?[jt]s$/, '');
  return tail.includes('*') && /[a-z]{2}/i.test(tail) ? tail : undefined;
}

/** Whether a file may be one of those that a pattern stands for. */
export function isOfPattern(file: string, pattern: string): boolean {
  const text = pattern.split('*').map((piece) => piece.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('[^/]*');
  return new RegExp(`(^|/)${text}\\.\\w+$`).test(file.replaceAll('\\', '/'));
}

/** The file of the only worker that is made, or program that is forked, in the file of a handoff, where nothing tells which its receiver is. */
function onlyWorkerOf(ts: Ts, origins: Origins, { boundary, source, receiver }: Handoff, neighbours: Neighbours | undefined): string | undefined {
  if (receiver && 'built' in receiver && receiver.built) return undefined;
  const isService = receiver?.kind === 'global' && receiver.name === 'ServiceWorker';
  const isProcess = boundary.family === 'process';
  const made = isService ? registered(ts, origins, source) : (indexOf(ts, source.ast).calls.get(isProcess ? 'fork' : 'Worker') ?? []).filter((call) => ts.isNewExpression(call) !== isProcess && call.arguments?.[0]);
  return made.length === 1 ? workerFile(ts, origins, made[0]!.arguments![0]!, source, neighbours, []) : undefined;
}

/** `navigator.serviceWorker.register('./sw.js')`. */
function registered(ts: Ts, origins: Origins, source: SourceText): ts.CallExpression[] {
  return (indexOf(ts, source.ast).calls.get('register') ?? []).filter((call): call is ts.CallExpression => {
    const origin = ts.isCallExpression(call) && call.arguments[0] ? origins.of(call, source) : undefined;
    return origin?.kind === 'global' && origin.name === 'ServiceWorkerRegistration';
  });
}

/** The file that a worker is made with, where the expression is one: itself, or in an adapter (`nodeEndpoint(worker)`). */
function madeWorker(ts: Ts, origins: Origins, expression: ts.Expression, source: SourceText): { node: ts.Expression; source: SourceText } | undefined {
  const node = unwrap(ts, expression);
  if (ts.isStringLiteralLike(node)) return undefined;
  for (const each of [node, ...(ts.isCallExpression(node) && node.arguments.length === 1 ? node.arguments : [])]) {
    const origin = origins.of(each, source);
    const built = origin && 'built' in origin && /Worker$/.test('name' in origin ? origin.name : '') ? origin.built : undefined;
    const file = built?.node.arguments?.[0];
    if (file) return { node: file, source: built.source };
  }
  return undefined;
}

/**
 * Whether a name is within another: the same, or a pattern of a template (`jobs-*`) or a subscription (`orders.*`,
 * `orders.#`, `orders.>`, `devices/+/state`) with something fixed in it.
 */
export function isNamed(name: string, pattern: string): boolean {
  if (name === '*' || pattern === '*') return false;
  return name === pattern || matches(name, pattern) || matches(pattern, name);
}

function matches(name: string, pattern: string): boolean {
  if (!/\*|(^|[./])(#|>|\+)($|[./])/.test(pattern) || !/[a-z0-9]{2}/i.test(pattern)) return false;
  const text = pattern.split(/(\*|(?<=^|[./])(?:#|>|\+)(?=$|[./]))/).map((piece) => {
    if (piece === '*' || piece === '#' || piece === '>') return '.*';
    return piece === '+' ? '[^/]*' : piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  }).join('');
  // `orders.#` is `orders` too.
  return new RegExp(`^${text.replace(/(\\\.|\/)\.\*$/, '($1.*)?')}$`).test(name);
}

/**
 * Whether a request goes to a route: method and path, with `:id`, `{id}` and `*` standing for one piece. `isMounted`:
 * whether a router of this name is known where the route stands.
 */
export function reaches(url: Channel, route: Channel, isOwn: (url: string) => boolean, isMounted: (prefix: string) => boolean): boolean {
  if (route.key === '*') return false;
  if (url.method !== '*' && route.method !== '*' && url.method !== route.method) return false;
  return [url.key, ...(url.others ?? [])].some((each) => pathReaches(each, route, () => isOwn(each) || !isForeignHost(each), isMounted));
}

/** `isOurs`: whether the URL may be the project's own. Both questions are dear, and asked of few. */
function pathReaches(url: string, route: Channel, isOurs: () => boolean, isMounted: (prefix: string) => boolean): boolean {
  const wanted = pieces(route.key);
  const given = pieces(pathOf(url) ?? '');
  // A router may be mounted under a prefix that the route does not name.
  if (wanted.length === 0 || given.length < wanted.length) return false;
  const tail = given.slice(-wanted.length);
  const named = wanted.filter((piece) => !isVariable(piece));
  if (named.length === 0 || !wanted.every((piece, i) => isVariable(piece) || tail[i] === piece || (tail[i]!.includes('*') && isVariable(piece)))) return false;
  if (!given.some((piece) => /[a-z]/i.test(piece)) || !isOurs()) return false;
  // One word (`/verify`) is the end of many paths: somebody has to say what the router is mounted under, all of it.
  const prefix = given.slice(0, -wanted.length).filter((piece) => !generic.test(piece));
  return named.length > 1 || prefix.length === 0 || isMounted(prefix.join('/'));
}

function pieces(path: string): string[] {
  return path.split('/').filter(Boolean);
}

/** What stands in front of all routes of a service, or can't be told. */
const generic = /^(api|rest|v\d+|.*\*.*)$/i;

function pathOf(url: string): string | undefined {
  const rest = url.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/[?#].*$/, '');
  const from = rest.startsWith('/') ? rest : rest.replace(/^\*/, '');
  return from.startsWith('/') ? from : undefined;
}

function isVariable(piece: string): boolean {
  return piece.startsWith(':') || piece.startsWith('{') || piece === '*';
}
