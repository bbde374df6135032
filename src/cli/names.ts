/** What somebody may have meant, among the names that the catalogue has. */
import { ruleNames } from '../project/rule-names.ts';
import { distance } from '../project/config-errors.ts';
import type { Boundary } from '../types.ts';

const SHOWN = 5;

/** "nearest: …": ids, libraries and rules that are a few letters off, or have the word or a part of it in them. */
export function nearest(given: string, boundaries: readonly Boundary[]): string {
  const names = [...new Set([...boundaries.flatMap(({ id, family, package: name }) => [id, family, ...(name === undefined ? [] : [name])]), ...ruleNames])];
  const word = given.toLowerCase();
  const parts = word.split(/[/\s]+/).filter((part) => part.length > 2);
  const score = (name: string): number => {
    const lower = name.toLowerCase();
    const whole = distance(word, lower) / Math.max(word.length, lower.length);
    const shared = parts.filter((part) => lower.includes(part)).length;
    return whole - shared * 0.5;
  };
  const near = names.map((name) => ({ name, score: score(name) })).sort((a, b) => a.score - b.score || (a.name < b.name ? -1 : 1)).slice(0, SHOWN);
  return `nearest: ${near.map(({ name }) => name).join(', ')}; \`otel-handoff catalogue\` lists them all`;
}
