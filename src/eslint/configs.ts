/** The shareable configurations, from what the rules say of themselves. */
import { rules } from '../../rules/index.ts';
import type { Option } from './rule.ts';

export type Severity = 'error' | 'warn';
export type Entry = Severity | [Severity, Option];

type Named = keyof typeof rules;

/** Where the command line doesn't look either unless it is told to (`--tests`). */
export const tests = ['**/*.{test,spec,e2e-spec}.*', '**/{__tests__,test,tests,e2e,cypress,__mocks__}/**'];

/** `recommended`: the rules that are for everybody. */
export function recommended(): Record<string, Entry> {
  return entries((severity) => severity === 'strict' ? undefined : severity);
}

/** `strict`: every rule of `recommended` and those for strict eyes; every boundary owes an explicit capture. */
export function strict(): Record<string, Entry> {
  return entries((severity) => [severity === 'strict' ? 'error' : severity, { strict: true }]);
}

/** `all`: every rule. */
export function all(): Record<string, Entry> {
  return entries((severity) => severity === 'strict' ? 'error' : severity);
}

function entries(entry: (severity: Severity | 'strict') => Entry | undefined): Record<string, Entry> {
  return Object.fromEntries((Object.keys(rules) as Named[]).flatMap((name) => {
    const value = entry(rules[name].meta.docs!.recommended);
    return value === undefined ? [] : [[`handoff/${name}`, value]];
  }));
}
