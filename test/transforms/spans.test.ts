/** What `fix` writes for spans, and what it leaves to their author. The result compiles, and a second run changes nothing. */
import fs from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repair } from './harness.ts';

async function repaired(text: string, rule: string, name = 'src/a.ts'): Promise<{ text: string; outcome: string[] }> {
  const { root, report, again, errors } = await repair({ [name]: text, 'handoff.config.json': { rules: { [rule]: 'error' } } }, { only: rule });
  expect(errors).toEqual([]);
  expect(again).toEqual({ applied: [], files: [] });
  const outcome = [...report.applied.map(({ strategies }) => `applied ${strategies.join()}`), ...report.refused.map(({ code }) => `refused ${code}`), ...report.reverted.map(({ errors: why }) => `reverted ${why?.join()}`)];
  return { text: fs.readFileSync(join(root, name), 'utf8'), outcome };
}

const api = (names: string): string => `import { ${names} } from '@opentelemetry/api';\n\nconst tracer = trace.getTracer('app');\ndeclare const agent: { run(id?: string): Promise<string> };\n`;

describe('activate-span', () => {
  const make = (body: string, names = 'trace', signature = 'async function run(id: string): Promise<string>'): string => `${api(names)}\nexport ${signature} {\n${body}}\n`;
  const change = async (body: string, signature?: string) => repaired(make(body, 'trace', signature), 'no-inactive-parent');

  it('encloses the work of a try block', async () => {
    const { text, outcome } = await change("  const span = tracer.startSpan('x');\n  try {\n    const r = await agent.run(id);\n    return r.trim();\n  } finally {\n    span.end();\n  }\n");
    expect(outcome).toEqual(['applied activate-span']);
    expect(text).toBe(make("  const span = tracer.startSpan('x');\n  try { return await context.with(trace.setSpan(context.active(), span), async () => {\n    const r = await agent.run(id);\n    return r.trim();\n  }); } finally {\n    span.end();\n  }\n", 'trace, context'));
  });

  it('waits for work that gives nothing back', async () => {
    const { text } = await change("  const span = tracer.startSpan('x');\n  try {\n    if (id === '') return;\n    await agent.run(id);\n  } catch (error) {\n    span.recordException(error as Error);\n  } finally {\n    span.end();\n  }\n", 'async function run(id: string): Promise<void>');
    expect(text).toContain("try { await context.with(trace.setSpan(context.active(), span), async () => {\n    if (id === '') return;");
  });

  it('keeps `this`, and loops that stay inside', async () => {
    const { text, outcome } = await repaired(`${api('trace')}\nexport class Runner {\n  name = 'a';\n  async run(ids: string[]): Promise<void> {\n    const span = tracer.startSpan(this.name);\n    try {\n      for (const id of ids) {\n        if (id === '') continue;\n        await agent.run(this.name + id);\n      }\n    } finally {\n      span.end();\n    }\n  }\n}\n`, 'no-inactive-parent');
    expect(outcome).toEqual(['applied activate-span']);
    expect(text).toContain('async () => {\n      for (const id of ids) {\n        if (id === \'\') continue;');
  });

  it('writes CommonJS, and names that are there', async () => {
    const before = "const { context, trace: api } = require('@opentelemetry/api');\nconst tracer = api.getTracer('a');\nmodule.exports.charge = async (flags) => {\n  const span = tracer.startSpan('charge');\n  try {\n    return await flags.get();\n  } finally {\n    span.end();\n  }\n};\n";
    const { text, outcome } = await repaired(before, 'no-inactive-parent', 'src/a.cjs');
    expect(outcome).toEqual(['applied activate-span']);
    expect(text).toBe(before.replace('try {\n', 'try { return await context.with(api.setSpan(context.active(), span), async () => {\n').replace('  } finally', '  }); } finally'));
  });

  it.each([
    ['work outside of the block', "  const span = tracer.startSpan('x');\n  const a = await agent.run(id);\n  try {\n    return await agent.run(a);\n  } finally {\n    span.end();\n  }\n", 'unsupported-shape'],
    ['no block at all', "  const span = tracer.startSpan('x');\n  const r = await agent.run(id);\n  span.end();\n  return r;\n", 'unsupported-shape'],
    ['something after the block', "  const span = tracer.startSpan('x');\n  let r = '';\n  try {\n    r = await agent.run(id);\n  } finally {\n    span.end();\n  }\n  return r;\n", 'unsupported-shape'],
    ['a `var` that is seen outside', "  const span = tracer.startSpan('x');\n  try {\n    var r = await agent.run(id);\n    return r;\n  } finally {\n    span.end();\n  }\n", 'unsupported-shape'],
    ['`arguments`', "  const span = tracer.startSpan('x');\n  try {\n    return await agent.run(String(arguments.length));\n  } finally {\n    span.end();\n  }\n", 'unsupported-shape'],
  ])('refuses %s', async (_, body, code) => {
    const { text, outcome } = await change(body);
    expect(outcome).toEqual([`refused ${code}`]);
    expect(text).toBe(make(body));
  });

  it('refuses a generator', async () => {
    const { outcome } = await change("  const span = tracer.startSpan('x');\n  try {\n    yield await agent.run(id);\n  } finally {\n    span.end();\n  }\n", 'async function* run(id: string): AsyncGenerator<string>');
    expect(outcome).toEqual(['refused streaming']);
  });

  it('refuses a jump out of the block', async () => {
    const { outcome } = await change("  for (const one of id) {\n    const span = tracer.startSpan('x');\n    try {\n      if (one === 'a') continue;\n      await agent.run(one);\n    } finally {\n      span.end();\n    }\n  }\n", 'async function run(id: string): Promise<void>');
    expect(outcome).toEqual(['refused unsupported-shape']);
  });

  it('is taken back where the compiler knows less afterwards', async () => {
    const body = "  let found: string | undefined = await agent.run(id);\n  if (found === undefined) throw new Error('none');\n  const span = tracer.startSpan('x');\n  try {\n    const r = await agent.run(found.trim());\n    found = undefined;\n    return r;\n  } finally {\n    span.end();\n  }\n";
    const { text, outcome } = await change(body);
    expect(outcome[0]).toMatch(/^reverted .*possibly .undefined./);
    expect(text).toBe(make(body));
  });
});

