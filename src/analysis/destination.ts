/** Where a request goes, and whether the trace may go with it (DESIGN.md 5.9). */
import type ts from 'typescript';
import type { RuntimeProfile, Ts } from '../types.ts';
import { callersOf, parameterBehind, passedTo } from './callers.ts';
import { constantOf, environmentVariable, type Constant } from './constants.ts';
import { enclosingClass } from './declarations.ts';
import { indexOf } from './file-index.ts';
import type { Origins } from './origins.ts';
import { returnsOf } from './propagation.ts';
import { declarationOf } from './scope.ts';
import type { Neighbours, SourceText } from './source.ts';
import { contains, isFunctionNode, memberName, propertyName, propertyValue, unwrap, type FunctionNode } from './syntax.ts';

export type Trust =
  /** The project's own or a configured service. */
  | 'own'
  /** A literal host of somebody else, media, a health probe, a telemetry export, a browser-relative URL. */
  | 'silent'
  /** Came as data: webhooks, customer URLs. */
  | 'data'
  /** Nothing tells. */
  | 'unknown';

export interface Destination {
  trust: Trust;
  why: string;
  /** One's own by a name alone, or by a variable whose default is somebody's public host. */
  weak?: boolean;
  /** The part of the URL that is fixed: `http://localhost:4100/research`, `*\/research`. */
  url: Constant;
}

/** Programs of others that listen on this machine: AWS's Lambda extensions, browsers and Node under a debugger, model runners, Docker. */
const localTool = /^[a-z]+:\/\/[^/]*:(2772|2773|9222|9229|11434|2375)(\/|$)/i;
const loopback = /^(localhost|127(\.\d+){3}|\[::1\]|0\.0\.0\.0|host\.docker\.internal)$/;
const privateName = /^[^.]+$|\.(local|internal|lan|svc|svc\.cluster\.local|test|localhost)$|^(10(\.\d+){3}|192\.168(\.\d+){2}|172\.(1[6-9]|2\d|3[01])(\.\d+){2})$/;
const probe = /\/(health|healthz|healthcheck|health-check|ready|readyz|readiness|live|livez|liveness|ping|status\/?$|metrics)\b|health-?check/i;
/** Where a service logs in: its address is configured, and what answers is no part of the work. */
const login = /\/(oauth2?|oidc|openid-connect)\/|\/\.well-known\/|\/(access_?)?token(\?|$)/i;
const loginName = /(^|_|[a-z])(token|auth(ori[sz]ation)?|jwks|discovery|issuer|revocation|introspection|userinfo)_?(url|uri|endpoint)$/i;
/** Addresses that somebody signed for one upload or download. */
const signed = /pre-?_?signed|signed_?ur[li]|sas_?ur[li]|(upload|download)_?ur[li]$/i;
/** What browsers and Node answer to a debugger. */
const debuggers = /\/json(\/(version|list|new|protocol))?\/?(\?|$)/;
/** `chrome.runtime.getURL('page.html')`: a file of the extension itself. */
const ownFile = /^(chrome|browser)\.(runtime|extension)\.getURL$/;
/** What the platform says of the machine that the code runs on. */
const metadata = /(^|_)METADATA(_|$)/;
const probes = new Set(['health', 'healthcheck', 'readiness', 'liveness', 'heartbeat', 'ping', 'status']);
const telemetry = /\/v1\/(traces|metrics|logs)\b|\/api\/v2\/spans\b|otlp|collector|telemetry|sentry|posthog/i;
const media = /\.(json|ya?ml|csv|txt|xml|md|html?|png|jpe?g|gif|webp|svg|ico|css|js|mjs|wasm|woff2?|ttf|pdf|mp[34]|zip|tar|gz|tgz|onnx|bin)(\?|$)/i;
/** Names of other people's services: their addresses are configured, and not ours. */
const foreign = /oauth|oidc|saml|slack|discord|telegram|github|gitlab|bitbucket|stripe|paypal|twilio|sendgrid|mailgun|postmark|resend|openai|anthropic|gemini|mistral|cohere|groq|huggingface|replicate|pinecone|notion|linear|jira|zendesk|intercom|hubspot|salesforce|shopify|auth0|okta|clerk|google|microsoft|azure|aws|amazon|cloudflare|vercel|firebase|algolia|segment|mixpanel|amplitude|datadog|pagerduty|captcha|maxmind|npm_?registry|response_?url|whats_?app|dialog_?360|facebook|instagram|posthog|mail_?channels|mailchimp|brevo|airtable|docusign|sentry|elevenlabs|deepgram|dropbox|figma|tavily|unsplash|giphy|plaid|coinbase|lemon_?squeezy|launchdarkly|rudderstack/i;
const dataName = /(webhook|callback|hook|target|customer|user|remote|image|img|avatar|logo|icon|photo|video|audio|media|download|upload|presigned|signed|redirect|attachment|asset|favicon|feed|page|link|article|site|website|source|src|file|document|jwks|token|discovery|well-?known|registry|proxy)_?(url|uri|endpoint|link|href)?s?$/i;
const dataWhole = /^(url|uri|href|link|input|src|target)$/i;
const configuredName = /(base|api|service|server|agent|backend|gateway|host|endpoint|origin|internal|app|rpc|worker|engine|orchestrator|planner|specialist|mcp|a2a|address|addr|domain|config|settings|env)/i;

