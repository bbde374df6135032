/** `--only`: rules, boundaries and families by name, several with commas between. */
import { families } from '../catalogue/schema.ts';
import { suggestion } from '../project/config-errors.ts';
import { UsageError } from '../project/errors.ts';
import { ruleNames } from '../project/rule-names.ts';

/** A misspelt name would find nothing, and look as if there were nothing to find. */
export function readOnly(only: string, boundaries: readonly string[]): ReadonlySet<string> {
  const names = only.split(',').map((name) => name.trim()).filter(Boolean);
  const known = [...ruleNames, ...families, ...boundaries];
  for (const name of names.length === 0 ? [only] : names) {
    if (known.includes(name)) continue;
    const near = suggestion(name, known)!;
    throw new UsageError(`--only ${only}`, names.length > 1 ? `no rule, boundary or family is called "${name}"` : 'no rule, boundary or family of this name', near.startsWith('did you mean') ? near : `rules: ${ruleNames.join(', ')}; families: ${families.join(', ')}`);
  }
  return new Set(names);
}

export function isOneOf(only: ReadonlySet<string> | undefined, { rule, boundary, family }: { rule: string; boundary: string; family: string }): boolean {
  return only === undefined || [rule, boundary, family].some((name) => only.has(name));
}