describe('drop-root-option', () => {
  const make = (statement: string, names = 'trace'): string => `${api(names)}\nexport async function run(id: string): Promise<string> {\n  ${statement}\n}\n`;
  const work = 'async (span) => {\n    try {\n      return await agent.run(id);\n    } finally {\n      span.end();\n    }\n  }';

  it.each([
    ['the only option', `return tracer.startActiveSpan('x', { root: true }, ${work});`, `return tracer.startActiveSpan('x', ${work});`],
    ['the first', `return tracer.startActiveSpan('x', { root: true, kind: 1 }, ${work});`, `return tracer.startActiveSpan('x', { kind: 1 }, ${work});`],
    ['the last', `return tracer.startActiveSpan('x', { kind: 1, root: true }, ${work});`, `return tracer.startActiveSpan('x', { kind: 1 }, ${work});`],
    ['the last, with a comma', `return tracer.startActiveSpan('x', {\n    kind: 1,\n    root: true,\n  }, ${work});`, `return tracer.startActiveSpan('x', {\n    kind: 1,\n  }, ${work});`],
    ['the only one, with a span that is not active', "const span = tracer.startSpan('x', { root: true });\n  try {\n    return await agent.run(id);\n  } finally {\n    span.end();\n  }", "const span = tracer.startSpan('x');\n  try {\n    return await agent.run(id);\n  } finally {\n    span.end();\n  }"],
  ])('takes out %s', async (_, before, after) => {
    const { text, outcome } = await repaired(make(before), 'no-new-root');
    expect(outcome).toEqual(['applied drop-root-option']);
    expect(text).toBe(make(after));
  });

  it('leaves the place of a context', async () => {
    const names = 'context, trace';
    const { text } = await repaired(make(`return tracer.startActiveSpan('x', { root: true }, context.active(), ${work});`, names), 'no-new-root');
    expect(text).toBe(make(`return tracer.startActiveSpan('x', {}, context.active(), ${work});`, names));
  });

  it.each([
    ['with a comment beside it', `return tracer.startActiveSpan('x', { root: true /* the customer's own trace */ }, ${work});`],
    ['with a comment above it', `// the customer's own trace\n  return tracer.startActiveSpan('x', { root: true }, ${work});`],
    ['where nobody waits', `void tracer.startActiveSpan('x', { root: true }, ${work});\n  return id;`],
    ['under ROOT_CONTEXT', 'return context.with(ROOT_CONTEXT, () => agent.run(id));', 'context, trace, ROOT_CONTEXT'],
    ['without its span', 'return context.with(trace.deleteSpan(context.active()), () => agent.run(id));', 'context, trace'],
  ])('refuses what is written %s', async (_, statement, names = 'trace') => {
    const { text, outcome } = await repaired(make(statement, names), 'no-new-root');
    expect(outcome).toEqual(['refused no-repair']);
    expect(text).toBe(make(statement, names));
  });
});

describe('link-to-message', () => {
  const make = (statement: string, names = 'propagation, trace, ROOT_CONTEXT'): string => `import { Worker } from 'bullmq';\nimport { ${names} } from '@opentelemetry/api';\n\nconst tracer = trace.getTracer('app');\nexport const worker = new Worker('mails', async (job) => {\n  const parent = propagation.extract(ROOT_CONTEXT, job.data.otel);\n  ${statement}\n}, { connection: {} });\n`;
  const work = 'async (span) => {\n    try {\n      await job.updateProgress(1);\n    } finally {\n      span.end();\n    }\n  }';
  const links = 'links: [trace.getSpanContext(parent)].flatMap((spanContext) => spanContext ? [{ context: spanContext }] : [])';

  it.each([
    ['options', `return tracer.startActiveSpan('process', { kind: 4 }, parent, ${work});`, `return tracer.startActiveSpan('process', { kind: 4, ${links} }, trace.deleteSpan(parent), ${work});`],
    ['no options', `return tracer.startActiveSpan('process', {}, parent, ${work});`, `return tracer.startActiveSpan('process', { ${links} }, trace.deleteSpan(parent), ${work});`],
    ['options on lines of their own', `return tracer.startActiveSpan('process', {\n    kind: 4, // a consumer\n  }, parent, ${work});`, `return tracer.startActiveSpan('process', {\n    kind: 4, ${links}, // a consumer\n  }, trace.deleteSpan(parent), ${work});`],
  ])('makes a link of a parent, with %s', async (_, before, after) => {
    const { text, outcome } = await repaired(make(before), 'prefer-span-link');
    expect(outcome).toEqual(['applied link-to-message']);
    expect(text).toBe(make(after));
  });

  it.each([
    ['a context without a name', `return tracer.startActiveSpan('process', {}, propagation.extract(ROOT_CONTEXT, job.data.otel), ${work});`],
    ['context.with', `return context.with(parent, () => tracer.startActiveSpan('process', {}, ${work}));`, 'context, propagation, trace, ROOT_CONTEXT'],
  ])('refuses %s', async (_, statement, names?: string) => {
    const { text, outcome } = await repaired(make(statement, names), 'prefer-span-link');
    expect(outcome).toEqual(['refused unsupported-shape']);
    expect(text).toBe(make(statement, names));
  });
});
