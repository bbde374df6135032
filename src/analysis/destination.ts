/** Where a request goes, and whether the trace may go with it (DESIGN.md 5.9). */
import type ts from 'typescript';
import type { RuntimeProfile, Ts } from '../types.ts';
import { isJoin, keyOfSetting } from './address-calls.ts';
import { assignedTo, holderOf, isAsset, isField, isNothing, isOfAsker, isOwnFile, lastName, lastPath, listOf, nameOf, partOf, valuesOfField, wholeOf } from './address-parts.ts';
import { callersOf, parameterBehind, passedTo, type Caller } from './callers.ts';
import { constantOf, environmentVariable, settingOf, type Constant } from './constants.ts';
import { enclosingClass } from './declarations.ts';
import {
  addressWord, azure, configuration, dataHolder, dataName, debuggers, endpointHolder, foreign, foreignHolder, guard, guardedCall, hostOnly, inPage, localTool, login, loginName, loopback, media, metadata, modelPath, modelServer, mountPath, onServer, onlyProbe, ownService, ownSite, ownWord, pageVariable, placeholder, privateName, probe, sharedVariable, signed, telemetry, vendor, vendorHost,
} from './destination-words.ts';
import { builder, byName, isCalledAfter, isForeignHost, isForeignName, isProbe, named, says } from './destination-names.ts';
import { indexOf } from './file-index.ts';
import type { Origins } from './origins.ts';
import { isServedHere } from './own-routes.ts';
import { returnsOf } from './propagation.ts';
import { declarationOf, enclosingFunction } from './scope.ts';
import type { Neighbours, SourceText } from './source.ts';
import { contains, isFunctionNode, memberName, propertyName, rootOf, unwrap, type FunctionNode } from './syntax.ts';
import { oneOf, together, untold, type Told } from './told.ts';

export interface Destination extends Told {
  /** The part of the URL that is fixed: `http://localhost:4100/research`, `*\/research`. */
  url: Constant;
}

const guarded: Told = { trust: 'data', why: 'an address that is checked before it is asked comes as data' };

function isGuarded(ts: Ts, expression: ts.Expression, { ast }: SourceText): boolean {
  const around = ts.findAncestor(expression, (node): node is FunctionNode => isFunctionNode(ts, node));
  if (!around) return false;
  const name = around.name?.getText(ast) ?? (ts.isVariableDeclaration(around.parent) ? around.parent.name.getText(ast) : '');
  return guardedCall.test(name) || contains(ts, around, (node) => ts.isCallExpression(node) && guard.test(memberName(ts, node.expression) ?? (ts.isIdentifier(node.expression) ? node.expression.text : '')));
}

/** What is known of the place that asks. */
export interface Asking {
  runtime: RuntimeProfile;
  /** Whether a host is called after the project: its own service, wherever that runs. */
  isOwnHost(host: string): boolean;
  /** Whether a name has the project's in it. */
  isOwnName(name: string): boolean;
}

export function destinationOf(ts: Ts, origins: Origins, expression: ts.Expression | undefined, source: SourceText, asking: Asking, neighbours?: Neighbours, url?: Constant, sendsWork = false): Destination {
  return new Address(ts, origins, neighbours, asking, sendsWork).of(expression, source, url);
}

/** One question about one address: what was asked on the way is not asked again. */
class Address {
  readonly #ts: Ts;
  readonly #origins: Origins;
  readonly #neighbours: Neighbours | undefined;
  readonly #asking: Asking;
  readonly #sendsWork: boolean;
  readonly #asked = new Set<ts.Node>();
  /** The call by which each parameter of a function that builds an address was reached: that call gives it, not all others. */
  readonly #reachedBy = new Map<ts.ParameterDeclaration, Caller>();

  constructor(ts: Ts, origins: Origins, neighbours: Neighbours | undefined, asking: Asking, sendsWork: boolean) {
    this.#ts = ts;
    this.#origins = origins;
    this.#neighbours = neighbours;
    this.#asking = asking;
    this.#sendsWork = sendsWork;
  }

