/** Personal data, secrets and content in baggage, which goes with every request to everybody; and baggage that is too large to arrive. */
import { constantOf } from '../constants.ts';
import type { CheckedFile, SpanCheck, Spot } from './support/check.ts';
import { wordsOf } from './support/names.ts';
import { readerOfEntry } from './support/readers.ts';
import { Assessor, kindWords, type Sensitive } from './support/sensitive.ts';
import { sinksOf, type Entry, type Sink } from './support/sinks.ts';

const noSensitiveBaggage: SpanCheck = { rule: 'no-sensitive-baggage', find };

export default noSensitiveBaggage;

/** https://www.w3.org/TR/baggage/#limits: what everybody must pass on; OpenTelemetry for JavaScript drops a longer entry. */
const limits = { members: 64, bytes: 8192, entryBytes: 4096 };

function find(file: CheckedFile): Spot[] {
  const assessor = new Assessor(file);
  return sinksOf(file).filter((sink) => sink.what === 'baggage').flatMap((sink) => [...told(file, assessor, sink), ...tooLarge(file, sink)]);
}

function told(file: CheckedFile, assessor: Assessor, sink: Sink): Spot[] {
  const found = sink.entries.flatMap((entry) => assessor.of(entry, sink.call) ?? []);
  const people = found.length > 0 ? [] : sink.entries.filter((entry) => namesPerson(assessor, entry));
  if (found.length === 0 && people.length === 0) return [];
  const kinds = found.length > 0 ? [...new Set(found.map(({ kind }) => kindWords[kind]))] : ['who the user is'];
  const entries = found.length > 0 ? found.map(({ entry }: Sensitive) => entry) : people;
  const names = entries.map(({ key }) => key).filter((key) => key !== '*');
  return [{
    boundary: 'opentelemetry/sensitive-baggage', node: sink.call, token: sink.token, verdict: 'leaked',
    says: `puts ${kinds.join(' and ')}${names.length > 0 ? ` (${names.map((name) => `\`${name}\``).join(', ')})` : ''} into baggage, which goes as a readable header with every request from here on, to third parties too`,
    // An id is what baggage is commonly used for, and still tells others who it is.
    ...(found.length > 0 ? {} : { severity: 'warn' as const }),
    ...refusalOf(file, entries, found.length > 0),
    parts: Object.fromEntries(entries.map(({ place }, i) => [`name${i}`, place])),
  }];
}

/** Why an entry can't go: somebody reads it, or what it says is what baggage is used for. */
function refusalOf(file: CheckedFile, entries: readonly Entry[], sensitive: boolean): Pick<Spot, 'refusal'> {
  if (!sensitive) return { refusal: { code: 'no-repair', detail: 'whether everybody may know who the user is, is yours to say' } };
  for (const { key } of entries) {
    const reader = readerOfEntry(file, key);
    if (reader !== undefined) return { refusal: { code: 'no-repair', detail: `${reader} reads it, and needs it by another way` } };
  }
  return {};
}

/** `enduser.id`, `userId`: in a span it is the operator's, in baggage it is everybody's. */
function namesPerson({ names }: Assessor, { key, value }: Entry): boolean {
  if (names.ofKey(key).meant || isText(value.getText())) return false;
  const words = wordsOf(key);
  return /^(enduser|end user|user) id$/.test(words.slice(-2).join(' ')) || /^end user id$/.test(words.slice(-3).join(' '));
}

function isText(text: string): boolean {
  return /^(['"`])[^$]*\1$|^\d+$/.test(text);
}

function tooLarge({ ts, origins, source }: CheckedFile, sink: Sink): Spot[] {
  let total = 0;
  let longest = 0;
  for (const { key, value } of sink.entries) {
    const constant = constantOf(ts, origins, value, source);
    // What is only known at run time counts nothing.
    const bytes = encodeURIComponent(constant.text.replaceAll('*', '')).length + key.replaceAll('*', '').length + 1;
    total += bytes;
    longest = Math.max(longest, bytes);
  }
  const says = longest > limits.entryBytes ? `sets an entry of ${longest} bytes, where OpenTelemetry sends at most ${limits.entryBytes}`
    : total > limits.bytes ? `sets entries of ${total} bytes, where at most ${limits.bytes} are passed on`
      : sink.entries.length > limits.members ? `sets ${sink.entries.length} entries, where only ${limits.members} are sure to be passed on` : undefined;
  return says === undefined ? [] : [{
    boundary: 'opentelemetry/baggage-limit', node: sink.call, token: sink.token, verdict: 'lost', says: `${says}: what is over is dropped without a word`,
  }];
}
