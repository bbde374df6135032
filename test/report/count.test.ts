import { expect, it } from 'vitest';
import { nounFor } from '../../src/report/count.ts';

const queue = { family: 'queue', rule: 'no-dark-queue' } as const;
const span = { family: 'span', rule: 'no-new-root' } as const;
const agent = { family: 'agent', rule: 'require-agent-span' } as const;

it.each([
  [[], false, 'dark handoff'],
  [[queue], false, 'dark handoff'],
  [[queue], true, 'new dark handoff'],
  [[queue, span], false, 'finding'],
  [[agent], true, 'new finding'],
])('%j are called what they are', (findings, isNew, noun) => expect(nounFor(findings, isNew)).toBe(noun));
