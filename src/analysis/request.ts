/** The address, method and body of a request, wherever a client's API has them: the `request` of a boundary's data. */
import type ts from 'typescript';
import type { Ts } from '../types.ts';
import { isNothing } from './address-parts.ts';
import { parameterBehind } from './callers.ts';
import { constantOf, type Constant, type Given } from './constants.ts';
import { receiverArgument, type Handoff } from './handoffs.ts';
import type { Origins } from './origins.ts';
import { declarationOf, enclosingFunction } from './scope.ts';
import type { SourceText } from './source.ts';
import { contains, memberName, property, propertyName, propertyValue, unwrap } from './syntax.ts';

interface Placed {
  node: ts.Expression;
  source: SourceText;
}

/** Where a request goes. */
export interface Address {
  /** What leads to the host: the URL itself, a base address, a host's name. */
  head: ts.Expression | undefined;
  source: SourceText;
  url: Constant;
}

const verbs = new Set(['get', 'post', 'put', 'patch', 'delete', 'head', 'options']);
const bodies = ['body', 'data', 'json', 'form', 'formData'];
/** What a server's handler is sent. */
const received = /^(req|request|incoming\w*|client_?req(uest)?|raw)$/i;
/** Names of variables that hold all of a request: it was built elsewhere. */
const handedOn = /(config|options|opts|params|request|req|init|settings|args)$/i;

export function addressOf(ts: Ts, origins: Origins, handoff: Handoff, given?: Given): Address {
  const { boundary, source } = handoff;
  const spec = boundary.request;
  const destination = boundary.args.destination === undefined ? undefined : handoff.args.at(boundary.args.destination);
  const read = (at: Placed | undefined): Constant => constantOf(ts, origins, at?.node, at?.source ?? source, given);
  if (!spec) return { head: destination, source, url: constantOf(ts, origins, destination, source, given) };
  const target = spec.url.length + spec.host.length > 0 ? objectOf(ts, origins, destination, source) : undefined;
  const options = objectOf(ts, origins, optionsOf(handoff), source);
  const whole = spec.url.length + spec.host.length > 0 && destination && handedOn.test(nameOf(ts, destination));
  const url = target ? within(ts, target, spec.url) : destination && !whole ? { node: destination, source } : undefined;
  const host = (target && within(ts, target, spec.host)) ?? (options && spec.host.length > 0 ? within(ts, options, spec.host) : undefined);
  if (host && (target || !url)) {
    const name = read(host);
    const port = within(ts, target ?? options!, ['port']);
    return { head: host.node, source: host.source, url: { ...name, text: `${/^[a-z]+:\/\//i.test(name.text) ? '' : 'http://'}${name.text}${portOf(port && read(port))}${pathOf(url && read(url).text)}` } };
  }
  const base = (target && within(ts, target, spec.base)) ?? (options && within(ts, options, spec.base)) ?? receiverBase(ts, origins, handoff);
  const own = url ? read(url) : { text: '', exact: true, env: [] };
  if (!base || /^[a-z][a-z+.-]*:/i.test(own.text) || own.env.length > 0) {
    // Without a base that can be seen, a relative address says nothing of where it goes.
    const relative = spec.base.length > 0 && /^[\w.-]/.test(own.text) && !own.text.includes(':') ? `/${own.text}` : own.text;
    return { head: url?.node, source: url?.source ?? source, url: url ? { ...own, text: relative } : { text: target ? '/' : '*', exact: false, env: [] } };
  }
  const front = read(base);
  return { head: base.node, source: base.source, url: { text: front.text.replace(/\/$/, '') + pathOf(own.text), exact: front.exact && own.exact, env: front.env } };
}

/** The method of a request in capitals; `*` where it can't be told. */
export function methodOf(ts: Ts, origins: Origins, handoff: Handoff): string {
  const { boundary, node, source } = handoff;
  const spec = boundary.request;
  if (spec?.method === 'GET' || spec?.method === 'POST') return spec.method;
  if (spec?.methodArg !== undefined) return exactly(constantOf(ts, origins, handoff.args.at(spec.methodArg), source));
  const member = ts.isCallExpression(node) ? memberName(ts, node.expression) : undefined;
  if (spec?.method === 'member' && member !== undefined && verbs.has(member)) return member.toUpperCase();
  // `client[method](url)`
  if (spec?.method === 'member' && ts.isCallExpression(node) && ts.isElementAccessExpression(node.expression)) return '*';
  const given = objectsOf(ts, origins, handoff);
  if (given.unknown) return '*';
  for (const { node: options, source: from } of given.objects) {
    const method = propertyValue(ts, options, 'method');
    if (method) return exactly(constantOf(ts, origins, method, from));
  }
  return given.objects.some(({ node: options }) => options.properties.some((p) => ts.isSpreadAssignment(p))) ? '*' : 'GET';
}

