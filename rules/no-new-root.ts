/** `root: true`, `ROOT_CONTEXT` and `deleteSpan` around work that belongs to somebody's trace. */
import { createRule, messages, reportHandoffs, schema, type MessageId, type Options } from '../src/eslint/rule.ts';

export default createRule<Options, MessageId>({
  name: 'no-new-root',
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow spans that start a new trace in work that was handed over',
      recommended: 'error',
      requiresTypeChecking: false,
      finds: 'spans',
    },
    hasSuggestions: true,
    messages,
    schema,
  },
  defaultOptions: [{}],
  create: (context, [option]) => reportHandoffs(context, 'no-new-root', option),
});
