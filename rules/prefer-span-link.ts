/** Spans that are children of something that does not wait for them: a message's sender, a schedule, an answered request. */
import { createRule, messages, reportHandoffs, schema, type MessageId, type Options } from '../src/eslint/rule.ts';

export default createRule<Options, MessageId>({
  name: 'prefer-span-link',
  meta: {
    type: 'problem',
    docs: {
      description: 'enforce links to what does not wait, instead of a parent',
      recommended: 'warn',
      requiresTypeChecking: false,
      finds: 'spans',
    },
    hasSuggestions: true,
    messages,
    schema,
  },
  defaultOptions: [{}],
  create: (context, [option]) => reportHandoffs(context, 'prefer-span-link', option),
});
