/** What is in baggage goes with every request to everybody. */
import { createRule, messages, reportHandoffs, sensitiveOptions, type MessageId, type Options } from '../src/eslint/rule.ts';

export default createRule<Options, MessageId>({
  name: 'no-sensitive-baggage',
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow personal data, secrets and content in baggage, and baggage that is too large to arrive',
      recommended: 'error',
      requiresTypeChecking: false,
      finds: 'spans',
    },
    hasSuggestions: true,
    messages,
    schema: sensitiveOptions,
  },
  defaultOptions: [{}],
  create: (context, [option]) => reportHandoffs(context, 'no-sensitive-baggage', option),
});
