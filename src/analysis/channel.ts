/** What joins a producer to its consumers: queue name, worker file, URL and route. */
import { dirname, isAbsolute, join, resolve as resolvePath } from 'node:path';
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { constantOf, type Constant } from './constants.ts';
import { indexOf } from './file-index.ts';
import type { Handoff } from './handoffs.ts';
import type { Origins } from './origins.ts';
import type { Neighbours, SourceText } from './source.ts';
import { isFunctionNode, memberName, nameOfFunction, propertyValue, unwrap } from './syntax.ts';

export interface Channel {
  /** Equal keys join; `*` when the name is known at run time only. */
  key: string;
  /** What a person reads. */
  label: string;
  method?: string;
  /** URLs that callers in the same file have this request sent to: `post('/plan', body)` in a client of one's own. */
  others?: readonly string[];
}

export const unknownChannel: Channel = { key: '*', label: '*' };

export function channelOf(ts: Ts, origins: Origins, handoff: Handoff, neighbours: Neighbours | undefined): Channel {
  const spec = handoff.boundary.channel;
  if (!spec) return unknownChannel;
  if (spec.by === 'this-file') return { key: handoff.source.path, label: handoff.source.path };
  const at = spec.at === 'receiver' ? receiverArgument(handoff, spec.arg) : { node: spec.at === 'class' ? classDecorator(ts, handoff)?.arguments[spec.arg] : argumentAt(ts, handoff, spec), source: handoff.source };
  if (spec.by === 'server') return { key: '*', label: 'every route' };
  if (spec.by === 'worker-file') {
    const file = at.node && workerFile(ts, origins, at.node, at.source, neighbours);
    return file === undefined ? unknownChannel : { key: file, label: file };
  }
  const node = at.node && unwrap(ts, at.node);
  if (spec.by === 'name') {
    const named = node && nameIn(ts, origins, node, at.source, spec.paths);
    return named ? ofConstant(constantOf(ts, origins, named.node, named.source)) : unknownChannel;
  }
  if (spec.by === 'route') return { ...ofConstant(constantOf(ts, origins, node, at.source)), method: routeMethod(ts, handoff) };
  const own = ofConstant(constantOf(ts, origins, node, at.source));
  const others = node ? callersUrls(ts, origins, handoff, node).filter((url) => url !== own.key) : [];
  return { ...own, method: requestMethod(ts, origins, handoff), ...(others.length > 0 ? { others } : {}) };
}

function argumentAt(ts: Ts, { args }: Handoff, { after, arg }: { after?: string | undefined; arg: number }): ts.Expression | undefined {
  const word = after === undefined ? -1 : args.findIndex((given) => ts.isStringLiteralLike(given) && given.text.toUpperCase() === after);
  return word >= 0 ? args[word + 1] : args.at(arg);
}

/** Where a name stands in an argument that is an object, written out here or in a variable; else the argument itself. */
function nameIn(ts: Ts, origins: Origins, node: ts.Expression, source: SourceText, paths: readonly string[]): { node: ts.Expression; source: SourceText } | undefined {
  const built = ts.isIdentifier(node) ? origins.values.initializer(node, source) : undefined;
  const object = built ? { node: unwrap(ts, built.node), source: built.source } : { node, source };
  if (!ts.isObjectLiteralExpression(object.node) && !ts.isArrayLiteralExpression(object.node)) return { node, source };
  for (const path of paths) {
    let at: ts.Expression | undefined = object.node;
    for (const piece of path.split('.')) at = at && within(ts, unwrap(ts, at), piece);
    if (at) return { node: at, source: object.source };
  }
  return undefined;
}

function within(ts: Ts, node: ts.Expression, piece: string): ts.Expression | undefined {
  if (ts.isObjectLiteralExpression(node)) return propertyValue(ts, node, piece);
  return ts.isArrayLiteralExpression(node) && /^\d+$/.test(piece) ? node.elements[Number(piece)] : undefined;
}

/** The decorator of the class around a decorated method: `@Processor('mail') class … { @Process() … }`. */
function classDecorator(ts: Ts, { boundary, node, source }: Handoff): ts.CallExpression | undefined {
  for (let at: ts.Node | undefined = node.parent; at; at = at.parent) {
    if (!ts.isClassLike(at)) continue;
    const calls = (ts.canHaveDecorators(at) ? ts.getDecorators(at) ?? [] : []).flatMap((d) => ts.isCallExpression(d.expression) ? [d.expression] : []);
    const fromLibrary = (call: ts.CallExpression): boolean => source.ast.statements.some((statement) => ts.isImportDeclaration(statement) && ts.isStringLiteral(statement.moduleSpecifier)
      && boundary.match.modules.includes(statement.moduleSpecifier.text) && (statement.importClause?.namedBindings?.getText(source.ast).includes(call.expression.getText(source.ast)) ?? false));
    return calls.find(fromLibrary);
  }
  return undefined;
}