/** A request whose body or method is written out here. */
export function isHandBuilt(ts: Ts, origins: Origins, handoff: Handoff, method: string): boolean {
  const spec = handoff.boundary.request;
  if (spec && !['GET', 'HEAD', '*'].includes(method) && (spec.method !== 'options' || spec.methodArg !== undefined)) return true;
  if (spec?.body !== undefined && handoff.args[spec.body]) return true;
  const { objects } = objectsOf(ts, origins, handoff);
  return objects.length > 0 && (!['GET', 'HEAD', '*'].includes(method) || objects.some(({ node }) => hasBody(ts, node)));
}

/** `{ body }`, `{ ...(body === undefined ? {} : { body }) }` */
function hasBody(ts: Ts, object: ts.ObjectLiteralExpression): boolean {
  return bodies.some((name) => property(ts, object, name) !== undefined) || object.properties.some((part) => {
    const spread = ts.isSpreadAssignment(part) ? unwrap(ts, part.expression) : undefined;
    const parts = !spread ? [] : ts.isConditionalExpression(spread) ? [spread.whenTrue, spread.whenFalse] : ts.isBinaryExpression(spread) ? [spread.right] : [];
    return parts.some((each) => {
      const node = unwrap(ts, each);
      return ts.isObjectLiteralExpression(node) && hasBody(ts, node);
    });
  });
}

/** Whether it is sent something to work on: a body, and not an empty one. */
export function sendsWork(ts: Ts, origins: Origins, handoff: Handoff, method: string): boolean {
  if (!['POST', 'PUT', 'PATCH'].includes(method)) return false;
  const at = handoff.boundary.request?.body;
  const given = at === undefined ? undefined : handoff.args[at];
  if (given) return !isEmpty(ts, given);
  return objectsOf(ts, origins, handoff).objects.some(({ node }) => bodies.some((name) => {
    const found = property(ts, node, name);
    return found !== undefined && !(ts.isPropertyAssignment(found) && isEmpty(ts, found.initializer));
  }));
}

/** `{}`, `null`, `JSON.stringify({})` */
function isEmpty(ts: Ts, body: ts.Expression): boolean {
  const node = unwrap(ts, body);
  if (ts.isCallExpression(node)) return node.expression.getText() === 'JSON.stringify' && node.arguments.length > 0 && isEmpty(ts, node.arguments[0]!);
  return isNothing(ts, node) || (ts.isObjectLiteralExpression(node) && node.properties.length === 0) || (ts.isStringLiteralLike(node) && node.text === '{}');
}

/** `post: (url, data) => axios.post(url, data)`: address and body are somebody else's, and handed on as they came. */
export function isHandedOn(ts: Ts, { boundary, args }: Handoff): boolean {
  const body = boundary.request?.body;
  const [address, sent] = [boundary.args.destination, body].map((index) => index === undefined ? undefined : args.at(index));
  return address !== undefined && sent !== undefined && [address, sent].every((each) => isWholeParameter(ts, each));
}

/** `get: (url, config) => instance.get(url, config)`: nothing of a request but what it begins with is known here. */
export function isPassedOn(ts: Ts, { args }: Handoff): boolean {
  return args.length > 0 && args.every((each) => isWholeParameter(ts, each));
}

function isWholeParameter(ts: Ts, argument: ts.Expression): boolean {
  return parameterBehind(ts, argument)?.path.length === 0;
}

/** `{ 'x-api-key': key }`, `Authorization: \`Bearer ${apiKey}\``: who asks has been given a key, as customers are. */
export function sendsKey(ts: Ts, origins: Origins, handoff: Handoff): boolean {
  return optionHolders(handoff).some((holder) => {
    const options = objectOf(ts, origins, holder, handoff.source);
    const given = options && propertyValue(ts, options.node, 'headers');
    const headers = given && objectOf(ts, origins, given, options.source);
    return headers?.node.properties.some((part) => {
      const name = propertyName(ts, part.name) ?? '';
      return /^(x-)?api-?key$/i.test(name) || (/^authorization$/i.test(name) && ts.isPropertyAssignment(part) && /api_?key/i.test(part.initializer.getText()));
    }) ?? false;
  });
}

