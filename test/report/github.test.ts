/** Annotations: one command a line, whatever is in the message. */
import { expect, test } from 'vitest';
import { github } from '../../src/report/github.ts';
import { broken, finding, oddPaths, print } from './sample.ts';

/** As GitHub's runner reads a command: https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs */
function read(line: string): { command: string; properties: Record<string, string>; data: string } | undefined {
  const [, command, list, data] = /^::(\w+) (.*?)::(.*)$/.exec(line) ?? [];
  if (command === undefined) return undefined;
  const plain = (text: string): string => text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%25', '%');
  const properties = Object.fromEntries(list!.split(',').map((pair) => [pair.slice(0, pair.indexOf('=')), plain(pair.slice(pair.indexOf('=') + 1))]));
  return { command, properties, data: data!.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%') };
}

test('a line a finding, with its place', () => {
  const lines = print(github, { findings: [finding, { ...finding, severity: 'warn', line: 9, repair: { refused: 'recurring', detail: 'again and again' } }] }).trimEnd().split('\n');
  expect(lines.slice(0, 2)).toEqual([
    '::error file=src/a.ts,line=7,endLine=7,col=9,endColumn=12,title=otel-handoff%3A no-dark-queue::`queue.add(…)` hands work over.',
    '::warning file=src/a.ts,line=9,endLine=7,col=9,endColumn=12,title=otel-handoff%3A no-dark-queue::`queue.add(…)` hands work over.%0ANo repair (recurring): again and again.',
  ]);
  expect(lines.slice(2)).toEqual(['2 dark handoffs in 1 file.']);
});

test.each(['100 % :: done, or not', 'one\ntwo\r\nthree', '::error file=x::no\n::set-output name=x::y', '%0A stays'])('what is in %j stays in it', (message) => {
  const text = print(github, { findings: [{ ...finding, message }] });
  const [line, last] = text.trimEnd().split('\n');
  expect(read(line!)).toMatchObject({ command: 'error', data: message });
  expect(last).toBe('1 dark handoff in 1 file.');
});

test.each(oddPaths)('the path %j is not encoded as an address is', (path) => {
  expect(read(print(github, { findings: [{ ...finding, path }] }).split('\n')[0]!)!.properties['file']).toBe(path);
});

test('paths are the repository\'s', () => {
  expect(print(github, { findings: [finding] }, { prefix: 'packages/a' })).toContain('file=packages/a/src/a.ts,');
});

test('nothing found, and a failed run', () => {
  expect(print(github, {})).toBe('No dark handoffs in 3 files.\n');
  expect(print(github, broken, { failed: true })).toBe('::error file=src/x.ts,title=otel-handoff%3A parse-error::4:2 \'}\' expected.\n');
});
