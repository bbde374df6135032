/**
 * The collector's configuration of docs/guides/sensitive-content.md, against what the processors' own pages document:
 * https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/filterprocessor
 * https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/transformprocessor
 * https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/pkg/ottl
 * No collector runs here: a field, a function or a path that they do not document fails.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import { fix } from '../../src/run/fix.ts';
import { genAiContent } from '../../src/conventions/gen-ai.ts';
import { tree } from '../project/tree.ts';

const yaml = createRequire(import.meta.url)('js-yaml') as { load(text: string): Config };
const page = readFileSync(new URL('../../docs/guides/sensitive-content.md', import.meta.url), 'utf8');
const blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) => yaml.load(text!));

interface Config {
  receivers?: Record<string, unknown>;
  processors: Record<string, Record<string, unknown>>;
  exporters?: Record<string, unknown>;
  service?: { pipelines: Record<string, { receivers: string[]; processors: string[]; exporters: string[] }> };
}

const path = String.raw`(?:(?:span|spanevent|log|resource)\.)?attributes(?:\["[\w.]+"\])?`;
const condition = String.raw`${path} (?:==|!=) (?:true|false|nil|"[^"]*")`;
const conditions = new RegExp(`^${condition}(?: (?:and|or) ${condition})*$`);
const statement = new RegExp(String.raw`^(?:keep_keys\(${path}, \["[\w.]+"(?:, "[\w.]+")*\]\)|delete_key\(${path}, "[\w.]+"\)|set\(${path}, SHA256\(${path}\)\))(?: where ${condition}(?: and ${condition})*)?$`);

const ottlConditions = z.array(z.string().regex(conditions)).nonempty();
const ottlStatements = z.array(z.string().regex(statement)).nonempty();
const errorMode = z.enum(['ignore', 'silent', 'propagate']);
const processors: Record<string, z.ZodType> = {
  filter: z.strictObject({
    error_mode: errorMode.optional(),
    traces: z.strictObject({ resource: ottlConditions.optional(), span: ottlConditions.optional(), spanevent: ottlConditions.optional() }).optional(),
    logs: z.strictObject({ resource: ottlConditions.optional(), log_record: ottlConditions.optional() }).optional(),
    trace_conditions: ottlConditions.optional(),
    log_conditions: ottlConditions.optional(),
  }),
  transform: z.strictObject({ error_mode: errorMode.optional(), trace_statements: ottlStatements.optional(), log_statements: ottlStatements.optional() }),
};

const all = blocks.flatMap((block) => Object.entries(block.processors));

describe('each processor has only what is documented', () => {
  test.each(all)('%s', (name, fields) => {
    const kind = name.split('/')[0]!;
    expect(Object.keys(processors)).toContain(kind);
    expect(processors[kind]!.safeParse(fields).error).toBeUndefined();
  });

  it('or it fails', () => {
    expect(processors.filter!.safeParse({ traces: { spanevents: ['attributes["sensitive"] == true'] } }).success).toBe(false);
    expect(processors.filter!.safeParse({ traces: { spanevent: ['attributes["sensitive"] = true'] } }).success).toBe(false);
    expect(processors.transform!.safeParse({ trace_statements: ['hash(span.attributes["a"])'] }).success).toBe(false);
  });

  // What a path with a prefix stands for is chosen by the statements' own signal.
  it('and paths of its signal', () => {
    for (const [, fields] of all) {
      for (const text of [fields.trace_statements, fields.trace_conditions].flat()) if (text !== undefined) expect(text).not.toMatch(/\blog\./);
      for (const text of [fields.log_statements, fields.log_conditions].flat()) if (text !== undefined) expect(text).not.toMatch(/\bspan(event)?\./);
    }
  });
});

describe('the pipelines', () => {
  const whole = blocks.filter((block) => block.service !== undefined);

  it('stand in one whole configuration', () => expect(whole).toHaveLength(1));

  test.each(whole.flatMap(({ service }) => Object.entries(service!.pipelines)))('%s filters before anything else, and names what is there', (signal, pipeline) => {
    const [config] = whole;
    expect(['traces', 'logs']).toContain(signal);
    expect(pipeline.processors[0]).toBe('filter/sensitive');
    for (const part of ['receivers', 'processors', 'exporters'] as const) expect(Object.keys(config![part]!)).toEqual(expect.arrayContaining(pipeline[part]));
  });
});

describe('what fix writes', () => {
  const written = async (dependencies: object): Promise<string> => {
    const cwd = tree({ 'package.json': { name: 'app', type: 'module', engines: { node: '>=20' }, dependencies: { '@opentelemetry/api': '^1.9.0', ...dependencies } }, 'a.js': "import { trace } from '@opentelemetry/api';\nexport function ask(prompt) {\n  trace.getActiveSpan()?.setAttribute('app.prompt', prompt);\n}\n" });
    await fix({ cwd, assumeTraced: true, write: true, allowDirty: true, typeCheck: false });
    return readFileSync(`${cwd}/a.js`, 'utf8');
  };
  /** The attributes of the event that a repaired file writes. */
  const attributesOf = (text: string): Record<string, unknown> => Object.fromEntries([...text.matchAll(/\{ ('[\w.]+': \w+(?:, (?:'[\w.]+'|\w+): \w+)*) \}/g)].flatMap(([, list]) => list!.split(', ').map((each) => {
    const [key, value] = each.replaceAll("'", '').split(': ');
    return [key!, value === 'true' ? true : value];
  })));
  const drops = (texts: unknown, attributes: Record<string, unknown>): boolean => (texts as string[]).some((text) => {
    const [, key, value] = /^(?:\w+\.)?attributes\["(\w+)"\] == (true|false)$/.exec(text) ?? [];
    return key !== undefined && attributes[key] === (value === 'true');
  });
  const filter = blocks[0]!.processors['filter/sensitive'] as { traces: { spanevent: string[] }; logs: { log_record: string[] } };

  it('is dropped as a span event', async () => {
    const text = await written({});
    expect(text).toContain('.addEvent(\'app.sensitive\'');
    expect(attributesOf(text)).toMatchObject({ 'app.prompt': 'prompt' });
    expect(drops(filter.traces.spanevent, attributesOf(text))).toBe(true);
  });

  it('is dropped as a log event', async () => {
    const text = await written({ '@opentelemetry/api-logs': '^0.220.0' });
    expect(text).toContain('.emit({ eventName: \'app.sensitive\'');
    expect(drops(filter.logs.log_record, attributesOf(text))).toBe(true);
  });

  it('and nothing else is', () => {
    expect(drops(filter.traces.spanevent, { 'app.prompt': 'x' })).toBe(false);
    expect(drops(filter.logs.log_record, { sensitive: false })).toBe(false);
  });
});

it('deletes no attribute but content that the conventions define', () => {
  const deleted = all.flatMap(([, { trace_statements: texts }]) => ((texts ?? []) as string[]).flatMap((text) => /^delete_key\(span\.attributes, "([\w.]+)"\)$/.exec(text)?.[1] ?? []));
  expect(deleted.length).toBeGreaterThan(0);
  expect(deleted.filter((name) => !genAiContent.has(name))).toEqual([]);
  expect([...genAiContent].filter((name) => !deleted.includes(name))).toEqual([]);
});