/** `{ responseType: 'arraybuffer' }` */
export function asksForBytes(ts: Ts, origins: Origins, handoff: Handoff): boolean {
  return optionHolders(handoff).some((holder) => {
    const options = objectOf(ts, origins, holder, handoff.source);
    const type = options && propertyValue(ts, options.node, 'responseType');
    return type !== undefined && ts.isStringLiteralLike(type) && /^(arraybuffer|blob|stream)$/.test(type.text);
  });
}

/** A proxy: all headers that a handler was sent go on, a `traceparent` with them. Not where the whole request, its address too, was handed in. */
export function isRelay(ts: Ts, origins: Origins, handoff: Handoff): boolean {
  const destination = handoff.boundary.args.destination === undefined ? undefined : handoff.args.at(handoff.boundary.args.destination);
  const target = destination && parameterBehind(ts, destination);
  return optionHolders(handoff).some((holder) => {
    const options = objectOf(ts, origins, holder, handoff.source);
    const headers = options && propertyValue(ts, options.node, 'headers');
    const value = headers && ts.isIdentifier(unwrap(ts, headers)) ? origins.values.initializer(unwrap(ts, headers) as ts.Identifier, options.source)?.node ?? headers : headers;
    return value !== undefined && (takesOver(ts, value, handoff) || contains(ts, value, (node) => {
      const from = receivedIn(ts, node);
      return from !== undefined && from !== target?.parameter && isWhole(ts, node as ts.PropertyAccessExpression, value);
    }));
  });
}

/** `for (const [name, value] of Object.entries(req.headers)) headers[name] = value`, before they are sent. */
function takesOver(ts: Ts, value: ts.Expression, { node, enclosing }: Handoff): boolean {
  const headers = unwrap(ts, value);
  // An object that is empty at first, in a function that walks through all that came.
  const empty = ts.isObjectLiteralExpression(headers) ? headers.properties.length === 0 : isNewHeaders(ts, headers) && (headers.arguments ?? []).length === 0;
  if (!enclosing || !empty) return false;
  return contains(ts, enclosing, (each) => each.pos < node.pos && (ts.isForOfStatement(each) ? receivedIn(ts, wholeIn(ts, each.expression)) !== undefined
    : ts.isCallExpression(each) && memberName(ts, each.expression) === 'forEach' && receivedIn(ts, wholeIn(ts, (each.expression as ts.PropertyAccessExpression).expression)) !== undefined));
}

function isNewHeaders(ts: Ts, node: ts.Expression): node is ts.NewExpression {
  return ts.isNewExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'Headers';
}

/** `req.headers` of itself, `Object.entries(req.headers)` and `req.headers.entries()`. */
function wholeIn(ts: Ts, node: ts.Expression): ts.Expression | undefined {
  if (!ts.isCallExpression(node)) return node;
  if (/^Object\.entries$/.test(node.expression.getText())) return node.arguments[0];
  return memberName(ts, node.expression) === 'entries' ? (node.expression as ts.PropertyAccessExpression).expression : undefined;
}

/** The parameter that `req.headers` of a handler is taken out of. */
function receivedIn(ts: Ts, node: ts.Node | undefined): ts.ParameterDeclaration | undefined {
  if (!node || !ts.isPropertyAccessExpression(node) || node.name.text !== 'headers') return undefined;
  const behind = parameterBehind(ts, node);
  return behind && received.test(behind.path.at(-2) ?? behind.parameter.name.getText()) ? behind.parameter : undefined;
}

/** `{ ...req.headers }`, `new Headers(req.headers)`, `Object.entries(req.headers)`, `[...req.headers.entries()]`; not `req.headers.cookie`, `pick(req.headers)`. */
function isWhole(ts: Ts, node: ts.PropertyAccessExpression, value: ts.Expression): boolean {
  const { parent } = node;
  if (node === value || ts.isSpreadAssignment(parent) || ts.isAsExpression(parent)) return true;
  if (ts.isNewExpression(parent)) return ts.isIdentifier(parent.expression) && parent.expression.text === 'Headers';
  if (ts.isPropertyAccessExpression(parent)) return parent.name.text === 'entries';
  return ts.isCallExpression(parent) && ts.isPropertyAccessExpression(parent.expression) && /^(entries|fromEntries|assign)$/.test(parent.expression.name.text);
}

/** The arguments in which a client's options may stand: the options, and a destination that is an object. */
export function optionHolders(handoff: Handoff): ts.Expression[] {
  const { args, request } = handoff.boundary;
  const target = request && request.url.length > 0 && args.destination !== undefined ? handoff.args.at(args.destination) : undefined;
  return [optionsOf(handoff), target].flatMap((each) => each ?? []);
}

