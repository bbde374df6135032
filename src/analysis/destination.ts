/** Where a request goes, and whether the trace may go with it (DESIGN.md 5.9). */
import type ts from 'typescript';
import type { RuntimeProfile, Ts } from '../types.ts';
import { constantOf, environmentVariable, type Constant } from './constants.ts';
import type { Origins } from './origins.ts';
import { indexOf } from './file-index.ts';
import { declarationOf, enclosingFunction } from './scope.ts';
import type { SourceText } from './source.ts';
import { memberName, unwrap } from './syntax.ts';

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
  /** The part of the URL that is fixed: `http://localhost:4100/research`, `*\/research`. */
  url: Constant;
}

/** Programs of others that listen on this machine: AWS's Lambda extensions, browsers and Node under a debugger, model runners, Docker. */
const localTool = /^[a-z]+:\/\/[^/]*:(2772|2773|9222|9229|11434|2375)(\/|$)/i;
const loopback = /^(localhost|127(\.\d+){3}|\[::1\]|0\.0\.0\.0|host\.docker\.internal)$/;
const privateName = /^[^.]+$|\.(local|internal|lan|svc|svc\.cluster\.local|test|localhost)$|^(10(\.\d+){3}|192\.168(\.\d+){2}|172\.(1[6-9]|2\d|3[01])(\.\d+){2})$/;
const probe = /\/(health|healthz|healthcheck|health-check|ready|readyz|readiness|live|livez|liveness|ping|status\/?$|metrics)\b|health-?check/i;
const probes = new Set(['health', 'healthcheck', 'readiness', 'liveness', 'heartbeat', 'ping', 'status']);
const telemetry = /\/v1\/(traces|metrics|logs)\b|\/api\/v2\/spans\b|otlp|collector|telemetry|sentry|posthog/i;
const media = /\.(json|ya?ml|csv|txt|xml|md|html?|png|jpe?g|gif|webp|svg|ico|css|js|mjs|wasm|woff2?|ttf|pdf|mp[34]|zip|tar|gz|tgz|onnx|bin)(\?|$)/i;
/** Names of other people's services: their addresses are configured, and not ours. */
const foreign = /oauth|oidc|saml|slack|discord|telegram|github|gitlab|bitbucket|stripe|paypal|twilio|sendgrid|mailgun|postmark|resend|openai|anthropic|gemini|mistral|cohere|groq|huggingface|replicate|pinecone|notion|linear|jira|zendesk|intercom|hubspot|salesforce|shopify|auth0|okta|clerk|google|microsoft|azure|aws|amazon|cloudflare|vercel|firebase|algolia|segment|mixpanel|amplitude|datadog|pagerduty|captcha|maxmind|npm_?registry|response_?url/i;
const dataName = /(webhook|callback|hook|target|customer|user|remote|image|img|avatar|logo|icon|photo|video|audio|media|download|upload|presigned|signed|redirect|attachment|asset|favicon|feed|page|link|article|site|website|source|src|file|document|jwks|token|discovery|well-?known|registry|proxy)_?(url|uri|endpoint|link|href)?s?$/i;
const dataWhole = /^(url|uri|href|link|input|src|target)$/i;
const configuredName = /(base|api|service|server|agent|backend|gateway|host|endpoint|origin|internal|app|rpc|worker|engine|orchestrator|planner|specialist|mcp|a2a|address|addr|domain|config|settings|env)/i;