/** What a URL is for each caller of the function around the request. */
function callersUrls(ts: Ts, origins: Origins, { enclosing, source }: Handoff, url: ts.Expression): string[] {
  if (!enclosing || !isFunctionNode(ts, enclosing) || enclosing.parameters.length === 0) return [];
  const name = nameOfFunction(ts, enclosing);
  if (name === undefined) return [];
  const urls = (indexOf(ts, source.ast).calls.get(name) ?? []).map((call) => {
    const given = new Map(enclosing.parameters.flatMap((parameter, i) => call.arguments?.[i] ? [[parameter, call.arguments[i]] as const] : []));
    return constantOf(ts, origins, url, source, given).text;
  });
  return [...new Set(urls)].sort();
}

/** An argument of the constructor that made the receiver. */
export function receiverArgument(handoff: Handoff, index: number): { node: ts.Expression | undefined; source: SourceText } {
  const receiver = handoff.receiver;
  const built = receiver?.kind === 'library' ? receiver.built : undefined;
  if (!built) return { node: undefined, source: handoff.source };
  return { node: built.node.arguments?.[index], source: built.source };
}

function ofConstant(constant: Constant): Channel {
  const known = constant.exact || /[^*]/.test(constant.text);
  return known ? { key: constant.text, label: constant.text } : unknownChannel;
}

function routeMethod(ts: Ts, handoff: Handoff): string {
  const member = ts.isCallExpression(handoff.node) ? memberName(ts, handoff.node.expression) : undefined;
  return member === undefined || member === 'all' ? '*' : member.toUpperCase();
}

function requestMethod(ts: Ts, origins: Origins, handoff: Handoff): string {
  const options = handoff.args[1] && unwrap(ts, handoff.args[1]);
  if (!options) return 'GET';
  if (!ts.isObjectLiteralExpression(options)) return '*';
  const method = propertyValue(ts, options, 'method');
  if (!method) return options.properties.some((p) => ts.isSpreadAssignment(p)) ? '*' : 'GET';
  const constant = constantOf(ts, origins, method, handoff.source);
  return constant.exact ? constant.text.toUpperCase() : '*';
}

/** The source file that `new Worker(…)` names: `./w.js`, `new URL('./w.js', import.meta.url)`, `path.join(__dirname, 'w.js')`, `__filename`. */
function workerFile(ts: Ts, origins: Origins, expression: ts.Expression, source: SourceText, neighbours: Neighbours | undefined): string | undefined {
  for (const path of new Paths(ts, origins).of(expression, source)) {
    if (path === source.path) return path;
    const compiled = path.replace(/\/(dist|build|lib|out)\/(src\/)?(?!.*\/(dist|build|lib|out)\/)/, '/src/');
    const found = neighbours?.resolve(source.path, path) ?? (compiled === path ? undefined : neighbours?.resolve(source.path, compiled));
    if (found) return found;
  }
  return undefined;
}

/** What an expression that makes a file's path may come to: absolute paths, the likeliest first. */
class Paths {
  readonly #ts: Ts;
  readonly #origins: Origins;

  constructor(ts: Ts, origins: Origins) {
    this.#ts = ts;
    this.#origins = origins;
  }

