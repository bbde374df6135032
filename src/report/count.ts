import type { Finding } from '../types.ts';
import { ruleTexts } from './rule-texts.ts';

/** `1 file`, `2 files`. */
export function count(n: number, what: string, many = `${what}s`): string {
  return `${n} ${n === 1 ? what : many}`;
}

/** What a summary calls what it counts: rules about spans find no handoffs. */
export function nounFor(findings: readonly Pick<Finding, 'rule'>[], isNew: boolean): string {
  const noun = findings.some(({ rule }) => ruleTexts[rule]?.finds === 'spans') ? 'finding' : 'dark handoff';
  return isNew ? `new ${noun}` : noun;
}
