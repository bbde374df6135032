/** How a check of spans gets into the engine: words, strictness, severities and directives as for every other boundary. */
import { describe, expect, it } from 'vitest';
import { check } from '../../../src/run/check.ts';
import { fix } from '../../../src/run/fix.ts';
import { tree } from '../../project/tree.ts';
import { analyse, reported } from '../harness.ts';

const app = { name: 'app', type: 'module', engines: { node: '>=20' }, dependencies: { '@opentelemetry/api': '^1.9.0' } };
const detached = `import { trace } from '@opentelemetry/api';
const tracer = trace.getTracer('app');
export function handle(job) {
  return tracer.startActiveSpan('handle', { root: true }, async (span) => { try { return await job.run(); } finally { span.end(); } });
}
`;

async function run(code: string, rules: Record<string, string> = {}, manifest: object = app) {
  return check({ cwd: tree({ 'package.json': manifest, 'src/a.js': code, 'handoff.config.json': { rules } }), assumeTraced: true });
}

describe('a check of spans', () => {
  it('is reported as every other finding', async () => {
    const [finding] = (await run(detached)).findings;
    expect(finding).toMatchObject({
      path: 'src/a.js', line: 4, column: 45, endColumn: 49, rule: 'no-new-root', boundary: 'opentelemetry/root-option', family: 'span',
      verdict: 'lost', severity: 'error', scope: 'file', channel: '*', repair: { strategy: 'drop-root-option' },
    });
    expect(finding!.message).toMatch(/^`root: true` starts a new trace/);
  });

  it('has its severity from the configuration', async () => {
    expect((await run(detached, { 'no-new-root': 'warn' })).findings).toMatchObject([{ severity: 'warn' }]);
    expect((await run(detached, { 'no-new-root': 'off' })).findings).toEqual([]);
  });

  it('is silenced by a directive with a reason', async () => {
    const silenced = (reason: string) => detached.replace("  return", `  // handoff-ignore no-new-root${reason}\n  return`);
    expect((await run(silenced(' -- a trace for each job'))).findings).toEqual([]);
    expect((await run(silenced(''))).findings).toMatchObject([{ message: expect.stringContaining('says no reason') as string }]);
  });

  it('reads no file without its words, and none of a repo without its library', async () => {
    expect((await run("import { trace } from '@opentelemetry/api';\nexport const tracer = trace.getTracer('app');\n")).parsed).toBe(0);
    expect((await run('export const view = (a) => a.startSpan({ root: true });\n', {}, { ...app, dependencies: {} })).parsed).toBe(0);
    expect((await run(detached)).parsed).toBe(1);
  });

  it('is silent where no tracer runs', () => {
    const files = { 'package.json': { name: 'page', dependencies: { '@opentelemetry/api': '^1.9.0', 'react-dom': '^19' } }, 'src/a.js': detached };
    expect(reported(analyse(files, { runtime: 'browser' }))).toHaveLength(1);
    expect(reported(analyse({ ...files, 'src/a.js': `'use client';\n${detached}` }))).toEqual([]);
  });

  it('is a unit of `fix`, made or refused with its code', async () => {
    const refused = detached.replace("{ trace }", '{ context, ROOT_CONTEXT, trace }').replace("tracer.startActiveSpan('handle', { root: true }, ", 'context.with(ROOT_CONTEXT, ');
    const cwd = tree({ 'package.json': app, 'src/a.js': detached, 'src/b.js': refused });
    const { report } = await fix({ cwd, assumeTraced: true, only: 'no-new-root', typeCheck: false });
    expect(report.applied).toMatchObject([{ boundaries: ['opentelemetry/root-option'], strategies: ['drop-root-option'] }]);
    expect(report.refused).toMatchObject([{ boundaries: ['opentelemetry/root-context'], code: 'no-repair' }]);
  });

  describe('of a strict rule', () => {
    const open = detached.replace('{ root: true }, ', '').replace('finally { span.end(); }', 'finally { job.done(); }');
    const rows = async (options: object, rules = {}): Promise<string[]> => (await check({ cwd: tree({ 'package.json': app, 'src/a.js': open, 'handoff.config.json': { rules } }), assumeTraced: true, ...options })).findings.map((f) => `${f.rule} ${f.severity}`);

    it('is asked for by --strict or by the configuration', async () => {
      expect(await rows({})).toEqual([]);
      expect(await rows({ strict: true })).toEqual(['require-span-end error']);
      expect(await rows({}, { 'require-span-end': 'warn' })).toEqual(['require-span-end warn']);
      expect(await rows({ strict: true }, { 'require-span-end': 'off' })).toEqual([]);
    });

    it('leaves a directive alone that it was not asked about', async () => {
      const notes: string[] = [];
      const cwd = tree({ 'package.json': app, 'src/a.js': open.replace('  return', '  // handoff-ignore require-span-end -- the job ends it\n  return') });
      expect((await check({ cwd, assumeTraced: true, onNote: (note) => notes.push(note) })).findings).toEqual([]);
      expect((await check({ cwd, assumeTraced: true, strict: true, onNote: (note) => notes.push(note) })).findings).toEqual([]);
      expect(notes.filter((note) => note.includes('unused'))).toEqual([]);
    });
  });

  it('is for built-in entries only', async () => {
    const own = { id: 'own/check', family: 'span', library: 'Own', match: { exports: ['x'], use: 'check' }, role: 'producer', coupling: 'awaited', rule: 'no-new-root', runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' }, repair: { refused: 'no-repair', detail: 'none' }, farSide: 'x', advice: 'x', upstream: 'https://example.com/', evidence: 'read', proof: 'x' };
    await expect(check({ cwd: tree({ 'package.json': app, 'handoff.config.json': { boundaries: [own] } }) })).rejects.toMatchObject({ what: expect.stringContaining('built-in') as string });
  });
});
