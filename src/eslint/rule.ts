/** What all rules have in common: they report the engine's findings under their own name. */
import { createRequire } from 'node:module';
import type { JSONSchema, TSESLint } from '@typescript-eslint/utils';
import { RuleCreator } from '@typescript-eslint/utils/eslint-utils';
import type { SensitiveLists } from '../analysis/spans/support/names.ts';
import { sensitiveSchema } from '../project/sensitive-config.ts';
import type { RuleName } from '../project/rule-names.ts';
import { analysisOf } from './analyse.ts';

export interface Docs {
  /** Its severity in `recommended`; `strict`: only there. */
  recommended: 'error' | 'warn' | 'strict';
  requiresTypeChecking: boolean;
  /** What it reports is no dark handoff: a summary counts it as a finding. */
  finds?: 'spans';
}

export interface Option {
  /** Every boundary owes an explicit capture, whatever the runtime. */
  strict?: boolean;
  /** Those of the rules about sensitive data, added to `sensitive` in handoff.config.json. */
  attributes?: string[];
  names?: string[];
  allow?: string[];
  switches?: string[];
}
export type Options = [Option?];

const manifest = createRequire(import.meta.url)('otel-handoff/package.json') as { homepage?: string };
const home = manifest.homepage ?? 'https://github.com/otel-handoff/otel-handoff';

export const createRule = RuleCreator<Docs>((name) => `${home.replace(/#.*$/, '')}/blob/main/docs/rules/${name}.md`);

export const messages = {
  // The engine's own words: which boundary, what the far side sees, why, and the repair.
  finding: '{{message}}',
  failure: '{{message}}',
  bindCallback: 'Bind the callback to the context that is active here.',
  traceRequest: 'Send the trace context with this request.',
  removeCarrier: 'Leave the carrier to the instrumentation.',
  beginInRoot: 'Begin it in nobody\'s context.',
  dropEntry: 'Take it out of the baggage; whoever reads it gets nothing then.',
  renameAttribute: 'Give it a name outside of the conventions\' namespaces.',
  switchOffOwn: 'Switch the library\'s own carrier off.',
  // The boundary's own advice.
  mend: '{{advice}}',
  carryContext: 'Carry the trace context across this channel ({{sites}} places in this file).',
} as const;
export type MessageId = keyof typeof messages;

const strict = { strict: { type: 'boolean', description: 'Every boundary owes an explicit capture, whatever the runtime.' } } as const;

export const schema: JSONSchema.JSONSchema4[] = [{ type: 'object', properties: strict, additionalProperties: false }];

/** The options of the rules about sensitive data: the same lists as in handoff.config.json. */
export const sensitiveOptions: JSONSchema.JSONSchema4[] = [{
  type: 'object',
  properties: {
    ...strict,
    ...Object.fromEntries(Object.entries(sensitiveSchema.shape).map(([name, list]) => [name, { type: 'array', items: { type: 'string', minLength: 1 }, uniqueItems: true, description: list.description ?? '' }])),
  },
  additionalProperties: false,
}];

const suggestionIds: Readonly<Record<string, MessageId>> = {
  'begin-in-root': 'beginInRoot', 'bind-callback': 'bindCallback', 'call-traced-fetch': 'traceRequest', 'remove-carrier': 'removeCarrier', 'switch-off-own-carrier': 'switchOffOwn',
};
/** Of checks of spans whose advice says what a person would do, and not what the edit does. */
const ownIds: Readonly<Record<string, MessageId>> = { 'drop-baggage-entry': 'dropEntry', 'rename-attribute': 'renameAttribute' };
const failed = new WeakSet<object>();

/** The findings of one rule in the file; `settings.handoff.strict` is the same as the option on every rule. */
export function reportHandoffs(context: Readonly<TSESLint.RuleContext<MessageId, Options>>, rule: RuleName, option: Option | undefined): TSESLint.RuleListener {
  return {
    Program(node) {
      const { reports, failure } = analysisOf(context, option?.strict ?? strictSetting(context.settings), listsOf(option));
      if (failure !== undefined && !failed.has(context.sourceCode)) {
        failed.add(context.sourceCode);
        context.report({ node, loc: { line: 1, column: 0 }, messageId: 'failure', data: { message: failure } });
      }
      for (const { start, end, message, suggestion } of reports.filter((report) => report.rule === rule)) {
        context.report({
          loc: { start: context.sourceCode.getLocFromIndex(start), end: context.sourceCode.getLocFromIndex(end) },
          messageId: 'finding', data: { message },
          suggest: suggestion ? [{
            messageId: ownIds[suggestion.strategy] ?? (suggestion.advice !== undefined ? 'mend' : suggestion.sites > 1 ? 'carryContext' : suggestionIds[suggestion.strategy] ?? 'carryContext'),
            data: { sites: String(suggestion.sites), ...(suggestion.advice === undefined ? {} : { advice: suggestion.advice }) },
            fix: (fixer) => fixer.replaceTextRange([suggestion.start, suggestion.end], suggestion.text),
          }] : [],
        });
      }
    },
  };
}

function listsOf({ attributes = [], names = [], allow = [], switches = [] }: Option = {}): SensitiveLists | undefined {
  return [attributes, names, allow, switches].some((list) => list.length > 0) ? { attributes, names, allow, switches } : undefined;
}

function strictSetting({ handoff }: TSESLint.SharedConfigurationSettings): boolean {
  return typeof handoff === 'object' && handoff !== null && (handoff as Option).strict === true;
}
