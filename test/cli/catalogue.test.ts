/** `catalogue` and `explain`. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../src/catalogue/catalogue.ts';
import { proofSummaries } from '../../src/catalogue/proof-summaries.ts';
import { headOf, sectionsOf } from '../../src/report/boundary.ts';
import { ruleTexts } from '../../src/report/rule-texts.ts';
import { tree } from '../project/tree.ts';
import { catalogue, cli } from './cli.ts';
import { shop } from './samples.ts';

const own = { boundaries: [{ id: 'ours/send', family: 'queue', library: 'our bus', package: '@ours/bus', match: { modules: ['@ours/bus'], exports: ['send'], use: 'call' }, role: 'producer', coupling: 'detached', rule: 'no-dark-queue', runtimes: { node: 'lost', browser: 'lost', 'browser-zone': 'lost' }, repair: { refused: 'no-repair', detail: 'our own' }, farSide: 'the receiver starts a new trace', advice: 'Carry it.', upstream: 'https://example.com/bus', evidence: 'read', proof: 'we wrote it' }] };

describe('catalogue', () => {
  test('JSON has every entry, with the keys of the contract', () => {
    const { status, stderr, entries } = catalogue(tree({}));
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(entries.map((e) => e.id)).toEqual(loadCatalogue().boundaries.map((b) => b.id));
    for (const entry of entries) expect(Object.keys(entry).sort()).toEqual(['coupling', 'coveredBy', 'evidence', 'family', 'id', 'package', 'proof', 'role', 'versions']);
    expect(entries.find((e) => e.id === 'bullmq/queue-add')).toMatchObject({ family: 'queue', package: 'bullmq', role: 'producer', coupling: 'detached', evidence: 'proved', proof: 'fixtures/proofs/bullmq-add', coveredBy: expect.arrayContaining([expect.objectContaining({ package: 'bullmq', side: 'producer', option: 'telemetry', from: 'bullmq-otel' })]) });
    expect(entries.find((e) => e.id === 'timers/set-timeout')!.package).toBeNull();
  });

  test('words narrow it; a word that nothing has is an error with the nearest', () => {
    expect(new Set(catalogue(tree({}), ['BullMQ']).entries.map((e) => e.id.split('/')[0]))).toEqual(new Set(['bullmq', 'nestjs-bullmq']));
    const { status, stdout, stderr } = cli(tree({}), ['catalogue', 'bulmq']);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^otel-handoff catalogue: nothing is called "bulmq"; nearest: .*\bbullmq\b.*\n$/);
  });

  test('the table has a line an entry, and counts', () => {
    const all = loadCatalogue().boundaries;
    const lines = cli(tree({}), ['catalogue']).stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(all.length + 3);
    expect(lines[0]).toMatch(/^boundary +role +in node/);
    expect(lines.at(-1)).toContain(`${all.length} boundaries: ${all.filter((b) => b.evidence === 'proved').length} proved`);
  });

  test('one\'s own boundaries are listed and explained', () => {
    const folder = tree({ 'handoff.config.json': own });
    expect(catalogue(folder, ['ours']).entries.map((e) => e.id)).toEqual(['ours/send']);
    expect(cli(folder, ['explain', 'ours/send']).stdout).toContain('Read, not proved by a program of ours: we wrote it.');
    expect(cli(tree({}), ['explain', 'ours/send']).status).toBe(2);
  });

  test('and so are the agents of the configuration', () => {
    const folder = tree({ 'handoff.config.json': { agents: [{ class: '*Crew', methods: ['kickOff'] }] } });
    const [entry] = catalogue(folder, ['configured-agent']).entries;
    expect(entry).toMatchObject({ id: 'own/configured-agent-1', family: 'agent' });
    expect(cli(folder, ['explain', entry!.id]).status).toBe(0);
  });

  test('--output', () => {
    const folder = tree({});
    expect(cli(folder, ['catalogue', '--format', 'json', '--output', 'c.json'])).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(JSON.parse(fs.readFileSync(path.join(folder, 'c.json'), 'utf8'))).toHaveLength(loadCatalogue().boundaries.length);
  });
});

describe('explain an entry', () => {
  test('says where, why, what covers it, how it is repaired, and what the proof saw', () => {
    const { status, stdout } = cli(tree({}), ['explain', 'bullmq/queue-add']);
    expect(status).toBe(0);
    for (const part of [
      'bullmq/queue-add: `Queue#add(…)` (BullMQ, `bullmq` ', 'Without a carrier the processor starts a new trace.', 'Node (AsyncLocalStorage)          lost: no context arrives',
      'The option `telemetry` of `bullmq`', '(an object of `bullmq-otel`), for the producer', 'queue.add(name, data, carryJob(opts))',
      'before   \'send mail\' is in a trace of its own: dark\n', 'after    \'send mail\' is in a `process` span that is linked to its request\n', 'rule: no-dark-queue',
    ]) expect(stdout).toContain(part);
  });

  test('every entry can be explained, and every proved one shows a proof', () => {
    for (const boundary of loadCatalogue().boundaries) {
      const lines = sectionsOf(boundary).flatMap((section) => [section.title, ...section.lines]);
      expect([headOf(boundary), ...lines].join('\n')).not.toMatch(/undefined|\[object|\*\*/);
      for (const line of lines) expect(line, boundary.id).toMatch(/\S/);
      if (boundary.evidence === 'proved') expect(lines.join('\n'), boundary.id).toMatch(/(before|as is) +'/);
    }
  });

  test('the summaries are of the proofs', () => {
    expect(proofSummaries.length).toBeGreaterThan(20);
    expect(proofSummaries.find((p) => p.folder === 'bullmq-add')).toMatchObject({ before: { 'send mail': 'none' }, after: { 'send mail': 'linked' } });
  });

  test('a library, a family', () => {
    expect(cli(tree({}), ['explain', 'amqplib']).stdout).toMatch(/^amqplib\n\n\d+ boundaries\n(?: {2}.*\n)* {2}amqplib\/publish +producer /);
    expect(cli(tree({}), ['explain', 'mcp']).status).toBe(0);
  });

  test.each(Object.keys(ruleTexts))('the rule %s', (rule) => {
    const { status, stdout } = cli(tree({}), ['explain', rule]);
    expect(status).toBe(0);
    expect(stdout).toContain(ruleTexts[rule]!.description);
  });

  test.each([['bulmq/queue-ad', 'bullmq/queue-add'], ['no-dark-queu', 'no-dark-queue'], ['settimeout', 'timers/set-timeout'], ['rascl', 'rascal']])('%s is nothing: the nearest has %s', (given, near) => {
    const { status, stdout, stderr } = cli(tree({}), ['explain', given]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(`nothing is called "${given}"; nearest: `);
    expect(stderr).toContain(near);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  test.each([[[]], [['a', 'b']]])('%j is one line', (args) => {
    const { status, stderr } = cli(tree({}), ['explain', ...args]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^otel-handoff explain: .*give an id of the catalogue, a rule, or file:line\n$/);
  });
});

describe('explain a line', () => {
  test('a finding, with its other side and its repair', () => {
    const { status, stdout } = cli(shop(), ['explain', 'src/producer.ts:6']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^src\/producer\.ts:6:15 {2}queue\.add\('confirm', …\)\n\nError: no-dark-queue\n/);
    for (const part of ['The channel is emails.', 'The consumer: src/consumer.ts:4', '`otel-handoff fix` repairs it together with everything of its channel', '// handoff-ignore no-dark-queue -- why']) expect(stdout).toContain(part);
    expect(cli(shop(), ['explain', './src/producer.ts:6:1']).stdout).toBe(stdout);
  });

  test('a refusal', () => {
    const folder = shop({ 'src/hook.ts': 'export async function notify(hook: { url: string }, body: string) {\n  await fetch(hook.url, { method: \'POST\', body });\n}\n' });
    expect(cli(folder, ['explain', 'src/hook.ts:2']).stdout).toMatch(/Refused \(unknown-destination\): /);
  });

  test('what is in order, and what nothing is said of', () => {
    const folder = shop({ 'src/late.ts': 'export function later() {\n  setTimeout(() => fetch(process.env.URL!), 10);\n  setTimeout(() => console.log(1), 10);\n}\n', 'src/other.ts': 'export async function send() {\n  await fetch("https://api.example.com/x");\n}\n' });
    expect(cli(folder, ['explain', 'src/late.ts:2']).stdout).toContain('In order: kept\n  The context is kept in node.');
    expect(cli(folder, ['explain', 'src/other.ts:2']).stdout).toMatch(/Nothing is reported\n {2}[A-Z].*\.\n/);
  });

  test('a rule that is off, and a place that is silenced', () => {
    const off = shop({ 'handoff.config.json': { rules: { 'no-dark-queue': 'off' } } });
    expect(cli(off, ['explain', 'src/producer.ts:6']).stdout).toContain('The rule no-dark-queue is off.');
  });

  test('no handoff there: where there is one', () => {
    expect(cli(shop(), ['explain', 'src/producer.ts:5'])).toEqual({ status: 1, stdout: '', stderr: 'src/producer.ts:5: no handoff here. In this file there is one on line 6.\n' });
    expect(cli(shop({ 'a.ts': 'export {};\n' }), ['explain', 'a.ts:1']).stderr).toBe('a.ts:1: no handoff here. There is none in this file that the catalogue knows.\n');
  });

  test('a file that is not there, or does not parse', () => {
    expect(cli(shop(), ['explain', 'nowhere.ts:5'])).toEqual({ status: 2, stdout: '', stderr: 'nowhere.ts: no such file or folder\n' });
    const { status, stderr } = cli(shop({ 'src/broken.ts': 'import { Queue } from "bullmq"; queue.add(\n' }), ['explain', 'src/broken.ts:1']);
    expect(status).toBe(2);
    expect(stderr).toContain('src/broken.ts:');
  });
});
