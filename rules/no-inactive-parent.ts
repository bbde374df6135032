/** Spans with awaited work beside them instead of under them. */
import { createRule, messages, reportHandoffs, schema, type MessageId, type Options } from '../src/eslint/rule.ts';

export default createRule<Options, MessageId>({
  name: 'no-inactive-parent',
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow spans that are started, never made active, and have awaited work beside them',
      recommended: 'strict',
      requiresTypeChecking: false,
      finds: 'spans',
    },
    hasSuggestions: true,
    messages,
    schema,
  },
  defaultOptions: [{}],
  create: (context, [option]) => reportHandoffs(context, 'no-inactive-parent', option),
});