function optionsOf({ boundary, args }: Handoff): ts.Expression | undefined {
  return boundary.args.options === undefined ? undefined : args.at(boundary.args.options);
}

/** The options of a request that are written out; `unknown`: options that are handed in. */
function objectsOf(ts: Ts, origins: Origins, handoff: Handoff): { objects: { node: ts.ObjectLiteralExpression; source: SourceText }[]; unknown: boolean } {
  const objects: { node: ts.ObjectLiteralExpression; source: SourceText }[] = [];
  let unknown = false;
  for (const holder of optionHolders(handoff)) {
    // What fetch is handed in a variable is judged where that was built, which may be right here.
    const object = handoff.boundary.request || isBuiltHere(ts, holder, handoff) ? objectOf(ts, origins, holder, handoff.source) : literal(ts, holder, handoff.source);
    const given = object ?? wrapped(ts, holder, handoff.source);
    if (given) objects.push(given);
    else if (holder === optionsOf(handoff) && !ts.isFunctionLike(unwrap(ts, holder))) unknown = true;
  }
  return { objects, unknown };
}

/** `withTls({ method: 'POST', body })`: what a function adds to options that are written out here. */
function wrapped(ts: Ts, holder: ts.Expression, source: SourceText): { node: ts.ObjectLiteralExpression; source: SourceText } | undefined {
  const node = unwrap(ts, holder);
  const [first] = ts.isCallExpression(node) && node.arguments.length === 1 ? node.arguments : [];
  const object = first && literal(ts, first, source);
  return object && ['method', ...bodies].some((name) => property(ts, object.node, name) !== undefined) ? object : undefined;
}

function isBuiltHere(ts: Ts, holder: ts.Expression, { enclosing }: Handoff): boolean {
  const node = unwrap(ts, holder);
  const declaration = ts.isIdentifier(node) ? declarationOf(ts, node) : undefined;
  return declaration !== undefined && ts.isVariableDeclaration(declaration) && enclosingFunction(ts, declaration) === enclosing;
}

function literal(ts: Ts, expression: ts.Expression, source: SourceText): { node: ts.ObjectLiteralExpression; source: SourceText } | undefined {
  const node = unwrap(ts, expression);
  return ts.isObjectLiteralExpression(node) ? { node, source } : undefined;
}

/** An object literal, also one in a variable. */
function objectOf(ts: Ts, origins: Origins, expression: ts.Expression | undefined, source: SourceText): { node: ts.ObjectLiteralExpression; source: SourceText } | undefined {
  if (!expression) return undefined;
  const node = unwrap(ts, expression);
  const value = ts.isIdentifier(node) ? origins.values.initializer(node, source) : undefined;
  return value ? literal(ts, value.node, value.source) : literal(ts, node, source);
}

function within(ts: Ts, object: { node: ts.ObjectLiteralExpression; source: SourceText }, names: readonly string[]): Placed | undefined {
  for (const name of names) {
    const node = propertyValue(ts, object.node, name);
    if (node) return { node, source: object.source };
  }
  return undefined;
}

/** `axios.create({ baseURL })`, `new Pool(origin)`, `HttpModule.register({ baseURL })`. */
function receiverBase(ts: Ts, origins: Origins, handoff: Handoff): Placed | undefined {
  const spec = handoff.boundary.request;
  // What is handed in as it came may be a whole address.
  if (handoff.boundary.package === '@nestjs/axios') return isPassedOn(ts, handoff) ? undefined : origins.http.baseOf(handoff.node, handoff.source);
  if (spec?.receiver === undefined) return undefined;
  const { node, source } = receiverArgument(handoff, spec.receiver);
  if (!node) return undefined;
  const object = objectOf(ts, origins, node, source);
  if (object) return within(ts, object, [...spec.base, ...spec.url, ...spec.host]);
  return spec.base.length > 0 && ts.isObjectLiteralExpression(unwrap(ts, node)) ? undefined : { node, source };
}

function exactly(constant: Constant): string {
  return constant.exact ? constant.text.toUpperCase() : '*';
}

function portOf(port: Constant | undefined): string {
  return port && /^\d+$/.test(port.text) ? `:${port.text}` : '';
}

function pathOf(text: string | undefined): string {
  if (text === undefined || text === '') return '';
  return text.startsWith('/') || text.startsWith('?') ? text : `/${text}`;
}

function nameOf(ts: Ts, expression: ts.Expression): string {
  const node = unwrap(ts, expression);
  return ts.isIdentifier(node) ? node.text : memberName(ts, node) ?? '';
}
