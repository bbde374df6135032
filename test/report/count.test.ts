import { expect, it } from 'vitest';
import { nounFor } from '../../src/report/count.ts';

const queue = { rule: 'no-dark-queue' };
const span = { rule: 'no-new-root' };
const agent = { rule: 'require-agent-span' };

it.each([
  [[], false, 'dark handoff'],
  [[queue], false, 'dark handoff'],
  [[queue], true, 'new dark handoff'],
  [[queue, span], false, 'finding'],
  [[agent], true, 'new finding'],
  [[agent, queue], false, 'finding'],
  [[{ rule: 'a-rule-of-another-version' }], false, 'dark handoff'],
])('%j are called what they are', (findings, isNew, noun) => expect(nounFor(findings, isNew)).toBe(noun));