  of(expression: ts.Expression, source: SourceText): string[] {
    const whole = this.#absolute(expression, source, 0);
    if (whole.length > 0) return whole;
    const text = this.#text(expression, source);
    if (text === undefined) return [];
    const path = text.replace(/^file:\/\//, '');
    // Beside the file, as a bundler reads it, else below a folder above it: Node starts at the working directory.
    return isAbsolute(path) ? [path] : [resolvePath(dirname(source.path), path), ...above(source, path)];
  }

  /** Paths that are absolute by themselves. */
  #absolute(expression: ts.Expression, source: SourceText, depth: number): string[] {
    const ts = this.#ts;
    if (depth > 8) return [];
    const node = unwrap(ts, expression);
    const again = (next: ts.Expression | undefined, from = source): string[] => next ? this.#absolute(next, from, depth + 1) : [];
    if (ts.isIdentifier(node)) {
      const value = this.#origins.values.initializer(node, source);
      const known = value ? again(value.node, value.source) : [];
      if (known.length > 0) return known;
      if (/^_{0,2}dirname$/i.test(node.text)) return [dirname(source.path)];
      if (/^_{0,2}filename$/i.test(node.text)) return [source.path];
      if (!value) return [];
      const text = this.#text(value.node, value.source);
      return text === undefined || value.source === source ? [] : this.of(value.node, value.source);
    }
    if (ts.isPropertyAccessExpression(node)) {
      const name = node.name.text;
      if (ts.isMetaProperty(node.expression)) return name === 'dirname' ? [dirname(source.path)] : name === 'url' || name === 'filename' ? [source.path] : [];
      return name === 'pathname' || name === 'href' ? again(node.expression) : [];
    }
    if (ts.isConditionalExpression(node)) return [node.whenTrue, node.whenFalse].flatMap((branch) => this.of(branch, source));
    if (ts.isNewExpression(node)) {
      const [path, base] = node.arguments ?? [];
      if (!ts.isIdentifier(node.expression) || node.expression.text !== 'URL' || !path) return [];
      if (!base) return this.of(path, source);
      return this.#below(again(base).map((file) => dirname(file)), [path], source);
    }
    if (ts.isTemplateExpression(node) && node.head.text === '') {
      const [first, ...rest] = node.templateSpans;
      const tail = rest.map((span) => (this.#text(span.expression, source) ?? '*') + span.literal.text).join('');
      return again(first!.expression).map((folder) => folder + first!.literal.text + tail).filter(isWhole);
    }
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
      const tail = this.#text(node.right, source);
      return tail === undefined ? [] : again(node.left).map((folder) => folder + tail);
    }
    if (!ts.isCallExpression(node)) return [];
    const name = memberName(ts, node.expression) ?? (ts.isIdentifier(node.expression) ? node.expression.text : '');
    const [first, ...rest] = node.arguments;
    if (name === 'fileURLToPath' || name === 'pathToFileURL') return first ? this.of(first, source) : [];
    if (name === 'toString') return again((node.expression as ts.PropertyAccessExpression).expression);
    if (name === 'dirname') return again(first).map((file) => dirname(file));
    if (name === 'resolve' && node.expression.getText(source.ast) === 'require.resolve') return first ? this.of(first, source) : [];
    if (name !== 'join' && name !== 'resolve') return [];
    const isHere = first && unwrap(ts, first).getText(source.ast) === 'process.cwd()';
    if (isHere || (name === 'resolve' && again(first).length === 0)) {
      const tail = (isHere ? rest : node.arguments).map((part) => this.#text(part, source) ?? '*').join('/');
      return isWhole(tail) && !isAbsolute(tail) ? above(source, tail) : [];
    }
    return this.#below(again(first), rest, source);
  }

  #below(folders: readonly string[], parts: readonly ts.Expression[], source: SourceText): string[] {
    const tail = parts.map((part) => this.#text(part, source) ?? '*');
    return tail.every(isWhole) ? folders.map((folder) => join(folder, ...tail)) : [];
  }

  #text(expression: ts.Expression, source: SourceText): string | undefined {
    const constant = constantOf(this.#ts, this.#origins, expression, source);
    return constant.exact ? constant.text : undefined;
  }
}

/** A path below each folder above a file, the nearest first. */
function above(source: SourceText, path: string): string[] {
  const paths: string[] = [];
  for (let folder = dirname(source.path); paths.length < 8; folder = dirname(folder)) {
    paths.push(resolvePath(folder, path));
    if (dirname(folder) === folder) break;
  }
  return paths;
}

function isWhole(path: string): boolean {
  return !path.includes('*');
}

/** Whether a request goes to a route: method and path, with `:id`, `{id}` and `*` standing for one piece. */
export function reaches(url: Channel, route: Channel): boolean {
  if (route.key === '*') return false;
  if (url.method !== '*' && route.method !== '*' && url.method !== route.method) return false;
  return [url.key, ...(url.others ?? [])].some((each) => pathReaches(each, route));
}

function pathReaches(url: string, route: Channel): boolean {
  const path = pathOf(url);
  if (path === undefined || !/[a-z]/i.test(path)) return false;
  const pieces = (text: string): string[] => text.split('/').filter(Boolean);
  const wanted = pieces(route.key);
  const given = pieces(path);
  // A router may be mounted under a prefix that the route does not name.
  if (wanted.length === 0 || given.length < wanted.length) return false;
  const tail = given.slice(-wanted.length);
  return wanted.some((piece) => !isVariable(piece)) && wanted.every((piece, i) => isVariable(piece) || tail[i] === piece || (tail[i]!.includes('*') && isVariable(piece)));
}

function pathOf(url: string): string | undefined {
  const rest = url.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/[?#].*$/, '');
  const from = rest.startsWith('/') ? rest : rest.replace(/^\*/, '');
  return from.startsWith('/') ? from : undefined;
}

function isVariable(piece: string): boolean {
  return piece.startsWith(':') || piece.startsWith('{') || piece === '*';
}
