/** Silencing, with a reason. */
import { describe, expect, it } from 'vitest';
import { analyse, cases, type Files } from './harness.ts';

const send = (before: string, after = ''): string => `import { Queue } from 'bullmq';
const q = new Queue('mail');
export async function send(id: string) {
  ${before}
  await q.add('send', { id });${after}
}`;

cases('directives: silenced', {}, {
  'the line above': send('// handoff-ignore no-dark-queue -- a nightly clean-up has no caller'),
  'the line itself': send('', ' // handoff-ignore no-dark-queue -- a nightly clean-up has no caller'),
  'a block comment': send('/* handoff-ignore no-dark-queue -- no caller */'),
  'ESLint\'s next-line': send('// eslint-disable-next-line handoff/no-dark-queue -- no caller'),
  'ESLint\'s next-line, among others': send('// eslint-disable-next-line no-await-in-loop, handoff/no-dark-queue'),
  'ESLint\'s line': send('', ' // eslint-disable-line handoff/no-dark-queue'),
  'ESLint\'s block': `/* eslint-disable handoff/no-dark-queue */\n${send('')}`,
});

cases('directives: not silenced', {}, {
  'another rule': send('// handoff-ignore no-dark-thread -- wrong rule', ' // ! bullmq/queue-add lost'),
  'no reason': send('// handoff-ignore no-dark-queue', ' // ! bullmq/queue-add lost'),
  'two lines above': send('// handoff-ignore no-dark-queue -- too far away\n', ' // ! bullmq/queue-add lost'),
  'in a string': send('const text = "handoff-ignore no-dark-queue -- no comment"; void text;', ' // ! bullmq/queue-add lost'),
  'ESLint\'s, for another rule': send('// eslint-disable-next-line handoff/no-dark-thread', ' // ! bullmq/queue-add lost'),
  'ESLint\'s block, closed again': `/* eslint-disable handoff/no-dark-queue */\n/* eslint-enable handoff/no-dark-queue */\n${send('', ' // ! bullmq/queue-add lost')}`,
});

describe('directives: what is said', () => {
  const notes = (files: Files): string[] => analyse(files).result.notes.filter((note) => note.includes('handoff-ignore'));

  it('an unused one is named with its place', () => {
    expect(notes({ 'src/a.ts': send('// handoff-ignore no-dark-thread -- wrong rule') })).toEqual(['src/a.ts:4: unused handoff-ignore no-dark-thread']);
  });

  it('one that names no rule is unused', () => {
    expect(notes({ 'src/a.ts': send('// handoff-ignore') })).toEqual(['src/a.ts:4: unused handoff-ignore: it names no rule']);
  });

  it('a used one is not', () => {
    expect(notes({ 'src/a.ts': send('// handoff-ignore no-dark-queue -- no caller') })).toEqual([]);
  });
});
