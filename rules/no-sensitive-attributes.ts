/** Prompts, answers, personal data and secrets in attributes of spans. */
import { createRule, messages, reportHandoffs, sensitiveOptions, type MessageId, type Options } from '../src/eslint/rule.ts';

export default createRule<Options, MessageId>({
  name: 'no-sensitive-attributes',
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow prompts, answers, personal data and secrets in span attributes',
      recommended: 'warn',
      requiresTypeChecking: false,
      finds: 'spans',
    },
    hasSuggestions: true,
    messages,
    schema: sensitiveOptions,
  },
  defaultOptions: [{}],
  create: (context, [option]) => reportHandoffs(context, 'no-sensitive-attributes', option),
});
