/** A boundary for a person: what happens there, where, why, what covers it, how it is repaired, and what proves that. */
import type { Cover, Slot } from '../catalogue/schema.ts';
import { proofSummaries, type Contents, type Places, type ProofSummary } from '../catalogue/proof-summaries.ts';
import type { Boundary, RuntimeProfile } from '../types.ts';
import { strategyTexts } from './strategy-texts.ts';

/** Title and lines of one part of the explanation. */
export interface Section {
  title: string;
  lines: string[];
}

export function headOf(boundary: Boundary): string {
  const library = boundary.package === undefined ? boundary.library : `${boundary.library}, \`${boundary.package}\`${boundary.versions === '*' ? '' : ` ${boundary.versions}`}`;
  return `${boundary.id}: ${written(boundary)} (${library})`;
}

export function sectionsOf(boundary: Boundary): Section[] {
  return [
    { title: 'What happens', lines: [whatHappens(boundary), ...relation(boundary)] },
    { title: 'Where', lines: where(boundary) },
    { title: 'Why', lines: why(boundary) },
    { title: 'What covers it', lines: covers(boundary) },
    { title: 'How it is repaired', lines: repair(boundary) },
    ...(boundary.counterparts.length > 0 ? [{ title: 'The other side', lines: [boundary.counterparts.join(', ')] }] : []),
    { title: 'Evidence', lines: evidence(boundary) },
    { title: 'More', lines: [`rule: ${boundary.rule}`, `documentation of the API: ${boundary.upstream}`] },
  ];
}

/** As it stands in code: `new Worker(…)`, `queue.add(…)`. */
function written({ match: { use, exports, members = [], event = [], modules } }: Boundary): string {
  const [name = ''] = exports;
  const made = name === 'default' || name === '*' ? modules[0] ?? name : name;
  const args = event.length > 0 ? `(${event.slice(0, 2).map((e) => `'${e}'`).join(' | ')}, …)` : '(…)';
  const called = members.length === 0 ? '' : `.${members.slice(0, 3).join('/')}${members.length > 3 ? '/…' : ''}`;
  switch (use) {
    case 'construct': return `\`new ${made}(…)\``;
    case 'call': return `\`${exports.slice(0, 3).map((each) => (each === 'default' || each === '*' ? made : each)).join('/')}${args}\``;
    case 'method': return `\`${made}${called}${args}\``;
    case 'instance': return `\`${made}#${called.slice(1) || 'call'}${args}\``;
    case 'decorator': return `\`@${made}(…)\``;
    case 'assign': return `\`${made}${called} = …\``;
    case 'iterate': return `\`for await (… of ${made})\``;
    case 'start': return `\`${made}\`, read while the file starts`;
    case 'annotated': return `a function of type \`${made}\``;
    case 'queue': return 'an array of functions that are called elsewhere';
    case 'again': return 'a timer that is set again by what it calls';
    case 'lasting': return `\`${made}\`, made once for all later callers and listened to`;
    case 'check': return `code that uses \`${modules[0] ?? made}\``;
  }
}

function whatHappens({ role, farSide, match: { use } }: Boundary): string {
  if (use === 'check') return `What the rule speaks of: it ${farSide}.`;
  switch (role) {
    case 'producer': return `Hands work over. Without a carrier ${farSide}.`;
    case 'consumer': return `Takes work that somebody else handed over. Where the carrier is not read ${farSide}.`;
    case 'callback': return `Takes a function that is called later: ${farSide}.`;
  }
}

function relation({ role, coupling }: Boundary): string[] {
  if (role === 'callback') return [];
  return [coupling === 'awaited' ? 'The producer waits for it: whole, the far side\'s work is a child of the span that handed it over.' : 'Nobody waits for it: whole, the far side\'s work is linked to the span that handed it over.'];
}

const runtimeNames: readonly (readonly [Exclude<RuntimeProfile, 'portable'>, string])[] = [['node', 'Node (AsyncLocalStorage)'], ['browser', 'browsers (StackContextManager)'], ['browser-zone', 'browsers with ZoneContextManager']];
const fates = {
  kept: 'kept: nothing is reported', lost: 'lost: no context arrives', wrong: 'wrong: somebody else\'s context arrives', leaked: 'leaked: the context arrives and stays for ever',
} as const;

function where({ runtimes }: Boundary): string[] {
  const width = Math.max(...runtimeNames.map(([, name]) => name.length));
  return runtimeNames.map(([runtime, name]) => `${name.padEnd(width)}  ${fates[runtimes[runtime]]}`);
}

function why(boundary: Boundary): string[] {
  const lines = [reasons[boundary.family]];
  if (boundary.runsAtCreation) lines.push('Its listeners run in the context in which the object was made.');
  if (boundary.shared) lines.push('The object is shared: work that has to wait runs in the context of the caller before it.');
  if (boundary.forMany) lines.push('One function works for several callers, in the context of one of them.');
  if (boundary.recurring) lines.push('It runs again and again: bound to the context that began it, every run would join one trace.');
  if (boundary.needsPeer) lines.push('It is reported only where the other side is in the repository (or, for a route, listed in `trusted`).');
  return lines;
}

