import fs from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { check } from '../../src/run/check.ts';
import { fix, type FixResult } from '../../src/run/fix.ts';
import { tree } from '../project/tree.ts';
import { answering } from '../proofs/brokers.ts';
import { observe } from '../proofs/places.ts';
import { problemsIn, repair, reportOf, tsconfig, type Repaired } from './harness.ts';
import { outsideOfReports } from './ranges.ts';
import { readSheets, writeSheet, type Files, type Shape, type Sheet } from './sheet.ts';

const update = process.env['UPDATE'] === '1';
const manifest = {
  name: 'app', type: 'module', dependencies: {
    '@opentelemetry/api': '^1.9.0', '@opentelemetry/sdk-node': '^0.220.0', '@opentelemetry/instrumentation-undici': '^0.33.0', '@anthropic-ai/sdk': '^0.140.0',
    bullmq: '^6.0.0', 'bullmq-otel': '^2.0.0', express: '^5.0.0', fastify: '^5.0.0', hono: '^4.0.0',
  },
};

const isHelper = (path: string): boolean => /(^|\/)otel-handoff\.[cm]?[jt]s$/.test(path);
const isCode = (path: string): boolean => /\.[cm]?[jt]sx?$/.test(path);

/** What some shapes import, and nobody has installed. */
const ambient = `declare module '@anthropic-ai/sdk' { export default class Anthropic { constructor(options?: object) } }
declare module '@opentelemetry/sdk-node' { export class NodeSDK { constructor(options?: object); start(): void } }
declare namespace JSX { interface IntrinsicElements { [name: string]: object } }
`;

/** The whole of some shapes' files, as they stand in the package. */
function filesOf(shapes: readonly Shape[], which: 'before' | 'after' = 'before'): Files {
  return Object.fromEntries(shapes.flatMap(({ name, before, after }) => Object.entries(before).map(([path, text]) => [join('src', name, path), which === 'after' ? after[path] ?? text : text])));
}

/** Other ways to write the same: what a repair makes of them must be the same, written in that way. */
const styles: Record<string, { path?: (path: string) => string; text: (text: string) => string }> = {
  'a byte order mark, CRLF, tabs, no end of line at the end': {
    text: (text) => `\uFEFF${text.replace(/^(?: {2})+/gm, (blank) => '\t'.repeat(blank.length / 2)).replace(/\n$/, '').replaceAll('\n', '\r\n')}`,
  },
  'a shebang, a directive, double quotes': {
    text: (text) => `#!/usr/bin/env node\n'use strict';\n${text}`.replaceAll("'", '"'),
  },
  'JSX files': { path: (path) => path.replace(/\.ts$/, '.tsx'), text: (text) => text },
};

/** What programs that are run share: their tracer, and two requests at once. */
const shared = (name: string): string => fs.readFileSync(fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url)), 'utf8');
const desk: Files = {
  'src/ambient.d.ts': "declare module 'superagent';\ndeclare namespace JSX { type Element = string; interface IntrinsicElements { [name: string]: object } }\n", 'src/desk.ts': shared('shapes/desk/desk.ts'), 'src/telemetry.mjs': shared('proofs/telemetry.node.mjs'), 'src/spans.mjs': shared('proofs/spans.mjs'),
};

/** Where a shape's spans stand before and after its repair; what it prints must stay. */
async function runs(name: string, files: readonly string[], before: string, after: string): Promise<string> {
  const main = files.find((file) => /^(main|a)\./.test(file))!;
  if (!fs.existsSync(join(before, 'node_modules'))) fs.symlinkSync(fs.realpathSync('node_modules'), join(before, 'node_modules'));
  const [dark, whole] = [await observe(join(before, 'src', name, main), before), await observe(join(after, 'src', name, main), after)];
  expect(whole.printed, name).toEqual(dark.printed);
  const at = (places: Record<string, string> | string | undefined): string => typeof places === 'object' ? [...new Set(Object.values(places))].join(', ') || 'nowhere' : String(places);
  const stands = Object.keys(dark.places).sort().map((span) => `ran: ${span} ${at(dark.places[span])} → ${at(whole.places[span])}\n`);
  const added = [...whole.names].filter((span) => !dark.names.has(span)).sort().map((span) => `ran: with ${span}\n`);
  return [...stands, ...added].join('');
}

const mixed = /"|\n {3}(?! )|\n( {2})+ \S/;

const required = Boolean(process.env['OTEL_HANDOFF_REQUIRE_BROKERS']);
const up = await answering();
const sheets = readSheets();
/** Sheets of the same options make up one package. */
const packages = new Map<string, Sheet[]>();
for (const sheet of sheets) {
  const { alone, run, needs, ...options } = sheet.options;
  const key = JSON.stringify([options, run ?? false, needs ?? [], alone ? sheet.topic : '']);
  packages.set(key, [...packages.get(key) ?? [], sheet]);
}

