/** Spans that are children of something that does not wait for them: a message's sender, a schedule, an answered request. */
import { createRule, messages, reportHandoffs, schema, type MessageId, type Options } from '../src/eslint/rule.ts';

export default createRule<Options, MessageId>({
  name: 'prefer-span-link',
  meta: {
    type: 'problem',
    docs: {
      description: 'prefer a link to a parent that does not wait',
      recommended: 'warn',
      requiresTypeChecking: false,
    },
    hasSuggestions: true,
    messages,
    schema,
  },
  defaultOptions: [{}],
  create: (context, [option]) => reportHandoffs(context, 'prefer-span-link', option),
});