const reasons: Readonly<Record<Boundary['family'], string>> = {
  timer: 'A runtime that keeps the active context in the call stack has none when the callback is called.',
  emitter: 'The callback runs when and where somebody else calls it, in the context that is active there.',
  thread: 'Another thread has an active context of its own, and it is empty; what crosses is the message alone.',
  process: 'Another process gets its arguments, its environment and its messages, and no active context.',
  queue: 'The message waits outside of the process and is taken up elsewhere: only what stands in it goes along.',
  http: 'The receiver knows what the request\'s headers say, and nothing else of the caller.',
  socket: 'A message over an open connection has no headers: what is not in it does not arrive.',
  mcp: 'A tool server is another process; over stdio there are not even headers, only the message.',
  agent: 'The other agent is a service of its own: it learns of the caller what the request says.',
  span: 'The span\'s own life decides where the work under it is filed.',
};

function covers({ coveredBy, twice, package: library, match: { use } }: Boundary): string[] {
  if (coveredBy.length === 0 && use === 'check') return ['Nothing: it is a matter of the code itself.'];
  if (coveredBy.length === 0) return ['Nothing that is known: it has to be carried by hand.'];
  const lines = coveredBy.map((cover) => coverLine(cover, library));
  if (twice === 'breaks') lines.push('Never carry it by hand as well: two carriers break what one would have joined.');
  if (twice === 'harmless') lines.push('A carrier by hand beside it does no harm.');
  return lines;
}

function coverLine({ package: name, versions, libraryVersions, side, option, from, unless }: Cover, library: string | undefined): string {
  const whose = side === 'both' ? 'both sides' : `the ${side}`;
  const range = versions === undefined ? '' : ` ${versions}`;
  const limits = libraryVersions === undefined ? '' : ` of \`${library ?? name}\` ${libraryVersions}`;
  if (option !== undefined) return `The option \`${option}\` of \`${name}\`${range}${from === undefined ? '' : ` (an object of \`${from}\`)`}, for ${whose}${limits}.`;
  if (unless !== undefined) return `\`${name}\`${range} by itself, unless ${unless.map((path) => `\`${path.join('.')}\``).join(' or ')} is \`false\`, for ${whose}${limits}.`;
  return `\`${name}\`${range}, where it is registered, for ${whose}${limits}.`;
}

function repair({ repair: how, advice, slots }: Boundary): string[] {
  const slotLines = slots.map(slotLine);
  if ('strategy' in how) return [`\`otel-handoff fix\` (${how.strategy}): ${strategyTexts[how.strategy] ?? ''}`, `By hand: ${advice}`, ...slotLines];
  return [`\`otel-handoff fix\` leaves it alone (${how.refused}): ${how.detail}.`, `By hand: ${advice}`, ...slotLines];
}

function slotLine({ in: place, path, encoding, versions }: Slot): string {
  const names: Readonly<Record<string, string>> = { object: 'a plain object', json: 'JSON text', headers: 'HTTP headers', attributes: 'AWS message attributes', map: 'an object with `set` and `get`', fields: 'names and values in turn' };
  return `Carrier: ${names[encoding] ?? encoding} in ${[...(path[0] === place ? [] : [place]), ...path.map((name) => name.replace(/^\?/, ''))].join('.')}${versions === undefined ? '' : ` (${versions})`}.`;
}

function evidence({ id, evidence: kind, proof }: Boundary): string[] {
  if (kind === 'read') return [`Read, not proved by a program of ours: ${proof}.`];
  const own = proof.split('/').at(-1);
  const shown = proofSummaries.filter((each) => each.boundaries.includes(id)).sort((a, b) => Number(b.folder === own) - Number(a.folder === own));
  return [`Proved by ${shown.length === 1 ? 'a program' : `${shown.length} programs`} that the tests run:`, ...shown.slice(0, 3).flatMap(proofLines), ...(shown.length > 3 ? [`and ${shown.length - 3} more: ${shown.slice(3).map((each) => each.folder).filter((name, i, all) => all.indexOf(name) === i).join(', ')}`] : [])];
}

function proofLines({ folder, title, runtime, before, after, byHand, holds }: ProofSummary): string[] {
  const place = (label: string, places: Places, contents?: Contents): string[] => {
    const rows = Object.entries(places);
    return rows.map(([span, by], i) => `    ${(i === 0 ? label : '').padEnd(9)}'${span}' ${typeof by === 'string' ? places_[by] ?? by : Object.entries(by).map(([request, one]) => `${places_[one] ?? one} (request ${request})`).join(', ')}${contents?.[span] ? `, and holds ${contents[span].join(', ') || 'nothing'}` : ''}`);
  };
  const named = `  ${folder}${runtime === 'node' ? '' : ` (${runtime})`}: ${title}`;
  return after === undefined ? [named, ...place('as is', before, holds?.before), ...(byHand ? place('by hand', byHand, holds?.byHand) : [])] : [named, ...place('before', before, holds?.before), ...place('after', after, holds?.after)];
}

const places_: Readonly<Record<string, string>> = {
  own: 'is in its own request\'s trace',
  other: 'is in another request\'s trace',
  linked: 'is in a `process` span that is linked to its request',
  'linked to other': 'is in a `process` span that is linked to another request',
  none: 'is in a trace of its own: dark',
  'under a span that nobody recorded': 'is under a span that is never exported',
  'none and own': 'is at times in its request\'s trace and at times in one of its own',
};
