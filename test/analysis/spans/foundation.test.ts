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
  return tracer.startActiveSpan('handle', { root: true }, (span) => { span.end(); return job; });
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
      verdict: 'lost', severity: 'error', scope: 'file', channel: '*', repair: { refused: 'no-repair' },
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

  it('is a unit of `fix`, refused with its code', async () => {
    const cwd = tree({ 'package.json': app, 'src/a.js': detached });
    const { report } = await fix({ cwd, assumeTraced: true, only: 'no-new-root', typeCheck: false });
    expect(report.refused).toMatchObject([{ boundaries: ['opentelemetry/root-option'], code: 'no-repair' }]);
  });
});
