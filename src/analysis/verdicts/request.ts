/** Requests, by where they go: whom the trace may be told to (DESIGN.md 5.9). */
import type ts from 'typescript';
import { isAnswerRead, isProbed, isReadAsBytes } from '../answers.ts';
import { isForeignPlace, isOwnPlace, isSettingOfOther } from '../asked-from.ts';
import { parameterBehind } from '../callers.ts';
import { destinationOf, type Destination } from '../destination.ts';
import { ownClient } from '../destination-words.ts';
import { argument } from '../handoffs.ts';
import { addressOf, asksForBytes, isHandBuilt, isHandedOn, isPassedOn, isRelay, optionHolders, sendsKey, sendsWork } from '../request.ts';
import type { Ts } from '../../types.ts';
import { enclosingSymbol, isFunctionNode, propertyValue, unwrap } from '../syntax.ts';
import { silent, type Evidence, type Judged } from './judged.ts';

/** Files and functions that send telemetry of their own. */
const telemetrySender = /telemetry|(tracing|span|trace|metrics?)-?exporter|\botlp|(^|\W)rum(?=\W|[A-Z])/i;
/** Files and functions that ask whether somebody is there, or wait until they are. */
const prober = /[hH]ealth(?!care|[-_]?([rR]ecord|[dD]ata|[iI]nsurance|[pP]lan|[kK]it))|[rR]eadiness|[lL]iveness|[hH]eartbeat|(^|[\W_]|[a-z])([iI]s|[wW]ait|[pP]oll|[uU]ntil|[cC]heck)(For|Until|If|Is)?([A-Z][a-z]*)?(Ready|Reachable|Alive|Running|Listening|Online|Up)(?![a-z])/;
/** Files and functions that try a service out, whatever they send it. */
const healthCheck = /health[-_]?checks?(?![a-z])/i;
/** Files that log in: what they ask, little else being known of it, is no part of the work. */
const loginFile = /(^|[\W_])(oauth\d?|oidc|auth|pkce|device-?flow)([\W_]?(base|client|flow|provider|service|utils?|helpers?|api))*\.\w+$/i;
/** Files that somebody runs by hand: scripts, tools and measurements (a package of such a name is one like any other), and the commands of a command line. */
const runByHand = /(^|\/)((?<!(^|\/)packages\/)(scripts|tooling|bench(marks?|marking)?)|([\w-]+-)?cli\/(.*\/)?commands?)\//;
/** What builds a program, or serves it to who writes it. */
const buildFile = /(^|\/)((gulp|grunt|jake)file(\.[\w-]+)?|(vite|vitest|webpack|rollup|rspack|rsbuild|next|nuxt|astro|svelte|tsup|esbuild|playwright|jest|cypress|wdio|metro|craco)([.-][\w-]+)*\.config)\.[cm]?[jt]s$/i;
/** The commands of a program that takes its arguments apart with such a library. */
const commandFolder = /(^|\/)commands\//;
const commandLines = ['commander', 'yargs', 'cac', 'citty', 'meow', '@oclif/core', 'clipanion', 'cleye', '@clack/prompts'];
/** What a program asks of those who made it. */
const licence = /licen[cs]e|telemetry|announcements?|newsletter|changelog|analytics|\btrack\b|track_|usage[_-]?stats/i;
/** Addresses and functions that say so themselves, wherever they lead. */
const asksMaker = /licen[cs]e_?key|licensing|\blicen[cs]es?(?=\/|$)|(^|_)LICEN[CS]E_|update-?checks?(?=\/|$)|check(For)?Updates?|(usage|private)\/stats$/;
/** Places that count what happens, for who looks at the figures later. */
const counting = /(^|\/)(analytics|metrics|stats|tracking)(\/|\.[cm]?[jt]s$)/i;
/** What begins a trace. */
const spanStart = /start(Active)?Span\b|withSpan\b|\btraced\(/;

/** Where a request goes: the other side is looked for by it, whatever carries the context there. */
export function addressed(evidence: Evidence, judged: Judged): { destination?: Destination } {
  const { ts, origins } = evidence;
  if (argument(judged, 'destination') === undefined && !judged.boundary.request) return {};
  const { head, source, url } = addressOf(ts, origins, judged);
  return { destination: destinationOf(ts, origins, head, source, judged.facts, evidence.neighbours, url) };
}

/** Why what a script hands over is nobody's. */
export const byHand = 'a script that is run by hand';

/** What a script asks that somebody runs by hand, unless it begins a trace. */
export function isRunByHand({ facts, source }: Judged): boolean {
  const isByHand = runByHand.test(facts.place) || buildFile.test(facts.place) || (commandFolder.test(facts.place) && commandLines.some((library) => facts.dependsOn(library)));
  return isByHand && !spanStart.test(source.text);
}

/** Whether neither a path nor the callers of the function tell what is asked for; a tool that sends whatever it is told to sends it anywhere. */
function saysNothing({ ts }: Evidence, judged: Judged, head: ts.Expression | undefined, { url, bare, handedIn }: Destination): boolean {
  if (judged.channel.method === '*') return true;
  if (/\/[a-z]/i.test(url.text.replace(/^[a-z]+:\/\/[^/]*/i, ''))) return false;
  // Where a file is put by an address alone, that is signed.
  if (judged.channel.method === 'PUT') return true;
  // A GraphQL client asks for everything at one address.
  if (judged.boundary.request?.method === 'POST') return false;
  return !handedIn && (bare === true || head === undefined || !isParameter(ts, head));
}

/** `credentials: 'include'`: only a browser looks at it. */
function sendsCookies({ ts }: Evidence, judged: Judged): boolean {
  return optionHolders(judged).some((holder) => {
    const node = unwrap(ts, holder);
    const value = ts.isObjectLiteralExpression(node) ? propertyValue(ts, node, 'credentials') : undefined;
    return value !== undefined && ts.isStringLiteralLike(value) && value.text !== 'omit';
  });
}

/** Whether callers give it; what a list's elements are is known to nobody. */
function isParameter(ts: Ts, address: ts.Expression): boolean {
  const head = unwrap(ts, address);
  const behind = parameterBehind(ts, ts.isTemplateExpression(head) && head.head.text === '' ? head.templateSpans[0]!.expression : head);
  return behind !== undefined && !(isFunctionNode(ts, behind.parameter.parent) && ts.isCallExpression(behind.parameter.parent.parent));
}

/** Whether the place of a request or a socket says that its address, which little else vouches for, is somebody else's. */
export function isSomebodysPlace(ts: Ts, { node, facts }: Judged, destination: Destination): boolean {
  return (destination.trust !== 'own' || (destination.weak === true && !destination.isPublic)) && (isForeignPlace(ts, node, facts.place, destination) || facts.isIntegration());
}

/** Judges a request that nothing carries or covers: by its destination, and by whether it was built by hand. */
export function judgeRequest(evidence: Evidence, judged: Judged): Judged {
  const { ts, origins } = evidence;
  const address = addressOf(ts, origins, judged);
  const destination = destinationOf(ts, origins, address.head, address.source, judged.facts, evidence.neighbours, address.url, sendsWork(ts, origins, judged, judged.channel.method ?? '*'));
  // A webhook's address is data, whatever the variable is called that it stands in.
  if (destination.trust === 'own' && destination.url.env.length === 0 && /webhook/i.test(enclosingSymbol(ts, judged.node))) Object.assign(destination, { trust: 'data', why: 'a webhook\'s address comes as data' });
  if (destination.bare && isOwnPlace(ts, judged.node, judged.facts.place, judged.facts.isOwnName)) Object.assign(destination, { trust: 'own', weak: true, why: 'the address that the project\'s own client is given' });
  const file = judged.source.path.split('/').at(-1)!;
  const asker = `${file} ${enclosingSymbol(ts, judged.node)}`;
  if (telemetrySender.test(asker) || ((destination.trust !== 'own' || destination.weak) && /observability/i.test(asker))) Object.assign(destination, { trust: 'silent', why: 'a telemetry export' });
  if (healthCheck.test(asker)) Object.assign(destination, { trust: 'silent', why: 'a health probe' });
  if ((destination.trust !== 'own' || destination.weak) && loginFile.test(file)) Object.assign(destination, { trust: 'silent', why: 'a login' });
  // There is no trace yet that a script could hand over, unless it begins one.
  if (isRunByHand(judged)) Object.assign(destination, { trust: 'silent', why: byHand });
  if (isSomebodysPlace(ts, judged, destination) && !isSettingOfOther(ts, address, judged.facts.place)) Object.assign(destination, { trust: 'silent', why: 'a third-party service, by the place that it is asked from' });
  judged.destination = destination;
  judged.why.push(destination.why);
  if (judged.facts.isOwnDestination(destination.url.text)) return judged;
  if (destination.trust === 'silent') return silent(judged, destination.why);
  const reads = /^(GET|HEAD)$/.test(judged.channel.method ?? '');
  if (reads && prober.test(`${judged.source.path.split('/').at(-1)!.replace(/\.\w+$/, '')} ${enclosingSymbol(ts, judged.node)}`)) return silent(judged, 'a health probe');
  if (reads && isProbed(ts, judged.node)) return silent(judged, 'a probe: nothing of the answer but its status is read');
  const handBuilt = isHandBuilt(ts, origins, judged, judged.channel.method ?? '*');
  if (destination.isPublic && ownClient.test(judged.facts.place)) return silent(judged, 'a client that is published: who asks is whoever installs it');
  if (asksMaker.test(destination.url.text.replace(/[?#].*$/, '')) || asksMaker.test(`${destination.url.env.join(' ')} ${enclosingSymbol(ts, judged.node)}`)) return silent(judged, 'asked of those who made it: a licence, an update, or what is counted');
  if (destination.trust === 'data' && judged.channel.method === 'PUT' && judged.channel.key === '*') return silent(judged, 'an address signed for one transfer');
  if (reads && destination.trust === 'own' && destination.weak && asksForBytes(ts, origins, judged)) return silent(judged, 'a download');
  if (reads && !handBuilt && isReadAsBytes(ts, judged.node)) return silent(judged, 'a download');
  if (!reads && counting.test(judged.facts.place) && !isAnswerRead(ts, judged.node)) return silent(judged, 'what is counted: nobody waits for more than that it came');
  if (destination.literal && (!handBuilt || licence.test(destination.url.text))) return silent(judged, handBuilt ? 'asked of those who made it: a licence, or what is counted' : 'a plain read of a public address');
  if (judged.facts.runtime === 'node' && sendsCookies(evidence, judged)) return silent(judged, 'a page\'s own request: it says which cookies go with it');
  if (isRelay(ts, origins, judged)) return silent(judged, 'a proxy: the headers that it was sent go on');
  if (destination.trust !== 'own' && (!handBuilt || isHandedOn(ts, judged))) return silent(judged, 'a plain read, or handed on: its address and options come from elsewhere');
  if (destination.byHolder && isPassedOn(ts, judged)) return silent(judged, 'a client for whatever it is given: its address and requests come from elsewhere');
  if ((destination.trust === 'unknown' || destination.byHolder) && sendsKey(ts, origins, judged)) return silent(judged, 'a service that gave out a key, and nothing says that it is one\'s own');
  if (destination.trust === 'unknown' && saysNothing(evidence, judged, address.head, destination)) return silent(judged, destination.why);
  // What goes to an address that nothing vouches for is worth a word, but no more.
  if (destination.trust !== 'own') judged.severity = 'warn';
  if (destination.trust === 'data') judged.refusal = { code: 'unknown-destination', detail: `${destination.why}: list its host in \`destinations\` if the trace may go there` };
  if (destination.trust === 'unknown') judged.refusal = { code: 'unknown-destination', detail: `${destination.why}: list its host in \`destinations\`, or read the address from the environment or a configuration` };
  if (judged.facts.runtime !== 'node' && judged.facts.runtime !== 'portable') {
    judged.refusal = { code: 'cors-preflight', detail: 'a browser asks the far side\'s permission for a new header: list its host in `destinations` once it allows `traceparent`' };
  }
  return judged;
}