  /** `known`: the whole address, where it is put together from several places. */
  of(expression: ts.Expression | undefined, source: SourceText, known?: Constant): Destination {
    const ts = this.#ts;
    const url = known ?? constantOf(ts, this.#origins, expression, source);
    if (!expression) return { trust: 'unknown', why: 'no URL', url };
    const text = url.exact && hostOnly.test(url.text) ? `http://${url.text}` : url.text;
    const path = text.replace(/^[a-z]+:\/\/[^/]*/i, '');
    const name = nameOf(ts, expression);
    const env = url.env.join(' ');
    if (/\/v1\/(traces|metrics|logs)\b/.test(path)) return { trust: 'silent', why: 'a telemetry export', url };
    if ((this.#sendsWork ? onlyProbe : probe).test(path) || isProbe(name)) return { trust: 'silent', why: 'a health probe', url };
    if (debuggers.test(path)) return { trust: 'silent', why: 'a program under its debugger', url };
    if (media.test(path)) return { trust: 'silent', why: 'a download', url };
    if (isOwnFile(ts, expression)) return { trust: 'silent', why: 'not a service', url };
    if (isAsset(ts, expression) || media.test(lastPath(ts, expression))) return { trust: 'silent', why: 'a download', url };
    if (url.env.some((variable) => metadata.test(variable))) return { trust: 'silent', why: 'the platform\'s metadata', url };
    if ((login.test(path) && !isServedHere(this.#neighbours, source.path, path)) || (!url.env.some((variable) => ownSite.test(variable)) && [name, ...url.env].some((each) => loginName.test(each)))) return { trust: 'silent', why: 'a login', url };
    if (signed.test(name) && !this.#isBuiltFrom(expression, source, url)) return { trust: 'silent', why: 'an address signed for one transfer', url };
    if (isOfPage(url.env, source.text)) return { trust: 'silent', why: 'asked from a page', url };
    const host = /^[a-z]+:\/\/([^/:*?#]*)(\*?)/i.exec(text);
    // `${API}${path}`: a host that ends like one is whole, whatever follows.
    const whole = host?.[2] === '' || /\.[a-z]{2,}$/i.test(host?.[1] ?? '');
    if (host?.[1] && whole) {
      if (telemetry.test(path)) return { trust: 'silent', why: 'a telemetry export', url };
      if (loopback.test(host[1]) && localTool.test(text)) return { trust: 'silent', why: 'a tool on this machine', url };
      if (vendorHost.test(host[1]) && !this.#asking.isOwnName(host[1])) return { trust: 'silent', why: `${host[1]} is a product that runs beside the program`, url };
      if (loopback.test(host[1]) || privateName.test(host[1])) return { trust: 'own', why: `${host[1]} is a private host`, url };
      if (this.#asking.isOwnHost(host[1]) && !foreign.test(host[1]) && !telemetry.test(host[1])) return { trust: 'own', why: `${host[1]} is the project's own host`, weak: true, isPublic: true, ...(url.env.length > 0 ? {} : { literal: true }), url };
      if (url.env.length > 0 && url.byDefault && !foreign.test(host[1]) && (placeholder.test(host[1]) || !isCalledAfter(url.env, host[1]))) return { trust: 'own', why: `the host is configured (${url.env[0]})`, weak: true, url };
      return { trust: 'silent', why: `${host[1]} is a third-party host`, url };
    }
    if (host && host[1] === '' && host[2] === '' && !text.startsWith('file:')) return { trust: 'silent', why: 'no host', url };
    if (/^(data|blob|file):/.test(text)) return { trust: 'silent', why: 'not a service', url };
    if (text.startsWith('/') || text.startsWith('./') || text.startsWith('?')) return { trust: 'silent', why: this.#asking.runtime === 'node' ? 'a relative URL' : 'a relative URL in a browser', url };
    // What has neither scheme nor host is looked up beside the page.
    if (this.#asking.runtime.startsWith('browser') && /^[\w-][^:*/]*([/?#]|$)/.test(text)) return { trust: 'silent', why: 'a relative URL in a browser', url };
    if (azure.test(text)) return { trust: 'silent', why: 'a third-party service', url };
    if (modelPath.test(path) || modelServer.test(`${env} ${name}`)) return { trust: 'silent', why: 'a model\'s server', url };
    const pieces = text.split('/')[2] ?? '';
    // `https://*.slack.com` is somebody else's; `http://*.agents.svc.cluster.local` is not.
    if (/^https?:\/\/\*[^/]*\.[a-z]{2,}(:|\/|$)/i.test(text) && privateName.test(pieces.replace(/:.*$/, ''))) return { trust: 'own', why: 'a private host', url };
    if (/^https:\/\/\*?[^/]*\.[a-z]{2,}(\/|$)/i.test(text) && pieces.includes('*')) return { trust: 'silent', why: 'a third-party host', url };
    if (isForeignName(`${env} ${name}`) || this.#isVendor(`${env} ${name}`) || /webhook/i.test(env)) return { trust: 'silent', why: 'a third-party service', url };
    // `${BASE_PATH}/api/files`: where a page is mounted, and no host.
    if (url.env.length > 0 && !/^[a-z]+:/i.test(text) && url.env.every((variable) => this.#isMount(variable))) return { trust: 'silent', why: 'a relative URL', url };
    if (url.env.length > 0) return telemetry.test(env + path) ? { trust: 'silent', why: 'a telemetry export', url } : { trust: 'own', why: `the address is configured (${url.env[0]})`, url };
    const told = this.#provenance(expression, source, 0);
    return { ...(told.trust !== 'silent' && isGuarded(ts, expression, source) ? guarded : told), url };
  }

  /** Follows the head of a URL back: environment and configuration are the project's own; fields of data are not. */
  #provenance(expression: ts.Expression, source: SourceText, depth: number): Told {
    const ts = this.#ts;
    if (depth > 6) return untold;
    // `fetch(...args)` in a wrapper of one's own goes where the wrapper's callers send it.
    if (ts.isSpreadElement(expression)) return this.#provenance(expression.expression, source, depth + 1);
    const node = unwrap(ts, expression);
    const follow = (next: ts.Expression): Told => this.#provenance(next, source, depth + 1);
    const variable = environmentVariable(ts, node) ?? settingOf(ts, node);
    if (variable !== undefined && this.#isMount(variable)) return { trust: 'silent', why: 'a relative URL' };
    if (variable !== undefined) return isForeignName(variable) || this.#isVendor(variable) ? { trust: 'silent', why: 'a third-party service' } : { trust: 'own', why: `the address is configured (${variable})` };
    if (ts.isTemplateExpression(node)) {
      // `${base}/path` goes where `base` points; `https://${host}/path` where `host` does.
      return /^(https?:\/\/)?$/.test(node.head.text) ? follow(node.templateSpans[0]!.expression) : untold;
    }
    if (ts.isBinaryExpression(node)) return this.#ofOperator(node, source, follow);
    // `configured ? build(configured) : undefined`
    if (ts.isConditionalExpression(node)) return isNothing(ts, node.whenFalse) ? follow(node.whenTrue) : isNothing(ts, node.whenTrue) ? follow(node.whenFalse) : this.#either(node, source);
    if (ts.isNewExpression(node)) {
      const [path, base] = node.arguments ?? [];
      return base ? follow(base) : path ? follow(path) : untold;
    }
    if (ts.isCallExpression(node)) {
      const member = memberName(ts, node.expression);
      if (member && ['toString', 'trim', 'replace', 'replaceAll', 'concat'].includes(member)) return follow((node.expression as ts.PropertyAccessExpression).expression);
      const built = this.#built(node, source);
      return (built?.bare ? undefined : built) ?? this.#keyed(node, source) ?? built ?? this.#joined(node, follow) ?? this.#made(node, follow) ?? builder(member ?? (ts.isIdentifier(node.expression) ? node.expression.text : ''));
    }
    if (holderOf(ts, node).some((name) => foreignHolder.test(name) || isForeignName(name))) return { trust: 'silent', why: 'a third-party service, by what holds its address' };
    if (isOfAsker(ts, node)) return { trust: 'silent', why: 'an address that whoever asks the handler names' };
    const handed = this.#handedIn(node, source) ?? this.#byDefault(node, source);
    if (handed && !handed.bare) return handed;
    if (memberName(ts, node) !== undefined && holderOf(ts, node).some((name) => dataHolder.test(name))) return { trust: 'data', why: `\`${node.getText()}\` comes as data` };
    const member = memberName(ts, node);
    if (member !== undefined) {
      // `new URL(x).hostname` is as good as `x`.
      const made = /^(host|hostname|origin)$/.test(member) ? wholeOf(ts, (node as ts.PropertyAccessExpression).expression) : undefined;
      if (made) return follow(made);
      // What `url.pathname` begins with is no host.
      if (member === 'pathname' || member === 'search') return { trust: 'silent', why: 'a relative URL' };
      const holder = (node as ts.PropertyAccessExpression).expression;
      const listed = this.#listed(holder, member, source);
      if (listed) return listed;
      if (member === 'href' || member === 'url') {
        if (this.#isOfThing(holder)) return named(member, false)!;
        const whole = follow(holder);
        return (whole.trust === 'unknown' ? this.#configured(node, member) : undefined) ?? byName(whole, member);
      }
      const own = holder.kind === ts.SyntaxKind.ThisKeyword;
      const inner = unwrap(ts, holder);
      const field = own ? this.#ofField(node as ts.PropertyAccessExpression, source)
        : isField(ts, inner) ? this.#ofField(inner, source, member) : undefined;
      const name = named(member, own);
      const told = (name?.trust === 'own' && (field ?? handed)?.bare ? name : field ?? handed ?? name) ?? untold;
      if (told.trust === 'unknown' && addressWord.test(member) && endpointHolder.test(lastName(ts, holder))) return { trust: 'own', why: `\`${member}\` is one of the program's addresses`, weak: true };
      const configured = told.trust === 'unknown' && addressWord.test(member) ? this.#configured(node, member) : undefined;
      if (configured) return configured;
      return told.bare && configuration.test(lastName(ts, holder)) && !this.#isOfThing(holder) ? { trust: 'own', why: `\`${member}\` is configured`, weak: true, byHolder: true } : told;
    }
    if (ts.isIdentifier(node)) {
      const declaration = declarationOf(ts, node);
      const built = declaration && this.#partOfBuilt(declaration, source);
      if (built) return built;
      if (declaration && ts.isVariableDeclaration(declaration) && declaration.initializer) {
        const inner = this.#assigned(declaration, source) ?? this.#ofValue(declaration.initializer, source) ?? follow(declaration.initializer);
        return inner.trust === 'unknown' ? named(node.text, true) ?? inner : inner;
      }
      const name = named(node.text, !(declaration && ts.isParameter(declaration)));
      if (name?.bare && declaration && ts.isBindingElement(declaration) && ts.isVariableDeclaration(declaration.parent.parent) && configuration.test(lastName(ts, declaration.parent.parent.initializer))) return { trust: 'own', why: `\`${node.text}\` is configured`, weak: true };
      return (name?.trust === 'own' ? name : handed ?? name) ?? untold;
    }
    return untold;
  }

  /** `const uploadUrl = reportTo(settings.url)`: a name says nothing against what it is seen to be made of. */
  #isBuiltFrom(expression: ts.Expression, source: SourceText, url: Constant): boolean {
    const ts = this.#ts;
    const node = unwrap(ts, expression);
    const declaration = ts.isIdentifier(node) ? declarationOf(ts, node) : undefined;
    if (!declaration || !ts.isVariableDeclaration(declaration) || !ts.isIdentifier(declaration.name) || !declaration.initializer) return false;
    if (url.env.length > 0) return !url.env.some((variable) => signed.test(variable));
    // What is waited for, or is a part of an answer, somebody else has made.
    if (ts.isAwaitExpression(declaration.initializer) || memberName(ts, unwrap(ts, declaration.initializer)) !== undefined) return false;
    return new Address(ts, this.#origins, this.#neighbours, this.#asking, this.#sendsWork).#provenance(declaration.initializer, source, 0).trust === 'own';
  }

  #isVendor(name: string): boolean {
    return vendor.test(name) && !ownService.test(name.trim()) && !this.#asking.isOwnName(name);
  }

  /** `settings.apis.reports.url`: out of what a file imports as its settings. */
  #configured(node: ts.Expression, member: string): Told | undefined {
    const ts = this.#ts;
    const holders = holderOf(ts, node);
    const root = rootOf(ts, node);
    const declaration = root && declarationOf(ts, root);
    if (!declaration || !configuration.test(root.text) || ts.isParameter(declaration) || enclosingFunction(ts, declaration)) return undefined;
    const names = [member, ...holders].join(' ');
    if (this.#isVendor(names) || [member, `${holders[0]}_${member}`].some((name) => dataName.test(name) || loginName.test(name)) || /webhook/i.test(names)) return undefined;
    return { trust: 'own', why: `\`${member}\` is configured`, weak: true, byHolder: true };
  }

  /** `config` of `run(config: StepConfig)`: somebody hands it in, and what it configures is not the program. */
  #isOfThing(holder: ts.Expression): boolean {
    const behind = parameterBehind(this.#ts, holder);
    return behind !== undefined && !this.#ts.isConstructorDeclaration(behind.parameter.parent) && configuration.test(lastName(this.#ts, holder));
  }

  /** `getSetting(keys.MAIL_URL)`: what a getter of settings gives is configured, whose it is says the constant that it is asked by. */
  #keyed(call: ts.CallExpression, { text }: SourceText): Told | undefined {
    const key = keyOfSetting(this.#ts, call);
    if (!key) return undefined;
    if (inPage.test(text) && !onServer.test(text)) return { trust: 'silent', why: 'asked from a page' };
    if (this.#isMount(key.name)) return { trust: 'silent', why: 'a relative URL' };
    if (isForeignName(key.all) || this.#isVendor(key.all) || /webhook/i.test(key.name)) return { trust: 'silent', why: 'a third-party service' };
    if (loginName.test(key.name)) return { trust: 'silent', why: 'a login' };
    return signed.test(key.name) || telemetry.test(key.name) || isProbe(key.name) ? undefined : { trust: 'own', why: `the address is configured (${key.name})`, weak: true };
  }

  /** `BASE_PATH`; on a server, which has nothing to put a path behind, `ORDERS_API_PATH` is where that service is. */
  #isMount(variable: string): boolean {
    return mountPath.test(variable) && !(this.#asking.runtime === 'node' && says(variable, ownWord));
  }

  /** `joinUrl(process.env.ORDERS_URL, path)`: what puts an address together, nobody sees how, from one that is known. */
  #joined(call: ts.CallExpression, follow: (next: ts.Expression) => Told): Told | undefined {
    const [first] = call.arguments;
    const joins = isJoin(this.#ts, call);
    if (!first || (!joins && !addressWord.test(first.getText()))) return undefined;
    const told = follow(first);
    if (joins) return told.trust === 'unknown' && !told.bare ? undefined : told;
    return told.trust === 'own' && !told.weak && !told.bare ? told : undefined;
  }

  /** `toApi(sourceUrl)`: what is made of an address that came as data, nobody sees how, is no more one's own. */
  #made(call: ts.CallExpression, follow: (next: ts.Expression) => Told): Told | undefined {
    const [first] = call.arguments;
    if (!first || call.arguments.length > 1 || !addressWord.test(first.getText())) return undefined;
    const told = follow(first);
    return told.trust === 'data' ? told : undefined;
  }

  /** `base + path` goes where `base` points; `options.baseUrl ?? 'https://api.acme.com'` where its default does, if only a name speaks for the other. */
  #ofOperator(node: ts.BinaryExpression, source: SourceText, follow: (next: ts.Expression) => Told): Told {
    const ts = this.#ts;
    const operator = node.operatorToken.kind;
    if (operator === ts.SyntaxKind.PlusToken) return follow(node.left);
    if (operator !== ts.SyntaxKind.BarBarToken && operator !== ts.SyntaxKind.QuestionQuestionToken) return untold;
    const left = follow(node.left);
    if (left.trust === 'own' && !left.weak) return left;
    const { url, ...right } = this.of(node.right, source);
    if (url.text === '*' || url.text === '') return left.weak && right.trust === 'silent' ? right : oneOf(left, right);
    const [, host] = /^[a-z]+:\/\/([^/:*?#]+)/i.exec(url.text) ?? [];
    return host !== undefined && this.#asking.isOwnHost(host) ? oneOf(left, { trust: 'own', why: `${host} is the project's own host`, weak: true, isPublic: true }) : right;
  }

  /** `azure ? base : 'https://api.acme.com'`: one's own wins; somebody else's host speaks for what has but a name. Two names do as well. */
  #either(node: ts.ConditionalExpression, source: SourceText): Told {
    const ts = this.#ts;
    // `...(changed ? [input, init] : args)`: arguments, and no address.
    if ([node.whenTrue, node.whenFalse].some((branch) => ts.isArrayLiteralExpression(unwrap(ts, branch)))) return untold;
    const both = [this.of(node.whenTrue, source), this.of(node.whenFalse, source)];
    const told = both.find((each) => each.trust === 'own' && !each.weak) ?? both.find((each) => each.trust === 'silent') ?? (both.every((each) => each.trust === 'own') ? both[0] : undefined);
    return told ? toldOf(told) : untold;
  }

  /** A parameter, or what is taken out of one, goes where the callers say; one that nobody fills is judged by its name. */
  #handedIn(node: ts.Expression, source: SourceText): Told | undefined {
    const behind = parameterBehind(this.#ts, node);
    if (!behind) return undefined;
    const { parameter, path } = behind;
    return this.#all(parameter, path, source);
  }

  /** `{ api = '/api/chat' }`: what nobody is seen to fill goes where its default does. */
  #byDefault(node: ts.Expression, source: SourceText): Told | undefined {
    const ts = this.#ts;
    const declaration = ts.isIdentifier(node) ? declarationOf(ts, node) : undefined;
    if (!declaration || !(ts.isParameter(declaration) || ts.isBindingElement(declaration)) || !declaration.initializer || this.#asked.has(declaration)) return undefined;
    this.#asked.add(declaration);
    const told = toldOf(this.of(declaration.initializer, source));
    return told.trust === 'unknown' ? undefined : told;
  }

  /** `this.baseUrl`, `this.options.baseUrl`: what the class gives it, and for a constructor's parameter what its callers give. */
  #ofField(node: ts.PropertyAccessExpression, source: SourceText, part?: string): Told | undefined {
    const ts = this.#ts;
    const owner = enclosingClass(ts, node);
    if (!owner || this.#asked.has(node)) return undefined;
    this.#asked.add(node);
    const name = node.name.text;
    const told: Told[] = [];
    const given = (value: ts.Expression): void => {
      const at = part === undefined ? value : partOf(ts, value, part);
      if (at) told.push(this.of(at, source));
      else if (part !== undefined) told.push(...this.#partHandedIn(value, part, source));
    };
    for (const member of owner.members) {
      if (ts.isPropertyDeclaration(member) && propertyName(ts, member.name) === name && member.initializer) given(member.initializer);
      if (!ts.isConstructorDeclaration(member)) continue;
      const parameter = member.parameters.find((p) => ts.isIdentifier(p.name) && p.name.text === name && ts.isParameterPropertyDeclaration(p, member));
      if (!parameter) continue;
      const fallback = parameter.initializer && part === undefined ? this.of(parameter.initializer, source) : undefined;
      const handed = this.#all(parameter, part === undefined ? [] : [part], source);
      if (handed ?? fallback) told.push((handed ?? fallback)!);
    }
    for (const assignment of indexOf(ts, source.ast).fieldAssignments.get(name) ?? []) {
      if (enclosingClass(ts, assignment) === owner) given(assignment.right);
    }
    return together(told);
  }

  /** `this.options = options`: what the callers give that part of the parameter. */
  #partHandedIn(value: ts.Expression, part: string, source: SourceText): Told[] {
    const behind = parameterBehind(this.#ts, value);
    const told = behind && this.#all(behind.parameter, [...behind.path, part], source);
    return told ? [told] : [];
  }

  /** A value of which some is known. */
  #ofValue(value: ts.Expression, source: SourceText): Told | undefined {
    const url = constantOf(this.#ts, this.#origins, value, source);
    return url.text === '*' || url.text === '' ? undefined : toldOf(this.of(value, source, url));
  }

  /** `const { endpoint } = endpointOf(region)`: what the function gives back under that name. */
  #partOfBuilt(declaration: ts.Node, source: SourceText): Told | undefined {
    const ts = this.#ts;
    if (!ts.isBindingElement(declaration) || !ts.isVariableDeclaration(declaration.parent.parent)) return undefined;
    const name = propertyName(ts, declaration.propertyName ?? (declaration.name));
    const from = declaration.parent.parent.initializer && unwrap(ts, declaration.parent.parent.initializer);
    const target = name !== undefined && from && ts.isCallExpression(from) ? this.#origins.functionOf(from.expression, source) : undefined;
    if (!target?.fn.body || this.#asked.has(target.fn)) return undefined;
    this.#asked.add(target.fn);
    return together(returnsOf(ts, target.fn).flatMap((node): Told[] => {
      const at = partOf(ts, node, name!);
      return at ? [this.of(at, target.source)] : [];
    }));
  }

  /** `let url = ''; switch (region) { … url = 'https://…' }`: what it is given later. */
  #assigned(declaration: ts.VariableDeclaration, source: SourceText): Told | undefined {
    const ts = this.#ts;
    if ((declaration.parent.flags & ts.NodeFlags.Const) !== 0 || this.#asked.has(declaration)) return undefined;
    this.#asked.add(declaration);
    const values = assignedTo(ts, declaration);
    const all = isNothing(ts, declaration.initializer!) ? values : [declaration.initializer!, ...values];
    if (values.length === 0) return undefined;
    const told = all.map((value) => this.of(value, source));
    return told.find((each) => isReplaced(each, told)) ?? together(told);
  }

  /** `services.map((service) => fetch(service.url))`: where all lead that are written out in the list. */
  #listed(holder: ts.Expression, member: string, source: SourceText): Told | undefined {
    const ts = this.#ts;
    const list = listOf(ts, holder);
    const values = list && (isField(ts, list) ? valuesOfField(ts, list, source) : this.#origins.values.initializer(list as ts.Identifier, source));
    if (!values) return undefined;
    const node = unwrap(ts, values.node);
    if (!ts.isArrayLiteralExpression(node)) return undefined;
    return together(node.elements.map((each) => {
      const at = partOf(ts, each, member);
      return at ? this.of(at, values.source) : untold;
    }));
  }

  /** What all callers of a function that are in sight say together. */
  #all(parameter: ts.ParameterDeclaration, path: readonly string[], source: SourceText): Told | undefined {
    if (this.#asked.has(parameter) || this.#asked.size > 30) return undefined;
    this.#asked.add(parameter);
    const reachedBy = this.#reachedBy.get(parameter);
    if (reachedBy) {
      const passed = passedTo(this.#ts, this.#origins, reachedBy, parameter, path);
      return passed && toldOf(this.of(passed.node, passed.source));
    }
    const told = callersOf(this.#ts, this.#origins, this.#neighbours, parameter.parent, source).flatMap((caller): Told[] => {
      const passed = passedTo(this.#ts, this.#origins, caller, parameter, path);
      return passed ? [this.of(passed.node, passed.source)] : [];
    });
    return together(told);
  }

  /** What a function of the project that builds an address gives back. */
  #built(call: ts.CallExpression, source: SourceText): Told | undefined {
    const target = this.#origins.functionOf(call.expression, source);
    if (!target?.fn.body || this.#asked.has(target.fn)) return undefined;
    this.#asked.add(target.fn);
    for (const parameter of target.fn.parameters) this.#reachedBy.set(parameter, { call, source });
    // Nothing at all says nothing of where the others lead.
    return together(returnsOf(this.#ts, target.fn).filter((node) => !isNothing(this.#ts, node)).map((node) => this.of(node, target.source)));
  }
}

/** Variables of a page's bundle, in code that says nothing of a server. */
function isOfPage(variables: readonly string[], text: string): boolean {
  if (variables.length === 0 || onServer.test(text)) return false;
  return variables.every((variable) => pageVariable.test(variable)) || (variables.every((variable) => sharedVariable.test(variable)) && inPage.test(text));
}

function toldOf({ url: _, ...told }: Destination): Told {
  return told;
}

/** `let base = 'https://xquik.com'`, which `XQUIK_URL` may replace: somebody else's, wherever it runs. */
function isReplaced({ trust, url }: Destination, by: readonly Destination[]): boolean {
  const host = /^[a-z]+:\/\/([^/:*?#]+)/i.exec(url.text)?.[1];
  return trust === 'silent' && host !== undefined && isForeignHost(url.text) && by.some((each) => isCalledAfter(each.url.env, host));
}
