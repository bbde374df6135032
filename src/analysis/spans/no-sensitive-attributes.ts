/** Prompts, answers, tools' arguments, personal data and secrets in attributes of spans: whoever reads the trace reads them. */
import type { CheckedFile, SpanCheck, Spot } from './support/check.ts';
import { Assessor, kindWords, type Sensitive } from './support/sensitive.ts';
import { isMarked, sinksOf, type Sink } from './support/sinks.ts';

const noSensitiveAttributes: SpanCheck = { rule: 'no-sensitive-attributes', find };

export default noSensitiveAttributes;

/** A switch makes it right that content, and what a project asks for by name, is recorded; a secret never is. */
const neverMeant = /^(secret|payment)$/;

function find(file: CheckedFile): Spot[] {
  const assessor = new Assessor(file);
  const seen = new Set<unknown>();
  return sinksOf(file).flatMap((sink) => {
    if (sink.what === 'baggage' || (sink.what === 'event' && isMarked(file.ts, sink))) return [];
    const found = sink.entries.flatMap((entry) => {
      if (seen.has(entry.value)) return [];
      const sensitive = assessor.of(entry, sink.call);
      if (!sensitive || (sensitive.gate === 'off' && !neverMeant.test(sensitive.kind))) return [];
      seen.add(entry.value);
      return [sensitive];
    });
    return spots(sink, found);
  });
}

/** One for a call that writes them itself, else one where each is written. */
function spots(sink: Sink, found: readonly Sensitive[]): Spot[] {
  const own = sink.what === 'option' ? [] : found.filter(({ entry }) => entry.value.pos >= sink.call.pos && entry.value.end <= sink.call.end);
  const others = found.filter((each) => !own.includes(each));
  return [...(own.length > 0 ? [spot(sink, own)] : []), ...others.map((each) => ({ ...spot(sink, [each]), token: each.entry.place }))];
}

function spot(sink: Sink, found: readonly Sensitive[]): Spot {
  const kinds = [...new Set(found.map(({ kind }) => kindWords[kind]))];
  const names = found.map(({ entry: { key } }) => (key.startsWith('*') ? undefined : `\`${key}\``)).filter((name) => name !== undefined);
  const where = sink.what === 'event' ? 'an event that nothing marks as sensitive' : 'an attribute of a span';
  const on = found.some(({ gate }) => gate === 'on') ? ': the switch around it lets it through unless somebody turns it off' : '';
  return {
    boundary: 'opentelemetry/sensitive-attribute', node: sink.call, token: sink.token, verdict: 'leaked',
    says: `puts ${kinds.join(' and ')}${names.length > 0 ? ` (${names.join(', ')})` : ''} into ${where}, where everybody who can read a trace reads it${on}`,
    ...(found.every(({ kind }) => neverMeant.test(kind)) ? { advice: 'Leave it out, or record a hash or a masked form of it.' } : {}),
    ...refusalOf(sink, found),
    parts: Object.fromEntries(found.map(({ entry }, i) => [`value${i}`, entry.value])),
  };
}

function refusalOf(sink: Sink, found: readonly Sensitive[]): Pick<Spot, 'refusal'> {
  if (found.some(({ kind }) => neverMeant.test(kind))) return { refusal: { code: 'no-repair', detail: 'no switch makes it right to record this: leave it out, or record a hash or a masked form of it' } };
  if (found.some(({ gate }) => gate === 'on')) return { refusal: { code: 'unsupported-shape', detail: 'there is a switch already: let it be off by default' } };
  return sink.what === 'attribute' ? {} : { refusal: { code: 'unsupported-shape', detail: 'only what a statement of its own sets on a span can be moved into an event' } };
}
