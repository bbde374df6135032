/** `otel-handoff/api`: what the command line says, for scripts. */
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { catalogue, check, fix, loadConfig, UsageError, version } from '../../src/api.ts';
import { check as cliCheck, fix as cliFix, root } from './cli.ts';
import { snapshot } from './fix-tree.ts';
import { shop } from './samples.ts';

test('check reports what the command line prints', async () => {
  const cwd = shop();
  const { report } = cliCheck(cwd, ['--all', 'src']);
  expect({ ...await check({ cwd, paths: ['src'], all: true }), durationMs: 0 }).toEqual({ ...report, durationMs: 0 });
  expect(report.version).toBe(version);
});

test('fix reports what the command line prints, and writes only when told to', async () => {
  const cwd = shop();
  const before = snapshot(cwd);
  const { report, changes, leftOut, errors } = await fix({ cwd, only: 'queue' });
  expect(report).toEqual(cliFix(cwd, ['--only', 'queue']).report);
  expect({ leftOut, errors }).toEqual({ leftOut: [], errors: [] });
  expect(changes.map((c) => [path.relative(cwd, c.path), c.before === undefined])).toEqual(expect.arrayContaining([['src/producer.ts', false], ['src/otel-handoff.ts', true]]));
  expect(snapshot(cwd)).toEqual(before);

  await fix({ cwd, only: 'queue', write: true });
  for (const change of changes) expect(fs.readFileSync(change.path, 'utf8')).toBe(change.after);
  expect((await fix({ cwd, only: 'queue', write: true })).changes).toEqual([]);
});

test('notes and progress come by callback, and nothing is printed', async () => {
  const cwd = shop({ 'package.json': { name: 'untraced', dependencies: { bullmq: '^5.40.0' } } });
  const notes: string[] = [];
  await check({ cwd, onNote: (note) => notes.push(note) });
  expect(notes).toEqual([expect.stringContaining('No OpenTelemetry SDK was found')]);
});

test('a job that can\'t be done is a UsageError', async () => {
  const cwd = shop({ 'handoff.config.json': { runtimes: 'node' } });
  await expect(check({ cwd })).rejects.toThrow(UsageError);
  await expect(check({ cwd })).rejects.toMatchObject({ where: expect.stringContaining('handoff.config.json'), what: 'runtimes: unknown key', mend: 'did you mean `runtime`?' });
  await expect(check({ cwd: shop(), paths: ['nowhere'] })).rejects.toMatchObject({ where: 'nowhere', what: 'no such file or folder' });
  await expect(fix({ cwd: shop(), only: 'everything' })).rejects.toMatchObject({ where: '--only everything' });
});

test('a configuration that changed is read again', async () => {
  const cwd = shop({ 'handoff.config.json': { rules: { 'no-dark-queue': 'off' } } });
  expect((await check({ cwd })).findings).toHaveLength(1);
  fs.rmSync(path.join(cwd, 'handoff.config.json'));
  expect((await check({ cwd })).findings).toHaveLength(3);
  expect(loadConfig(cwd)).toMatchObject({ config: { runtime: 'auto' } });
});

test('the catalogue is data', () => {
  expect(JSON.parse(JSON.stringify(catalogue))).toEqual(catalogue);
  expect(new Set(catalogue.map((b) => b.id)).size).toBe(catalogue.length);
  expect(catalogue.map((b) => b.id)).toContain('bullmq/queue-add');
});

test('what is shipped has the catalogue and the version of the sources', async () => {
  const shipped = await import(pathToFileURL(path.join(root, 'dist/src/api.js')).href) as typeof import('../../src/api.ts');
  expect(shipped.catalogue).toStrictEqual(catalogue);
  expect(shipped.version).toBe(version);
});
