/** Requests, by where they go: whom the trace may be told to (DESIGN.md 5.9). */
import { isProbed } from '../answers.ts';
import { destinationOf, isForeignPlace, type Destination } from '../destination.ts';
import { argument } from '../handoffs.ts';
import { addressOf, isHandBuilt, isRelay } from '../request.ts';
import { enclosingSymbol } from '../syntax.ts';
import { silent, type Evidence, type Judged } from './judged.ts';

/** Files and functions that send telemetry of their own. */
const telemetrySender = /telemetry|(tracing|span|trace|metrics?)-?exporter|\botlp|(^|\W)rum(?=\W|[A-Z])/i;
/** Files and functions that ask whether somebody is there, or wait until they are. */
const prober = /[hH]ealth(?!care|[-_]?([rR]ecord|[dD]ata|[iI]nsurance|[pP]lan|[kK]it))|[rR]eadiness|[lL]iveness|[hH]eartbeat|(^|[\W_]|[a-z])([iI]s|[wW]ait|[pP]oll|[uU]ntil|[cC]heck)(For|Until|If|Is)?([A-Z][a-z]*)?(Ready|Reachable|Alive|Running|Listening|Online|Up)(?![a-z])/;
/** Files and functions that try a service out, whatever they send it. */
const healthCheck = /health[-_]?checks?(?![a-z])/i;
/** Files that log in: what they ask, little else being known of it, is no part of the work. */
const loginFile = /(^|[\W_])(oauth2?|oidc|pkce|device-?flow)([\W_]?(base|client|flow|provider|service|utils?|helpers?|api))*\.\w+$/i;
/** Files that somebody runs by hand: scripts (a package of that name is one like any other), and the commands of a command line. */
const runByHand = /(^|\/)((?<!(^|\/)packages\/)scripts|([\w-]+-)?cli\/(.*\/)?commands?)\//;
/** What begins a trace. */
const spanStart = /start(Active)?Span\b|withSpan\b|\btraced\(/;

/** Where a request goes: the other side is looked for by it, whatever carries the context there. */
export function addressed(evidence: Evidence, judged: Judged): { destination?: Destination } {
  const { ts, origins } = evidence;
  if (argument(judged, 'destination') === undefined && !judged.boundary.request) return {};
  const { head, source, url } = addressOf(ts, origins, judged);
  return { destination: destinationOf(ts, origins, head, source, judged.facts, evidence.neighbours, url) };
}

/** Judges a request that nothing carries or covers: by its destination, and by whether it was built by hand. */
export function judgeRequest(evidence: Evidence, judged: Judged): Judged {
  const { ts, origins } = evidence;
  const address = addressOf(ts, origins, judged);
  const destination = destinationOf(ts, origins, address.head, address.source, judged.facts, evidence.neighbours, address.url);
  // A webhook's address is data, whatever the variable is called that it stands in.
  if (destination.trust === 'own' && destination.url.env.length === 0 && /webhook/i.test(enclosingSymbol(ts, judged.node))) Object.assign(destination, { trust: 'data', why: 'a webhook\'s address comes as data' });
  const file = judged.source.path.split('/').at(-1)!;
  const asker = `${file} ${enclosingSymbol(ts, judged.node)}`;
  if (telemetrySender.test(asker)) Object.assign(destination, { trust: 'silent', why: 'a telemetry export' });
  if (healthCheck.test(asker)) Object.assign(destination, { trust: 'silent', why: 'a health probe' });
  if ((destination.trust !== 'own' || destination.weak) && loginFile.test(file)) Object.assign(destination, { trust: 'silent', why: 'a login' });
  // There is no trace yet that a script could hand over, unless it begins one.
  if (runByHand.test(judged.facts.place) && !spanStart.test(judged.source.text)) Object.assign(destination, { trust: 'silent', why: 'a script that is run by hand' });
  if ((destination.trust !== 'own' || destination.weak) && isForeignPlace(ts, judged.node, judged.facts.place, destination)) Object.assign(destination, { trust: 'silent', why: 'a third-party service, by the place that it is asked from' });
  judged.destination = destination;
  judged.why.push(destination.why);
  if (judged.facts.isOwnDestination(destination.url.text)) return judged;
  if (destination.trust === 'silent') return silent(judged, destination.why);
  const reads = /^(GET|HEAD)$/.test(judged.channel.method ?? '');
  if (reads && prober.test(`${judged.source.path.split('/').at(-1)!.replace(/\.\w+$/, '')} ${enclosingSymbol(ts, judged.node)}`)) return silent(judged, 'a health probe');
  if (reads && isProbed(ts, judged.node)) return silent(judged, 'a probe: nothing of the answer but its status is read');
  if (isRelay(ts, origins, judged)) return silent(judged, 'a proxy: the headers that it was sent go on');
  if (destination.trust !== 'own' && !isHandBuilt(ts, origins, judged, judged.channel.method ?? '*')) return silent(judged, 'a plain read, or handed on: its address and options come from elsewhere');
  // What goes to an address that nothing vouches for is worth a word, but no more.
  if (destination.trust !== 'own') judged.severity = 'warn';
  if (destination.trust === 'data') judged.refusal = { code: 'unknown-destination', detail: `${destination.why}: list its host in \`destinations\` if the trace may go there` };
  if (destination.trust === 'unknown') judged.refusal = { code: 'unknown-destination', detail: `${destination.why}: list its host in \`destinations\`, or read the address from the environment or a configuration` };
  if (judged.facts.runtime !== 'node' && judged.facts.runtime !== 'portable') {
    judged.refusal = { code: 'cors-preflight', detail: 'a browser asks the far side\'s permission for a new header: list its host in `destinations` once it allows `traceparent`' };
  }
  return judged;
}
