/** What a repair must leave alone, byte by byte; and the helper file over several runs. */
import fs from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fix } from '../../src/run/fix.ts';
import { repair, type Options } from './harness.ts';

const work = 'declare function work(x?: unknown): Promise<void>;\n';

async function repaired(text: string, options: Options = { runtime: 'browser' }, name = 'src/a.ts'): Promise<string> {
  const { root, again, errors } = await repair({ [name]: text }, options);
  expect(errors).toEqual([]);
  expect(again).toEqual({ applied: [], files: [] });
  return fs.readFileSync(join(root, name), 'utf8');
}

describe('texts', () => {
  it('keeps CRLF, also in what is added', async () => {
    expect(await repaired(`import { join } from 'node:path';\r\n\r\nexport function f() {\r\n  setTimeout(() => {\r\n    void fetch(join('a'));\r\n  }, 10);\r\n}\r\n`)).toBe(
      `import { join } from 'node:path';\r\nimport { context } from '@opentelemetry/api';\r\n\r\nexport function f() {\r\n  setTimeout(context.bind(context.active(), () => {\r\n    void fetch(join('a'));\r\n  }), 10);\r\n}\r\n`);
  });

  it('keeps a byte order mark first', async () => {
    expect(await repaired(`\uFEFFexport const f = () => setTimeout(() => void fetch('https://example.com'), 10);\n`)).toBe(
      `\uFEFFimport { context } from '@opentelemetry/api';\n\nexport const f = () => setTimeout(context.bind(context.active(), () => void fetch('https://example.com')), 10);\n`);
  });

  it('keeps a byte order mark before imports with CRLF', async () => {
    expect(await repaired(`\uFEFFimport { join } from 'node:path';\r\nexport const f = () => queueMicrotask(() => void fetch(join('a')));\r\n`)).toBe(
      `\uFEFFimport { join } from 'node:path';\r\nimport { context } from '@opentelemetry/api';\r\nexport const f = () => queueMicrotask(context.bind(context.active(), () => void fetch(join('a'))));\r\n`);
  });

  it('keeps a shebang first', async () => {
    expect(await repaired(`#!/usr/bin/env node\n${work}export const f = () => setTimeout(() => void work(), 10);\n`)).toBe(
      `#!/usr/bin/env node\nimport { context } from '@opentelemetry/api';\n\n${work}export const f = () => setTimeout(context.bind(context.active(), () => void work()), 10);\n`);
  });

  it('keeps a missing end of line, tabs and form feeds', async () => {
    expect(await repaired(`${work}\f\nexport function f() {\n\tsetTimeout(() => {\n\t\tvoid work();\n\t}, 10);\n}`)).toBe(
      `import { context } from '@opentelemetry/api';\n\n${work}\f\nexport function f() {\n\tsetTimeout(context.bind(context.active(), () => {\n\t\tvoid work();\n\t}), 10);\n}`);
  });

  it('counts characters outside of the basic plane as the compiler does', async () => {
    expect(await repaired(`${work}export const f = () => { const a = '👩‍👩‍👧 é'; setTimeout(() => void work(a), 10); };\n`)).toBe(
      `import { context } from '@opentelemetry/api';\n\n${work}export const f = () => { const a = '👩‍👩‍👧 é'; setTimeout(context.bind(context.active(), () => void work(a)), 10); };\n`);
  });

  it('keeps template literals and regular expressions', async () => {
    expect(await repaired('declare function work(x?: unknown): Promise<void>;\nexport const f = () => setTimeout(() => void work([`a\n  ${`b${1}`}\n`, /[)"\'`]/g]), 10);\n')).toBe(
      'import { context } from \'@opentelemetry/api\';\n\ndeclare function work(x?: unknown): Promise<void>;\nexport const f = () => setTimeout(context.bind(context.active(), () => void work([`a\n  ${`b${1}`}\n`, /[)"\'`]/g])), 10);\n');
  });

  it('keeps mixed ends of line as they are', async () => {
    expect(await repaired(`${work}// a\r\nexport const f = () => setTimeout(() => void work(), 10);\n`)).toBe(
      `import { context } from '@opentelemetry/api';\n\n${work}// a\r\nexport const f = () => setTimeout(context.bind(context.active(), () => void work()), 10);\n`);
  });
});

const producer = (name: string): string => `import { Queue } from 'bullmq';\n\nconst queue = new Queue('${name}', { connection: {} });\n\nexport const send = (id: string) => queue.add('send', { id });\n`;
const consumer = (name: string): string => `import { Worker } from 'bullmq';\n\nexport const worker = new Worker('${name}', async (job) => {\n  await fetch('https://example.com', { method: 'POST', body: job.id });\n}, { connection: {} });\n`;

