/** Silencing, with a reason. */
import { describe, expect, it } from 'vitest';
import { messageOf } from '../../src/analysis/messages.ts';
import { analyse, cases, ts, type Files } from './harness.ts';

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

const browser = (comment: string, code = '', tail = ''): string => `import { Queue } from 'bullmq';
const q = new Queue('mail');
export async function both(id: string) {
  ${comment}
  await Promise.all([q.add('send', { id }), fetch('http://localhost:4000/run', { method: 'POST', body: id })]);${tail}${code}
}`;

cases('directives: several rules', {}, {
  'with a comma': browser('// handoff-ignore no-dark-queue, no-dark-request -- both are fire and forget'),
  'side by side': browser('// handoff-ignore no-dark-queue no-dark-request -- both are fire and forget'),
  'one comment each': browser('// handoff-ignore no-dark-queue -- fire and forget\n  // handoff-ignore no-dark-request -- a cache that is warmed'),
  'above and on the line': browser('// handoff-ignore no-dark-queue -- fire and forget', '', ' // handoff-ignore no-dark-request -- a cache that is warmed'),
  'one of two': browser('// handoff-ignore no-dark-queue -- fire and forget', ' // ! fetch/fetch lost'),
  'with the plugin\'s name': browser('// handoff-ignore handoff/no-dark-queue, handoff/no-dark-request -- both are fire and forget'),
});

cases('directives: comments of every kind', {}, {
  'over several lines': send('/*\n   * handoff-ignore no-dark-queue -- a nightly clean-up\n   * has no caller\n   */'),
  'another comment between': send('// handoff-ignore no-dark-queue -- a nightly clean-up has no caller\n  // see the runbook'),
  'a reason with dashes': send('// handoff-ignore no-dark-queue -- a nightly clean-up -- has no caller'),
  'in JSX': { 'src/a.tsx': `export const B = (p: { id: string }) => <div>
  {/* handoff-ignore no-dark-request -- a preview */}
  <button onClick={() => fetch('http://localhost:4000/run', { method: 'POST', body: p.id })} />
</div>;` },
  'in JSX, for another rule': { 'src/a.tsx': `export const B = (p: { id: string }) => <div>
  {/* handoff-ignore no-dark-queue -- a preview */}
  <button onClick={() => fetch('http://localhost:4000/run', { method: 'POST', body: p.id })} /> // ! fetch/fetch lost
</div>;` },
  'with Windows line ends': send('// handoff-ignore no-dark-queue -- no caller').replace(/\n/g, '\r\n'),
});

cases('directives: not silenced', {}, {
  'another rule': send('// handoff-ignore no-dark-thread -- wrong rule', ' // ! bullmq/queue-add lost'),
  'on the line before, about that line': `import { Queue } from 'bullmq';\nconst q = new Queue('mail');\nexport async function send(id: string) {\n  console.log(id); // handoff-ignore no-dark-queue -- about this line\n  await q.add('send', { id }); // ! bullmq/queue-add lost\n}`,
  'a reason without its dashes': send('// handoff-ignore no-dark-queue because', ' // ! bullmq/queue-add lost'),
  'dashes without a reason': send('// handoff-ignore no-dark-queue --', ' // ! bullmq/queue-add lost'),
  'no reason': send('// handoff-ignore no-dark-queue', ' // ! bullmq/queue-add lost'),
  'two lines above': send('// handoff-ignore no-dark-queue -- too far away\n', ' // ! bullmq/queue-add lost'),
  'in a string': send('const text = "handoff-ignore no-dark-queue -- no comment"; void text;', ' // ! bullmq/queue-add lost'),
  'ESLint\'s, for another rule': send('// eslint-disable-next-line handoff/no-dark-thread', ' // ! bullmq/queue-add lost'),
  'ESLint\'s block, closed again': `/* eslint-disable handoff/no-dark-queue */\n/* eslint-enable handoff/no-dark-queue */\n${send('', ' // ! bullmq/queue-add lost')}`,
});

describe('directives: what is said', () => {
  const hidden = (files: Files): string[] => analyse(files).result.notes.filter((note) => note.includes('eslint-disable'));

  it('what a comment hides that names no rule is counted', () => {
    expect(hidden({ 'src/a.ts': `/* eslint-disable */\n${send('')}` })).toEqual(['1 finding is hidden in 1 file by eslint-disable comments that name no rule.']);
    expect(hidden({ 'src/a.ts': `/* eslint-disable -- made by a tool */\n${send('')}\n${send('// eslint-disable-next-line').replace(/^import.*\n.*\n/, '').replace('function send', 'function again')}`, 'src/b.ts': send('', ' // eslint-disable-line') })).toEqual(['3 findings are hidden in 2 files by eslint-disable comments that name no rule.']);
  });

  it('what one hides that names its rule is not', () => {
    expect(hidden({ 'src/a.ts': send('// eslint-disable-next-line handoff/no-dark-queue') })).toEqual([]);
    expect(hidden({ 'src/a.ts': `/* eslint-disable */\n/* eslint-enable */\n${send('')}` })).toEqual([]);
  });

  const notes = (files: Files): string[] => analyse(files).result.notes.filter((note) => note.includes('handoff-ignore'));

  it('an unused one is named with its place', () => {
    expect(notes({ 'src/a.ts': send('// handoff-ignore no-dark-thread -- wrong rule') })).toEqual(['src/a.ts:4: unused handoff-ignore no-dark-thread']);
  });

  it('of several rules, the one that silences nothing', () => {
    expect(notes({ 'src/a.ts': send('// handoff-ignore no-dark-queue, no-dark-thread -- no caller') })).toEqual(['src/a.ts:4: unused handoff-ignore no-dark-thread']);
  });

  it('a missing reason is said in the finding', () => {
    const { result } = analyse({ 'src/a.ts': send('// handoff-ignore no-dark-queue') });
    const [found] = result.judged.filter((j) => j.unexplained);
    expect(found && messageOf(ts, found)).toContain('says no reason');
  });

  it('one that names no rule is unused', () => {
    expect(notes({ 'src/a.ts': send('// handoff-ignore') })).toEqual(['src/a.ts:4: unused handoff-ignore: it names no rule']);
  });

  it('a used one is not', () => {
    expect(notes({ 'src/a.ts': send('// handoff-ignore no-dark-queue -- no caller') })).toEqual([]);
  });
});
