/** Own names under `gen_ai.*` and `mcp.*`, which the conventions may define tomorrow and mean something else by. */
import { genAiAttributes } from '../../conventions/gen-ai.ts';
import type { CheckedFile, SpanCheck, Spot } from './support/check.ts';
import { Names } from './support/names.ts';
import { sinksOf } from './support/sinks.ts';

const noCustomGenAiAttributes: SpanCheck = { rule: 'no-custom-gen-ai-attributes', find };

export default noCustomGenAiAttributes;

const reserved = /^(gen_ai|mcp)\./;

function find(file: CheckedFile): Spot[] {
  const names = new Names(file.facts.sensitive);
  const seen = new Set<unknown>();
  return sinksOf(file).filter((sink) => sink.what !== 'baggage').flatMap((sink) => sink.entries.flatMap((entry): Spot[] => {
    const { key, place, value } = entry;
    if (!reserved.test(key) || seen.has(value) || names.isAllowed(key) || isConventional(key)) return [];
    seen.add(value);
    const own = key.replace(reserved, '').replace(/^agent\./, '');
    return [{
      boundary: 'opentelemetry/custom-gen-ai-attribute', node: sink.call, token: place, verdict: 'wrong',
      says: `sets \`${key}\`, a name of one's own in a namespace that is the conventions'`,
      ...(own.includes('*') || own === '' ? {} : { advice: `Call it \`${key.startsWith('gen_ai.agent.') ? 'app.agent' : key.startsWith('mcp.') ? 'app.mcp' : 'app.gen_ai'}.${own}\`, or what the conventions call it.` }),
    }];
  }));
}

/** A name of the conventions, or one that may come out as one at run time. */
function isConventional(key: string): boolean {
  if (!key.includes('*')) return genAiAttributes.has(key);
  const pattern = new RegExp(`^${key.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`);
  return [...genAiAttributes].some((name) => pattern.test(name));
}