describe('the helper file', () => {
  it('holds what is needed and grows with later repairs', async () => {
    const { root } = await repair({ 'src/a.ts': producer('mail') });
    const helper = join(root, 'src/otel-handoff.ts');
    expect(fs.readFileSync(helper, 'utf8')).toContain('export function carryJob<');
    expect(fs.readFileSync(helper, 'utf8')).not.toContain('processJob');
    fs.writeFileSync(join(root, 'src/b.ts'), consumer('sms'));
    const { report } = await fix({ cwd: root, write: true, allowDirty: true, assumeTraced: true });
    expect(report.files).toEqual(['src/b.ts', 'src/otel-handoff.ts']);
    expect(fs.readFileSync(helper, 'utf8')).toContain('export function processJob<');
    expect(fs.readFileSync(helper, 'utf8')).toContain('export function carryJob<');
    const again = await fix({ cwd: root, assumeTraced: true });
    expect(again.changes).toEqual([]);
  });

  it('serves folders below it', async () => {
    const { root, report } = await repair({ 'src/a.ts': producer('mail'), 'src/deep/er/b.ts': consumer('mail') });
    expect(report.applied).toHaveLength(1);
    expect(fs.readFileSync(join(root, 'src/deep/er/b.ts'), 'utf8')).toMatch(/from '\.\.\/\.\.\/otel-handoff\.js'/);
  });

  it('is not touched once a person has changed it: refusal helper-modified', async () => {
    const { root } = await repair({ 'src/a.ts': producer('mail') });
    const helper = join(root, 'src/otel-handoff.ts');
    fs.writeFileSync(helper, fs.readFileSync(helper, 'utf8').replace('carryJob<', 'carryJob <'));
    fs.writeFileSync(join(root, 'src/b.ts'), consumer('sms'));
    const { report, changes } = await fix({ cwd: root, write: true, allowDirty: true, assumeTraced: true });
    expect(report.refused.map((unit) => unit.code)).toEqual(['helper-modified']);
    expect(changes).toEqual([]);
  });

  it('a changed one that exports what is needed is used as it is', async () => {
    const { root } = await repair({ 'src/a.ts': producer('mail') });
    const helper = join(root, 'src/otel-handoff.ts');
    const changed = fs.readFileSync(helper, 'utf8').replace('carryJob<', 'carryJob <');
    fs.writeFileSync(helper, changed);
    fs.writeFileSync(join(root, 'src/b.ts'), producer('sms'));
    const { report } = await fix({ cwd: root, write: true, allowDirty: true, assumeTraced: true });
    expect(report.applied).toHaveLength(1);
    expect(fs.readFileSync(helper, 'utf8')).toBe(changed);
  });

  it('a file of that name that is somebody else\'s is left alone', async () => {
    const own = 'export const mine = 1;\n';
    const { root, report } = await repair({ 'src/a.ts': producer('mail'), 'src/otel-handoff.ts': own });
    expect(report.refused.map((unit) => unit.code)).toEqual(['helper-modified']);
    expect(fs.readFileSync(join(root, 'src/otel-handoff.ts'), 'utf8')).toBe(own);
    expect(fs.readFileSync(join(root, 'src/a.ts'), 'utf8')).toBe(producer('mail'));
  });
});

describe('whole units', () => {
  it('writes nothing of a channel whose other side is refused', async () => {
    const sandboxed = `import { Worker } from 'bullmq';\n\nexport const worker = new Worker('mail', new URL('./p.js', import.meta.url), { connection: {} });\n`;
    const { root, report } = await repair({ 'src/a.ts': producer('mail'), 'src/b.ts': producer('mail'), 'src/c.ts': sandboxed });
    expect(report.applied).toEqual([]);
    expect(report.files).toEqual([]);
    expect(fs.readFileSync(join(root, 'src/a.ts'), 'utf8')).toBe(producer('mail'));
    expect(fs.existsSync(join(root, 'src/otel-handoff.ts'))).toBe(false);
  });

  it('takes a channel back whole if the compiler objects to one side', async () => {
    // A job that may be missing is none that `processJob` takes.
    const files = { 'src/a.ts': producer('mail'), 'src/b.ts': `import { Worker } from 'bullmq';\nimport type { Job } from 'bullmq';\n\nconst options = { connection: {} };\nexport const worker = new Worker('mail', async (job?: Job) => {\n  await fetch('https://example.com', { method: 'POST', body: job!.id });\n}, options);\n` };
    const { root, report } = await repair(files);
    expect(report.applied).toEqual([]);
    expect(report.reverted).toHaveLength(1);
    for (const [path, text] of Object.entries(files)) expect(fs.readFileSync(join(root, path), 'utf8')).toBe(text);
  });

  it('limits what is made to whole channels', async () => {
    const { root } = await repair({ 'src/a.ts': producer('mail'), 'src/b.ts': consumer('mail'), 'src/c.ts': producer('sms') }, { only: 'timer' });
    const one = await fix({ cwd: root, assumeTraced: true, limit: 1 });
    expect(one.report.files).toEqual(['src/a.ts', 'src/b.ts', 'src/otel-handoff.ts']);
    expect(one.leftOut).toHaveLength(1);
  });
});