for (const together of packages.values()) {
  const missing = (together[0]!.options.needs ?? []).filter((broker) => !up.has(broker));
  describe.skipIf(missing.length > 0 && !required)(`${together.map(({ topic }) => topic).join(', ')}${missing.map((broker) => `, without ${broker}`).join('')}`, () => {
    let repaired: Repaired;
    let outside: string[];
    let left: string[];
    const shapes = together.flatMap((sheet) => sheet.shapes);
    const { alone: _, needs: __, run, ...options } = together[0]!.options;
    const extra: Files = run ? desk : { 'src/ambient.d.ts': ambient };
    const before = { ...extra, ...filesOf(shapes) };
    const ran = new Map<string, string>();

    beforeAll(async () => {
      outside = outsideOfReports(tree({ 'package.json': manifest, ...before }), options);
      repaired = await repair({ 'package.json': manifest, ...before }, options);
      const { findings } = await check({ ...options, cwd: repaired.root, assumeTraced: true });
      left = findings.map(({ path, boundary }) => `${path} ${boundary}`).sort();
      if (run) for (const { name, before: files } of shapes) ran.set(name, await runs(name, Object.keys(files), tree({ 'package.json': manifest, ...before }), repaired.root));
      if (!update) return;
      for (const shape of shapes) Object.assign(shape, { after: changed(shape.name), report: reported(shape.name) });
      for (const sheet of together) writeSheet(sheet);
    }, 240_000);

    const changed = (name: string): Files => Object.fromEntries(Object.entries(shapes.find((shape) => shape.name === name)!.before).flatMap(([path, text]) => {
      const now = fs.readFileSync(join(repaired.root, 'src', name, path), 'utf8');
      return now === text ? [] : [[path, now]];
    }));
    const reported = (name: string): string => `${reportOf(repaired.report, `src/${name}/`)}${ran.get(name) ?? ''}`;

    it.each(shapes.map((shape) => shape.name))('%s', (name) => {
      const shape = shapes.find((each) => each.name === name)!;
      expect(reported(name)).toBe(shape.report);
      expect(changed(name)).toEqual(shape.after);
    });

    it('what comes out compiles', () => {
      expect(problemsIn(repaired.root)).toEqual([]);
    });

    it('a second run changes nothing', () => {
      expect(repaired.errors).toEqual([]);
      expect(repaired.again).toEqual({ applied: [], files: [] });
    });

    it('the rules are silent on what was repaired', () => {
      const unrepaired = [...repaired.report.refused, ...repaired.report.reverted].flatMap(({ sites }) => sites.map(({ path }) => path));
      expect(left.filter((finding) => !unrepaired.some((path) => finding.startsWith(`${path} `)))).toEqual([]);
    });

    it('edits lie within what is reported, and in imports', () => {
      expect(outside).toEqual([]);
    });

    it.each(Object.keys(styles))('written with %s', async (style) => {
      const { path = (same: string) => same, text } = styles[style]!;
      const fits = (given: string): boolean => !mixed.test(given) && !(style.startsWith('JSX') && /<\w+>\(/.test(given));
      const chosen = shapes.filter((shape) => Object.values(shape.before).every(fits));
      const written = (files: Files): Files => Object.fromEntries(Object.entries(files).map(([name, each]) => [path(name), text(each)]));
      const root = tree({ 'package.json': manifest, 'tsconfig.json': tsconfig, ...(run ? desk : {}), ...written(filesOf(chosen)) });
      const result: FixResult = await fix({ ...options, cwd: root, assumeTraced: true, typeCheck: false });
      // What the compiler takes back is not looked for here.
      const taken = new Set(repaired.report.reverted.flatMap(({ sites }) => sites.map((site) => site.path.split('/')[1]!)));
      const isLeft = (name: string): boolean => isHelper(name) || taken.has(name.split('/')[1]!);
      const expected = written(filesOf(chosen, 'after'));
      const found = { ...written(filesOf(chosen)), ...Object.fromEntries(result.changes.map(({ path: at, after }) => [at.slice(root.length + 1), after])) };
      for (const name of Object.keys(found)) if (isLeft(name) || !isCode(name)) delete found[name];
      for (const name of Object.keys(expected)) if (isLeft(name)) delete expected[name];
      // Where the first import goes, what stood behind it is now behind the directive.
      const settled = (files: Files): Files => Object.fromEntries(Object.entries(files).map(([name, each]) => [name, each.replace(/^(#![^\n]*\n"use strict";\n)\n/, '$1')]));
      expect(settled(found)).toEqual(settled(expected));
    });
  });
}

it('shapes are named once', () => {
  const names = sheets.flatMap(({ shapes }) => shapes.map(({ name }) => name));
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
});