/** A variable that says where a page is mounted. */
const mountPath = /(^|_)(PATH|PREFIX|ROUTE)$/i;
/** Folders that hold a client for each of other people's services; in `providers`, `loaders` and their like there may be some of one's own. */
const foreignFolder = /(^|\/)(integrations?|connectors?)\//i;
const mixedFolder = /(^|\/)(\w*providers?|\w*(loader|importer|crawler|scraper)s?|(image|video|audio)-?generators?|embedding-?engines?|embeddings?|speech-?to-?text|text-?to-?speech|tts|stt|llms?)\//i;
/** Servers of models that one runs oneself, and what models are asked for everywhere: a model's own spans are of no help to who asks. */
const modelServer = /ollama|lm_?-?studio|llama_?-?cpp|vllm|local_?-?ai(?![a-z])|kokoro|lemonade|model_?-?runner|xinference|litellm/i;
const modelPath = /\/chat\/completions(\?|$)|\/v1\/(embeddings|models|images\/(generations|edits|variations)|audio\/(speech|transcriptions|translations|voices))(\/|\?|$)|\/images\/(generations|edits|variations)(\?|$)/;
/** Other people's services that files and classes are called after. */
const foreignClient = /slack|discord|telegram|github|gitlab|bitbucket|stripe|paypal|twilio|sendgrid|mailgun|mailchimp|openai|anthropic|mistral|huggingface|pinecone|meilisearch|zendesk|intercom|hubspot|salesforce|sfdc|shopify|docusign|airtable|figma|sharepoint|outlook|facebook|whatsapp|auth0|okta|algolia|mixpanel|amplitude|datadog|pagerduty|posthog|mail-?channels|brevo|elevenlabs|deepgram|dropbox|plaid|lemon-?squeezy|confluence|atlassian|gitea|assembly-?ai|azure-?blob|blob-?storage/i;
/** Folders, and packages, that hold the client of one service of other people's. */
const foreignPackage = /(^|\/)(slack|discord|telegram|github|gitlab|bitbucket|stripe|paypal|twilio|sendgrid|mailgun|openai|anthropic|(amazon-)?bedrock|google(-vertex)?|azure|cohere|groq|mistral|huggingface|replicate|togetherai|fireworks|deepinfra|deepseek|xai|fal|luma|assemblyai|deepgram|elevenlabs|hume|cerebras|perplexity|pinecone|notion|zendesk|intercom|hubspot|salesforce|shopify|auth0|okta|airtable|dropbox|whatsapp|jira)\//i;

/** Whether the place of a request says that its address, which little else vouches for, is somebody else's. */
export function isForeignPlace(ts: Ts, node: ts.Node, path: string, { trust }: Destination): boolean {
  if (foreignFolder.test(path) || foreignPackage.test(path) || (trust === 'own' && mixedFolder.test(path))) return true;
  const name = `${path.split('/').at(-1)!} ${enclosingClass(ts, node)?.name?.text ?? ''}`;
  return foreignClient.test(name) || modelServer.test(name);
}

