import fs from 'node:fs';
import path from 'node:path';
import os from 'node:os';
import { test } from 'vitest';
import realTs from 'typescript';
import { Project } from 'ts-morph';
import { applyEdits, applyToProject, changesOf } from '../../src/fix/edits.ts';
import { typeGate } from '../../src/fix/type-gate.ts';
import { replacement, unit, temporary } from './support.ts';

test('bench', () => {
  const files: Record<string, string> = { 'package.json': '{"type":"module"}', 'tsconfig.json': JSON.stringify({ compilerOptions: { target: 'es2022', module: 'nodenext', strict: true, noEmit: true, types: ['node'], skipLibCheck: true }, include: ['src'] }) };
  const N = 300;
  for (let i = 0; i < N; i++) {
    const imports = [1, 2, 3].map((k) => Math.floor(i / 2) - k).filter((j) => j >= 0).map((j) => `import { Service${j}, make${j} } from './m${j}.js';`);
    const uses = [1, 2, 3].map((k) => Math.floor(i / 2) - k).filter((j) => j >= 0);
    let body = '';
    for (let f = 0; f < 12; f++) body += `
  async method${f}<T extends { id: string; tags?: string[] }>(input: T, options: Partial<Options${i}> = {}): Promise<Map<string, T & { at: Date }>> {
    const result = new Map<string, T & { at: Date }>();
    const merged = { ...this.options, ...options, nested: { a: { b: [input.id, ...(input.tags ?? [])] } } };
    for (const [index, tag] of merged.nested.a.b.entries()) {
      const { at, ...rest } = { ...input, at: new Date(index) };
      result.set(tag.toUpperCase(), Object.assign({}, rest, { at }) as unknown as T & { at: Date });
    }
    this.emitter.on('x${f}', (value: string) => { setTimeout(() => fetch('http://localhost/' + value), ${f}); });
    ${uses.map((j) => `await make${j}().method${f}(input, {});`).join('\n    ')}
    return result;
  }`;
    files[`src/m${i}.ts`] = `import { EventEmitter } from 'node:events';\nimport { readFile } from 'node:fs/promises';\n${imports.join('\n')}
export interface Options${i} { retries: number; name: string; log?: (message: string, ...args: unknown[]) => void }
export class Service${i} {
  private readonly emitter = new EventEmitter();
  constructor(private readonly options: Options${i}) {}
  async load(): Promise<string> { return (await readFile(this.options.name, 'utf8')).trim(); }${body}
}
export const make${i} = () => new Service${i}({ retries: ${i}, name: 'm${i}' });
`;
  }
  const folder = temporary(files);
  fs.symlinkSync(path.resolve('node_modules'), path.join(folder, 'node_modules'));
  const t = (label: string, f: () => unknown) => { const s = performance.now(); const r = f(); console.log(label, Math.round(performance.now() - s), 'ms', JSON.stringify(r)); };
  const full = () => t('plain full check', () => {
    const parsed = realTs.getParsedCommandLineOfConfigFile(path.join(folder, 'tsconfig.json'), {}, realTs.sys as any)!;
    const p = realTs.createProgram(parsed.fileNames, parsed.options);
    return [p.getSourceFiles().length, p.getSemanticDiagnostics().length + p.getSyntacticDiagnostics().length, Object.values(files).join('').split('\n').length];
  });
  full(); full();
  const helper = path.join(folder, 'src/otel-handoff.ts');
  const units = (n: number, bad: (i: number) => boolean, step = Math.floor(N / n)) => Array.from({ length: n }, (_, k) => {
    const i = k * step; const file = path.join(folder, `src/m${i}.ts`);
    return unit(`u${i}`, [
      { file, start: 0, end: 0, text: "import { context } from '@opentelemetry/api';\nimport { bindIt } from './otel-handoff.js';\n" },
      replacement(file, files[`src/m${i}.ts`]!, "(value: string) => {", bad(i) ? "(value: numbr) => {" : "(value: string) => { bindIt(context.active());"),
    ]);
  });
  const gate = (us: ReturnType<typeof units>) => { const r = typeGate(us, { cwd: folder, rebuild: (some) => {
    const m = new Map(changesOf(some, (f) => files[path.relative(folder, f)]!).map((c) => [c.path, c.after]));
    if (some.length) m.set(helper, "import { context, type Context } from '@opentelemetry/api';\nexport function bindIt(c: Context): void { context.with(c, () => {}); }\n");
    return m; } }); return { kept: r.kept.length, back: [...r.errors.keys()], rounds: r.rounds, notes: r.notes }; };
  t('gate 1 unit in a leaf', () => gate(units(1, () => false).map(() => units(300, () => false, 1)[299]!)));
  t('gate 1 unit at the root', () => gate(units(1, () => false)));
  t('gate 100 units, clean', () => gate(units(100, () => false)));
  t('gate 100 units, 1 bad', () => gate(units(100, (i) => i === 150)));
  t('gate 100 units, 5 bad', () => gate(units(100, (i) => i % 60 === 0)));
  full();
  // edits
  const line = 'setTimeout(() => run(1), 10);\n'; const text = line.repeat(4000); const edits = Array.from({ length: 400 }, (_, k) => ({ file: '/a.ts', start: k * 10 * line.length + 11, end: k * 10 * line.length + 23, text: 'context.bind(context.active(), () => run(1))' }));
  t('splice 400', () => applyEdits(text, edits).length);
  const project = new Project({ useInMemoryFileSystem: true }); project.createSourceFile('/a.ts', text);
  t('applyToProject 400', () => applyToProject(project, edits)[0]!.after.length);
}, 300000);
