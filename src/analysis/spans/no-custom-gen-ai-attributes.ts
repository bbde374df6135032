/** Own names under `gen_ai.*` and `mcp.*`, which the conventions may define tomorrow and mean something else by. */
import type ts from 'typescript';
import { genAiAttributes } from '../../conventions/gen-ai.ts';
import { readByProducts } from '../../conventions/products.ts';
import type { CheckedFile, SpanCheck, Spot } from './support/check.ts';
import { namesWith } from './support/names.ts';
import { readerOfAttribute } from './support/readers.ts';
import { sinksOf, type Entry, type Sink } from './support/sinks.ts';

const noCustomGenAiAttributes: SpanCheck = { rule: 'no-custom-gen-ai-attributes', find };

export default noCustomGenAiAttributes;

const reserved = /^(gen_ai|mcp)\./;

function find(file: CheckedFile): Spot[] {
  const names = namesWith(file.facts.sensitive);
  const seen = new Set<unknown>();
  return sinksOf(file).filter((sink) => sink.what !== 'baggage').flatMap((sink) => {
    const own = sink.entries.filter(({ key, value }) => reserved.test(key) && !seen.has(value) && !names.isAllowed(key) && !isConventional(key));
    for (const { value } of own) seen.add(value);
    return groups(file, sink, own).map((group) => spot(file, sink, group));
  });
}

/** What a call writes itself or one object holds is one finding; what is put in elsewhere is one where it is put in. */
function groups({ ts }: CheckedFile, sink: Sink, own: readonly Entry[]): Entry[][] {
  const found = new Map<ts.Node, Entry[]>();
  for (const entry of own) {
    const { parent } = entry.place;
    const holder = entry.place.pos >= sink.call.pos && entry.place.end <= sink.call.end ? sink.call : ts.isObjectLiteralElementLike(parent) ? parent.parent : parent;
    found.set(holder, [...(found.get(holder) ?? []), entry]);
  }
  return [...found.values()];
}

/** One for a call, where the first of its names stands. */
function spot(file: CheckedFile, sink: Sink, own: readonly Entry[]): Spot {
  const { place, key } = own[0]!;
  const several = own.some((each) => each.key !== key);
  const isHere = sink.what !== 'option' && place.pos >= sink.call.pos && place.end <= sink.call.end;
  return {
    boundary: 'opentelemetry/custom-gen-ai-attribute', node: sink.call, token: isHere ? sink.token : place, verdict: 'wrong',
    says: `sets ${listed(own)}, ${several ? 'names' : 'a name'} of one's own in a namespace that is the conventions'`,
    ...(key.includes('*') || several ? {} : { advice: `Call it \`${ownName(key)}\`, or what the conventions call it.` }),
    ...refusalOf(file, own),
    parts: Object.fromEntries(own.map((each, i) => [`name${i}`, each.place])),
  };
}

/** `gen_ai.agent.mood` → `app.agent.mood`: the same name where it collides with nobody's. */
export function ownName(key: string): string {
  const rest = key.replace(reserved, '').replace(/^agent\./, '');
  return `${key.startsWith('gen_ai.agent.') ? 'app.agent' : key.startsWith('mcp.') ? 'app.mcp' : 'app.gen_ai'}.${rest}`;
}

/** Why a name can't be changed here: it is not written here, or somebody else may read it. */
function refusalOf(file: CheckedFile, own: readonly Entry[]): Pick<Spot, 'refusal'> {
  const { ts, source } = file;
  for (const { key, place } of own) {
    const isWritten = ts.isStringLiteralLike(place) && place.text === key && place.getSourceFile() === source.ast;
    if (!isWritten) return { refusal: { code: 'unsupported-shape', detail: 'the name is not written out here: change it where it is made' } };
    if (readByProducts.test(key)) return { refusal: { code: 'no-repair', detail: `products that show model traces read \`${key}\`, or all names below \`${key.split('.').slice(0, 2).join('.')}\`` } };
    if (source.text.includes(ownName(key))) return { refusal: { code: 'no-repair', detail: `\`${ownName(key)}\` is in use already` } };
    const reader = readerOfAttribute(file, key);
    if (reader !== undefined) return { refusal: { code: 'no-repair', detail: `${reader} knows it by this name` } };
  }
  return {};
}

function listed(own: readonly Entry[]): string {
  const names = [...new Set(own.map(({ key }) => `\`${key}\``))];
  return names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
}

/** A name of the conventions, or one that may come out as one at run time. */
function isConventional(key: string): boolean {
  if (!key.includes('*')) return genAiAttributes.has(key);
  const pattern = new RegExp(`^${key.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`);
  return [...genAiAttributes].some((name) => pattern.test(name));
}