/** How a destination was told. */
interface Told {
  trust: Trust;
  why: string;
  weak?: boolean;
}

/** Who looks whether a host is a private one asks what users and other services name: `assertUrlIsSafe(url)`, `secureFetch`. */
const guard = /ssrf|validat\w*(?:url|uri|host|address)|(?:url|host|address)\w*(?:is)?safe|is(?:safe|blocked|private|denied)\w*(?:url|host|ip|address)|deny_?list/i;
const guardedCall = /^(?:safe|secure|guarded)_?fetch/i;
const guarded: Told = { trust: 'data', why: 'an address that is checked before it is asked comes as data' };

function isGuarded(ts: Ts, expression: ts.Expression, { ast }: SourceText): boolean {
  const around = ts.findAncestor(expression, (node): node is FunctionNode => isFunctionNode(ts, node));
  if (!around) return false;
  const name = around.name?.getText(ast) ?? (ts.isVariableDeclaration(around.parent) ? around.parent.name.getText(ast) : '');
  return guardedCall.test(name) || contains(ts, around, (node) => ts.isCallExpression(node) && guard.test(memberName(ts, node.expression) ?? (ts.isIdentifier(node.expression) ? node.expression.text : '')));
}

const untold: Told = { trust: 'unknown', why: 'where it goes cannot be told' };

/** What is known of the place that asks. */
export interface Asking {
  runtime: RuntimeProfile;
  /** Whether a host is called after the project: its own service, wherever that runs. */
  isOwnHost(host: string): boolean;
}

export function destinationOf(ts: Ts, origins: Origins, expression: ts.Expression | undefined, source: SourceText, asking: Asking, neighbours?: Neighbours, url?: Constant): Destination {
  return new Address(ts, origins, neighbours, asking).of(expression, source, url);
}

/** One question about one address: what was asked on the way is not asked again. */
class Address {
  readonly #ts: Ts;
  readonly #origins: Origins;
  readonly #neighbours: Neighbours | undefined;
  readonly #asking: Asking;
  readonly #asked = new Set<ts.Node>();

  constructor(ts: Ts, origins: Origins, neighbours: Neighbours | undefined, asking: Asking) {
    this.#ts = ts;
    this.#origins = origins;
    this.#neighbours = neighbours;
    this.#asking = asking;
  }

