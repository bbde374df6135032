/**
 * The ESLint plugin.
 *
 *     import handoff from 'otel-handoff';
 *     export default [handoff.configs.recommended];
 */
import { rules } from '../rules/index.ts';
import { all, recommended, strict, tests, type Entry } from './eslint/configs.ts';
import { version } from './version.ts';

/** A rule as ESLint 9 and 10 both take it: typescript-eslint's own type of one is neither's. */
export interface HandoffRule {
  meta: { type: 'problem'; docs: { description: string; url: string }; hasSuggestions: boolean; messages: Record<string, string>; schema: object[] };
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- each version has a context of its own
  create(context: any): Record<string, (node: any) => void>;
}

export interface HandoffConfig {
  name: string;
  plugins: { handoff: HandoffPlugin };
  ignores: string[];
  rules: Record<string, Entry>;
}

export interface HandoffPlugin {
  meta: { name: string; version: string; namespace: string };
  rules: Record<keyof typeof rules, HandoffRule>;
  configs: { recommended: HandoffConfig; strict: HandoffConfig; all: HandoffConfig };
}

const meta = { name: 'otel-handoff', version, namespace: 'handoff' };
const plugin = { meta, rules } as unknown as HandoffPlugin;
const config = (name: string, entries: Record<string, Entry>): HandoffConfig => ({ name: `handoff/${name}`, plugins: { handoff: plugin }, ignores: tests, rules: entries });
plugin.configs = { recommended: config('recommended', recommended()), strict: config('strict', strict()), all: config('all', all()) };

export default plugin;
