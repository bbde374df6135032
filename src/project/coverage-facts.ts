import type { Ts } from '../types.ts';
import { SourceFacts } from './coverage-source.ts';
import { distributions, type Distribution } from './distributions.ts';
import { autoNode } from './instrumentations.ts';
import { isSourcePath } from './files.ts';
import { mentionsTracing } from './tracing-words.ts';

/** Something that is switched on, and where. */
export interface Registration {
  /** The instrumentation's package, or the distribution's. */
  name: string;
  /** `src/tracing.ts:3: new UndiciInstrumentation()` */
  evidence: string;
  /** The agent that does its work in a way of its own. */
  agent?: string;
  /** It is told to leave some requests alone: which can't be told from here. */
  partly?: true;
  /** It is on, and carries nothing: why. */
  idle?: string;
}

/** What one file says of tracing. */
export interface CoverageFacts {
  registered: Registration[];
  /** Instrumentations that are loaded, whatever becomes of them. */
  loaded: string[];
  /** Uses of auto-instrumentations-node: what each leaves out and puts in. */
  autoNode: { evidence: string; disabled: string[]; enabled: string[]; partly: string[] }[];
  tracer: string[];
  /** `OTEL_NODE_DISABLED_INSTRUMENTATIONS` and its opposite. */
  disabledByEnv: string[];
  enabledByEnv: string[] | undefined;
}

/** What a file says: source by its syntax, anything else (Dockerfile, .env, compose file, a script of package.json) by its text. */
export function coverageFacts(ts: Ts, file: string, text: string, shown: string): CoverageFacts {
  if (!mentionsTracing(text)) return emptyFacts();
  return isSourcePath(file) ? new SourceFacts(ts, file, text, shown).facts : textFacts(text, shown, file);
}

export function emptyFacts(): CoverageFacts {
  return { registered: [], loaded: [], autoNode: [], tracer: [], disabledByEnv: [], enabledByEnv: undefined };
}

/** Names in `--import x`, `--require x`, `-r x`, also as a JSON array's items, and what the environment switches on. */
export function textFacts(text: string, shown: string, file = shown): CoverageFacts {
  const facts = emptyFacts();
  const isJson = file.endsWith('.json');
  const stated = isJson ? text : text.replaceAll(/(^|\s)#.*$/gm, '$1');
  for (const found of stated.matchAll(/(?<![\w-])(?:--import|--require|--experimental-loader|--loader|-r)(?:["',\s=\\]+)([@\w][\w@./-]*)/g)) {
    started(facts, found[1] as string, `${shown}:${lineOf(stated, found.index)}: ${found[1]}`);
  }
  const list = (name: string): string[] | undefined => {
    const found = new RegExp(String.raw`\b${name}["']?\s*[=:]\s*["']?([\w.,\t -]+)`).exec(stated);
    return found === null ? undefined : (found[1] as string).split(',').map((item) => item.trim()).filter(Boolean).map((item) => `@opentelemetry/instrumentation-${item}`);
  };
  facts.disabledByEnv = list('OTEL_NODE_DISABLED_INSTRUMENTATIONS') ?? [];
  facts.enabledByEnv = list('OTEL_NODE_ENABLED_INSTRUMENTATIONS');
  const deno = /\bOTEL_DENO["']?\s*[=:]\s*["']?(?:true|1)\b|--unstable-otel\b/.exec(stated);
  if (deno !== null) {
    const evidence = `${shown}:${lineOf(stated, deno.index)}: Deno's own`;
    facts.tracer.push(evidence);
    for (const name of ['deno', '@opentelemetry/instrumentation-http', '@opentelemetry/instrumentation-undici']) facts.registered.push({ name, evidence, agent: 'deno' });
  }
  return facts;
}

/** An import, `--import` or `--require` of a specifier that starts a tracer by itself. */
export function started(facts: CoverageFacts, specifier: string, evidence: string): void {
  const distribution = distributions.find((each) => each.preloads.includes(specifier));
  if (distribution !== undefined) start(facts, distribution, evidence);
}

export function start(facts: CoverageFacts, distribution: Distribution, evidence: string, covers = distribution.covers, idle?: string): void {
  const by = distribution.bundles ? {} : { agent: distribution.package };
  facts.tracer.push(evidence);
  facts.registered.push({ name: distribution.package, evidence });
  for (const name of distribution.covers) {
    if (covers.includes(name)) facts.registered.push({ name, evidence, ...by });
    else if (idle !== undefined) facts.registered.push({ name, evidence, ...by, idle });
  }
  for (const name of covers) if (!distribution.covers.includes(name)) facts.registered.push({ name, evidence, ...by });
  if (distribution.package === autoNode) facts.autoNode.push({ evidence, disabled: [], enabled: [], partly: [] });
}

function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let index = text.indexOf('\n'); index !== -1 && index < offset; index = text.indexOf('\n', index + 1)) line++;
  return line;
}
