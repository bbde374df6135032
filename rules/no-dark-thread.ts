/** Worker threads and their messages. */
import { createRule, messages, reportHandoffs, schema, type MessageId, type Options } from '../src/eslint/rule.ts';

export default createRule<Options, MessageId>({
  name: 'no-dark-thread',
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow handing work to a thread, or taking it there, without trace context',
      recommended: 'error',
      requiresTypeChecking: false,
    },
    hasSuggestions: true,
    messages,
    schema,
  },
  defaultOptions: [{}],
  create: (context, [option]) => reportHandoffs(context, 'no-dark-thread', option),
});