  /** `known`: the whole address, where it is put together from several places. */
  of(expression: ts.Expression | undefined, source: SourceText, known?: Constant): Destination {
    const ts = this.#ts;
    const url = known ?? constantOf(ts, this.#origins, expression, source);
    if (!expression) return { trust: 'unknown', why: 'no URL', url };
    const text = url.text;
    const path = text.replace(/^[a-z]+:\/\/[^/]*/i, '');
    const name = nameOf(ts, expression);
    const env = url.env.join(' ');
    if (/\/v1\/(traces|metrics|logs)\b/.test(path)) return { trust: 'silent', why: 'a telemetry export', url };
    if (probe.test(path) || isProbe(name)) return { trust: 'silent', why: 'a health probe', url };
    if (debuggers.test(path)) return { trust: 'silent', why: 'a program under its debugger', url };
    if (media.test(path)) return { trust: 'silent', why: 'a download', url };
    if (isOwnFile(ts, expression)) return { trust: 'silent', why: 'not a service', url };
    if (url.env.some((variable) => metadata.test(variable))) return { trust: 'silent', why: 'the platform\'s metadata', url };
    if (login.test(path) || loginName.test(name) || url.env.some((variable) => loginName.test(variable))) return { trust: 'silent', why: 'a login', url };
    if (signed.test(name)) return { trust: 'silent', why: 'an address signed for one transfer', url };
    const host = /^[a-z]+:\/\/([^/:*?#]*)(\*?)/i.exec(text);
    // `${API}${path}`: a host that ends like one is whole, whatever follows.
    const whole = host?.[2] === '' || /\.[a-z]{2,}$/i.test(host?.[1] ?? '');
    if (host?.[1] && whole) {
      if (telemetry.test(path)) return { trust: 'silent', why: 'a telemetry export', url };
      if (loopback.test(host[1]) && localTool.test(text)) return { trust: 'silent', why: 'a tool on this machine', url };
      if (loopback.test(host[1]) || privateName.test(host[1])) return { trust: 'own', why: `${host[1]} is a private host`, url };
      if (url.env.length > 0 && !foreign.test(host[1])) return { trust: 'own', why: `the host is configured (${url.env[0]})`, weak: true, url };
      if (url.byDefault && this.#asking.isOwnHost(host[1])) return { trust: 'own', why: `${host[1]} is the project's own host`, weak: true, url };
      return { trust: 'silent', why: `${host[1]} is a third-party host`, url };
    }
    if (host && host[1] === '' && host[2] === '' && !text.startsWith('file:')) return { trust: 'silent', why: 'no host', url };
    if (/^(data|blob|file):/.test(text)) return { trust: 'silent', why: 'not a service', url };
    if (text.startsWith('/') || text.startsWith('./') || text.startsWith('?')) return { trust: 'silent', why: this.#asking.runtime === 'node' ? 'a relative URL' : 'a relative URL in a browser', url };
    // What has neither scheme nor host is looked up beside the page.
    if (this.#asking.runtime.startsWith('browser') && /^[\w-][^:*/]*([/?#]|$)/.test(text)) return { trust: 'silent', why: 'a relative URL in a browser', url };
    if (modelPath.test(path) || modelServer.test(`${env} ${name}`)) return { trust: 'silent', why: 'a model\'s server', url };
    const pieces = text.split('/')[2] ?? '';
    // `https://*.slack.com` is somebody else's; `http://*.agents.svc.cluster.local` is not.
    if (/^https?:\/\/\*[^/]*\.[a-z]{2,}(:|\/|$)/i.test(text) && privateName.test(pieces.replace(/:.*$/, ''))) return { trust: 'own', why: 'a private host', url };
    if (/^https:\/\/\*?[^/]*\.[a-z]{2,}(\/|$)/i.test(text) && pieces.includes('*')) return { trust: 'silent', why: 'a third-party host', url };
    if (foreign.test(`${env} ${name}`) || /webhook/i.test(env)) return { trust: 'silent', why: 'a third-party service', url };
    // `${BASE_PATH}/api/files`: where a page is mounted, and no host.
    if (url.env.length > 0 && !/^[a-z]+:/i.test(text) && url.env.every((variable) => mountPath.test(variable))) return { trust: 'silent', why: 'a relative URL', url };
    if (url.env.length > 0) return telemetry.test(env + path) ? { trust: 'silent', why: 'a telemetry export', url } : { trust: 'own', why: `the address is configured (${url.env[0]})`, url };
    return { ...(isGuarded(ts, expression, source) ? guarded : this.#provenance(expression, source, 0)), url };
  }

  /** Follows the head of a URL back: environment and configuration are the project's own; fields of data are not. */
  #provenance(expression: ts.Expression, source: SourceText, depth: number): Told {
    const ts = this.#ts;
    if (depth > 6) return untold;
    // `fetch(...args)` in a wrapper of one's own goes where the wrapper's callers send it.
    if (ts.isSpreadElement(expression)) return this.#provenance(expression.expression, source, depth + 1);
    const node = unwrap(ts, expression);
    const follow = (next: ts.Expression): Told => this.#provenance(next, source, depth + 1);
    const variable = environmentVariable(ts, node);
    if (variable !== undefined && mountPath.test(variable)) return { trust: 'silent', why: 'a relative URL' };
    if (variable !== undefined) return foreign.test(variable) ? { trust: 'silent', why: 'a third-party service' } : { trust: 'own', why: `the address is configured (${variable})` };
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
      return this.#built(node, source) ?? builder(member ?? (ts.isIdentifier(node.expression) ? node.expression.text : ''));
    }
    const handed = this.#handedIn(node, source) ?? this.#byDefault(node, source);
    if (handed) return handed;
    const member = memberName(ts, node);
    if (member !== undefined) {
      // `new URL(x).hostname` is as good as `x`.
      const made = /^(host|hostname|origin)$/.test(member) ? wholeOf(ts, (node as ts.PropertyAccessExpression).expression) : undefined;
      if (made) return follow(made);
      // What `url.pathname` begins with is no host.
      if (member === 'pathname' || member === 'search') return { trust: 'silent', why: 'a relative URL' };
      if (member === 'href' || member === 'url') return byName(follow((node as ts.PropertyAccessExpression).expression), member);
      const holder = (node as ts.PropertyAccessExpression).expression;
      const own = holder.kind === ts.SyntaxKind.ThisKeyword;
      const inner = unwrap(ts, holder);
      const field = own ? this.#ofField(node as ts.PropertyAccessExpression, source)
        : isField(ts, inner) ? this.#ofField(inner, source, member) : undefined;
      return field ?? named(member, own) ?? untold;
    }
    if (ts.isIdentifier(node)) {
      const declaration = declarationOf(ts, node);
      if (declaration && ts.isVariableDeclaration(declaration) && declaration.initializer) {
        const inner = follow(declaration.initializer);
        return inner.trust === 'unknown' ? named(node.text, true) ?? inner : inner;
      }
      return named(node.text, !(declaration && ts.isParameter(declaration))) ?? untold;
    }
    return untold;
  }

  /** `base + path` goes where `base` points; `options.baseUrl ?? 'https://api.acme.com'` where its default does, if only a name speaks for the other. */
  #ofOperator(node: ts.BinaryExpression, source: SourceText, follow: (next: ts.Expression) => Told): Told {
    const ts = this.#ts;
    const operator = node.operatorToken.kind;
    if (operator === ts.SyntaxKind.PlusToken) return follow(node.left);
    if (operator !== ts.SyntaxKind.BarBarToken && operator !== ts.SyntaxKind.QuestionQuestionToken) return untold;
    const left = follow(node.left);
    if (left.trust === 'own' && !left.weak) return left;
    const { trust, why, weak, url } = this.of(node.right, source);
    const right: Told = { trust, why, ...(weak ? { weak } : {}) };
    if (url.text === '*' || url.text === '') return left.weak && right.trust === 'silent' ? right : oneOf(left, right);
    const [, host] = /^[a-z]+:\/\/([^/:*?#]+)/i.exec(url.text) ?? [];
    return host !== undefined && this.#asking.isOwnHost(host) ? oneOf(left, { trust: 'own', why: `${host} is the project's own host`, weak: true }) : right;
  }

  /** `azure ? base : 'https://api.acme.com'`: one's own wins; somebody else's host speaks for what has but a name. */
  #either(node: ts.ConditionalExpression, source: SourceText): Told {
    const ts = this.#ts;
    // `...(changed ? [input, init] : args)`: arguments, and no address.
    if ([node.whenTrue, node.whenFalse].some((branch) => ts.isArrayLiteralExpression(unwrap(ts, branch)))) return untold;
    const both = [this.of(node.whenTrue, source), this.of(node.whenFalse, source)];
    const { trust, why } = both.find((told) => told.trust === 'own' && !told.weak) ?? both.find((told) => told.trust === 'silent') ?? untold;
    return { trust, why };
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
    const { trust, why, weak } = this.of(declaration.initializer, source);
    return trust === 'unknown' ? undefined : { trust, why, ...(weak ? { weak } : {}) };
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

  /** What all callers of a function that are in sight say together. */
  #all(parameter: ts.ParameterDeclaration, path: readonly string[], source: SourceText): Told | undefined {
    if (this.#asked.has(parameter) || this.#asked.size > 30) return undefined;
    this.#asked.add(parameter);
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
    // Nothing at all says nothing of where the others lead.
    return together(returnsOf(this.#ts, target.fn).filter((node) => !isNothing(this.#ts, node)).map((node) => this.of(node, target.source)));
  }
}

/** One's own wins; of the rest, what all say. */
function together(told: readonly Told[]): Told | undefined {
  const own = told.find((t) => t.trust === 'own' && !t.weak) ?? told.find((t) => t.trust === 'own');
  if (own) return own;
  if (told.length === 0 || told.some((t) => t.trust === 'unknown')) return undefined;
  return told.find((t) => t.trust === 'data') ?? told[0];
}

/** `undefined`, `null`, `''` */
function isNothing(ts: Ts, node: ts.Expression): boolean {
  return node.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(node) && node.text === 'undefined') || (ts.isStringLiteralLike(node) && node.text === '');
}

function isField(ts: Ts, node: ts.Expression): node is ts.PropertyAccessExpression {
  return ts.isPropertyAccessExpression(node) && node.expression.kind === ts.SyntaxKind.ThisKeyword;
}

/** What an object that is written out gives a property. */
function partOf(ts: Ts, value: ts.Expression, part: string): ts.Expression | undefined {
  const node = unwrap(ts, value);
  return ts.isObjectLiteralExpression(node) ? propertyValue(ts, node, part) : undefined;
}

/** What is known of either of two. */
function oneOf(first: Told, second: Told): Told {
  return first.trust === 'unknown' ? second : first;
}

function builder(name: string): Told {
  return /^(get|build|make|create|resolve|format|join|to|with|api|url)/i.test(name) && (configuredName.test(name) || /url|uri|path/i.test(name)) && !dataName.test(name)
    ? { trust: 'own', why: `\`${name}\` builds the address`, weak: true } : untold;
}

/** Whether an address names somebody else's host: a public one, written out. */
export function isForeignHost(url: string): boolean {
  const host = /^[a-z]+:\/\/([^/:*?#]+)(?=[/:?#]|$)/i.exec(url)?.[1];
  return host !== undefined && !loopback.test(host) && !privateName.test(host);
}

function isOwnFile(ts: Ts, expression: ts.Expression): boolean {
  const node = unwrap(ts, expression);
  return ts.isCallExpression(node) && ownFile.test(node.expression.getText());
}

/** `toHubHealthUrl` and `STATUS_URL`, not `SHIPPING_ADDR`. */
function isProbe(name: string): boolean {
  return name.split(/_|(?<=[a-z\d])(?=[A-Z])/).some((word) => probes.has(word.toLowerCase()));
}

/** The name at the head of a URL: `githubApi` of `${this.githubApi}/user`. */
function nameOf(ts: Ts, expression: ts.Expression): string {
  const node = unwrap(ts, expression);
  if (ts.isTemplateExpression(node)) return node.head.text === '' ? nameOf(ts, node.templateSpans[0]!.expression) : '';
  if (ts.isBinaryExpression(node)) return nameOf(ts, node.left);
  if (ts.isCallExpression(node)) return nameOf(ts, node.expression);
  return ts.isIdentifier(node) ? node.text : memberName(ts, node) ?? '';
}

/** The URL that an object of its parts was made of: `new URL(x)`, `url.parse(x)`. */
function wholeOf(ts: Ts, expression: ts.Expression): ts.Expression | undefined {
  const node = unwrap(ts, expression);
  const declaration = ts.isIdentifier(node) ? declarationOf(ts, node) : undefined;
  const made = declaration && ts.isVariableDeclaration(declaration) ? declaration.initializer : node;
  return made && ts.isCallExpression(made) && memberName(ts, made.expression) === 'parse' ? made.arguments[0] : made && ts.isNewExpression(made) ? made : undefined;
}

function byName(inner: Told, member: string): Told {
  return inner.trust === 'unknown' ? named(member, false) ?? inner : inner;
}

function named(name: string, ours: boolean): Told | undefined {
  if (foreign.test(name)) return { trust: 'silent', why: 'a third-party service' };
  if (/push|notif|subscri/i.test(name)) return { trust: 'data', why: `\`${name}\` comes as data` };
  if (dataName.test(name) && !/^(api|base|service|server)/i.test(name)) return { trust: 'data', why: `\`${name}\` comes as data` };
  if (configuredName.test(name)) return { trust: 'own', why: `\`${name}\` is a configured address`, weak: true };
  if (dataWhole.test(name) && !ours) return { trust: 'unknown', why: `\`${name}\` is handed in` };
  return undefined;
}