export function destinationOf(ts: Ts, origins: Origins, expression: ts.Expression | undefined, source: SourceText, runtime: RuntimeProfile, url: Constant = constantOf(ts, origins, expression, source), depth = 0): Destination {
  if (!expression) return { trust: 'unknown', why: 'no URL', url };
  const text = url.text;
  const path = text.replace(/^[a-z]+:\/\/[^/]*/i, '');
  if (/\/v1\/(traces|metrics|logs)\b/.test(path)) return { trust: 'silent', why: 'a telemetry export', url };
  if (probe.test(path) || isProbe(nameOf(ts, expression))) return { trust: 'silent', why: 'a health probe', url };
  if (media.test(path)) return { trust: 'silent', why: 'a download', url };
  const host = /^[a-z]+:\/\/([^/:*?#]*)(\*?)/i.exec(text);
  // `${API}${path}`: a host that ends like one is whole, whatever follows.
  const whole = host?.[2] === '' || /\.[a-z]{2,}$/i.test(host?.[1] ?? '');
  if (host?.[1] && whole) {
    if (telemetry.test(path)) return { trust: 'silent', why: 'a telemetry export', url };
    if (loopback.test(host[1]) && localTool.test(text)) return { trust: 'silent', why: 'a tool on this machine', url };
    if (loopback.test(host[1]) || privateName.test(host[1])) return { trust: 'own', why: `${host[1]} is a private host`, url };
    if (url.env.length > 0 && !foreign.test(host[1])) return { trust: 'own', why: `the host is configured (${url.env[0]})`, url };
    return { trust: 'silent', why: `${host[1]} is a third-party host`, url };
  }
  if (host && host[1] === '' && host[2] === '' && !text.startsWith('file:')) return { trust: 'silent', why: 'no host', url };
  if (/^(data|blob|file):/.test(text)) return { trust: 'silent', why: 'not a service', url };
  if (text.startsWith('/') || text.startsWith('./') || text.startsWith('?')) return { trust: 'silent', why: runtime === 'node' ? 'a relative URL' : 'a relative URL in a browser', url };
  if (/^https:\/\/\*?[^/]*\.[a-z]{2,}(\/|$)/i.test(text) && /\*/.test(text.split('/')[2] ?? '')) return { trust: 'silent', why: 'a third-party host', url };
  const named = nameOf(ts, expression);
  if (foreign.test(`${url.env.join(' ')} ${named}`) || /webhook/i.test(url.env.join(' '))) return { trust: 'silent', why: 'a third-party service', url };
  if (url.env.length > 0) return telemetry.test(url.env.join(' ') + path) ? { trust: 'silent', why: 'a telemetry export', url } : { trust: 'own', why: `the address is configured (${url.env[0]})`, url };
  return { ...provenance(ts, origins, expression, source, depth), url };
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

/** Follows the head of a URL back: environment and configuration are the project's own; fields of data are not. */
function provenance(ts: Ts, origins: Origins, expression: ts.Expression, source: SourceText, depth: number): { trust: Trust; why: string } {
  const unknown = { trust: 'unknown', why: 'where it goes cannot be told' } as const;
  if (depth > 6) return unknown;
  // `fetch(...args)` in a wrapper of one's own goes where the wrapper's callers send it.
  if (ts.isSpreadElement(expression)) return provenance(ts, origins, expression.expression, source, depth + 1);
  const node = unwrap(ts, expression);
  const follow = (next: ts.Expression): { trust: Trust; why: string } => provenance(ts, origins, next, source, depth + 1);
  if (environmentVariable(ts, node) !== undefined) return { trust: 'own', why: `the address is configured (${environmentVariable(ts, node)})` };
  if (ts.isTemplateExpression(node)) {
    // `${base}/path` goes where `base` points; `https://${host}/path` where `host` does.
    return /^(https?:\/\/)?$/.test(node.head.text) ? follow(node.templateSpans[0]!.expression) : unknown;
  }
  if (ts.isBinaryExpression(node)) return node.operatorToken.kind === ts.SyntaxKind.PlusToken || node.operatorToken.kind === ts.SyntaxKind.BarBarToken
    || node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken ? follow(node.left) : unknown;
  if (ts.isNewExpression(node)) {
    const [path, base] = node.arguments ?? [];
    return base ? follow(base) : path ? follow(path) : unknown;
  }
  if (ts.isCallExpression(node)) {
    const member = memberName(ts, node.expression);
    if (member && ['toString', 'trim', 'replace', 'replaceAll', 'concat'].includes(member)) return follow((node.expression as ts.PropertyAccessExpression).expression);
    const name = member ?? (ts.isIdentifier(node.expression) ? node.expression.text : '');
    return /^(get|build|make|create|resolve|format|join|to|with|api|url)/i.test(name) && (configuredName.test(name) || /url|uri|path/i.test(name)) && !dataName.test(name)
      ? { trust: 'own', why: `\`${name}\` builds the address` } : unknown;
  }
  const member = memberName(ts, node);
  if (member !== undefined) {
    // `new URL(x).hostname` is as good as `x`.
    const made = /^(host|hostname|origin)$/.test(member) ? wholeOf(ts, (node as ts.PropertyAccessExpression).expression) : undefined;
    if (made) return follow(made);
    if (member === 'href' || member === 'url') return byName(follow((node as ts.PropertyAccessExpression).expression), member);
    const own = (node as ts.PropertyAccessExpression).expression.kind === ts.SyntaxKind.ThisKeyword;
    return named(member, own) ?? unknown;
  }
  if (ts.isIdentifier(node)) {
    const declaration = declarationOf(ts, node);
    if (declaration && ts.isVariableDeclaration(declaration) && declaration.initializer) {
      const inner = follow(declaration.initializer);
      return inner.trust === 'unknown' ? named(node.text, true) ?? inner : inner;
    }
    if (declaration && ts.isParameter(declaration)) return parameterProvenance(ts, origins, declaration, source, depth) ?? named(node.text, false) ?? unknown;
    return named(node.text, true) ?? unknown;
  }
  return unknown;
}

/** The URL that an object of its parts was made of: `new URL(x)`, `url.parse(x)`. */
function wholeOf(ts: Ts, expression: ts.Expression): ts.Expression | undefined {
  const node = unwrap(ts, expression);
  const declaration = ts.isIdentifier(node) ? declarationOf(ts, node) : undefined;
  const made = declaration && ts.isVariableDeclaration(declaration) ? declaration.initializer : node;
  return made && ts.isCallExpression(made) && memberName(ts, made.expression) === 'parse' ? made.arguments[0] : made && ts.isNewExpression(made) ? made : undefined;
}

/** Where the callers in this file send it; a parameter that nobody here fills is judged by its name. */
function parameterProvenance(ts: Ts, origins: Origins, parameter: ts.ParameterDeclaration, source: SourceText, depth: number): { trust: Trust; why: string } | undefined {
  const fn = parameter.parent;
  const index = fn.parameters.indexOf(parameter);
  const name = ts.isFunctionDeclaration(fn) ? fn.name?.text
    : ts.isVariableDeclaration(fn.parent) && ts.isIdentifier(fn.parent.name) ? fn.parent.name.text
      : ts.isMethodDeclaration(fn) && ts.isIdentifier(fn.name) ? fn.name.text : undefined;
  if (name === undefined || depth > 3) return undefined;
  const verdicts: { trust: Trust; why: string }[] = [];
  for (const call of indexOf(ts, source.ast).calls.get(name) ?? []) {
    const argument = call.arguments?.[index];
    if (!argument || enclosingFunction(ts, call) === fn) continue;
    const { trust, why } = destinationOf(ts, origins, argument, source, 'node', constantOf(ts, origins, argument, source), depth + 1);
    verdicts.push({ trust, why });
  }
  return verdicts.find((v) => v.trust === 'own') ?? (verdicts.length > 0 && verdicts.every((v) => v.trust === 'silent') ? verdicts[0] : undefined);
}

function byName(inner: { trust: Trust; why: string }, member: string): { trust: Trust; why: string } {
  return inner.trust === 'unknown' ? named(member, false) ?? inner : inner;
}

function named(name: string, ours: boolean): { trust: Trust; why: string } | undefined {
  if (/response_?url/i.test(name)) return { trust: 'silent', why: 'a third-party service' };
  if (/push|notif|subscri/i.test(name)) return { trust: 'data', why: `\`${name}\` comes as data` };
  if (dataName.test(name) && !/^(api|base|service|server)/i.test(name)) return { trust: 'data', why: `\`${name}\` comes as data` };
  if (configuredName.test(name)) return { trust: 'own', why: `\`${name}\` is a configured address` };
  if (dataWhole.test(name) && !ours) return { trust: 'unknown', why: `\`${name}\` is handed in` };
  return undefined;
}
